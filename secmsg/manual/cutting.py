"""The shortest way through a text: which entries of the book cover it in the fewest groups.

Of equal ways the one with fewer changes, then the one whose first entry is longer. Source: docs/spec/codebook.md 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from secmsg.errors import FormatError
from secmsg.manual.capitals import Capitals
from secmsg.manual.codebook import Book, Kind
from secmsg.manual.letters import alphabet
from secmsg.manual.tokens import Cut, Token
from secmsg.manual.ways import Part, Way, Ways

LONG_NUMBER = 3
"""Figures from which on a number is said twice where that is asked for."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to encode `text[start:end]`; given back to `encode` it is the officer's own cut."""

    start: int
    end: int
    codes: tuple[str, ...] = field(repr=False)
    kind: Kind


def shortest(
    text: tuple[Token, ...], book: Book, capitals: Capitals, cuts: Sequence[Choice], *, repeat_numbers: bool
) -> tuple[Part, ...]:
    """Return the parts of the shortest way; FormatError where a cut does not fit the text."""
    ways = Ways(text, book, capitals)
    chosen = _chosen(text, book, cuts)
    inside = {place for way in chosen.values() for place in range(way.parts[0].first + 1, way.end)}
    taken = inside | set(chosen)
    best: list[tuple[int, int, Way | None]] = [(0, 0, None)] * (len(text) + 1)
    for place in reversed(range(len(text))):
        if place in inside:
            continue
        here = [chosen[place]] if place in chosen else ways.at(place)
        free = (way for way in here if place in chosen or taken.isdisjoint(range(place + 1, way.end)))
        best[place] = min(
            ((way.groups + best[way.end][0], way.changes + best[way.end][1], way) for way in free),
            key=lambda one: (one[0], one[1], *one[2].order),
        )
    parts = ways.framed(_walk(best))
    return tuple(_said_twice(part, text, book) for part in parts) if repeat_numbers else parts


def choices(text: tuple[Token, ...], book: Book, place: int) -> tuple[Choice, ...]:
    """Return every way to encode what begins at a token, the longest first, of equal ones that of fewer groups."""
    found = {}
    for capitals in Capitals:
        for way in Ways(text, book, capitals).at(place, every=True):
            if len(way.parts) == 1:
                (part,) = way.parts
                found[part.last, part.codes] = Choice(
                    text[part.first].start, text[part.last].end, part.codes, part.kind
                )
    return tuple(sorted(found.values(), key=lambda choice: (-choice.end, len(choice.codes), choice.codes)))


def _chosen(text: tuple[Token, ...], book: Book, cuts: Sequence[Choice]) -> dict[int, Way]:
    """Return the officer's cuts by their first token: each must be one that `choices` offers."""
    starts = {token.start: place for place, token in enumerate(text)}
    ends = {token.end: place for place, token in enumerate(text)}
    found: dict[int, Way] = {}
    last = -1
    for cut in sorted(cuts, key=lambda cut: cut.start):
        place = starts.get(cut.start)
        if place is None or place <= last or cut not in choices(text, book, place):
            raise FormatError(f"the cut at character {cut.start + 1} does not fit the text")
        last = ends[cut.end]
        found[place] = Way((Part(place, last, cut.codes, cut.kind),), 0)
    return found


def _walk(best: Sequence[tuple[int, int, Way | None]]) -> tuple[Part, ...]:
    parts: list[Part] = []
    place = 0
    while (way := best[place][2]) is not None:
        parts += way.parts
        place = way.end
    return tuple(parts)


def _said_twice(part: Part, text: tuple[Token, ...], book: Book) -> Part:
    token = text[part.first]
    if token.cut is not Cut.NUMBER or part.last != part.first or len(token.form) < LONG_NUMBER:
        return part
    return replace(part, codes=(*part.codes, book.code(Kind.REPEAT), *alphabet(book).number(token.form)))
