"""`make uniform`: ten thousand of every kind that goes over a line or on a medium, byte by byte and place by place."""

import argparse
import sys
import time

from tests.uniform.kinds import CONTROLS, KINDS, Kind
from tests.uniform.measure import HIGH, LOW, PLACES, measure

COUNT = 10_000


def main() -> int:
    """Measure every kind, then the controls; 1 when a kind is out of bounds or a control is not seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    count: int = parser.parse_args().count
    print(f"chi-square on 255 degrees of freedom, {LOW:.0f} to {HIGH:.0f}, and of each of the first {PLACES} places")
    even = [_look(kind, count, seen=False) for kind in KINDS]
    print("controls, which must be seen:")
    red = [_look(kind, count // 10, seen=True) for kind in CONTROLS]
    return 0 if all(even + red) else 1


def _look(kind: Kind, count: int, *, seen: bool) -> bool:
    begun = time.perf_counter()
    found = measure(kind.begin(), count)
    took = time.perf_counter() - begun
    faults = found.faults() + [f"size {size}" for size in sorted(found.sizes) if not kind.may_have(size)]
    place, value = found.worst
    print(
        f"{kind.name:36} {found.count:6} in {len(found.sizes):4} sizes: all bytes {found.whole:8.1f}, worst place "
        f"{place:2} {value:8.1f}  {took:6.1f} s  {'; '.join(faults[:4]) or 'even'}",
        flush=True,
    )
    return bool(faults) is seen


if __name__ == "__main__":
    sys.exit(main())
