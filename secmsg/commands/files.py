"""Files that commands read and make: bounded when read, private and never over another when made."""

import os
import sys
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


def make(path: Path, data: bytes) -> Path:
    """Write a new file that only its owner may read, durable when this returns.

    StoreExists when something is there, DiskFull, NotFound when the folder takes no file. Nothing stays
    behind on failure.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags, 0o600)
    except FileExistsError:
        raise StoreExists(f"there is already a file {path}") from None
    except OSError as error:
        raise NotFound(f"{path} cannot be made: {error.strerror}") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise DiskFull(f"{path} cannot be written: {error.strerror}") from None
    return path


def check_free(*paths: Path) -> None:
    """Refuse before work is done for nothing; StoreExists when one of the files is there already."""
    for path in paths:
        if path != STANDARD_STREAM and os.path.lexists(path):
            raise StoreExists(f"there is already a file {path}")
