"""From the start of the program to its first window, mapped and painted, on a virtual screen, beside keepassxc.

Ours is the whole program as an officer starts it, with its supervisor, on a profile that asks for a passphrase;
keepassxc shows its own first window; the bare window is what Python and Qt cost by themselves. "Painted" means: a top
window is viewable and shows more than one colour. The proportional memory (PSS) is that of all processes of the program
together, two seconds later.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.bench.peers import need
from tests.bench.rows import Row, ratio
from tests.leaks.memory_scan import descendants

PATIENCE_S = 30.0
_SIZE = re.compile(r" (\d+)x(\d+)\+")
BARE = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(sys.argv)
window = QLabel("Kho điện đang khóa.")
window.resize(900, 600)
window.show()
app.exec()
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """Seconds until the window was painted, and MiB of proportional memory of all its processes."""

    seconds: float
    pss_mib: float


class Screen:
    """A virtual screen; finds the windows on it."""

    def __init__(self, display: str) -> None:
        self._display = display
        self.env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
        self.env.pop("WAYLAND_DISPLAY", None)

    def painted(self) -> bool:
        """Whether a top window is viewable and shows more than one colour."""
        return any(self._is_painted(window) for window in self._windows())

    def _windows(self) -> list[str]:
        tree = self._ask("xwininfo", "-root", "-children").decode("utf-8", "replace")
        return [line.split()[0] for line in tree.splitlines() if (size := _SIZE.search(line)) and int(size[1]) > 200]

    def _is_painted(self, window: str) -> bool:
        if b"IsViewable" not in self._ask("xwininfo", "-id", window):
            return False
        picture = self._ask("xwd", "-silent", "-id", window)
        rest = memoryview(picture)[len(picture) % 4 :].cast("I")
        return len(set(rest[len(rest) // 4 :: 97])) > 1  # past the header and its colours

    def _ask(self, *words: str) -> bytes:
        return subprocess.run(words, env=self.env, capture_output=True, check=False).stdout


@contextmanager
def screen() -> Iterator[Screen]:
    """Begin Xvfb with a picture in each window; none of a window manager's time is in the figure."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        [need("Xvfb", "xvfb"), "-displayfd", str(writer), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
        pass_fds=(writer,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    with os.fdopen(reader) as told:
        number = told.readline().strip()
    try:
        yield Screen(f":{number}")
    finally:
        server.terminate()
        server.wait()


def start(on: Screen, command: list[str], folder: Path) -> Seen:
    """Start a program, wait for its window, weigh it, and end it with all its processes."""
    env = {**on.env, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    began = time.perf_counter()
    begun = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not on.painted():
            if time.perf_counter() - began > PATIENCE_S or begun.poll() is not None:
                sys.exit(f"no window of {command[0]}")
        seconds = time.perf_counter() - began
        time.sleep(2)
        return Seen(seconds, sum(pss(pid) for pid in descendants(begun.pid)) / 1024)
    finally:
        pids = descendants(begun.pid)
        begun.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            begun.wait(5)
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        begun.wait()
        _until(lambda: not on.painted())


def pss(pid: int) -> int:
    """Return a process's proportional share of memory in KiB; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def run(rounds: int) -> list[Row]:
    """Start the three in turn, and print what was seen."""
    for program, package in (("xwininfo", "x11-utils"), ("xwd", "x11-apps")):
        need(program, package)
    sides: dict[str, list[Seen]] = {"ours": [], "keepassxc": [], "bare": []}
    with tempfile.TemporaryDirectory() as name, screen() as on:
        folder = Path(name)
        home = folder / "profile"
        home.mkdir(mode=0o700)
        (home / "vault").touch(mode=0o600)  # the locked screen asks for a passphrase where there are keyslots
        commands = {
            "ours": [sys.executable, "-m", "ui", "--home", str(home)],
            "keepassxc": [need("keepassxc", "keepassxc")],
            "bare": [sys.executable, "-c", BARE],
        }
        for number in range(rounds + 1):
            for side, command in commands.items():
                seen = start(on, command, folder)
                if number:
                    sides[side].append(seen)
    for side, all_seen in sides.items():
        each = [round(seen.seconds, 3) for seen in all_seen]
        weight = round(sorted(seen.pss_mib for seen in all_seen)[rounds // 2], 1)
        print(json.dumps({"what": side, "seconds": each, "pss_mib": weight}), flush=True)
    return _rows(sides)


def _rows(sides: dict[str, list[Seen]]) -> list[Row]:
    seconds = {side: [seen.seconds for seen in all_seen] for side, all_seen in sides.items()}
    weight = sorted(seen.pss_mib for seen in sides["ours"])[len(sides["ours"]) // 2]
    ours = f"{sorted(seconds['ours'])[len(seconds['ours']) // 2]:.2f} s, PSS {weight:.0f} MiB"
    made = []
    for side, goal in (("keepassxc", "≥ 1.33 (0.75 of its time)"), ("bare", "≥ 0.77 (1.3 of its time)")):
        middle, low, high = ratio(seconds[side], seconds["ours"])
        peer = f"{side} {sorted(seconds[side])[len(seconds[side]) // 2]:.2f} s"
        made.append(Row("first window, Xvfb", ours, peer, middle, low, high, goal, "Qt's libraries and their symbols"))
    return made


def _until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE_S
    while not holds() and time.monotonic() < ends:
        time.sleep(0.01)


if __name__ == "__main__":
    from tests.bench.rows import table

    print(table(run(int(sys.argv[1]) if len(sys.argv) > 1 else 5)))
