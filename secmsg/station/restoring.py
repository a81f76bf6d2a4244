"""Coming back from a backup: the sheet opens it, and a profile stands under its name complete or not at all.

Source: docs/spec/backup.md 7. What came back is frozen until two persons have answered (docs/spec/rollback.md 5).
"""

import os
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from secmsg.config import PRODUCTION, Policy
from secmsg.crypto import hashing
from secmsg.crypto.randomness import Random, system
from secmsg.errors import (
    BackupAhead,
    BackupDamaged,
    NotAllowed,
    NotFound,
    StoreError,
    StoreExists,
    StoreNewer,
    TransferStopped,
)
from secmsg.ids import BlobKey
from secmsg.links.pouch import Cancelled, Progress
from secmsg.office.copies import Cause
from secmsg.station import alarms, notices, opening, passphrases
from secmsg.station import desk as desks
from secmsg.station.anew import Choose, who_goes_on
from secmsg.station.backup_views import Restored
from secmsg.station.clocks import system_clock
from secmsg.station.desk import Clock, Desk
from secmsg.station.freezing import OWN
from secmsg.station.passphrases import Kind
from secmsg.station.sheets import Paper
from secmsg.station.unlock import ByRecovery, Unlock
from secmsg.station.views import NoticeKind
from secmsg.store import backup_folder, backup_seal, database, freezes, paths, vault
from secmsg.store import backups as rows
from secmsg.store import profile as profiles
from secmsg.store.backup_folder import BackupFolder
from secmsg.store.backup_seal import BackupKeys
from secmsg.store.backups import Holding
from secmsg.store.blobs import BlobFiles
from secmsg.store.freezes import Freeze
from secmsg.store.keyring import Keyring, NoKeyring, system_keyring
from secmsg.store.pages import PAGE
from secmsg.store.paths import Home
from secmsg.store.vault import Sheet
from secmsg.wire.backup import BLOB_PIECE, DATABASE_PIECE, Manifest

CLOCK_SLACK_S = 86_400
"""A backup made later than this after now was made in the future."""
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Medium:
    """Where a backup is, its manifest and the keys that opened it."""

    folder: BackupFolder
    keys: BackupKeys
    manifest: Manifest


