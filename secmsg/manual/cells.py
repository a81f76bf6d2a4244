"""Cells as people and lines deliver them: full-width figures, teleprinter letters, cut figures, marks for "not heard".

    teleprinter without its figure shift   Q W E R T Y U I O P  are  1 2 3 4 5 6 7 8 9 0
    cut figures of Morse                   A U V E B D N T      are  1 2 3 5 7 8 9 0  (4 and 6 are never cut)

Source: docs/spec/manual.md 7. U, E and T stand in both alphabets with another value, so a text is read with one.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from secmsg.manual.pad import GROUP, is_figures


class Alphabet(StrEnum):
    """What letters in a text stand for."""

    TELEPRINTER = "teleprinter"
    MORSE = "Morse"


class Fault(StrEnum):
    """What is wrong with a cell by itself."""

    UNHEARD = "not heard"
    LETTERS = "something else than figures"
    SHORT = "too few figures"
    LONG = "too many figures"


_UNHEARD = frozenset("?-_.*")
_WIDE = {ord("０") + figure: str(figure) for figure in range(10)}
_ALPHABETS = {
    Alphabet.TELEPRINTER: str.maketrans("QWERTYUIOP", "1234567890"),
    Alphabet.MORSE: str.maketrans("AUVEBDNT", "12357890"),
}


def plain(cell: str, alphabet: Alphabet | None = None) -> str:
    """Return the cell with everything as ASCII figures that stands for one; the rest stays as it is."""
    figures = cell.translate(_WIDE)
    return figures.upper().translate(_ALPHABETS[alphabet]) if alphabet else figures


def fault(cell: str, size: int = GROUP) -> Fault | None:
    """Name what is wrong with a cell of `size` figures; None where it has them."""
    if is_figures(cell, size):
        return None
    if set(cell) <= _UNHEARD:
        return Fault.UNHEARD
    if not (cell.isascii() and cell.isdigit()):
        return Fault.LETTERS
    return Fault.SHORT if len(cell) < size else Fault.LONG


def alphabets(cells: Iterable[str]) -> Sequence[Alphabet | None]:
    """Return the alphabets that the letters of these cells may be of; `(None,)` where no letter stands for a figure."""
    letters = {letter for cell in cells for letter in cell.translate(_WIDE).upper() if letter.isalpha()}
    whole = [
        alphabet for alphabet, table in _ALPHABETS.items() if letters and all(ord(each) in table for each in letters)
    ]
    # A single stray letter must not keep the rest from being read.
    return whole or [None, *_ALPHABETS] if letters else (None,)
