"""The window by which a frozen store comes to send again; every field is one that the record keeps."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QRegularExpression, Qt, Signal, SignalInstance
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from secmsg.station.reopening import MAX_WORDS
from ui import failures
from ui.format import number
from ui.language import tr, trn
from ui.reopening.state import ReopeningState
from ui.theme import look
from ui.widgets.flow import FlowRow
from ui.widgets.message_bar import Message, MessageBar, Weight
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import fitting
from ui.widgets.text import Text, Tone


class ReopeningWindow(QDialog):
    """`asked` carries the window when the officer wants sending to go on, `closed` the window."""

    asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    closed: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.state = ReopeningState()
        self.heading, self.message = Text(Tone.TITLE, wrap=True), MessageBar()
        self.told, self.follows = Text(wrap=True), Text(Tone.DIM, wrap=True)
        self.second, self.word, self.last = QLineEdit(), QLineEdit(), QLineEdit()
        for field in (self.second, self.word):
            field.setMaxLength(MAX_WORDS)
        self.last.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{0,5}"), self))
        self.labels = tuple(QLabel() for _ in range(3))
        self.said = QCheckBox()
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for label, field in zip(self.labels, (self.second, self.word, self.last), strict=True):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setBuddy(field)
            form.addRow(label, field)
            field.textChanged.connect(lambda _: self._typed())
        self.said.toggled.connect(lambda _: self._typed())
        self.go_button, self.close_button = QPushButton(), QPushButton()
        self.go_button.setAutoDefault(False)
        self.go_button.clicked.connect(lambda _=False: self._ask())
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(lambda _=False: self.reject())
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look().px(12))
        lines.addWidget(self.told)
        lines.addLayout(form)
        lines.addWidget(self.said)
        lines.addWidget(self.follows)
        lines.addStretch(1)
        self.area = Scroll(inner)
        column = QVBoxLayout(self)
        column.addWidget(self.heading)
        column.addWidget(self.message)
        column.addWidget(self.area, 1)
        column.addWidget(FlowRow(self.go_button, self.close_button))
        self.resize(fitting(look().px(720), look().px(520)))
        self.render_state()
        self.second.setFocus()

    def begin(self) -> None:
        """Show that the store is asked."""
        self.state = replace(self.state, working=True, error=None)
        self.render_state()

    def finish(self, begun: int) -> None:
        """Show that sending goes on."""
        self.state = replace(self.state, working=False, begun=begun)
        self.render_state()
        self.close_button.setFocus()

    def refuse(self, error: BaseException) -> None:
        """Show why it does not."""
        self.state = replace(self.state, working=False, error=error)
        self.render_state()
        self.go_button.setFocus()

    def render_state(self) -> None:
        """Say everything."""
        state = self.state
        self.setWindowTitle(tr("Open a new book of numbers"))
        self.heading.setText(tr("Open a new book of numbers"))
        self.told.setText(
            tr(
                "Sending was stopped because numbers and keys might be given twice. Call headquarters and say what "
                "happened; ask for the last cable number of this post that arrived there or anywhere. If another copy "
                "of this store exists, take that one out of use first."
            )
        )
        texts = (
            tr("&Second person, who answers beside you:"),
            tr("&Word of headquarters: who, when, by which way:"),
            tr("&Last number of this year known there, 0 for none:"),
        )
        for label, field, text in zip(self.labels, (self.second, self.word, self.last), texts, strict=True):
            label.setText(text)
            field.setAccessibleName(text.replace("&", ""))
            field.setEnabled(state.begun is None)
        self.last.setFixedWidth(look().px(110))
        self.said.setText(tr("&Headquarters has said that sending goes on from this copy"))
        self.said.setEnabled(state.begun is None)
        self.follows.setText(self._follows())
        self.go_button.setText(tr("&Open the new book"))
        self.go_button.setEnabled(state.may)
        self.go_button.setVisible(state.begun is None)
        self.close_button.setText(tr("&Close"))
        self._say()

    def _follows(self) -> str:
        last = self.state.last_number
        numbers = (
            tr("Cable numbers go on above the highest that is known here or there.")
            if last is None
            else tr("Cable numbers go on above {n}, and above every one given here.", n=number(last))
        )
        return " ".join(
            (
                numbers,
                tr(
                    "Every key agreed with other machines is given up for a new one; what waits in the outbox goes on "
                    "behind a gap that both ends see. Both names and the word stay on record. It cannot be taken back."
                ),
            )
        )

    def _say(self) -> None:
        state = self.state
        if state.begun is not None:
            begun = state.begun
            self.message.tell(
                Message(
                    Weight.GOOD,
                    lambda: trn(
                        begun,
                        "Sending goes on. {n} session is begun anew with the next contact. Make a backup now.",
                        "Sending goes on. {n} sessions are begun anew with the next contact. Make a backup now.",
                    ),
                )
            )
        elif state.error is not None:
            error = state.error
            self.message.tell(Message(Weight.FAULT, lambda: failures.sentence(error)))
        else:
            self.message.clear()

    def _typed(self) -> None:
        self.state = replace(
            self.state,
            second=self.second.text(),
            word=self.word.text(),
            last=self.last.text(),
            said=self.said.isChecked(),
            error=None,
        )
        self.render_state()

    def _ask(self) -> None:
        if self.state.may:
            self.asked.emit(self)

    def reject(self) -> None:
        """Close."""
        self.closed.emit(self)
        super().reject()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.render_state()
