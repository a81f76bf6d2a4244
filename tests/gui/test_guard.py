"""The supervisor's hold on the locked watch, with small watches: what it hears, and what every end leaves."""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable

import pytest

from ui import lines
from ui.guard import Guard
from ui.lines import Account, Line, Sight, Word

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the supervisor runs on Linux")

SEEN = Sight(1, 0, 7, contact=True)
DONE = Account("ab" * 16, (("cd" * 16, "ef" * 16),), (7,))


def watch(*said: Line, stays: bool = True) -> Callable[[socket.socket, socket.socket], int]:
    """Give what begins a small watch that says this once it was given something."""

    def start(line: socket.socket, given: socket.socket) -> int:
        if (pid := os.fork()) != 0:
            return pid
        os.closerange(max(line.fileno(), given.fileno()) + 1, 1024)
        if given.recv(8) == b"whole":
            for each in said:
                line.sendall(lines.write(each))
            if stays:
                signal.pause()
        os._exit(0)

    return start


def begun(guard: Guard, *, given: bytes = b"whole", wanted: bool = True) -> None:
    screen = object()
    ours, theirs = socket.socketpair()
    guard.offer(theirs, screen)
    guard.begin(screen, wanted=wanted)
    with ours:
        if wanted:
            ours.sendall(given)


def heard(guard: Guard, holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < until
        guard.hear()


def test_it_hears_what_is_counted_and_gives_the_account_when_the_watch_is_ended() -> None:
    guard = Guard(watch(Line(Word.ACCOUNT, account=DONE), Line(Word.SIGHT, sight=SEEN)))
    begun(guard)
    heard(guard, lambda: guard.sight == SEEN)

    account = guard.end()

    assert account == DONE
    assert (guard.here, guard.ears, guard.sight) == (False, [], None)
    assert guard.end() == Account(), "it is given once"


def test_a_watch_that_was_killed_leaves_its_account() -> None:
    guard = Guard(watch(Line(Word.ACCOUNT, account=DONE), stays=False))
    begun(guard)

    heard(guard, lambda: not guard.here)

    assert guard.end() == DONE


def test_one_that_is_given_nothing_ends() -> None:
    guard = Guard(watch())
    begun(guard, given=b"none")

    heard(guard, lambda: not guard.here)

    assert guard.sight is None


def test_what_another_screen_offered_is_not_taken() -> None:
    guard = Guard(watch())
    ours, theirs = socket.socketpair()
    guard.offer(theirs, object())

    guard.begin(object(), wanted=True)

    assert not guard.here
    with ours:
        assert ours.recv(1) == b"", "it was closed"


def test_none_is_begun_when_none_is_wanted() -> None:
    guard = Guard(watch())
    begun(guard, wanted=False)

    assert not guard.here
