"""The window for received groups: header, grid, what is wrong at once, what to ask for; the text only after the tag."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QSignalBlocker, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from secmsg.errors import SecmsgError
from secmsg.manual import header
from secmsg.manual import text as messages
from secmsg.wire.cable import Degree
from ui import names
from ui.format import Place, visible
from ui.language import tr
from ui.manual import clear
from ui.manual.entry import words
from ui.manual.entry.state import EntryState
from ui.manual.grid import GridTable
from ui.manual.keys import Key
from ui.manual.lines import Lines, Said
from ui.theme import Ink, look
from ui.widgets.flow import FlowRow
from ui.widgets.marks import LevelBanner
from ui.widgets.message_bar import Message, MessageBar, Weight
from ui.widgets.phrases import View
from ui.widgets.scroll import Foot
from ui.widgets.text import Text, Tone

PASTE = Key("Paste a message", ("Ctrl+V",))
OPEN = Key("Verify the tag and open", ("Ctrl+Return", "Ctrl+Enter"))
CLOSE = Key("Close; what was typed is kept", ("Ctrl+W", "Esc"))


@dataclass(frozen=True, slots=True)
class Opened:
    """A cable that was read: its degree, what is said of it, its text, whether a receipt is owed, and what it is.

    `verified` is told with the sign of a proof, `alarm` with that of a warning; `receipt` is "" until it is asked for.
    """

    degree: Degree
    verified: Callable[[], str]
    entered: Callable[[], str]
    body: str = field(repr=False)
    owed: bool = False
    receipt: str = field(default="", repr=False)
    alarm: Callable[[], str] | None = None


class EntryView(View):
    """Takes the groups of a message.

    `altered` carries the EntryState to keep, `open_asked` the one to verify and read; the others carry the window.
    """

    altered: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    open_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    receipt_said: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    destroy_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    closed: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, here: Place, post: Callable[[], str], state: EntryState | None = None) -> None:
        super().__init__()
        self.setWindowFlag(Qt.WindowType.Window)
        self._here, self._post = here, post
        self.state = EntryState() if state is None else state
        self._senders: tuple[tuple[int, str], ...] = ((0, ""),)
        self.opened: Opened | None = None
        self._why: Callable[[], str] | None = None
        self.busy = False
        self.banner, self.message = LevelBanner(), MessageBar()
        self.sender_label, self.sender_box, self.header = Text(Tone.DIM), QComboBox(), Text(wrap=True)
        self.grid = GridTable(lambda: tr("Groups received"))
        self.slips, self.step = Lines(), Text(Tone.BOLD, wrap=True)
        self.body = QPlainTextEdit()
        self.body.setReadOnly(True)
        self.body.setTabChangesFocus(True)
        self.receipt = Text(Tone.TITLE, wrap=True)
        self.paste_button, self.mend_button, self.ask_button = QPushButton(), QPushButton(), QPushButton()
        self.drop_button, self.open_button, self.destroy_button = QPushButton(), QPushButton(), QPushButton()
        self.said_button = QPushButton()
        self._lay_out()
        self._wire()
        self.resize(min(1340, look().px(1180)), 740)
        self.dress()
        self.grid.setFocus()

    def offer(self, senders: Sequence[tuple[int, str]]) -> None:
        """Say from which stations a message can come; the page tells it where no two have one of that number."""
        self._senders = ((0, ""), *senders)
        self.render_state()

    @property
    def sender_chosen(self) -> int:
        """The station that was chosen, 0 where the page tells it."""
        return int(self.sender_box.currentData() or 0)

    def take(self, state: EntryState) -> None:
        """Show another state and have it kept."""
        self.state, self._why = state, None
        self.render_state()
        self.altered.emit(state)

    def paste(self) -> None:
        """Take a whole message from the clipboard, whatever stands for its figures."""
        try:
            got = messages.read(QGuiApplication.clipboard().text())
        except SecmsgError as error:
            self.fail(error)
            return
        self.message.clear()
        self.take(self.state.pasted(header.written(got.header), got.cells))

    def fail(self, error: BaseException) -> None:
        """Say why it was not taken or not opened."""
        self.busy = False
        self.render_state()
        self.message.tell(Message(Weight.FAULT, lambda: words.failure(error)))

    def refuse_message(self, why: Callable[[], str]) -> None:
        """Say why nothing was opened, until something is typed again."""
        self.busy, self._why = False, why
        self.render_state()

    def show_opened(self, opened: Opened) -> None:
        """Show the cable: its tag has verified and it stands in the register."""
        self.busy, self.opened = False, opened
        self.message.clear()
        self.render_state()
        self.body.setFocus()

    def render_state(self) -> None:
        """Show the state."""
        state, opened = self.state, self.opened
        self.setWindowTitle(f"{self._post()} — {tr('Groups received')}")
        self.banner.setVisible(opened is not None)
        if opened is not None:
            self.banner.show_degree(opened.degree)
            self.body.setPlainText(visible(opened.body))
        self.header.setText(self._header())
        self.grid.show_grid(state.grid)
        self.grid.setVisible(opened is None)
        self.slips.show_lines(self._lines())
        self.step.setText(words.step(state) if opened is None else self._after(opened))
        self.body.setVisible(opened is not None)
        self.body.setAccessibleName(tr("Text of the cable"))
        self.receipt.setVisible(opened is not None and bool(opened.receipt))
        if opened is not None:
            self.receipt.setText(tr("Receipt to say back to the sender: {figures}", figures=opened.receipt))
        self._buttons()

    def dress(self) -> None:
        """Take the look in force."""
        super().dress()
        self.grid.dress()
        self.slips.dress()

    def _after(self, opened: Opened) -> str:
        if opened.owed:
            return tr("Next: say the receipt, then destroy the page.")
        return tr("Next: destroy the page, in the same shift.")

    def _header(self) -> str:
        head = self.state.header
        return tr("Header (in clear): not complete yet") if head is None else clear.said(head, self._here)

    def _lines(self) -> list[Said]:
        if self.opened is not None:
            said: list[Said] = [("circle-check", Ink.GOOD, self.opened.verified())]
            if self.opened.alarm is not None:
                said.append(("shield-alert", Ink.FAULT, self.opened.alarm()))
            return [*said, ("notebook-text", Ink.TEXT, self.opened.entered())]
        refused: list[Said] = [] if self._why is None else [("shield-x", Ink.FAULT, self._why())]
        return [*refused, *words.lines(self.state)]

    def _buttons(self) -> None:
        state, done = self.state, self.opened is not None
        self.sender_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.sender_label.setText(tr("Sender"))
        self.sender_box.setAccessibleName(tr("Sender"))
        chosen = self.sender_chosen
        with QSignalBlocker(self.sender_box):
            self.sender_box.clear()
            for key, name in self._senders:
                self.sender_box.addItem(names.station(name) if name else tr("as the page tells"), key)
            self.sender_box.setCurrentIndex(max(0, self.sender_box.findData(chosen)))
        self.sender_box.setEnabled(not done)
        self.paste_button.setText(tr("&Paste a message"))
        self.mend_button.setText(tr("Put &right what needs nobody"))
        self.ask_button.setText(tr("&Copy the request"))
        self.drop_button.setText(tr("&Leave out what is too many"))
        self.open_button.setText(tr("&Verify the tag and open"))
        self.said_button.setText(tr("&Say the receipt"))
        self.destroy_button.setText(tr("&Destroy the page…"))
        for button in (self.paste_button, self.mend_button, self.ask_button, self.drop_button, self.open_button):
            button.setVisible(not done)
        self.mend_button.setEnabled(state.may_mend)
        self.ask_button.setEnabled(bool(state.ask) and state.header is not None)
        self.drop_button.setVisible(bool(state.excess) and not done)
        self.open_button.setEnabled(not self.busy)
        self.said_button.setVisible(self.opened is not None and self.opened.owed)
        self.destroy_button.setVisible(done)
        self._row.refit()

    def ask(self) -> None:
        """Put the request into the clipboard: numbers of groups, which everybody on the line hears anyway."""
        QGuiApplication.clipboard().setText(tr("Repeat group {n}", n=words.numbers(self.state.ask)))

    def verify(self) -> None:
        """Have the tag verified; where something lacks, go to the first of it and say it."""
        state = self.state
        if self.busy or self.opened is not None:
            return
        if not state.whole:
            self.message.tell(Message(Weight.WARNING, lambda: words.step(self.state)))
            self.take(state.sent_to(state.ask[0]) if state.ask else state)
            self.grid.setFocus()
            return
        self.busy = True
        self.render_state()
        self.open_asked.emit(state)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.sender_label)
        top.addWidget(self.sender_box)
        top.addSpacing(look().px(16))
        top.addWidget(self.header, 1)
        foot = QWidget()
        told = QVBoxLayout(foot)
        told.setContentsMargins(0, 0, 0, 0)
        told.addWidget(self.slips)
        told.addWidget(self.receipt)
        told.addWidget(self.step)
        self._row = buttons = FlowRow(
            self.paste_button,
            self.mend_button,
            self.ask_button,
            self.drop_button,
            self.open_button,
            self.said_button,
            self.destroy_button,
        )
        column = QVBoxLayout(self)
        column.setSpacing(look().px(8))
        column.addWidget(self.banner)
        column.addWidget(self.message)
        column.addLayout(top)
        column.addWidget(self.grid, 1)
        column.addWidget(self.body, 1)
        column.addWidget(Foot(foot))
        column.addWidget(buttons)

    def _wire(self) -> None:
        self.grid.figure.connect(lambda typed: self.take(self.state.typed(typed)))
        self.grid.erased.connect(lambda _: self.take(self.state.erased()))
        self.grid.moved.connect(lambda spot: self.take(self.state.moved(spot)))
        self.paste_button.clicked.connect(lambda _=False: self.paste())
        self.mend_button.clicked.connect(lambda _=False: self.take(self.state.repaired()))
        self.ask_button.clicked.connect(lambda _=False: self.ask())
        self.drop_button.clicked.connect(lambda _=False: self.take(self.state.cleared_of_excess()))
        self.open_button.clicked.connect(lambda _=False: self.verify())
        self.said_button.clicked.connect(lambda _=False: self.receipt_said.emit(self))
        self.destroy_button.clicked.connect(lambda _=False: self.destroy_asked.emit(self))
        for key, run in ((PASTE, self.paste), (OPEN, self.verify), (CLOSE, self.close)):
            action = QAction(self)
            action.setShortcuts([QKeySequence.fromString(each) for each in key.keys])
            action.triggered.connect(lambda _=False, act=run: act())
            self.addAction(action)
        self.phrases.draw(self.paste_button.setIcon, "download")
        self.phrases.draw(self.open_button.setIcon, "shield-check")
        self.phrases.draw(self.destroy_button.setIcon, "flame", Ink.FAULT)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window is gone; what was typed is kept."""
        self.closed.emit(self)
        super().closeEvent(event)
