"""Who opened and exported a cable, asked for in the window of a real post."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from secmsg.office.person_log import Deed, LogLine
from secmsg.station.persons import SHEET_NAME
from tests.helpers.hand_desks import PARIS, HandDesks, Window, hand_desks
from ui.actions import Do
from ui.deeds_sheet import did, who
from ui.main_window import Shelf
from ui.widgets.files import FileDialog
from ui.widgets.sheet import Sheet


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HandDesks]:
    with hand_desks(tmp_path_factory.mktemp("deeds")) as found:
        yield found


@pytest.fixture
def post(desks: HandDesks, qapp: QApplication) -> Iterator[Window]:
    window = desks.window(qapp, PARIS)
    yield window
    desks.close(window)


def asked(post: Window) -> list[tuple[str, str]]:
    """Ask by the keyboard, and give the lines that are shown."""
    window = post.post.window
    window.activateWindow()
    window.sent.table.setFocus()
    post.settle()
    QTest.keyClick(
        window.sent.table, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    post.settle()
    (sheet,) = (each for each in window.findChildren(Sheet) if each.isVisible())
    assert sheet.windowTitle().endswith("ai đã mở, ai đã xuất")
    lines = [(line.left, line.right) for line in sheet.table.rows_model.rows]
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    QApplication.processEvents()
    return lines


def test_who_opened_and_exported_a_cable_is_shown_with_name_and_hour(post: Window, tmp_path: Path) -> None:
    window = post.post.window
    assert not window.actions_[Do.DEEDS].isEnabled(), "no cable is on show"
    window.go(Shelf.SENT)
    post.settle()
    window.sent.table.choose(0)
    post.settle()

    (opened, unknown) = asked(post)
    assert opened[1] == "Nguyễn Văn Paris: mở lần đầu"
    assert "Paris" in opened[0]
    assert "Hà Nội" in opened[0]
    assert unknown[0] == "Không ghi được"

    window.actions_[Do.EXPORT].trigger()
    (dialog,) = window.findChildren(FileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    post.settle()
    assert [each[1] for each in asked(post)][:2] == [
        "Nguyễn Văn Paris: mở lần đầu",
        "Nguyễn Văn Paris: xuất nội dung",
    ]


@pytest.mark.parametrize(
    ("officer", "name", "said"),
    [
        (1, "Nguyễn Văn Paris", "Nguyễn Văn Paris"),
        (0, SHEET_NAME, "phiếu khôi phục"),
        (0, "(ngăn khóa 3)", "(ngăn khóa 3)"),
    ],
)
def test_only_the_sheet_is_called_the_sheet(post: Window, officer: int, name: str, said: str) -> None:
    assert who(LogLine(0, Deed.READ, officer, name, 0, "26 HANOI 411")) == said


@pytest.mark.parametrize(
    ("deed", "detail", "said"),
    [
        (Deed.EXPORTED, "26 HANOI 411: annex 2", "xuất tài liệu kèm 2"),
        (Deed.EXPORTED, "26 HANOI 411: text", "xuất nội dung"),
        (Deed.PRINTED, "26 HANOI 411: worksheet 3", "in phiếu tính"),
        (Deed.DESTROYED, "26 HANOI 411", "tiêu hủy, cùng người thứ hai"),
        (Deed.WITNESSED, "what a later version writes", "what a later version writes"),
    ],
)
def test_each_deed_has_its_words(post: Window, deed: Deed, detail: str, said: str) -> None:
    assert did(LogLine(0, deed, 1, "Nguyễn Văn Paris", 0, detail)) == said
