"""The composition root: locked screen, opened post, and the way between them. Wiring, and no rules."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from secmsg.station import anew
from secmsg.station.backups import restore
from secmsg.station.courier import Courier, OnEvent
from secmsg.station.enrol import Proposal, initialise
from secmsg.station.kit_mark import is_marked
from secmsg.station.kit_opening import open_kit
from secmsg.station.kit_views import KitStanding
from secmsg.station.pouch_bag import PouchBag
from secmsg.station.setting_up import SetUp
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import Unlock, by_passphrase, by_recovery, by_share
from secmsg.station.views import StationStatus
from secmsg.station.worker import Worker
from ui import idle, shape, vigil
from ui.background import Background
from ui.front import Doorstep, Front
from ui.kit_reading import KitReading
from ui.language import Language
from ui.lines import Account, Card, Watching, Why
from ui.medium import Medium
from ui.naming import COMING_AND_GOING, name_when_shown
from ui.post import Post
from ui.restoring import Beginning, Door
from ui.setting_up import Making, SettingUp
from ui.theme import Density, Scheme
from ui.unlock.state import Attempt, Means
from ui.unlock.view import UnlockView
from ui.widgets.files import keep_nothing

Clock = Callable[[], int]
CLEAR_UP_S = 3.0
"""Seconds for a pouch under way to take its half of a file off the medium before the store closes."""
_PRESENCE = frozenset((QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel))
ACCOUNT_MS = 3_000
"""How long carrying waits for the account of the last watch: what relays hold already need not go again."""
PREPARE_S = 8.0
SETTINGS = ("ui.language", "ui.scheme", "ui.text", "ui.density", "ui.shape", idle.SETTING, vigil.SETTING)


@dataclass(frozen=True, slots=True)
class Doors:
    """How a store is opened and how envelopes are carried: the real ones, or those of a demonstration."""

    open: Callable[[Attempt], Callable[[], Station]]
    courier: Callable[[Worker, OnEvent], Courier]
    step: Doorstep = field(default_factory=Doorstep)
    pouches: Callable[[Worker], PouchBag] = PouchBag
    make: Callable[[Unlock, Proposal], object] | None = None
    """Makes the store of a new post; None where none is to be made."""
    restore: Door | None = None
    """Makes the store from a backup; None where none is to be made."""
    beginning: Beginning | None = None
    """Lets the store begin anew with its sheet; None where it cannot."""


@dataclass(frozen=True, slots=True)
class Ways:
    """How a program that has its process to itself tells what becomes of it; `gone` ends the process.

    `gone` gets True when everything was closed in order; `hand_over` gives a locked watch what it needs, b"" for
    nothing, on the closing thread. `supervised`: an account of the last watch follows each opening.
    """

    opened: Callable[[Card], None]
    locking: Callable[[Card], None]
    gone: Callable[[bool], None]
    hand_over: Callable[[bytes], None] = lambda _: None
    supervised: bool = False


def real_doors(home: Path, step: Doorstep) -> Doors:
    """Open the profile in `home`; the passphrase is stretched on the store's thread."""

    def open_(attempt: Attempt) -> Callable[[], Station]:
        def opener() -> Station:
            given = _given(attempt)
            return open_kit(home, given) if is_marked(home) else open_station(home, given)

        return opener

    return Doors(
        open_,
        Courier,
        step,
        make=lambda given, proposal: initialise(home, given, proposal),
        restore=partial(restore, home=home),
        beginning=Beginning(partial(anew.try_sheet, home), partial(anew.begin, home)),
    )


def _given(attempt: Attempt) -> Unlock:
    match attempt.means:
        case Means.PASSPHRASE:
            return by_passphrase(attempt.text)
        case Means.RECOVERY:
            return by_recovery(attempt.text)
        case Means.SHARE:
            return by_share(attempt.text, attempt.pin)
    assert_never(attempt.means)


