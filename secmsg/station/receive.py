"""Receiving one packet: open, judge, then one transaction with everything it changed (house.md 5, hop 5).

What can be decided is decided before the transaction; inside it only rows are written. The relay is told to forget the
packet after the commit, so a power cut leaves either the packet at the relay or its effect in the store, or both, and a
packet that comes twice changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum

from secmsg.crypto import hashing
from secmsg.errors import (
    CryptoError,
    FormatError,
    NoSession,
    NotAllowed,
    NotListed,
    PrekeyUnknown,
    Replayed,
    SecmsgError,
    StoreError,
    TrustError,
)
from secmsg.ids import EditionNumber, MessageId, PouchId, RelayId, Serial, StationId
from secmsg.office import continuity
from secmsg.office.continuity import AckVerdict, Observation
from secmsg.protocol import handshake
from secmsg.protocol import prekeys as prekey_rules
from secmsg.protocol.handshake import Accepted
from secmsg.protocol.pair import Adoption
from secmsg.protocol.prekeys import PrekeySecrets
from secmsg.protocol.session import Opened, Session
from secmsg.protocol.state import Origin
from secmsg.station import (
    arrivals,
    books,
    breaks,
    copies,
    deliveries,
    envelopes,
    gaps,
    last_resorts,
    machines,
    notices,
    provisioning,
    recaps,
    resets,
    sealings,
    sessions,
)
from secmsg.station import desk as desks
from secmsg.station.arrivals import Arrival
from secmsg.station.arrivals import Origin as ItemOrigin
from secmsg.station.desk import Desk
from secmsg.station.events import Event, GapsChanged, OutboxChanged
from secmsg.station.sessions import Found
from secmsg.station.views import NoticeKind
from secmsg.store import cables as cable_rows
from secmsg.store import continuity as pair_rows
from secmsg.store import directory as directory_rows
from secmsg.store import prekeys as prekey_rows
from secmsg.store import quarantine, seen
from secmsg.store.directory import ShownHead
from secmsg.store.quarantine import Suspect
from secmsg.wire import cable as cable_wire
from secmsg.wire import item as item_wire
from secmsg.wire import service
from secmsg.wire.books import NewBook
from secmsg.wire.certificate import Certificate
from secmsg.wire.handshake import ResetReason
from secmsg.wire.item import Item, ItemKind
from secmsg.wire.packet import Ack
from secmsg.wire.service import FaultCode, HandBlock, ServiceMessage
from secmsg.wire.sync import Envelope

MAX_TRIES = 3
"""Failed openings after which a packet is set aside."""


NO_EDITION = EditionNumber(0)


class Fate(Enum):
    """What became of a packet."""

    TAKEN = "taken"
    DUPLICATE = "duplicate"
    LATER = "later"
    """It did not open; what is missing (a handshake, an edition) may still come."""
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a packet; `edition` is the highest edition number the sender has shown."""

    fate: Fate
    events: tuple[Event, ...] = ()
    edition: EditionNumber = NO_EDITION
    new_session: bool = False
    unlisted: bool = False
    """The sender is not in our edition: a newer one may list it."""

    @property
    def settled(self) -> bool:
        """Whether the relay may forget the packet."""
        return self.fate is not Fate.LATER


@dataclass(frozen=True, slots=True)
class _Opening:
    """A packet opened, nothing of it kept yet."""

    session: Session
    opened: Opened
    certificate: Certificate
    found: Found | None = None
    accepted: Accepted | None = None

    @property
    def station(self) -> StationId:
        return self.certificate.station


def receive(desk: Desk, relay: RelayId | PouchId, envelope: Envelope) -> Received:
    """Take one packet as a relay gave it, or a pouch; raises only what makes the store unusable (StoreError leaves)."""
    mark = _mark(envelope)
    if seen.has_message(desk.db, mark):
        return Received(Fate.DUPLICATE)
    now = desk.now()
    packet = Suspect(mark, relay, now, 1, "", envelope.body)
    try:
        opening = _open(desk, envelope.body, now)
    except Replayed:
        return _repeated(desk, packet, now)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of our own must not let one packet stop all others
        return _set_aside(desk, packet, error, now)
    return _settle(desk, packet, opening, now, envelope.message_id)


def _mark(envelope: Envelope) -> MessageId:
    """Return by what a packet is known again: its id and its bytes.

    The id alone is the relay's word: junk under the id of a packet to come would keep the true one out.
    """
    return MessageId(hashing.short(_MARK_LABEL, envelope.message_id, envelope.body)[:_MARK_SIZE])


