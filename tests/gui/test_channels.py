"""What the outbox and the channel cards tell of each channel, and what an officer does there by keyboard."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QPushButton

from secmsg.office.channels import ChannelKind, Why
from secmsg.office.lifecycle import OutboxState
from secmsg.station.views import ChannelLine, ChannelState, LinkState, OutboxRow
from tests.helpers.ui_station import NOW, furnished
from ui.format import Place, place
from ui.language import Language
from ui.main_window import Shelf
from ui.outbox import lines
from ui.outbox.state import waiting_for
from ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from tests.gui.conftest import Desk

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
HERE: Place = place("Paris", "Europe/Paris")
LINE = ChannelLine("Kênh chính", ChannelKind.RELAY, ChannelState.UNUSED, None, 0, None, "", Why.NOW, None)


def choose(desk: "Desk", state: OutboxState) -> OutboxRow:
    desk.window.go(Shelf.OUTBOX)
    desk.settle()
    row = next(r for r in desk.window.outbox.table.rows_model.rows if r.state is state)
    desk.window.outbox.table.choose_key((row.cable_id, row.to, row.to_name))
    desk.settle()
    return row


def shown(desk: "Desk") -> list[str]:
    return [
        f"{lines.channel_name(line)}: {lines.state_word(line)}. {lines.reason(line, HERE, NOW)}"
        for line in desk.window.outbox.lines.rows_model.rows
    ]


class TestEvidence:
    def test_a_flash_cable_has_a_line_for_each_relay_and_the_pouch(self, desk: "Desk") -> None:
        choose(desk, OutboxState.SENDING)

        assert shown(desk) == [
            "Kênh chính: đang gửi. ",
            "Kênh thay thế 1: máy trung chuyển đã giữ. Chưa phải bằng chứng đã đến.",
            "Túi thư ngoại giao: đã ghi vào túi. anh-01: đã đọc lại, đúng từng byte. Chưa phải bằng chứng đã đến.",
        ]

    def test_it_says_why_a_channel_is_not_used_and_when_it_will_be(self, desk: "Desk") -> None:
        choose(desk, OutboxState.RELAY_HOLDS)

        assert shown(desk)[1].startswith("Kênh thay thế 1: chưa dùng. Từ 22/11 ")
        assert shown(desk)[1].endswith("nếu đến lúc đó chưa có báo nhận.")
        assert shown(desk)[2] == "Túi thư ngoại giao: chưa dùng. Do người mang: cán bộ ghi túi."

    def test_nothing_but_a_receipt_is_called_arrival(self, desk: "Desk") -> None:
        for state in ChannelState:
            for why in Why:
                line = replace(LINE, state=state, why=why, why_at=NOW + 60)
                said = f"{lines.state_word(line)} {lines.reason(line, HERE, NOW)}"
                assert "đã đến" not in said.replace("Chưa phải bằng chứng đã đến", "")
                assert "thất bại" not in said

    def test_several_machines_of_an_addressee_are_told_apart(self, desk: "Desk") -> None:
        assert lines.channel_name(replace(LINE, copy=2, copies=2)) == "Kênh chính (máy 2)"

    def test_the_pane_is_reached_by_keyboard_and_explains_the_line(self, desk: "Desk") -> None:
        choose(desk, OutboxState.UNKNOWN)
        desk.window.outbox.table.setFocus()

        desk.press(KEY.Key_F6, KEY.Key_Down)

        assert desk.window.outbox.lines.hasFocus()
        assert desk.window.outbox.detail.text() == (
            "Kênh thay thế 1: bị từ chối. Hộp thư của nơi nhận ở máy trung chuyển này đã đầy. Sẽ gửi khi có liên lạc.\n"
            "Nguyên văn của kênh: full"
        )
        desk.post._speech.speak(Language.ENGLISH)
        desk.settle()
        assert "The addressee's mailbox at this relay is full." in desk.window.outbox.detail.text()


class TestCard:
    def card(self, desk: "Desk") -> Sheet:
        desk.window.strip.link_buttons[1].setFocus()
        desk.key(KEY.Key_Space)
        sheet = desk.window.findChild(Sheet)
        assert sheet is not None
        return sheet

    def button(self, sheet: Sheet, text: str) -> QPushButton:
        box = sheet.findChild(QDialogButtonBox)
        assert box is not None
        return next(each for each in box.buttons() if each.text().replace("&", "") == text)  # type: ignore[return-value]  # the stub says QAbstractButton

    def test_it_shows_contact_and_queue_of_one_channel(self, desk: "Desk") -> None:
        choose(desk, OutboxState.UNKNOWN)

        sheet = self.card(desk)

        said = {line.left: line.right for line in sheet.table.rows_model.rows}
        assert said["Kênh thay thế 1"] == "thông"
        assert said["Liên lạc gần nhất"].startswith("22/11/2026 11:37 Paris")
        assert said["Số điện chờ qua kênh này"] == "1"
        assert "Kênh chính" not in said
        sheet.close()

    def test_a_channel_is_tested_switched_off_and_on_again(self, desk: "Desk") -> None:
        sheet = self.card(desk)
        relay = desk.courier.links()[1].relay

        self.button(sheet, "Thử ngay").click()
        assert desk.courier.tested == [relay]

        self.button(sheet, "Tắt kênh").click()
        desk.settle()
        assert desk.scene.held.off == {"Kênh thay thế 1"}
        assert desk.courier.links()[1].state is LinkState.OFF
        assert "đã ngắt" in desk.window.strip.link_buttons[1].text()
        sheet.render_state()

        self.button(sheet, "Bật kênh").click()
        desk.settle()
        assert desk.scene.held.off == frozenset()
        assert desk.courier.links()[1].state is LinkState.UNTRIED
        sheet.close()


def test_deliveries_are_counted_for_a_channel_that_has_not_taken_them() -> None:
    row = replace(next(iter(furnished().outbox.values())), state=OutboxState.WAITING, lines=(LINE,))
    held = replace(LINE, state=ChannelState.HOLDS, why=Why.HOLDS)

    assert waiting_for((row,), "Kênh chính") == 1
    assert waiting_for((row,), "Khác") == 0
    assert waiting_for((replace(row, lines=(held,)),), "Kênh chính") == 0
    assert waiting_for((replace(row, lines=(replace(LINE, state=ChannelState.REFUSED),)),), "Kênh chính") == 1
    assert waiting_for((replace(row, lines=(replace(LINE, why=Why.BY_HAND),)),), "Kênh chính") == 0
    assert waiting_for((replace(row, state=OutboxState.ARRIVED),), "Kênh chính") == 0
