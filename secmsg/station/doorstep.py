"""What can be told of a profile before it is opened; light, because the locked screen waits for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from secmsg.office.materials import Kind
from secmsg.store import attempts, standing
from secmsg.store.paths import Home
from secmsg.wire.cable import Degree


def is_made(home: Path) -> bool:
    """Say whether a store was made in `home`."""
    return Home(home).vault.exists()


def wrong_tries(home: Path) -> tuple[int, int]:
    """Return how many wrong passphrases were given in a row and when the last was (UTC seconds); (0, 0) for none."""
    return attempts.read(Home(home).attempts)


@dataclass(frozen=True, slots=True)
class Aside:
    """What lies beside a store for its destruction (docs/spec/destruction.md 4).

    `printed_at` 0: never. `reports`: a report that was sealed in advance lies ready to leave.
    """

    free: bool
    counts: Mapping[Kind, int] | None
    printed_at: int
    reports: bool = False
    walked: bool = False
    """Two persons have gone through the list before (docs/spec/destruction.md 11)."""
    papers_gone: frozenset[Degree] = frozenset()


def aside(home: Path) -> Aside:
    """Return what lies beside a store: whether its keys go without a passphrase, counts by kind, a sealed report."""
    found = standing.read(Home(home).standing)
    reports = Home(home).report.is_file()
    return Aside(found.free, found.counts, found.printed_at, reports, found.walked, found.papers_gone)


def dead_since(home: Path) -> int | None:
    """Return when the keys of a profile were destroyed (UTC seconds), None when they were not."""
    return standing.dead_since(Home(home))
