"""Reading a message aloud: one line at a time, by keys alone, with a tick for what was read back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.looking import clipped, unnamed
from ui.front import Doorstep, Front
from ui.language import Language
from ui.manual.aloud import words
from ui.manual.aloud.state import LineKind, ReadLine, ReadState
from ui.manual.aloud.view import POINTS, ReadWindow

LINES = (
    ReadLine(LineKind.HEADER, 0, ("00220", "00425", "00014")),
    ReadLine(LineKind.ROW, 1, tuple(f"{n:05}" for n in range(10))),
    ReadLine(LineKind.ROW, 2, ("91144", "40422")),
    ReadLine(LineKind.TAGS, 0, ("88790",)),
)


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[ReadWindow]:
    front = Front(qapp, Doorstep(), lambda: 0, Language.VIETNAMESE)
    front.dress()
    parent = QWidget()
    qtbot.addWidget(parent)
    made = ReadWindow(LINES, parent)
    made.theme = front.theme  # type: ignore[attr-defined]  # for the sizes below
    made.show()
    qtbot.waitUntil(made.tick_button.hasFocus)
    yield made
    made.close()
    front.undress()


def shown(window: ReadWindow) -> list[str]:
    return [label.text() for label in window.groups if not label.isHidden()]


class TestState:
    def test_walking_stops_at_both_ends(self) -> None:
        state = ReadState(LINES)
        assert state.walked(-1).at == 0
        assert state.walked(99).at == 3
        assert state.walked(1).line is LINES[1]

    def test_a_tick_goes_on_to_the_next_line_that_was_not_read_back(self) -> None:
        state = ReadState(LINES, at=2).ticked()
        assert (state.at, state.read_back) == (3, frozenset({2}))
        state = state.ticked()
        assert state.at == 0  # back to what was passed over
        state = state.ticked().ticked()
        assert state.all_ticked
        assert state.at == 1

    def test_no_figure_of_a_message_is_in_a_repr(self) -> None:
        assert "91144" not in repr(ReadState(LINES))


class TestWindow:
    def test_one_line_at_a_time_in_large_figures(self, window: ReadWindow) -> None:
        assert shown(window) == ["00220", "00425", "00014"]
        assert window.groups[0].font().pointSizeF() == POINTS
        assert window.heading.text() == "Đầu điện, không mã hóa · 1 trên 4"

    def test_by_keys_alone_every_line_is_read_back(self, window: ReadWindow, qtbot: QtBot) -> None:
        told: list[object] = []
        window.read.connect(told.append)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Up):
            QTest.keyClick(QApplication.focusWidget(), key)  # type: ignore[arg-type]  # something has it
        assert shown(window) == list(LINES[1].groups)
        assert "1 trên 4 dòng" in window.standing.text()
        for _ in range(3):
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)  # type: ignore[arg-type]  # as above
        assert told == [window]
        assert window.state.all_ticked

    @pytest.mark.parametrize("percent", [100, 150, 200])
    def test_it_has_room_and_names_at_every_size(self, window: ReadWindow, qtbot: QtBot, percent: int) -> None:
        window.theme.enlarge(percent)  # type: ignore[attr-defined]  # put there by the fixture
        window.resize(1000, 600)
        window.walk(1)
        qtbot.wait(20)
        assert clipped(window) == []
        assert unnamed(window) == []

    def test_every_line_has_a_name(self, window: ReadWindow) -> None:
        assert [words.title(line) for line in LINES] == ["Đầu điện, không mã hóa", "Dòng 1", "Dòng 2", "Nhóm xác thực"]
