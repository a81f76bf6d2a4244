"""`make bench`: figures beside their peers, each pair in one interleaved run. Exit 3: a peer cannot be had."""

import argparse
import importlib

FIGURES = (
    "attachment",
    "cable",
    "circular",
    "step",
    "thin",
    "finding",
    "groups",
    "thin_text",
    "hand_text",
    "thin_bytes",
    "line",
    "store",
    "rows_frame",
    "relay_deposits",
    "papers",
    "first_window",
    "packaged",
    "backup",
    "kit",
    "unlock",
)
"""Each is a module of this folder whose `run(size, rounds)` prints its rows; 0 is the figure's own size."""


def main() -> None:
    """Run what is asked for; everything by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=FIGURES, action="append")
    parser.add_argument("--size", type=int, default=0, help="the figure's size (MiB, cables, …); 0: its own")
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    for name in chosen.only or FIGURES:
        # One figure's imports must not weigh on another's.
        importlib.import_module(f"tests.bench.{name}").run(chosen.size, chosen.rounds)


if __name__ == "__main__":
    main()
