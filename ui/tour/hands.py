"""Hands on the real widgets: keys and words as an officer would give them, and waiting without blocking the windows."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

PATIENCE_S = 30.0
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def wait(until: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    """Let the windows live until `until` holds; TimeoutError names what did not come."""
    ends = time.monotonic() + patience_s
    while not until():
        if time.monotonic() > ends:
            raise TimeoutError(f"did not come within {patience_s:.0f} s: {what}")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.005)


def settle(seconds: float = 0.15) -> None:
    """Let the windows live for a moment."""
    ends = time.monotonic() + seconds
    wait(lambda: time.monotonic() >= ends, "the end of a pause", seconds + 5)


def front(window: QWidget) -> None:
    """Bring a window to the front, where keys go."""
    if QApplication.activeWindow() is window:
        return
    window.show()
    if QApplication.platformName() != "offscreen":
        window.raise_()
    window.activateWindow()
    wait(lambda: QApplication.activeWindow() is window, f"the window {window.windowTitle()!r} in front")


def press(window: QWidget, key: Qt.Key, *, ctrl: bool = False, shift: bool = False) -> None:
    """Press a key where the cursor is."""
    front(window)
    modifiers = (_CTRL if ctrl else Qt.KeyboardModifier.NoModifier) | (
        _SHIFT if shift else Qt.KeyboardModifier.NoModifier
    )
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)
    settle(0.05)


def write(text: str) -> None:
    """Give words to the field that has the cursor, as an input method does."""
    field = QApplication.focusWidget()
    if field is None:
        raise TimeoutError("no field has the cursor")
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(field, event)
    settle(0.05)


def type_keys(window: QWidget, text: str) -> None:
    """Type plain letters key by key into the field that has the cursor."""
    front(window)
    QTest.keyClicks(QApplication.focusWidget() or window, text)
    settle(0.05)
