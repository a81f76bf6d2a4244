"""The outbox: a row for each cable and addressee, the honest sentence of the chosen one, what can be done."""

from collections.abc import Callable

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from secmsg.office.lifecycle import OutboxState
from secmsg.station.views import OutboxRow
from ui import names, reports
from ui.format import Place, number
from ui.language import tr
from ui.outbox import lines
from ui.outbox.model import Surroundings, columns, manner, sentence, state_words
from ui.outbox.state import SETTLED, Act, Order, OutboxViewState, may, percent
from ui.theme import look
from ui.widgets.flow import FlowRow
from ui.widgets.marks import LevelBanner
from ui.widgets.phrases import View
from ui.widgets.rows import RowsModel, RowTable
from ui.widgets.scroll import Foot
from ui.widgets.text import Text, Tone


class OutboxView(View):
    """Lists deliveries; `ordered` carries an Order, `chosen` the row or None."""

    ordered: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    chosen: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, here: Place, clock: Callable[[], int]) -> None:
        super().__init__()
        self._around = Surroundings(here, clock)
        self.state = OutboxViewState()
        self.table: RowTable[OutboxRow] = RowTable(RowsModel(columns(self._around), manner(self._around)))
        self.banner = LevelBanner()
        self.title = Text(Tone.TITLE, wrap=True)
        self.sentence = Text(wrap=True)
        self.detail = Text(Tone.DIM, wrap=True)
        self.lines = lines.table(here, clock)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.send_button, self.hold_button, self.pause_button = QPushButton(), QPushButton(), QPushButton()
        say, draw = self.phrases.say, self.phrases.draw
        say(self.table.setAccessibleName, "Outbox")
        say(self.bar.setAccessibleName, "Handed over")
        say(self.lines.setAccessibleName, "Evidence of each channel")
        draw(self.send_button.setIcon, "send")
        self.send_button.clicked.connect(lambda: self.order(Act.SEND_NOW))
        self.hold_button.clicked.connect(self.hold_or_resume)
        self.pause_button.clicked.connect(self.pause_or_go_on)
        self.table.settled.connect(self._choose)
        self.lines.settled.connect(lambda _: self._explain())
        self._lay_out()
        self.dress()

    @property
    def row(self) -> OutboxRow | None:
        """The row chosen."""
        return self.table.row

    def show_rows(self, rows: tuple[OutboxRow, ...]) -> None:
        """Show what the station listed."""
        self.state = OutboxViewState(rows)
        self.table.show_rows(rows)
        self.render_state()

    def order(self, act: Act) -> None:
        """Ask for an act on the chosen row, when it is open."""
        row = self.row
        if row is not None and may(row, act):
            self.ordered.emit(Order(act, row.cable_id))

    def hold_or_resume(self) -> None:
        """Keep back, or let go what is kept back."""
        self.order(Act.RESUME if may(self.row, Act.RESUME) else Act.HOLD)

    def pause_or_go_on(self) -> None:
        """Let the files of the chosen cable rest, or go on."""
        self.order(Act.GO_ON if may(self.row, Act.GO_ON) else Act.PAUSE)

    def render_state(self) -> None:
        """Show the state."""
        row = self.row
        self.table.say_when_empty(tr("Nothing waiting. Every cable sent has been acknowledged."))
        self.table.fit()
        self.table.viewport().update()
        held = may(row, Act.RESUME)
        self.hold_button.setText(tr("&Let go") if held else tr("&Keep back"))
        self.hold_button.setEnabled(held or may(row, Act.HOLD))
        self.send_button.setEnabled(may(row, Act.SEND_NOW))
        paused = may(row, Act.GO_ON)
        self.pause_button.setText(tr("Go on with the fi&les") if paused else tr("&Pause the files"))
        self.pause_button.setVisible(paused or may(row, Act.PAUSE))
        unknown = row is not None and row.state is OutboxState.UNKNOWN
        self.send_button.setText(tr("Send a&gain") if unknown else tr("Send n&ow"))
        self._acts.refit()
        self.foot.setVisible(row is not None)
        if row is None:
            return
        self.banner.show_degree(row.degree)
        self.title.setText(
            tr(
                "Cable {n} to {to}: {state}",
                n=number(row.number),
                to=names.station(row.to_name),
                state=state_words(row),
            )
        )
        self.sentence.setText(sentence(row, self._around))
        self._show_lines(row)
        done = percent(row)
        self.bar.setVisible(done is not None)
        self.bar.setValue(done or 0)

    def dress(self) -> None:
        """Take the look in force."""
        self.bar.setFixedHeight(look().px(8))
        super().dress()
        self.lines.setFixedHeight(lines.height(self.lines))

    def _explain(self) -> None:
        """Say of the chosen line what its columns may have no room for, and the link's own words."""
        row, line = self.row, self.lines.row
        if row is None:
            return
        if line is not None and row.lines:
            told = lines.explained(line, self._around.here, self._around.clock())
        else:
            told = "" if row.state in SETTLED or row.lines else reports.say(row.detail)
        self.detail.setText(told)
        self.detail.setVisible(bool(told))

    def _show_lines(self, row: OutboxRow) -> None:
        self.lines.setVisible(bool(row.lines))
        self.lines.show_rows(row.lines)
        self.lines.fit()
        self.lines.viewport().update()
        self.lines.setFixedHeight(lines.height(self.lines))
        self._explain()

    def _choose(self, row: OutboxRow | None) -> None:
        self.render_state()
        self.chosen.emit(row)

    def _lay_out(self) -> None:
        said = QWidget()
        inside = QVBoxLayout()
        inside.setContentsMargins(14, 8, 14, 10)
        inside.setSpacing(6)
        for widget in (self.title, self.sentence, self.bar, self.lines, self.detail):
            inside.addWidget(widget)
        self._acts = FlowRow(self.send_button, self.hold_button, self.pause_button)
        inside.addWidget(self._acts)
        self.foot = Foot(said)
        foot = QVBoxLayout(said)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.banner)
        foot.addLayout(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.foot)
