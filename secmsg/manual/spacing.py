"""Where a space or its absence has a meaning, a control gives it; elsewhere the rule of signs stands, and is announced.

Source: docs/spec/codebook.md 4.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from secmsg.manual.atoms import Atom, Edge, apart, atoms
from secmsg.manual.codebook import SIGNS, Book, Kind
from secmsg.manual.decoding import edge_after
from secmsg.manual.tokens import Token
from secmsg.manual.ways import Part

_LETTERS = frozenset((Edge.LETTER, Edge.LETTERS))
_MEASURES = frozenset((Kind.UNIT, Kind.CURRENCY, Kind.TIME))


@dataclass(frozen=True, slots=True)
class _Ends:
    """The first and the last atom of a part that show."""

    first: Atom
    last: Atom


def spaced(parts: Sequence[Part], text: tuple[Token, ...], book: Book) -> tuple[Part, ...]:
    """Put space and join before the parts that need them."""
    # First where two would be one, words or numbers: only then it is seen which letter stands alone.
    alone = [_ends(atoms(part.codes, book)) for part in parts]
    parts = _with(parts, book, _between_alike(alone, parts, text))
    together = iter(atoms([code for part in parts for code in part.codes], book))
    return _with(parts, book, _elsewhere([_ends(_of(part, together)) for part in parts], parts, text))


def _of(part: Part, together: Iterator[Atom]) -> Iterator[Atom]:
    left = len(part.codes)
    while left:
        atom = next(together)
        left -= atom.codes
        yield atom


def _ends(found: Iterable[Atom]) -> _Ends:
    shown = [atom for atom in found if atom.text]
    return _Ends(shown[0], shown[-1])


def _with(parts: Sequence[Part], book: Book, controls: Iterable[Kind | None]) -> tuple[Part, ...]:
    return tuple(
        replace(part, codes=(book.code(control), *part.codes)) if control else part
        for part, control in zip(parts, controls, strict=True)
    )


def _between_alike(ends: Sequence[_Ends], parts: Sequence[Part], text: tuple[Token, ...]) -> Iterator[Kind | None]:
    before = Edge.LINE
    for part, here in zip(parts, ends, strict=True):
        yield Kind.SPACE if _alike(before, here.first.before) and text[part.first].gap else None
        before = here.last.after


def _alike(before: Edge, after: Edge) -> bool:
    return (before in _LETTERS and after in _LETTERS) or before is after is Edge.NUMBER


def _elsewhere(ends: Sequence[_Ends], parts: Sequence[Part], text: tuple[Token, ...]) -> Iterator[Kind | None]:
    edge, last = Edge.LINE, Kind.PARAGRAPH
    for part, here in zip(parts, ends, strict=True):
        gap = text[part.first].gap
        if apart(edge, here.first.before) is gap or _alike(edge, here.first.before):
            yield None
        else:
            yield _control(edge, last, here.first, gap=gap)
        edge = edge_after(here.last, edge)
        last = here.last.kind


def _control(edge: Edge, last: Kind, atom: Atom, *, gap: bool) -> Kind | None:
    """Return the control that keeps a space, or keeps it out; None where the rule of signs stands."""
    if Edge.LINE in (edge, atom.before) or atom.before is Edge.CLOSE or edge is Edge.OPEN:
        return None
    if Kind.SLASH in (last, atom.kind):
        return None
    if gap:
        # Before or after a hyphen, an apostrophe, a dot: -5 is not 5; between two numbers; beside a single letter.
        return Kind.SPACE
    if atom.kind in SIGNS or (last in SIGNS and edge is Edge.WORD) or (edge is Edge.NUMBER and atom.kind in _MEASURES):
        return None
    return Kind.JOIN
