"""A cable is marked read, or destroyed, in a process that may die at any statement; done in parts it is the control."""

from pathlib import Path

from secmsg.ids import CableId
from secmsg.office.person_log import Deed
from secmsg.station import person_cables
from secmsg.store import cables
from tests.faults.acts import Moment, Trigger, open_home, watch


def mark_read(home: Path, cable_id: CableId, at: int | Moment, kind: str) -> None:
    """Note that the cable was opened."""
    station = open_home(home)
    watch(station, Trigger("", at))
    desk = station.desk
    if kind == "honest":
        station.mark_read(cable_id)
    else:
        with desk.db.transaction():
            cables.mark_read(desk.db, cable_id, desk.now())
        with desk.db.transaction():
            person_cables.note_within(desk, Deed.READ, cable_id)
    station.close()
