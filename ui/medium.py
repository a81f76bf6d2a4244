"""Whether the medium that holds the profile is still in the machine: a folder asked for by its number, once a second.

A file system that was taken off shows another folder under the same path, or none. A stick that was pulled out without
being taken off still answers from memory; its device is gone from the kernel's list, and with it those it stands on.
"""

import os
from pathlib import Path

BLOCKS = Path("/sys/dev/block")


class Medium:
    """The medium of a profile as it was when this was made."""

    def __init__(self, home: Path, blocks: Path = BLOCKS) -> None:
        self._home = home
        self._mark = _mark(home)
        self._devices = () if self._mark is None else _devices(self._mark[0], blocks)

    def is_there(self) -> bool:
        """Say whether it is still there; one that was never found is not watched."""
        if self._mark is None:
            return True
        return _mark(self._home) == self._mark and all(each.exists() for each in self._devices)


def _mark(home: Path) -> tuple[int, int] | None:
    """Return which folder this is, on which device; None while there is none to be read."""
    try:
        found = home.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _devices(number: int, blocks: Path) -> tuple[Path, ...]:
    """Name the block device of a file system and those below it (of an enciphered one its stick); none for memory."""
    try:
        first = (blocks / f"{os.major(number)}:{os.minor(number)}").resolve(strict=True)
    except (AttributeError, OSError):  # only Linux lists its devices there
        return ()
    found, todo = [], [first]
    while todo:
        device = todo.pop()
        if device in found:
            continue
        found.append(device)
        try:
            todo += [each.resolve() for each in (device / "slaves").iterdir()]
        except OSError:
            continue
    return tuple(found)
