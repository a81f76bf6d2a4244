"""Envelopes on their way: one per item and device, sealed once, offered to each relay until one proves it.

Source: docs/spec/store.md 6. A resend is the stored bytes. Every change of state is committed before the act
it announces, so that after a crash an envelope under way counts as "may have arrived" and is sent again under
the same id.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from secmsg.errors import NotFound
from secmsg.ids import CableId, DeviceId, MessageId, RelayId, Serial, StationId
from secmsg.office.lifecycle import OutboxState, is_open
from secmsg.store.database import Database
from secmsg.wire.cable import Urgency

_S = OutboxState


def _names(states: Iterable[OutboxState]) -> str:
    """Write a set of states as the one value of a statement (read there by json_each)."""
    return json.dumps([state.value for state in states])


_OPEN = _names(state for state in OutboxState if is_open(state))
_TO_SEND = _names((_S.WAITING, _S.SENDING, _S.UNKNOWN, _S.RELAY_HOLDS))
_CAN_HOLD = _names((_S.WAITING_KEYS, _S.WAITING, _S.UNKNOWN, _S.SENDING))


@dataclass(frozen=True, slots=True)
class Envelope:
    """One item for one device; `sealed` is None while keys are missing.

    `since` is the time of the last change of state. `cable_id` is None for a service item; the item itself is
    `continuity.sent_item(station, serial)`.
    """

    message_id: MessageId
    cable_id: CableId | None
    station: StationId
    device: DeviceId
    serial: Serial
    urgency: Urgency
    sealed: bytes | None = field(repr=False)
    state: OutboxState
    created_at: int
    since: int
    evidence: str = ""
    turn: int = 0
    """Its carrying begins with this channel of the kit, counted round from the first."""


class DispatchState(Enum):
    """Where one envelope stands at one relay."""

    WAITING = "waiting"
    """The last try certainly handed nothing over, and no earlier one broke off."""
    SENDING = "sending"
    HOLDS = "holds"
    UNKNOWN = "unknown"
    """A try broke off, or the relay has lost what it held: it may have arrived."""
    REFUSED = "refused"
    """The relay answered and does not take it."""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """How one envelope stands at one relay; `accepted_at` is the relay's word, no proof.

    `first_at` is the time of the first try, `since` that of the last change of state.
    """

    message_id: MessageId
    relay_id: RelayId
    attempts: int
    next_try_at: int
    accepted_at: int | None
    detail: str
    state: DispatchState
    first_at: int
    since: int


_SELECT = (
    "SELECT message_id, cable_id, station, device, serial, urgency, sealed, state, created_at, since, evidence, "
    "turn FROM envelopes "
)
_IN = "state IN (SELECT value FROM json_each(?)) "


def add(db: Database, envelope: Envelope) -> None:
    """Put an envelope into the outbox."""
    e = envelope
    db.run(
        "INSERT INTO envelopes (message_id, cable_id, station, device, serial, urgency, sealed, state, created_at, "
        "since, evidence, turn) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            e.message_id, e.cable_id, e.station, e.device, e.serial, e.urgency, e.sealed, e.state.value, e.created_at,
            e.since, e.evidence, e.turn,
        ),
    )  # fmt: skip


def read(db: Database, message_id: MessageId) -> Envelope:
    """Return an envelope; NotFound."""
    row = db.one(_SELECT + "WHERE message_id = ?", (message_id,))
    if row is None:
        raise NotFound("no such envelope")
    return _envelope(*row)


def of_cable(db: Database, cable_id: CableId) -> tuple[Envelope, ...]:
    """List the envelopes of a cable by station and device."""
    return _select(db, "WHERE cable_id = ? ORDER BY station, device", cable_id)


def of_serial(db: Database, device: DeviceId, serial: Serial) -> tuple[Envelope, ...]:
    """List the envelopes that carry one serial to one device (repeats included), oldest first."""
    return _select(db, "WHERE device = ? AND serial = ? ORDER BY created_at, rowid", device, serial)


def of_item(db: Database, station: StationId, serial: Serial) -> tuple[Envelope, ...]:
    """List the envelopes that carry one serial to any device of a station, oldest first."""
    return _select(db, "WHERE station = ? AND serial = ? ORDER BY created_at, rowid", station, serial)


def open_of_device(db: Database, device: DeviceId) -> tuple[Envelope, ...]:
    """List the envelopes for a device whose arrival nothing proves yet, by serial."""
    return _select(db, "WHERE device = ? AND " + _IN + "ORDER BY serial, created_at", device, _OPEN)


def cables_to(db: Database, station: StationId) -> frozenset[CableId]:
    """Return the cables of which an envelope was made for a station, whatever became of it."""
    rows = db.all("SELECT DISTINCT cable_id FROM envelopes WHERE station = ? AND cable_id IS NOT NULL", (station,))
    return frozenset(CableId(row[0]) for row in rows)


def unfinished(db: Database) -> tuple[Envelope, ...]:
    """List every envelope whose arrival nothing proves yet, the most urgent first, then the oldest."""
    return _select(db, "WHERE " + _IN + "ORDER BY urgency DESC, created_at, rowid", _OPEN)


def states(db: Database) -> tuple[tuple[CableId, StationId, OutboxState], ...]:
    """List how every envelope of a cable stands, by cable and station: one look for the lists."""
    rows = db.all(
        "SELECT cable_id, station, state FROM envelopes WHERE cable_id IS NOT NULL ORDER BY cable_id, station"
    )
    return tuple((CableId(cable_id), StationId(station), OutboxState(state)) for cable_id, station, state in rows)


def unsealed(db: Database) -> tuple[Envelope, ...]:
    """List the envelopes that wait for keys, in the order in which they must be sealed."""
    return _select(db, "WHERE state = ? ORDER BY urgency DESC, created_at, rowid", _S.WAITING_KEYS.value)


def seal(db: Database, message_id: MessageId, sealed: bytes, now: int) -> None:
    """Give an envelope its bytes, once, in the transaction that keeps the session.

    NotFound unless it waits for keys.
    """
    changed = db.run(
        "UPDATE envelopes SET sealed = ?, state = ?, since = ? WHERE message_id = ? AND state = ? AND sealed IS NULL",
        (sealed, _S.WAITING.value, now, message_id, _S.WAITING_KEYS.value),
    )
    if not changed:
        raise NotFound("no envelope waits for keys under this id")


def seal_anew(db: Database, message_id: MessageId, new_id: MessageId, now: int) -> None:
    """Let an envelope wait for keys again under a new id, because its session was replaced.

    The serial stays, so that the receiver drops it when the first one arrived after all. A held envelope stays
    held. NotFound unless it is sealed.
    """
    db.run("DELETE FROM dispatches WHERE message_id = ?", (message_id,))
    changed = db.run(
        "UPDATE envelopes SET message_id = ?, sealed = NULL, since = ?, "
        "state = CASE WHEN state IN (SELECT value FROM json_each(?)) THEN ? ELSE state END "
        "WHERE message_id = ? AND sealed IS NOT NULL",
        (new_id, now, _TO_SEND, _S.WAITING_KEYS.value, message_id),
    )
    if not changed:
        raise NotFound("no sealed envelope has this id")


def renumber(db: Database, message_id: MessageId, new_id: MessageId, serial: Serial, now: int) -> None:
    """Let an envelope wait for keys under another serial and id; a held one stays held. NotFound."""
    db.run("DELETE FROM dispatches WHERE message_id = ?", (message_id,))
    changed = db.run(
        "UPDATE envelopes SET message_id = ?, serial = ?, sealed = NULL, since = ?, "
        "state = CASE WHEN state IN (SELECT value FROM json_each(?)) THEN ? ELSE state END WHERE message_id = ?",
        (new_id, serial, now, _TO_SEND, _S.WAITING_KEYS.value, message_id),
    )
    if not changed:
        raise NotFound("no such envelope")


NEVER = 2**62
"""A time that never comes."""


def due(
    db: Database, relay_id: RelayId, now: int, limit: int = 64, *, spare: tuple[int, ...] = (NEVER,) * len(Urgency)
) -> tuple[Envelope, ...]:
    """List the sealed envelopes to offer to a relay now.

    Not accepted there, not held, their waiting time over. Those that another relay has taken after `spare` (a time for
    each urgency) are left out: they must not fill the list in front of those that nobody has.
    """
    return _select(
        db,
        "WHERE sealed IS NOT NULL AND state IN (SELECT value FROM json_each(?)) AND NOT EXISTS "
        "(SELECT 1 FROM dispatches AS d WHERE d.message_id = envelopes.message_id AND d.relay_id = ? "
        "AND (d.accepted_at IS NOT NULL OR d.next_try_at > ?)) AND NOT EXISTS "
        "(SELECT 1 FROM dispatches AS h WHERE h.message_id = envelopes.message_id "
        "AND h.accepted_at > json_extract(?, '$[' || urgency || ']')) "
        "ORDER BY urgency DESC, created_at, rowid LIMIT ?",
        _TO_SEND, relay_id, now, json.dumps(spare), limit,
    )  # fmt: skip


def next_due_at(db: Database, relay_id: RelayId) -> int | None:
    """Return the earliest time at which an envelope is due at a relay (0.

    One never offered), None when none waits.
    """
    row = db.one(
        "SELECT min(coalesce(d.next_try_at, 0)) FROM envelopes AS e LEFT JOIN dispatches AS d "
        "ON d.message_id = e.message_id AND d.relay_id = ? "
        "WHERE e.sealed IS NOT NULL AND e.state IN (SELECT value FROM json_each(?)) AND d.accepted_at IS NULL",
        (relay_id, _TO_SEND),
    )
    return None if row is None or row[0] is None else int(row[0])


def begin(db: Database, message_id: MessageId, relay_id: RelayId, now: int, next_try_at: int) -> None:
    """Note, before sending, that an envelope goes to a relay.

    Should the program end here, it is due at `next_try_at`.
    """
    db.run(
        "INSERT INTO dispatches (message_id, relay_id, attempts, next_try_at, state, first_at, since) "
        "VALUES (?, ?, 1, ?, ?, ?, ?) ON CONFLICT (message_id, relay_id) DO UPDATE SET attempts = attempts + 1, "
        "next_try_at = excluded.next_try_at, state = excluded.state, since = excluded.since",
        (message_id, relay_id, next_try_at, DispatchState.SENDING.value, now, now),
    )
    _move(db, message_id, _S.SENDING, now, (_S.WAITING, _S.UNKNOWN))


def accepted(db: Database, message_id: MessageId, relay_id: RelayId, now: int) -> None:
    """Note that a relay says it holds an envelope."""
    db.run(
        "UPDATE dispatches SET accepted_at = ?, state = ?, since = ?, detail = '' "
        "WHERE message_id = ? AND relay_id = ?",
        (now, DispatchState.HOLDS.value, now, message_id, relay_id),
    )
    _move(db, message_id, _S.RELAY_HOLDS, now, (_S.WAITING, _S.SENDING, _S.UNKNOWN))


def not_sent(
    db: Database,
    message_id: MessageId,
    relay_id: RelayId,
    now: int,
    next_try_at: int,
    detail: str,
    *,
    refused: bool = False,
) -> None:
    """Note that nothing was handed over in this attempt; the envelope waits, unless another relay holds it.

    `refused`: the relay answered and does not take it. Should an earlier attempt have broken off, it still may have
    arrived, and its state goes on to say so.
    """
    _note_failure(db, message_id, relay_id, next_try_at, detail)
    db.run(
        "UPDATE dispatches SET state = CASE WHEN doubt THEN ? ELSE ? END, since = ? "
        "WHERE message_id = ? AND relay_id = ?",
        (
            DispatchState.UNKNOWN.value,
            (DispatchState.REFUSED if refused else DispatchState.WAITING).value,
            now,
            message_id,
            relay_id,
        ),
    )
    row = db.one("SELECT max(doubt) FROM dispatches WHERE message_id = ?", (message_id,))
    doubtful = row is not None and bool(row[0])
    _move(db, message_id, _S.UNKNOWN if doubtful else _S.WAITING, now, (_S.SENDING,))


def outcome_unknown(
    db: Database, message_id: MessageId, relay_id: RelayId, now: int, next_try_at: int, detail: str
) -> None:
    """Note that contact broke after sending: it may have arrived and is sent again under the same id."""
    _note_failure(db, message_id, relay_id, next_try_at, detail)
    db.run(
        "UPDATE dispatches SET doubt = 1, state = ?, since = ? WHERE message_id = ? AND relay_id = ?",
        (DispatchState.UNKNOWN.value, now, message_id, relay_id),
    )
    _move(db, message_id, _S.UNKNOWN, now, (_S.WAITING, _S.SENDING))


def offer_again(db: Database, message_id: MessageId, now: int) -> None:
    """Offer an envelope to every relay once more, also where it was accepted (no receipt came in time)."""
    db.run(
        # It was held once, so it may have been fetched, whatever this try brings.
        "UPDATE dispatches SET doubt = max(doubt, accepted_at IS NOT NULL), accepted_at = NULL, next_try_at = ? "
        "WHERE message_id = ?",
        (now, message_id),
    )


def offer_elsewhere(db: Database, message_id: MessageId, turn: int, now: int, again_at: int) -> None:
    """Offer an envelope beginning with another channel; those that have taken it are asked again only later."""
    db.run(
        "UPDATE dispatches SET doubt = max(doubt, accepted_at IS NOT NULL), "
        "next_try_at = CASE WHEN accepted_at IS NULL THEN ? ELSE ? END, accepted_at = NULL WHERE message_id = ?",
        (now, again_at, message_id),
    )
    db.run("UPDATE envelopes SET turn = ? WHERE message_id = ?", (turn, message_id))


def relay_lost(db: Database, relay_id: RelayId, now: int, detail: str) -> int:
    """Note that a relay has lost what it held; say how many envelopes without a proof that concerns.

    Each may have been fetched before, so it is called unknown there and goes to that relay again.
    """
    lost = db.all(
        "SELECT e.message_id FROM envelopes AS e JOIN dispatches AS d ON d.message_id = e.message_id "
        "WHERE d.relay_id = ? AND d.accepted_at IS NOT NULL AND e.state IN (SELECT value FROM json_each(?))",
        (relay_id, _OPEN),
    )
    for (message_id,) in lost:
        db.run(
            "UPDATE dispatches SET accepted_at = NULL, doubt = 1, state = ?, since = ?, next_try_at = ?, detail = ? "
            "WHERE message_id = ? AND relay_id = ?",
            (DispatchState.UNKNOWN.value, now, now, detail, message_id, relay_id),
        )
        _no_longer_held(db, MessageId(message_id), now)
    return len(lost)


def relay_left(db: Database, relay_id: RelayId, now: int) -> None:
    """Forget a relay that is taken out; what it alone had taken is unknown until another takes it."""
    taken = db.all("SELECT message_id FROM dispatches WHERE relay_id = ?", (relay_id,))
    db.run("DELETE FROM dispatches WHERE relay_id = ?", (relay_id,))
    for (message_id,) in taken:
        _no_longer_held(db, MessageId(message_id), now)


def _no_longer_held(db: Database, message_id: MessageId, now: int) -> None:
    row = db.one("SELECT count(*) FROM dispatches WHERE message_id = ? AND accepted_at IS NOT NULL", (message_id,))
    if row == (0,):
        _move(db, message_id, _S.UNKNOWN, now, (_S.RELAY_HOLDS,))


def prove(db: Database, message_id: MessageId, state: OutboxState, now: int, evidence: str) -> None:
    """Set a state that a signed receipt proves, and erase the sealed bytes when nothing is left to send.

    The office says which state may follow which. NotFound. Also for EXPIRED, whose evidence is the clock.
    """
    changed = db.run(
        "UPDATE envelopes SET state = ?, since = ?, evidence = ?, sealed = CASE WHEN ? THEN sealed END "
        "WHERE message_id = ?",
        (state.value, now, evidence, int(is_open(state)), message_id),
    )
    if not changed:
        raise NotFound("no such envelope")


def recover_after_stop(db: Database, now: int) -> int:
    """At start, call what was being sent "may have arrived", and say how many there were."""
    db.run(
        "UPDATE dispatches SET doubt = 1, state = ?, since = ? WHERE state = ?",
        (DispatchState.UNKNOWN.value, now, DispatchState.SENDING.value),
    )
    return db.run(
        "UPDATE envelopes SET state = ?, since = ? WHERE state = ?", (_S.UNKNOWN.value, now, _S.SENDING.value)
    )


def hold(db: Database, cable_id: CableId, now: int) -> int:
    """Keep back what has not left yet; say how many envelopes that are."""
    return db.run(
        "UPDATE envelopes SET state = ?, since = ? WHERE cable_id = ? AND state IN (SELECT value FROM json_each(?))",
        (_S.HELD.value, now, cable_id, _CAN_HOLD),
    )


def resume(db: Database, cable_id: CableId, now: int) -> int:
    """Let held envelopes go; say how many that are."""
    return db.run(
        "UPDATE envelopes SET state = CASE WHEN sealed IS NULL THEN ? ELSE ? END, since = ? "
        "WHERE cable_id = ? AND state = ?",
        (_S.WAITING_KEYS.value, _S.WAITING.value, now, cable_id, _S.HELD.value),
    )


def send_now(db: Database, cable_id: CableId, now: int) -> None:
    """Forget the waiting times of a cable's envelopes."""
    db.run(
        "UPDATE dispatches SET next_try_at = ? WHERE accepted_at IS NULL AND next_try_at > ? AND message_id IN "
        "(SELECT message_id FROM envelopes WHERE cable_id = ?)",
        (now, now, cable_id),
    )


