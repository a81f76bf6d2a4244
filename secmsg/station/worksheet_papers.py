"""A worksheet that is kept in the store, as paper: finished, or as far as a message that comes was typed.

What is printed shows key figures: it is destroyed with its page. Source: docs/spec/by-hand.md 7.
"""

from collections.abc import Mapping
from dataclasses import replace

from secmsg.errors import HeaderWrong, NotAllowed
from secmsg.manual import header as headers
from secmsg.manual import worksheet as sheets
from secmsg.manual.cells import plain
from secmsg.manual.pad import CODE, GROUP, is_figures
from secmsg.manual.working import Entries
from secmsg.manual.working import Line as Worked
from secmsg.manual.worksheet import Cell, Direction, Worksheet
from secmsg.office.hand_work import Line, Stage
from secmsg.station import hand_cells, hand_entry, hand_sheets, hand_steps
from secmsg.station.desk import Desk

Typed = Mapping[tuple[Line, int], str]
_LINES = {
    Line.CODE: Worked.CODE,
    Line.KEY: Worked.KEY,
    Line.CIPHER: Worked.CIPHER,
    Line.CHECK: Worked.CHECK,
    Line.RUNNING: Worked.RUNNING,
    Line.PARITY: Worked.PARITY,
    Line.TAG: Worked.TAG,
}


def kept(desk: Desk, number: int, *, persons: int = 1, entered: bool = False) -> bytes:
    """Print a worksheet as it stands; with `entered` what a person has worked himself, and nothing else.

    NotAllowed before its header stands, or a page is taken; NotFound.
    """
    from secmsg.papers import worksheets

    row = hand_steps.line(desk, number)
    match row.stage:
        case Stage.WRITTEN:
            raise NotAllowed("no page is taken for this worksheet yet: encipher it first, or print a blank one")
        case Stage.TYPED:
            return worksheets.filled(_typed(hand_entry.incoming(desk, number).typed), row.book, persons=persons)
        case Stage.ENCIPHERED | Stage.SENT | Stage.READ:
            found = hand_sheets.finished(desk, number)
            way = Direction.ENCIPHER if row.outgoing else Direction.DECIPHER
            masks = found.masks[: len(found.message.tags)]
            sheet = sheets.finished(way, found.message, found.codes, masks)
            return worksheets.filled(sheet, row.book, _entries(found.typed) if entered else None, persons=persons)


def _typed(typed: Typed) -> Worksheet:
    """Return the sheet of a message that is being typed: the groups that are whole, and nothing worked."""
    try:
        header = headers.read(hand_cells.header_groups(typed))
    except HeaderWrong:
        raise NotAllowed("the header of this message does not stand yet: a page and a count are not known") from None
    sheet = sheets.blank(Direction.DECIPHER, header)
    rows = tuple(
        replace(
            row,
            cells=tuple(_cell(cell, _group(typed, Line.GROUP, cell.place)) for cell in row.cells),
            parity=_group(typed, Line.PARITY, row.number),
        )
        for row in sheet.rows
    )
    tags = tuple(_group(typed, Line.TAG, place) for place in range(header.tags))
    return replace(sheet, rows=rows, tags=tags)


def _cell(cell: Cell, group: str) -> Cell:
    return replace(cell, cipher=group[:CODE], check=group[CODE:])


def _group(typed: Typed, line: Line, place: int) -> str:
    group = plain(typed.get((line, place), ""))
    return group if is_figures(group, GROUP) else ""


def _entries(typed: Typed) -> Entries:
    return {(_LINES[line], place): text for (line, place), text in typed.items() if line in _LINES}
