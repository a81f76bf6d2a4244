"""The dialog before a page of a pad is destroyed: what goes, that nothing brings it back, and two names."""

from dataclasses import replace
from typing import assert_never

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.language import tr
from ui.manual.destroy.state import DestroyState, Lack
from ui.theme import Ink, icon, look
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import fitting
from ui.widgets.text import Text, Tone


class DestroyDialog(QDialog):
    """Asks once; `confirmed` carries the DestroyState when nothing is lacking."""

    confirmed: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self, state: DestroyState, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.state = state
        self.heading, self.told, self.warning = Text(Tone.TITLE, wrap=True), Text(wrap=True), Text(Tone.BOLD, wrap=True)
        self.officer_label, self.second_label, self.lack = Text(wrap=True), Text(), Text(wrap=True)
        self.burnt, self.second = QCheckBox(), QLineEdit()
        self.second_label.setBuddy(self.second)
        self.box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.destroy_button: QPushButton = self.box.addButton("", QDialogButtonBox.ButtonRole.DestructiveRole)
        # Enter in the field of the name must not destroy.
        self.destroy_button.setAutoDefault(False)
        self.box.button(QDialogButtonBox.StandardButton.Cancel).setDefault(True)
        self.destroy_button.clicked.connect(lambda _=False: self.confirm())
        self.box.rejected.connect(self.reject)
        self.burnt.toggled.connect(lambda on: self._take(replace(self.state, burnt=on)))
        self.second.textChanged.connect(lambda text: self._take(replace(self.state, second=text)))
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look().px(8))
        for widget in (self.heading, self.told, self.warning, self.burnt, self.officer_label, self.second_label):
            lines.addWidget(widget)
        lines.addWidget(self.second)
        lines.addWidget(self.lack)
        lines.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(Scroll(inside), 1)
        column.addWidget(self.box)
        self._told = False
        self.render_state()
        self.resize(fitting(look().px(560), look().px(330)))
        self.burnt.setFocus()

    def confirm(self) -> None:
        """Destroy; where something lacks, say it and go there."""
        self._told = True
        self.render_state()
        match self.state.lack:
            case None:
                self.confirmed.emit(self.state)
                self.accept()
            case Lack.PAPER:
                self.burnt.setFocus()
            case Lack.SECOND | Lack.SAME:
                self.second.setFocus()

    def render_state(self) -> None:
        """Say everything."""
        state = self.state
        pages = ", ".join(state.pages)
        self.setWindowTitle(tr("Destroy a key page"))
        self.heading.setText(tr("Destroy key page {page} of book {book}", page=pages, book=state.book))
        self.told.setText(
            tr(
                "What this machine holds of the page and of its worksheet is erased, and the ledger of key material "
                "takes a line with both names. The paper is burnt by hand: the strips that were used, and every "
                "working paper."
            )
        )
        self.warning.setText(tr("There is no way back: what was enciphered with it can never be deciphered again."))
        self.burnt.setText(tr("The paper is &burnt and its ash stirred"))
        self.officer_label.setText(tr("First person: {name}, who has opened this store", name=state.officer))
        self.second_label.setText(tr("&Second person, who has seen it"))
        self.second.setAccessibleName(tr("Second person, who has seen it"))
        self.lack.colour(Ink.FAULT)
        self.lack.setText(_said(state.lack) if self._told and state.lack is not None else "")
        self.destroy_button.setText(tr("&Destroy page {page}", page=pages))
        self.destroy_button.setIcon(icon("flame", Ink.FAULT))

    def _take(self, state: DestroyState) -> None:
        self.state = state
        self.render_state()

    def dress(self) -> None:
        """Take the look in force."""
        self.render_state()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.render_state()


def _said(lack: Lack) -> str:
    match lack:
        case Lack.PAPER:
            return tr("Burn the paper first, then say so here.")
        case Lack.SECOND:
            return tr("Name the second person.")
        case Lack.SAME:
            return tr("The second person is another than the officer who has opened the store.")
        case _:
            assert_never(lack)
