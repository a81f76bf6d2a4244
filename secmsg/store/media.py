"""What is known of the medium under a file: whether it is overwritten in place, whether it is flash memory.

Source: docs/spec/destruction.md 3. Linux tells it; elsewhere nothing is known, and nothing is claimed.
"""

import os
import struct
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
BLOCKS = Path("/sys/dev/block")
COPYING = frozenset(("bcachefs", "btrfs", "f2fs", "nilfs2", "zfs"))
"""File systems that write a changed block elsewhere and leave the old one."""
IN_PLACE = frozenset(("ext2", "ext3", "ext4", "xfs", "vfat", "exfat", "msdos", "jfs"))
IN_MEMORY = frozenset(("tmpfs", "ramfs"))
_GET_FLAGS, _SET_FLAGS = 0x80086601, 0x40086602
_NO_COPYING = 0x00800000


@dataclass(frozen=True, slots=True)
class Medium:
    """None: not known. `in_place`: the file system writes over the old block. `flash`: the medium may keep it."""

    in_place: bool | None
    flash: bool | None

    @property
    def keeps_nothing(self) -> bool:
        """Whether an overwritten block is gone, as far as the system tells."""
        return self.in_place is True and self.flash is False


def medium(path: Path, mounts: Path = MOUNTS, blocks: Path = BLOCKS) -> Medium:
    """Look at what lies under a file; never raises."""
    try:
        device = path.stat().st_dev
        kind, mounted = _file_system(path.resolve(), mounts.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return Medium(None, None)
    if kind in IN_MEMORY:
        return Medium(in_place=True, flash=False)
    flash = _is_flash(device, blocks) if kind != "btrfs" else _is_flash_named(mounted, blocks)
    if kind in COPYING:
        return Medium(_copies_nothing(path), flash)
    return Medium(True if kind in IN_PLACE else None, flash)


def stop_copying(descriptor: int) -> None:
    """Ask a file system that writes elsewhere to write this file, empty so far, in place; others ignore it."""
    with suppress(OSError, ImportError):
        import fcntl

        flags = _flags(descriptor)
        fcntl.ioctl(descriptor, _SET_FLAGS, struct.pack("l", flags | _NO_COPYING))


def _copies_nothing(path: Path) -> bool:
    with suppress(OSError, ImportError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            return bool(_flags(descriptor) & _NO_COPYING)
        finally:
            os.close(descriptor)
    return False


def _flags(descriptor: int) -> int:
    import fcntl

    (flags,) = struct.unpack("l", fcntl.ioctl(descriptor, _GET_FLAGS, struct.pack("l", 0)))
    return int(flags)


def _file_system(path: Path, mounts: str) -> tuple[str, str]:
    """Return the kind of the file system that a path lies on and its device, by the innermost mount above it."""
    best: tuple[int, str, str] = (-1, "", "")
    for line in mounts.splitlines():
        front, _, back = line.partition(" - ")
        fields, named = front.split(), back.split()
        if len(fields) < 5 or len(named) < 2:
            continue
        place = Path(fields[4].replace("\\040", " "))
        if path.is_relative_to(place) and len(place.parts) >= best[0]:
            best = (len(place.parts), named[0], named[1])
    return best[1], best[2]


def _is_flash_named(name: str, blocks: Path) -> bool | None:
    """Look at a block device by its path: some file systems give their files a device number of no disk."""
    try:
        return _is_flash(Path(name).stat().st_rdev, blocks)
    except OSError:
        return None


def _is_flash(device: int, blocks: Path) -> bool | None:
    block = blocks / f"{os.major(device)}:{os.minor(device)}"
    for folder in (block, block / ".."):
        try:
            said = (folder / "queue" / "rotational").read_text(encoding="ascii")
        except OSError:
            continue
        return said.strip() != "1"
    return None
