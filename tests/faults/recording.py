"""What a program really does to files, recorded by strace and read back as a list of acts."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CALLS = (
    "open,openat,creat,write,pwrite64,writev,pwritev,lseek,fsync,fdatasync,ftruncate,truncate,rename,renameat,renameat2,"
    "unlink,unlinkat,link,linkat,symlink,symlinkat,mkdir,mkdirat,rmdir,close,sendfile,copy_file_range,fallocate"
)
_LINE = re.compile(r"(\d+) +(?:<\.\.\. (\w+) resumed>(.*)|(\w+)\((.*))", re.DOTALL)
_ENDED = re.compile(r"(.*)\) += (-?\d+|0x[0-9a-f]+|\?)(?:<([^>]*)>)?(?: .*)?", re.DOTALL)
_HANDLE = re.compile(r"(-?\d+|AT_FDCWD)(?:<([^>]*)>)?")


class Kind(Enum):
    """What is done."""

    CREATE = 1
    FOLDER = 2
    WRITE = 3
    SIZE = 4
    SYNC = 5
    RENAME = 6
    LINK = 7
    REMOVE = 8


@dataclass(frozen=True, slots=True)
class Act:
    """One act; `began` and `moment` are the places of its beginning and end in the recording.

    `path` is the file's name at that time, `other` the new name of a RENAME or LINK, `offset` a WRITE's place or a
    SIZE.
    """

    kind: Kind
    began: int
    moment: int
    path: Path
    other: Path | None = None
    offset: int = 0
    data: bytes = b""


def strace() -> str:
    """Return the recorder's program, which `packaging/doctor recorder` brings."""
    found = shutil.which("strace")
    if found is None:
        raise FileNotFoundError("strace is missing: sudo apt-get install -y --no-install-recommends strace")
    return found


