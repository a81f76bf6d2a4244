"""How a kit knows machines apart, and how long it was open, also while the machine slept.

Source: docs/spec/kit.md 5. A mark is of use inside one kit only: the same machine has another one in another kit.
"""

import platform
import time
from pathlib import Path

from secmsg.crypto import hashing, labels
from secmsg.office.kit_log import MARK_SIZE

_NAMES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def mark(kit_id: bytes) -> bytes:
    """Return this machine's mark in one kit: 8 bytes."""
    return mark_of(kit_id, _machine())


def mark_of(kit_id: bytes, machine: bytes) -> bytes:
    """Return the mark of the machine that its system calls by these bytes."""
    name = labels.HASH_KIT_MACHINE.encode() + b"\x00" + kit_id
    return hashing.short(name, machine)[:MARK_SIZE]


def _machine() -> bytes:
    for path in _NAMES:
        try:
            found = path.read_bytes().strip()
        except OSError:
            continue
        if found:
            return found
    return platform.node().encode()


def steady() -> float:
    """Return seconds of a clock that nobody sets and that goes on while the machine sleeps, where there is one."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)
