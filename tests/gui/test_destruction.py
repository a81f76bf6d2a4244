"""The screen of emergency destruction on real stores: the word, the hold, the end, the list; and the exercise."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from secmsg.crypto.randomness import system
from secmsg.crypto.secret import Secret
from secmsg.errors import WrongPassphrase
from secmsg.office.destruction import Fate, Finding, Outcome, Part, Rank
from secmsg.office.materials import Kind
from secmsg.station import destroying as acts
from secmsg.station import doorstep
from secmsg.station.destroying import Reach
from secmsg.store import profile, standing
from secmsg.store.keyring import NoKeyring
from secmsg.store.paths import Home
from secmsg.store.standing import Standing
from tests.helpers.stores import CHEAP, NOW
from tests.helpers.ui_destruction import UiDestruction
from tests.unit.office.test_destruction import PAD as ITEM
from ui.actions import Do
from ui.destroying import Acts, End, Tell, acts_of
from ui.destruction import state as rules
from ui.destruction import view as views
from ui.destruction.plan import PlanWindow, PrintCard, Reduce
from ui.destruction.state import DestructionState, Phase
from ui.destruction.view import DestructionScreen
from ui.front import Doorstep, Front
from ui.language import Language
from ui.lines import Card
from ui.unlock.state import Store

if TYPE_CHECKING:
    from tests.gui.conftest import Desk

PASSPHRASE = "mot hai ba bon nam"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "p"
    profile.create(folder, Secret(PASSPHRASE.encode()), keyring=NoKeyring(), cost=CHEAP, random=system).profile.close()
    standing.keep(Home(folder).standing, Standing(counts={Kind.PAD: 6}))
    return folder


def real(home: Path) -> Acts:
    """Give the acts on a home of this test, without the keyring and the sticks of this machine."""

    def destroy(tell: Tell) -> End:
        done = acts.destroy(home, Reach(NoKeyring()), clock=lambda: NOW, tell=tell)
        return End(done.at, done.seconds, done.medium.keeps_nothing)

    def prove(text: str) -> None:
        if text != PASSPHRASE:
            raise WrongPassphrase("no keyslot opens with this")

    return Acts(lambda: doorstep.aside(home), prove, destroy, acts_of(home).practise)


@pytest.fixture
def front(qapp: QApplication, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Front]:
    monkeypatch.setattr(rules, "HOLD_MS", 120)
    monkeypatch.setattr(views, "HOLD_MS", 120)
    steps = Doorstep(
        lambda: doorstep.is_made(home), str(home), dead_since=lambda: doorstep.dead_since(home), acts=real(home)
    )
    made = Front(qapp, steps, lambda: NOW + 60, Language.VIETNAMESE)
    made.dress()
    made.make(Card()).show()
    yield made
    made.undress()
    qtbot.wait(1)


def screen(front: Front) -> DestructionScreen:
    assert front.view is not None
    front.view.destroy_button.click()
    assert front.destroying is not None
    shown = front.destroying.screen
    assert shown is not None
    return shown


def hold(bot: QtBot, shown: DestructionScreen, ms: int = 400) -> None:
    QTest.keyPress(shown.field, Qt.Key.Key_Return)
    bot.wait(ms)
    QTest.keyRelease(shown.field, Qt.Key.Key_Return)


def over(shown: DestructionScreen) -> bool:
    return shown.state.phase is Phase.DONE


def test_the_word_and_a_hold_destroy_the_keys_and_the_locked_screen_says_so(
    front: Front, qtbot: QtBot, home: Path
) -> None:
    shown = screen(front)
    QTest.keyClicks(shown.field, "tieu huy")
    hold(qtbot, shown)
    qtbot.waitUntil(lambda: over(shown), timeout=20_000)

    assert shown.done_heading.text().startswith("Đã tiêu hủy khóa ")
    assert "Ngăn khóa của máy này: đã tiêu hủy" in shown.findings.text()
    assert shown.boxes[0].text() == "Cán bộ cơ yếu trực · Tập khóa giấy: đốt từng tờ (6)"
    assert "4 · " in shown.outcome.text()
    for box in shown.boxes:
        box.setChecked(True)
    assert "1 · Đã tiêu hủy toàn bộ" in shown.outcome.text()
    shown.close_button.click()
    assert front.view is not None
    assert front.view.state.store is Store.DESTROYED
    assert front.view.subtitle.text().startswith("Đã tiêu hủy khóa 15/01/2027")
    assert not front.view.destroy_button.isVisible()
    assert doorstep.dead_since(home) == NOW


def test_whether_a_report_leaves_is_said_before_and_only_where_one_lies_ready(front: Front, home: Path) -> None:
    shown = screen(front)
    assert "chưa có báo cáo niêm phong" in shown.after.text()
    shown.cancel_button.click()
    Home(home).report.write_bytes(b"sealed")

    shown = screen(front)
    assert "báo cáo niêm phong từ trước được gửi về Bộ" in shown.after.text()
    shown.exercise_button.click()

    assert front.destroying is not None
    practised = front.destroying.screen
    assert practised is not None
    assert "báo cáo" not in practised.after.text()
    practised.cancel_button.click()


def test_a_hold_that_is_let_go_or_another_word_destroys_nothing(front: Front, qtbot: QtBot, home: Path) -> None:
    shown = screen(front)
    hold(qtbot, shown)
    QTest.keyClicks(shown.field, "HUY")
    hold(qtbot, shown)
    shown.field.setText("TIÊU HỦY")
    assert shown.hold_button.isEnabled()
    hold(qtbot, shown, 20)
    qtbot.wait(200)

    assert (shown.state.phase, shown.state.held_ms) == (Phase.ASKING, 0)
    shown.cancel_button.click()
    assert Home(home).vault.exists()
    assert front.destroying is not None
    assert front.destroying.screen is None


def test_a_station_that_wants_its_passphrase_is_asked_for_it_first(front: Front, qtbot: QtBot, home: Path) -> None:
    standing.keep(Home(home).standing, Standing(free=False))
    shown = screen(front)
    shown.field.setText("TIEU HUY")
    hold(qtbot, shown)
    assert shown.state.phase is Phase.ASKING
    shown.passphrase.setText("một mật khẩu khác")
    hold(qtbot, shown)
    qtbot.waitUntil(lambda: shown.state.refused)
    assert "không mở được kho" in shown.lack.text()
    assert Home(home).vault.exists()

    shown.passphrase.setText(PASSPHRASE)
    hold(qtbot, shown)
    qtbot.waitUntil(lambda: over(shown), timeout=20_000)

    assert doorstep.dead_since(home) == NOW


def test_an_exercise_is_framed_says_so_on_every_page_and_leaves_the_store_alone(
    front: Front, qtbot: QtBot, home: Path
) -> None:
    shown = screen(front)
    shown.exercise_button.click()
    assert front.destroying is not None
    practice = front.destroying.screen
    assert practice is not None
    assert practice is not shown
    pixel = practice.grab().toImage().pixelColor(2, 2).name()
    practice.field.setText("TIEU HUY")
    hold(qtbot, practice)
    qtbot.waitUntil(lambda: over(practice), timeout=20_000)

    assert pixel == "#b34700"
    assert practice.banner.isVisible()
    assert practice.banner.text().startswith("LUYỆN TẬP")
    assert practice.windowTitle().startswith("LUYỆN TẬP")
    for box in practice.boxes[1:]:
        QTest.keyClick(box, Qt.Key.Key_Space)
    practice.officer.setText("Trần Thị Bình")
    before = sorted(each.name for each in home.rglob("*"))
    QTest.keyClick(practice.officer, Qt.Key.Key_Return)
    assert not practice.isVisible()
    (done,) = front.practised
    assert (done.officer, done.asked, done.wrong, done.seconds < 20) == (
        "Trần Thị Bình",
        len(practice.boxes) + 1,
        1,
        True,
    )
    # The exercise waits in memory: nothing of it lies beside the store.
    assert sorted(each.name for each in home.rglob("*")) == before
    assert Home(home).vault.exists()
    assert front.view is not None
    assert front.view.state.store is Store.READY


def test_only_an_exercise_with_a_name_is_for_the_training_record() -> None:
    ended = rules.found(DestructionState(exercise=True), Finding(Part.KEYS, Fate.DESTROYED, 1))
    ended = rules.ended(ended, NOW, 0.1, keeps_nothing=True)
    for place in range(len(ended.tasks)):
        ended = rules.ticked(ended, place, on=True)

    assert rules.practised(ended, 60.4) is None
    assert rules.practised(rules.named(ended, " \u202e "), 60.4) is None
    done = rules.practised(rules.named(ended, " Trần  Thị Bình\u200b"), 60.4)
    assert done == rules.Practised("Trần Thị Bình", NOW, 60, len(ended.tasks) + 1, 0)
    opens = rules.practised(replace(rules.named(ended, "Bình"), keeps_nothing=False), 1.0)
    assert opens is not None
    assert opens.wrong == 1
    for other in (replace(ended, exercise=False), replace(ended, phase=Phase.RUNNING)):
        assert rules.practised(rules.named(other, "Bình"), 60.4) is None


def test_a_mouse_holds_the_button_and_esc_waits_for_what_is_under_way(front: Front, qtbot: QtBot) -> None:
    shown = screen(front)
    shown.field.setText("TIEU HUY")
    shown.show_state(rules.begun(shown.state))
    shown.reject()
    assert shown.isVisible()
    shown.show_state(replace(shown.state, phase=Phase.ASKING, held_ms=0))
    QTest.mousePress(shown.hold_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: over(shown), timeout=20_000)
    QTest.mouseRelease(shown.hold_button, Qt.MouseButton.LeftButton)
    front.speech.switch()
    QApplication.processEvents()
    assert shown.done_heading.text().startswith("Keys destroyed")
    shown.close_button.click()


def test_what_is_not_destroyed_is_said_first() -> None:
    state = rules.found(DestructionState(), Finding(Part.KEYS, Fate.LEFT, 1))
    state = rules.found(rules.found(state, Finding(Part.MEMORY, Fate.ABSENT)), Finding(Part.KEYS, Fate.UNKNOWN, 1))

    assert [each.part for each in state.findings] == [Part.MEMORY, Part.KEYS]
    assert (state.keys, state.outcome) == (Fate.UNKNOWN, Outcome.NOT_SURE)
    assert DestructionState().keys is Fate.UNKNOWN


def test_the_list_holds_every_kind_where_counts_are_kept_out_of_the_open() -> None:
    every, known = DestructionState().tasks, DestructionState(counts={Kind.TOKEN: 1}).tasks

    assert [each.kind for each in known if each.rank is Rank.KEYS] == [Kind.SHEET, Kind.TOKEN]
    assert len([each for each in every if each.rank is Rank.KEYS]) == 8
    state = rules.ticked(rules.ticked(DestructionState(), 1, on=True), 1, on=False)
    assert state.ticked == frozenset()
    assert rules.held(state, 900).held_ms == 0
    assert rules.held(rules.typed(state, "tieu huy"), 9_000).percent == 100
    assert rules.refused(rules.given(state, "x")).passphrase == ""


# --- prepared, from the opened post


def prepared(desk: "Desk") -> PlanWindow:
    desk.window.actions_[Do.DESTROY].trigger()
    desk.settle()
    window = desk.post.destruction.plan
    assert window is not None
    return window


def room(desk: "Desk") -> UiDestruction:
    found: list[UiDestruction] = []
    desk.program.background.run(desk.window, lambda station: found.append(station.destruction), lambda _: None)  # type: ignore[arg-type]  # a double's room
    desk.settle()
    return found[0]


def test_what_is_prepared_is_listed_by_position_and_printed(desk: "Desk", tmp_path: Path) -> None:
    window = prepared(desk)

    assert window.tasks.toPlainText().startswith("1 · Cán bộ cơ yếu trực · Tập khóa giấy")
    assert window.printed.text() == "Chưa in danh mục lần nào."
    window.list_button.click()
    assert desk.post.destruction.dialog is not None
    desk.post.destruction.dialog.fileSelected.emit(str(tmp_path / "danh-muc.pdf"))
    desk.settle()

    assert (tmp_path / "danh-muc.pdf").read_bytes() == b"%PDF list"
    assert "từ đó sổ đã thay đổi" in window.printed.text()
    window.close()
    desk.settle()


def test_level_1_is_named_first_and_done_with_a_second_person(desk: "Desk", tmp_path: Path) -> None:
    window = prepared(desk)
    assert not window.reduce_button.isEnabled()
    assert "12 điện cũ ở lại" in window.found.text()
    held = room(desk)
    held.items = (ITEM,)
    window.days.setValue(90)
    desk.settle()
    assert window.reduce_button.isEnabled()

    desk.post.destruction.write(Reduce(90, "", "Lệnh 12"), tmp_path / "a.pdf")
    desk.settle()
    assert held.done == []
    window.second.setText("Trần Thị Bình")
    window.basis.setText("Lệnh 12")
    window.reduce_button.click()
    assert desk.post.destruction.dialog is not None
    desk.post.destruction.dialog.fileSelected.emit(str(tmp_path / "bien-ban.pdf"))
    desk.settle()

    assert held.done == [(90, "Trần Thị Bình", "Lệnh 12")]
    assert (tmp_path / "bien-ban.pdf").read_bytes() == b"%PDF record"
    assert window.second.text() == ""
    window.card_button.click()
    desk.post.destruction.write(PrintCard(), tmp_path / "the.pdf")
    desk.settle()
    assert (tmp_path / "the.pdf").read_bytes().startswith(b"%PDF card")
    window.close()
    desk.settle()
