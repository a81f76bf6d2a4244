"""The enclosures of a draft: name, size, pages, and what each gives away beside its content."""

import mimetypes
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from secmsg.metadata.report import Outcome, Report
from secmsg.office.draft import MAX_ATTACHMENT_PAGES, DraftAttachment
from secmsg.wire import names
from ui.compose import traces
from ui.format import one_line, size
from ui.language import tr
from ui.theme import Ink, icon, look
from ui.widgets.files import FileDialog
from ui.widgets.phrases import View
from ui.widgets.text import Elided, Text, Tone

UNKNOWN_TYPE = "application/octet-stream"


def describe(path: Path, taken: Sequence[str] = ()) -> DraftAttachment:
    """Make an enclosure of a file, one page until the officer says otherwise; OSError if it cannot be read.

    It goes under a name that every disk takes and that no other enclosure has.
    """
    media_type = mimetypes.guess_type(path.name)[0] or UNKNOWN_TYPE
    return DraftAttachment(names.for_export(path.name, taken), media_type, str(path), path.stat().st_size, 1)


class AttachmentsField(View):
    """Lists enclosures; `altered` carries the tuple of them after every change, `check_asked` the path of a new one."""

    altered: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    check_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self) -> None:
        super().__init__()
        self._attachments: tuple[DraftAttachment, ...] = ()
        self._lines: list[QWidget] = []
        self._reports: dict[str, Report | None] = {}
        """By path; None while a file is being looked at."""
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

    @property
    def checking(self) -> bool:
        """Whether a file is still being looked at."""
        return any(self._reports.get(each.path, ...) is None for each in self._attachments)

    def put(self, attachments: Sequence[DraftAttachment]) -> None:
        """Show these, without telling."""
        self._attachments = tuple(attachments)
        self.render_state()

    def check(self) -> None:
        """Ask for the report of every file that has none."""
        for each in self._attachments:
            if each.path not in self._reports:
                self._reports[each.path] = None
                self.check_asked.emit(Path(each.path))
        self.render_state()

    def show_report(self, path: Path, report: Report) -> None:
        """Show what a file gives away; it goes without that wherever that is possible."""
        first = self._reports.get(str(path)) is None
        self._reports[str(path)] = report
        self._change(
            tuple(_judged(each, report, first=first) if each.path == str(path) else each for each in self._attachments)
        )

    def add(self, paths: Sequence[Path]) -> None:
        """Add files that can be read."""
        found: list[DraftAttachment] = []
        for path in paths:
            if path.is_file():
                found.append(describe(path, [each.name for each in (*self._attachments, *found)]))
        self._change((*self._attachments, *found))
        for each in found:
            self._reports.pop(each.path, None)
        self.check()

    def choose(self) -> None:
        """Ask for files in a dialog of our own: the desktop's would remember them."""
        dialog = FileDialog(self, "Attach files", FileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda chosen: self.add([Path(path) for path in chosen]))
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
        report = self._reports.get(annex.path)
        row.addWidget(picture)
        row.addWidget(label, 1)
        if report is not None and report.outcome is Outcome.REMOVABLE:
            row.addWidget(self._chooser(at, annex, name))
        row.addWidget(pages)
        row.addWidget(remove)
        return self._with_report(line, annex, report)

    def _chooser(self, at: int, annex: DraftAttachment, name: str) -> QCheckBox:
        chooser = QCheckBox(tr("Without metadata"))
        chooser.setChecked(annex.without_metadata)
        chooser.setAccessibleName(tr("Send {name} without metadata", name=name))
        chooser.toggled.connect(lambda on, i=at: self._decide(i, without=on))
        return chooser

    def _with_report(self, line: QWidget, annex: DraftAttachment, report: Report | None) -> QWidget:
        if annex.path not in self._reports:
            return line
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(0)
        said = Text(Tone.DIM, wrap=True)
        said.setText(traces.sentence(report, removed=annex.without_metadata))
        if traces.is_doubtful(report, removed=annex.without_metadata):
            said.colour(Ink.WARN)
        said.setContentsMargins(look().icon + 6, 0, 0, 0)
        column.addWidget(line)
        column.addWidget(said)
        return both

    def _decide(self, at: int, *, without: bool) -> None:
        new = replace(self._attachments[at], without_metadata=without)
        self._change((*self._attachments[:at], new, *self._attachments[at + 1 :]))
        if (chooser := self._lines[at].findChild(QCheckBox)) is not None:
            chooser.setFocus()

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


def _judged(annex: DraftAttachment, report: Report, *, first: bool) -> DraftAttachment:
    """Choose for the officer until he has chosen: out with what can be taken out, and no promise where nothing can."""
    removable = report.outcome is Outcome.REMOVABLE
    if not removable:
        return replace(annex, without_metadata=False)
    return replace(annex, without_metadata=True) if first else annex
