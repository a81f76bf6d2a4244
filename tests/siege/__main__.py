"""`make siege`: a relay in a process of its own under slow attackers, strange requests and lines that break.

Targets are loopback addresses of this machine and nothing else; every load has a bounded count and ends by itself.
Exit 1: something that must hold did not.
"""

import argparse
import importlib
import sys

PARTS = ("slow", "decoy", "resume", "front", "strange")
"""Each is a module of this folder whose `run()` prints what it saw and returns what did not hold."""


def main() -> int:
    """Run what is asked for; everything by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append")
    chosen = parser.parse_args()
    broken: list[str] = []
    for name in chosen.only or PARTS:
        broken += importlib.import_module(f"tests.siege.{name}").run()
    for each in broken:
        print(f"did not hold: {each}")
    print("siege: everything held" if not broken else f"siege: {len(broken)} things did not hold")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
