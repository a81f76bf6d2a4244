"""What is typed into worksheets, cell by cell: kept at once, and each group of a message in the place where it belongs.

Source: docs/spec/by-hand.md 7.
"""

from dataclasses import replace

from secmsg.errors import FormatError, NotAllowed
from secmsg.ids import StationId
from secmsg.manual import text as message_text
from secmsg.manual.header import SUMS
from secmsg.office.hand_work import Line, Stage
from secmsg.station import hand_cells, hand_sheets, hand_steps, reading
from secmsg.station.desk import Desk
from secmsg.station.hand_views import IncomingSheet
from secmsg.store import hand_worksheets as rows
from secmsg.store.hand_worksheets import KeptWorksheet
from secmsg.wire import codec
from secmsg.wire.codec import Fields


def begin_incoming(desk: Desk, sender: StationId | None = None, text: str = "") -> int:
    """Begin a message that came, with as much of it as was typed; give the worksheet's number. FormatError, NotAllowed.

    A text whose header does not fit is kept as it was typed, so that only its header must be put right.
    """
    if len(text) > message_text.MAX_TEXT:
        raise FormatError("this is longer than any message")
    cells = hand_cells.placed(text) if text else {}
    with desk.db.transaction():
        hand_sheets.check_room(desk)
        body = codec.encode({0: hand_sheets.VERSION, 1: text.encode("utf-8", "replace")})
        number = rows.begin(desk.db, Stage.TYPED, sender or StationId(0), hand_sheets.NO_BOOK, body, desk.now())
        for (line, place), typed in cells.items():
            rows.fill(desk.db, number, line, place, typed, desk.now())
    return number


def fill(desk: Desk, worksheet: int, line: Line, place: int, typed: str) -> None:
    """Keep one cell as it was typed, at once; an empty one is erased. NotFound, FormatError, NotAllowed."""
    if len(typed) > hand_cells.MAX_TYPED or not 0 <= place < 4_096 or any(not each.isprintable() for each in typed):
        raise FormatError("a cell holds a short line of text")
    kept = rows.read(desk.db, worksheet)
    if kept.stage is Stage.READ:
        raise NotAllowed("this message was read: its groups are fixed")
    with desk.db.transaction():
        rows.fill(desk.db, worksheet, line, place, typed, desk.now())
        if line is Line.HEADER and kept.stage is Stage.TYPED:
            _place_rest(desk, kept)


def _place_rest(desk: Desk, kept: KeptWorksheet) -> None:
    """Put the groups of a text in their places once the header that was wrong in it stands."""
    typed = rows.cells(desk.db, kept.worksheet)
    fields = Fields(codec.decode(kept.body, max_bytes=hand_sheets.MAX_BYTES), "worksheet")
    fields.uint(0, hand_sheets.VERSION, hand_sheets.VERSION)
    rest = fields.raw(1, 0, 4 * message_text.MAX_TEXT).decode("utf-8").split(None, SUMS)[SUMS:]
    if not rest or any(line is Line.GROUP for line, _ in typed):
        return
    cells = hand_cells.placed("\n".join((" ".join(hand_cells.header_groups(typed)), *rest)))
    for (line, place), cell in cells.items():
        rows.fill(desk.db, kept.worksheet, line, place, cell, desk.now())


def set_sender(desk: Desk, worksheet: int, sender: StationId) -> None:
    """Say from which station a message came, where page numbers do not say it; NotFound."""
    with desk.db.transaction():
        rows.keep(desk.db, replace(rows.read(desk.db, worksheet), peer=sender), desk.now())


def incoming(desk: Desk, worksheet: int) -> IncomingSheet:
    """Give a message that is being typed, with what its cells say by now; NotFound, NotAllowed for another sheet."""
    kept = rows.read(desk.db, worksheet)
    if kept.stage not in (Stage.TYPED, Stage.READ):
        raise NotAllowed("this worksheet is of a cable that leaves")
    typed = rows.cells(desk.db, worksheet)
    wrong, judged = hand_cells.judge(typed)
    return IncomingSheet(hand_steps.row(desk, kept, reading.names(desk)), typed, wrong, judged)
