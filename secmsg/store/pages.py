"""A preallocated file of equal pages, overwritten in place (docs/spec/vault.md 1).

In place, because a page written elsewhere and renamed leaves the old one on the medium.
"""

import os
from pathlib import Path
from typing import Protocol

from secmsg.errors import StoreDamaged
from secmsg.store import media, paths

PAGE = 4_096


class Pages(Protocol):
    """What the vault needs of its file; a test gives one that stops at any step."""

    def read(self, number: int) -> bytes:
        """Return a page."""

    def write(self, number: int, content: bytes) -> None:
        """Overwrite a page; durable after `sync`."""

    def sync(self) -> None:
        """Make every written page durable."""


class PageFile:
    """The pages of an open file."""

    __slots__ = ("_descriptor",)

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def __enter__(self) -> "PageFile":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, number: int) -> bytes:
        """Return a page."""
        with paths.disk_errors():
            os.lseek(self._fd(), number * PAGE, os.SEEK_SET)
            content = os.read(self._fd(), PAGE)
        if len(content) != PAGE:
            raise StoreDamaged("the vault is cut short")
        return content

    def write(self, number: int, content: bytes) -> None:
        """Overwrite a page."""
        with paths.disk_errors():
            os.lseek(self._fd(), number * PAGE, os.SEEK_SET)
            left = memoryview(content)
            while left:
                left = left[os.write(self._fd(), left) :]

    def sync(self) -> None:
        """Make every written page durable; the next reading comes from the medium where the system allows."""
        with paths.disk_errors():
            os.fsync(self._fd())
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(self._fd(), 0, 0, os.POSIX_FADV_DONTNEED)

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def _fd(self) -> int:
        if self._descriptor is None:
            raise StoreDamaged("the vault is closed")
        return self._descriptor


def open_pages(path: Path, count: int) -> PageFile:
    """Open a file of `count` pages.

    NotFound, or StoreDamaged when it has another size or is not ours alone.
    """
    descriptor = paths.open_private(path)
    if os.fstat(descriptor).st_size != count * PAGE:
        os.close(descriptor)
        raise StoreDamaged("the vault has another size")
    return PageFile(descriptor)


def create_pages(path: Path) -> PageFile:
    """Make an empty file for pages, in place also where the file system would copy; StoreExists when there is one."""
    descriptor = paths.open_private(path, create=True)
    media.stop_copying(descriptor)
    return PageFile(descriptor)
