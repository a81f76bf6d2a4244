"""What is copied from the program is marked, and leaves the clipboard again; what others copied stays."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import clipboard
from ui.clipboard import ClipboardGuard


def copied(text: str, *, ours: bool) -> None:
    data = QMimeData()
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(clipboard.mark(data) if ours else data)


def test_what_is_ours_goes_when_its_time_is_over(qapp: QApplication, qtbot: QtBot) -> None:
    guard = ClipboardGuard(qapp, after_ms=50)
    copied("Trích yếu mật", ours=True)
    assert QGuiApplication.clipboard().text() == "Trích yếu mật"
    assert bytes(QGuiApplication.clipboard().mimeData().data(clipboard.HINT).data()) == b"secret"

    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "")

    guard.deleteLater()


def test_what_another_program_copied_since_stays(qapp: QApplication, qtbot: QtBot) -> None:
    guard = ClipboardGuard(qapp, after_ms=50)
    copied("Trích yếu mật", ours=True)
    copied("địa chỉ", ours=False)

    qtbot.wait(120)
    guard.clear()

    assert QGuiApplication.clipboard().text() == "địa chỉ"
    QGuiApplication.clipboard().clear()
    guard.deleteLater()


def test_half_a_minute_is_the_usual_time() -> None:
    assert clipboard.CLEAR_AFTER_MS == 30_000
