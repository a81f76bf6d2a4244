"""What persons did with a cable, on record: opened its text, wrote it out, printed it, made it unreadable.

Source: docs/spec/persons.md 6. A delegation kit keeps a log of its own, and a store that was opened by no person (a
rehearsal of the program) has nobody to name: neither adds a line here.
"""

from contextlib import suppress

from secmsg.errors import DiskFull, DiskReadOnly
from secmsg.ids import CableId
from secmsg.office.person_log import Deed
from secmsg.station import persons, reading
from secmsg.station.desk import Desk
from secmsg.station.persons import RecordLine
from secmsg.station.views import CableView
from secmsg.store import cable_deeds as rows
from secmsg.store import cables


def read(desk: Desk, cable_id: CableId) -> CableView:
    """Give one cable in full, once the line that who is present has opened it is in the store; NotFound.

    A disk that takes no writing keeps nobody from reading: the next opening of the cable adds the line.
    """
    if _first(desk, cable_id):
        with suppress(DiskFull, DiskReadOnly), desk.db.transaction():
            _add(desk, Deed.READ, cable_id, "")
            return reading.view(desk, cable_id)
    return reading.view(desk, cable_id)


def mark_read(desk: Desk, cable_id: CableId) -> None:
    """Note when an incoming cable was first opened, and by whom, in one transaction; NotFound."""
    with desk.db.transaction():
        cables.mark_read(desk.db, cable_id, desk.now())
        if _first(desk, cable_id):
            _add(desk, Deed.READ, cable_id, "")


def note(desk: Desk, deed: Deed, cable_id: CableId, what: str = "") -> None:
    """Add a line about a cable, in a transaction of its own that ends before the act; NotFound, DiskFull."""
    if _kept(desk):
        with desk.db.transaction():
            _add(desk, deed, cable_id, what)


def note_within(desk: Desk, deed: Deed, cable_id: CableId) -> None:
    """Add a line about a cable in the caller's transaction."""
    if _kept(desk):
        _add(desk, deed, cable_id, "")


def note_opened(desk: Desk, cable_id: CableId) -> None:
    """Add the line that who is present has opened a cable, unless it is there; a full disk keeps nobody out."""
    if _first(desk, cable_id):
        with suppress(DiskFull, DiskReadOnly), desk.db.transaction():
            _add(desk, Deed.READ, cable_id, "")


def of_cable(desk: Desk, cable_id: CableId) -> tuple[RecordLine, ...]:
    """List the lines about a cable, the oldest first, after checking the whole record; StoreDamaged."""
    about = set(rows.lines(desk.db, cable_id))
    return tuple(each for each in persons.record(desk) if each.number in about)


def _kept(desk: Desk) -> bool:
    return desk.entrance is not None and desk.shelf.kit is None


def _first(desk: Desk, cable_id: CableId) -> bool:
    return _kept(desk) and not rows.has(desk.db, cable_id, Deed.READ, persons.present(desk).number)


def _add(desk: Desk, deed: Deed, cable_id: CableId, what: str) -> None:
    mrn = cables.head(desk.db, cable_id).mrn
    line = persons.note(desk, deed, 0, f"{mrn}: {what}" if what else mrn)
    rows.keep(desk.db, cable_id, line, deed, persons.present(desk).number)
