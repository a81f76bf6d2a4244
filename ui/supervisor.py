"""The process above the screens: it starts them, puts a fresh locked screen before the officer, and holds nothing.

    front     the process whose window the officer has: a locked screen that may become an opened post
    closing   one that has locked and is still making its last things durable; then it ends, and its memory with it
    spare     one that has loaded Qt and waits unseen, so that a lock shows its screen at once
    watch     the locked watch, without Qt and without a key that opens anything; from a lock to the next opening

It knows neither Qt nor the station (an import contract holds it to that), opens no file and sees no passphrase. A
screen is a fork made before anything was ever opened, so nothing of a cable can be in it.
"""

import os
import select
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import assert_never

from ui import instance, lines
from ui.guard import Guard, StartWatch
from ui.instance import Call
from ui.lines import Card, Ear, Line, Watching, Why, Word

CLOSE_S = 15.0
"""How long a screen that locks or leaves may still write; then it is killed, which the store stands."""
SPARE_AFTER_S = 3.0
MAX_CRASHES = 3
"""Ends in a row without an opening, after which a further start would only fail again."""

Start = Callable[[socket.socket], int]
"""Begins a screen at its end of a line, in a process of its own, and gives the process's number."""


@dataclass(slots=True)
class _Screen:
    """One screen process."""

    pid: int
    line: socket.socket
    ear: Ear = field(default_factory=Ear)
    shown: bool = False
    leaving: bool = False
    deadline: float | None = None

    def tell(self, line: Line) -> None:
        with suppress(OSError):  # gone: its end is noticed by itself
            self.line.sendall(lines.write(line))


