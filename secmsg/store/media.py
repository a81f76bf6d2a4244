"""What is known of the medium under a file: whether it is overwritten in place, whether it is flash memory.

Source: docs/spec/destruction.md 3. Linux tells it; elsewhere nothing is known, and nothing is claimed.
"""

import os
from dataclasses import dataclass
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
BLOCKS = Path("/sys/dev/block")
COPYING = frozenset(("bcachefs", "btrfs", "f2fs", "nilfs2", "overlay", "zfs"))
"""File systems that write a changed block elsewhere and leave the old one."""
IN_PLACE = frozenset(("ext2", "ext3", "ext4", "xfs", "vfat", "exfat", "msdos", "jfs"))
IN_MEMORY = frozenset(("tmpfs", "ramfs"))


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
        kind = _file_system(device, mounts.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return Medium(None, None)
    if kind in IN_MEMORY:
        return Medium(in_place=True, flash=False)
    in_place = True if kind in IN_PLACE else False if kind in COPYING else None
    return Medium(in_place, _is_flash(device, blocks))


def _file_system(device: int, mounts: str) -> str:
    wanted = f"{os.major(device)}:{os.minor(device)}"
    for line in mounts.splitlines():
        front, _, back = line.partition(" - ")
        fields = front.split()
        if len(fields) > 2 and fields[2] == wanted and back:
            return back.split()[0]
    return ""


def _is_flash(device: int, blocks: Path) -> bool | None:
    block = blocks / f"{os.major(device)}:{os.minor(device)}"
    for folder in (block, block / ".."):
        try:
            said = (folder / "queue" / "rotational").read_text(encoding="ascii")
        except OSError:
            continue
        return said.strip() != "1"
    return None
