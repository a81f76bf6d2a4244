"""Which capitals of a text must come back: of names, of all words, or only those that a rule gives.

Source: docs/spec/codebook.md 5.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from secmsg.manual.casing import capital
from secmsg.manual.tokens import Cut, Token

HEADING = 3
"""So many words in capitals, one after another, are a heading and no abbreviations."""


class Capitals(StrEnum):
    """What is spent on capitals that neither the book nor a rule gives; the others are announced changes."""

    FEW = "few"  # nothing
    NAMES = "names"  # two words or more with capitals, abbreviations, McDonald
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Case:
    """By token: whether its case `must` come back, and how far the run of words with capitals goes on from it.

    `headings` are the stretches (first, end) that are encoded between controls, in them case is free.
    """

    must: tuple[bool, ...]
    runs: tuple[int, ...]
    headings: tuple[tuple[int, int], ...]


def case_of(text: tuple[Token, ...], begins: tuple[bool, ...], capitals: Capitals) -> Case:
    """Look at the capitals of a text; `begins` says of each token whether a sentence begins with it."""
    runs = _runs(text, begins)
    stretches = tuple(_headings(text))
    inside = {place for first, end in stretches for place in range(first, end)}
    headings = stretches if capitals is Capitals.ALL else ()
    must = tuple(
        token.cut is Cut.WORD and place not in inside and _must(token.form, capitals, in_run=_in_run(runs, place))
        for place, token in enumerate(text)
    )
    return Case(must, runs, headings)


def _must(form: str, capitals: Capitals, *, in_run: bool) -> bool:
    if capitals is Capitals.FEW:
        return False
    return capitals is Capitals.ALL or in_run or (form != form.lower() and not _title(form))


def _title(form: str) -> bool:
    return form != form.lower() and form == capital(form.lower())


def _runs(text: tuple[Token, ...], begins: tuple[bool, ...]) -> tuple[int, ...]:
    """Count for each token how many words with a capital follow each other from it on, it among them.

    A word that begins a sentence has its capital by the rule, so it says nothing of a name.
    """
    runs = [0] * (len(text) + 1)
    for place in reversed(range(len(text))):
        if text[place].cut is Cut.WORD and _title(text[place].form) and not begins[place]:
            follows = place + 1 < len(text) and text[place + 1].gap
            runs[place] = 1 + (runs[place + 1] if follows else 0)
    return tuple(runs[:-1])


def _in_run(runs: tuple[int, ...], place: int) -> bool:
    return runs[place] > 1 or (place > 0 and runs[place - 1] > 1)


def _headings(text: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    first: int | None = None
    words = end = 0
    for place, token in enumerate(text):
        if token.cut is Cut.WORD and token.form.isupper():
            first = place if first is None else first
            words, end = words + 1, place + 1
        elif token.cut in (Cut.WORD, Cut.LINE, Cut.ODD):
            if first is not None and words >= HEADING:
                yield first, end
            first, words = None, 0
    if first is not None and words >= HEADING:
        yield first, end
