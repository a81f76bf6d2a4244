"""Every screen, in both languages and every size of text: nothing is cut off, nothing is without a name."""

from collections import defaultdict

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.looking import clipped, same_keys, texts, too_large, unnamed
from tests.gui.screens import SCREENS, SMALL, Door, begin, walk
from tests.helpers.ui_station import ADDRESSEES, NAMES
from ui.language import Language
from ui.theme import Density
from ui.widgets.rows import RowTable
from ui.widgets.text import Text

Problems = dict[str, list[str]]


@pytest.fixture(params=list(Door), ids=lambda door: door.value)
def door(request: pytest.FixtureRequest) -> Door:
    """Give each state of the program."""
    assert isinstance(request.param, Door)
    return request.param


SIZES = [
    *((Language.VIETNAMESE, percent) for percent in (80, 100, 150, 200)),
    *((Language.ENGLISH, percent) for percent in (100, 200)),
]
"""Words are longer in Vietnamese; a walk takes ten seconds, so English has the common size and the largest."""


def foreign_names(shown: QWidget) -> list[str]:
    """Give what names a station in Vietnamese where English is spoken; a cable's text is what its drafter wrote."""
    vietnamese = set(NAMES.values()) - {a.name_vi for a in ADDRESSEES if a.name_vi == a.name_en}
    return [text for text in texts(shown) if "\n" not in text and any(name in text for name in vietnamese)]


class TestRoom:
    @pytest.mark.parametrize(("language", "percent"), SIZES)
    def test_every_screen_fits_and_every_control_has_a_name(
        self, qapp: QApplication, door: Door, language: Language, percent: int
    ) -> None:
        # given a program on the smallest screen
        stage = begin(qapp, door, language)
        stage.program.theme.enlarge(percent)
        stage.program.theme.crowd(Density.DENSE if percent == 80 else Density.MEDIUM)
        stage.settle()

        # when every screen is looked at
        found: Problems = defaultdict(list)
        for name, shown in walk(stage):
            found[name] += clipped(shown) + too_large(shown, *SMALL)
            if percent == 100:
                found[name] += unnamed(shown) + same_keys(shown)
                found[name] += foreign_names(shown) if language is Language.ENGLISH else []
        stage.program.stop()

        # then nothing is cut off, and nothing is without a name
        assert {name: lacks for name, lacks in found.items() if lacks} == {}

    @pytest.mark.parametrize("language", list(Language))
    def test_tables_of_small_windows_do_not_scroll_sideways_in_large_text(
        self, qapp: QApplication, language: Language
    ) -> None:
        stage = begin(qapp, Door.OPEN, language)
        stage.program.theme.enlarge(150)
        stage.settle()

        beyond = {}
        for name in ("officers", "backups"):
            shown = next(each for each in SCREENS if each.name == name).draw(stage)
            stage.settle()
            (table,) = shown.findChildren(RowTable)
            beyond[name] = table.horizontalScrollBar().maximum()
            stage.tidy()
        stage.program.stop()

        assert beyond == {"officers": 0, "backups": 0}

    def test_two_controls_of_one_key_would_be_found(self, qtbot: QtBot) -> None:
        window = QWidget()
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        for text in ("&Lập kho", "&Lấy", "&Hiện"):
            column.addWidget(QPushButton(text))
        window.show()
        assert same_keys(window) == ["Alt+L is &Lập kho and &Lấy"]

    def test_what_is_cut_off_would_be_found(self, qtbot: QtBot) -> None:
        # given a window too small for its words, and one that hides a part
        window = QWidget()
        qtbot.addWidget(window)
        label, wrapped, button = Text(), Text(wrap=True), QPushButton("Ký và gửi")
        label.setText("Một câu dài hơn chỗ dành cho nó")
        wrapped.setText("Một câu dài hơn chỗ dành cho nó, và xuống dòng nhiều lần")
        for widget, room in ((label, (0, 0, 40, 20)), (wrapped, (0, 20, 120, 10)), (button, (190, 30, 30, 24))):
            widget.setParent(window)
            widget.setMinimumHeight(0)
            widget.setGeometry(*room)
        window.resize(200, 60)
        window.show()
        wrapped.setMinimumHeight(0)
        wrapped.resize(120, 10)
        # then each is named
        told = " | ".join(clipped(window))
        assert "Một câu dài hơn chỗ dành cho nó' needs" in told
        assert "is cut by its parent" in told
        assert too_large(window, 100, 100) == ["QWidget is 200 × 60"]


class TestNames:
    def test_a_control_without_a_name_would_be_found(self, qtbot: QtBot) -> None:
        window = QWidget()
        qtbot.addWidget(window)
        bare = QWidget()
        bare.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(window)
        for widget in (QPlainTextEdit(), QPushButton(), bare, QLabel("x")):
            column.addWidget(widget)
        window.show()
        window.setWindowTitle("x")
        assert unnamed(window) == [
            "EditableText QPlainTextEdit has no name",
            "Button QPushButton has no name",
            "QWidget '' takes the focus and has no role",
        ]
