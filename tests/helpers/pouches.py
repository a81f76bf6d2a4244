"""Pouches in tests: written and read in the caller's thread, as the commands do."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from secmsg.ids import StationId
from secmsg.station import pouch_reading, pouch_writing
from secmsg.station.desk import Desk
from secmsg.station.events import Event
from secmsg.station.pouch_views import PouchRead, PouchWritten
from secmsg.station.station import Station

T = TypeVar("T")


def _ask(station: Station) -> Callable[[Callable[[Desk], T]], T]:
    return lambda step: step(station.desk)


def write(
    station: Station,
    target: Path,
    *to: StationId,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> PouchWritten:
    return pouch_writing.write(_ask(station), target, to, progress=progress, cancelled=cancelled)


def read(
    station: Station,
    source: Path,
    on_event: Callable[[Event], None] = lambda _: None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> PouchRead:
    return pouch_reading.read(_ask(station), source, on_event=on_event, progress=progress, cancelled=cancelled)
