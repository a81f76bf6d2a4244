"""Backups in tests: a sheet for a closed store, and backups made, tested and restored without a window."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from secmsg import digits
from secmsg.station import backup_making, backup_reading, backups, person_renewal
from secmsg.station.backup_views import BackupChecked, BackupMade, Restored
from secmsg.station.backups import Backups
from secmsg.station.sheets import Paper
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import ByRecovery, by_passphrase, by_recovery
from secmsg.store.keyring import Keyring
from tests.helpers.ministry import FAST, KEYRING, PARIS, PASSPHRASE

T = TypeVar("T")
NEXT = "một câu khác hẳn 2027"


def new_sheet(home: Path, clock: Callable[[], int], keyring: Keyring = KEYRING, second: str = "") -> ByRecovery:
    """Replace the sheet of a store, as its officer does, by one that the test knows; `second` stands by with theirs."""
    papers: list[Paper] = []
    station = open_station(home, by_passphrase(PASSPHRASE), FAST, keyring=keyring, clock=clock)
    try:
        person_renewal.new_sheet(station.desk, papers.append, by_passphrase(second) if second else None)
    finally:
        station.close()
    return typed(papers[0].text)


def groups(sheet: ByRecovery) -> str:
    """Write a sheet's groups as they are typed."""
    return digits.groups(sheet.recovery.reveal())


def typed(text: str) -> ByRecovery:
    """Take the groups that stand in a sheet's text."""
    sheet = by_recovery(" ".join(re.findall(r"\b\d{5}\b", text)))
    assert isinstance(sheet, ByRecovery)
    return sheet


def asking(station: Station) -> Callable[[Callable[[Backups], T]], T]:
    """Run the steps of a backup at once: the test's thread owns the store."""
    return lambda step: step(station.backups)


@dataclass(slots=True)
class Steps:
    """Counts pieces, and ends the work before the one after `most`."""

    most: int = 1_000_000
    seen: list[tuple[int, int]] = field(default_factory=list)

    def tell(self, done: int, total: int) -> None:
        self.seen.append((done, total))

    def ended(self) -> bool:
        return len(self.seen) >= self.most


def make(station: Station, where: Path, steps: Steps | None = None, *, trust: bool = True) -> BackupMade:
    told = Steps() if steps is None else steps
    return backup_making.make(asking(station), where, progress=told.tell, cancelled=told.ended, trust=trust)


def verify(station: Station, where: Path) -> BackupChecked:
    return backup_reading.verify(asking(station), where, progress=Steps().tell, cancelled=Steps().ended)


def rehearse(station: Station, where: Path) -> BackupChecked:
    return backup_reading.rehearse(asking(station), where, progress=Steps().tell, cancelled=Steps().ended)


def restore(
    where: Path,
    home: Path,
    sheet: ByRecovery,
    clock: Callable[[], int],
    keyring: Keyring = KEYRING,
    keep: Callable[[Paper], None] = lambda _: None,
    steps: Steps | None = None,
) -> Restored:
    told = Steps() if steps is None else steps
    return backups.restore(
        where, home, sheet, by_passphrase(NEXT), keep, FAST, keyring=keyring, clock=clock, progress=told.tell,
        cancelled=told.ended,
    )  # fmt: skip


def pieces(where: Path) -> list[Path]:
    """List the pieces of the one backup below a folder."""
    return sorted(where.glob("secmsg-*/pieces/*/*"))


__all__ = [
    "NEXT",
    "PARIS",
    "Steps",
    "asking",
    "groups",
    "make",
    "new_sheet",
    "pieces",
    "rehearse",
    "restore",
    "typed",
    "verify",
]
