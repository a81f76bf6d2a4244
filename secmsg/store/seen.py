"""What was received before: envelopes by id and handshakes by ephemeral (docs/spec/store.md 3)."""

from secmsg.ids import MessageId
from secmsg.store.database import Database


def note_message(db: Database, message_id: MessageId, at: int) -> bool:
    """Note an envelope, in the transaction that takes it; answer whether it is new."""
    changed = db.run(
        "INSERT INTO seen_messages (message_id, at) VALUES (?, ?) ON CONFLICT DO NOTHING", (message_id, at)
    )
    return changed == 1


def has_message(db: Database, message_id: MessageId) -> bool:
    """Say whether an envelope was taken before."""
    return db.one("SELECT 1 FROM seen_messages WHERE message_id = ?", (message_id,)) is not None


def note_ephemeral(db: Database, ephemeral: bytes, until: int) -> bool:
    """Note a handshake's ephemeral hash (32 bytes) until its prekey is erased; answer whether it is new."""
    changed = db.run(
        "INSERT INTO seen_ephemerals (ephemeral, until) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (ephemeral, until),
    )
    return changed == 1


def has_ephemeral(db: Database, ephemeral: bytes) -> bool:
    """Say whether a handshake was taken before."""
    return db.one("SELECT 1 FROM seen_ephemerals WHERE ephemeral = ?", (ephemeral,)) is not None


def forget(db: Database, *, messages_before: int, now: int) -> None:
    """Forget envelopes taken before a time (none so old is still under way) and ephemerals past theirs."""
    db.run("DELETE FROM seen_messages WHERE at < ?", (messages_before,))
    db.run("DELETE FROM seen_ephemerals WHERE until <= ?", (now,))
