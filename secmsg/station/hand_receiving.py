"""A message by hand that came: judged group by group, verified by its tag, then entered, in one transaction.

Source: docs/spec/by-hand.md 4. What was typed stays in its worksheet whatever becomes of it.
"""

from dataclasses import dataclass, replace

from secmsg.crypto import hashing
from secmsg.errors import FormatError, NotAllowed, NotFound, TagMismatch
from secmsg.ids import CableId, StationId
from secmsg.manual import checks, judging
from secmsg.manual import header as headers
from secmsg.manual import message as messages
from secmsg.manual import text as message_text
from secmsg.manual.header import Header
from secmsg.manual.judging import Judgement
from secmsg.manual.message import Message
from secmsg.office import continuity, hand_cable, numbering, pad_pages, register
from secmsg.office.hand_cable import HandCable
from secmsg.office.hand_work import Line
from secmsg.office.lifecycle import IncomingState
from secmsg.office.materials import Direction as PadDirection
from secmsg.office.materials import Item
from secmsg.station import (
    compromises,
    doubts,
    gaps,
    hand_cells,
    hand_entry,
    hand_numbers,
    hand_sending,
    hand_sheets,
    hand_signing,
    hand_texts,
    indexing,
    own_codebooks,
    pads,
    release,
    texts,
)
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.station.hand_sending import Typed
from secmsg.station.hand_views import HandFate, HandTaken
from secmsg.station.pads import Taken
from secmsg.store import cables as cable_rows
from secmsg.store import continuity as pair_rows
from secmsg.store import hand_blocks, hand_worksheets, registers
from secmsg.store import hand_cables as rows
from secmsg.store import materials as material_rows
from secmsg.store import thin as thin_rows
from secmsg.store.cables import CableHead, Direction, KeptCable
from secmsg.store.hand_cables import HandMessage, HandState
from secmsg.wire.cable import Kind


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
    # 4. The pages; opened only for a message of which every group fits.
    if not judged.whole:
        return HandTaken(
            HandFate.ASK, worksheet, name, ask=tuple(each + 1 for each in to_ask(judged)),
            repaired=tuple(each + 1 for each in judged.repaired), excess=len(judged.excess),
        )  # fmt: skip
    taken = pads.open_incoming(desk, item.number, header.pages[0], header.count)
    keys = Typed(taken.pages, taken.sheets) if typed is None else typed
    if not keys.pages:
        raise NotAllowed(f"the figures of {item.name} are on paper only: type the page")
    message = message_text.message(header, judged)
    # 5. The tag.
    try:
        codes = messages.decipher(message, keys.pages, keys.sheets)
    except TagMismatch:
        return _forged(desk, worksheet, item, message, name, judged)
    # 6. What the codes say.
    cable = _cable(desk, item, header, codes)
    # 7. Everything that it changes.
    with desk.db.transaction():
        entered = _enter(desk, _Read(item, taken, message, cable, hand_sending.receipt(message, keys.pages)), worksheet)
        hand_sheets.read(desk, worksheet, taken, keys.pages, codes, entered.cable_id)
    desk.db.truncate_log()
    return replace(entered, station_name=name, repaired=_numbers(judged), passed=taken.passed)


def say_receipt(desk: Desk, cable_id: CableId) -> str:
    """Note that our officer says the receipt of a cable that came by hand, and give its figures; NotFound."""
    came = _last(desk, cable_id, outgoing=False)
    with desk.db.transaction():
        rows.mark_receipt(desk.db, cable_id, desk.now())
    return came.receipt


_MARK_LABEL = b"hand message\0"
_MARK_SIZE = 16
MAX_WRONG = 5
"""Wrong answers after which no receipt by hand is taken: each is a guess at eight figures."""


def take_receipt(desk: Desk, cable_id: CableId, figures: str) -> bool:
    """Compare what was said back with the receipt of a cable that went by hand; a wrong answer is counted.

    NotFound when it has no receipt by hand, NotAllowed after five wrong answers.
    """
    sent = _last(desk, cable_id, outgoing=True)
    right = "".join(figures.split()) == "".join(sent.receipt.split())
    if sent.receipt_at is not None:
        return right
    if sent.wrong >= MAX_WRONG:
        raise NotAllowed("five wrong answers were given: only the signed receipt counts for this cable")
    with desk.db.transaction():
        if right:
            rows.mark_receipt(desk.db, cable_id, desk.now())
        else:
            rows.count_wrong(desk.db, cable_id)
    return right


def _last(desk: Desk, cable_id: CableId, *, outgoing: bool) -> HandMessage:
    found = [each for each in rows.of_cable(desk.db, cable_id) if each.outgoing is outgoing]
    if not found or not found[-1].receipt:
        raise NotFound("this cable has no receipt by hand: its receipt is the signed one")
    return found[-1]


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
    serial = hand_cable.nearest(message.header.serial, _known(desk, item.peer))
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


def _numbers(judged: Judgement) -> tuple[int, ...]:
    return tuple(each + 1 for each in judged.repaired)


