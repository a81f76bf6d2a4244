"""The list of the kits of this post: who has which, until when, and what can be done."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget

from secmsg.station.kit_views import KitRow
from ui import failures, words
from ui.format import Place, one_line, short
from ui.language import tr
from ui.theme import look, wide
from ui.travel import words as kit_words
from ui.travel.kits.state import Act, Order, may
from ui.widgets.flow import FlowRow
from ui.widgets.message_bar import Message, MessageBar, Remedy, Weight
from ui.widgets.rows import Column, Manner, RowsModel, RowTable
from ui.widgets.sheet import fitting
from ui.widgets.text import Text, Tone, tip

MOST_DAYS = 90


class KitsWindow(QDialog):
    """`ordered` carries an Order; `make_asked`, `back_asked` and `closed` the window."""

    ordered: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    make_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    back_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    closed: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, here: Place, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._here = here
        self.heading, self.message = Text(Tone.TITLE), MessageBar()
        self.told = Text(Tone.DIM, wrap=True)
        gap = look().px(16)
        columns: tuple[Column[KitRow], ...] = (
            Column(lambda: tr("No."), lambda row: str(row.number), lambda: wide("0000") + gap, right=True),
            Column(lambda: tr("Bearer"), lambda row: one_line(row.permit.bearer), None),
            Column(
                lambda: tr("Classification"),
                lambda row: words.degree(row.permit.degree),
                lambda: wide(tr("Classification")) + gap,
            ),
            Column(
                lambda: tr("Valid until"), lambda row: short(row.permit.until, here),
                lambda: wide(f"00/00 00:00 {here.name}") + gap,
            ),
            Column(lambda: tr("Cables in it"), lambda row: str(row.cables), lambda: wide(tr("Cables in it")) + gap,
                   right=True),
            Column(lambda: tr("Additions"), lambda row: str(row.additions), lambda: wide(tr("Additions")) + gap,
                   right=True),
            Column(
                lambda: tr("State"), kit_words.state, lambda: wide(tr("returned, keys not noted as destroyed")) + gap
            ),
        )  # fmt: skip
        manner: Manner[KitRow] = Manner(
            key=lambda row: row.number,
            sentence=lambda row: f"{row.number}, {one_line(row.permit.bearer)}, {kit_words.state(row)}",
        )
        self._asked: Order | None = None
        """What the question in the bar is about."""
        self.table: RowTable[KitRow] = RowTable(RowsModel(columns, manner))
        self.table.settled.connect(lambda _: self.render_state())
        self.make_button, self.back_button, self.close_button = QPushButton(), QPushButton(), QPushButton()
        self.days_label, self.days = Text(Tone.DIM), QSpinBox()
        self.days.setRange(1, MOST_DAYS)
        self.days.setValue(2)
        self.days_label.setBuddy(self.days)
        self.wrong_clock = QCheckBox()
        self.note_label, self.note = Text(Tone.DIM), QLineEdit()
        self.note.setMaxLength(300)
        self.note_label.setBuddy(self.note)
        self.second_label, self.second = Text(Tone.DIM), QLineEdit()
        self.second.setMaxLength(120)
        self.second_label.setBuddy(self.second)
        self.acts = {act: QPushButton() for act in Act}
        for act, button in self.acts.items():
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, a=act: self.order(a))
        for button, told in (
            (self.make_button, self.make_asked),
            (self.back_button, self.back_asked),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, t=told: t.emit(self))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        self.end_row = FlowRow(self.acts[Act.END], self.second_label, self.second, widen=True)
        self.add_row = FlowRow(
            self.acts[Act.ADD],
            self.acts[Act.AGAIN],
            self.days_label,
            self.days,
            self.wrong_clock,
            self.acts[Act.PROLONG],
            widen=False,
        )
        self.half_row = FlowRow(self.acts[Act.FINISH], self.acts[Act.GIVE_UP], widen=False)
        column = QVBoxLayout(self)
        column.addWidget(self.heading)
        column.addWidget(self.message)
        column.addWidget(self.told)
        column.addWidget(self.table, 1)
        column.addWidget(self.end_row)
        column.addWidget(self.add_row)
        column.addWidget(FlowRow(self.acts[Act.LOST], self.note_label, self.note, widen=True))
        column.addWidget(self.half_row)
        column.addWidget(FlowRow(self.make_button, self.back_button, self.close_button, widen=False))
        self.resize(fitting(look().px(940), look().px(520)))
        self.render_state()
        self.table.setFocus()

    def show_rows(self, rows: tuple[KitRow, ...]) -> None:
        """Show the kits."""
        self.table.show_rows(rows)
        self.table.fit()
        if rows and self.table.row is None:
            self.table.choose(0)
        asked = self._asked
        if asked is not None and not any(row.number == asked.kit.number and may(row, asked.act) for row in rows):
            # It has come back, or ended, while the question stood there.
            self.message.clear()
            self._asked = None
        self.render_state()

    def order(self, act: Act) -> None:
        """Ask for an act on the kit that is chosen; a loss is asked about once more, and where a folder is."""
        row = self.table.row
        if row is None or not may(row, act):
            return
        if act is Act.END:
            self._ask_end(row)
            return
        if act is not Act.LOST:
            self.ordered.emit(Order(act, row))
            return
        self._ask(
            Order(act, row),
            lambda: tr(
                "Report kit {n} as lost? Nothing more is added to it, the ledger says so, and a report to headquarters "
                "is put among the drafts. Keys, sessions and cables of this post stay as they are. If the kit turns "
                "up, it is taken back as usual.",
                n=row.number,
            ),
            Remedy(lambda: tr("&Report the loss"), lambda: self.ordered.emit(Order(act, row))),
        )

    def _ask_end(self, row: KitRow) -> None:
        if not self.second.text().strip():
            self.tell(Weight.WARNING, lambda: tr("Name the second person first."))
            self.second.setFocus()
            return
        self._ask(
            Order(Act.END, row),
            lambda: tr(
                "Kit {n} is back. What is left of its keys in its folder is destroyed now; that cannot be undone.",
                n=row.number,
            ),
            Remedy(lambda: tr("Choose its &folder…"), lambda: self.ordered.emit(Order(Act.END, row))),
            Remedy(lambda: tr("&Nothing is left of it"), lambda: self.ordered.emit(Order(Act.END, row, gone=True))),
        )

    def _ask(self, order: Order, said: Callable[[], str], *remedies: Remedy) -> None:
        self.tell(Weight.WARNING, said, *remedies)
        self._asked = order

    def tell(self, weight: Weight, said: Callable[[], str], *remedies: Remedy) -> None:
        """Say something in the window."""
        self._asked = None
        self.message.tell(Message(weight, said, remedies))

    def refuse(self, error: BaseException) -> None:
        """Say why it was refused."""
        self.tell(Weight.FAULT, lambda: failures.sentence(error))

    def render_state(self) -> None:
        """Say everything."""
        self.setWindowTitle(tr("Delegation kits"))
        self.heading.setText(tr("Delegation kits"))
        self.told.setText(
            tr("Chosen cables for a journey, read without a network. What is out, with whom, and until when.")
        )
        self.table.setAccessibleName(tr("Delegation kits"))
        self.table.say_when_empty(tr("No kit was made here yet."))
        self.make_button.setText(tr("&New kit…"))
        self.back_button.setText(tr("&Take a kit back…"))
        self.close_button.setText(tr("&Close"))
        self.days_label.setText(tr("Prolong by days:"))
        self.days.setAccessibleName(tr("Prolong by days"))
        self.wrong_clock.setText(tr("A cloc&k was wrong"))
        tip(
            self.wrong_clock,
            tr(
                "Only when the bearer says that the kit refuses because a clock ran ahead: it forgets every hour after "
                "the present one."
            ),
        )
        self.note_label.setText(tr("What happened:"))
        self.note.setAccessibleName(tr("What happened"))
        for act, said in (
            (Act.ADD, tr("Add &cables…")),
            (Act.AGAIN, tr("&Write the last addition again…")),
            (Act.PROLONG, tr("&Prolong…")),
            (Act.LOST, tr("L&ost…")),
            (Act.FINISH, tr("It is whole: &issue it…")),
            (Act.GIVE_UP, tr("&Give it up")),
            (Act.END, tr("Finish the &return…")),
        ):
            self.acts[act].setText(said)
            self.acts[act].setEnabled(may(self.table.row, act))
        halfway = may(self.table.row, Act.FINISH)
        for act in (Act.FINISH, Act.GIVE_UP):
            self.acts[act].setVisible(halfway)
        self.second_label.setText(tr("Second person:"))
        self.second.setAccessibleName(tr("Second person"))
        ending = may(self.table.row, Act.END)
        for each in (self.acts[Act.END], self.second_label, self.second):
            each.setVisible(ending)
        self.acts[Act.AGAIN].setVisible(may(self.table.row, Act.AGAIN))
        for row in (self.end_row, self.half_row, self.add_row):
            row.refit()

    def reject(self) -> None:
        """Close."""
        self.closed.emit(self)
        super().reject()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "acts"):
            self.render_state()
