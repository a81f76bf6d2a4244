"""Codes put together to what they say at once: a word, figures, a letter of a spelled word, a sign, a control.

An atom also says how it wants to stand beside its neighbours, so that spaces need no codes of their own.
Source: docs/spec/codebook.md 4.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from secmsg.errors import FormatError
from secmsg.manual.codebook import CONTROLS, SIGNS, Book, Entry, Kind
from secmsg.manual.spelling import unspell
from secmsg.manual.tokens import carried


class Edge(Enum):
    """How an atom wants to stand beside another."""

    WORD = auto()  # a space between
    NUMBER = auto()  # joined to other figures
    LETTER = auto()  # a letter that stands alone: joined to figures, 5a, F16
    LETTERS = auto()  # joined to other letters
    CLOSE = auto()  # no space before it
    OPEN = auto()  # no space after it
    GLUED = auto()  # no space on either side
    CLOCK = auto()  # a colon after figures: joined to the figures after it
    LINE = auto()  # the beginning of a line


@dataclass(frozen=True, slots=True)
class Atom:
    """`codes` codes from `first` on: their text without case and spaces of the sentence, and their edges.

    `odd` says that the book has no such code, or that a control is not followed by what it needs.
    """

    first: int
    codes: int
    kind: Kind
    text: str = field(repr=False)
    before: Edge
    after: Edge
    odd: bool = False


_FIRST = {**dict.fromkeys(",.:;?!)%", Edge.CLOSE), **dict.fromkeys("/-", Edge.GLUED)}
_LAST = {"(": Edge.OPEN, **dict.fromkeys("/-", Edge.GLUED)}
_EDGES = {
    **dict.fromkeys((Kind.SLASH, Kind.HYPHEN, Kind.APOSTROPHE, Kind.POINT, Kind.DECIMAL), (Edge.GLUED, Edge.GLUED)),
    **dict.fromkeys((Kind.QUOTE_OPEN, Kind.BRACKET_OPEN), (Edge.WORD, Edge.OPEN)),
    Kind.DASH: (Edge.WORD, Edge.WORD),
    Kind.PARAGRAPH: (Edge.LINE, Edge.LINE),
}
_SPELLED = frozenset((Kind.LETTER, Kind.BIGRAPH))
_JOINED = frozenset((Edge.LETTER, Edge.LETTERS))


def apart(before: Edge, after: Edge) -> bool:
    """Say whether a space stands between two atoms, by the edges that meet."""
    if before in (Edge.LINE, Edge.OPEN, Edge.GLUED) or after in (Edge.LINE, Edge.CLOSE, Edge.GLUED):
        return False
    if before is Edge.CLOCK or before is Edge.NUMBER:
        return after is not Edge.NUMBER and not (before is Edge.NUMBER and after is Edge.LETTER)
    if before in _JOINED:
        return after not in _JOINED and not (before is Edge.LETTER and after is Edge.NUMBER)
    return True


def edges(entry: Entry) -> tuple[Edge, Edge]:
    """Return how an entry that is neither control nor letter wants to stand."""
    if entry.kind in _EDGES:
        return _EDGES[entry.kind]
    if entry.kind in SIGNS:
        return Edge.CLOSE, Edge.WORD
    if entry.text.isascii() and entry.text.isdigit():
        return Edge.NUMBER, Edge.NUMBER
    return _FIRST.get(entry.text[0], Edge.WORD), _LAST.get(entry.text[-1], Edge.WORD)


def atoms(codes: Sequence[str], book: Book) -> tuple[Atom, ...]:
    """Put codes together, up to the end; what the book does not know becomes an odd atom and is never left out."""
    found: list[Atom] = []
    place = 0
    while place < len(codes):
        atom = _atom(codes, place, book)
        found.append(atom)
        place += atom.codes
    return _with_lone_letters(found)


def _atom(codes: Sequence[str], place: int, book: Book) -> Atom:
    entry = book.by_code.get(codes[place])
    if entry is None:
        return _odd(place, 1, Kind.SUPPLEMENT, codes[place : place + 1])
    kind = entry.kind
    if kind is Kind.SPELL:
        return _spelled(codes, place, book)
    if kind is Kind.CHARACTER:
        return _character(codes, place, book)
    if kind is Kind.REPEAT:
        return _repeated(codes, place, book)
    if kind in _SPELLED:
        return Atom(place, 1, kind, entry.text, Edge.LETTERS, Edge.LETTERS)
    if kind in CONTROLS:
        return Atom(place, 1, kind, "", Edge.WORD, Edge.WORD)
    return Atom(place, 1, kind, SIGNS.get(kind, entry.text), *edges(entry))


def _odd(place: int, count: int, kind: Kind, codes: Sequence[str]) -> Atom:
    return Atom(place, count, kind, f"[{' '.join(codes)}?]", Edge.WORD, Edge.WORD, odd=True)


def _spelled(codes: Sequence[str], place: int, book: Book) -> Atom:
    end = place + 1
    letters = ""
    while end < len(codes) and (entry := book.by_code.get(codes[end])) and entry.kind in _SPELLED:
        letters += entry.text
        end += 1
    try:
        word = unspell(letters)
    except FormatError:
        return Atom(place, end - place, Kind.SPELL, f"[{letters}?]", Edge.WORD, Edge.WORD, odd=True)
    return Atom(place, end - place, Kind.SPELL, word, Edge.LETTERS, Edge.LETTERS)


def _repeated(codes: Sequence[str], place: int, book: Book) -> Atom:
    end = place + 1
    figures = ""
    while end < len(codes) and (entry := book.by_code.get(codes[end])) and edges(entry)[0] is Edge.NUMBER:
        figures += entry.text
        end += 1
    return Atom(place, end - place, Kind.REPEAT, figures, Edge.NUMBER, Edge.NUMBER)


def _character(codes: Sequence[str], place: int, book: Book) -> Atom:
    taken = codes[place : place + 4]
    entries = [book.by_code.get(code) for code in taken[1:]]
    figures = "".join(entry.text for entry in entries if entry and entry.kind is Kind.NUMERAL)
    if len(figures) == 6 and carried(character := chr(int(figures))):
        return Atom(place, 4, Kind.CHARACTER, character, Edge.LETTERS, Edge.LETTERS)
    return _odd(place, 1, Kind.CHARACTER, taken[:1])


def _with_lone_letters(found: list[Atom]) -> tuple[Atom, ...]:
    """Give a single letter between other things the edges of one that stands alone."""
    last = len(found) - 1
    for place, atom in enumerate(found):
        if atom.odd or atom.kind not in (Kind.LETTER, Kind.CHARACTER):
            continue
        before = place > 0 and found[place - 1].after in _JOINED
        after = place < last and found[place + 1].before in _JOINED
        if not before and not after:
            found[place] = Atom(atom.first, atom.codes, atom.kind, atom.text, Edge.LETTER, Edge.LETTER)
    return tuple(found)
