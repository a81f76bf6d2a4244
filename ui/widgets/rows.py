"""Lists of frozen rows: a model that holds no translated text and a table driven by keys."""

import html
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
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
    QTableView,
    QWidget,
)

from ui.format import one_line
from ui.language import tr
from ui.theme import look, weighted
from ui.widgets.cells import Cell, Inks, RowDelegate, Spans
from ui.widgets.marks import Mark
from ui.widgets.text import CLIPBOARD_HINT

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
AnyIndex = QModelIndex | QPersistentModelIndex
LEAST_WIDTH, MOST_WIDTH = 24, 1200
"""Between what the officer may set a column."""
CELLS_S, MOST_CELLS = 2.0, 4_096
"""How long a cell's words are kept for drawing, and how many."""
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


@dataclass(frozen=True, slots=True)
class Free:
    """What belongs to the column that takes what is left: a share of the width, to which other columns are pressed.

    `least` it keeps in any case, and the list then scrolls sideways; pixels at normal text size.
    """

    share: float = 0.34
    least: int = 150


OF_CABLES = Free()
OF_A_WINDOW = Free(0.22, 110)
"""In the table of a small window other columns are pressed only where it would scroll sideways."""


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows for a table; words are made in `data`, so that a change of language needs only a repaint."""

    def __init__(self, columns: Sequence[Column[R]], manner: Manner[R]) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._manner = manner
        self._rows: Rows[R] = Whole()
        self.spans: Callable[[str], Spans] = lambda _: ()
        """What is to be marked in a cell's text, as it is written."""
        self._cells: dict[tuple[int, int], Cell] = {}
        self._said_at = 0.0

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
        self.forget_cells()
        self.beginResetModel()
        self._rows = Whole(rows)
        self.endResetModel()
        return True

    def show_paged(self, rows: Rows[R]) -> None:
        """Take a long list; the view stays where it was, for only the length and the cells change."""
        before, after = len(self._rows), len(rows)
        self.forget_cells()
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
        self.forget_cells()
        if 0 <= first <= last < len(self._rows):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

    def reshape(self, columns: Sequence[Column[R]]) -> None:
        """Take other columns."""
        self.forget_cells()
        self.beginResetModel()
        self._columns = tuple(columns)
        self.endResetModel()

    def cell(self, row: int, column: int) -> Cell:
        """Say one cell for drawing; said again for a moment only, since words change with language and hour."""
        now = monotonic()
        if now - self._said_at > CELLS_S or len(self._cells) > MOST_CELLS:
            self.forget_cells()
            self._said_at = now
        found = self._cells.get((row, column))
        if found is None:
            found = self._say_cell(self.row_at(row), self._columns[column])
            if self.row_at(row) is not None:
                self._cells[row, column] = found
        return found

    def forget_cells(self) -> None:
        """Let every cell be said anew."""
        self._cells.clear()

    def _say_cell(self, row: R | None, column: Column[R]) -> Cell:
        if row is None:
            return Cell("…" if column.width is None else "")
        if (mark := column.mark(row)) is not None:
            return Cell(mark=mark)
        strong, slanted = self._manner.strong(row), self._manner.slanted(row)
        return Cell(one_line(column.text(row)), None, column.icon(row), strong, slanted, column.right)

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


class RowTable(QTableView, Generic[R]):
    """A table of whole rows: arrows, J and K walk, Enter opens, Shift+F10 asks for the menu.

    No tree view: that one visits every row of the model when it is shown, and a million take seconds.
    """

    settled: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    entered_row: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    widened: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above; carries the table

    def __init__(self, model: RowsModel[R], parent: QWidget | None = None, free: Free = OF_CABLES) -> None:
        super().__init__(parent)
        self.rows_model, self._free = model, free
        self.menu: QMenu | None = None
        self._wanted: object = None
        self._empty = ""
        self._own: dict[int, int] = {}
        self._fitting = False
        self.setModel(model)
        self.setItemDelegate(RowDelegate(model, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.header().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
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

    def header(self) -> QHeaderView:
        """Give the line of headings."""
        return self.horizontalHeader()

    def setHeaderHidden(self, hidden: bool) -> None:  # noqa: FBT001 - as Qt names it for trees
        """Show the rows alone."""
        self.header().setVisible(not hidden)

    def fit(self) -> None:
        """Give each column the width its words need in this look and language."""
        header, columns = self.header(), self.rows_model.columns
        self.verticalHeader().setDefaultSectionSize(look().row)
        headed = not header.isHidden()
        self._fitting = True
        wide = [
            0 if c.width is None else max(c.width(), header.sectionSizeHint(i) if headed else 0)
            for i, c in enumerate(columns)
        ]
        room = self.viewport().width()
        lack = round(room * self._free.share) - (room - sum(wide))
        for at, column in enumerate(columns):
            if column.least is not None and lack > 0:
                pressed = max(column.least(), wide[at] - lack)
                lack -= wide[at] - pressed
                wide[at] = pressed
        for at, column in enumerate(columns):
            least = max(look().px(self._free.least), header.sectionSizeHint(at)) if headed else 0
            if column.width is None and room - sum(wide) < least:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
                header.resizeSection(at, least)
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

    def changeEvent(self, event: QEvent) -> None:
        """Say every cell in the language in force."""
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.rows_model.forget_cells()
            self.viewport().update()
        super().changeEvent(event)

    def dress(self) -> None:
        """Take the look in force."""
        self.rows_model.forget_cells()
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
        if (step := self._far(event)) is not None:
            self.walk(step)
            return
        super().keyPressEvent(event)

    def _far(self, event: QKeyEvent) -> int | None:
        """Whole rows know no left and right; Home and End are the ends of the list."""
        count = self.rows_model.rowCount()
        keys = {Qt.Key.Key_Home: -count, Qt.Key.Key_End: count, Qt.Key.Key_Left: 0, Qt.Key.Key_Right: 0}
        return keys.get(Qt.Key(event.key()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose the first row when none is, so that a screen reader has something to say."""
        if not self.currentIndex().isValid() and self.rows_model.rowCount():
            self.choose(0)
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, or what is said when there are none."""
        palette = self.palette()
        inks = Inks(
            palette.text().color(),
            palette.base().color(),
            palette.highlightedText().color(),
            palette.highlight().color(),
        )
        if isinstance(drawn := self.itemDelegate(), RowDelegate):
            drawn.begin(inks, self.currentIndex().row())
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
