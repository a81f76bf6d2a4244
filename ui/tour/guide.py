"""The small guide beside the demo's windows: which step is next, done by the newcomer or on request by the guide."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.tour.step import Step

LOOK_EVERY_MS = 500


class Guide(QWidget):
    """Shows the steps, ticks those that hold, and can do the next one with its own hands."""

    def __init__(self, steps: Sequence[Step]) -> None:
        super().__init__()
        self._steps = steps
        self._at = 0
        self._busy = False
        self.setWindowFlags(Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint)
        self.setWindowTitle("DIỄN TẬP / DEMO")
        self.title = self._label()
        self.words = self._label()
        self.done = self._label()
        self.do_button = QPushButton("Làm hộ bước này / Do this step for me")
        self.skip_button = QPushButton("Bước kế / Next")
        self.do_button.clicked.connect(self.do_step)
        self.skip_button.clicked.connect(self._next)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        buttons = QHBoxLayout()
        buttons.addWidget(self.do_button)
        buttons.addWidget(self.skip_button)
        column = QVBoxLayout(self)
        for widget in (self.title, self.words, self.done):
            column.addWidget(widget)
        column.addStretch(1)
        column.addLayout(buttons)
        self.resize(520, 300)
        self._show_step()

    def start(self) -> None:
        """Begin to watch for steps that the newcomer does."""
        self._timer.start(LOOK_EVERY_MS)

    def stop(self) -> None:
        """Watch no more and go."""
        self._timer.stop()
        self.close()

    def do_step(self) -> None:
        """Do the step with the guide's own hands."""
        if self._busy or self._at >= len(self._steps):
            return
        self._busy = True
        self.do_button.setEnabled(False)
        try:
            self._steps[self._at].do()
        except TimeoutError as error:
            self.done.setText(str(error))
        finally:
            self._busy = False
            self.do_button.setEnabled(self._at < len(self._steps))

    def _look(self) -> None:
        if self._busy or self._at >= len(self._steps):
            return
        step = self._steps[self._at]
        if step.holds():
            self._next()
            self.done.setText(f"Xong / done: {step.told.vi}")

    def _next(self) -> None:
        self._at = min(self._at + 1, len(self._steps))
        self._show_step()

    def _show_step(self) -> None:
        left = self._at < len(self._steps)
        self.do_button.setEnabled(left)
        self.skip_button.setEnabled(left)
        if not left:
            self.title.setText("Hết các bước / All steps done")
            self.words.setText("Đóng cửa sổ để kết thúc; mọi thứ sẽ được xóa. / Close a window to end; all of it goes.")
            return
        step = self._steps[self._at]
        self.title.setText(f"Bước / step {self._at + 1}/{len(self._steps)}")
        self.words.setText(f"{step.how.vi}\n→ {step.told.vi}\n\n{step.how.en}\n→ {step.told.en}")

    @staticmethod
    def _label() -> QLabel:
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label
