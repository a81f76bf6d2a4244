"""Whole tasks by keyboard alone, through the real windows."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from secmsg.errors import DiskFull, KeyringMissing, ProfileInUse
from secmsg.office.draft import Draft, Lack
from secmsg.office.lifecycle import OutboxState
from secmsg.station.events import CableChanged, LinkChanged, Noticed, OutboxChanged, Progress
from secmsg.station.views import Doubt, IndexState, LinkState, Notice, NoticeKind
from secmsg.wire.cable import Degree, Kind, LinkKind, Named, Reference, Urgency
from tests.helpers.ui_station import EUROPE, NOW, OFFICE, PASSPHRASE, cable_id, link_of, make_cable
from ui.actions import Do
from ui.app import Program, real_doors
from ui.compose import state as compose_state
from ui.language import Language
from ui.main_window import Shelf
from ui.screen import doorstep_of
from ui.unlock.state import Attempt, Means, Phase, Store
from ui.widgets.text import Text

if TYPE_CHECKING:
    from tests.gui.conftest import Desk

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


def ink(desk: "Desk", text: str) -> None:
    """Type as an input method does; key events with Vietnamese letters would abort the process."""
    from PySide6.QtGui import QInputMethodEvent

    event = QInputMethodEvent()
    event.setCommitString(text)
    target = QApplication.focusWidget()
    assert target is not None
    QApplication.sendEvent(target, event)
    desk.settle()


class TestFirstSteps:
    def test_an_empty_folder_asks_for_no_passphrase_and_offers_the_set_up(self, locked: "Desk") -> None:
        view = locked.program.unlock
        assert view is not None
        locked.scene.present = False
        locked.program.front.look_for_store(view)
        locked.settle()

        assert not view.field.isVisible()
        assert "Chưa có kho điện trong /home/co yeu/secmsg" in view.first_steps.words.text()
        view.language_button.click()
        locked.settle()
        assert "There is no store in /home/co yeu/secmsg yet" in view.first_steps.words.text()
        locked.bot.waitUntil(view.open_button.hasFocus)
        assert view.open_button.text() == "&Set up this post…"

        locked.scene.present = True
        view.other_button.click()
        assert view.field.isVisible()
        locked.unlock()

    def test_the_real_doors_know_an_empty_folder(self, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
        home = tmp_path / "none"
        program = Program(qapp, real_doors(home, doorstep_of(home)), language=Language.VIETNAMESE)
        program.start()
        assert program.unlock is not None
        assert program.unlock.state.store is Store.ABSENT
        assert str(tmp_path / "none") in program.unlock.first_steps.words.text()
        program.stop()
        qtbot.wait(1)


class TestUnlock:
    def test_a_wrong_passphrase_waits_and_the_right_one_opens(self, locked: "Desk") -> None:
        view = locked.program.unlock
        assert view is not None

        QTest.keyClicks(view.field, "wrong one")
        QTest.keyClick(view.field, KEY.Key_Return)
        locked.bot.waitUntil(lambda: view.state.failures == 1)

        assert "Mật khẩu không đúng" in view.message.text()
        assert "1 giây" in view.message.text()
        assert not view.open_button.isEnabled()
        assert view.field.text() == ""

        locked.scene.now += 1
        view.render_state()
        QTest.keyClicks(view.field, PASSPHRASE)
        QTest.keyClick(view.field, KEY.Key_Return)
        locked.bot.waitUntil(lambda: locked.program.post is not None)
        assert locked.program.unlock is None

    def test_nothing_is_tried_while_the_wait_lasts(self, locked: "Desk") -> None:
        view = locked.program.unlock
        assert view is not None
        view.field.setText("wrong")
        view.submit()
        locked.bot.waitUntil(lambda: view.state.failures == 1)

        view.field.setText(PASSPHRASE)
        view.submit()
        locked.settle()

        assert locked.program.post is None

    def test_caps_lock_and_input_method_are_said(self, locked: "Desk") -> None:
        view = locked.program.unlock
        assert view is not None

        QTest.keyClick(view.field, KEY.Key_A)  # arrives as "a": Caps Lock is off
        assert "Caps Lock tắt" in view.keys.text()
        view.field.setText("mâtkhau")
        assert "bộ gõ: VI" in view.keys.text()
        view.field.clear()
        assert "bộ gõ: tắt" in view.keys.text()

    def test_a_missing_keyring_leads_to_the_recovery_sheet(self, locked: "Desk") -> None:
        locked.scene.open_error = lambda attempt: (
            KeyringMissing("no bus") if attempt.means is Means.PASSPHRASE else None
        )
        view = locked.program.unlock
        assert view is not None
        view.field.setText(PASSPHRASE)
        view.submit()
        locked.bot.waitUntil(lambda: view.state.means is Means.RECOVERY)
        assert "Kho điện không bị hỏng" in view.message.text()

        view.groups.setPlainText("12345 67890")
        view.submit()
        locked.bot.waitUntil(lambda: locked.program.post is not None)

    def test_another_window_with_the_profile_is_not_a_wrong_passphrase(self, locked: "Desk") -> None:
        locked.scene.open_error = lambda _: ProfileInUse("taken")
        view = locked.program.unlock
        assert view is not None
        view.field.setText(PASSPHRASE)
        view.submit()
        locked.bot.waitUntil(lambda: view.message.text() != "")
        assert view.state.failures == 0
        assert view.open_button.isEnabled()

    def test_a_passphrase_is_given_in_nfc(self, locked: "Desk") -> None:
        given: list[str] = []

        def refuse(attempt: Attempt) -> Exception:
            given.append(attempt.text)
            return ProfileInUse("x")

        locked.scene.open_error = refuse
        view = locked.program.unlock
        assert view is not None
        view.field.setText("kho\u0301a mo\u031b\u0309")
        view.submit()
        locked.bot.waitUntil(lambda: bool(given))
        assert given == ["khóa mở"]


class TestReading:
    def test_read_and_acknowledge_by_keyboard(self, desk: "Desk") -> None:
        desk.key(KEY.Key_Home)
        desk.key(KEY.Key_J)
        assert desk.window.reader.subject.text() == "Chỉ đạo về nghị quyết phiên họp toàn thể UNESCO"
        assert desk.window.reader.banner.degree is Degree.SECRET

        desk.key(KEY.Key_Return)
        assert desk.window.reader.body.hasFocus()
        desk.key(KEY.Key_K, CTRL | SHIFT)

        assert desk.scene.held.calls.count("acknowledge") == 1
        assert desk.scene.held.views[cable_id(411)].row.acknowledged
        assert "Đã ký nhận điện 0411" in desk.window.message.text
        assert not desk.window.actions_[Do.ACKNOWLEDGE].isEnabled()
        assert desk.courier.wakes == 1

    def test_a_cable_chosen_while_the_list_is_read_anew_stays_chosen(self, desk: "Desk") -> None:
        table = desk.window.inbox.table
        table.choose_key(cable_id(410))
        desk.settle()

        # The officer goes to another line after the reading was asked for and before its answer is here.
        desk.post.incoming.read()
        table.choose_key(cable_id(411))
        desk.settle()

        assert table.wanted == cable_id(411)
        assert desk.window.reader.subject.text() == "Chỉ đạo về nghị quyết phiên họp toàn thể UNESCO"

    def test_only_a_human_act_acknowledges(self, desk: "Desk") -> None:
        for _ in range(8):
            desk.key(KEY.Key_Down)
        assert "acknowledge" not in desk.scene.held.calls

    def test_rows_stand_unacknowledged_first_then_gaps(self, desk: "Desk") -> None:
        rows = desk.window.inbox.table.rows_model.rows
        assert [getattr(row, "number", None) for row in rows] == [412, 411, 410, None, 407, 406, 405]

    def test_quick_filters_hide_but_never_a_gap(self, desk: "Desk") -> None:
        desk.window.inbox.urgent.click()
        desk.settle()
        rows = desk.window.inbox.table.rows_model.rows
        assert [getattr(row, "number", None) for row in rows] == [412, 411, None]
        desk.key(KEY.Key_Escape)  # to the list
        desk.key(KEY.Key_Escape)  # shows all again
        assert len(desk.window.inbox.table.rows_model.rows) == 7

    def test_a_gap_row_has_its_words(self, desk: "Desk") -> None:
        index = desk.window.inbox.table.rows_model.index(3, 0)
        assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Thiếu số chuỗi 408 đến 409 từ Văn phòng Bộ"

    def test_the_reader_says_what_the_further_fields_ask_of_him(self, desk: "Desk") -> None:
        cable = make_cable(
            501, degree=Degree.CONFIDENTIAL, urgency=Urgency.ROUTINE, subject="Điện có hẹn", origin=EUROPE
        )
        station = cable.action_to[0]
        cable = replace(
            cable,
            desk_by=NOW + 3600,
            return_by=NOW + 86_400,
            caption=("Chỉ Đại sứ",),
            named=(Named(station, ("Nguyễn Văn An",), only=True),),
        )
        desk.scene.arrive(cable)
        desk.settle()
        desk.window.inbox.table.choose_key(cable.cable_id)
        desk.settle()
        said = " ".join(label.text() for label in desk.window.reader.findChildren(Text))
        assert "Có mặt trước 22/11/2026 12:38 Paris" in said
        assert "Thu hồi trước 23/11/2026" in said
        assert "Phạm vi phổ biến: Chỉ Đại sứ" in said
        assert "chỉ Nguyễn Văn An được mở" in said

    def test_a_doubt_is_said_beside_the_signature(self, desk: "Desk") -> None:
        view = desk.scene.held.views[cable_id(411)]
        checked = replace(view.verification, doubts=(Doubt.NAME, Doubt.COUNT), in_order_after=None)
        desk.scene.held.views[cable_id(411)] = replace(view, verification=checked)
        desk.window.inbox.table.choose_key(cable_id(411))
        desk.settle()
        said = " ".join(label.text() for label in desk.window.reader.side.findChildren(Text))
        assert "Chữ ký hợp lệ" in said
        assert "khác danh bạ" in said
        assert "không khớp" in said
        assert "Còn thiếu số chuỗi trước 411" in said

    def test_a_bad_signature_forbids_acting(self, desk: "Desk") -> None:
        view = desk.scene.held.views[cable_id(411)]
        checked = replace(view.verification, signature_ok=False)
        desk.scene.held.views[cable_id(411)] = replace(view, verification=checked)
        desk.window.inbox.table.choose_key(cable_id(411))
        desk.settle()
        said = " ".join(label.text() for label in desk.window.reader.side.findChildren(Text))
        assert "Chữ ký không hợp lệ. Không làm theo nội dung này" in said
        assert "Chữ ký hợp lệ" not in said

    def test_space_turns_pages_and_then_goes_to_the_next_cable(self, desk: "Desk") -> None:
        desk.key(KEY.Key_Home)
        desk.key(KEY.Key_Return)
        desk.key(KEY.Key_Space)
        assert desk.window.reader.state.view is not None
        assert desk.window.reader.state.view.row.number == 411

    def test_search_without_tone_marks(self, desk: "Desk") -> None:
        desk.key(KEY.Key_F, CTRL | SHIFT)
        QTest.keyClicks(desk.window.search, "nghi quyet")
        desk.key(KEY.Key_Return)
        assert desk.shelf() is Shelf.SEARCH
        assert 411 in [getattr(row, "number", None) for row in desk.window.found.state.rows]
        desk.key(KEY.Key_Escape)
        assert desk.shelf() is Shelf.INBOX

    def test_what_a_search_found_is_marked_in_the_text_and_f3_walks_it(self, desk: "Desk") -> None:
        desk.key(KEY.Key_F, CTRL | SHIFT)
        QTest.keyClicks(desk.window.search, "nghi quyet")
        desk.key(KEY.Key_Return)
        desk.window.found.table.choose_key(cable_id(411))
        desk.settle()
        body = desk.window.reader.body
        marked = [selection.cursor.selectedText() for selection in body.extraSelections()]
        assert marked == ["nghị", "quyết", "nghị", "nghị", "quyết"]
        assert "nghị quyết" in desk.window.found.state.rows[0].excerpt  # type: ignore[union-attr]
        first = body.textCursor().position()
        desk.key(KEY.Key_F3)
        assert body.textCursor().position() > first
        desk.key(KEY.Key_F3, SHIFT)
        assert body.textCursor().position() == first

    def test_ctrl_f_finds_in_the_cable_and_esc_leaves_it(self, desk: "Desk") -> None:
        from tests.gui.conftest import type_text

        desk.window.inbox.table.choose_key(cable_id(411))
        desk.settle()
        desk.key(KEY.Key_F, CTRL)
        find = desk.window.reader.finding
        assert find.field.hasFocus()
        type_text(find.field, "UNESCO")
        desk.settle()
        assert find.count.text() == "1/2"
        type_text(find.field, " không có")
        desk.settle()
        assert find.count.text() == "Không có trong điện này"
        desk.key(KEY.Key_Escape)
        assert not find.isVisible()
        assert desk.window.reader.body.hasFocus()
        assert desk.window.reader.body.extraSelections() == []

    def test_typing_on_searches_anew_and_an_earlier_search_is_dropped(self, desk: "Desk") -> None:
        desk.key(KEY.Key_F, CTRL | SHIFT)
        QTest.keyClicks(desk.window.search, "nghi")
        desk.key(KEY.Key_Return)
        desk.key(KEY.Key_F, CTRL | SHIFT)
        QTest.keyClicks(desk.window.search, "phuong an")
        desk.bot.waitUntil(lambda: desk.window.found.state.search.sought == "phuong an")
        desk.settle()
        assert [row.number for row in desk.window.found.table.rows_model.rows] == [412]  # type: ignore[union-attr]
        assert desk.window.search.hasFocus()

    def test_an_index_that_is_not_whole_says_so_and_never_shows_nothing_alone(self, desk: "Desk") -> None:
        desk.scene.held.index = IndexState(62, 4)
        desk.window.sought.emit("nghi quyet")
        desk.settle()
        assert "Chỉ mục chưa dựng xong (62 %)" in desk.window.found.standing.text()
        desk.window.sought.emit("khong co")
        desk.settle()
        assert "Chỉ mục chưa dựng xong (62 %)" in desk.window.found.table.accessibleDescription()
        assert "Không có điện nào" not in desk.window.found.table.accessibleDescription()

    def test_quick_filters_narrow_a_search_and_the_closest_come_first_if_asked(self, desk: "Desk") -> None:
        desk.window.sought.emit("nghi quyet")
        desk.settle()
        found = desk.window.found
        every = len(found.state.rows)
        found.urgent.click()
        desk.settle()
        assert 0 < len(found.state.rows) < every
        assert found.clear_button.isVisible()
        desk.scene.held.unweighed = 7
        found.order_box.setCurrentIndex(1)
        desk.settle()
        assert "chưa được xét" in found.standing.text()

    def test_an_empty_search_says_how_much_was_searched(self, desk: "Desk") -> None:
        desk.window.search.setText("khong co")
        desk.window.sought.emit("khong co")
        desk.settle()
        words = desk.window.found.table.accessibleDescription()
        assert "“khong co”" in words
        assert str(len(desk.scene.held.views)) in words

    def test_a_flash_cable_announces_itself_and_joins_the_list(self, desk: "Desk") -> None:
        desk.scene.arrive(
            make_cable(413, degree=Degree.CONFIDENTIAL, urgency=Urgency.FLASH, subject="Gấp", origin=EUROPE)
        )
        desk.bot.waitUntil(lambda: "0413" in desk.window.message.text)
        desk.settle()
        assert desk.window.inbox.table.rows_model.place_of(cable_id(413)) == 0

    def test_f6_walks_every_pane_and_back(self, desk: "Desk") -> None:
        desk.key(KEY.Key_Home)
        start = QApplication.focusWidget()
        seen = []
        for _ in desk.window.panes():
            desk.key(KEY.Key_F6)
            seen.append(QApplication.focusWidget())
        assert seen[-1] is start
        assert len({id(w) for w in seen}) == len(desk.window.panes())
        desk.key(KEY.Key_F6, SHIFT)
        assert QApplication.focusWidget() is seen[-2]

    def test_export_writes_and_warns(self, desk: "Desk", tmp_path: object) -> None:
        from pathlib import Path

        from PySide6.QtWidgets import QFileDialog

        desk.window.inbox.table.choose_key(cable_id(411))
        desk.settle()
        desk.window.actions_[Do.EXPORT].trigger()
        dialog = desk.window.findChild(QFileDialog)
        assert dialog is not None
        assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.fileSelected.emit(str(tmp_path))
        dialog.close()
        desk.settle()
        assert (Path(str(tmp_path)) / "cable.txt").exists()
        assert "không còn được bảo vệ" in desk.window.message.text

    def test_an_enclosure_opens_as_plain_text(self, desk: "Desk") -> None:
        from ui.reader.state import AnnexPick
        from ui.widgets.sheet import PlainWindow

        desk.window.inbox.table.choose_key(cable_id(411))
        desk.settle()
        desk.post.hand.open_annex(AnnexPick(cable_id(411), 1))
        desk.settle()
        shown = desk.window.findChild(PlainWindow)
        assert shown is not None
        assert "<b>không phải HTML</b>" in shown.text.toPlainText()
        shown.close()


class TestWriting:
    def test_refused_then_ready_then_sent(self, desk: "Desk") -> None:
        desk.key(KEY.Key_N, CTRL)
        view = desk.compose
        view.activateWindow()
        desk.settle()
        assert view.state.draft.degree is None
        assert view.banner.degree is None
        assert view.send_button.isEnabled()

        # refused: the first lack is said and the focus goes there
        desk.key(KEY.Key_Return, CTRL)
        assert view.message.text == "Chưa chọn độ mật. Chọn một mức để gửi."
        assert QApplication.focusWidget() in view.form.degree_buttons.values()
        assert desk.scene.held.released == []

        # Confidential: two to the right of Top Secret
        desk.press(KEY.Key_Right, KEY.Key_Right, KEY.Key_Space)
        assert view.state.draft.degree is Degree.CONFIDENTIAL
        desk.bot.waitUntil(lambda: view.message.text == "")
        desk.press(KEY.Key_Tab, KEY.Key_Tab)  # over the precedence to the basis
        ink(desk, "Danh mục BMNN, mục 4")
        desk.key(KEY.Key_Return, CTRL)
        assert view.message.text == "Chưa có nơi nhận để xử lý. Thêm một nơi để gửi."
        assert view.form.action_to.field.hasFocus()
        QTest.keyClicks(view.form.action_to.field, "van phong")
        desk.key(KEY.Key_Return)
        assert view.state.draft.action_to == (OFFICE,)
        view.activateWindow()  # offscreen leaves the closed list of names active
        desk.settle()
        for _ in range(6):  # over the chip and the addressees for information
            if not view.form.subject.hasFocus():
                desk.press(KEY.Key_Tab)
        ink(desk, "Báo cáo kết quả")
        desk.key(KEY.Key_Tab)
        QTest.keyClicks(view.form.topics, "NGOAIGIAO")
        desk.key(KEY.Key_Return, CTRL)
        assert view.message.text == "Nội dung còn trống."
        assert view.form.body.hasFocus()
        ink(desk, "Xin báo cáo./.")
        desk.bot.wait(250)
        desk.settle()
        assert view.state.ready

        desk.key(KEY.Key_Return, CTRL)
        assert [d.subject for d in desk.scene.held.released] == ["Báo cáo kết quả"]
        assert "Điện 0220" in desk.window.message.text
        assert desk.post.composing.windows == []
        assert any(row.number == 220 for row in desk.window.outbox.table.rows_model.rows)

    def test_closing_keeps_the_draft_and_asks_nothing(self, desk: "Desk") -> None:
        desk.key(KEY.Key_N, CTRL)
        view = desk.compose
        view.form.subject.setText("Chưa xong")
        before = set(desk.scene.held.drafts)
        view.close()
        desk.settle()
        (new,) = set(desk.scene.held.drafts) - before
        assert desk.scene.held.drafts[new][0].subject == "Chưa xong"

    def test_an_untouched_draft_is_not_kept(self, desk: "Desk") -> None:
        before = set(desk.scene.held.drafts)
        desk.key(KEY.Key_N, CTRL)
        desk.compose.close()
        desk.settle()
        assert set(desk.scene.held.drafts) == before

    def test_the_draft_saves_itself(self, desk: "Desk") -> None:
        desk.key(KEY.Key_N, CTRL)
        view = desk.compose
        view.form.subject.setText("Tự lưu")
        desk.bot.waitUntil(lambda: view.state.saved is not None, timeout=4000)
        assert "11:38 Paris" in view.saved_label.text()

    def test_a_discarded_draft_comes_back(self, desk: "Desk") -> None:
        desk.window.go(Shelf.DRAFTS)
        desk.settle()
        desk.key(KEY.Key_Delete)
        assert desk.scene.held.drafts == {}
        button = next(b for b in desk.window.message.findChildren(QPushButton) if b.isVisible())
        button.click()
        desk.settle()
        (kept,) = desk.scene.held.drafts.values()
        assert kept[0].subject == "Tình hình báo chí tuần 47"

    def test_a_kept_draft_is_taken_up_once(self, desk: "Desk") -> None:
        desk.window.go(Shelf.DRAFTS)
        desk.settle()
        desk.key(KEY.Key_Return)
        assert desk.compose.form.subject.text() == "Tình hình báo chí tuần 47"
        row = desk.window.drafts.table.rows_model.rows[0]
        desk.post.composing.take_up(row.draft_id, row.saved_at)
        desk.settle()
        assert len(desk.post.composing.windows) == 1

    def test_a_reply_is_addressed_and_refers(self, desk: "Desk") -> None:
        desk.window.inbox.table.choose_key(cable_id(411))
        desk.settle()
        desk.key(KEY.Key_R, CTRL)
        draft = desk.compose.state.draft
        assert draft.action_to == (OFFICE,)
        assert draft.refs[0].mrn == "26 HANOI 411"
        assert draft.degree is None  # chosen anew: one taken over in silence would be a default
        assert draft.drafter_name == "Lê Minh Châu"

    def test_a_full_disk_lets_the_officer_go_on(self, desk: "Desk", monkeypatch: pytest.MonkeyPatch) -> None:
        from tests.helpers.ui_station import UiStation

        def full(*_: object) -> None:
            raise DiskFull("no room")

        monkeypatch.setattr(UiStation, "prepare_release", full)
        desk.key(KEY.Key_N, CTRL)
        desk.compose.submit()
        desk.settle()
        assert "chưa cấp số" in desk.compose.message.text
        assert desk.compose.form.isEnabled()

    def test_enclosures_have_names_sizes_and_pages(self, desk: "Desk", tmp_path: object) -> None:
        from pathlib import Path

        file = Path(str(tmp_path)) / "biên bản.txt"
        file.write_text("x" * 1500, encoding="utf-8")
        desk.key(KEY.Key_N, CTRL)
        desk.compose.form.attachments.add([file])
        (annex,) = desk.compose.state.draft.attachments
        assert (annex.name, annex.media_type, annex.size, annex.pages) == ("biên bản.txt", "text/plain", 1500, 1)
        desk.compose.form.attachments._recount(0, 7)
        assert desk.compose.state.draft.attachments[0].pages == 7
        desk.compose.form.attachments._drop(0)
        assert desk.compose.state.draft.attachments == ()

    def test_the_optional_fields_come_when_they_are_asked(self, desk: "Desk") -> None:
        desk.key(KEY.Key_N, CTRL)
        form = desk.compose.form
        assert not form.basis.isVisible()
        assert not form.reason.isVisible()
        form.degree_buttons[Degree.TOP_SECRET].click()
        form.urgency_box.setCurrentIndex(3)
        assert form.basis.isVisible()
        assert form.reason.isVisible()
        assert form.second_person.isVisible()

    def test_a_reply_time_that_cannot_be_read_is_said(self, desk: "Desk") -> None:
        desk.key(KEY.Key_N, CTRL)
        form = desk.compose.form
        form.degree_buttons[Degree.UNCLASSIFIED].click()
        form.reply_by.setText("ngày mai")
        desk.compose.submit()
        desk.settle()
        assert any(lack.value == "bad-reply-by" for lack in desk.compose.state.lacks or ())
        form.reply_by.setText("23/11/2026 09:00")
        assert desk.compose.state.draft.reply_by == NOW - NOW % 60 + 22 * 3600 + 22 * 60 - 60 * 60


class TestOutbox:
    def test_every_state_says_only_what_is_proven(self, desk: "Desk") -> None:
        desk.window.go(Shelf.OUTBOX)
        desk.settle()
        said = {}
        for at, row in enumerate(desk.window.outbox.table.rows_model.rows):
            desk.window.outbox.table.choose(at)
            said[row.state] = desk.window.outbox.title.text() + " " + desk.window.outbox.sentence.text()
        assert "Máy trung chuyển đã giữ" in said[OutboxState.RELAY_HOLDS]
        assert "chưa báo nhận" in said[OutboxState.RELAY_HOLDS]
        assert "quá hạn" in said[OutboxState.RELAY_HOLDS]
        assert "Chưa rõ" in said[OutboxState.UNKNOWN]
        assert "Gửi lại không tạo bản trùng" in said[OutboxState.UNKNOWN]
        assert "chưa có người ký nhận" in said[OutboxState.ARRIVED]
        assert "đã ký nhận" in said[OutboxState.ACKNOWLEDGED]
        for state, words in said.items():
            if state is not OutboxState.ACKNOWLEDGED:
                assert "đã ký nhận" not in words
            assert "thất bại" not in words

    def test_hold_let_go_and_send_again_by_keyboard(self, desk: "Desk") -> None:
        desk.key(KEY.Key_3, CTRL)
        unknown = next(r for r in desk.window.outbox.table.rows_model.rows if r.state is OutboxState.UNKNOWN)
        desk.window.outbox.table.choose_key((unknown.cable_id, unknown.to, unknown.to_name))
        desk.key(KEY.Key_H, CTRL)
        assert desk.scene.held.outbox[unknown.cable_id, unknown.to].state is OutboxState.HELD
        desk.key(KEY.Key_H, CTRL)
        assert desk.scene.held.outbox[unknown.cable_id, unknown.to].state is OutboxState.WAITING
        desk.key(KEY.Key_F9, CTRL)
        assert desk.scene.held.outbox[unknown.cable_id, unknown.to].state is OutboxState.SENDING
        assert desk.courier.wakes == 2

    def test_what_a_relay_holds_cannot_be_held_back(self, desk: "Desk") -> None:
        desk.window.go(Shelf.OUTBOX)
        desk.settle()
        row = next(r for r in desk.window.outbox.table.rows_model.rows if r.state is OutboxState.RELAY_HOLDS)
        desk.window.outbox.table.choose_key((row.cable_id, row.to, row.to_name))
        assert not desk.window.outbox.hold_button.isEnabled()
        assert not desk.window.actions_[Do.HOLD].isEnabled()

    def test_enter_shows_the_cable_itself(self, desk: "Desk") -> None:
        desk.key(KEY.Key_3, CTRL)
        desk.key(KEY.Key_Home)
        desk.key(KEY.Key_Return)
        assert desk.window.shelf is Shelf.SENT
        assert desk.window.reader.state.view is not None

    def test_events_of_the_courier_are_shown(self, desk: "Desk") -> None:
        key, row = next((k, r) for k, r in desk.scene.held.outbox.items() if r.state is OutboxState.WAITING)
        desk.scene.held.outbox[key] = replace(row, state=OutboxState.ARRIVED)
        desk.courier.report(OutboxChanged())
        desk.courier.report(Progress(row.cable_id, 0, 1, 2))
        desk.courier.report(CableChanged(row.cable_id))
        desk.courier._links = link_of(LinkState.DOWN)
        desk.courier.report(LinkChanged(desk.courier.links()[0]))
        desk.courier.report(Noticed(Notice(NoticeKind.QUARANTINED, NOW, "x")))
        desk.bot.waitUntil(
            lambda: any(
                r.cable_id == row.cable_id and r.state is OutboxState.ARRIVED
                for r in desk.window.outbox.table.rows_model.rows
            )
        )
        assert "mất liên lạc" in desk.window.strip.link_buttons[0].text()
        assert "cách ly" in desk.window.message.text


class TestMoreFields:
    def test_they_are_shut_until_asked_for_by_keyboard(self, desk: "Desk") -> None:
        desk.key(KEY.Key_N, CTRL)
        form = desk.compose.form
        assert not form.more.isVisible()
        assert "Mục khác" in form.more_button.text().replace("&", "")

        form.more_button.setFocus()
        desk.key(KEY.Key_Space)
        assert form.more.isVisible()
        desk.key(KEY.Key_Tab)
        assert form.more.kind.hasFocus()
        desk.key(KEY.Key_Down)
        assert desk.compose.state.draft.kind is Kind.TELEGRAM
        texts = [form.more.kind.itemText(i) for i in range(form.more.kind.count())]
        assert texts == ["Điện mật", "Công điện"]

    def test_what_is_filled_goes_into_the_draft(self, desk: "Desk") -> None:
        desk.post.composing.write(Draft(degree=Degree.CONFIDENTIAL, action_to=(EUROPE,), info_to=(OFFICE,)))
        desk.settle()
        form, more = desk.compose.form, desk.compose.form.more
        form.more_button.setChecked(True)
        more.protect.setText("22/11/2030")
        more.return_by.setText("30/11/2026")
        more.desk_by.setText("22/11/2026 17:00")
        more.void_after.setText("23/11/2026 08:00")
        more.caption.boxes["Thường trực"].setChecked(True)
        more.named.lines[0].names.setText("Nguyễn Văn An; Trần Thị Bình")
        more.named.lines[0].only.setChecked(True)
        desk.settle()

        draft = desk.compose.state.draft
        assert draft.protect_until == int(datetime(2030, 11, 21, 23, 0, tzinfo=UTC).timestamp())  # midnight in Paris
        assert draft.return_by == int(datetime(2026, 11, 30, 22, 59, tzinfo=UTC).timestamp())
        assert draft.desk_by == int(datetime(2026, 11, 22, 16, 0, tzinfo=UTC).timestamp())
        assert draft.void_after == int(datetime(2026, 11, 23, 7, 0, tzinfo=UTC).timestamp())
        assert draft.caption == ("Thường trực",)
        assert draft.named == (Named(EUROPE, ("Nguyễn Văn An", "Trần Thị Bình"), only=True),)
        assert {compose_state.field_of(lack) for lack in desk.compose.state.lacks or ()} & compose_state.MORE == set()

        # a kept draft that uses them comes back open, and says the same
        again = desk.post.composing.write(draft)
        desk.settle()
        assert again.form.more.isVisible()
        assert again.form.draft == draft
        assert again.form.more.protect.text() == "22/11/2030"
        assert again.form.more.named.lines[0].names.text() == "Nguyễn Văn An; Trần Thị Bình"
        # an addressee that goes takes its names along
        form.action_to.drop(EUROPE)
        assert desk.post.composing.windows[0].state.draft.named == ()

    def test_a_lack_inside_opens_them_and_gets_the_focus(self, desk: "Desk") -> None:
        ready = Draft(
            degree=Degree.UNCLASSIFIED,
            action_to=(EUROPE,),
            topics=("A",),
            subject="Trích yếu",
            body="Nội dung",
            drafter_name="Trần Thị Bình",
        )
        desk.post.composing.write(ready)
        desk.settle()
        form = desk.compose.form
        form.more_button.setChecked(True)
        form.more.desk_by.setText("hôm qua")
        form.more_button.setChecked(False)
        desk.compose.submit()
        desk.bot.waitUntil(lambda: form.more.desk_by.hasFocus())
        assert form.more.isVisible()
        assert "Giờ có mặt không đọc được" in desk.compose.message.text

    @pytest.mark.parametrize("lack", list(Lack), ids=lambda lack: lack.value)
    def test_every_lack_has_a_field_where_the_focus_goes(self, desk: "Desk", lack: Lack) -> None:
        draft = Draft(
            degree=Degree.TOP_SECRET,
            urgency=Urgency.FLASH,
            action_to=(EUROPE,),
            refs=(Reference("26 HANOI 411", LinkKind.REPLY),),
        )
        window = desk.post.composing.write(draft)
        desk.settle()
        window.refuse((lack,))
        field = window.form.widget_of(compose_state.field_of(lack))
        desk.bot.waitUntil(field.hasFocus)
        desk.settle()
        inside = window._scroll.viewport()
        desk.bot.waitUntil(
            lambda: inside.rect().intersects(QRect(field.mapTo(inside, QPoint(0, 0)), field.size())), timeout=1000
        )

    def test_references_can_be_taken_away(self, desk: "Desk") -> None:
        window = desk.post.composing.write(Draft(refs=(Reference("x", LinkKind.REPLY),)))
        desk.settle()
        window.form.drop_references.click()
        assert window.state.draft.refs == ()
        assert not window.form.references.isVisible()


class TestLocking:
    def test_locking_leaves_no_text_of_a_cable(self, desk: "Desk") -> None:
        desk.window.inbox.table.choose_key(cable_id(411))
        desk.settle()
        desk.key(KEY.Key_L, CTRL)
        view = desk.program.unlock
        assert view is not None
        desk.bot.waitUntil(lambda: view.state.phase is Phase.READY)
        desk.bot.wait(30)

        assert desk.program.post is None
        assert desk.scene.held.calls[-1] == "close"
        assert "ĐSQ Việt Nam tại Cộng hòa Pháp" in view.title.text()
        assert "11:38 Paris" in view.subtitle.text()
        texts = [w.text() for w in QApplication.allWidgets() if hasattr(w, "text") and callable(w.text)]
        texts += [w.toPlainText() for w in QApplication.allWidgets() if hasattr(w, "toPlainText")]
        assert not any("UNESCO" in str(text) for text in texts)

    def test_it_locks_itself_after_the_idle_time(self, desk: "Desk") -> None:
        desk.scene.now += 299
        desk.program._watch_idleness()
        assert desk.window.strip.lock_button.text().endswith("0:01")
        desk.scene.now += 1
        desk.program._watch_idleness()
        assert desk.program.post is None

    def test_a_draft_being_written_survives_the_lock(self, desk: "Desk") -> None:
        desk.key(KEY.Key_N, CTRL)
        desk.compose.form.subject.setText("Đang viết dở")
        desk.program.lock()
        view = desk.program.unlock
        assert view is not None
        desk.bot.waitUntil(lambda: view.state.phase is Phase.READY)
        assert any(d.subject == "Đang viết dở" for d, _ in desk.scene.held.drafts.values())

    def test_it_opens_again_after_locking(self, desk: "Desk") -> None:
        desk.program.lock()
        view = desk.program.unlock
        assert view is not None
        desk.bot.waitUntil(lambda: view.state.phase is Phase.READY)
        desk.unlock()
        assert len(desk.window.inbox.table.rows_model.rows) == 7
