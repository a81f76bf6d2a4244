"""Chi-square over the 256 values of a byte: over all bytes of many items, and over each of their first places.

The bounds are such that one honest measurement in fifty million falls outside (Wilson and Hilferty, 5.6 deviations).
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

PLACES = 32
"""Places from the beginning of an item that are looked at one by one."""
FREEDOM = 255
DEVIATIONS = 5.6
BATCH = 256

Make = Callable[[], bytes]


def bound(deviations: float) -> float:
    """Return the value of chi-square on 255 degrees of freedom so many deviations from its middle."""
    spread = 2 / (9 * FREEDOM)
    return float(FREEDOM * (1 - spread + deviations * math.sqrt(spread)) ** 3)


LOW, HIGH = bound(-DEVIATIONS), bound(DEVIATIONS)


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found of one kind of item: how many, their sizes, chi-square of all bytes and of each place."""

    count: int
    sizes: frozenset[int]
    whole: float
    places: tuple[float, ...]

    def faults(self) -> list[str]:
        """Name what is out of bounds."""
        found = [] if LOW < self.whole < HIGH else [f"all bytes: {self.whole:.0f}"]
        return found + [f"place {at}: {value:.0f}" for at, value in enumerate(self.places) if not LOW < value < HIGH]

    @property
    def worst(self) -> tuple[int, float]:
        """Return the place farthest from the middle, and its value."""
        return max(enumerate(self.places), key=lambda each: abs(each[1] - FREEDOM))


@dataclass(slots=True)
class _Tally:
    whole: list[int] = field(default_factory=lambda: [0] * 256)
    places: list[list[int]] = field(default_factory=lambda: [[0] * 256 for _ in range(PLACES)])
    sizes: set[int] = field(default_factory=set)
    count: int = 0

    def take(self, items: list[bytes]) -> None:
        self.count += len(items)
        self.sizes |= {len(each) for each in items}
        joined = b"".join(items)
        for value in range(256):
            self.whole[value] += joined.count(value)
        fronts = b"".join(each[:PLACES] for each in items)
        for place, counts in enumerate(self.places):
            for value in fronts[place::PLACES]:
                counts[value] += 1


def measure(make: Make, count: int) -> Measured:
    """Make so many items and measure them; each has at least as many bytes as there are places."""
    tally = _Tally()
    for batch in _batches(count):
        tally.take([make() for _ in range(batch)])
    return Measured(tally.count, frozenset(tally.sizes), chi(tally.whole), tuple(map(chi, tally.places)))


def _batches(count: int) -> Iterator[int]:
    while count > 0:
        yield min(count, BATCH)
        count -= BATCH


def chi(counts: list[int]) -> float:
    """Return chi-square of 256 counts against all being equally likely."""
    expected = sum(counts) / len(counts)
    return sum((each - expected) ** 2 for each in counts) / expected
