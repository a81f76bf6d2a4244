"""Rings left for others, and the answers sealed in advance for those who ring here (docs/spec/ring.md)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from secmsg.ids import DeviceId, MailboxId, MessageId, RelayId, SessionId
from secmsg.store.database import Database
from secmsg.wire.cable import Urgency


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring that goes with one envelope to one relay; `answer` is the name that its answer will have."""

    message_id: MessageId
    relay_id: RelayId
    device: DeviceId
    ring_id: MessageId
    box: MailboxId
    nonce: bytes
    answer: MessageId


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer sealed for a device in a chain of a session; `given` names the watch that has it, b"" none."""

    device: DeviceId
    session_id: SessionId
    epoch: int
    sealed: bytes = field(repr=False)
    made_at: int
    given: bytes = b""


def to_ring(db: Database, relay_id: RelayId, since: int, limit: int) -> tuple[tuple[MessageId, DeviceId], ...]:
    """List the envelopes of cables hỏa tốc that a relay took since then, unproven, for which no ring was left there."""
    rows = db.all(
        "SELECT e.message_id, e.device FROM envelopes AS e JOIN dispatches AS d ON d.message_id = e.message_id "
        "WHERE e.urgency = ? AND e.cable_id IS NOT NULL AND e.state = 'relay-holds' AND d.relay_id = ? "
        "AND d.accepted_at >= ? AND NOT EXISTS (SELECT 1 FROM rings AS r WHERE r.message_id = e.message_id "
        "AND r.relay_id = d.relay_id AND r.rung_at IS NOT NULL) ORDER BY d.accepted_at LIMIT ?",
        (int(Urgency.FLASH), relay_id, since, limit),
    )
    return tuple((MessageId(message_id), DeviceId(device)) for message_id, device in rows)


def begin(db: Database, ring: Ring, now: int) -> None:
    """Note a ring before it goes; one for the same envelope at the same relay is replaced."""
    db.run(
        "INSERT INTO rings (message_id, relay_id, device, ring_id, box, nonce, answer, begun_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (message_id, relay_id) DO UPDATE SET ring_id = excluded.ring_id, "
        "box = excluded.box, nonce = excluded.nonce, answer = excluded.answer, begun_at = excluded.begun_at",
        (ring.message_id, ring.relay_id, ring.device, ring.ring_id, ring.box, ring.nonce, ring.answer, now),
    )


def begun(db: Database, message_id: MessageId, relay_id: RelayId, box: MailboxId) -> Ring | None:
    """Return the ring for an envelope at a relay that was begun for this mailbox, None when none was."""
    row = db.one(
        "SELECT message_id, relay_id, device, ring_id, box, nonce, answer FROM rings "
        "WHERE message_id = ? AND relay_id = ? AND box = ?",
        (message_id, relay_id, box),
    )
    if row is None:
        return None
    message, relay, device, ring_id, own_box, nonce, answer = row
    return Ring(
        MessageId(message),
        RelayId(relay),
        DeviceId(device),
        MessageId(ring_id),
        MailboxId(own_box),
        nonce,
        MessageId(answer),
    )


def rung(db: Database, ring_id: MessageId, now: int) -> None:
    """Note that a relay has answered to a ring: it is not left there again."""
    db.run("UPDATE rings SET rung_at = ? WHERE ring_id = ? AND rung_at IS NULL", (now, ring_id))


def answered(db: Database, device: DeviceId, name: MessageId, now: int) -> bool:
    """Note the answer to a ring, once; False where this device was not rung under this name."""
    return bool(
        db.run(
            "UPDATE rings SET answered_at = ? WHERE answer = ? AND device = ? AND answered_at IS NULL",
            (now, name, device),
        )
    )


def picked_up(db: Database, message_id: MessageId) -> int | None:
    """Return when the ring of an envelope was first answered, None when it was not."""
    row = db.one("SELECT min(answered_at) FROM rings WHERE message_id = ?", (message_id,))
    return None if row is None or row[0] is None else int(row[0])


def forget(db: Database, before: int) -> None:
    """Forget the rings begun before then."""
    db.run("DELETE FROM rings WHERE begun_at < ?", (before,))


# --- answers ---------------------------------------------------------------------------------------------------------


def answer_for(db: Database, device: DeviceId) -> Answer | None:
    """Return the answer kept for a device."""
    row = db.one(
        "SELECT device, session_id, epoch, sealed, made_at, given FROM ring_answers WHERE device = ?", (device,)
    )
    if row is None:
        return None
    found, session_id, epoch, sealed, made_at, given = row
    return Answer(DeviceId(found), SessionId(session_id), epoch, sealed, made_at, given)


def keep_answer(db: Database, answer: Answer) -> None:
    """Keep the answer for a device in the place of the last one."""
    db.run(
        "INSERT INTO ring_answers (device, session_id, epoch, sealed, made_at, given) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (device) DO UPDATE SET session_id = excluded.session_id, epoch = excluded.epoch, "
        "sealed = excluded.sealed, made_at = excluded.made_at, given = excluded.given",
        (answer.device, answer.session_id, answer.epoch, answer.sealed, answer.made_at, answer.given),
    )


def take_back(db: Database, watch: bytes, let_go: Iterable[DeviceId]) -> None:
    """Settle what a watch had: answers that it certainly did not let go are kept, all others are gone for good."""
    db.run(
        "UPDATE ring_answers SET given = x'' WHERE given = ? AND device NOT IN (SELECT value FROM json_each(?))",
        (watch, json.dumps(sorted(let_go))),
    )
    db.run("DELETE FROM ring_answers WHERE given <> x''")
