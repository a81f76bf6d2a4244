"""A message by hand that came: judged group by group, verified by its tag, then entered, in one transaction.

Source: docs/spec/by-hand.md 4. What was typed stays in its worksheet whatever becomes of it.
"""

from dataclasses import replace

from secmsg.crypto import hashing
from secmsg.errors import NotAllowed, NotFound, TagMismatch
from secmsg.ids import StationId
from secmsg.manual import checks, judging
from secmsg.manual import header as headers
from secmsg.manual import message as messages
from secmsg.manual import text as message_text
from secmsg.manual.cells import Fault, fault
from secmsg.manual.header import Header
from secmsg.manual.judging import Judgement
from secmsg.manual.message import Message
from secmsg.manual.tag import sheet as sheet_of
from secmsg.office import hand_cable, pad_pages
from secmsg.office.hand_work import Line
from secmsg.office.materials import Direction as PadDirection
from secmsg.office.materials import Item
from secmsg.station import (
    compromises,
    hand_cells,
    hand_entry,
    hand_registering,
    hand_sending,
    hand_sheets,
    pads,
)
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.station.hand_registering import Verified
from secmsg.station.hand_sending import Typed
from secmsg.station.hand_views import HandFate, HandTaken
from secmsg.store import cables as cable_rows
from secmsg.store import hand_cables as rows
from secmsg.store import hand_worksheets
from secmsg.store import materials as material_rows
from secmsg.store.hand_cables import HandMessage

_MARK_LABEL = b"hand message\0"
_MARK_SIZE = 16


def receive_by_hand(desk: Desk, worksheet: int, typed: Typed | None = None) -> HandTaken:
    """Judge, verify and enter what a worksheet holds; what does not fit is named, and nothing of it is lost.

    NotFound without a book that has the page; PageRefused with the day and cable of a page that was used; NotAllowed;
    FormatError when the codes are of another edition, or say no cable.
    """
    sheet = hand_entry.incoming(desk, worksheet)
    # 1. The form.
    if sheet.judgement is None:
        return HandTaken(HandFate.HEADER, worksheet, header=sheet.header_wrong)
    header = headers.read(hand_cells.header_groups(sheet.typed))
    judged = judging.repair(sheet.judgement)
    item = _book(desk, header.pages[0], sheet.row.peer)
    name = desks.directory(desk).station(item.peer).name_vi
    # 2, 3. The same message once more, or another one on its page.
    before = rows.of_page(desk.db, item.peer, item.number, header.pages[0], outgoing=False)
    if before is not None:
        return _again(desk, worksheet, before, header, judged, name)
    # 4. The pages; opened only for a message of which every group fits and every tag has come.
    tags = _tags_to_ask(header, judged)
    if not judged.whole or tags:
        return HandTaken(
            HandFate.ASK, worksheet, name, ask=tuple(each + 1 for each in to_ask(judged)), tags=tags,
            repaired=tuple(each + 1 for each in judged.repaired), excess=len(judged.excess),
        )  # fmt: skip
    taken = pads.open_incoming(desk, item.number, header.pages[0], header.count)
    keys = Typed(taken.pages, taken.sheets) if typed is None else _demanding(desk, item, typed)
    if not keys.pages:
        raise NotAllowed(f"the figures of {item.name} are on paper only: type the page")
    message = message_text.message(header, judged)
    # 5. The tag.
    try:
        codes = messages.decipher(message, keys.pages, keys.sheets)
    except TagMismatch:
        return _forged(desk, worksheet, item, message, name, judged)
    # 6. What the codes say.
    cable = hand_registering.cable_of(desk, item, header, codes)
    # 7. Everything that it changes.
    with desk.db.transaction():
        receipt = hand_sending.receipt(message, keys.pages)
        entered = hand_registering.enter(desk, Verified(item, taken, message, cable, receipt), worksheet)
        hand_sheets.read(desk, worksheet, taken, keys.pages, codes, entered.cable_id)
    desk.db.truncate_log()
    return replace(entered, station_name=name, repaired=_numbers(judged), passed=taken.passed)


# --- which book, and whether it came before --------------------------------------------------------------------------


