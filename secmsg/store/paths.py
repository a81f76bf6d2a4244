"""Where the files of a profile lie, and the checks before one is opened (docs/spec/store.md 1).

Only the owner may enter; nothing is opened through a symbolic link or a second name.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from secmsg.errors import DiskFull, DiskReadOnly, NotFound, StoreDamaged, StoreError, StoreExists

DIRECTORY_MODE = 0o700
FILE_MODE = 0o600
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)


@dataclass(frozen=True, slots=True)
class Home:
    """The files of one profile."""

    root: Path

    @property
    def lock(self) -> Path:
        """Return the file whose lock says that a program has this profile open."""
        return self.root / "profile.lock"

    @property
    def attempts(self) -> Path:
        """Return the file that counts wrong passphrases in a row."""
        return self.root / "attempts"

    @property
    def standing(self) -> Path:
        """Return the file that says in clear what a destruction must know (docs/spec/destruction.md 4)."""
        return self.root / "destruction"

    @property
    def report(self) -> Path:
        """Return the report of a destruction that was sealed in advance (docs/spec/destruction.md 9)."""
        return self.root / "report"

    @property
    def destroyed(self) -> Path:
        """Return the mark that the keys of this profile were destroyed, and when."""
        return self.root / "destroyed"

    @property
    def moving(self) -> Path:
        """Return the file that says where this profile has left for."""
        return self.root / "moving"

    @property
    def portable(self) -> Path:
        """Return the file whose being there says that no machine's keyring is asked."""
        return self.root / "portable"

    @property
    def vault(self) -> Path:
        """Return the file of keyslots."""
        return self.root / "vault"

    @property
    def database(self) -> Path:
        """Return the enciphered database."""
        return self.root / "store.db"

    @property
    def blobs(self) -> Path:
        """Return the directory of ciphertext files."""
        return self.root / "blobs"


def private_umask() -> None:
    """Make every file that this process creates readable by its owner alone."""
    os.umask(0o077)


def make_directory(path: Path) -> None:
    """Make a directory of mode 0700 unless it is there, and those above it that are missing, each one durably.

    StoreDamaged when what is there is not ours alone.
    """
    with disk_errors():
        _make(path)
    check_directory(path)


def _make(path: Path) -> None:
    try:
        path.mkdir(mode=DIRECTORY_MODE)
    except FileExistsError:
        return
    except FileNotFoundError:
        _make(path.parent)
        path.mkdir(mode=DIRECTORY_MODE, exist_ok=True)
    sync_directory(path.parent)


def check_directory(path: Path) -> None:
    """Refuse a directory that is a link, belongs to another user, or that others can enter.

    NotFound when there is none, StoreDamaged otherwise.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        raise NotFound("there is no store here") from None
    if not stat.S_ISDIR(found.st_mode):
        raise StoreDamaged("the profile is not a directory")
    if not _is_own(found) or _mode_is_loose(found, DIRECTORY_MODE):
        raise StoreDamaged("the profile directory is open to others")


def open_private(path: Path, *, create: bool = False) -> int:
    """Open a regular file of this user for reading and writing and return its descriptor.

    `create` makes it with mode 0600 and refuses one that is there (StoreExists). NotFound when there is none;
    StoreDamaged when it is a link, has a second name, belongs to another user, or others can read it.
    """
    flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    if create:
        flags |= os.O_CREAT | os.O_EXCL
    with disk_errors():
        try:
            descriptor = os.open(path, flags, FILE_MODE)
        except FileNotFoundError:
            raise NotFound("a file of the store is not there") from None
        except FileExistsError:
            raise StoreExists("there is a store here already") from None
        except (IsADirectoryError, PermissionError):
            raise StoreDamaged("a file of the store is not a plain file of this user") from None
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.EMLINK):
                raise StoreDamaged("a file of the store is a link") from None
            raise
    try:
        _check_file(os.fstat(descriptor))
    except StoreError:
        os.close(descriptor)
        raise
    return descriptor


def open_to_erase(path: Path) -> int:
    """Open a file for overwriting whatever its modes and names are, but not through a link; NotFound."""
    flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with disk_errors():
        try:
            return os.open(path, flags)
        except FileNotFoundError:
            raise NotFound("a file of the store is not there") from None
        except PermissionError:
            # A file of ours that was made read-only; of another's this fails too.
            if path.is_symlink():
                raise
            path.chmod(FILE_MODE)
            return os.open(path, flags)


def check_private(path: Path) -> None:
    """Make the checks of `open_private` on a file that a library opens by its path."""
    os.close(open_private(path))


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turn an operating system error into DiskFull, DiskReadOnly or StoreError, without the path in the text."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull("the disk has no room") from None
        if error.errno == errno.EROFS:
            raise DiskReadOnly("the disk takes no writing") from None
        raise StoreError(f"the disk refused: {errno.errorcode.get(error.errno or 0, 'unknown')}") from None


def sync_directory(path: Path) -> None:
    """Make the names in a directory durable."""
    if os.name == "nt":  # pragma: no cover - a directory cannot be opened there; names are durable with the file
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some file systems of sticks have no such thing; everything that they can do was done.
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(descriptor)


def _check_file(found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode) or not _is_own(found):
        raise StoreDamaged("a file of the store is not a plain file of this user")
    if found.st_nlink != 1:
        raise StoreDamaged("a file of the store has a second name")
    if _mode_is_loose(found, FILE_MODE):
        raise StoreDamaged("a file of the store is open to others")


def _is_own(found: os.stat_result) -> bool:
    return not hasattr(os, "getuid") or found.st_uid == os.getuid()


def _mode_is_loose(found: os.stat_result, mode: int) -> bool:
    return os.name != "nt" and bool(stat.S_IMODE(found.st_mode) & ~mode & 0o077)
