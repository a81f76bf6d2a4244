"""Releasing a cable by hand: pages torn off, then number, register line, serial, signed cable and groups at once.

Source: docs/spec/by-hand.md 3. The pages are taken before that transaction, so a power cut between the two leaves pages
that count as used, no number given, and the worksheet that was begun.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from secmsg.errors import NotAllowed, PageRefused, PageUnconfirmed, TagUnwritable, WrongPage
from secmsg.ids import CableId, DraftId, Serial, StationId
from secmsg.manual import header as headers
from secmsg.manual import message as messages
from secmsg.manual import text as message_text
from secmsg.manual.message import Message
from secmsg.manual.pad import PAGE_GROUPS, Page
from secmsg.manual.tag import Sheet
from secmsg.office import hand_cable, numbering
from secmsg.office.draft import Draft
from secmsg.office.hand_cable import HandCable
from secmsg.office.hand_work import Stage
from secmsg.office.materials import Direction as PadDirection
from secmsg.office.materials import Item, State
from secmsg.station import desk as desks
from secmsg.station import (
    doubts,
    freezing,
    hand_frozen,
    hand_numbers,
    hand_sheets,
    hand_signing,
    hand_texts,
    own_codebooks,
    pads,
    release,
)
from secmsg.station.desk import Desk
from secmsg.station.hand_sheets import Writing
from secmsg.station.hand_texts import Coded, Cutting
from secmsg.station.hand_views import HandReleased
from secmsg.station.pads import Taken
from secmsg.station.release import Manner
from secmsg.station.views import Released
from secmsg.store import cables as cable_rows
from secmsg.store import continuity as pair_rows
from secmsg.store import hand_cables as rows
from secmsg.store import materials as material_rows
from secmsg.store import numbers
from secmsg.store.cables import Direction
from secmsg.store.hand_cables import HandMessage, HandState
from secmsg.wire.cable import Kind

MAX_UNWRITABLE = 4
"""Pages in a row on which the tag may have six figures; by chance that is one case in 10^18."""
RECEIPT = 2
"""Key groups that a receipt by hand says."""
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Typed:
    """Pages and authentication sheets typed from paper, of a book whose figures are not held here."""

    pages: tuple[Page, ...] = field(repr=False)
    sheets: tuple[Sheet, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Way:
    """How a cable goes by hand.

    `book` is its register number, `top` the page that the officer reads on top of it; `length` a standard length to
    which nulls fill the message (0: the least); `block` the first serial of our block (None: the next serial).
    """

    book: int
    top: str | None = None
    parity: bool = False
    length: int = 0
    block: int | None = None
    typed: Typed | None = None
    cutting: Cutting = hand_texts.PLAIN


@dataclass(frozen=True, slots=True)
class Made:
    """A message as it was made: its cable, the pages that it took, and those that were lost on the way."""

    taken: Taken
    message: Message
    keys: Typed
    serial: Serial
    in_block: bool
    waste: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()


def release_by_hand(
    desk: Desk, draft: Draft, way: Way, worksheet: int | None = None, draft_id: DraftId | None = None
) -> HandReleased:
    """Release a draft to one station by hand; what is signed is the text that the groups say.

    Incomplete, NotAllowed or NotEntitled before a page is taken; PageUnconfirmed, PageRefused. No number is used then.
    """
    now = desk.now()
    if worksheet is not None:
        hand_sheets.check_unspent(desk, worksheet)
    release.check(desk, draft, now, by_hand=True)
    peer = only_addressee(draft)
    item = _book(desk, way, peer)
    if way.block is None:
        hand_frozen.stand_clear(desk, peer, now)
    elif freezing.frozen(desk):
        raise NotAllowed("sending is frozen: serials of the block may have been given in the state that was lost")
    year = numbering.year_of(now, doubts.zone(desks.directory(desk), desks.own(desk).station))
    number = numbers.last_given(desk.db, year) + 1
    coded = hand_texts.encode(draft, number, way.length, own_codebooks.book(desk.db, peer=peer), way.cutting)
    way = _typed_on_top(desk, way, coded)
    said = replace(draft, body=coded.text)
    release.check(desk, said, now, by_hand=True)
    dtg = now - now % _MINUTE

    def enter(made: Made) -> tuple[Released, int]:
        cable = HandCable(made.serial, coded.degree, coded.urgency, number, dtg, coded.text)

        def name(given: int) -> CableId:
            if given != number:
                raise NotAllowed("another cable took the number meanwhile: begin anew")
            return hand_signing.cable_id(cable, desks.own(desk).station, peer)

        released = release.enter_release(
            desk,
            said,
            draft_id,
            (),
            now,
            Manner(
                name, hand_signing.SENT_NOTE.format(book=item.name, pages=" ".join(made.taken.numbers)), by_hand=True
            ),
        )
        cable_rows.mark_by_hand(desk.db, released.cable_id)
        return released, keep(desk, made, released.cable_id, cable, coded.codes, worksheet)

    if worksheet is None:
        begun = worksheet = hand_sheets.save(desk, None, Writing(draft, way.book, way.parity, way.length, way.block))
    else:
        begun = None
    try:
        return _make(desk, item, coded, way, dtg, lambda: _serial(desk, peer, way), enter)
    except (PageRefused, PageUnconfirmed):
        # No page was taken, and whoever asked still has the draft.
        if begun is not None:
            hand_sheets.give_up(desk, begun)
        raise


def encipher_anew(desk: Desk, cable_id: CableId, way: Way) -> HandReleased:
    """Encipher a cable that went by hand once more, with new pages and under a serial of its own; NotFound, NotAllowed.

    For a message whose tag did not verify there though its check figures were right.
    """
    freezing.check(desk)
    now = desk.now()
    kept = cable_rows.read(desk.db, cable_id)
    sent = rows.of_cable(desk.db, cable_id)
    if kept.head.direction is not Direction.OUT or not sent:
        raise NotAllowed("only a cable that went by hand is enciphered anew")
    cable = hand_cable.decode(sent[-1].content)
    peer = kept.head.first_to
    item = _book(desk, way, peer)
    coded = hand_texts.encode_cable(cable, way.length, own_codebooks.book(desk.db, peer=peer))
    way = _typed_on_top(desk, way, coded)
    released = Released(cable_id, kept.head.number, kept.head.mrn)

    def enter(made: Made) -> tuple[Released, int]:
        again = replace(cable, serial=made.serial)
        return released, keep(desk, made, cable_id, again, coded.codes, None)

    return _make(desk, item, coded, way, cable.dtg, lambda: _anew(desk, peer, way, now), enter)


def mark_sent(desk: Desk, worksheet: int) -> None:
    """Note that a person has sent the message of a worksheet; NotFound, NotAllowed before it is enciphered."""
    kept = hand_sheets.stored(desk, worksheet)
    with desk.db.transaction():
        hand_sheets.advance(desk, kept, Stage.SENT)
        if kept.cable_id is not None:
            rows.mark_sent(desk.db, kept.cable_id, desk.now())


# --- making a message ------------------------------------------------------------------------------------------------


def _make(
    desk: Desk,
    item: Item,
    coded: Coded,
    way: Way,
    at: int,
    give: Callable[[], tuple[Serial, bool]],
    enter: Callable[[Made], tuple[Released, int]],
) -> HandReleased:
    """Take pages and make the message with them; where its tag cannot be written they are lost, and the next serve."""
    waste: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    top = way.top
    for _ in range(MAX_UNWRITABLE):
        taken = pads.take(desk, way.book, len(coded.codes), top)
        passed, top = (*passed, *taken.passed), None
        keys = _keys(taken, way)
        try:
            with desk.db.transaction():
                serial, in_block = give()
                message = messages.encipher(
                    coded.codes, keys.pages, keys.sheets,
                    serial=hand_cable.spoken(serial), at=at, parity=way.parity,
                )  # fmt: skip
                made = Made(taken, message, keys, serial, in_block, waste, passed)
                released, worksheet = enter(made)
                pads.record_use(desk, taken, serial, released.mrn)
        except TagUnwritable:
            if way.typed is not None:
                # The next page must be typed before it is torn off.
                raise
            waste = (*waste, *taken.numbers)
            continue
        # The figures were erased with the commit; nothing of them stays in the log.
        desk.db.truncate_log()
        return HandReleased(
            released, worksheet, serial, item.name, taken.numbers, len(message.groups), message_text.write(message),
            coded.text, coded.changes, bool(receipt(message, keys.pages)), waste, passed,
        )  # fmt: skip
    raise NotAllowed(f"on {MAX_UNWRITABLE} pages in a row the authentication group could not be written")


def keep(
    desk: Desk, made: Made, cable_id: CableId, cable: HandCable, codes: tuple[str, ...], worksheet: int | None
) -> int:
    """Keep the message as evidence and its figures in a worksheet, inside the release's transaction."""
    rows.add(
        desk.db,
        HandMessage(
            cable_id=cable_id,
            outgoing=True,
            peer=made.taken.peer,
            serial=made.serial,
            in_block=made.in_block,
            book=made.taken.book,
            page=made.taken.numbers[0],
            message=message_text.write(made.message),
            content=hand_cable.encode(cable),
            at=desk.now(),
            state=HandState.OURS,
            receipt=receipt(made.message, made.keys.pages),
        ),
    )
    return hand_sheets.enciphered(desk, made.taken, made.keys.pages, codes, cable_id, worksheet)


