"""Locks at ten moments and looks for what was open in the memory of every process: `python -m tests.leaks.memory`.

The real program on a real store, with a relay process, off screen. At each moment what must be findable before the lock
is looked for first (the positive control); after the lock nothing may be left, in any process of the product, in
UTF-8, UTF-16, hexadecimal or Base64. `--careless` runs the negative control alone: a lock that only hides.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from secmsg.office.draft import Draft
from secmsg.station.carrying import carry
from secmsg.wire.cable import Degree
from tests.bench.peers import need
from tests.leaks.memory_scan import Mark, descendants, new_mark, scan
from ui.compose.attachments import describe
from ui.tour.stage import Stage

PATIENCE_S = 90.0
SEALED_MIB, FETCHED_MIB = 600, 192


class Product:
    """The program under test, seen from outside: its processes, and a line to the hands in each screen."""

    def __init__(self, home: Path, folder: Path, *, careless: bool = False) -> None:
        control = folder / "control"
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(control))
        self._listener.listen(8)
        self._listener.settimeout(0.05)
        self.screens: dict[int, socket.socket] = {}
        words = ["--home", str(home), "--control", str(control), *(["--careless"] if careless else [])]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.leaks.driven", *words],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "DBUS_SESSION_BUS_ADDRESS": "disabled:"},
            stderr=subprocess.DEVNULL,
        )

    @property
    def supervisor(self) -> int:
        return self._process.pid

    def pids(self) -> list[int]:
        return descendants(self._process.pid)

    def order(self, pid: int, do: str, **given: object) -> Any:  # noqa: ANN401 - whatever the hands answer
        line = self.screens[pid]
        line.sendall(json.dumps({"do": do, **given}).encode() + b"\n")
        answer = self._read(line)
        if "failed" in answer:
            raise AssertionError(f"{do}: {answer['failed']}")
        return answer["done"]

    def front(self, showing: str, *, ready: bool = False) -> int:
        """Wait for the screen that shows the locked screen (`ready`: which takes a passphrase) or the post."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            self._welcome()
            for pid in list(self.screens):
                with suppress(OSError, EOFError):
                    state = self.order(pid, "state")
                    if state["showing"] == showing and (not ready or state["phase"] == "ready"):
                        return pid
                    continue
                self.screens.pop(pid).close()
            if self._process.poll() is not None:
                raise AssertionError("the program has ended")
        raise AssertionError(f"no screen is {showing}")

    def unlock(self, passphrase: str) -> int:
        pid = self.front("locked", ready=True)
        assert self.order(pid, "unlock", passphrase=passphrase)
        return pid

    def lock(self, pid: int) -> int:
        """Press Ctrl+L and wait for the next locked screen and the end of this process; which screen is there now."""
        self.order(pid, "lock")
        return self.front("locked", ready=True)

    def watch(self) -> int | None:
        """Return the process that watches: of ours the one without Qt that is not the supervisor."""
        for pid in self.pids():
            try:
                maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
            except OSError:
                continue
            if "QtCore" not in maps and "_rust.abi3" in maps:
                return pid
        return None

    def wait_for_spare(self) -> None:
        until = time.monotonic() + 20
        while len(self.pids()) < 3 and time.monotonic() < until:
            time.sleep(0.1)

    def code(self) -> int:
        return self._process.wait(PATIENCE_S)

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                for pid in self.pids():
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                self._process.wait()
        for line in (*self.screens.values(), self._listener):
            line.close()

    def _welcome(self) -> None:
        with suppress(TimeoutError):
            line, _ = self._listener.accept()
            line.settimeout(PATIENCE_S)
            self.screens[self._read(line)["pid"]] = line

    @staticmethod
    def _read(line: socket.socket) -> dict[str, Any]:
        data = b""
        while not data.endswith(b"\n"):
            piece = line.recv(1 << 16)
            if not piece:
                raise EOFError
            data += piece
        told: dict[str, Any] = json.loads(data)
        return told


@dataclass(frozen=True, slots=True)
class Ground:
    """A stage with a mission whose store holds marked cables."""

    stage: Stage
    mark: Mark
    folder: Path

    @property
    def passphrase(self) -> str:
        return f"mat khau {self.mark.word('passwd')} dai"

    @property
    def subject(self) -> str:
        return f"Trích yếu {self.mark.word('subjct')} mật"

    @property
    def body(self) -> str:
        return f"Nội dung {self.mark.word('bodytx')} không được lộ."

    @property
    def heavy(self) -> str:
        return f"Kèm tệp lớn {self.mark.word('heavys')} đang về"


