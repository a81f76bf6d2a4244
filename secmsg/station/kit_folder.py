"""The folder of a kit: how it is recognised, what an ended making left in it, and its end.

Source: docs/spec/kit.md 2. The mark says that it is a kit and nothing else; what makes it one is inside its store.
"""

import os
import shutil
from pathlib import Path

from secmsg.crypto.randomness import Random
from secmsg.errors import DiskFull, KitRefused, NotFound, StoreExists
from secmsg.station import kit_mark
from secmsg.store import paths, vault
from secmsg.store import profile as profiles
from secmsg.store.keyring import NoKeyring
from secmsg.store.paths import Home

ADDITIONS = "additions"
"""Where the bearer puts files that came on the road; they are taken at the next opening."""
EMPTY = "empty"
_OURS = (
    "vault", "vault.new", "store.db", "store.db-wal", "store.db-shm", "store.db-journal", "blobs", "profile.lock",
    "attempts", ADDITIONS, kit_mark.NAME,
)  # fmt: skip
"""What is ours, in the order in which it goes: the mark last, so that what a stop leaves is known for what it is."""
_SPARE = 1.02
"""What a kit takes beside its enclosures, by a rough measure: fill, tags, the database."""
_SPARE_BYTES = 4 * 2**20


def mark(folder: Path) -> None:
    """Write the mark, durably, and make the place for additions."""
    with paths.disk_errors(), os.fdopen(paths.open_private(folder / kit_mark.NAME, create=True), "wb") as file:
        file.write(kit_mark.WORDS)
        file.flush()
        os.fsync(file.fileno())
    paths.make_directory(folder / ADDITIONS)
    with paths.disk_errors():
        paths.sync_directory(folder)


def prepare(folder: Path, size: int) -> None:
    """Take an empty folder, or one where a making or an end stopped half way: nothing in it opens any more.

    StoreExists for any other, DiskFull for no room.
    """
    paths.private_umask()
    if folder.exists():
        names = {each.name for each in folder.iterdir()} if folder.is_dir() else {"a file"}
        if _alive(folder) or not names <= set(_OURS):
            raise StoreExists("there is something in this folder: a kit is made in an empty one")
        clear(folder)
    paths.make_directory(folder)
    with paths.disk_errors():
        free = shutil.disk_usage(folder).free
    if free < size * _SPARE + _SPARE_BYTES:
        raise DiskFull(f"the kit needs about {int(size * _SPARE + _SPARE_BYTES) >> 20} MiB, {free >> 20} are free")


def clear(folder: Path) -> None:
    """Take away what is ours in a folder; anything else stays, and the folder with it."""
    with paths.disk_errors():
        if not folder.is_dir():
            return
        for name in _OURS:
            if name == kit_mark.NAME:
                paths.sync_directory(folder)
            path = folder / name
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        if not any(folder.iterdir()):
            folder.rmdir()


def erase(folder: Path, random: Random) -> None:
    """Destroy the keys of a kit in place, then take its files away: the keys first, whatever happens after."""
    profiles.erase(folder, keyring=NoKeyring(), random=random)
    clear(folder)


def make_place(path: Path) -> None:
    """Make a folder inside a kit, for its owner alone."""
    paths.make_directory(path)


def id_if_any(folder: Path) -> bytes | None:
    """Return the id in a folder's vault, None where no vault is or its header is overwritten; errors of `id_of`."""
    try:
        return id_of(folder) if vault.has_header(Home(folder).vault) else None
    except NotFound:
        return None


def check_keys(folder: Path) -> None:
    """Refuse a kit's folder in which nothing opens any more, or not yet: KitRefused, by its mark and no header."""
    if kit_mark.is_marked(folder) and id_if_any(folder) is None:
        raise KitRefused("nothing in this folder opens: its making did not end, or its keys are destroyed", EMPTY)


def _alive(folder: Path) -> bool:
    """Say whether a folder has a vault that may open; the vault of a marked kit without its header does not."""
    if not Home(folder).vault.exists():
        return False
    return not kit_mark.is_marked(folder) or id_if_any(folder) is not None


def id_of(folder: Path) -> bytes:
    """Return the id in a folder's vault, without opening anything; NotFound, StoreDamaged."""
    return vault.read_header(Home(folder).vault).store_id
