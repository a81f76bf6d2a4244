"""Reads a long list in pages as the officer walks through it; the store's thread is asked for short steps only."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from secmsg.errors import NotFound
from secmsg.ids import CableId
from secmsg.station.listing import PAGE
from secmsg.station.station import Station
from secmsg.station.views import EVERY_CABLE, GapRow, ListCount, Listing, ListMark, ListPage, Quick
from ui.background import Background
from ui.inbox.paged import Paged
from ui.inbox.state import Source, key
from ui.inbox.view import InboxView

MARKS_AT_ONCE = 128
"""Pages walked over in one step: sixteen thousand cables, some hundredths of a second."""


class Lister(QObject):
    """Keeps one list of a window filled; `counted` carries the ListCount of the whole list after each reading."""

    counted: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

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
        self._listing = Listing.INCOMING if view.state.source is Source.INBOX else Listing.OUTGOING
        self._rows = Paged(ListCount(0, 0))
        self._quick = EVERY_CABLE
        self._round = 0
        self._reading = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._read_lacking)
        view.asked.connect(lambda _: self.read())

    @property
    def busy(self) -> bool:
        """Whether rows are still to come."""
        return self._reading or self._soon.isActive()

    def read(self) -> None:
        """Read the list anew: its length, its first page, and where the chosen cable stands now."""
        self._round += 1
        quick, chosen, round_ = self._view.state.filter.quick(self._clock()), self._view.table.wanted, self._round
        listing = self._listing

        def look(station: Station) -> tuple[ListCount, ListCount, ListPage, tuple[GapRow, ...], int | None]:
            gaps = station.gaps() if listing is Listing.INCOMING else ()
            every = station.count(listing, EVERY_CABLE)
            count = every if quick == EVERY_CABLE else station.count(listing, quick)
            return every, count, station.page(listing, quick, None), gaps, _place(station, listing, quick, chosen)

        def show(found: tuple[ListCount, ListCount, ListPage, tuple[GapRow, ...], int | None]) -> None:
            if round_ != self._round:
                return
            if self._view.table.wanted == chosen:
                self._show(quick, chosen, *found)
            else:
                self.read()  # another was chosen meanwhile, and nobody asked for the place of that one

        self._background.run(self._view, look, show, self._failed)

    def _show(
        self,
        quick: Quick,
        chosen: object,
        every: ListCount,
        count: ListCount,
        first: ListPage,
        gaps: tuple[GapRow, ...],
        place: int | None,
    ) -> None:
        rows = Paged(count, gaps)
        rows.put(0, first)
        if quick == self._quick:
            rows.follow(self._rows)
        rows.missed = self._miss
        self._rows.missed = lambda: None
        self._rows, self._quick = rows, quick
        at = rows.place(place) if place is not None else _gap_place(rows, chosen)
        self._view.show_paged(rows, at, every.waiting + every.rest)
        self.counted.emit(every)

    def _miss(self) -> None:
        if not self._soon.isActive() and not self._reading:
            self._soon.start(0)

    def _read_lacking(self) -> None:
        number = self._rows.lacking()
        if number is None or self._reading:
            return
        self._reading = True
        rows, quick, listing = self._rows, self._quick, self._listing
        if number < len(rows.marks):
            mark = rows.marks[number]
            self._background.run(
                self._view,
                lambda station: station.page(listing, quick, mark),
                lambda page: self._take(rows, number, page),
                self._fail,
            )
            return
        last, more = rows.marks[-1], min(MARKS_AT_ONCE, number + 1 - len(rows.marks))
        self._background.run(
            self._view,
            lambda station: station.page_marks(listing, quick, last, more),
            lambda marks: self._walk(rows, number, marks),
            self._fail,
        )

    def _take(self, rows: Paged, number: int, page: ListPage) -> None:
        self._reading = False
        if rows is self._rows:
            self._view.page_came(rows, *rows.put(number, page))
        if rows.lacking() is not None or rows is not self._rows:
            self._view.table.viewport().update()

    def _walk(self, rows: Paged, number: int, marks: tuple[ListMark, ...]) -> None:
        self._reading = False
        if rows is self._rows and marks:
            rows.marks += marks
            rows.at(rows.place(number * PAGE))  # asks for the page again, now nearer
        self._miss()

    def _fail(self, error: BaseException) -> None:
        self._reading = False
        self._failed(error)


def _place(station: Station, listing: Listing, quick: Quick, chosen: object) -> int | None:
    if not isinstance(chosen, bytes):
        return None
    try:
        return station.place(listing, quick, CableId(chosen))
    except NotFound:
        return None


def _gap_place(rows: Paged, chosen: object) -> int | None:
    return next((rows.count.waiting + i for i, gap in enumerate(rows.gaps) if key(gap) == chosen), None)
