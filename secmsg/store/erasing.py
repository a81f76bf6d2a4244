"""The death of a profile's keys, proven by reading back, and the clearing of what is noise afterwards.

Source: docs/spec/destruction.md 2. Nothing here waits for a keyring, needs a key, or asks who holds the lock.
"""

import mmap
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from secmsg.crypto.randomness import Random
from secmsg.errors import DiskFull, DiskReadOnly, NotFound, StoreError
from secmsg.store import paths, vault
from secmsg.store.pages import PAGE
from secmsg.store.paths import Home

HEAD = 1024 * 1024
"""Bytes of a database that are overwritten before it is unlinked."""
BLOB_HEAD = 4096
_MAX_VAULT = 16 * 1024 * 1024
_TRIES = 2


@dataclass(frozen=True, slots=True)
class KeyDeath:
    """How the pages of one vault ended.

    `there`: there was a vault. `gone`: every page is overwritten and, where it could be read back, reads as written.
    `read_back`: it was read from the medium itself and not from a cache. `store_id` names the half in the keyring,
    empty where no header could be read. `reason` says in English why it is not gone.
    """

    there: bool
    gone: bool
    read_back: bool
    store_id: bytes
    reason: str = ""


def kill_keys(path: Path, *, random: Random) -> KeyDeath:
    """Overwrite a vault and prove it; tried twice when it reads otherwise (a program that still runs may write)."""
    store_id = _store_id(path)
    reason = ""
    for _ in range(_TRIES):
        before = _contents(path)
        if before is None:
            return KeyDeath(there=False, gone=False, read_back=False, store_id=store_id)
        try:
            vault.erase(path, random=random)
        except StoreError as error:
            reason = _words(error)
            continue
        after, direct = read_from_medium(path)
        if after and not _same_page(before, after):
            return KeyDeath(there=True, gone=True, read_back=direct, store_id=store_id)
        reason = "the disk still shows old pages"
    return KeyDeath(there=True, gone=False, read_back=False, store_id=store_id, reason=reason)


def is_vault(path: Path) -> bool:
    """Say whether a file is a vault of any profile; never raises."""
    try:
        with path.open("rb") as file:
            return vault.store_id_in(file.read(vault.COPIES * PAGE)) != b""
    except OSError:
        return False


def read_from_medium(path: Path) -> tuple[bytes, bool]:
    """Return a file's bytes, and whether they came past the system's cache; empty when it cannot be read."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)
    if hasattr(os, "O_DIRECT"):
        with suppress(OSError):
            descriptor = os.open(path, flags | os.O_DIRECT)
            try:
                return _read_aligned(descriptor), True
            finally:
                os.close(descriptor)
    return _contents(path) or b"", False


@dataclass(frozen=True, slots=True)
class Cleared:
    """How many files were overwritten at their head and unlinked, and how many were not."""

    gone: int
    left: int


def report(home: Home) -> bytes:
    """Return the report that was sealed in advance, b"" where none lies ready; read before the files are cleared."""
    return _contents(home.report) or b""


def clear_database(home: Home) -> Cleared:
    """Overwrite and unlink database, log and index; they are noise already."""
    names = (home.database.name + suffix for suffix in ("-wal", "", "-shm", "-journal"))
    return _clear((path for name in names if (path := home.root / name).exists()), HEAD, lambda: False)


def clear_blobs(home: Home, deadline: float, clock: Callable[[], float] = time.monotonic) -> Cleared:
    """Overwrite the heads of the ciphertext files and unlink them, until a time of `clock`; they are noise already."""
    return _clear(_files(home.blobs), BLOB_HEAD, lambda: clock() > deadline)


def clear_vault(home: Home) -> bool:
    """Take the dead vault's name away, so that the folder is free; answer whether it is gone."""
    with suppress(OSError):
        home.vault.unlink(missing_ok=True)
        home.standing.unlink(missing_ok=True)
        home.attempts.unlink(missing_ok=True)
        home.report.unlink(missing_ok=True)
        return True
    return False


def _clear(files: Iterable[Path], head: int, over: Callable[[], bool]) -> Cleared:
    gone = left = 0
    for path in files:
        if over() or not _clear_one(path, head):
            left += path.is_file() or path.is_symlink()
        else:
            gone += 1
    return Cleared(gone, left)


def _clear_one(path: Path, head: int) -> bool:
    """Overwrite a file's head with chance and unlink it; True also when there was none, False for a link."""
    if path.is_symlink():
        return False
    try:
        descriptor = paths.open_to_erase(path)
    except NotFound:
        return True
    except StoreError:
        descriptor = -1
    try:
        if descriptor >= 0:
            with suppress(OSError):
                size = min(head, os.fstat(descriptor).st_size)
                os.pwrite(descriptor, os.urandom(size), 0)
        path.unlink(missing_ok=True)
    except OSError:
        return False
    finally:
        if descriptor >= 0:
            os.close(descriptor)
    return True


def _files(folder: Path) -> Iterator[Path]:
    """List the files and links below a folder, or the folder where it is a link itself; none is followed."""
    if folder.is_symlink():
        yield folder
        return
    for root, folders, names in os.walk(folder):
        yield from (Path(root) / name for name in names)
        yield from (path for name in folders if (path := Path(root) / name).is_symlink())


def _store_id(path: Path) -> bytes:
    try:
        return vault.read_header(path).store_id
    except StoreError:
        # A vault of loose modes is refused for opening, and its keys die all the same: look at the bytes themselves.
        return vault.store_id_in(_contents(path) or b"")


def _contents(path: Path) -> bytes | None:
    """Return what a file holds, b"" when it cannot be read, None when there is none."""
    try:
        with path.open("rb") as file:
            return file.read(_MAX_VAULT)
    except FileNotFoundError:
        return None
    except OSError:
        return b""


def _read_aligned(descriptor: int) -> bytes:
    size = min(os.fstat(descriptor).st_size, _MAX_VAULT)
    room = -(-size // PAGE) * PAGE
    with mmap.mmap(-1, max(room, PAGE)) as buffer:
        done = 0
        while done < size:
            with memoryview(buffer) as whole, whole[done:] as rest:
                got = os.preadv(descriptor, [rest], done)
            if got <= 0:
                break
            done += got
        return buffer[:done]


def _same_page(before: bytes, after: bytes) -> bool:
    """Whether a page, or a quarter of one, still reads as before."""
    step = PAGE // 4
    return any(
        before[at : at + step] == after[at : at + step] and any(before[at : at + step])
        for at in range(0, min(len(before), len(after)), step)
    )


def _words(error: StoreError) -> str:
    match error:
        case DiskReadOnly():
            return "the disk takes no writing"
        case DiskFull():
            return "the disk has no room and writes nothing over what is there"
        case _:
            return str(error)