_MARK_LABEL = b"envelope\0"
_MARK_SIZE = 16


def _repeated(desk: Desk, packet: Suspect, now: int) -> Received:
    """Drop what stands in a place of a chain that is used, and tell whose doing it is."""
    with desk.db.transaction():
        seen.note_message(desk.db, packet.message_id, now)
        quarantine.release(desk.db, packet.message_id)
        copies.count_duplicate(desk)
        sender = sealings.second_sealing(desk, packet.body)
        if sender is not None:
            return Received(Fate.DUPLICATE, tuple(copies.peer_second_copy(desk, sender, now)))
        event = notices.add_once(desk, NoticeKind.PACKET_REPEATED, now, f"{len(packet.body)} bytes")
    return Received(Fate.DUPLICATE, () if event is None else (event,))


def retry_quarantined(desk: Desk) -> tuple[Received, ...]:
    """Try the packets set aside once more, after a new session or a new edition."""
    results = []
    for suspect in reversed(quarantine.every(desk.db)):
        try:
            opening = _open(desk, suspect.body, desk.now())
        except SecmsgError:
            continue
        results.append(_settle(desk, suspect, opening, desk.now()))
    return tuple(results)


# --- opening ---------------------------------------------------------------------------------------------------------


def _open(desk: Desk, packet: bytes, now: int) -> _Opening:
    """Open a packet by a session kept here, or as a first message.

    1. a session whose header key fits
    2. else a handshake under one of the veil keys
    3. the peer's certificate is in the current edition, for a device, and valid
    """
    directory = desks.directory(desk)
    found = sessions.find(desk, packet, now)
    if found is not None:
        certificate = directory.device(found.session.peer_ref, now)
        return _Opening(found.session, found.opened, certificate, found=found)
    accepted = handshake.respond(
        desks.own(desk).identity,
        packet,
        covers=desks.veil_keys(desk, now),
        prekeys=_prekeys(desk),
        resolve=lambda ref: directory.device(ref, now),
        seen=lambda ephemeral: seen.has_ephemeral(desk.db, ephemeral),
        now=now,
    )
    certificate = directory.device(accepted.session.peer_ref, now)
    last_resorts.check(desk, certificate.device, accepted.spk_id, accepted.opk_id)
    origin = Origin.PROVISIONED if provisioning.is_first(desk, accepted.opk_id) else accepted.session.origin
    return _Opening(replace(accepted.session, origin=origin), accepted.opened, certificate, accepted=accepted)


def _prekeys(desk: Desk) -> Callable[[int, int | None], PrekeySecrets]:
    def find(spk_id: int, opk_id: int | None) -> PrekeySecrets:
        signed = prekey_rows.signed(desk.db, spk_id)
        if signed is None:
            raise PrekeyUnknown("the signed prekey of this handshake is gone")
        one_time = None
        if opk_id is not None:
            row = prekey_rows.one_time(desk.db, opk_id)
            if row is None:
                raise PrekeyUnknown("the one-time prekey of this handshake is gone")
            one_time = prekey_rules.decode_one_time(row.private.reveal())
        return PrekeySecrets(prekey_rules.decode_signed(signed.private.reveal()), one_time)

    return find


# --- a packet that opened --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Read:
    """An item in its place of the chain, and what is to be done with it; `broken` where the content is not good."""

    item: Item
    item_hash: bytes
    state: continuity.State
    observation: Observation | None
    """None: it stands outside the chain."""
    arrival: Arrival | None
    broken: FaultCode | None = None
    reason: str = ""


def _settle(desk: Desk, packet: Suspect, opening: _Opening, now: int, name: MessageId | None = None) -> Received:
    """Judge the content, then write everything the packet changes, or nothing; `name` is the carrier's for it."""
    relay, message_id = packet.relay_id, packet.message_id
    header = opening.opened.header
    edition = EditionNumber(header.edition)
    try:
        read = _read(desk, relay, opening, now, name)
    except NotListed as error:
        if edition > desks.directory(desk).number:
            # Signed by somebody whom only a newer edition lists: the session stays where it was until that is here.
            return _set_aside(desk, packet, error, now)
        read = _broken(desk, opening, FaultCode.SIGNATURE, error, now)
    except FormatError as error:
        read = _broken(desk, opening, FaultCode.GARBLED, error, now)
    except (CryptoError, TrustError) as error:
        read = _broken(desk, opening, FaultCode.SIGNATURE, error, now)
    except NotAllowed as error:
        read = _broken(desk, opening, FaultCode.SUSPECTED_DUPLICATE, error, now)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - as above: the content is refused, the chain goes on
        read = _broken(desk, opening, FaultCode.GARBLED, error, now)
    notes = _Notes(desk, now)
    with desk.db.transaction():
        seen.note_message(desk.db, message_id, now)
        sealings.note(desk, opening.session.session_id, header, packet.body, now)
        quarantine.release(desk.db, message_id)
        new_session = _keep_session(desk, opening, read, notes, now)
        recaps.heard(desk, opening.station, now)
        _gossip(desk, opening, notes, now)
        _take_ack(desk, opening, notes, now)
        if read is not None:
            _keep_item(desk, relay, message_id, opening, read, notes, now)
        elif opening.opened.payload:
            _keep_oddity(desk, packet, opening, notes)
        elif new_session:
            recaps.write(desk, opening.station, now)
    return Received(Fate.TAKEN, tuple(notes.events), edition, new_session=new_session)


