"""Lines with a picture before each: what is wrong, what was found, what comes next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.theme import Ink, icon, look
from ui.widgets.text import Text

Said = tuple[str, Ink, str]
"""Icon, its ink, words."""


class Lines(QWidget):
    """Shows lines one below the other; what a screen reader says of the whole is their words."""

    def __init__(self) -> None:
        super().__init__()
        self.said: tuple[Said, ...] = ()
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look().px(2))

    def show_lines(self, lines: Sequence[Said]) -> None:
        """Show these."""
        if tuple(lines) == self.said and self._rows:
            return
        self.said = tuple(lines)
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_row(name, ink, words, self.width()) for name, ink, words in lines]
        for row in self._rows:
            self._column.addWidget(row)
            row.show()
        self.setAccessibleName(" ".join(words for _, _, words in lines))
        self.updateGeometry()

    def dress(self) -> None:
        """Take the look in force."""
        again, self.said = self.said, ()
        self.show_lines(again)


def _row(name: str, ink: Ink, words: str, width: int) -> QWidget:
    whole = QWidget()
    across = QHBoxLayout(whole)
    across.setContentsMargins(0, 0, 0, 0)
    sign = QLabel()
    sign.setTextFormat(Qt.TextFormat.PlainText)
    sign.setPixmap(icon(name, ink).pixmap(look().icon, look().icon))
    said = Text(wrap=True)
    said.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    said.resize(width, said.height())  # so that it counts its lines at the width that it will have
    said.setText(words)
    across.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(said, 1, Qt.AlignmentFlag.AlignTop)
    return whole
