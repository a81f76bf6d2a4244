"""Pad books in a station's store: drawn, opened, torn off, bound to a cable, and never given twice by any path."""

import hashlib
import shutil
from dataclasses import replace

import pytest

from secmsg.crypto import randomness
from secmsg.errors import NotAllowed, PageRefused, PageUnconfirmed, SourceFailed, StoreError
from secmsg.ids import StationId
from secmsg.office.materials import Act, Direction, Item, Kind, State
from secmsg.office.pad_pages import PageState, Refusal, spoken
from secmsg.station import custody, material_ledger, pad_drawing, pads
from secmsg.station.desk import Desk
from secmsg.station.freezing import OWN
from secmsg.store import freezes, registers
from secmsg.store import materials as rows
from tests.helpers.ministry import HQ, PARIS
from tests.helpers.world import World

SECOND = "Trần Thị Bình"
OUT, IN = Direction.OUT, Direction.IN


@pytest.fixture
def desk(ministry_world: World) -> Desk:
    return ministry_world.open(PARIS).station.desk


def drawn(desk: Desk, direction: Direction = OUT, pages: int = 30, *, training: bool = False) -> Item:
    """Draw a book with headquarters and put it into use."""
    own, _ = pad_drawing.draw(desk, HQ.id, direction, pages, training=training)
    return custody.act(desk, own.number, Act.OPENED, second=SECOND)


def top(desk: Desk, book: Item) -> str:
    """Read the number that lies on top of the paper, when the paper is as far as the store."""
    return spoken(next(p.number for p in rows.pages(desk.db, book.number) if p.state is PageState.READY))


def taken(desk: Desk, book: Item, groups: int = 20) -> pads.Taken:
    return pads.take(desk, book.number, groups, top(desk, book), training=book.training)


def recorded(desk: Desk, what: pads.Taken, serial: int = 104, cable: str = "26 PARIS 045") -> None:
    with desk.db.transaction():
        pads.record_use(desk, what, serial, cable)


def refusal(desk: Desk, book: Item, page: str | None, groups: int = 20) -> PageRefused:
    use = pads.take if book.direction is OUT else _opened
    with pytest.raises(PageRefused) as refused:
        use(desk, book.number, groups, page)
    return refused.value


def _opened(desk: Desk, book: int, groups: int, page: str | None) -> pads.Taken:
    assert page is not None
    return pads.open_incoming(desk, book, page, groups)


def acts(desk: Desk, *, training: bool = False) -> list[Act]:
    return [each.line.act for each in material_ledger.lines(desk, training=training)]


# --- drawing ---------------------------------------------------------------------------------------------------------


def test_a_book_is_drawn_once_for_both_ends(desk: Desk) -> None:
    own, other = pad_drawing.draw(desk, HQ.id, OUT, 30)
    later, _ = pad_drawing.draw(desk, HQ.id, OUT, 30)
    back, _ = pad_drawing.draw(desk, HQ.id, IN, 40, title="Tập thử")

    matter = custody.matter(desk, own.number)

    assert (own.copy, own.direction, own.ours, own.held) == (1, OUT, True, True)
    assert (other.copy, other.direction, other.ours, other.held) == (2, IN, False, False)
    assert own.set_id == other.set_id != later.set_id
    assert (own.edition, later.edition) == (1, 2)
    assert (back.copy, back.direction, back.title, back.edition) == (2, IN, "Tập thử", 1)
    assert (own.first, later.first, back.first) == (1, 31, 61)  # no number twice in the pair
    assert [each.number for each in matter.pages] == [spoken(n) for n in range(1, 31)]
    assert all(len(each.keys) == 120 for each in matter.pages)
    assert len({each.keys for each in matter.pages}) == 30
    assert matter.other == other
    assert len(matter.sheets) == 2
    assert acts(desk) == [Act.DRAWN] * 6


