"""Shows the grid of the paper and takes figures: arrows walk its boxes, figures go to the state that holds it."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.language import tr
from ui.manual.sheet import COLUMNS, HEAD, Box, Grid, Line, Mark, Spot
from ui.theme import look, mono, weighted

AnyIndex = QModelIndex | QPersistentModelIndex
FIGURES = 1.4
"""Of the program's text size: 14 points where that is 10."""
TALL, LOW, GAP = 34, 20, 8
"""Heights of a line of figures, of a line of small figures, and what parts two rows; pixels at normal text size."""
SMALL_LINES = (Line.SEED, Line.RUNNING)
OUT_LINES = (Line.CIPHER, Line.CHECK)


def line_name(line: Line) -> str:
    """Name a line of the paper."""
    return {
        Line.HEADER: tr("Header"),
        Line.SEED: tr("seed"),
        Line.CODE: tr("Plain (code)"),
        Line.KEY: tr("Key"),
        Line.CIPHER: tr("Cipher"),
        Line.CHECK: tr("Check"),
        Line.RUNNING: tr("running tag"),
    }[line]


def mark_name(mark: Mark) -> str:
    """Say how a box stands, where that is not to be seen by its figures."""
    return {Mark.OPEN: tr("to be filled"), Mark.WRONG: tr("wrong"), Mark.MENDED: tr("rebuilt from parity")}.get(
        mark, ""
    )


