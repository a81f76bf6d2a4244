"""Blobs: annexes as the ciphertext they travel in, one file each, and what is still going up or coming down.

Source: docs/spec/store.md 8. Order of making: file, fsync, directories, then the row; a file without a row is
an orphan and is swept at the next start, a row without a file is damage. Names are random, times are set to
the day.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from secmsg.crypto.randomness import Random
from secmsg.errors import NotFound, StoreDamaged
from secmsg.ids import BlobId, BlobKey, CableId, RelayId
from secmsg.store import paths
from secmsg.store.database import Database

DAY = 86_400
_KEY_SIZE = 16


class AnnexState(IntEnum):
    """Where an annex stands; only READY may be opened."""

    WAITING = 1
    DOWNLOADING = 2
    READY = 3
    DAMAGED = 4


class DownloadPurpose(IntEnum):
    """What a blob under way holds."""

    ANNEX = 1
    CABLE = 2


@dataclass(frozen=True, slots=True)
class Blob:
    """A complete ciphertext file of `size` bytes."""

    key: BlobKey
    size: int


@dataclass(frozen=True, slots=True)
class KeptAnnex:
    """One annex of a cable.

    `slip` is the encoded slip with the key, `blob_key` None until the blob is complete.
    """

    cable_id: CableId
    position: int
    state: AnnexState
    slip: bytes = field(repr=False)
    blob_key: BlobKey | None


@dataclass(frozen=True, slots=True)
class Upload:
    """A blob going up to a relay; `uploader` is the sender's capability there."""

    blob_key: BlobKey
    relay_id: RelayId
    blob_id: BlobId
    uploader: bytes = field(repr=False)
    cable_id: CableId | None
    position: int
    total: int
    done: int
    attempts: int
    next_try_at: int
    finished_at: int | None = None
    detail: str = ""
    paused_at: int | None = None


@dataclass(frozen=True, slots=True)
class Download:
    """A blob coming down into `partial(key)`.

    `context` is the station's own and `limit` the most bytes to take.
    """

    blob_key: BlobKey
    purpose: DownloadPurpose
    cable_id: CableId | None
    position: int
    slip: bytes = field(repr=False)
    context: bytes = field(repr=False)
    limit: int
    done: int
    total: int
    attempts: int
    next_try_at: int
    detail: str = ""
    damaged: int = 0
    paused_at: int | None = None


# --- files --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BlobFiles:
    """The directory of ciphertext files: ab/cd/abcd… by random name.

    Needs no database and no thread of its own.
    """

    root: Path

    def path(self, key: BlobKey) -> Path:
        """Return where a complete blob lies."""
        name = key.hex()
        return self.root / name[:2] / name[2:4] / name

    def partial(self, key: BlobKey) -> Path:
        """Return where a blob under way is written."""
        path = self.path(key)
        return path.with_name(path.name + ".part")

    def prepare(self, key: BlobKey) -> Path:
        """Make the directories of a blob and return the path of its partial file."""
        path = self.partial(key)
        for directory in (self.root, path.parent.parent, path.parent):
            paths.make_directory(directory)
        return path

    def write(self, key: BlobKey, fill: Callable[[BinaryIO], object], day: int) -> Blob:
        """Write a new blob through `fill` and make it durable.

        Nothing is left when `fill` or the disk fails.
        """
        path = self.prepare(key)
        try:
            with paths.disk_errors(), os.fdopen(paths.open_private(path, create=True), "wb") as file:
                fill(file)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return self.finish(key, day)

    def finish(self, key: BlobKey, day: int) -> Blob:
        """Turn a complete partial file into the blob: fsync, name, directories. The row comes after this."""
        partial, path = self.partial(key), self.path(key)
        with paths.disk_errors():
            descriptor = paths.open_private(partial)
            try:
                os.fsync(descriptor)
                size = os.fstat(descriptor).st_size
            finally:
                os.close(descriptor)
            # The time of an annex must not say when a cable was read or written.
            os.utime(partial, (day * DAY, day * DAY))
            partial.replace(path)
            paths.sync_directory(path.parent)
        return Blob(key, size)

    def open(self, key: BlobKey) -> FileIO:
        """Open a blob for reading; StoreDamaged when its file is not there."""
        try:
            return os.fdopen(paths.open_private(self.path(key)), "rb", buffering=0)
        except NotFound:
            raise StoreDamaged("the file of a blob is not there") from None

    def erase(self, key: BlobKey) -> None:
        """Remove a blob's files; what makes it unreadable is that its key is erased from the database."""
        with paths.disk_errors():
            for path in (self.path(key), self.partial(key)):
                path.unlink(missing_ok=True)

    def names(self) -> tuple[BlobKey, ...]:
        """List the names of all files, complete or partial, without repeats."""
        found = set()
        for path in sorted(self.root.glob("*/*/*")):
            name = path.name.removesuffix(".part")
            if len(name) == 2 * _KEY_SIZE and all(c in "0123456789abcdef" for c in name):
                found.add(BlobKey(bytes.fromhex(name)))
        return tuple(sorted(found))


