"""The worksheet window: write, cut into codes, take a page, then the grid of the paper with every step explained."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from secmsg.manual.cutting import Choice
from secmsg.office.draft import Draft, Lack
from ui import failures
from ui.format import one_line
from ui.language import tr
from ui.manual.figures.state import FiguresState, Way
from ui.manual.grid import GridTable
from ui.manual.keys import Key
from ui.manual.lines import Lines, Said
from ui.manual.work import words
from ui.manual.work.chips import Chip, ChipRow
from ui.manual.work.form import HandForm
from ui.manual.work.state import WriteState
from ui.theme import Ink, look
from ui.widgets.flow import FlowRow
from ui.widgets.marks import LevelBanner
from ui.widgets.message_bar import Message, MessageBar, Weight
from ui.widgets.phrases import View
from ui.widgets.scroll import Scroll
from ui.widgets.text import Text, Tone

ENCODE_AFTER_MS = 180
MOST_SLIPS, MOST = 3, 16_777_215
"""Slips that are told one by one (all of them are outlined); Qt's word for no bound."""
ENCIPHER = Key("Take a page, encipher and enter", ("Ctrl+Return", "Ctrl+Enter"))
ALOUD = Key("Read to send", ("Ctrl+D",))
PRINT = Key("Print the worksheet", ("Ctrl+P",))
CLOSE = Key("Close; the worksheet is kept", ("Ctrl+W", "Esc"))


@dataclass(frozen=True, slots=True)
class Enciphered:
    """What stands after the page was taken: the sheet in figures, and what is said of it."""

    figures: FiguresState
    header: Callable[[], str]
    entered: Callable[[], str]
    pages: tuple[str, ...]
    sent: bool
    receipt: "Receipt"


class Receipt(Enum):
    """How the receipt by hand stands: none is said for this message, not heard yet, or heard and right."""

    NONE = "none"
    AWAITED = "awaited"
    RIGHT = "right"


