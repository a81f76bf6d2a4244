"""Receipts: the machine's rungs gathered and signed by the station, the officer's signed by the person.

They are batched and wait a short while, so that a relay cannot tie an answer to the cable that caused it (protocol.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from secmsg.crypto import labels, signing
from secmsg.crypto.signing import Level
from secmsg.errors import NotAllowed, NotEntitled
from secmsg.ids import CableId, DeviceId, StationId
from secmsg.office import receipts as ladder
from secmsg.office.receipts import Evidence
from secmsg.station import deliveries, envelopes, freezing, openings, persons, sharing
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.station.events import CableChanged, Event, OutboxChanged
from secmsg.store import cables as cable_rows
from secmsg.store import outbox
from secmsg.store import receipts as rows
from secmsg.store.cables import Direction
from secmsg.store.receipts import KeptReceipt, ReceiptDue
from secmsg.wire import service
from secmsg.wire.certificate import Certificate, CertificateType
from secmsg.wire.service import MAX_RECEIPTS, Receipt, ReceiptLevel, SignedReceipts


@dataclass(frozen=True, slots=True)
class Proven:
    """Receipts whose signature and whose right to say so were verified."""

    station: StationId
    device: DeviceId
    signed: SignedReceipts
    evidence: Evidence


# --- theirs about ours -----------------------------------------------------------------------------------------------


def judge(desk: Desk, message: SignedReceipts, sender: Certificate, now: int) -> Proven:
    """Accept receipts of the station that sent them: signed by the sending device, or by a person of that station.

    NotListed, NotEntitled, Expired or SignatureError otherwise; NotEntitled too when it does not prove a rung.
    """
    directory = desks.directory(desk)
    listed = directory.certificates.get(message.signer_ref)
    if listed is not None and listed.type is CertificateType.PERSON:
        signer, label, evidence = (
            directory.person(message.signer_ref, now),
            labels.SIGN_RECEIPT_PERSON,
            Evidence.PERSON_SIGNATURE,
        )
    else:
        signer, label, evidence = (
            directory.device(message.signer_ref, now),
            labels.SIGN_RECEIPT_STATION,
            Evidence.STATION_SIGNATURE,
        )
    if signer.station != sender.station:
        raise NotEntitled("receipts signed at another station than the one that sent them")
    signing.verify(Level.STANDARD, signer.public, label, service.receipts_to_sign(message.receipts), message.signature)
    if not all(ladder.proves(evidence, receipt.level) for receipt in message.receipts):
        raise NotEntitled("this signer does not prove that rung")
    return Proven(sender.station, sender.device, message, evidence)


def keep(desk: Desk, proven: Proven, now: int) -> list[Event]:
    """Keep verified receipts and move the outbox as far as they prove; unknown cables are passed over."""
    events: list[Event] = []
    encoded = service.encode(proven.signed)
    own = desks.own(desk).station
    for receipt in proven.signed.receipts:
        if proven.station == own:
            events += _keep_own(desk, receipt, proven, encoded)
            continue
        if not _was_sent(desk, receipt.cable_id, proven.station):
            continue
        agrees, told = openings.take(desk, proven.station, proven.device, receipt, encoded, now)
        events += told
        if not agrees:
            # It proves that something else was opened there: our cable has not moved.
            events.append(CableChanged(receipt.cable_id))
            continue
        kept = KeptReceipt(
            receipt.cable_id,
            proven.station,
            receipt.level,
            receipt.at,
            receipt.number,
            receipt.note,
            proven.signed.signer_ref,
            encoded,
        )
        moved = deliveries.prove(
            desk, receipt.cable_id, proven.device, receipt.level, proven.evidence.name.lower(), now
        )
        if rows.keep(desk.db, kept) or moved:
            events.append(CableChanged(receipt.cable_id))
        if moved:
            events.append(OutboxChanged())
    return events


def _was_sent(desk: Desk, cable_id: CableId, station: StationId) -> bool:
    """Say whether a cable of ours went to a station: nobody else has anything to say about it."""
    if any(envelope.station == station for envelope in outbox.of_cable(desk.db, cable_id)):
        return True
    return sharing.is_copy(desk, cable_id) and station in sharing.addressed(desk, cable_id)


def _keep_own(desk: Desk, receipt: Receipt, proven: Proven, evidence: bytes) -> list[Event]:
    """Note what a person signed at another machine of this station: the act counts here too."""
    if receipt.level < ReceiptLevel.REGISTERED or not cable_rows.has(desk.db, receipt.cable_id):
        return []
    if cable_rows.head(desk.db, receipt.cable_id).direction is not Direction.IN:
        return []
    cable_rows.mark_read(desk.db, receipt.cable_id, receipt.at)
    cable_rows.mark_acknowledged(desk.db, receipt.cable_id, receipt.at)
    kept = KeptReceipt(
        receipt.cable_id,
        proven.station,
        receipt.level,
        receipt.at,
        receipt.number,
        receipt.note,
        proven.signed.signer_ref,
        evidence,
    )
    return [CableChanged(receipt.cable_id)] if rows.keep(desk.db, kept) else []


# --- ours about theirs -----------------------------------------------------------------------------------------------


def due(desk: Desk, cable_id: CableId, level: ReceiptLevel, station: StationId, now: int) -> None:
    """Note a machine's receipt for the next batch."""
    rows.add_due(desk.db, ReceiptDue(cable_id, level, station, now))


