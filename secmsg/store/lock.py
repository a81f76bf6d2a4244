"""One program at a time has a profile open (docs/spec/store.md 2).

The lock belongs to an open file, so the system takes it back when the process ends, however it ends: no stale
lock, no process number to believe.
"""

import os
import sys
from pathlib import Path

from secmsg.errors import ProfileInUse, StoreError, StoreExists
from secmsg.store import paths


class ProfileLock:
    """A held lock; `release` or the end of the process gives it back."""

    __slots__ = ("_descriptor",)

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @property
    def held(self) -> bool:
        """Whether this object still holds the lock."""
        return self._descriptor is not None

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


def acquire(path: Path) -> ProfileLock:
    """Lock the profile by its lock file, made when absent; ProfileInUse when another holder has it."""
    descriptor = _open(path)
    try:
        _lock(descriptor)
    except StoreError:
        os.close(descriptor)
        raise
    return ProfileLock(descriptor)


def _open(path: Path) -> int:
    try:
        return paths.open_private(path, create=True)
    except StoreExists:
        return paths.open_private(path)


if sys.platform == "win32":  # pragma: no cover - judged on that system
    import msvcrt

    def _lock(descriptor: int) -> None:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            raise ProfileInUse("another program has this profile open") from None

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        with paths.disk_errors():
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ProfileInUse("another program has this profile open") from None
