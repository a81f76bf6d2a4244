"""Packets that would not open.

Tried a few times, then kept apart so that they stop nothing (docs/spec/store.md 3).
"""

from dataclasses import dataclass, field

from secmsg.ids import MessageId, PouchId, RelayId
from secmsg.store.database import Database

MAX_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Suspect:
    """One packet; `relay_id` is the relay or the pouch that brought it, `reason` the class of the failure."""

    message_id: MessageId
    relay_id: RelayId | PouchId
    at: int
    tries: int
    reason: str
    body: bytes = field(repr=False)


_SELECT = "SELECT message_id, relay_id, at, tries, reason, body FROM quarantine "


def note(db: Database, suspect: Suspect) -> int:
    """Note a failed opening and return how many there were for this packet.

    The oldest beyond 1 000 are forgotten. `suspect.tries` counts for a packet noted for the first time only.
    """
    db.run(
        "INSERT INTO quarantine (message_id, relay_id, at, tries, reason, body) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (message_id) DO UPDATE SET tries = tries + 1, reason = excluded.reason",
        (suspect.message_id, suspect.relay_id, suspect.at, suspect.tries, suspect.reason, suspect.body),
    )
    held = db.one("SELECT count(*) FROM quarantine")
    # Looked at first, because the deletion reads every row: in a storm of junk that would be most of the work.
    if held is not None and held[0] > MAX_KEPT:
        db.run(
            "DELETE FROM quarantine WHERE rowid IN (SELECT rowid FROM quarantine ORDER BY at, rowid LIMIT ?)",
            (held[0] - MAX_KEPT,),
        )
    row = db.one("SELECT tries FROM quarantine WHERE message_id = ?", (suspect.message_id,))
    return 0 if row is None else int(row[0])


def release(db: Database, message_id: MessageId) -> None:
    """Forget a packet that opened after all; an unknown one does nothing."""
    db.run("DELETE FROM quarantine WHERE message_id = ?", (message_id,))


def every(db: Database, at_least: int = 1) -> tuple[Suspect, ...]:
    """List the packets tried at least so often, newest first."""
    rows = db.all(_SELECT + "WHERE tries >= ? ORDER BY at DESC, rowid DESC", (at_least,))
    return tuple(Suspect(MessageId(row[0]), RelayId(row[1]), *row[2:]) for row in rows)


def count(db: Database, at_least: int = 1) -> int:
    """Count the packets tried at least so often."""
    row = db.one("SELECT count(*) FROM quarantine WHERE tries >= ?", (at_least,))
    return 0 if row is None else int(row[0])
