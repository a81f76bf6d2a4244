"""Pages of pad books as they are used: read from the paper, torn off, bound to a cable, destroyed.

Source: docs/spec/materials.md 4. A page counts as used from the commit of `take` on, and only then are its figures
given; they are erased in the same transaction, so no path gives them twice. The paper is the last word: in every run,
and again after every doubt about this store, the officer first reads from it which page lies on top.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from secmsg.errors import NotAllowed
from secmsg.ids import StationId
from secmsg.manual import pad, tag
from secmsg.manual.pad import Page
from secmsg.manual.tag import Sheet
from secmsg.office import pad_pages
from secmsg.office.materials import Act, Direction, Item, State
from secmsg.office.pad_pages import PAGE_GROUPS, PageState, Refusal
from secmsg.station import material_ledger as acts
from secmsg.station import pad_rules, pad_stock
from secmsg.station.desk import Desk
from secmsg.station.pad_rules import find as find  # asked here by who deciphers
from secmsg.station.pad_rules import is_confirmed as is_confirmed  # as above
from secmsg.store import materials as rows

_KEY = 4
_MASK = 5
_KEYS = PAGE_GROUPS * _KEY
_OPENED = "a message is deciphered with it"


@dataclass(frozen=True, slots=True)
class Taken:
    """Pages that were torn off or opened, for one message.

    `numbers` are theirs, five figures each. `pages` and `sheets` are empty when the book stands on paper alone: the
    officer types the strips that are needed (`manual.pad.page`, `manual.tag.sheet`). `passed` are page numbers that lie
    before them: torn off unused and void (ĐI), or not seen yet (ĐẾN).
    """

    book: int
    peer: StationId
    direction: Direction
    training: bool
    numbers: tuple[str, ...]
    pages: tuple[Page, ...] = field(repr=False)
    sheets: tuple[Sheet, ...] = field(repr=False)
    passed: tuple[str, ...] = ()


def books(desk: Desk, *, training: bool = False) -> tuple[Item, ...]:
    """List the pad books whose pages are used here, by register number: our own copies, whatever their state."""
    return tuple(each for each in rows.every(desk.db) if pad_rules.is_ours(each) and each.training is training)


def confirm(desk: Desk, book: int, top: str, *, training: bool = False) -> tuple[str, ...]:
    """Take from the officer which page lies on top of a book ĐI; return the numbers that are gone: torn off, as used.

    The paper may be further than the store, never behind it: PageRefused with what the page was used for. A cable that
    went on paper with one of them can still be entered, with its figures typed.
    """
    with desk.db.transaction():
        item = pad_rules.usable(desk, book, Direction.OUT, training=training)
        number = pad_rules.ready(desk, item, top).number
        before = pad_rules.ready_before(rows.pages(desk.db, book), number)
        passed = _torn_off(desk, item, before)
        acts.enter(desk, item, Act.CONFIRMED, first=number, last=number)
    _note_confirmed(desk, book)
    return passed


def take(desk: Desk, book: int, groups: int, top: str | None = None, *, training: bool = False) -> Taken:
    """Tear off as many pages as `groups` need, for one message, and give them; they count as used whatever follows.

    `top` is the number that the officer reads from the page on top; it may be left out once it was confirmed in this
    run. PageUnconfirmed without it; PageRefused with the facts; NotAllowed for no groups.
    """
    if groups < 1:
        raise NotAllowed("a message has at least one group")
    count = -(-groups // PAGE_GROUPS)
    with desk.db.transaction():
        item = pad_rules.usable(desk, book, Direction.OUT, training=training)
        pages = rows.pages(desk.db, book)
        pad_rules.check_top(desk, item, pages, top)
        run = pad_pages.run(pages, count)
        if not run:
            why = f"{item.name} has no {count} pages left that follow one another"
            raise pad_pages.refusal(Refusal.EXHAUSTED, 0, why)
        numbers = tuple(each.number for each in run)
        passed = _pass_over(desk, item, pad_rules.ready_before(pages, numbers[0]), "too few in a row for the message")
        taken = _given(desk, item, numbers, passed)
        for number in numbers:
            rows.move(desk.db, book, number, PageState.TAKEN, desk.now())
        acts.enter(desk, item, Act.TAKEN, first=numbers[0], last=numbers[-1])
        pad_stock.tell(desk, item)
    _note_confirmed(desk, book)
    # The log still has the figures as they lay in the tables.
    desk.db.truncate_log()
    return taken


def open_incoming(desk: Desk, book: int, page: str, groups: int = 1, *, training: bool = False) -> Taken:
    """Open the pages of a message that came, from the one its header names; they may be opened again until it is read.

    PageRefused with the facts when one is used, destroyed, void, missing, of another book or of the other direction.
    """
    first, count = pad_pages.heard(page), max(1, -(-groups // PAGE_GROUPS))
    with desk.db.transaction():
        item = pad_rules.usable(desk, book, Direction.IN, training=training)
        numbers = tuple(range(first, first + count))
        for number in numbers:
            _check_incoming(desk, item, number)
        before = pad_rules.ready_before(rows.pages(desk.db, book), first)
        taken = _given(desk, item, numbers, tuple(pad_pages.spoken(each) for each in before))
        for number in numbers:
            found = rows.page(desk.db, book, number)
            if found is not None and found.state is PageState.READY:
                rows.move(desk.db, book, number, PageState.OPEN, desk.now())
                acts.enter(desk, item, Act.TAKEN, first=number, last=number, note=_OPENED)
    return taken


def record_use(desk: Desk, taken: Taken, serial: int, cable: str, *, training: bool = False) -> None:
    """Bind pages to the serial and the cable they served, inside the caller's transaction; their figures are erased.

    The log of the store is cut when they are destroyed, or by the caller's `truncate_log` after the commit.
    PageRefused for pages that are bound already, and for a training book unless the drill says so.
    """
    item = rows.read(desk.db, taken.book)
    pad_rules.check_domain(item, training=training)
    numbers = tuple(pad_pages.heard(each) for each in taken.numbers)
    for number in numbers:
        page = rows.page(desk.db, item.number, number)
        if page is not None and page.state not in (PageState.TAKEN, PageState.OPEN):
            raise pad_pages.refused(page)
        rows.move(desk.db, item.number, number, PageState.USED, desk.now(), serial=serial, cable=cable)
    acts.enter(desk, item, Act.USED, first=numbers[0], last=numbers[-1], serial=serial, cable=cable)
    _use_up(desk, item)
    pad_stock.tell(desk, item)


def destroy(desk: Desk, book: int, pages: Sequence[str], second: str, method: str = "") -> None:
    """Note that used, void or missing pages of a book were destroyed, by the officer and a second person.

    PageRefused for a page that is still to be used: a whole book is destroyed as an item.
    """
    with desk.db.transaction():
        item = rows.read(desk.db, book)
        for number in sorted({pad_pages.heard(each) for each in pages}):
            page = pad_rules.page_in(desk, item, number)
            if page.state is PageState.DESTROYED:
                raise pad_pages.refused(page)
            if page.state in (PageState.READY, PageState.OPEN):
                raise NotAllowed(f"page {pad_pages.spoken(number)} was not used: void it first, with a reason")
            rows.move(desk.db, book, number, PageState.DESTROYED, desk.now())
            acts.enter(desk, item, Act.PAGE_DESTROYED, second=second, first=number, last=number, note=method)
    # What was erased is gone from the log too, not only from the tables.
    desk.db.truncate_log()


# --- inside ----------------------------------------------------------------------------------------------------------


def _note_confirmed(desk: Desk, book: int) -> None:
    """Remember, once it is committed, that the paper was read."""
    desk.shelf.pads_confirmed[book] = pad_rules.doubts(desk)


def _pass_over(desk: Desk, item: Item, numbers: tuple[int, ...], why: str) -> tuple[str, ...]:
    """Void pages that lie before the one that is used: they are used for nothing any more."""
    for number in numbers:
        rows.move(desk.db, item.number, number, PageState.VOID, desk.now())
        acts.enter(desk, item, Act.PAGE_VOID, first=number, last=number, note=why)
    return tuple(pad_pages.spoken(each) for each in numbers)


def _torn_off(desk: Desk, item: Item, numbers: tuple[int, ...]) -> tuple[str, ...]:
    """Count pages as torn off that are gone from the paper: nobody here knows whether a cable went with them."""
    for number in numbers:
        rows.move(desk.db, item.number, number, PageState.TAKEN, desk.now())
        acts.enter(desk, item, Act.TAKEN, first=number, last=number, note="the paper is further than the store")
    return tuple(pad_pages.spoken(each) for each in numbers)


def _check_incoming(desk: Desk, item: Item, number: int) -> None:
    page = pad_rules.page_in(desk, item, number)
    if page.state not in (PageState.READY, PageState.OPEN):
        raise pad_pages.refused(page)


def _given(desk: Desk, item: Item, numbers: tuple[int, ...], passed: tuple[str, ...]) -> Taken:
    spoken = tuple(pad_pages.spoken(each) for each in numbers)
    found = [rows.figures(desk.db, item.number, each) for each in numbers]
    held = [each for each in found if each is not None]
    pages = tuple(page_of(number, figures) for number, figures in zip(numbers, held, strict=False))
    whole = len(held) == len(numbers)
    sheets = tuple(tag.sheet(int(each)) for each in rows.sheets(desk.db, item.number))
    return Taken(
        item.number, item.peer, item.direction, item.training, spoken, pages if whole else (), sheets if whole else (),
        passed,
    )  # fmt: skip


def page_of(number: int, figures: str) -> Page:
    """Return the page of 490 figures: 120 groups of four, then the two masks."""
    keys = [figures[at : at + _KEY] for at in range(0, _KEYS, _KEY)]
    return pad.page(number, keys, (figures[_KEYS : _KEYS + _MASK], figures[_KEYS + _MASK :]))


def _use_up(desk: Desk, item: Item) -> None:
    left = (PageState.READY, PageState.OPEN, PageState.TAKEN)
    if item.state is State.IN_USE and not any(e.state in left for e in rows.pages(desk.db, item.number)):
        item = acts.enter(desk, item, Act.USED_UP)
        # The sheets' secrets have no page left to serve.
        rows.erase(desk.db, item.number)
        rows.change(desk.db, replace(item, held=False))
