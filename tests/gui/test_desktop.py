"""The program locks with the desktop: signals on a real bus; and without a bus nothing happens."""

import os
import shutil
import subprocess
import sys

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.desktop import Desktop


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="dbus-run-session of the package dbus is missing")
def test_it_locks_when_the_desktop_locks_or_sleeps_and_not_when_it_wakes() -> None:
    command = (
        "DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS; export DBUS_SYSTEM_BUS_ADDRESS; "
        f"exec {sys.executable} -m tests.helpers.desktop_bus"
    )

    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", command], capture_output=True, text=True, timeout=60, check=False
    )

    assert done.stdout.splitlines() == ["lock: 1", "wake: 1", "sleep: 2", "saver ends: 2", "saver begins: 3"], (
        done.stderr
    )


def test_without_a_bus_it_hears_nothing_and_says_nothing() -> None:
    code = (
        "from PySide6.QtCore import QCoreApplication\nfrom ui.desktop import Desktop\n"
        "app = QCoreApplication([])\nDesktop(app).listen()\napp.processEvents()\nprint('listening')"
    )
    nowhere = {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent", "DBUS_SESSION_BUS_ADDRESS": "disabled:"}

    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **nowhere}, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "listening\n", "")


def test_only_a_beginning_locks(qapp: QApplication, qtbot: QtBot) -> None:
    desktop = Desktop(qapp)
    heard: list[object] = []
    desktop.locks.connect(heard.append)

    desktop.sleep(False)
    desktop.sleep(True)
    desktop.lock()

    assert len(heard) == 2
