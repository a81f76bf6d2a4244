"""What is odd about an authentic cable: it is entered, and shown with the doubt, never silently."""

from collections.abc import Collection
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from secmsg.authority.trust import Directory
from secmsg.errors import NotAllowed, NotListed
from secmsg.ids import CableId, StationId
from secmsg.office import clearance, numbering, totals
from secmsg.station.desk import Desk
from secmsg.station.views import Doubt
from secmsg.store import cables as cable_rows
from secmsg.wire.cable import Cable


def of_cable(cable: Cable, directory: Directory, others: Collection[CableId]) -> tuple[Doubt, ...]:
    """Return every doubt about a cable, given the directory that is in force and the `namesakes` of the cable.

    1. the totals are what is found in it
    2. the persons may sign together
    3. the releaser calls himself what the directory calls him
    4. the post number is one of its origin's, and no other cable's
    """
    found = []
    if not totals.recount(cable):
        found.append(Doubt.COUNT)
    if clearance.objections(cable):
        found.append(Doubt.OBJECTION)
    if not _is_called_so(cable, directory):
        found.append(Doubt.NAME)
    if others or not _is_numbered_so(cable, directory):
        found.append(Doubt.NUMBER)
    return tuple(found)


def namesakes(desk: Desk, cable: Cable) -> tuple[CableId, ...]:
    """List the other cables of the same origin under the same post number."""
    same = cable_rows.by_mrn(desk.db, cable.mrn)
    return tuple(head.cable_id for head in same if head.origin == cable.origin and head.cable_id != cable.cable_id)


def _is_called_so(cable: Cable, directory: Directory) -> bool:
    try:
        entry = directory.person_entry(cable.releaser.person)
    except NotListed:
        return False
    return (cable.releaser.name, cable.releaser.title) == (entry.name, entry.title)


def _is_numbered_so(cable: Cable, directory: Directory) -> bool:
    try:
        post = directory.station(cable.origin).mrn_name
        return cable.mrn == numbering.mrn(
            numbering.year_of(cable.dtg, zone(directory, cable.origin)), post, cable.number
        )
    except (NotListed, NotAllowed):
        return False


def zone(directory: Directory, station: StationId) -> tzinfo:
    """Return a station's zone; UTC where this machine does not know it."""
    try:
        return ZoneInfo(directory.station(station).timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
