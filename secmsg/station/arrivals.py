"""What an item brings: a cable, the slip of one, receipts, or another service message; judged first, kept afterwards.

`judge` reads and verifies; `keep` only writes, inside the transaction of the packet that brought the item.
"""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from secmsg.crypto import blob
from secmsg.errors import FormatError, NotAllowed
from secmsg.ids import CableId, CertificateRef, MessageId, PouchId, RelayId, Serial, StationId
from secmsg.office import numbering, register
from secmsg.station import annex as annexes
from secmsg.station import (
    confirming,
    copies,
    correspondence,
    covers,
    doubts,
    envelopes,
    hand_signing,
    heads,
    indexing,
    notices,
    openings,
    persons,
    receipts,
    release,
    revocations,
    sharing,
    signed,
    thin_signing,
)
from secmsg.station import desk as desks
from secmsg.station.annex import Purpose
from secmsg.station.confirming import Confirmation
from secmsg.station.correspondence import Letter
from secmsg.station.desk import Desk
from secmsg.station.events import CableArrived, CableChanged, Event, OutboxChanged
from secmsg.station.receipts import Proven
from secmsg.station.signed import Judged
from secmsg.station.views import Doubt, NoticeKind
from secmsg.store import blobs as blob_rows
from secmsg.store import cables as cable_rows
from secmsg.store import pouches, registers
from secmsg.store.blobs import AnnexState, Download, DownloadPurpose, KeptAnnex
from secmsg.store.cables import KeptCable, Provenance
from secmsg.wire import cable as cable_wire
from secmsg.wire import certificate as certificates
from secmsg.wire import manifest as manifest_wire
from secmsg.wire import service
from secmsg.wire import slip as slip_wire
from secmsg.wire.cable import MAX_SIGNED_BYTES, Annex, Cable
from secmsg.wire.certificate import BODY_SIZE, Certificate
from secmsg.wire.codec import Reader, Writer
from secmsg.wire.copy import CableCopy, ChainsCopy, Copy, SlipCopy
from secmsg.wire.item import Item, ItemKind
from secmsg.wire.manifest import Manifest
from secmsg.wire.service import (
    CoverGiven,
    Fault,
    FaultCode,
    KeyCompromise,
    KeysConfirmed,
    OfficeMessage,
    ReceiptLevel,
    SignedReceipts,
)
from secmsg.wire.slip import Slip


@dataclass(frozen=True, slots=True)
class Origin:
    """Which device sent an item, in which place of the chain, by which carrier; `follows` is None after a gap."""

    certificate: Certificate
    ref: CertificateRef
    serial: Serial
    follows: Serial | None
    relay: RelayId | PouchId
    received_at: int
    name: MessageId | None = None
    """Under what id the packet lay at its relay."""

    @property
    def station(self) -> StationId:
        """The station the device belongs to."""
        return self.certificate.station


def encode_origin(origin: Origin) -> bytes:
    """Keep an origin beside a download that will finish later."""
    writer = Writer().raw(certificates.encode(origin.certificate), BODY_SIZE).raw(origin.ref, 32).u32(origin.serial)
    return (
        writer.u32(0 if origin.follows is None else origin.follows + 1)
        .raw(origin.relay, 16)
        .u64(origin.received_at)
        .bytes()
    )


def decode_origin(data: bytes) -> Origin:
    """Read what `encode_origin` wrote."""
    reader = Reader(data)
    certificate = certificates.decode(reader.raw(BODY_SIZE))
    ref, serial, follows = CertificateRef(reader.raw(32)), Serial(reader.u32()), reader.u32()
    origin = Origin(
        certificate, ref, serial, Serial(follows - 1) if follows else None, RelayId(reader.raw(16)), reader.u64()
    )
    reader.end()
    return origin


