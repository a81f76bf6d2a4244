"""What every figure shares: pairs measured in one interleaved run, and the rows of the table.

A round runs each side once, in turn, so that a busy machine is busy for all of them; the first round warms up and is
thrown away. The figure is the median of the ratios of single rounds, never a quotient of medians.
"""

import os
import platform
import resource
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds by the clock, and of processors (this process and its ended children)."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: `ratio` is better when greater; `low` and `high` are those of the single rounds."""

    figure: str
    ours: str
    peer: str
    ratio: float
    low: float
    high: float
    goal: str
    limit: str = "–"


def cost(run: Callable[[], object]) -> Cost:
    """Run once and say what it took."""
    cpu, wall = _cpu(), time.perf_counter()
    run()
    return Cost(time.perf_counter() - wall, _cpu() - cpu)


def interleaved(sides: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[Cost]]:
    """Run every side once a round, in turn, after one round that warms up; one Cost for each side and round."""
    found: dict[str, list[Cost]] = {name: [] for name in sides}
    for number in range(rounds + 1):
        for name, run in sides.items():
            took = cost(run)
            if number:
                found[name].append(took)
    return found


def ratio(peer: Sequence[float], ours: Sequence[float]) -> tuple[float, float, float]:
    """Return median, least and greatest of peer / ours, round by round."""
    each = [theirs / mine for theirs, mine in zip(peer, ours, strict=True)]
    return statistics.median(each), min(each), max(each)


def walls(costs: Sequence[Cost]) -> list[float]:
    """Return the seconds by the clock."""
    return [each.wall for each in costs]


def table(rows: Sequence[Row]) -> str:
    """Write rows as a Markdown table, with the machine and the date above it."""
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, {platform.machine()}, Python "
        f"{platform.python_version()}",
        "",
        "| What | Ours | Peer | Ratio (rounds) | Goal | Limit |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.figure} | {row.ours} | {row.peer} | {row.ratio:.2f} ({row.low:.2f}–{row.high:.2f}) | {row.goal} "
        f"| {row.limit} |"
        for row in rows
    ]
    return "\n".join(lines)


def _cpu() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
