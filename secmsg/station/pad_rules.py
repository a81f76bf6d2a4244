"""Which page of which pad book may be used, and the facts with which one is refused (docs/spec/materials.md 4).

Reads only; `pads` calls it inside its transactions.
"""

from secmsg.errors import PageRefused, PageUnconfirmed
from secmsg.ids import StationId
from secmsg.office import pad_pages
from secmsg.office.materials import Direction, Item, Kind, State, word
from secmsg.office.pad_pages import Page, PageState, Refusal
from secmsg.station import machines
from secmsg.station.desk import Desk
from secmsg.station.freezing import OWN
from secmsg.store import freezes
from secmsg.store import materials as rows


def is_ours(item: Item) -> bool:
    """Say whether an item is a pad book whose pages are used here, and no copy for another office."""
    return item.kind is Kind.PAD and item.ours


def find(desk: Desk, peer: StationId, page: str) -> Item | None:
    """Return our book of a pair that has a page of this number, the newest first; None when none has.

    FormatError when the five figures do not check.
    """
    number = pad_pages.heard(page)
    mine = [e for e in rows.every(desk.db) if is_ours(e) and e.peer == peer and e.first <= number <= e.last]
    return mine[-1] if mine else None


def page_in(desk: Desk, item: Item, number: int) -> Page:
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


def is_confirmed(desk: Desk, book: int) -> bool:
    """Say whether the page on top was read from the paper in this run, and nothing has cast a doubt since."""
    return desk.shelf.pads_confirmed.get(book) == doubts(desk)


def doubts(desk: Desk) -> int:
    """Count how often our own store was doubted: after one more, the paper is read again."""
    return sum(each.peer == OWN for each in freezes.every(desk.db))


def usable(desk: Desk, book: int, direction: Direction, *, training: bool) -> Item:
    """Return a book from which a page may be used now; PageRefused with the reason, ReceivesOnly, NotFound."""
    item = rows.read(desk.db, book)
    if not is_ours(item):
        raise pad_pages.refusal(Refusal.NOT_IN_USE, 0, f"item {book} is no pad book of ours")
    check_domain(item, training=training)
    if item.direction is not direction:
        way = "enciphers" if item.direction is Direction.OUT else "deciphers"
        raise pad_pages.refusal(Refusal.OTHER_DIRECTION, 0, f"{item.name} is of the other direction: it {way} here")
    if direction is Direction.OUT and not training:
        # Two machines of a station with one book would each take its next page: the one that releases takes it.
        machines.check_releases(desk)
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


def check_top(desk: Desk, item: Item, pages: tuple[Page, ...], top: str | None) -> None:
    """Hold the page on top of the paper against the one that is next here."""
    if top is None:
        if not is_confirmed(desk, item.number):
            raise PageUnconfirmed(f"read from the paper which page of {item.name} lies on top")
        return
    number = ready(desk, item, top).number
    before = ready_before(pages, number)
    if before:
        text = f"page {top} is not next: {len(before)} before it were not used; if they are gone from the paper, say so"
        raise pad_pages.refusal(Refusal.OUT_OF_ORDER, number, text)


def ready(desk: Desk, item: Item, top: str) -> Page:
    """Return the page that five figures name, unused; PageRefused with its facts, FormatError."""
    number = pad_pages.heard(top)
    page = page_in(desk, item, number)
    if page.state is not PageState.READY:
        raise pad_pages.refused(page)
    return page


def ready_before(pages: tuple[Page, ...], number: int) -> tuple[int, ...]:
    """Return the numbers of unused pages before one."""
    return tuple(each.number for each in pages if each.state is PageState.READY and each.number < number)


def _elsewhere(desk: Desk, item: Item, number: int) -> PageRefused:
    other = find(desk, item.peer, pad_pages.spoken(number))
    if other is not None and other.direction is not item.direction:
        way = "encipher" if other.direction is Direction.OUT else "decipher"
        text = f"page {pad_pages.spoken(number)} is of {other.name}, with which we {way}"
        return pad_pages.refusal(Refusal.OTHER_DIRECTION, number, text)
    return _not_here(item, number)


def _not_here(item: Item, number: int) -> PageRefused:
    pages = f"{pad_pages.spoken(item.first)} to {pad_pages.spoken(item.last)}"
    text = f"{item.name} has pages {pages}, no page {pad_pages.spoken(number)}"
    return pad_pages.refusal(Refusal.NOT_HERE, number, text)
