"""The pouch windows: choose, write, read, what each outcome says, and the way by keys alone."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from secmsg import errors
from secmsg.office.lifecycle import OutboxState
from secmsg.station.pouch_views import Cause, PouchMark, PouchRead, PouchWaiting
from tests.helpers.ui_station import EUROPE, NOW, OFFICE, Scene
from ui.main_window import Shelf
from ui.pouch import words
from ui.pouch.state import Phase
from ui.pouch.view import PouchWindow, ReadWindow, WriteWindow
from ui.widgets.text import Text

if TYPE_CHECKING:
    from tests.gui.conftest import Desk

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WAITS = (
    PouchWaiting(OFFICE, "Văn phòng Bộ", "Ministry Office", 2, 1, 0, 412_000),
    PouchWaiting(EUROPE, "Vụ Châu Âu", "Europe Department", 0, 0, 1, 0),
)
CAME = PouchRead("", made_at=NOW - 90_000, cables=2, came=3, known=1, blobs=1)


@pytest.fixture
def scene() -> Scene:
    made = Scene()
    made.held.pouch = WAITS
    made.held.pouch_came = CAME
    return made


def said(window: PouchWindow) -> str:
    return "\n".join(each.text() for each in window.outcome.findChildren(Text))


def writing(desk: "Desk") -> WriteWindow:
    desk.key(Qt.Key.Key_T, CTRL)
    window = desk.post.pouching.writing
    assert window is not None
    desk.settle()
    return window


def reading(desk: "Desk", name: str = "tep-26") -> ReadWindow:
    desk.post.pouching.read_from(Path("/media/usb") / name)
    window = desk.post.pouching.reading
    assert window is not None
    return window


class TestWriting:
    def test_by_keys_alone_a_pouch_is_written_and_the_outcome_says_what_is_proven(
        self, desk: "Desk", tmp_path: Path
    ) -> None:
        window = writing(desk)
        assert [box.isChecked() for box in window.boxes.values()] == [True, False]
        assert [box.isEnabled() for box in window.boxes.values()] == [True, False]

        desk.key(Qt.Key.Key_Return)
        dialog = desk.post.pouching.dialog
        assert dialog is not None
        assert dialog.testOption(dialog.Option.DontUseNativeDialog)
        dialog.fileSelected.emit(str(tmp_path / "tep-26"))
        dialog.close()
        desk.settle()

        assert window.state.phase is Phase.DONE
        assert "đã ghi" in said(window).lower()
        assert "đọc lại" in said(window)
        assert "vẫn chờ báo nhận" in said(window)
        assert desk.scene.held.calls[-1] == f"pouch tep-26 for [{OFFICE}]"
        assert desk.courier.wakes

    def test_a_station_without_keys_is_named_and_cannot_be_chosen(self, desk: "Desk") -> None:
        window = writing(desk)

        assert "còn chờ khóa" in window.boxes[EUROPE].text()
        window.boxes[OFFICE].setChecked(False)
        assert not window.write_button.isEnabled()

    def test_an_empty_outbox_says_so(self, desk: "Desk") -> None:
        desk.scene.held.pouch = ()

        window = writing(desk)

        assert not window.write_button.isEnabled()
        assert "Không có gì chờ gửi" in window.told.text()

    @pytest.mark.parametrize(
        ("error", "word"),
        [
            (errors.StoreExists("x"), "tên khác"),
            (errors.DiskFull("x"), "không đủ chỗ"),
            (errors.MediumFailed("x"), "an toàn trong kho"),
            (errors.ReadBackDiffers("x"), "không đúng với nội dung đã ghi"),
            (errors.NotAllowed("x"), "Chưa ghi gì"),
        ],
    )
    def test_a_refusal_says_what_is_safe_and_the_officer_may_try_again(
        self, desk: "Desk", error: Exception, word: str
    ) -> None:
        desk.scene.held.pouch_error = error
        window = writing(desk)

        desk.post.pouching.write_to(window, Path("/media/usb/a"))
        desk.settle()

        assert window.state.phase is Phase.REFUSED
        assert word in said(window)
        assert "Đã ghi" not in said(window)
        assert window.write_button.isEnabled()

    def test_a_long_writing_shows_how_far_it_is_stays_open_and_can_be_stopped(self, desk: "Desk") -> None:
        desk.scene.held.pouch_gate = threading.Event()
        window = writing(desk)

        desk.post.pouching.write_to(window, Path("/media/usb/a"))
        desk.bot.waitUntil(lambda: window.bar.value() == 33)
        window.reject()
        assert window.isVisible()
        assert not window.close_button.isEnabled()
        window.stop_button.click()
        desk.settle()

        assert window.state.phase is Phase.REFUSED
        assert "Đã dừng" in said(window)

    def test_locking_the_store_ends_a_writing(self, desk: "Desk") -> None:
        desk.scene.held.pouch_gate = threading.Event()
        window = writing(desk)
        desk.post.pouching.write_to(window, Path("/media/usb/a"))
        meter = window.meter
        ended = desk.program.background._asides[-1]

        desk.program.lock()

        assert meter.stopped
        desk.bot.waitUntil(ended.done)
        assert isinstance(ended.exception(), errors.TransferStopped)


class TestReading:
    def test_what_came_is_counted(self, desk: "Desk") -> None:
        window = reading(desk)
        desk.settle()

        assert "2 điện mới, đã vào sổ" in said(window)
        assert "Phong bì đã có từ trước: 1" in said(window)
        assert window.state.phase is Phase.DONE
        assert desk.courier.wakes

    @pytest.mark.parametrize(
        ("came", "word"),
        [
            (replace(CAME, cables=0, came=0, read_before_at=NOW), "đã nhận từ trước"),
            (replace(CAME, written_here_at=NOW), "do chính máy này ghi"),
            (replace(CAME, cables=0, known=0), "Không có điện mới. Đã nhận báo nhận"),
            (replace(CAME, cables=0, came=0, known=0, apart=2), "để riêng"),
            (replace(CAME, cause=Cause.CUT, lacking=2, lacking_blobs=1), "Còn thiếu: 2 phong bì, 1 tệp mã"),
            (replace(CAME, spoiled=1, edition=9, others=3), "Ấn bản danh bạ 9"),
        ],
    )
    def test_every_outcome_has_its_words(self, desk: "Desk", came: PouchRead, word: str) -> None:
        desk.scene.held.pouch_came = came

        window = reading(desk)
        desk.settle()

        assert word in said(window)

    def test_a_foreign_file_is_refused_in_one_sentence(self, desk: "Desk") -> None:
        desk.scene.held.pouch_error = errors.NotOurPouch()

        window = reading(desk)
        desk.settle()

        assert "không phải túi gửi cho đơn vị này" in said(window)
        window.close_button.click()
        assert desk.post.pouching.reading is None

    def test_the_key_asks_for_the_file(self, desk: "Desk") -> None:
        desk.key(Qt.Key.Key_T, CTRL | SHIFT)

        dialog = desk.post.pouching.dialog
        assert dialog is not None
        assert dialog.isVisible()
        dialog.close()

    def test_the_outcome_follows_the_language(self, desk: "Desk") -> None:
        window = reading(desk)
        desk.settle()

        desk.post.switch_language()
        desk.settle()

        assert "2 new cables" in said(window)
        desk.post.switch_language()


def test_every_cause_has_words(qapp: QApplication) -> None:
    assert len({words.cause(each) for each in Cause}) == len(Cause)


def test_the_outbox_names_the_pouch_until_a_receipt_proves_more(desk: "Desk") -> None:
    key, row = next((k, r) for k, r in desk.scene.held.outbox.items() if r.state is OutboxState.WAITING)
    desk.scene.held.outbox[key] = replace(row, pouches=(PouchMark("tep-26", NOW),))
    desk.window.go(Shelf.OUTBOX)
    desk.post.refresh(Shelf.OUTBOX)
    desk.settle()
    desk.window.outbox.table.choose_key((row.cable_id, row.to, row.to_name))
    desk.settle()

    assert "Đã ghi vào túi tep-26" in desk.window.outbox.sentence.text()
    assert "chưa có báo nhận" in desk.window.outbox.sentence.text()

    desk.scene.held.outbox[key] = replace(row, state=OutboxState.DECIPHERED, pouches=(PouchMark("tep-26", NOW),))
    desk.post.refresh(Shelf.OUTBOX)
    desk.settle()

    assert "túi" not in desk.window.outbox.sentence.text()


def test_every_key_of_a_window_is_its_own_in_vietnamese(desk: "Desk") -> None:
    # Names of keys are translated: read in Vietnamese, Return and Enter would be one key, twice.
    desk.post.write()
    desk.settle()

    for window in (desk.window, desk.compose):
        keys = [key.toString() for action in window.findChildren(QAction) for key in action.shortcuts()]
        assert len(keys) == len(set(keys)), keys
