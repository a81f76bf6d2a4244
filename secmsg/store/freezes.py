"""What keeps sending back: our own store, or a peer's, is an old copy or has a second one (docs/spec/rollback.md).

An entry stays when it is ended, with the word by which it was.
"""

from dataclasses import dataclass

from secmsg.ids import StationId
from secmsg.store.database import Database


@dataclass(frozen=True, slots=True)
class Freeze:
    """One cause: `peer` is whose store is doubted (0: our own), `witness` the station whose word it is (0: seen here).

    `ended_at` is None while it holds.
    """

    cause: str
    peer: int
    witness: int
    at: int
    detail: str
    ended_at: int | None = None
    ended_how: str = ""


def begin(db: Database, freeze: Freeze) -> bool:
    """Keep a cause unless the same one holds already; say whether it is new."""
    changed = db.run(
        "INSERT INTO freezes (cause, peer, witness, at, detail) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (freeze.cause, freeze.peer, freeze.witness, freeze.at, freeze.detail),
    )
    return changed == 1


def end(db: Database, peer: int, at: int, how: str) -> int:
    """End what holds about a store (0: our own) and say how many causes those were."""
    return db.run("UPDATE freezes SET ended_at = ?, ended_how = ? WHERE peer = ? AND ended_at IS NULL", (at, how, peer))


def holding(db: Database) -> tuple[Freeze, ...]:
    """List what holds, oldest first."""
    return tuple(each for each in every(db) if each.ended_at is None)


def every(db: Database) -> tuple[Freeze, ...]:
    """List what holds and what was ended, oldest first."""
    rows = db.all("SELECT cause, peer, witness, at, detail, ended_at, ended_how FROM freezes ORDER BY freeze_no")
    return tuple(Freeze(*row) for row in rows)


def holds(db: Database, peer: int) -> bool:
    """Say whether anything holds about a store (0: our own)."""
    return db.one("SELECT 1 FROM freezes WHERE peer = ? AND ended_at IS NULL", (peer,)) is not None


def claim(db: Database, peer: StationId, serial: int) -> None:
    """Note that a station has named a serial of ours; a lower one changes nothing."""
    db.run(
        "INSERT INTO claims (peer, serial) VALUES (?, ?) "
        "ON CONFLICT (peer) DO UPDATE SET serial = max(serial, excluded.serial)",
        (peer, serial),
    )


def claimed(db: Database, peer: StationId) -> int:
    """Return the highest serial of ours that a station has named and that we did not know, 0 for none."""
    row = db.one("SELECT serial FROM claims WHERE peer = ?", (peer,))
    return 0 if row is None else int(row[0])
