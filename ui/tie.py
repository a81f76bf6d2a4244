"""A screen's end of the line to its supervisor, on the Qt thread."""

import socket

from PySide6.QtCore import QObject, QSocketNotifier, Signal, SignalInstance

from ui import lines
from ui.lines import Ear, Line


class Tie(QObject):
    """`heard` carries a Line; `cut` this object, once, when the supervisor has gone."""

    heard: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    cut: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, line: socket.socket, parent: QObject) -> None:
        super().__init__(parent)
        self._line, self._ear = line, Ear()
        self._whole = True
        self._notifier = QSocketNotifier(line.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._listen)

    @property
    def is_cut(self) -> bool:
        """Whether the supervisor has gone."""
        return not self._whole

    def tell(self, line: Line, handed: socket.socket | None = None) -> None:
        """Say something, and hand the end of another line over; a supervisor that has gone is noticed elsewhere."""
        try:
            if handed is None:
                self._line.sendall(lines.write(line))
            else:
                socket.send_fds(self._line, [lines.write(line)], [handed.fileno()])
        except OSError:
            return

    def _listen(self) -> None:
        try:
            data = self._line.recv(lines.MAX_LINE)
            said = self._ear.hear(data)
        except (OSError, ValueError):
            data, said = b"", []
        for line in said:
            self.heard.emit(line)
        if not data and self._whole:
            self._whole = False
            self._notifier.setEnabled(False)
            self.cut.emit(self)
