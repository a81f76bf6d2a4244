"""What the watched tour did to files: no word of a cable in any write, and no file that is not on the list."""

import re
import stat
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.recording import Call, calls, first_path, handle_path, named_paths, quoted_bytes
from tests.helpers.leak_scanner import leaks, leaks_below
from tests.leaks import canaries
from tests.leaks.tour import Watched

_BLOB = r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{32}(\.part(\.part(\.tag)?)?)?"
_STORE = (
    r"(profile\.lock|portable|moving(\.new)?|destruction(\.new)?|destroyed|report(\.new)?|vault(\.new)?|store\.db(-wal|-shm|-journal)?|"
    rf"blobs(/[0-9a-f]{{2}}){{0,2}}|blobs/{_BLOB})"
)
_RELAY = (
    r"(relay\.json|lock|tls\.(crt|key)|relay\.db(-wal|-shm|-journal)?|"
    r"blobs(/[0-9a-f]{2})?|blobs/[0-9a-f]{2}/[0-9a-f]{64})"
)
_DEMO = r"tmp/secmsg-demo-[a-z0-9_]{8}"
PROFILES = ("bo", "paris", "authority", "relay")
LISTED = (
    # 1. The profiles and the relay's folder.
    rf"{_DEMO}/(bo|paris|authority)(/{_STORE})?",
    rf"{_DEMO}/relay(/{_RELAY})?",
    # 2. What the demo itself makes: editions and annex before they go in, the courier's stick, the pictures.
    rf"{_DEMO}(/edition-\d+|/du-thao-nghi-quyet\.pdf|/usb(/[^/]+)?)?",
    r"work/out(/tour(/[^/]+\.(png|html))?)?",
    # 3. Python asks whether the folder for temporary files takes one, and writes "blat".
    r"tmp/[a-z0-9_]{8}",
    # 4. The watchers' own.
    r"notes(/.*)?",
)
OUTSIDE = frozenset({"/dev/null", "/proc/self/coredump_filter"})
UNSEARCHED = rf"notes/.*|work/out/tour/[^/]+|{_DEMO}/du-thao-nghi-quyet\.pdf"
"""Plaintext on purpose: the demo's pictures with the words about them, and the file that the officer attaches."""
_WRITING = ("O_WRONLY", "O_RDWR", "O_CREAT")


@dataclass(frozen=True, slots=True)
class Allowed:
    """Which files may be written at all, and which of them hold plaintext on purpose: patterns of their paths."""

    files: tuple[str, ...] = LISTED
    plain: str = UNSEARCHED

    def is_listed(self, name: str) -> bool:
        return name in OUTSIDE or any(re.fullmatch(pattern, name) for pattern in self.files)

    def is_plain(self, name: str) -> bool:
        return re.fullmatch(self.plain, name) is not None


TOUR = Allowed()


@dataclass(slots=True)
class Found:
    """What the watch has seen."""

    files: int = 0
    written: int = 0
    unlisted: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    modes: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    """Addresses beyond the loopback, or a planted proxy."""

    @property
    def good(self) -> bool:
        return self.files > 0 and not (self.unlisted or self.leaks or self.modes or self.left or self.strangers)

    def __str__(self) -> str:
        return (
            f"files written {self.files}, bytes {self.written}: plaintext {len(self.leaks)} "
            f"unlisted {len(self.unlisted)} left behind {len(self.left)} open to others {len(self.modes)} "
            f"strangers called {len(self.strangers)}"
        )

    def faults(self) -> Iterable[str]:
        for what in ("unlisted", "leaks", "modes", "left", "strangers"):
            for each in getattr(self, what):
                yield f"{what}: {each}"


