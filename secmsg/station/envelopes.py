"""Items into envelopes: a serial of the pair, one envelope for each device, sealed at once where there are keys.

Everything here happens inside the caller's transaction: serial, item, session and sealed bytes live or die together.
"""

from collections.abc import Iterable

from secmsg.crypto import hashing
from secmsg.errors import NotAllowed
from secmsg.ids import CableId, CertificateRef, DeviceId, MessageId, Serial, StationId
from secmsg.office import continuity
from secmsg.office.breaks import Break
from secmsg.office.lifecycle import OutboxState
from secmsg.protocol import handshake
from secmsg.protocol import session as protocol
from secmsg.protocol.handshake import Opening
from secmsg.protocol.pair import Adoption
from secmsg.protocol.prekeys import Granted
from secmsg.protocol.session import Session
from secmsg.protocol.state import Origin
from secmsg.station import breaks, freezing, last_resorts, machines, revocations, sessions
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.store import breaks as break_rows
from secmsg.store import continuity as pair_rows
from secmsg.store import outbox, prekeys
from secmsg.store.continuity import SentItem
from secmsg.store.outbox import Envelope
from secmsg.wire import handshake as handshake_wire
from secmsg.wire import item as item_wire
from secmsg.wire import packet as packet_wire
from secmsg.wire import service
from secmsg.wire.bundle import Bundle
from secmsg.wire.cable import Urgency
from secmsg.wire.certificate import Certificate
from secmsg.wire.handshake import ResetReason
from secmsg.wire.item import Item, ItemKind
from secmsg.wire.packet import Ack
from secmsg.wire.service import ServiceMessage

MESSAGE_ID_SIZE = 16

INLINE_ITEM = handshake_wire.FIRST_PAYLOAD_MAX
"""Bytes of the longest item that every envelope can carry, also the one with a handshake in it."""


def fits(kind: ItemKind, body: bytes, now: int) -> bool:
    """Say whether an item with this body travels in a packet; a longer one becomes a blob and a slip."""
    probe = Item(Serial(item_wire.MAX_SERIAL), bytes(32), kind, now, body)
    return len(body) <= INLINE_ITEM and len(item_wire.encode(probe)) <= INLINE_ITEM


def packet_size(kind: ItemKind, body: bytes, now: int) -> int | None:
    """Return the bytes of the packet that carries an item with this body, its fill apart; None when no packet does."""
    if not fits(kind, body, now):
        return None
    probe = Item(Serial(item_wire.MAX_SERIAL), bytes(32), kind, now, body)
    return packet_wire.OVERHEAD + len(item_wire.encode(probe))


def chain_hash(encoded: bytes) -> bytes:
    """Return the hash under which the next item of the pair names this one."""
    return hashing.short(item_wire.CHAIN_LABEL, encoded)


def post(
    desk: Desk,
    station: StationId,
    kind: ItemKind,
    body: bytes,
    *,
    cable_id: CableId | None,
    urgency: Urgency,
    now: int,
    covers: int = 0,
    turn: int = 0,
    by_hand: bool = False,
) -> Serial:
    """Give a station the next item of its chain: one envelope for each of its devices, sealed where a session is.

    It `covers` so many serials more, kept for traffic by hand. Its carrying begins with the channel whose `turn` it is.
    NotAllowed when the station has no device to write to, Frozen when nothing may leave, unless it went by hand: then
    it waits here, unsealed, until sending goes on.
    """
    if not by_hand:
        freezing.check(desk)
    machines.check_releases(desk)
    if not addressed_devices(desk, station, now):
        raise NotAllowed("the addressee has no device in the current edition")
    pair = pair_rows.outgoing(desk.db, station)
    encoded = item_wire.encode(Item(pair.next, pair.head, kind, now, body))
    pair_rows.append_item(desk.db, SentItem(station, pair.next, cable_id, now, encoded), chain_hash(encoded), covers)
    _address(desk, station, pair.next, cable_id, urgency, now, turn)
    return pair.next


