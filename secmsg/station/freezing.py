"""What may leave while our own store, or a peer's, is doubted (docs/spec/rollback.md 4). Reads only."""

from collections.abc import Iterable

from secmsg.errors import Frozen, Withheld
from secmsg.ids import StationId
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.store import freezes
from secmsg.store.outbox import Envelope

OWN = StationId(0)
"""Stands for our own store."""
ALARM = "alarm"
"""Evidence of the one kind of envelope that leaves a frozen store: a new session with headquarters, without content."""


def frozen(desk: Desk) -> bool:
    """Say whether nothing may leave because our own store is doubted."""
    return freezes.holds(desk.db, OWN)


def withheld(desk: Desk, station: StationId) -> bool:
    """Say whether cables to a station are kept back because its store is doubted."""
    return freezes.holds(desk.db, station)


def check(desk: Desk, stations: Iterable[StationId] = ()) -> None:
    """Refuse an act of the officer that would send; Frozen, or Withheld for one of the addressees."""
    if frozen(desk):
        raise Frozen("sending is frozen: this store is an old copy or has a second one")
    check_stations(desk, stations)


def check_stations(desk: Desk, stations: Iterable[StationId]) -> None:
    """Refuse an act for an addressee whose store is doubted; Withheld."""
    for station in stations:
        if withheld(desk, station):
            name = desks.directory(desk).station(station).name_vi
            raise Withheld(f"cables to {name} are kept back: its store is an old copy or has a second one")


def stays(desk: Desk, envelope: Envelope) -> bool:
    """Say whether an envelope stays here, sealed or not: everything but the alarm, or a cable to a doubted peer."""
    if frozen(desk):
        return envelope.evidence != ALARM
    # Service messages go on: they tell the peer what was seen, and hold nothing that a second reader may not know.
    return envelope.cable_id is not None and withheld(desk, envelope.station)
