"""Views of key material, made from what the store holds; nothing here writes."""

from secmsg.errors import NotListed
from secmsg.ids import StationId
from secmsg.office import pad_pages, pad_plan
from secmsg.office.materials import NOBODY, Direction, Item, Kind
from secmsg.office.materials import destruction_order as destruction_order_of
from secmsg.office.pad_pages import Page, PageState
from secmsg.station import compromises, material_ledger, pad_rules, pad_stock, pads
from secmsg.station import desk as desks
from secmsg.station.compromises import Compromise
from secmsg.station.desk import Desk
from secmsg.station.pad_views import ItemView, LedgerRow, LineView, PageView, StoppedView
from secmsg.store import materials as rows

_READY = frozenset((PageState.READY,))
_USED = frozenset((PageState.OPEN, PageState.TAKEN, PageState.USED, PageState.VOID, PageState.MISSING))


def items(desk: Desk, *, training: bool = False) -> tuple[ItemView, ...]:
    """List the items of the ledger, live or training, by register number."""
    return tuple(item(desk, each) for each in rows.every(desk.db) if each.training is training)


def destruction_order(desk: Desk) -> tuple[ItemView, ...]:
    """List the live items that are here in the order of their emergency destruction."""
    live = [each for each in rows.every(desk.db) if not each.training]
    return tuple(item(desk, each) for each in destruction_order_of(live))


def item(desk: Desk, of: Item) -> ItemView:
    """Show one item."""
    pages = rows.pages(desk.db, of.number)
    ready, used, destroyed = _counts(desk, of, pages)
    confirmed = of.direction is Direction.OUT and pad_rules.is_confirmed(desk, of.number)
    used_at = [each.at for each in pages if each.state in pad_stock.SPENT]
    numbered = of.kind is Kind.PAD
    tops = [each.number for each in pages if each.state is PageState.READY]
    return ItemView(
        of.number, of.kind, of.name, of.title, of.edition, of.copy, of.copies, of.state, of.peer, _name(desk, of.peer),
        of.direction, of.ours, of.held, of.training, of.holder, pad_pages.spoken(of.first) if numbered else "",
        pad_pages.spoken(of.last) if numbered else "", ready, used, destroyed, confirmed,
        pad_pages.spoken(tops[0]) if confirmed and tops else "", of.failures,
        pad_plan.days_left(ready, used_at, desk.now()),
        bool(pages) and pad_plan.is_low(ready, used_at, desk.now()), of.at,
    )  # fmt: skip


def _counts(desk: Desk, of: Item, pages: tuple[Page, ...]) -> tuple[int, int, int]:
    if of.kind is Kind.CHALLENGES:
        lines = rows.lines(desk.db, of.number)
        struck = sum(each.struck_at is not None for each in lines)
        return len(lines) - struck, struck, 0
    ready, used = (sum(each.state in states for each in pages) for states in (_READY, _USED))
    return ready, used, len(pages) - ready - used


def _name(desk: Desk, peer: StationId) -> str:
    if peer == NOBODY:
        return ""
    try:
        return desks.directory(desk).station(peer).name_vi
    except NotListed:
        return f"{peer}"


def pages(desk: Desk, book: int) -> tuple[PageView, ...]:
    """List the pages of a book; NotFound."""
    rows.read(desk.db, book)
    return tuple(page(each) for each in rows.pages(desk.db, book))


def page(of: Page) -> PageView:
    """Show one page."""
    return PageView(pad_pages.spoken(of.number), of.state, of.at, of.serial, of.cable)


def lines(desk: Desk, list_: int) -> tuple[LineView, ...]:
    """List the lines of a challenge list; NotFound."""
    rows.read(desk.db, list_)
    return tuple(
        LineView(each.number, each.struck_at, each.struck_at is not None and each.reply is not None)
        for each in rows.lines(desk.db, list_)
    )


def ledger(desk: Desk, *, training: bool = False) -> tuple[LedgerRow, ...]:
    """List the ledger after checking its chain; StoreDamaged when a line was altered."""
    return tuple(
        LedgerRow(
            each.number, s.at, s.act, s.item, s.kind, f"{s.title} {s.edition} ({s.copy})",
            _pages(s.kind, s.first, s.last), s.serial, s.cable, s.person, s.second, s.holder, s.note,
        )
        for each in material_ledger.lines(desk, training=training)
        for s in (each.line,)
    )  # fmt: skip


def _pages(kind: Kind, first: int, last: int) -> str:
    if not first:
        return ""
    ends = [pad_pages.spoken(each) if kind is Kind.PAD else str(each) for each in (first, last)]
    return ends[0] if first == last else "-".join(ends)


def stopped(desk: Desk, of: Compromise) -> StoppedView:
    """Show what a stopped item means."""
    reserve = None if of.reserve is None else item(desk, of.reserve)
    return StoppedView(item(desk, of.item), tuple(page(each) for each in of.messages), reserve, of.report)


def standing(desk: Desk, number: int) -> StoppedView:
    """Show it again while the item is stopped; NotAllowed."""
    return stopped(desk, compromises.standing(desk, number))


def low(desk: Desk) -> tuple[ItemView, ...]:
    """List the pairs and directions whose pages in hand last less than 30 days, by their newest live book."""
    newest = {(each.peer, each.direction): each for each in pads.books(desk)}
    return tuple(item(desk, each) for pair, each in newest.items() if pad_stock.is_low(desk, *pair))
