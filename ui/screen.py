"""One screen process: a locked screen that is soon there, and the opened post that it may become; a lock is its end.

The heavy half of the program (`ui.app` and all it needs) is loaded only after the locked screen is painted, piece by
piece between keystrokes.
"""

import importlib
import os
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from secmsg import program
from secmsg.process import open_swap
from secmsg.station import doorstep, kit_mark
from ui.front import Doorstep, Front
from ui.language import Language
from ui.lines import Account, Card, Line, Watching, Word
from ui.tie import Tie
from ui.unlock.state import Attempt

if TYPE_CHECKING:
    from ui.app import Program
    from ui.desktop import Desktop

HEAVY = (
    "requests",
    "sqlcipher3",
    "secmsg.station.desk",
    "secmsg.station.enrol",
    "secmsg.station.rounds",
    "secmsg.station.station",
    "secmsg.station.courier",
    "ui.main_window",
    "ui.compose.view",
    "ui.post",
    "ui.app",
)
"""What an opened post needs, in pieces small enough to be loaded between two keys."""
HAND_OVER_S = 8.0
LOOK_MS = 1_000
"""How often a locked screen with a watch looks whether its store was destroyed."""
AT_LEAST_MS = 1500
"""A window that begins minimised or covered is never painted, and is there all the same."""


