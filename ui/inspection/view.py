"""The window of inventory, inspection and handover: the checks, what was seen of each, and who signs."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from secmsg.office import custody_words
from secmsg.office.checking import Answer, Seen, Work
from secmsg.station.custody_records import RecordView
from secmsg.station.custody_works import Row, WorkView
from ui import failures
from ui.inspection import words
from ui.inspection.state import (
    InspectionState,
    Typed,
    answer_of,
    is_count,
    may_answer,
    takes_loose,
    takes_pages,
    takes_seal,
    typed_of,
)
from ui.language import tr
from ui.theme import look, wide
from ui.widgets.flow import FlowRow
from ui.widgets.message_bar import Message, MessageBar, Remedy, Weight
from ui.widgets.rows import Column, Manner, RowsModel, RowTable
from ui.widgets.secret import SecretField
from ui.widgets.sheet import fitting
from ui.widgets.text import Text, Tone


@dataclass(frozen=True, slots=True)
class Look:
    """Show how a work stands; with `begin` write its checks first, with `drop` give it up."""

    work: Work
    begin: bool = False
    drop: bool = False


@dataclass(frozen=True, slots=True)
class Say:
    """Keep an answer, or a thing without a number (`answer.code` empty)."""

    work: Work
    answer: Answer


@dataclass(frozen=True, slots=True)
class Sign:
    """Enter the record, with the second person: named, or by their own passphrase where there is one."""

    work: Work
    name: str
    title: str
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Paper:
    """Write a paper: of a record, or (0) the inspection pack."""

    record: int = 0


Order = Look | Say | Sign | Paper


class InspectionWindow(QDialog):
    """`asked` carries an Order, `closed` the window."""

    asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    closed: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.state = InspectionState()
        self.message, self.told = MessageBar(), Text(Tone.DIM, wrap=True)
        self.detail = Text(Tone.BOLD, wrap=True)
        self.work_label, self.works = Text(Tone.DIM), QComboBox()
        self.begin_button, self.pack_button, self.drop_button = QPushButton(), QPushButton(), QPushButton()
        self.table: RowTable[Row] = RowTable(RowsModel(self._columns(), _manner()))
        self.labels = {name: Text(Tone.DIM) for name in ("pages", "loose", "seal", "note", "place", "what")}
        self.fields = {name: QLineEdit() for name in self.labels}
        self.right_button, self.wrong_button, self.absent_button = QPushButton(), QPushButton(), QPushButton()
        self.add_button = QPushButton()
        self.name_label, self.name, self.title_label, self.title_ = (
            Text(Tone.DIM),
            QLineEdit(),
            Text(Tone.DIM),
            QLineEdit(),
        )
        self.secret_label, self.secret = Text(Tone.DIM), SecretField()
        self.sign_button, self.close_button = QPushButton(), QPushButton()
        self._build()
        self.resize(fitting(look().px(980), look().px(590)))
        self.render_state()
        self.works.setFocus()

    def _columns(self) -> tuple[Column[Row], ...]:
        gap = look().px(16)
        return (
            Column(lambda: tr("Code"), lambda row: row.check.code, lambda: wide("B000") + gap),
            Column(
                lambda: tr("Place"), lambda row: row.check.place, lambda: look().px(130), least=lambda: look().px(70)
            ),
            Column(lambda: tr("What"), words.what, None),
            Column(
                lambda: tr("Must be"),
                lambda row: words.must(row, blind=self.state.blind),
                lambda: look().px(220),
                least=lambda: look().px(110),
            ),
            Column(lambda: tr("Seen"), words.seen, lambda: look().px(110), least=lambda: look().px(70)),
            Column(
                lambda: tr("Does not agree"),
                words.differs,
                lambda: look().px(190),
                least=lambda: wide(tr("Does not agree")) + gap,
            ),
        )

    def _build(self) -> None:
        for work in Work:
            self.works.addItem("", int(work))
        self.work_label.setBuddy(self.works)
        self.works.activated.connect(lambda _: self.choose_work())
        for name, label in self.labels.items():
            label.setBuddy(self.fields[name])
            again = self.add if name in ("place", "what") else self.answer_right
            self.fields[name].returnPressed.connect(again)
        self.name_label.setBuddy(self.name)
        self.title_label.setBuddy(self.title_)
        self.secret_label.setBuddy(self.secret)
        for line in (self.name, self.secret):
            line.returnPressed.connect(self.sign)
            line.textChanged.connect(lambda _: self._enable())
        for button, act in (
            (self.begin_button, self.begin),
            (self.pack_button, lambda: self.asked.emit(Paper())),
            (self.drop_button, self.drop),
            (self.right_button, self.answer_right),
            (self.wrong_button, lambda: self.answer(Seen.WRONG)),
            (self.absent_button, lambda: self.answer(Seen.ABSENT)),
            (self.add_button, self.add),
            (self.sign_button, self.sign),
            (self.close_button, self.reject),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, act=act: act())
        self.table.settled.connect(lambda _: self._show_typed())
        named, typed = self.labels, self.fields
        self.seeing = FlowRow(
            named["pages"], typed["pages"], named["loose"], typed["loose"], named["seal"], typed["seal"],
            named["note"], typed["note"], self.right_button, self.wrong_button, self.absent_button,
        )  # fmt: skip
        self.adding = FlowRow(named["place"], typed["place"], named["what"], typed["what"], self.add_button)
        self.signing = FlowRow(
            self.name_label, self.name, self.title_label, self.title_, self.secret_label, self.secret, self.sign_button
        )
        column = QVBoxLayout(self)
        column.addWidget(FlowRow(self.work_label, self.works, self.begin_button, self.pack_button, self.drop_button))
        column.addWidget(self.told)
        column.addWidget(self.message)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        for row in (self.seeing, self.adding, self.signing, FlowRow(self.close_button)):
            column.addWidget(row)

    # --- acts -------------------------------------------------------------------------------------------------------

    def choose_work(self) -> None:
        """Ask how the work chosen stands."""
        self.state = InspectionState(Work(int(self.works.currentData())))
        self.message.clear()
        self.render_state()
        self.asked.emit(Look(self.state.work))

    def begin(self) -> None:
        """Have the checks written."""
        self.message.clear()
        self.asked.emit(Look(self.state.work, begin=True))

    def drop(self) -> None:
        """Say what goes, and give the work up only when it is said again."""
        again = Remedy(lambda: tr("Give &this up"), lambda: self.asked.emit(Look(self.state.work, drop=True)))
        said = Message(
            Weight.WARNING,
            lambda: tr("What was answered is forgotten, and nothing is entered. Nothing else changes."),
            (again,),
        )
        self.message.tell(said)

    def answer_right(self) -> None:
        """Take the check as it should be, with what was counted."""
        self.answer(Seen.RIGHT)

    def answer(self, seen: Seen) -> None:
        """Take what was seen of the check; a count that is none is named at once."""
        row = self.table.row
        if row is None or not may_answer(row) or self.state.view is None:
            return
        typed = Typed(*(self.fields[name].text() for name in ("pages", "loose", "seal", "note")))
        for name in ("pages", "loose"):
            if not is_count(self.fields[name].text()):
                self.message.tell(Message(Weight.WARNING, lambda: tr("A count is figures alone.")))
                self.fields[name].setFocus()
                return
        self.message.clear()
        self.asked.emit(Say(self.state.work, answer_of(row, seen, typed)))

    def add(self) -> None:
        """Take a thing that has no number."""
        place, what = (self.fields[name].text().strip() for name in ("place", "what"))
        if self.state.view is None or not place or not what:
            return
        self.message.clear()
        self.asked.emit(Say(self.state.work, Answer("", Seen.WRONG, note=what, place=place)))
        self.fields["what"].clear()

    def sign(self) -> None:
        """Have the record entered."""
        if not self.sign_button.isEnabled():
            return
        self.message.clear()
        secret = self.secret.text()
        self.secret.clear()
        self.asked.emit(Sign(self.state.work, self.name.text().strip(), self.title_.text().strip(), secret))

    # --- what comes back --------------------------------------------------------------------------------------------

    def show_view(self, view: WorkView | None) -> None:
        """Show how the work stands, and go to the next check without an answer."""
        before = self.table.row
        answered = before is not None and self.state.view is not None
        self.state = replace(self.state, asked=False, view=view)
        self.table.show_rows(self.state.rows)
        self.table.fit()
        goal = self.state.next_open(before.check.code if answered and before is not None else "")
        if goal is not None:
            self.table.choose_key(goal)
        elif self.state.rows and self.table.row is None:
            self.table.choose(0)
        if view is not None and view.changed:
            codes = ", ".join(view.changed)
            said = Message(
                Weight.WARNING,
                lambda: tr("The store has changed since: look at {codes} again, and print a new pack.", codes=codes),
            )
            self.message.tell(said)
        self.render_state()
        self._show_typed()

    def show_record(self, record: RecordView) -> None:
        """Say what was entered, and offer its paper."""
        self.state = InspectionState(self.state.work, asked=False, record=record)
        self.table.show_rows(())
        self.name.clear()
        self.title_.clear()
        paper = Remedy(lambda: tr("&Print the record…"), lambda: self.asked.emit(Paper(record.line)))
        weight = Weight.WARNING if record.findings else Weight.GOOD
        self.message.tell(Message(weight, lambda: words.signed(record), (paper,)))
        self.render_state()

    def refuse(self, error: BaseException) -> None:
        """Say why it was refused."""
        self.message.tell(Message(Weight.FAULT, lambda: failures.sentence(error)))

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _show_typed(self) -> None:
        typed = typed_of(self.table.row)
        for name in ("pages", "loose", "seal", "note"):
            self.fields[name].setText(getattr(typed, name))
        self._enable()

    def _enable(self) -> None:
        row, begun = self.table.row, self.state.view is not None
        answerable = begun and may_answer(row)
        shown = {"pages": takes_pages(row), "loose": takes_loose(row), "seal": takes_seal(row)}
        for name, wanted in shown.items():
            self.labels[name].setVisible(wanted)
            self.fields[name].setVisible(wanted)
        self.detail.setText("" if row is None else words.detail(row, blind=self.state.blind))
        self.detail.setVisible(begun and row is not None)
        self._name_count()
        self.seeing.setVisible(answerable)
        self.seeing.measure_anew()
        self.adding.setVisible(begun)
        self.signing.setVisible(self.state.complete)
        self.begin_button.setVisible(not begun and not self.state.asked)
        self.drop_button.setVisible(begun)
        self.pack_button.setVisible(begun and self.state.work is Work.INSPECTION)
        second = bool(self.name.text().strip() or self.secret.text())
        self.sign_button.setEnabled(self.state.complete and second)

    def _name_count(self) -> None:
        row = self.table.row
        text = tr("Counted:") if row is not None and row.check.counted else tr("Pages left:")
        self.labels["pages"].setText(text)
        self.fields["pages"].setAccessibleName(text.rstrip(":"))

    def render_state(self) -> None:
        """Say everything."""
        self.setWindowTitle(tr("Inspection and handover"))
        self.work_label.setText(tr("&Work:"))
        for place, work in enumerate(Work):
            self.works.setItemText(place, words.said(custody_words.WORKS[work]))
        self.works.setCurrentIndex(list(Work).index(self.state.work))
        self.works.setAccessibleName(tr("Work"))
        self.told.setText(words.standing(self.state))
        self.table.setAccessibleName(tr("Checks"))
        self.table.say_when_empty(tr("No such work is under way."))
        named = {
            "loose": tr("Pages to destroy:"),
            "seal": tr("Number of the seal:"),
            "note": tr("What was seen:"),
            "place": tr("A thing without a number lies at:"),
            "what": tr("What it is:"),
        }
        for name, text in named.items():
            self.labels[name].setText(text)
            self.fields[name].setAccessibleName(text.rstrip(":"))
        for name, widget in self.fields.items():
            widget.setFixedWidth(look().px(60 if name in ("pages", "loose") else 170))
        for button, text in (
            (self.begin_button, tr("&Begin")),
            (self.pack_button, tr("&Print the pack…")),
            (self.drop_button, tr("&Give up…")),
            (self.right_button, tr("&As it should be")),
            (self.wrong_button, tr("&Differs")),
            (self.absent_button, tr("&Not there")),
            (self.add_button, tr("Add i&t")),
            (self.sign_button, tr("&Sign and enter")),
            (self.close_button, tr("&Close")),
        ):
            button.setText(text)
        second = words.said(custody_words.SIGNS[self.state.work][1])
        self.name_label.setText(f"{second}:")
        self.name.setAccessibleName(second)
        self.title_label.setText(tr("Office:"))
        self.title_.setAccessibleName(tr("Office of the second person"))
        self.secret_label.setText(tr("Own passphrase, if any here:"))
        self.secret.setAccessibleName(tr("Own passphrase of the second person"))
        for line in (self.name, self.title_, self.secret):
            line.setFixedWidth(look().px(150))
        self._enable()

    def dress(self) -> None:
        """Take the look in force."""
        self.render_state()

    def reject(self) -> None:
        """Close; what was answered is kept."""
        self.closed.emit(self)
        super().reject()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.render_state()


def _manner() -> Manner[Row]:
    return Manner(
        key=lambda row: row.check.code,
        sentence=lambda row: ", ".join(
            part
            for part in (row.check.code, row.check.place, words.what(row), words.seen(row), words.differs(row))
            if part
        ),
    )
