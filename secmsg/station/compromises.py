"""A pad book that may be known to others: stopped at once, what stood under it named, the reserve shown, the way back.

Source: docs/spec/materials.md 9.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from secmsg.errors import NotAllowed
from secmsg.office import materials, pad_pages
from secmsg.office.materials import Act, Item, Kind
from secmsg.office.pad_pages import Page, PageState
from secmsg.station import custody, notices, pad_reports, pad_rules
from secmsg.station import material_ledger as acts
from secmsg.station.desk import Desk
from secmsg.station.views import NoticeKind
from secmsg.store import materials as rows

MAX_FAILURES = 5
"""Unexplained tags after which a sheet is retired: each rejected forgery tells some candidates of r."""


class Cause(Enum):
    """Why an item is held to be compromised."""

    PAGE_MISSING = "page-missing"
    SEAL_BROKEN = "seal-broken"
    ILLEGIBLE = "illegible"
    DOUBLED_NUMBER = "doubled-number"
    TAG_FAILURES = "tag-failures"
    LOST = "lost"
    SEEN = "seen"
    """Somebody has seen, copied or taken it."""


@dataclass(frozen=True, slots=True)
class Compromise:
    """What a stopped item means: the pages whose messages are in danger, the reserve, and the report as a draft."""

    item: Item
    messages: tuple[Page, ...]
    reserve: Item | None
    report: str


def stop(desk: Desk, number: int, cause: Cause, note: str = "", pages: Sequence[str] = ()) -> Compromise:
    """Stop an item at once, and the other copy of its draw where it is known here.

    `pages` are those that are missing, or illegible and void from now on.

    NotAllowed for an item that is stopped or destroyed already; PageRefused for a page that is.
    """
    with desk.db.transaction():
        item = rows.read(desk.db, number)
        found = [pad_rules.page_in(desk, item, each) for each in sorted({pad_pages.heard(each) for each in pages})]
        for page in found:
            state, act = _OF_PAGE.get(cause, (PageState.VOID, Act.PAGE_VOID))
            if state not in pad_pages.NEXT[page.state]:
                raise pad_pages.refused(page)
            rows.move(desk.db, number, page.number, state, desk.now())
            acts.enter(desk, item, act, first=page.number, last=page.number)
        stopped = Act.MISSING if cause is Cause.LOST else Act.COMPROMISED
        said = cause.value + (f": {note.strip()}" if note.strip() else "")
        item = acts.enter(desk, item, stopped, note=said)
        twin = custody.other(desk, item)
        if twin is not None and materials.may(twin, Act.COMPROMISED):
            # Both copies have the same figures: who knows one knows the other.
            acts.enter(desk, twin, Act.COMPROMISED, note=f"{cause.value}: copy {item.copy}, item {item.number}")
        if not item.training:
            notices.add(desk, NoticeKind.PADS_STOPPED, desk.now(), f"{item.name}, {cause.value}")
    return _found(desk, item, cause, note)


def standing(desk: Desk, number: int) -> Compromise:
    """Name the messages and the reserve of a stopped item again, with its draft; NotAllowed when it is not stopped."""
    item = rows.read(desk.db, number)
    if item.state not in materials.STOPPED:
        raise NotAllowed(f"{item.name} is {materials.word(item.state)}: it is not stopped")
    lines = [e.line for e in acts.lines(desk, training=item.training) if e.line.item == number and e.line.act in _STOPS]
    cause, _, note = lines[-1].note.partition(": ")
    return _found(desk, item, Cause(cause), note)


_OF_PAGE = {Cause.PAGE_MISSING: (PageState.MISSING, Act.PAGE_MISSING)}
_WAS_MISSING = "it was missing"
_STOPS = (Act.COMPROMISED, Act.MISSING)


def _found(desk: Desk, item: Item, cause: Cause, note: str) -> Compromise:
    twin = custody.other(desk, item)
    ours = twin if twin is not None and twin.ours else item
    under, spare = messages(desk, ours.number), reserve(desk, ours)
    report = pad_reports.compromise(item, cause.value, note.strip(), desk.now(), under, spare, acts.officer(desk))
    return Compromise(item, under, spare, report)


def messages(desk: Desk, book: int) -> tuple[Page, ...]:
    """List the pages of a book that served a message: what is in danger when the book is."""
    return tuple(each for each in rows.pages(desk.db, book) if each.serial)


def reserve(desk: Desk, item: Item) -> Item | None:
    """Return the book to go on with: the first of the same pair and direction that is here and not opened."""
    return next(
        (
            each for each in rows.every(desk.db)
            if each.kind is item.kind and each.ours and each.peer == item.peer and each.direction is item.direction
            and each.training is item.training and each.state in materials.READY and each.number != item.number
        ),
        None,
    )  # fmt: skip


def tag_failed(desk: Desk, book: int, serial: int = 0) -> Compromise | int:
    """Count a message whose tag did not verify after clean check figures; the fifth unexplained one stops the book."""
    with desk.db.transaction():
        item = rows.read(desk.db, book)
        if item.kind is not Kind.PAD:
            raise NotAllowed(f"{item.name} has no authentication sheet")
        item = replace(item, failures=item.failures + 1)
        rows.change(desk.db, item)
        acts.enter(desk, item, Act.TAG_FAILED, serial=serial)
    if item.failures >= MAX_FAILURES and materials.may(item, Act.COMPROMISED):
        return stop(desk, book, Cause.TAG_FAILURES)
    return item.failures


def clear(desk: Desk, number: int, second: str, headquarters: str) -> Item:
    """Let a stopped item stand as before, by two persons with the word of headquarters; failures count anew.

    The other copy of its draw goes with it. NotAllowed without either, or when it is not stopped. A page that was
    missing is void and never used.
    """
    if not headquarters.strip():
        raise NotAllowed("the word of headquarters is needed: who said it, and when")
    with desk.db.transaction():
        item = rows.read(desk.db, number)
        for page in rows.pages(desk.db, number):
            if page.state is PageState.MISSING:
                rows.move(desk.db, number, page.number, PageState.VOID, desk.now())
                acts.enter(desk, item, Act.PAGE_VOID, first=page.number, last=page.number, note=_WAS_MISSING)
        item = acts.enter(desk, item, Act.CLEARED, second=second, note=headquarters.strip())
        twin = custody.other(desk, item)
        if twin is not None and twin.state in materials.STOPPED:
            acts.enter(desk, twin, Act.CLEARED, second=second, note=headquarters.strip())
        item = replace(item, failures=0)
        rows.change(desk.db, item)
    return item