class WorkView(View):
    """One worksheet of a cable that goes.

    `altered` carries the WriteState to encode and keep, `taken` the one to encipher, `asked` the start of a segment
    whose other ways are wanted, `filled` the FiguresState to keep, `heard` the figures of a receipt; the other signals
    carry the window.
    """

    altered: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    taken: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    filled: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    print_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    blank_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    aloud_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    entry_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    sent_told: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    heard: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    destroy_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    closed: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, post: Callable[[], str], lack: Callable[[Lack], str]) -> None:
        super().__init__()
        self.setWindowFlag(Qt.WindowType.Window)
        self._post, self._lack = post, lack
        self.state = WriteState()
        self.done: Enciphered | None = None
        self.busy = False
        self.frame: tuple[tuple[Chip, ...], tuple[Chip, ...]] = ((), ())
        self.banner, self.message = LevelBanner(), MessageBar()
        self.direction, self.book, self.way = QComboBox(), QComboBox(), QComboBox()
        self.top, self.parity = QLineEdit(), QCheckBox()
        self.header, self.form, self.body = Text(wrap=True), HandForm(), QPlainTextEdit()
        self.body.setTabChangesFocus(True)
        self.chips = ChipRow()
        self.chip_area = Scroll(self.chips)
        self.grid = GridTable(lambda: tr("Worksheet"))
        self.told, self.step = Lines(), Text(Tone.BOLD, wrap=True)
        self.take_button, self.print_button, self.blank_button = QPushButton(), QPushButton(), QPushButton()
        self.aloud_button, self.entry_button, self.destroy_button = QPushButton(), QPushButton(), QPushButton()
        self.sent_button, self.receipt = QPushButton(), QLineEdit()
        self.receipt_label = Text(Tone.DIM)
        self.receipt_label.setBuddy(self.receipt)
        self.receipt_line = FlowRow(self.receipt_label, self.receipt)
        self.labels = {name: Text(Tone.DIM) for name in ("direction", "book", "top", "way", "text", "cut")}
        self._encode_timer = QTimer(self)
        self._encode_timer.setSingleShot(True)
        self._lay_out()
        self._wire()
        self.resize(min(1340, look().px(1180)), 740)
        self.dress()
        self.body.setFocus()

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_state(self, state: WriteState) -> None:
        """Show a state, and put it into the fields where they say otherwise."""
        self.state = state
        self.form.put(state.draft)
        if self.body.toPlainText() != state.draft.body:
            with QSignalBlocker(self.body):
                self.body.setPlainText(state.draft.body)
        self.render_state()

    def show_frame(self, before: Sequence[Chip], after: Sequence[Chip]) -> None:
        """Show the codes of the heading before the text and of the end after it."""
        self.frame = (tuple(before), tuple(after))
        self.render_state()

    def show_enciphered(self, done: Enciphered) -> None:
        """Show the sheet: the page is taken and the cable stands in the register."""
        first = self.done is None
        self.done, self.busy = done, False
        self._share_room()
        self.render_state()
        if first:
            self.grid.setFocus()

    def offer_ways(self, start: int, ways: Sequence[Choice]) -> None:
        """Open the menu of other ways to cut at a place of the text."""
        encoding = self.state.encoding
        if encoding is None:
            return
        at = next((n for n, each in enumerate(encoding.segments) if each.start == start), None)
        if at is not None:
            self.chips.offer(
                at + len(self.frame[0]),
                [(_way(encoding.given, way), partial(self._cut, way)) for way in ways],
            )

    def refuse(self, lacks: tuple[Lack, ...]) -> None:
        """Say the first lack and go to its field."""
        self.busy = False
        self.render_state()
        if not lacks:
            return
        self.message.tell(Message(Weight.WARNING, lambda: self._lack(lacks[0])))
        (self.form.widget_of(lacks[0]) or self.body).setFocus()

    def fail(self, error: BaseException) -> None:
        """Say why it was not done."""
        self.busy = False
        self.render_state()
        self.message.tell(Message(Weight.FAULT, lambda: failures.sentence(error)))

    def encipher(self) -> None:
        """Take a page and encipher; where something lacks before that, go there and say it."""
        if self.done is not None or self.busy:
            return
        state = self.state
        if state.choice is None or not state.draft.body.strip() or not state.top_fits:
            self.message.tell(Message(Weight.WARNING, lambda: words.next_write(self.state)))
            (self.top if state.draft.body.strip() and state.choice is not None else self.body).setFocus()
            return
        self.busy = True
        self.render_state()
        self.taken.emit(state)

    def render_state(self) -> None:
        """Show the state."""
        state, done = self.state, self.done
        self.setWindowTitle(f"{self._post()} — {tr('Worksheet')}")
        self.banner.show_degree(state.draft.degree)
        self._choices()
        self.form.setVisible(done is None)
        self.form.setEnabled(not self.busy)
        self.body.setReadOnly(done is not None or self.busy)
        self.header.setVisible(done is not None)
        for widget in (self.top, self.labels["top"], self.parity):
            widget.setVisible(done is None)
        self.grid.setVisible(done is not None)
        if done is not None:
            self.header.setText(done.header())
            self.grid.show_grid(done.figures.grid)
        self._top.refit()
        self._show_chips()
        self.told.show_lines(self._lines())
        self.step.setText(words.next_write(state) if done is None else self._step(done))
        self._buttons()

    def dress(self) -> None:
        """Take the look in force."""
        super().dress()
        self._share_room()
        self.receipt.setFixedWidth(look().px(110))
        self.top.setFixedWidth(look().px(76))
        self.grid.dress()
        self.grid.setMinimumHeight(look().px(210))
        self.told.dress()

    def _share_room(self) -> None:
        """Give the text and the segments the room before a page is taken, and the grid afterwards."""
        line, done = self.body.fontMetrics().lineSpacing(), self.done is not None
        self.body.setFixedHeight(line * (2 if done else 4) + look().px(14))
        self.chip_area.setMinimumHeight(look().px(66 if done else 34))
        self.chip_area.setMaximumHeight(look().px(70) if done else MOST)

    def _choices(self) -> None:
        for name, source in (
            ("direction", tr("Direction")),
            ("book", tr("Pad book")),
            ("top", tr("Top page")),
            ("way", tr("Way")),
            ("text", tr("Plain text")),
            ("cut", tr("Segments")),
        ):
            self.labels[name].setText(source)
        self.direction.setAccessibleName(tr("Direction"))
        self.book.setAccessibleName(tr("Pad book"))
        self.way.setAccessibleName(tr("Way"))
        self.top.setAccessibleName(tr("Number of the page on top, five figures, read from the paper"))
        self.body.setAccessibleName(tr("Plain text"))
        self.parity.setText(tr("Parity &groups"))
        self.chip_area.setAccessibleName(tr("Segments"))
        _fill(self.direction, [(tr("Encipher"), 0), (tr("Decipher"), 1)], 0)
        _fill(self.book, [(words.book(each), each.number) for each in self.state.books], self.state.book)
        _fill(self.way, [(words.way(each), each.value) for each in Way], self.way_in_hand.value)
        self.book.setEnabled(self.done is None and not self.busy)

    @property
    def way_in_hand(self) -> Way:
        """Who works the figures out."""
        return Way(self.way.currentData() or Way.MACHINE.value)

    def _show_chips(self) -> None:
        encoding = self.state.encoding
        made = (
            []
            if encoding is None
            else [Chip(each.text, each.codes, spelled=len(each.codes) > 1) for each in encoding.segments]
        )
        before, after = self.frame if made else ((), ())
        self.chips.show_chips((*before, *made, *after))

    def _lines(self) -> list[Said]:
        if self.done is None:
            return words.lines(self.state)
        entered: Said = ("notebook-text", Ink.TEXT, self.done.entered())
        if self.done.figures.way is Way.MACHINE:
            return [entered]
        slips = [words.wrong(*each) for each in self.done.figures.wrong]
        slips += [words.short(*each) for each in self.done.figures.short()]
        return [entered, *(("circle-x", Ink.FAULT, each) for each in slips[:MOST_SLIPS])]

    def take_receipt(self, *, right: bool) -> None:
        """Say whether the receipt that was said back is right."""
        if self.done is not None and right:
            self.show_enciphered(replace(self.done, receipt=Receipt.RIGHT))
        words_ = words.receipt_right if right else words.receipt_wrong
        self.message.tell(Message(Weight.GOOD if right else Weight.WARNING, words_))

    def _step(self, done: Enciphered) -> str:
        figures = done.figures
        if figures.refused:
            return tr("“{sign}” is no figure and was not taken.", sign=figures.refused)
        if figures.way is Way.SELF:
            return words.step(figures)
        place = figures.at.place
        if place < len(figures.cells):
            return words.explained(figures.cells[place])
        return tr("Tag group: the last running tag and the page's mask, added and reduced.")

    def _buttons(self) -> None:
        done = self.done
        self.take_button.setText(tr("&Take a page, encipher and enter"))
        self.print_button.setText(tr("&Print the worksheet"))
        self.blank_button.setText(tr("Print a &blank sheet"))
        self.aloud_button.setText(tr("&Read to send"))
        self.sent_button.setText(tr("It is &sent"))
        self.entry_button.setText(tr("&Enter received groups"))
        page = ", ".join(done.pages) if done is not None else ""
        self.destroy_button.setText(tr("&Destroy page {page} and enter it", page=page))
        self.take_button.setVisible(done is None)
        self.take_button.setEnabled(not self.busy)
        for button in (self.print_button, self.aloud_button):
            button.setVisible(done is not None)
        whole = done is not None and done.figures.whole
        self.aloud_button.setEnabled(whole)
        self.sent_button.setVisible(done is not None and not done.sent)
        self.sent_button.setEnabled(whole)
        self.destroy_button.setVisible(done is not None and done.sent)
        self.entry_button.setVisible(done is None)
        self._row.refit()
        self.receipt_line.setVisible(done is not None and done.sent and done.receipt is not Receipt.NONE)
        self.receipt_label.setText(tr("Receipt said back, two groups of four:"))
        self.receipt.setAccessibleName(tr("Receipt said back, two groups of four"))
        self.receipt.setEnabled(done is not None and done.receipt is Receipt.AWAITED)

    # --- what the officer does --------------------------------------------------------------------------------------

    def _alter(self, state: WriteState) -> None:
        self.state = state
        self.message.clear()
        self.render_state()
        self._encode_timer.start(ENCODE_AFTER_MS)

    def _draft(self, draft: Draft) -> None:
        own = self.state.draft
        self._alter(replace(self.state, draft=replace(draft, body=own.body, action_to=own.action_to)))

    def _cut(self, choice: Choice) -> None:
        self._alter(self.state.cut(choice))

    def _choose_book(self) -> None:
        self._alter(self.state.with_book(int(self.book.currentData() or 0)))

    def _choose_way(self) -> None:
        if self.done is not None:
            self._fill(self.done.figures.in_way(self.way_in_hand))

    def _turn(self, at: int) -> None:
        if at == 1:
            self.direction.setCurrentIndex(0)
            self.entry_asked.emit(self)

    def _fill(self, figures: FiguresState) -> None:
        if self.done is not None:
            self.done = replace(self.done, figures=figures)
            self.render_state()
            self.filled.emit(figures)

    def _ask(self, at: int) -> None:
        encoding, at = self.state.encoding, at - len(self.frame[0])
        if self.done is None and encoding is not None and 0 <= at < len(encoding.segments):
            self.asked.emit(encoding.segments[at].start)

    def _lay_out(self) -> None:
        self._top = top = FlowRow()
        for box in (self.direction, self.book, self.way):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for name, field in (("direction", self.direction), ("book", self.book), ("top", self.top), ("way", self.way)):
            top.add(_pair(self.labels[name], field))
            self.labels[name].setBuddy(field)
        top.add(self.parity)
        self._row = buttons = FlowRow(
            self.take_button,
            self.print_button,
            self.blank_button,
            self.aloud_button,
            self.sent_button,
            self.entry_button,
            self.destroy_button,
        )
        beside = QGridLayout()
        beside.setHorizontalSpacing(look().px(8))
        for row, (name, part) in enumerate((("text", self.body), ("cut", self.chip_area))):
            beside.addWidget(self.labels[name], row, 0, Qt.AlignmentFlag.AlignTop)
            beside.addWidget(part, row, 1)
        beside.setColumnStretch(1, 1)
        beside.setRowStretch(1, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(6))
        for widget in (top, self.header, self.form):
            column.addWidget(widget)
        column.addLayout(beside, 1)
        column.addWidget(self.grid, 6)
        column.addWidget(self.told)
        column.addWidget(self.receipt_line)
        whole = QVBoxLayout(self)
        whole.setSpacing(look().px(6))
        whole.addWidget(self.banner)
        whole.addWidget(self.message)
        whole.addWidget(Scroll(inside), 1)  # at the largest text the window has no room for all of it
        whole.addWidget(self.step)
        whole.addWidget(buttons)

    def _wire(self) -> None:
        self._encode_timer.timeout.connect(lambda: self.altered.emit(self.state))
        self.form.altered.connect(self._draft)
        self.body.textChanged.connect(lambda: self._alter(self.state.written(self.body.toPlainText())))
        self.top.textChanged.connect(lambda text: self._alter(replace(self.state, top=text.strip())))
        self.parity.toggled.connect(lambda on: self._alter(replace(self.state, parity=on)))
        self.book.activated.connect(lambda _: self._choose_book())
        self.way.activated.connect(lambda _: self._choose_way())
        self.direction.activated.connect(self._turn)
        self.chips.asked.connect(self._ask)
        self.grid.figure.connect(lambda typed: self._figure(lambda f: f.took(typed)))
        self.grid.erased.connect(lambda _: self._figure(lambda f: f.erased()))
        self.grid.moved.connect(lambda spot: self._figure(lambda f: f.moved(spot)))
        for button, run in (
            (self.take_button, self.encipher),
            (self.print_button, lambda: self.print_asked.emit(self)),
            (self.blank_button, lambda: self.blank_asked.emit(self)),
            (self.aloud_button, lambda: self.aloud_asked.emit(self)),
            (self.sent_button, lambda: self.sent_told.emit(self)),
            (self.entry_button, lambda: self.entry_asked.emit(self)),
            (self.destroy_button, lambda: self.destroy_asked.emit(self)),
        ):
            button.clicked.connect(lambda _=False, act=run: act())
        self.receipt.returnPressed.connect(lambda: self.heard.emit(self.receipt.text()))
        for key, press in (
            (ENCIPHER, self.encipher),
            (ALOUD, self.aloud_button.click),
            (PRINT, self.print_button.click),
            (CLOSE, self.close),
        ):
            action = QAction(self)
            action.setShortcuts([QKeySequence.fromString(each) for each in key.keys])
            action.triggered.connect(lambda _=False, act=press: act())
            self.addAction(action)
        for button, name, ink in (
            (self.print_button, "printer", Ink.TEXT),
            (self.blank_button, "printer", Ink.TEXT),
            (self.aloud_button, "volume-2", Ink.TEXT),
            (self.entry_button, "keyboard", Ink.TEXT),
            (self.destroy_button, "flame", Ink.FAULT),
        ):
            self.phrases.draw(button.setIcon, name, ink)

    def _figure(self, act: Callable[[FiguresState], FiguresState]) -> None:
        if self.done is not None:
            self._fill(act(self.done.figures))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window is gone; the worksheet is kept."""
        if self._encode_timer.isActive():
            self._encode_timer.stop()
            self.altered.emit(self.state)
        self.closed.emit(self)
        super().closeEvent(event)


def _way(given: str, way: Choice) -> str:
    return f"{one_line(given[way.start : way.end])} → {' '.join(way.codes)}"


def _pair(label: QWidget, field: QWidget) -> QWidget:
    held = QWidget()
    line = QHBoxLayout(held)
    line.setContentsMargins(0, 0, 8, 0)
    line.addWidget(label)
    line.addWidget(field)
    return held


def _fill(box: QComboBox, items: Sequence[tuple[str, object]], chosen: object) -> None:
    with QSignalBlocker(box):
        box.clear()
        for name, value in items:
            box.addItem(name, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
