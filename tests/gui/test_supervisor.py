"""The process above the screens, with small screens of its own: who is shown when, and what every end leads to."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui import instance, lines
from ui.lines import Account, Card, Ear, Line, Sight, Watching, Why, Word

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the supervisor runs on Linux")

PROGRAM = """
import os, socket, sys
from ui import lines, supervisor
from ui.launch import _leave_the_supervisor
from ui.lines import Card, Ear, Line, Word

supervisor.CLOSE_S, supervisor.SPARE_AFTER_S = float(sys.argv[2]), 0.05

def start(line):
    if pid := os.fork():
        return pid
    _leave_the_supervisor(line.fileno())
    control = socket.socket(socket.AF_UNIX)
    control.connect(sys.argv[1])
    control.sendall(f"{os.getpid()}\\n".encode())
    ear = Ear()
    import select
    while True:
        ready, _, _ = select.select([line, control], [], [])
        if line in ready:
            data = line.recv(8192)
            if not data:
                control.sendall(b"orphaned\\n")
                os._exit(0)
            for said in ear.hear(data):
                why = "" if said.card is None else said.card.why.value
                station = "" if said.card is None else said.card.station
                control.sendall(f"{said.word.value} {said.held} {why} {station}\\n".encode())
        if control in ready:
            for order in control.recv(4096).decode().split():
                if order.startswith("exit"):
                    os._exit(int(order[4:]))
                line.sendall(lines.write(Line(Word(order), Card(station="Paris", at=5))))

sys.exit(supervisor.Supervisor(start).run())
"""


class Screen:
    """The test's hold on one small screen."""

    def __init__(self, line: socket.socket) -> None:
        line.settimeout(20)
        self._file, self._line = line.makefile("rw", encoding="utf-8"), line
        self.pid = int(self._file.readline())

    def told(self) -> str:
        return self._file.readline().strip()

    def say(self, *orders: str) -> None:
        self._file.write("".join(f"{order} " for order in orders))
        self._file.flush()

    def close(self) -> None:
        self._file.close()
        self._line.close()


class Stand:
    """A supervisor over small screens."""

    def __init__(self, folder: Path, close_s: float) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / "control"))
        self._listener.listen()
        self._listener.settimeout(20)
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder / "control"), str(close_s)], stderr=subprocess.DEVNULL
        )
        self._screens: list[Screen] = []

    def screen(self) -> Screen:
        """Take the screen that was begun last."""
        line, _ = self._listener.accept()
        self._screens.append(Screen(line))
        return self._screens[-1]

    def code(self) -> int:
        return self.process.wait(20)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for screen in self._screens:
            screen.close()
        self._listener.close()


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    made = Stand(tmp_path, 10)
    yield made
    made.close()


def opened(stand: Stand) -> tuple[Screen, Screen]:
    """Begin: a locked screen that was opened, and the spare behind it."""
    first = stand.screen()
    assert first.told() == "show False start"
    first.say("ready", "shown", "opened")
    assert first.told() == "account False", "what the last watch did, also when there was none"
    return first, stand.screen()


def test_a_lock_shows_the_spare_at_once_and_frees_it_when_the_old_one_has_ended(stand: Stand) -> None:
    first, spare = opened(stand)

    first.say("locking")
    assert spare.told() == "show True start Paris", "the card goes over, and attempts wait"
    first.say("exit0")

    assert spare.told() == "free False"
    spare.say("leaving")
    spare.say("exit0")
    assert stand.code() == 0


def test_one_that_does_not_close_in_time_is_killed_and_the_next_screen_says_so(tmp_path: Path) -> None:
    stand = Stand(tmp_path, 0.3)
    try:
        first, spare = opened(stand)

        first.say("locking")

        assert spare.told().startswith("show True")
        assert spare.told() == "free True"
        assert not Path(f"/proc/{first.pid}").exists()
    finally:
        stand.close()


@pytest.mark.parametrize("end", ["kill", "exit"])
def test_a_crash_is_told_on_a_new_locked_screen(stand: Stand, end: str) -> None:
    first, spare = opened(stand)

    if end == "kill":
        os.kill(first.pid, signal.SIGKILL)
    else:
        first.say("exit0")

    assert spare.told() == "show False crashed Paris"


