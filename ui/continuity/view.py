"""The missing serials of every chain, and since when."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from secmsg.station.views import GapRow
from ui import names
from ui.continuity.state import key, missing
from ui.format import Place, short, span
from ui.language import tr, trn
from ui.theme import Ink, icon, look, wide
from ui.widgets.phrases import View
from ui.widgets.rows import Column, Emphasis, Manner, RowsModel, RowTable
from ui.widgets.text import Text


class ContinuityView(View):
    """Lists gaps; a serial counts service messages too and is not a cable number."""

    def __init__(self, here: Place, clock: Callable[[], int]) -> None:
        super().__init__()
        self._rows: tuple[GapRow, ...] = ()
        columns: tuple[Column[GapRow], ...] = (
            Column(
                lambda: tr("Chain from"),
                lambda row: names.station(row.peer_name),
                lambda: look().px(300),
                icon=lambda _: icon("triangle-alert", Ink.WARN),
            ),
            Column(lambda: tr("Missing serials"), _serials, lambda: wide("000000–000000", Emphasis.STRONG) + 60),
            Column(
                lambda: tr("Since"),
                lambda row: tr("{time}, {ago} ago", time=short(row.since, here), ago=span(clock() - row.since)),
                None,
            ),
        )
        manner: Manner[GapRow] = Manner(
            key=key,
            sentence=lambda row: tr(
                "Missing: serials {first} to {last} in the chain from {peer}",
                first=row.first,
                last=row.last,
                peer=names.station(row.peer_name),
            ),
        )
        self.table: RowTable[GapRow] = RowTable(RowsModel(columns, manner))
        self.head = Text(wrap=True)
        self.head.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.phrases.say(self.table.setAccessibleName, "Missing serials")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head.setContentsMargins(12, 10, 12, 10)
        column.addWidget(self.head)
        column.addWidget(self.table, 1)
        self.render_state()

    def show_rows(self, rows: tuple[GapRow, ...]) -> None:
        """Show what the station listed."""
        self._rows = rows
        self.table.show_rows(rows)
        self.render_state()

    def render_state(self) -> None:
        """Say how many are missing."""
        count = missing(self._rows)
        self.head.setText(
            trn(
                count,
                "{n} serial is missing. A late one closes its gap by itself.",
                "{n} serials are missing. A late one closes its gap by itself.",
            )
            if count
            else tr("No numbers missing in any chain.")
        )
        self.table.say_when_empty(tr("No numbers missing in any chain."))
        self.head.setVisible(bool(count))
        self.table.fit()
        self.table.viewport().update()


def _serials(row: GapRow) -> str:
    return f"{row.first}" if row.first == row.last else f"{row.first}–{row.last}"