def new_key(random: Random) -> BlobKey:
    """Draw the name of a new blob."""
    return BlobKey(random(_KEY_SIZE))


def sweep(db: Database, files: BlobFiles) -> int:
    """Remove the files that no row names (a stop between file and row), at start; say how many blobs went."""
    known = {row[0] for row in db.all("SELECT blob_key FROM blobs UNION SELECT blob_key FROM downloads")}
    orphans = [key for key in files.names() if key not in known]
    for key in orphans:
        files.erase(key)
    return len(orphans)


# --- rows ---------------------------------------------------------------------------------------------------------


def keep(db: Database, blob: Blob, day: int) -> None:
    """Keep the row of a blob whose file is durable."""
    db.run("INSERT INTO blobs (blob_key, size, day) VALUES (?, ?, ?)", (blob.key, blob.size, day))


def size(db: Database, key: BlobKey) -> int:
    """Return a blob's size; NotFound."""
    row = db.one("SELECT size FROM blobs WHERE blob_key = ?", (key,))
    if row is None:
        raise NotFound("no such blob")
    return int(row[0])


def forget(db: Database, key: BlobKey) -> None:
    """Erase a blob's rows; erase the file after the commit. StoreError while an annex still names it."""
    db.run("DELETE FROM blobs WHERE blob_key = ?", (key,))


def keep_annex(db: Database, annex: KeptAnnex) -> None:
    """Keep an annex or its next state."""
    db.run(
        "INSERT INTO annexes (cable_id, position, state, slip, blob_key) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (cable_id, position) DO UPDATE SET state = excluded.state, slip = excluded.slip, "
        "blob_key = excluded.blob_key",
        (annex.cable_id, annex.position, annex.state, annex.slip, annex.blob_key),
    )


def annexes(db: Database, cable_id: CableId) -> tuple[KeptAnnex, ...]:
    """List a cable's annexes in order."""
    rows = db.all(
        "SELECT cable_id, position, state, slip, blob_key FROM annexes WHERE cable_id = ? ORDER BY position",
        (cable_id,),
    )
    return tuple(
        KeptAnnex(CableId(c), position, AnnexState(state), slip, None if key is None else BlobKey(key))
        for c, position, state, slip, key in rows
    )


def annex(db: Database, cable_id: CableId, position: int) -> KeptAnnex:
    """Return one annex; NotFound."""
    for found in annexes(db, cable_id):
        if found.position == position:
            return found
    raise NotFound("no such annex")


def end_annexes(db: Database, cable_id: CableId) -> tuple[BlobKey, ...]:
    """Erase the slips of a cable's annexes, and with them their keys; return the blobs that no other cable names."""
    keys = {each.blob_key for each in annexes(db, cable_id) if each.blob_key is not None}
    db.run("DELETE FROM annexes WHERE cable_id = ?", (cable_id,))
    free = tuple(key for key in sorted(keys) if db.one("SELECT 1 FROM annexes WHERE blob_key = ?", (key,)) is None)
    for key in free:
        forget(db, key)
    return free