def record(module: str, arguments: Sequence[str], trace: Path, *, within_s: float = 300) -> int:
    """Run `python -m module` under the recorder and return how it ended."""
    command = [
        strace(), "-f", "--seccomp-bpf", "-y", "-xx", "-s", "4194304", "-e", "signal=none", "-e", f"trace={CALLS}",
        "-o", str(trace), sys.executable, "-m", module, *arguments,
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, check=False, cwd=ROOT, env=environment, timeout=within_s).returncode


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its arguments as the recorder prints them, and what it returned."""

    began: int
    moment: int
    thread: str
    name: str
    parts: tuple[str, ...]
    result: int
    handle: str = ""
    """The path behind a descriptor that was returned, in hexadecimal."""


def calls(trace: Path, *, failed: bool = False) -> Iterator[Call]:
    """Read a recording, in the order in which the calls ended; those that were cut in two are joined."""
    begun: dict[str, tuple[int, str]] = {}
    with trace.open(encoding="ascii", errors="replace") as lines:
        for moment, line in enumerate(lines):
            found = _LINE.match(line)
            if found is None:
                continue
            thread, resumed, rest, name, text = found.groups()
            began = moment
            if resumed is not None:
                if thread not in begun:
                    continue
                began, earlier = begun.pop(thread)
                name, text = resumed, earlier + rest
            if text.rstrip().endswith("<unfinished ...>"):
                begun[thread] = (moment, text.rstrip().removesuffix("<unfinished ...>"))
                continue
            ended = _ENDED.fullmatch(text.rstrip("\n"))
            if ended is not None and ended[2] != "?" and (failed or int(ended[2], 0) >= 0):
                yield Call(began, moment, thread, name, _parts(ended[1]), int(ended[2], 0), ended[3] or "")


def acts(trace: Path, below: Path) -> Iterator[Act]:
    """Read a recording of one process: what was done to files below a folder, in the order of the ends."""
    reader = _Reader(str(below))
    for call in calls(trace):
        yield from reader.act(call)


class _Reader:
    """Knows where each open file is being written."""

    def __init__(self, below: str) -> None:
        self._below = below
        self._places: dict[str, int] = {}
        self._append: set[str] = set()

    def act(self, call: Call) -> Iterator[Act]:
        yield from self._act(call.name, call.parts, call.result, call.began, call.moment)

    def _act(self, name: str, parts: Sequence[str], result: int, began: int, moment: int) -> Iterator[Act]:
        match name:
            case "openat" | "open" | "creat":
                yield from self._open(name, parts, result, began, moment)
            case "write" | "pwrite64":
                yield from self._write(name, parts, result, began, moment)
            case "lseek":
                self._places[_number(parts[0])] = result
            case "close":
                self._places.pop(_number(parts[0]), None)
                self._append.discard(_number(parts[0]))
            case "fsync" | "fdatasync":
                path = handle_path(parts[0])
                if self._ours(path):
                    yield Act(Kind.SYNC, began, moment, path)
            case "ftruncate":
                path = handle_path(parts[0])
                if self._ours(path):
                    yield Act(Kind.SIZE, began, moment, path, offset=int(parts[1]))
            case "rename" | "renameat" | "renameat2" | "link" | "linkat":
                first, second = _two_paths(parts)
                if self._ours(first) or self._ours(second):
                    kind = Kind.LINK if name.startswith("link") else Kind.RENAME
                    yield Act(kind, began, moment, first, second)
            case "unlink" | "unlinkat" | "rmdir" | "mkdir" | "mkdirat":
                path = first_path(parts)
                if self._ours(path):
                    yield Act(Kind.FOLDER if name.startswith("mkdir") else Kind.REMOVE, began, moment, path)
            case _:
                if any(self._ours(handle_path(part)) for part in parts) or any(map(self._ours, named_paths(parts))):
                    raise ValueError(f"the recording has a call that nobody reads: {name}")

    def _open(self, name: str, parts: Sequence[str], result: int, began: int, moment: int) -> Iterator[Act]:
        path = first_path(parts)
        flags = next((part for part in parts if part.startswith("O_")), "O_CREAT|O_TRUNC" if name == "creat" else "")
        self._places[str(result)] = 0
        self._append.discard(str(result))
        if "O_APPEND" in flags:
            self._append.add(str(result))
        if not self._ours(path):
            return
        if "O_CREAT" in flags:
            yield Act(Kind.CREATE, began, moment, path)
        if "O_TRUNC" in flags:
            yield Act(Kind.SIZE, began, moment, path, offset=0)

    def _write(self, name: str, parts: Sequence[str], result: int, began: int, moment: int) -> Iterator[Act]:
        path, handle = handle_path(parts[0]), _number(parts[0])
        data = quoted_bytes(parts[1])[:result]
        if name == "pwrite64":
            offset = int(parts[3])
        else:
            offset = -1 if handle in self._append else self._places.get(handle, 0)
            self._places[handle] = self._places.get(handle, 0) + result
        if self._ours(path):
            yield Act(Kind.WRITE, began, moment, path, offset=offset, data=data)

    def _ours(self, path: Path | None) -> bool:
        return path is not None and str(path).startswith(self._below + "/")


def _parts(text: str) -> tuple[str, ...]:
    # Strings are all hexadecimal (-xx): no comma stands in one.
    return tuple(part.strip() for part in text.split(", "))


def quoted_bytes(quoted: str) -> bytes:
    return bytes.fromhex(quoted.strip().strip('"').replace("\\x", ""))


def _number(handle: str) -> str:
    found = _HANDLE.match(handle)
    return found[1] if found is not None else handle


def handle_path(handle: str) -> Path:
    found = _HANDLE.match(handle)
    if found is None or found[2] is None or not found[2].startswith("\\x"):
        return Path("-")
    return Path(bytes.fromhex(found[2].replace("\\x", "")).decode(errors="replace"))


def named_paths(parts: Sequence[str]) -> list[Path]:
    """Return the paths of a call, each made whole by the folder that stands before it."""
    found = []
    for place, part in enumerate(parts):
        if part.startswith('"'):
            before = handle_path(parts[place - 1]) if place else Path("-")
            found.append(before / quoted_bytes(part).decode(errors="replace"))
    return found


def first_path(parts: Sequence[str]) -> Path:
    return next(iter(named_paths(parts)), Path("-"))


def _two_paths(parts: Sequence[str]) -> tuple[Path, Path]:
    first, second = named_paths(parts)[:2]
    return first, second
