"""Looks for what comes out: `make leaks`. Disk and line under the whole tour, then the memory after a lock.

Each part has a control that must be found. As root on a Debian system; the programs that lack are installed.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.bench.peers import need
from tests.leaks import canaries, careless, disk, stick, tour, wire
from tests.leaks.tour import Watched


def files_and_line(folder: Path) -> bool:
    """Walk the tour under the watch and judge both; print a line for each, and one for each control."""
    watched = tour.watch(folder)
    pdf = watched.kept / "du-thao-nghi-quyet.pdf"
    words, pieces = canaries.words(pdf), canaries.pieces(pdf)
    on_disk = disk.look(watched, watched.trace, words, pieces)
    disk.look_after(watched, words, pieces, on_disk)
    print(f"disk, the whole tour: {on_disk}", flush=True)
    _tell(on_disk.faults())
    on_line = wire.look(watched, words, pieces)
    print(f"line, the whole tour: {on_line}", flush=True)
    print("  sizes: " + ", ".join(f"{what} ×{times}" for what, times in sorted(on_line.sizes.items())))
    _tell(on_line.faults())
    red = _control(watched)
    print(
        f"control: a word in clear on the loopback → {'found, as it must be' if on_line.control else 'NOT found'}",
        flush=True,
    )
    return on_disk.good and on_line.good and red and on_line.control


def on_a_stick(folder: Path) -> bool:
    """Watch a session on a portable station, and one of a careless program; print a line for each."""
    (folder / "stick").mkdir()
    (folder / "careless").mkdir()
    found, control = stick.session(folder / "stick"), stick.session(folder / "careless", "careless")
    print(f"disk, a session on a stick: {found}", flush=True)
    _tell(found.faults())
    seen = bool(control.unlisted and control.leaks and control.left)
    print(f"control: a word in the user's home → {'red, as it must be' if seen else 'NOT seen'}", flush=True)
    return found.good and seen


def _control(watched: Watched) -> bool:
    """Let a careless program run under the same watch; every mistake of it must be seen."""
    trace = watched.notes / "control-trace"
    code = tour.recorded(watched, ["-m", "tests.leaks.careless"], trace, watched.notes / "control-output")
    assert code == 0, (watched.notes / "control-output").read_text()
    found = disk.look(watched, trace, (careless.WORD,))
    disk.look_after(watched, (careless.WORD,), (), found)
    in_settings, in_temporary, in_cache = (
        any(part in leak for leak in found.leaks) for part in ("secmsg-control", "preview-", "thumbnails/page")
    )
    named = any("in the name" in leak for leak in found.leaks)
    mapped = any("thumbnails/mapped" in name for name in found.unlisted)
    seen = (in_settings, in_temporary, in_cache, named, mapped)
    print(
        f"control: a careless program → words {len(found.leaks)} unlisted {len(found.unlisted)} "
        f"left behind {len(found.left)} ({'red, as it must be' if all(seen) else f'NOT all seen: {seen}'})",
        flush=True,
    )
    return all(seen)


def _tell(faults: Iterable[str]) -> None:
    for fault in list(faults)[:40]:
        print(f"  {fault}", file=sys.stderr)


def memory() -> bool:
    """Look into the memory of every process after a lock, and at the control, in processes of their own."""
    command = [sys.executable, "-m", "tests.leaks.memory"]
    watch = [sys.executable, "-m", "tests.leaks.watching"]
    runs = (command, [*command, "--careless"], watch)
    return all(subprocess.run(each, check=False).returncode == 0 for each in runs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("tour", "stick", "memory"), help="one part")
    given = parser.parse_args()
    for program, package in (("strace", "strace"), ("tcpdump", "tcpdump"), ("unshare", "util-linux")):
        need(program, package)
    bad = []
    if given.only in (None, "tour"):
        with tempfile.TemporaryDirectory(prefix="secmsg-watch-") as folder:
            if not files_and_line(Path(folder)):
                bad.append("disk or line")
    if given.only in (None, "stick"):
        with tempfile.TemporaryDirectory(prefix="secmsg-stick-") as folder:
            if not on_a_stick(Path(folder)):
                bad.append("stick")
    if given.only in (None, "memory") and not memory():
        bad.append("memory")
    print(f"leaks: {'none' if not bad else 'FOUND, or a control is not: ' + ', '.join(bad)}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
