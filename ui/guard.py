"""The supervisor's hold on the locked watch: it begins it, hears what it counts, and ends it at the next opening."""

import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress

from ui import lines
from ui.lines import Account, Ear, Sight, Word

StartWatch = Callable[[socket.socket, socket.socket], int]
"""Begins a watch at its end of a line, and at that of a line from the session that locks; gives its number."""
MOST = 2_048
"""Entries of an account that are kept; a watch is given fewer things than that."""


class Guard:
    """One watch at a time; `sight` is what it says last, None while there is none."""

    def __init__(self, start: StartWatch | None) -> None:
        self._start = start
        self._offered: tuple[socket.socket, object] | None = None
        self._pid = 0
        self._line: socket.socket | None = None
        self._ear = Ear()
        self._account = Account()
        self.sight: Sight | None = None

    @property
    def here(self) -> bool:
        """Whether a watch is there."""
        return self._line is not None

    @property
    def ears(self) -> list[socket.socket]:
        """What to listen to."""
        return [] if self._line is None else [self._line]

    def offer(self, line: socket.socket, screen: object) -> None:
        """Take the end of a line on which a session will hand over what the watch needs."""
        self._refuse()
        self._offered = line, screen

    def begin(self, screen: object, *, wanted: bool) -> None:
        """Begin a watch with what this screen offered, if it is wanted."""
        self.end()
        offered = self._offered
        if self._start is not None and wanted and offered is not None and offered[1] is screen:
            ours, theirs = socket.socketpair()
            self._pid = self._start(theirs, offered[0])
            theirs.close()
            self._line, self._ear, self.sight = ours, Ear(), Sight()
        self._refuse()

    def hear(self) -> None:
        """Take what the watch says; one that has ended leaves its account behind."""
        line = self._line
        if line is None:
            return
        try:
            data = line.recv(lines.MAX_LINE)
            said = self._ear.hear(data)
        except (OSError, ValueError):
            data, said = b"", []
        for each in said:
            if each.word is Word.SIGHT and each.sight is not None:
                self.sight = each.sight
            elif each.word is Word.ACCOUNT and each.account is not None and len(self._account.took) < MOST:
                self._account += each.account
        if not data:
            self._bury()

    def end(self) -> Account:
        """End the watch, if there is one, and give the account of the last."""
        while self._line is not None:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            self.hear()  # what it said before, to the end
        account, self._account = self._account, Account()
        return account

    def _bury(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(self._pid, 0)
        self.sight = None

    def _refuse(self) -> None:
        if self._offered is not None:
            self._offered[0].close()
            self._offered = None
