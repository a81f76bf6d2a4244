"""A relay's copy on another disk: made while it serves, checked, and put back into an empty folder.

What came after the copy is lost at the relay that is put back, and nowhere else: senders keep an envelope until the far
machine has signed for it, and receivers know what they have seen (docs/spec/relay-api.md 8).
"""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass

from secmsg.errors import DiskFull, StoreDamaged, StoreExists
from secmsg.relay import boxes_sqlite
from secmsg.relay import home as homes
from secmsg.relay.blobs_disk import BlobFiles, sync_folder, write_all
from secmsg.relay.boxes_sqlite import SEQ_STEP, BlobRow
from secmsg.relay.home import Home

_PIECE = 1_048_576


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found: how much there is, how many files have no row, and everything that is wrong."""

    messages: int
    blobs: int
    orphans: int
    problems: tuple[str, ...]


def backup(home: Home, target: Home) -> Health:
    """Copy a relay, which may be serving, into a new folder and check the copy; StoreExists, DiskFull.

    The copy holds the TLS key that every kit pins: it belongs where the relay's own folder may lie, and nowhere else.
    """
    homes.load(home)
    _copy(home, target)
    return _sound(target)


def restore(home: Home, source: Home) -> Health:
    """Put a copy back into an empty folder; StoreExists over anything that is there, StoreDamaged for a bad copy.

    Messages get numbers above all that the lost relay can have given: an acknowledgement still on its way, made for a
    number that the copy does not know, would otherwise delete a message that nobody has read.
    """
    homes.load(source)
    _sound(source)
    _copy(source, home, above=True)
    return _sound(home)


def check(home: Home) -> Health:
    """Read everything once: the database's pages, its counts against its rows, its blob rows against the files."""
    homes.load(home)
    try:
        with closing(boxes_sqlite.connect_reader(home.database)) as connection:
            connection.execute("BEGIN")
            problems = [*_pages(connection), *_counts(connection)]
            rows = boxes_sqlite.blob_rows(connection)
            messages = boxes_sqlite.counts(connection).messages
    except sqlite3.DatabaseError as error:
        return Health(0, 0, 0, (f"the database cannot be read: {error}",))
    files = BlobFiles(home.blobs)
    lacking = [row for row in rows if (files.size(row.name) or 0) < row.received and _still(home, row)]
    if lacking:
        problems.append(f"{len(lacking)} blobs lack bytes that their rows promise")
    known = {row.name for row in rows}
    orphans = sum(1 for name in files.names() if name not in known)
    return Health(messages, len(rows), orphans, tuple(problems))


def _sound(home: Home) -> Health:
    found = check(home)
    if found.problems:
        raise StoreDamaged(f"the copy is damaged: {'; '.join(found.problems)}")
    return found


def _pages(connection: sqlite3.Connection) -> list[str]:
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(10)")]
    return [] if found == ["ok"] else found


def _counts(connection: sqlite3.Connection) -> list[str]:
    wrong: int = connection.execute(
        "SELECT count(*) FROM boxes WHERE (held, held_bytes) IS NOT"
        " (SELECT count(*), coalesce(sum(length(body)), 0) FROM messages WHERE box_id = boxes.id)"
    ).fetchone()[0]
    lost: int = connection.execute(
        "SELECT count(*) FROM messages WHERE box_id NOT IN (SELECT id FROM boxes)"
    ).fetchone()[0]
    problems = [f"{wrong} mailboxes do not hold what they count"] if wrong else []
    return [*problems, f"{lost} messages belong to no mailbox"] if lost else problems


def _still(home: Home, row: BlobRow) -> bool:
    """Say whether a row is still there: a blob may be deleted while it is checked."""
    with closing(boxes_sqlite.connect_reader(home.database)) as connection:
        return boxes_sqlite.find_blob(connection, row.name) == row


def _copy(source: Home, target: Home, *, above: bool = False) -> None:
    if target.path.exists() and (not target.path.is_dir() or any(target.path.iterdir())):
        raise StoreExists(f"{target.path} is not empty: a copy is written over nothing")
    try:
        target.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        target.path.chmod(0o700)
        for path in (source.certificate, source.key, source.page):
            if path.is_file():
                homes.write(target.path / path.name, path.read_bytes())
        _copy_database(source, target, above=above)
        _copy_blobs(source, target)
        sync_folder(target.path)
        # Last, as when a relay is made: a folder without it was never finished.
        homes.write(target.settings, source.settings.read_bytes())
        sync_folder(target.path)
    except OSError as error:
        raise DiskFull(f"the copy could not be written: {error.strerror}") from None


def _copy_database(source: Home, target: Home, *, above: bool) -> None:
    homes.write(target.database, b"")
    with (
        closing(boxes_sqlite.connect_reader(source.database)) as old,
        closing(sqlite3.connect(target.database, isolation_level=None)) as new,
    ):
        # In one piece: one moment of the database, and who deposits meanwhile does not make it begin anew.
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")
        new.execute("PRAGMA synchronous = FULL")
        if above:
            new.execute("UPDATE boxes SET next_seq = (next_seq / ? + 1) * ? + 1", (SEQ_STEP, SEQ_STEP))
    file = os.open(target.database, os.O_RDWR | os.O_CLOEXEC)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _copy_blobs(source: Home, target: Home) -> None:
    target.blobs.mkdir(mode=0o700)
    old, new = BlobFiles(source.blobs), BlobFiles(target.blobs)
    with closing(sqlite3.connect(target.database, isolation_level=None)) as connection:
        for row in boxes_sqlite.blob_rows(connection):
            if old.size(row.name) is None:
                # Deleted since the database was copied.
                boxes_sqlite.remove_blob(connection, row.name)
                continue
            new.create(row.name)
            with old.reading(row.name) as read, new.writing(row.name) as write:
                offset = 0
                while offset < row.received and (piece := os.pread(read, min(_PIECE, row.received - offset), offset)):
                    write_all(write, piece, offset)
                    offset += len(piece)
                os.fsync(write)
