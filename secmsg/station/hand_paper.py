"""Cables that were enciphered on paper alone while the computer was down, entered afterwards with what the paper says.

Source: docs/spec/by-hand.md 3. Header and groups are deciphered again with the pages held here, so the register gets
what was sent and no other text; the pages count as used from the moment at which they are named.
"""

from dataclasses import dataclass, replace

from secmsg.errors import NotAllowed, NotFound, WrongPage
from secmsg.ids import CableId, Serial, StationId
from secmsg.manual import message as messages
from secmsg.manual import tag
from secmsg.manual import text as message_text
from secmsg.manual.message import Message
from secmsg.office import hand_cable, numbering, pad_pages
from secmsg.office.draft import Draft
from secmsg.office.hand_cable import HandCable
from secmsg.office.materials import Direction, Item
from secmsg.office.pad_pages import PageState
from secmsg.station import desk as desks
from secmsg.station import (
    doubts,
    hand_numbers,
    hand_sending,
    hand_sheets,
    hand_signing,
    hand_texts,
    own_codebooks,
    pads,
    release,
)
from secmsg.station.desk import Desk
from secmsg.station.hand_sending import Made, Typed
from secmsg.station.hand_sheets import Writing
from secmsg.station.hand_views import HandReleased
from secmsg.station.pads import Taken
from secmsg.station.release import Manner
from secmsg.store import cables as cable_rows
from secmsg.store import continuity as pair_rows
from secmsg.store import hand_cables as rows
from secmsg.store import materials as material_rows
from secmsg.store import numbers

NOTE = "lập trên giấy, {what}, vào sổ sau"
NOT_IN_TURN = "; số theo bản giấy, không theo thứ tự sổ"


@dataclass(frozen=True, slots=True)
class _Place:
    """The serial that a paper's header means, and whether it lies in a block of ours."""

    serial: Serial
    in_block: bool


def enter_from_paper(
    desk: Desk,
    draft: Draft,
    text: str,
    worksheet: int | None = None,
    typed: Typed | None = None,
    *,
    as_written: bool = False,
) -> HandReleased:
    """Enter a cable that went by hand from paper; degree, urgency, number and text are what its groups say.

    `as_written`: the paper's number stands although it is not the next one here; the register says so.
    HeaderWrong, GroupsWrong, NotFound, PageRefused before anything is taken. What was taken stays in the worksheet, so
    that TagMismatch, FormatError or NotAllowed lose nothing: put it right and enter the worksheet again.
    """
    message = message_text.read(text).message()
    peer = hand_sending.only_addressee(draft)
    item = _book(desk, peer, message)
    place = _serial(desk, peer, message.header.serial)
    if worksheet is None:
        worksheet = hand_sheets.save(desk, None, Writing(draft, item.number))
    taken, keys = _pages(desk, item, message, worksheet, typed)
    codes = messages.decipher(message, keys.pages, keys.sheets)
    said = hand_texts.decode(codes, own_codebooks.reader(desk.db, peer))
    cable = HandCable(place.serial, said.degree, said.urgency, said.number, message.header.at, said.text)
    form = replace(draft, degree=said.degree, urgency=said.urgency, body=said.text)
    now = desk.now()
    release.check(desk, form, now, by_hand=True)
    in_turn = cable.number == numbers.last_given(desk.db, _year(desk, cable.dtg)) + 1
    if not in_turn and not as_written:
        raise NotAllowed(
            f"the paper says number {cable.number}, which is not the next one here: enter what went before it first, "
            "or let the number stand as written"
        )

    def name(_number: int) -> CableId:
        return hand_signing.cable_id(cable, desks.own(desk).station, peer)

    made = Made(taken, message, keys, place.serial, place.in_block)
    sent = hand_signing.SENT_NOTE.format(book=item.name, pages=" ".join(taken.numbers))
    with desk.db.transaction():
        note = NOTE.format(what=sent) + ("" if in_turn else NOT_IN_TURN)
        manner = Manner(name, note, cable.dtg, None if in_turn else cable.number, by_hand=True)
        released = release.enter_release(desk, form, None, (), now, manner)
        cable_rows.mark_by_hand(desk.db, released.cable_id)
        hand_sending.keep(desk, made, released.cable_id, cable, codes, worksheet)
        rows.mark_sent(desk.db, released.cable_id, cable.dtg)
        pads.record_use(desk, taken, place.serial, released.mrn)
    desk.db.truncate_log()
    has_receipt = hand_sending.receipt(message, keys.pages) != ""
    return HandReleased(
        released, worksheet, place.serial, item.name, taken.numbers, message.header.count, message_text.write(message),
        said.text, (), has_receipt,
    )  # fmt: skip


