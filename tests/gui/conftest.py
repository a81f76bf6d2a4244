"""One offscreen program with a station in memory for every test of windows; a warning of Qt fails the test."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent, QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.ui_station import PASSPHRASE, Scene, UiCourier
from ui.app import Program
from ui.compose.view import ComposeView
from ui.language import Language
from ui.main_window import MainWindow, Shelf
from ui.post import Post

HARMLESS = (
    "This plugin does not support propagateSizeHints()",
    "This plugin does not support raise()",
    "This plugin does not support grabbing the keyboard",
)


@pytest.fixture(autouse=True)
def _no_qt_warnings(qapp: QApplication) -> Iterator[None]:
    """Fail a test during which Qt warned."""
    warned: list[str] = []

    def hear(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not text.startswith(HARMLESS):
            warned.append(text)

    before = qInstallMessageHandler(hear)
    yield
    qInstallMessageHandler(before)
    assert not warned, warned


def type_text(widget: QWidget, text: str) -> None:
    """Type as an input method does; key events with Vietnamese letters would abort the process."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


@dataclass
class Desk:
    """A program under test."""

    program: Program
    scene: Scene
    bot: QtBot

    @property
    def post(self) -> Post:
        """The opened post."""
        assert self.program.post is not None
        return self.program.post

    @property
    def window(self) -> MainWindow:
        """Its main window."""
        return self.post.window

    @property
    def courier(self) -> UiCourier:
        """Its courier."""
        return self.scene.couriers[-1]

    @property
    def compose(self) -> ComposeView:
        """The compose window opened last."""
        return self.post.composing.windows[-1]

    def shelf(self) -> Shelf:
        """Give the place on show."""
        return self.window.shelf

    def settle(self) -> None:
        """Wait until every answer of the store's thread has been shown."""
        self.bot.wait(60)
        self.bot.waitUntil(lambda: self.program.background.pending == 0 and not self._gathering())
        # Without an outer loop nobody sweeps away what was marked for deletion inside `wait`.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _gathering(self) -> bool:
        post = self.program.post
        return post is not None and post._timers["gather"].isActive()

    def unlock(self) -> None:
        """Open the store and wait for the main window."""
        view = self.program.unlock
        assert view is not None
        view.field.setText(PASSPHRASE)
        view.submit()
        self.bot.waitUntil(lambda: self.program.post is not None)
        self.settle()
        self.window.activateWindow()
        self.window.table_of(self.window.shelf).setFocus()
        self.settle()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        target = QApplication.focusWidget() or QApplication.activeWindow()
        assert target is not None
        QTest.keyClick(target, key, modifiers)
        self.settle()

    def press(self, *keys: Qt.Key) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.key(key)


@pytest.fixture
def scene() -> Scene:
    """Give the station of the picture."""
    return Scene()


@pytest.fixture
def locked(qapp: QApplication, qtbot: QtBot, scene: Scene) -> Iterator[Desk]:
    """Start the program at its locked screen, in Vietnamese."""
    program = Program(qapp, scene.doors(), clock=scene.clock, language=Language.VIETNAMESE)
    program.start()
    yield Desk(program, scene, qtbot)
    program.stop()
    qtbot.wait(1)


@pytest.fixture
def desk(locked: Desk) -> Desk:
    """Open the store."""
    locked.unlock()
    return locked
