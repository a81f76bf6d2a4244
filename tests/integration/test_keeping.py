"""Things without pages: made and entered together, issued, back again, lost, destroyed; numbers never given twice."""

from collections.abc import Callable

import pytest

from secmsg.errors import NotAllowed
from secmsg.office.materials import Act, Direction, Item, Kind, State
from secmsg.station import compromises, custody, keeping, material_ledger, pad_drawing
from secmsg.station.compromises import Cause
from secmsg.station.desk import Desk
from secmsg.store import materials as rows
from tests.helpers.ministry import HQ
from tests.helpers.world import Office

SECOND = "Trần Thị Bình"
SAFE, DRAWER = "két số 2", "ngăn kéo bàn trực"


@pytest.fixture
def desk(offices: tuple[Office, Office]) -> Desk:
    return offices[1].station.desk


def lines(desk: Desk, item: int) -> list[tuple[Act, str, str]]:
    found = (each.line for each in material_ledger.lines(desk))
    return [(each.act, each.holder, each.note) for each in found if each.item == item]


def test_a_kit_leaves_with_its_bearer_and_comes_back(desk: Desk) -> None:
    with desk.db.transaction():
        kit = keeping.enter_item(desk, Kind.KIT, "Đoàn  Viên-chăn", SAFE, "200 điện")
        keeping.verified(desk, kit.number, "mở thử")
        keeping.issue(desk, kit.number, "Ông Lê C, trưởng đoàn")
    assert rows.read(desk.db, kit.number).state is State.ISSUED
    with desk.db.transaction():
        back = keeping.take_back(desk, kit.number, SAFE)
        keeping.count(desk, kit.number, SECOND)
        keeping.move(desk, kit.number, DRAWER)
        keeping.superseded(desk, kit.number)
        gone = keeping.destroyed(desk, kit.number, SECOND, "diệt khóa")

    assert (kit.name, back.state, gone.state) == ("Đoàn Viên-chăn 1 1/1", State.RECEIVED, State.DESTROYED)
    assert [each for each, _, _ in lines(desk, kit.number)] == [
        Act.ENTERED, Act.VERIFIED, Act.ISSUED, Act.RETURNED, Act.COUNTED, Act.MOVED, Act.SUPERSEDED, Act.DESTROYED,
    ]  # fmt: skip
    assert lines(desk, kit.number)[2][1] == "Ông Lê C, trưởng đoàn"


def test_what_is_made_stands_in_the_ledger_or_was_not_made(desk: Desk) -> None:
    before = rows.every(desk.db), material_ledger.lines(desk)

    def made_on_a_full_stick() -> None:
        with desk.db.transaction():
            keeping.enter_item(desk, Kind.BACKUP, "Bản sao lưu", DRAWER)
            raise OSError("the stick is full")

    with pytest.raises(OSError, match="full"):
        made_on_a_full_stick()

    assert (rows.every(desk.db), material_ledger.lines(desk)) == before


def test_a_lost_kit_is_stopped_and_comes_back_by_the_word_of_headquarters(desk: Desk) -> None:
    kit = custody.enter_item(desk, Kind.KIT, "Đoàn", 1, 1, 1, SAFE)
    with desk.db.transaction():
        keeping.issue(desk, kit.number, "Ông Lê C")
        keeping.missing(desk, kit.number, "bỏ quên trên tàu")

    draft = compromises.standing(desk, kit.number).report
    cleared = compromises.clear(desk, kit.number, SECOND, "Bộ, 12/3, điện thoại")

    assert "bỏ quên trên tàu" in draft
    assert cleared.state is State.ISSUED
    assert Cause.LOST.value in lines(desk, kit.number)[-2][2]


def test_a_discrepancy_is_a_line_and_changes_nothing(desk: Desk) -> None:
    book, _ = pad_drawing.draw(desk, HQ.id, Direction.OUT, 30)
    with desk.db.transaction():
        stands = keeping.discrepant(desk, book.number, "thiếu một trang trên giấy", SECOND)
        with pytest.raises(NotAllowed, match="say what"):
            keeping.discrepant(desk, book.number, " ")

    assert stands.state is book.state
    assert lines(desk, book.number)[-1][0] is Act.DISCREPANT


def test_bad_words_and_books_are_refused(desk: Desk) -> None:
    book, _ = pad_drawing.draw(desk, HQ.id, Direction.OUT, 30)
    with desk.db.transaction():
        token = keeping.enter_item(desk, Kind.TOKEN, "Token 0417", SAFE)
        acts: tuple[Callable[[], Item], ...] = (
            lambda: keeping.enter_item(desk, Kind.PAD, "x", SAFE),
            lambda: keeping.enter_item(desk, Kind.TOKEN, " ", SAFE),
            lambda: keeping.enter_item(desk, Kind.TOKEN, "x" * 41, SAFE),
            lambda: keeping.enter_item(desk, Kind.TOKEN, "x", SAFE, copy=2),
            lambda: keeping.issue(desk, token.number, " "),
            lambda: keeping.take_back(desk, token.number, SAFE),
            lambda: keeping.count(desk, token.number, ""),
            lambda: keeping.destroyed(desk, token.number, "", "búa"),
            lambda: keeping.move(desk, book.number, SAFE),
        )
        for refused in acts:
            with pytest.raises(NotAllowed):
                refused()
        opened = keeping.open_(desk, token.number, SECOND)
    assert opened.state is State.IN_USE