def flush(desk: Desk, *, at_once: bool = False) -> bool:
    """Put the batches whose time has come into the outbox, signed by the station; say whether there were any."""
    now = desk.now()
    sent = False
    for station, group in groupby(rows.every_due(desk.db), key=lambda each: each.station):
        batch = tuple(group)
        if at_once or any(_ripe(desk, each, now) for each in batch):
            with desk.db.transaction():
                _post(desk, station, batch[:MAX_RECEIPTS], now)
            sent = True
    return sent


def next_due_at(desk: Desk) -> int | None:
    """Return when the next batch is due, None when nothing waits."""
    return min((_ripe_at(desk, each) for each in rows.every_due(desk.db)), default=None)


def _ripe(desk: Desk, receipt: ReceiptDue, now: int) -> bool:
    # A clock set back must not hold receipts for ever.
    return now >= _ripe_at(desk, receipt) or now < receipt.at


def _ripe_at(desk: Desk, receipt: ReceiptDue) -> int:
    least, most = desk.policy.rhythm.receipt_delay_s
    # The cable's id is random, so the delay is; and it is the same at every look.
    return receipt.at + least + receipt.cable_id[0] % (most - least + 1)


def _post(desk: Desk, station: StationId, batch: tuple[ReceiptDue, ...], now: int) -> None:
    signer = desks.own(desk).device_signer
    receipts = _receipts(desk, batch)
    signature = signing.sign(signer.key, labels.SIGN_RECEIPT_STATION, service.receipts_to_sign(receipts))
    message = SignedReceipts(signer.ref, receipts, signature)
    envelopes.post_service(desk, station, message, now)
    for each in batch:
        rows.settle_due(desk.db, each.cable_id, each.level)


def _receipts(desk: Desk, batch: Iterable[ReceiptDue]) -> tuple[Receipt, ...]:
    return tuple(
        Receipt(each.cable_id, each.level, each.at, each.number, each.note, openings.of_kept(desk, each.cable_id))
        for each in batch
    )


def acknowledge(desk: Desk, cable_id: CableId) -> None:
    """Sign as a person that a cable is entered in the register of incoming cables; a second call does nothing."""
    now = desk.now()
    head = cable_rows.head(desk.db, cable_id)
    if head.direction is not Direction.IN:
        raise NotAllowed("only an incoming cable is acknowledged")
    if head.acknowledged_at is not None:
        return
    if head.unsigned:
        raise NotAllowed("the cable has no signature yet: acknowledge it when the signed one is here")
    freezing.check(desk)
    persons.check_may_sign(desk)
    signer = desks.own(desk).person_signer
    opened = openings.of_kept(desk, cable_id)
    receipts = (Receipt(cable_id, ReceiptLevel.REGISTERED, now, head.register_line, "", opened),)
    with desk.db.transaction():
        cable_rows.mark_read(desk.db, cable_id, now)
        cable_rows.mark_acknowledged(desk.db, cable_id, now)
        signature = signing.sign(signer.key, labels.SIGN_RECEIPT_PERSON, service.receipts_to_sign(receipts))
        message = SignedReceipts(signer.ref, receipts, signature)
        envelopes.post_service(desk, head.origin, message, now, head.urgency)
        # The station's other machines show the act as well, and do not ask for it again.
        envelopes.post_service(desk, desks.own(desk).station, message, now)
