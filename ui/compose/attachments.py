"""The enclosures of a draft: name, size, and the page count that the receiver will count again."""

import mimetypes
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from secmsg.office.draft import MAX_ATTACHMENT_PAGES, DraftAttachment
from ui.format import one_line, size
from ui.language import tr
from ui.theme import icon, look
from ui.widgets.files import FileDialog
from ui.widgets.phrases import View
from ui.widgets.text import Elided

UNKNOWN_TYPE = "application/octet-stream"


def describe(path: Path) -> DraftAttachment:
    """Make an enclosure of a file, one page until the officer says otherwise; OSError if it cannot be read."""
    media_type = mimetypes.guess_type(path.name)[0] or UNKNOWN_TYPE
    return DraftAttachment(path.name, media_type, str(path), path.stat().st_size, 1)


class AttachmentsField(View):
    """Lists enclosures; `altered` carries the tuple of them after every change."""

    altered: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self) -> None:
        super().__init__()
        self._attachments: tuple[DraftAttachment, ...] = ()
        self._lines: list[QWidget] = []
        self.add_button = QPushButton()
        self.phrases.say(self.add_button.setText, "A&ttach…")
        self.phrases.draw(self.add_button.setIcon, "paperclip")
        self.add_button.clicked.connect(self.choose)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        line = QHBoxLayout()
        line.addWidget(self.add_button)
        line.addStretch(1)
        self._column.addLayout(line)

    @property
    def attachments(self) -> tuple[DraftAttachment, ...]:
        """The enclosures in their order."""
        return self._attachments

    def put(self, attachments: Sequence[DraftAttachment]) -> None:
        """Show these, without telling."""
        self._attachments = tuple(attachments)
        self.render_state()

    def add(self, paths: Sequence[Path]) -> None:
        """Add files that can be read."""
        found = [describe(path) for path in paths if path.is_file()]
        self._change((*self._attachments, *found))

    def choose(self) -> None:
        """Ask for files in a dialog of our own: the desktop's would remember them."""
        dialog = FileDialog(self, "Attach files", FileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.add([Path(name) for name in names]))
        dialog.open()

    def render_state(self) -> None:
        """Draw the lines anew."""
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(at, annex) for at, annex in enumerate(self._attachments)]
        for at, line in enumerate(self._lines):
            self._column.insertWidget(at, line)

    def _line(self, at: int, annex: DraftAttachment) -> QWidget:
        name = one_line(annex.name)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        picture = QLabel()
        picture.setTextFormat(Qt.TextFormat.PlainText)
        picture.setPixmap(icon("paperclip").pixmap(QSize(look().icon, look().icon)))
        label = Elided()
        label.setText(f"{name} · {size(annex.size)}")
        pages = QSpinBox()
        pages.setMinimumHeight(look().px(24))
        pages.setRange(0, MAX_ATTACHMENT_PAGES)
        pages.setValue(annex.pages)
        pages.setSuffix(tr(" pages"))
        pages.setAccessibleName(tr("Pages of {name}", name=name))
        pages.valueChanged.connect(lambda count, i=at: self._recount(i, count))
        remove = QToolButton()
        remove.setIcon(icon("x"))
        remove.setAutoRaise(True)
        remove.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        remove.setAccessibleName(tr("Remove {name}", name=name))
        remove.clicked.connect(lambda _=False, i=at: self._drop(i))
        row.addWidget(picture)
        row.addWidget(label, 1)
        row.addWidget(pages)
        row.addWidget(remove)
        return line

    def _recount(self, at: int, pages: int) -> None:
        new = replace(self._attachments[at], pages=pages)
        self._attachments = (*self._attachments[:at], new, *self._attachments[at + 1 :])
        self.altered.emit(self._attachments)

    def _drop(self, at: int) -> None:
        self._change((*self._attachments[:at], *self._attachments[at + 1 :]))
        self.add_button.setFocus()

    def _change(self, attachments: tuple[DraftAttachment, ...]) -> None:
        self._attachments = attachments
        self.render_state()
        self.altered.emit(attachments)
