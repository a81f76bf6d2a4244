"""The lines of the worksheets under way, each with its next step; nothing here writes."""

from secmsg.manual import judging
from secmsg.manual.judging import Judgement
from secmsg.office.hand_work import Stage
from secmsg.station import hand_cells, reading
from secmsg.station.desk import Desk
from secmsg.station.hand_views import Next, WorksheetRow
from secmsg.store import cables as cable_rows
from secmsg.store import hand_cables
from secmsg.store import hand_worksheets as rows
from secmsg.store import materials as material_rows
from secmsg.store.hand_worksheets import KeptWorksheet


def listed(desk: Desk) -> tuple[WorksheetRow, ...]:
    """List the worksheets, the last changed first."""
    known = reading.names(desk)
    return tuple(row(desk, each, known) for each in rows.every(desk.db))


def line(desk: Desk, worksheet: int) -> WorksheetRow:
    """Return one worksheet's line; NotFound."""
    return row(desk, rows.read(desk.db, worksheet), reading.names(desk))


def row(desk: Desk, kept: KeptWorksheet, known: reading.Names) -> WorksheetRow:
    """Return the line of a worksheet that was read."""
    mrn = "" if kept.cable_id is None else cable_rows.head(desk.db, kept.cable_id).mrn
    return WorksheetRow(
        kept.worksheet,
        kept.stage,
        kept.stage in (Stage.WRITTEN, Stage.ENCIPHERED, Stage.SENT),
        kept.peer,
        known.station(kept.peer) if kept.peer else "",
        material_rows.read(desk.db, kept.book).name if kept.book else "",
        mrn,
        kept.begun_at,
        kept.changed_at,
        _next(desk, kept),
    )


def _next(desk: Desk, kept: KeptWorksheet) -> Next:
    match kept.stage:
        case Stage.WRITTEN:
            return Next.ENCIPHER
        case Stage.ENCIPHERED:
            return Next.SEND
        case Stage.SENT:
            return Next.DESTROY
        case Stage.READ:
            return Next.SAY_RECEIPT if _owes(desk, kept) else Next.DESTROY
        case Stage.TYPED:
            return _next_typed(hand_cells.judge(rows.cells(desk.db, kept.worksheet))[1])


def _next_typed(judged: Judgement | None) -> Next:
    if judged is None:
        return Next.TYPE_HEADER
    if judged.waiting:
        return Next.TYPE_GROUPS
    return Next.VERIFY if judging.repair(judged).whole else Next.ASK


def _owes(desk: Desk, kept: KeptWorksheet) -> bool:
    messages = () if kept.cable_id is None else hand_cables.of_cable(desk.db, kept.cable_id)
    return bool(messages) and messages[-1].receipt != "" and messages[-1].receipt_at is None
