"""A cable of the post as it goes into a kit: another id, another signature, enclosures under keys of their own.

Source: docs/spec/kit.md 3. `plan` looks up on the store's thread what is needed; `pack` does the long work anywhere:
each enclosure is deciphered, verified and sealed anew in one pass, and its plaintext meets no file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from secmsg.authority.trust import Directory
from secmsg.crypto import hashing, labels, signing
from secmsg.crypto.randomness import Random
from secmsg.crypto.signing import SigningKey
from secmsg.errors import NotAllowed, NotListed
from secmsg.ids import CableId, CertificateRef, StationId
from secmsg.office import kit_records
from secmsg.office.kit_records import Proven
from secmsg.station import annex as annexes
from secmsg.station import desk as desks
from secmsg.station import exporting, reading
from secmsg.station.annex import Described, Purpose, Sealed, Sender, Watch
from secmsg.station.desk import Desk
from secmsg.station.views import CableView
from secmsg.store import blobs as blob_rows
from secmsg.store import cables as cable_rows
from secmsg.store.blobs import DAY, AnnexState, Blob, BlobFiles
from secmsg.store.cables import CableHead, Direction
from secmsg.wire import cable as cable_wire
from secmsg.wire import slip as slip_wire
from secmsg.wire.cable import SIGNATURE_SIZE, Cable, SignedCable
from secmsg.wire.kit_drop import Packed
from secmsg.wire.slip import Slip

ID_SIZE = 16


@dataclass(frozen=True, slots=True)
class Enclosure:
    """An enclosure as it lies at the post."""

    path: Path
    slip: Slip
    sender: Sender
    described: Described


@dataclass(frozen=True, slots=True)
class Planned:
    """One cable on its way into a kit: `cable` has the kit's own id already, `origin_id` is the post's."""

    origin_id: CableId
    cable: Cable = field(repr=False)
    head: CableHead
    proven: Proven = field(repr=False)
    enclosures: tuple[Enclosure, ...] = field(repr=False)
    names: tuple[tuple[StationId, str, str], ...]

    @property
    def inner_id(self) -> CableId:
        """The kit's own id of it."""
        return self.cable.cable_id

    @property
    def size(self) -> int:
        """Bytes of its enclosures."""
        return sum(each.described.size for each in self.enclosures)


@dataclass(frozen=True, slots=True)
class PackedCable:
    """A cable ready for a kit, and the blobs of its enclosures with their slips, in order."""

    packed: Packed
    blobs: tuple[Blob, ...]
    slips: tuple[Slip, ...] = field(repr=False)


def reference(public: bytes) -> CertificateRef:
    """Return the name of a kit's signing key, where a cable names who signed."""
    return CertificateRef(hashing.short(labels.HASH_KIT_KEY.encode() + b"\x00", public))


def contents(planned: tuple[Planned, ...]) -> bytes:
    """Return the hash of the list of cables that a permit is signed for."""
    return contents_of((each.inner_id, cable_wire.encode(each.cable)) for each in planned)


def contents_of(cables: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return the hash of a list of cables: the id in the kit and the encoded cable of each."""
    listed = b"".join(name + hashing.short(encoded) for name, encoded in cables)
    return hashing.short(labels.HASH_KIT_CONTENTS.encode() + b"\x00", listed)


def plan(desk: Desk, cable_ids: tuple[CableId, ...]) -> tuple[Planned, ...]:
    """Look up what goes into a kit; NotFound, NotAllowed for a cable that is not signed yet or not whole."""
    return tuple(_planned(desk, cable_id) for cable_id in cable_ids)


def _planned(desk: Desk, cable_id: CableId) -> Planned:
    view = reading.view(desk, cable_id)
    head = cable_rows.head(desk.db, cable_id)
    if head.unsigned:
        raise NotAllowed(f"{head.mrn} is not signed yet: it goes into no kit before the signed cable is here")
    return Planned(
        cable_id,
        replace(view.cable, cable_id=CableId(desk.random(ID_SIZE))),
        head,
        _proven(view),
        tuple(_enclosures(desk, cable_id, view)),
        tuple(_names(desks.directory(desk), view.cable)),
    )


def _enclosures(desk: Desk, cable_id: CableId, view: CableView) -> Iterator[Enclosure]:
    for annex, kept in zip(view.cable.annexes, blob_rows.annexes(desk.db, cable_id), strict=True):
        if kept.state is not AnnexState.READY or kept.blob_key is None:
            raise NotAllowed(f"an enclosure of {view.row.mrn} is not here yet: fetch it first, or leave the cable out")
        yield Enclosure(
            desk.files.path(kept.blob_key),
            slip_wire.decode(kept.slip),
            exporting.sender(desk, cable_id),
            Described(annex.name, annex.media_type, annex.size, annex.pages),
        )


def _proven(view: CableView) -> Proven:
    checked = view.verification
    return Proven(
        checked.person_name,
        checked.person_title,
        checked.station_name,
        checked.signature_ok,
        checked.by_hand,
        tuple(each.value for each in checked.doubts),
        checked.received_at,
        view.thin_text,
    )


def _names(directory: Directory, cable: Cable) -> Iterator[tuple[StationId, str, str]]:
    for station in sorted({cable.origin, *cable.action_to, *cable.info_to}):
        try:
            entry = directory.station(station)
        except NotListed:
            continue
        yield station, entry.name_vi, entry.name_en


def pack(planned: Planned, key: SigningKey, files: BlobFiles, now: int, random: Random, watch: Watch) -> PackedCable:
    """Seal the enclosures of a cable anew into `files` and sign the cable with the kit's key; errors of `unseal`."""
    blobs: list[Blob] = []
    slips: list[Slip] = []
    before = 0
    for each in planned.enclosures:
        blob, slip = _reseal(each, key, files, now, random, lambda done, base=before: watch(base + done))
        blobs.append(blob)
        slips.append(slip)
        before += each.described.size
    ref = reference(key.public)
    encoded = cable_wire.encode(planned.cable)
    signature = signing.sign(key, labels.SIGN_KIT_CABLE, encoded)
    signed = SignedCable(encoded, ref, signature, ref, bytes(SIGNATURE_SIZE), tuple(slips))
    head = planned.head
    return PackedCable(
        Packed(
            cable_wire.encode_signed(signed),
            head.direction is Direction.IN,
            head.at,
            head.register_line,
            head.acknowledged_at or 0,
            kit_records.encode_proven(planned.proven),
        ),
        tuple(blobs),
        tuple(slips),
    )


def _reseal(
    each: Enclosure, key: SigningKey, files: BlobFiles, now: int, random: Random, watch: Watch
) -> tuple[Blob, Slip]:
    """Seal an enclosure anew; nothing is left of a blob whose source does not verify."""
    made: list[Sealed] = []

    def fill(file: BinaryIO) -> None:
        with each.path.open("rb", buffering=0) as source:
            made.append(
                annexes.reseal(
                    source,
                    each.slip,
                    each.sender,
                    each.described,
                    file.write,
                    device=key,
                    ref=reference(key.public),
                    purpose=Purpose.ANNEX,
                    random=random,
                    watch=watch,
                )
            )

    blob = files.write(blob_rows.new_key(random), fill, now // DAY)
    return blob, made[0].slip