def dispatches(db: Database, message_id: MessageId) -> tuple[Dispatch, ...]:
    """List how an envelope stands at each relay it was offered to."""
    rows = db.all(
        "SELECT message_id, relay_id, attempts, next_try_at, accepted_at, detail, state, first_at, since "
        "FROM dispatches WHERE message_id = ? ORDER BY rowid",
        (message_id,),
    )
    return tuple(
        Dispatch(MessageId(m), RelayId(r), attempts, next_try_at, accepted_at, detail, DispatchState(state), *times)
        for m, r, attempts, next_try_at, accepted_at, detail, state, *times in rows
    )


def count_unfinished(db: Database) -> int:
    """Count the pairs of cable and station whose arrival nothing proves yet."""
    row = db.one(
        "SELECT count(*) FROM (SELECT DISTINCT cable_id, station FROM envelopes "
        "WHERE cable_id IS NOT NULL AND state IN (SELECT value FROM json_each(?)))",
        (_OPEN,),
    )
    return 0 if row is None else int(row[0])


def forget_service(db: Database, before: int) -> int:
    """Erase finished envelopes of service items that last changed before a time; say how many."""
    return db.run(
        "DELETE FROM envelopes WHERE cable_id IS NULL AND since < ? AND state NOT IN (SELECT value FROM json_each(?))",
        (before, _OPEN),
    )


