"""The view of key material: what lies here and how long it lasts; the page on top, read from the paper."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from secmsg.station.pad_views import ItemView
from ui import failures
from ui.language import tr
from ui.manual.stock import words
from ui.manual.stock.state import StockState, is_page, may_confirm
from ui.theme import look, wide
from ui.widgets.flow import FlowRow
from ui.widgets.message_bar import Message, MessageBar, Weight
from ui.widgets.rows import Column, Manner, RowsModel, RowTable
from ui.widgets.scroll import Foot
from ui.widgets.sheet import fitting
from ui.widgets.text import Text, Tone


@dataclass(frozen=True, slots=True)
class TopRead:
    """The page that the officer reads on top of a book."""

    book: int
    page: str


class StockWindow(QDialog):
    """`confirm_asked` carries a TopRead, `closed` the window."""

    confirm_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    closed: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.state = StockState()
        self.heading, self.message = Text(Tone.TITLE), MessageBar()
        self.told, self.commands = Text(Tone.DIM, wrap=True), Text(Tone.DIM, wrap=True)
        gap = look().px(16)
        columns: tuple[Column[ItemView], ...] = (
            Column(lambda: tr("No."), lambda item: str(item.number), lambda: wide("0000") + gap, right=True),
            Column(lambda: tr("Item"), lambda item: item.name, None),
            Column(lambda: tr("Sort"), words.kind, lambda: wide(tr("challenge list")) + gap),
            Column(lambda: tr("Station"), words.peer, lambda: look().px(150), least=lambda: look().px(90)),
            Column(
                lambda: tr("State"),
                words.state,
                lambda: wide(tr("superseded, to be destroyed")) + gap,
                least=lambda: look().px(100),
            ),
            Column(lambda: tr("Stock"), words.stock, lambda: look().px(180), least=lambda: look().px(100)),
            Column(lambda: tr("Page on top"), words.top, lambda: wide(tr("read it from the paper")) + gap),
            Column(lambda: tr("To destroy"), words.to_destroy, lambda: wide(tr("To destroy")) + gap, right=True),
        )
        manner: Manner[ItemView] = Manner(
            key=lambda item: item.number,
            sentence=lambda item: ", ".join(
                part
                for part in (item.name, words.kind(item), words.peer(item), words.state(item), words.stock(item))
                if part
            ),
        )
        self.table: RowTable[ItemView] = RowTable(RowsModel(columns, manner))
        self.table.settled.connect(lambda _: self.render_state())
        self.top_label, self.top = Text(Tone.DIM), QLineEdit()
        self.top_label.setBuddy(self.top)
        self.confirm_button, self.close_button = QPushButton(), QPushButton()
        self.top.returnPressed.connect(self.confirm)
        self.confirm_button.setAutoDefault(False)
        self.confirm_button.clicked.connect(lambda _=False: self.confirm())
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        foot = QWidget()
        lines = QVBoxLayout(foot)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.told)
        lines.addWidget(self.commands)
        column = QVBoxLayout(self)
        column.addWidget(self.heading)
        column.addWidget(self.message)
        column.addWidget(self.table, 1)
        column.addWidget(FlowRow(self.top_label, self.top, self.confirm_button))
        column.addWidget(Foot(foot))
        column.addWidget(FlowRow(self.close_button))
        self.resize(fitting(look().px(980), look().px(520)))
        self.render_state()
        self.table.setFocus()

    def show_items(self, items: tuple[ItemView, ...]) -> None:
        """Show what lies here."""
        self.state = StockState(items)
        self.table.show_rows(self.state.in_order)
        self.table.fit()
        if items and self.table.row is None:
            self.table.choose(0)
        self.render_state()

    def confirm(self) -> None:
        """Take the page that was read; a number that does not check is named at once."""
        item, figures = self.table.row, self.top.text().strip()
        if item is None or not may_confirm(item):
            return
        if not is_page(figures):
            said = Message(
                Weight.WARNING,
                lambda: tr("The five figures do not check: read the number of the page on top once more."),
            )
            self.message.tell(said)
            self.top.setFocus()
            return
        self.message.clear()
        self.confirm_asked.emit(TopRead(item.number, figures))

    def show_confirmed(self, passed: tuple[str, ...]) -> None:
        """Say that the page is confirmed, and which pages before it count as torn off from now on."""
        self.top.clear()
        if passed:
            said = Message(
                Weight.WARNING,
                lambda: tr(
                    "Confirmed. The paper is further than the store: {pages} count as torn off. Enter what went on "
                    "paper with them (secmsg hand enter), then destroy them.",
                    pages=", ".join(passed),
                ),
            )
        else:
            said = Message(Weight.GOOD, lambda: tr("Confirmed: the paper and the store agree."))
        self.message.tell(said)

    def refuse(self, error: BaseException) -> None:
        """Say why it was refused."""
        self.message.tell(Message(Weight.FAULT, lambda: failures.sentence(error)))

    def render_state(self) -> None:
        """Say everything."""
        self.setWindowTitle(tr("Key material"))
        self.heading.setText(tr("Key material"))
        self.table.setAccessibleName(tr("Key material"))
        self.table.say_when_empty(tr("No key material is entered here."))
        usable = may_confirm(self.table.row)
        self.top_label.setText(tr("Page on top, five figures read from the paper:"))
        self.top.setAccessibleName(tr("Page on top, five figures read from the paper"))
        self.top.setFixedWidth(look().px(90))
        self.confirm_button.setText(tr("Confirm the page on &top"))
        for widget in (self.top, self.confirm_button):
            widget.setEnabled(usable)
        low = ", ".join(item.name for item in self.state.low)
        self.told.setText(
            tr("Little is left of {books}: ask headquarters for the next book.", books=low)
            if low
            else tr(
                "The paper is the last word: its top page is read in every run, and after every doubt about the store."
            )
        )
        acts = "; ".join(f"{tr(what)}: {command}" for command, what in words.COMMANDS)
        self.commands.setText(tr("By command, with two names where two must stand for it: {acts}", acts=acts))
        self.close_button.setText(tr("&Close"))

    def dress(self) -> None:
        """Take the look in force."""
        self.render_state()

    def reject(self) -> None:
        """Close."""
        self.closed.emit(self)
        super().reject()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.render_state()
