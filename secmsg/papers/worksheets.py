"""The worksheet as paper: rows of ten cells as on the screen, so that a pencil goes on where the machine stopped.

Each cell has, from above, its seed, code, key, cipher, check figure and the running value of the tag; an eleventh
column takes the parity group of a row. Sixty cells are on a leaf A4, which is two strips of a page. Blank and filled
have the same geometry. Source: docs/spec/manual.md 2, 3 and 5.
"""

from collections.abc import Sequence
from pathlib import Path

from secmsg.manual.header import written as header_written
from secmsg.manual.working import OWN, SECOND_TAG, Entries, Line
from secmsg.manual.worksheet import Cell as Worked
from secmsg.manual.worksheet import Direction, Worksheet
from secmsg.papers.drawing import Format, Pen
from secmsg.papers.frame import foot
from secmsg.papers.recovery import FONTS
from secmsg.papers.tagging import Written, tag_leaves, written
from secmsg.papers.worksheet_leaves import GROUPS, Cell, Clear, draw_leaf


def blank(
    groups: int, direction: Direction, *, persons: int = 1, tags: int = 1, training: bool = False, fonts: Path = FONTS
) -> bytes:
    """Return a sheet for a pencil, with its tag sheets, for so many groups.

    For two persons the running value makes room for the second pass: the tag is worked on its own sheets by the second,
    from groups that are read to him.
    """
    pen = Pen(Format.A4, training=training, fonts=fonts)
    nothing: list[list[Written]] = [[] for _ in range(tags)]
    _draw(pen, direction, Clear(), (), (), nothing, groups=groups, persons=persons, training=training)
    return pen.finish()


def filled(
    sheet: Worksheet,
    book: str,
    entries: Entries | None = None,
    *,
    persons: int = 1,
    training: bool = False,
    fonts: Path = FONTS,
) -> bytes:
    """Return a sheet as it stands, so that a pencil goes on with it.

    With `entries`, what a person works himself shows what he has entered and nothing else.
    """
    pen = Pen(Format.A4, training=training, fonts=fonts)
    own = frozenset[Line]() if entries is None else OWN[sheet.direction]
    given = entries or {}
    cells = [_values(cell, own, given) for cell in sheet.cells]
    parities = [given.get((Line.PARITY, row.number), "") if Line.PARITY in own else row.parity for row in sheet.rows]
    # The tags of a message that came are not worked, they are compared with.
    hidden = Line.TAG in own and sheet.direction is Direction.ENCIPHER
    tags = [given.get((Line.TAG, at), "") if hidden else tag for at, tag in enumerate(sheet.tags)]
    clear = Clear(header_written(sheet.header), tuple(tags), book, sheet.header.pages)
    columns = [written(sheet, which, entries) for which in range(len(sheet.columns))]
    lines = columns or [[] for _ in range(sheet.header.tags)]
    _draw(pen, sheet.direction, clear, cells, parities, lines, groups=len(cells), persons=persons, training=training)
    return pen.finish()


def _values(cell: Worked, own: frozenset[Line], given: Entries) -> Cell:
    """Return a cell's five lines: the machine's, or where a person works them his own."""
    running = [given.get((Line.RUNNING, which * SECOND_TAG + cell.place + 2), "") for which in range(len(cell.running))]
    machine = {
        Line.CODE: cell.code,
        Line.KEY: cell.key,
        Line.CIPHER: cell.cipher,
        Line.CHECK: cell.check,
        Line.RUNNING: " ".join(cell.running),
    }
    person = {line: given.get((line, cell.place), "") for line in machine}
    person[Line.RUNNING] = " ".join(each for each in running if each)
    code, key, cipher, check, value = (person[line] if line in own else machine[line] for line in machine)
    return code, key, cipher, check, value


def _draw(
    pen: Pen, direction: Direction, clear: Clear, cells: Sequence[Cell], parities: Sequence[str],
    columns: Sequence[Sequence[Written]], *, groups: int, persons: int, training: bool,
) -> None:  # fmt: skip
    leaves = -(-groups // GROUPS)
    several = len(columns) > 1
    tagged = [(at, draw) for at in range(len(columns)) for draw in tag_leaves(groups, at if several else None)]
    for number in range(leaves):
        if number:
            pen.leaf()
        draw_leaf(pen, direction, clear, cells, parities, number, persons=persons)
        foot(pen, _name(clear), number + 1, leaves + len(tagged), training=training)
    for place, (number, draw) in enumerate(tagged, leaves + 1):
        pen.leaf()
        draw(pen, columns[number], persons)
        foot(pen, _name(clear), place, leaves + len(tagged), training=training)


def _name(clear: Clear) -> str:
    return " · ".join(each for each in ("Phiếu tính", clear.book, *clear.header[:1], *clear.pages) if each)
