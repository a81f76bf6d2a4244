"""Worksheets under way: kept at every step, taken up again after any stop, erased with their pages or when given up.

Source: docs/spec/by-hand.md 7. What a finished worksheet holds beside its cells are codes and masks; keys follow from
codes and groups. They lie in the enciphered store alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from secmsg.errors import NotAllowed
from secmsg.ids import CableId, StationId
from secmsg.manual import header as headers
from secmsg.manual import judging, pad
from secmsg.manual import text as message_text
from secmsg.manual.message import Message
from secmsg.manual.pad import CODE, GROUP, Page
from secmsg.manual.tag import Sheet, sheet
from secmsg.office import draft_record, hand_work, materials
from secmsg.office.draft import Draft
from secmsg.office.hand_work import Line, Stage
from secmsg.office.materials import Act
from secmsg.station import hand_steps, material_ledger, pads, reading
from secmsg.station.desk import Desk
from secmsg.station.hand_views import WorksheetRow
from secmsg.station.pads import Taken
from secmsg.store import hand_cables
from secmsg.store import hand_worksheets as rows
from secmsg.store import materials as material_rows
from secmsg.store.hand_worksheets import KeptWorksheet
from secmsg.wire import codec
from secmsg.wire.codec import Fields, Value

NO_BOOK = 0
VERSION = 1
MAX_BYTES = 2**25
_PAGES = 5


@dataclass(frozen=True, slots=True)
class Writing:
    """A cable that is being written for the hand: its draft, and how it is to go."""

    draft: Draft
    book: int
    parity: bool = False
    length: int = 0
    block: int | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """What a finished worksheet holds: its message, the codes, and the masks of its pages, s and s′ of each.

    `sheets` are the authentication sheets of its tags, none where the book is on paper alone.
    """

    row: WorksheetRow
    message: Message = field(repr=False)
    codes: tuple[str, ...] = field(repr=False)
    masks: tuple[str, ...] = field(repr=False)
    typed: Mapping[tuple[Line, int], str] = field(repr=False)
    sheets: tuple[Sheet, ...] = field(default=(), repr=False)


# --- written ---------------------------------------------------------------------------------------------------------


def save(desk: Desk, worksheet: int | None, writing: Writing) -> int:
    """Keep a cable that is being written (None: a new worksheet) and give its number; NotFound, NotAllowed."""
    now, fields = desk.now(), _of_writing(writing)
    body = codec.encode(fields)
    peer = writing.draft.action_to[0] if writing.draft.action_to else StationId(0)
    with desk.db.transaction():
        if worksheet is None:
            check_room(desk)
            return rows.begin(desk.db, Stage.WRITTEN, peer, writing.book, body, now)
        kept = rows.read(desk.db, worksheet)
        if kept.stage is not Stage.WRITTEN:
            raise NotAllowed("this cable stands in the register: its text is fixed")
        before = codec.decode(kept.body, max_bytes=MAX_BYTES)
        if isinstance(before, dict) and _PAGES in before:
            # They were torn off already: nothing else has their figures.
            body = codec.encode({**fields, _PAGES: before[_PAGES]})
        rows.keep(desk.db, replace(kept, peer=peer, book=writing.book, body=body), now)
    return worksheet


def writing(desk: Desk, worksheet: int) -> Writing:
    """Give back a cable that is being written; NotFound, NotAllowed when it stands in the register."""
    kept = rows.read(desk.db, worksheet)
    if kept.stage is not Stage.WRITTEN:
        raise NotAllowed("this worksheet holds no cable that is being written")
    fields = Fields(codec.decode(kept.body, max_bytes=MAX_BYTES), "worksheet")
    fields.uint(0, VERSION, VERSION)
    return Writing(
        draft_record.decode(fields.raw(1, 1, draft_record.MAX_BYTES)),
        kept.book,
        fields.flag(2),
        fields.uint(3, 0, judging.MAX_COUNT),
        fields.optional_uint(4, 1, 2**32 - 1),
    )


def _of_writing(writing: Writing) -> dict[int, Value]:
    fields: dict[int, Value] = {
        0: VERSION, 1: draft_record.encode(writing.draft), 2: writing.parity, 3: writing.length,
    }  # fmt: skip
    return fields if writing.block is None else {**fields, 4: writing.block}


def check_unspent(desk: Desk, worksheet: int) -> None:
    """Refuse a worksheet from which no cable can be enciphered any more: one makes one cable. NotFound, NotAllowed."""
    writing(desk, worksheet)
    if pages_kept(desk, worksheet):
        raise NotAllowed("pages of a cable on paper lie in this worksheet: enter that cable first")


def keep_pages(desk: Desk, worksheet: int, pages: Sequence[Page]) -> None:
    """Keep the figures of pages that were torn off for a cable on paper, until it is entered; NotFound."""
    with desk.db.transaction():
        kept = rows.read(desk.db, worksheet)
        fields = codec.decode(kept.body, max_bytes=MAX_BYTES)
        if not isinstance(fields, dict):
            raise NotAllowed("this worksheet holds no cable that is being written")
        torn: list[Value] = [[each.number, "".join(each.keys), "".join(each.masks)] for each in pages]
        rows.keep(desk.db, replace(kept, body=codec.encode({**fields, _PAGES: torn})), desk.now())


def pages_kept(desk: Desk, worksheet: int) -> tuple[Page, ...]:
    """Return the pages that were torn off for a worksheet and not spent yet; NotFound."""
    fields = Fields(codec.decode(rows.read(desk.db, worksheet).body, max_bytes=MAX_BYTES), "worksheet")
    found = []
    for value in fields.optional_array(_PAGES, 1, headers.MAX_PAGES) or ():
        number, keys, masks = (
            codec.as_text(each, GROUP, 480, "worksheet") for each in codec.as_array(value, 3, 3, "page")
        )
        found.append(pad.page(int(number[:CODE]), _cut(keys, CODE), (masks[:GROUP], masks[GROUP:])))
    return tuple(found)


def check_room(desk: Desk) -> None:
    """Refuse one more worksheet where the most lie here already; NotAllowed."""
    if len(rows.every(desk.db)) >= rows.MAX_KEPT:
        raise NotAllowed(f"{rows.MAX_KEPT} worksheets lie here: finish some, or give them up")


# --- finished --------------------------------------------------------------------------------------------------------


def enciphered(
    desk: Desk, taken: Taken, pages: Sequence[Page], codes: Sequence[str], cable_id: CableId, worksheet: int | None
) -> int:
    """Keep a worksheet whose message is fixed, inside the release's transaction; give its number."""
    now = desk.now()
    if worksheet is None:
        worksheet = rows.begin(desk.db, Stage.WRITTEN, taken.peer, taken.book, b"", now)
    _finish(desk, worksheet, Stage.ENCIPHERED, taken, pages, codes, cable_id)
    return worksheet


