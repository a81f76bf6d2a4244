"""The list of drafts: Enter goes on writing, Delete puts one away."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout

from secmsg.station.views import DraftRow
from secmsg.wire.cable import Degree
from ui import names, words
from ui.drafts.state import key
from ui.format import Place, in_list
from ui.language import tr
from ui.theme import look, wide
from ui.widgets.marks import marks_width
from ui.widgets.phrases import View
from ui.widgets.rows import Column, Manner, RowsModel, RowTable


class DraftsView(View):
    """Lists drafts; `opened` and `discarded` carry a DraftRow."""

    opened: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    discarded: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, here: Place, clock: Callable[[], int]) -> None:
        super().__init__()
        columns: tuple[Column[DraftRow], ...] = (
            Column(
                lambda: tr("Classification"),
                lambda row: tr("not chosen") if row.degree is None else words.degree(row.degree),
                lambda: marks_width(Degree),
                mark=lambda row: row.degree,
            ),
            Column(lambda: tr("Subject"), _subject, None),
            Column(lambda: tr("To"), lambda row: names.station(row.to_name), lambda: look().px(230)),
            Column(
                lambda: tr("Kept ({place})", place=here.name),
                lambda row: in_list(row.saved_at, clock(), here),
                lambda: max(wide("00/00 00:00"), wide(tr("Kept ({place})", place=here.name))) + look().px(16),
            ),
        )
        manner: Manner[DraftRow] = Manner(
            key=key,
            sentence=lambda row: ", ".join(
                part
                for part in (
                    tr("draft"),
                    tr("not chosen") if row.degree is None else words.degree(row.degree),
                    _subject(row),
                    names.station(row.to_name),
                )
                if part
            ),
        )
        self.table: RowTable[DraftRow] = RowTable(RowsModel(columns, manner))
        say = self.phrases.say
        say(self.table.setAccessibleName, "Drafts")
        say(self.table.say_when_empty, "No drafts. Ctrl+N writes a cable.")
        remove = QAction(self.table)
        say(remove.setText, "Discard draft")
        remove.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        remove.triggered.connect(self._discard)
        take_up = QAction(self.table)
        say(take_up.setText, "Go on writing")
        take_up.triggered.connect(self._take_up)
        self.acts = (take_up, remove)
        self.table.addAction(remove)
        self.table.entered_row.connect(self.opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    def show_rows(self, rows: tuple[DraftRow, ...]) -> None:
        """Show what the station listed."""
        self.table.show_rows(rows)

    def render_state(self) -> None:
        """Fit the columns to the language and look."""
        self.table.fit()
        self.table.viewport().update()

    def _take_up(self) -> None:
        if (row := self.table.row) is not None:
            self.opened.emit(row)

    def _discard(self) -> None:
        if (row := self.table.row) is not None:
            self.discarded.emit(row)


def _subject(row: DraftRow) -> str:
    return row.subject or tr("(no subject yet)")