@dataclass(slots=True)
class _Notes:
    """Collects the events of one transaction, to be told after it."""

    desk: Desk
    now: int
    events: list[Event] = field(default_factory=list)

    def notice(self, kind: NoticeKind, detail: str) -> None:
        self.events.append(notices.add(self.desk, kind, self.now, detail))


def _read(desk: Desk, relay: RelayId | PouchId, opening: _Opening, now: int, name: MessageId | None) -> _Read | None:
    if not opening.opened.payload:
        return None
    item, item_hash, state, observation, refused = _place(desk, opening, now)
    if refused:
        return _Read(item, item_hash, state, observation, None, reason=refused)
    origin = ItemOrigin(
        certificate=opening.certificate,
        ref=opening.session.peer_ref,
        serial=item.serial,
        follows=Serial(item.serial - 1) if observation is Observation.IN_ORDER else None,
        relay=relay,
        received_at=now,
        name=name,
    )
    if observation is Observation.FORKED and sealings.was_taken(desk, item_hash):
        # It stood against the chain when it came first; coming again, it says nothing new.
        return _Read(item, item_hash, state, Observation.DUPLICATE, None)
    if observation is Observation.DUPLICATE and not _is_unknown_cable(desk, item):
        return _Read(item, item_hash, state, observation, None)
    arrival = arrivals.judge(desk, item, origin)
    if observation is Observation.DUPLICATE:
        # A used serial with a cable that never came: two items stand in one place, even if a hash is gone.
        observation = Observation.FORKED
    return _Read(item, item_hash, state, observation, arrival)


def _is_unknown_cable(desk: Desk, item: Item) -> bool:
    if item.kind is not ItemKind.CABLE:
        return False
    return not cable_rows.has(desk.db, cable_wire.decode(cable_wire.decode_signed(item.body).cable).cable_id)


def _place(desk: Desk, opening: _Opening, now: int) -> tuple[Item, bytes, continuity.State, Observation | None, str]:
    """Find an item's place in the chain; the last word says why a new book was refused, and is empty otherwise.

    NotListed where only a newer edition than ours can list who signed a new book.
    """
    item = item_wire.decode(opening.opened.payload)
    item_hash = envelopes.chain_hash(opening.opened.payload)
    body = pair_rows.incoming(desk.db, opening.station)
    state = machines.first_state(desk, item.serial, item.previous) if body is None else continuity.decode(body)
    if item.kind is ItemKind.ASIDE or machines.is_before(desk, opening.station, item.serial):
        return item, item_hash, state, None, ""
    before = state
    message = _service_of(item)
    if isinstance(message, NewBook) and not continuity.is_used(state, item.serial):
        try:
            state = books.judge(desk, opening.station, item, message, state, now)
        except (CryptoError, TrustError, NotAllowed) as error:
            if isinstance(error, NotListed) and opening.opened.header.edition > desks.directory(desk).number:
                raise
            # Anything that only calls itself a new book is the word of a second chain.
            return item, item_hash, before, Observation.FORKED, str(error)
    covers = message.count if isinstance(message, HandBlock) else 0
    after, observation = continuity.observe(state, item.serial, item.previous, item_hash, covers)
    return item, item_hash, after, observation, ""


def _service_of(item: Item) -> ServiceMessage | None:
    """Return the service message in an item, None where there is none or it is not good: that is judged later."""
    try:
        return service.decode(item.body) if item.kind is ItemKind.SERVICE else None
    except FormatError:
        return None


def _broken(desk: Desk, opening: _Opening, fault: FaultCode, error: Exception, now: int) -> _Read | None:
    """Keep the place of an item whose content is refused, so that the chain goes on; None when it has none."""
    try:
        item, item_hash, state, observation, _ = _place(desk, opening, now)
    except FormatError:
        return None
    return _Read(item, item_hash, state, observation, None, fault, type(error).__name__)


