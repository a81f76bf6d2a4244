"""Additions to a kit on the road: made at the post, brought by any way that carries a file, taken once and in order.

Source: docs/spec/kit.md 6. Sealed to the kit's own drop key by a hybrid agreement, signed by the kit's own signing key,
which the post alone has: nothing of the post's identity goes into the file or is needed to verify it.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from secmsg.crypto import agreement, blob, labels, signing
from secmsg.crypto.agreement import EXCHANGE_SIZE, Kem
from secmsg.crypto.signing import Level
from secmsg.errors import FormatError, NotAllowed, StoreDamaged
from secmsg.ids import CableId, StationId
from secmsg.office import kit_records, kits
from secmsg.office.kit_log import KitAct
from secmsg.office.kits import KitState, Permit, Use
from secmsg.station import kit_making, kit_packing, kit_verifying
from secmsg.station.annex import unwatched
from secmsg.station.desk import Desk, KitShelf
from secmsg.station.kit_verifying import Addressee, Verified
from secmsg.store import blobs as blob_rows
from secmsg.store import identity as identity_rows
from secmsg.store import kits as rows
from secmsg.store.blobs import DAY, BlobFiles
from secmsg.store.kits import KeptKit
from secmsg.wire import cable as cable_wire
from secmsg.wire import kit_drop as wire
from secmsg.wire.kit_drop import Front, Head, Longer


class Log(Protocol):
    """Adds a line to the kit's log."""

    def __call__(
        self, act: KitAct, cable: CableId = ..., detail: str = ..., use: Use | None = ..., *, inside: bool = ...
    ) -> None:
        """Add it, in a transaction of its own or inside the caller's."""


# --- at the post -----------------------------------------------------------------------------------------------------


def make(desk: Desk, number: int, cable_ids: tuple[CableId, ...], longer: Longer | None = None) -> bytes:
    """Make the next addition to a kit that is out: cables, a longer permit, or both; its number counts from here.

    NotAllowed for a kit that is not out, for a cable above its degree or in it already, for more than the bounds;
    FormatError when it would be larger than an addition may be.
    """
    kit = rows.read(desk.db, number)
    if kit.state is not KitState.OUT:
        raise NotAllowed(f"kit {number} is {kit.state.name.lower()}: nothing is added to it")
    signed = kit_records.decode_signed(kit.permit)
    permit = kit_records.decode_permit(signed.permit)
    if cable_ids and not permit.drops:
        raise NotAllowed("the permit of this kit allows nothing to be added on the road")
    if len(cable_ids) > wire.MAX_CABLES:
        raise NotAllowed(f"an addition holds at most {wire.MAX_CABLES} cables")
    held = {cable for _, cable, _ in rows.cables(desk.db, number)}
    planned = kit_packing.plan(desk, tuple(dict.fromkeys(cable_ids)))
    for each in planned:
        kits.check_degree(permit, each.cable.degree, each.cable.mrn)
        if each.origin_id in held:
            raise NotAllowed(f"{each.cable.mrn} is in this kit already")
    if sum(each.size for each in planned) > wire.MAX_FILE // 2:
        raise NotAllowed(f"an addition holds at most {wire.MAX_FILE >> 21} MiB of enclosures")
    key = signing.signing_from_seed(Level.STANDARD, identity_rows.secret(desk.db, rows.seed_name(number)))
    packed = [kit_packing.pack(each, key, desk.files, desk.now(), desk.random, unwatched) for each in planned]
    # No row names these files: what a stop here leaves is swept at the next start.
    blobs = tuple(tuple(_taken(desk.files, each) for each in one.blobs) for one in packed)
    names = {each[0]: each for one in planned for each in one.names}
    head = Head(
        kit.kit_id, kit.drops + 1, desk.now(), tuple(one.packed for one in packed),
        tuple(tuple(len(each) for each in one) for one in blobs), tuple(names.values()), longer,
    )  # fmt: skip
    data = _seal(desk, kit, key, wire.encode_head(head), [each for one in blobs for each in one])
    if len(data) > wire.MAX_FILE:
        raise FormatError(f"an addition to a kit has at most {wire.MAX_FILE >> 20} MiB")
    with desk.db.transaction():
        changed = replace(kit, drops=head.number)
        if longer is not None:
            body = kit_records.encode_permit(kits.prolonged(permit, longer.until, longer.openings, longer.minutes))
            changed = replace(changed, permit=kit_records.encode_signed(replace(signed, permit=body)))
        rows.change(desk.db, changed)
        rows.note_cables(desk.db, number, tuple((each.inner_id, each.origin_id) for each in planned), head.number)
    return data


def _taken(files: BlobFiles, each: blob_rows.Blob) -> bytes:
    with files.open(each.key) as file:
        found = file.readall()
    files.erase(each.key)
    return found


def _seal(desk: Desk, kit: KeptKit, key: signing.SigningKey, head: bytes, blobs: Iterable[bytes]) -> bytes:
    ephemeral = agreement.exchange_generate(desk.random)
    exchange, kem = kit.drop_key[:EXCHANGE_SIZE], kit.drop_key[EXCHANGE_SIZE:]
    ciphertext, shared = agreement.kem_encapsulate(Kem.LEVEL_768, kem)
    front = wire.encode_front(Front(ephemeral.public, ciphertext))
    signature = signing.sign(key, labels.SIGN_KIT_DROP, front + head)
    content = kit_verifying.stream_key(
        kit.kit_id, front, kit.drop_key, shared, agreement.exchange(ephemeral.private, exchange)
    )
    stream = blob.Encryptor(content, kit_verifying.stream_context(kit.kit_id))
    return front + stream.update(wire.encode_inside(head, signature, blobs)) + stream.finalize()


# --- in the kit ------------------------------------------------------------------------------------------------------


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
