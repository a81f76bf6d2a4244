"""The two pouch windows: choose what goes and write it; and what came out of one that was read."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from secmsg.ids import StationId
from secmsg.station.pouch_views import PouchRead, PouchWaiting, PouchWritten
from ui.format import Place
from ui.language import tr
from ui.pouch import words
from ui.pouch.state import Phase, ReadState, WriteState, all_sendable, percent, sendable
from ui.pouch.words import Line
from ui.theme import Ink, icon, look
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import fitting
from ui.widgets.text import Text, Tone

MEASURE_MS = 100


class Meter:
    """How far the work is, written by its thread and looked at by the window; `stopped` goes the other way."""

    def __init__(self) -> None:
        self.done = self.total = 0
        self.stopped = False

    def tell(self, done: int, total: int) -> None:
        """Take note of how far the work is."""
        self.done, self.total = done, total


class PouchWindow(QDialog):
    """What both windows have: title, explanation, progress, lines of outcome, buttons. Esc closes when nothing runs."""

    closed: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self, here: Place, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.here = here
        self.meter = Meter()
        self.heading, self.told = Text(Tone.TITLE, wrap=True), Text(Tone.DIM, wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 100)
        self.outcome = QWidget()
        self._outcome = QVBoxLayout(self.outcome)
        self._outcome.setContentsMargins(0, 0, 0, 0)
        self._outcome.addStretch(1)
        self._shown: list[QWidget] = []
        self.outcome_area = Scroll(self.outcome)
        self.outcome_area.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # at the largest text it scrolls, by keys as well
        self.stop_button, self.close_button = QPushButton(), QPushButton()
        self.stop_button.clicked.connect(self.stop)
        self.close_button.clicked.connect(self.reject)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.stop_button)
        self.buttons.addWidget(self.close_button)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._measure)
        self.column = QVBoxLayout(self)
        self.column.setSpacing(look().px(10))
        self.column.addWidget(self.heading)
        self.column.addWidget(self.told)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.outcome_area, 4)
        self.column.addStretch(1)
        self.column.addLayout(self.buttons)
        self.resize(fitting(look().px(640), look().px(360)))

    @property
    def working(self) -> bool:
        """Whether something is under way."""
        return False

    def stop(self) -> None:
        """Ask the work to end."""
        self.meter.stopped = True
        self.stop_button.setEnabled(False)

    def render_state(self) -> None:
        """Say everything; the windows add their own."""
        self.bar.setAccessibleName(tr("Progress"))
        self.bar.setVisible(self.working)
        self.stop_button.setText(tr("&Stop"))
        self.stop_button.setVisible(self.working)
        self.close_button.setText(tr("&Close"))
        self.close_button.setEnabled(not self.working)
        if self.working and not self._timer.isActive():
            self._timer.start(MEASURE_MS)
        elif not self.working:
            self._timer.stop()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Put the outcome into the window, one line each."""
        for widget in self._shown:
            self._outcome.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = [_line(name, ink, text) for name, ink, text in lines]
        for at, widget in enumerate(self._shown):
            self._outcome.insertWidget(at, widget)
        self.outcome_area.setVisible(bool(lines))
        self.outcome_area.setAccessibleName(" ".join(text for _, _, text in lines))

    def dress(self) -> None:
        """Take the look in force."""
        self.bar.setFixedHeight(look().px(8))
        self.render_state()

    def _measure(self) -> None:
        self.bar.setValue(percent(self.meter.done, self.meter.total))

    def reject(self) -> None:
        """Close, unless something is under way."""
        if not self.working:
            self.closed.emit(self)
            super().reject()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.render_state()


