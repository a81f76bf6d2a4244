"""Lists of frozen rows: a model that holds no translated text and a table driven by keys."""

import html
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from ui.format import one_line
from ui.language import tr
from ui.theme import look, weighted
from ui.widgets.marks import Mark, paint_mark
from ui.widgets.text import CLIPBOARD_HINT

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
AnyIndex = QModelIndex | QPersistentModelIndex
FREE_SHARE = 0.34
"""The part of the width that belongs to the column that takes what is left."""
LEAST_FREE = 150
"""What that column keeps in a narrow list, which then scrolls sideways; pixels at normal text size."""
LEAST_WIDTH, MOST_WIDTH = 24, 1200
"""Between what the officer may set a column."""
MARK_ROLE = Qt.ItemDataRole.UserRole + 1


class Rows(Protocol[R_co]):
    """Rows of which some may not be here yet."""

    def __len__(self) -> int: ...

    def at(self, place: int) -> R_co | None:
        """Give a row, None when it is still to be read."""

    def held(self) -> Iterator[tuple[int, R_co]]:
        """Give the rows that are here, with their places."""

    def first(self) -> tuple[R_co, ...]:
        """Give the rows from the first on, as far as they are here."""


class Whole(Generic[R]):
    """Rows that are all here."""

    def __init__(self, rows: Sequence[R] = ()) -> None:
        self.rows = tuple(rows)

    def __len__(self) -> int:
        return len(self.rows)

    def at(self, place: int) -> R | None:
        """Give a row."""
        return self.rows[place]

    def held(self) -> Iterator[tuple[int, R]]:
        """Give every row with its place."""
        return enumerate(self.rows)

    def first(self) -> tuple[R, ...]:
        """Give every row."""
        return self.rows


Spans = tuple[tuple[int, int], ...]