@contextmanager
def ground(folder: Path) -> Iterator[Ground]:
    """Build the stage: headquarters has sent a cable with a text enclosed."""
    stage = Stage(folder)
    made = Ground(stage, new_mark(), folder)
    stage.mission = replace(stage.mission, passphrase=made.passphrase)
    try:
        stage.build(lambda _vi, _en: None)
        _send(made)
        yield made
    finally:
        stage.close()


def _send(ground: Ground) -> None:
    stage, mark = ground.stage, ground.mark
    text = ground.folder / "annex.txt"
    text.write_text(f"Danh sách {mark.word('annexs')} nguồn tin\n" * 20, encoding="utf-8")
    headquarters, mission = stage.headquarters.open(), stage.mission.open()
    try:
        for station in (mission, headquarters, mission):
            carry(station)
        headquarters.release(_draft(ground, stage.mission.entry.id, ground.subject, ground.body, text))
        carry(headquarters)
        carry(mission)
    finally:
        headquarters.close()
        mission.close()


def _draft(ground: Ground, to: Any, subject: str, body: str, annex: Path) -> Draft:  # noqa: ANN401
    return Draft(
        degree=Degree.UNCLASSIFIED,
        action_to=(to,),
        topics=("CT",),
        subject=subject,
        body=body,
        drafter_name="Lê Minh Châu",
        attachments=(describe(annex),),
    )


@dataclass(frozen=True, slots=True)
class Moment:
    """What an officer is doing when the lock falls: orders to the hands, and the words that must be there before."""

    name: str
    do: Callable[[Product, int, Ground], object]
    words: tuple[str, ...]


def _words(ground: Ground, name: str) -> dict[str, str]:
    return {"subject": f"Viết {ground.mark.word(name)} dở", "body": f"Thân bài {ground.mark.word(name)} chưa xong."}


def _sealing(product: Product, pid: int, ground: Ground) -> object:
    large = ground.folder / "to-seal.bin"
    if not large.exists():
        with large.open("wb") as out:
            for _ in range(SEALED_MIB):
                out.write(ground.mark.word("sealed").encode() * 1024)
                out.write(bytes((1 << 20) - 18 * 1024))
    to = int(ground.stage.headquarters.entry.id)
    return product.order(pid, "release", to=to, **_words(ground, "sealng"), path=str(large), whole=False)


def _sending(product: Product, pid: int, ground: Ground) -> object:
    to = int(ground.stage.headquarters.entry.id)
    return product.order(pid, "release", to=to, **_words(ground, "sendng"))


def _receiving(product: Product, pid: int, ground: Ground) -> object:
    """Let a cable with a large enclosure come in, and read it while the enclosure is still on its way."""
    large = ground.folder / "large.bin"
    with large.open("wb") as out:
        for _ in range(FETCHED_MIB):
            out.write(os.urandom(1 << 20))
    headquarters = ground.stage.headquarters.open()
    try:
        headquarters.release(_draft(ground, ground.stage.mission.entry.id, ground.heavy, ground.body, large))
        carry(headquarters)
    finally:
        headquarters.close()
    return product.order(pid, "receive", subject=ground.heavy)


def _export(product: Product, pid: int, ground: Ground) -> object:
    target = Path(tempfile.mkdtemp(dir=ground.folder))
    return product.order(pid, "export", subject=ground.subject, folder=str(target))


