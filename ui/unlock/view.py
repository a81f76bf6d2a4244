"""The locked screen: a passphrase field, Caps Lock and input method, and the way with the recovery sheet."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from secmsg.errors import KeyringMissing, WrongPassphrase
from ui import failures
from ui.format import Place, moment, one_line, place
from ui.format import clock as clock_text
from ui.language import in_english, tr, trn
from ui.lines import Card, Why
from ui.theme import Ink, look, mono
from ui.unlock.alarm import AlarmLine
from ui.unlock.first_steps import FirstSteps
from ui.unlock.share import PinLine
from ui.unlock.state import (
    Attempt,
    Means,
    Phase,
    Store,
    UnlockState,
    closing,
    composed,
    failed,
    found,
    keyring_missing,
    opening,
    refused,
    remembered,
)
from ui.widgets.phrases import View
from ui.widgets.scroll import Scroll
from ui.widgets.secret import SecretField
from ui.widgets.text import Elided, Text, Tone


class UnlockView(View):
    """Emits `submitted` with an Attempt; the caller answers with `refuse` or takes the screen away.

    Where there is no store to open it emits `setup_asked`, or `look_asked` with itself; the caller answers the second
    with `show_store`. `anew_asked`: a new passphrase is wanted, by the sheet whose groups may be typed already.
    """

    submitted: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    look_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    destroy_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    setup_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    anew_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, clock: Callable[[], int], card: Card | None = None) -> None:
        super().__init__()
        self._clock = clock
        self._card = Card() if card is None else card
        self._error: Callable[[], str] | None = None
        self._cut_off = False
        self._swap: tuple[str, ...] = ()
        self.is_kit = False
        """A delegation kit lies in the folder: one passphrase, no sheet, no share, and nobody watches for it."""
        self.state = UnlockState()
        self.title = Text(Tone.HEADING, wrap=True)
        self.subtitle = Elided(Tone.DIM)
        self.label = Text(Tone.BOLD)
        self.field = SecretField()
        self.label.setBuddy(self.field)
        self.show_box = QCheckBox()
        self.groups_label = Text(Tone.BOLD)
        self.groups = QPlainTextEdit()
        self.groups.setTabChangesFocus(True)
        self.groups_label.setBuddy(self.groups)
        self.opens = Text(Tone.DIM, wrap=True)
        self.pin = PinLine()
        self.first_steps = FirstSteps()
        self.alarm = AlarmLine(lambda at: clock_text(at, self._here()))
        self.alarm.show_watching(self._card.watching)
        self.keys = Text(Tone.DIM, wrap=True)
        self.message = Text(wrap=True)
        self.message.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        self.foot = Text(Tone.DIM, wrap=True)
        self.foot.colour(Ink.WARN)
        self.open_button = QPushButton()
        self.open_button.setDefault(True)
        self.other_button = QPushButton()
        self.other_button.setFlat(True)
        self.share_button = QPushButton()
        self.share_button.setFlat(True)
        self.share_button.setAutoDefault(False)
        self.anew_button = QPushButton()
        self.anew_button.setFlat(True)
        self.anew_button.setAutoDefault(False)
        self.anew_button.clicked.connect(lambda _=False: self.anew_asked.emit(self))
        self._offered, self._dead_since = False, 0
        self.destroy_button = QPushButton()
        self.destroy_button.setFlat(True)
        self.destroy_button.setAutoDefault(False)
        self.destroy_button.clicked.connect(lambda _=False: self.destroy_asked.emit(self))
        self.language_button = QPushButton("Tiếng Việt / English")
        self.language_button.setFlat(True)
        self.language_button.setShortcut("Ctrl+Shift+L")
        self._tick = QTimer(self)
        self._tick.setInterval(250)
        self._tick.timeout.connect(self.render_state)
        self._lay_out()
        say = self.phrases.say
        say(self.label.setText, "Passphrase")
        say(self.field.setAccessibleName, "Passphrase")
        say(self.show_box.setText, "&Show")
        say(self.destroy_button.setText, "Emergency &destruction…")
        self.phrases.draw(self.destroy_button.setIcon, "flame", Ink.FAULT)
        say(self.share_button.setText, "Head of mission's share…")
        say(self.anew_button.setText, "&New passphrase…")
        say(
            self.opens.setText,
            "The sheet opens the store for reading; nobody signs by it. Where the passphrase is forgotten or the "
            "keyring lost, set a new passphrase with it.",
        )
        self.pin.field.returnPressed.connect(self.submit)
        self.share_button.clicked.connect(lambda _=False: self.use(Means.SHARE))
        self.field.returnPressed.connect(self.submit)
        self.field.textChanged.connect(self._look_at)
        self.field.noticed.connect(self._look_at)
        self.show_box.toggled.connect(self._reveal)
        self.open_button.clicked.connect(self.submit)
        self.other_button.clicked.connect(self._other)
        self.dress()

    def submit(self) -> None:
        """Try what is entered, unless it is empty or the wait is not over; without a store set one up."""
        if self.state.store is not Store.READY:
            (self.setup_asked if self.state.store is Store.ABSENT else self.look_asked).emit(self)
            return
        text = self._entered()
        pin = self.pin.field.text() if self.state.means is Means.SHARE else ""
        if not text or not self.state.may_try(self._clock()) or (self.state.means is Means.SHARE and not pin):
            return
        self.state = opening(self.state)
        self._error = None
        self.render_state()
        self.submitted.emit(Attempt(self.state.means, text, pin))

    def refuse(self, error: BaseException) -> None:
        """Say why it did not open, and begin the wait when the passphrase was wrong."""
        if isinstance(error, KeyringMissing):
            self.state = keyring_missing(self.state)
        elif isinstance(error, WrongPassphrase):
            self.state = refused(replace(self.state, last_wrong=0), self._clock())
            self._tick.start()
        else:
            self.state = failed(self.state)
        means = self.state.means if isinstance(error, WrongPassphrase) else None
        self._error = lambda: _refusal(means) or failures.sentence(error)
        self.field.clear()
        self.pin.field.clear()
        self.render_state()
        self._focus()

    def show_store(self, store: Store, home: str, *, dead_since: int = 0) -> None:
        """Show what lies in the folder: the passphrase field, how a store comes there, or when its keys died."""
        self.state = found(self.state, store)
        self._dead_since = dead_since
        self._error = None
        self.forget()
        self.first_steps.show_store(store, home)
        self.dress()
        self._focus()

    def show_card(self, card: Card) -> None:
        """Say whose locked screen this is, since when and why."""
        self._card = card
        self.alarm.show_watching(card.watching)
        self.render_state()

    def remember(self, failures: int, last: int) -> None:
        """Go on from wrong tries that were noted before this screen was there."""
        self.state = remembered(self.state, failures, last, self._clock())
        if self.state.waiting(self._clock()):
            self._tick.start()
        self.render_state()

    def warn_of_swap(self, areas: tuple[str, ...]) -> None:
        """Say that the system may write what is open to a disk in clear."""
        self._swap = areas
        self.render_state()

    def offer_destruction(self, *, offered: bool) -> None:
        """Let the officer ask for emergency destruction from here, or not."""
        self._offered = offered
        self.render_state()

    def hold(self) -> None:
        """Take nothing while the store is still being closed."""
        self.state = closing(self.state)
        self.render_state()

    def release(self, *, cut_off: bool = False) -> None:
        """Take attempts again; `cut_off` when the closing did not come to its end."""
        self._cut_off = cut_off
        self.state = failed(self.state)
        self.render_state()

    def change_means(self) -> None:
        """Go between passphrase and recovery sheet, or back from the share."""
        self.use(Means.RECOVERY if self.state.means is Means.PASSPHRASE else Means.PASSPHRASE)

    def use(self, means: Means) -> None:
        """Ask for what opens the store by this means."""
        self.state = replace(self.state, means=means)
        self._error = None
        self.forget()
        self.render_state()
        self._focus()

    def forget(self) -> None:
        """Empty every field."""
        self.field.clear()
        self.pin.field.clear()
        self.groups.clear()

    def render_state(self) -> None:
        """Show the state."""
        now, state = self._clock(), self.state
        waiting = state.waiting(now)
        if not waiting and self._tick.isActive():
            self._tick.stop()
        self.title.setText(self._title())
        self.setWindowTitle(self._title())
        self.subtitle.setText(self._subtitle())
        by_sheet = state.means is not Means.PASSPHRASE
        what = tr("Groups of the head of mission's share") if state.means is Means.SHARE else None
        self.groups_label.setText(what or tr("Groups of the recovery sheet"))
        self.groups.setAccessibleName(what or tr("Groups of the recovery sheet"))
        self.pin.setVisible(state.means is Means.SHARE)
        self.opens.setVisible(state.means is Means.RECOVERY)
        self.anew_button.setVisible(state.means is Means.RECOVERY and state.store is Store.READY)
        self.anew_button.setEnabled(state.phase is Phase.READY)
        self.share_button.setVisible(not by_sheet and state.store is Store.READY and not self.is_kit)
        to_open = state.store is Store.READY
        self._pages.setCurrentWidget(self.first_steps if not to_open else self._sheet if by_sheet else self._typed)
        for page in (self._typed, self._sheet, self.first_steps):
            shown = page is self._pages.currentWidget()
            high = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
            page.setSizePolicy(QSizePolicy.Policy.Preferred, high)  # only the page on show asks for height
        other = tr("Use the passphrase") if by_sheet else tr("Use the &recovery sheet…")
        self.other_button.setText(other if to_open else tr("&Look again"))
        self.other_button.setVisible(state.store not in (Store.AWAY, Store.DESTROYED) and not self.is_kit)
        self.destroy_button.setVisible(self._offered and state.store is Store.READY)
        busy = state.phase is not Phase.READY
        verbs = {Phase.READY: tr("&Unlock"), Phase.OPENING: tr("Opening…"), Phase.CLOSING: tr("Locking…")}
        elsewise = tr("&Set up this post…") if state.store is Store.ABSENT else tr("&Look again")
        self.open_button.setText(verbs[state.phase] if to_open or busy else elsewise)
        self.open_button.setEnabled(not busy and not waiting)
        self.field.setReadOnly(busy)
        self.groups.setReadOnly(busy)
        self.pin.field.setReadOnly(busy)
        self.keys.setText("" if by_sheet or not to_open else self._keys())
        self.keys.colour(Ink.WARN if state.caps_lock or state.input_method else Ink.DIM)
        self.message.setText(self._message(waiting))
        self.message.colour(Ink.FAULT if self._error is not None else Ink.WARN)
        self.foot.setText(self._foot())
        self.alarm.setVisible(to_open and not self.is_kit)

    def dress(self) -> None:
        """Take the look in force."""
        self.groups.setFont(mono())
        self._sheet_of_all.setMaximumWidth(look().px(520 if self.state.store is Store.READY else 640))
        super().dress()

    def _subtitle(self) -> str:
        match self.state.store:
            case Store.READY:
                return (
                    tr("Locked {time}", time=self._time())
                    if self._card.why in (Why.LOCKED, Why.MEDIUM, Why.ENDING)
                    else tr("The store is locked.")
                )
            case Store.DESTROYED:
                return tr("Keys destroyed {time}", time=moment(self._dead_since, self._here()))
            case Store.AWAY:
                return tr("Locked {time}: the medium with the store was taken out", time=self._time())
            case Store.ABSENT:
                return tr("No store here yet")

    def _focus(self) -> None:
        if self.state.store is not Store.READY:
            self.open_button.setFocus()
        else:
            (self.field if self.state.means is Means.PASSPHRASE else self.groups).setFocus()

    def _other(self) -> None:
        if self.state.store is Store.READY:
            self.change_means()
        else:
            self.look_asked.emit(self)

    def _message(self, waiting: int) -> str:
        words = [self._news() if self._error is None else self._error()]
        if self._error is None and self.state.last_wrong:
            words.append(self._earlier())
        elif self.state.failures > 1 and self.state.means is not Means.RECOVERY:
            words.append(tr("Wrong {n} times.", n=self.state.failures))
        if waiting:
            words.append(trn(waiting, "Try again in {n} second.", "Try again in {n} seconds."))
        if self._error is not None and self.state.input_method and self.state.means is Means.PASSPHRASE:
            words.append(tr("A Vietnamese input method is on."))
        return " ".join(word for word in words if word)

    def _news(self) -> str:
        if self._card.why is Why.CRASHED:
            return tr(
                "The program ended by itself at {time} and was started anew. Cables received and signed and drafts "
                "kept are in the store; words typed in the last seconds may be missing.",
                time=self._time(),
            )
        if self._cut_off:
            return tr(
                "Work under way was cut off by the lock. What was signed or kept is in the store; a cable whose "
                "sealing was not finished was not signed and is among the drafts.",
            )
        return ""

    def _earlier(self) -> str:
        return trn(
            self.state.failures,
            "A wrong passphrase was entered {n} time, last {time}.",
            "A wrong passphrase was entered {n} times, last {time}.",
            time=moment(self.state.last_wrong, self._here()),
        )

    def _foot(self) -> str:
        if not self._swap:
            return ""
        return tr(
            "The system may write memory to {areas} in clear. Cables on the screen could stay there after the lock: "
            "turn swap off, or encipher it.",
            areas=one_line(", ".join(self._swap)),
        )

    def _title(self) -> str:
        name = self._card.station_en if in_english() else self._card.station
        said = one_line(name or self._card.station)
        if self.is_kit:
            return f"{tr('Delegation kit')} · {said}" if said else tr("Delegation kit")
        return said or tr("Cipher cables")

    def _here(self) -> Place:
        return place(self._card.place, self._card.zone)

    def _time(self) -> str:
        return clock_text(self._card.at, self._here())

    def _keys(self) -> str:
        caps = tr("Caps Lock is on") if self.state.caps_lock else tr("Caps Lock off")
        method = tr("input method: VI (letters may be changed)") if self.state.input_method else tr("input method: off")
        return f"{caps} · {method}"

    def _entered(self) -> str:
        if self.state.means is not Means.PASSPHRASE:
            return self.groups.toPlainText().strip()
        return unicodedata.normalize("NFC", self.field.text())

    def _look_at(self) -> None:
        typed = self.field.text()
        seen = replace(
            self.state,
            caps_lock=self.field.caps_lock,
            input_method=composed(typed) or (self.field.composing and bool(typed)),
        )
        if seen != self.state:
            self.state = seen
            self.render_state()

    def _reveal(self) -> None:
        self.field.reveal(shown=self.show_box.isChecked())
        self.field.setFocus()

    def _lay_out(self) -> None:
        self._typed = typed = QWidget()
        line = QHBoxLayout()
        line.addWidget(self.field, 1)
        line.addWidget(self.show_box)
        column = QVBoxLayout(typed)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.label)
        column.addLayout(line)
        column.addWidget(self.keys)
        column.addStretch(1)
        self._sheet = sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.groups_label)
        column.addWidget(self.groups, 1)
        column.addWidget(self.opens)
        column.addWidget(self.pin)
        self._pages = QStackedWidget()
        self._pages.addWidget(typed)
        self._pages.addWidget(sheet)
        self._pages.addWidget(self.first_steps)
        self._pages.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        buttons = QHBoxLayout()
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.anew_button)
        buttons.addWidget(self.other_button)
        buttons.addWidget(self.share_button)
        buttons.addStretch(1)
        self._sheet_of_all = QWidget()
        column = QVBoxLayout(self._sheet_of_all)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.subtitle)
        column.addSpacing(12)
        column.addWidget(self.alarm)
        column.addWidget(self._pages)
        column.addLayout(buttons)
        column.addWidget(self.message)
        column.addWidget(self.foot)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(self._sheet_of_all, 1)
        middle.addStretch()
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.addStretch(2)
        around.addLayout(middle)
        around.addStretch(3)
        corners = QHBoxLayout()
        corners.addWidget(self.destroy_button)
        corners.addStretch(1)
        corners.addWidget(self.language_button)
        around.addLayout(corners)

        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroll(inside))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the field."""
        super().showEvent(event)
        self._focus()


def _refusal(means: Means | None) -> str:
    match means:
        case Means.RECOVERY:
            return tr("These groups do not open this store.")
        case Means.SHARE:
            return tr("These groups and this PIN do not open this store.")
        case _:
            return ""