class Screen(QObject):
    """Wires one process: the line to the supervisor, the locked screen, and the program once it is loaded.

    Without a `line` (on systems where the supervisor does not run) it shows itself at once, and a lock starts the
    program anew in place of this process.
    """

    def __init__(self, app: QApplication, home: Path, line: socket.socket | None) -> None:
        super().__init__(app)
        self._app, self._home = app, home
        self._clock: Callable[[], int] = lambda: int(time.time())
        self._front = Front(app, doorstep_of(home), self._clock, Language.VIETNAMESE)
        self._tie = None if line is None else Tie(line, self)
        self._program: Program | None = None
        self._waiting: Attempt | None = None
        self._set_up_waits = self._anew_waits = False
        self._desktop: Desktop | None = None
        self._to_load = list(HEAVY)
        self._to_watch: socket.socket | None = None
        self._account = Account()
        self._alive = QTimer(self)
        self._alive.setInterval(LOOK_MS)
        self._alive.timeout.connect(self._look_for_death)
        self._loader = QTimer(self)
        self._seen = False

    def start(self) -> None:
        """Dress the locked screen and show it as soon as it is asked for."""
        self._front.dress()
        self._front.submitted.connect(self._submitted)
        self._front.setup_asked.connect(self._setup_asked)
        self._front.anew_asked.connect(self._anew_asked)
        self._loader.timeout.connect(self._load)
        self._app.aboutToQuit.connect(self._leave)
        if self._tie is None:
            self._show(Card(), held=False)
            return
        self._tie.heard.connect(self._heed)
        self._tie.cut.connect(lambda _: self._orphaned())
        self._tell(Word.READY)

    def stop(self) -> None:
        """Close what is open."""
        if self._program is not None:
            self._program.stop()
        else:
            self._front.undress()

    # --- what the supervisor says --------------------------------------------------------------------------------

    def _heed(self, line: Line) -> None:
        match line.word:
            case Word.SHOW if line.card is not None:
                self._show(line.card, held=line.held)
            case Word.FREE if self._front.view is not None:
                self._front.view.release(cut_off=line.held)
            case Word.SIGHT if self._front.view is not None:
                self._front.view.alarm.show_sight(line.sight)
                self._alive.start() if line.sight is not None else self._alive.stop()
            case Word.ACCOUNT if line.account is not None:
                self._take_account(line.account, more=line.held)
            case Word.RAISE:
                self._raise()
            case Word.LEAVE:
                self._app.quit()
            case _:
                pass

    def _look_for_death(self) -> None:
        """End the watch of a store that was destroyed, here or by a command: what it holds goes too."""
        if self._front.view is None:
            self._alive.stop()
        elif self._front.dead:
            self._alive.stop()
            self._tell(Word.UNWATCH)

    def _take_account(self, account: Account, *, more: bool) -> None:
        self._account += account
        if not more and self._program is not None:
            self._program.take_account(self._account)

    def _show(self, card: Card, *, held: bool) -> None:
        view = self._front.make(card)
        if held:
            view.hold()
        view.show()
        view.windowHandle().installEventFilter(self)
        QTimer.singleShot(AT_LEAST_MS, self._painted)
        view.raise_()
        view.activateWindow()

    def _raise(self) -> None:
        post = None if self._program is None else self._program.post
        set_up = None if self._program is None else self._program.setting_up
        window = post.window if post is not None else set_up.view if set_up is not None else self._front.view
        if window is not None:
            window.showNormal() if window.isMinimized() else window.show()
            window.raise_()
            window.activateWindow()

    def _orphaned(self) -> None:
        """Begin anew, locked, after the supervisor was killed: nobody else would show a locked screen."""
        if self._program is not None and (self._program.post is not None or self._program.worker.running):
            self._program.lock()
        elif self._front.view is not None:
            self._begin_anew()
        else:
            os._exit(0)  # a spare that nobody will ask for

    # --- loading and opening -------------------------------------------------------------------------------------

    def _painted(self) -> None:
        if self._seen:
            return
        self._seen = True
        self._tell(Word.SHOWN)
        self._loader.start(0)

    def _load(self) -> None:
        if self._to_load:
            importlib.import_module(self._to_load.pop(0))
            return
        self._loader.stop()
        if self._program is None:
            self._program = self._make_program()
            if self._waiting is not None:
                attempt, self._waiting = self._waiting, None
                self._program.open(attempt)
            elif self._set_up_waits:
                self._program.set_up()
            elif self._anew_waits:
                self._program.begin_anew()

    def _submitted(self, attempt: Attempt) -> None:
        if self._program is None:
            self._waiting = attempt

    def _setup_asked(self, _: object) -> None:
        self._set_up_waits = self._program is None

    def _anew_asked(self, _: object) -> None:
        self._anew_waits = self._program is None

    def _make_program(self) -> "Program":
        from ui.app import Program, Ways, real_doors

        ways = Ways(self._opened, self._locking, self._gone, self._hand_over, supervised=self._tie is not None)
        doors = real_doors(self._home, doorstep_of(self._home))
        program = Program(self._app, doors, clock=self._clock, front=self._front, ways=ways)
        program.serve()
        return program

    def _opened(self, card: Card) -> None:
        """Say so, and from now on lock with the desktop."""
        self._tell(Word.OPENED, card)
        from ui.desktop import Desktop

        if self._desktop is not None:
            return  # the set-up had its store open before the post
        self._desktop = Desktop(self)
        self._desktop.locks.connect(lambda _: None if self._program is None else self._program.lock())
        self._desktop.listen()

    def _locking(self, card: Card) -> None:
        """Say that it locks, and give the supervisor the end of a line for a watch, where there is to be one."""
        if self._tie is None or card.watching is not Watching.ON:
            self._tell(Word.LOCKING, card)
            return
        self._to_watch, theirs = socket.socketpair()
        self._tie.tell(Line(Word.LOCKING, card), theirs)
        theirs.close()

    def _hand_over(self, handover: bytes) -> None:
        """Give a watch what it needs, or b"" for nothing; called on the closing thread."""
        from secmsg.watch.handing import give

        line, self._to_watch = self._to_watch, None
        if line is not None:
            line.settimeout(HAND_OVER_S)
            with line, suppress(OSError):  # a watch that has ended already takes nothing
                give(line, handover)

    # --- the end -------------------------------------------------------------------------------------------------

    def _tell(self, word: Word, card: Card | None = None) -> None:
        if self._tie is not None:
            self._tie.tell(Line(word, card))

    def _leave(self) -> None:
        self._tell(Word.LEAVING)

    def _gone(self, whole: bool) -> None:  # noqa: FBT001 - the one thing that is told
        """End the process with everything that Python kept; called on the closing thread."""
        if self._tie is not None and not self._tie.is_cut:
            os._exit(0 if whole else 1)
        self._begin_anew()

    def _begin_anew(self) -> None:
        """Put a fresh program in the place of this process: the kernel throws its memory away first."""
        command = program.again("ui", "--home", str(self._home))
        os.execv(command[0], command)  # noqa: S606 - our own program

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to load the rest once the locked screen has been painted."""
        if event.type() is QEvent.Type.Expose and not self._seen:
            QTimer.singleShot(0, self._painted)  # Qt paints within this event
        return super().eventFilter(watched, event)


def doorstep_of(home: Path) -> Doorstep:
    """Look at a profile from outside."""
    from ui.destroying import acts_of

    return Doorstep(
        lambda: doorstep.is_made(home),
        str(home),
        lambda: doorstep.wrong_tries(home),
        open_swap,
        lambda: doorstep.dead_since(home),
        acts_of(home),
        lambda: kit_mark.is_marked(home),
    )


def run(home: Path, arguments: list[str], line: socket.socket | None) -> int:
    """Run one screen until its window closes, its post locks, or its supervisor says so."""
    app = QApplication([sys.argv[0], *arguments])
    app.setApplicationName("secmsg")
    app.setDesktopFileName("secmsg-desktop")  # whose icon a task bar shows
    app.setQuitOnLastWindowClosed(True)
    screen = Screen(app, home, line)
    screen.start()
    code = app.exec()
    screen.stop()
    return code
