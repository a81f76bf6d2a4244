"""The segmentation as buttons: what each code stands for; arrows walk, Enter offers the other ways to cut there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from ui.format import one_line
from ui.language import tr
from ui.widgets.flow import FlowRow
from ui.widgets.phrases import View


@dataclass(frozen=True, slots=True)
class Chip:
    """A segment as it is shown: its words, its codes, and whether it is spelled because the book lacks it."""

    text: str
    codes: tuple[str, ...]
    spelled: bool = False
    fixed: bool = False
    """Belongs to the frame of the message and cannot be cut otherwise."""


class ChipRow(View):
    """The chips in the order of the text; `asked` carries the place of a chip whose other ways are wanted."""

    asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips: tuple[Chip, ...] = ()
        self.buttons: list[QToolButton] = []
        self.menu: QMenu | None = None
        self._flow = FlowRow()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._flow)
        column.addStretch(1)

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Show these; the cursor stays at its place."""
        here = self.place()
        self.chips = tuple(chips)
        while len(self.buttons) > len(self.chips):
            button = self.buttons.pop()
            self._flow.take_out(button)
            button.hide()
            button.deleteLater()
        while len(self.buttons) < len(self.chips):
            self.buttons.append(self._button(len(self.buttons)))
        self.render_state()
        if here is not None and self.buttons:
            self.buttons[min(here, len(self.buttons) - 1)].setFocus()

    def place(self) -> int | None:
        """Say which chip has the cursor."""
        return next((at for at, button in enumerate(self.buttons) if button.hasFocus()), None)

    def offer(self, at: int, ways: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """Open the menu of other ways at a chip."""
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = menu = QMenu(self)
        for said, do in ways:
            menu.addAction(said).triggered.connect(lambda _=False, run=do: run())
        if not ways:
            menu.addAction(tr("The book has no other way here")).setEnabled(False)
        menu.popup(self.buttons[at].mapToGlobal(QPoint(0, self.buttons[at].height())))

    def render_state(self) -> None:
        """Say every chip."""
        for chip, button in zip(self.chips, self.buttons, strict=True):
            shown = one_line(chip.text).replace("&", "&&")
            button.setText(f"{shown} → {' '.join(chip.codes)}")
            said = tr("{text}: {codes}", text=one_line(chip.text), codes=" ".join(chip.codes))
            button.setAccessibleName(tr("{said}, spelled", said=said) if chip.spelled else said)
            font = button.font()
            font.setItalic(chip.spelled)
            button.setFont(font)
        self._flow.refit()

    def dress(self) -> None:
        """Take the look in force."""
        super().dress()
        self._flow.refit()

    def _button(self, at: int) -> QToolButton:
        button = QToolButton()
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda _=False: self.asked.emit(at))
        button.installEventFilter(self)
        self._flow.add(button)
        if self.buttons:
            QWidget.setTabOrder(self.buttons[-1], button)
        button.show()
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk with the arrows; Enter opens as Space does."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched in self.buttons:
            at, key = self.buttons.index(watched), event.key()
            ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self.buttons) - 1}
            steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.asked.emit(at)
                return True
            if key in steps or key in ends:
                to = ends.get(Qt.Key(key), at + steps.get(Qt.Key(key), 0))
                self.buttons[max(0, min(len(self.buttons) - 1, to))].setFocus()
                return True
        return super().eventFilter(watched, event)
