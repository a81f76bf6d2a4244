"""A line inside the window that says what happened and what can be done; takes the place of boxes with OK."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from ui.theme import Ink, icon, look
from ui.widgets.phrases import View
from ui.widgets.text import Text


class Weight(Enum):
    """How much a message matters."""

    NEWS = "news"
    GOOD = "good"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Remedy:
    """A button of the message: a verb and what it does."""

    verb: Callable[[], str]
    do: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Message:
    """What is said; `words` is asked again after a change of language."""

    weight: Weight
    words: Callable[[], str]
    remedies: tuple[Remedy, ...] = ()


def _shape(weight: Weight) -> tuple[str, Ink]:
    match weight:
        case Weight.NEWS:
            return "info", Ink.TEXT
        case Weight.GOOD:
            return "circle-check", Ink.GOOD
        case Weight.WARNING:
            return "triangle-alert", Ink.WARN
        case Weight.FAULT:
            return "circle-alert", Ink.FAULT
        case _:
            assert_never(weight)


class MessageBar(View):
    """Shows one message until the officer closes it or another takes its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message: Message | None = None
        self._picture = QLabel()
        self._picture.setTextFormat(Qt.TextFormat.PlainText)
        self._words = Text(wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._buttons: list[QPushButton] = []
        self.close_button = QToolButton()
        self.close_button.setAutoRaise(True)
        self.phrases.say(self.close_button.setAccessibleName, "Close the message")
        self.phrases.draw(self.close_button.setIcon, "x")
        self.close_button.clicked.connect(self.clear)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(12, 4, 6, 4)
        self._line.addWidget(self._picture)
        self._line.addWidget(self._words, 1)
        self._line.addWidget(self.close_button)
        self.hide()

    @property
    def text(self) -> str:
        """The words on show, "" when there is nothing."""
        return self._words.text() if self._message is not None else ""

    def tell(self, message: Message) -> None:
        """Show a message in the place of the last one."""
        self._message = message
        for button in self._buttons:
            button.deleteLater()
        self._buttons = []
        for remedy in message.remedies:
            button = QPushButton()
            button.clicked.connect(remedy.do)
            self._line.insertWidget(self._line.count() - 1, button)
            self._buttons.append(button)
        self.render_state()
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Show nothing."""
        self._message = None
        self.hide()

    def render_state(self) -> None:
        """Say the message in the language in force."""
        if self._message is None:
            return
        name, ink = _shape(self._message.weight)
        side = look().px(18)
        self._picture.setPixmap(icon(name, ink).pixmap(QSize(side, side)))
        self._words.setText(self._message.words())
        self.setAccessibleName(self._words.text())
        for button, remedy in zip(self._buttons, self._message.remedies, strict=True):
            button.setText(remedy.verb())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt
        """Draw the ground and an edge in the message's ink."""
        painter = QPainter(self)
        colours = look().colours
        painter.fillRect(self.rect(), QColor(colours.base))
        painter.setPen(QColor(colours.border))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._message is not None:
            painter.fillRect(0, 0, 4, self.height(), QColor(colours.ink(_shape(self._message.weight)[1])))
