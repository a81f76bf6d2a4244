"""Pages of pad books as they are used: read from the paper, torn off, bound to a cable, destroyed.

Source: docs/spec/materials.md 4. A page counts as used from the commit of `take` on, and only then are its figures
given; they are erased in the same transaction, so no path gives them twice. The paper is the last word: in every run,
and again after every doubt about this store, the officer first reads from it which page lies on top.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from secmsg.errors import NotAllowed, PageUnconfirmed
from secmsg.ids import StationId
from secmsg.manual import pad, tag
from secmsg.manual.pad import Page
from secmsg.manual.tag import Sheet
from secmsg.office import pad_pages
from secmsg.office.materials import Act, Direction, Item, Kind, State, word
from secmsg.office.pad_pages import PAGE_GROUPS, PageState, Refusal
from secmsg.station import material_ledger as acts
from secmsg.station.desk import Desk
from secmsg.station.freezing import OWN
from secmsg.store import freezes
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
    return tuple(each for each in rows.every(desk.db) if _is_ours(each) and each.training is training)


def find(desk: Desk, peer: StationId, page: str) -> Item | None:
    """Return our book of a pair that has a page of this number, the newest first; None when none has.

    FormatError when the five figures do not check.
    """
    number = pad_pages.heard(page)
    mine = [e for e in rows.every(desk.db) if _is_ours(e) and e.peer == peer and e.first <= number <= e.last]
    return mine[-1] if mine else None


def confirm(desk: Desk, book: int, top: str, *, training: bool = False) -> tuple[str, ...]:
    """Take from the officer which page lies on top of a book ĐI; return the numbers passed over, void from now on.

    The paper may be further than the store, never behind it: PageRefused with what the page was used for.
    """
    with desk.db.transaction():
        item = _usable(desk, book, Direction.OUT, training=training)
        number = _ready(desk, item, top).number
        before = _ready_before(rows.pages(desk.db, book), number)
        passed = _pass_over(desk, item, before, "the paper is further than the store")
        acts.enter(desk, item, Act.CONFIRMED, first=number, last=number)
    _note_confirmed(desk, book)
    return passed


def is_confirmed(desk: Desk, book: int) -> bool:
    """Say whether the page on top was read from the paper in this run, and nothing has cast a doubt since."""
    return desk.shelf.pads_confirmed.get(book) == _doubts(desk)


def take(desk: Desk, book: int, groups: int, top: str | None = None, *, training: bool = False) -> Taken:
    """Tear off as many pages as `groups` need, for one message, and give them; they count as used whatever follows.

    `top` is the number that the officer reads from the page on top; it may be left out once it was confirmed in this
    run. PageUnconfirmed without it; PageRefused with the facts; NotAllowed for no groups.
    """
    if groups < 1:
        raise NotAllowed("a message has at least one group")
    count = -(-groups // PAGE_GROUPS)
    with desk.db.transaction():
        item = _usable(desk, book, Direction.OUT, training=training)
        pages = rows.pages(desk.db, book)
        _check_top(desk, item, pages, top)
        run = pad_pages.run(pages, count)
        if not run:
            why = f"{item.name} has no {count} pages left that follow one another"
            raise pad_pages.refusal(Refusal.EXHAUSTED, 0, why)
        numbers = tuple(each.number for each in run)
        passed = _pass_over(desk, item, _ready_before(pages, numbers[0]), "too few in a row for the message")
        taken = _given(desk, item, numbers, passed)
        for number in numbers:
            rows.move(desk.db, book, number, PageState.TAKEN, desk.now())
        acts.enter(desk, item, Act.TAKEN, first=numbers[0], last=numbers[-1])
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
        item = _usable(desk, book, Direction.IN, training=training)
        numbers = tuple(range(first, first + count))
        for number in numbers:
            _check_incoming(desk, item, number)
        before = _ready_before(rows.pages(desk.db, book), first)
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
    check_domain(item, training=training)
    numbers = tuple(pad_pages.heard(each) for each in taken.numbers)
    for number in numbers:
        page = rows.page(desk.db, item.number, number)
        if page is not None and page.state not in (PageState.TAKEN, PageState.OPEN):
            raise pad_pages.refused(page)
        rows.move(desk.db, item.number, number, PageState.USED, desk.now(), serial=serial, cable=cable)
    acts.enter(desk, item, Act.USED, first=numbers[0], last=numbers[-1], serial=serial, cable=cable)
    _use_up(desk, item)


def destroy(desk: Desk, book: int, pages: Sequence[str], second: str, method: str = "") -> None:
    """Note that used, void or missing pages of a book were destroyed, by the officer and a second person.

    PageRefused for a page that is still to be used: a whole book is destroyed as an item.
    """
    with desk.db.transaction():
        item = rows.read(desk.db, book)
        for number in sorted({pad_pages.heard(each) for each in pages}):
            page = page_in(desk, item, number)
            if page.state is PageState.DESTROYED:
                raise pad_pages.refused(page)
            if page.state in (PageState.READY, PageState.OPEN):
                raise NotAllowed(f"page {pad_pages.spoken(number)} was not used: void it first, with a reason")
            rows.move(desk.db, book, number, PageState.DESTROYED, desk.now())
            acts.enter(desk, item, Act.PAGE_DESTROYED, second=second, first=number, last=number, note=method)
    # What was erased is gone from the log too, not only from the tables.
    desk.db.truncate_log()


def page_in(desk: Desk, item: Item, number: int) -> pad_pages.Page:
    """Return a page of a book; PageRefused when it has none of this number."""
    page = rows.page(desk.db, item.number, number)
    if page is None:
        raise _elsewhere(desk, item, number)
    return page


def check_domain(item: Item, *, training: bool) -> None:
    """Refuse a training book for live traffic, and a live book for a drill: the one place where the two are parted."""
    if item.training and not training:
        raise pad_pages.refusal(Refusal.TRAINING, 0, f"{item.name} is a training book: it enters no live register")
    if training and not item.training:
        raise pad_pages.refusal(Refusal.LIVE, 0, f"{item.name} is a live book: no drill uses its pages")


# --- inside ----------------------------------------------------------------------------------------------------------


def _is_ours(item: Item) -> bool:
    return item.kind is Kind.PAD and item.ours


def _usable(desk: Desk, book: int, direction: Direction, *, training: bool) -> Item:
    item = rows.read(desk.db, book)
    if not _is_ours(item):
        raise pad_pages.refusal(Refusal.NOT_IN_USE, 0, f"item {book} is no pad book of ours")
    check_domain(item, training=training)
    if item.direction is not direction:
        way = "enciphers" if item.direction is Direction.OUT else "deciphers"
        raise pad_pages.refusal(Refusal.OTHER_DIRECTION, 0, f"{item.name} is of the other direction: it {way} here")
    if item.state is State.IN_USE:
        return item
    why = _OF_STATE.get(item.state, Refusal.NOT_IN_USE)
    raise pad_pages.refusal(why, 0, f"{item.name} is {word(item.state)}, not in use")


_OF_STATE = {
    State.SUPERSEDED: Refusal.SUPERSEDED,
    State.COMPROMISED: Refusal.FROZEN,
    State.MISSING: Refusal.FROZEN,
    State.USED_UP: Refusal.EXHAUSTED,
}


def _check_top(desk: Desk, item: Item, pages: tuple[pad_pages.Page, ...], top: str | None) -> None:
    """Hold the page on top of the paper against the one that is next here."""
    if top is None:
        if not is_confirmed(desk, item.number):
            raise PageUnconfirmed(f"read from the paper which page of {item.name} lies on top")
        return
    number = _ready(desk, item, top).number
    before = _ready_before(pages, number)
    if before:
        text = f"page {top} is not next: {len(before)} before it were not used; if they are gone from the paper, say so"
        raise pad_pages.refusal(Refusal.OUT_OF_ORDER, number, text)


def _ready(desk: Desk, item: Item, top: str) -> pad_pages.Page:
    number = pad_pages.heard(top)
    page = page_in(desk, item, number)
    if page.state is not PageState.READY:
        raise pad_pages.refused(page)
    return page


def _ready_before(pages: tuple[pad_pages.Page, ...], number: int) -> tuple[int, ...]:
    return tuple(each.number for each in pages if each.state is PageState.READY and each.number < number)


def _note_confirmed(desk: Desk, book: int) -> None:
    """Remember, once it is committed, that the paper was read."""
    desk.shelf.pads_confirmed[book] = _doubts(desk)


def _pass_over(desk: Desk, item: Item, numbers: tuple[int, ...], why: str) -> tuple[str, ...]:
    """Void pages that lie before the one that is used: they are used for nothing any more."""
    for number in numbers:
        rows.move(desk.db, item.number, number, PageState.VOID, desk.now())
        acts.enter(desk, item, Act.PAGE_VOID, first=number, last=number, note=why)
    return tuple(pad_pages.spoken(each) for each in numbers)


def _doubts(desk: Desk) -> int:
    """Count how often our own store was doubted: after one more, the paper is read again."""
    return sum(each.peer == OWN for each in freezes.every(desk.db))


def _check_incoming(desk: Desk, item: Item, number: int) -> None:
    page = page_in(desk, item, number)
    if page.state not in (PageState.READY, PageState.OPEN):
        raise pad_pages.refused(page)


def _elsewhere(desk: Desk, item: Item, number: int) -> Exception:
    other = find(desk, item.peer, pad_pages.spoken(number))
    if other is not None and other.direction is not item.direction:
        way = "encipher" if other.direction is Direction.OUT else "decipher"
        text = f"page {pad_pages.spoken(number)} is of {other.name}, with which we {way}"
        return pad_pages.refusal(Refusal.OTHER_DIRECTION, number, text)
    return _not_here(item, number)


def _not_here(item: Item, number: int) -> Exception:
    pages = f"{pad_pages.spoken(item.first)} to {pad_pages.spoken(item.last)}"
    text = f"{item.name} has pages {pages}, no page {pad_pages.spoken(number)}"
    return pad_pages.refusal(Refusal.NOT_HERE, number, text)


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
