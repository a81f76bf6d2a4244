"""Fuzz every decoder, two at a time: `make fuzz FUZZ_SECONDS=300 [ONLY=name,name]`.

The control comes first: a decoder with a planted mistake, which must be found. Returns 1 on a finding (its input
lies in out/fuzz/found), 3 when the control finds nothing, so that silence is not taken for health.
"""

import argparse
import hashlib
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.target import Target
from tests.fuzz.targets import ALL, PLANTED

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(__file__).resolve().parent / "corpus"
OUT = ROOT / "out" / "fuzz"
FOUND = OUT / "found"
_CONTROL_SECONDS = 120
_AT_ONCE = 2
_LINE = re.compile(r"cov: (\d+) ft: (\d+) corp: (\d+)/")
_UNITS = re.compile(r"stat::number_of_executed_units:\s*(\d+)|^#(\d+)\s", re.MULTILINE)
_ERROR = re.compile(r"=== Uncaught Python exception: ===\s*\n(.*)")


@dataclass(frozen=True, slots=True)
class Run:
    """What one target gave: executions, edges covered, inputs kept, seconds, and a finding in one line."""

    name: str
    executions: int
    edges: int
    inputs: int
    seconds: int
    finding: str

    def line(self) -> str:
        """Return the row of the table."""
        told = f"  FOUND {self.finding}" if self.finding else ""
        return f"{self.name:18} {self.executions:>11,} {self.edges:>7,} {self.inputs:>7,} {self.seconds:>5} s{told}"


def working_folder(target: Target) -> Path:
    """Return the folder in which the fuzzer keeps what it learns from run to run."""
    return OUT / "corpus" / target.name


def write_seeds(folder: Path, seeds: Iterable[bytes]) -> None:
    """Put the vectors' bytes where libFuzzer reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        (folder / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)


def run(target: Target, seconds: int, seed: int) -> Run:
    """Fuzz one target in a process of its own."""
    working, seeds = working_folder(target), OUT / "seeds" / target.name
    for folder in (working, FOUND):
        folder.mkdir(parents=True, exist_ok=True)
    write_seeds(seeds, target.seeds())
    kept = CORPUS / target.name
    folders = [working, seeds, *([kept] if kept.is_dir() else [])]
    command = [sys.executable, "-m", "tests.fuzz.one", target.name, "--seconds", str(seconds), "--found", str(FOUND)]
    begun = time.monotonic()
    done = subprocess.run(
        [*command, "--seed", str(seed), *map(str, folders)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
    )  # fmt: skip
    return _read(target.name, done.stdout, done.returncode, int(time.monotonic() - begun))


def _read(name: str, told: str, code: int, seconds: int) -> Run:
    lines = _LINE.findall(told)
    edges, _, inputs = (int(each) for each in lines[-1]) if lines else (0, 0, 0)
    units = [int(first or second) for first, second in _UNITS.findall(told)]
    finding = ""
    if code:
        error = _ERROR.search(told)
        finding = error.group(1) if error else told.strip()[-300:].replace("\n", " | ") or f"status {code}"
    return Run(name, max(units, default=0), edges, inputs, seconds, finding)


def _control(seed: int) -> bool:
    """Find the planted mistake from a seed that says nothing of it."""
    for old in working_folder(PLANTED).glob("*"):
        old.unlink()
    planted = run(PLANTED, _CONTROL_SECONDS, seed)
    for input_ in FOUND.glob(f"{PLANTED.name}-*"):
        input_.unlink()
    print(f"control: the planted mistake was {'found' if planted.finding else 'NOT FOUND'}", end="")
    print(f" after {planted.executions:,} executions: {planted.finding}", flush=True)
    return bool(planted.finding)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="make fuzz")
    parser.add_argument("--seconds", type=int, default=300, help="per target")
    parser.add_argument("--only", default="", help="names, parted by commas")
    parser.add_argument("--seed", type=int, default=0, help="0 draws one")
    asked = parser.parse_args(arguments)
    seed = asked.seed or secrets.randbelow(2**31 - 1) + 1
    targets = [ALL[name] for name in asked.only.split(",")] if asked.only else list(ALL.values())
    print(f"{len(targets)} targets, {asked.seconds} s each, two at a time, seed {seed}", flush=True)
    if not _control(seed):
        return 3
    print(f"{'target':18} {'executions':>11} {'edges':>7} {'inputs':>7} {'time':>7}", flush=True)
    runs: list[Run] = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for each in pool.map(lambda target: run(target, asked.seconds, seed), targets):
            print(each.line(), flush=True)
            runs.append(each)
    found = [each for each in runs if each.finding]
    total = sum(each.executions for each in runs)
    print(f"{total:,} executions over {len(runs)} targets, {sum(each.edges for each in runs):,} edges, ", end="")
    print(f"{len(found)} findings" + (f": inputs in {FOUND.relative_to(ROOT)}" if found else ""))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
