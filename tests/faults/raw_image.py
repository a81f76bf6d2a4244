"""A file system on a loop device, and what can be carved from its raw bytes once it is unmounted."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from secmsg.store import keyslots, vault
from secmsg.store.pages import PAGE
from secmsg.store.vault import Header, Opener

MKFS = {
    "ext4": ("mkfs.ext4", "-q", "-F", "-b", "4096"),
    "vfat": ("mkfs.vfat",),
    "xfs": ("mkfs.xfs", "-q", "-f"),
    "btrfs": ("mkfs.btrfs", "-q", "-f"),
}
OPTIONS = {"vfat": "loop,umask=077"}
LEAST_MIB = {"ext4": 24, "vfat": 40, "xfs": 320, "btrfs": 120}


@contextmanager
def mounted(image: Path, kind: str) -> Iterator[Path]:
    """Make a file system in a file and mount it; when the block ends its bytes lie in the file."""
    with image.open("wb") as file:
        file.truncate(LEAST_MIB[kind] << 20)
    _run(*MKFS[kind], str(image))
    place = image.with_suffix(".mounted")
    place.mkdir()
    _run("mount", "-o", OPTIONS.get(kind, "loop"), str(image), str(place))
    try:
        yield place
    finally:
        os.sync()
        _run("umount", str(place))
        place.rmdir()


def generations(path: Path) -> dict[bytes, int]:
    """Return a piece of the middle of every page that a vault has now, and the page's number."""
    data = path.read_bytes()
    pages = {data[number * PAGE + 1024 :][:64]: number for number in range(len(data) // PAGE)}
    return {piece: number for piece, number in pages.items() if any(piece)}


def carved(image: bytes, header: Header, openers: tuple[Opener, ...]) -> int:
    """Try every block of an image as every keyslot with everything that ever opened; count what opens."""
    keks = [kek for opener in openers for kek in keyslots.keks_of(header, opener)]
    found = 0
    for at in range(0, len(image) - PAGE + 1, PAGE):
        block = image[at : at + PAGE]
        if block.count(0) > PAGE // 8:
            continue  # no sealed page: of random bytes some sixteen are zero
        found += sum(
            keyslots.open_page(kek, block, keyslots.place(header, b"slot", slot, copy), PAGE // 2) is not None
            for kek in keks
            for slot in range(vault.SLOTS)
            for copy in range(vault.COPIES)
        )
    return found


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
