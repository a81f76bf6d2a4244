"""An exercise of emergency destruction: the same act on a store that is made for it in memory and thrown away.

Source: docs/spec/destruction.md 7. No profile is named, looked at or opened; the keys are drawn here, belong to no
directory, and nothing of them is kept.
"""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.randomness import Random
from secmsg.crypto.randomness import system as system_random
from secmsg.crypto.secret import Secret
from secmsg.errors import SecmsgError
from secmsg.office.destruction import Finding
from secmsg.station import destroying
from secmsg.station.destroying import Destroyed, Reach
from secmsg.store import profile as profiles
from secmsg.store import settings
from secmsg.store.database import Database
from secmsg.store.keyring import NoKeyring

MEMORY = Path("/dev/shm")  # noqa: S108 - files there live in memory alone; the folder made in it is ours alone
SUBJECT = "LUYỆN TẬP – EXERCISE – LUYỆN TẬP"
_CHEAP = KdfCost(8_192, 1)
"""What opens an exercise is drawn at random, so stretching it guards nothing and would only let the officer wait."""


@dataclass(frozen=True, slots=True)
class Practised:
    """How an exercise went: seconds from the gesture to dead keys, and whether passphrase and sheet open nothing."""

    seconds: float
    nothing_opens: bool
    in_memory: bool
    findings: tuple[Finding, ...]


def practise(
    *,
    random: Random = system_random,
    tell: Callable[[Finding], None] = lambda _: None,
    memory: Path = MEMORY,
) -> Practised:
    """Make a store, destroy it, and prove that neither its passphrase nor its sheet opens it."""
    with Stage(memory if memory.is_dir() else None, random) as stage:
        done = stage.destroy(tell)
        return Practised(done.seconds, stage.is_dead(), stage.in_memory, done.findings)


class Stage:
    """A throw-away store for one exercise; a `with` block, after which nothing of it is left."""

    def __init__(self, memory: Path | None, random: Random) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="secmsg-luyen-tap-", dir=memory, ignore_cleanup_errors=True)
        self._random = random
        self._passphrase = Secret(random(32).hex().encode())
        self._sheet = self._passphrase  # until the store is made
        self.in_memory = memory is not None

    def __enter__(self) -> "Stage":
        created = profiles.create(
            self.home, self._passphrase, keyring=NoKeyring(), cost=_CHEAP, random=self._random, fill=_fill
        )
        self._sheet = created.recovery
        created.profile.close()
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    @property
    def home(self) -> Path:
        """Where it lies."""
        return Path(self._folder.name) / "luyen-tap"

    def destroy(self, tell: Callable[[Finding], None]) -> Destroyed:
        """Do what the real act does, on this store and nothing else."""
        return destroying.destroy(self.home, Reach(NoKeyring()), tell=tell)

    def is_dead(self) -> bool:
        """Say whether what opened this store before opens nothing of what is left of its pages."""
        if destroying.when(self.home) is None:
            return False
        ways: tuple[Callable[[], profiles.Profile], ...] = (self._by_passphrase, self._by_sheet)
        for opened in ways:
            try:
                opened().close()
            except SecmsgError:
                continue
            return False
        return True

    def _by_passphrase(self) -> profiles.Profile:
        return profiles.open_by_passphrase(
            self.home, self._passphrase, keyring=NoKeyring(), floor=_CHEAP, now=int(time.time()), random=self._random
        )

    def _by_sheet(self) -> profiles.Profile:
        return profiles.open_by_recovery(
            self.home, self._sheet, floor=_CHEAP, now=int(time.time()), random=self._random
        )


def _fill(db: Database) -> None:
    """Write a row that says what this is, so that there is something that can no longer be read."""
    with db.transaction():
        settings.keep(db, "exercise", SUBJECT)
