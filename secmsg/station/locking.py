"""What a station that locks hands to the locked watch, and what it takes back (docs/spec/ring.md 4, ADR 75).

Handed over is what opens nothing: addresses, reader keys of the fast mailbox, envelopes that are sealed already. What
the watch says afterwards is a relay's word at second hand: it counts as "a relay holds it", and proves nothing.
"""

from contextlib import suppress
from dataclasses import dataclass

from secmsg.authority.mailbox import SECONDS_PER_WEEK, Lane, mailbox, reader_key, week_of
from secmsg.errors import NotFound, NotListed, SecmsgError
from secmsg.ids import DeviceId, MessageId, RelayId, Week
from secmsg.station import desk as desks
from secmsg.station import envelopes, freezing, last_report, machines, places, post, ringing, standing
from secmsg.station.desk import Desk
from secmsg.store import outbox
from secmsg.store import relays as relay_rows
from secmsg.store import rings as rows
from secmsg.store.paths import Home
from secmsg.store.relays import Relay
from secmsg.store.rings import Answer
from secmsg.wire import handover as wire
from secmsg.wire.cable import Urgency
from secmsg.wire.certificate import Certificate, Role
from secmsg.wire.handover import Call, Caller, Handover, Parcel, Reader, Target
from secmsg.wire.handover import Station as Place
from secmsg.wire.service import PickedUp
from secmsg.wire.sync import DepositStatus

ANSWER_KEPT_S = 14 * 86_400
"""How long an answer that was not let go may be given to a next watch: its key at the peer is wiped after 30 days."""
CLOCKS_S = 86_400
"""By how much another clock may be off at the turn of a week."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a watch did: what relays took, by relay and message id, and whose answers it let go, arrived or not."""

    watch: bytes
    took: tuple[tuple[RelayId, MessageId], ...] = ()
    let_go: frozenset[DeviceId] = frozenset()


class Locking:
    """The part of a station that has to do with the locked watch."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def usual(self) -> bool:
        """Say whether a watch follows a lock unless the officer chose: not on a machine that travels."""
        return desks.joined(self._desk) and desks.own(self._desk).device_certificate.role is not Role.TRAVEL

    def prepare(self) -> bytes:
        """Make the handover; empty where nothing is to be watched. Sealed answers and marks of carrying are durable."""
        with suppress(SecmsgError):  # no lock waits for a report of what may never be
            last_report.refresh(self._desk)
        handover = prepare(self._desk)
        return b"" if handover is None else wire.encode(handover)

    def keep_silent(self) -> None:
        """Take the report sealed in advance away: while contact is cut nothing may leave, not that of a destruction."""
        Home(self._desk.files.root.parent).report.unlink(missing_ok=True)

    def settle(self, account: Account | None) -> None:
        """Take what the last watch did; None when nothing came back from it."""
        settle(self._desk, account)


def prepare(desk: Desk) -> Handover | None:
    """Make the handover of this moment."""
    kit = places.in_use(desk) if desks.joined(desk) and standing.listed(desk) else ()
    if not kit:
        return None
    now = desk.now()
    watch = desk.random(16)
    parcels = {relay.relay_id: _parcels(desk, relay.relay_id, now) for relay in kit}
    with desk.db.transaction():
        answers = () if freezing.frozen(desk) else tuple(_answers(desk, watch, now))
    relays = tuple(
        Place(
            relay.relay_id,
            relay.base_url,
            relay.prefix,
            relay.fingerprint,
            _readers(desk, relay, now),
            parcels[relay.relay_id],
            tuple(_caller(desk, relay, certificate, answer, now) for certificate, answer in answers),
        )
        for relay in kit[: wire.MAX_RELAYS]
    )
    return Handover(watch, desk.policy.link.poll_s, relays)


def settle(desk: Desk, account: Account | None) -> None:
    """Note what relays took, and keep those answers alone that certainly were not let go."""
    if not desks.joined(desk):
        return
    now = desk.now()
    took = () if account is None else account.took
    with desk.db.transaction():
        rows.take_back(desk.db, b"" if account is None else account.watch, () if account is None else account.let_go)
        for _, ring_id in took:
            rows.rung(desk.db, ring_id, now)
    for relay, message_id in took:
        if _under_way(desk, relay, message_id):
            post.settle(desk, relay, [(message_id, DepositStatus.STORED)])


def _under_way(desk: Desk, relay: RelayId, message_id: MessageId) -> bool:
    """Say whether this is an envelope that was on its way to this relay: the account is a stranger's word."""
    try:
        outbox.read(desk.db, message_id)
    except NotFound:
        return False
    return any(each.relay_id == relay for each in outbox.dispatches(desk.db, message_id))