def _address(
    desk: Desk,
    station: StationId,
    serial: Serial,
    cable_id: CableId | None,
    urgency: Urgency,
    now: int,
    turn: int = 0,
) -> None:
    """Put one item into the outbox, an envelope for each machine, sealed where a session is."""
    for certificate in addressed_devices(desk, station, now):
        message_id = MessageId(desk.random(MESSAGE_ID_SIZE))
        outbox.add(
            desk.db,
            Envelope(
                message_id=message_id,
                cable_id=cable_id,
                station=station,
                device=certificate.device,
                serial=serial,
                urgency=urgency,
                sealed=None,
                state=OutboxState.WAITING_KEYS,
                created_at=now,
                since=now,
                turn=turn,
            ),
        )
        if not freezing.frozen(desk):
            seal_waiting(desk, certificate, now)


def give_again(desk: Desk, kept: SentItem, waiting: Iterable[Envelope], now: int) -> None:
    """Give a kept item the next serial of its chain, and its envelopes with it, inside the caller's transaction."""
    old = item_wire.decode(kept.item)
    pair = pair_rows.outgoing(desk.db, kept.peer)
    encoded = item_wire.encode(Item(pair.next, pair.head, old.kind, now, old.body))
    pair_rows.append_item(desk.db, SentItem(kept.peer, pair.next, kept.cable_id, now, encoded), chain_hash(encoded))
    for envelope in waiting:
        new_id = MessageId(desk.random(MESSAGE_ID_SIZE))
        outbox.renumber(desk.db, envelope.message_id, new_id, pair.next, now)


def post_service(
    desk: Desk,
    station: StationId,
    message: ServiceMessage,
    now: int,
    urgency: Urgency = Urgency.ROUTINE,
    turn: int = 0,
) -> Serial | None:
    """Put a service message into the outbox and return its serial; below 0 is a local number outside the chain.

    None for a station that left the directory, and from a frozen store: no message leaves. A machine that does not
    release says it outside the chain, which the releasing machine alone goes on with.
    """
    if freezing.frozen(desk) or not addressed_devices(desk, station, now):
        return None
    body = service.encode(message)
    if machines.releases(desk):
        return post(desk, station, ItemKind.SERVICE, body, cable_id=None, urgency=urgency, now=now, turn=turn)
    return _post_aside(desk, station, body, urgency, now)


def _post_aside(desk: Desk, station: StationId, body: bytes, urgency: Urgency, now: int) -> Serial:
    number = machines.next_aside(desk)
    encoded = item_wire.encode(Item(item_wire.OUTSIDE, bytes(32), ItemKind.ASIDE, now, body))
    pair_rows.keep_aside(desk.db, station, number, now, encoded)
    _address(desk, station, number, None, urgency, now)
    return number


def addressed_devices(desk: Desk, station: StationId, now: int) -> tuple[Certificate, ...]:
    """List the devices of a station to which a copy goes: all but this one and those that were revoked."""
    return machines.addressed(desk, station, now)


def seal_all_waiting(desk: Desk) -> int:
    """Seal what waits for keys to devices with which there is a session by now; say how many envelopes that were."""
    now = desk.now()
    with desk.db.transaction():
        return sum(
            seal_waiting(desk, certificate, now)
            for certificate in _waiting_certificates(desk, now)
            if sessions.active(desk, certificate.device) is not None
        )


def devices_without_keys(desk: Desk) -> tuple[Certificate, ...]:
    """List the devices for which something waits and with which there is no session."""
    now = desk.now()
    return tuple(certificate for certificate in _waiting_certificates(desk, now) if usable(desk, certificate) is None)


