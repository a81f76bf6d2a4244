"""The window of backups: the record, the three acts, how far the work is and what came of it."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QDialog, QProgressBar, QPushButton, QVBoxLayout, QWidget

from secmsg.station.backup_views import BackupChecked, BackupLine, BackupMade, BackupStanding
from ui.backups import words
from ui.backups.state import Act, BackupsState, percent, where
from ui.format import Place, short
from ui.language import tr
from ui.theme import look, wide
from ui.widgets.flow import FlowRow
from ui.widgets.message_bar import MessageBar
from ui.widgets.rows import OF_A_WINDOW, Column, Manner, RowsModel, RowTable
from ui.widgets.sheet import fitting
from ui.widgets.text import Text, Tone

MEASURE_MS = 100


class Meter:
    """How far the work is, written by its thread and looked at by the window; `stopped` goes the other way."""

    def __init__(self) -> None:
        self.done = self.total = 0
        self.stopped = False

    def tell(self, done: int, total: int) -> None:
        """Take note of how far the work is."""
        self.done, self.total = done, total


class BackupsWindow(QDialog):
    """`asked` carries the Act that the officer wants, `closed` the window."""

    asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    closed: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, here: Place, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.here, self.state, self.meter = here, BackupsState(), Meter()
        self.heading, self.message = Text(Tone.TITLE), MessageBar()
        self.told, self.doing = Text(Tone.DIM, wrap=True), Text(wrap=True)
        gap = look().px(16)
        day = lambda: wide(short(0, here)) + gap  # noqa: E731 - three columns of one width
        least = lambda: wide("00/00 00:00 Paris")  # noqa: E731 - a longer name of the zone is in the tooltip
        columns: tuple[Column[BackupLine], ...] = (
            Column(lambda: tr("Made"), lambda line: words.made(line, here), day, least=least),
            Column(
                lambda: tr("Verified"),
                lambda line: words.test(line.verified_at, line.verified_how, here),
                day,
                least=least,
            ),
            Column(
                lambda: tr("Rehearsed"),
                lambda line: words.test(line.rehearsed_at, line.rehearsed_how, here),
                day,
                least=least,
            ),
            Column(
                lambda: tr("Holds"),
                words.holds,
                lambda: wide(words.said_holding(99_999, 999_000_000)) + gap,
                least=lambda: wide(words.said_holding(2_000, 444_000_000)),
            ),
            Column(lambda: tr("Where"), words.place, None),
        )
        manner: Manner[BackupLine] = Manner(
            key=lambda line: line.number,
            sentence=lambda line: ", ".join(
                (words.made(line, here), words.place(line), words.test(line.verified_at, line.verified_how, here))
            ),
        )
        self.table: RowTable[BackupLine] = RowTable(RowsModel(columns, manner), free=OF_A_WINDOW)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 100)
        self.buttons = {act: QPushButton() for act in Act}
        for act, button in self.buttons.items():
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, wanted=act: self.asked.emit(wanted))
        self.stop_button, self.close_button = QPushButton(), QPushButton()
        self.stop_button.clicked.connect(lambda _=False: self.stop())
        self.close_button.clicked.connect(lambda _=False: self.reject())
        self._timer = QTimer(self)
        self._timer.timeout.connect(lambda: self.bar.setValue(percent(self.meter.done, self.meter.total)))
        column = QVBoxLayout(self)
        for widget in (self.heading, self.message, self.told):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self.doing)
        column.addWidget(self.bar)
        column.addWidget(FlowRow(*self.buttons.values(), self.stop_button, self.close_button))
        self.resize(fitting(look().px(980), look().px(480)))
        self.render_state()
        self.buttons[Act.MAKE].setFocus()

    @property
    def folder(self) -> str | None:
        """Give the folder of the chosen backup, None when it is to be asked for."""
        return where(self.table.row)

    def show_lines(self, lines: tuple[BackupLine, ...], standing: BackupStanding) -> None:
        """Show the record."""
        self.state = replace(self.state, lines=lines, standing=standing)
        self.table.show_rows(lines)
        self.table.fit()
        if lines and self.table.row is None:
            self.table.choose(0)
        self.render_state()

    def begin(self, act: Act) -> Meter:
        """Show that an act is under way."""
        self.meter = Meter()
        self.state = replace(self.state, act=act, working=True, made=None, checked=None, error=None)
        self.stop_button.setEnabled(True)
        self.render_state()
        self.stop_button.setFocus()
        return self.meter

    def finish(self, outcome: BackupMade | BackupChecked) -> None:
        """Show what came of it."""
        stands = outcome if isinstance(outcome, BackupMade) else None
        checked = outcome if isinstance(outcome, BackupChecked) else None
        self.state = replace(self.state, working=False, made=stands, checked=checked)
        self._rest()

    def refuse(self, error: BaseException) -> None:
        """Show why it was not done."""
        self.state = replace(self.state, working=False, error=error)
        self._rest()

    def stop(self) -> None:
        """Ask the work to end."""
        self.meter.stopped = True
        self.stop_button.setEnabled(False)

    def render_state(self) -> None:
        """Say everything."""
        state = self.state
        self.setWindowTitle(tr("Backups"))
        self.heading.setText(tr("Backups"))
        self.told.setText(
            tr(
                "A backup is the enciphered store as it is. Only the recovery sheet opens it: keep the stick and the "
                "sheet in two places. Each is an item of the ledger."
            )
        )
        self.table.setAccessibleName(tr("Backups"))
        self.table.say_when_empty(tr("No backup was made here yet."))
        self.doing.setText(words.under_way(state.act) if state.working and state.act is not None else "")
        self.bar.setAccessibleName(tr("Progress"))
        for widget in (self.doing, self.bar):
            widget.setVisible(state.working)
        for act, text in self._verbs().items():
            self.buttons[act].setText(text)
            self.buttons[act].setEnabled(not state.working)
        self.stop_button.setText(tr("&Stop"))
        self.stop_button.setVisible(state.working)
        self.close_button.setText(tr("&Close"))
        self.close_button.setEnabled(not state.working)
        if state.working:
            self._timer.start(MEASURE_MS)
        else:
            self._timer.stop()
        said = words.outcome(state, self.here)
        if said is None:
            self.message.clear()
        else:
            self.message.tell(said)

    def _verbs(self) -> dict[Act, str]:
        return {
            Act.MAKE: tr("&Make a backup…"),
            Act.VERIFY: tr("&Verify…"),
            Act.REHEARSE: tr("&Rehearse the way back…"),
        }

    def _rest(self) -> None:
        self.render_state()
        self.close_button.setFocus()

    def reject(self) -> None:
        """Close, unless something is under way."""
        if not self.state.working:
            self.closed.emit(self)
            super().reject()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.render_state()