def forget_asides(db: Database, before: int) -> int:
    """Erase envelopes of items outside the chain that were made before a time: no acknowledgement ever closes them."""
    return db.run("DELETE FROM envelopes WHERE serial < 0 AND created_at < ?", (before,))


def _move(db: Database, message_id: MessageId, to: OutboxState, now: int, only_from: tuple[OutboxState, ...]) -> None:
    # A receipt may have come over another channel meanwhile: what is proven is never taken back.
    db.run(
        "UPDATE envelopes SET state = ?, since = ? WHERE message_id = ? AND state IN (SELECT value FROM json_each(?))",
        (to.value, now, message_id, _names(only_from)),
    )


def _note_failure(db: Database, message_id: MessageId, relay_id: RelayId, next_try_at: int, detail: str) -> None:
    db.run(
        "UPDATE dispatches SET next_try_at = ?, detail = ? WHERE message_id = ? AND relay_id = ?",
        (next_try_at, detail, message_id, relay_id),
    )


def _select(db: Database, where: str, *values: int | str | bytes) -> tuple[Envelope, ...]:
    return tuple(_envelope(*row) for row in db.all(_SELECT + where, values))


def _envelope(
    message_id: bytes, cable_id: bytes | None, station: int, device: int, serial: int, urgency: int,
    sealed: bytes | None, state: str, created_at: int, since: int, evidence: str, turn: int,
) -> Envelope:  # fmt: skip
    return Envelope(
        MessageId(message_id), None if cable_id is None else CableId(cable_id), StationId(station),
        DeviceId(device), Serial(serial), Urgency(urgency), sealed, OutboxState(state), created_at, since,
        evidence, turn,
    )  # fmt: skip
