"""The whole tour, watched: every file call by strace, every packet by tcpdump, and what the relay hears in the tunnel.

It runs as root in a network of its own, which has only the loopback, with a HOME and a TMPDIR of its own.
"""

import fcntl
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from tests.faults.recording import ROOT, strace

CALLS = (
    "open,openat,openat2,creat,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,rename,renameat,renameat2,"
    "link,linkat,symlink,symlinkat,mkdir,mkdirat,unlink,unlinkat,mmap,memfd_create,execve,sendfile,copy_file_range,"
    "connect"
)
PLANTED_CANARY = "Chim hoàng yến bay trên đường dây"
"""Sent in clear beside the tour: a capture that does not hold it has recorded nothing."""
PLANTED_PROXY = "http://127.0.0.9:9"
_UP = 0x1 | 0x40
_GET_FLAGS, _SET_FLAGS = 0x8913, 0x8914


@dataclass(frozen=True, slots=True)
class Watched:
    """Where everything lies that one watched run of the tour left."""

    base: Path

    @property
    def home(self) -> Path:
        return self.base / "home"

    @property
    def temporary(self) -> Path:
        return self.base / "tmp"

    @property
    def work(self) -> Path:
        return self.base / "work"

    @property
    def notes(self) -> Path:
        """What the watchers write, and nobody else."""
        return self.base / "notes"

    @property
    def trace(self) -> Path:
        return self.notes / "trace"

    @property
    def packets(self) -> Path:
        return self.notes / "packets"

    @property
    def output(self) -> Path:
        return self.notes / "output"

    @property
    def kept(self) -> Path:
        """The demo's folder as it was before the demo took it away."""
        return self.notes / "kept"


def watch(base: Path) -> Watched:
    """Run the tour under every watch; it must end well."""
    watched = Watched(base.resolve())
    for folder in (watched.home, watched.temporary, watched.work, watched.notes):
        folder.mkdir(mode=0o700)
    # What a careless HTTP library would use (security.md F42).
    (watched.home / ".netrc").write_text("default login planted password planted-secret\n")
    (watched.home / ".netrc").chmod(0o600)
    command = ["unshare", "--net", "--", sys.executable, "-m", "tests.leaks.tour", "inside", str(watched.base)]
    done = subprocess.run(command, check=False, cwd=ROOT, timeout=900)
    assert done.returncode == 0, f"the tour ends with {done.returncode}:\n{watched.output.read_text()[-2000:]}"
    return watched


def environment(watched: Watched) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "VIRTUAL_ENV") if name in os.environ}
    return {
        **kept,
        "HOME": str(watched.home),
        "TMPDIR": str(watched.temporary),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "QT_QPA_PLATFORM": "offscreen",
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        "HTTPS_PROXY": PLANTED_PROXY,
        "https_proxy": PLANTED_PROXY,
        "ALL_PROXY": PLANTED_PROXY,
    }


def recorded(watched: Watched, arguments: Sequence[str], trace: Path, output: Path) -> int:
    """Run `python` under the watch of its files."""
    command = [
        strace(), "-f", "--seccomp-bpf", "-y", "-xx", "-s", "16777216", "-e", "signal=none", "-e", f"trace={CALLS}",
        "-o", str(trace), sys.executable, *arguments,
    ]  # fmt: skip
    with output.open("wb") as file:
        done = subprocess.run(
            command, check=False, cwd=watched.work, env=environment(watched), stdout=file, stderr=file, timeout=800
        )
    return done.returncode


def _inside(watched: Watched) -> int:
    """Bring the loopback up, capture everything on it, and let the tour walk."""
    _loopback_up()
    with subprocess.Popen(
        ["tcpdump", "-i", "lo", "-s", "0", "-B", "65536", "-U", "-w", str(watched.packets), "-Z", "root"],
        stderr=subprocess.DEVNULL,
    ) as capture:
        until = time.monotonic() + 20
        while not (watched.packets.exists() and watched.packets.stat().st_size) and time.monotonic() < until:
            time.sleep(0.05)
        _say_in_clear(PLANTED_CANARY)
        code = recorded(watched, ["-m", "tests.leaks.tour", "hands", str(watched.base)], watched.trace, watched.output)
        time.sleep(0.5)
        capture.terminate()
    return code


def _say_in_clear(text: str) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as far,
        socket.create_connection(far.getsockname()) as near,
    ):
        near.sendall(text.encode())
        other, _ = far.accept()
        with other:
            assert other.recv(1000) == text.encode()


def _loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh14s", b"lo", 0, b"")
        flags = struct.unpack("16sh14s", fcntl.ioctl(any_socket, _GET_FLAGS, request))[1]
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14s", b"lo", flags | _UP, b""))


def _hands(watched: Watched) -> int:
    """Walk the tour with a relay that is heard, and keep what it leaves before it is taken away."""
    from ui.__main__ import main
    from ui.tour import stage

    real = subprocess.Popen

    def heard(command: list[str], **how: object) -> object:
        if "serve" in command:
            at = command.index("secmsg")
            command = [*command[:at], "tests.leaks.hearing_relay", str(watched.notes), *command[at + 1 :]]
        return real(command, **how)  # type: ignore[call-overload]

    close = stage.Stage.close

    def kept(self: stage.Stage) -> None:
        close(self)
        shutil.copytree(self._folder, watched.kept, dirs_exist_ok=True)

    # In this process only.
    vars(stage)["subprocess"] = SimpleNamespace(**{**vars(subprocess), "Popen": heard})
    stage.Stage.close = kept  # type: ignore[method-assign]
    return main(["--demo", "--walk"])


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, as the relay saw them after TLS."""

    status: int
    head: bytes
    asked: bytes
    answered: bytes


def exchanges(watched: Watched) -> tuple[Exchange, ...]:
    import base64

    found = []
    for path in sorted(watched.notes.glob("heard-*")):
        for line in path.read_text("ascii").splitlines():
            told = json.loads(line)
            found.append(
                Exchange(told["status"], *(base64.b64decode(told[name]) for name in ("head", "asked", "answered")))
            )
    return tuple(found)


if __name__ == "__main__":
    role, folder = sys.argv[1:]
    sys.exit({"inside": _inside, "hands": _hands}[role](Watched(Path(folder))))