def receipt(message: Message, pages: tuple[Page, ...]) -> str:
    """Return the receipt by hand: the last two keys of the last page, "" where the message or the typing reaches them.

    Source: docs/spec/by-hand.md 6.
    """
    used = len(message.groups) - PAGE_GROUPS * (len(pages) - 1)
    free = pages[-1].keys[used:PAGE_GROUPS]
    return " ".join(free[-RECEIPT:]) if len(pages[-1].keys) == PAGE_GROUPS and len(free) >= RECEIPT else ""


def _typed_on_top(desk: Desk, way: Way, coded: Coded) -> Way:
    """Let typed pages be what the paper shows on top, so that another page than the next is refused and not burnt."""
    if way.typed is None:
        return way
    if sum(len(each.keys) for each in way.typed.pages) < len(coded.codes):
        raise NotAllowed(f"the message has {len(coded.codes)} groups: type that many keys, in whole strips")
    numbers = tuple(each.number for each in way.typed.pages)
    if numbers != headers.following(way.top or numbers[0], len(coded.codes)):
        raise WrongPage("the pages that were typed are not the one on top and those that follow it")
    _check_fresh(desk, way.book, way.typed.pages)
    return replace(way, top=numbers[0])


def _check_fresh(desk: Desk, book: int, pages: tuple[Page, ...]) -> None:
    """Refuse the figures of a page that served before, typed under the number of another: its receipt tells."""
    served = {each.receipt: each.page for each in rows.every(desk.db) if each.outgoing and each.book == book}
    for page in pages:
        before = served.get(" ".join(page.keys[-RECEIPT:])) if len(page.keys) == PAGE_GROUPS else None
        if before is not None:
            raise WrongPage(f"these are the figures of page {before}, which served a message: type page {page.number}")


