"""Envelopes between the outbox and a relay: what to offer, and what became of it.

Each step is one short transaction before or after the network, never during it.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from secmsg.errors import NotListed
from secmsg.ids import DepositToken, DeviceId, MailboxId, MessageId, RelayId
from secmsg.office import lifecycle
from secmsg.office.channels import Why
from secmsg.office.lifecycle import OutboxState
from secmsg.station import freezing, mailboxes, notices, revocations, routes
from secmsg.station.backoff import delay
from secmsg.station.desk import Desk
from secmsg.station.events import Event, OutboxChanged
from secmsg.station.views import NoticeKind
from secmsg.store import blobs, outbox, prekeys
from secmsg.store import cables as cable_rows
from secmsg.store import relays as relay_rows
from secmsg.store.outbox import Envelope
from secmsg.store.prekeys import Take
from secmsg.store.relays import Relay
from secmsg.wire import cable as cable_wire
from secmsg.wire.certificate import Certificate
from secmsg.wire.sync import DepositStatus

LOOK_AGAIN_S = 5
_REFUSALS = (DepositStatus.FULL, DepositStatus.CLASS_REFUSED)
"""What a relay will not take soon, however often it is asked; it is asked again all the same."""
MAX_BATCH = 32
MAX_BATCH_BYTES = 160 * 1024
LOOK_AHEAD = 256
REQUEST_ID_SIZE = 16
EXPIRE_EVERY_S = 60
LOST = "the relay has lost what it held"
OFFER_AGAIN_S = 86_400
"""Seconds after which an envelope that a relay says it holds, and nobody has proven, is offered once more."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One envelope ready to be deposited; `targets` are the mailboxes to try, in order."""

    message_id: MessageId
    targets: tuple[tuple[MailboxId, DepositToken], ...] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Errand:
    """A request for a device's prekeys."""

    certificate: Certificate
    request_id: bytes
    targets: tuple[tuple[MailboxId, DepositToken], ...] = field(repr=False)


def due(desk: Desk, relay: RelayId, tried: AbstractSet[MessageId] = frozenset()) -> tuple[Parcel, ...]:
    """Take the most urgent envelopes that may go to a relay now, and note before sending that they are under way.

    What was `tried` in this round waits for the next one, however short its pause.
    """
    now = desk.now()
    parcels: list[Parcel] = []
    size = 0
    relays = relay_rows.every(desk.db)
    with desk.db.transaction():
        for envelope in outbox.due(desk.db, relay, now, LOOK_AHEAD, spare=routes.spared(desk, now)):
            if (
                envelope.sealed is None
                or envelope.message_id in tried
                or freezing.stays(desk, envelope)
                or not _may_go(desk, relays, relay, envelope, now)
            ):
                continue
            if _blobs_missing(desk, envelope):
                continue
            if parcels and (len(parcels) >= MAX_BATCH or size + len(envelope.sealed) > MAX_BATCH_BYTES):
                break
            targets = _targets(desk, envelope.device, relay)
            if not targets:
                continue
            outbox.begin(desk.db, envelope.message_id, relay, now, now)
            parcels.append(Parcel(envelope.message_id, targets, envelope.sealed))
            size += len(envelope.sealed)
    return tuple(parcels)


def _order(desk: Desk, relay: RelayId) -> int:
    """Return a relay's place in the kit, 0 for the main one."""
    return next((place for place, each in enumerate(relay_rows.every(desk.db)) if each.relay_id == relay), 0)


def _may_go(desk: Desk, relays: tuple[Relay, ...], relay: RelayId, envelope: Envelope, now: int) -> bool:
    """Say whether it is this relay's turn for an envelope."""
    dispatches = outbox.dispatches(desk.db, envelope.message_id)
    choices = routes.choices(desk, relays, envelope, dispatches, now)
    return any(each.relay_id == relay and choice.why is Why.NOW for each, choice in zip(relays, choices, strict=True))


def _blobs_missing(desk: Desk, envelope: Envelope) -> bool:
    """Say whether a blob of the envelope's cable is at no relay yet: who reads of it must find it."""
    if envelope.cable_id is None:
        return False
    uploads = blobs.uploads_of(desk.db, envelope.cable_id)
    whole = {each.blob_key for each in uploads if each.finished_at is not None}
    return any(each.blob_key not in whole for each in uploads)


def _targets(desk: Desk, device: DeviceId, relay: RelayId) -> tuple[tuple[MailboxId, DepositToken], ...]:
    if revocations.barred(desk, device):
        return ()
    try:
        return mailboxes.targets(desk, device, relay)
    except NotListed:
        # The device has left the directory since: its envelope stays and is shown as waiting.
        return ()


