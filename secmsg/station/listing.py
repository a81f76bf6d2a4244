"""Lists and searches in pages: each call is short, whatever the store holds (docs/spec/store.md 7 and 9)."""

from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from secmsg.errors import DiskFull, NotFound, StoreError
from secmsg.ids import CableId
from secmsg.station import indexing, reading, texts
from secmsg.station.desk import Desk
from secmsg.station.reading import Names
from secmsg.station.views import (
    EVERY_CABLE,
    CableRow,
    FoundCount,
    FoundPage,
    ListCount,
    Listing,
    ListMark,
    ListPage,
    Quick,
)
from secmsg.store import cables, lists, search
from secmsg.store.cables import CableHead, Direction
from secmsg.store.lists import Mark, Sieve
from secmsg.store.search import START
from secmsg.store.terms import parse
from secmsg.vietnamese import fold, spans

T = TypeVar("T")
PAGE = 128
"""Rows of a page of a list."""
STEP_S = 0.025
"""How long a step of a search goes on to another part of the index; the part it is in it finishes."""
CLOSEST = 2_000
"""The newest matches that an order by closeness weighs: its cost grows with them."""
LOOKED_AT, MOST_PLACES = 20_000, 200
"""Letters of a text that are looked at for an excerpt, and places that are compared."""
BEFORE, ROUND, CLOSE = 12, 160, 60
"""Letters of an excerpt before its first match and in all, and within which matches belong together."""


def page(desk: Desk, listing: Listing, quick: Quick, after: ListMark | None) -> ListPage:
    """Give the next page of a list after a mark (None: the first)."""
    known = reading.names(desk)
    found = lists.page(desk.db, _way(listing), _sieve(quick), _mark(after), PAGE)
    rows = tuple(_row(desk, known, head) for _, head in found)
    last = found[-1][0] if len(found) == PAGE else None
    return ListPage(rows, None if last is None else ListMark(last.waits, last.cable_no))


def marks(desk: Desk, listing: Listing, quick: Quick, after: ListMark | None, pages: int) -> tuple[ListMark, ...]:
    """Give where the next pages end, without reading them."""
    found = lists.marks(desk.db, _way(listing), _sieve(quick), _mark(after), pages * PAGE, PAGE)
    return tuple(ListMark(each.waits, each.cable_no) for each in found)


def count(desk: Desk, listing: Listing, quick: Quick) -> ListCount:
    """Count the cables of a list."""
    found = lists.tally(desk.db, _way(listing), _sieve(quick))
    return ListCount(found.waiting, found.rest)


def place(desk: Desk, listing: Listing, quick: Quick, cable_id: CableId) -> int:
    """Say how many cables of a list stand before one of them; NotFound when it is not in it."""
    way, mark = lists.mark_of(desk.db, cable_id)
    before = lists.rank(desk.db, way, _sieve(quick), mark)
    there = lists.page(desk.db, way, _sieve(quick), Mark(mark.waits, mark.cable_no + 1), 1)
    if way is not _way(listing) or not there or there[0][1].cable_id != cable_id:
        raise NotFound("the cable is not in this list")
    return before


# --- search ----------------------------------------------------------------------------------------------------------


def find(desk: Desk, text: str, quick: Quick = EVERY_CABLE, below: int = START, limit: int = 50) -> FoundPage:
    """Give the next found cables, newest first; a step may give fewer, or none, and still say where it goes on."""

    def look() -> FoundPage:
        numbers: list[int] = []
        at, until = below, monotonic() + STEP_S
        while True:
            step = search.step(desk.db, text, at, limit - len(numbers), _sieve(quick))
            numbers += step.numbers
            at = step.below
            if not at or len(numbers) == limit or monotonic() > until:
                break
        return FoundPage(_found(desk, text, tuple(numbers)), at)

    return _heedful(desk, look, FoundPage((), 0))


