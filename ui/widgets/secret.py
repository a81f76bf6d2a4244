"""A field for a passphrase: letters as they are typed on the keys, and a look at Caps Lock and the input method."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class SecretField(QLineEdit):
    """A passphrase as typed on the keys: no input method, no prediction, and it notices Caps Lock."""

    noticed: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caps_lock = False
        self.composing = False
        self.reveal(shown=False)
        self.setMaxLength(1024)

    def reveal(self, *, shown: bool) -> None:
        """Show or hide what is typed; the input method stays off either way."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        hint = Qt.InputMethodHint
        self.setInputMethodHints(
            hint.ImhHiddenText
            | hint.ImhSensitiveData
            | hint.ImhNoPredictiveText
            | hint.ImhNoAutoUppercase
            | hint.ImhLatinOnly
        )
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See from a letter whether Caps Lock is on: Qt has no other way that works everywhere."""
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps_lock = not self.caps_lock
        elif len(letter := event.text()) == 1 and letter.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock = letter.isupper() is not shifted
        super().keyPressEvent(event)
        self.noticed.emit(self.caps_lock)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Notice that an input method writes here although it was asked not to."""
        self.composing = bool(event.preeditString() or event.commitString())
        super().inputMethodEvent(event)
        self.noticed.emit(self.caps_lock)
