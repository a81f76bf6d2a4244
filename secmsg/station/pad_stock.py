"""How long the pages in hand last: told while the next books can still be on their way (docs/spec/materials.md 10)."""

from secmsg.ids import StationId
from secmsg.office import pad_plan
from secmsg.office.materials import ALIVE, Direction, Item, Kind
from secmsg.office.pad_pages import PageState
from secmsg.station import desk as desks
from secmsg.station import notices
from secmsg.station.desk import Desk
from secmsg.station.views import NoticeKind
from secmsg.store import materials as rows

SPENT = frozenset((PageState.TAKEN, PageState.USED, PageState.DESTROYED))
"""States of pages that were used up."""


def is_low(desk: Desk, peer: StationId, direction: Direction) -> bool:
    """Say whether all live pages with a station, one way, last less than 30 days."""
    ready, spent = 0, []
    for each in rows.every(desk.db):
        if (
            each.kind is not Kind.PAD
            or not each.ours
            or each.training
            or (each.peer, each.direction) != (peer, direction)
        ):
            continue
        pages = rows.pages(desk.db, each.number)
        ready += sum(page.state is PageState.READY for page in pages) if each.state in ALIVE else 0
        spent += [page.at for page in pages if page.state in SPENT]
    return pad_plan.is_low(ready, spent, desk.now())


def tell(desk: Desk, book: Item) -> None:
    """Leave a lasting notice, once, when the pages of a book's pair and direction run low; inside a transaction."""
    if not book.training and is_low(desk, book.peer, book.direction):
        name = desks.directory(desk).station(book.peer).name_vi
        notices.add_once(desk, NoticeKind.PADS_LOW, desk.now(), f"{name}, {book.direction.name.lower()}")