def _keep_session(desk: Desk, opening: _Opening, read: _Read | None, notes: _Notes, now: int) -> bool:
    if opening.found is not None:
        sessions.advance(desk, opening.found.kept, opening.session, now)
        return False
    accepted = opening.accepted
    if accepted is None:
        return False
    if accepted.opk_id is not None:
        prekey_rows.spend(desk.db, accepted.opk_id)
    weak = last_resorts.note_taken(desk, opening.certificate, accepted.spk_id, accepted.opk_id, now)
    notes.events.extend(weak)
    seen.note_ephemeral(desk.db, accepted.ephemeral, now + prekey_rules.KEPT)
    certificate, device = opening.certificate, f"device {opening.certificate.subject}"
    before = sessions.active(desk, certificate.device)
    adoption = sessions.adopt(desk, opening.station, opening.session, now)
    if opening.session.reason is ResetReason.STATE_RESTORED:
        notes.notice(NoticeKind.PEER_RESTORED, f"station {opening.station}, device {opening.certificate.subject}")
    match adoption:
        case Adoption.REPLACED:
            # Noted before anything is sealed in the new session: some of it waits for headquarters.
            breaks.opened(desk, certificate, before, opening.session, ours=False, now=now)
            envelopes.seal_anew(desk, certificate, now)
            notes.notice(NoticeKind.SESSION_REPLACED, device)
        case Adoption.STALE:
            if _is_newer(read):
                resets.begin_alone(desk, certificate, ResetReason.STATE_RESTORED, now)
            notes.notice(NoticeKind.SESSION_STALE, device)
        case Adoption.FIRST if breaks.is_break(before, opening.session):
            breaks.opened(desk, certificate, before, opening.session, ours=False, now=now)
            notes.notice(NoticeKind.SESSION_REPLACED, device)
        case Adoption.FIRST | Adoption.CROSSED | Adoption.DRAINS:
            pass
    return adoption is not Adoption.STALE


def _is_newer(read: _Read | None) -> bool:
    """Say whether a stale handshake was made after what we have: its device was put back to an older state.

    One that a relay delayed carries an item that has its place in the chain behind the highest one; a device that was
    put back gives a used serial to another item, or goes on beyond. No clock is asked, and no relay can make either.
    """
    if read is None or read.observation is Observation.DUPLICATE:
        return False
    if read.observation in {Observation.FORKED, Observation.TOO_FAR}:
        return True
    return read.item.serial == max((read.state.highest, *(run.last for run in read.state.ahead)))


def _gossip(desk: Desk, opening: _Opening, notes: _Notes, now: int) -> None:
    """Compare the edition the peer holds with ours: two roots under one number are two directories."""
    header = opening.opened.header
    if not header.edition:
        return
    source = f"device {opening.certificate.subject}"
    directory = desks.directory(desk)
    if header.edition == directory.number and header.root_hash != directory.root[: desks.ROOT_MARK]:
        shown = {head.root for head in directory_rows.heads(desk.db, directory.number)}
        if header.root_hash not in shown:
            notes.events.extend(copies.directory_forked(desk, opening.station, source, now))
    directory_rows.note_head(desk.db, ShownHead(source, EditionNumber(header.edition), header.root_hash, now))


def _take_ack(desk: Desk, opening: _Opening, notes: _Notes, now: int) -> None:
    header = opening.opened.header
    if not machines.releases(desk):
        # The chain that is acknowledged is another machine's of this station.
        return
    ack = Ack(header.ack, header.bitmap)
    if continuity.judge(recaps.sent_of(desk, opening.station), ack) is AckVerdict.ROLLED_BACK:
        notes.events.extend(copies.named(desk, opening.station, continuity.highest(ack), now))
        return
    copies.note_acknowledged(desk, opening.station, ack.ack)
    if deliveries.take_ack(desk, opening.certificate.device, ack, now):
        notes.events.append(OutboxChanged())