MOMENTS = (
    Moment("reading", lambda p, pid, g: p.order(pid, "read", subject=g.subject), ("subjct", "bodytx", "passwd")),
    Moment("composing", lambda p, pid, g: p.order(pid, "compose", **_words(g, "compos")), ("compos",)),
    Moment("a draft taken up", lambda p, pid, g: p.order(pid, "draft", subject=_words(g, "compos")["subject"]),
           ("compos",)),
    Moment("searching", lambda p, pid, g: p.order(pid, "seek", text=g.mark.word("subjct")), ("subjct",)),
    Moment("an enclosure open", lambda p, pid, g: p.order(pid, "annex", subject=g.subject, index=0), ("annexs",)),
    Moment("sending", _sending, ("sendng",)),
    Moment("receiving a blob", _receiving, ("heavys",)),
    Moment("exporting", _export, ("bodytx",)),
    Moment("missing numbers", lambda p, pid, g: p.order(pid, "gaps", subject=g.subject), ("subjct",)),
    Moment("a worksheet", lambda p, pid, g: p.order(pid, "worksheet", **_words(g, "pencil")), ("pencil",)),
    Moment("a pouch", lambda p, pid, g: p.order(pid, "pouch", subject=g.subject), ("subjct",)),
    Moment("right after the opening", lambda p, pid, _: p.order(pid, "state")["showing"], ("passwd",)),
    Moment("sealing an enclosure", _sealing, ("sealng",)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """What the scanner found before a lock, by word, and what was left after it, by process."""

    moment: str
    answer: object
    before: dict[str, int]
    after: dict[int, dict[str, int]]
    scanned: int

    @property
    def clean(self) -> bool:
        return not any(self.after.values())


def lock_at(moment: Moment, product: Product, ground: Ground, relays: list[int]) -> Seen:
    """Open the store, do what the moment wants, look, lock, look again everywhere."""
    pid = product.unlock(ground.passphrase)
    product.wait_for_spare()
    answer = moment.do(product, pid, ground)
    before = scan(pid, ground.mark)
    for word in moment.words:
        assert any(key.endswith(f" {word}") for key in before), f"{moment.name}: the scanner is blind to {word}"
    now = product.lock(pid)
    pids = [*product.pids(), *relays]
    assert now in pids
    return Seen(moment.name, answer, before, {each: scan(each, ground.mark) for each in pids}, len(pids))


def dump(product: Product, ground: Ground) -> dict[str, int]:
    """Dump an unlocked session as the administrator's debugger does by default, and when it is told to take all."""
    gcore = need("gcore", "gdb")
    pid = product.unlock(ground.passphrase)
    MOMENTS[0].do(product, pid, ground)
    found = {}
    for name, words in (("by the kernel's rules", ()), ("told to take all", ("-a",))):
        target = ground.folder / "core"
        subprocess.run([gcore, *words, "-o", target, str(pid)], capture_output=True, check=False)
        kept = target.with_name(f"core.{pid}")
        data = kept.read_bytes() if kept.exists() else b""
        found[name] = sum(data.count(form) for form in ground.mark.spellings().values())
        kept.unlink(missing_ok=True)
    product.lock(pid)
    return found


def relay_pids(stage: Stage) -> list[int]:
    relay = stage._relay
    return [] if relay is None else descendants(relay.pid)


def run(moments: tuple[Moment, ...], *, careless: bool) -> int:
    failed = 0
    with tempfile.TemporaryDirectory(prefix="secmsg-leaks-") as name, ground(Path(name)) as made:
        product = Product(made.stage.mission.home, Path(name), careless=careless)
        try:
            for moment in moments:
                seen = lock_at(moment, product, made, relay_pids(made.stage))
                failed += not seen.clean
                print(
                    f"{'clean' if seen.clean else 'LEAKS'}  {seen.moment} ({seen.answer!s:.20}): before the lock "
                    f"{sum(seen.before.values())} copies in the session, after it "
                    f"{sum(sum(each.values()) for each in seen.after.values())} in {seen.scanned} processes",
                    flush=True,
                )
                if not seen.clean:
                    print(f"       {seen.after}", flush=True)
            if not careless:
                failed += _judge(dump(product, made))
        finally:
            product.close()
    return failed


def _judge(dumped: dict[str, int]) -> int:
    usual, whole = dumped.values()
    clean = usual == 0 < whole
    print(f"{'clean' if clean else 'LEAKS'}  a dump of the unlocked session by gcore: {dumped}", flush=True)
    return int(not clean)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="only moments whose name holds this")
    parser.add_argument("--careless", action="store_true", help="the negative control: a lock that only hides windows")
    given = parser.parse_args()
    if os.geteuid() != 0:
        print("reading the memory of the product's processes needs root: they forbid it to everybody else")
        return 3
    moments = tuple(moment for moment in MOMENTS if given.only in moment.name)
    if given.careless:
        leaked = run(moments[:1], careless=True)
        print("the negative control was found out" if leaked else "the negative control was NOT found out")
        return 0 if leaked else 1
    return 1 if run(moments, careless=False) else 0


if __name__ == "__main__":
    sys.exit(main())
