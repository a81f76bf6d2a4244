"""The window of destruction in order: the list, the line that is next with two ticks, the end, the way to the keys."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from secmsg.office.destruction import Fate
from secmsg.office.destruction_walk import Step
from secmsg.station.destruction_walk import Walk
from ui import failures
from ui.destruction import words as plan_words
from ui.format import visible
from ui.language import tr
from ui.theme import Ink, icon, look
from ui.walk import state as rules
from ui.walk import words
from ui.walk.orders import Begin, Close, Order, Say, Stop, ToTheKeys, WriteRecord
from ui.walk.state import Lack, Page, WalkState
from ui.widgets.flow import FlowRow
from ui.widgets.message_bar import Message, MessageBar, Weight
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import fitting
from ui.widgets.text import Text, Tone


class WalkWindow(QDialog):
    """Emits `asked` with an Order; the caller answers with `show_walk`, a message, or `refuse`."""

    asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.state = WalkState()
        self._lack: Lack | None = None  # what was missing at the last try
        self.message = MessageBar()
        self.heading, self.point = Text(Tone.HEADING, wrap=True), Text(wrap=True)
        self.ground_label, self.ground = Text(Tone.BOLD), QLineEdit()
        self.line, self.who = Text(Tone.TITLE, wrap=True), Text(Tone.DIM, wrap=True)
        self.first_box, self.second_box = QCheckBox(), QCheckBox()
        self.reason_label, self.reason = Text(wrap=True), QLineEdit()
        self.second_label, self.second = Text(Tone.BOLD), QLineEdit()
        self.secret_label, self.secret = Text(Tone.BOLD), QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.lack = Text(wrap=True)
        self.lack.colour(Ink.FAULT)
        self.act_button, self.leave_button, self.record_button = QPushButton(), QPushButton(), QPushButton()
        self.stop_button, self.close_button = QPushButton(), QPushButton()
        self.list_label, self.list = Text(Tone.BOLD), QListWidget()
        self.list_label.setBuddy(self.list)
        for label, entry in (
            (self.ground_label, self.ground), (self.reason_label, self.reason), (self.second_label, self.second),
            (self.secret_label, self.secret),
        ):  # fmt: skip
            label.setBuddy(entry)
        self._buttons = FlowRow(
            self.record_button, self.act_button, self.leave_button, self.stop_button, self.close_button
        )
        self._lay_out()
        self._wire()
        self.resize(fitting(look().px(860), look().px(590)))
        self.render_state()

    # --- what the caller tells -----------------------------------------------------------------------------------

    def show_walk(self, walk: Walk) -> None:
        """Show the walk as it stands, and go to what is asked for next."""
        page, self.state, self._lack = self.state.page, rules.shown(self.state, walk), None
        self._fill()
        if self.state.page is not page or page is Page.LINE:
            self.message.clear()
        self.render_state()
        self._focus()

    def refuse(self, error: BaseException) -> None:
        """Say why it was not done."""
        self.state = rules.failed(self.state)
        self._fill()
        self.message.tell(Message(Weight.FAULT, lambda: failures.sentence(error)))
        self.render_state()

    # --- acts ----------------------------------------------------------------------------------------------------

    def act(self) -> None:
        """Do what the page is for; where something lacks, say it and go there."""
        state = self.state
        if state.busy:
            return
        if state.lack is not None:
            self._lack = state.lack
            self.render_state()
            self._go_to(state.lack)
            return
        match state.page:
            case Page.OPENING:
                self._ask(Begin(state.second, "" if state.begun else state.ground, state.passphrase))
            case Page.LINE if state.step is not None:
                self._ask(Say(state.step.item, state.step.degree, destroyed=True))
            case Page.END:
                self._ask(Close(state.second, state.passphrase))
            case _:
                self.asked.emit(ToTheKeys())

    def leave(self) -> None:
        """Write the line on show down as not destroyed."""
        step = self.state.step
        if self.state.busy or step is None:
            return
        if self.state.lack_to_leave is not None:
            self._lack = self.state.lack_to_leave
            self.render_state()
            self.reason.setFocus()
            return
        self._ask(Say(step.item, step.degree, destroyed=False, note=self.state.reason))

    def stop(self) -> None:
        """Ask whether for certain, then stop."""
        if self.state.busy:
            return
        if not self.state.stopping:
            self._take(replace(self.state, stopping=True))
            return
        self._ask(Stop())

    def _ask(self, order: Order) -> None:
        self._take(replace(self.state, busy=True, stopping=False))
        self.asked.emit(order)

    def _chosen(self, item: QListWidgetItem) -> None:
        step = item.data(Qt.ItemDataRole.UserRole)
        taken = rules.taken_up(self.state, step) if isinstance(step, Step) else self.state
        if taken != self.state:
            self.state, self._lack = taken, None
            self._fill()
            self.render_state()
            self._focus()

    # --- showing -------------------------------------------------------------------------------------------------

    def _take(self, state: WalkState) -> None:
        if state != self.state:
            self.state, self._lack = state, None
            self.render_state()

    def _fill(self) -> None:
        """Put into the fields what the state holds."""
        state = self.state
        for entry, text in (
            (self.ground, state.ground), (self.reason, state.reason), (self.second, state.second),
            (self.secret, state.passphrase),
        ):  # fmt: skip
            with QSignalBlocker(entry):
                entry.setText(text)
        for box, on in ((self.first_box, state.first_ticked), (self.second_box, state.second_ticked)):
            with QSignalBlocker(box):
                box.setChecked(on)

    def _focus(self) -> None:
        match self.state.page:
            case Page.OPENING:
                self._go_to(self.state.lack)
            case Page.LINE:
                self.first_box.setFocus()
            case Page.END:
                self._go_to(self.state.lack)
            case Page.CLOSED:
                self.record_button.setFocus()

    def _go_to(self, lack: Lack | None) -> None:
        match lack:
            case Lack.GROUND:
                self.ground.setFocus()
            case Lack.SECOND | Lack.SAME:
                self.second.setFocus()
            case Lack.PROOF:
                self.secret.setFocus()
            case Lack.TICKS:
                (self.second_box if self.state.first_ticked else self.first_box).setFocus()
            case _:
                self.act_button.setFocus()

    def render_state(self) -> None:
        """Say everything."""
        state = self.state
        page = state.page
        self.setWindowTitle(tr("Level 2: destruction in order"))
        self.heading.setText(words.heading(state))
        self.point.setText(words.point(state))
        self.ground_label.setText(tr("&Ground: whose order, which number"))
        self.first_box.setText(tr("&1 · {name}: destroyed, nothing legible is left", name=state.walk.first))
        self.second_box.setText(tr("&2 · {name}: I have seen it", name=state.walk.second))
        self.reason_label.setText(tr("Or &why it is not destroyed"))
        self.second_label.setText(tr("&Second person"))
        self.secret_label.setText(tr("&Passphrase of the second person"))
        step = state.step
        if step is not None:
            self.line.setText(visible(plan_words.place(step.task)))
            self.who.setText(words.turn(step.turn))
        self.lack.setText(words.lack(self._lack) if self._lack is not None else "")
        self.lack.setVisible(self._lack is not None)
        left = page in (Page.LINE, Page.END) and any(each.fate is Fate.LEFT for each in state.walk.steps)
        self.list_label.setText(
            tr("The &list; Enter on a line that was left takes it up again") if left else tr("The &list")
        )
        self._say_buttons()
        self._show_list()
        proves = state.walk.must_prove
        asks = page in (Page.OPENING, Page.END)
        for widgets, on in (
            ((self.ground_label, self.ground), page is Page.OPENING and not state.begun),
            ((self.line, self.who, self.first_box, self.second_box), page is Page.LINE),
            ((self.reason_label, self.reason, self.leave_button), page is Page.LINE),
            ((self.second_label, self.second), asks and not proves),
            ((self.secret_label, self.secret), asks and proves),
            ((self.record_button,), page is Page.CLOSED),
            ((self.stop_button,), state.begun),
        ):
            for widget in widgets:
                widget.setVisible(on)
        for widget in (self.act_button, self.leave_button, self.stop_button, self.record_button):
            widget.setEnabled(not state.busy)
        self._buttons.refit()  # other buttons, and other words on them
        for entry in (self.ground, self.reason, self.second, self.secret):
            entry.setReadOnly(state.busy)
        named: tuple[tuple[Text, QWidget], ...] = (
            (self.ground_label, self.ground), (self.reason_label, self.reason), (self.second_label, self.second),
            (self.secret_label, self.secret), (self.list_label, self.list),
        )  # fmt: skip
        for label, named_one in named:
            named_one.setAccessibleName(label.text().replace("&", ""))

    def _say_buttons(self) -> None:
        match self.state.page:
            case Page.OPENING:
                self.act_button.setText(tr("Go &on") if self.state.begun else tr("&Begin"))
            case Page.LINE:
                self.act_button.setText(tr("Write &down: destroyed"))
            case Page.END:
                self.act_button.setText(tr("S&eal the report"))
            case Page.CLOSED:
                self.act_button.setText(tr("Lock, and go to the &keys…"))
        closed = self.state.page is Page.CLOSED
        self.act_button.setIcon(icon("flame", Ink.FAULT) if closed else icon("check"))
        self.leave_button.setText(tr("&Not destroyed"))
        self.record_button.setText(tr("Write the &record…"))
        self.stop_button.setText(tr("S&top for certain") if self.state.stopping else tr("S&top here…"))
        self.close_button.setText(tr("&Close"))

    def _show_list(self) -> None:
        """Fill the list: a heading for each turn, then its lines."""
        at = self.list.currentRow()
        self.list.clear()
        step, turn = self.state.step, None
        for each in self.state.walk.steps:
            if each.turn is not turn:
                turn = each.turn
                head = QListWidgetItem(words.turn(turn))
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self.list.addItem(head)
            row = QListWidgetItem(f"{'→ ' if each == step and self.state.begun else '    '}{visible(words.row(each))}")
            row.setData(Qt.ItemDataRole.UserRole, each)
            self.list.addItem(row)
            if each == step:
                self.list.scrollToItem(row)
        if 0 <= at < self.list.count():
            self.list.setCurrentRow(at)

    # --- Qt ------------------------------------------------------------------------------------------------------

    def _wire(self) -> None:
        for button, act in (
            (self.act_button, self.act), (self.leave_button, self.leave), (self.stop_button, self.stop),
            (self.close_button, self.reject),
        ):  # fmt: skip
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, act=act: act())
        self.record_button.setAutoDefault(False)
        self.record_button.clicked.connect(lambda _=False: self.asked.emit(WriteRecord()))
        self.ground.textChanged.connect(lambda text: self._take(replace(self.state, ground=text, stopping=False)))
        self.second.textChanged.connect(lambda text: self._take(replace(self.state, second=text, stopping=False)))
        self.secret.textChanged.connect(lambda text: self._take(replace(self.state, passphrase=text, stopping=False)))
        self.reason.textChanged.connect(lambda text: self._take(replace(self.state, reason=text, stopping=False)))
        self.first_box.toggled.connect(lambda on: self._take(replace(self.state, first_ticked=on, stopping=False)))
        self.second_box.toggled.connect(lambda on: self._take(replace(self.state, second_ticked=on, stopping=False)))
        for entry in (self.ground, self.second, self.secret):
            entry.returnPressed.connect(self.act)
        self.reason.returnPressed.connect(self.leave)
        self.list.itemActivated.connect(self._chosen)

    def _lay_out(self) -> None:
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        upper: tuple[QWidget, ...] = (
            self.heading, self.point, self.line, self.who, self.ground_label, self.ground, self.first_box,
            self.second_box, self.second_label, self.second, self.secret_label, self.secret, self.reason_label,
            self.reason, self.lack,
        )  # fmt: skip
        for widget in upper:
            lines.addWidget(widget)
        lines.addWidget(self._buttons)
        lines.addWidget(self.list_label)
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setMinimumHeight(look().px(150))
        lines.addWidget(self.list, 1)
        column = QVBoxLayout(self)
        column.addWidget(self.message)
        column.addWidget(Scroll(inside), 1)

    def dress(self) -> None:
        """Take the look in force."""
        self.render_state()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.render_state()