def test_dice_are_added_and_must_be_as_many_as_the_figures(desk: Desk) -> None:
    ones = "1" * pad_drawing.dice_needed(30, 2)
    fixed = [pad_drawing.book_figures(_again(), 30, 2, dice) for dice in ("", ones)]

    assert all(
        (int(mixed) - int(plain)) % 10 == 1
        for page, other in zip(fixed[0][0], fixed[1][0], strict=True)
        for plain, mixed in zip(page, other, strict=True)
    )
    with pytest.raises(NotAllowed, match="figures of dice"):
        pad_drawing.draw(desk, HQ.id, OUT, 30, dice=ones[1:])


def _again() -> randomness.Random:
    drawn = 0

    def give(length: int) -> bytes:
        nonlocal drawn
        drawn += 1
        return hashlib.shake_256(bytes([drawn])).digest(length)

    return give


@pytest.mark.parametrize("byte", [7, 0, 249])
def test_a_source_that_stands_still_gives_no_book_even_with_dice(desk: Desk, byte: int) -> None:
    stuck = replace(desk, random=lambda length: bytes([byte]) * length)
    dice = "".join(pad_drawing.book_figures(randomness.system, 30, 2)[0]) + "1" * 10

    for added in ("", dice):
        with pytest.raises(SourceFailed):
            pad_drawing.draw(stuck, HQ.id, OUT, 30, dice=added)

    assert rows.every(desk.db) == ()
    assert acts(desk) == []


def test_a_sheet_of_zeros_is_drawn_again() -> None:
    pages, _ = pad_drawing.book_figures(_again(), 30, 2)
    _, sheets = pad_drawing.book_figures(_again(), 30, 2)
    complement = "".join(str(-int(figure) % 10) for figure in "".join(pages) + "".join(sheets))

    _, mixed = pad_drawing.book_figures(_again(), 30, 2, complement)

    assert len(mixed) == 2
    assert "00000" not in mixed


@pytest.mark.parametrize(("pages", "sheets"), [(29, 2), (991, 2), (30, 0), (30, 3)])
def test_a_book_of_other_bounds_is_refused(desk: Desk, pages: int, sheets: int) -> None:
    with pytest.raises(NotAllowed):
        pad_drawing.draw(desk, HQ.id, OUT, pages, sheets=sheets)
    with pytest.raises(NotAllowed):
        pad_drawing.draw(desk, PARIS.id, OUT, 30)
    with pytest.raises(NotAllowed):
        pad_drawing.draw(desk, HQ.id, OUT, 30, title="x" * 41)


# --- taking ----------------------------------------------------------------------------------------------------------


def test_a_page_is_torn_off_bound_and_destroyed_by_two(desk: Desk) -> None:
    book = drawn(desk)
    figures = custody.matter(desk, book.number).pages

    one = taken(desk, book)
    two = pads.take(desk, book.number, 121)  # the paper was read in this run
    recorded(desk, one)

    assert one.pages == figures[:1]
    assert two.pages == figures[1:3]
    assert two.numbers == (spoken(2), spoken(3))
    assert len(one.sheets) == 2
    assert "keys" not in repr(one)
    page = rows.page(desk.db, book.number, 1)
    assert page is not None
    assert (page.state, page.serial, page.cable) == (PageState.USED, 104, "26 PARIS 045")
    with pytest.raises(NotAllowed):
        pads.destroy(desk, book.number, [spoken(1)], "")
    pads.destroy(desk, book.number, [spoken(1)], SECOND, "đốt")
    line = material_ledger.lines(desk)[-1].line
    assert (line.act, line.first, line.second, line.note) == (Act.PAGE_DESTROYED, 1, SECOND, "đốt")
    with pytest.raises(PageRefused, match="destroyed"):
        pads.destroy(desk, book.number, [spoken(1)], SECOND)
    with pytest.raises(NotAllowed, match="not used"):
        pads.destroy(desk, book.number, [spoken(9)], SECOND)


