"""What all pages have: labelled fields in a column, what they lack, and the act that the way forward is."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.setup.state import Act, Lack, SetupState
from ui.widgets.phrases import View
from ui.widgets.text import Text, Tone


class PageView(View):
    """One page; `asked` carries an Act that a button of the page asks for."""

    asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self) -> None:
        super().__init__()
        self.state = SetupState()
        self.told = Text(wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.told)

    def show_state(self, state: SetupState) -> None:
        """Show where the set-up stands."""
        self.state = state
        self.render_state()

    def lack(self) -> Lack | None:
        """Say what is lacking before the way forward is open."""
        return None

    def place(self, lack: Lack) -> QWidget | None:  # noqa: ARG002 - most pages have one place
        """Give the field where what is lacking is entered."""
        return self.first()

    def act(self) -> Act | None:
        """Give what the way forward asks of the store; None: only the next page."""
        return None

    def first(self) -> QWidget | None:
        """Give the widget that has the cursor when the page comes; None: the way forward."""
        return None

    def forget(self) -> None:
        """Empty what is secret."""

    def labelled(self, source: str, field: QLineEdit | QComboBox | QPlainTextEdit) -> Text:
        """Put a label above a field."""
        label = Text(Tone.BOLD)
        label.setBuddy(field)
        self.phrases.say(label.setText, source)
        self.phrases.say(lambda text: field.setAccessibleName(text.replace("&", "")), source)
        self.column.addWidget(label)
        self.column.addWidget(field)
        return label

    def beside(self, *widgets: QWidget) -> None:
        """Put widgets into one line, from the left."""
        line = QHBoxLayout()
        for each in widgets:
            line.addWidget(each)
        line.addStretch(1)
        self.column.addLayout(line)

    def button(self, source: str, do: Act) -> QPushButton:
        """Make a button that asks for an act."""
        made = QPushButton()
        self.phrases.say(made.setText, source)
        made.clicked.connect(lambda _=False: self.asked.emit(do))
        return made


def thin(bar: QProgressBar) -> QProgressBar:
    """Make a bar that has no words of its own."""
    bar.setRange(0, 100)
    bar.setTextVisible(False)
    return bar
