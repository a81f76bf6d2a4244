"""The keyboard alone: mnemonics of every menu, and keys that no input method needs."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from tests.gui.screens import SCREENS, Door, Stage, begin
from ui.language import Language


@pytest.fixture(params=list(Language), ids=lambda language: language.value)
def stage(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Start a program with its store open."""
    made = begin(qapp, Door.OPEN, request.param)
    yield made
    made.program.stop()


def draw(stage: Stage, name: str) -> QWidget:
    """Bring up a screen by its name."""
    shown = next(each for each in SCREENS if each.name == name).draw(stage)
    stage.settle()
    return shown


class TestMnemonics:
    def test_no_menu_has_a_letter_twice(self, stage: Stage) -> None:
        doubles = {}
        for each in SCREENS:
            if not each.name.startswith("menu-"):
                continue
            menu = draw(stage, each.name)
            assert isinstance(menu, QMenu)
            letters = [a.text()[a.text().index("&") + 1].casefold() for a in menu.actions() if "&" in a.text()]
            if twice := [letter for letter, count in Counter(letters).items() if count > 1]:
                doubles[each.name] = twice
            stage.tidy()
        assert doubles == {}


class TestKeys:
    def test_no_key_is_one_that_types(self, stage: Stage) -> None:
        compose = draw(stage, "compose-ready")
        held = [a for window in (stage.window, compose) for a in window.findChildren(QAction)]
        keys = {key.toString(QKeySequence.SequenceFormat.PortableText) for action in held for key in action.shortcuts()}
        assert len(keys) > 30
        bare = {key for key in keys if len(key) == 1 or (key.startswith("Shift+") and len(key) == 7)}
        assert bare == set()

    def test_no_key_of_the_compose_window_does_two_things(self, stage: Stage) -> None:
        compose = draw(stage, "compose-ready")
        portable = QKeySequence.SequenceFormat.PortableText
        keys = Counter(key.toString(portable) for action in compose.actions() for key in action.shortcuts())
        assert [key for key, count in keys.items() if count > 1] == []

    def test_letters_walk_only_in_a_list(self, stage: Stage) -> None:
        # given the list has the focus
        draw(stage, "inbox")
        table = stage.window.inbox.table
        table.choose(0)
        table.setFocus()
        QTest.keyClick(table, Qt.Key.Key_J)
        assert table.currentIndex().row() == 1
        QTest.keyClick(table, Qt.Key.Key_K)
        assert table.currentIndex().row() == 0

        # when a Telex word with those letters is typed elsewhere
        stage.window.search.setFocus()
        QTest.keyClicks(stage.window.search, "jkfsrx")
        assert stage.window.search.text() == "jkfsrx"
        assert table.currentIndex().row() == 0
        compose = draw(stage, "compose-ready")
        body = stage.post.composing.windows[-1].form.body
        body.selectAll()
        QTest.keyClicks(body, "jk")
        assert body.toPlainText() == "jk"
        assert compose.isVisible()
