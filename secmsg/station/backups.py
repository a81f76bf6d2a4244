"""Backups of an opened store: the room for screens and commands, and the steps that run on the store's thread.

Source: docs/spec/backup.md. The long work (`backup_making`, `backup_reading`) runs on the caller's thread and asks for
these steps; coming back is `restore`, which needs no opened store.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from secmsg.errors import BackupAhead
from secmsg.ids import BlobKey
from secmsg.office.materials import MAX_TITLE, Kind
from secmsg.station import desk as desks
from secmsg.station import keeping, material_ledger
from secmsg.station.backup_views import BackupLine, BackupMade, BackupStanding
from secmsg.station.desk import Desk
from secmsg.station.restoring import check_time, restore
from secmsg.store import backup_seal, database, snapshot, vault
from secmsg.store import backups as rows
from secmsg.store.backup_seal import BackupKeys
from secmsg.store.backups import Holding, KeptBackup, Test
from secmsg.store.database import Keys
from secmsg.store.profile import Profile
from secmsg.store.snapshot import Facts, Snapshot
from secmsg.store.vault import Opened
from secmsg.wire.backup import FOLDER_ID_SIZE, Manifest

__all__ = ["Ask", "Backups", "Load", "restore"]

T = TypeVar("T")


class Ask(Protocol):
    """Runs a step on the store's thread and waits for it."""

    def __call__(self, step: "Callable[[Backups], T]", /) -> T:
        """Return what the step returns, raise what it raises."""
        ...


@dataclass(frozen=True, slots=True)
class Load:
    """What a backup is made of: its line, the state that is held, the vault copy."""

    line: KeptBackup
    number: int
    made_at: int
    station: int
    facts: Facts
    snapshot: Snapshot = field(repr=False)
    vault: bytes = field(repr=False)


class Backups:
    """One object on the store's thread; each method that writes is one transaction. Errors are leaves of the tree."""

    def __init__(self, desk: Desk, profile: Profile) -> None:
        self._desk = desk
        self._profile = profile

    def list(self) -> tuple[BackupLine, ...]:
        """List the backups begun here, newest first."""
        return tuple(_line(each, kept) for kept in (rows.every(self._desk.db),) for each in kept)

    def standing(self) -> BackupStanding:
        """Say when a backup was last made, proven whole and rehearsed."""
        return standing(self._desk)

    # --- for the long work -----------------------------------------------------------------------------------------

    @property
    def desk(self) -> Desk:
        """Give the desk, for the station layer's own modules."""
        return self._desk

    def keys(self) -> BackupKeys:
        """Give the keys of this store's backups."""
        return backup_seal.derive(self._profile.store_id, self._profile.opened.master)

    def database_keys(self) -> Keys:
        """Give the keys of the database, to open a copy of it."""
        return database.derive_keys(self._profile.store_id, self._profile.opened.master)

    def opened(self) -> Opened:
        """Give what opened the vault."""
        return self._profile.opened

    def home(self) -> Path:
        """Give the folder of the profile."""
        return self._profile.home.root

    def opens_by_sheet(self, copy: bytes) -> bool:
        """Say whether the sheet that is in force now opens a vault copy."""
        return vault.same_sheet(self._profile.home.vault, self._profile.opened, copy)

    def check(self, manifest: Manifest) -> None:
        """Refuse a backup that is newer than this store, or that this program or clock cannot know of.

        StoreNewer, BackupAhead.
        """
        check_time(manifest, self._desk.now())
        if manifest.counter > (self._desk.db.counter or 0):
            raise BackupAhead("the backup counts more states than this store: this store is an older copy of itself")

    def begin(self, place: str, before: Manifest | None) -> Load:
        """Begin a line, hold the state, and give what goes into the backup; `before` is the folder's last manifest."""
        desk, now = self._desk, self._desk.now()
        with desk.db.transaction():
            line = _begun(desk, place, before, now)
        held = snapshot.hold(desk.db, self._profile.home.database, self.database_keys())
        try:
            copy = vault.backup_copy(self._profile.home.vault, self._profile.opened, random=desk.random)
            station = desks.own(desk).station if desks.joined(desk) else 0
            return Load(line, before.number + 1 if before else 1, now, station, held.facts(), held, copy)
        except BaseException:
            held.end()
            raise

    def is_kept(self, key: BlobKey) -> bool:
        """Say whether a blob still has its row: one that was destroyed meanwhile lacks in the backup, rightly."""
        return self._desk.db.one("SELECT 1 FROM blobs WHERE blob_key = ?", (key,)) is not None

    def made(self, load: Load, holding: Holding) -> BackupMade:
        """Say that the backup stands on its medium."""
        now = self._desk.now()
        with self._desk.db.transaction():
            rows.stands(self._desk.db, load.line.number, holding, now)
        return BackupMade(
            load.line.number, load.line.place, now, holding.cables, holding.blobs, holding.size, holding.written
        )

    def not_made(self, load: Load, reason: str) -> None:
        """Note why a backup does not stand."""
        with self._desk.db.transaction():
            rows.fail(self._desk.db, load.line.number, reason)

    def tested(self, manifest: Manifest, test: Test, how: str) -> bool:
        """Note what a test of a backup came to; say whether a line here names that backup."""
        for each in rows.in_folder(self._desk.db, manifest.folder_id):
            if each.manifest == manifest.number:
                self._note_test(each, test, how)
                return True
        return False

    def last_test_failed(self, manifest: Manifest) -> bool:
        """Say whether the last look into a folder found something wrong: then nothing there is taken on trust."""
        newest = next(iter(rows.in_folder(self._desk.db, manifest.folder_id)), None)
        return newest is not None and bool(newest.verified_how or newest.rehearsed_how)

    def _note_test(self, line: KeptBackup, test: Test, how: str) -> None:
        with self._desk.db.transaction():
            rows.tested(self._desk.db, line.number, test, how, self._desk.now())
            if line.item is not None and not how:
                keeping.verified(self._desk, line.item, test.value)
            elif line.item is not None:
                keeping.discrepant(self._desk, line.item, f"{test.value}: {how}")


