"""Looking into a backup of the opened store: proven whole, or the whole way back rehearsed (docs/spec/backup.md 6).

What is put together for it is the store's own ciphertext, in memory where there is room, else beside the store; it is
gone afterwards, and of a rehearsal its keys are destroyed first.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from secmsg.crypto.randomness import secret as draw
from secmsg.errors import BackupDamaged, NotFound, OtherBackup, StoreDamaged
from secmsg.ids import CableId
from secmsg.links.pouch import Cancelled, Progress
from secmsg.station import opening, reading, restoring
from secmsg.station.backup_views import BackupChecked
from secmsg.station.backups import Ask
from secmsg.station.desk import Desk
from secmsg.station.restoring import Medium
from secmsg.store import backup_folder, database, paths, registers, snapshot, vault
from secmsg.store import profile as profiles
from secmsg.store.backups import Test
from secmsg.store.database import Database
from secmsg.store.keyring import NoKeyring
from secmsg.store.pages import PAGE
from secmsg.store.paths import Home
from secmsg.store.vault import Passphrase
from secmsg.wire.backup import Manifest

_RAM = Path("/dev/shm")  # noqa: S108 - a private folder is made there, and only ciphertext is put into it
_MARGIN = 64 * 1024 * 1024
Look = Callable[[Medium, Path], bool]
"""Looks at a database that was put together in a private folder; says whether a cable of it was read."""


def verify(ask: Ask, where: Path, *, progress: Progress, cancelled: Cancelled) -> BackupChecked:
    """Prove that a backup is whole by opening it: every piece, the database's own codes, chains, counts.

    The result is on record. OtherBackup, BackupAhead, StoreNewer, BackupDamaged, NotFound, DiskFull, MediumFailed,
    TransferStopped.
    """

    def look(medium: Medium, root: Path) -> bool:
        db = database.open_(Home(root).database, ask(lambda room: room.database_keys()))
        try:
            db.check()
            _compare(db, medium.manifest)
        finally:
            db.close()
        return False

    return _tested(ask, where, Test.VERIFIED, look, progress, cancelled)


def rehearse(ask: Ask, where: Path, *, progress: Progress, cancelled: Cancelled) -> BackupChecked:
    """Go the way back into a private place and up to an opened store whose newest cable is read; then destroy it.

    The result is on record; the errors of `verify`.
    """

    def look(medium: Medium, root: Path) -> bool:
        opened, random = ask(lambda room: room.opened()), ask(lambda room: room.desk.random)
        policy, clock = ask(lambda room: (room.desk.policy, room.desk.clock))
        passphrase, cost = draw(random, vault.KEY_SIZE), opening.floor(policy)
        own = Passphrase(passphrase, None)
        vault.create(Home(root).vault, opened.store_id, opened.master, own, cost=cost, random=random)
        try:
            profile = profiles.open_by_passphrase(
                root, passphrase, keyring=NoKeyring(), floor=cost, now=clock(), random=random
            )
            try:
                profile.db.check()
                _compare(profile.db, medium.manifest)
                return _read_newest(opening.desk_of(profile, policy, clock, random, NoKeyring()))
            finally:
                profile.close()
        finally:
            profiles.erase(root, keyring=NoKeyring(), random=random)

    return _tested(ask, where, Test.REHEARSED, look, progress, cancelled)


def _tested(ask: Ask, where: Path, test: Test, look: Look, progress: Progress, cancelled: Cancelled) -> BackupChecked:
    medium, copy = _found(ask, where)
    manifest = medium.manifest
    try:
        restoring.check_vault(manifest, copy)
        with _private(ask, manifest.size) as root:
            restoring.put_back(medium, root, 0, progress=progress, cancelled=cancelled, files=False)
            read = look(medium, root)
    except (BackupDamaged, StoreDamaged) as error:
        why = str(error)
        ask(lambda room: room.tested(manifest, test, why))
        raise BackupDamaged(why) from None
    known = ask(lambda room: room.tested(manifest, test, ""))
    sheet_now = ask(lambda room: room.opens_by_sheet(copy))
    return BackupChecked(manifest.made_at, manifest.cables, len(manifest.blobs), manifest.total, sheet_now, known, read)


def _found(ask: Ask, where: Path) -> tuple[Medium, bytes]:
    """Open the newest manifest of this store's backup in a folder, and read its vault copy."""
    keys = ask(lambda room: room.keys())
    folder = backup_folder.folder_in(where, keys.store_id)
    numbers = backup_folder.numbers(folder)
    if not numbers:
        if backup_folder.found_in(where):
            raise OtherBackup("there is a backup of another store in this folder, and none of this one")
        raise NotFound("there is no backup in this folder")
    manifest = restoring.read_manifest(folder, keys, numbers[0])
    ask(lambda room: room.check(manifest))
    try:
        copy = backup_folder.read(folder.vault(numbers[0]), vault.PAGES * PAGE)
    except NotFound:
        copy = b""
    return Medium(folder, keys, manifest), copy


@contextmanager
def _private(ask: Ask, size: int) -> Iterator[Path]:
    """Give a folder for a database of this size: in memory where there is room, else beside the store."""
    home = ask(lambda room: room.home())
    beside = _RAM if _has_room(_RAM, 2 * size + _MARGIN) else home.parent
    with paths.disk_errors():
        root = Path(tempfile.mkdtemp(prefix=".secmsg-", dir=beside))
    try:
        yield root
    finally:
        with suppress(OSError):
            shutil.rmtree(root)


def _has_room(folder: Path, size: int) -> bool:
    if not (hasattr(os, "statvfs") and folder.is_dir() and os.access(folder, os.W_OK)):
        return False
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize > size


def _compare(db: Database, manifest: Manifest) -> None:
    """Compare what the database holds with what the manifest says; StoreDamaged, BackupDamaged."""
    found = snapshot.facts(db, manifest.size)
    for head in found.registers:
        registers.verify(db, head.register)
    said = tuple(replace(each, names=()) for each in manifest.blobs)
    gone = {each.key for each in found.blobs} - {each.key for each in said}
    if (found.cables, found.registers) != (manifest.cables, manifest.registers):
        raise BackupDamaged("the backup holds other cables or registers than it says")
    if tuple(each for each in found.blobs if each.key not in gone) != said:
        raise BackupDamaged("the backup holds other files than it says")


def _read_newest(desk: Desk) -> bool:
    """Read the newest cable as the reader does; whether there is one."""
    row = desk.db.one("SELECT cable_id FROM cables ORDER BY cable_no DESC LIMIT 1")
    if row is None:
        return False
    reading.view(desk, CableId(row[0]))
    return True
