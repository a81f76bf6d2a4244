"""One program for each profile: a second start brings the window of the first one to the front.

Linux only, by an abstract socket: it leaves no file and goes with its holder, however that ends. Elsewhere the lock of
the profile refuses the second program.
"""

import os
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path

_RAISE = b"raise"
_DEATH = b"death"
"""The keys of the profile are being destroyed: what still holds something for it ends (docs/spec/destruction.md 2)."""
_WAIT_S = 2.0


def address(home: Path) -> str:
    """Name the socket of a profile by the folder itself, however it is called; OSError while there is none."""
    found = home.stat()
    return f"\0secmsg-{os.getuid()}-{found.st_dev}-{found.st_ino}"


def claim(home: Path) -> socket.socket | None:
    """Become the program of this profile; None when another one is, or there is no profile yet."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listener.bind(address(home))
    except OSError:
        listener.close()
        return None
    listener.listen(4)
    listener.settimeout(0)
    return listener


def ask_to_raise(home: Path) -> bool:
    """Ask the program of this profile to show its window; False when nobody of this user answered."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(_WAIT_S)
        try:
            line.connect(address(home))
            if not _is_ours(line):
                return False
            line.sendall(_RAISE)
            line.shutdown(socket.SHUT_WR)
            return line.recv(1) == b"."
        except OSError:
            return False


class Call(Enum):
    """What a caller wants of the program of a profile."""

    RAISE = _RAISE
    """Its window in front."""
    DEATH = _DEATH
    """Everything that it holds for the profile gone; it answers when it is."""


def called(listener: socket.socket, obey: Callable[[Call], None]) -> None:
    """Take a caller, let `obey` do what it asks for, and answer it; a stranger is sent away."""
    try:
        line, _ = listener.accept()
    except OSError:
        return
    with line, suppress(OSError):
        line.settimeout(_WAIT_S)
        if not _is_ours(line):
            return
        said = line.recv(len(_RAISE))
        if said in {each.value for each in Call}:
            obey(Call(said))
            line.sendall(b".")


def _is_ours(line: socket.socket) -> bool:
    if sys.platform != "linux":
        return False
    _, uid, _ = struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    return bool(uid == os.getuid())
