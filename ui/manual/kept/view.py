"""The list of worksheets under way: take one up again, begin a new one, or give one up."""

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from secmsg.office.hand_work import Stage
from secmsg.station.hand_views import WorksheetRow
from ui.format import Place, short
from ui.language import tr
from ui.manual.kept import words
from ui.theme import look, wide
from ui.widgets.flow import FlowRow
from ui.widgets.message_bar import Message, MessageBar, Remedy, Weight
from ui.widgets.rows import Column, Manner, RowsModel, RowTable
from ui.widgets.sheet import fitting
from ui.widgets.text import Text, Tone


class KeptWindow(QDialog):
    """`opened` and `given_up` carry a WorksheetRow, the others the window."""

    opened: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    given_up: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    new_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    entry_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    closed: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, here: Place, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._here = here
        self.heading, self.told, self.message = Text(Tone.TITLE), Text(Tone.DIM, wrap=True), MessageBar()
        columns: tuple[Column[WorksheetRow], ...] = (
            Column(lambda: tr("Direction"), words.direction, lambda: wide(tr("Decipher")) + look().px(20)),
            Column(lambda: tr("Station"), words.peer, None),
            Column(lambda: tr("Cable"), lambda row: row.mrn, lambda: wide("2026-HANOI-00000") + look().px(16)),
            Column(
                lambda: tr("Next step"), words.step, lambda: wide(tr("read it to send, then say so")) + look().px(16)
            ),
            Column(
                lambda: tr("Changed"),
                lambda row: short(row.changed_at, here),
                lambda: wide(short(0, here)) + look().px(16),
            ),
        )
        manner: Manner[WorksheetRow] = Manner(
            key=lambda row: row.worksheet,
            sentence=lambda row: ", ".join(
                part for part in (words.direction(row), words.peer(row), row.mrn, words.step(row)) if part
            ),
        )
        self.table: RowTable[WorksheetRow] = RowTable(RowsModel(columns, manner))
        self.table.entered_row.connect(self.opened.emit)
        self.new_button, self.entry_button = QPushButton(), QPushButton()
        self.open_button, self.give_up_button, self.close_button = QPushButton(), QPushButton(), QPushButton()
        self.new_button.clicked.connect(lambda _=False: self.new_asked.emit(self))
        self.entry_button.clicked.connect(lambda _=False: self.entry_asked.emit(self))
        self.open_button.clicked.connect(lambda _=False: self._open())
        self.give_up_button.clicked.connect(lambda _=False: self.give_up())
        self.close_button.clicked.connect(self.reject)
        delete = QAction(self)
        delete.setShortcut(QKeySequence.StandardKey.Delete)
        delete.triggered.connect(lambda _=False: self.give_up())
        self.addAction(delete)
        column = QVBoxLayout(self)
        for widget in (self.heading, self.told, self.message):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(
            FlowRow(self.open_button, self.new_button, self.entry_button, self.give_up_button, self.close_button)
        )
        self.resize(fitting(look().px(860), look().px(380)))
        self.render_state()

    def show_rows(self, rows: tuple[WorksheetRow, ...]) -> None:
        """Show the worksheets."""
        self.table.show_rows(rows)
        self.table.fit()
        if rows and self.table.row is None:
            self.table.choose(0)
        self.table.setFocus()

    def give_up(self) -> None:
        """Ask before a worksheet is erased; say what stays used."""
        row = self.table.row
        if row is None:
            return

        def words_() -> str:
            if row.stage in (Stage.WRITTEN, Stage.TYPED):
                return tr("Give this worksheet up? What was written in it is erased, and nothing brings it back.")
            return tr(
                "Give this worksheet up? Its figures are erased, and nothing brings them back. The cable stays in the "
                "register, and its page stays used and is still to be destroyed."
            )

        def do() -> None:
            self.message.clear()
            self.given_up.emit(row)

        self.message.tell(Message(Weight.WARNING, words_, (Remedy(lambda: tr("&Give it up"), do),)))

    def render_state(self) -> None:
        """Say everything."""
        self.setWindowTitle(tr("Worksheets under way"))
        self.heading.setText(tr("Worksheets under way"))
        self.told.setText(tr("They are kept box by box until their page is destroyed. Enter goes on with one."))
        self.table.setAccessibleName(tr("Worksheets under way"))
        self.table.say_when_empty(tr("No worksheet is under way."))
        self.open_button.setText(tr("&Go on"))
        self.new_button.setText(tr("&New worksheet"))
        self.entry_button.setText(tr("&Enter received groups"))
        self.give_up_button.setText(tr("Give &up"))
        self.close_button.setText(tr("&Close"))

    def dress(self) -> None:
        """Take the look in force."""
        self.render_state()

    def _open(self) -> None:
        if (row := self.table.row) is not None:
            self.opened.emit(row)

    def reject(self) -> None:
        """Close."""
        self.closed.emit(self)
        super().reject()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.render_state()
