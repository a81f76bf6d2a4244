"""Read to send: one line of the message at a time in large figures, with its number and a tick once read back."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.language import tr
from ui.manual.aloud import words
from ui.manual.aloud.state import ReadLine, ReadState
from ui.theme import Ink, icon, look, mono
from ui.widgets.flow import FlowRow
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import fitting
from ui.widgets.text import Text, Tone

POINTS = 40
"""Size of the figures, whatever the size of the rest."""
ACROSS = 5
"""Groups side by side: a row of ten is spoken in two breaths."""
NEXT = (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Space)
LAST = (Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace)
TICK = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Aloud(Text):
    """One group in large figures."""

    def dress(self) -> None:
        """Keep the large fixed figures."""
        super().dress()
        font = mono()
        font.setPointSizeF(POINTS)
        font.setWeight(QFont.Weight.Medium)
        self.setFont(font)


class ReadWindow(QDialog):
    """Walks through the lines; `read` carries the window when every line was read back, `closed` when it closes."""

    read: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    closed: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, lines: tuple[ReadLine, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.state = ReadState(lines)
        self.heading, self.rule, self.standing = Text(Tone.TITLE), Text(Tone.DIM, wrap=True), Text(Tone.BOLD, wrap=True)
        self.sign = QLabel()
        self.sign.setTextFormat(Qt.TextFormat.PlainText)
        self.groups: list[Aloud] = []
        held = QWidget()
        self._places = QGridLayout(held)
        self._places.setHorizontalSpacing(28)
        self._places.setColumnStretch(ACROSS, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.addStretch(1)
        column.addWidget(held)
        column.addStretch(1)
        self.area = Scroll(inside)
        self.last_button, self.next_button, self.tick_button = QPushButton(), QPushButton(), QPushButton()
        self.close_button = QPushButton()
        self.last_button.clicked.connect(lambda _=False: self.walk(-1))
        self.next_button.clicked.connect(lambda _=False: self.walk(1))
        self.tick_button.clicked.connect(lambda _=False: self.tick())
        self.close_button.clicked.connect(self.reject)
        self.tick_button.setDefault(True)
        self._lay_out()
        self.resize(fitting(980, look().px(440)))
        self.dress()
        self.tick_button.setFocus()

    def walk(self, step: int) -> None:
        """Go to a neighbouring line."""
        self.state = self.state.walked(step)
        self.render_state()

    def tick(self) -> None:
        """Note that the line was read back and is right, and go on to the next that was not."""
        whole = self.state.all_ticked
        self.state = self.state.ticked()
        self.render_state()
        if self.state.all_ticked and not whole:
            self.read.emit(self)

    def show_lines(self, lines: tuple[ReadLine, ...]) -> None:
        """Take other words for the same lines."""
        self.state = replace(self.state, lines=lines)
        self.render_state()

    def render_state(self) -> None:
        """Show the line in hand."""
        state, line = self.state, self.state.line
        self.setWindowTitle(tr("Read to send"))
        self.heading.setText(tr("{line} · {n} of {all}", line=words.title(line), n=state.at + 1, all=len(state.lines)))
        while len(self.groups) < len(line.groups):
            label = Aloud()
            self._places.addWidget(label, len(self.groups) // ACROSS, len(self.groups) % ACROSS)
            self.groups.append(label)
        for at, label in enumerate(self.groups):
            label.setText(line.groups[at] if at < len(line.groups) else "")
            label.setVisible(at < len(line.groups))
        self.area.setAccessibleName(" ".join((self.heading.text(), *line.groups)))
        self.rule.setText(
            tr(
                "Figure by figure: không một hai ba bốn năm sáu bảy tám chín. Pause after every group; say the number "
                "of the line before it. Never: mốt, tư, lăm, nhăm, mươi."
            )
        )
        ticked = state.at in state.read_back
        name, ink = ("circle-check", Ink.GOOD) if ticked else ("circle", Ink.DIM)
        self.sign.setPixmap(icon(name, ink).pixmap(look().icon, look().icon))
        said = tr("read back and right") if ticked else tr("not read back yet")
        self.standing.setText(
            tr(
                "This line: {state}. {n} of {all} lines read back.",
                state=said,
                n=len(state.read_back),
                all=len(state.lines),
            )
        )
        self.last_button.setText(tr("&Line before"))
        self.next_button.setText(tr("&Next line"))
        self.tick_button.setText(tr("&Read back and right"))
        self.close_button.setText(tr("&Close"))
        self.last_button.setEnabled(state.at > 0)
        self.next_button.setEnabled(state.at < len(state.lines) - 1)

    def dress(self) -> None:
        """Take the look in force."""
        self.render_state()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.sign)
        line.addWidget(self.standing, 1)
        buttons = FlowRow(self.last_button, self.next_button, self.tick_button, self.close_button)
        column = QVBoxLayout(self)
        column.setSpacing(look().px(10))
        column.addWidget(self.heading)
        column.addWidget(self.area, 1)
        column.addLayout(line)
        column.addWidget(self.rule)
        column.addWidget(buttons)
        for button in (self.last_button, self.next_button, self.tick_button, self.close_button):
            button.installEventFilter(self)

    def reject(self) -> None:
        """Close."""
        self.closed.emit(self)
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk and tick by keys."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not self._heed(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def _heed(self, key: Qt.Key) -> bool:
        if key in NEXT:
            self.walk(1)
        elif key in LAST:
            self.walk(-1)
        elif key in TICK:
            self.tick()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.walk(len(self.state.lines) * (1 if key == Qt.Key.Key_End else -1))
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keys that walk do so wherever the cursor is; Space and Enter press the button that has it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not event.modifiers():
            key = Qt.Key(event.key())
            if key not in (*TICK, Qt.Key.Key_Space):
                return self._heed(key)
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.render_state()
