"""The fields that few drafts need: kind, further times, distribution caption, recipients by name."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from secmsg.ids import StationId
from secmsg.wire.cable import Kind, Named
from ui import words
from ui.compose.state import CAPTIONS, KINDS, Field, names_of
from ui.compose.words import caption
from ui.format import Place, one_line
from ui.language import mark, tr
from ui.theme import look
from ui.widgets.chips import Choice
from ui.widgets.flow import FlowRow
from ui.widgets.phrases import View
from ui.widgets.text import Elided, Text


class _NamedLine(QWidget):
    """The persons named at one addressee."""

    def __init__(self, station: StationId) -> None:
        super().__init__()
        self.station = station
        self.label, self.names, self.only = Elided(), QLineEdit(), QCheckBox()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.label, 1)
        line.addWidget(self.names, 2)
        line.addWidget(self.only)

    @property
    def named(self) -> Named | None:
        """What was entered; None for nothing."""
        persons = names_of(self.names.text())
        return Named(self.station, persons, self.only.isChecked()) if persons else None


class NamedField(View):
    """A line of names for every addressee; `altered` carries the tuple of Named."""

    altered: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[StationId, Choice] = {}
        self.lines: list[_NamedLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._nobody = Text(wrap=True)
        self._column.addWidget(self._nobody)
        self.phrases.say(self._nobody.setText, "Add an addressee first.")

    def offer(self, choices: Sequence[Choice]) -> None:
        """Learn how the stations are called."""
        self._names = {choice.station: choice for choice in choices}
        self.render_state()

    def put(self, addressed: Sequence[StationId], named: Sequence[Named]) -> None:
        """Show a line for every addressee, and for whoever was named and is addressed no longer, without telling."""
        stations = list(dict.fromkeys((*addressed, *(each.station for each in named))))
        if stations == [line.station for line in self.lines]:
            return
        held = {each.station: each for each in named}
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [self._line(station, held.get(station)) for station in stations]
        for line in self.lines:
            self._column.addWidget(line)
        fields = [field for line in self.lines for field in (line.names, line.only)]
        for before, after in pairwise(fields):
            QWidget.setTabOrder(before, after)
        self._nobody.setVisible(not self.lines)
        self.render_state()

    def render_state(self) -> None:
        """Name the lines."""
        for line in self.lines:
            choice = self._names.get(line.station)
            name = choice.name() if choice is not None else tr("Station {n}", n=line.station)
            line.label.setText(name)
            line.names.setAccessibleName(tr("Persons named at {station}", station=name))
            line.names.setPlaceholderText(tr("name; name"))
            line.only.setText(tr("only these"))
            line.only.setAccessibleName(tr("Only the persons named may open it: {station}", station=name))

    def _line(self, station: StationId, named: Named | None) -> _NamedLine:
        line = _NamedLine(station)
        if named is not None:
            line.names.setText("; ".join(named.persons))
            line.only.setChecked(named.only)
        line.names.textChanged.connect(self._tell)
        line.only.toggled.connect(self._tell)
        return line

    def _tell(self, _: object) -> None:
        found = (line.named for line in self.lines)
        self.altered.emit(tuple(named for named in found if named is not None))


class CaptionField(View):
    """The captions of the list, and any other that the draft holds; `altered` carries the tuple of captions."""

    altered: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, QCheckBox] = {}
        self._row = FlowRow()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._row)
        for word in CAPTIONS:
            self._add(word)

    def put(self, captions: Sequence[str]) -> None:
        """Tick these, without telling."""
        for word in captions:
            if word not in self.boxes:
                self._add(word)
        for word, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setChecked(word in captions)

    def render_state(self) -> None:
        """Name the boxes."""
        for word, box in self.boxes.items():
            box.setText(one_line(caption(word)).replace("&", "&&"))
        self._row.refit()

    def _add(self, word: str) -> None:
        box = QCheckBox()
        box.toggled.connect(self._tell)
        self.boxes[word] = box
        self._row.add(box)
        self.render_state()

    def _tell(self, _: object) -> None:
        self.altered.emit(tuple(word for word, box in self.boxes.items() if box.isChecked()))


class More(View):
    """Holds the fields; the form fills and reads them. `labels` are marked by the form."""

    def __init__(self, here: Place) -> None:
        super().__init__()
        self.kind = QComboBox()
        self.protect, self.desk_by, self.void_after, self.return_by = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.caption, self.named = CaptionField(), NamedField()
        self.labels: dict[Field, Text] = {}
        for field in (self.desk_by, self.void_after):
            field.setPlaceholderText(f"22/11/2026 17:00 · {here.name}")
        self.return_by.setPlaceholderText("22/11/2026")
        self._lay_out()
        say = self.phrases.say
        say(self.protect.setPlaceholderText, "dd/mm/yyyy, else the full period")
        for widget, source in (
            (self.kind, mark("Kind of cable")),
            (self.protect, mark("Protected until")),
            (self.desk_by, mark("On the desk by")),
            (self.void_after, mark("Void after")),
            (self.return_by, mark("To be returned by")),
        ):
            say(widget.setAccessibleName, source)
        self.dress()

    @property
    def order(self) -> list[QWidget]:
        """Give the fields in the order of the keyboard."""
        return [
            self.kind,
            self.protect,
            self.desk_by,
            self.void_after,
            self.return_by,
            *self.caption.boxes.values(),
        ]

    def render_state(self) -> None:
        """Say what changes with the language."""
        with QSignalBlocker(self.kind):
            at = max(0, self.kind.currentIndex())
            self.kind.clear()
            self.kind.addItems([words.kind(kind) for kind in KINDS])
            self.kind.setCurrentIndex(at)

    def put_kind(self, kind: Kind) -> None:
        """Show a kind; one that nobody may write is shown as the first."""
        self.kind.setCurrentIndex(KINDS.index(kind) if kind in KINDS else 0)

    def dress(self) -> None:
        """Take the look in force."""
        for field in (self.protect, self.desk_by, self.void_after):
            field.setFixedWidth(look().px(180))
        self.protect.setFixedWidth(look().px(240))
        self.return_by.setFixedWidth(look().px(110))
        super().dress()

    def _lay_out(self) -> None:
        rows: tuple[tuple[tuple[Field, str, QWidget, QWidget], ...], ...] = (
            (
                (Field.KIND, mark("Kind"), self.kind, self.kind),
                (Field.PROTECT, mark("Protected until"), self.protect, self.protect),
                (Field.RETURN_BY, mark("Returned by"), self.return_by, self.return_by),
            ),
            (
                (Field.DESK_BY, mark("On the desk by"), self.desk_by, self.desk_by),
                (Field.VOID_AFTER, mark("Void after"), self.void_after, self.void_after),
            ),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        for row in rows:
            column.addWidget(FlowRow(*(_pair(self._label(f, s, b), w) for f, s, w, b in row)))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        first = next(iter(self.caption.boxes.values()))
        grid.addWidget(self._label(Field.CAPTION, mark("Distribution"), first), 0, 0)
        grid.addWidget(self.caption, 0, 1)
        by_name = self._label(Field.NAMED, mark("By name"), None)
        by_name.setContentsMargins(0, 4, 0, 0)
        grid.addWidget(by_name, 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.named, 1, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)

    def _label(self, field: Field, source: str, buddy: QWidget | None) -> Text:
        label = Text()
        self.phrases.say(label.setText, source)
        if buddy is not None:
            label.setBuddy(buddy)
        self.labels[field] = label
        return label


def _pair(label: QWidget, field: QWidget) -> QWidget:
    held = QWidget()
    line = QHBoxLayout(held)
    line.setContentsMargins(0, 0, 12, 0)
    line.setSpacing(8)
    line.addWidget(label)
    line.addWidget(field)
    return held


def toggle() -> QToolButton:
    """Make the button that opens and closes the further fields."""
    button = QToolButton()
    button.setCheckable(True)
    button.setAutoRaise(True)
    button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return button
