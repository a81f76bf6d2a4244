"""A pouch on a medium: written beside its name, made durable, named, read back; and read piece by piece.

Nothing here knows what the bytes mean. A stick may be pulled at any moment: a file that has its name was durable before
it got it, and only what was read back through a fresh descriptor, from the medium, counts as written.
"""

import errno
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from secmsg.crypto import hashing
from secmsg.errors import DiskFull, FormatError, MediumFailed, NotFound, ReadBackDiffers, StoreExists, TransferStopped

PIECE = 1024 * 1024
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

Progress = Callable[[int, int], None]
"""Told `done` and `total` bytes; writing and reading back count as one way, so `total` is twice the file."""

Cancelled = Callable[[], bool]


def write(target: Path, pieces: Iterable[bytes], size: int, *, progress: Progress, cancelled: Cancelled) -> None:
    """Write exactly `size` bytes as a new file `target`; when this returns they were read back from the medium.

    StoreExists when something has that name, DiskFull (before a byte is written where the medium says so),
    MediumFailed, ReadBackDiffers, TransferStopped. After a failure nothing is left, unless the medium is gone.
    """
    if os.path.lexists(target):
        raise StoreExists("there is a file of this name already")
    _check_room(target.parent, size)
    with _medium():
        descriptor, beside = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
    named = False
    try:
        digest = _fill(descriptor, pieces, size, progress, cancelled)
        _name(Path(beside), target)
        named = True
        _check_read_back(target, size, digest, progress, cancelled)
    except BaseException:
        if named:
            _remove(target)
        raise
    finally:
        _remove(Path(beside))


def read(source: Path) -> Iterator[bytes]:
    """Give a file's bytes in pieces of at most 1 MiB; NotFound, MediumFailed (also in the middle)."""
    with _opened(source) as (descriptor, _):
        while True:
            with _medium():
                piece = os.read(descriptor, PIECE)
            if not piece:
                return
            yield piece


def size_of(source: Path) -> int:
    """Return the length of a regular file; NotFound, MediumFailed."""
    with _opened(source) as (_, size):
        return size


def _check_room(folder: Path, size: int) -> None:
    with _medium():
        found = os.statvfs(folder) if hasattr(os, "statvfs") else None
    if found is not None and found.f_bavail * found.f_frsize < size:
        raise DiskFull(f"the medium has no room for {size} bytes")


def _fill(descriptor: int, pieces: Iterable[bytes], size: int, progress: Progress, cancelled: Cancelled) -> bytes:
    digest, done = hashing.ContentHash(), 0
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        for piece in pieces:
            _go_on(cancelled)
            with _medium():
                left = memoryview(piece)
                while left:
                    left = left[file.write(left) :]
            digest.update(piece)
            done += len(piece)
            progress(done, 2 * size)
        if done != size:
            raise FormatError("the pouch is not as long as it was to be")
        with _medium():
            os.fsync(file.fileno())
    return digest.digest()


def _name(beside: Path, target: Path) -> None:
    """Give the durable file its name, replacing nothing, and make the name durable."""
    with _medium():
        try:
            os.link(beside, target)
        except FileExistsError:
            raise StoreExists("there is a file of this name already") from None
        except OSError:
            # The file system of most sticks knows no links.
            if os.path.lexists(target):
                raise StoreExists("there is a file of this name already") from None
            beside.rename(target)
        _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # pragma: no cover - a directory cannot be opened there; names are durable with the file
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _check_read_back(target: Path, size: int, written: bytes, progress: Progress, cancelled: Cancelled) -> None:
    """Compare the file as it lies on the medium, not as this machine remembers it, with what was written."""
    digest, done = hashing.ContentHash(), 0
    with _opened(target) as (descriptor, _):
        if hasattr(os, "posix_fadvise"):
            with suppress(OSError):
                # The pages are clean after the fsync, so the kernel drops them and reads the medium.
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        while True:
            _go_on(cancelled)
            with _medium():
                piece = os.read(descriptor, PIECE)
            if not piece:
                break
            digest.update(piece)
            done += len(piece)
            progress(size + done, 2 * size)
    if done != size or digest.digest() != written:
        raise ReadBackDiffers("what was read back is not what was written")


@contextmanager
def _opened(source: Path) -> Iterator[tuple[int, int]]:
    """Open a plain file, never a device, a pipe or through a link, and give its descriptor and length."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with _medium():
        try:
            descriptor = os.open(source, flags)
        except FileNotFoundError:
            raise NotFound("there is no such file") from None
    try:
        with _medium():
            found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise NotFound("this is no plain file")
        yield descriptor, found.st_size
    finally:
        os.close(descriptor)


@contextmanager
def _medium() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull("the medium has no room or takes no file of this length") from None
        name = errno.errorcode.get(error.errno or 0, "unknown")
        raise MediumFailed(f"the medium could not be used: {name}") from None


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _go_on(cancelled: Cancelled) -> None:
    if cancelled():
        raise TransferStopped("the officer ended it")
