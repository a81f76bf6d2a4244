"""The window of a paper for the safe: what will happen, the paper and its reading back, the proof, what is done."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from secmsg.errors import FormatError
from secmsg.station.first_sheet import FirstSheet
from secmsg.station.persons import Officer
from ui.language import tr
from ui.safe_papers import words
from ui.safe_papers.parts import ForWhom, OnPaper, Part, Proof
from ui.safe_papers.state import (
    Ask,
    Kind,
    Lack,
    PapersState,
    Stage,
    draw_lack,
    finish_lack,
    read_back_lack,
)
from ui.theme import look
from ui.widgets.flow import FlowRow
from ui.widgets.message_bar import Message, MessageBar, Weight
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import fitting
from ui.widgets.text import Text, Tone


class PapersWindow(QDialog):
    """`asked` carries a Draw, a Finish or an Ask that lacks nothing, `closed` the window."""

    asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    closed: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, kind: Kind, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.state = PapersState(kind)
        self.warned = False
        self.heading, self.message, self.told = Text(Tone.TITLE), MessageBar(), Text(wrap=True)
        self.whom, self.paper, self.proof = ForWhom(), OnPaper(), Proof(kind)
        self.save_button, self.go_button, self.backup_button, self.close_button = (QPushButton() for _ in range(4))
        inside = QWidget()
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, 0, 0)
        for widget in (self.told, self.whom, self.paper, self.proof):
            inner.addWidget(widget)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(self.heading)
        column.addWidget(self.message)
        column.addWidget(Scroll(inside), 1)
        self._buttons = FlowRow(self.save_button, self.go_button, self.backup_button, self.close_button)
        column.addWidget(self._buttons)
        self._wire()
        self.resize(fitting(look().px(780), look().px(560)))
        self._go(self.state)

    def _wire(self) -> None:
        self.go_button.setDefault(True)
        self.go_button.clicked.connect(lambda _=False: self.submit())
        self.save_button.clicked.connect(lambda _=False: self.asked.emit(Ask.SAVE))
        self.backup_button.clicked.connect(lambda _=False: self.asked.emit(Ask.BACKUP))
        self.close_button.clicked.connect(lambda _=False: self.reject())
        for button in (self.save_button, self.backup_button, self.close_button):
            button.setAutoDefault(False)

    # --- what came from the store ------------------------------------------------------------------------------------

    def show_people(self, people: tuple[Officer, ...], present: int, *, alone: bool) -> None:
        """Show who may stand by."""
        self._go(replace(self.state, people=people, present=present, alone=alone))

    def show_paper(self, paper: FirstSheet) -> None:
        """Show the groups of what was drawn."""
        self._go(replace(self.state, stage=Stage.PAPER, paper=paper))

    def show_saved(self, name: str) -> None:
        """Take note of a file that has to be erased."""
        self._go(replace(self.state, saved=(*self.state.saved, name)))

    def finish(self) -> None:
        """Say that the paper is in force."""
        self._go(replace(self.state, stage=Stage.DONE, paper=None))

    def refuse(self, error: BaseException) -> None:
        """Say why it was not done; what was filled in stays, but for secrets."""
        self._go(replace(self.state, error=error))

    # --- acts --------------------------------------------------------------------------------------------------------

    def submit(self) -> None:
        """Go on, or say what lacks."""
        if self.state.working or self.state.people is None:
            return
        self.warned = False
        match self.state.stage:
            case Stage.BEFORE:
                draw = self.whom.draw()
                if not self._lacks(draw_lack(self.state, draw)):
                    self.state = replace(self.state, asked=draw)
                    self.begin()
                    self.asked.emit(draw)
            case Stage.PAPER:
                self._read_back()
            case _:
                finish = self.proof.finish()
                if not self._lacks(finish_lack(self.state, finish)):
                    self.begin()
                    self.asked.emit(finish)

    def begin(self) -> None:
        """Show that something is under way."""
        self.state = replace(self.state, working=True, error=None, lack=None)
        self.render_state()

    def _read_back(self) -> None:
        paper, read = self.state.paper, self.paper.read()
        if self._lacks(read_back_lack(self.state, read)) or paper is None:
            return
        try:
            paper.check(read.typed)
        except FormatError as error:
            self.refuse(error)
            return
        self._go(replace(self.state, stage=Stage.PROOF, kept_at=read.kept_at, error=None))

    def _lacks(self, lack: Lack | None) -> bool:
        if lack is None:
            return False
        self.state = replace(self.state, lack=lack)
        self.render_state()
        (self.whom.of | self.paper.of | self.proof.of)[lack].setFocus()
        return True

    def _go(self, state: PapersState) -> None:
        self.state = replace(state, working=False, lack=None)
        self.warned = False
        self.proof.forget()
        self.render_state()
        part = self._part()
        first = None if part is None else part.first()
        if first is not None:
            first.setFocus()
        elif state.stage is not Stage.DONE:
            self.go_button.setFocus()
        else:
            (self.backup_button if state.kind is Kind.SHEET else self.close_button).setFocus()

    def _part(self) -> Part | None:
        match self.state.stage:
            case Stage.BEFORE if self.state.kind is Kind.SHARE:
                return self.whom
            case Stage.PAPER:
                return self.paper
            case Stage.PROOF if self.state.kind is Kind.SHARE or not self.state.alone:
                return self.proof
            case _:
                return None

    # --- what is on show ---------------------------------------------------------------------------------------------

    def render_state(self) -> None:
        """Say everything."""
        state, shown = self.state, self._part()
        self.setWindowTitle(words.title(state.kind))
        self.heading.setText(words.title(state.kind))
        self.told.setText(words.told(state))
        for part in (self.whom, self.paper, self.proof):
            part.show_state(state if part is shown or part is not self.paper else replace(state, paper=None))
            part.setVisible(part is shown)
        self.save_button.setText(tr("Save as &PDF to print…"))
        self.go_button.setText(words.verb(state.stage))
        self.backup_button.setText(tr("&Backups…"))
        self.close_button.setText(tr("&Close"))
        self.save_button.setVisible(state.stage is Stage.PAPER)
        self.backup_button.setVisible(state.stage is Stage.DONE and state.kind is Kind.SHEET)
        self.go_button.setVisible(state.stage is not Stage.DONE)
        self.go_button.setEnabled(not state.working and state.people is not None)
        for button in (self.save_button, self.close_button):
            button.setEnabled(not state.working)
        self._buttons.measure_anew()
        said = Message(Weight.WARNING, words.left) if self.warned else words.outcome(state)
        if said is None:
            self.message.clear()
        else:
            self.message.tell(said)

    def reject(self) -> None:
        """Close, unless something is under way; with a paper that is not in force, say first what that means."""
        if self.state.working:
            return
        if self.state.drawn_in_vain and not self.warned:
            self.warned = True
            self.render_state()
            return
        self.state = replace(self.state, paper=None)
        self.paper.show_groups(None)
        self.proof.forget()
        self.closed.emit(self)
        super().reject()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.render_state()