class GridModel(QAbstractTableModel):
    """The grid as a table: the names of the lines, then ten columns; the first row numbers them."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = Grid()
        self.rows: list[tuple[int, Line | None]] = [(0, None)]
        self.columns = COLUMNS

    def show_grid(self, grid: Grid) -> None:
        """Take another grid; the boxes stay where they are if its shape is the same."""
        rows: list[tuple[int, Line | None]] = [(0, None)]
        rows += [(HEAD, Line.HEADER)] if grid.head else []
        rows += [(row, line) for row, band in enumerate(grid.bands) for line, _ in band.lines]
        self.grid, before = grid, (self.rows, self.columns)
        if (rows, grid.columns) != before:
            self.beginResetModel()
            self.rows, self.columns = rows, grid.columns
            self.endResetModel()
        else:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.columns))

    def spot_at(self, index: AnyIndex) -> Spot | None:
        """Give the spot of a cell; None for names and numbers."""
        row, line = self.rows[index.row()]
        return None if line is None or index.column() < 1 else Spot(line, row, index.column() - 1)

    def index_of(self, spot: Spot) -> QModelIndex:
        """Give the cell of a spot."""
        for at, (row, line) in enumerate(self.rows):
            if line is spot.line and row == spot.row:
                return self.index(at, spot.column + 1)
        return QModelIndex()

    def box_at(self, index: AnyIndex) -> Box:
        """Give what stands in a cell, the tags included."""
        spot = self.spot_at(index)
        if spot is None:
            return Box()
        if (which := self.grid.tag_at(spot)) is not None:
            return self.grid.tags[which] if spot.line is Line.CIPHER else Box("", self.grid.tags[which].mark)
        return self.grid.box(spot)

    def rowCount(self, _parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Count the lines."""
        return len(self.rows)

    def columnCount(self, _parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - as above
        """Ten or eleven, and the names."""
        return self.columns + 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Say what stands in a cell, and for screen readers where that is."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        _, line = self.rows[index.row()]
        if line is None:
            return tr("Column") if index.column() == 0 else _column_name(index.column())
        if index.column() == 0:
            return line_name(line)
        box, spot = self.box_at(index), self.spot_at(index)
        if role == Qt.ItemDataRole.DisplayRole or spot is None or box.mark is Mark.UNUSED:
            return box.text
        said = tr("{where}, {line}: {figures}", where=self._where(spot), line=line_name(line), figures=box.text)
        return ", ".join(part for part in (said, mark_name(box.mark)) if part)

    def _where(self, spot: Spot) -> str:
        if spot.line is Line.HEADER:
            return tr("Header group {n}", n=spot.column + 1)
        if self.grid.tag_at(spot) is not None:
            return tr("Tag group")
        if spot.column == COLUMNS:
            return tr("Parity group of row {n}", n=spot.row + 1)
        return tr("Group {n}", n=spot.place + 1)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Let the boxes in use be walked to."""
        spot = self.spot_at(index)
        if spot is None or self.box_at(index).mark is Mark.UNUSED:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | None:
        """Say the number of a column to screen readers; on the screen the first row does."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return tr("Column {n}", n=_column_name(section)) if section else tr("Line")


def _column_name(column: int) -> str:
    return str(column) if column <= COLUMNS else tr("parity")


class _Painter(QStyledItemDelegate):
    """Draws a box as it stands; never by colour alone: what is wrong has a frame and a stroke."""

    def __init__(self, model: GridModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one cell."""
        colours, room = look().colours, QRect(option.rect)
        _, line = self._model.rows[index.row()]
        if line is Line.SEED:
            room.setTop(room.top() + look().px(GAP))
        painter.save()
        if line is None or index.column() == 0:
            bold = line in OUT_LINES or (line is None and index.column() > 0)
            font = weighted(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
            painter.setFont(font)
            dim = line is None or line in SMALL_LINES
            painter.setPen(QColor(colours.dim if dim else colours.text))
            room.setLeft(room.left() + (look().px(4) if index.column() == 0 else 0))
            side = Qt.AlignmentFlag.AlignLeft if index.column() == 0 else Qt.AlignmentFlag.AlignHCenter
            painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), str(index.data()))
        else:
            self._box(painter, room, index, line)
        painter.restore()

    def _box(self, painter: QPainter, room: QRect, index: AnyIndex, line: Line) -> None:
        colours, box = look().colours, self._model.box_at(index)
        if line in SMALL_LINES:
            at, spot = self._model.grid.at, self._model.spot_at(index)
            here = at is not None and spot is not None and (at.row, at.column) == (spot.row, spot.column)
            ink = colours.fault if box.mark is Mark.WRONG else colours.focus if here else colours.dim
            painter.setFont(mono(0.9))
            painter.setPen(QColor(ink))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, box.text)
            self._frame(painter, room, box, spot=self._model.spot_at(index))
            return
        ground = colours.window if box.mark is Mark.UNUSED else colours.out if line in OUT_LINES else colours.base
        painter.fillRect(room, QColor(ground))
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawRect(room.adjusted(0, 0, -1, -1))
        painter.setFont(mono(FIGURES))
        painter.setPen(QColor(colours.fault if box.mark is Mark.WRONG else colours.text))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, box.text)
        if line in OUT_LINES:  # the font comes in one weight: what goes out is drawn twice
            painter.drawText(room.translated(1, 0), Qt.AlignmentFlag.AlignCenter, box.text)
        self._frame(painter, room, box, spot=self._model.spot_at(index))

    def _frame(self, painter: QPainter, room: QRect, box: Box, *, spot: Spot | None) -> None:
        colours, here = look().colours, spot is not None and spot == self._model.grid.at
        if box.mark is Mark.WRONG:
            painter.setPen(QPen(QColor(colours.fault), 2))
            painter.drawRect(room.adjusted(1, 1, -2, -2))
            painter.drawLine(room.left() + 8, room.bottom() - 4, room.right() - 8, room.bottom() - 4)
        elif box.mark is Mark.MENDED:
            painter.setPen(QPen(QColor(colours.good), 2, Qt.PenStyle.DashLine))
            painter.drawRect(room.adjusted(1, 1, -2, -2))
        if here:
            painter.setPen(QPen(QColor(colours.focus), 3))
            painter.drawRect(room.adjusted(1, 1, -2, -2))


class GridTable(QTableView):
    """The grid with its cursor; `figure` carries one figure or what was pasted, `moved` a Spot, `erased` the table."""

    figure: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    moved: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    erased: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, lines: Callable[[], str]) -> None:
        super().__init__()
        self._named = lines
        self.grid_model = GridModel()
        self._telling = True
        self.setModel(self.grid_model)
        self.setItemDelegate(_Painter(self.grid_model, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.selectionModel().currentChanged.connect(self._tell)
        self.grid_model.modelReset.connect(self.fit)

    def show_grid(self, grid: Grid) -> None:
        """Show a grid with its cursor."""
        self._telling = False
        self.grid_model.show_grid(grid)
        if grid.at is not None:
            index = self.grid_model.index_of(grid.at)
            self.setCurrentIndex(index)
            self.scrollTo(index)
        self._telling = True
        self.setAccessibleName(self._named())
        self.viewport().update()

    def fit(self) -> None:
        """Give lines and columns their sizes in this look."""
        for row, (_, line) in enumerate(self.grid_model.rows):
            low = line is None or line in SMALL_LINES
            self.setRowHeight(row, look().px((LOW if low else TALL) + (GAP if line is Line.SEED else 0)))
        name = max(self.fontMetrics().horizontalAdvance(line_name(line)) for line in Line) + look().px(12)
        least = self._least_column()
        columns = self.grid_model.columns
        each = max(least, (self.viewport().width() - name) // columns)
        self.setColumnWidth(0, name)
        for column in range(1, columns + 1):
            self.setColumnWidth(column, each)

    def dress(self) -> None:
        """Take the look in force."""
        self.fit()
        self.viewport().update()

    def _least_column(self) -> int:
        return QFontMetrics(mono(FIGURES)).horizontalAdvance("00000") + look().px(8)

    def _tell(self, current: QModelIndex, _before: QModelIndex) -> None:
        spot = self.grid_model.spot_at(current) if current.isValid() else None
        if self._telling and spot is not None:
            self.moved.emit(spot)

    def sizeHint(self) -> QSize:
        """Ask for every line."""
        high = sum(self.rowHeight(row) for row in range(self.grid_model.rowCount()))
        return QSize(self.columnWidth(0) + self.grid_model.columns * self._least_column(), high + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take figures and Backspace; the rest walks."""
        text = event.text()
        if text and text.isprintable() and not text.isspace() and not event.modifiers() & _COMMANDS:
            self.figure.emit(text)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.erased.emit(self)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take figures that come through an input method."""
        if event.commitString():
            self.figure.emit(event.commitString())
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the colour of the window under the boxes: the paper has no ground of its own."""
        QPainter(self.viewport()).fillRect(event.rect(), QColor(look().colours.window))
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()


_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
