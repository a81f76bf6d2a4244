"""Looks for marked words in the memory of living processes, in the encodings in which a program keeps text.

Every word that is to be found again begins with one mark, drawn for each run: seven searches then serve any number of
words, and the bytes that follow the mark say which word it was.
"""

import base64
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

CHUNK = 16 << 20
_SEES_NOTHING = ("[vvar]", "[vvar_vclock]", "[vsyscall]", "[vdso]")
_NAME = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """The beginning of every marked word of one run: 12 letters that stand nowhere else."""

    text: str

    def word(self, name: str) -> str:
        """Make the marked word of something; `name` has exactly six ASCII letters."""
        assert len(name) == _NAME, name
        assert name.isascii(), name
        return self.text + name

    def spellings(self) -> dict[str, bytes]:
        """Return how the mark can stand in memory."""
        raw = self.text.encode()
        found = {
            "utf-8": raw,
            "utf-16": self.text.encode("utf-16-le"),
            "hex": raw.hex().encode(),
            "HEX": raw.hex().upper().encode(),
        }
        for shift in range(3):
            whole = base64.b64encode(b"\0" * shift + raw)
            found[f"base64+{shift}"] = whole[4 if shift else 0 : -4]
        return found


def new_mark() -> Mark:
    """Draw a mark; of rare letters, so that the searches are quick."""
    return Mark("".join(secrets.choice("QZXJKW") for _ in range(12)))


def scan(pid: int, mark: Mark) -> dict[str, int]:
    """Return what was found in a process: "spelling word" with the number of copies; empty when it has ended."""
    found: dict[str, int] = {}
    spellings = mark.spellings()
    overlap = 4 * (len(mark.text) + _NAME) + 8
    try:
        memory = os.open(f"/proc/{pid}/mem", os.O_RDONLY)
        regions = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return found
    try:
        for line in regions:
            span, rights, *rest = line.split(maxsplit=5)
            if rights.startswith("r") and not (rest and rest[-1].startswith(_SEES_NOTHING)):
                first, last = (int(at, 16) for at in span.split("-"))
                _scan_region(memory, first, last, spellings, overlap, found)
    finally:
        os.close(memory)
    return found


def _scan_region(
    memory: int, first: int, last: int, spellings: dict[str, bytes], overlap: int, found: dict[str, int]
) -> None:
    at = first
    while at < last:
        try:
            data = os.pread(memory, min(CHUNK + overlap, last - at), at)
        except OSError:
            return  # a page that nobody may read
        for spelling, form in spellings.items():
            for hit in re.finditer(re.escape(form), data[: CHUNK + len(form) - 1]):
                key = f"{spelling} {_after(spelling, data[hit.end() : hit.end() + overlap])}"
                found[key] = found.get(key, 0) + 1
        at += CHUNK


def _after(spelling: str, data: bytes) -> str:
    """Say which word it is by what follows the mark, where that can be read off."""
    if spelling == "utf-8":
        told = data[:_NAME]
    elif spelling == "utf-16":
        told = data[: 2 * _NAME : 2]
    elif spelling in ("hex", "HEX"):
        try:
            told = bytes.fromhex(data[: 2 * _NAME].decode("ascii"))
        except ValueError:
            told = b""
    else:
        told = b""
    return told.decode("ascii", "replace") if told.isalpha() else "?"


def descendants(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name, in brackets, may hold anything; the parent is the second field after it.
            parent = int(path.read_text(errors="replace").rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        children.setdefault(parent, []).append(int(path.parent.name))
    found, look = [pid], [pid]
    while look:
        begun = children.get(look.pop(), [])
        found += begun
        look += begun
    return found
