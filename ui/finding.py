"""A search as the officer types: short steps on the store's thread, dropped as soon as other words are asked for."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from secmsg.station.listing import asks_something
from secmsg.station.station import Station
from secmsg.station.views import CableRow, FoundCount, FoundPage, IndexState, Quick
from ui.background import Background
from ui.inbox.state import Order, Search
from ui.inbox.view import InboxView
from ui.inbox.words import MOST_COUNTED

FIRST, MORE, MOST = 50, 200, 2_000
"""Rows of the first page, of the next ones, and at most: whoever needs more is better served by another word."""
NEAR_END = 40
INDEX_PAUSE_MS = 30
REST_MS = 250
"""How long the typing rests before its words are looked for."""


class Finder(QObject):
    """Runs searches for the list of results, and the steps of an index that is not whole."""

    def __init__(
        self,
        background: Background,
        view: InboxView,
        clock: Callable[[], int],
        failed: Callable[[BaseException], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._background, self._view, self._clock, self._failed = background, view, clock, failed
        self._round = 0
        self._rows: tuple[CableRow, ...] = ()
        self._below = 0
        self._reading = False
        self._quick = Quick()
        self._index = IndexState(100, 0)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._index_on)
        self._typed = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._rested)
        view.asked.connect(lambda _: self.seek(view.state.search.sought))
        view.table.verticalScrollBar().valueChanged.connect(lambda _: self._read_on())
        view.table.settled.connect(lambda _: self._read_on())

    def seek(self, text: str) -> None:
        """Begin a search; what an earlier one still brings is dropped."""
        self._rest.stop()
        self._round += 1
        self._rows, self._below = (), 0
        self._quick = self._view.state.filter.quick(self._clock())
        order = self._view.state.search.order
        if not asks_something(text):
            self._show(Search(text, order, searchable=self._index.searchable, percent=self._index.percent))
            return
        self._view.state = replace(self._view.state, search=Search(text, order, looking=True, counted=False))
        if order is Order.NEWEST:
            self._step(text, 0, FIRST)
        else:
            self._weigh(text)
        self._count(text, 0, 0)

    def type_on(self, text: str) -> None:
        """Take other words while the results are on show: nothing is looked for until the typing rests."""
        self._round += 1
        self._typed = text
        self._rest.start(REST_MS)

    def look_after_index(self) -> None:
        """See whether every cable can be found, and enter what is missing, a few at a time."""
        self._background.run(self, lambda station: station.index_state(), self._indexed, self._failed)

    def close(self) -> None:
        """Ask for nothing more."""
        self._round += 1
        self._pause.stop()
        self._rest.stop()

    def _rested(self) -> None:
        if self._view.isVisible() and self._typed:
            self.seek(self._typed)

    # --- steps ---------------------------------------------------------------------------------------------------

    def _step(self, text: str, below: int, limit: int) -> None:
        round_, quick = self._round, self._quick
        self._reading = True

        def look(station: Station) -> tuple[FoundPage, IndexState]:
            return station.find(text, quick, below, limit), station.index_standing()

        def show(found: tuple[FoundPage, IndexState]) -> None:
            if round_ != self._round:
                return
            page, self._index = found
            self._rows += page.rows
            self._below = page.below
            if page.below and len(page.rows) < limit:
                # The first rows are shown at once; a word that is rare goes on through the older parts.
                self._tell(looking=not self._rows)
                self._step(text, page.below, limit - len(page.rows))
                return
            self._reading = False
            self._tell(looking=False)

        self._background.run(self._view, look, show, self._fail)

    def _weigh(self, text: str) -> None:
        round_, quick = self._round, self._quick

        def show(found: tuple[FoundPage, IndexState]) -> None:
            if round_ == self._round:
                page, self._index = found
                self._rows = page.rows
                self._tell(looking=False, weighed=not page.below)

        self._background.run(
            self._view,
            lambda station: (station.closest(text, quick, MORE), station.index_standing()),
            show,
            self._fail,
        )

    def _count(self, text: str, below: int, so_far: int) -> None:
        round_, quick = self._round, self._quick

        def show(found: FoundCount) -> None:
            if round_ != self._round:
                return
            matching = so_far + found.more
            done = not found.below and matching <= MOST_COUNTED
            search = replace(self._view.state.search, matching=min(matching, MOST_COUNTED), counted=done)
            self._show(search)
            if found.below and matching <= MOST_COUNTED:
                self._count(text, found.below, matching)

        self._background.run(
            self._view,
            lambda station: station.count_found(text, quick, below, MOST_COUNTED + 1 - so_far),
            show,
            self._fail,
        )

    def _read_on(self) -> None:
        bar = self._view.table.verticalScrollBar()
        near = bar.value() + bar.pageStep() >= len(self._rows) - NEAR_END
        near |= self._view.table.currentIndex().row() >= len(self._rows) - NEAR_END
        room = MOST - len(self._rows)
        search = self._view.state.search
        if near and self._below and not self._reading and room > 0 and search.order is Order.NEWEST:
            self._step(search.sought, self._below, min(MORE, room))

    def _tell(self, *, looking: bool, weighed: bool = True) -> None:
        search = self._view.state.search
        self._show(replace(search, looking=looking, weighed=weighed))

    def _show(self, search: Search) -> None:
        self._view.show_found(
            self._rows, replace(search, searchable=self._index.searchable, percent=self._index.percent)
        )

    def _indexed(self, index: IndexState) -> None:
        self._index = index
        if self._view.state.search.sought:
            self._show(self._view.state.search)
        if not index.whole:
            self._pause.start(INDEX_PAUSE_MS)

    def _index_on(self) -> None:
        self._background.run(self, lambda station: station.index_on(), self._indexed, self._failed)

    def _fail(self, error: BaseException) -> None:
        self._reading = False
        self._failed(error)
