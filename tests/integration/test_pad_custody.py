"""Copies for the other end, challenge lists, compromise and its way back, and what screens are told of it all."""

from dataclasses import replace

import pytest

from secmsg.errors import (
    EnrolmentError,
    FormatError,
    NotAllowed,
    NotFound,
    PageRefused,
    SourceFailed,
    StoreError,
)
from secmsg.office.materials import Act, Direction, Kind, State
from secmsg.office.pad_pages import PageState, Refusal, spoken
from secmsg.station import challenges, compromises, custody, material_ledger, notices, pad_drawing, pad_files, pads
from secmsg.station.compromises import Cause, Compromise
from secmsg.station.desk import Desk
from secmsg.station.views import NoticeKind
from secmsg.store import materials as rows
from tests.helpers.ministry import CANBERRA, HQ, PARIS
from tests.helpers.world import Office, World

SECOND = "Trần Thị Bình"
OUT, IN = Direction.OUT, Direction.IN


@pytest.fixture
def ends(offices: tuple[Office, Office]) -> tuple[Desk, Desk]:
    """Headquarters and Paris."""
    return offices[0].station.desk, offices[1].station.desk


@pytest.fixture
def desk(ends: tuple[Desk, Desk]) -> Desk:
    return ends[1]


def in_use(desk: Desk, number: int) -> None:
    custody.act(desk, number, Act.OPENED, second=SECOND)


def used(desk: Desk, book: int, serial: int = 104, cable: str = "26 PARIS 045") -> pads.Taken:
    top = next(e.number for e in rows.pages(desk.db, book) if e.state is PageState.READY)
    taken = pads.take(desk, book, 20, spoken(top))
    with desk.db.transaction():
        pads.record_use(desk, taken, serial, cable)
    return taken


# --- the other end's copy --------------------------------------------------------------------------------------------


def test_both_ends_have_the_same_figures_and_the_file_is_taken_once(ends: tuple[Desk, Desk]) -> None:
    hq, paris = ends
    own, _ = pad_drawing.draw(paris, HQ.id, OUT, 30)

    sealed = pad_files.export(paris, own.number, SECOND)
    taken = pad_files.import_(hq, sealed.data, sealed.code, SECOND)
    papers = custody.matter(hq, taken.number)
    custody.printed(hq, taken.number, "offline", paper_only=False)
    for each, number in ((paris, own.number), (hq, taken.number)):
        in_use(each, number)
    page = pads.take(paris, own.number, 150, spoken(1))
    came = pads.open_incoming(hq, taken.number, page.numbers[0], 150)

    assert (sealed.item.state, sealed.item.copy) == (State.ISSUED, 2)
    assert (taken.state, taken.direction, taken.copy, taken.peer) == (State.RECEIVED, IN, 2, PARIS.id)
    assert (papers.item.copy, papers.other) == (2, None)
    assert came.pages == page.pages
    assert came.sheets == page.sheets
    assert "code" not in repr(sealed)
    with pytest.raises(NotAllowed, match="is here already"):
        pad_files.import_(hq, sealed.data, sealed.code, SECOND)
    custody.act(hq, taken.number, Act.DESTROYED, second=SECOND)
    with pytest.raises(NotAllowed, match="is here already"):
        pad_files.import_(hq, sealed.data, sealed.code, SECOND)
    with pytest.raises(NotAllowed, match="begun"):
        pad_files.export(paris, own.number, SECOND)
    with pytest.raises(NotAllowed, match="another station"):
        pad_files.import_(paris, sealed.data, sealed.code, SECOND)


def test_a_pad_file_that_is_changed_or_without_its_code_opens_nothing(ends: tuple[Desk, Desk]) -> None:
    hq, paris = ends
    own, other = pad_drawing.draw(paris, HQ.id, OUT, 30)
    sealed, again = (pad_files.export(paris, own.number, SECOND) for _ in range(2))

    with pytest.raises(EnrolmentError):
        pad_files.import_(hq, sealed.data, again.code, SECOND)
    with pytest.raises(EnrolmentError):
        pad_files.import_(hq, sealed.data[:-1] + bytes([sealed.data[-1] ^ 1]), sealed.code, SECOND)
    with pytest.raises(FormatError, match="group 1 of the code"):
        pad_files.import_(hq, sealed.data, "11111 " + sealed.code[6:], SECOND)
    with pytest.raises(NotAllowed, match="second"):
        pad_files.import_(hq, sealed.data, sealed.code, "")
    with pytest.raises(NotAllowed, match="second"):
        pad_files.export(paris, own.number, "")
    with pytest.raises(NotAllowed, match="not drawn here"):
        pad_files.export(paris, other.number, SECOND)

    assert rows.every(hq.db) == ()
    assert pad_files.import_(hq, again.data, again.code, SECOND).state is State.RECEIVED


