"""What is there before a store is opened: look, language and the locked screen. Light, so that it is soon there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QAbstractButton, QApplication

from ui.format import Place, place
from ui.language import Language, Speech
from ui.lines import Card, Why
from ui.theme import Scheme, Theme, look
from ui.unlock.state import Attempt, Store
from ui.unlock.view import UnlockView

if TYPE_CHECKING:
    from ui.destroying import Acts, Destroying
    from ui.destruction.state import Practised

LOOK_OUT_MS = 1_000


@dataclass(frozen=True, slots=True)
class Doorstep:
    """What can be told without opening: whether there is a store and where, wrong tries (count, last), open swap."""

    present: Callable[[], bool] = lambda: True
    home: str = ""
    wrong_tries: Callable[[], tuple[int, int]] = lambda: (0, 0)
    open_swap: Callable[[], tuple[str, ...]] = lambda: ()
    dead_since: Callable[[], int | None] = lambda: None
    """When the keys of the store were destroyed, None when they were not."""
    acts: "Acts | None" = None
    """What an emergency destruction may do; None where the screen offers none."""
    is_kit: Callable[[], bool] = lambda: False
    """Whether the folder calls itself a delegation kit."""


class Front(QObject):
    """Owns theme, speech and the locked screen; `submitted` carries an Attempt, the others the screen."""

    submitted: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    setup_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    anew_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, app: QApplication, doorstep: Doorstep, clock: Callable[[], int], language: Language) -> None:
        super().__init__(app)
        self._app, self._doorstep, self._clock, self._language = app, doorstep, clock, language
        self.theme, self.speech = Theme(app), Speech(self)
        self.view: UnlockView | None = None
        self._why = Why.START
        self._card = Card()
        self.destroying: Destroying | None = None
        self.practised: list[Practised] = []
        """Exercises of destruction that wait, in memory alone, for a store that takes them into its training record."""
        self._look_out = QTimer(self)
        self._look_out.setInterval(LOOK_OUT_MS)
        self._look_out.timeout.connect(self._look_again)

    def dress(self) -> None:
        """Put look and language on."""
        self.theme.install()
        self.theme.changed.connect(lambda _: self._redress())
        self.speech.speak(self._language)
        self._app.installEventFilter(self)

    def make(self, card: Card) -> UnlockView:
        """Make the locked screen, unseen, in the language and look of the card."""
        self._wear(card)
        self._why = card.why
        view = UnlockView(self._clock, card)
        view.resize(900, 600)
        view.submitted.connect(self._submit)
        view.look_asked.connect(self.look_for_store)
        view.setup_asked.connect(self._set_up)
        view.anew_asked.connect(self.anew_asked.emit)
        view.language_button.clicked.connect(lambda _=False: self.speech.switch())
        self.view = view
        self.look_for_store(view)
        view.is_kit = self._doorstep.is_kit()
        view.remember(*self._doorstep.wrong_tries())
        view.warn_of_swap(self._doorstep.open_swap())
        view.offer_destruction(offered=self._doorstep.acts is not None)
        view.destroy_asked.connect(lambda _: self.destroy())
        if card.why is Why.ENDING:
            QTimer.singleShot(0, view, self.destroy)
        return view

    def destroy(self) -> None:
        """Show the screen of emergency destruction over the locked screen."""
        if self.view is None or self._doorstep.acts is None:
            return
        if self.destroying is None:
            from ui.destroying import Destroying  # loaded when it is asked for: the locked screen is soon there

            self.destroying = Destroying(self._doorstep.acts, self._here, self)
            self.destroying.practised.connect(self.practised.append)
            self.destroying.over.connect(lambda _: self._destroyed())
        self.destroying.begin(self.view)

    @property
    def dead(self) -> bool:
        """Whether the keys of the store here were destroyed."""
        return self._doorstep.dead_since() is not None

    def _destroyed(self) -> None:
        if self.view is not None:
            self.look_for_store(self.view)

    def _here(self) -> Place:
        return place(self._card.place, self._card.zone)

    @property
    def card(self) -> Card:
        """What the locked screen says, in the language and look of now."""
        language, scheme = self.speech.language.value, self.theme.scheme.value
        return replace(self._card, language=language, scheme=scheme, percent=self.theme.percent)

    def change(self, card: Card) -> None:
        """Let the locked screen that is made already say what a card says."""
        self._wear(card)
        self._why = card.why
        if self.view is not None:
            self.view.show_card(card)
            self.view.remember(*self._doorstep.wrong_tries())

    def look_for_store(self, view: UnlockView) -> None:
        """Say what lies in the folder."""
        found = self._found()
        view.show_store(found, self._doorstep.home, dead_since=self._doorstep.dead_since() or 0)
        if found is Store.AWAY:
            self._look_out.start()
        else:
            self._look_out.stop()

    def _found(self) -> Store:
        if self._doorstep.dead_since() is not None:
            return Store.DESTROYED
        if self._doorstep.present():
            return Store.READY
        return Store.AWAY if self._why is Why.MEDIUM else Store.ABSENT

    def _look_again(self) -> None:
        """Notice a medium that is back, and leave alone what is being tried."""
        if self.view is None:
            self._look_out.stop()
        elif self.view.state.store is Store.AWAY and self._found() is not Store.AWAY:
            self.look_for_store(self.view)

    def put_away(self) -> None:
        """Take the locked screen away, and what was entered there."""
        if self.view is not None:
            self.view.forget()
            self.view.hide()
            self.view.deleteLater()
            self.view = None

    def undress(self) -> None:
        """Let go of the application."""
        self._app.removeEventFilter(self)
        self.speech.speak(Language.ENGLISH)  # takes the translator away
        self.put_away()

    def _submit(self, attempt: Attempt) -> None:
        self.submitted.emit(attempt)

    def _set_up(self, view: UnlockView) -> None:
        self.setup_asked.emit(view)

    def _wear(self, card: Card) -> None:
        self._card = card
        if card.language in {choice.value for choice in Language}:
            self.speech.speak(Language(card.language))
        if card.scheme in {choice.value for choice in Scheme}:
            self.theme.wear(Scheme(card.scheme))
        self.theme.enlarge(card.percent)

    def _redress(self) -> None:
        for widget in self._app.allWidgets():
            if isinstance(widget, QAbstractButton):
                widget.setIconSize(QSize(look().icon, look().icon))
            dress = getattr(widget, "dress", None)
            if callable(dress):
                dress()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give every new button icons of the size of its text."""
        if event.type() is QEvent.Type.Polish and isinstance(watched, QAbstractButton):
            watched.setIconSize(QSize(look().icon, look().icon))
        return False
