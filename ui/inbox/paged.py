"""Rows of a list of which only some pages are held: a million cables take the memory of a few screens."""

from collections import OrderedDict
from collections.abc import Callable, Iterator

from secmsg.station.listing import PAGE
from secmsg.station.views import CableRow, GapRow, ListCount, ListMark, ListPage
from ui.inbox.state import Row

MOST_PAGES = 24
"""Pages held at once: some three thousand rows."""


class Paged:
    """A list of known length: what waits, then the gaps, then the rest; a row that is not here yet is None.

    `missed` is called when a row was asked for that is not here; `lacking` then says which page to read.
    """

    def __init__(self, count: ListCount, gaps: tuple[GapRow, ...] = ()) -> None:
        self.count, self.gaps = count, gaps
        self.marks: list[ListMark | None] = [None]
        self.missed: Callable[[], None] = lambda: None
        self._pages: OrderedDict[int, tuple[CableRow, ...]] = OrderedDict()
        self._stale: dict[int, tuple[CableRow, ...]] = {}
        self._lacking: int | None = None

    def __len__(self) -> int:
        return self.count.waiting + len(self.gaps) + self.count.rest

    def at(self, place: int) -> Row | None:
        """Give a row, or None and ask for its page."""
        first_gap = self.count.waiting
        if first_gap <= place < first_gap + len(self.gaps):
            return self.gaps[place - first_gap]
        number, within = divmod(self._cable(place), PAGE)
        page = self._pages.get(number)
        if page is None:
            self._lacking = number
            self.missed()
            page = self._stale.get(number, ())
        else:
            self._pages.move_to_end(number)
        return page[within] if within < len(page) else None

    def held(self) -> Iterator[tuple[int, Row]]:
        """Give the rows that are here, with their places."""
        yield from enumerate(self.gaps, self.count.waiting)
        for number, page in self._pages.items():
            for within, row in enumerate(page):
                yield self.place(number * PAGE + within), row

    def first(self) -> tuple[Row, ...]:
        """Give the rows from the first on, as far as they are here."""
        found: list[Row] = []
        for place in range(min(len(self), MOST_PAGES * PAGE)):
            row = self._peek(place)
            if row is None:
                break
            found.append(row)
        return tuple(found)

    def place(self, cable: int) -> int:
        """Give the place of the cable before which so many cables stand."""
        return cable if cable < self.count.waiting else cable + len(self.gaps)

    def lacking(self) -> int | None:
        """Give the page that was asked for last and is not here; asked once, it is forgotten."""
        number, self._lacking = self._lacking, None
        return None if number is None or number in self._pages else number

    def put(self, number: int, page: ListPage) -> tuple[int, int]:
        """Take a page; gives the first and last place that are here now."""
        self._pages[number] = page.rows
        self._stale.pop(number, None)
        while len(self._pages) > MOST_PAGES:
            self._pages.popitem(last=False)
        if page.end is not None and number == len(self.marks) - 1:
            self.marks.append(page.end)
        return self.place(number * PAGE), self.place(number * PAGE + max(0, len(page.rows) - 1))

    def follow(self, before: "Paged") -> None:
        """Show an earlier state of the same list until its pages were read again."""
        self._stale = {**before._stale, **before._pages}

    def _peek(self, place: int) -> Row | None:
        first_gap = self.count.waiting
        if first_gap <= place < first_gap + len(self.gaps):
            return self.gaps[place - first_gap]
        number, within = divmod(self._cable(place), PAGE)
        page = self._pages.get(number, ())
        return page[within] if within < len(page) else None

    def _cable(self, place: int) -> int:
        return place if place < self.count.waiting else place - len(self.gaps)
