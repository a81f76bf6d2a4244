"""What an enclosure gives away is seen before it is sent; its way can be stopped and taken up again."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QToolButton

from secmsg.errors import TransferStopped
from secmsg.office.lifecycle import OutboxState
from secmsg.station.annex import Watch, unwatched
from secmsg.station.sealing import SealedFile
from secmsg.station.views import AttachmentState, AttachmentView
from tests.helpers import telling_files
from tests.helpers.ui_station import NothingToSeal, Scene, cable_id
from ui.compose.attachments import AttachmentsField
from ui.compose.state import Phase
from ui.main_window import Shelf
from ui.outbox.state import Act, Order, is_paused, may
from ui.reader.state import AnnexPick, TransferWish
from ui.sealing import SealingRoom
from ui.widgets.text import Text

if TYPE_CHECKING:
    from tests.gui.conftest import Desk

CTRL = Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key


def enclosed(desk: "Desk", data: bytes, folder: Path, name: str = "ảnh.jpg") -> AttachmentsField:
    """Begin a cable and attach a file of these bytes."""
    path = folder / name
    path.write_bytes(data)
    desk.key(KEY.Key_N, CTRL)
    field = desk.compose.form.attachments
    field.add([path])
    return field


def said(field: AttachmentsField) -> str:
    return " ".join(text.text() for text in field.findChildren(Text))


def test_a_photograph_says_where_it_was_taken_and_goes_without_that(desk: "Desk", tmp_path: Path) -> None:
    field = enclosed(desk, telling_files.jpeg(), tmp_path)
    assert field.checking
    desk.settle()

    assert not field.checking
    assert "Bỏ trước khi mã" in said(field)
    assert telling_files.POSITION in said(field)
    assert desk.compose.state.draft.attachments[0].without_metadata


def test_the_officer_may_keep_it_and_is_told_what_goes_along(desk: "Desk", tmp_path: Path) -> None:
    field = enclosed(desk, telling_files.jpeg(), tmp_path)
    desk.settle()
    (chooser,) = field.findChildren(QCheckBox)

    chooser.setFocus()
    QTest.keyClick(chooser, KEY.Key_Space)
    desk.settle()

    assert not desk.compose.state.draft.attachments[0].without_metadata
    assert "Gửi kèm nguyên siêu dữ liệu" in said(field)
    (again,) = field.findChildren(QCheckBox)
    assert again.hasFocus()


def test_what_cannot_be_looked_into_is_named_so_and_a_file_that_is_gone_too(desk: "Desk", tmp_path: Path) -> None:
    field = enclosed(desk, b"words", tmp_path, "a.txt")
    (tmp_path / "b.pdf").write_bytes(telling_files.pdf(signed=True))
    field.add([tmp_path / "b.pdf"])
    field.put((*field.attachments, replace(field.attachments[0], name="c", path=str(tmp_path / "gone"))))
    field.check()
    desk.settle()

    assert "Không kiểm được siêu dữ liệu của loại tệp này" in said(field)
    assert "Có chữ ký số" in said(field)
    assert "tệp hỏng" in said(field)
    assert not any(each.without_metadata for each in desk.compose.state.draft.attachments)


def test_nothing_is_sent_while_a_file_is_being_looked_at(desk: "Desk", tmp_path: Path) -> None:
    enclosed(desk, telling_files.jpeg(), tmp_path)
    desk.compose.submit()

    assert desk.compose.state.phase is Phase.WRITING
    assert "Đang kiểm siêu dữ liệu" in desk.compose.message.text
    desk.settle()


def test_sealing_shows_how_far_it_is_and_escape_ends_it(desk: "Desk") -> None:
    desk.key(KEY.Key_N, CTRL)
    window = desk.compose
    asked: list[object] = []
    window.stop_asked.connect(asked.append)
    window.state = replace(window.state, phase=Phase.RELEASING)
    window.show_sealing(40, 100)
    assert "40 %" in window.send_button.text()
    assert window.stop_button.isVisible()

    QTest.keyClick(window, KEY.Key_Escape)
    assert asked == [window]
    window.stopped()

    assert window.state.phase is Phase.WRITING
    assert "Chưa gửi gì" in window.message.text
    assert not window.stop_button.isVisible()
    assert window.form.isEnabled()


def test_the_long_work_is_watched_and_ends_when_told() -> None:
    class Endless(NothingToSeal):
        def run(self, watch: Watch = unwatched) -> tuple[SealedFile, ...]:
            while watch(7):
                begun.set()
            raise TransferStopped("stopped")

    begun = threading.Event()
    seen: list[tuple[int, int]] = []
    room, owner = SealingRoom(), object()
    work = room.seal(owner, Endless(), lambda done, total: seen.append((done, total)))
    assert begun.wait(20)
    room.stop(object())
    assert not work.done()

    room.stop(owner)

    with pytest.raises(TransferStopped):
        work.result(20)
    assert seen[0] == (7, 0)
    other = room.seal(owner, Endless(), lambda _done, _total: None)
    begun.clear()
    assert begun.wait(20)
    room.close()
    with pytest.raises(TransferStopped):
        other.result(20)


def test_which_act_is_open_for_files_on_their_way(scene: Scene) -> None:
    row = replace(next(iter(scene.held.outbox.values())), state=OutboxState.WAITING, parts=(1, 4))
    for shown, open_ in ((row, {Act.SEND_NOW, Act.PAUSE}), (replace(row, paused=True), {Act.GO_ON})):
        assert {act for act in (Act.SEND_NOW, Act.PAUSE, Act.GO_ON) if may(shown, act)} == open_
    assert not may(replace(row, parts=None), Act.PAUSE)
    assert not is_paused(replace(row, paused=True, state=OutboxState.ARRIVED))


def test_files_on_their_way_rest_and_go_on(desk: "Desk") -> None:
    row = replace(next(iter(desk.scene.held.outbox.values())), state=OutboxState.SENDING)
    moving = replace(row, parts=(1_300_000, 4_200_000))
    outbox = desk.window.outbox
    orders: list[Order] = []
    outbox.ordered.connect(orders.append)
    desk.window.go(Shelf.OUTBOX)
    desk.settle()
    for shown, verb, word in (
        (moving, Act.PAUSE, "Tạm dừng tệp"),
        (replace(moving, paused=True), Act.GO_ON, "Gửi tiếp tệp"),
    ):
        outbox.show_rows((shown,))
        outbox.table.choose_key((shown.cable_id, shown.to, shown.to_name))
        outbox.render_state()
        assert outbox.pause_button.text().replace("&", "") == word
        outbox.pause_or_go_on()
        assert orders[-1] == Order(verb, shown.cable_id)
    assert "Tạm dừng tệp 30 %" in outbox.title.text()
    assert "Cán bộ đã tạm dừng gửi tệp" in outbox.sentence.text()
    desk.settle()


def test_an_enclosure_that_is_fetched_rests_and_goes_on(desk: "Desk") -> None:
    annex = AttachmentView("bản đồ.png", 9, 1, "image/png", AttachmentState.DOWNLOADING, 1_300_000, 4_200_000)
    view = desk.scene.held.views[cable_id(411)]
    reader = desk.window.reader
    wishes: list[TransferWish] = []
    reader.transfer_asked.connect(wishes.append)
    for paused, verb in ((False, "Tạm dừng"), (True, "Tiếp tục")):
        reader.show_cable(replace(view, attachments=(replace(annex, paused=paused),)))
        (button,) = [each for each in reader.side.findChildren(QToolButton) if each.text() == verb]
        button.click()
        assert wishes[-1] == TransferWish(AnnexPick(view.row.cable_id, 0), pause=not paused)
    assert "tạm dừng; đã nhận" in " ".join(text.text() for text in reader.side.findChildren(Text))
    desk.settle()
