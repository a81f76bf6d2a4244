"""A cable by hand between two real stations, by keys alone: written, enciphered, read aloud, typed, destroyed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from secmsg.office.hand_work import Stage
from secmsg.station.views import Register
from tests.helpers.hand_desks import HQ, PARIS, SECOND, HandDesks, Window, hand_desks
from ui.hand_entering import Entering
from ui.hand_writing import Writing

KEY = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
TEXT = (
    "Đại sứ quán đã nhận điện 0412. Sáng 22 tháng 11 Đại sứ gặp Bộ trưởng, nhận được trả lời: đoàn đến Hà Nội ngày 12 "
    "tháng 5, có 45 người. Đề nghị Bộ cho ý kiến chỉ đạo trước 18 giờ ngày 23."
)


@pytest.fixture
def desks(tmp_path: Path, qapp: QApplication) -> Iterator[HandDesks]:
    with hand_desks(tmp_path) as made:
        yield made


def press(window: Window, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None
    QTest.keyClick(target, key, modifiers)
    window.settle()


def type_in(window: Window, text: str) -> None:
    """Type as an input method does, where the cursor is."""
    target = QApplication.focusWidget()
    assert target is not None
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(target, event)
    window.settle()


def front(window: Window, widget: QWidget) -> None:
    widget.activateWindow()
    window.settle()


def go(window: Window, field: QWidget) -> None:
    """Walk with Tab until the cursor is in a field."""
    for _ in range(80):
        if QApplication.focusWidget() is field:
            return
        press(window, KEY.Key_Tab)
    raise AssertionError(f"Tab never comes to {field.accessibleName()}")


def write_cable(window: Window, top: str) -> Writing:
    """Write the cable with the keyboard and take a page."""
    front(window, window.post.window)
    press(window, KEY.Key_M, CTRL)
    (writing,) = window.post.by_hand.writings
    view = writing.view
    front(window, view)
    assert QApplication.focusWidget() is view.body
    type_in(window, TEXT)
    for field, text in (
        (view.top, top),
        (view.form.subject, "Báo cáo cuộc gặp Bộ trưởng"),
        (view.form.basis, "Danh mục, mục 4"),
        (view.form.topics, "NGOAIGIAO"),
        (view.form.drafter, "Trần Văn Soạn"),
    ):
        go(window, field)
        type_in(window, text)
    go(window, view.form.degree)
    for _ in range(3):
        press(window, KEY.Key_Down)
    return writing


def released(window: Window, top: str) -> Writing:
    writing = write_cable(window, top)
    press(window, KEY.Key_Return, CTRL)
    window.settle()
    assert writing.view.done is not None, writing.view.message.text
    return writing


def groups_of(writing: Writing) -> list[str]:
    assert writing.standing is not None
    message = writing.standing.finished.message
    from secmsg.manual import text as messages

    return messages.write(message).split()


def spoilt(group: str) -> str:
    return group[:4] + str((int(group[4]) + 1) % 10)


def asked(window: Window, what: "object") -> object:
    """Ask the store's thread."""
    found: list[object] = []
    window.program.background.run(window.post, what, found.append)  # type: ignore[arg-type]  # a question to a Station
    window.settle()
    return found[0]


class TestWriting:
    def test_the_segments_follow_the_text_and_what_will_change_is_said(
        self, desks: HandDesks, qapp: QApplication
    ) -> None:
        paris = desks.window(qapp, PARIS)
        front(paris, paris.post.window)
        press(paris, KEY.Key_M, CTRL)
        view = paris.post.by_hand.writings[0].view
        front(paris, view)
        type_in(paris, "Đoàn Macron hoà đàm.")

        assert view.state.encoding is not None
        shown = [button.text() for button in view.chips.buttons]
        assert shown[0].startswith("Đoàn → ")
        told = " ".join(words for _, _, words in view.told.said)
        assert "“hoà” thành “hòa”" in told
        assert "đánh vần: “Macron”" in told
        assert view.banner.degree is None

    def test_another_cut_is_chosen_by_keys(self, desks: HandDesks, qapp: QApplication) -> None:
        paris = desks.window(qapp, PARIS)
        front(paris, paris.post.window)
        press(paris, KEY.Key_M, CTRL)
        view = paris.post.by_hand.writings[0].view
        front(paris, view)
        type_in(paris, "Đại sứ quán đã nhận điện")
        before = view.state.encoding
        go(paris, view.chips.buttons[0])
        press(paris, KEY.Key_Return)
        menu = view.chips.menu
        assert menu is not None
        assert menu.isVisible()
        menu.actions()[-1].trigger()
        menu.close()
        paris.settle()
        after = view.state.encoding
        assert before is not None
        assert after is not None
        assert len(after.codes) > len(before.codes)
        assert view.state.cuts

    def test_what_lacks_is_said_and_no_page_is_taken(self, desks: HandDesks, qapp: QApplication) -> None:
        paris = desks.window(qapp, PARIS)
        writing = write_cable(paris, "")
        press(paris, KEY.Key_Return, CTRL)
        assert "năm chữ số" in writing.view.message.text
        assert QApplication.focusWidget() is writing.view.top
        type_in(paris, desks.top)
        writing.view.form.subject.clear()
        paris.settle()
        press(paris, KEY.Key_Return, CTRL)
        assert "rích yếu" in writing.view.message.text
        assert QApplication.focusWidget() is writing.view.form.subject
        assert writing.view.done is None

    def test_a_worksheet_is_kept_and_taken_up_again(self, desks: HandDesks, qapp: QApplication) -> None:
        paris = desks.window(qapp, PARIS)
        writing = write_cable(paris, desks.top)
        press(paris, KEY.Key_Escape)
        assert paris.post.by_hand.writings == []
        desks.close(paris)

        paris = desks.window(qapp, PARIS)
        bar = paris.post.window.message
        assert "phiếu tính đang làm dở" in bar.text
        bar.clear()
        assert "sao lưu" in bar.text, "what is due waited behind what was under way"
        bar.clear()
        assert bar.text == ""
        front(paris, paris.post.window)
        press(paris, KEY.Key_M, CTRL)
        kept = paris.post.by_hand.kept
        assert kept is not None
        assert [row.stage for row in kept.table.rows_model.rows] == [Stage.WRITTEN]
        front(paris, kept)
        press(paris, KEY.Key_Return)
        (writing,) = paris.post.by_hand.writings
        assert writing.view.body.toPlainText() == TEXT
        assert writing.view.form.subject.text() == "Báo cáo cuộc gặp Bộ trưởng"
        assert writing.view.state.encoding is not None


