"""From a dead disk to a post that sends and receives, by the numbered steps of the handbook: `make rebuild`.

Headquarters, a post and a relay are set up with the cost of an installed program; the post makes a backup, its disk is
erased, and from there on everything is done with the command line alone. Prints the seconds of each step and minutes of
all. `--program PATH` takes another program than this source tree: the one of an installed or unpacked package;
`--deb FILE` unpacks one and takes its program.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from secmsg.config import PRODUCTION
from secmsg.station import person_renewal
from secmsg.station.station import Station
from secmsg.station.views import CableRow
from tests.helpers import backups
from tests.helpers.command_line import ROOT, environment
from tests.helpers.ministry import HQ, PARIS, Ministry, draft, sync
from tests.helpers.running_clock import RunningClock

MOST_MINUTES = 15
NEXT = "một câu khác hẳn 2027"


@dataclass
class Machine:
    """The new machine: a program, a folder, and how long each step took."""

    program: tuple[str, ...]
    folder: Path
    steps: list[tuple[str, float]] = field(default_factory=list)

    def __call__(self, what: str, *words: str | Path) -> str:
        began = time.monotonic()
        ended = subprocess.run(
            [*self.program, *map(str, words)], capture_output=True, text=True, encoding="utf-8", env=environment(),
            cwd=ROOT, timeout=600, check=False,
        )  # fmt: skip
        self.steps.append((what, time.monotonic() - began))
        if ended.returncode:
            raise SystemExit(f"{what}: ends with {ended.returncode}\n{ended.stdout}{ended.stderr}")
        return ended.stdout


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", help="the program to rebuild with (default: this source tree)")
    parser.add_argument("--deb", type=Path, help="a package of the desktop to unpack and rebuild with")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="secmsg-rebuild-") as name:
        root = Path(name)
        program = _unpacked(given.deb, root / "package") if given.deb else given.program
        machine = Machine((program,) if program else (sys.executable, "-m", "secmsg"), root)
        minutes = rebuild(machine, root)
    for what, seconds in machine.steps:
        print(f"{seconds:7.1f} s  {what}")
    print(f"from a dead disk to a post that sends and receives: {minutes:.1f} minutes (allowed {MOST_MINUTES})")
    return 0 if minutes < MOST_MINUTES else 1


def rebuild(machine: Machine, root: Path) -> float:
    """Do it, and return the minutes from the erased disk on."""
    ministry = Ministry(root / "ministry", RunningClock(), PRODUCTION)
    ministry.root.mkdir()
    try:
        ministry.found()
        ministry.add_relay()
        ministry.enrol(HQ)
        home = ministry.enrol(PARIS)
        headquarters, paris = ministry.open(HQ), ministry.open(PARIS)
        for station in (headquarters, paris, headquarters):
            sync(station)
        _exchange(headquarters, paris, 0)
        sheet = _last_day(ministry, paris, root)
        paris = ministry.open(PARIS)
        _exchange(headquarters, paris, 1)
        last = max(row.number for row in paris.sent())
        ministry.close(paris)
        shutil.rmtree(home)

        began = time.monotonic()
        _by_the_handbook(machine, root, sheet, last, headquarters)
        return (time.monotonic() - began) / 60
    finally:
        ministry.end()


def _exchange(headquarters: Station, paris: Station, turn: int) -> None:
    headquarters.release(draft(PARIS.id, subject=f"Bộ {turn}"))
    paris.release(draft(HQ.id, subject=f"Paris {turn}"))
    for station in (paris, headquarters, paris, headquarters):
        sync(station)


def _last_day(ministry: Ministry, paris: Station, root: Path) -> Path:
    """Put the sheet into the safe and the backup onto the stick."""
    papers: list[str] = []
    person_renewal.new_sheet(paris.desk, lambda paper: papers.append(paper.text))
    backups.make(paris, root / "usb")
    backups.rehearse(paris, root / "usb")
    ministry.close(paris)
    groups = " ".join(re.findall(r"\b\d{5}\b", papers[0]))
    return _private(root / "groups", groups)


def _by_the_handbook(machine: Machine, root: Path, sheet: Path, last: int, headquarters: Station) -> None:
    home, words = root / "new", _private(root / "words", NEXT)
    opened = ("--home", home, "--passphrase-file", words)
    machine(
        "restore", "backup", "restore", "--from", root / "usb", "--home", home, "--groups-file", sheet,
        "--new-passphrase-file", words, "--sheet", root / "sheet.txt", "--yes",
    )  # fmt: skip
    assert "FROZEN" in machine("look at the status", "status", *opened)
    machine("fetch what came", "sync", *opened)
    machine(
        "open the new book of numbers", "station", "reopen", *opened, "--second-person", "Trần Thị Bình",
        "--headquarters-word", "đồng chí Lê, điện thoại", "--last-number", f"{last}", "--yes",
    )  # fmt: skip
    machine("send and fetch", "sync", *opened)
    sync(headquarters)
    body = _private(root / "body", "Kính gửi Bộ. Trạm đã hoạt động trở lại.")
    machine(
        "write a cable", "send", *opened, "--to", f"{HQ.id}", "--subject", "Đã phục hồi", "--body-file", body,
        "--degree", "confidential", "--basis", "Điều 3", "--topic", "A1", "--drafter", "Trần Thị Soạn",
        "--drafter-title", "Bí thư thứ nhất",
    )  # fmt: skip
    machine("send and fetch", "sync", *opened)
    headquarters.release(draft(PARIS.id, subject="Bộ mừng"))
    for _ in range(3):
        sync(headquarters)
        machine("send and fetch", "sync", *opened)
    assert "Đã phục hồi" in [row.subject for row in headquarters.inbox() if isinstance(row, CableRow)]
    held = machine("read the list", "list", "inbox", *opened)
    for subject in ("Bộ 0", "Bộ 1", "Bộ mừng"):
        assert subject in held, f"{subject} is not here\n{held}"
    machine("make a backup for the new sheet", "backup", "make", *opened, "--to", root / "usb")
    machine("prove it", "backup", "verify", *opened, "--from", root / "usb")


def _private(path: Path, text: str) -> Path:
    path.touch(mode=0o600)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def _unpacked(package: Path, into: Path) -> str:
    subprocess.run(["dpkg-deb", "-x", str(package), str(into)], check=True)
    found = [each for each in sorted(into.rglob("secmsg")) if each.is_file() and each.stat().st_mode & 0o100]
    if not found:
        raise SystemExit(f"there is no program in {package}")
    return str(found[0])


if __name__ == "__main__":
    sys.exit(main())
