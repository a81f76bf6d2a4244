"""Writing and reading pouches beside a running program: long work on the caller's thread, steps on the store's."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from secmsg.ids import StationId
from secmsg.links.pouch import Cancelled, Progress
from secmsg.station import pouch_reading, pouch_writing
from secmsg.station.desk import Desk
from secmsg.station.pouch_views import PouchRead, PouchWritten
from secmsg.station.rounds import OnEvent
from secmsg.station.worker import Worker

T = TypeVar("T")


class PouchBag:
    """Writes and reads pouches for the store that a worker has open; never to be called on the Qt thread."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def write(
        self, target: Path, stations: tuple[StationId, ...], progress: Progress, cancelled: Cancelled
    ) -> PouchWritten:
        """Write what waits for these stations; the errors of `pouch_writing.write`."""
        return pouch_writing.write(self._ask, target, stations, progress=progress, cancelled=cancelled)

    def read(self, source: Path, on_event: OnEvent, progress: Progress, cancelled: Cancelled) -> PouchRead:
        """Take what a pouch holds for this machine; the errors of `pouch_reading.read`."""
        return pouch_reading.read(self._ask, source, on_event=on_event, progress=progress, cancelled=cancelled)

    def _ask(self, step: Callable[[Desk], T]) -> T:
        return self._worker.submit(lambda station: step(station.desk)).result()