def test_a_locked_screen_that_crashes_again_and_again_ends_the_program(stand: Stand) -> None:
    for _ in range(3):
        screen = stand.screen()
        screen.told()
        screen.say("shown", "exit7")

    assert stand.code() == 1


def test_a_screen_that_cannot_be_shown_ends_the_program_with_its_code(stand: Stand) -> None:
    stand.screen().say("exit7")

    assert stand.code() == 7


def test_a_stop_from_outside_lets_the_screen_close_first(stand: Stand) -> None:
    first, _ = opened(stand)

    stand.process.send_signal(signal.SIGTERM)

    assert first.told() == "leave False"
    first.say("exit0")
    assert stand.code() == 0


def test_no_screen_outlives_the_supervisor_unnoticed(stand: Stand) -> None:
    first, spare = opened(stand)

    stand.process.kill()

    assert first.told() == "orphaned"
    assert spare.told() == "orphaned"


class TestLines:
    def test_a_line_comes_back_as_it_was_said_also_in_pieces(self) -> None:
        card = Card(Why.CRASHED, 7, "ĐSQ", "Embassy", "Paris", "Europe/Paris", "vi", "dark", 150, Watching.CUT)
        seen = Sight(3, 1, 7, contact=True)
        account = Account("ab" * 16, (("cd" * 16, "ef" * 16),), (7, 9))
        said = [Line(Word.SHOW, card, held=True), Line(Word.FREE), Line(Word.SIGHT, sight=seen),
                Line(Word.ACCOUNT, account=account)]  # fmt: skip
        data = b"".join(map(lines.write, said))
        ear = Ear()

        assert [line for at in range(len(data)) for line in ear.hear(data[at : at + 1])] == said

    def test_a_long_account_is_cut_into_lines_and_comes_together_again(self) -> None:
        took = tuple((f"{number:032x}", f"{number + 1:032x}") for number in range(300))
        account = Account("ab" * 16, took, tuple(range(100)))

        pieces = lines.pieces(account)

        assert [each.held for each in pieces] == [True] * (len(pieces) - 1) + [False]
        assert all(len(lines.write(each)) < lines.MAX_LINE for each in pieces)
        whole = Account()
        for each in pieces:
            assert each.account is not None
            whole += each.account
        assert whole == account
        assert lines.pieces(Account()) == [Line(Word.ACCOUNT, account=Account())]

    @pytest.mark.parametrize(
        "data",
        [b'{"word":"account","held":false,"account":{"watch":"","took":[1],"let_go":[]}}\n',
         b'{"word":"sight","held":false,"sight":{"more":1}}\n',
         b"x\n", b"[]\n", b"{}\n", b'{"word":"shown"}\n', b'{"word":"no","held":false}\n', b"[" * 6000 + b"\n",
         b'{"word":"show","held":false,"card":{"why":"start","more":1}}\n', b"y" * 9000],
    )  # fmt: skip
    def test_what_is_no_line_is_refused(self, data: bytes) -> None:
        with pytest.raises(ValueError, match=r"."):
            Ear().hear(data)


class TestInstance:
    def test_the_second_one_is_told_apart_and_the_first_one_is_asked(self, tmp_path: Path) -> None:
        first = instance.claim(tmp_path)
        assert first is not None
        assert instance.claim(tmp_path) is None
        other = subprocess.Popen(
            [sys.executable, "-c", "import sys; from pathlib import Path; from ui import instance\n"
             "sys.exit(0 if instance.ask_to_raise(Path(sys.argv[1])) else 1)", str(tmp_path)],
        )  # fmt: skip
        until = time.monotonic() + 20
        said: list[instance.Call] = []
        while not said and time.monotonic() < until:
            instance.called(first, said.append)
            time.sleep(0.01)
        assert other.wait(20) == 0
        first.close()

        again = instance.claim(tmp_path)
        assert again is not None, "a claim goes with its holder"
        again.close()
        assert not instance.ask_to_raise(tmp_path)
        assert list(tmp_path.iterdir()) == [], "nothing is left on the disk"

    def test_two_profiles_run_side_by_side(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "b").mkdir()
        first, second = instance.claim(tmp_path / "a"), instance.claim(tmp_path / "b")
        assert first is not None
        assert second is not None
        first.close()
        second.close()
