"""Making a backup: what is new is written, made durable, and only then named by a manifest (docs/spec/backup.md 5).

The steps on the store's thread are short; everything that takes long is read and written here, as ciphertext.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from io import FileIO
from pathlib import Path

from secmsg.crypto import hashing
from secmsg.crypto.hashing import Buffer
from secmsg.crypto.randomness import Random
from secmsg.errors import BackupDamaged, DiskFull, NotFound, StoreDamaged, StoreError, TransferStopped
from secmsg.ids import BlobKey
from secmsg.links.pouch import Cancelled, Progress
from secmsg.station import restoring
from secmsg.station.backup_views import BackupMade
from secmsg.station.backups import Ask, Load
from secmsg.store import backup_folder, backup_seal, paths
from secmsg.store.backup_folder import BackupFolder
from secmsg.store.backup_seal import BackupKeys
from secmsg.store.backups import Holding
from secmsg.store.blobs import BlobFiles
from secmsg.wire.backup import BLOB_PIECE, DATABASE_PIECE, BlobPieces, Manifest

GROUP = 64
"""Pieces that are made durable together, while the next ones are read."""


def make(ask: Ask, where: Path, *, progress: Progress, cancelled: Cancelled, trust: bool = True) -> BackupMade:
    """Make a backup into a folder below `where`; only what is not there yet is written.

    Without `trust`, pieces that are there are read and compared first; so they are after a test that failed.
    OtherBackup, BackupAhead, StoreNewer before anything is written; DiskFull, MediumFailed, TransferStopped: the one
    before stands.
    """
    keys, files = ask(lambda room: room.keys()), ask(lambda room: room.desk.files)
    folder = backup_folder.folder_in(where, keys.store_id)
    before = newest(folder, keys)
    if before is not None:
        found = before
        ask(lambda room: room.check(found))
        trust = trust and not ask(lambda room: room.last_test_failed(found))
    load = ask(lambda room: room.begin(str(folder.root), before))
    try:
        random = ask(lambda room: room.desk.random)
        with _Writing(folder, keys, before if trust else None, progress, cancelled) as writing:
            manifest = _write(ask, writing, load, files, before)
        _name(folder, keys, manifest, load.vault, random)
    except BaseException as error:
        reason = type(error).__name__
        with suppress(StoreError):
            ask(lambda room: room.not_made(load, reason))
        raise
    finally:
        ask(lambda _: load.snapshot.end())
    # Only now: whatever stopped before this line, the manifest before and its pieces are there.
    backup_folder.clear(folder, manifest.number, manifest.every_name)
    holding = Holding(
        manifest.number, manifest.counter, manifest.cables, len(manifest.blobs), manifest.total, writing.written
    )
    return ask(lambda room: room.made(load, holding))


def newest(folder: BackupFolder, keys: BackupKeys) -> Manifest | None:
    """Return the highest manifest that opens, None when there is none; OtherBackup, StoreNewer, MediumFailed."""
    for number in backup_folder.numbers(folder):
        with suppress(BackupDamaged, NotFound):
            return restoring.read_manifest(folder, keys, number)
    return None


def _write(ask: Ask, writing: "_Writing", load: Load, files: BlobFiles, before: Manifest | None) -> Manifest:
    facts = load.facts
    writing.begin(facts.size + sum(each.size for each in facts.blobs))
    # Files first: they never change, so a making that is cut off has done most of the work of the next.
    known = {each.key: each for each in before.blobs} if before is not None else {}
    blobs = [kept for each in facts.blobs if (kept := _blob(ask, writing, files, each, known.get(each.key)))]
    with load.snapshot.path.open("rb", buffering=0) as file:
        names = tuple(writing.keep(piece) for piece in _pieces(file, facts.size, DATABASE_PIECE))
    return Manifest(
        number=load.number,
        folder_id=load.line.folder_id,
        made_at=load.made_at,
        steps=facts.steps,
        station=load.station,
        counter=facts.counter,
        cables=facts.cables,
        registers=facts.registers,
        size=facts.size,
        names=names,
        blobs=tuple(blobs),
        vault=hashing.content(load.vault),
    )


def _blob(
    ask: Ask, writing: "_Writing", files: BlobFiles, blob: BlobPieces, before: BlobPieces | None
) -> BlobPieces | None:
    """Keep a blob; None for one that was destroyed since the state was held."""
    if before is not None and before.size == blob.size and writing.there(before):
        return before
    key = BlobKey(blob.key)
    try:
        with files.open(key) as file:
            names = tuple(writing.keep(piece) for piece in _pieces(file, blob.size, BLOB_PIECE))
    except StoreDamaged:
        if ask(lambda room: room.is_kept(key)):
            raise
        return None
    return replace(blob, names=names)


def _pieces(file: FileIO, size: int, most: int) -> Iterator[memoryview]:
    """Give a file in pieces, each to be used before the next is asked for; StoreDamaged when the file ends early."""
    room = memoryview(bytearray(min(most, size)))
    for at in range(0, size, most):
        piece, filled = room[: min(most, size - at)], 0
        with paths.disk_errors():
            while filled < len(piece):
                count = file.readinto(piece[filled:])
                if not count:
                    raise StoreDamaged("a file of the store is shorter than it says")
                filled += count
        yield piece


def _name(folder: BackupFolder, keys: BackupKeys, manifest: Manifest, vault: bytes, random: Random) -> None:
    """Write the vault copy and then, last of all, the manifest; both are durable when this returns."""
    backup_folder.write_whole(folder, folder.vault(manifest.number), vault)
    backup_folder.write_whole(folder, folder.manifest(manifest.number), backup_seal.seal(keys, manifest, random))


class _Writing:
    """Pieces on their way: known ones are left, new ones are written, and made durable while the next are read."""

    def __init__(
        self, folder: BackupFolder, keys: BackupKeys, trusted: Manifest | None, progress: Progress, cancelled: Cancelled
    ) -> None:
        self._folder, self._keys = folder, keys
        self._trusted = frozenset() if trusted is None else trusted.every_name
        self._progress, self._cancelled = progress, cancelled
        self._fresh: list[bytes] = []
        self._named: list[bytes] = []
        self._settling: list[Future[None]] = []
        self._done = self._total = 0
        self._kept: set[bytes] = set()
        self._pool = ThreadPoolExecutor(1, "backup")
        self.written = 0

    def __enter__(self) -> "_Writing":
        backup_folder.prepare(self._folder)
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self._settle()
                for each in self._settling:
                    each.result()
                backup_folder.settle_names(self._folder, self._named)
        finally:
            self._pool.shutdown(cancel_futures=True)

    def begin(self, total: int) -> None:
        """Take the measure; DiskFull before a byte is written, where a first backup has no room."""
        self._total = total
        room = backup_folder.room(self._folder)
        if not self._trusted and room is not None and not backup_folder.numbers(self._folder) and room < total:
            raise DiskFull(f"the medium has no room for {total} bytes")

    def keep(self, piece: Buffer) -> bytes:
        """Let a piece be in the folder, and return its name; TransferStopped when the officer has ended it."""
        if self._cancelled():
            raise TransferStopped("the officer ended it")
        name = backup_seal.name(self._keys, piece)
        if name not in self._kept and not self._is_there(name, len(piece)):
            backup_folder.write_piece(self._folder, name, piece)
            self.written += len(piece)
            self._fresh.append(name)
            if len(self._fresh) >= GROUP:
                self._settle()
        self._kept.add(name)
        self._told(len(piece))
        return name

    def there(self, blob: BlobPieces) -> bool:
        """Say whether every piece of a blob is in the folder, and count it as kept then."""
        sizes = [min(BLOB_PIECE, blob.size - at * BLOB_PIECE) for at in range(len(blob.names))]
        if not all(self._is_there(name, size) for name, size in zip(blob.names, sizes, strict=True)):
            return False
        self._kept.update(blob.names)
        self._told(blob.size)
        return True

    def _is_there(self, name: bytes, size: int) -> bool:
        path = self._folder.piece(name)
        if backup_folder.size_of(path) != size:
            return False
        if name in self._trusted:
            return True
        # Left by a making that was cut off: its length may be there before its bytes are.
        if backup_seal.name(self._keys, backup_folder.read(path, size)) != name:
            return False
        self._fresh.append(name)
        return True

    def _settle(self) -> None:
        names, self._fresh = tuple(self._fresh), []
        self._named.extend(names)
        self._settling.append(self._pool.submit(backup_folder.settle, self._folder, names))

    def _told(self, size: int) -> None:
        self._done += size
        self._progress(self._done, self._total)