def read(
    desk: Desk, worksheet: int, taken: Taken, pages: Sequence[Page], codes: Sequence[str], cable_id: CableId | None
) -> None:
    """Keep a worksheet whose message was read, inside the transaction that enters its cable."""
    _finish(desk, worksheet, Stage.READ, taken, pages, codes, cable_id)


def _finish(
    desk: Desk,
    worksheet: int,
    stage: Stage,
    taken: Taken,
    pages: Sequence[Page],
    codes: Sequence[str],
    cable_id: CableId | None,
) -> None:
    kept = rows.read(desk.db, worksheet)
    fields: dict[int, Value] = {
        0: VERSION,
        1: "".join(codes),
        2: "".join(mask for page in pages for mask in page.masks),
        3: list(taken.numbers),
    }
    stands = replace(
        kept, stage=hand_work.move(kept.stage, stage), peer=taken.peer, book=taken.book, cable_id=cable_id,
        body=codec.encode(fields),
    )  # fmt: skip
    rows.keep(desk.db, stands, desk.now())


def finished(desk: Desk, worksheet: int) -> Finished:
    """Give a worksheet whose message is fixed, with its figures; NotFound, NotAllowed before that."""
    kept = rows.read(desk.db, worksheet)
    if kept.cable_id is None:
        raise NotAllowed("the message of this worksheet is not fixed yet")
    codes, masks, pages = _figures(kept)
    found = hand_cables.of_page(
        desk.db, kept.peer, kept.book, pages[0], outgoing=kept.stage in (Stage.ENCIPHERED, Stage.SENT)
    )
    if found is None:
        raise NotAllowed("the message of this worksheet is not here")
    message = message_text.read(found.message).message()
    sheets = tuple(sheet(int(figures)) for figures in material_rows.sheets(desk.db, kept.book))
    return Finished(
        hand_steps.row(desk, kept, reading.names(desk)),
        message,
        codes,
        masks,
        rows.cells(desk.db, worksheet),
        sheets[: message.header.tags],
    )


