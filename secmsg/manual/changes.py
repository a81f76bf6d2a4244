"""What an encoding changes of a text, named so that an officer can look at it by kinds.

Source: docs/spec/codebook.md 6.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from secmsg.vietnamese import nfc, tones_first


class ChangeKind(StrEnum):
    """Why a place differs."""

    COMPOSITION = "composition"  # decomposed letters
    TONES = "tones"  # hoà, hòa
    CAPITALS = "capitals"
    SPACING = "spacing"
    SIGNS = "signs"  # typographic quotation marks and dashes


@dataclass(frozen=True, slots=True)
class Change:
    """`before` at `place` (from 0) of the given text reads `after` when it is decoded."""

    place: int
    before: str = field(repr=False)
    after: str = field(repr=False)
    kind: ChangeKind


def compare(place: int, before: str, after: str) -> Iterator[Change]:
    """Give the change from `before` to `after`, if there is one."""
    if before != after:
        yield Change(place, before, after, _kind(before, after))


def _kind(before: str, after: str) -> ChangeKind:
    composed = nfc(before)
    if composed == after:
        return ChangeKind.COMPOSITION
    placed = tones_first(composed)
    if placed == after:
        return ChangeKind.TONES
    if placed.lower() == after.lower():
        return ChangeKind.CAPITALS
    if "".join(placed.split()).lower() == "".join(after.split()).lower():
        return ChangeKind.SPACING
    return ChangeKind.SIGNS
