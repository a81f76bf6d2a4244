"""`make soak`: plays the adversary against the suite for a time, or for a million steps, and prints what was played."""

import argparse
import random as randomness
import sys
import time
from collections import Counter

from tests.properties.suite.adversary import PromiseError
from tests.properties.suite.playing import play

STEPS = 1_000_000
PER_GAME = 60


def main() -> int:
    """Print seed and counts; 1 when a promise broke, with the seed that shows it again."""
    parser = argparse.ArgumentParser(prog="python -m tests.properties.suite")
    parser.add_argument("--seconds", type=int, default=0, help="play for so long; without it a million steps")
    parser.add_argument("--seed", type=int, default=None, help="the first game's seed; without it one is drawn")
    chosen = parser.parse_args()
    first = randomness.SystemRandom().randrange(2**48) if chosen.seed is None else chosen.seed
    print(f"first seed {first}, {PER_GAME} steps a game", flush=True)
    counts: Counter[str] = Counter()
    begun, games = time.monotonic(), 0
    while (time.monotonic() - begun < chosen.seconds) if chosen.seconds else counts.total() < STEPS:
        try:
            play(randomness.Random(first + games), PER_GAME, counts=counts)
        except PromiseError as error:
            print(f"BROKEN in game {games}: {error}\nplay it again: --seed {first + games}")
            return 1
        games += 1
        if games % 500 == 0:
            print(f"  {games} games, {counts.total()} steps, {time.monotonic() - begun:.0f} s", flush=True)
    acts = ", ".join(f"{name} {count}" for name, count in counts.most_common())
    print(f"games {games} steps {counts.total()} in {time.monotonic() - begun:.0f} s, broken 0\n{acts}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
