"""The cable list: quick filter, table, what is known of a search, and what to say when it is empty."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal, SignalInstance
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QVBoxLayout

from secmsg.ids import CableId
from secmsg.station.listing import places_of
from secmsg.station.views import CableRow
from secmsg.wire.cable import Degree
from ui import words
from ui.format import Place
from ui.inbox.model import Surroundings, columns, manner
from ui.inbox.paged import Paged
from ui.inbox.state import Filter, ListState, Order, Row, Search, Since, Source
from ui.inbox.words import nothing_found, standing
from ui.language import tr
from ui.theme import icon, look
from ui.widgets.flow import FlowRow
from ui.widgets.phrases import View
from ui.widgets.rows import RowsModel, RowTable
from ui.widgets.text import Text, Tone


class InboxView(View):
    """Lists cables of one source; `chosen` carries a row or None, `entered` the row that Enter opened.

    `asked` carries the view when other rows are wanted: another filter, another order, a cable that is not here.
    """

    chosen: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    entered: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, source: Source, here: Place, clock: Callable[[], int]) -> None:
        super().__init__()
        self._around = Surroundings(here, clock)
        self._last_contact: Callable[[], str] = lambda: ""
        self.state = ListState(source)
        self.table: RowTable[Row] = RowTable(RowsModel(columns(source, self._around), manner(self._around)))
        self.unacknowledged = self._toggle("Not &acknowledged")
        self.urgent = self._toggle("Immediate and a&bove")
        self.annexes = self._toggle("With encl&osures")
        self.clear_button = QToolButton()
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.phrases.say(self.clear_button.setText, "Show all (Esc)")
        self.clear_button.clicked.connect(lambda _=False: self.forget_filter())
        self.standing = Text(Tone.DIM)
        self.standing.setIndent(8)
        self.order_box = QComboBox()
        self.degree_box = QComboBox()
        self.since_box = QComboBox()
        self.phrases.say(self.degree_box.setAccessibleName, "Classification")
        self.phrases.say(self.since_box.setAccessibleName, "Period")
        self.phrases.say(self.order_box.setAccessibleName, "Order")
        self.phrases.say(self.table.setAccessibleName, "Cables")
        for box in (self.degree_box, self.since_box, self.order_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for button in (self.unacknowledged, self.urgent, self.annexes):
            button.toggled.connect(self._filter)
            button.toggled.connect(lambda _: self._toggles.refit())
        self.degree_box.currentIndexChanged.connect(self._filter)
        self.since_box.currentIndexChanged.connect(self._filter)
        self.order_box.currentIndexChanged.connect(lambda _: self._reorder())
        self.table.settled.connect(self.chosen)
        self.table.entered_row.connect(self.entered)
        self._lay_out()
        self.unacknowledged.setVisible(source is not Source.SENT)
        for widget in (self.standing, self.order_box):
            widget.setVisible(source is Source.SEARCH)
        self.render_state()

    @property
    def row(self) -> Row | None:
        """The row chosen."""
        return self.table.row

    def show_paged(self, rows: Paged, at: int | None, every: int) -> None:
        """Show a list of which some pages are here; `every` counts its cables without the filter."""
        cables = rows.count.waiting + rows.count.rest
        self.state = replace(self.state, rows=rows.first(), cables=cables, every=every)
        self.table.show_paged(rows, at)
        self._say_empty()

    def page_came(self, rows: Paged, first: int, last: int) -> None:
        """Show rows that were read now."""
        self.state = replace(self.state, rows=rows.first())
        self.table.rows_came(first, last)

    def show_found(self, rows: tuple[CableRow, ...], search: Search) -> None:
        """Show what a search has found so far and how it stands."""
        self.state = replace(
            self.state, rows=rows, cables=len(rows), every=max(search.searchable, len(rows)), search=search
        )
        self.table.rows_model.spans = lambda text: places_of(text, search.sought)
        self.table.show_rows(rows)
        self.table.viewport().update()
        self._say_standing()

    def show_cable(self, cable_id: CableId) -> None:
        """Choose a cable of this list wherever it stands."""
        if not self.table.choose_key(cable_id):
            self.asked.emit(self)

    def say_when_empty(self, last_contact: Callable[[], str]) -> None:
        """Take the sentence about the last contact for the empty list."""
        self._last_contact = last_contact
        self._say_empty()

    def forget_filter(self) -> None:
        """Show everything again."""
        if not self.state.filter.active:
            return
        for widget in (self.unacknowledged, self.urgent, self.annexes, self.degree_box, self.since_box):
            with QSignalBlocker(widget):
                widget.setCurrentIndex(0) if isinstance(widget, QComboBox) else widget.setChecked(False)
        self._filter()

    def next_unread(self) -> bool:
        """Choose the next incoming cable that was not read."""
        rows = self.table.rows_model.rows
        start = min(len(rows), self.table.currentIndex().row() + 1)
        for at in [*range(start, len(rows)), *range(min(start, len(rows)))]:
            if not getattr(rows[at], "read", True):
                self.table.choose(at)
                return True
        return False

    def render_state(self) -> None:
        """Say what changes with language, look and time."""
        self._fill(self.degree_box, [tr("Any classification"), *(words.degree(d) for d in Degree)])
        self._fill(self.since_box, [_since(s) for s in Since])
        self._fill(self.order_box, [tr("Newest first"), tr("Closest first")])
        self.table.fit()
        self.table.viewport().update()
        self._say_standing()

    def dress(self) -> None:
        """Take the look in force."""
        super().dress()
        self._bar.setContentsMargins(look().px(6), 3, look().px(6), 3)
        self.standing.setContentsMargins(look().px(6), 0, look().px(6), 3)

    def _say_standing(self) -> None:
        line = standing(self.state)
        self.standing.setText(line)
        self.standing.setAccessibleName(line)
        self.clear_button.setVisible(self.state.filter.active)
        self._say_empty()

    def _say_empty(self) -> None:
        state = self.state
        if state.hidden_by_filter and state.source is not Source.SEARCH:
            text = tr("The filter hides every cable. Esc shows all again.")
        elif state.source is Source.INBOX:
            text = " ".join((tr("No incoming cables."), self._last_contact())).strip()
        elif state.source is Source.SENT:
            text = tr("Nothing sent yet. Ctrl+N writes a cable.")
        else:
            text = nothing_found(state)
        self.table.say_when_empty(text)

    def _reorder(self) -> None:
        chosen = list(Order)[max(0, self.order_box.currentIndex())]
        self.state = replace(self.state, search=replace(self.state.search, order=chosen))
        self.asked.emit(self)

    def _filter(self) -> None:
        degree, since = self.degree_box.currentIndex(), self.since_box.currentIndex()
        self.state = replace(
            self.state,
            filter=Filter(
                unacknowledged=self.unacknowledged.isChecked(),
                urgent=self.urgent.isChecked(),
                annexes=self.annexes.isChecked(),
                degree=None if degree <= 0 else list(Degree)[degree - 1],
                since=list(Since)[max(0, since)],
            ),
        )
        self._say_standing()
        self.asked.emit(self)

    def _fill(self, box: QComboBox, texts: list[str]) -> None:
        with QSignalBlocker(box):
            at = max(0, box.currentIndex())
            box.clear()
            box.addItems(texts)
            box.setCurrentIndex(at)

    def _toggle(self, source: str) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.toggled.connect(lambda on: button.setIcon(icon("check") if on else QIcon()))
        self.phrases.say(button.setText, source)
        return button

    def _lay_out(self) -> None:
        bar = self._toggles = FlowRow(
            self.unacknowledged,
            self.urgent,
            self.annexes,
            self.degree_box,
            self.since_box,
            self.order_box,
            self.clear_button,
        )
        self._bar = QHBoxLayout()
        self._bar.addWidget(bar)
        self._bar.setContentsMargins(6, 3, 6, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar)
        column.addWidget(self.standing)
        column.addWidget(self.table, 1)


def _since(since: Since) -> str:
    match since:
        case Since.ALL:
            return tr("Any time")
        case Since.DAY:
            return tr("Last 24 hours")
        case Since.WEEK:
            return tr("Last 7 days")
        case Since.MONTH:
            return tr("Last 30 days")
