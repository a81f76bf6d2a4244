"""`make bench`: figures beside their peers, each pair in one interleaved run. Exit 3: a peer cannot be had."""

import argparse

from tests.bench import attachment, cable


def main() -> None:
    """Run what is asked for; everything by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("attachment", "cable"))
    parser.add_argument("--size", type=int, default=1024, help="attachment size in MiB")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cables", type=int, default=200)
    chosen = parser.parse_args()
    if chosen.only != "cable":
        attachment.run(chosen.size << 20, chosen.rounds)
    if chosen.only != "attachment":
        cable.run(chosen.cables)


if __name__ == "__main__":
    main()
