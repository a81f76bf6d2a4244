"""Whether all machines that have a cable have opened the same of it (docs/spec/receipts.md 4)."""

from collections.abc import Callable

from secmsg.crypto import blob, hashing
from secmsg.ids import CableId, DeviceId, StationId
from secmsg.office import circulars
from secmsg.station import annex as annexes
from secmsg.station import notices
from secmsg.station.desk import Desk
from secmsg.station.events import Event
from secmsg.station.views import NoticeKind, Opening
from secmsg.store import cables as cable_rows
from secmsg.store import openings as rows
from secmsg.store import outbox
from secmsg.store.openings import KeptOpening
from secmsg.wire import manifest as manifest_wire
from secmsg.wire.manifest import Manifest
from secmsg.wire.service import Receipt

TEXT_NAME, TEXT_TYPE = "cable", "application/octet-stream"
"""How the manifest of a signed cable calls it, whether it travels as a blob or not."""


def manifest_hash(signed: bytes) -> bytes:
    """Return the manifest hash of a signed cable: the slip's, had it travelled as a blob."""
    return hashing.short(_manifest(signed))


def blob_size(signed: bytes) -> int:
    """Return the bytes of the blob that a signed cable becomes."""
    return blob.sealed_size(annexes.plain_size(len(signed), len(_manifest(signed))))


def _manifest(signed: bytes) -> bytes:
    return manifest_wire.encode(Manifest(TEXT_NAME, TEXT_TYPE, len(signed), 0, hashing.content(signed)))


def of_kept(desk: Desk, cable_id: CableId) -> bytes:
    """Return the manifest hash of a cable that is kept here; NotFound."""
    return manifest_hash(cable_rows.read(desk.db, cable_id).signed)


def take(
    desk: Desk, station: StationId, device: DeviceId, receipt: Receipt, evidence: bytes, now: int
) -> tuple[bool, list[Event]]:
    """Keep what a machine says it opened; say whether it is what was released, and tell the officer when it is not."""
    agrees = receipt.opened in (b"", of_kept(desk, receipt.cable_id))
    kept = KeptOpening(receipt.cable_id, station, device, receipt.opened, receipt.level, receipt.at, evidence)
    new = rows.keep(desk.db, kept)
    if agrees or not new:
        return agrees, []
    mrn = cable_rows.head(desk.db, receipt.cable_id).mrn
    detail = f"station {station}, machine {device}: {mrn}"
    return False, [notices.add(desk, NoticeKind.OPENED_OTHERWISE, now, detail)]


def of_cable(desk: Desk, cable_id: CableId, name: Callable[[StationId], str]) -> tuple[Opening, ...]:
    """Say of each machine that a released cable goes to what it has proven to have opened, by station and machine."""
    said: dict[DeviceId, list[KeptOpening]] = {}
    for each in rows.of_cable(desk.db, cable_id):
        said.setdefault(each.device, []).append(each)
    machines = {(each.station, each.device): None for each in outbox.of_cable(desk.db, cable_id)}
    released = of_kept(desk, cable_id)
    return tuple(_opening(name(station), device, released, said.get(device, [])) for station, device in machines)


def _opening(station: str, device: DeviceId, released: bytes, said: list[KeptOpening]) -> Opening:
    standing = circulars.judge(released, (each.opened for each in said))
    shown = max(said, key=lambda each: each.level, default=None)
    return Opening(
        station,
        device,
        standing,
        None if shown is None else shown.level,
        None if shown is None else shown.at,
    )