def open_session(desk: Desk, certificate: Certificate, bundle: Bundle) -> int:
    """Open a session with a device's prekeys and seal everything that waits for it; say how many envelopes that were.

    FormatError or SignatureError when the bundle is not the device's. One transaction.
    """
    now = desk.now()
    with desk.db.transaction():
        prekeys.end_takes(desk.db, certificate.device)
        waiting = _waiting(desk, certificate.device)
        if not waiting or usable(desk, certificate) is not None:
            return seal_waiting(desk, certificate, now)
        if not last_resorts.may_open(desk, certificate, bundle, now):
            return 0
        begun = break_rows.pending(desk.db, certificate.device)
        first = _first(desk, waiting, begun)
        before = sessions.active(desk, certificate.device)
        session, message = _initiate(
            desk, certificate, bundle, _item(desk, first), first.station, now, None if begun is None else begun.reason
        )
        last_resorts.note_opened(desk, certificate, bundle, now)
        if bundle.batch is not None:
            desks.keep_batch_floor(desk, certificate.device, bundle.batch.version)
        if sessions.adopt(desk, first.station, session, now) is Adoption.REPLACED:
            unseal(desk, certificate.device, now)
            breaks.opened(desk, certificate, before, session, ours=True, now=now)
        outbox.seal(desk.db, first.message_id, message, now)
        return 1 + seal_waiting(desk, certificate, now)


def provide_session(desk: Desk, certificate: Certificate, granted: Granted, now: int) -> None:
    """Open a session by the prekeys of an enrolment request and seal what waits, inside the caller's transaction."""
    waiting = _waiting(desk, certificate.device)
    first = waiting[0]
    said = _opening(desk, certificate, _item(desk, first), first.station, None, now)
    session, message = handshake.provide(desks.own(desk).identity, certificate, granted, said, desk.random)
    sessions.adopt(desk, first.station, session, now)
    outbox.seal(desk.db, first.message_id, message, now)
    seal_waiting(desk, certificate, now)


def _first(desk: Desk, waiting: tuple[Envelope, ...], begun: Break | None) -> Envelope:
    """Return what goes with the handshake: after a break the item that says so, else the lowest serial."""
    if begun is not None:
        serial = break_rows.serial_of(desk.db, begun.number)
        for each in waiting:
            if each.serial == serial and each.station == begun.station:
                return each
    return waiting[0]


def _initiate(
    desk: Desk,
    certificate: Certificate,
    bundle: Bundle,
    payload: bytes,
    station: StationId,
    now: int,
    reason: ResetReason | None,
) -> tuple[Session, bytes]:
    said = _opening(desk, certificate, payload, station, reason, now)
    return handshake.initiate(
        desks.own(desk).identity,
        certificate,
        bundle,
        cover=said.cover,
        generation=said.generation,
        previous=said.previous,
        reason=said.reason,
        edition=said.edition,
        ack=said.ack,
        payload=payload,
        batch_floor=desks.batch_floor(desk, certificate.device),
        now=now,
        random=desk.random,
    )


def _opening(
    desk: Desk, certificate: Certificate, payload: bytes, station: StationId, reason: ResetReason | None, now: int
) -> Opening:
    pair = sessions.pair_of(desk, certificate.device)
    return Opening(
        cover=desks.cover_key(desk, now),
        generation=sessions.next_generation(desk, certificate.device),
        previous=None if pair.active is None else pair.active.session_id,
        reason=reason or (ResetReason.FIRST if pair.active is None else ResetReason.SCHEDULED),
        edition=desks.edition_mark(desks.directory(desk)),
        ack=acknowledgement(desk, station),
        payload=payload,
        now=now,
    )


def seal_anew(desk: Desk, certificate: Certificate, now: int) -> None:
    """Seal what is on its way to a device once more, because its session was replaced; the serials stay.

    Inside the caller's transaction. What arrived under the old session after all is dropped by its serial.
    """
    unseal(desk, certificate.device, now)
    seal_waiting(desk, certificate, now)


