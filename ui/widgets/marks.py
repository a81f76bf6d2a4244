"""Stamps for secrecy, pills for precedence, and the banner: a word in a shape, never a colour alone."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from secmsg.wire.cable import Degree, Urgency
from ui import words
from ui.language import tr
from ui.theme import Colours, look, weighted

Mark = Degree | Urgency
_PAD = 8


def mark_font() -> QFont:
    """Give the font of pills and stamps."""
    return weighted(QFont.Weight.Bold, scale=0.8)


def caption(mark: Mark) -> str:
    """Give a mark's word as stamped."""
    return (words.degree(mark) if isinstance(mark, Degree) else words.urgency(mark)).upper()


def mark_size(mark: Mark) -> QSize:
    """Give the room a mark takes."""
    metrics = QFontMetricsF(mark_font())
    double = look().px(4) if mark is Degree.SECRET else 0
    width = round(metrics.horizontalAdvance(caption(mark))) + 2 * look().px(_PAD) + double
    return QSize(width + 2, round(metrics.height()) + look().px(5) + double)


def marks_width(marks: type[Degree] | type[Urgency]) -> int:
    """Give the width a column needs for every mark of a kind."""
    return max(mark_size(mark).width() for mark in marks) + look().px(12)


def paint_mark(painter: QPainter, room: QRect, mark: Mark, ground: QColor) -> None:
    """Draw a mark at the left of `room`, in the middle of its height; `ground` is what lies under it."""
    size = mark_size(mark)
    height = min(size.height(), room.height() - 3)
    frame = QRectF(room.left(), room.top() + (room.height() - height) / 2, min(size.width(), room.width()), height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(mark_font())
    colours = look().colours
    if isinstance(mark, Urgency):
        _pill(painter, frame, mark, colours, ground)
    else:
        _stamp(painter, frame, mark, colours, ground)
    painter.restore()


def _pill(painter: QPainter, frame: QRectF, urgency: Urgency, colours: Colours, ground: QColor) -> None:
    match urgency:
        case Urgency.FLASH:
            fill, ink = colours.flash, colours.on_flash
        case Urgency.IMMEDIATE:
            fill, ink = colours.immediate, colours.on_immediate
        case Urgency.PRIORITY:
            fill, ink = colours.priority, colours.on_priority
        case _:
            fill, ink = "", _readable(ground, colours)
    if fill:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
    painter.setPen(QColor(ink))
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, caption(urgency))


def _stamp(painter: QPainter, frame: QRectF, degree: Degree, colours: Colours, ground: QColor) -> None:
    ink = QColor(colours.stamp)
    inner = frame.adjusted(1, 1, -1, -1)
    match degree:
        case Degree.UNCLASSIFIED:
            ink = QColor(_readable(ground, colours))
        case Degree.CONFIDENTIAL:
            painter.setPen(QPen(ink, 1.2))
            painter.setBrush(QColor(colours.base))
            painter.drawRoundedRect(inner, 2, 2)
        case Degree.SECRET:
            painter.setPen(QPen(ink, 1.2))
            painter.setBrush(QColor(colours.base))
            painter.drawRect(inner)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(inner.adjusted(2.5, 2.5, -2.5, -2.5))
        case Degree.TOP_SECRET:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.stamp_fill))
            painter.drawRoundedRect(inner, 2, 2)
            ink = QColor(colours.on_stamp)
    painter.setPen(ink)
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, caption(degree))


def _readable(ground: QColor, colours: Colours) -> str:
    return colours.on_accent if ground.name() == colours.accent else colours.text


class LevelBanner(QWidget):
    """The degree of what is shown, across the whole pane; grey and hatched while none is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._degree: Degree | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_degree(None)

    @property
    def degree(self) -> Degree | None:
        """The degree shown."""
        return self._degree

    def show_degree(self, degree: Degree | None) -> None:
        """Show a degree, or that none is chosen."""
        self._degree = degree
        self.dress()

    def dress(self) -> None:
        """Take the look and the language in force."""
        self.setAccessibleName(self.caption())
        self.updateGeometry()
        self.update()

    def caption(self) -> str:
        """Give the banner's words."""
        if self._degree is None:
            return tr("CHOOSE A CLASSIFICATION")
        return caption(self._degree)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.dress()

    def sizeHint(self) -> QSize:
        """Ask for one line with its frames."""
        return QSize(200, look().px(32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt
        """Draw the frame of the degree."""
        colours = look().colours
        painter = QPainter(self)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ink = QColor(colours.stamp)
        match self._degree:
            case None:
                painter.fillRect(self.rect(), QColor(colours.window))
                painter.setPen(QPen(QColor(colours.border), 6))
                step = look().px(18)
                for x in range(-self.height(), self.width(), step):
                    painter.drawLine(QPointF(x, self.height()), QPointF(x + self.height(), 0))
                ink = QColor(colours.text)
            case Degree.UNCLASSIFIED:
                painter.fillRect(self.rect(), QColor(colours.window))
                painter.setPen(QPen(QColor(colours.border), 1))
                painter.drawRect(frame)
                ink = QColor(colours.text)
            case Degree.CONFIDENTIAL:
                painter.fillRect(self.rect(), QColor(colours.base))
                painter.setPen(QPen(ink, 1))
                painter.drawRect(frame)
            case Degree.SECRET:
                painter.fillRect(self.rect(), QColor(colours.base))
                painter.setPen(QPen(ink, 2))
                painter.drawRect(frame)
                painter.setPen(QPen(ink, 1))
                painter.drawRect(frame.adjusted(4, 4, -4, -4))
            case Degree.TOP_SECRET:
                painter.fillRect(self.rect(), QColor(colours.stamp_fill))
                ink = QColor(colours.on_stamp)
        font = weighted(QFont.Weight.Bold)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 3)
        painter.setFont(font)
        if self._degree is None:
            self._clear_behind(painter, font, colours)
        painter.setPen(ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.caption())

    def _clear_behind(self, painter: QPainter, font: QFont, colours: Colours) -> None:
        width = QFontMetricsF(font).horizontalAdvance(self.caption()) + look().px(24)
        room = QRectF((self.width() - width) / 2, 2, width, self.height() - 4)
        painter.fillRect(room, QBrush(QColor(colours.window)))