class TestPath:
    def test_a_cable_goes_by_hand_and_comes_with_two_wrong_groups_and_one_missing(
        self, desks: HandDesks, qapp: QApplication
    ) -> None:
        # given a cable that was enciphered at the post
        paris = desks.window(qapp, PARIS)
        writing = released(paris, desks.top)
        view = writing.view
        assert view.done is not None
        assert view.done.pages == (desks.top,)
        assert "số chuỗi 00002" in view.header.text()
        assert "cộng từng chữ số không nhớ" in view.step.text()
        groups = groups_of(writing)

        # when it is read aloud line by line
        press(paris, KEY.Key_D, CTRL)
        reading = writing.reading
        assert reading is not None
        for _ in reading.state.lines:
            press(paris, KEY.Key_Return)
        assert view.done.sent
        reading.close()

        # and typed at headquarters with two wrong groups and one missing
        hq = desks.window(qapp, HQ)
        front(hq, hq.post.window)
        press(hq, KEY.Key_M, CTRL | SHIFT)
        (entering,) = hq.post.by_hand.enterings
        entry = entering.view
        front(hq, entry)
        assert QApplication.focusWidget() is entry.grid
        came = list(groups)
        came[7 + 3], came[7 + 15] = spoilt(came[7 + 3]), spoilt(came[7 + 15])
        del came[7 + 21]
        for group in came[:20]:
            type_in(hq, group)
        press(hq, KEY.Key_Escape)
        assert hq.post.by_hand.enterings == []
        front(hq, hq.post.window)
        press(hq, KEY.Key_M, CTRL)
        assert hq.post.by_hand.kept is not None
        front(hq, hq.post.by_hand.kept)
        press(hq, KEY.Key_Return)
        (entering,) = hq.post.by_hand.enterings
        entry = entering.view
        front(hq, entry)
        entry.grid.setFocus()
        assert entry.state.groups[:13] == tuple(came[7:20])
        for group in came[20:]:
            type_in(hq, group)

        # then exactly these are named, nothing is opened, and nothing of the text is there
        assert entry.state.ask == (4, 16, 22)
        assert "nhắc lại nhóm 4, 16, 22" in entry.step.text()
        press(hq, KEY.Key_Return, CTRL)
        assert entry.opened is None
        assert entry.body.toPlainText() == ""

        # and with the repeated groups the tag verifies and the cable is read
        for number in (4, 16, 22):
            entry.take(entry.state.sent_to(number))
            type_in(hq, groups[7 + number - 1])
        press(hq, KEY.Key_Return, CTRL)
        assert entry.opened is not None, entry.message.text
        assert entry.body.toPlainText() == TEXT
        assert "điện đến" in " ".join(words for _, _, words in entry.slips.said)

        # and the receipt is said, and the sender finds it right
        entry.said_button.setFocus()
        press(hq, KEY.Key_Space)
        receipt = entry.opened.receipt
        assert receipt in entry.receipt.text()
        front(paris, view)
        view.receipt.setFocus()
        type_in(paris, "0000 0000")
        press(paris, KEY.Key_Return)
        assert "không đúng" in view.message.text
        view.receipt.clear()
        type_in(paris, receipt)
        press(paris, KEY.Key_Return)
        assert "Báo nhận đúng" in view.message.text

        # and both pages are destroyed by two persons, and both registers hold the cable
        self._destroy(hq, entering)
        self._destroy(paris, writing)
        for window, which, sent in ((paris, Register.OUT, True), (hq, Register.IN, False)):
            lines = asked(window, lambda station, of=which: station.register(of))
            assert any("bằng tay" in line.note for line in lines)
            left = asked(window, lambda station: station.hand.worksheets())
            assert left == ()
            assert sent is (which is Register.OUT)

    def _destroy(self, window: Window, work: Writing | Entering) -> None:
        front(window, work.view)
        work.view.destroy_button.setFocus()
        press(window, KEY.Key_Space)
        dialog = work.destroying
        assert dialog is not None
        front(window, dialog)
        press(window, KEY.Key_Space)
        go(window, dialog.second)
        type_in(window, SECOND)
        go(window, dialog.destroy_button)
        press(window, KEY.Key_Space)
        assert work not in (*window.post.by_hand.writings, *window.post.by_hand.enterings)