class WriteWindow(PouchWindow):
    """Choose for whom, then write; `write_asked` carries the window: the file is to be asked for."""

    write_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self, here: Place, parent: QWidget) -> None:
        super().__init__(here, parent)
        self.state = WriteState()
        self.boxes: dict[StationId, QCheckBox] = {}
        self.write_button = QPushButton()
        self.write_button.setDefault(True)
        self.write_button.clicked.connect(self._ask)
        self.buttons.insertWidget(1, self.write_button)
        self.choices = QWidget()
        self._choices = QVBoxLayout(self.choices)
        self._choices.setContentsMargins(0, 0, 0, 0)
        self._choices.addStretch(1)
        self.area = Scroll(self.choices)
        self.column.insertWidget(2, self.area, 4)
        self.dress()

    def offer(self, rows: tuple[PouchWaiting, ...]) -> None:
        """Show for whom something waits; everything that can go is chosen."""
        self.state = replace(self.state, rows=rows, chosen=all_sendable(rows))
        for box in self.boxes.values():
            box.deleteLater()
        self.boxes = {row.station: self._box(row) for row in rows}
        self.render_state()
        self.write_button.setFocus()

    def begin(self) -> Meter:
        """Show that the writing is under way."""
        self.meter = Meter()
        self.state = replace(self.state, phase=Phase.WORKING, written=None, error=None)
        self.stop_button.setEnabled(True)
        self.render_state()
        return self.meter

    def finish(self, written: PouchWritten) -> None:
        """Show what was proven."""
        self.state = replace(self.state, phase=Phase.DONE, written=written)
        self.render_state()
        self.close_button.setFocus()

    def refuse(self, error: BaseException) -> None:
        """Show why nothing counts as written."""
        self.state = replace(self.state, phase=Phase.REFUSED, error=error)
        self.render_state()
        self.write_button.setFocus()

    @property
    def working(self) -> bool:
        """Whether the pouch is being written."""
        return self.state.phase is Phase.WORKING

    def render_state(self) -> None:
        """Show the state."""
        super().render_state()
        state = self.state
        self.setWindowTitle(tr("Write a pouch"))
        self.heading.setText(tr("Write a pouch"))
        self.told.setText(self._told())
        self.told.setVisible(state.phase is not Phase.DONE)
        for row in state.rows or ():
            self.boxes[row.station].setText(words.waits(row))
            self.boxes[row.station].setEnabled(sendable(row) and not self.working)
        self.area.setVisible(bool(state.rows) and state.phase is not Phase.DONE)
        self.write_button.setText(tr("&Write to a file…"))
        self.write_button.setEnabled(state.may_write)
        self.write_button.setVisible(state.phase is not Phase.DONE)
        self.show_lines(self._lines())

    def _told(self) -> str:
        if self.state.rows == ():
            return tr("Nothing waits in the outbox: there is nothing to carry.")
        return tr(
            "A pouch is one file that carries the sealed envelopes which wait in the outbox, for a courier. "
            "Choose the posts it is for."
        )

    def _lines(self) -> list[Line]:
        state = self.state
        if state.phase is Phase.WORKING:
            return [
                (
                    "hourglass",
                    Ink.DIM,
                    tr("Writing, then reading back. Do not pull the medium; locking the screen would stop it."),
                )
            ]
        if state.written is not None:
            return words.written(state.written, self.here)
        if state.error is not None:
            return [("circle-x", Ink.FAULT, words.failure(state.error))]
        return []

    def _box(self, row: PouchWaiting) -> QCheckBox:
        box = QCheckBox(words.waits(row))
        box.setChecked(row.station in self.state.chosen)
        box.toggled.connect(lambda on: self._choose(row.station, on=on))
        self._choices.insertWidget(self._choices.count() - 1, box)
        return box

    def _choose(self, station: StationId, *, on: bool) -> None:
        chosen = self.state.chosen | {station} if on else self.state.chosen - {station}
        self.state = replace(self.state, chosen=chosen)
        self.render_state()

    def _ask(self) -> None:
        if self.state.may_write:
            self.write_asked.emit(self)


class ReadWindow(PouchWindow):
    """What comes out of a pouch that is being read."""

    def __init__(self, here: Place, parent: QWidget, name: str) -> None:
        super().__init__(here, parent)
        self.state = ReadState()
        self._name = name
        self.dress()

    def finish(self, came: PouchRead) -> None:
        """Show what came."""
        self.state = ReadState(Phase.DONE, came)
        self.render_state()
        self.close_button.setFocus()

    def refuse(self, error: BaseException) -> None:
        """Show why nothing was taken."""
        self.state = ReadState(Phase.REFUSED, error=error)
        self.render_state()
        self.close_button.setFocus()

    @property
    def working(self) -> bool:
        """Whether the pouch is being read."""
        return self.state.phase is Phase.WORKING

    def render_state(self) -> None:
        """Show the state."""
        super().render_state()
        self.setWindowTitle(tr("Read a pouch"))
        self.heading.setText(tr("Pouch {name}", name=self._name))
        self.told.setText(tr("Only what is sealed for this machine is taken; other files are left alone."))
        self.show_lines(self._lines())

    def _lines(self) -> list[Line]:
        if self.state.came is not None:
            return words.came(self.state.came, self.here)
        if self.state.error is not None:
            return [("circle-x", Ink.FAULT, words.failure(self.state.error))]
        return [("hourglass", Ink.DIM, tr("Reading. What is whole is taken at once; do not pull the medium."))]


def _line(name: str, ink: Ink, text: str) -> QWidget:
    whole = QWidget()
    across = QHBoxLayout(whole)
    across.setContentsMargins(0, 0, 0, 0)
    sign = QLabel()
    sign.setTextFormat(Qt.TextFormat.PlainText)
    sign.setPixmap(icon(name, ink).pixmap(look().icon, look().icon))
    words_ = Text(wrap=True)
    words_.setText(text)
    across.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(words_, 1, Qt.AlignmentFlag.AlignTop)
    return whole
