"""How a cell of a list is drawn: a mark or a line of text, and in it what was found.

Qt's own delegate asks the model seven things for every cell, each through the binding: a long list then takes more than
a frame to jump. Here each cell is asked for once, directly, and keeps its words for a moment.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import look, weighted
from ui.widgets.marks import Mark, caption, paint_mark

Spans = tuple[tuple[int, int], ...]
AnyIndex = QModelIndex | QPersistentModelIndex
SIDE = 3
"""Pixels at each side of a cell's text, as Fusion has them."""
_FAINT = 36
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows: a mark, or a text with its picture."""

    text: str = ""
    mark: Mark | None = None
    icon: QIcon | None = None
    strong: bool = False
    slanted: bool = False
    right: bool = False


class Cells(Protocol):
    """Where cells come from, and what is to be marked in a text."""

    spans: Callable[[str], Spans]

    def cell(self, row: int, column: int) -> Cell:
        """Give one cell."""


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours of a list: of text, and of what is under it, plain and chosen."""

    text: QColor
    base: QColor
    chosen_text: QColor
    chosen: QColor


class RowDelegate(QStyledItemDelegate):
    """Draws cells in the row height of the look; the list tells the inks and the chosen row before each drawing."""

    def __init__(self, cells: Cells, parent: "object | None" = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]  # a QObject
        self._cells = cells
        self._inks = Inks(QColor(), QColor(), QColor(), QColor())
        self._chosen = -1

    def begin(self, inks: Inks, chosen: int) -> None:
        """Take what holds for the whole drawing."""
        self._inks, self._chosen = inks, chosen

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Give every row the same height."""
        return QSize(super().sizeHint(option, index).width(), look().row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the cell; a marked one shows its mark instead of the word.

        The frame of the pane shows the focus: none is drawn around a cell.
        """
        row, inks = index.row(), self._inks
        chosen = row == self._chosen
        room: QRect = option.rect
        ground, pen = (inks.chosen, inks.chosen_text) if chosen else (inks.base, inks.text)
        if chosen:
            painter.fillRect(room, ground)
        cell = self._cells.cell(row, index.column())
        if cell.mark is not None:
            _stamp(painter, room.adjusted(look().px(4), 0, -2, 0), cell.mark, ground)
            return
        room.adjust(SIDE, 0, -SIDE, 0)
        if cell.icon is not None:
            side = look().icon
            spot = QRect(room.x(), room.y() + (room.height() - side) // 2, side, side)
            mode = QIcon.Mode.Selected if chosen else QIcon.Mode.Normal
            cell.icon.paint(painter, spot, Qt.AlignmentFlag.AlignCenter, mode)
            room.adjust(side + 2 * SIDE, 0, 0, 0)
        if cell.text:
            _write(painter, room, cell, pen, self._cells.spans(cell.text))


def _stamp(painter: QPainter, room: QRect, mark: Mark, ground: QColor) -> None:
    """Draw a mark that was drawn before from memory."""
    ratio = painter.device().devicePixelRatioF()
    worn = look()
    key = f"{caption(mark)} {room.width()} {room.height()} {ground.rgba()} {worn.percent} {worn.colours.base} {ratio}"
    picture = QPixmap()
    if not QPixmapCache.find(key, picture):
        picture = QPixmap(QSize(round(room.width() * ratio), round(room.height() * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        inner = QPainter(picture)
        paint_mark(inner, QRect(0, 0, room.width(), room.height()), mark, ground)
        inner.end()
        QPixmapCache.insert(key, picture)
    painter.drawPixmap(room.topLeft(), picture)


@lru_cache(maxsize=16)
def _font(strong: bool, slanted: bool, percent: int) -> tuple[QFont, QFontMetrics]:  # noqa: ARG001, FBT001 - the key
    font = weighted(QFont.Weight.DemiBold if strong else QFont.Weight.Normal, italic=slanted)
    return font, QFontMetrics(font)


def _write(painter: QPainter, room: QRect, cell: Cell, pen: QColor, spans: Spans) -> None:
    font, metrics = _font(cell.strong, cell.slanted, look().percent)
    shown = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, room.width())
    for start, end in spans:
        if start < len(shown):
            left = metrics.horizontalAdvance(shown[:start])
            width = metrics.horizontalAdvance(shown[: min(end, len(shown))]) - left
            # Not by colour alone: a line under the word, and a faint ground.
            spot = QRect(room.x() + left, room.center().y() - metrics.height() // 2, width, metrics.height())
            ground = QColor(pen)
            ground.setAlpha(_FAINT)
            painter.fillRect(spot, ground)
            painter.fillRect(QRect(spot.x(), spot.bottom() - 1, width, 2), pen)
    painter.setFont(font)
    painter.setPen(pen)
    painter.drawText(room, _RIGHT if cell.right else _LEFT, shown)