@dataclass(frozen=True, slots=True)
class CableArrival:
    """A verified cable with its signed bytes and its slips, and what is odd about it."""

    judged: Judged
    doubts: tuple[Doubt, ...]
    encoded: bytes
    slips: tuple[Slip, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class SlipArrival:
    """The slip of a blob that holds a cable."""

    slip: Slip
    origin: Origin


@dataclass(frozen=True, slots=True)
class CopyArrival:
    """What another machine of this station has released, verified; or the slip of it, or where its chains stand."""

    copy: sharing.Released | SlipCopy | ChainsCopy
    slips: tuple[Slip, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class ServiceArrival:
    """A service message other than receipts, and when its sender says that it was sent."""

    message: OfficeMessage
    origin: Origin
    sent_at: int


Arrival: TypeAlias = CableArrival | SlipArrival | CopyArrival | Proven | Confirmation | ServiceArrival


def judge(desk: Desk, item: Item, origin: Origin) -> Arrival:
    """Decode and verify an item's body; FormatError, SignatureError or a TrustError leaf when it is not good."""
    match item.kind:
        case ItemKind.CABLE:
            return judge_cable(desk, item.body, origin)
        case ItemKind.SLIP:
            slip = slip_wire.decode(item.body)
            if slip.size > MAX_SIGNED_BYTES:
                raise FormatError("a slip for more than a cable can be")
            return SlipArrival(slip, origin)
        case ItemKind.COPY:
            return _judge_copy(desk, sharing.read(desk, item.body, origin.certificate, origin.received_at), origin)
        case ItemKind.SERVICE | ItemKind.ASIDE:
            message = service.decode(item.body)
            if isinstance(message, KeyCompromise):
                revocations.check(origin.certificate)
            if isinstance(message, CoverGiven):
                covers.check(origin.certificate, message)
            if isinstance(message, SignedReceipts):
                return receipts.judge(desk, message, origin.certificate, origin.received_at)
            if isinstance(message, KeysConfirmed):
                return confirming.judge_confirmed(desk, message, origin.received_at)
            return ServiceArrival(message, origin, item.sent_at)
        case _:
            assert_never(item.kind)


def judge_cable(desk: Desk, encoded: bytes, origin: Origin) -> CableArrival:
    """Decode and verify a signed cable; NotAllowed when another one stands here under its id."""
    parts = cable_wire.decode_signed(encoded)
    judged = signed.judge(
        parts,
        desks.directory(desk),
        origin.certificate,
        origin.ref,
        desks.own(desk).station,
        origin.received_at,
    )
    _check_clash(desk, judged.cable.cable_id, encoded)
    found = doubts.of_cable(judged.cable, desks.directory(desk), doubts.namesakes(desk, judged.cable))
    return CableArrival(judged, found, encoded, parts.slips, origin)


def _judge_copy(desk: Desk, copy: Copy, origin: Origin) -> CopyArrival:
    if isinstance(copy, CableCopy):
        return judge_copy(desk, copy.signed, origin)
    return CopyArrival(copy, (), origin)


def judge_copy(desk: Desk, encoded: bytes, origin: Origin) -> CopyArrival:
    """Decode and verify a cable that another machine of this station released; NotAllowed on a clash of ids."""
    parts = cable_wire.decode_signed(encoded)
    own = desks.own(desk).station
    judged = signed.judge_copy(parts, desks.directory(desk), origin.certificate, origin.ref, own, origin.received_at)
    _check_clash(desk, judged.cable.cable_id, encoded)
    return CopyArrival(sharing.Released(judged, encoded), parts.slips, origin)


def _check_clash(desk: Desk, cable_id: CableId, encoded: bytes) -> None:
    if cable_rows.has(desk.db, cable_id):
        kept = cable_rows.read(desk.db, cable_id)
        # What came by thin packets or by hand alone stands for nothing yet: `keep` compares the two.
        if not kept.head.unsigned and kept.signed != encoded:
            raise NotAllowed("another cable is kept under this id")


def keep(desk: Desk, arrival: Arrival, now: int) -> list[Event]:
    """Write what an item brought."""
    match arrival:
        case CableArrival():
            return _keep_cable(desk, arrival, now)
        case SlipArrival():
            _await_cable(desk, arrival.slip, arrival.origin, now)
            return []
        case CopyArrival():
            return _keep_copy(desk, arrival, now)
        case Proven():
            return [*_look_for_unknown(desk, arrival, now), *receipts.keep(desk, arrival, now)]
        case Confirmation():
            confirming.take_confirmed(desk, arrival, now)
            return [OutboxChanged()]
        case ServiceArrival():
            return correspondence.keep(desk, arrival.message, _letter(arrival), now)
        case _:
            assert_never(arrival)


# --- cables ----------------------------------------------------------------------------------------------------------


def _keep_cable(desk: Desk, arrival: CableArrival, now: int) -> list[Event]:
    cable, origin = arrival.judged.cable, arrival.origin
    # A cable that came before by another way changes nothing, but its sender may still be waiting for our word.
    receipts.due(desk, cable.cable_id, ReceiptLevel.ARRIVED, origin.station, now)
    unsigned = cable_rows.has(desk.db, cable.cable_id) and cable_rows.head(desk.db, cable.cable_id).unsigned
    if not unsigned and cable_rows.has(desk.db, cable.cable_id):
        if _complete(desk, cable.cable_id):
            receipts.due(desk, cable.cable_id, ReceiptLevel.DECIPHERED, origin.station, now)
        return []
    line = _line(desk, cable, now)
    told = [*thin_signing.judge(desk, cable, origin.serial, now), *hand_signing.judge(desk, cable, origin.serial, now)]
    kept = KeptCable(heads.incoming(cable, line.line, now), arrival.encoded, _provenance(desk, arrival))
    if unsigned:
        told = [*_sign(desk, kept, cable, line), *told]
    else:
        release.enter(desk, line)
        cable_rows.insert(desk.db, kept)
        told = [CableArrived(cable.cable_id), *told]
    indexing.index(desk, cable)
    desks.keep_certificate(desk, origin.certificate)
    for position, (slip, annex) in enumerate(zip(arrival.slips, cable.annexes, strict=True)):
        _await_annex(desk, cable.cable_id, position, slip, annex, origin, now)
    if not cable.annexes:
        receipts.due(desk, cable.cable_id, ReceiptLevel.DECIPHERED, origin.station, now)
    return [*told, *_tell_doubts(desk, arrival, now)]


def _sign(desk: Desk, kept: KeptCable, cable: Cable, line: register.RegisterLine) -> list[Event]:
    if cable_rows.head(desk.db, cable.cable_id).by_hand:
        return hand_signing.sign(desk, kept, cable, line)
    return thin_signing.sign(desk, kept, cable, line)


def acknowledge_again(desk: Desk, item: Item, station: StationId, now: int) -> None:
    """Let the receipts of a cable that came once more go again; of anything else the packet's header tells."""
    if item.kind is not ItemKind.CABLE:
        return
    cable_id = cable_wire.decode(cable_wire.decode_signed(item.body).cable).cable_id
    receipts.due(desk, cable_id, ReceiptLevel.ARRIVED, station, now)
    if _complete(desk, cable_id):
        receipts.due(desk, cable_id, ReceiptLevel.DECIPHERED, station, now)


def _tell_doubts(desk: Desk, arrival: CableArrival, now: int) -> list[Event]:
    found, origin = arrival.doubts, arrival.origin
    if not found:
        return []
    if Doubt.COUNT in found:
        report_fault(desk, origin.station, FaultCode.COUNT, origin.serial, now, arrival.judged.cable.cable_id)
    words = ", ".join(doubt.value for doubt in found)
    detail = f"station {origin.station}, serial {origin.serial}: {words}"
    return [notices.add(desk, NoticeKind.CABLE_DOUBTFUL, now, detail)]


def _complete(desk: Desk, cable_id: CableId) -> bool:
    return all(each.state is AnnexState.READY for each in blob_rows.annexes(desk.db, cable_id))


def _line(desk: Desk, cable: Cable, now: int) -> register.RegisterLine:
    own, directory = desks.own(desk), desks.directory(desk)
    return register.incoming(
        cable,
        numbering.year_of(now, doubts.zone(directory, own.station)),
        registers.last_line(desk.db, register.Register.IN) + 1,
        now,
        persons.present(desk).name,
    )


def _provenance(desk: Desk, arrival: CableArrival) -> Provenance:
    return _provenance_of(desk, arrival.judged, arrival.origin)


def _provenance_of(desk: Desk, judged: Judged, origin: Origin) -> Provenance:
    by_pouch = pouches.was_read(desk.db, origin.relay)
    return Provenance(
        peer=origin.station,
        serial=origin.serial,
        follows=origin.follows,
        relay_id=None if by_pouch else RelayId(origin.relay),
        edition=desks.directory(desk).number,
        person_ref=desks.reference(judged.person),
        device_ref=origin.ref,
        received_at=origin.received_at,
        pouch_id=PouchId(origin.relay) if by_pouch else None,
    )


# --- copies ----------------------------------------------------------------------------------------------------------


def _keep_copy(desk: Desk, arrival: CopyArrival, now: int) -> list[Event]:
    copy, origin = arrival.copy, arrival.origin
    match copy:
        case ChainsCopy():
            sharing.keep_chains(desk, copy)
            return []
        case SlipCopy():
            _await_cable(desk, copy.slip, origin, now)
            return []
        case sharing.Released():
            cable = copy.judged.cable
            if not sharing.keep_cable(desk, copy, _provenance_of(desk, copy.judged, origin), now):
                return []
            desks.keep_certificate(desk, origin.certificate)
            for position, (slip, annex) in enumerate(zip(arrival.slips, cable.annexes, strict=True)):
                _await_annex(desk, cable.cable_id, position, slip, annex, origin, now)
            return [CableChanged(cable.cable_id)]
        case _:
            assert_never(copy)


# --- blobs to come ---------------------------------------------------------------------------------------------------


def _await_annex(
    desk: Desk, cable_id: CableId, position: int, slip: Slip, annex: Annex, origin: Origin, now: int
) -> None:
    manifest = Manifest(annex.name, annex.media_type, annex.size, annex.pages, annex.content_hash)
    blob_rows.keep_annex(desk.db, KeptAnnex(cable_id, position, AnnexState.WAITING, slip_wire.encode(slip), None))
    _add_download(desk, Purpose.ANNEX, cable_id, position, slip, manifest, origin, now)


def _await_cable(desk: Desk, slip: Slip, origin: Origin, now: int) -> None:
    # The hash is not known yet; only the length of the manifest counts here.
    manifest = Manifest(openings.TEXT_NAME, openings.TEXT_TYPE, slip.size, 0, bytes(32))
    _add_download(desk, Purpose.CABLE, None, release.TEXT_POSITION, slip, manifest, origin, now)


def _add_download(
    desk: Desk,
    purpose: Purpose,
    cable_id: CableId | None,
    position: int,
    slip: Slip,
    manifest: Manifest,
    origin: Origin,
    now: int,
) -> None:
    size = blob.sealed_size(annexes.plain_size(slip.size, len(manifest_wire.encode(manifest))))
    blob_rows.add_download(
        desk.db,
        Download(
            blob_key=blob_rows.new_key(desk.random),
            purpose=DownloadPurpose(purpose),
            cable_id=cable_id,
            position=position,
            slip=slip_wire.encode(slip),
            context=encode_origin(origin),
            limit=size,
            done=0,
            total=size,
            attempts=0,
            next_try_at=now,
        ),
    )


# --- service messages ------------------------------------------------------------------------------------------------


def _look_for_unknown(desk: Desk, arrival: Proven, now: int) -> list[Event]:
    """Look for a receipt about a cable of ours that is not here: it was released from another copy of this store."""
    unknown = any(not cable_rows.has(desk.db, receipt.cable_id) for receipt in arrival.signed.receipts)
    return copies.unknown_receipt(desk, arrival.station, now) if unknown else []


def _letter(arrival: ServiceArrival) -> Letter:
    origin = arrival.origin
    return Letter(origin.certificate, origin.serial, arrival.sent_at, origin.name)


def report_fault(
    desk: Desk, station: StationId, fault: FaultCode, serial: int, now: int, cable_id: CableId | None = None
) -> None:
    """Tell a station by number that something of it arrived and is wrong."""
    envelopes.post_service(desk, station, Fault(fault, "", serial, cable_id), now)