def test_figures_leave_the_store_and_its_log_before_they_are_given(ministry_world: World) -> None:
    desk = ministry_world.open(PARIS).station.desk
    out, incoming = drawn(desk), drawn(desk, IN)
    log = ministry_world.root / f"station-{PARIS.id}" / "store.db-wal"
    assert log.stat().st_size

    taken(desk, out)
    left = log.stat().st_size
    recorded(desk, pads.open_incoming(desk, incoming.number, spoken(31)))
    pads.destroy(desk, incoming.number, [spoken(31)], SECOND)

    assert (left, log.stat().st_size) == (0, 0)
    assert rows.figures(desk.db, out.number, 1) is None
    assert rows.figures(desk.db, incoming.number, 31) is None
    assert (rows.held(desk.db, out.number), rows.held(desk.db, incoming.number)) == (29, 29)


def test_the_paper_is_read_first_in_every_run(ministry_world: World) -> None:
    office = ministry_world.open(PARIS)
    desk = office.station.desk
    book = drawn(desk)

    with pytest.raises(PageUnconfirmed):
        pads.take(desk, book.number, 20)
    taken(desk, book)
    pads.take(desk, book.number, 20)
    assert pads.is_confirmed(desk, book.number)
    again = ministry_world.reopen(office, PARIS).station.desk

    assert not pads.is_confirmed(again, book.number)
    with pytest.raises(PageUnconfirmed):
        pads.take(again, book.number, 20)
    assert pads.take(again, book.number, 20, spoken(3)).numbers == (spoken(3),)


def put_back(world: World) -> tuple[Desk, int, list[pads.Taken]]:
    """Take three pages in a store, then put the store back to before, its keyring with it."""
    office = world.open(PARIS)
    book = drawn(office.station.desk)
    world.close(office)
    folder = world.root / f"station-{PARIS.id}"
    shutil.copytree(folder, world.root / "before")
    office = world.open(PARIS)
    given = [pads.take(office.station.desk, book.number, 20, spoken(number)) for number in (1, 2, 3)]
    world.close(office)
    shutil.rmtree(folder)
    (world.root / "before").rename(folder)
    return world.open(PARIS).station.desk, book.number, given


def test_a_store_that_was_put_back_with_its_machine_gives_no_page_again(ministry_world: World) -> None:
    desk, book, given = put_back(ministry_world)

    with pytest.raises(PageUnconfirmed):
        pads.take(desk, book, 20)
    # On the paper page 4 lies on top, and this store believes that page 1 is next.
    with pytest.raises(PageRefused) as refused:
        pads.take(desk, book, 20, spoken(4))
    passed = pads.confirm(desk, book, spoken(4))
    next_one = pads.take(desk, book, 20)

    assert refused.value.why == Refusal.OUT_OF_ORDER.value
    assert passed == (spoken(1), spoken(2), spoken(3))
    assert next_one.numbers == (spoken(4),)
    assert next_one.pages[0] not in [each.pages[0] for each in given]


def test_a_store_that_believed_itself_would_give_a_page_again(ministry_world: World) -> None:
    # The control: what the rule of the paper keeps from happening.
    desk, book, given = put_back(ministry_world)

    desk.shelf.pads_confirmed[book] = 0

    assert pads.take(desk, book, 20).pages == given[0].pages


def test_after_a_doubt_about_the_store_the_paper_is_read_again(desk: Desk) -> None:
    book = drawn(desk)
    taken(desk, book)

    with desk.db.transaction():
        freezes.begin(desk.db, freezes.Freeze("old-copy", OWN, 0, desk.now(), "1 2"))
        freezes.end(desk.db, OWN, desk.now(), "second; word")

    with pytest.raises(PageUnconfirmed):
        pads.take(desk, book.number, 20)