def standing(desk: Desk) -> BackupStanding:
    """Say how the way back stands."""
    kept = [each for each in rows.every(desk.db) if each.made_at is not None]
    made = max((each.made_at or 0 for each in kept), default=None)
    verified = max((each.verified_at for each in kept if each.verified_at and not each.verified_how), default=None)
    rehearsed = max((each.rehearsed_at for each in kept if each.rehearsed_at and not each.rehearsed_how), default=None)
    due = desk.policy.backups.remind_after_s
    return BackupStanding(made, verified, rehearsed, overdue=made is None or desk.now() - made > due)


def _begun(desk: Desk, place: str, before: Manifest | None, now: int) -> KeptBackup:
    """Keep a line; a folder stands in the ledger once, under the number that its first backup got."""
    kept = rows.every(desk.db)
    same = [each for each in kept if before is not None and each.folder_id == before.folder_id]
    # A first making that was cut off has left pieces there and no manifest.
    same = same or [each for each in kept if before is None and each.place == place and each.made_at is None]
    if same:
        folder, item = same[0].folder_id, same[0].item
    else:
        folder = desk.random(FOLDER_ID_SIZE) if before is None else before.folder_id
        item = _entered(desk, place) if desks.joined(desk) else None
    officer = material_ledger.officer(desk) if desks.joined(desk) else ""
    number = rows.begin(desk.db, folder, place, item, officer, now)
    return rows.read(desk.db, number)


def _entered(desk: Desk, place: str) -> int:
    count = sum(1 for each in {each.folder_id: each for each in rows.every(desk.db)}.values() if each.item is not None)
    title = f"Bản sao lưu {count + 1}"[:MAX_TITLE]
    return keeping.enter_item(desk, Kind.BACKUP, title, " ".join(place.split())[-80:] or "-").number


def _line(each: KeptBackup, kept: tuple[KeptBackup, ...]) -> BackupLine:
    newest = next((one.number for one in kept if one.folder_id == each.folder_id and one.made_at is not None), None)
    return BackupLine(
        each.number, each.place, each.item, each.officer, each.begun_at, each.made_at, each.cables, each.blobs,
        each.size, each.written, each.detail, each.verified_at, each.verified_how, each.rehearsed_at,
        each.rehearsed_how, current=each.number == newest,
    )  # fmt: skip