class Supervisor:
    """Runs until the officer leaves; `start` begins a screen, `listener` takes second starts of the program.

    `watch` begins a locked watch; without it nobody watches.
    """

    def __init__(self, start: Start, listener: socket.socket | None = None, watch: StartWatch | None = None) -> None:
        self._start, self._listener = start, listener
        self._guard = Guard(watch)
        self._front: _Screen | None = None
        self._closing: list[_Screen] = []
        self._spare: _Screen | None = None
        self._spare_at: float | None = None
        self._card = Card()
        self._crashes = 0
        self._code: int | None = None
        self._waker, self._woken = socket.socketpair()

    def run(self, first: tuple[int, socket.socket] | None = None) -> int:
        """Show the first locked screen and serve until the end; the program's exit code.

        `first` is a screen that was begun already: its process and our end of its line.
        """
        self._spare = None if first is None else _Screen(*first)
        self._listen_to_signals()
        self._show(held=False)
        try:
            while self._code is None:
                self._turn()
        finally:
            self._end()
        return self._code

    # --- one turn ------------------------------------------------------------------------------------------------

    def _turn(self) -> None:
        screens = self._screens()
        ears: list[socket.socket] = [self._woken, *(screen.line for screen in screens), *self._guard.ears]
        if self._listener is not None:
            ears.append(self._listener)
        ready, _, _ = select.select(ears, [], [], self._patience())
        if self._woken in ready:
            self._take_signals()
        if self._listener is not None and self._listener in ready:
            instance.called(self._listener, self._obey)
        for screen in screens:
            if screen.line in ready:
                self._hear(screen)
        if any(ear in ready for ear in self._guard.ears):
            self._guard.hear()
            self._show_sight()
        self._watch_time()

    def _hear(self, screen: _Screen) -> None:
        try:
            data, handed, _, _ = socket.recv_fds(screen.line, lines.MAX_LINE, 1)
            said = screen.ear.hear(data)
        except (OSError, ValueError):
            data, handed, said = b"", [], []
        for number in handed:
            self._guard.offer(socket.socket(fileno=number), screen)
        for line in said:
            self._heed(screen, line)
        if not data:
            self._bury(screen)

    def _heed(self, screen: _Screen, line: Line) -> None:
        match line.word:
            case Word.SHOWN:
                screen.shown = True
            case Word.OPENED if line.card is not None:
                self._card, self._crashes = line.card, 0
                for each in lines.pieces(self._guard.end()):
                    screen.tell(each)
                if self._spare is None and self._spare_at is None:
                    self._spare_at = time.monotonic() + SPARE_AFTER_S
            case Word.LOCKING if line.card is not None and screen is self._front:
                self._card = line.card
                screen.deadline = time.monotonic() + CLOSE_S
                self._closing.append(screen)
                self._show(held=True)
                self._guard.begin(screen, wanted=line.card.watching is Watching.ON)
                if line.card.watching is Watching.ON:
                    self._show_sight()
            case Word.UNWATCH:
                self._guard.end()
                self._show_sight()
            case Word.LEAVING:
                screen.leaving = True
                screen.deadline = time.monotonic() + CLOSE_S
            case _:
                pass

    def _bury(self, screen: _Screen) -> None:
        """End a screen whose line has ended, if its process has not: nothing that we do not hear may go on."""
        screen.line.close()
        with suppress(ProcessLookupError):
            os.kill(screen.pid, signal.SIGKILL)
        _, status = os.waitpid(screen.pid, 0)
        if screen is self._spare:
            self._spare = None
        elif screen in self._closing:
            self._closing.remove(screen)
            # `held` says that it did not end by itself: something was cut off.
            self._tell_front(Line(Word.FREE, held=status != 0))
        elif screen.leaving:
            self._code = 0
        elif not screen.shown:
            self._code = os.waitstatus_to_exitcode(status) or 1
            self._code = self._code if self._code > 0 else 128 - self._code
        else:
            self._crashed()

    def _crashed(self) -> None:
        self._crashes += 1
        if self._crashes >= MAX_CRASHES:
            self._code = 1
            return
        if not self._guard.here:
            self._card = replace(self._card, watching=Watching.ENDED)
        self._card = replace(self._card, why=Why.CRASHED, at=int(time.time()))
        self._show(held=bool(self._closing))

    # --- screens -------------------------------------------------------------------------------------------------

    def _show(self, *, held: bool) -> None:
        self._front, self._spare, self._spare_at = self._spare or self._begin(), None, None
        self._front.tell(Line(Word.SHOW, self._card, held))
        if self._guard.here:
            self._show_sight()

    def _show_sight(self) -> None:
        """Tell the locked screen what the watch counts, or that it has ended."""
        if not self._guard.here:
            self._card = replace(self._card, watching=Watching.ENDED)
        self._tell_front(Line(Word.SIGHT, sight=self._guard.sight))

    def _begin(self) -> _Screen:
        ours, theirs = socket.socketpair()
        pid = self._start(theirs)
        theirs.close()
        return _Screen(pid, ours)

    def _screens(self) -> list[_Screen]:
        return [screen for screen in (self._front, self._spare, *self._closing) if screen is not None]

    def _tell_front(self, line: Line) -> None:
        if self._front is not None:
            self._front.tell(line)

    # --- time and signals ----------------------------------------------------------------------------------------

    def _obey(self, call: Call) -> None:
        """Do what another program of this user asks for."""
        match call:
            case Call.RAISE:
                self._tell_front(Line(Word.RAISE))
            case Call.DEATH:
                self._guard.end()
            case _:
                assert_never(call)

    def _patience(self) -> float | None:
        times = [screen.deadline for screen in self._screens() if screen.deadline is not None]
        times += [] if self._spare_at is None else [self._spare_at]
        return max(0.0, min(times) - time.monotonic()) if times else None

    def _watch_time(self) -> None:
        now = time.monotonic()
        if self._spare_at is not None and now >= self._spare_at:
            self._spare_at, self._spare = None, self._begin()
        for screen in self._screens():
            if screen.deadline is not None and now >= screen.deadline:
                screen.deadline = None
                with suppress(ProcessLookupError):
                    os.kill(screen.pid, signal.SIGKILL)  # its line ends then

    def _listen_to_signals(self) -> None:
        for end in (self._waker, self._woken):
            end.settimeout(0)
        signal.set_wakeup_fd(self._waker.fileno())
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: None)

    def _take_signals(self) -> None:
        self._woken.recv(64)
        front = self._front
        if front is not None and not front.leaving:
            front.leaving, front.deadline = True, time.monotonic() + CLOSE_S
            front.tell(Line(Word.LEAVE))

    def _end(self) -> None:
        """Give those that still write their time, and end the rest."""
        self._guard.end()
        for screen in self._screens():
            if screen not in self._closing:
                with suppress(ProcessLookupError):
                    os.kill(screen.pid, signal.SIGKILL)
        for screen in self._screens():
            if screen in self._closing:
                screen.line.settimeout(CLOSE_S)
                with suppress(OSError):
                    while screen.line.recv(lines.MAX_LINE):
                        pass
                with suppress(ProcessLookupError):
                    os.kill(screen.pid, signal.SIGKILL)
            screen.line.close()
            with suppress(ChildProcessError):
                os.waitpid(screen.pid, 0)
