"""Stands between the screen of destruction and the act: opens it over the locked screen, runs the act in a thread."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from secmsg.office.destruction import Finding
from secmsg.station import doorstep
from secmsg.station.doorstep import Aside
from ui.destruction import state as rules
from ui.destruction.state import DestructionState, Phase
from ui.destruction.view import DestructionScreen
from ui.format import Place

Tell = Callable[[Finding], None]


@dataclass(frozen=True, slots=True)
class End:
    """How an act ended: when the keys were dead, what the medium keeps, whether a relay has the report."""

    at: int
    seconds: float
    keeps_nothing: bool
    reported: bool | None = None


@dataclass(frozen=True, slots=True)
class Acts:
    """What the screen may do to one profile. `prove` raises when a passphrase does not open it."""

    aside: Callable[[], Aside]
    prove: Callable[[str], None]
    destroy: Callable[[Tell], End]
    practise: Callable[[Tell], End]


def acts_of(home: Path) -> Acts:
    """Give the acts on a profile; each loads what it needs when it is done."""
    return Acts(
        lambda: doorstep.aside(home), lambda text: _prove(home, text), lambda tell: _destroy(home, tell), _practise
    )


def _prove(home: Path, text: str) -> None:
    from secmsg.config import PRODUCTION
    from secmsg.station import destroying
    from secmsg.station.proving import prove
    from secmsg.station.unlock import by_passphrase

    prove(home, by_passphrase(text), PRODUCTION, destroying.keyring_of_this_machine())


def _destroy(home: Path, tell: Tell) -> End:
    from secmsg.station import destroying

    reach = destroying.Reach(destroying.keyring_of_this_machine(), media=destroying.MEDIA, report=True)
    done = destroying.destroy(home, reach, tell=tell)
    return End(done.at, done.seconds, done.read_back and done.medium.keeps_nothing, done.reported)


def _practise(tell: Tell) -> End:
    from secmsg.station import exercises

    done = exercises.practise(tell=tell)
    return End(int(time.time()), done.seconds, done.nothing_opens)


class Destroying(QObject):
    """Opens the screen, once; `over` comes with the last state when a real one was closed after its end.

    `practised` comes with what the training record takes when an exercise was closed after its end.
    """

    practised: SignalInstance = Signal(object)  # type: ignore[assignment]  # as below
    over: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    _heard: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, acts: Acts, here: Callable[[], Place], parent: QObject) -> None:
        super().__init__(parent)
        self._acts, self._here = acts, here
        self.screen: DestructionScreen | None = None
        self._began = 0.0
        self._heard.connect(self._hear)

    def begin(self, parent: QWidget) -> None:
        """Show the screen for the real act."""
        aside = self._acts.aside()
        self._show(
            DestructionState(
                wants_passphrase=not aside.free,
                counts=aside.counts,
                printed_at=aside.printed_at,
                reports=aside.reports,
                walked=aside.walked,
                papers_gone=aside.papers_gone,
            ),
            parent,
        )

    def practise(self, parent: QWidget) -> None:
        """Show the screen for an exercise: nothing of the profile is looked at, not even what lies beside it."""
        self._show(DestructionState(exercise=True), parent)

    def _show(self, state: DestructionState, parent: QWidget) -> None:
        if self.screen is not None:
            return
        self._began = time.monotonic()
        self.screen = screen = DestructionScreen(state, self._here(), parent)
        screen.acted.connect(self._act)
        screen.exercise_asked.connect(lambda _: self._change(parent))
        screen.left.connect(lambda last: self._left(screen, last))
        screen.show()

    def _change(self, parent: QWidget) -> None:
        if self.screen is not None:
            self.screen.reject()
        self.practise(parent)

    def _left(self, screen: DestructionScreen, last: DestructionState) -> None:
        if self.screen is screen:
            self.screen = None
        if last.phase is Phase.DONE and not last.exercise:
            self.over.emit(last)
        done = rules.practised(last, time.monotonic() - self._began)
        if done is not None:
            self.practised.emit(done)

    def _act(self, state: DestructionState) -> None:
        threading.Thread(target=self._run, args=(state,), daemon=True, name="destruction").start()

    def _run(self, state: DestructionState) -> None:
        """Do it, on a thread of its own; everything is told through the queue of the Qt thread."""
        if state.phase is Phase.PROVING:
            try:
                self._acts.prove(state.passphrase)
            except Exception:  # noqa: BLE001 - whatever the reason: it is not proven, and nothing is destroyed
                self._heard.emit(rules.refused)
                return
            self._heard.emit(rules.begun)
        act = self._acts.practise if state.exercise else self._acts.destroy
        end = act(lambda finding: self._heard.emit(lambda now: rules.found(now, finding)))
        self._heard.emit(lambda now: _ended(now, end))

    def _hear(self, change: Callable[[DestructionState], DestructionState]) -> None:
        if self.screen is not None:
            self.screen.show_state(change(self.screen.state))


def _ended(state: DestructionState, end: End) -> DestructionState:
    return rules.ended(state, end.at, end.seconds, keeps_nothing=end.keeps_nothing, reported=end.reported)