def look(
    watched: Watched, trace: Path, words: tuple[str, ...], pieces: tuple[bytes, ...] = (), allowed: Allowed = TOUR
) -> Found:
    """Read the recording of one run."""
    found = Found()
    touched: set[str] = set()
    written: dict[str, bytearray] = defaultdict(bytearray)
    for call in calls(trace, failed=True):
        if call.name == "connect":
            _connect(call, found)
        elif call.result >= 0:
            _arguments(call, words, found)
            touched.update(str(path) for path in _touched(call))
            if call.name in ("write", "pwrite64"):
                written[_where(call)] += quoted_bytes(call.parts[1])[: call.result]
    for path in sorted(touched):
        name = _short(watched, path)
        found.files += 1
        if not allowed.is_listed(name):
            found.unlisted.append(name)
        if not allowed.is_plain(name):
            found.leaks += [f"{word!r} in the name {name}" for word in leaks(words, name.encode())]
    for where, data in written.items():
        name = _short(watched, where)
        if not allowed.is_plain(name):
            found.written += len(data)
            found.leaks += [f"{word!r} in {name}" for word in leaks(words, bytes(data))]
            found.leaks += [f"bytes of the annex in {name}" for _ in canaries.found(pieces, bytes(data))]
    return found


def look_after(watched: Watched, words: tuple[str, ...], pieces: tuple[bytes, ...], found: Found) -> None:
    """Walk what is left: HOME and TMPDIR, the profiles as they were, and their modes."""
    for folder, own in ((watched.home, {".netrc"}), (watched.temporary, set[str]())):
        found.left += [str(path) for path in folder.rglob("*") if path.name not in own]
    for name in PROFILES:
        folder = watched.kept / name
        found.leaks += [f"{hits} in {name}/{path}" for path, hits in leaks_below(words, folder).items()]
        for path in (folder, *folder.rglob("*")):
            mode = stat.S_IMODE(path.lstat().st_mode)
            if mode & 0o077 or path.is_symlink():
                found.modes.append(f"{name}/{path.relative_to(folder)} {mode:o}")
            if path.is_file():
                found.leaks += [f"bytes of the annex in {path}" for _ in canaries.found(pieces, path.read_bytes())]


def _touched(call: Call) -> Iterable[Path]:
    match call.name:
        case "open" | "openat" | "openat2" | "creat":
            flags = next((part for part in call.parts if part.startswith(("O_", "{flags"))), "O_CREAT")
            if any(flag in flags for flag in _WRITING):
                yield first_path(call.parts)
        case "mmap":
            if "PROT_WRITE" in call.parts[2] and "MAP_SHARED" in call.parts[3]:
                yield handle_path(call.parts[4])
        case "memfd_create":
            yield Path("/memfd") / quoted_bytes(call.parts[0]).decode(errors="replace")
        case "rename" | "renameat" | "renameat2" | "link" | "linkat" | "symlink" | "symlinkat":
            yield named_paths(call.parts)[-1]
        case "mkdir" | "mkdirat":
            yield first_path(call.parts)
        case "sendfile" | "copy_file_range":
            yield handle_path(call.parts[0] if call.name == "sendfile" else call.parts[2])
        case _:
            return


def _where(call: Call) -> str:
    path = str(handle_path(call.parts[0]))
    return path if path.startswith("/") else f"a pipe or a socket ({path.partition(':')[0]})"


def _arguments(call: Call, words: tuple[str, ...], found: Found) -> None:
    """No word may stand on a command line, where every user of the machine reads it."""
    if call.name == "execve":
        line = b" ".join(quoted_bytes(part.strip("[]")) for part in call.parts if '"' in part and "/*" not in part)
        found.leaks += [f"{word!r} on a command line" for word in leaks(words, line)]


def _connect(call: Call, found: Found) -> None:
    text = ", ".join(call.parts)
    address = re.search(r'"((?:\\x[0-9a-f]{2})+)"', text)
    if "AF_INET" in text and address is not None:
        named = quoted_bytes(f'"{address[1]}"').decode()
        if named not in ("127.0.0.1", "::1"):
            found.strangers.append(named)


def _short(watched: Watched, path: str) -> str:
    # A path without a folder before it begins in the working folder of the run.
    return re.sub(r"^-/", "work/", path.removeprefix(f"{watched.base}/"))