def _figures(kept: KeptWorksheet) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return codes, masks and page numbers of a finished worksheet."""
    fields = Fields(codec.decode(kept.body, max_bytes=MAX_BYTES), "worksheet")
    fields.uint(0, VERSION, VERSION)
    codes = fields.text(1, CODE, CODE * judging.MAX_COUNT)
    masks = fields.text(2, 0, 2 * GROUP * headers.MAX_PAGES)
    pages = tuple(codec.as_text(each, GROUP, GROUP, "worksheet") for each in fields.array(3, 1, headers.MAX_PAGES))
    fields.done()
    return _cut(codes, CODE), _cut(masks, GROUP), pages


def _cut(text: str, size: int) -> tuple[str, ...]:
    return tuple(text[at : at + size] for at in range(0, len(text), size))


def stored(desk: Desk, worksheet: int) -> KeptWorksheet:
    """Return a worksheet as it is kept; NotFound."""
    return rows.read(desk.db, worksheet)


def advance(desk: Desk, kept: KeptWorksheet, stage: Stage) -> None:
    """Move a worksheet on inside the caller's transaction; NotAllowed where the stage does not follow."""
    rows.keep(desk.db, replace(kept, stage=hand_work.move(kept.stage, stage)), desk.now())


# --- ended -----------------------------------------------------------------------------------------------------------


def destroy(desk: Desk, worksheet: int, second: str, method: str = "") -> None:
    """Erase a worksheet and note that its pages were destroyed, with a second person; NotFound, NotAllowed.

    The figures go first: a stop between the two leaves pages to be destroyed on paper, and no figure here.
    """
    kept = rows.read(desk.db, worksheet)
    if kept.stage not in (Stage.SENT, Stage.READ):
        raise NotAllowed("the pages are destroyed when the message was sent, or read: say so first")
    pages = _figures(kept)[2]
    materials.check_names(Act.PAGE_DESTROYED, material_ledger.officer(desk), second)
    with desk.db.transaction():
        rows.erase(desk.db, worksheet)
    pads.destroy(desk, kept.book, pages, second, method)


def forget_pages(desk: Desk, book: int, pages: Sequence[str] | None = None) -> None:
    """Erase the finished worksheets of pages that are destroyed (None: of the whole book)."""
    with desk.db.transaction():
        for kept in rows.every(desk.db):
            finished = kept.book == book and kept.cable_id is not None
            if finished and (pages is None or not set(pages).isdisjoint(_figures(kept)[2])):
                rows.erase(desk.db, kept.worksheet)


def give_up(desk: Desk, worksheet: int) -> None:
    """Erase a worksheet whose work is given up; its pages stay used, its cable stays in the register. NotFound."""
    rows.read(desk.db, worksheet)
    with desk.db.transaction():
        rows.erase(desk.db, worksheet)
    desk.db.truncate_log()
