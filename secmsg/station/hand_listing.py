"""What left and what came by hand, put together for lists; nothing here decides or writes."""

from secmsg.errors import NotFound
from secmsg.ids import CableId
from secmsg.manual import text as message_text
from secmsg.station import reading
from secmsg.station.desk import Desk
from secmsg.station.hand_views import HandRow
from secmsg.store import cables as cable_rows
from secmsg.store import hand_cables as rows
from secmsg.store import materials as material_rows
from secmsg.store.hand_cables import HandMessage, HandState


def every(desk: Desk) -> tuple[HandRow, ...]:
    """List all messages, newest first."""
    known = reading.names(desk)
    return tuple(_row(desk, each, known) for each in rows.every(desk.db))


def groups(desk: Desk, cable_id: CableId) -> str:
    """Give the text of a cable's last message; NotFound when it did not go or come by hand."""
    found = rows.of_cable(desk.db, cable_id)
    if not found:
        raise NotFound("this cable did not go or come by hand")
    return found[-1].message


def _row(desk: Desk, each: HandMessage, known: reading.Names) -> HandRow:
    header = message_text.read(each.message).header
    return HandRow(
        each.cable_id,
        each.outgoing,
        cable_rows.head(desk.db, each.cable_id).mrn,
        each.peer,
        known.station(each.peer),
        each.serial,
        each.in_block,
        material_rows.read(desk.db, each.book).name,
        header.pages,
        header.count,
        each.at,
        each.sent_at,
        each.receipt != "",
        each.receipt_at,
        each.state is HandState.UNSIGNED,
        each.state is HandState.DIFFERS,
    )