def restore(
    source: Path,
    home: Path,
    sheet: Unlock,
    new: Unlock,
    keep: Callable[[Paper], None],
    policy: Policy = PRODUCTION,
    *,
    keyring: Keyring | None = None,
    clock: Clock = system_clock,
    random: Random = system,
    progress: Progress = lambda _done, _total: None,
    cancelled: Cancelled = lambda: False,
    officer: int = 0,
    choose: Choose | None = None,
) -> Restored:
    """Make the profile `home` from the backup in `source`, with a new passphrase, keyring half and recovery sheet.

    `keep` gets the new sheet and must have it on the medium when it returns. The store is frozen (`restored`). Whatever
    stops before the end leaves no profile, and the old sheet restores again. `officer` is who goes on (0: the only
    one); `choose` is asked where there are several and none is named. What `keep` or `choose` raises ends it.
    StoreExists, NotFound, WrongPassphrase, NotAllowed (no sheet, no passphrase, several backups there), BackupDamaged,
    BackupAhead, StoreNewer, DiskFull, MediumFailed, TransferStopped.
    """
    if not isinstance(sheet, ByRecovery):
        raise NotAllowed("the recovery sheet is needed here, not a passphrase")
    opening.self_test()
    opening.passphrase_of(new)
    paths.private_umask()
    _check_free(home)
    held = system_keyring() if keyring is None else keyring
    with _staged(home, random) as staging:
        medium = _opened(only(source), staging, sheet, policy, random)
        check_time(medium.manifest, clock())
        put_back(medium, staging, clock() // _DAY, progress=progress, cancelled=cancelled)
        _freeze(medium.manifest, staging, sheet, policy, held, clock, random)
        with passphrases.recovering(
            staging, Kind.STATION, sheet, policy, keyring=held, clock=clock, random=random
        ) as recovery:
            renewed = recovery.finish(new, keep, officer or who_goes_on(recovery, choose))
        with paths.disk_errors():
            # An empty folder of that name may be there; anything else in its place refuses the rename.
            staging.rename(home)
            paths.sync_directory(home.parent)
    manifest = medium.manifest
    return Restored(manifest.made_at, manifest.cables, len(manifest.blobs), renewed.bound)


def check_time(manifest: Manifest, now: int) -> None:
    """Refuse a backup that this program or this machine's clock cannot know of: StoreNewer, BackupAhead."""
    if manifest.steps > len(database.migrations()):
        raise StoreNewer("the backup was written by a newer version of the program")
    if manifest.made_at > now + CLOCK_SLACK_S:
        raise BackupAhead("the backup was made later than this machine's clock says now")


def read_manifest(folder: BackupFolder, keys: BackupKeys, number: int) -> Manifest:
    """Open the manifest of a number; BackupDamaged when it is another's, and the errors of `backup_seal.open_`."""
    manifest = backup_seal.open_(keys, backup_folder.read_manifest(folder, number))
    if manifest.number != number:
        raise BackupDamaged("the files of the backup do not fit together")
    return manifest


def check_vault(manifest: Manifest, copy: bytes) -> None:
    """Refuse a vault copy that is not the manifest's; BackupDamaged."""
    if not hashing.equal(manifest.vault, hashing.content(copy)):
        raise BackupDamaged("the vault of the backup was changed")


def put_back(
    medium: Medium, root: Path, day: int, *, progress: Progress, cancelled: Cancelled, files: bool = True
) -> None:
    """Write the database, and with `files` the blobs, into a folder; each piece is compared before it is used.

    Without `files` the blobs' pieces are compared and not written. BackupDamaged says how many pieces are not right.
    """
    taking = _Taking(medium, progress, cancelled)
    manifest, home = medium.manifest, Home(root)
    with paths.disk_errors():
        descriptor = paths.open_private(home.database, create=True)
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            for name, size in taking.sized(manifest.names, manifest.size, DATABASE_PIECE):
                file.write(taking.piece(name, size))
            os.fsync(descriptor)
    paths.make_directory(home.blobs)
    kept = BlobFiles(home.blobs)
    for blob in manifest.blobs:
        pieces = (taking.piece(name, size) for name, size in taking.sized(blob.names, blob.size, BLOB_PIECE))
        if files:
            kept.write(BlobKey(blob.key), partial(_fill, pieces), day)
        else:
            deque(pieces, maxlen=0)
    taking.check()
    with paths.disk_errors():
        paths.sync_directory(root)


def _fill(pieces: Iterable[bytes], file: BinaryIO) -> None:
    file.writelines(pieces)


class _Taking:
    """Pieces on their way back; those that are not right are counted, so that the error says how much lacks."""

    def __init__(self, medium: Medium, progress: Progress, cancelled: Cancelled) -> None:
        self._medium, self._progress, self._cancelled = medium, progress, cancelled
        self._done = self._bad = self._count = 0

    def sized(self, names: tuple[bytes, ...], size: int, most: int) -> Iterator[tuple[bytes, int]]:
        """Give the names of a file's pieces with their sizes."""
        for at, name in enumerate(names):
            yield name, min(most, size - at * most)

    def piece(self, name: bytes, size: int) -> bytes:
        """Return a piece; zeros in the place of one that is not right."""
        if self._cancelled():
            raise TransferStopped("the officer ended it")
        self._count += 1
        content = self._read(name, size)
        if content is None:
            self._bad += 1
        self._done += size
        self._progress(self._done, self._medium.manifest.total)
        return bytes(size) if content is None else content

    def _read(self, name: bytes, size: int) -> bytes | None:
        with suppress(NotFound, BackupDamaged):
            content = backup_folder.read(self._medium.folder.piece(name), size)
            if hashing.equal(backup_seal.name(self._medium.keys, content), name):
                return content
        return None

    def check(self) -> None:
        """Refuse a backup of which a piece was not right."""
        if self._bad:
            raise BackupDamaged(f"{self._bad} of {self._count} pieces of the backup are missing or were changed")


@contextmanager
def _staged(home: Path, random: Random) -> Iterator[Path]:
    """Give a private folder beside the profile's place, cleared of what an earlier try left; gone after a failure."""
    staging = home.with_name(f".{home.name}.restoring")
    clear(staging, random)
    paths.make_directory(staging)
    try:
        yield staging
    except BaseException:
        with suppress(StoreError):
            clear(staging, random)
        raise


def clear(root: Path, random: Random) -> None:
    """Destroy the keys of a profile that never got its name, then its files."""
    if root.is_symlink():
        raise StoreExists("something else lies in the place where the store is put together")
    if root.exists():
        profiles.erase(root, keyring=NoKeyring(), random=random)
        with paths.disk_errors():
            shutil.rmtree(root)


def _check_free(home: Path) -> None:
    with paths.disk_errors():
        if home.is_symlink() or home.is_file() or (home.is_dir() and any(home.iterdir())):
            raise StoreExists("there is something in this folder already")


def only(source: Path) -> BackupFolder:
    """Give the one backup in a folder or the folder itself; NotFound, NotAllowed where there are several."""
    found = backup_folder.found_in(source)
    if not found:
        raise NotFound("there is no backup in this folder")
    if len(found) > 1:
        raise NotAllowed("there are backups of several stores in this folder: name one of them")
    return found[0]


def _opened(folder: BackupFolder, staging: Path, sheet: ByRecovery, policy: Policy, random: Random) -> Medium:
    """Open the newest whole backup of a folder, and leave its vault copy in `staging`."""
    first: StoreError | None = None
    for number in backup_folder.numbers(folder):
        try:
            copy = backup_folder.read(folder.vault(number), vault.PAGES * PAGE)
            path = Home(staging).vault
            path.unlink(missing_ok=True)
            _write(path, copy)
            opened = vault.open_(path, Sheet(sheet.recovery), floor=opening.floor(policy), random=random)
            keys = backup_seal.derive(opened.store_id, opened.master)
            manifest = read_manifest(folder, keys, number)
            check_vault(manifest, copy)
        except (BackupDamaged, NotFound) as error:
            first = first or error
        else:
            return Medium(folder, keys, manifest)
    raise BackupDamaged("no backup in this folder is whole") if isinstance(first, NotFound) or not first else first


def _write(path: Path, content: bytes) -> None:
    with paths.disk_errors(), os.fdopen(paths.open_private(path, create=True), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _freeze(
    manifest: Manifest, root: Path, sheet: ByRecovery, policy: Policy, keyring: Keyring, clock: Clock, random: Random
) -> None:
    """Write into the store, before anybody can open it, that it came back from a backup."""
    profile = opening.open_profile(root, sheet, policy, keyring=keyring, clock=clock, random=random)
    try:
        came_back(opening.desk_of(profile, policy, clock, random, keyring), manifest)
    finally:
        profile.close()


def came_back(desk: Desk, manifest: Manifest) -> None:
    """Freeze a store that came back, tell headquarters so, and say that the backup it came from stands."""
    now = desk.now()
    with desk.db.transaction():
        freezes.begin(desk.db, Freeze(Cause.RESTORED.value, OWN, OWN, now, f"{manifest.made_at}"))
        if desks.joined(desk):
            alarms.prepare(desk, now)
            notices.add(desk, NoticeKind.FROZEN, now, "this store came back from a backup")
        for line in rows.in_folder(desk.db, manifest.folder_id):
            # Its own line is begun in the state that it holds, and never ended there.
            if line.made_at is None and line.begun_at == manifest.made_at:
                holding = Holding(
                    manifest.number, manifest.counter, manifest.cables, len(manifest.blobs), manifest.total, 0
                )
                rows.stands(desk.db, line.number, holding, manifest.made_at)
