"""Every fault at once, what `make faults` runs: kills, power cuts, failing calls, full disks, each with its controls.

Prints what was counted, and exits 1 unless nothing acknowledged was lost or came twice, everything opens, and every
control is red.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.peers import need
from tests.faults import backup_cuts, full_disk, io_faults, kill_storm, kit_cuts, leaving_cuts, power_cut


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of each is done."""

    kills: int
    images: int
    controls: int
    step: int


STICK = ("tests/integration/test_pouch.py", "tests/faults/test_pouch_faults.py")
"""What is done to the pouch's stick: pulled out at every piece, cut, damaged, filled."""
LONG = Amount(kills=1000, images=2000, controls=120, step=1)
SHORT = Amount(kills=20, images=100, controls=24, step=8)


def _stick() -> bool:
    """Pull the pouch's stick, fill it, cut its file: the tests of the pouch."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", *STICK],
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    return done.returncode == 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="a look of some minutes")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    given = parser.parse_args()
    amount = SHORT if given.short else LONG
    if shutil.which("strace") is None:
        need("strace", "strace")
    words: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("kills", lambda: kill_storm.run(amount.kills)),
        ("power cuts", lambda: power_cut.run(amount.images, amount.controls, given.seed)),
        ("I/O faults", lambda: io_faults.run(amount.step)),
        ("disks", full_disk.run),
        ("the stick", _stick),
        ("kits", lambda: kit_cuts.WORD.run(amount.images // 5, amount.controls // 2, given.seed)),
        ("leaving", lambda: leaving_cuts.WORD.run(amount.images // 10, amount.controls // 3, given.seed)),
        ("backups", lambda: backup_cuts.WORD.run(amount.images // 5, amount.controls // 2, given.seed)),
    )
    began = time.monotonic()
    bad = [name for name, word in words if not word()]
    print(f"faults: {'all well' if not bad else 'WRONG: ' + ', '.join(bad)} ({time.monotonic() - began:.0f} s)")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