def test_a_file_whose_page_numbers_are_in_a_book_already_is_refused(ends: tuple[Desk, Desk]) -> None:
    hq, paris = ends
    pad_drawing.draw(hq, PARIS.id, OUT, 30)
    own, _ = pad_drawing.draw(paris, HQ.id, OUT, 30)
    sealed = pad_files.export(paris, own.number, SECOND)

    with pytest.raises(NotAllowed, match="doubled"):
        pad_files.import_(hq, sealed.data, sealed.code, SECOND)


def test_numbers_that_are_free_are_found_again_when_all_are_used(desk: Desk) -> None:
    first, _ = pad_drawing.draw(desk, HQ.id, OUT, 30, training=True)
    pad_drawing.draw(desk, HQ.id, OUT, 960, training=True)
    elsewhere, _ = pad_drawing.draw(desk, CANBERRA.id, OUT, 30, training=True)

    with pytest.raises(NotAllowed, match="destroy books"):
        pad_drawing.draw(desk, HQ.id, OUT, 30, training=True)
    for each in (first.number, first.number + 1):
        custody.act(desk, each, Act.DESTROYED, second=SECOND)

    assert pad_drawing.draw(desk, HQ.id, OUT, 30, training=True)[0].first == first.first
    assert elsewhere.first == 9_000


# --- challenge lists -------------------------------------------------------------------------------------------------


def both_lists(ends: tuple[Desk, Desk]) -> tuple[int, int]:
    """Give Paris a list with which it asks headquarters."""
    hq, paris = ends
    own, _ = challenges.draw(paris, HQ.id, OUT, 20)
    sealed = pad_files.export(paris, own.number, SECOND)
    taken = pad_files.import_(hq, sealed.data, sealed.code, SECOND)
    in_use(paris, own.number)
    in_use(hq, taken.number)
    return own.number, taken.number


def test_a_voice_is_proven_once_with_each_line(ends: tuple[Desk, Desk]) -> None:
    hq, paris = ends
    ours, theirs = both_lists(ends)

    asked = challenges.ask(paris, ours, 3)
    reply = challenges.answer(hq, theirs, asked.challenge)

    assert challenges.check(paris, ours, 3, reply)
    with pytest.raises(NotFound):
        challenges.check(paris, ours, 3, reply)
    with pytest.raises(NotAllowed, match="was used on"):
        challenges.ask(paris, ours, 3)
    with pytest.raises(NotAllowed, match="was used on"):
        challenges.answer(hq, theirs, asked.challenge)
    for each, number in ((paris, ours), (hq, theirs)):
        line = rows.lines(each.db, number)[2]
        assert line.struck_at is not None
        assert line.reply is None


def test_a_wrong_reply_uses_the_line_up_and_stands_in_the_ledger(ends: tuple[Desk, Desk]) -> None:
    paris = ends[1]
    ours, _ = both_lists(ends)
    asked = challenges.ask(paris, ours, 1)
    right = rows.lines(paris.db, ours)[0].reply
    assert right is not None

    wrong = str(int(right[0] == "0")) + right[1:]

    assert not challenges.check(paris, ours, 1, wrong)
    with pytest.raises(NotFound):
        challenges.check(paris, ours, 1, right)
    lines = [each.line for each in material_ledger.lines(paris)]
    assert (lines[-1].act, lines[-1].first, lines[-1].note) == (Act.STRUCK, 1, "the reply was wrong")
    assert asked.challenge not in repr(asked)


def test_lists_are_refused_out_of_place(ends: tuple[Desk, Desk]) -> None:
    hq, paris = ends
    ours, theirs = both_lists(ends)
    book, _ = pad_drawing.draw(paris, HQ.id, OUT, 30)
    fresh, _ = challenges.draw(paris, HQ.id, OUT, 10, title="HĐ thử")

    for call in (
        lambda: challenges.ask(hq, theirs, 1),
        lambda: challenges.answer(paris, ours, "1234"),
        lambda: challenges.ask(paris, book.number, 1),
        lambda: challenges.ask(paris, fresh.number, 1),
        lambda: challenges.draw(paris, HQ.id, OUT, 9),
        lambda: challenges.draw(paris, PARIS.id, OUT, 10),
        lambda: challenges.draw(paris, HQ.id, OUT, 10, title="x" * 41),
    ):
        with pytest.raises(NotAllowed):
            call()
    with pytest.raises(NotFound):
        challenges.ask(paris, ours, 21)
    with pytest.raises(FormatError):
        challenges.answer(hq, theirs, "12345")
    known = {each.challenge for each in rows.lines(hq.db, theirs)}
    with pytest.raises(NotFound):
        challenges.answer(hq, theirs, next(f"{n:04}" for n in range(10_000) if f"{n:04}" not in known))
    with pytest.raises(SourceFailed):
        challenges.draw(replace(paris, random=lambda length: b"\x05" * length), HQ.id, OUT, 10)


