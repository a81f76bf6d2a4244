"""Codes back to text: spaces by how signs and words stand, capitals where a sentence begins or a control says so.

Source: docs/spec/codebook.md 4 and 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from secmsg.errors import FormatError
from secmsg.manual.atoms import Atom, Edge, apart, atoms
from secmsg.manual.casing import Casing
from secmsg.manual.codebook import CONTROLS, SIGNS, Book, Kind

_LETTERS = frozenset((Edge.LETTER, Edge.LETTERS))
_ENDING = frozenset((Kind.STOP, Kind.QUESTION, Kind.EXCLAMATION, Kind.PARAGRAPH))
_KEEPING = frozenset((Kind.QUOTE_OPEN, Kind.QUOTE_CLOSE, Kind.BRACKET_OPEN, Kind.BRACKET_CLOSE))
_SMALL_AFTER = "0123456789./"  # what a spelled word joins with a small letter: 5km, mofa.gov
_SILENT = CONTROLS - {Kind.REPEAT, Kind.SPELL, Kind.CHARACTER}


@dataclass(frozen=True, slots=True)
class Piece:
    """What `codes` codes from `first` on add to the text: `gap`, the space before, and `text`; `odd` as in the atom."""

    first: int
    codes: int
    kind: Kind
    gap: str
    text: str = field(repr=False)
    odd: bool = False


def decode(codes: Sequence[str], book: Book) -> str:
    """Return the text of codes, without end and nulls; FormatError names the first code that says nothing, from 1."""
    pieces = read(codes, book)
    for piece in pieces:
        if piece.odd:
            raise FormatError(f"code {piece.first + 1} says nothing in edition {book.edition} of the codebook")
    return "".join(piece.gap + piece.text for piece in pieces)


def read(codes: Sequence[str], book: Book) -> tuple[Piece, ...]:
    """Return the text of codes piece by piece; a code that says nothing stands in brackets with a question mark."""
    writer = _Writer()
    return tuple(map(writer.write, atoms(codes, book)))


def edge_after(atom: Atom, edge: Edge) -> Edge:
    """Return the edge at which a text stands after an atom that came at `edge`."""
    return Edge.CLOCK if atom.kind is Kind.COLON and edge is Edge.NUMBER else atom.after


class _Writer:
    """Where a text stands: its last edge, whether a sentence begins, its last number."""

    def __init__(self) -> None:
        self._casing = Casing()
        self._edge = Edge.LINE
        self._begins = True
        self._small = False  # a spelled word that is joined to what is here begins with a small letter
        self._spacing: Kind | None = None  # space or join
        self._number = ""

    def write(self, atom: Atom) -> Piece:
        """Add one atom."""
        if atom.kind in _SILENT:
            self._control(atom.kind)
            return Piece(atom.first, atom.codes, atom.kind, "", "", atom.odd)
        if atom.kind is Kind.REPEAT:
            return self._repeat(atom)
        spaced = apart(self._edge, atom.before) if self._spacing is None else self._spacing is Kind.SPACE
        gap = " " if spaced and Edge.LINE not in (self._edge, atom.before) else ""
        text = self._cased(atom, joined=not gap)
        self._move(atom)
        return Piece(atom.first, atom.codes, atom.kind, gap, text, atom.odd)

    def _control(self, kind: Kind) -> None:
        if kind in (Kind.SPACE, Kind.JOIN):
            self._spacing = kind
            self._begins = self._begins and kind is Kind.SPACE
        self._casing.control(kind)

    def _repeat(self, atom: Atom) -> Piece:
        same = atom.text == self._number != ""
        return Piece(atom.first, atom.codes, atom.kind, "", "" if same else f" [{atom.text}?]", odd=not same)

    def _cased(self, atom: Atom, *, joined: bool) -> str:
        if atom.odd or atom.kind in SIGNS or atom.before is Edge.NUMBER:
            return atom.text
        if atom.before not in _LETTERS or atom.kind is Kind.SPELL:
            return self._casing.word(atom.text, begins=self._begins)
        first = not joined or self._spacing is not None or self._edge not in _LETTERS
        if atom.kind is Kind.CHARACTER:
            return self._casing.character(atom.text, first=first)
        return self._casing.letters(atom.text, first=first, small=joined and self._small)

    def _move(self, atom: Atom) -> None:
        if atom.before is Edge.NUMBER:
            goes_on = self._edge is Edge.NUMBER and self._spacing is None
            self._number = self._number + atom.text if goes_on else atom.text
        else:
            self._number = ""
        self._begins = self._ends_sentence(atom)
        self._small = atom.text[-1] in _SMALL_AFTER
        self._edge = edge_after(atom, self._edge)
        self._spacing = None

    def _ends_sentence(self, atom: Atom) -> bool:
        if atom.kind in _KEEPING or (atom.kind is Kind.DASH and self._edge is Edge.LINE):
            return self._begins
        if atom.kind in SIGNS or atom.odd:
            return atom.kind in _ENDING
        return atom.text[-1] in ".?!"
