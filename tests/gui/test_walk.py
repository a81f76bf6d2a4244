"""The window of destruction in order: two ticks a line, a reason for what is left, two persons at the end, the keys."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from secmsg.errors import NotAllowed
from secmsg.office.destruction import Fate, Outcome, Rank
from secmsg.office.destruction_walk import Deed
from secmsg.office.materials import Kind
from secmsg.wire.cable import Degree
from tests.helpers.ui_destruction import FIRST, PASSPHRASE, SECOND, UiWalk
from ui.destruction.state import DestructionState
from ui.front import Doorstep, Front
from ui.language import Language
from ui.lines import Card, Why
from ui.walk import state as rules
from ui.walk.state import Lack, Page, WalkState
from ui.walk.view import WalkWindow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.gui.conftest import Desk


def begun(*, must_prove: bool = False) -> tuple[UiWalk, WalkState]:
    room = UiWalk(must_prove=must_prove)
    return room, rules.shown(WalkState(), room.begin(SECOND, "Lệnh 12"))


def said(room: UiWalk, state: WalkState, *, destroyed: bool = True) -> WalkState:
    assert state.step is not None
    return rules.shown(state, room.say(state.step.item, state.step.degree, destroyed=destroyed, note="két kẹt"))


class TestState:
    def test_it_begins_with_a_ground_and_another_person(self) -> None:
        state = WalkState(UiWalk().standing())

        assert (state.page, state.begun, state.lack) == (Page.OPENING, False, Lack.GROUND)
        state = replace(state, ground="Lệnh 12")
        assert state.lack is Lack.SECOND
        assert replace(state, second="nguyen  van an").lack is Lack.SAME
        assert replace(state, second=SECOND).lack is None

    def test_where_another_officer_may_sign_a_name_is_not_enough(self) -> None:
        state = WalkState(UiWalk(must_prove=True).standing(), ground="Lệnh 12", second=SECOND)

        assert state.lack is Lack.PROOF
        assert replace(state, passphrase="x").lack is None
        assert "x'" not in repr(replace(state, passphrase="x"))

    def test_after_a_lock_the_person_alone_is_asked_for(self) -> None:
        room, _ = begun()
        room.second = None
        state = WalkState(room.standing())

        assert (state.page, state.begun, state.lack) == (Page.OPENING, True, Lack.SECOND)

    def test_a_line_wants_both_ticks_or_a_reason(self) -> None:
        room, state = begun()

        assert (state.page, state.place, state.lack) == (Page.LINE, (1, 5), Lack.TICKS)
        assert replace(state, first_ticked=True).lack is Lack.TICKS
        assert replace(state, first_ticked=True, second_ticked=True).lack is None
        assert state.lack_to_leave is Lack.REASON
        assert replace(state, reason="két kẹt").lack_to_leave is None
        state = said(room, replace(state, first_ticked=True, second_ticked=True, reason="két kẹt"))
        assert (state.place, state.first_ticked, state.second_ticked, state.reason) == ((2, 5), False, False, "")

    def test_what_was_left_is_taken_up_again_and_nothing_else(self) -> None:
        room, state = begun()
        state = said(room, state, destroyed=False)
        left = state.walk.steps[0]

        assert left.fate is Fate.LEFT
        assert rules.taken_up(state, state.walk.steps[1]) == state
        again = rules.taken_up(replace(state, first_ticked=True), left)
        assert (again.step, again.first_ticked) == (left, False)
        assert said(room, again).taken is None

    def test_at_the_end_the_second_person_says_so_and_then_come_the_keys(self) -> None:
        room, state = begun()
        while state.page is Page.LINE:
            state = said(room, state)

        assert (state.page, state.place, state.lack, state.second) == (Page.END, (5, 5), None, SECOND)
        state = rules.shown(state, room.close(SECOND))
        assert (state.page, state.lack, len(state.left)) == (Page.CLOSED, None, 3)
        assert rules.taken_up(state, replace(state.left[0], fate=Fate.LEFT)) == state

    def test_what_failed_keeps_what_was_entered_but_a_passphrase(self) -> None:
        state = WalkState(ground="Lệnh 12", passphrase="x", busy=True, stopping=True)

        assert rules.failed(state) == WalkState(ground="Lệnh 12")


def room_of(desk: "Desk") -> UiWalk:
    found: list[UiWalk] = []
    desk.program.background.run(desk.window, lambda station: found.append(station.walk), lambda _: None)  # type: ignore[arg-type]  # a double's room
    desk.settle()
    return found[0]


def opened(desk: "Desk") -> WalkWindow:
    desk.post.destruction.show()
    desk.settle()
    assert desk.post.destruction.plan is not None
    desk.post.destruction.plan.walk_button.click()
    desk.settle()
    window = desk.post.destruction.walking.walk
    assert window is not None
    return window


def tick(desk: "Desk", window: WalkWindow) -> None:
    """Tick both and write it down, by keys alone."""
    QTest.keyClick(window.first_box, Qt.Key.Key_Space)
    QTest.keyClick(window.second_box, Qt.Key.Key_Space)
    QTest.keyClick(window.act_button, Qt.Key.Key_Space)
    desk.settle()


def shut(desk: "Desk", window: WalkWindow) -> None:
    window.close()
    desk.settle()


def test_by_keys_alone_from_the_ground_to_the_keys(desk: "Desk", tmp_path: Path) -> None:
    window, room = opened(desk), room_of(desk)
    window.act()
    assert window.lack.text() == "Hãy ghi căn cứ: lệnh của ai, số nào."
    window.ground.setText("Lệnh 12")
    window.second.setText(SECOND)
    QTest.keyClick(window.second, Qt.Key.Key_Return)
    desk.settle()
    assert window.heading.text() == "Dòng 1 trên 5"
    assert FIRST in window.first_box.text()

    QTest.keyClick(window.first_box, Qt.Key.Key_Space)
    window.act()
    assert [each.deed for each in room.lines] == [Deed.BEGUN]
    assert "Cả hai đánh dấu" in window.lack.text()
    QTest.keyClick(window.first_box, Qt.Key.Key_Space)
    tick(desk, window)
    window.leave()
    assert "vì sao" in window.lack.text()
    window.reason.setText("két kẹt")
    QTest.keyClick(window.reason, Qt.Key.Key_Return)
    desk.settle()
    assert [each.deed for each in room.lines] == [Deed.BEGUN, Deed.DESTROYED, Deed.LEFT]
    for _ in range(3):
        tick(desk, window)
    assert window.heading.text() == "Đã xong từng dòng: nay đến báo cáo"
    window.act()
    desk.settle()

    assert "điểm không thể quay lại" in window.point.text()
    assert "CHƯA" in "".join(window.list.item(at).text() for at in range(window.list.count()))
    window.record_button.click()
    dialog = desk.post.destruction.walking.dialog
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "bien-ban.pdf"))
    desk.settle()
    assert (tmp_path / "bien-ban.pdf").read_bytes() == b"%PDF record of 7"
    desk.program.speech.switch()
    desk.settle()
    assert window.heading.text() == "The list is closed: now the keys"
    window.act()
    desk.bot.waitUntil(lambda: desk.program.unlock is not None)
    assert room.lines[-1].deed is Deed.CLOSED


def test_a_left_line_is_taken_up_and_a_stop_is_asked_for_twice(desk: "Desk") -> None:
    window, room = opened(desk), room_of(desk)
    walk = room.begin(SECOND, "Lệnh 12")
    step = walk.current
    assert step is not None
    window.show_walk(room.say(step.item, step.degree, destroyed=False, note="két kẹt"))
    window.list.setFocus()
    window.list.setCurrentRow(1)
    QTest.keyClick(window.list, Qt.Key.Key_Return)
    assert window.heading.text() == "Dòng 1 trên 5"
    tick(desk, window)
    assert room.lines[-1].deed is Deed.DESTROYED

    window.stop()
    assert "Chắc chắn dừng?" in window.point.text()
    QTest.keyClick(window.first_box, Qt.Key.Key_Space)
    window.stop()
    assert [each.deed for each in room.lines] == [Deed.BEGUN, Deed.LEFT, Deed.DESTROYED]
    window.stop()
    desk.settle()
    assert [each.deed for each in room.lines][3:] == [Deed.STOPPED]
    assert "Đã dừng" in window.message.text
    shut(desk, window)


def test_a_wrong_passphrase_is_said_and_a_right_one_goes_on(desk: "Desk") -> None:
    room = room_of(desk)
    room.must_prove = True
    room.lines.clear()
    room.begin(SECOND, "Lệnh 12")
    room.second = None
    window = opened(desk)
    assert window.heading.text() == "Tiếp tục tiêu hủy theo thứ tự"
    window.secret.setText("không phải")
    window.act()
    desk.settle()
    assert window.message.text
    assert window.secret.text() == ""
    window.secret.setText(PASSPHRASE)
    window.act()
    desk.settle()
    assert window.heading.text().startswith("Dòng 1")
    with pytest.raises(NotAllowed):
        room.close(SECOND)
    shut(desk, window)


def test_the_lock_at_the_end_opens_the_screen_of_destruction(qapp: "QApplication", qtbot: "QtBot") -> None:
    from tests.gui.test_destruction import real

    steps = Doorstep(lambda: True, "/nowhere", acts=real(Path("/nowhere")))
    front = Front(qapp, steps, lambda: 0, Language.VIETNAMESE)
    front.dress()
    front.make(Card(Why.ENDING)).show()
    qtbot.waitUntil(lambda: front.destroying is not None and front.destroying.screen is not None)

    assert front.destroying is not None
    assert front.destroying.screen is not None
    front.destroying.screen.reject()
    front.undress()
    qtbot.wait(1)


def test_the_list_after_the_keys_holds_what_two_persons_left() -> None:
    degrees = frozenset((Degree.TOP_SECRET, Degree.SECRET))
    state = DestructionState(counts={Kind.TOKEN: 1}, walked=True, papers_gone=degrees)

    assert [each.degree for each in state.tasks if each.degree] == [Degree.CONFIDENTIAL]
    assert [each.kind for each in state.tasks if each.rank is Rank.KEYS] == [Kind.SHEET, Kind.TOKEN]
    assert state.outcome is Outcome.NOT_SURE
