"""Finding in the cable on show: what was typed is marked in its text, letter by letter as it is written."""

from PySide6.QtCore import QSize, Signal, SignalInstance
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QTextEdit, QToolButton

from secmsg.station.listing import phrase_places, places_of
from ui.language import tr
from ui.theme import icon, look
from ui.widgets.phrases import View
from ui.widgets.text import Text, Tone

MOST_MARKED = 500
_FAINT, _STRONG = 40, 110


class FindBar(View):
    """A line above the text; `closed` carries the bar when the officer goes back to the text.

    What a search in all cables was for is marked too, as long as nothing else is typed here.
    """

    closed: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self, body: QPlainTextEdit) -> None:
        super().__init__()
        self._body = body
        self._sought = ""
        self._places: tuple[tuple[int, int], ...] = ()
        self._at = -1
        self.field = QLineEdit()
        self.count = Text(Tone.DIM)
        self.close_button = QToolButton()
        self.phrases.say(self.field.setAccessibleName, "Find in this cable")
        self.phrases.say(self.field.setPlaceholderText, "Find in this cable…  (F3: next)")
        self.phrases.say(self.close_button.setAccessibleName, "Close")
        self.field.textEdited.connect(lambda _: self._look(jump=True))
        self.field.returnPressed.connect(lambda: self.step(1))
        self.close_button.clicked.connect(lambda _=False: self.leave())
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 4, 8, 4)
        line.addWidget(self.field, 1)
        line.addWidget(self.count)
        line.addWidget(self.close_button)
        self.hide()

    def open(self) -> None:
        """Show the line with the cursor in it."""
        self.show()
        self.field.setFocus()
        self.field.selectAll()
        self._look(jump=False)

    def leave(self) -> None:
        """Hide the line and go back to the text."""
        self.hide()
        self.field.clear()
        self._look(jump=False)
        self.closed.emit(self)

    def show_sought(self, sought: str) -> None:
        """Mark what a search in all cables was for ("": nothing), in the text that is on show now."""
        self._sought = sought
        self._look(jump=bool(sought) and not self.isVisible())

    def step(self, by: int) -> None:
        """Go to the next place, or the one before; the ends meet."""
        if self._places:
            self._at = (self._at + by) % len(self._places) if self._at >= 0 else (0 if by > 0 else -1)
            self._at %= len(self._places)
            self._go()

    def render_state(self) -> None:
        """Say where in the text the cursor stands."""
        self.close_button.setIcon(icon("x"))
        self.close_button.setIconSize(QSize(look().icon, look().icon))
        if not self._places:
            self.count.setText(tr("Not in this cable") if self._typed() else "")
        elif self._at < 0:
            self.count.setText(tr("{n} places", n=len(self._places)))
        else:
            self.count.setText(tr("{at} of {n}", at=self._at + 1, n=len(self._places)))
        self._paint()

    def _typed(self) -> str:
        return self.field.text() if self.isVisible() and self.field.text() else self._sought

    def _look(self, *, jump: bool) -> None:
        text = self._body.toPlainText()
        here = self.isVisible() and bool(self.field.text())
        self._places = phrase_places(text, self.field.text()) if here else places_of(text, self._sought)
        self._at = 0 if jump and self._places else -1
        if self._at == 0:
            self._go()
        self.render_state()

    def _go(self) -> None:
        cursor = self._cursor(*self._places[self._at])
        cursor.setPosition(cursor.selectionStart())
        self._body.setTextCursor(cursor)
        self._body.centerCursor()
        self.render_state()

    def _paint(self) -> None:
        marked = []
        first = max(0, self._at - MOST_MARKED // 2)
        for number, span in enumerate(self._places[first : first + MOST_MARKED], first):
            selection = QTextEdit.ExtraSelection()
            form = QTextCharFormat()
            ground = QColor(look().colours.focus)
            ground.setAlpha(_STRONG if number == self._at else _FAINT)
            form.setBackground(ground)
            form.setFontUnderline(True)
            selection.format = form
            selection.cursor = self._cursor(*span)
            marked.append(selection)
        self._body.setExtraSelections(marked)

    def _cursor(self, start: int, end: int) -> QTextCursor:
        text = self._body.toPlainText()
        cursor = QTextCursor(self._body.document())
        cursor.setPosition(_units(text, start))
        cursor.setPosition(_units(text, end), QTextCursor.MoveMode.KeepAnchor)
        return cursor


def _units(text: str, at: int) -> int:
    """Count as Qt does: a letter beyond the first plane takes two places."""
    return at if text.isascii() else len(text[:at].encode("utf-16-le")) // 2
