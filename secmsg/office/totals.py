"""The totals a sender states and a receiver recounts: documents and pages.

A page of text is 45 lines of 80 characters (docs/spec/cable.md 4); an annex states its own pages.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from secmsg.wire.cable import Annex, Cable

LINE = 80
PAGE = 45


@dataclass(frozen=True, slots=True)
class Totals:
    """How many documents (the cable itself is one) and how many pages they have together."""

    documents: int
    pages: int


def body_pages(body: str) -> int:
    """Return the pages of a text, one at least."""
    lines = sum(max(1, -(-len(line) // LINE)) for line in body.split("\n"))
    return -(-lines // PAGE)


def count(body: str, annexes: Iterable[Annex]) -> Totals:
    """Return the totals of a text with its annexes."""
    pages = [annex.pages for annex in annexes]
    return Totals(documents=1 + len(pages), pages=body_pages(body) + sum(pages))


def recount(cable: Cable) -> bool:
    """Say whether a received cable's totals are what is found in it; if not, a fault message answers."""
    return count(cable.body, cable.annexes) == Totals(cable.documents, cable.pages)
