"""The one main window: menus, places, the list of the place, the reading pane, and the line at the foot.

It shows what it is given and tells what is asked through actions and signals; it knows no station.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QCloseEvent, QFont, QIcon
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from secmsg.station.views import StationStatus
from ui.actions import Actions, Do, Menu
from ui.continuity.view import ContinuityView
from ui.drafts.view import DraftsView
from ui.format import Place, one_line
from ui.inbox.state import Source
from ui.inbox.view import InboxView
from ui.language import Language, tr
from ui.outbox.view import OutboxView
from ui.reader.view import ReaderView
from ui.shape import MAX_SHARE, Shape
from ui.theme import icon, look, wide
from ui.widgets.message_bar import MessageBar
from ui.widgets.rows import Column, Manner, RowsModel, RowTable
from ui.widgets.status_strip import StatusStrip


class Shelf(Enum):
    """A place of the list at the left; SEARCH stands there only while something is sought."""

    INBOX = Do.INBOX
    SENT = Do.SENT
    OUTBOX = Do.OUTBOX
    DRAFTS = Do.DRAFTS
    GAPS = Do.GAPS
    SEARCH = Do.FIND


READING = (Shelf.INBOX, Shelf.SENT, Shelf.SEARCH)
PARTS = (280, 410)
"""Heights of the list and the reading pane until the officer moves what divides them."""


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """One place and how many things there wait for the officer."""

    shelf: Shelf
    count: int = 0


def shelf_name(shelf: Shelf) -> str:
    """Name a place."""
    match shelf:
        case Shelf.INBOX:
            return tr("Incoming cables")
        case Shelf.SENT:
            return tr("Outgoing cables")
        case Shelf.OUTBOX:
            return tr("Outbox")
        case Shelf.DRAFTS:
            return tr("Drafts")
        case Shelf.GAPS:
            return tr("Missing numbers")
        case Shelf.SEARCH:
            return tr("Search results")


class MainWindow(QMainWindow):
    """`shelf_changed` carries a Shelf, `sought` the text searched for, `typed` what is being typed there.

    `closing` and `reshaped` carry the window.
    """

    shelf_changed: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    sought: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    typed: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    closing: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    reshaped: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(
        self,
        status: StationStatus,
        here: Place,
        clock: Callable[[], int],
        language: Language,
        functions: Sequence[Do] = tuple(Do),
    ) -> None:
        super().__init__()
        self._status, self._language = status, language
        self.actions_ = Actions(self, functions)
        self.shelves = tuple(shelf for shelf in Shelf if shelf.value in self.actions_.of)
        self.message = MessageBar()
        self.halt = MessageBar(lasting=True)
        self.places = self._make_places()
        self.inbox = InboxView(Source.INBOX, here, clock)
        self.sent = InboxView(Source.SENT, here, clock)
        self.found = InboxView(Source.SEARCH, here, clock)
        self.outbox = OutboxView(here, clock)
        self.drafts = DraftsView(here, clock)
        self.gaps = ContinuityView(here, clock)
        self.reader = ReaderView(here, clock)
        self.strip = StatusStrip()
        self.search = QLineEdit()
        self.shelf = Shelf.INBOX
        self.counts: dict[str, int] = {}
        self._parts = (0, 0)
        self._menus: dict[Menu, QMenu] = {}
        self._lay_out()
        self._fill_menus()
        self._fill_toolbar()
        self._wire()
        self.setMinimumSize(QSize(1024, 640))
        self.resize(QSize(1366, 768))
        self.dress()
        self.retranslate()

    def speak(self, language: Language) -> None:
        """Take the language for the names that come in both."""
        self._language = language
        self.retranslate()

    def post(self) -> str:
        """Name the post, for titles: never a degree, never a subject."""
        status = self._status
        name = status.station_name_en if self._language is Language.ENGLISH else status.station_name
        return one_line(name or status.station_name)

    def count(self, **counts: int) -> None:
        """Put counts beside the places: inbox, outbox, drafts, gaps."""
        rows = [
            ShelfRow(shelf, counts.get(shelf.name.lower(), 0)) for shelf in self.shelves if shelf is not Shelf.SEARCH
        ]
        if self.shelf is Shelf.SEARCH:
            rows.append(ShelfRow(Shelf.SEARCH))
        self.counts = dict(counts)
        self.places.show_rows(rows)

    def go(self, shelf: Shelf) -> None:
        """Show a place and put the cursor into its list."""
        self.shelf = shelf
        if shelf is not Shelf.SEARCH:
            self.search.clear()
        self.count(**self.counts)
        self.places.choose_key(shelf)
        page = self.page_of(shelf)
        self.pages.setCurrentWidget(page)
        back = shelf in READING and self.reader.isHidden()
        self.reader.setVisible(shelf in READING)
        if back:
            # What was hidden comes back with its least height and takes the rest from the list: give both their share.
            self.splitter.setSizes(list(self._parts) if all(self._parts) else list(PARTS))
        self.table_of(shelf).setFocus()
        self.shelf_changed.emit(shelf)

    def page_of(self, shelf: Shelf) -> QWidget:
        """Give the page of a place."""
        match shelf:
            case Shelf.INBOX:
                return self.inbox
            case Shelf.SENT:
                return self.sent
            case Shelf.OUTBOX:
                return self.outbox
            case Shelf.DRAFTS:
                return self.drafts
            case Shelf.GAPS:
                return self.gaps
            case Shelf.SEARCH:
                return self.found

    def table_of(self, shelf: Shelf) -> QWidget:
        """Give the widget of a place that has the cursor."""
        page = self.page_of(shelf)
        table: QWidget = page.table  # type: ignore[attr-defined]  # every page of a place has one
        return table

    def list_of(self, shelf: Shelf) -> InboxView | None:
        """Give the cable list of a place that has one."""
        return {Shelf.INBOX: self.inbox, Shelf.SENT: self.sent, Shelf.SEARCH: self.found}.get(shelf)

    def shape(self) -> Shape:
        """Give the shape as the officer has it now."""
        above, below = self._parts
        split = round(MAX_SHARE * above / (above + below)) if above and below else None
        widths = {name: table.own_widths() for name, table in self.tables().items()}
        return Shape(split, {name: own for name, own in widths.items() if own})

    def take_shape(self, shape: Shape) -> None:
        """Take a shape that was kept."""
        if shape.split is not None:
            self._parts = shape.split, MAX_SHARE - shape.split
            self.splitter.setSizes(list(self._parts))
        for name, table in self.tables().items():
            table.take_widths(shape.widths.get(name, {}))

    def tables(self) -> dict[str, RowTable[Any]]:
        """Give the list of every place by its name in the shape kept."""
        return {
            "inbox": self.inbox.table,
            "sent": self.sent.table,
            "found": self.found.table,
            "outbox": self.outbox.table,
            "drafts": self.drafts.table,
            "gaps": self.gaps.table,
        }

    def _split(self, _at: int, _index: int) -> None:
        above, below = self.splitter.sizes()
        self._parts = above, below
        self.reshaped.emit(self)

    def panes(self) -> list[QWidget]:
        """Give what F6 walks through."""
        panes = [self.places, self.table_of(self.shelf)]
        if self.shelf in READING and self.reader.state.view is not None:
            panes += [self.reader.body, self.reader.acknowledge_button]
        if self.shelf is Shelf.OUTBOX and self.outbox.row is not None:
            panes.append(self.outbox.lines)
        panes += [self.strip.outbox_button, self.search]
        return [pane for pane in panes if pane.isVisible() and pane.isEnabled()]

    def walk_panes(self, step: int) -> None:
        """Go to the next pane."""
        panes = self.panes()
        focus = QApplication.focusWidget()
        here = next(
            (i for i, p in enumerate(panes) if focus is not None and (p is focus or p.isAncestorOf(focus))),
            None,
        )
        at = (0 if step > 0 else -1) if here is None else (here + step) % len(panes)
        panes[at].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def back(self) -> None:
        """Leave the search, the filter or the reading pane, whichever was entered last."""
        current = self.list_of(self.shelf)
        if self.reader.finding.isVisible():
            self.reader.finding.leave()
        elif self.shelf is Shelf.SEARCH or self.search.hasFocus():
            self.go(Shelf.INBOX if self.shelf is Shelf.SEARCH else self.shelf)
        elif not self.table_of(self.shelf).hasFocus():
            self.table_of(self.shelf).setFocus()
        elif current is not None and current.state.filter.active:
            current.forget_filter()
        elif self.message.isVisible():
            self.message.clear()
        else:
            self.go(Shelf.INBOX)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.actions_.phrases.repeat()
        for menu, widget in self._menus.items():
            widget.setTitle(tr(menu.value))
        self._rows_menu.setTitle(self.actions_.rows_title())
        self._rest_menu.setTitle(self.actions_.rest_title())
        self.setWindowTitle(f"{self.post()} — {tr('Cipher cables')}")
        self.search.setPlaceholderText(tr("Search number, subject, text…"))
        self.search.setAccessibleName(tr("Search in all cables"))
        for button in self.search.findChildren(QToolButton):
            mine = button.defaultAction() is self._search_icon
            button.setAccessibleName(tr("Search in all cables") if mine else tr("Clear the search"))
        self.places.setAccessibleName(tr("Places"))
        self.toolbar.setWindowTitle(tr("Toolbar"))
        self.toolbar.setAccessibleName(tr("Toolbar"))
        self._fit_places()
        self.places.viewport().update()

    def dress(self) -> None:
        """Take the look in force."""
        self.actions_.phrases.redraw()
        self._search_icon.setIcon(icon("search"))
        self.toolbar.setIconSize(QSize(look().px(18), look().px(18)))
        self.search.setFixedWidth(look().px(310) + 20)
        self._fit_places()

    def _make_places(self) -> RowTable[ShelfRow]:
        columns: tuple[Column[ShelfRow], ...] = (
            Column(
                lambda: tr("Place"),
                lambda row: shelf_name(row.shelf),
                None,
                icon=lambda row: _shelf_icon(row.shelf),
            ),
            Column(
                lambda: tr("Number"),
                lambda row: str(row.count) if row.count else "",
                lambda: wide("000", QFont.Weight.DemiBold) + look().px(12),
                right=True,
            ),
        )
        manner: Manner[ShelfRow] = Manner(
            key=lambda row: row.shelf,
            sentence=lambda row: f"{shelf_name(row.shelf)}, {row.count}" if row.count else shelf_name(row.shelf),
        )
        table: RowTable[ShelfRow] = RowTable(RowsModel(columns, manner))
        table.setHeaderHidden(True)
        table.setAlternatingRowColors(False)
        return table

    def _fit_places(self) -> None:
        widest = max(wide(shelf_name(shelf)) for shelf in self.shelves)
        self.places.setFixedWidth(widest + look().icon + wide("000") + look().px(40))
        self.places.fit()

    def _lay_out(self) -> None:
        self.pages = QStackedWidget()
        for shelf in Shelf:
            self.pages.addWidget(self.page_of(shelf))
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.pages)
        self.splitter.addWidget(self.reader)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 4)
        self.splitter.setSizes(list(PARTS))
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.halt)
        column.addWidget(self.message)
        column.addWidget(self.splitter, 1)
        across = QHBoxLayout()
        across.setSpacing(4)
        across.addWidget(self.places)
        across.addWidget(right, 1)
        whole = QWidget()
        down = QVBoxLayout(whole)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addLayout(across, 1)
        down.addWidget(self.strip)
        self.setCentralWidget(whole)

    def _fill_menus(self) -> None:
        for name in Menu:
            if any(do.value.menu is name for do in self.actions_.of):
                self._menus[name] = self.menuBar().addMenu(tr(name.value))
        self._rows_menu = QMenu(self)
        self._rows_menu.addActions(list(self.actions_.density.values()))
        self._rest_menu = QMenu(self)
        self._rest_menu.addActions(list(self.actions_.rest.values()))
        for do in self.actions_.of:
            menu = self._menus[do.value.menu]
            if do.value.line:
                menu.addSeparator()
            menu.addAction(self.actions_[do])
            if do is Do.NORMAL:
                menu.addMenu(self._rows_menu)
            if do is Do.LOCK:
                menu.addMenu(self._rest_menu)
        for table in (self.inbox.table, self.sent.table, self.found.table):
            table.menu = self._context(Do.REPLY, Do.REPLY_ALL, Do.ACKNOWLEDGE, Do.EXPORT, Do.DEEDS)
        self.outbox.table.menu = self._context(Do.SEND_NOW, Do.HOLD, Do.PAUSE)
        self.drafts.table.menu = QMenu(self)
        self.drafts.table.menu.addActions([*self.drafts.acts, *self.actions_.among(Do.WRITE)])
        self.gaps.table.menu = self._context(Do.COPY)
        self.places.menu = self._context(*(shelf.value for shelf in self.shelves))

    def add_verbs(self, menu: Menu, *actions: QAction) -> None:
        """Put further functions at the head of a menu."""
        top = self._menus[menu]
        first = top.actions()[0]
        top.insertActions(first, list(actions))
        top.insertSeparator(first)
        self.actions_.more.setdefault(menu, []).extend(actions)

    def put_forward(self, action: QAction) -> None:
        """Put a function at the head of the toolbar, and into the menus of the cable lists."""
        self.toolbar.insertAction(self.toolbar.actions()[0], action)
        for button in self.toolbar.findChildren(QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for table in (self.inbox.table, self.sent.table, self.found.table):
            if table.menu is not None:
                table.menu.addAction(action)

    def _context(self, *functions: Do) -> QMenu:
        menu = QMenu(self)
        menu.addActions(self.actions_.among(*functions))
        return menu

    def _fill_toolbar(self) -> None:
        self.toolbar = QToolBar()
        self.toolbar.setMovable(False)
        self.toolbar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for action in self.actions_.among(Do.WRITE, Do.REPLY, Do.ACKNOWLEDGE):
            self.toolbar.addAction(action)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.toolbar.addWidget(space)
        self._search_icon = self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setClearButtonEnabled(True)
        self.toolbar.addWidget(self.search)
        self.toolbar.addAction(self.actions_[Do.LOCK])
        for button in self.toolbar.findChildren(QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.addToolBar(self.toolbar)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)

    def _wire(self) -> None:
        act = self.actions_
        for shelf in self.shelves:
            if shelf is not Shelf.SEARCH:
                act[shelf.value].triggered.connect(lambda _=False, s=shelf: self.go(s))
        act[Do.NEXT_PANE].triggered.connect(lambda: self.walk_panes(1))
        act[Do.LAST_PANE].triggered.connect(lambda: self.walk_panes(-1))
        act[Do.BACK].triggered.connect(self.back)
        act[Do.FIND].triggered.connect(self._find)
        act[Do.FIND_HERE].triggered.connect(self._find_here)
        act[Do.FIND_NEXT].triggered.connect(lambda: self.reader.finding.step(1))
        act[Do.FIND_LAST].triggered.connect(lambda: self.reader.finding.step(-1))
        act[Do.COPY].triggered.connect(lambda: _edit("copy"))
        act[Do.SELECT_ALL].triggered.connect(lambda: _edit("selectAll"))
        self.places.settled.connect(self._place_chosen)
        self.places.entered_row.connect(lambda row: self.go(row.shelf))
        self.search.returnPressed.connect(self._seek)
        self.search.textEdited.connect(lambda text: self.typed.emit(text.strip()))
        self.splitter.splitterMoved.connect(self._split)
        for table in self.tables().values():
            table.widened.connect(lambda _: self.reshaped.emit(self))

    def _place_chosen(self, row: ShelfRow | None) -> None:
        if row is not None and row.shelf is not self.shelf:
            had_focus = self.places.hasFocus()
            self.go(row.shelf)
            if had_focus:
                self.places.setFocus()

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _find_here(self) -> None:
        """Find in the cable on show; without one, in all of them."""
        if self.shelf in READING and self.reader.state.view is not None:
            self.reader.finding.open()
        else:
            self._find()

    def _seek(self) -> None:
        if text := self.search.text().strip():
            self.sought.emit(text)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell before going."""
        self.closing.emit(self)
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "toolbar"):
            self.retranslate()


def _shelf_icon(shelf: Shelf) -> QIcon:
    return icon(shelf.value.value.icon)


def _edit(verb: str) -> None:
    focus = QApplication.focusWidget()
    if isinstance(focus, QLineEdit | QPlainTextEdit):
        getattr(focus, verb)()
    elif isinstance(focus, RowTable) and verb == "copy":
        focus.copy()