def _keep_item(
    desk: Desk, relay: RelayId | PouchId, message_id: MessageId, opening: _Opening, read: _Read, notes: _Notes, now: int
) -> None:
    peer = opening.station
    match read.observation:
        case Observation.IN_ORDER | Observation.AHEAD | Observation.LATE:
            if pair_rows.incoming(desk.db, peer) is None:
                machines.note_beginning(desk, peer, read.item.serial)
            pair_rows.keep_incoming(desk.db, peer, continuity.encode(read.state), now)
            if _keep_gaps(desk, peer, read, now):
                notes.events.append(GapsChanged())
        case Observation.FORKED if read.reason and read.broken is None:
            notes.notice(NoticeKind.BOOK_REFUSED, f"station {peer}, serial {read.item.serial}: {read.reason}")
            notes.events.extend(copies.peer_forked(desk, peer, read.item.serial, now))
        case Observation.FORKED:
            sealings.note_taken(desk, read.item_hash, now)
            notes.events.extend(copies.peer_forked(desk, peer, read.item.serial, now))
        case Observation.DUPLICATE:
            copies.count_duplicate(desk)
            # Dropped, and still acknowledged: its sender may never have heard that it came.
            arrivals.acknowledge_again(desk, read.item, peer, now)
        case Observation.TOO_FAR | None:
            pass
    if read.broken is not None:
        _refuse(desk, relay, message_id, opening, read, notes, now)
    elif read.arrival is not None:
        notes.events.extend(arrivals.keep(desk, read.arrival, now))


def _keep_gaps(desk: Desk, peer: StationId, read: _Read, now: int) -> bool:
    closed = pair_rows.close_gap(desk.db, peer, read.item.serial)
    if read.observation is not Observation.AHEAD:
        return closed
    return gaps.note(desk, peer, gaps.before(read.state, read.item.serial), now) or closed


def _keep_oddity(desk: Desk, packet: Suspect, opening: _Opening, notes: _Notes) -> None:
    """Set aside what a member sent and what is no item at all: it has no number by which it could be reported."""
    quarantine.note(desk.db, replace(packet, tries=MAX_TRIES, reason="NoItem", body=opening.opened.payload))
    notes.notice(NoticeKind.QUARANTINED, f"station {opening.station}: something that is no item")


def _refuse(
    desk: Desk, relay: RelayId | PouchId, message_id: MessageId, opening: _Opening, read: _Read, notes: _Notes, now: int
) -> None:
    """Set an authentic item with bad content aside and tell its sender by number."""
    quarantine.note(
        desk.db,
        Suspect(message_id, relay, now, MAX_TRIES, read.reason, opening.opened.payload),
    )
    fault = read.broken or FaultCode.GARBLED
    kind = NoticeKind.CABLE_CLASH if fault is FaultCode.SUSPECTED_DUPLICATE else NoticeKind.QUARANTINED
    notes.notice(kind, f"station {opening.station}, serial {read.item.serial}: {fault.name.lower()}")
    if read.item.kind not in (ItemKind.SERVICE, ItemKind.ASIDE):
        # A fault about a service message could be answered by another one, for ever.
        arrivals.report_fault(desk, opening.station, fault, read.item.serial, now)


# --- a packet that did not -------------------------------------------------------------------------------------------


def _set_aside(desk: Desk, packet: Suspect, error: Exception, now: int) -> Received:
    """Count a failed opening; after the third the packet stays here, apart, and the relay may forget it."""
    unlisted = isinstance(error, NotListed)
    with desk.db.transaction():
        told = _look_for_second_copy(desk, packet, error, now)
        # Once the shelf is full, packets would push out each other's count and be fetched for ever.
        full = quarantine.count(desk.db) >= quarantine.MAX_KEPT
        first = MAX_TRIES if full else 1
        tries = quarantine.note(desk.db, replace(packet, tries=first, reason=type(error).__name__))
        if tries < MAX_TRIES:
            return Received(Fate.LATER, told, unlisted=unlisted)
        if not seen.note_message(desk.db, packet.message_id, now):
            return Received(Fate.QUARANTINED, told, unlisted=unlisted)
        detail = f"a packet of {len(packet.body)} bytes: {_words(error)}"
        event = notices.add_once(desk, NoticeKind.QUARANTINED, now, detail)
    return Received(Fate.QUARANTINED, told if event is None else (*told, event), unlisted=unlisted)


def _look_for_second_copy(desk: Desk, packet: Suspect, error: Exception, now: int) -> tuple[Event, ...]:
    """Look whether a packet that does not authenticate was sealed by the second copy of a peer's store."""
    sender = sealings.another_chain(desk, packet.body) if isinstance(error, CryptoError) else None
    return () if sender is None else tuple(copies.peer_second_copy(desk, sender, now))


def _words(error: Exception) -> str:
    match error:
        case NoSession():
            return "no key here opens it"
        case PrekeyUnknown():
            return "made for a prekey that is gone"
        case TrustError():
            return "from a device that is not listed"
        case _:
            return "it does not authenticate"