def _readers(desk: Desk, relay: Relay, now: int) -> tuple[Reader, ...]:
    """List the fast mailboxes that the watch may look into: last week's to those of the weeks to come, as made."""
    week = week_of(now)
    seed = desks.own(desk).reader_seed
    last = Week(week + desk.policy.watch.weeks_ahead)
    made = relay_rows.boxes(desk.db, relay.relay_id, Week(max(0, week - 1)), last)
    return tuple(
        Reader(
            box.box,
            max(0, box.week * SECONDS_PER_WEEK - CLOCKS_S),
            (box.week + 1) * SECONDS_PER_WEEK + CLOCKS_S,
            reader_key(seed, relay.relay_id, box.week, Lane.FAST).seed.reveal(),
        )
        for box in made
        if box.lane == Lane.FAST
    )[: wire.MAX_READERS]


def _parcels(desk: Desk, relay: RelayId, now: int) -> tuple[Parcel, ...]:
    """Take what is due at a relay; each is marked as under way before it is handed over."""
    found: list[Parcel] = []
    tried: set[MessageId] = set()
    while len(found) < wire.MAX_PARCELS and (due := post.due(desk, relay, tried)):
        for each in due[: wire.MAX_PARCELS - len(found)]:
            with desk.db.transaction():
                call = _call(desk, relay, each.message_id, now)
            found.append(Parcel(each.message_id, each.targets, each.body, call))
        tried |= {each.message_id for each in due}
    return tuple(found)


def _call(desk: Desk, relay: RelayId, message_id: MessageId, now: int) -> Call | None:
    envelope = outbox.read(desk.db, message_id)
    if envelope.urgency is not Urgency.FLASH or envelope.cable_id is None:
        return None
    due = ringing.make(desk, relay, message_id, envelope.device, now)
    if due is None:
        return None
    return Call(due.ring.ring_id, (due.deposit.to_box, due.deposit.token), due.deposit.body)


def _answers(desk: Desk, watch: bytes, now: int) -> list[tuple[Certificate, Answer]]:
    """Seal, or find again, one answer for each machine that may ring; inside the caller's transaction."""
    own = desks.own(desk)
    found: list[tuple[Certificate, Answer]] = []
    directory = desks.directory(desk)
    for station in sorted({entry.station for entry in directory.contents.mailboxes} - {own.station}):
        for certificate in machines.addressed(desk, station, now):
            answer = _answer(desk, certificate, watch, now)
            if answer is not None and len(found) < wire.MAX_CALLERS:
                found.append((certificate, answer))
    return found


def _answer(desk: Desk, certificate: Certificate, watch: bytes, now: int) -> Answer | None:
    session = envelopes.usable(desk, certificate)
    if session is None or not session.answered:
        return None
    kept = rows.answer_for(desk.db, certificate.device)
    chain = session.sending
    reusable = (
        kept is not None
        and chain is not None
        and not kept.given
        and (kept.session_id, kept.epoch) == (session.session_id, chain.epoch)
        and 0 <= now - kept.made_at < ANSWER_KEPT_S
    )
    if kept is None or not reusable:
        # Outside the chain, so that one that is never let go leaves no number missing (devices.md 3).
        session, sealed = envelopes.seal_aside(desk, certificate, session, PickedUp(), now)
        epoch = 0 if session.sending is None else session.sending.epoch
        kept = Answer(certificate.device, session.session_id, epoch, sealed, now)
    answer = Answer(kept.device, kept.session_id, kept.epoch, kept.sealed, kept.made_at, watch)
    rows.keep_answer(desk.db, answer)
    return answer


def _caller(desk: Desk, relay: Relay, certificate: Certificate, answer: Answer, now: int) -> Caller:
    session = envelopes.usable(desk, certificate)
    if session is None:
        raise NotListed("the session of an answer is gone")
    key = ringing.key_of(session, certificate.device, desks.own(desk).device)
    if key is None:
        raise NotListed("a session from paper has no rings")
    return Caller(certificate.device, key.reveal(), _targets(desk, relay, certificate, now), answer.sealed)


def _targets(desk: Desk, relay: Relay, certificate: Certificate, now: int) -> tuple[Target, ...]:
    """Name where the answer goes this week and in the next ones."""
    secret = desks.directory(desk).mailbox_secret(certificate.device)
    week = week_of(now)
    return tuple(mailbox(secret, relay.relay_id, Week(each)) for each in range(week, week + wire.MAX_TARGETS))
