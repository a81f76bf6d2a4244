"""Fuzz one target in this process until its time is over or it has a finding: `python -m tests.fuzz.one NAME …`."""

import argparse
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["secmsg", "tests.fuzz.planted"]):
    from tests.fuzz.targets import ALL, PLANTED

from tests.fuzz.mutate import mutated
from tests.fuzz.target import Target


def _mutate(data: bytes, most: int, seed: int) -> bytes:
    return mutated(data, most, seed, atheris.Mutate)


def _judged(target: Target, data: bytes) -> None:
    """Let through only what the target declares; libFuzzer keeps the input of anything else."""
    try:
        target.take(data)
    except target.refusals:
        return


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("--found", type=Path, required=True, help="where the input of a finding goes")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("folders", nargs="+", help="inputs; new ones are kept in the first")
    asked = parser.parse_args()
    target = {**ALL, PLANTED.name: PLANTED}[asked.name]
    arguments = [
        sys.argv[0],
        f"-max_total_time={asked.seconds}",
        f"-artifact_prefix={asked.found}/{target.name}-",
        f"-max_len={target.longest}",
        f"-seed={asked.seed}",
        "-rss_limit_mb=1024",
        "-timeout=30",
        "-print_final_stats=1",
        *asked.folders,
    ]
    mutator = {"custom_mutator": _mutate} if target.cbor else {}
    atheris.Setup(arguments, lambda data: _judged(target, data), **mutator)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
