"""Labels that show text as text: no HTML, no hidden direction marks, whatever a cable holds."""

import html
from enum import Enum
from typing import assert_never

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.format import visible
from ui.theme import Ink, look, weighted

CLIPBOARD_HINT = "x-kde-passwordManagerHint"
"""Asks clipboard histories to keep nothing of what carries it; what carries it is taken away at the lock."""


class Tone(Enum):
    """How a label speaks."""

    PLAIN = "plain"
    DIM = "dim"
    BOLD = "bold"
    HEADING = "heading"
    TITLE = "title"


def font_of(tone: Tone) -> QFont:
    """Give the font of a tone in the size in force."""
    match tone:
        case Tone.PLAIN | Tone.DIM:
            return weighted()
        case Tone.BOLD:
            return weighted(QFont.Weight.DemiBold)
        case Tone.HEADING:
            return weighted(QFont.Weight.DemiBold, scale=1.5)
        case Tone.TITLE:
            return weighted(QFont.Weight.DemiBold, scale=1.15)
        case _:
            assert_never(tone)


def tip(widget: QWidget, text: str) -> None:
    """Give a widget a tool tip; Qt would otherwise guess whether it is HTML."""
    widget.setToolTip(f"<span>{html.escape(visible(text))}</span>" if text else "")


class Text(QLabel):
    """A label in plain text; wraps when told to."""

    def __init__(self, tone: Tone = Tone.PLAIN, *, wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self._ink: Ink | None = Ink.DIM if tone is Tone.DIM else None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.dress()

    def colour(self, ink: Ink | None) -> None:
        """Draw with another ink (None: as any text)."""
        self._ink = ink
        self.dress()

    def dress(self) -> None:
        """Take font and colour of the look in force."""
        self.setFont(font_of(self._tone))
        palette = self.palette()
        colours = look().colours
        palette.setColor(self.foregroundRole(), colours.text if self._ink is None else colours.ink(self._ink))
        self.setPalette(palette)
        self._hold_height()

    def setText(self, text: str) -> None:
        """Show `text` with everything invisible made visible."""
        super().setText(visible(text))
        self._hold_height()

    def _hold_height(self) -> None:
        # A layout that is short of room would cut lines off, for it asks wrapped labels only for one.
        if self.wordWrap():
            self.setMinimumHeight(0)  # Qt counts the least height in: a label once high would stay so for fewer lines
            self.setMinimumHeight(self.heightForWidth(self.width()) if self.text() else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep every line in sight."""
        super().resizeEvent(event)
        self._hold_height()


class Elided(Text):
    """One line that ends in … when there is no room; the whole is in the tool tip and for screen readers."""

    def __init__(self, tone: Tone = Tone.PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def cut(self) -> bool:
        """Whether the end is not shown."""
        return QFontMetrics(self.font()).horizontalAdvance(self.text()) > self.contentsRect().width()

    def setText(self, text: str) -> None:
        """Show one line."""
        super().setText(" ".join(text.split()))
        tip(self, text if self.cut else "")

    def minimumSizeHint(self) -> QSize:
        """Ask for no width."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether the tip is needed now."""
        super().resizeEvent(event)
        tip(self, self.text() if self.cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt
        """Draw what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.setFont(self.font())
        room = self.contentsRect()
        shown = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