def _keys(taken: Taken, way: Way) -> Typed:
    if way.typed is None:
        return Typed(taken.pages, taken.sheets)
    if tuple(each.number for each in way.typed.pages) != taken.numbers:
        raise WrongPage("the pages that were typed are not those that were torn off")
    return way.typed


# --- what may go, and under which serial -----------------------------------------------------------------------------


def only_addressee(draft: Draft) -> StationId:
    """Return the one station to which a draft may go by hand; NotAllowed."""
    if len(draft.action_to) != 1 or draft.info_to:
        raise NotAllowed("a cable by hand has one addressee: write to each station by itself")
    if draft.attachments or draft.summary or draft.kind is not Kind.CABLE:
        raise NotAllowed("a cable by hand is an ordinary cable with a text, no attachment and no summary")
    return draft.action_to[0]


def _book(desk: Desk, way: Way, peer: StationId) -> Item:
    item = material_rows.read(desk.db, way.book)
    if item.peer != peer:
        raise NotAllowed(f"{item.name} is shared with another station than the addressee")
    if not item.held and way.typed is None:
        raise NotAllowed(f"the figures of {item.name} are on paper only: type the page, or encipher on paper")
    return item


def out_book(desk: Desk, peer: StationId) -> int | None:
    """Return the register number of the book in use with which we encipher for a station, None when there is none."""
    found = [
        each.number
        for each in pads.books(desk)
        if each.peer == peer and each.direction is PadDirection.OUT and each.state is State.IN_USE
    ]
    return found[0] if found else None


def _serial(desk: Desk, peer: StationId, way: Way) -> tuple[Serial, bool]:
    if way.block is not None:
        return hand_numbers.next_free(desk, peer, way.block), True
    return pair_rows.outgoing(desk.db, peer).next, False


def _anew(desk: Desk, peer: StationId, way: Way, now: int) -> tuple[Serial, bool]:
    """Keep a serial for the hand alone: under the old one stands the signed cable."""
    if way.block is not None:
        return hand_numbers.next_free(desk, peer, way.block), True
    return hand_numbers.reserve_in(desk, peer, 1, now).first, True
