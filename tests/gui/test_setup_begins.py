"""The set-up is asked for before the heavy half of the program is loaded, and comes when it is."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.screen import Screen
from ui.setup.state import Page


def test_a_set_up_asked_for_at_once_comes_when_the_program_is_there(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = Screen(qapp, tmp_path / "none", None)
    screen.start()
    assert screen._front.view is not None
    screen._front.view.open_button.click()
    assert screen._program is None

    screen._painted()
    qtbot.waitUntil(lambda: screen._program is not None and screen._program.setting_up is not None, timeout=20_000)

    assert screen._program is not None
    assert screen._program.setting_up is not None
    assert screen._program.setting_up.view.state.page is Page.LANGUAGE
    assert screen._front.view is None
    assert not (tmp_path / "none").exists(), "nothing is made before the officer asks for it"
    screen.stop()
