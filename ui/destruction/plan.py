"""The window of what is prepared: the checklist, the way through it, the papers, and level 1 by two with its record."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from secmsg.station.destruction_plan import Plan
from secmsg.station.reducing import Reduction
from ui import failures
from ui.destruction import words
from ui.format import Place, moment
from ui.language import tr
from ui.theme import look
from ui.widgets.flow import FlowRow
from ui.widgets.message_bar import Message, MessageBar, Weight
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import fitting
from ui.widgets.text import Text, Tone

DAYS, MOST_DAYS = 30, 36_500


@dataclass(frozen=True, slots=True)
class Look:
    """The officer wants to see what is there, and what level 1 would take."""

    days: int


@dataclass(frozen=True, slots=True)
class PrintList:
    """The officer wants the checklist on paper."""


@dataclass(frozen=True, slots=True)
class PrintCard:
    """The officer wants a card of outcomes."""


@dataclass(frozen=True, slots=True)
class Reduce:
    """The officer wants level 1 done; `second` is a name, `passphrase` proves the person instead where it is given."""

    days: int
    second: str
    basis: str
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class GoThrough:
    """The officer wants to go through the list in order, by two."""


Order = Look | PrintList | PrintCard | Reduce | GoThrough


class PlanWindow(QDialog):
    """Emits `asked` with an Order; the caller answers with `show_plan`, a message, or `refuse`."""

    asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self, here: Place, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._here = here
        self._plan: Plan | None = None
        self._found: Reduction | None = None
        self.message = MessageBar()
        self.order_heading, self.printed = Text(Tone.BOLD, wrap=True), Text(Tone.DIM, wrap=True)
        self.tasks = QPlainTextEdit()
        self.tasks.setReadOnly(True)
        self.tasks.setTabChangesFocus(True)
        self.list_button, self.card_button, self.walk_button = QPushButton(), QPushButton(), QPushButton()
        self.days_label, self.days = Text(Tone.BOLD), QSpinBox()
        self.days.setRange(1, MOST_DAYS)
        self.days.setValue(DAYS)
        self.found = Text(wrap=True)
        self.second_label, self.second = Text(), QLineEdit()
        self.secret_label, self.secret = Text(wrap=True), QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.basis_label, self.basis = Text(), QLineEdit()
        self.reduce_button = QPushButton()
        self.at_once = Text(Tone.DIM, wrap=True)
        for label, entry in (
            (self.days_label, self.days), (self.second_label, self.second), (self.secret_label, self.secret),
            (self.basis_label, self.basis),
        ):  # fmt: skip
            label.setBuddy(entry)
        for button in (self.list_button, self.card_button, self.walk_button, self.reduce_button):
            button.setAutoDefault(False)
        self._lay_out()
        self.days.valueChanged.connect(lambda days: self.asked.emit(Look(days)))
        self.list_button.clicked.connect(lambda _=False: self.asked.emit(PrintList()))
        self.walk_button.clicked.connect(lambda _=False: self.asked.emit(GoThrough()))
        self.card_button.clicked.connect(lambda _=False: self.asked.emit(PrintCard()))
        self.reduce_button.clicked.connect(lambda _=False: self.asked.emit(self._reduce()))
        self.resize(fitting(look().px(820), look().px(580)))
        self.render_state()

    def show_plan(self, plan: Plan, found: Reduction) -> None:
        """Show the checklist and what level 1 would take."""
        self._plan, self._found = plan, found
        self.render_state()

    def reduced(self, message: Message) -> None:
        """Say that level 1 was done, and empty what was entered for it."""
        for entry in (self.second, self.secret, self.basis):
            entry.clear()
        self.message.tell(message)

    def refuse(self, error: BaseException) -> None:
        """Say why it was not done."""
        self.secret.clear()
        self.message.tell(Message(Weight.FAULT, lambda: failures.sentence(error)))

    def render_state(self) -> None:
        """Say everything."""
        self.setWindowTitle(tr("Destruction, prepared"))
        self.order_heading.setText(tr("Level 2, in order: keys before content"))
        self.tasks.setAccessibleName(tr("Level 2, in order: keys before content"))
        self.printed.setText(self._printed())
        self.list_button.setText(tr("&Print the checklist…"))
        self.card_button.setText(tr("Print the &card of outcomes…"))
        self.walk_button.setText(tr("Go through it in &order, by two…"))
        self.days_label.setText(tr("Level 1, reduce: cables older than so many &days"))
        self.days.setAccessibleName(tr("Days"))
        self.second_label.setText(tr("&Second person"))
        self.secret_label.setText(tr("P&assphrase of the second person, where there are two officers"))
        self.basis_label.setText(tr("&Ground, as it stands on the record"))
        self.reduce_button.setText(tr("&Reduce, and write the record…"))
        self.at_once.setText(tr("Level 3, at once, is on the locked screen: Ctrl+L, then Emergency destruction."))
        plan, found = self._plan, self._found
        if plan is not None:
            self.tasks.setPlainText(
                "\n".join(map(words.place, plan.tasks)) or tr("Nothing outside the machine is known.")
            )
        if found is not None:
            self.found.setText(
                tr(
                    "{cables} cables and {items} items of superseded keys would go. {kept} old cables stay: unread, "
                    "not acknowledged, on their way, or kept for a repeat.",
                    cables=len(found.cables),
                    items=len(found.items),
                    kept=found.kept,
                )
            )
        self.reduce_button.setEnabled(found is not None and bool(found.cables or found.items))

    def _printed(self) -> str:
        if self._plan is None or not self._plan.printed_at:
            return tr("The checklist was never printed.")
        at = moment(self._plan.printed_at, self._here)
        if self._plan.stale:
            return tr("Printed {time}; the ledger has changed since: print it anew.", time=at)
        return tr("Printed {time}.", time=at)

    def _reduce(self) -> Reduce:
        order = Reduce(self.days.value(), self.second.text(), self.basis.text())
        return replace(order, passphrase=self.secret.text())

    def _lay_out(self) -> None:
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        papers = FlowRow()
        for button in (self.list_button, self.card_button, self.walk_button):
            papers.add(button)
        days = QHBoxLayout()
        days.addWidget(self.days_label)
        days.addWidget(self.days)
        days.addStretch(1)
        end = QHBoxLayout()
        end.addWidget(self.reduce_button)
        end.addStretch(1)
        upper: tuple[QWidget, ...] = (self.order_heading, self.tasks, self.printed)
        for widget in upper:
            lines.addWidget(widget)
        self.tasks.setMinimumHeight(look().px(130))
        lines.addWidget(papers)
        lines.addSpacing(look().px(8))
        lines.addLayout(days)
        lower: tuple[QWidget, ...] = (
            self.found, self.second_label, self.second, self.secret_label, self.secret, self.basis_label, self.basis,
        )  # fmt: skip
        for widget in lower:
            lines.addWidget(widget)
        lines.addLayout(end)
        lines.addWidget(self.at_once)
        lines.addStretch(1)
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