def unseal(desk: Desk, device: DeviceId, now: int) -> None:
    """Let everything on its way to a device wait for keys again, inside the caller's transaction."""
    for envelope in outbox.open_of_device(desk.db, device):
        if envelope.sealed is not None:
            outbox.seal_anew(desk.db, envelope.message_id, MessageId(desk.random(MESSAGE_ID_SIZE)), now)


def acknowledgement(desk: Desk, station: StationId) -> Ack:
    """Return what a packet's header tells a station about what has come from it."""
    body = pair_rows.incoming(desk.db, station)
    return continuity.acknowledgement(continuity.State() if body is None else continuity.decode(body))


def seal_waiting(desk: Desk, certificate: Certificate, now: int) -> int:
    """Seal what waits for keys to one device, when there is a session; inside the caller's transaction."""
    session = usable(desk, certificate)
    if session is None:
        return 0
    waiting = _waiting(desk, certificate.device)
    for envelope in waiting:
        session, packet = protocol.encrypt(
            session,
            _item(desk, envelope),
            now=now,
            ack=acknowledgement(desk, envelope.station),
            edition=desks.edition_mark(desks.directory(desk)),
            random=desk.random,
        )
        outbox.seal(desk.db, envelope.message_id, packet, now)
    if waiting:
        sessions.keep_active(desk, certificate.station, session, now)
    return len(waiting)


def seal_aside(
    desk: Desk, certificate: Certificate, session: Session, message: ServiceMessage, now: int
) -> tuple[Session, bytes]:
    """Seal a message outside the chain for one device and keep the session, inside the caller's transaction.

    What is sealed is in no outbox: who lets it go is the caller's business.
    """
    body = service.encode(message)
    session, packet = protocol.encrypt(
        session,
        item_wire.encode(Item(item_wire.OUTSIDE, bytes(32), ItemKind.ASIDE, now, body)),
        now=now,
        ack=acknowledgement(desk, certificate.station),
        edition=desks.edition_mark(desks.directory(desk)),
        random=desk.random,
    )
    sessions.keep_active(desk, certificate.station, session, now)
    return session, packet


def usable(desk: Desk, certificate: Certificate) -> Session | None:
    """Return the session for sending to a device, when it is with the certificate listed now and not given up."""
    session = sessions.active(desk, certificate.device)
    if session is None or session.peer_ref != reference(certificate) or revocations.barred(desk, certificate.device):
        return None
    if session.origin is Origin.PAPER:
        # It has thin chains alone; the next handshake replaces it.
        return None
    return None if desks.is_distrusted(desk, certificate.device, session.session_id) else session


def reference(certificate: Certificate) -> CertificateRef:
    """Return the name of a certificate."""
    return desks.reference(certificate)


def _waiting(desk: Desk, device: DeviceId) -> tuple[Envelope, ...]:
    # By serial, so that the receiver sees no gap that sealing in another order would make. What waits for headquarters
    # after a break makes one, which closes when it leaves.
    found = (each for each in _unsealed(desk) if each.device == device)
    return tuple(sorted(found, key=lambda each: each.serial))


def _unsealed(desk: Desk) -> tuple[Envelope, ...]:
    """List what waits for keys and may be sealed."""
    found = (each for each in outbox.unsealed(desk.db) if each.evidence != freezing.ALARM)
    return tuple(each for each in found if not freezing.stays(desk, each) and not breaks.holds(desk, each.device, each))


def _waiting_certificates(desk: Desk, now: int) -> tuple[Certificate, ...]:
    waiting = {(each.station, each.device) for each in _unsealed(desk)}
    current = desks.directory(desk)
    return tuple(
        certificate
        for station in sorted({station for station, _ in waiting})
        for certificate in current.devices_of(station, now)
        if (station, certificate.device) in waiting
    )


def _item(desk: Desk, envelope: Envelope) -> bytes:
    item = pair_rows.sent_item(desk.db, envelope.station, envelope.serial)
    if item is None:
        raise NotAllowed("an item that waits for keys is not kept any more")
    return item.item
