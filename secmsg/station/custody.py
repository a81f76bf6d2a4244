"""How an item of key material goes from hand to hand: printed, sealed, issued, received, opened, destroyed, reported.

Source: docs/spec/materials.md 3. Each act is one transaction with its line of the ledger; what needs two persons is
refused without the second.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from secmsg.errors import NotAllowed
from secmsg.ids import StationId
from secmsg.manual import tag
from secmsg.manual.pad import Page
from secmsg.manual.tag import Sheet
from secmsg.office import materials, pad_pages
from secmsg.office.materials import Act, Direction, Item, Kind, State
from secmsg.office.pad_pages import PageState
from secmsg.station import desk as desks
from secmsg.station import keeping, pad_rules, pads
from secmsg.station import material_ledger as acts
from secmsg.station.desk import Desk
from secmsg.store import materials as rows
from secmsg.store.materials import NewPage

PAPER_ONLY = "figures erased: paper alone"


@dataclass(frozen=True, slots=True)
class Matter:
    """What a book's papers are printed from; it belongs on paper alone."""

    item: Item
    other: Item | None
    pages: tuple[Page, ...] = field(repr=False)
    sheets: tuple[Sheet, ...] = field(repr=False)


def matter(desk: Desk, book: int) -> Matter:
    """Give every figure of a book whose pages are all held and unused, for its papers; NotAllowed otherwise."""
    item = rows.read(desk.db, book)
    found = {each.number: rows.figures(desk.db, book, each.number) for each in rows.pages(desk.db, book)}
    if item.kind is not Kind.PAD or not found or any(figures is None for figures in found.values()):
        raise NotAllowed(f"{item.name} is not held whole here: it cannot be printed")
    pages = tuple(pads.page_of(number, figures) for number, figures in found.items() if figures is not None)
    sheets = tuple(tag.sheet(int(each)) for each in rows.sheets(desk.db, book))
    return Matter(item, other(desk, item), pages, sheets)


def other(desk: Desk, item: Item) -> Item | None:
    """Return the copy of the same draw that is for the other end, where it was drawn here."""
    every = rows.every(desk.db)
    return next((e for e in every if item.set_id and e.set_id == item.set_id and e.copy != item.copy), None)


def printed(desk: Desk, book: int, printing: str, *, paper_only: bool) -> None:
    """Note that both copies were printed and how; with `paper_only` the figures leave the store for good."""
    with desk.db.transaction():
        item = rows.read(desk.db, book)
        copy = other(desk, item)
        for each in (item,) if copy is None else (item, copy):
            if materials.may(each, Act.PRINTED):
                acts.enter(desk, each, Act.PRINTED, note=printing)
        if paper_only:
            _erase(desk, rows.read(desk.db, book))
    desk.db.truncate_log()


def erase(desk: Desk, book: int) -> None:
    """Erase the figures of a book from the store: from now on it stands on paper alone."""
    with desk.db.transaction():
        _erase(desk, rows.read(desk.db, book))
    desk.db.truncate_log()


def _erase(desk: Desk, item: Item) -> None:
    acts.enter(desk, item, Act.ERASED, note=PAPER_ONLY)
    rows.erase(desk.db, item.number)
    rows.change(desk.db, replace(rows.read(desk.db, item.number), held=False))


def act(desk: Desk, number: int, what: Act, *, second: str = "", holder: str = "", note: str = "") -> Item:
    """Do one act to a whole item: seal, issue, receive back, open, count, move, void, supersede, destroy, report.

    Destroying, voiding and superseding erase what is held. NotAllowed where the item does not stand so, or the second
    person lacks; NotFound.
    """
    with desk.db.transaction():
        item = act_within(desk, number, what, second=second, holder=holder, note=note)
    if what in _ENDS:
        desk.db.truncate_log()
    return item


def act_within(desk: Desk, number: int, what: Act, *, second: str = "", holder: str = "", note: str = "") -> Item:
    """Do it in the caller's transaction, who cuts the log after it where something ends."""
    item = acts.enter(desk, rows.read(desk.db, number), what, second=second, holder=holder, note=note)
    if what in _ENDS:
        rows.erase(desk.db, number)
        item = replace(item, held=False)
        rows.change(desk.db, item)
    if what is Act.DESTROYED:
        _end_pages(desk, item)
    return item


