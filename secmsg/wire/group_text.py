"""Groups as people type them: lines with numbers, cut figures, marks for what is missing (docs/spec/groups.md 5).

What is left is cells in their order: five figures, or nothing where none can be read. Which place each belongs to is
the business of `secmsg.wire.group_places`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from secmsg.digits import COLUMNS
from secmsg.errors import FormatError

FIGURES = 5
"""Of a group."""
HEADER = ("A", "B")
"""How the two groups before the grid are called; in a grid they have the places -2 and -1."""
MAX_TEXT = 16_384
MAX_CELLS = 512

_FULL_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_TELETYPE = str.maketrans("QWERTYUIOP", "1234567890")
_MORSE = str.maketrans("TAUVEBDN", "01235789")
_REPAIR = re.compile(r"\b(A|B|[1-9][0-9]{0,2})=(\S*)")
_NUMBER = re.compile(r"\s*\(?([0-9]{1,3})(?:\s*[).:]\s*|\s+(?=\S{5}(?:\s|$)))")
_BETWEEN = re.compile(r"(?<![-.?*_])[-.](?![-.?*_])")
_DASHES = str.maketrans("‐‑‒–—―−", "-------")
_MARK = re.compile(r"[-.?*_]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Cells in their order, the first at `start` where a line says so; "" is a cell that cannot be read."""

    start: int | None
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A text in cells: its runs, and the groups that were given once more by their place."""

    runs: tuple[Run, ...]
    again: Mapping[int, str]


def heard(text: str) -> tuple[Heard, ...]:
    """Return the one or two ways of reading a text: a letter counts by the teletype's key or by Morse's cut figures.

    FormatError when it is too long or holds no group.
    """
    if len(text) > MAX_TEXT:
        raise FormatError(f"groups: the text is longer than {MAX_TEXT} characters")
    plain = text.translate(_FULL_WIDTH).translate(_DASHES).upper()
    lines = [line for line in plain.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    runs, again = _lines(lines)
    if not runs and not again:
        raise FormatError("groups: the text holds none")
    if sum(len(cells) for _, cells in runs) > MAX_CELLS:
        raise FormatError(f"groups: more than {MAX_CELLS}")
    lettered = any(cell and not cell.isdecimal() for _, cells in runs for cell in (*cells, *again.values()))
    readings = (_TELETYPE, _MORSE) if lettered else (_TELETYPE,)
    return tuple(_reading(runs, again, reading) for reading in readings)


def _reading(runs: list[tuple[int | None, list[str]]], again: dict[int, str], key: dict[int, int]) -> Heard:
    def figures(cell: str) -> str:
        read = cell.translate(key)
        return read if len(read) == FIGURES and read.isascii() and read.isdigit() else ""

    return Heard(
        tuple(Run(start, tuple(map(figures, cells))) for start, cells in runs),
        {place: figures(cell) for place, cell in again.items()},
    )


def _lines(lines: list[str]) -> tuple[list[tuple[int | None, list[str]]], dict[int, str]]:
    """Sort the lines into runs; a line without a number goes on where the one before ended."""
    runs: list[tuple[int | None, list[str]]] = []
    again: dict[int, str] = {}
    for line in lines:
        again |= {_place(name): cell for name, cell in _REPAIR.findall(line)}
        line = _REPAIR.sub(" ", line)
        number = _NUMBER.match(line)
        cells = list(_cells(line[number.end() :] if number else line))
        if number:
            runs.append((_first(int(number[1])), cells))
        elif runs:
            runs[-1][1].extend(cells)
        elif cells:
            runs.append((None, cells))
    return runs, again


def _place(name: str) -> int:
    return HEADER.index(name) - len(HEADER) if name in HEADER else int(name) - 1


def _first(line: int) -> int:
    """Return the place with which a line begins: line 0 is the header."""
    return COLUMNS * (line - 1) if line else -len(HEADER)


def _cells(line: str) -> Iterator[str]:
    """Cut one line into cells; what stands in none, or in one too many, is one that cannot be read."""
    fields = re.split(r"[\t,;|]", line.strip("\t,;| "))
    for field in fields:
        if not field.strip():
            if len(fields) > 1:
                yield ""
            continue
        loose = ""
        for token in _BETWEEN.sub(" ", field).split():
            marked = _MARK.fullmatch(token)
            if marked or len(token) == FIGURES:
                yield from _cut(loose)
                loose = ""
                yield from ("",) * max(1, len(token) // FIGURES) if marked else (token,)
            else:
                loose += token
                if len(loose) % FIGURES == 0:
                    yield from _cut(loose)
                    loose = ""
        yield from _cut(loose)


def _cut(loose: str) -> Iterator[str]:
    """Cut signs without right spaces into fives; when they are no number of fives, nobody knows which are which."""
    if len(loose) % FIGURES == 0:
        yield from (loose[at : at + FIGURES] for at in range(0, len(loose), FIGURES))
    else:
        yield from ("",) * max(1, round(len(loose) / FIGURES))