def test_the_paper_may_be_further_than_the_store_and_never_behind_it(desk: Desk) -> None:
    book = drawn(desk)
    recorded(desk, taken(desk, book))

    with pytest.raises(PageRefused) as used:
        pads.confirm(desk, book.number, spoken(1))
    out_of_order = refusal(desk, book, spoken(5))
    passed = pads.confirm(desk, book.number, spoken(5))
    gone = refusal(desk, book, spoken(3))

    assert (used.value.why, used.value.cable) == (Refusal.USED.value, "26 PARIS 045")
    assert out_of_order.why == Refusal.OUT_OF_ORDER.value
    assert passed == (spoken(2), spoken(3), spoken(4))
    assert gone.why == Refusal.TAKEN.value
    assert pads.take(desk, book.number, 20).numbers == (spoken(5),)
    assert acts(desk)[-5:] == [Act.TAKEN] * 3 + [Act.CONFIRMED, Act.TAKEN]
    for each in ("", "123456", "00000"):
        with pytest.raises(Exception, match="page number"):
            pads.confirm(desk, book.number, each)


def test_a_taking_that_fails_leaves_no_confirmation_behind(desk: Desk) -> None:
    book = drawn(desk)

    assert refusal(desk, book, top(desk, book), 31 * 120).why == Refusal.EXHAUSTED.value

    assert not pads.is_confirmed(desk, book.number)
    with pytest.raises(NotAllowed):
        pads.take(desk, book.number, 0, spoken(1))


def test_a_long_message_takes_pages_in_a_row_and_voids_what_lies_before(desk: Desk) -> None:
    book = drawn(desk)
    with desk.db.transaction():
        rows.move(desk.db, book.number, 2, PageState.MISSING, desk.now())

    long = pads.take(desk, book.number, 240, spoken(1))

    assert long.numbers == (spoken(3), spoken(4))
    assert long.passed == (spoken(1),)


def test_a_book_is_used_up_with_its_last_page_and_its_sheets_go_too(desk: Desk) -> None:
    book = drawn(desk)
    recorded(desk, pads.take(desk, book.number, 30 * 120, spoken(1)))

    used = rows.read(desk.db, book.number)

    assert used.state is State.USED_UP
    assert rows.sheets(desk.db, book.number) == ()
    assert refusal(desk, book, spoken(1)).why == Refusal.EXHAUSTED.value
    assert acts(desk)[-1] is Act.USED_UP


# --- refusals of books -----------------------------------------------------------------------------------------------


def test_a_book_that_does_not_stand_so_is_refused_with_the_reason(desk: Desk) -> None:
    own, other = pad_drawing.draw(desk, HQ.id, OUT, 30)
    back = drawn(desk, IN)

    assert refusal(desk, own, spoken(1)).why == Refusal.NOT_IN_USE.value
    assert refusal(desk, replace(other, direction=OUT), spoken(1)).why == Refusal.NOT_IN_USE.value
    assert refusal(desk, replace(back, direction=OUT), spoken(31)).why == Refusal.OTHER_DIRECTION.value
    custody.act(desk, own.number, Act.OPENED, second=SECOND)
    assert refusal(desk, own, spoken(31)).why == Refusal.OTHER_DIRECTION.value
    assert refusal(desk, own, spoken(99)).why == Refusal.NOT_HERE.value
    assert refusal(desk, back, spoken(1)).why == Refusal.OTHER_DIRECTION.value
    assert refusal(desk, replace(own, direction=IN), spoken(1)).why == Refusal.OTHER_DIRECTION.value
    for act, why in ((Act.COMPROMISED, Refusal.FROZEN), (Act.CLEARED, None), (Act.SUPERSEDED, Refusal.SUPERSEDED)):
        custody.act(desk, own.number, act, second=SECOND)
        if why is not None:
            assert refusal(desk, own, spoken(1)).why == why.value


