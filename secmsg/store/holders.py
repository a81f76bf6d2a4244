"""Which processes hold the lock of a profile, and so its keys in memory; and their end.

Source: docs/spec/destruction.md 2. Linux says who holds a lock (/proc/locks, readable by everyone, unlike the open
files of a process that forbade looking in). Elsewhere nobody says it: None, and nothing is claimed.
"""

import os
import signal
import socket
import struct
import sys
import time
from contextlib import suppress
from pathlib import Path

LOCKS = Path("/proc/locks")
_PAUSE_S = 0.01
ANSWER_S = 1.5
DEATH = b"death"


def holders(lock: Path, locks: Path = LOCKS) -> frozenset[int] | None:
    """Return the numbers of the processes that hold a lock file, ours not among them; None when nobody says."""
    try:
        found = lock.stat()
        said = locks.read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return frozenset() if locks.exists() else None
    except OSError:
        return None
    wanted = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"
    numbers = set()
    for line in said.splitlines():
        fields = line.split()
        if "->" not in fields and len(fields) >= 6 and fields[5] == wanted and fields[4].isdigit():
            numbers.add(int(fields[4]))
    return frozenset(numbers - {0, os.getpid()})


def end(lock: Path, *, patience_s: float, locks: Path = LOCKS) -> tuple[int, bool | None]:
    """Kill every process that holds a lock; say how many, and whether none holds it now (None: nobody says)."""
    until = time.monotonic() + patience_s
    killed: set[int] = set()
    while True:
        found = holders(lock, locks)
        if not found:
            return len(killed), None if found is None else True
        for number in found:
            if _kill(number, lock, locks):
                killed.add(number)
        if time.monotonic() > until:
            return len(killed), False
        time.sleep(_PAUSE_S)


def end_watch(home: Path) -> bool | None:
    """Let the program of a profile end its locked watch; one that does not answer is killed, and its watch with it.

    Answers whether that was done, None where no program of this user runs on the profile.
    """
    if sys.platform != "linux":  # pragma: no cover - there is no watch elsewhere
        return None
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(ANSWER_S)
        try:
            found = home.stat()
            # As `ui.instance` names it; a test holds the two together.
            line.connect(f"\0secmsg-{os.getuid()}-{found.st_dev}-{found.st_ino}")
        except OSError:
            return None
        size = struct.calcsize("3i")
        number, uid, _ = struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))
        if uid != os.getuid():
            return None
        with suppress(OSError):
            line.sendall(DEATH)
            if line.recv(1) == b".":
                return True
        with suppress(OSError):
            os.kill(number, signal.SIGKILL)
            return True
    return False


def _kill(number: int, lock: Path, locks: Path) -> bool:
    """Kill one process, by a handle taken before it is looked at once more: its number may be another's by now."""
    if not hasattr(os, "pidfd_open"):  # pragma: no cover - Linux has it
        return False
    with suppress(OSError):
        handle = os.pidfd_open(number)
        try:
            if number in (holders(lock, locks) or ()):
                signal.pidfd_send_signal(handle, signal.SIGKILL)
                return True
        finally:
            os.close(handle)
    return False
