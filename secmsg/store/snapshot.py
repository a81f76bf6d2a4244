"""One state of the enciphered database, held while its file is read as it lies (docs/spec/backup.md 5, step 2).

The log is folded into the file and cut; from then on a second connection holds a read transaction on the file alone, so
that nothing is folded in until it ends: writers go on in the log. Everything here belongs to the store's thread; the
file may be read by any other.
"""

from dataclasses import dataclass
from pathlib import Path

from secmsg.errors import StoreError
from secmsg.store import database, registers
from secmsg.store.database import Database, Keys
from secmsg.wire.backup import BlobPieces, RegisterHead


@dataclass(frozen=True, slots=True)
class Facts:
    """What a state holds; `blobs` have no names yet, `size` is the file's."""

    size: int
    steps: int
    counter: int
    cables: int
    registers: tuple[RegisterHead, ...]
    blobs: tuple[BlobPieces, ...]


class Snapshot:
    """A held state; `end` lets the log go again."""

    def __init__(self, db: Database, held: Database, path: Path) -> None:
        self._db = db
        self._held: Database | None = held
        self.path = path

    def facts(self) -> Facts:
        """Read, in the state that is held, what the manifest says of it; StoreError after its end."""
        if self._held is None:
            raise StoreError("the state is not held any more")
        return facts(self._held, self.path.stat().st_size)

    def end(self) -> None:
        """Give the state up, and fold in what was written meanwhile; a second call does nothing."""
        held, self._held = self._held, None
        if held is not None:
            held.close()
            self._db.truncate_log()


def hold(db: Database, path: Path, keys: Keys) -> Snapshot:
    """Hold the state of a store now; StoreError when another is held already."""
    db.truncate_log()
    held = database.open_(path, keys)
    try:
        held.begin_reading()
        _check_empty(path.with_name(path.name + "-wal"))
    except BaseException:
        held.close()
        raise
    return Snapshot(db, held, path)


def _check_empty(log: Path) -> None:
    if log.exists() and log.stat().st_size:
        raise StoreError("the log of the store is held by another reader")


def facts(db: Database, size: int) -> Facts:
    """Count what a state holds."""
    kept = db.all("SELECT blob_key, size FROM blobs ORDER BY blob_key")
    return Facts(
        size,
        _number(db, "PRAGMA user_version"),
        _number(db, "SELECT value FROM state_counter WHERE one = 1"),
        _number(db, "SELECT count(*) FROM cables"),
        tuple(RegisterHead(*each) for each in registers.heads(db)),
        tuple(BlobPieces(bytes(key), int(size), ()) for key, size in kept),
    )


def _number(db: Database, sql: str) -> int:
    row = db.one(sql)
    return 0 if row is None else int(row[0])
