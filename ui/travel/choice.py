"""A list of cables with boxes to tick, and a field that searches all of them; what is ticked stays over searches."""

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from secmsg.ids import CableId
from secmsg.station.views import CableRow
from secmsg.wire.cable import Degree
from ui import names, words
from ui.format import Place, one_line, short
from ui.language import tr
from ui.widgets.flow import FlowRow
from ui.widgets.text import Text, Tone

REST_MS = 250
_ID = Qt.ItemDataRole.UserRole


class CableChoice(QWidget):
    """`sought` carries what is looked for ("" for the newest), `altered` the widget after a tick."""

    sought: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    altered: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, here: Place) -> None:
        super().__init__()
        self._here = here
        self._most = Degree.TOP_SECRET
        self._taken: frozenset[CableId] = frozenset()
        self._rows: tuple[CableRow, ...] = ()
        self.chosen: dict[CableId, CableRow] = {}
        self.search, self.list = QLineEdit(), QListWidget()
        self.every_button, self.told = QPushButton(), Text(Tone.DIM, wrap=True)
        self.every_button.setAutoDefault(False)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(lambda: self.sought.emit(self.search.text().strip()))
        self.search.textEdited.connect(lambda _: self._rest.start(REST_MS))
        self.list.itemChanged.connect(self._tick)
        self.every_button.clicked.connect(lambda _=False: self.choose_every())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(FlowRow(self.every_button, widen=False))
        column.addWidget(self.told)
        self.retranslate()

    def bound(self, most: Degree, taken: frozenset[CableId] = frozenset()) -> None:
        """Offer no cable above a degree, and none that is taken already."""
        self._most, self._taken = most, taken
        self.chosen = {key: row for key, row in self.chosen.items() if row.degree <= most}
        self.show_rows(self._rows)

    def show_rows(self, rows: tuple[CableRow, ...]) -> None:
        """Show what was found; ticks stay as they are."""
        self._rows = rows
        with QSignalBlocker(self.list):
            self.list.clear()
            for row in rows:
                if row.cable_id in self._taken:
                    continue
                item = QListWidgetItem(self._line(row))
                item.setData(_ID, bytes(row.cable_id))
                fits = row.degree <= self._most and not row.unsigned
                flags = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
                item.setFlags(flags | Qt.ItemFlag.ItemIsEnabled if fits else Qt.ItemFlag.NoItemFlags)
                item.setCheckState(Qt.CheckState.Checked if row.cable_id in self.chosen else Qt.CheckState.Unchecked)
                self.list.addItem(item)
        if self.list.count() and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.retranslate()

    def choose_every(self) -> None:
        """Tick everything that is shown and may be taken."""
        for at in range(self.list.count()):
            item = self.list.item(at)
            if item.flags() & Qt.ItemFlag.ItemIsEnabled:
                item.setCheckState(Qt.CheckState.Checked)

    def retranslate(self) -> None:
        """Say everything."""
        self.search.setPlaceholderText(tr("Search number, subject, text…"))
        self.search.setAccessibleName(tr("Search in all cables"))
        self.list.setAccessibleName(tr("Cables to choose from"))
        self.every_button.setText(tr("Tick all that are &shown"))
        size = sum(row.annexes for row in self.chosen.values())
        self.told.setText(
            tr("{n} cables ticked, with {m} enclosures. Cables above the permit's classification cannot be ticked.",
               n=len(self.chosen), m=size)
        )  # fmt: skip

    def _line(self, row: CableRow) -> str:
        subject = one_line(row.subject) or tr("(subject not in lists)")
        degree = words.degree(row.degree)
        return f"{row.mrn} · {degree} · {short(row.at, self._here)} · {names.station(row.peer_name)} · {subject}"

    def _tick(self, item: QListWidgetItem) -> None:
        key = CableId(bytes(item.data(_ID)))
        row = next((each for each in self._rows if each.cable_id == key), None)
        if row is None:
            return
        if item.checkState() is Qt.CheckState.Checked:
            self.chosen[key] = row
        else:
            self.chosen.pop(key, None)
        self.retranslate()
        self.altered.emit(self)