def settle(desk: Desk, relay: RelayId, answers: Iterable[tuple[MessageId, DepositStatus]]) -> None:
    """Note what a relay answered to each envelope."""
    now = desk.now()
    with desk.db.transaction():
        for message_id, status in answers:
            match status:
                case DepositStatus.STORED | DepositStatus.DUPLICATE:
                    outbox.accepted(desk.db, message_id, relay, now)
                case _:
                    outbox.not_sent(
                        desk.db,
                        message_id,
                        relay,
                        now,
                        _next_try(desk, message_id, relay, now),
                        status.name.lower(),
                        refused=status in _REFUSALS,
                    )


def not_sent(desk: Desk, relay: RelayId, messages: Iterable[MessageId], detail: str) -> None:
    """Note that nothing was handed over."""
    now = desk.now()
    with desk.db.transaction():
        for message_id in messages:
            outbox.not_sent(desk.db, message_id, relay, now, _next_try(desk, message_id, relay, now), detail)


def outcome_unknown(desk: Desk, relay: RelayId, messages: Iterable[MessageId], detail: str) -> None:
    """Note that contact broke after sending: the same bytes under the same id go again."""
    now = desk.now()
    with desk.db.transaction():
        for message_id in messages:
            outbox.outcome_unknown(desk.db, message_id, relay, now, _next_try(desk, message_id, relay, now), detail)


def _next_try(desk: Desk, message_id: MessageId, relay: RelayId, now: int) -> int:
    attempts = next((each.attempts for each in outbox.dispatches(desk.db, message_id) if each.relay_id == relay), 1)
    return now + int(delay(desk.policy.backoff, attempts - 1, desk.random))


def next_due_at(desk: Desk, relay: RelayId) -> int | None:
    """Return when the next envelope may go to a relay, None when none waits."""
    at = outbox.next_due_at(desk.db, relay)
    if at is None or not _order(desk, relay):
        return at
    # At an alternate most of what it has not been offered goes another way.
    return max(at, desk.now() + LOOK_AGAIN_S)


def relay_lost(desk: Desk, relay: RelayId) -> tuple[Event, ...]:
    """Offer everything unproven to a relay once more, because it has lost what it held; tell the officer."""
    now = desk.now()
    with desk.db.transaction():
        lost = outbox.relay_lost(desk.db, relay, now, LOST)
        blobs.relay_lost(desk.db, relay, now)
        name = next((each.name for each in relay_rows.every(desk.db) if each.relay_id == relay), relay.hex()[:8])
        event = notices.add(desk, NoticeKind.RELAY_LOST, now, f"{name}: {lost}")
    return (event, OutboxChanged())


def offer_again(desk: Desk) -> None:
    """Offer once more what a relay has long held without a proof: it may have lost it."""
    now = desk.now()
    with desk.db.transaction():
        for envelope in outbox.unfinished(desk.db):
            if envelope.state is not OutboxState.RELAY_HOLDS:
                continue
            accepted = [each.accepted_at for each in outbox.dispatches(desk.db, envelope.message_id)]
            if accepted and all(at is not None and now - at >= OFFER_AGAIN_S for at in accepted):
                outbox.offer_again(desk.db, envelope.message_id, now)


def expire(desk: Desk) -> bool:
    """Close the envelopes of cables that are void by now without having arrived; say whether there were any."""
    now = desk.now()
    looked = desk.shelf.voids_looked_at
    if looked is not None and 0 <= now - looked < EXPIRE_EVERY_S:
        return False
    desk.shelf.voids_looked_at = now
    expired = False
    void: dict[bytes, int | None] = {}
    with desk.db.transaction():
        for envelope in outbox.unfinished(desk.db):
            if envelope.cable_id is None or not lifecycle.is_open(envelope.state):
                continue
            if envelope.cable_id not in void:
                kept = cable_rows.read(desk.db, envelope.cable_id)
                void[envelope.cable_id] = cable_wire.decode(cable_wire.decode_signed(kept.signed).cable).void_after
            until = void[envelope.cable_id]
            if until is not None and now > until:
                outbox.prove(desk.db, envelope.message_id, OutboxState.EXPIRED, now, "clock")
                expired = True
    return expired


# --- prekeys of others -----------------------------------------------------------------------------------------------


def errands(desk: Desk, relay: RelayId, certificates: Iterable[Certificate]) -> tuple[Errand, ...]:
    """List the devices whose prekeys to ask for now; a request under way keeps its id and spends one prekey."""
    now = desk.now()
    found = []
    with desk.db.transaction():
        for certificate in certificates:
            take = prekeys.take_of(desk.db, relay, certificate.device)
            if take is not None and take.next_try_at > now:
                continue
            targets = _targets(desk, certificate.device, relay)
            if not targets:
                continue
            first = now if take is None else take.at
            attempt = max(0, (now - first) // max(1, int(desk.policy.backoff.base_s))).bit_length()
            again = now + int(delay(desk.policy.backoff, attempt, desk.random))
            fresh = Take(relay, certificate.device, desk.random(REQUEST_ID_SIZE), now, again)
            found.append(Errand(certificate, prekeys.begin_take(desk.db, fresh).request_id, targets))
    return tuple(found)
