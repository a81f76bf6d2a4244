"""The composition root: locked screen, opened post, and the way between them. Wiring, and no rules."""

import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication

from secmsg.station.courier import Courier, OnEvent
from secmsg.station.opening import is_made
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import by_passphrase, by_recovery
from secmsg.station.views import StationStatus
from secmsg.station.worker import Worker
from ui import shape
from ui.background import Background
from ui.format import clock as clock_text
from ui.language import Language, Speech
from ui.naming import name_when_shown
from ui.post import Post
from ui.theme import Density, Scheme, Theme, look
from ui.unlock.state import Attempt, Means, Store
from ui.unlock.view import UnlockView
from ui.widgets.files import keep_nothing

Clock = Callable[[], int]
LOCK_AFTER_S = 600
SETTINGS = ("ui.language", "ui.scheme", "ui.text", "ui.density", "ui.shape")


@dataclass(frozen=True, slots=True)
class Doors:
    """How a store is opened and how envelopes are carried: the real ones, or those of a demonstration.

    `present` says whether there is a store to open; `home` names its folder.
    """

    open: Callable[[Attempt], Callable[[], Station]]
    courier: Callable[[Worker, OnEvent], Courier]
    present: Callable[[], bool] = lambda: True
    home: str = ""


def real_doors(home: Path) -> Doors:
    """Open the profile in `home`; the passphrase is stretched on the store's thread."""

    def open_(attempt: Attempt) -> Callable[[], Station]:
        def opener() -> Station:
            given = by_passphrase(attempt.text) if attempt.means is Means.PASSPHRASE else by_recovery(attempt.text)
            return open_station(home, given)

        return opener

    return Doors(open_, Courier, lambda: is_made(home), str(home))


class Program(QObject):
    """One profile's program: either locked or opened."""

    def __init__(
        self,
        app: QApplication,
        doors: Doors,
        *,
        clock: Clock = lambda: int(time.time()),
        language: Language = Language.VIETNAMESE,
        lock_after_s: int = LOCK_AFTER_S,
    ) -> None:
        super().__init__(app)
        self._app, self._doors, self._clock = app, doors, clock
        self._language, self._lock_after_s = language, lock_after_s
        self.theme, self.speech = Theme(app), Speech(self)
        self.worker = Worker()
        self.background = Background(self.worker, self)
        self.unlock: UnlockView | None = None
        self.post: Post | None = None
        self._courier: Courier | None = None
        self._closer = ThreadPoolExecutor(1, "closing")
        self._last_touch = clock()
        self._second = QTimer(self)

    def start(self) -> None:
        """Dress the program and show the locked screen."""
        keep_nothing()
        self.theme.install()
        self.theme.changed.connect(lambda _: self._redress())
        self.speech.speak(self._language)
        self._app.installEventFilter(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._watch_idleness)
        self.show_unlock("", "")

    def show_unlock(self, station: str, locked_at: str) -> UnlockView:
        """Show the locked screen."""
        view = UnlockView(self._clock, station, locked_at)
        view.resize(900, 600)
        view.submitted.connect(self._open)
        view.look_asked.connect(self._look_for_store)
        view.language_button.clicked.connect(lambda _=False: self.speech.switch())
        self.unlock = view
        self._look_for_store(view)
        view.show()
        return view

    def lock(self) -> None:
        """Take every window with cable text away and close the store behind them."""
        post, courier = self.post, self._courier
        if post is None:
            return
        self._second.stop()
        name = post.window.post()
        view = self.show_unlock(name, clock_text(self._clock(), post.here))
        view.hold()
        self.post, self._courier = None, None
        post.close()
        self.background.follow(view, self._shut(courier), lambda _: view.release(), lambda _: view.release())

    def stop(self) -> None:
        """End everything; waits for what is queued."""
        self._second.stop()
        self._app.removeEventFilter(self)
        self.speech.speak(Language.ENGLISH)  # takes the translator away
        if self.post is not None:
            self.post.close()
            self.post = None
        self._shut(self._courier).result(30)
        self._courier = None
        self._closer.shutdown()
        if self.unlock is not None:
            self.unlock.deleteLater()
            self.unlock = None

    def _shut(self, courier: Courier | None) -> Future[None]:
        def shut() -> None:
            if courier is not None:
                courier.stop()
            self.worker.stop()

        return self._closer.submit(shut)

    def _open(self, attempt: Attempt) -> None:
        view = self.unlock
        if view is not None:
            future = self.worker.start(self._doors.open(attempt))
            self.background.follow(view, future, lambda _: self._opened(), view.refuse)

    def _look_for_store(self, view: UnlockView) -> None:
        view.show_store(Store.READY if self._doors.present() else Store.ABSENT, self._doors.home)

    def _turn_back(self) -> None:
        """Close a store that has joined nothing, so that the command which joins it finds it free."""
        view = self.unlock
        if view is not None:
            view.hold()
            closed = self._shut(None)
            self.background.follow(
                view, closed, lambda _: view.show_store(Store.UNJOINED, self._doors.home), view.refuse
            )

    def _opened(self) -> None:
        def look(station: Station) -> tuple[StationStatus, dict[str, str | None]]:
            return station.status(), {name: station.setting(name) for name in SETTINGS}

        self.background.run(self, look, lambda found: self._show_post(*found))

    def _show_post(self, status: StationStatus, settings: dict[str, str | None]) -> None:
        self._wear(settings)
        if not status.joined:
            self._turn_back()
            return
        courier = self._doors.courier(self.worker, self.background.report)
        self._courier = courier
        post = Post(self.background, courier, status, self.theme, self.speech, self._clock, self)
        post.lock_asked.connect(lambda _: self.lock())
        post.window.closing.connect(lambda _: self._app.quit())
        self.post = post
        post.window.take_shape(shape.read(settings["ui.shape"]))
        post.start()
        courier.start()
        if self.unlock is not None:
            self.unlock.forget()
            self.unlock.hide()
            self.unlock.deleteLater()
            self.unlock = None
        self._last_touch = self._clock()
        self._second.start()

    def _wear(self, settings: dict[str, str | None]) -> None:
        language, scheme, text, density, _ = (settings[name] for name in SETTINGS)
        if language in {choice.value for choice in Language}:
            self.speech.speak(Language(language))
        if scheme in {choice.value for choice in Scheme}:
            self.theme.wear(Scheme(scheme))
        if text is not None and text.isdecimal():
            self.theme.enlarge(int(text))
        if density is not None and density in Density.__members__:
            self.theme.crowd(Density[density])

    def _redress(self) -> None:
        for widget in self._app.allWidgets():
            if isinstance(widget, QAbstractButton):
                widget.setIconSize(QSize(look().icon, look().icon))
            dress = getattr(widget, "dress", None)
            if callable(dress):
                dress()

    def _watch_idleness(self) -> None:
        left = self._lock_after_s - (self._clock() - self._last_touch)
        if left <= 0:
            self.lock()
        elif self.post is not None:
            self.post.count_down(left)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that the officer is there; give every new button icons of the size of its text."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel):
            self._last_touch = self._clock()
        elif event.type() is QEvent.Type.Polish and isinstance(watched, QAbstractButton):
            watched.setIconSize(QSize(look().icon, look().icon))
        name_when_shown(watched, event)
        return super().eventFilter(watched, event)


def run(home: Path, argv: list[str]) -> int:
    """Run the program on a profile until its window closes."""
    app = QApplication([sys.argv[0], *argv])
    app.setApplicationName("secmsg")
    app.setQuitOnLastWindowClosed(True)
    program = Program(app, real_doors(home))
    program.start()
    code = app.exec()
    program.stop()
    return code