# --- entering --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Read:
    """A message that verified, and what it says."""

    item: Item
    taken: Taken
    message: Message
    cable: HandCable
    receipt: str


def _cable(desk: Desk, item: Item, header: Header, codes: tuple[str, ...]) -> HandCable:
    """Return what the codes say, within the bounds of a cable; FormatError."""
    said = hand_texts.decode(codes, own_codebooks.reader(desk.db, item.peer))
    serial = hand_cable.nearest(header.serial, _known(desk, item.peer))
    cable = HandCable(serial, said.degree, said.urgency, said.number, header.at, said.text)
    hand_cable.encode(cable)
    if cable.degree > desks.own(desk).device_certificate.degree:
        raise FormatError("its degree is above what this machine may carry")
    return cable


def _known(desk: Desk, station: StationId) -> int:
    """Return the highest serial that is known of a station."""
    state = _state(desk, station)
    blocks = [each.last for each in hand_blocks.every(desk.db) if each.peer == station and not each.outgoing]
    said = (thin_rows.highest(desk.db, station), rows.highest(desk.db, station))
    return max(state.highest, *(run.last for run in state.ahead), *said, *blocks)


def _state(desk: Desk, station: StationId) -> continuity.State:
    body = pair_rows.incoming(desk.db, station)
    return continuity.State() if body is None else continuity.decode(body)


def _enter(desk: Desk, read: _Read, worksheet: int) -> HandTaken:
    """Write everything that a message changes, inside the caller's transaction."""
    now, own, directory = desk.now(), desks.own(desk), desks.directory(desk)
    peer, cable = read.item.peer, read.cable
    cable_id = hand_signing.cable_id(cable, peer, own.station)
    entry = directory.station(peer)
    year = numbering.year_of(cable.dtg, doubts.zone(directory, peer))
    mrn = numbering.mrn(year, entry.mrn_name, cable.number)
    in_block = hand_numbers.note_taken(desk, peer, cable.serial)
    pads.record_use(desk, read.taken, cable.serial, mrn)
    state, fate = _stands(desk, cable, cable_id, mrn)
    if fate is HandFate.ENTERED:
        _keep_cable(
            desk,
            _head(cable, cable_id, peer, own.station, numbering.symbol(entry.symbol, cable.number, year), mrn, now),
            cable,
        )
    rows.add(
        desk.db,
        HandMessage(
            cable_id=cable_id,
            outgoing=False,
            peer=peer,
            serial=cable.serial,
            in_block=in_block,
            book=read.item.number,
            page=read.taken.numbers[0],
            message=message_text.write(read.message),
            content=hand_cable.encode(cable),
            at=now,
            state=state,
            receipt=read.receipt,
        ),
    )
    if not in_block:
        gaps.note(desk, peer, continuity.gaps_up_to(_state(desk, peer), cable.serial - 1), now)
    return HandTaken(fate, worksheet, cable_id=cable_id, mrn=mrn, receipt=read.receipt)


def _stands(desk: Desk, cable: HandCable, cable_id: CableId, mrn: str) -> tuple[HandState, HandFate]:
    """Say how a message stands beside what is here under its id."""
    if not cable_rows.has(desk.db, cable_id):
        return HandState.UNSIGNED, HandFate.ENTERED
    kept = cable_rows.read(desk.db, cable_id)
    if kept.head.unsigned:
        return HandState.UNSIGNED, HandFate.SAME_CABLE
    if hand_signing.says_the_same(cable, texts.text(kept)):
        cable_rows.mark_by_hand(desk.db, cable_id)
        return HandState.CONFIRMED, HandFate.SIGNED_BEFORE
    hand_signing.alarm(desk, kept.head.origin, cable.serial, mrn, desk.now())
    return HandState.DIFFERS, HandFate.DIFFERS


def _keep_cable(desk: Desk, head: CableHead, cable: HandCable) -> None:
    own, directory = desks.own(desk), desks.directory(desk)
    text = texts.of_hand(head, cable)
    line = register.incoming(
        text,
        numbering.year_of(head.at, doubts.zone(directory, own.station)),
        registers.last_line(desk.db, register.Register.IN) + 1,
        head.at,
        release.signatory(own, directory, head.at).name,
    )
    entered = release.enter(desk, replace(line, note=hand_signing.CAME_NOTE))
    cable_rows.insert(desk.db, KeptCable(replace(head, register_line=entered), hand_cable.encode(cable), None))
    indexing.index(desk, text)


def _head(
    cable: HandCable, cable_id: CableId, origin: StationId, own: StationId, symbol: str, mrn: str, now: int
) -> CableHead:
    return CableHead(
        cable_id=cable_id,
        direction=Direction.IN,
        origin=origin,
        first_to=own,
        others=0,
        number=cable.number,
        symbol=symbol,
        mrn=mrn,
        kind=Kind.CABLE,
        degree=cable.degree,
        urgency=cable.urgency,
        subject="",
        dtg=cable.dtg,
        at=now,
        annexes=0,
        register_line=0,
        state=IncomingState.REGISTERED,
        unsigned=True,
        by_hand=True,
    )
