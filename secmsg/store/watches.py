"""What the two ends of each pair have told each other: the office's encoding, one row a peer (docs/spec/store.md 3)."""

from secmsg.ids import StationId
from secmsg.store.database import Database


def read(db: Database, peer: StationId) -> bytes | None:
    """Return the encoded watch over a pair, None before it began."""
    row = db.one("SELECT body FROM pair_watches WHERE peer = ?", (peer,))
    return None if row is None else bytes(row[0])


def every(db: Database) -> tuple[tuple[StationId, bytes], ...]:
    """List the encoded watches by peer."""
    return tuple(
        (StationId(peer), bytes(body)) for peer, body in db.all("SELECT peer, body FROM pair_watches ORDER BY peer")
    )


def keep(db: Database, peer: StationId, body: bytes, now: int) -> None:
    """Keep the encoded watch over a pair."""
    db.run(
        "INSERT INTO pair_watches (peer, body, changed_at) VALUES (?, ?, ?) "
        "ON CONFLICT (peer) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at",
        (peer, body, now),
    )
