"""How often in a row a wrong passphrase was given, and when last (docs/spec/store.md 9).

Kept in clear beside the vault, since nothing else can be read before the store opens. It makes a person at the keyboard
wait, also after the program was started anew, and tells the officer that somebody tried. It keeps nobody out for good,
and holds off nobody who can copy the folder: that is the work of the passphrase's stretching.
"""

import os
from pathlib import Path

from secmsg.errors import NotFound, StoreError
from secmsg.store import paths

SIZE = 12
_MOST = 0xFFFF_FFFF
_LATEST = 0xFFFF_FFFF_FFFF_FFFF


def read(path: Path) -> tuple[int, int]:
    """Return the count and the time (UTC seconds) of the last; (0, 0) when none, or when the file is not as it was."""
    try:
        descriptor = paths.open_private(path)
    except (NotFound, StoreError):
        return 0, 0
    try:
        with paths.disk_errors():
            kept = os.read(descriptor, SIZE + 1)
    except StoreError:
        return 0, 0
    finally:
        os.close(descriptor)
    if len(kept) != SIZE:
        return 0, 0
    return int.from_bytes(kept[:4], "big"), int.from_bytes(kept[4:], "big")


def note(path: Path, now: int) -> None:
    """Count one more, durably; a disk that refuses is no reason to say something else than "wrong passphrase"."""
    count, _ = read(path)
    _write(path, min(count + 1, _MOST), now)


def forget(path: Path) -> None:
    """Begin anew after an opening; does nothing when none was counted."""
    if read(path) != (0, 0):
        _write(path, 0, 0)


def _write(path: Path, count: int, at: int) -> None:
    kept = count.to_bytes(4, "big") + max(0, min(at, _LATEST)).to_bytes(8, "big")
    try:
        descriptor = _open(path)
    except StoreError:
        return
    try:
        with paths.disk_errors():
            os.write(descriptor, kept)
            os.ftruncate(descriptor, SIZE)
            os.fsync(descriptor)
    except StoreError:
        return
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    try:
        return paths.open_private(path)
    except NotFound:
        return paths.open_private(path, create=True)
