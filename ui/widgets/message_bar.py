"""A line inside the window that says what happened and what can be done; takes the place of boxes with OK."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from ui.theme import Ink, icon, look
from ui.widgets.phrases import View
from ui.widgets.scroll import Scroll
from ui.widgets.text import Text

LEAST_WORDS = 330
"""What the words need beside the verbs, in pixels at normal text size."""


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


class _Said(Scroll):
    """The words of the message: as high as they are, less and scrolling where the window has no room for them."""

    def __init__(self, words: Text) -> None:
        self._words = words
        super().__init__(words)
        self.verticalScrollBar().rangeChanged.connect(self._take_keys)

    def _take_keys(self, _least: int, most: int) -> None:
        hidden = most > self._words.fontMetrics().lineSpacing() // 2
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if hidden else Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """Ask for every line."""
        # As wide as without a bar: with one on show, the words would never get the lines that make it go.
        height = max(self._words.fontMetrics().lineSpacing(), self._words.heightForWidth(self.width()))
        return QSize(self._words.sizeHint().width(), height + 2)

    def minimumSizeHint(self) -> QSize:
        """Ask for two lines at least."""
        return QSize(0, min(self.sizeHint().height(), 2 * self._words.fontMetrics().lineSpacing()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for as many lines as this width makes."""
        super().resizeEvent(event)
        self.updateGeometry()


class MessageBar(View):
    """Shows one message until the officer closes it or another takes its place; a lasting one cannot be closed.

    A reminder takes nobody's place: it waits until nothing else is on show, and steps back for what comes meanwhile.
    """

    def __init__(self, parent: QWidget | None = None, *, lasting: bool = False) -> None:
        super().__init__(parent)
        self._message: Message | None = None
        self._reminder: Message | None = None
        self._picture = QLabel()
        self._picture.setTextFormat(Qt.TextFormat.PlainText)
        self._words = Text(wrap=True)
        self._said = _Said(self._words)
        self._said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._said.viewport().setAutoFillBackground(False)
        self._words.setAutoFillBackground(False)
        self._verbs = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._verbs.setContentsMargins(0, 0, 0, 0)
        self._verbs.addWidget(self._said, 1)
        self._buttons: list[QPushButton] = []
        self.close_button = QToolButton()
        self.close_button.setAutoRaise(True)
        self.phrases.say(self.close_button.setAccessibleName, "Close the message")
        self.phrases.draw(self.close_button.setIcon, "x")
        self.close_button.clicked.connect(self.clear)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(12, 4, 6, 4)
        self._line.addWidget(self._picture)
        self._line.addLayout(self._verbs, 1)
        # Placed in its height: a part of a fixed height bounds the whole line to it, and the words to two lines.
        self._line.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.close_button.setVisible(not lasting)
        self.hide()

    @property
    def text(self) -> str:
        """The words on show, "" when there is nothing."""
        return self._words.text() if self._message is not None else ""

    def tell(self, message: Message) -> None:
        """Show a message in the place of the last one."""
        self._show(message)

    def remind(self, message: Message) -> None:
        """Show a message once nothing else is on show."""
        self._reminder = message
        if self._message is None:
            self._show(message)

    def _show(self, message: Message) -> None:
        self._message = message
        self._take_verbs_away()
        for remedy in message.remedies:
            button = QPushButton()
            button.clicked.connect(remedy.do)
            self._verbs.addWidget(button)
            self._buttons.append(button)
        self.render_state()
        self._place()
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Show nothing, or the reminder that waited behind what was on show."""
        if self._message is self._reminder:
            self._reminder = None
        self._message = None
        self._take_verbs_away()
        self._words.setText("")
        self._said.setAccessibleName("")
        self.setAccessibleName("")
        self.hide()
        if self._reminder is not None:
            self._show(self._reminder)

    def render_state(self) -> None:
        """Say the message in the language in force."""
        if self._message is None:
            return
        name, ink = _shape(self._message.weight)
        side = look().px(18)
        self._picture.setPixmap(icon(name, ink).pixmap(QSize(side, side)))
        self._words.setText(self._message.words())
        self._said.updateGeometry()
        self._said.setAccessibleName(self._words.text())
        self.setAccessibleName(self._words.text())
        for button, remedy in zip(self._buttons, self._message.remedies, strict=True):
            button.setText(remedy.verb())

    def _take_verbs_away(self) -> None:
        for button in self._buttons:
            button.deleteLater()
        self._buttons = []

    def _place(self) -> None:
        """Put the verbs beside the words, or under them where that would leave the words too little."""
        verbs = sum(button.sizeHint().width() for button in self._buttons)
        down = bool(self._buttons) and self.width() - verbs < look().px(LEAST_WORDS)
        self._verbs.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)
        for button in self._buttons:
            self._verbs.setAlignment(button, Qt.AlignmentFlag.AlignLeft if down else Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the verbs anew."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt
        """Draw the ground and an edge in the message's ink."""
        painter = QPainter(self)
        colours = look().colours
        painter.fillRect(self.rect(), QColor(colours.base))
        painter.setPen(QColor(colours.border))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._message is not None:
            painter.fillRect(0, 0, 4, self.height(), QColor(colours.ink(_shape(self._message.weight)[1])))
