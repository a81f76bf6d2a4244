"""Rings: a machine that may be locked is told that a cable hỏa tốc was left for it, and answers (docs/spec/ring.md).

A ring is known by a key that both ends have from their session and that opens nothing. Our own fast mailbox is emptied
unread while the store is open: the cable itself comes by the normal one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from secmsg.authority.mailbox import Lane, mailbox, week_of
from secmsg.crypto import ringing as marks
from secmsg.crypto.secret import Secret
from secmsg.errors import NotListed
from secmsg.ids import DeviceId, MessageId, RelayId
from secmsg.protocol.session import Session
from secmsg.protocol.state import Origin
from secmsg.station import desk as desks
from secmsg.station import freezing, revocations, sessions
from secmsg.station.desk import Desk
from secmsg.station.events import Event, OutboxChanged
from secmsg.store import rings as rows
from secmsg.store.rings import Ring
from secmsg.wire import ring as ring_wire
from secmsg.wire.sync import Deposit, DepositStatus, TtlClass

WITHIN_S = 3_600
"""How long after a relay took a cable it is still rung there."""
KEEP_S = 30 * 86_400
MAX_BATCH = 32
_ID = 16
_LASTING = (DepositStatus.LATER, DepositStatus.DRAINING)
"""Answers after which the same ring is left again."""


@dataclass(frozen=True, slots=True)
class Due:
    """A ring to be left at a relay."""

    ring: Ring
    deposit: Deposit = field(repr=False)


def key_of(session: Session, sender: DeviceId, addressee: DeviceId) -> Secret | None:
    """Return the key of rings between two devices; None in a session from paper, whose beginning crossed in clear."""
    if session.origin is Origin.PAPER:
        return None
    return marks.ring_key(session.transcript, sender, addressee)


def due(desk: Desk, relay: RelayId) -> tuple[Due, ...]:
    """Take the rings that are due at a relay, and note before sending that they are under way."""
    now = desk.now()
    with desk.db.transaction():
        if freezing.frozen(desk):
            return ()
        waiting = rows.to_ring(desk.db, relay, now - WITHIN_S, MAX_BATCH)
        made = (make(desk, relay, message_id, device, now) for message_id, device in waiting)
        return tuple(each for each in made if each is not None)


def make(desk: Desk, relay: RelayId, message_id: MessageId, device: DeviceId, now: int) -> Due | None:
    """Make the ring for one envelope, or again the one that was begun; None where there is nobody to be rung.

    Inside the caller's transaction.
    """
    session = sessions.active(desk, device)
    if session is None or revocations.barred(desk, device):
        return None
    own = desks.own(desk).device
    key = key_of(session, own, device)
    try:
        secret = desks.directory(desk).mailbox_secret(device)
    except NotListed:
        return None
    if key is None:
        return None
    box, token = mailbox(secret, relay, week_of(now), Lane.FAST)
    ring = rows.begun(desk.db, message_id, relay, box)
    if ring is None:
        nonce = desk.random(ring_wire.NONCE_SIZE)
        name = marks.answer_name(key, box, nonce)
        ring = Ring(message_id, relay, device, MessageId(desk.random(_ID)), box, nonce, name)
        rows.begin(desk.db, ring, now)
    mark = marks.mark(key, box, ring.nonce)
    body = ring_wire.encode(ring_wire.Ring(ring.nonce, mark), desk.random(ring_wire.FILL_SIZE))
    return Due(ring, Deposit(box, token, ring.ring_id, TtlClass.DAY, body))


def settle(desk: Desk, answers: Iterable[tuple[MessageId, DepositStatus]]) -> None:
    """Note what a relay answered to each ring; one that it will not take is not left again."""
    now = desk.now()
    with desk.db.transaction():
        for ring_id, status in answers:
            if status not in _LASTING:
                rows.rung(desk.db, ring_id, now)
        rows.forget(desk.db, now - KEEP_S)


def picked_up(desk: Desk, device: DeviceId, name: MessageId | None, now: int) -> list[Event]:
    """Take the word of a locked machine, inside the caller's transaction: it counts under the name of a ring alone."""
    if name is None or not rows.answered(desk.db, device, name, now):
        return []
    return [OutboxChanged()]
