"""Files that commands read and make: bounded when read, private and never over another when made."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from secmsg.errors import DiskFull, FormatError, NotFound, StoreExists

STANDARD_STREAM = Path("-")


def read(path: Path, most: int) -> bytes:
    """Read a whole file, `-` being standard input; FormatError when longer than `most` bytes, NotFound."""
    try:
        if path == STANDARD_STREAM:
            data = sys.stdin.buffer.read(most + 1)
        else:
            with path.open("rb") as file:
                data = file.read(most + 1)
    except OSError as error:
        raise NotFound(f"{path} cannot be read: {error.strerror}") from None
    if len(data) > most:
        raise FormatError(f"{path} is longer than {most} bytes")
    return data


def read_text(path: Path, most: int) -> str:
    """Read UTF-8 text of at most `most` bytes, with LF between its lines; FormatError, NotFound."""
    try:
        text = read(path, most).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FormatError(f"{path} is not UTF-8 text") from None
    return text.replace("\r\n", "\n").rstrip("\n")


def first_line(path: Path, most: int) -> str:
    """Read the first line of a text, without its end; the errors of `read_text`."""
    return read_text(path, most).partition("\n")[0]


def check_free(path: Path) -> None:
    """Refuse a place that cannot take a new file, before anything is asked of anybody; StoreExists, NotFound."""
    if os.path.lexists(path):
        raise StoreExists(f"there is already a file {path}")
    if not os.access(path.parent, os.W_OK):
        raise NotFound(f"{path} cannot be made: no folder there takes a file")


@contextmanager
def making(path: Path) -> Iterator[Callable[[bytes], None]]:
    """Take the place of a new file before the work whose result it will hold; give what writes it, durably.

    Only its owner may read it. StoreExists when something is there, NotFound when the folder takes no file,
    DiskFull when it is written. After a failure inside, the file is gone again unless it was written whole: what it
    holds (a recovery sheet, say) may be true already, and can't be made a second time.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags, 0o600)
    except FileExistsError:
        raise StoreExists(f"there is already a file {path}") from None
    except OSError as error:
        raise NotFound(f"{path} cannot be made: {error.strerror}") from None
    whole = False
    try:
        with os.fdopen(handle, "wb", buffering=0) as file:

            def write(data: bytes) -> None:
                nonlocal whole
                try:
                    left = memoryview(data)
                    while left:
                        left = left[file.write(left) :]
                    os.fsync(file.fileno())
                    _keep_name(path)
                except OSError as error:
                    raise DiskFull(f"{path} cannot be written: {error.strerror}") from None
                whole = True

            yield write
    except BaseException:
        if not whole:
            path.unlink(missing_ok=True)
        raise


def make(path: Path, data: bytes) -> Path:
    """Write a new file whose content is known; the errors of `making`."""
    with making(path) as write:
        write(data)
    return path


def _keep_name(path: Path) -> None:
    """Bring the name to the medium too, where a folder can be synced: a file is there only with its name."""
    if os.name != "posix":
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
