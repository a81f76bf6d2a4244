"""Additions to a kit, as its post makes them: sealed, written durably, counted, and only then named.

Source: docs/spec/kit.md 6. A stop before the count leaves nothing that has a name, one after it an addition that counts
and has no file: `again` writes the same cables, under the same number, once more.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from secmsg.crypto import agreement, blob, labels, signing
from secmsg.crypto.agreement import EXCHANGE_SIZE, Kem
from secmsg.crypto.signing import Level
from secmsg.errors import FormatError, NotAllowed, NotFound
from secmsg.ids import CableId
from secmsg.office import kit_records, kits
from secmsg.office.kits import KitState, Permit
from secmsg.station import exporting, kit_packing, kit_verifying
from secmsg.station.annex import unwatched
from secmsg.station.desk import Desk
from secmsg.station.kit_packing import Planned
from secmsg.store import blobs as blob_rows
from secmsg.store import identity as identity_rows
from secmsg.store import kits as rows
from secmsg.store.blobs import BlobFiles
from secmsg.store.kits import KeptKit
from secmsg.wire import codec
from secmsg.wire import kit_drop as wire
from secmsg.wire.kit_drop import Front, Head, Longer

FORGETS_NOTHING = codec.MAX_TIME
"""For `Longer.now`: no kit has seen an hour after it, so none is forgotten."""


@dataclass(frozen=True, slots=True)
class Addition:
    """An addition that was sealed and does not count yet; `row` is how the kit stands once it does."""

    number: int
    data: bytes = field(repr=False)
    row: KeptKit = field(repr=False)
    cables: tuple[tuple[CableId, CableId], ...]
    """The kit's own ids and ours."""

    def count(self, desk: Desk) -> None:
        """Count it: the number is given, its cables are in the kit."""
        with desk.db.transaction():
            rows.change(desk.db, self.row)
            rows.note_cables(desk.db, self.row.number, self.cables, self.number)


def write(desk: Desk, addition: Addition, target: Path) -> Path:
    """Write an addition to `target` or into it; it counts right before it has its name. StoreExists, DiskFull."""
    path = _place(target, addition.row.number, addition.number)
    return exporting.export_paper(addition.data, path, lambda: addition.count(desk))


def make(desk: Desk, number: int, cable_ids: tuple[CableId, ...], longer: Longer | None = None) -> Addition:
    """Make the next addition to a kit that is out: cables, a longer permit, or both.

    NotAllowed for a kit that is not out, for a cable above its degree or in it already, for more than the bounds;
    FormatError when it would be larger than an addition may be.
    """
    kit = _out(desk, number)
    signed = kit_records.decode_signed(kit.permit)
    permit = kit_records.decode_permit(signed.permit)
    if cable_ids and not permit.drops:
        raise NotAllowed("the permit of this kit allows nothing to be added on the road")
    if len(cable_ids) > wire.MAX_CABLES:
        raise NotAllowed(f"an addition holds at most {wire.MAX_CABLES} cables")
    held = {cable for _, cable, _ in rows.cables(desk.db, number)}
    planned = kit_packing.plan(desk, tuple(dict.fromkeys(cable_ids)))
    for each in planned:
        if each.origin_id in held:
            raise NotAllowed(f"{each.cable.mrn} is in this kit already")
    row = replace(kit, drops=kit.drops + 1)
    if longer is not None:
        body = kit_records.encode_permit(kits.prolonged(permit, longer.until, longer.openings, longer.minutes))
        row = replace(row, permit=kit_records.encode_signed(replace(signed, permit=body)))
    data = _sealed(desk, kit, permit, row.drops, planned, longer)
    return Addition(row.drops, data, row, tuple((each.inner_id, each.origin_id) for each in planned))


def again(desk: Desk, number: int, addition: int, target: Path) -> Path:
    """Write an addition once more, because its file was lost: the same cables, or the permit as it is now.

    It forgives no wrong clock, whether the lost one did or not. A kit that has taken it takes nothing of this one.
    NotFound for an addition that was not made; NotAllowed for a kit that is not out; StoreExists, DiskFull.
    """
    kit = _out(desk, number)
    if not 1 <= addition <= kit.drops:
        raise NotFound(f"kit {number} has no addition {addition}")
    permit = kit_records.decode_permit(kit_records.decode_signed(kit.permit).permit)
    inside = {cable: inner for inner, cable, of in rows.cables(desk.db, number) if of == addition}
    planned = tuple(
        replace(each, cable=replace(each.cable, cable_id=inside[each.origin_id]))
        for each in kit_packing.plan(desk, tuple(inside))
    )
    longer = None if inside else Longer(permit.until, permit.openings, permit.minutes, FORGETS_NOTHING)
    data = _sealed(desk, kit, permit, addition, planned, longer)
    return exporting.export_paper(data, _place(target, number, addition))


def _out(desk: Desk, number: int) -> KeptKit:
    kit = rows.read(desk.db, number)
    if kit.state is not KitState.OUT:
        raise NotAllowed(f"kit {number} is {kit.state.name.lower()}: nothing is added to it")
    return kit


def _place(target: Path, kit: int, addition: int) -> Path:
    return exporting.free_place(target, f"kit-{kit}-{addition}.kitadd")


def _sealed(
    desk: Desk, kit: KeptKit, permit: Permit, number: int, planned: tuple[Planned, ...], longer: Longer | None
) -> bytes:
    for each in planned:
        kits.check_degree(permit, each.cable.degree, each.cable.mrn)
    if sum(each.size for each in planned) > wire.MAX_FILE // 2:
        raise NotAllowed(f"an addition holds at most {wire.MAX_FILE >> 21} MiB of enclosures")
    key = signing.signing_from_seed(Level.STANDARD, identity_rows.secret(desk.db, rows.seed_name(kit.number)))
    packed = [kit_packing.pack(each, key, desk.files, desk.now(), desk.random, unwatched) for each in planned]
    # No row names these files: what a stop here leaves is swept at the next start.
    blobs = tuple(tuple(_taken(desk.files, each) for each in one.blobs) for one in packed)
    names = {each[0]: each for one in planned for each in one.names}
    head = Head(
        kit.kit_id, number, desk.now(), tuple(one.packed for one in packed),
        tuple(tuple(len(each) for each in one) for one in blobs), tuple(names.values()), longer,
    )  # fmt: skip
    data = _seal(desk, kit, key, wire.encode_head(head), [each for one in blobs for each in one])
    if len(data) > wire.MAX_FILE:
        raise FormatError(f"an addition to a kit has at most {wire.MAX_FILE >> 20} MiB")
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
    exchanged = agreement.exchange(ephemeral.private, exchange)
    content = kit_verifying.stream_key(kit.kit_id, front, kit.drop_key, shared, exchanged)
    stream = blob.Encryptor(content, kit_verifying.stream_context(kit.kit_id))
    return front + stream.update(wire.encode_inside(head, signature, blobs)) + stream.finalize()