def count_found(desk: Desk, text: str, quick: Quick, below: int, limit: int) -> FoundCount:
    """Count on what matches, up to `limit`, and say where the counting goes on."""

    def look() -> FoundCount:
        counted, at, until = 0, below, monotonic() + STEP_S
        while True:
            more, at = search.count_step(desk.db, text, at, limit - counted, _sieve(quick))
            counted += more
            if not at or counted >= limit or monotonic() > until:
                break
        return FoundCount(counted, at)

    return _heedful(desk, look, FoundCount(0, 0))


def closest(desk: Desk, text: str, quick: Quick, limit: int) -> FoundPage:
    """Give the closest of the newest `CLOSEST` matches; `below` is not 0 when older ones were not weighed."""

    def look() -> FoundPage:
        weighed: list[tuple[float, int]] = []
        at = START
        while at and len(weighed) < CLOSEST:
            more, at = search.weigh_step(desk.db, text, at, CLOSEST - len(weighed), _sieve(quick))
            weighed += more
        weighed.sort(key=lambda pair: (pair[0], -pair[1]))
        return FoundPage(_found(desk, text, tuple(number for _, number in weighed[:limit])), at)

    return _heedful(desk, look, FoundPage((), 0))


def excerpt(body: str, text: str) -> str:
    """Cut a line out of a text where most of what was typed stands together; "" when nothing of it does."""
    found = spans(body[:LOOKED_AT], [(term.words, term.open) for term in parse(text)])
    if not found:
        return ""

    def met(at: int) -> int:
        near = (body[a:b] for a, b in found[at : at + len(parse(text))] if b <= found[at][0] + CLOSE)
        return len({fold(each) for each in near})

    first = found[max(range(min(len(found), MOST_PLACES)), key=lambda at: (met(at), -at))][0]
    start = max(0, first - BEFORE)
    start = 0 if start == 0 else body.find(" ", start, first) + 1 or first
    line = " ".join(body[start : start + ROUND].split())
    return f"{'… ' if start else ''}{line}{' …' if start + ROUND < len(body) else ''}"


def places_of(text: str, typed: str) -> tuple[tuple[int, int], ...]:
    """Give (start, end) of what matches in a shown text, letter by letter as it is written."""
    return spans(text, [(term.words, term.open) for term in parse(typed)])


def phrase_places(text: str, typed: str) -> tuple[tuple[int, int], ...]:
    """Give (start, end) of every place where what was typed stands as it is, the last word perhaps going on."""
    words = tuple(word for term in parse(typed) for word in term.words)
    return spans(text, [(words, True)])


def asks_something(typed: str) -> bool:
    """Say whether anything that was typed can be searched for."""
    return bool(parse(typed))


def _heedful(desk: Desk, look: Callable[[], T], nothing: T) -> T:
    """Look into the index; a broken one is begun anew and then called incomplete, never taken for an empty one."""
    try:
        return look()
    except DiskFull:
        raise
    except StoreError:
        indexing.begin_anew(desk)
        return nothing


def _found(desk: Desk, text: str, numbers: tuple[int, ...]) -> tuple[CableRow, ...]:
    known = reading.names(desk)
    return tuple(_row(desk, known, head, _excerpt(desk, head, text)) for head in search.heads(desk.db, numbers))


def _excerpt(desk: Desk, head: CableHead, text: str) -> str:
    # A cable whose subject is kept out of lists must not show its text there either.
    if not head.subject:
        return ""
    try:
        return excerpt(texts.text(cables.read(desk.db, head.cable_id)).body, text)
    except NotFound:
        return ""


def _row(desk: Desk, known: Names, head: CableHead, cut: str = "") -> CableRow:
    state = reading.state_of(desk, head.cable_id) if head.direction is Direction.OUT else None
    return reading.row(known, head, state, cut)


def _way(listing: Listing) -> Direction:
    return Direction.IN if listing is Listing.INCOMING else Direction.OUT


def _sieve(quick: Quick) -> Sieve:
    return Sieve(quick.unacknowledged, quick.urgent, quick.annexes, quick.degree, quick.since)


def _mark(mark: ListMark | None) -> Mark | None:
    return None if mark is None else Mark(mark.waits, mark.cable_no)
