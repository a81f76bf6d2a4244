"""A field for several addressees, found with or without tone marks; each one picked is a button."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    QStringListModel,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from secmsg.ids import StationId
from secmsg.vietnamese import fold
from ui.format import one_line
from ui.language import in_english, tr
from ui.theme import icon, look
from ui.widgets.flow import FlowRow
from ui.widgets.phrases import View


@dataclass(frozen=True, slots=True)
class Choice:
    """One station that can be picked, under its names in both languages."""

    station: StationId
    name_vi: str
    name_en: str
    place: str

    def name(self) -> str:
        """Give the name in the language in force."""
        return one_line((self.name_en or self.name_vi) if in_english() else self.name_vi)

    def fits(self, words: Sequence[str]) -> bool:
        """Say whether every folded word occurs in a name or the place."""
        text = fold(f"{self.name_vi} {self.name_en} {self.place}")
        return all(word in text for word in words)


class _Finder(QSortFilterProxyModel):
    """Lists the stations that fit what is typed."""

    def __init__(self, fits: Callable[[int], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._fits = fits

    def look_again(self) -> None:
        """Filter anew."""
        self.beginFilterChange()
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: QModelIndex | QPersistentModelIndex) -> bool:  # noqa: ARG002 - Qt
        """Ask the picker."""
        return self._fits(source_row)


class Picker(View):
    """Several stations; `picked` gives the tuple of them after every change."""

    picked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._chosen: tuple[StationId, ...] = ()
        self._chips: list[QToolButton] = []
        self.field = QLineEdit()
        self.field.setMinimumWidth(look().px(160))
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.phrases.say(self.field.setPlaceholderText, "Type a name, then Enter")
        self._names = QStringListModel(self)
        self._finder = _Finder(self._fits, self)
        self._finder.setSourceModel(self._names)
        self._completer = QCompleter(self._finder, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field.setCompleter(self._completer)
        self._completer.activated.connect(self._take_named)
        self.field.textEdited.connect(lambda _: self._finder.look_again())
        self.field.installEventFilter(self)
        self._row = FlowRow(self.field, widen=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._row)

    @property
    def chosen(self) -> tuple[StationId, ...]:
        """The stations picked, in the order of picking."""
        return self._chosen

    def offer(self, choices: Sequence[Choice]) -> None:
        """Say which stations there are."""
        self._choices = tuple(choices)
        self.render_state()

    def put(self, chosen: Sequence[StationId]) -> None:
        """Show these as picked, without telling."""
        self._chosen = tuple(chosen)
        self.render_state()

    def add(self, station: StationId) -> None:
        """Pick one more."""
        if station not in self._chosen:
            self._chosen = (*self._chosen, station)
            self.render_state()
            self.picked.emit(self._chosen)

    def drop(self, station: StationId) -> None:
        """Let one go."""
        self._chosen = tuple(s for s in self._chosen if s != station)
        self.render_state()
        self.field.setFocus()
        self.picked.emit(self._chosen)

    def take_first(self) -> bool:
        """Pick the first station that fits what is typed."""
        words = fold(self.field.text()).split()
        if not words:
            return False
        fitting = [c for c in self._choices if c.station not in self._chosen and c.fits(words)]
        if not fitting:
            return False
        self.add(fitting[0].station)
        self._empty()
        return True

    def render_state(self) -> None:
        """Draw the chips anew and offer the names in the language in force."""
        self._names.setStringList([c.name() for c in self._choices])
        for chip in self._chips:
            self._row.take_out(chip)
            chip.hide()
            chip.deleteLater()
        names = {c.station: c.name() for c in self._choices}
        self._chips = []
        for station in self._chosen:
            chip = QToolButton()
            name = names.get(station, tr("Station {n}", n=station))
            chip.setText(f" {name} ".replace("&", "&&"))
            chip.setIcon(icon("x"))
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            chip.setAccessibleName(tr("Remove {name}", name=name))
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.clicked.connect(lambda _=False, s=station: self.drop(s))
            self._row.insert(chip)
            QWidget.setTabOrder(self._chips[-1] if self._chips else self.field, chip)
            chip.show()
            self._chips.append(chip)
        self._row.refit()

    def _fits(self, at: int) -> bool:
        choice = self._choices[at]
        return choice.station not in self._chosen and choice.fits(fold(self.field.text()).split())

    def _take_named(self, name: str) -> None:
        for choice in self._choices:
            if choice.name() == name:
                self.add(choice.station)
        self._empty()

    def _empty(self) -> None:
        self.field.clear()
        self._finder.look_again()
        if (popup := self._completer.popup()) is not None:
            popup.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter for the first that fits, and Backspace in an empty field for the last chip."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.take_first():
                return True
            popup = self._completer.popup()
            if plain and event.key() == Qt.Key.Key_Down and (popup is None or not popup.isVisible()):
                self._finder.look_again()
                self._completer.complete()
                return True
            if plain and event.key() == Qt.Key.Key_Backspace and not self.field.text() and self._chosen:
                self.drop(self._chosen[-1])
                return True
        return super().eventFilter(watched, event)
