"""The window of persons: who is here, the acts about them, and a form for what an act needs."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from secmsg.office.persons import Bar, Rank, Term
from secmsg.station.persons import Officer
from ui.format import one_line
from ui.language import mark, tr
from ui.officers import words
from ui.officers.state import Act, Done, OfficersState, Order, deputies, lack, lasting, may, may_make_papers
from ui.theme import look, wide
from ui.widgets.flow import FlowRow
from ui.widgets.message_bar import Message, MessageBar, Weight
from ui.widgets.rows import OF_A_WINDOW, Column, Manner, RowsModel, RowTable
from ui.widgets.secret import SecretField
from ui.widgets.sheet import fitting
from ui.widgets.text import Text, Tone

MAX_DAYS = 366
_AT_ONCE = (Act.SUSPEND, Act.BACK)
"""Acts that need nothing filled in."""


class OfficersWindow(QDialog):
    """`asked` carries an Order that lacks nothing; `share_asked`, `sheet_asked` and `closed` carry the window."""

    asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    share_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    sheet_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    closed: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.state = OfficersState()
        self.heading, self.message, self.told = Text(Tone.TITLE), MessageBar(), Text(wrap=True)
        gap = look().px(16)
        columns: tuple[Column[Officer], ...] = (
            Column(lambda: tr("No."), lambda line: f"{line.number}", lambda: wide("00") + gap, right=True),
            Column(lambda: tr("Full name"), lambda line: one_line(line.name), None),
            Column(
                lambda: tr("Title"),
                lambda line: one_line(line.title),
                lambda: wide("Trưởng cơ quan đại diện") + gap,
                least=lambda: wide("Bí thư thứ hai"),
            ),
            Column(
                lambda: tr("Rank"),
                words.rank,
                lambda: wide(tr("head of mission")) + gap,
                least=lambda: wide(tr("deputy")),
            ),
            Column(
                lambda: tr("State"),
                words.standing,
                lambda: wide(tr("has not opened yet")) + gap,
                least=lambda: wide(tr("is being removed")),
            ),
            Column(lambda: tr("Headquarters"), words.listed, lambda: wide(tr("not listed yet")) + gap),
        )
        manner: Manner[Officer] = Manner(
            key=lambda line: line.number,
            sentence=lambda line: ", ".join((one_line(line.name), words.rank(line), words.standing(line))),
        )
        self.table: RowTable[Officer] = RowTable(RowsModel(columns, manner), free=OF_A_WINDOW)
        self.buttons = {act: QPushButton() for act in Act}
        for act, button in self.buttons.items():
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, wanted=act: self.begin(wanted))
        self.share_button, self.sheet_button = QPushButton(), QPushButton()
        for paper, told in ((self.share_button, self.share_asked), (self.sheet_button, self.sheet_asked)):
            paper.setAutoDefault(False)
            paper.clicked.connect(lambda _=False, signal=told: signal.emit(self))
        self.close_button, self.go_button, self.leave_button = QPushButton(), QPushButton(), QPushButton()
        self.name, self.job, self.second = QLineEdit(), QLineEdit(), QLineEdit()
        self.deputy_box, self.deputy, self.days = QCheckBox(), QComboBox(), QSpinBox()
        self.days.setRange(1, MAX_DAYS)
        self.passphrase, self.again, self.proof = SecretField(), SecretField(), SecretField()
        self.form = QWidget()
        self._rows = self._lay_out_form()
        column = QVBoxLayout(self)
        for widget in (self.heading, self.message, self.told):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        self.acts = FlowRow(*self.buttons.values(), self.share_button, self.sheet_button, self.close_button)
        column.addWidget(self.acts)
        column.addWidget(self.form)
        column.addStretch(0)
        self.table.settled.connect(lambda _: self.render_state())
        self.close_button.clicked.connect(lambda _=False: self.reject())
        self.go_button.clicked.connect(lambda _=False: self.submit())
        self.leave_button.clicked.connect(lambda _=False: self.leave())
        self.close_button.setAutoDefault(False)
        self.leave_button.setAutoDefault(False)
        self.go_button.setDefault(True)
        self.resize(fitting(look().px(940), look().px(560)))
        self.render_state()
        self.buttons[Act.ADD].setFocus()

    # --- what came from the store ------------------------------------------------------------------------------------

    def show_lines(self, lines: tuple[Officer, ...], terms: tuple[Term, ...], present: int, bar: Bar | None) -> None:
        """Show who is here."""
        self.state = replace(self.state, lines=lines, terms=terms, present=present, bar=bar, working=False)
        self.table.show_rows(lines)
        self.table.fit()
        if lines and self.table.row is None:
            self.table.choose(0)
        self.render_state()

    def finish(self, done: Done) -> None:
        """Say what was done, and take the form away."""
        self.state = replace(self.state, working=False, done=done, error=None)
        self.leave()

    def refuse(self, error: BaseException) -> None:
        """Say why it was not done; what was filled in stays, but for passphrases."""
        self.state = replace(self.state, working=False, done=None, error=error)
        self._forget()
        self.render_state()

    # --- acts --------------------------------------------------------------------------------------------------------

    def begin(self, act: Act) -> None:
        """Show the form of an act, or do at once what needs none."""
        self.state = replace(self.state, done=None, error=None)
        if act in _AT_ONCE:
            self._order(self._filled(act))
            return
        self._forget()
        self.state = replace(self.state, filling=act)
        chosen = self.table.row
        self.deputy.clear()
        self.deputy.addItem(tr("nobody"), 0)
        for each in deputies(self.state, 0 if chosen is None else chosen.number):
            self.deputy.addItem(one_line(each.name), each.number)
        self.render_state()
        first = {Act.ADD: self.name, Act.AWAY: self.days}.get(act, self.second)
        first.setFocus()

    def submit(self) -> None:
        """Ask for the act that is filled in, or say what lacks."""
        act = self.state.filling
        if act is None or self.state.working:
            return
        order = self._filled(act)
        found = lack(self.state, order)
        if found is not None:
            self.message.tell(Message(Weight.WARNING, lambda: words.lacking(found)))
            return
        self._order(order)

    def leave(self) -> None:
        """Take the form away and forget what was filled in."""
        self.state = replace(self.state, filling=None)
        for field in (self.name, self.job, self.second):
            field.clear()
        self._forget()
        self.render_state()
        self.table.setFocus()

    def render_state(self) -> None:
        """Say everything."""
        state, chosen = self.state, self.table.row
        self.setWindowTitle(tr("Officers"))
        self.heading.setText(tr("Officers"))
        self.told.setText(words.told(state))
        self.table.setAccessibleName(tr("Officers"))
        self.table.say_when_empty(tr("Nobody is known yet: the store was not opened since."))
        for act, text in _verbs().items():
            self.buttons[act].setText(text)
            self.buttons[act].setEnabled(state.filling is None and may(state, act, chosen))
        self.share_button.setText(tr("Head of &mission's share…"))
        self.sheet_button.setText(tr("&New recovery sheet…"))
        for paper in (self.share_button, self.sheet_button):
            paper.setEnabled(may_make_papers(state))
        self.close_button.setText(tr("&Close"))
        self.form.setVisible(state.filling is not None)
        self.table.setVisible(state.filling is not Act.ADD)  # the form needs its room at large text
        self.acts.setVisible(state.filling is None)  # as above: none of them can be begun while one is filled in
        if self.deputy.count():
            self.deputy.setItemText(0, tr("nobody"))
        for acts, label, source, field in self._rows:
            shown = state.filling in acts
            label.setText(tr(source))
            field.setAccessibleName(tr(source))
            label.setVisible(shown)
            field.setVisible(shown)
            field.setEnabled(not state.working)
        self.deputy_box.setText(tr("A deputy: signs only while standing in"))
        self.go_button.setText(
            "" if state.filling is None else _verbs()[state.filling].replace("…", "").replace("&", "")
        )
        self.go_button.setEnabled(not state.working)
        self.leave_button.setText(tr("Lea&ve it"))
        said = words.outcome(state)
        if said is None:
            self.message.clear()
        else:
            self.message.tell(said)

    # --- parts -------------------------------------------------------------------------------------------------------

    def _lay_out_form(self) -> tuple[tuple[frozenset[Act], Text, str, QWidget], ...]:
        layout = QFormLayout(self.form)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows = []
        second = frozenset((Act.ADD, Act.RESUME, Act.REMOVE))
        for acts, source, field in (
            (frozenset((Act.ADD,)), mark("Full name"), self.name),
            (frozenset((Act.ADD,)), mark("Title"), self.job),
            (frozenset((Act.ADD,)), mark("Rank"), self.deputy_box),
            (frozenset((Act.ADD,)), mark("New passphrase, typed by the new person"), self.passphrase),
            (frozenset((Act.ADD,)), mark("New passphrase, once more"), self.again),
            (frozenset((Act.AWAY,)), mark("Days from now"), self.days),
            (frozenset((Act.AWAY,)), mark("Stands in"), self.deputy),
            (second, mark("Second person, by name"), self.second),
            (frozenset((Act.AWAY,)), mark("Second person's own passphrase"), self.proof),
        ):
            label = Text(Tone.BOLD)
            label.setBuddy(field)
            layout.addRow(label, field)
            rows.append((acts, label, source, field))
        layout.addRow(FlowRow(self.go_button, self.leave_button))
        return tuple(rows)

    def _filled(self, act: Act) -> Order:
        chosen = self.table.row
        about = 0 if chosen is None or act is Act.ADD else chosen.number
        term = lasting(self.state, about)
        return Order(
            act=act,
            about=about,
            name=self.name.text() if act is Act.ADD or chosen is None else chosen.name,
            title=self.job.text(),
            rank=Rank.DEPUTY if self.deputy_box.isChecked() else Rank.OFFICER,
            passphrase=self.passphrase.text(),
            again=self.again.text(),
            second=self.second.text(),
            proof=self.proof.text(),
            days=self.days.value(),
            deputy=int(self.deputy.currentData() or 0),
            term=0 if term is None else term.number,
        )

    def _order(self, order: Order) -> None:
        self.state = replace(self.state, working=True, done=None, error=None)
        self.render_state()
        self.asked.emit(order)

    def _forget(self) -> None:
        for field in (self.passphrase, self.again, self.proof):
            field.clear()

    def reject(self) -> None:
        """Close, unless something is under way; the form first."""
        if self.state.filling is not None and not self.state.working:
            self.leave()
        elif not self.state.working:
            self.closed.emit(self)
            super().reject()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.render_state()


def _verbs() -> dict[Act, str]:
    return {
        Act.ADD: tr("&Add a person…"),
        Act.SUSPEND: tr("&Suspend"),
        Act.RESUME: tr("&Bring back…"),
        Act.REMOVE: tr("&Remove…"),
        Act.AWAY: tr("A&way…"),
        Act.BACK: tr("&End the absence"),
    }