def test_training_never_meets_the_live_register(desk: Desk) -> None:
    training, live = drawn(desk, training=True), drawn(desk)

    assert training.first == 9_000
    assert training.title.startswith("HUẤN LUYỆN")
    assert refusal(desk, training, spoken(9_000)).why == Refusal.TRAINING.value
    with pytest.raises(PageRefused, match="live book"):
        pads.take(desk, live.number, 20, spoken(1), training=True)
    page = taken(desk, training)
    with pytest.raises(PageRefused, match="training"), desk.db.transaction():
        pads.record_use(desk, page, 104, "26 PARIS 045")
    with desk.db.transaction():
        pads.record_use(desk, page, 1, "", training=True)
    assert acts(desk, training=True) == [Act.DRAWN, Act.DRAWN, Act.OPENED, Act.TAKEN, Act.USED]
    assert acts(desk) == [Act.DRAWN, Act.DRAWN, Act.OPENED]
    assert [each.number for each in pads.books(desk)] == [live.number]
    assert [each.number for each in pads.books(desk, training=True)] == [training.number]


# --- what came -------------------------------------------------------------------------------------------------------


def test_a_page_of_a_message_that_came_is_opened_until_it_is_read(desk: Desk) -> None:
    book = drawn(desk, IN)

    first = pads.open_incoming(desk, book.number, spoken(2), 121)
    again = pads.open_incoming(desk, book.number, spoken(2), 121)
    recorded(desk, again)

    assert first == again
    assert first.passed == (spoken(1),)
    assert first.numbers == (spoken(2), spoken(3))
    used = refusal(desk, book, spoken(2))
    assert (used.why, used.cable) == (Refusal.USED.value, "26 PARIS 045")
    assert rows.figures(desk.db, book.number, 2) is None
    assert pads.open_incoming(desk, book.number, spoken(1)).pages  # a message that comes late
    with pytest.raises(PageRefused), desk.db.transaction():
        pads.record_use(desk, again, 105, "26 PARIS 046")
    assert refusal(desk, book, spoken(99)).why == Refusal.NOT_HERE.value


def test_the_book_of_a_page_is_found(desk: Desk) -> None:
    book = drawn(desk, IN)

    assert pads.find(desk, HQ.id, spoken(30)) == rows.read(desk.db, book.number)
    assert pads.find(desk, HQ.id, spoken(31)) is None
    assert pads.find(desk, StationId(99), spoken(30)) is None


# --- paper only ------------------------------------------------------------------------------------------------------


def test_a_book_on_paper_alone_gives_numbers_and_no_figures(desk: Desk) -> None:
    book = drawn(desk)

    custody.printed(desk, pad_drawing.draw(desk, HQ.id, IN, 30)[0].number, "a", paper_only=True)
    custody.erase(desk, book.number)
    page = taken(desk, book)

    assert (page.numbers, page.pages, page.sheets) == ((spoken(1),), (), ())
    assert not rows.read(desk.db, book.number).held
    assert rows.held(desk.db, book.number) == 0
    with pytest.raises(NotAllowed):
        custody.matter(desk, book.number)
    recorded(desk, page)


def test_a_book_that_came_on_paper_is_the_reserve_until_two_open_it(desk: Desk) -> None:
    cover = custody.Cover(HQ.id, IN, "TK HANOI-PARIS", 3, spoken(200), 30)

    book = custody.receive_paper(desk, cover, SECOND)

    assert (book.state, book.copy, book.first, book.last) == (State.RECEIVED, 2, 200, 229)
    assert refusal(desk, book, spoken(200)).why == Refusal.NOT_IN_USE.value
    custody.act(desk, book.number, Act.OPENED, second=SECOND)
    assert pads.open_incoming(desk, book.number, spoken(200)).pages == ()
    for wrong in (
        replace(cover, first=spoken(229)),
        replace(cover, first=spoken(9_000)),
        replace(cover, first=spoken(8_990)),
        replace(cover, pages=29),
        replace(cover, title=" "),
    ):
        with pytest.raises(NotAllowed):
            custody.receive_paper(desk, wrong, SECOND)
    with pytest.raises(NotAllowed):
        custody.receive_paper(desk, replace(cover, first=spoken(300)), "")