def test_a_list_on_paper_alone_is_struck_by_number(ends: tuple[Desk, Desk]) -> None:
    paris = ends[1]
    ours, _ = both_lists(ends)

    challenges.strike(paris, ours, 2)
    custody.erase(paris, ours)

    with pytest.raises(NotAllowed, match="was used on"):
        challenges.strike(paris, ours, 2)
    with pytest.raises(NotAllowed, match="on paper alone"):
        challenges.ask(paris, ours, 4)
    assert rows.lines(paris.db, ours)[3].struck_at is not None
    for statement in (
        "UPDATE challenge_lines SET struck_at = NULL WHERE line = 2",
        "UPDATE challenge_lines SET reply = '1234' WHERE line = 2",
        "DELETE FROM challenge_lines",
    ):
        with pytest.raises(StoreError), paris.db.transaction():
            paris.db.run(statement)
    with pytest.raises(StoreError), paris.db.transaction():
        rows.strike(paris.db, ours, 2, 1)


# --- compromise ------------------------------------------------------------------------------------------------------


@pytest.fixture
def book(desk: Desk) -> int:
    for _ in range(2):
        pad_drawing.draw(desk, HQ.id, OUT, 30)
    in_use(desk, 1)
    return 1


def test_a_missing_page_stops_the_book_and_names_what_stood_under_it(desk: Desk, book: int) -> None:
    used(desk, book)
    used(desk, book, 105, "26 PARIS 046")

    found = compromises.stop(desk, book, Cause.PAGE_MISSING, "khi kiểm kê", [spoken(5)])

    assert found.item.state is State.COMPROMISED
    assert [each.detail for each in notices.shown(desk)] == ["TK PARIS-HANOI 1 1/2, page-missing"]
    assert [(page.serial, page.cable) for page in found.messages] == [(104, "26 PARIS 045"), (105, "26 PARIS 046")]
    assert found.reserve is not None
    assert found.reserve.number == 3
    for told in (
        "thiếu trang: khi kiểm kê",
        "pages missing: khi kiểm kê",
        "26 PARIS 046 (số chuỗi 105",
        "TK PARIS-HANOI 2",
    ):
        assert told in found.report
    assert compromises.standing(desk, book).report == found.report
    with pytest.raises(PageRefused) as refused:
        pads.take(desk, book, 20, spoken(3))
    assert refused.value.why == Refusal.FROZEN.value
    with pytest.raises(NotAllowed):
        compromises.stop(desk, book, Cause.SEEN)


def test_the_way_back_is_headquarters_word_and_two_persons(desk: Desk, book: int) -> None:
    compromises.stop(desk, book, Cause.PAGE_MISSING, "", [spoken(1)])

    for second, word in (("", "Bộ"), (SECOND, " ")):
        with pytest.raises(NotAllowed):
            compromises.clear(desk, book, second, word)
    cleared = compromises.clear(desk, book, SECOND, "Bộ, điện 12")

    assert cleared.state is State.IN_USE
    assert pads.take(desk, book, 20, spoken(2)).pages  # the missing page is void
    with pytest.raises(PageRefused, match="void"):
        pads.confirm(desk, book, spoken(1))
    with pytest.raises(NotAllowed):
        compromises.standing(desk, book)
    with pytest.raises(NotAllowed):
        compromises.clear(desk, book, SECOND, "Bộ")
    assert [each.line.act for each in material_ledger.lines(desk)][-4:-2] == [Act.PAGE_VOID, Act.CLEARED]


def test_both_copies_of_a_draw_are_stopped_and_cleared_together(desk: Desk, book: int) -> None:
    used(desk, book)
    custody.act(desk, 2, Act.ISSUED, holder="Giao thông viên")

    lost = compromises.stop(desk, 2, Cause.LOST, "trên đường")

    assert [rows.read(desk.db, number).state for number in (1, 2)] == [State.COMPROMISED, State.MISSING]
    assert [page.serial for page in lost.messages] == [104]
    assert lost.reserve is not None
    assert lost.reserve.number == 3
    assert compromises.standing(desk, 1).messages == lost.messages
    with pytest.raises(PageRefused):
        pads.take(desk, book, 20)
    compromises.clear(desk, 1, SECOND, "Bộ: đã tìm thấy, niêm phong còn nguyên")
    assert [rows.read(desk.db, number).state for number in (1, 2)] == [State.IN_USE, State.ISSUED]


