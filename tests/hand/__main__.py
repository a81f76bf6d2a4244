"""`make hand`: check figures of the hand cipher against every slip, its tag against forgers."""

import argparse
import sys

from tests.hand import forgeries, slips

TRIALS = 10_000


def main() -> int:
    """Print both tables; 1 when a forger had more success than the bound allows, or a promise of the page fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=TRIALS)
    trials: int = parser.parse_args().trials
    kept = [_slips(trials), _runs(trials // 10), _forgeries(trials)]
    return 0 if all(kept) else 1


def _slips(trials: int) -> bool:
    schemes = [slips.Scheme(name) for name in slips.SCHEMES]
    print("Slips found by one check figure, in per cent (slips made)")
    print(f"{'':22}" + "".join(f"{scheme.name:>26}" for scheme in schemes))
    first: dict[str, float] = {}
    for name, slip in slips.INSIDE.items():
        # Every group; of the seeded figure from every seed.
        found = [slips.inside(each, slip, range(10_000), range(10 if each is schemes[0] else 1)) for each in schemes]
        first[name] = _row(name, found)
    first["garbled"] = _row("another group", [slips.garbled(each, 10 * trials) for each in schemes])
    for name, change in slips.WHOLE.items():
        first[name] = _row(name, [slips.whole(each, change, trials) for each in schemes])
    return all(first[name] == 1 for name in ("one figure", "neighbours swapped", *slips.WHOLE))


def _row(name: str, found: list[slips.Found]) -> float:
    print(f"{name:22}" + "".join(f"{100 * each.share:12.2f} ({each.made:>10,} )" for each in found), flush=True)
    return found[0].share


def _runs(trials: int) -> bool:
    print("\nGroups dropped in a row, of sixty, in per cent: found, located, found with a seed of the column alone")
    kept = []
    for length in (*range(1, 13), 20, 30):
        found, located = slips.dropped(length, trials, by_column=False)
        control, _ = slips.dropped(length, trials, by_column=True)
        print(f"{length:4} {100 * found.share:9.2f} {100 * located.share:9.2f} {100 * control.share:9.2f}", flush=True)
        kept.append(found.share == 1 and located.share == 1)
    return all(kept)


def _forgeries(trials: int) -> bool:
    print(f"\nForgeries of messages of {forgeries.GROUPS} groups accepted, beside the bound of docs/spec/manual.md 5")
    print(f"{'':26}{'tags':>6}{'trials':>9}{'accepted':>10}{'expected at most':>18}{'99.9 % quantile':>17}")
    kept = []
    for tally in forgeries.tallies(trials):
        print(
            f"{tally.name:26}{tally.tags:6}{tally.trials:9,}{tally.accepted:10}{tally.expected:18.4f}{tally.most:17}"
            f"  {'holds' if tally.holds else 'DOES NOT HOLD'}",
            flush=True,
        )
        kept.append(tally.holds)
    return all(kept)


if __name__ == "__main__":
    sys.exit(main())
