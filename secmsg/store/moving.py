"""A closed profile on its way to another place: copied, read back from the medium, and marked as leaving.

Source: docs/spec/store.md 10. The caller holds the profile's lock and has closed the database.
"""

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from secmsg.errors import DiskFull, StoreDamaged
from secmsg.store import paths
from secmsg.store.paths import Home

PIECE = 1 << 20
ROOM = 32 << 20
"""Bytes that must stay free above what is copied: the store goes on growing there."""
_SKIPPED = frozenset({"profile.lock", "attempts", "moving", "moving.new", "portable", "store.db-shm", "vault.new"})
_MOST = 4096

Progress = Callable[[int, int], None]


def files(root: Path) -> tuple[Path, ...]:
    """List what a move takes along, relative to the profile; StoreDamaged for a link among it."""
    found = []
    for path in sorted(root.rglob("*")):
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            raise StoreDamaged("a file of the store is a link")
        if stat.S_ISREG(mode) and path.name not in _SKIPPED:
            found.append(path.relative_to(root))
    return tuple(found)


def check_room(root: Path, parent: Path) -> int:
    """Return how many bytes a move takes; DiskFull when the place has less."""
    size = sum((root / each).stat().st_size for each in files(root))
    room = os.statvfs(parent)
    if room.f_bavail * room.f_frsize < size + ROOM:
        raise DiskFull(f"the medium has less room than the store needs: {(size + ROOM) >> 20} MB")
    return size


def begin(part: Path, target: Path) -> None:
    """Make the folder of a copy, marked before anything is in it: it is not opened before the old profile is dead.

    Its lock is made with it: by that a destruction that was stopped knows, without a header, whose keyslots these are.
    """
    paths.make_directory(part)
    _write(Home(part).lock, b"")
    mark(Home(part), target)


def copy(root: Path, target: Path, progress: Progress) -> None:
    """Copy every file durably into `target`, which is made, and compare what is read back; DiskFull, StoreDamaged."""
    paths.make_directory(target)
    total = check_room(root, target)
    done = 0
    for each in files(root):
        to = target / each
        _make_folders(target, to.parent)
        done += _copy(root / each, to, lambda more, before=done: progress(before + more, total))  # type: ignore[misc]  # a default argument
    for folder in _folders(target):
        paths.sync_directory(folder)


def _copy(source: Path, to: Path, tell: Callable[[int], None]) -> int:
    written, size = hashlib.sha256(), 0
    descriptor = paths.open_private(to, create=True)
    with paths.disk_errors(), source.open("rb") as file, os.fdopen(descriptor, "wb", buffering=0) as copied:
        while piece := file.read(PIECE):
            written.update(piece)
            left = memoryview(piece)
            while left:
                left = left[copied.write(left) :]
            size += len(piece)
            tell(size)
        os.fsync(copied.fileno())
    if _read_back(to) != written.digest():
        raise StoreDamaged("what was read back from the medium is not what was written")
    return size


def _read_back(path: Path) -> bytes:
    found = hashlib.sha256()
    with paths.disk_errors(), path.open("rb") as file:
        with suppress(AttributeError, OSError):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)  # from the medium, not from memory
        while piece := file.read(PIECE):
            found.update(piece)
    return found.digest()


def _make_folders(target: Path, folder: Path) -> None:
    if folder != target and not folder.exists():
        _make_folders(target, folder.parent)
        paths.make_directory(folder)


def _folders(target: Path) -> Iterator[Path]:
    yield target
    yield from (path for path in target.rglob("*") if path.is_dir())


# --- marks -----------------------------------------------------------------------------------------------------------


def mark(home: Home, target: Path) -> None:
    """Note durably that this profile has left for `target`: from now on it is not opened here."""
    new = home.moving.with_name("moving.new")
    new.unlink(missing_ok=True)
    _write(new, str(target).encode())
    with paths.disk_errors():
        new.replace(home.moving)
    paths.sync_directory(home.root)


def target_of(home: Home) -> Path | None:
    """Return where a profile has left for, None for one that stays; StoreDamaged."""
    try:
        with home.moving.open("rb") as file:
            said = file.read(_MOST)
    except FileNotFoundError:
        return None
    try:
        return Path(said.decode())
    except UnicodeDecodeError:
        raise StoreDamaged("the mark of the move cannot be read") from None


def unmark(home: Home) -> None:
    """Take the note back."""
    with paths.disk_errors():
        home.moving.unlink(missing_ok=True)
    paths.sync_directory(home.root)


def make_portable(home: Home) -> None:
    """Mark a profile as portable: no machine's keyring is asked for it, and none keeps anything of it."""
    if not home.portable.exists():
        _write(home.portable, b"")
        paths.sync_directory(home.root)


def remove(root: Path) -> None:
    """Take away the files of a profile whose keys are dead; the mark goes last, so that a stop is taken up again."""
    left = Home(root).moving
    for path in sorted(root.rglob("*"), reverse=True):
        with suppress(OSError):
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            elif path != left:
                path.unlink()
    with suppress(OSError):
        left.unlink(missing_ok=True)
        root.rmdir()


def _write(path: Path, data: bytes) -> None:
    descriptor = paths.open_private(path, create=True)
    with paths.disk_errors(), os.fdopen(descriptor, "wb", buffering=0) as file:
        file.write(data)
        os.fsync(file.fileno())
