"""A part of a window that scrolls when the room ends, and keeps what has the cursor in sight."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QScrollArea, QSizePolicy, QWidget


class Scroll(QScrollArea):
    """Scrolls down; what is inside takes the width there is, and sideways only what needs more."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = inside
        self.setWidget(inside)
        self.verticalScrollBar().rangeChanged.connect(lambda *_: self.keep_in_sight())
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def keep_in_sight(self) -> None:
        """Scroll to the field that has the cursor; what was just unfolded has its place only after the layout."""
        focus = QApplication.focusWidget()
        if focus is not None and self._inside.isAncestorOf(focus):
            self.ensureWidgetVisible(focus)

    def _follow(self, _before: QWidget | None, _after: QWidget | None) -> None:
        self.keep_in_sight()

    def minimumSizeHint(self) -> QSize:
        """Ask for a few lines."""
        return QSize(0, self.fontMetrics().lineSpacing() * 3)


class Foot(Scroll):
    """A part under a list: as high as its lines need at this width, and it scrolls where the room ends before."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__(inside)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """Ask for what broken lines need at the width there is."""
        inside = self._inside
        height = inside.heightForWidth(self.width()) if inside.hasHeightForWidth() else inside.sizeHint().height()
        return QSize(inside.sizeHint().width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask anew: another width breaks lines elsewhere."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask anew when what is inside has changed."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Beside(QWidget):
    """Two parts side by side, or one under the other where the room is too narrow for both."""

    def __init__(self, first: QWidget, second: QWidget) -> None:
        super().__init__()
        self._second = second
        self._narrow = self._width = 0
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        self._line.addWidget(first, 1)
        self._line.addWidget(second)

    def set_widths(self, first: int, second: int) -> None:
        """Give the second part its width; below the first one's least width it stands underneath."""
        self._narrow = first + second
        self._width = second
        self._place()

    @property
    def stacked(self) -> bool:
        """Whether one stands under the other."""
        return self._line.direction() is QBoxLayout.Direction.TopToBottom

    def _place(self) -> None:
        down = self.width() < self._narrow
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)
        self._second.setMinimumWidth(0 if down else self._width)
        self._second.setMaximumWidth(16_777_215 if down else self._width)

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: it is taken as it comes."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the parts anew."""
        super().resizeEvent(event)
        self._place()
