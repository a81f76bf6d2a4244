"""Papers about key material: the ledger, a book's list of pages, the record of a destruction.

Made from what the register says; none of them holds a figure of a key. Hours are those of the office, with their zone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from secmsg.errors import NotAllowed
from secmsg.office import pad_pages
from secmsg.office.materials import Item
from secmsg.office.pad_pages import Page, PageState
from secmsg.station import desk as desks
from secmsg.station import doubts
from secmsg.station import material_ledger as acts
from secmsg.station.desk import Desk
from secmsg.store import materials as rows

NOBODY = ("", "")


@dataclass(frozen=True, slots=True)
class Lot:
    """What is destroyed: an item under its register number, whole, or its pages `first` to `last` alone."""

    item: int
    first: int = 0
    last: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Destruction:
    """What the officer says of a destruction; what is empty is left to the pencil.

    `people` are two or three, each a name and an office; `at` UTC seconds.
    """

    lots: tuple[Lot, ...] = ()
    people: tuple[tuple[str, str], ...] = (NOBODY, NOBODY)
    number: str = ""
    place: str = ""
    basis: str = ""
    method: str = ""
    at: int | None = None
    training: bool = False


def ledger(desk: Desk, *, training: bool = False) -> bytes:
    """Return the whole ledger after checking its chain; StoreDamaged when a line was altered or cut off."""
    from secmsg.papers import ledgers

    lines = [(each.number, each.line) for each in acts.lines(desk, training=training)]
    return ledgers.ledger_pdf(office(desk), lines, lambda at: hour(desk, at), training=training)


def pages(desk: Desk, number: int) -> bytes:
    """Return the list of an item's pages, with what is known of each and places to sign; NotFound, NotAllowed."""
    from secmsg.papers import ledgers

    item = rows.read(desk.db, number)
    found = rows.pages(desk.db, number)
    if not found:
        raise NotAllowed(f"{item.name} has no pages in this ledger")
    return ledgers.pages_pdf(item.name, office(desk), [_page(desk, each) for each in found], training=item.training)


def destruction(desk: Desk, said: Destruction) -> bytes:
    """Return the record of a destruction, to be signed where it happens.

    NotFound for an item that is none; NotAllowed for pages that it has not, or where a training item stands beside live
    ones; FormatError unless two or three sign.
    """
    from secmsg.papers import destruction as papers

    items = [_lot(desk, lot, training=said.training) for lot in said.lots]
    record = papers.Record(
        office(desk),
        said.number,
        "" if said.at is None else hour(desk, said.at),
        said.place,
        said.people,
        said.basis,
        said.method,
        tuple(papers.Destroyed(*each) for each in items),
        said.training,
    )
    return papers.pdf(record)


def record_of(
    desk: Desk, lines: Sequence[Sequence[str]], people: Sequence[str], basis: str, method: str, place: str, at: int
) -> bytes:
    """Return the record of a destruction that was done, from its lines as words and the names of two or three."""
    from secmsg.papers import destruction as papers

    items = tuple(papers.Destroyed(*line) for line in lines)
    named = tuple((name, "") for name in people)
    return papers.pdf(papers.Record(office(desk), "", hour(desk, at), place, named, basis, method, items))


def _lot(desk: Desk, lot: Lot, *, training: bool) -> Sequence[str]:
    item = rows.read(desk.db, lot.item)
    if item.training is not training:
        raise NotAllowed(f"{item.name}: training material has a record of its own")
    first, last = (lot.first, lot.last) if lot.first else (item.first, item.last if item.pages else 0)
    if item.pages and not item.first <= first <= last <= item.last:
        raise NotAllowed(f"{item.name} has no pages {first} to {last}")
    count = f"{last - first + 1}" if item.pages else "1"
    copy = f"{item.copy}/{item.copies}"
    return f"{item.number}", item.title, f"{item.edition}", copy, _span(item, first, last), count, lot.note


def _span(item: Item, first: int, last: int) -> str:
    if not item.pages:
        return ""
    return f"{pad_pages.spoken(first)}–{pad_pages.spoken(last)}"


def _page(desk: Desk, page: Page) -> Sequence[str]:
    """Say when a page was used and destroyed; the register keeps of each page when it was moved last."""
    moved = hour(desk, page.at) if page.at else ""
    cable = " ".join(each for each in (f"{page.serial:05}" if page.serial else "", page.cable) if each)
    used = moved if page.state in (PageState.OPEN, PageState.TAKEN, PageState.USED) else ""
    destroyed = moved if page.state is PageState.DESTROYED else ""
    if page.state in (PageState.MISSING, PageState.VOID):
        cable = {PageState.MISSING: "thiếu / missing", PageState.VOID: "bỏ / void"}[page.state]
    return pad_pages.spoken(page.number), used, cable, destroyed, "", ""


def office(desk: Desk) -> str:
    """Name this office."""
    return desks.directory(desk).station(desks.own(desk).station).name_vi


def hour(desk: Desk, at: int) -> str:
    """Return UTC seconds as an hour of the office, with its zone."""
    local = datetime.fromtimestamp(at, doubts.zone(desks.directory(desk), desks.own(desk).station))
    offset = local.strftime("%z")
    return local.strftime("%d/%m/%Y %H:%M ") + f"{offset[:3]}:{offset[3:]}"