def _book(desk: Desk, page: str, peer: StationId) -> Item:
    """Find our book ĐẾN that has a page; NotFound, NotAllowed when those of two stations have it."""
    mine = [each for each in pads.books(desk) if peer in (0, each.peer)]
    found = [each for each in (pads.find(desk, of, page) for of in sorted({item.peer for item in mine})) if each]
    incoming = [each for each in found if each.direction is PadDirection.IN] or found
    if not incoming:
        raise NotFound(f"no pad book here has page {page}")
    if len(incoming) > 1:
        raise NotAllowed(f"books of several stations have page {page}: say from which station it came")
    return incoming[0]


def _again(desk: Desk, worksheet: int, before: HandMessage, header: Header, judged: Judgement, name: str) -> HandTaken:
    """Judge a message on a page that was read: the same one, as far as its groups fit, or another."""
    first = message_text.read(before.message)
    bad = set(judged.ask)
    pairs = [
        (a, b) for at, (a, b) in enumerate(zip(judged.groups, first.judgement.groups, strict=False)) if at not in bad
    ]
    if header != first.header or not pairs or any(a != b for a, b in pairs):
        raise _used(desk, before)
    mrn = cable_rows.head(desk.db, before.cable_id).mrn
    return HandTaken(HandFate.DUPLICATE, worksheet, name, before.cable_id, mrn, receipt=before.receipt)


def _used(desk: Desk, before: HandMessage) -> Exception:
    page = material_rows.page(desk.db, before.book, pad_pages.heard(before.page))
    return NotAllowed(f"page {before.page} served another message") if page is None else pad_pages.refused(page)


def _forged(desk: Desk, worksheet: int, item: Item, message: Message, name: str, judged: Judgement) -> HandTaken:
    """Count a tag that does not verify though every group fits; the fifth that nobody explains stops the book.

    The very same message compared once more tells nobody anything new, and is not counted again.
    """
    mark = hashing.short(_MARK_LABEL, message_text.write(message).encode("ascii"))[:_MARK_SIZE].hex()
    if hand_worksheets.has_cell(desk.db, Line.CHECK, mark):
        again = material_rows.read(desk.db, item.number).failures
        return HandTaken(HandFate.FORGED, worksheet, name, failures=again, repaired=_numbers(judged))
    serial = hand_cable.nearest(message.header.serial, hand_registering.highest_known(desk, item.peer))
    counted = compromises.tag_failed(desk, item.number, serial)
    with desk.db.transaction():
        hand_worksheets.fill(desk.db, worksheet, Line.CHECK, 0, mark, desk.now())
    failures = counted if isinstance(counted, int) else compromises.MAX_FAILURES
    stopped = not isinstance(counted, int)
    return HandTaken(HandFate.FORGED, worksheet, name, failures=failures, stopped=stopped, repaired=_numbers(judged))


def to_ask(judged: Judgement) -> tuple[int, ...]:
    """Return the places to ask for: beside a missing group also those that would fit one place nearer to it.

    One time in ten the figures alone do not say which of two neighbours was left out.
    """
    found = set(judged.ask)
    for place in judged.missing:
        for step in (1, -1):
            at, beside = place, place + step
            while 0 <= beside < len(judged.groups) and checks.fits(judged.groups[beside], at):
                found.add(beside)
                at, beside = beside, beside + step
    return tuple(sorted(found))


def _demanding(desk: Desk, item: Item, typed: Typed) -> Typed:
    """Return typed pages with the sheets that are held of their book, all of them: typing takes no tag away."""
    held = tuple(sheet_of(int(each)) for each in material_rows.sheets(desk.db, item.number))
    return replace(typed, sheets=held) if held else typed


def _tags_to_ask(header: Header, judged: Judgement) -> tuple[int, ...]:
    """Return the tags, from 1, that were not heard or have not five figures: no forgery, and counted as none.

    Any five figures may be any tag, so where one was not heard at all, none has its place.
    """
    came = (*judged.tags, *[""] * header.tags)[: header.tags]
    unheard = any(fault(each) is Fault.UNHEARD for each in came)
    return tuple(number for number, each in enumerate(came, 1) if unheard or fault(each) is not None)


def _numbers(judged: Judgement) -> tuple[int, ...]:
    return tuple(each + 1 for each in judged.repaired)
