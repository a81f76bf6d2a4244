"""Additions to a kit on the road, as the kit takes them: once and in order; `kit_adding` makes them at its post.

Source: docs/spec/kit.md 6. Sealed to the kit's own drop key by a hybrid agreement, signed by the kit's own signing key,
which the post alone has: nothing of the post's identity goes into the file or is needed to verify it.
"""

from dataclasses import replace
from typing import Protocol

from secmsg.errors import StoreDamaged
from secmsg.ids import CableId, StationId
from secmsg.office import kit_records
from secmsg.office.kit_log import KitAct
from secmsg.office.kits import Permit, Use
from secmsg.station import kit_making, kit_packing, kit_verifying
from secmsg.station.desk import Desk, KitShelf
from secmsg.station.kit_verifying import Addressee, Verified
from secmsg.store import blobs as blob_rows
from secmsg.store import identity as identity_rows
from secmsg.store import kits as rows
from secmsg.store.blobs import DAY
from secmsg.wire import cable as cable_wire


class Log(Protocol):
    """Adds a line to the kit's log."""

    def __call__(
        self, act: KitAct, cable: CableId = ..., detail: str = ..., use: Use | None = ..., *, inside: bool = ...
    ) -> None:
        """Add it, in a transaction of its own or inside the caller's."""


def take(desk: Desk, kit_id: bytes, permit: Permit, data: bytes, log: Log) -> int:
    """Verify an addition and take it in one transaction; return its number, 0 for one that was taken before."""
    kit = Addressee(kit_id, identity_rows.secret(desk.db, rows.DROP_SEED), shelf(desk).public)
    use = rows.use(desk.db)
    verified = kit_verifying.verify(kit, permit, use, data)
    if verified is None:
        return 0
    _keep(desk, verified, use, log)
    return verified.head.number


def _keep(desk: Desk, verified: Verified, use: Use, log: Log) -> None:
    head, day = verified.head, desk.now() // DAY
    made = [tuple(_write(desk, each, day) for each in one) for one in verified.blobs]
    names = {StationId(station): (vi, en) for station, vi, en in head.names}
    with desk.db.transaction():
        for station, (vi, en) in names.items():
            rows.keep_name(desk.db, station, vi, en)
        for packed, kept in zip(head.cables, made, strict=True):
            slips = cable_wire.decode_signed(packed.signed).slips
            kit_making.put(desk.db, packed, slips, kept, names, desk.now())
        if head.longer is not None:
            identity_rows.keep_fact(desk.db, rows.PERMIT, kit_records.encode_permit(verified.permit))
            log(KitAct.PROLONGED, detail=f"addition {head.number}", inside=True)
        changed = replace(use, drops=head.number, seen=verified.seen)
        log(KitAct.TAKEN, detail=f"addition {head.number}: {len(head.cables)} cables", use=changed, inside=True)


def _write(desk: Desk, data: bytes, day: int) -> blob_rows.Blob:
    return desk.files.write(blob_rows.new_key(desk.random), lambda file: file.write(data), day)


def shelf(desk: Desk) -> KitShelf:
    """Read what stands for the directory in a kit; StoreDamaged when it has lost its key."""
    public = identity_rows.fact(desk.db, rows.KEY)
    if public is None:
        raise StoreDamaged("the kit has lost its key")
    names = {station: (vi, en) for station, vi, en in rows.names(desk.db)}
    return KitShelf(names, kit_packing.reference(public), public)
