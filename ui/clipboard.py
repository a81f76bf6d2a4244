"""What this program copied: kept out of clipboard histories, and taken out again after half a minute or at a lock."""

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

HINT = "x-kde-passwordManagerHint"
"""Asks clipboard histories to keep nothing of it (KDE's; others have taken it up)."""
_OURS = "application/x-secmsg"
CLEAR_AFTER_MS = 30_000


def mark(data: QMimeData) -> QMimeData:
    """Ask clipboard histories to keep nothing of `data`."""
    data.setData(HINT, b"secret")
    data.setData(_OURS, b"1")
    return data


class ClipboardGuard(QObject):
    """Marks whatever any field of this program copies, and clears it when its time is over or on `clear`."""

    def __init__(self, parent: QObject, after_ms: int = CLEAR_AFTER_MS) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(after_ms)
        self._timer.timeout.connect(self.clear)
        self._clipboard.dataChanged.connect(self._look)

    def clear(self) -> None:
        """Take out what is ours: the clipboard, and the selection that X11 offers to the middle button."""
        self._timer.stop()
        if self._holds_ours():
            self._clipboard.clear()
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)

    def _look(self) -> None:
        if not self._holds_ours():
            self._timer.stop()
            return
        held: QMimeData | None = self._clipboard.mimeData()
        if held is not None and not held.hasFormat(_OURS) and held.hasText() and held.text():
            data = QMimeData()
            data.setText(held.text())
            self._clipboard.setMimeData(mark(data))  # comes back here, marked
            return
        self._timer.start()

    def _holds_ours(self) -> bool:
        held: QMimeData | None = self._clipboard.mimeData()  # None where there is no clipboard
        return self._clipboard.ownsClipboard() or (held is not None and held.hasFormat(_OURS))
