"""Backups made of this store: a log, and what their tests came to (docs/spec/backup.md 5 and 6).

A line is begun before the act. Only `made_at` says that a backup stands.
"""

from dataclasses import astuple, dataclass
from enum import Enum

from secmsg.errors import NotFound
from secmsg.store.database import Database

MAX_PLACE = 400


class Test(Enum):
    """What was done to find out whether a backup is good; the value begins its two columns."""

    __test__ = False

    VERIFIED = "verified"
    REHEARSED = "rehearsed"


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """One line; of a test, `…_how` is "" for a good one and says otherwise what was wrong."""

    number: int
    folder_id: bytes
    place: str
    item: int | None
    officer: str
    begun_at: int
    made_at: int | None = None
    manifest: int = 0
    counter: int = 0
    cables: int = 0
    blobs: int = 0
    size: int = 0
    written: int = 0
    detail: str = ""
    verified_at: int | None = None
    verified_how: str = ""
    rehearsed_at: int | None = None
    rehearsed_how: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """What a backup that stands holds; `written` bytes were not in its folder before."""

    manifest: int
    counter: int
    cables: int
    blobs: int
    size: int
    written: int


_COLUMNS = (
    "backup_no, folder_id, place, item, officer, begun_at, made_at, manifest, counter, cables, blobs, bytes, written, "
    "detail, verified_at, verified_how, rehearsed_at, rehearsed_how"
)


def begin(db: Database, folder_id: bytes, place: str, item: int | None, officer: str, now: int) -> int:
    """Begin a line before the act and return its number."""
    return db.insert(
        "INSERT INTO backups (folder_id, place, item, officer, begun_at) VALUES (?, ?, ?, ?, ?)",
        (folder_id, place[-MAX_PLACE:], item, officer, now),
    )


def stands(db: Database, number: int, holding: Holding, now: int) -> None:
    """Note that the backup of a line stands whole on its medium."""
    db.run(
        "UPDATE backups SET made_at = ?, manifest = ?, counter = ?, cables = ?, blobs = ?, bytes = ?, written = ? "
        "WHERE backup_no = ?",
        (now, *astuple(holding), number),
    )


def fail(db: Database, number: int, detail: str) -> None:
    """Note why a backup does not stand."""
    db.run("UPDATE backups SET detail = ? WHERE backup_no = ?", (detail, number))


def tested(db: Database, number: int, test: Test, how: str, now: int) -> None:
    """Note what a test came to."""
    column = test.value
    db.run(
        f"UPDATE backups SET {column}_at = ?, {column}_how = ? WHERE backup_no = ?",  # noqa: S608 - our own words
        (now, how, number),
    )


def every(db: Database, limit: int = 1_000) -> tuple[KeptBackup, ...]:
    """List the log, newest first."""
    rows = db.all(f"SELECT {_COLUMNS} FROM backups ORDER BY backup_no DESC LIMIT ?", (limit,))  # noqa: S608 - as above
    return tuple(KeptBackup(*row) for row in rows)


def in_folder(db: Database, folder_id: bytes) -> tuple[KeptBackup, ...]:
    """List the lines of one folder, newest first."""
    return tuple(each for each in every(db) if each.folder_id == folder_id)


def read(db: Database, number: int) -> KeptBackup:
    """Return one line; NotFound."""
    for each in every(db):
        if each.number == number:
            return each
    raise NotFound("no such backup is known here")
