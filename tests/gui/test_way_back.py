"""The windows of the way back over a real store: backups, what each outcome says, sending again by two persons."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from secmsg import errors
from secmsg.office.copies import Cause
from secmsg.station.backup_views import BackupChecked
from secmsg.station.freezing import OWN
from secmsg.station.station import Station
from secmsg.station.views import FreezeView
from secmsg.store import freezes
from secmsg.store.freezes import Freeze
from tests.helpers.hand_desks import PARIS, HandDesks, Window, hand_desks
from tests.helpers.ui_station import NOW
from ui import halting
from ui.actions import Do
from ui.backups import words
from ui.backups.state import Act, BackupsState, percent, where
from ui.backups.view import BackupsWindow
from ui.language import Language
from ui.reopening.state import ReopeningState

ACTS_S = 20_000


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HandDesks]:
    with hand_desks(tmp_path_factory.mktemp("way-back")) as found:
        yield found


@pytest.fixture
def post(desks: HandDesks, qapp: QApplication) -> Iterator[Window]:
    window = desks.window(qapp, PARIS)
    yield window
    desks.close(window)


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Window]:
    """Give a post that has made no backup: the others share one, in any order."""
    with hand_desks(tmp_path_factory.mktemp("fresh")) as found:
        window = found.window(qapp, PARIS)
        yield window
        found.close(window)


def opened(post: Window) -> BackupsWindow:
    post.post.window.actions_[Do.BACKUP].trigger()
    post.settle()
    window = post.post.way_back.backups
    assert window is not None
    return window


def ended(post: Window, window: BackupsWindow) -> None:
    waited = 0
    while window.state.working and waited < ACTS_S:
        QTest.qWait(20)
        waited += 20
    post.settle()
    assert not window.state.working


def test_a_backup_is_made_verified_rehearsed_and_everything_is_said(fresh: Window, tmp_path: Path) -> None:
    post, window = fresh, opened(fresh)
    assert "chưa có" in window.message.text
    assert opened(post) is window

    for act, said in ((Act.MAKE, "đã hoàn thành"), (Act.VERIFY, "nguyên vẹn"), (Act.REHEARSE, "tiêu hủy kho đó")):
        post.post.way_back.go(act, tmp_path)
        assert window.state.working
        assert not window.close_button.isEnabled()
        window.reject()
        ended(post, window)
        assert said in window.message.text

    (line,) = window.state.lines or ()
    assert where(line) == line.place
    assert line.verified_at
    assert line.rehearsed_at
    # What was chosen in the list is verified without asking where it lies.
    QTest.mouseClick(window.buttons[Act.VERIFY], Qt.MouseButton.LeftButton)
    ended(post, window)
    assert "nguyên vẹn" in window.message.text
    window.reject()
    post.settle()
    assert post.post.way_back.backups is None


def test_a_folder_without_a_backup_and_a_stop_are_said_in_their_own_words(post: Window, tmp_path: Path) -> None:
    window = opened(post)
    post.post.way_back.go(Act.VERIFY, tmp_path)
    ended(post, window)
    assert "không có bản sao lưu của kho này" in window.message.text

    post.post.way_back.go(Act.MAKE, tmp_path)
    window.stop()
    ended(post, window)

    assert "Đã dừng" in window.message.text or "đã hoàn thành" in window.message.text
    QTest.mouseClick(window.buttons[Act.MAKE], Qt.MouseButton.LeftButton)
    dialog = post.post.way_back.dialog
    assert dialog is not None
    dialog.reject()
    window.reject()


REFUSALS = (
    (errors.DiskFull("x"), "hết chỗ"),
    (errors.MediumFailed("x"), "cắm lại"),
    (errors.BackupDamaged("x"), "không còn nguyên vẹn"),
    (errors.OtherBackup("x"), "kho khác"),
    (errors.BackupAhead("x"), "đồng hồ"),
)


def test_a_refusal_says_what_is_safe_and_an_older_sheet_is_named(post: Window) -> None:
    window = opened(post)
    for error, said in REFUSALS:
        window.begin(Act.MAKE)
        window.refuse(error)
        assert said in window.message.text
        assert words.failure(error) == window.message.text
    window.begin(Act.VERIFY)
    window.finish(BackupChecked(NOW, 3, 0, 1, sheet_now=False, known=True))

    assert "phiếu khôi phục cũ" in window.message.text
    window.reject()


def test_a_frozen_store_sends_again_by_the_window_of_the_banner(post: Window) -> None:
    def freeze(station: Station) -> None:
        with station.desk.db.transaction():
            freezes.begin(station.desk.db, Freeze(Cause.RESTORED.value, OWN, OWN, station.desk.now(), "1"))

    post.program.background.run(post.post.window, freeze, lambda _: post.post._ask_status())
    post.settle()
    assert "phục hồi từ bản sao lưu" in post.post.window.halt.text
    post.post.window.halt._buttons[0].click()
    window = post.post.way_back.reopening
    assert window is not None
    assert not window.go_button.isEnabled()

    # By keys alone: name, word, number, tick, go.
    window.activateWindow()
    post.settle()
    assert window.focusWidget() is window.second
    for text in ("Le Minh Chau", "d/c Le, dien thoai 14:05Z", "219"):
        QTest.keyClicks(window.focusWidget(), text)
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert not window.go_button.isEnabled()
    assert window.focusWidget() is window.said
    QTest.keyClick(window.said, Qt.Key.Key_Space)
    assert "219" in window.follows.text()
    window.go_button.click()
    post.settle()

    assert "gửi tiếp" in window.message.text
    assert not window.go_button.isVisible()
    assert post.post.window.halt.isHidden() or not post.post.window.halt.text
    window.reject()
    # A second time there is nothing to open: the store says so.
    post.post.way_back.show_reopening()
    again = post.post.way_back.reopening
    assert again is not None
    for field, text in zip((again.second, again.word, again.last), ("A", "B", "0"), strict=True):
        field.setText(text)
    again.said.setChecked(True)
    again.go_button.click()
    post.settle()
    assert again.state.error is not None
    assert again.message.text
    again.reject()


def test_the_states_know_what_may_be_done() -> None:
    full = ReopeningState("A", "B", "12", said=True)

    assert full.may
    assert full.last_number == 12
    for other in (
        ReopeningState(" ", "B", "12", said=True),
        ReopeningState("A", "B", "", said=True),
        ReopeningState("A", "B", "123456", said=True),
        ReopeningState("A", "B", "12"),
        ReopeningState("A", "B", "12", said=True, working=True),
        ReopeningState("A", "B", "12", said=True, begun=0),
    ):
        assert not other.may
    assert percent(1, 0) == 0
    assert percent(1, 2) == 50
    assert where(None) is None
    assert not BackupsState().remind
    assert BackupsState(lines=()).remind is BackupsState().standing.overdue


@pytest.mark.parametrize(("cause", "may"), [(Cause.RESTORED, True), (Cause.RETIRED, False), (Cause.OWN_ENTRY, False)])
def test_the_way_on_is_offered_where_it_is_one(post: Window, cause: Cause, *, may: bool) -> None:
    status = replace(post.post.status, freezes=(FreezeView(cause, OWN, "", OWN, "", NOW, ""),))
    bar = halting.bar(status, post.post.here, lambda: None)

    assert bar is not None
    assert bool(bar.remedies) is may


def test_the_windows_follow_the_language(post: Window) -> None:
    window = opened(post)
    post.post.way_back.show_reopening()
    post.post.switch_language()
    post.settle()
    try:
        assert post.post._speech.language is Language.ENGLISH
        assert window.heading.text() == "Backups"
        assert post.post.way_back.reopening is not None
        assert post.post.way_back.reopening.heading.text() == "Open a new book of numbers"
    finally:
        post.post.switch_language()
        post.settle()
        window.reject()
