"""Every screen, in both languages and every size of text: nothing is cut off, nothing is without a name."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.looking import clipped, texts, too_large, unnamed
from tests.gui.screens import SMALL, Door, Stage, begin, walk
from tests.helpers.ui_station import ADDRESSEES, NAMES
from ui.language import Language
from ui.theme import Density
from ui.widgets.text import Text

Problems = dict[str, list[str]]


@pytest.fixture(params=list(Door), ids=lambda door: door.value)
def door(request: pytest.FixtureRequest) -> Door:
    """Give each state of the program."""
    assert isinstance(request.param, Door)
    return request.param


@pytest.fixture(params=list(Language), ids=lambda language: language.value)
def language(request: pytest.FixtureRequest) -> Language:
    """Give each language."""
    assert isinstance(request.param, Language)
    return request.param


@pytest.fixture
def stage(qapp: QApplication, door: Door, language: Language) -> Iterator[Stage]:
    """Start a program on the smallest screen."""
    made = begin(qapp, door, language)
    yield made
    made.program.stop()


class TestRoom:
    @pytest.mark.parametrize("percent", [80, 100, 125, 150, 200])
    def test_nothing_is_cut_off_on_the_smallest_screen(self, stage: Stage, percent: int) -> None:
        stage.program.theme.enlarge(percent)
        stage.program.theme.crowd(Density.DENSE if percent == 80 else Density.MEDIUM)
        stage.settle()
        found: Problems = defaultdict(list)
        for name, shown in walk(stage):
            found[name] += clipped(shown) + too_large(shown, *SMALL)
        assert {name: lacks for name, lacks in found.items() if lacks} == {}

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
    def test_every_control_has_a_name_and_a_role(self, stage: Stage) -> None:
        found: Problems = defaultdict(list)
        for name, shown in walk(stage):
            found[name] += unnamed(shown)
        assert {name: lacks for name, lacks in found.items() if lacks} == {}

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

    @pytest.mark.parametrize("language", [Language.ENGLISH])
    def test_stations_have_their_english_names_in_english(self, stage: Stage) -> None:
        vietnamese = set(NAMES.values()) - {a.name_vi for a in ADDRESSEES if a.name_vi == a.name_en}
        left = {
            (name, text) for name, shown in walk(stage) for text in texts(shown) if any(vi in text for vi in vietnamese)
        }
        # the text of a cable is what its drafter wrote
        assert {(name, text) for name, text in left if "\n" not in text} == set()