def test_the_fifth_unexplained_tag_stops_the_book(desk: Desk, book: int) -> None:
    counted = [compromises.tag_failed(desk, book, 100 + n) for n in range(4)]
    stopped = compromises.tag_failed(desk, book)

    assert counted == [1, 2, 3, 4]
    assert isinstance(stopped, Compromise)
    assert stopped.item.state is State.COMPROMISED
    assert "năm nhóm xác thực" in stopped.report
    assert compromises.tag_failed(desk, book) == 6
    compromises.clear(desk, book, SECOND, "Bộ: đường dây hỏng")
    assert compromises.tag_failed(desk, book) == 1
    listed, _ = challenges.draw(desk, HQ.id, OUT, 10)
    with pytest.raises(NotAllowed):
        compromises.tag_failed(desk, listed.number)


def test_every_cause_has_its_words_and_a_lost_book_is_missing(desk: Desk, book: int) -> None:
    used(desk, book)

    for cause in Cause:
        number = pad_drawing.draw(desk, CANBERRA.id, IN, 30)[0].number
        found = compromises.stop(desk, number, cause)
        assert found.item.state is (State.MISSING if cause is Cause.LOST else State.COMPROMISED)
        assert found.messages == ()
        assert "không có" in found.report
    illegible = pad_drawing.draw(desk, CANBERRA.id, IN, 30)[0]
    compromises.stop(desk, illegible.number, Cause.ILLEGIBLE, "", [spoken(illegible.first)])
    page = rows.page(desk.db, illegible.number, illegible.first)
    assert page is not None
    assert page.state is PageState.VOID
    with pytest.raises(PageRefused):
        compromises.stop(desk, book, Cause.ILLEGIBLE, "", [spoken(1)])


# --- what is told ----------------------------------------------------------------------------------------------------


def test_the_page_on_top_is_not_told_before_the_paper_was_read(offices: tuple[Office, Office]) -> None:
    station = offices[1].station
    desk = station.desk
    pad_drawing.draw(desk, HQ.id, OUT, 30)
    in_use(desk, 1)

    before = station.pads.item(1)
    station.pads.confirm(1, spoken(1))
    after = station.pads.item(1)

    assert (before.confirmed, before.top) == (False, "")
    assert (after.confirmed, after.top) == (True, spoken(1))
    assert (after.ready, after.used, after.destroyed, after.low) == (30, 0, 0, False)
    assert (after.peer_name, after.first, after.last) == ("Bộ Ngoại giao", spoken(1), spoken(30))


def test_stock_below_thirty_days_is_told_until_there_is_another_book(offices: tuple[Office, Office]) -> None:
    station = offices[1].station
    desk = station.desk
    pad_drawing.draw(desk, HQ.id, OUT, 30)
    in_use(desk, 1)
    for serial in range(1, 17):
        used(desk, 1, serial)

    low = station.pads.low()
    told = [each for each in station.status().notices if each.kind is NoticeKind.PADS_LOW]
    item = station.pads.item(1)
    pad_drawing.draw(desk, HQ.id, OUT, 60)

    assert [each.number for each in low] == [1]
    assert [each.detail for each in told] == ["Bộ Ngoại giao, out"]
    assert (item.ready, item.used, item.days_left, item.low) == (14, 16, 26, True)
    assert station.pads.low() == ()


def test_the_ledger_is_told_line_by_line(offices: tuple[Office, Office]) -> None:
    station = offices[1].station
    desk = station.desk
    pad_drawing.draw(desk, HQ.id, OUT, 30)
    in_use(desk, 1)
    used(desk, 1)
    challenges.draw(desk, HQ.id, IN, 10)
    token = station.pads.enter_item(Kind.TOKEN, "Token 1", 1, 1, 1, "két")

    told = station.pads.ledger()

    assert [each.line for each in told] == list(range(1, len(told) + 1))
    assert (told[4].act, told[4].pages, told[4].serial, told[4].cable) == (Act.USED, spoken(1), 104, "26 PARIS 045")
    assert told[0].pages == f"{spoken(1)}-{spoken(30)}"
    assert told[5].pages == "1-10"
    assert token.peer_name == ""
    assert token.first == ""
    assert [line.awaited for line in station.pads.lines(3)] == [False] * 10
    assert station.pads.pages(1)[0].cable == "26 PARIS 045"
    assert station.pads.dice_needed(30) == 14_710
    assert station.pads.plan(100, 2, 30) == (90, 1)


def test_a_book_is_printed_and_kept_on_paper_alone(ministry_world: World) -> None:
    station = ministry_world.open(PARIS).station
    station.pads.draw(HQ.id, OUT, 30)

    printed = station.pads.printed(1, "offline", paper_only=False)
    again = station.pads.printed(1, "offline", paper_only=True)
    erased = station.pads.draw(HQ.id, IN, 30)[0]
    gone = station.pads.erase(erased.number)

    assert (printed.state, printed.held) == (State.PRINTED, True)
    assert (again.state, again.held) == (State.PRINTED, False)
    assert not gone.held
    assert [each.note for each in station.pads.ledger() if each.act is Act.ERASED] == [custody.PAPER_ONLY] * 2
