"""Mutation testing: `make mutants [SAMPLE=600] [SEED=n] [ONLY=secmsg/protocol]`.

A sample of all the small mistakes that can be made in the four folders, each tried against the tests that run its
line. Two controls first: the unchanged product survives, a mistake that every test sees is killed. Returns 1 when
less than 90 % are killed, or when a survivor is not explained in docs/mutants.md.
"""

import argparse
import hashlib
import json
import os
import random
import re
import secrets
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutants import cover, trial, users
from tests.mutants.cover import OUT, ROOT, Cover
from tests.mutants.mutate import Mutant, mutants

FOLDERS = ("secmsg/crypto", "secmsg/protocol", "secmsg/wire", "secmsg/authority")
PROMISED = 0.9
EXPLAINED = ROOT / "docs" / "mutants.md"
_RESULTS = OUT / "results.jsonl"
_AT_ONCE = 2
_BUDGET = 45.0
"""Seconds of tests for one mutant, as they were measured; the quickest come first."""
_MOST = 250
_WALL = 420
_QUICK = 2.0
_NUMBERS = "tests/unit/test_numbers.py"
_EDGES = ("tests/unit/wire/test_bounds.py", "tests/unit/wire/test_edges.py")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant."""

    mutant: Mutant
    outcome: str


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="make mutants")
    parser.add_argument("--sample", type=int, default=600, help="0: all of them")
    parser.add_argument("--seed", type=int, default=0, help="0 draws one")
    parser.add_argument("--only", default=",".join(FOLDERS), help="folders or files, parted by commas")
    parser.add_argument("--again", action="store_true", help="try those again that were tried before")
    asked = parser.parse_args(arguments)
    seed = asked.seed or secrets.randbelow(2**31)
    os.environ.update(cover.environment())
    os.nice(5)
    everything = list(_all(asked.only.split(",")))
    chosen = random.Random(seed).sample(everything, min(asked.sample or len(everything), len(everything)))
    print(f"{len(chosen)} of {len(everything)} mutants, seed {seed}", flush=True)
    covered = cover.read()
    if not _controls(covered):
        print("the controls failed: nothing is believed")
        return 3
    known = {} if asked.again else _known()
    verdicts = [Verdict(each, known[_key(each)]) for each in chosen if _key(each) in known]
    for verdict in _try([each for each in chosen if _key(each) not in known], covered):
        verdicts.append(verdict)
        _keep(verdict)
        if verdict.outcome == "survived" or len(verdicts) % 50 == 0:
            print(f"{len(verdicts):5} {verdict.outcome:9} {verdict.mutant.name}", flush=True)
    return _report(verdicts)


def _all(places: Sequence[str]) -> Iterator[Mutant]:
    for place in places:
        path = ROOT / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            yield from mutants(file.relative_to(ROOT).as_posix(), file.read_text("utf-8"))


def _controls(covered: Cover) -> bool:
    """See that the product as it is survives, and that a key derivation that gives something else is killed."""
    path = "secmsg/crypto/kdf.py"
    wrong = next(each for each in _all([path]) if each.told.startswith("b'DC/1'"))
    tests = _tests(wrong, covered)
    unchanged = _wait({trial.run(None, tests, 120): (wrong, time.monotonic())})
    changed = _wait({trial.run(wrong, tests, 120): (wrong, time.monotonic())})
    print(f"control: unchanged {unchanged.outcome}, {wrong.name} {changed.outcome}, {len(tests)} tests", flush=True)
    return unchanged.outcome == "survived" and changed.outcome == "killed"


def _try(left: list[Mutant], covered: Cover) -> Iterator[Verdict]:
    """Run trials, two at a time."""
    running: dict[int, tuple[Mutant, float]] = {}
    while left or running:
        while left and len(running) < _AT_ONCE:
            mutant = left.pop()
            tests = _tests(mutant, covered)
            if not tests:
                yield Verdict(mutant, "survived")
                continue
            seconds = 20 + int(3 * sum(covered.seconds.get(test, 0.0) for test in tests))
            running[trial.run(mutant, tests, seconds)] = (mutant, time.monotonic())
        if running:
            yield _wait(running)


def _wait(running: dict[int, tuple[Mutant, float]]) -> Verdict:
    """Wait for one of the trials; one that does not end in time is ended."""
    while True:
        for process, (mutant, begun) in list(running.items()):
            ended, status = os.waitpid(process, os.WNOHANG)
            late = time.monotonic() - begun > _WALL
            if not ended and late:
                os.killpg(process, signal.SIGKILL)
                ended, status = os.waitpid(process, 0)
            if ended:
                del running[process]
                return Verdict(mutant, _outcome(status))
        time.sleep(0.02)


def _outcome(status: int) -> str:
    if os.WIFSIGNALED(status):
        return "endless" if os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL) else "killed"
    return {trial.SURVIVED: "survived", trial.NO_TEST: "survived"}.get(os.WEXITSTATUS(status), "killed")


def _tests(mutant: Mutant, covered: Cover) -> list[str]:
    """Choose the tests of a mutant: those that run its line, those of its own page first, the quickest first."""
    exact = covered.of_line(mutant.path, mutant.line)
    own = f"tests/unit/{mutant.path.removeprefix('secmsg/').replace('/', '/test_', 1)}"
    chosen = sorted(exact - {""}, key=lambda test: _order(test, own, covered))
    if "" in exact or not chosen:
        # The line runs while modules are made: whatever uses its names may see it, and whatever runs the file.
        for rest in (users.of(mutant, covered), covered.of_file(mutant.path)):
            chosen += sorted(rest - {"", *chosen}, key=lambda test: _order(test, own, covered))
        # The numbers of the pages are read while that test is imported, so no line tells of it.
        chosen = [test for test in covered.seconds if test.startswith(_NUMBERS)] + chosen
    kept: list[str] = []
    spent = 0.0
    for test in chosen[:_MOST]:
        spent += covered.seconds.get(test, 0.0)
        if kept and spent > _BUDGET:
            break
        kept.append(test)
    return kept


def _order(test: str, own: str, covered: Cover) -> tuple[bool, bool, float]:
    seconds = covered.seconds.get(test, 0.0)
    own_page = test.startswith(own) and seconds < _QUICK
    return not test.startswith(_EDGES), not own_page, seconds


def _key(mutant: Mutant) -> str:
    source = (ROOT / mutant.path).read_bytes()
    return f"{hashlib.sha256(source).hexdigest()[:12]} {mutant.number} {mutant.name}"


def _known() -> dict[str, str]:
    """Return what was killed before, of files that have not changed since; a survivor is tried again."""
    if not _RESULTS.exists():
        return {}
    lines = [json.loads(line) for line in _RESULTS.read_text("utf-8").splitlines()]
    return {line["key"]: line["outcome"] for line in lines if line["outcome"] != "survived"}


def _keep(verdict: Verdict) -> None:
    with _RESULTS.open("a", encoding="utf-8") as results:
        results.write(json.dumps({"key": _key(verdict.mutant), "outcome": verdict.outcome}, ensure_ascii=False) + "\n")


def _report(verdicts: Sequence[Verdict]) -> int:
    """Print the counts by folder, and the survivors that nobody has explained."""
    explained = _explained()
    survivors = [each.mutant for each in verdicts if each.outcome == "survived"]
    equivalent = [each for each in survivors if explained.get(_place(each)) == "equivalent"]
    for folder in sorted({Path(each.mutant.path).parent.as_posix() for each in verdicts}):
        counts = Counter(each.outcome for each in verdicts if each.mutant.path.startswith(folder + "/"))
        print(f"{folder:18} {sum(counts.values()):5} tried, " + ", ".join(f"{n} {what}" for what, n in counts.items()))
    able = len(verdicts) - len(equivalent)
    dead = len(verdicts) - len(survivors)
    share = dead / able if able else 0.0
    print(
        f"{len(verdicts)} mutants: {dead} killed, {len(survivors)} survived, of these {len(equivalent)} equivalent; "
        f"killed {100 * dead / max(len(verdicts), 1):.1f} % of all, {100 * share:.1f} % of those that change anything"
    )
    unexplained = [each for each in survivors if _place(each) not in explained]
    for mutant in sorted(unexplained, key=lambda each: each.name):
        print(f"  not explained: {mutant.name}")
    return 1 if dead < PROMISED * len(verdicts) or unexplained else 0


def _place(mutant: Mutant) -> str:
    """Return what names a mutant in docs/mutants.md: lines move, so they are left out."""
    return f"{mutant.path} {mutant.function}: {mutant.told}"


def _explained() -> dict[str, str]:
    """Read the table of docs/mutants.md: place, why ("equivalent" or "not worth it"), the reason."""
    if not EXPLAINED.exists():
        return {}
    rows = re.findall(
        r"^\| (secmsg/\S+) \| (\S+) \| (.+?) \| (equivalent|not worth it) \|", EXPLAINED.read_text(), re.MULTILINE
    )
    return {f"{path} {function}: {told}": why for path, function, told, why in rows}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
