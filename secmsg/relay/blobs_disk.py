"""Blob files: named by the hash of their id, opened without following links, durable before anybody is told."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from secmsg.crypto.hashing import short
from secmsg.ids import BlobId

_SHARD = 2
_NAME = re.compile(r"[0-9a-f]{64}", re.ASCII)


def blob_name(blob_id: BlobId) -> bytes:
    """Return the 32 bytes by which a blob is known here: whoever steals rows or files cannot ask for one with them."""
    return short(blob_id)


class BlobFiles:
    """The folder of blob files: one folder per first byte of the name, files 0600, folders 0700."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def create(self, name: bytes) -> None:
        """Make an empty file and bring its folder entry to the disk; one that is there is left alone."""
        path = self._path(name)
        if not path.parent.is_dir():
            path.parent.mkdir(mode=0o700, exist_ok=True)
            sync_folder(self._root)
        with _opened(path, os.O_WRONLY | os.O_CREAT) as file:
            os.fsync(file)
        sync_folder(path.parent)

    @contextmanager
    def writing(self, name: bytes) -> Iterator[int]:
        """Open a file for writing at any offset; the caller calls `os.fsync` before it believes in the bytes."""
        with _opened(self._path(name), os.O_WRONLY) as file:
            yield file

    @contextmanager
    def reading(self, name: bytes) -> Iterator[int]:
        """Open a file for reading."""
        with _opened(self._path(name), os.O_RDONLY) as file:
            yield file

    def remove(self, name: bytes) -> None:
        """Delete a file, if it is there, and bring that to the disk."""
        path = self._path(name)
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            sync_folder(path.parent)

    def names(self) -> Iterator[bytes]:
        """Walk over the names of all files, for the search for orphans."""
        for folder in sorted(self._root.iterdir()):
            if folder.is_dir():
                for path in sorted(folder.iterdir()):
                    if _NAME.fullmatch(path.name) is not None:
                        yield bytes.fromhex(path.name)

    def size(self, name: bytes) -> int | None:
        """Return a file's size, None where there is none."""
        try:
            return self._path(name).stat(follow_symlinks=False).st_size
        except FileNotFoundError:
            return None

    def fill(self) -> float:
        """Return the used share of the disk, 0 to 1."""
        usage = shutil.disk_usage(self._root)
        return 1 - usage.free / usage.total

    def _path(self, name: bytes) -> Path:
        text = name.hex()
        return self._root / text[:_SHARD] / text


def write_all(file: int, data: bytes, offset: int) -> None:
    """Write every byte at `offset`."""
    view = memoryview(data)
    while view:
        done = os.pwrite(file, view, offset)
        view = view[done:]
        offset += done


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    file = os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        yield file
    finally:
        os.close(file)


def sync_folder(folder: Path) -> None:
    """Bring a folder's entries to the disk."""
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(file)
    finally:
        os.close(file)