def move_annex(db: Database, cable_id: CableId, position: int, state: AnnexState) -> None:
    """Set an annex's state; NotFound."""
    changed = db.run("UPDATE annexes SET state = ? WHERE cable_id = ? AND position = ?", (state, cable_id, position))
    if not changed:
        raise NotFound("no such annex")


# --- going up -----------------------------------------------------------------------------------------------------

_UPLOADS = (
    "SELECT blob_key, relay_id, blob_id, uploader, cable_id, position, total, done, attempts, next_try_at, "
    "finished_at, detail, paused_at FROM uploads "
)


def add_upload(db: Database, upload: Upload) -> None:
    """Note a blob that must go up to a relay."""
    u = upload
    db.run(
        "INSERT INTO uploads (blob_key, relay_id, blob_id, uploader, cable_id, position, total, done, attempts, "
        "next_try_at, finished_at, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            u.blob_key, u.relay_id, u.blob_id, u.uploader, u.cable_id, u.position, u.total, u.done, u.attempts,
            u.next_try_at, u.finished_at, u.detail,
        ),
    )  # fmt: skip


def uploads_due(db: Database, relay_id: RelayId, now: int) -> tuple[Upload, ...]:
    """List the blobs to send to a relay now, in order of entry."""
    return _uploads(db, "WHERE relay_id = ? AND finished_at IS NULL AND next_try_at <= ?", relay_id, now)


def uploads_of(db: Database, cable_id: CableId) -> tuple[Upload, ...]:
    """List the uploads of a cable, finished ones included."""
    return _uploads(db, "WHERE cable_id = ?", cable_id)


def every_upload(db: Database) -> tuple[Upload, ...]:
    """List every upload, finished ones included."""
    return _uploads(db, "WHERE true")


def upload_progress(db: Database, key: BlobKey, relay_id: RelayId, done: int) -> None:
    """Note how far an upload is, when the relay has said so."""
    db.run("UPDATE uploads SET done = ? WHERE blob_key = ? AND relay_id = ?", (done, key, relay_id))


def upload_failed(db: Database, key: BlobKey, relay_id: RelayId, next_try_at: int, detail: str) -> None:
    """Note that an upload stopped; it goes on from where the relay has it."""
    db.run(
        "UPDATE uploads SET attempts = attempts + 1, next_try_at = ?, detail = ? WHERE blob_key = ? AND relay_id = ?",
        (next_try_at, detail, key, relay_id),
    )


def upload_finished(db: Database, key: BlobKey, relay_id: RelayId, now: int) -> None:
    """Note that a relay has all of a blob."""
    db.run(
        "UPDATE uploads SET done = total, finished_at = ?, detail = '' WHERE blob_key = ? AND relay_id = ?",
        (now, key, relay_id),
    )


def relay_lost(db: Database, relay_id: RelayId, now: int) -> int:
    """Let every blob go up to a relay again, because it has lost what it held; say how many."""
    return db.run(
        "UPDATE uploads SET done = 0, finished_at = NULL, next_try_at = ? WHERE relay_id = ?", (now, relay_id)
    )


def relay_left(db: Database, relay_id: RelayId) -> None:
    """Forget the uploads to a relay that is taken out."""
    db.run("DELETE FROM uploads WHERE relay_id = ?", (relay_id,))


def _uploads(db: Database, where: str, *values: int | bytes) -> tuple[Upload, ...]:
    rows = db.all(_UPLOADS + where + " ORDER BY rowid", values)
    return tuple(
        Upload(
            BlobKey(key), RelayId(relay), BlobId(blob_id), uploader,
            None if cable is None else CableId(cable), *rest
        )
        for key, relay, blob_id, uploader, cable, *rest in rows
    )  # fmt: skip


