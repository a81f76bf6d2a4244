"""Writing a pouch: chosen and logged on the store's thread, sealed and written off it, entered when read back."""

from contextlib import suppress
from pathlib import Path

from secmsg.errors import StoreError
from secmsg.ids import StationId
from secmsg.links import pouch as medium
from secmsg.links.pouch import Cancelled, Progress
from secmsg.station import pouch_packing
from secmsg.station.desk import Desk
from secmsg.station.pouch_views import PouchLine, PouchWritten
from secmsg.station.rounds import Ask
from secmsg.store import pouches
from secmsg.store.pouches import Way


def write(
    ask: Ask, target: Path, stations: tuple[StationId, ...], *, progress: Progress, cancelled: Cancelled
) -> PouchWritten:
    """Write what waits for these stations into a new file; when this returns it was read back from the medium.

    NotAllowed when nothing sealed waits, StoreExists, DiskFull, MediumFailed, ReadBackDiffers, TransferStopped: then
    nothing counts as written, and the outbox is as it was.
    """
    load = ask(lambda desk: pouch_packing.pack(desk, stations, target.name))
    try:
        medium.write(target, pouch_packing.stream(load), load.size, progress=progress, cancelled=cancelled)
    except BaseException as error:
        reason = type(error).__name__
        with suppress(StoreError):
            ask(lambda desk: pouch_packing.not_written(desk, load, reason))
        raise
    return ask(lambda desk: pouch_packing.written(desk, load))


def log(desk: Desk) -> tuple[PouchLine, ...]:
    """List the pouches written and read, newest first."""
    return tuple(
        PouchLine(
            each.way is Way.WRITTEN,
            each.name,
            each.size,
            each.begun_at,
            each.proven_at,
            each.envelopes,
            each.blobs,
            each.detail,
        )
        for each in pouches.every(desk.db)
    )
