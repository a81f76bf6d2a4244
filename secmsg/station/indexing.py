"""Which words of a cable it can be found by, and how an index that is not whole gets there."""

from collections.abc import Mapping

from secmsg.errors import DiskFull, StoreError
from secmsg.ids import StationId
from secmsg.station import desk as desks
from secmsg.station import texts
from secmsg.station.desk import Desk
from secmsg.station.views import IndexState
from secmsg.store import cables, search, search_parts
from secmsg.store.database import Database
from secmsg.wire.cable import Cable

STEP = 25
"""Cables that one step enters: some hundredths of a second, so that nobody waits for it."""


def index(desk: Desk, cable: Cable) -> None:
    """Make a cable findable by its texts, its numbers, the stations and persons in it, and the names of its annexes."""
    enter(desk.db, cable, _names(desk))


def enter(db: Database, cable: Cable, names: Mapping[StationId, str]) -> None:
    """Make a cable findable in a store; `names` are what its stations can be found by."""
    words = [
        cable.mrn,
        cable.symbol,
        cable.subject,
        cable.body,
        cable.summary,
        cable.drafter.name,
        cable.releaser.name,
        *cable.topics,
        *(annex.name for annex in cable.annexes),
        *(reference.mrn for reference in cable.refs),
        *(names.get(station, "") for station in (cable.origin, *cable.action_to, *cable.info_to)),
    ]
    search.index(db, cable.cable_id, "\n".join(words))


def _names(desk: Desk) -> Mapping[StationId, str]:
    kit = desk.shelf.kit
    if kit is not None:
        return {station: f"{vi} {en}" for station, (vi, en) in kit.names.items()}
    return {entry.id: f"{entry.name_vi} {entry.name_en} {entry.place}" for entry in desks.directory(desk).stations}


def state(desk: Desk) -> IndexState:
    """Say how much of the index is there."""
    return IndexState(search_parts.progress(desk.db).percent, search.count(desk.db))


def look(desk: Desk) -> IndexState:
    """Look whether the index holds what was entered; one that does not is begun anew. For every opening."""
    if not search_parts.sound(desk.db):
        begin_anew(desk)
    return state(desk)


def begin_anew(desk: Desk) -> None:
    """Give the index up and begin another; the cables themselves are not touched."""
    with desk.db.transaction():
        search_parts.begin_anew(desk.db)


def check(desk: Desk) -> bool:
    """Read the whole index and compare it with the cables; False when it must be made anew."""
    try:
        with desk.db.transaction():
            return search_parts.check(desk.db)
    except DiskFull:
        raise
    except StoreError:
        return False


def go_on(desk: Desk) -> IndexState:
    """Enter the next few cables, the newest first, in one transaction; a cut costs these few and no more."""
    with desk.db.transaction():
        waiting = search_parts.missing(desk.db, STEP)
        for _, cable_id in waiting:
            search.remove(desk.db, cable_id)
            index(desk, texts.text(cables.read(desk.db, cable_id)))
        if not search_parts.progress(desk.db).whole:
            search_parts.entered_down_to(desk.db, waiting[-1][0] if len(waiting) == STEP else 0)
    return state(desk)
