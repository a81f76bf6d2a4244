"""Ratchet sessions by peer device: at most one active, the others draining (docs/spec/store.md 3).

The body is the protocol's encoding of the session and holds keys: it is replaced in the same transaction as
what it produced.
"""

from dataclasses import dataclass, field
from enum import IntEnum

from secmsg.ids import DeviceId, SessionId, StationId
from secmsg.store.database import Database


class SessionState(IntEnum):
    """What a session is used for."""

    ACTIVE = 1
    DRAINING = 2
    """Receives only, until a time."""


@dataclass(frozen=True, slots=True)
class KeptSession:
    """One session; `until` is set exactly when it is draining."""

    session_id: SessionId
    device: DeviceId
    station: StationId
    state: SessionState
    until: int | None
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Floor:
    """The highest session generation and prekey batch version met of a device; 0 before the first."""

    generation: int
    batch: int


_SELECT = "SELECT session_id, device, station, state, until, body FROM sessions "


def keep(db: Database, session: KeptSession, now: int) -> None:
    """Keep a session or its next state.

    StoreError when the device has another active one (retire that first).
    """
    db.run(
        "INSERT INTO sessions (session_id, device, station, state, until, body, changed_at, mark) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, randomblob(8)) ON CONFLICT (session_id) DO UPDATE SET state = excluded.state, "
        "until = excluded.until, body = excluded.body, changed_at = excluded.changed_at, mark = excluded.mark",
        (
            session.session_id,
            session.device,
            session.station,
            session.state,
            session.until,
            session.body,
            now,
        ),
    )


def active(db: Database, device: DeviceId) -> KeptSession | None:
    """Return the session for sending to a device."""
    row = db.one(_SELECT + "WHERE device = ? AND state = 1", (device,))
    return None if row is None else _session(*row)


def of_device(db: Database, device: DeviceId) -> tuple[KeptSession, ...]:
    """List a device's sessions, the active one first, then the one that drains longest."""
    rows = db.all(
        _SELECT + "WHERE device = ? ORDER BY state, until DESC, changed_at DESC",
        (device,),
    )
    return tuple(_session(*row) for row in rows)


def of_id(db: Database, session_id: SessionId) -> KeptSession | None:
    """Return a session, None when it is gone."""
    row = db.one(_SELECT + "WHERE session_id = ?", (session_id,))
    return None if row is None else _session(*row)


def every(db: Database) -> tuple[KeptSession, ...]:
    """List all sessions, those used last first."""
    rows = db.all(_SELECT + "ORDER BY changed_at DESC, rowid DESC")
    return tuple(_session(*row) for row in rows)


def marks(db: Database, now: int) -> dict[SessionId, bytes]:
    """Return a mark for each session that still receives, those used last at the end.

    A mark is another one after every change, also after one that was undone.
    """
    # In the order of the index: to sort 400 rows would take ten times as long.
    rows = db.all(
        "SELECT session_id, mark FROM sessions WHERE until IS NULL OR until > ? ORDER BY changed_at, session_id",
        (now,),
    )
    return {SessionId(session_id): mark for session_id, mark in rows}


def retire(db: Database, session_id: SessionId, until: int, now: int) -> None:
    """Make a session receive-only until `until`; an unknown one does nothing."""
    db.run(
        "UPDATE sessions SET state = 2, until = ?, changed_at = ?, mark = randomblob(8) WHERE session_id = ?",
        (until, now, session_id),
    )


def forget(db: Database, session_id: SessionId) -> None:
    """Erase a session; an unknown one does nothing."""
    db.run("DELETE FROM sessions WHERE session_id = ?", (session_id,))


def forget_drained(db: Database, now: int) -> int:
    """Erase the draining sessions whose time has passed and say how many."""
    return db.run("DELETE FROM sessions WHERE state = 2 AND until <= ?", (now,))


def devices(db: Database) -> frozenset[DeviceId]:
    """Name the devices with which there is a session."""
    return frozenset(DeviceId(device) for (device,) in db.all("SELECT DISTINCT device FROM sessions"))


def forget_device(db: Database, device: DeviceId) -> int:
    """Erase every session with a device (removed from the directory) and say how many."""
    return db.run("DELETE FROM sessions WHERE device = ?", (device,))


def floor(db: Database, device: DeviceId) -> Floor:
    """Return what must not be undercut by a device's handshakes and prekey batches."""
    row = db.one("SELECT generation, batch FROM floors WHERE device = ?", (device,))
    return Floor(0, 0) if row is None else Floor(*row)


def raise_floor(db: Database, device: DeviceId, met: Floor) -> None:
    """Remember a generation and a batch version; a lower one changes nothing."""
    db.run(
        "INSERT INTO floors (device, generation, batch) VALUES (?, ?, ?) ON CONFLICT (device) DO UPDATE SET "
        "generation = max(generation, excluded.generation), batch = max(batch, excluded.batch)",
        (device, met.generation, met.batch),
    )


def _session(session_id: bytes, device: int, station: int, state: int, until: int | None, body: bytes) -> KeptSession:
    return KeptSession(SessionId(session_id), DeviceId(device), StationId(station), SessionState(state), until, body)
