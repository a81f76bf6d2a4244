"""Runs the command line in processes of its own, and builds two stations and a relay with it, as the README does."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secmsg.station import first_sheet

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "mười hai con giáp 2026"
PRODUCT, CHEAP = "secmsg", "tests.helpers.cheap_secmsg"


NO_BUS = "disabled:"


def environment(bus: str = NO_BUS) -> dict[str, str]:
    """Copy this process's environment, without a keyring that a test would write into, unless it brings a bus."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SECMSG_", "COV_", "COVERAGE_"))}
    return {**kept, "DBUS_SESSION_BUS_ADDRESS": bus, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - a test looks into whatever was printed
        return json.loads(self.out)


def run(*words: str | Path, module: str = CHEAP, given: str = "", bus: str = NO_BUS) -> Ran:
    """Run one command to its end."""
    ended = subprocess.run(
        [sys.executable, "-m", module, *map(str, words)],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(bus),
        cwd=ROOT,
        timeout=100,
        check=False,
    )
    return Ran(ended.returncode, ended.stdout, ended.stderr)


def good(*words: str | Path, module: str = CHEAP, given: str = "", bus: str = NO_BUS) -> Ran:
    """Run one command that must succeed and complain of nothing."""
    ran = run(*words, module=module, given=given, bus=bus)
    assert (ran.code, ran.err) == (0, ""), (words, ran)
    return ran


@contextmanager
def serving(home: Path, output: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Serve a relay from a process; what it writes to stdout and stderr goes to `output`."""
    with output.open("ab") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", CHEAP, "relay", "serve", "--home", str(home)],
            stdout=subprocess.PIPE,
            stderr=sink,
            env=environment(),
            cwd=ROOT,
        )
        assert process.stdout is not None
        try:
            first = process.stdout.readline()
            assert first.startswith(b"ready https://127.0.0.1:"), first
            sink.write(first)
            yield process
        finally:
            process.terminate()
            rest, _ = process.communicate(timeout=20)
            sink.write(rest)


@dataclass(frozen=True, slots=True)
class Post:
    """A station as the command line is told about it."""

    number: int
    name_vi: str
    name_en: str
    place: str
    officer: str
    cable_name: str


BO = Post(1, "Bộ Ngoại giao", "Headquarters", "Hà Nội", "Nguyễn Văn An", "HANOI")
PARIS = Post(2, "ĐSQ Paris", "Paris", "Paris", "Lê Thị Bình", "PARIS")


@dataclass(frozen=True, slots=True)
class Office:
    """Two stations, an authority and a relay below one folder, all made by commands."""

    root: Path

    @property
    def passphrase(self) -> Path:
        return self.root / "passphrase"

    @property
    def relay(self) -> Path:
        return self.root / "relay"

    @property
    def authority(self) -> Path:
        return self.root / "authority"

    def home(self, post: Post) -> Path:
        return self.root / f"station-{post.number}"

    def of(self, post: Post) -> tuple[str | Path, ...]:
        """Give the options with which a command opens a station's profile."""
        return ("--home", self.home(post), "--passphrase-file", self.passphrase)

    @property
    def by_authority(self) -> tuple[str | Path, ...]:
        return ("--home", self.authority, "--passphrase-file", self.passphrase)

    def found(self, public_url: str | None = None) -> None:
        """Make the authority and the relay."""
        self.root.mkdir(exist_ok=True)
        self.passphrase.touch(0o600)
        self.passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")
        good(
            "authority", "create", *self.by_authority, "--name", BO.name_vi,
            "--sheet", self.root / "authority-sheet.pdf",
        )  # fmt: skip
        shown = () if public_url is None else ("--public-url", public_url)
        good("relay", "init", "--home", self.relay, "--port", "0", *shown)

    def enrol(self, *posts: Post, bus: str = NO_BUS) -> None:
        """Take stations in, in order, and publish the editions; with a bus their stores are bound to its keyring."""
        with ThreadPoolExecutor(2) as both:
            prints = list(both.map(lambda post: self._init(post, bus), posts))
        for post, fingerprint in zip(posts, prints, strict=True):
            self._grant(post, fingerprint)
        with ThreadPoolExecutor(2) as both:
            list(both.map(lambda post: self._join(post, bus), posts))
        editions = self.root / "editions"
        editions.mkdir()
        good("authority", "edition", *self.by_authority, "--out", editions)
        for file in sorted(editions.iterdir()):
            good("relay", "publish", "--home", self.relay, file)

    def _init(self, post: Post, bus: str) -> str:
        made = good(
            "station", "init", *self.of(post), "--number", f"{post.number}", "--name", post.name_vi,
            "--place", post.place, "--officer", post.officer, "--title", "Đại sứ", "--request",
            self._file(post, "request"),
            "--sheet", self._file(post, "sheet.txt"), bus=bus,
        )  # fmt: skip
        (line,) = [line for line in made.out.splitlines() if line.startswith("fingerprint")]
        return line.removeprefix("fingerprint").strip()

    def _grant(self, post: Post, fingerprint: str) -> None:
        access = self._file(post, "access.json")
        access.write_text(good("relay", "enrol", "--home", self.relay).out)
        good(
            "authority", "enrol", *self.by_authority, "--number", f"{post.number}", "--name-vi", post.name_vi,
            "--name-en", post.name_en, "--place", post.place, "--timezone", "UTC", "--symbol", "{number}/NG",
            "--cable-name", post.cable_name, "--relay", f"Relay 1={access}", "--fingerprint", fingerprint,
            "--kit", self._file(post, "kit"), "--code-file", self._file(post, "code"), self._file(post, "request"),
        )  # fmt: skip

    def _join(self, post: Post, bus: str) -> None:
        joined = good(
            "station", "join", *self.of(post), "--code-file", self._file(post, "code"), self._file(post, "kit"),
            bus=bus,
        )  # fmt: skip
        assert joined.out.startswith(f"joined as station {post.number}, {post.name_vi}, edition")
        groups = self._file(post, "groups")
        groups.touch(0o600)
        groups.write_text(" ".join(first_sheet.groups_in(self._file(post, "sheet.txt").read_text(encoding="utf-8"))))
        good("station", "sheet", "check", *self.of(post), "--groups-file", groups, "--sheet-place", "Két số 1", bus=bus)

    def _file(self, post: Post, name: str) -> Path:
        return self.root / f"{post.number}-{name}"
