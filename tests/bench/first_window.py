"""From the start of the program to its first window, mapped and painted, on a virtual screen, beside keepassxc.

Ours is the whole program as an officer starts it, with its supervisor, on a profile that asks for a passphrase;
keepassxc shows its own first window; the bare window is what Python and Qt cost by themselves. "Painted" means: a top
window is viewable and shows more than one colour. The proportional memory (PSS) is that of all processes of the program
together, two seconds later.
"""

import ctypes
import json
import os
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
from tests.bench.rows import Row, ratio, table
from tests.leaks.memory_scan import descendants

PATIENCE_S = 30.0
TOP, WIDE, HIGH, STRIDE = 180, 640, 160, 7
"""A strip of the corner in which windows appear without a window manager; every so many pixels are looked at."""
_HANDLER: list[object] = []
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
    """A virtual screen, looked at through one connection of our own, so that looking costs the programs little."""

    def __init__(self, display: str) -> None:
        self.env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
        self.env.pop("WAYLAND_DISPLAY", None)
        self._x = ctypes.CDLL("libX11.so.6")
        for name in ("XOpenDisplay", "XGetImage", "XDefaultRootWindow"):
            getattr(self._x, name).restype = ctypes.c_void_p
        _HANDLER.append(ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda *_: 0))
        self._x.XSetErrorHandler(_HANDLER[-1])  # a window may go while it is looked at
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))

    def painted(self) -> bool:
        """Whether the screen shows more than the two colours of nothing: the ground and an empty window."""
        z_pixmap, all_planes = 2, ctypes.c_ulong(0xFFFFFFFF)
        image = self._x.XGetImage(self._display, self._root, 0, TOP, ctypes.c_uint(WIDE), ctypes.c_uint(HIGH),
                                  all_planes, z_pixmap)  # fmt: skip
        if not image:
            return False
        head = ctypes.cast(image, ctypes.POINTER(_Image)).contents
        colours = set(memoryview(ctypes.string_at(head.data, WIDE * HIGH * 4)).cast("I")[::STRIDE])
        self._x.XDestroyImage(ctypes.c_void_p(image))
        return len(colours) > 2


class _Image(ctypes.Structure):
    """The beginning of Xlib's XImage."""

    _fields_ = (
        ("width", ctypes.c_int), ("height", ctypes.c_int), ("xoffset", ctypes.c_int), ("format", ctypes.c_int),
        ("data", ctypes.c_void_p),
    )  # fmt: skip


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
            time.sleep(0.01)
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


def run(size: int, rounds: int) -> None:
    """Start the three in turn, and print what was seen; there is no `size`."""
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
    print(table(_rows(sides)))


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