# --- paused by the officer ----------------------------------------------------------------------------------------


def pause(db: Database, cable_id: CableId, position: int | None, at: int) -> int:
    """Let the blobs of an annex (None: of everything of the cable) rest; say how many transfers that touched."""
    return sum(
        db.run(
            f"UPDATE {table} SET paused_at = ? WHERE {where} AND paused_at IS NULL",  # noqa: S608 - our own words
            (at, cable_id, position, position),
        )
        for table, where in _UNDER_WAY
    )


def go_on(db: Database, cable_id: CableId, position: int | None, now: int) -> int:
    """Let paused transfers go on at once from where they stand; say how many that touched."""
    return sum(
        db.run(
            f"UPDATE {table} SET paused_at = NULL, next_try_at = ? "  # noqa: S608 - as above
            f"WHERE {where} AND paused_at IS NOT NULL",
            (now, cable_id, position, position),
        )
        for table, where in _UNDER_WAY
    )


_OF_CABLE = "cable_id = ? AND (? IS NULL OR position = ?)"
_UNDER_WAY = (("uploads", f"{_OF_CABLE} AND finished_at IS NULL"), ("downloads", _OF_CABLE))


# --- coming down --------------------------------------------------------------------------------------------------

_DOWNLOADS = (
    "SELECT blob_key, purpose, cable_id, position, slip, context, limit_size, done, total, attempts, next_try_at, "
    "detail, damaged, paused_at FROM downloads "
)


def add_download(db: Database, download: Download) -> None:
    """Note a blob that must come down."""
    d = download
    db.run(
        "INSERT INTO downloads (blob_key, purpose, cable_id, position, slip, context, limit_size, done, total, "
        "attempts, next_try_at, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            d.blob_key, d.purpose, d.cable_id, d.position, d.slip, d.context, d.limit, d.done, d.total, d.attempts,
            d.next_try_at, d.detail,
        ),
    )  # fmt: skip


def downloads_due(db: Database, now: int) -> tuple[Download, ...]:
    """List the blobs to fetch now, cables before annexes, then in order of entry."""
    return _downloads(db, "WHERE next_try_at <= ? ORDER BY purpose DESC, rowid", now)


def download_of(db: Database, cable_id: CableId, position: int) -> Download | None:
    """Return the download of an annex, None when none is under way."""
    found = _downloads(db, "WHERE cable_id = ? AND position = ? AND purpose = 1", cable_id, position)
    return found[0] if found else None


def download_progress(db: Database, key: BlobKey, done: int, total: int) -> None:
    """Note how far a download is."""
    db.run("UPDATE downloads SET done = ?, total = ? WHERE blob_key = ?", (done, total, key))


def download_failed(db: Database, key: BlobKey, next_try_at: int, detail: str, *, damaged: bool = False) -> None:
    """Note that a download stopped and goes on from the partial file's end, or that what came does not verify."""
    db.run(
        "UPDATE downloads SET attempts = attempts + 1, damaged = damaged + ?, next_try_at = ?, detail = ? "
        "WHERE blob_key = ?",
        (int(damaged), next_try_at, detail, key),
    )


def rename_download(db: Database, key: BlobKey, new: BlobKey) -> bool:
    """Let a download go on under another partial file; answer False when there is no such download any more."""
    return db.run("UPDATE downloads SET blob_key = ? WHERE blob_key = ?", (new, key)) == 1


def end_download(db: Database, key: BlobKey) -> None:
    """Forget a download that is complete (its blob is kept in the same transaction) or given up."""
    db.run("DELETE FROM downloads WHERE blob_key = ?", (key,))


def _downloads(db: Database, where: str, *values: int | bytes) -> tuple[Download, ...]:
    rows = db.all(_DOWNLOADS + where, values)
    return tuple(
        Download(
            BlobKey(key), DownloadPurpose(purpose), None if cable is None else CableId(cable), *rest
        )
        for key, purpose, cable, *rest in rows
    )  # fmt: skip
