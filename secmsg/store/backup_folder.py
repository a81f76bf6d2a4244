"""The files of a backup on its medium: vault copy, manifests, pieces (docs/spec/backup.md 2 and 5).

Nothing here knows a key or asks for modes and owners, which a stick may not have. A file that has its name is whole: it
is written beside, made durable by whoever says that it counts, and named.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from secmsg.crypto.hashing import Buffer
from secmsg.errors import BackupDamaged, DiskFull, MediumFailed, NotFound
from secmsg.store import paths
from secmsg.wire import backup

_MANIFEST = "manifest-"
_VAULT = "vault-"
_FIGURES = 8
_BESIDE = ".part"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class BackupFolder:
    """One backup's folder."""

    root: Path

    def vault(self, number: int) -> Path:
        """Return where the vault copy of a manifest lies."""
        return self.root / f"{_VAULT}{number:0{_FIGURES}}"

    @property
    def pieces(self) -> Path:
        """Return the folder of pieces."""
        return self.root / "pieces"

    def piece(self, name: bytes) -> Path:
        """Return where a piece lies."""
        return self.pieces / name.hex()[:2] / name.hex()

    def manifest(self, number: int) -> Path:
        """Return where a manifest lies."""
        return self.root / f"{_MANIFEST}{number:0{_FIGURES}}"


def folder_in(where: Path, store_id: bytes) -> BackupFolder:
    """Return a store's backup below a folder; `where` may be the backup's own folder too."""
    name = f"secmsg-{store_id[:4].hex()}"
    return BackupFolder(where if where.name == name else where / name)


def found_in(where: Path) -> tuple[BackupFolder, ...]:
    """List the backups that lie in a folder, or that it is; MediumFailed."""
    if is_backup(where):
        return (BackupFolder(where),)
    with medium():
        below = sorted(each for each in where.iterdir() if each.name.startswith("secmsg-")) if where.is_dir() else []
    return tuple(BackupFolder(each) for each in below if is_backup(each))


def is_backup(where: Path) -> bool:
    """Say whether a folder looks like a backup."""
    return bool(numbers(BackupFolder(where)))


def prepare(folder: BackupFolder) -> None:
    """Make the folders, and clear what an earlier making left unnamed."""
    with medium():
        for each in (folder.root, folder.pieces):
            each.mkdir(mode=paths.DIRECTORY_MODE, parents=True, exist_ok=True)
        for left in folder.root.glob(f".*{_BESIDE}"):
            left.unlink(missing_ok=True)


def numbers(folder: BackupFolder) -> tuple[int, ...]:
    """Give the numbers of the manifests, the highest first."""
    with medium():
        names = [each.name for each in folder.root.iterdir()] if folder.root.is_dir() else []
    figures = [name.removeprefix(_MANIFEST) for name in names if name.startswith(_MANIFEST)]
    return tuple(sorted((int(each) for each in figures if len(each) == _FIGURES and each.isdecimal()), reverse=True))


def room(folder: BackupFolder) -> int | None:
    """Return the bytes that the medium has left, None where it does not say."""
    with medium():
        found = os.statvfs(folder.root) if hasattr(os, "statvfs") else None
    return None if found is None else found.f_bavail * found.f_frsize


def size_of(path: Path) -> int | None:
    """Return a plain file's size, None when there is none."""
    with medium():
        try:
            found = path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None


def read(path: Path, most: int) -> bytes:
    """Return a plain file of at most `most` bytes; NotFound, BackupDamaged when longer, MediumFailed."""
    with medium():
        try:
            descriptor = os.open(path, _FLAGS)
        except FileNotFoundError:
            raise NotFound("a file of the backup is not there") from None
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise NotFound("a file of the backup is no plain file")
            content = file.read(most + 1)
    if len(content) > most:
        raise BackupDamaged("a file of the backup is longer than it may be")
    return content


def read_manifest(folder: BackupFolder, number: int) -> bytes:
    """Return a sealed manifest."""
    return read(folder.manifest(number), backup.MAX_BYTES + 1024)


def write_piece(folder: BackupFolder, name: bytes, content: Buffer) -> None:
    """Write a piece and give it its name; it is durable only after `settle`."""
    target = folder.piece(name)
    beside = folder.root / f".{target.name}{_BESIDE}"
    with medium():
        target.parent.mkdir(mode=paths.DIRECTORY_MODE, exist_ok=True)
        try:
            _fill(beside, content, sync=False)
            beside.replace(target)
        except OSError:
            _remove(beside)
            raise


def settle(folder: BackupFolder, names: tuple[bytes, ...]) -> None:
    """Make pieces durable; their names are so only after `settle_names`."""
    with medium():
        for name in names:
            _sync(folder.piece(name))


def settle_names(folder: BackupFolder, names: Iterable[bytes]) -> None:
    """Make the names of pieces durable, and those of the folders that they lie in."""
    with medium():
        for each in sorted({folder.piece(name).parent for name in names}):
            paths.sync_directory(each)
        for each in (folder.pieces, folder.root, folder.root.parent):
            paths.sync_directory(each)


def write_whole(folder: BackupFolder, path: Path, content: bytes) -> None:
    """Write a file durably in the place of what has its name."""
    beside = folder.root / f".{path.name}{_BESIDE}"
    with medium():
        try:
            _fill(beside, content, sync=True)
            beside.replace(path)
            paths.sync_directory(folder.root)
        except OSError:
            _remove(beside)
            raise


def clear(folder: BackupFolder, kept: int, names: frozenset[bytes]) -> None:
    """Remove every manifest but one, and the pieces that it does not name; a medium that refuses keeps them."""
    for number in numbers(folder):
        if number != kept:
            _remove(folder.manifest(number))
    for each in folder.root.glob(f"{_VAULT}*"):
        if each != folder.vault(kept):
            _remove(each)
    wanted = {name.hex() for name in names}
    with suppress(OSError):
        for each in folder.pieces.glob("*/*"):
            if each.name not in wanted:
                _remove(each)


@contextmanager
def medium() -> Iterator[None]:
    """Turn an operating system error into DiskFull or MediumFailed, without the path in the text."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull("the medium has no room") from None
        name = errno.errorcode.get(error.errno or 0, "unknown")
        raise MediumFailed(f"the medium could not be used: {name}") from None


def _fill(path: Path, content: Buffer, *, sync: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, paths.FILE_MODE), "wb", buffering=0) as file:
        left = memoryview(content)
        while left:
            left = left[file.write(left) :]
        if sync:
            os.fsync(file.fileno())


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
