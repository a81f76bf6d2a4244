"""A small window of lines in two columns, or of plain text: keys, links, notices, an enclosure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from secmsg.vietnamese import fold
from secmsg.wire.cable import Degree
from ui.format import one_line, visible
from ui.language import tr
from ui.theme import Ink, icon, look, mono, wide
from ui.widgets.marks import LevelBanner
from ui.widgets.rows import Column, Emphasis, Manner, RowsModel, RowTable
from ui.widgets.text import Text, Tone

LARGEST = QSize(980, 590)
"""What a small window takes at most, so that the smallest screen holds it with its frame."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line: what, and what about it; `head` lines are titles of a part."""

    left: str
    right: str = ""
    head: bool = False
    icon: str = ""
    ink: Ink = Ink.TEXT


def fitting(width: int, height: int) -> QSize:
    """Give a size that the smallest screen holds, frame and all."""
    return QSize(width, height).boundedTo(LARGEST)


class Sheet(QDialog):
    """Shows lines that are asked again after a change of language; Esc closes."""

    def __init__(
        self,
        title: Callable[[], str],
        lines: Callable[[], Sequence[SheetLine]],
        parent: QWidget,
        buttons: Sequence[tuple[Callable[[], str], Callable[[], None]]] = (),
        *,
        sought: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title, self._lines, self._verbs = title, lines, buttons
        self.heading = Text(Tone.TITLE, wrap=True)
        self.search = QLineEdit()
        self.search.setVisible(sought)
        self.search.textChanged.connect(lambda _: self.render_state())
        columns: tuple[Column[SheetLine], ...] = (
            Column(
                lambda: tr("What"),
                lambda line: line.left,
                self._left_width,
                icon=lambda line: icon(line.icon, line.ink) if line.icon else None,
            ),
            Column(lambda: tr("Details"), lambda line: line.right, None),
        )
        manner: Manner[SheetLine] = Manner(
            key=lambda line: (line.left, line.right),
            sentence=lambda line: f"{line.left}: {line.right}" if line.right else line.left,
            strong=lambda line: line.head,
        )
        self.table: RowTable[SheetLine] = RowTable(RowsModel(columns, manner))
        self.table.setHeaderHidden(True)
        self.box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._buttons: list[QPushButton] = []
        for _, do in buttons:
            button = self.box.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
            button.clicked.connect(do)
            self._buttons.append(button)
        self.box.rejected.connect(self.reject)
        copy = QAction(self)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.triggered.connect(lambda _=False: self.copy())
        self.addAction(copy)
        column = QVBoxLayout(self)
        column.addWidget(self.heading)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        column.addWidget(self.box)
        self.render_state()
        (self.search if sought else self.table).setFocus()
        self.resize(fitting(look().px(620), look().px(min(620, 130 + 28 * len(self.table.rows_model.rows)))))

    def render_state(self) -> None:
        """Say everything."""
        self.setWindowTitle(self._title())
        self.heading.setText(self._title())
        self.table.setAccessibleName(self._title())
        self.search.setPlaceholderText(tr("Find a word"))
        self.search.setAccessibleName(tr("Find a word"))
        self.table.say_when_empty(tr("Nothing here contains this word."))
        self.table.show_rows(found(self._lines(), self.search.text()))
        self.table.fit()
        for button, (verb, _) in zip(self._buttons, self._verbs, strict=True):
            button.setText(verb())

    def as_text(self) -> str:
        """Give every line as text that a printer takes: two columns, titles in capitals."""
        lines = self._lines()
        wide = max((len(line.left) for line in lines), default=0)
        body = (
            f"\n{line.left.upper()}" if line.head else f"{line.left:{wide}}   {line.right}".rstrip() for line in lines
        )
        return "\n".join((self._title(), *body, ""))

    def copy(self) -> None:
        """Put the chosen line into the clipboard."""
        if (line := self.table.row) is not None:
            QGuiApplication.clipboard().setText(": ".join(part for part in (line.left, line.right) if part))

    def _left_width(self) -> int:
        rows = self.table.rows_model.rows if hasattr(self, "table") else ()
        return max((wide(one_line(row.left), Emphasis.STRONG) for row in rows), default=0) + look().px(46)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.render_state()


def found(lines: Sequence[SheetLine], sought: str) -> list[SheetLine]:
    """Give the lines that hold every word sought, with or without its marks, under their titles."""
    words = fold(sought).split()
    kept: list[SheetLine] = []
    for line in lines:
        if line.head and kept and kept[-1].head:
            kept.pop()
        if line.head or all(word in fold(f"{line.left} {line.right}") for word in words):
            kept.append(line)
    return kept[:-1] if words and kept and kept[-1].head else kept


class PlainWindow(QDialog):
    """Shows an enclosure's text under its degree."""

    def __init__(self, name: str, text: str, degree: Degree, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name = name
        banner = LevelBanner()
        banner.show_degree(degree)
        heading = Text(Tone.BOLD, wrap=True)
        heading.setText(name)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(mono())
        self.text.setPlainText(visible(text))
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(banner)
        column.addWidget(heading)
        column.addWidget(self.text, 1)
        column.addWidget(box)
        self.resize(fitting(look().px(760), look().px(560)))
        self._say()

    def _say(self) -> None:
        self.setWindowTitle(tr("Enclosure"))
        self.text.setAccessibleName(tr("Text of {name}", name=one_line(self._name)))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
