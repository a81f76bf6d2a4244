"""Which tests run which lines, and how long each takes: measured once, kept in out/mutants/cover.json."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from coverage import CoverageData

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "out" / "mutants"
_KEPT = OUT / "cover.json"
_DATA = OUT / ".coverage"
_TIMES = OUT / "times.json"
_INI = Path(__file__).resolve().parent / "trial.ini"
_OLDEST = ""
"""Coverage's name for what ran while no test did: imports, and worlds that test modules make."""

SUITE = (
    "tests/unit/crypto", "tests/unit/protocol", "tests/unit/wire", "tests/unit/authority", "tests/unit/office",
    "tests/unit/test_digits.py", "tests/unit/test_numbers.py", "tests/vectors",
    "tests/properties/test_wire_properties.py",
)  # fmt: skip
"""The tests that may kill a mutant: those that are quick to import and need no store, no socket and no window."""


@dataclass(frozen=True, slots=True)
class Cover:
    """`lines` maps file and line to tests, "" for imports; `seconds` is each test's time."""

    lines: dict[str, dict[int, frozenset[str]]]
    seconds: dict[str, float]

    def of_line(self, path: str, line: int) -> frozenset[str]:
        """Return the tests that run a line, or else the nearest one above that is run: a statement has many lines."""
        lines = self.lines.get(path, {})
        for each in range(line, max(0, line - 40), -1):
            if each in lines:
                return lines[each]
        return frozenset()

    def of_file(self, path: str) -> frozenset[str]:
        """Return the tests that run anything of a file."""
        return frozenset().union(*self.lines.get(path, {}).values()) - {_OLDEST}


def arguments(*more: str) -> list[str]:
    """Return pytest's arguments for a quiet run without what a mutant does not need."""
    return [
        "-c",
        str(_INI),
        "--rootdir",
        str(ROOT),
        "--confcutdir",
        str(ROOT),
        "-q",
        "--no-header",
        "-p",
        "no:cacheprovider",
        *more,
    ]


def measure(*places: str) -> None:
    """Run the suite under coverage, each test a context of its own; some places alone are added to what is kept."""
    OUT.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable,
        "-m",
        "pytest",
        *arguments(*(places or SUITE)),
        "-p",
        "pytest_cov",
        "-p",
        "tests.mutants.times",
    ]
    told = subprocess.run(
        [*command, "--cov=secmsg", "--cov-context=test", "--cov-branch", "--cov-report="],
        cwd=ROOT, env=environment() | {"COVERAGE_FILE": str(_DATA), "MUTANTS_TIMES": str(_TIMES)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    if told.returncode:
        sys.exit("the tests must be green before anything is changed:\n" + told.stdout[-2_000:])
    data = CoverageData(str(_DATA))
    data.read()
    kept = json.loads(_KEPT.read_text()) if places and _KEPT.exists() else {"lines": {}, "seconds": {}}
    for name in data.measured_files():
        of_file = kept["lines"].setdefault(Path(name).relative_to(ROOT).as_posix(), {})
        for line, tests in data.contexts_by_lineno(name).items():
            if line > 0:
                of_file[str(line)] = sorted({*of_file.get(str(line), ()), *(_test(each) for each in tests)})
    kept["seconds"].update(json.loads(_TIMES.read_text()))
    _KEPT.write_text(json.dumps(kept))


def read() -> Cover:
    """Return what was measured; measured now where it was not."""
    if not _KEPT.exists():
        measure()
    kept = json.loads(_KEPT.read_text())
    lines: dict[str, dict[int, frozenset[str]]] = defaultdict(dict)
    for path, by_line in kept["lines"].items():
        lines[path] = {int(line): frozenset(tests) for line, tests in by_line.items()}
    return Cover(dict(lines), kept["seconds"])


def environment() -> dict[str, str]:
    """Return the environment of a run: no plugins but those named."""
    return dict(os.environ) | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT)}


def _test(context: str) -> str:
    return context.rsplit("|", 1)[0]


if __name__ == "__main__":
    measure(*sys.argv[1:])