# --- custody and the ledger ------------------------------------------------------------------------------------------


def test_the_way_of_the_other_copy_stands_in_the_ledger(desk: Desk) -> None:
    own, other = pad_drawing.draw(desk, HQ.id, OUT, 30)
    custody.printed(desk, own.number, "a", paper_only=False)

    custody.act(desk, other.number, Act.SEALED, second=SECOND, note="túi 0417")
    issued = custody.act(desk, other.number, Act.ISSUED, holder="Giao thông viên Lê C")

    assert (issued.state, issued.holder) == (State.ISSUED, "Giao thông viên Lê C")
    assert rows.read(desk.db, own.number).state is State.PRINTED
    with pytest.raises(NotAllowed):
        custody.act(desk, other.number, Act.SEALED, second=SECOND)
    with pytest.raises(NotAllowed, match="second"):
        custody.act(desk, own.number, Act.SEALED)
    assert acts(desk) == [Act.DRAWN, Act.DRAWN, Act.PRINTED, Act.PRINTED, Act.SEALED, Act.ISSUED]


def test_other_material_stands_in_the_same_ledger(desk: Desk) -> None:
    token = custody.enter_item(desk, Kind.TOKEN, "Token 0417", 1, 1, 1, "két số 2")

    gone = custody.act(desk, token.number, Act.DESTROYED, second=SECOND, note="búa")

    assert gone.state is State.DESTROYED
    for wrong in (Kind.PAD, Kind.CHALLENGES):
        with pytest.raises(NotAllowed):
            custody.enter_item(desk, wrong, "x", 1, 1, 1, "két")
    with pytest.raises(NotAllowed):
        custody.enter_item(desk, Kind.STICK, "x", 1, 2, 1, "két")


def test_a_destroyed_book_has_no_page_and_no_figure_left(desk: Desk) -> None:
    book = drawn(desk)

    custody.act(desk, book.number, Act.DESTROYED, second=SECOND)

    assert {each.state for each in rows.pages(desk.db, book.number)} == {PageState.DESTROYED}
    assert rows.held(desk.db, book.number) == 0
    assert rows.sheets(desk.db, book.number) == ()
    custody.act(desk, book.number, Act.REPORTED)


def test_the_ledger_holds_no_key_figure(desk: Desk) -> None:
    book = drawn(desk)
    figures = custody.matter(desk, book.number)
    recorded(desk, taken(desk, book))
    pads.destroy(desk, book.number, [spoken(1)], SECOND)
    custody.act(desk, book.number, Act.DESTROYED, second=SECOND)

    written = b"".join(each.body for each in registers.verify(desk.db, 11)).decode("latin-1")

    secrets = [page.keys[0] + page.keys[1] for page in figures.pages] + [m for p in figures.pages for m in p.masks]
    assert not [each for each in [*secrets, *(f"{s.r:05}" for s in figures.sheets)] if each in written]
    assert spoken(1)[:4] not in secrets


# --- the database keeps watch itself ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE pad_pages SET state = 1 WHERE page = 1",
        "UPDATE pad_pages SET figures = '{figures}' WHERE page = 1",
        "DELETE FROM pad_pages WHERE page = 1",
        "DELETE FROM materials",
        "INSERT OR REPLACE INTO pad_pages (item, page, state, figures, at) VALUES (1, 1, 1, '{figures}', 0)",
    ],
)
def test_no_statement_gives_a_page_back(desk: Desk, statement: str) -> None:
    taken(desk, drawn(desk))

    with pytest.raises(StoreError), desk.db.transaction():
        desk.db.run(statement.format(figures="1" * 490))

    with pytest.raises(StoreError), desk.db.transaction():
        rows.move(desk.db, 1, 1, PageState.TAKEN, desk.now())
