"""A recording of the deeds, and the disk as it was at any moment of it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secmsg import digits
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.randomness import system
from secmsg.crypto.secret import Secret
from secmsg.store import profile as profiles
from tests.faults import deeds, recording
from tests.faults.disk import Change, Disk, File, Folder, Names
from tests.faults.recording import Act, Kind
from tests.faults.scene import set_up
from tests.helpers.ministry import KEYRING, PASSPHRASE

SAID = "said"
Line = dict[str, Any]
Keep = Callable[[Act], bool]


def keep_all(_: Act) -> bool:
    return True


def without_folder_syncs(act: Act) -> bool:
    """Leave out every fsync of a folder, as a program would that has forgotten them."""
    return act.kind is not Kind.SYNC or not act.path.is_dir()


def without_vault_syncs(act: Act) -> bool:
    return act.kind is not Kind.SYNC or not act.path.name.startswith("vault")


def without_blob_syncs(act: Act) -> bool:
    return act.kind is not Kind.SYNC or "blobs" not in act.path.parts or act.path.is_dir()


@dataclass(frozen=True, slots=True)
class Recorded:
    """Where everything lies: the folders before the deeds, what was done, and the folders after them."""

    base: Path

    @property
    def root(self) -> Path:
        return self.base / "ministry"

    @property
    def before(self) -> Path:
        return self.base / "before"

    @property
    def trace(self) -> Path:
        return self.base / "trace"

    def acts(self) -> tuple[Act, ...]:
        return tuple(recording.acts(self.trace, self.base))

    def disk(self, names: Names) -> Disk:
        disk = Disk(self.base, names)
        disk.load_from(self.before, self.root.name)
        return disk


def make(base: Path, kind: str = "honest") -> Recorded:
    """Set the scene and record the deeds, or one of their mistakes."""
    made = Recorded(base)
    scene = set_up(made.root)
    scene.annex.rename(base / "annex.pdf")
    (made.root / "out").mkdir()
    (made.root / "older").mkdir()
    deeds.make_older(made.root / "older" / "store.db")
    secret = profiles.new_sheet(
        scene.paris, Secret(PASSPHRASE.encode()), keyring=KEYRING, floor=KdfCost(8, 1), random=system
    )
    (base / "sheet").write_text(digits.groups(secret.reveal()))
    Disk.copy(made.root, made.before)
    (base / SAID).touch()
    code = recording.record("tests.faults.deeds", [str(made.root), kind], made.trace)
    assert code == 0, f"the deeds end with {code}"
    return made


def play(disk: Disk, acts: tuple[Act, ...], keep: Keep = keep_all) -> Iterator[tuple[int, Line | None]]:
    """Do the acts one after the other on a disk; give each one's place, and the line if it told something."""
    for place, act in enumerate(acts):
        line = None
        if act.path.name == SAID and act.path.parent == disk.root:
            line = json.loads(act.data) if act.kind is Kind.WRITE else None
        elif keep(act):
            _do(disk, act)
        yield place, line


def _do(disk: Disk, act: Act) -> None:
    if act.path.suffix == ".db-shm" or act.path.name.endswith("-shm"):
        return  # made anew by whoever opens the database first
    node, parent = disk.at(act.path), disk.at(act.path.parent)
    if not isinstance(parent, Folder):
        return  # beside the machines' folders
    name = act.path.name
    match act.kind:
        case Kind.CREATE:
            if node is None:
                parent.change({name: File()}, disk.names)
        case Kind.FOLDER:
            parent.change({name: Folder()}, disk.names)
        case Kind.WRITE if isinstance(node, File):
            offset = len(node.live()) if act.offset < 0 else act.offset
            node.waiting.append(Change(act.moment, offset, act.data))
        case Kind.SIZE if isinstance(node, File):
            node.waiting.append(Change(act.moment, act.offset, None))
        case Kind.SYNC if isinstance(node, File):
            node.sync(act.began)
        case Kind.SYNC if isinstance(node, Folder):
            node.sync()
        case Kind.REMOVE:
            parent.change({name: None}, disk.names)
        case Kind.RENAME | Kind.LINK if act.other is not None and node is not None:
            _rename(disk, act.kind, act.path, act.other, node)
        case _:
            raise ValueError(f"{act.kind} of what is not there: {act.path}")


def _rename(disk: Disk, kind: Kind, path: Path, other: Path, node: File | Folder) -> None:
    target = disk.folder(other.parent)
    if kind is Kind.LINK or other.parent != path.parent:
        target.change({other.name: node}, disk.names)
        if kind is Kind.RENAME:
            disk.folder(path.parent).change({path.name: None}, disk.names)
    else:
        target.change({path.name: None, other.name: node}, disk.names)
