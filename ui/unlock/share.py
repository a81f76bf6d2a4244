"""The head of mission's way in on the locked screen: a PIN beside the groups of the printed share."""

from PySide6.QtWidgets import QVBoxLayout

from ui.widgets.phrases import View
from ui.widgets.secret import SecretField
from ui.widgets.text import Text, Tone


class PinLine(View):
    """A field for the PIN, with its label."""

    def __init__(self) -> None:
        super().__init__()
        self.label = Text(Tone.BOLD)
        self.field = SecretField()
        self.field.setMaxLength(12)
        self.label.setBuddy(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.label)
        column.addWidget(self.field)
        self.phrases.say(self.label.setText, "PIN")
        self.phrases.say(self.field.setAccessibleName, "PIN")