def _book(desk: Desk, peer: StationId, message: Message) -> Item:
    item = pads.find(desk, peer, message.header.pages[0])
    if item is None:
        raise NotFound(f"no pad book towards this station has page {message.header.pages[0]}")
    if item.direction is not Direction.OUT:
        raise NotAllowed(f"page {message.header.pages[0]} is of {item.name}, with which we decipher")
    return item


def _serial(desk: Desk, peer: StationId, heard: int) -> _Place:
    """Find the serial that was given by hand; NotAllowed for one that is neither kept for the hand nor the next."""
    following = pair_rows.outgoing(desk.db, peer).next
    serial = hand_cable.nearest(heard, following - 1)
    if rows.at_serial(desk.db, peer, serial, outgoing=True):
        raise NotAllowed(f"serial {serial} stands in the register already, with another cable by hand")
    if hand_numbers.covers(desk, peer, serial):
        return _Place(serial, in_block=True)
    if serial == following:
        return _Place(serial, in_block=False)
    raise NotAllowed(
        f"serial {serial} was not kept for the hand, and the next one is {following}: keep a block up to it first"
    )


def _pages(desk: Desk, item: Item, message: Message, worksheet: int, typed: Typed | None) -> tuple[Taken, Typed]:
    """Tear off the pages that the header names, or take them up again from a worksheet that has them."""
    header = message.header
    kept = hand_sheets.pages_kept(desk, worksheet)
    if kept and tuple(each.number for each in kept) == header.pages:
        sheets = tuple(tag.sheet(int(each)) for each in material_rows.sheets(desk.db, item.number))
        again = Taken(item.number, item.peer, item.direction, item.training, header.pages, kept, sheets)
        return again, typed or Typed(kept, sheets)
    if not item.held and typed is None:
        raise NotAllowed(f"the figures of {item.name} are on paper only: type the page")
    if typed is not None:
        if tuple(each.number for each in typed.pages) != header.pages:
            raise WrongPage("the pages that were typed are not those that the header names")
        if _torn_for_nothing(desk, item, header.pages):
            again = Taken(item.number, item.peer, item.direction, item.training, header.pages, (), ())
            hand_sheets.keep_pages(desk, worksheet, typed.pages)
            return again, typed
    taken = pads.take(desk, item.number, header.count, header.pages[0])
    keys = typed or Typed(taken.pages, taken.sheets)
    hand_sheets.keep_pages(desk, worksheet, keys.pages)
    return taken, keys


def _torn_for_nothing(desk: Desk, item: Item, numbers: tuple[str, ...]) -> bool:
    """Say whether these pages were torn off and no cable was bound to them: a stop, or work that was given up.

    Whoever types them from the paper shows only that a message which left was made with them.
    """
    pages = (material_rows.page(desk.db, item.number, pad_pages.heard(each)) for each in numbers)
    return all(page is not None and page.state is PageState.TAKEN and not page.serial for page in pages)


def _year(desk: Desk, at: int) -> int:
    return numbering.year_of(at, doubts.zone(desks.directory(desk), desks.own(desk).station))