class Program(QObject):
    """One profile's program: either locked or opened.

    With `ways` a lock ends the process, and with it what Python kept of cables. Without them, as in the demonstration
    and in tests, where two programs share a process, a lock only closes the store and takes the windows away.
    """

    def __init__(
        self,
        app: QApplication,
        doors: Doors,
        *,
        clock: Clock = lambda: int(time.time()),
        language: Language = Language.VIETNAMESE,
        front: Front | None = None,
        ways: Ways | None = None,
    ) -> None:
        super().__init__(app)
        self._app, self._doors, self._clock, self._ways = app, doors, clock, ways
        self.front = Front(app, doors.step, clock, language) if front is None else front
        self.theme, self.speech = self.front.theme, self.front.speech
        self.worker = Worker()
        self.background = Background(self.worker, self)
        self.post: Post | None = None
        self.setting_up: SettingUp | None = None
        self.reading: KitReading | None = None
        """Instead of a post: the delegation kit that is open."""
        self._courier: Courier | None = None
        self._closer = ThreadPoolExecutor(1, "closing")
        self._last_touch, self._last_beat = clock(), time.monotonic()
        self._medium: Medium | None = None
        self._second = QTimer(self)

    @property
    def unlock(self) -> UnlockView | None:
        """The locked screen, if it is on show."""
        return self.front.view

    def start(self) -> None:
        """Dress the program and show the locked screen."""
        self.front.dress()
        self.serve()
        self.front.make(Card()).show()

    def serve(self) -> None:
        """Take what is entered on the locked screen, and watch whether the officer is there."""
        keep_nothing()
        self.front.submitted.connect(self.open)
        self.front.setup_asked.connect(lambda _: self.set_up())
        self.front.anew_asked.connect(lambda _: self.begin_anew())
        self._app.installEventFilter(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._watch)

    def lock(self, why: Why = Why.LOCKED) -> None:
        """Take every window with cable text away and close the store behind them."""
        post, courier = self.post or self.reading, self._courier
        if post is None:
            self._lock_set_up(why)
            return
        self._second.stop()
        card = replace(
            self._card(post, why), watching=vigil.choice(watch=post.watch, cut=courier is None or courier.cut)
        )
        self.post, self.reading, self._courier = None, None, None
        if self._ways is not None:
            ways = self._ways
            self._app.setQuitOnLastWindowClosed(False)
            ways.locking(card)
            post.close()
            shut = self._shut(courier, ways.hand_over if card.watching is Watching.ON else None)
            shut.add_done_callback(lambda done: ways.gone(done.exception() is None and done.result()))
            return
        view = self.front.make(card)
        view.hold()
        view.show()
        post.close()
        self.background.follow(view, self._shut(courier), lambda _: view.release(), lambda _: view.release())

    def _lock_set_up(self, why: Why) -> None:
        """Close a store whose post is being set up; every step done is in it."""
        set_up = self.setting_up
        if set_up is None:
            return
        if not self.worker.running:
            if set_up.is_anew:
                self._leave_anew()
            return
        self._second.stop()
        self.setting_up = None
        card = Card(
            why,
            self._clock(),
            language=self.speech.language.value,
            scheme=self.theme.scheme.value,
            percent=self.theme.percent,
        )
        if self._ways is not None:
            ways = self._ways
            self._app.setQuitOnLastWindowClosed(False)
            ways.locking(card)
            set_up.close()
            shut = self._shut(set_up.courier)
            shut.add_done_callback(lambda done: ways.gone(done.exception() is None and done.result()))
            return
        view = self.front.make(card)
        view.hold()
        view.show()
        set_up.close()
        self.background.follow(view, self._shut(set_up.courier), lambda _: view.release(), lambda _: view.release())

    def stop(self) -> None:
        """End everything; waits for what is queued."""
        self._second.stop()
        self._app.removeEventFilter(self)
        if self.setting_up is not None:
            self._courier = self.setting_up.courier
            self.setting_up.close()
            self.setting_up = None
        opened = self.post or self.reading
        if opened is not None:
            opened.close()
            self.post, self.reading = None, None
        self._shut(self._courier).result(30)
        self._courier = None
        self._closer.shutdown()
        self.front.undress()

    def _shut(self, courier: Courier | None, hand_over: Callable[[bytes], None] | None = None) -> Future[bool]:
        def shut() -> bool:
            self.background.await_asides(CLEAR_UP_S)
            if courier is not None:
                courier.stop()
            if hand_over is not None:
                hand_over(self._prepared())
            elif courier is not None and courier.cut:
                with suppress(Exception):  # the store closes all the same
                    self.worker.submit(lambda station: station.locking.keep_silent()).result(PREPARE_S)
            return self.worker.stop()

        return self._closer.submit(shut)

    def _prepared(self) -> bytes:
        """Make what the locked watch needs; nothing where the store, or its medium, does not let us."""
        try:
            return self.worker.submit(lambda station: station.locking.prepare()).result(PREPARE_S)
        except Exception:  # noqa: BLE001 - whatever it is: without it nobody watches, and the screen says so
            return b""

    def take_account(self, account: Account) -> None:
        """Take what the last watch did, then begin to carry."""
        courier = self._courier
        if courier is not None:
            self.background.run(self, lambda station: vigil.settle(station, account), lambda _: self._carry(courier))

    def _carry(self, courier: Courier) -> None:
        if courier is self._courier:
            courier.start()

    def open(self, attempt: Attempt) -> None:
        """Try to open the store with what was entered."""
        view = self.unlock
        if view is not None:
            future = self.worker.start(self._doors.open(attempt))
            self.background.follow(view, future, lambda _: self._opened(), view.refuse)

    def set_up(self) -> None:
        """Show the wizard that makes a store."""
        view = self.unlock
        if view is not None and self._doors.make is not None:
            self._show_set_up()

    def begin_anew(self) -> None:
        """Show the way to a new passphrase with the recovery sheet, from what was typed of it on the locked screen."""
        view = self.unlock
        if view is not None and self._doors.beginning is not None:
            self._show_set_up(groups=view.groups.toPlainText())
            # Nobody may find the groups of a sheet on the screen of an officer who went away.
            self._touch()
            self._second.start()

    def _show_set_up(self, stands: SetUp | None = None, groups: str | None = None) -> None:
        """Put the wizard in the place of the locked screen: a new store, a set-up that goes on, a sheet's `groups`."""
        doors = self._doors
        making = Making(doors.step.home, doors.make, doors.open, doors.courier, doors.restore, doors.beginning)
        self.setting_up = SettingUp(self.background, self.worker, making, self.theme, self.speech, self)
        if groups is not None:
            self.setting_up.begin_anew(groups)
        self.setting_up.left.connect(lambda _: self._leave_anew())
        self.setting_up.opened.connect(lambda _: self._guard_set_up())
        self.setting_up.done.connect(lambda _: self._set_up_done())
        self.setting_up.show(stands)
        self.front.put_away()

    def _leave_anew(self) -> None:
        """Go back to the locked screen, and to its watch; before the new sheet was read back nothing has changed."""
        set_up, self.setting_up = self.setting_up, None
        self._second.stop()
        if set_up is not None:
            view = self.front.make(self.front.card)
            view.hold()
            view.show()
            set_up.close()
            ended = self._closer.submit(self.background.await_asides, CLEAR_UP_S)
            self.background.follow(view, ended, lambda _: view.release(), lambda _: view.release())

    def _guard_set_up(self) -> None:
        """From now on lock with the desktop and when nobody is there, as an opened post does."""
        if self._ways is not None:
            self._ways.opened(Card(language=self.speech.language.value, percent=self.theme.percent))
        self._medium = Medium(Path(self._doors.step.home)) if self._doors.step.home else None
        self._touch()
        self._second.start()

    def _set_up_done(self) -> None:
        """Open the post in the wizard's place; its courier goes on."""
        set_up, self.setting_up = self.setting_up, None
        if set_up is not None:
            set_up.courier_ended(lambda: self._opened(set_up.close))

    def _opened(self, then: Callable[[], None] = lambda: None) -> None:
        def look(station: Station) -> tuple[StationStatus, dict[str, str | None], SetUp | None]:
            settings: dict[str, str | None] = {name: station.setting(name) for name in SETTINGS}
            watch = vigil.read(settings[vigil.SETTING], usual=station.locking.usual())
            settings[vigil.SETTING] = vigil.write(watch=watch)
            # A delegation kit is nothing that could be set up.
            return station.status(), settings, None if station.kit is not None else station.setup.standing()

        def show(found: tuple[StationStatus, dict[str, str | None], SetUp | None]) -> None:
            self._show(*found)
            then()

        self.background.run(self, look, show)

    def _show(self, status: StationStatus, settings: dict[str, str | None], stands: SetUp | None) -> None:
        self._wear(settings)
        if status.kit is not None:
            self._show_kit(status, status.kit, settings)
        elif stands is not None and stands.begun and not stands.finished:
            self._show_set_up(stands)
        else:
            self._show_post(status, settings)

    def _show_post(self, status: StationStatus, settings: dict[str, str | None]) -> None:
        courier = self._doors.courier(self.worker, self.background.report)
        self._courier = courier
        bag = self._doors.pouches(self.worker)
        post = Post(self.background, courier, bag, status, self.theme, self.speech, self._clock, self)
        post.lock_asked.connect(lambda _: self.lock())
        post.end_asked.connect(lambda _: self.lock(Why.ENDING))
        post.window.closing.connect(lambda _: self._app.quit())
        self.post = post
        post.window.take_shape(shape.read(settings["ui.shape"]))
        post.rest(idle.read(settings[idle.SETTING]))
        post.keep_watch(watch=vigil.read(settings[vigil.SETTING], usual=True))
        post.start()
        if self._ways is None or not self._ways.supervised:
            courier.start()
        else:
            QTimer.singleShot(ACCOUNT_MS, self, lambda: self._carry(courier))
        self._take_over(post)
        post.destruction.enter(self.front.practised, post.window.message.tell)

    def _show_kit(self, status: StationStatus, standing: KitStanding, settings: dict[str, str | None]) -> None:
        """Show a delegation kit: no courier is made, and nothing behind the window knows a link."""
        reading = KitReading(self.background, status, standing, self.theme, self.speech, self._clock, self)
        reading.lock_asked.connect(lambda _: self.lock())
        reading.window.closing.connect(lambda _: self._app.quit())
        self.reading = reading
        reading.rest(idle.read(settings[idle.SETTING]))
        reading.start()
        self._take_over(reading)

    def _take_over(self, post: Post | KitReading) -> None:
        self.front.put_away()
        if self._ways is not None:
            self._ways.opened(self._card(post, Why.LOCKED))
        self._medium = Medium(Path(self._doors.step.home)) if self._doors.step.home else None
        self._touch()
        self._second.start()

    def _wear(self, settings: dict[str, str | None]) -> None:
        language, scheme, text, density, *_ = (settings[name] for name in SETTINGS)
        if language in {choice.value for choice in Language}:
            self.speech.speak(Language(language))
        if scheme in {choice.value for choice in Scheme}:
            self.theme.wear(Scheme(scheme))
        if text is not None and text.isdecimal():
            self.theme.enlarge(int(text))
        if density is not None and density in Density.__members__:
            self.theme.crowd(Density[density])

    def _card(self, post: Post | KitReading, why: Why) -> Card:
        status = post.status
        return Card(
            why,
            self._clock(),
            status.station_name,
            status.station_name_en,
            status.place,
            status.timezone,
            self.speech.language.value,
            self.theme.scheme.value,
            self.theme.percent,
        )

    def _touch(self) -> None:
        self._last_touch, self._last_beat = self._clock(), time.monotonic()

    def _watch(self) -> None:
        if self._medium is not None and not self._medium.is_there():
            self.lock(Why.MEDIUM)
        else:
            self._watch_idleness()

    def _watch_idleness(self) -> None:
        post = self.post or self.reading
        if post is None:
            if time.monotonic() - self._last_beat > idle.USUAL_S:
                self.lock()
            return
        # A clock that is put back must not keep the store open; the steady one stands still while the machine sleeps.
        away = max(self._clock() - self._last_touch, int(time.monotonic() - self._last_beat))
        at_worksheet = isinstance(post, Post) and post.with_the_pencil
        left = idle.least(post.lock_after_s, at_worksheet=at_worksheet) - away
        if left <= 0:
            self.lock()
        else:
            post.count_down(left)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that the officer is there."""
        # Every event of every widget passes here: its kind is asked once, and most are of no interest.
        kind = event.type()
        if kind in _PRESENCE:
            self._touch()
        elif kind in COMING_AND_GOING:
            name_when_shown(watched, kind)
        return False
