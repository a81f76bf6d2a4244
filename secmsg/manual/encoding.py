"""A text as codes, in the fewest groups that the book allows, with every change that this makes to it.

The officer sees the segments and the changes before anything leaves, and may choose another cutting. What is not in
the book is spelled; nothing is left out. Source: docs/spec/codebook.md 4 to 6.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from secmsg.errors import FormatError
from secmsg.manual.capitals import Capitals
from secmsg.manual.changes import Change, compare
from secmsg.manual.codebook import Book, Kind
from secmsg.manual.cutting import Choice, choices, shortest
from secmsg.manual.decoding import read
from secmsg.manual.spacing import spaced
from secmsg.manual.tokens import Token, tokens
from secmsg.manual.ways import Part

__all__ = ["Capitals", "Change", "Choice", "Encoding", "Segment", "alternatives", "encode"]


@dataclass(frozen=True, slots=True)
class Segment:
    """`given[start:end]`, its codes, and what they say; `kind` is that of the entry, or how it is spelled."""

    start: int
    end: int
    text: str = field(repr=False)
    codes: tuple[str, ...] = field(repr=False)
    kind: Kind


@dataclass(frozen=True, slots=True)
class Encoding:
    """A text in codes: its segments in order, and the changes that turn `given` into what the codes say."""

    given: str = field(repr=False)
    segments: tuple[Segment, ...] = field(repr=False)
    changes: tuple[Change, ...] = field(repr=False)
    words: int

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the text alone."""
        return tuple(code for segment in self.segments for code in segment.codes)

    @property
    def text(self) -> str:
        """What the codes say: `given` with exactly the changes made."""
        said: list[str] = []
        place = 0
        for change in self.changes:
            said += (self.given[place : change.place], change.after)
            place = change.place + len(change.before)
        return "".join((*said, self.given[place:]))

    @property
    def groups_per_100_words(self) -> float:
        """Groups for a hundred words, a word being what stands between spaces; 0 where there is none."""
        return round(100 * len(self.codes) / self.words, 1) if self.words else 0.0


def encode(
    text: str,
    book: Book,
    *,
    capitals: Capitals = Capitals.NAMES,
    cuts: Sequence[Choice] = (),
    repeat_numbers: bool = False,
) -> Encoding:
    """Encode a text of 1 to 20 000 characters; FormatError for another, or one that holds what can't be carried.

    `cuts` are choices of the officer's, from `alternatives`; FormatError where one does not fit the text.
    `repeat_numbers` says every number of three figures or more a second time.
    """
    given = tokens(text)
    if not given:
        raise FormatError("there is no text")
    parts = shortest(given, book, capitals, cuts, repeat_numbers=repeat_numbers)
    parts = spaced(parts, given, book)
    segments, changes = _compare(text, given, parts, book)
    words = sum(any(character.isalnum() for character in word) for word in text.split())
    return Encoding(text, segments, changes, words)


def alternatives(text: str, book: Book, start: int) -> tuple[Choice, ...]:
    """Return every way to encode what begins at `start`, a segment's or a word's place, longest first."""
    given = tokens(text)
    place = next((number for number, token in enumerate(given) if token.start == start), None)
    if place is None:
        raise FormatError(f"no word or sign begins at character {start + 1}")
    return choices(given, book, place)


def _compare(
    text: str, given: tuple[Token, ...], parts: Sequence[Part], book: Book
) -> tuple[tuple[Segment, ...], tuple[Change, ...]]:
    """Set what the codes say beside what was given: each difference is a change."""
    pieces = iter(read([code for part in parts for code in part.codes], book))
    segments: list[Segment] = []
    changes: list[Change] = []
    end = 0
    for part in parts:
        gap, said, left = "", "", len(part.codes)
        while left:
            piece = next(pieces)
            left -= piece.codes
            gap, said = (piece.gap, piece.text) if not said else (gap, said + piece.gap + piece.text)
        token, last = given[part.first], given[part.last]
        changes += compare(end, text[end : token.start], gap)
        changes += compare(token.start, text[token.start : last.end], said)
        segments.append(Segment(token.start, last.end, said, tuple(part.codes), part.kind))
        end = last.end
    changes += compare(end, text[end:], "")
    return tuple(segments), tuple(changes)