_ENDS = frozenset((Act.DESTROYED, Act.VOID, Act.SUPERSEDED))


def void_pages(desk: Desk, book: int, pages: Sequence[str], reason: str) -> None:
    """Void pages of a book that will serve no message, with a reason; PageRefused for one that has served."""
    if not reason.strip():
        raise NotAllowed("a page is made void with a reason")
    with desk.db.transaction():
        item = rows.read(desk.db, book)
        for number in sorted({pad_pages.heard(each) for each in pages}):
            page = pad_rules.page_in(desk, item, number)
            if PageState.VOID not in pad_pages.NEXT[page.state]:
                raise pad_pages.refused(page)
            rows.move(desk.db, book, number, PageState.VOID, desk.now())
            acts.enter(desk, item, Act.PAGE_VOID, first=number, last=number, note=reason.strip())
    desk.db.truncate_log()


def _end_pages(desk: Desk, item: Item) -> None:
    for page in rows.pages(desk.db, item.number):
        if page.state is not PageState.DESTROYED:
            rows.move(desk.db, item.number, page.number, PageState.DESTROYED, desk.now())


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the cover of a book that came on paper: `first` is the number of its first page, five figures."""

    peer: StationId
    direction: Direction
    title: str
    edition: int
    first: str
    pages: int
    training: bool = False


def receive_paper(desk: Desk, cover: Cover, second: str, holder: str = "") -> Item:
    """Take a book that came on paper alone: seal whole, pages counted, by two persons; return it as the reserve.

    NotAllowed when one of its page numbers is in a book of this pair already (a sign of a false or doubled book), or
    for other bounds; NotListed for a station that the directory does not know.
    """
    first = pad_pages.heard(cover.first)
    title = " ".join(cover.title.split())
    if cover.peer == desks.own(desk).station:
        raise NotAllowed("a book is shared with another station")
    desks.directory(desk).station(cover.peer)
    if not pad_pages.MIN_PAGES <= cover.pages <= pad_pages.MAX_PAGES or not 1 <= len(title) <= materials.MAX_TITLE:
        raise NotAllowed(f"a book has {pad_pages.MIN_PAGES} to {pad_pages.MAX_PAGES} pages and a short title")
    with desk.db.transaction():
        place = holder or desks.directory(desk).station(desks.own(desk).station).name_vi
        copy = 1 if cover.direction is Direction.OUT else 2
        item = Item(
            rows.next_number(desk.db), Kind.PAD, title, cover.edition, copy, 2, State.ISSUED, State.ISSUED,
            cover.peer, cover.direction, place, cover.training, b"", first, cover.pages, ours=True, held=False,
            at=desk.now(),
        )  # fmt: skip
        check_numbers(rows.every(desk.db), item)
        rows.keep(desk.db, item)
        pages = [NewPage(number, None) for number in range(item.first, item.last + 1)]
        rows.keep_pages(desk.db, item.number, pages, (), item.at)
        return acts.enter(desk, item, Act.RECEIVED, second=second, first=item.first, last=item.last)


def check_numbers(known: Sequence[Item], new: Item) -> None:
    """Refuse a book whose page numbers, or whose copy, another book of the pair has: NotAllowed names it."""
    last = pad_pages.LAST_TRAINING if new.training else pad_pages.LAST_LIVE
    low = pad_pages.LAST_LIVE + 1 if new.training else 1
    if not low <= new.first <= new.last <= last:
        raise NotAllowed(f"pages of such a book lie between {pad_pages.spoken(low)} and {pad_pages.spoken(last)}")
    for each in known:
        same = each.kind is Kind.PAD and each.peer == new.peer and each.ours and each.training is new.training
        if same and each.state not in materials.ENDED and each.first <= new.last and new.first <= each.last:
            raise NotAllowed(
                f"{each.name} (item {each.number}) has pages of the same numbers: report it as a doubled book"
            )


def enter_item(desk: Desk, kind: Kind, title: str, edition: int, copy: int, copies: int, holder: str) -> Item:
    """Take any other item into the ledger: a copy of the codebook, a token, a stick, a machine; NotAllowed."""
    with desk.db.transaction():
        return keeping.enter_item(desk, kind, title, holder, edition=edition, copy=copy, copies=copies)