class Emphasis:
    """How a row's text is drawn."""

    PLAIN = QFont.Weight.Normal
    STRONG = QFont.Weight.DemiBold


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: its heading, what it says of a row, its width (None: it takes what is left).

    `least` is what it may be pressed to when the column that takes what is left would have too little.
    """

    heading: Callable[[], str]
    text: Callable[[R], str]
    width: Callable[[], int] | None
    least: Callable[[], int] | None = None
    right: bool = False
    mark: Callable[[R], Mark | None] = lambda _: None
    icon: Callable[[R], QIcon | None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Manner(Generic[R]):
    """What holds for whole rows: their key, their sentence for screen readers, and their emphasis."""

    key: Callable[[R], object]
    sentence: Callable[[R], str]
    strong: Callable[[R], bool] = lambda _: False
    slanted: Callable[[R], bool] = lambda _: False


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows for a table; words are made in `data`, so that a change of language needs only a repaint."""

    def __init__(self, columns: Sequence[Column[R]], manner: Manner[R]) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._manner = manner
        self._rows: Rows[R] = Whole()
        self.spans: Callable[[str], Spans] = lambda _: ()
        """What is to be marked in a cell's text, as it is written."""

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows in the order shown; of a long list those from the first on that are here."""
        return self._rows.first()

    @property
    def columns(self) -> tuple[Column[R], ...]:
        """The columns in order."""
        return self._columns

    def show_rows(self, rows: Sequence[R]) -> bool:
        """Take new rows; says whether anything is different."""
        if isinstance(self._rows, Whole) and (tuple(rows)) == self._rows.rows:
            return False
        self.beginResetModel()
        self._rows = Whole(rows)
        self.endResetModel()
        return True

    def show_paged(self, rows: Rows[R]) -> None:
        """Take a long list; the view stays where it was, for only the length and the cells change."""
        before, after = len(self._rows), len(rows)
        if after > before:
            self.beginInsertRows(QModelIndex(), before, after - 1)
            self._rows = rows
            self.endInsertRows()
        elif after < before:
            self.beginRemoveRows(QModelIndex(), after, before - 1)
            self._rows = rows
            self.endRemoveRows()
        self._rows = rows
        self.say_changed(0, after - 1)

    def say_changed(self, first: int, last: int) -> None:
        """Let these rows be drawn again."""
        if 0 <= first <= last < len(self._rows):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

    def reshape(self, columns: Sequence[Column[R]]) -> None:
        """Take other columns."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self.endResetModel()

    def row_at(self, place: int) -> R | None:
        """Give a row, None when there is none or it is still to be read."""
        return self._rows.at(place) if 0 <= place < len(self._rows) else None

    def place_of(self, key: object) -> int | None:
        """Find the row with a key among those that are here."""
        return next((i for i, row in self._rows.held() if self._manner.key(row) == key), None)

    def key_at(self, row: int) -> object:
        """Give a row's key, None when it is still to be read."""
        found = self.row_at(row)
        return None if found is None else self._manner.key(found)

    def manner_of(self, row: R) -> tuple[bool, bool]:
        """Say whether a row is drawn strong, and slanted."""
        return self._manner.strong(row), self._manner.slanted(row)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Count the rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Count the columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Say one cell."""
        if not index.isValid():
            return None
        row, column = self.row_at(index.row()), self._columns[index.column()]
        if row is None:
            return self._unread(column, role)
        if role == MARK_ROLE:
            return column.mark(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(column.text(row))
        if role == Qt.ItemDataRole.DecorationRole:
            return column.icon(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.FontRole:
            weight = Emphasis.STRONG if self._manner.strong(row) else Emphasis.PLAIN
            return weighted(weight, italic=self._manner.slanted(row))
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<span>{html.escape(one_line(column.text(row)))}</span>"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return one_line(self._manner.sentence(row) if index.column() == 0 else column.text(row))
        return None

    @staticmethod
    def _unread(column: Column[R], role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return "…" if column.width is None else ""
        return tr("being read from the store") if role == Qt.ItemDataRole.AccessibleTextRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Say a heading."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._columns[section].heading()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class RowDelegate(QStyledItemDelegate):
    """Draws cells in the row height of the look, marks where the model has one, and what was found in a text.

    Qt's own way asks the model seven things for every cell, each through the binding: a long list then takes more
    than a frame to jump. Here each cell is asked for once, directly.
    """

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Give every row the same height."""
        return QSize(super().sizeHint(option, index).width(), look().row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the cell; a marked one shows its mark instead of the word."""
        # The frame of the pane shows the focus; Fusion's own would be drawn over the marks.
        option.state &= ~QStyle.StateFlag.State_HasFocus
        widget: QWidget = option.widget
        model = index.model()
        if not isinstance(model, RowsModel):
            super().paint(painter, option, index)
            return
        widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, widget)
        column, row = model.columns[index.column()], model.row_at(index.row())
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        room: QRect = option.rect
        mark = None if row is None else column.mark(row)
        if mark is not None:
            palette = widget.palette()
            ground = palette.highlight() if selected else palette.base()
            paint_mark(painter, room.adjusted(look().px(4), 0, -2, 0), mark, ground.color())
            return
        room = room.adjusted(_SIDE, 0, -_SIDE, 0)
        if row is None:
            text, strong, slanted = ("…" if column.width is None else ""), False, False
        else:
            text = one_line(column.text(row))
            strong, slanted = model.manner_of(row)
            picture = column.icon(row)
            if picture is not None:
                side = look().icon
                spot = QRect(room.x(), room.y() + (room.height() - side) // 2, side, side)
                picture.paint(painter, spot)
                room = room.adjusted(side + 2 * _SIDE, 0, 0, 0)
        if text:
            palette = widget.palette()
            pen = (palette.highlightedText() if selected else palette.text()).color()
            _write(painter, room, text, _Hand(strong, slanted, look().percent), pen, column.right, model.spans)


@dataclass(frozen=True, slots=True)
class _Hand:
    """How a cell's text is written."""

    strong: bool
    slanted: bool
    percent: int


_SIDE = 3
"""Pixels at each side of a cell's text, as Fusion has them."""


@lru_cache(maxsize=16)
def _font(hand: _Hand) -> tuple[QFont, QFontMetrics]:
    font = weighted(Emphasis.STRONG if hand.strong else Emphasis.PLAIN, italic=hand.slanted)
    return font, QFontMetrics(font)


def _write(
    painter: QPainter,
    room: QRect,
    text: str,
    hand: _Hand,
    pen: QColor,
    right: bool,  # noqa: FBT001 - a column's own
    spans: Callable[[str], Spans],
) -> None:
    font, metrics = _font(hand)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    for start, end in spans(text):
        if start < len(shown):
            left = room.x() + metrics.horizontalAdvance(shown[:start])
            width = metrics.horizontalAdvance(shown[: min(end, len(shown))]) - metrics.horizontalAdvance(shown[:start])
            # Not by colour alone: a line under the word, and a faint ground.
            spot = QRect(left, room.center().y() - metrics.height() // 2, width, metrics.height())
            ground = QColor(pen)
            ground.setAlpha(_FAINT)
            painter.fillRect(spot, ground)
            painter.fillRect(QRect(left, spot.bottom() - 1, width, 2), pen)
    painter.setFont(font)
    painter.setPen(pen)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)


_FAINT = 36


class RowTable(QTreeView, Generic[R]):
    """A table of whole rows: arrows, J and K walk, Enter opens, Shift+F10 asks for the menu."""

    settled: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    entered_row: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    widened: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above; carries the table

    def __init__(self, model: RowsModel[R], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = model
        self.menu: QMenu | None = None
        self._wanted: object = None
        self._empty = ""
        self._own: dict[int, int] = {}
        self._fitting = False
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.header().setStretchLastSection(False)
        self.header().setSectionsMovable(False)
        self.header().setHighlightSections(False)
        self.setIconSize(QSize(look().icon, look().icon))
        self.selectionModel().currentRowChanged.connect(self._settle)
        self.activated.connect(self._enter)
        self.header().sectionResized.connect(self._widen)
        self.fit()

    @property
    def row(self) -> R | None:
        """The row chosen."""
        return self.rows_model.row_at(self.currentIndex().row())

    @property
    def wanted(self) -> object:
        """The key of the row that is chosen, or will be as soon as it is listed."""
        return self._wanted

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show new rows and stay on the one that was chosen; `settled` is told only of another one."""
        chosen = self._wanted
        if not self.rows_model.show_rows(rows):
            return
        self.fit()
        at = self.rows_model.place_of(chosen) if chosen is not None else None
        self.say_when_empty(self._empty)
        if at is not None:
            self.choose(at)
        elif self.hasFocus() and rows:
            self.choose(0)
        elif chosen is not None:
            self._wanted = None
            self.settled.emit(None)

    def show_paged(self, rows: Rows[R], at: int | None) -> None:
        """Show a long list; `at` is the place of the row that was chosen (None: it is not in it any more)."""
        chosen = self._wanted
        self.rows_model.show_paged(rows)
        self.say_when_empty(self._empty)
        if chosen is not None and at is not None:
            self.choose(at)
        elif chosen is not None:
            self._wanted = None
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            self.settled.emit(None)
            if self.hasFocus() and len(rows):
                self.choose(0)
        elif self.hasFocus() and len(rows):
            self.choose(max(0, self.currentIndex().row()))

    def rows_came(self, first: int, last: int) -> None:
        """Draw rows that were read now, and settle on the chosen one when it is among them."""
        self.rows_model.say_changed(first, last)
        at = self.currentIndex().row()
        if first <= at <= last:
            self._settle(self.currentIndex())

    def choose(self, at: int) -> None:
        """Choose a row by its place."""
        self.setCurrentIndex(self.rows_model.index(at, 0))

    def choose_key(self, key: object) -> bool:
        """Choose the row with a key, now or as soon as it is listed."""
        at = self.rows_model.place_of(key)
        if at is None:
            self._wanted = key
            return False
        self.choose(at)
        return True

    def walk(self, step: int) -> None:
        """Go to a neighbour."""
        if count := self.rows_model.rowCount():
            self.choose(max(0, min(count - 1, self.currentIndex().row() + step)))

    def copy(self) -> None:
        """Put the chosen row's words into the clipboard, which is asked to keep nothing of them."""
        if (at := self.currentIndex().row()) < 0:
            return
        cells = (str(self.rows_model.index(at, column).data()) for column in range(self.rows_model.columnCount()))
        data = QMimeData()
        data.setText("\t".join(cell for cell in cells if cell))
        data.setData(CLIPBOARD_HINT, b"secret")
        QGuiApplication.clipboard().setMimeData(data)

    def fit(self) -> None:
        """Give each column the width its words need in this look and language."""
        header, columns = self.header(), self.rows_model.columns
        headed = not header.isHidden()
        self._fitting = True
        wide = [
            0 if c.width is None else max(c.width(), header.sectionSizeHint(i) if headed else 0)
            for i, c in enumerate(columns)
        ]
        room = self.viewport().width()
        lack = round(room * FREE_SHARE) - (room - sum(wide))
        for at, column in enumerate(columns):
            if column.least is not None and lack > 0:
                pressed = max(column.least(), wide[at] - lack)
                lack -= wide[at] - pressed
                wide[at] = pressed
        for at, column in enumerate(columns):
            if headed and column.width is None and room - sum(wide) < look().px(LEAST_FREE):
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
                header.resizeSection(at, look().px(LEAST_FREE))
            elif column.width is None:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
                header.resizeSection(at, look().px(self._own[at]) if at in self._own else wide[at])
        self._fitting = False

    def own_widths(self) -> dict[int, int]:
        """Give the widths that the officer set, by column, at normal text size."""
        return dict(self._own)

    def take_widths(self, widths: Mapping[int, int]) -> None:
        """Use these widths from now on; what fits no column or is no sensible width is passed over."""
        columns = self.rows_model.columns
        self._own = {
            at: width
            for at, width in widths.items()
            if 0 <= at < len(columns) and columns[at].width is not None and LEAST_WIDTH <= width <= MOST_WIDTH
        }
        self.fit()

    def say_when_empty(self, text: str) -> None:
        """Say this in the place of rows when there are none."""
        self._empty = text
        self.setAccessibleDescription("" if self.rows_model.rowCount() else text)
        self.viewport().update()

    def dress(self) -> None:
        """Take the look in force."""
        self.setIconSize(QSize(look().icon, look().icon))
        self.fit()
        self.doItemsLayout()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with J and K too; nothing else is taken from typing."""
        if event.modifiers() == Qt.KeyboardModifier.NoModifier and event.key() in (
            Qt.Key.Key_J,
            Qt.Key.Key_K,
        ):
            self.walk(1 if event.key() == Qt.Key.Key_J else -1)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose the first row when none is, so that a screen reader has something to say."""
        if not self.currentIndex().isValid() and self.rows_model.rowCount():
            self.choose(0)
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, or what is said when there are none."""
        super().paintEvent(event)
        if self._empty and not self.rows_model.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            painter.setFont(weighted())
            side = look().px(24)
            room = self.viewport().rect().adjusted(side, side, -side, -side)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._empty)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the row's menu at the pointer, or at the row when a key asked."""
        if self.menu is None or self.menu.isEmpty():
            return
        place: QPoint = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu.popup(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen row in sight."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _widen(self, at: int, _before: int, width: int) -> None:
        column = self.rows_model.columns[at]
        if not self._fitting and column.width is not None and self.isVisible():
            self._own[at] = max(LEAST_WIDTH, min(MOST_WIDTH, round(width * 100 / look().px(100))))
            self.widened.emit(self)

    def _settle(self, current: QModelIndex) -> None:
        row = self.rows_model.row_at(current.row()) if current.isValid() else None
        if row is None:
            return
        key = self.rows_model.key_at(current.row())
        if key != self._wanted:
            self._wanted = key
            self.settled.emit(row)

    def _enter(self, index: QModelIndex) -> None:
        if (row := self.rows_model.row_at(index.row())) is not None:
            self.entered_row.emit(row)
