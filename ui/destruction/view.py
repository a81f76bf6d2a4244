"""The screen of destruction: what goes, what stays, the word, Enter held for three seconds, the end, the list.

An exercise has an orange frame and LUYỆN TẬP in its title and above every page; the caller gives it another act.
"""

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from secmsg.office.destruction import Fate
from ui.destruction import state as rules
from ui.destruction import words
from ui.destruction.state import HOLD_MS, WORD, DestructionState, Phase
from ui.format import Place, clock
from ui.language import tr
from ui.theme import Ink, icon, look
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import fitting
from ui.widgets.text import Text, Tone

_STEP_MS = 50
_FRAME = 6
_NAME = 80


class DestructionScreen(QDialog):
    """Emits `acted` with the DestructionState when the gesture is whole; the caller tells `found`, then `ended`.

    `exercise_asked` when the officer wants to practise, `left` when the screen is closed after its end.
    """

    acted: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    exercise_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    left: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(
        self,
        state: DestructionState,
        here: Place,
        parent: QWidget | None = None,
        *,
        tick: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.state, self._here, self._clock = state, here, tick
        self._down: float | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self._pass)
        self.banner, self.heading = Text(Tone.TITLE, wrap=True), Text(Tone.HEADING, wrap=True)
        self.goes, self.stays, self.after = Text(wrap=True), Text(wrap=True), Text(Tone.DIM, wrap=True)
        self.passphrase_label, self.passphrase = Text(Tone.BOLD), QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase_label.setBuddy(self.passphrase)
        self.label, self.field, self.bar = Text(Tone.BOLD), QLineEdit(), QProgressBar()
        self.label.setBuddy(self.field)
        self.bar.setTextVisible(False)
        self.lack = Text(wrap=True)
        self.lack.colour(Ink.FAULT)
        self.hold_button, self.cancel_button, self.exercise_button = QPushButton(), QPushButton(), QPushButton()
        self.exercise_button.setFlat(True)
        self.done_heading, self.done_words = Text(Tone.HEADING, wrap=True), Text(wrap=True)
        self.findings, self.outcome, self.list_heading = Text(wrap=True), Text(Tone.BOLD, wrap=True), Text(Tone.BOLD)
        self.boxes = [QCheckBox() for _ in state.tasks]
        self.officer_label, self.officer, self.entered = Text(Tone.BOLD), QLineEdit(), Text(Tone.DIM, wrap=True)
        self.officer.setMaxLength(_NAME)
        self.officer_label.setBuddy(self.officer)
        self.close_button = QPushButton()
        for button in (self.hold_button, self.cancel_button, self.exercise_button, self.close_button):
            button.setAutoDefault(False)  # Enter belongs to the hold
        self._lay_out()
        self.field.textChanged.connect(lambda text: self._take(rules.typed(self.state, text)))
        self.passphrase.textChanged.connect(lambda text: self._take(rules.given(self.state, text)))
        for place, box in enumerate(self.boxes):
            box.toggled.connect(lambda on, place=place: self._take(rules.ticked(self.state, place, on=on)))
        self.officer.textChanged.connect(lambda text: self._take(rules.named(self.state, text)))
        self.officer.returnPressed.connect(self.accept)
        self.hold_button.pressed.connect(self._press)
        self.hold_button.released.connect(self._let_go)
        self.cancel_button.clicked.connect(self.reject)
        self.close_button.clicked.connect(self.accept)
        self.exercise_button.clicked.connect(lambda _=False: self.exercise_asked.emit(self.state))
        for widget in (self.field, self.passphrase):
            widget.installEventFilter(self)
        self.finished.connect(lambda _: self.left.emit(self.state))
        self.resize(fitting(look().px(760), look().px(580)))
        self.render_state()
        (self.passphrase if state.wants_passphrase else self.field).setFocus()

    # --- what the caller tells -----------------------------------------------------------------------------------

    def show_state(self, state: DestructionState) -> None:
        """Show what has become of it; in ASKING again the fields are emptied."""
        phase, self.state = self.state.phase, state
        if state.phase is Phase.ASKING and phase is not Phase.ASKING:
            with QSignalBlocker(self.passphrase):  # emptied by us: what was refused stays said
                self.passphrase.clear()
            self.passphrase.setFocus()
        self.render_state()
        if state.phase is Phase.DONE and phase is not Phase.DONE:
            self.boxes[0].setFocus()

    # --- the hold ------------------------------------------------------------------------------------------------

    def _press(self) -> None:
        if self._down is None and self.state.may_hold:
            self._down = self._clock()
            self._timer.start()

    def _let_go(self) -> None:
        self._down = None
        self._timer.stop()
        self._take(rules.held(self.state, 0))

    def _pass(self) -> None:
        if self._down is None:
            return
        self._take(rules.held(self.state, int((self._clock() - self._down) * 1000)))
        if self.state.held_ms >= HOLD_MS:
            self._down = None
            self._timer.stop()
            self._take(rules.begun(self.state))
            self.acted.emit(self.state)

    # --- showing -------------------------------------------------------------------------------------------------

    def _take(self, state: DestructionState) -> None:
        if state != self.state:
            self.state = state
            self.render_state()

    def render_state(self) -> None:
        """Say everything."""
        state = self.state
        practice = tr("EXERCISE · no store of this post is opened, read or touched") if state.exercise else ""
        self.banner.setText(practice)
        self.banner.setVisible(state.exercise)
        self.banner.colour(Ink.WARN)
        title = tr("LUYỆN TẬP · Emergency destruction") if state.exercise else tr("Emergency destruction")
        self.setWindowTitle(title)
        self.heading.setText(tr("{title} – cannot be undone", title=title) if not state.exercise else title)
        self._say_before()
        self._say_after()
        self._pages.setCurrentIndex(1 if state.phase is Phase.DONE else 0)
        self.update()

    def _say_before(self) -> None:
        state = self.state
        asking = state.phase is Phase.ASKING
        self.goes.setText(
            tr(
                "Destroyed at once: the keys of this machine, and with them every cable, attachment and key book in "
                "its store, for ever; the keys on kits, backups and sticks that are plugged in."
            )
            if not state.exercise
            else tr("Destroyed: an invented store, made in memory for this exercise and thrown away after it.")
        )
        self.stays.setText(
            tr(
                "Left to be destroyed by hand: printed papers, pads, codebooks, the recovery sheet; sticks and backups "
                "that are not plugged in; other machines. A solid-state disk may keep old blocks: break it."
            )
        )
        back = tr(
            "Only new keys from headquarters, or a backup together with its recovery sheet, bring this post back."
        )
        self.after.setText(back if state.exercise else f"{words.leaving(leaves=state.reports)} {back}")
        self.passphrase_label.setText(tr("&Passphrase (this station asks for it)"))
        for widget in (self.passphrase_label, self.passphrase):
            widget.setVisible(state.wants_passphrase and not state.exercise)
        self.label.setText(tr("&Type {word}, then hold Enter for 3 seconds", word=WORD))
        self.field.setAccessibleName(self.label.text().replace("&", ""))
        self.passphrase.setAccessibleName(tr("Passphrase"))
        self.bar.setValue(state.percent)
        self.bar.setAccessibleName(tr("How long Enter is held"))
        self.lack.setText(
            tr("This passphrase does not open the store. Nothing was destroyed.") if state.refused else ""
        )
        running = tr("Destroying…") if state.phase is Phase.RUNNING else tr("Proving the passphrase…")
        self.hold_button.setText(tr("&Hold to destroy") if asking else running)
        self.hold_button.setEnabled(state.may_hold)
        self.hold_button.setIcon(icon("flame", Ink.FAULT))
        self.cancel_button.setText(tr("&Cancel"))
        self.cancel_button.setEnabled(asking)
        self.exercise_button.setText(tr("&Practise instead…"))
        self.exercise_button.setVisible(asking and not state.exercise)
        self.field.setReadOnly(not asking)
        self.passphrase.setReadOnly(not asking)

    def _say_after(self) -> None:
        state = self.state
        hour = clock(state.at, self._here) if state.at else ""
        if state.keys is Fate.DESTROYED:
            self.done_heading.setText(tr("Keys destroyed {hour}. Nothing in the store can be read.", hour=hour))
        elif state.keys is Fate.ABSENT:
            self.done_heading.setText(tr("There is no store here: nothing was destroyed."))
        else:
            self.done_heading.setText(tr("The keys are NOT destroyed for certain. Break the disk of this machine now."))
        self.done_heading.colour(None if state.keys is Fate.DESTROYED else Ink.FAULT)
        self.done_words.setText(
            tr("Read back: the old pages are not there. ") + _medium(state) if state.keys is Fate.DESTROYED else ""
        )
        self.findings.setText("\n".join(f"• {words.line(each)}" for each in state.findings))
        self.list_heading.setText(tr("Now the papers and media, in this order"))
        for box, task in zip(self.boxes, state.tasks, strict=True):
            box.setText(words.task(task))
        call = tr(
            "Tell headquarters by voice, by the groups of the outcome card: {line}", line=words.outcome(state.outcome)
        )
        self.outcome.setText(f"{words.reported(state.reported)} {call}")
        self.officer_label.setText(tr("&Who practised, for the training record"))
        self.officer.setAccessibleName(self.officer_label.text().replace("&", ""))
        self.entered.setText(
            tr(
                "It is entered when the post is next opened in this window; ending the program before that loses it, "
                "for an exercise writes nothing beside a store. Without a name nothing is entered."
            )
        )
        for widget in (self.officer_label, self.officer, self.entered):
            widget.setVisible(state.exercise)
        self.close_button.setText(tr("&Close"))

    # --- Qt ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        before, after = QWidget(), QWidget()
        lines = QVBoxLayout(before)
        lines.setContentsMargins(0, 0, 0, 0)
        secret: tuple[QWidget, ...] = (self.passphrase_label, self.passphrase)
        word: tuple[QWidget, ...] = (self.label, self.field, self.bar, self.lack)
        for widget in (self.heading, self.goes, self.stays, self.after, *secret, *word):
            lines.addWidget(widget)
        buttons = QHBoxLayout()
        for button in (self.hold_button, self.cancel_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.exercise_button)
        lines.addLayout(buttons)
        lines.addStretch(1)
        lines = QVBoxLayout(after)
        lines.setContentsMargins(0, 0, 0, 0)
        told: tuple[QWidget, ...] = (self.done_heading, self.done_words, self.findings, self.list_heading)
        for widget in (*told, *self.boxes, self.outcome, self.entered, self.officer_label, self.officer):
            lines.addWidget(widget)
        lines.addStretch(1)
        end = QHBoxLayout()
        end.addWidget(self.close_button)
        end.addStretch(1)
        lines.addLayout(end)
        self._pages = QStackedWidget()
        self._pages.addWidget(Scroll(before))
        self._pages.addWidget(Scroll(after))
        column = QVBoxLayout(self)
        edge = look().px(14)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(self.banner)
        column.addWidget(self._pages, 1)

    def dress(self) -> None:
        """Take the look in force."""
        self.render_state()

    def reject(self) -> None:
        """Leave, unless it is under way."""
        if self.state.phase in (Phase.ASKING, Phase.DONE):
            super().reject()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.render_state()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter of the fields for the hold; a key that repeats itself is still the same hold."""
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                if event.type() == QEvent.Type.KeyPress:
                    self._press()
                elif event.type() == QEvent.Type.KeyRelease:
                    self._let_go()
            return event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        if event.type() == QEvent.Type.FocusOut:
            self._let_go()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the orange frame of an exercise."""
        super().paintEvent(event)
        if self.state.exercise:
            painter = QPainter(self)
            pen = QPen(QColor(look().colours.immediate), look().px(_FRAME) * 2)
            painter.setPen(pen)
            painter.drawRect(self.rect())
            painter.end()


def _medium(state: DestructionState) -> str:
    if state.keeps_nothing:
        return tr("This disk overwrites in place.")
    return tr("A flash medium may keep old blocks where no program reaches them: break it.")


def again(state: DestructionState) -> DestructionState:
    """Give the state of an exercise that begins beside the real screen: nothing typed there counts here."""
    return replace(DestructionState(), exercise=True, counts=state.counts, printed_at=state.printed_at)
