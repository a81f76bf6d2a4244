"""A layout that puts widgets side by side and goes to the next line when the room ends."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Left to right, then down; `widen` lets the last one take the rest of its line."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 4, widen: bool = True) -> None:
        super().__init__(parent)
        self._widen = widen
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more."""
        self._items.append(item)

    def insert_before_last(self, widget: QWidget) -> None:
        """Add a widget so that the last one stays last."""
        self.addWidget(widget)
        self._items.insert(len(self._items) - 2, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        """Count the items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Give an item, or None at the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Ask for no more than needed."""
        return Qt.Orientation(0)

    def height_at(self, width: int) -> int:
        """Give the height for a width."""
        return self._place(QRect(0, 0, width, 0), None)

    def setGeometry(self, room: QRect) -> None:
        """Place everything."""
        super().setGeometry(room)
        self._place(room, QPoint(room.topLeft()))

    def sizeHint(self) -> QSize:
        """Ask for the least."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Give the largest item's size."""
        least = QSize()
        for item in self._items:
            least = least.expandedTo(item.minimumSize())
        return least

    def _place(self, room: QRect, origin: QPoint | None) -> int:
        """Put the items into lines, each in the middle of its line; without an origin only measure."""
        y = room.y()
        for line in self._lines(room.width()):
            high = max(item.sizeHint().height() for item, _ in line)
            x = room.x()
            for item, width in line:
                wish = item.sizeHint().height()
                if origin is not None:
                    item.setGeometry(QRect(x, y + (high - wish) // 2, width, wish))
                x += width + self.spacing()
            y += high + self.spacing()
        return max(0, y - room.y() - self.spacing())

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, int]]]:
        lines: list[list[tuple[QLayoutItem, int]]] = []
        left = 0
        shown = [item for item in self._items if not item.isEmpty()]  # what is hidden takes no room, no space either
        for at, item in enumerate(shown):
            last = self._widen and at == len(shown) - 1
            wish = item.sizeHint().width()
            if not lines or left < (item.minimumSize().width() if last else wish):
                lines.append([])
                left = room
            width = left if last else min(wish, room)
            lines[-1].append((item, width))
            left -= width + self.spacing()
        return lines


class FlowRow(QWidget):
    """A line that breaks where the room ends and is then as high as it needs."""

    def __init__(self, *widgets: QWidget, widen: bool = False) -> None:
        super().__init__()
        self._flow = FlowLayout(self, spacing=8, widen=widen)
        for widget in widgets:
            self._flow.addWidget(widget)

    def add(self, widget: QWidget) -> None:
        """Add a widget at the end."""
        self._flow.addWidget(widget)

    def measure_anew(self) -> None:
        """Ask for another height after widgets were shown or hidden, before anything is drawn."""
        self._flow.invalidate()
        self.updateGeometry()

    def insert(self, widget: QWidget) -> None:
        """Add a widget before the last one."""
        self._flow.insert_before_last(widget)

    def take_out(self, widget: QWidget) -> None:
        """Remove a widget."""
        self._flow.removeWidget(widget)

    def refit(self) -> None:
        """Take the height that the width asks for."""
        self.setFixedHeight(self._flow.height_at(self.width()))

    def dress(self) -> None:
        """Take the look in force."""
        self.refit()

    def minimumSizeHint(self) -> QSize:
        """Ask for the widest of its widgets."""
        return self._flow.minimumSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the line anew."""
        super().resizeEvent(event)
        self.refit()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height of what is shown first."""
        super().showEvent(event)
        self.refit()
