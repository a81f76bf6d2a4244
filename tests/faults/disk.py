"""A disk that loses power: what was written since the last sync is kept, dropped or torn, at random.

Two models of names. `at once`: a file that was created, renamed or removed is so at once, as a journal that is never
late would have it. `when synced`: it is so only when its folder was synced, and until then each change by itself may
have come to the medium or not. Contents are the same in both: a write that no fsync of its file followed may be there
wholly, in part (sectors of 512 bytes) or not at all, whatever came before or after it.
"""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

SECTOR = 512


class Names(Enum):
    """When a change of names is durable."""

    AT_ONCE = "names at once"
    WHEN_SYNCED = "names when their folder is synced"


class Fate(Enum):
    """What became of everything that no sync had made durable."""

    DROPPED = 1
    KEPT = 2
    MIXED = 3


@dataclass(frozen=True, slots=True)
class Change:
    """Bytes put at an offset, or (`data` is None) the file cut or grown to that size; `moment` is when it was done."""

    moment: int
    offset: int
    data: bytes | None


@dataclass(slots=True)
class File:
    """A file's bytes on the medium and what waits in memory."""

    durable: bytearray = field(default_factory=bytearray)
    waiting: list[Change] = field(default_factory=list)

    def sync(self, moment: int) -> None:
        """Bring to the medium what was done before `moment`."""
        for change in self.waiting:
            if change.moment < moment:
                _apply(self.durable, change)
        self.waiting = [change for change in self.waiting if change.moment >= moment]

    def live(self) -> bytes:
        """Return what a program reads."""
        content = bytearray(self.durable)
        for change in self.waiting:
            _apply(content, change)
        return bytes(content)

    def after_cut(self, fate: Fate, chance: random.Random) -> bytes:
        """Return what is read after the power came back."""
        content = bytearray(self.durable)
        for change in self.waiting:
            match fate:
                case Fate.DROPPED:
                    pass
                case Fate.KEPT:
                    _apply(content, change)
                case Fate.MIXED:
                    for part in _surviving(change, chance):
                        _apply(content, part)
        return bytes(content)


@dataclass(slots=True)
class Folder:
    """A folder's names on the medium, as programs see them, and the changes between (a rename is one change)."""

    durable: "dict[str, File | Folder]" = field(default_factory=dict)
    live: "dict[str, File | Folder]" = field(default_factory=dict)
    waiting: "list[dict[str, File | Folder | None]]" = field(default_factory=list)

    def change(self, names: "dict[str, File | Folder | None]", when: Names) -> None:
        """Let names stand for other files, or (None) for nothing."""
        _rename(self.live, names)
        if when is Names.AT_ONCE:
            _rename(self.durable, names)
        else:
            self.waiting.append(names)

    def sync(self) -> None:
        """Bring the names to the medium."""
        self.waiting.clear()
        self.durable = dict(self.live)

    def after_cut(self, fate: Fate, chance: random.Random) -> "dict[str, File | Folder]":
        """Return the names that are there after the power came back."""
        names = dict(self.durable)
        for change in self.waiting:
            if fate is Fate.KEPT or (fate is Fate.MIXED and chance.random() < 0.5):
                _rename(names, change)
        return names


class Disk:
    """Everything below one folder."""

    def __init__(self, root: Path, names: Names) -> None:
        self.root = root
        self.names = names
        self.top = Folder()

    @staticmethod
    def copy(source: Path, target: Path) -> None:
        """Keep the files of a folder as they are now."""
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("*-shm"))

    def load_from(self, copy: Path, name: str) -> None:
        """Take over a copy as the folder `name`, all of it durable."""
        top = Folder()
        _load(copy, top)
        self.top.change({name: top}, Names.AT_ONCE)

    def at(self, path: Path) -> File | Folder | None:
        """Return what a program finds under a path."""
        found: File | Folder | None = self.top
        for part in path.relative_to(self.root).parts:
            found = found.live.get(part) if isinstance(found, Folder) else None
        return found

    def folder(self, path: Path) -> Folder:
        found = self.at(path)
        assert isinstance(found, Folder), f"{path} is no folder"
        return found

    def restore(self, path: Path, into: Path, fate: Fate | None, chance: random.Random) -> None:
        """Write what is found in a folder after a power cut; `fate` None: the power stayed."""
        parent = self.folder(path.parent)
        found = (parent.live if fate is None else parent.after_cut(fate, chance)).get(path.name)
        if isinstance(found, Folder):
            _restore(found, into, fate, chance)


def _apply(content: bytearray, change: Change) -> None:
    if change.data is None:
        if len(content) > change.offset:
            del content[change.offset :]
        else:
            content.extend(bytes(change.offset - len(content)))
        return
    if len(content) < change.offset:
        content.extend(bytes(change.offset - len(content)))
    content[change.offset : change.offset + len(change.data)] = change.data


def _surviving(change: Change, chance: random.Random) -> Iterator[Change]:
    """Give the parts of a waiting change that came to the medium: all, none, or some of its sectors."""
    fate = chance.randrange(3)
    if fate == 0 or (fate == 2 and change.data is None):
        yield change
    elif fate == 2 and change.data is not None:
        end = change.offset + len(change.data)
        for sector in range(change.offset // SECTOR * SECTOR, end, SECTOR):
            if chance.random() < 0.5:
                first, last = max(sector, change.offset), min(sector + SECTOR, end)
                yield Change(change.moment, first, change.data[first - change.offset : last - change.offset])


def _rename(names: "dict[str, File | Folder]", change: "dict[str, File | Folder | None]") -> None:
    for name, what in change.items():
        if what is None:
            names.pop(name, None)
        else:
            names[name] = what


def _load(path: Path, into: Folder) -> None:
    for entry in path.iterdir():
        node: File | Folder
        if entry.is_dir():
            node = Folder()
            _load(entry, node)
        else:
            node = File(bytearray(entry.read_bytes()))
        into.live[entry.name] = into.durable[entry.name] = node


def _restore(folder: Folder, into: Path, fate: Fate | None, chance: random.Random) -> None:
    into.mkdir(mode=0o700)
    names = folder.live if fate is None else folder.after_cut(fate, chance)
    for name, node in names.items():
        if isinstance(node, Folder):
            _restore(node, into / name, fate, chance)
        else:
            path = into / name
            path.write_bytes(node.live() if fate is None else node.after_cut(fate, chance))
            path.chmod(0o600)
