"""The window in which a kit is made: the permit, the cables, passphrase and folder, then progress and the outcome."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from secmsg.office import kits
from secmsg.station.kit_views import KitRow
from secmsg.wire.cable import Degree
from ui import failures, words
from ui.format import Place, moment, one_line, size
from ui.language import tr
from ui.theme import look
from ui.travel.choice import CableChoice
from ui.travel.make import words as make_words
from ui.travel.make.state import MakeState, Step, lacks
from ui.widgets.flow import FlowRow
from ui.widgets.message_bar import Message, MessageBar, Weight
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import fitting
from ui.widgets.text import Text, Tone

WHEN = "%d/%m/%Y %H:%M"
DAY = 86_400
MEASURE_MS = 100
_LINES = ("bearer", "title", "purpose", "places", "measures", "permitted_by")
_ORDER = (Step.PERMIT, Step.CABLES, Step.FOLDER)


class Meter:
    """How many bytes are sealed, written by the working thread; `stopped` goes the other way."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self.stopped = False

    def __call__(self, done: int, /) -> bool:
        """Take note; answer whether to go on."""
        self.done = done
        return not self.stopped


class MakeWindow(QDialog):
    """`make_asked` and `folder_asked` carry the window, `closed` too; `meter` is of the work under way."""

    make_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    folder_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    closed: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, here: Place, now: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._here = here
        self.state = MakeState()
        self.meter = Meter()
        self.heading, self.message, self.told = Text(Tone.TITLE), MessageBar(), Text(Tone.DIM, wrap=True)
        self.lines = {
            name: QLineEdit() for name in ("bearer", "title", "purpose", "places", "measures", "permitted_by")
        }
        self.start, self.until = QLineEdit(), QLineEdit()
        self.degree = QComboBox()
        self.openings, self.hours, self.prints = QSpinBox(), QSpinBox(), QSpinBox()
        self.exports, self.drops, self.destroys = QCheckBox(), QCheckBox(), QCheckBox()
        self.choice = CableChoice(here)
        self.passphrase, self.again, self.folder = QLineEdit(), QLineEdit(), QLineEdit()
        self.second_label, self.second = Text(), QLineEdit()
        self.folder_button = QPushButton()
        self.bar, self.outcome = QProgressBar(), Text(wrap=True)
        self.back_button, self.next_button, self.stop_button, self.close_button = (QPushButton() for _ in range(4))
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._measure)
        self._prefill(now)
        self._lay_out()
        self._wire()
        self.render_state()
        self.lines["bearer"].setFocus()

    # --- what the wiring tells -----------------------------------------------------------------------------------

    def show_folder(self, name: str) -> None:
        """Take the folder that was chosen."""
        self.folder.setText(name)
        self._read()

    def begin(self, total: int) -> Meter:
        """Show that the kit is being made."""
        self.meter = Meter()
        self.meter.total = total
        self.state = replace(self.state, step=Step.WORKING)
        self.message.clear()
        self.stop_button.setEnabled(True)
        self._timer.start(MEASURE_MS)
        self.render_state()
        self.stop_button.setFocus()
        return self.meter

    def finish(self, row: KitRow) -> None:
        """Show that the kit is made, and what is to be done with it."""
        self._timer.stop()
        self.state = replace(self.state, step=Step.DONE)
        for field in (self.passphrase, self.again, self.second):
            field.clear()
        n, count, until = row.number, row.cables, moment(row.permit.until, self._here)
        bearer = one_line(row.permit.bearer)
        self._said: Callable[[], str] = lambda: tr(
            "Kit {n} is made, opened once by the post, and entered in the ledger: {count} cables, until {until}. Hand "
            "the folder to {bearer}; tell the passphrase by word of mouth, apart from it. It is opened with this "
            "program (secmsg-desktop --home FOLDER, or secmsg kit open FOLDER).",
            n=n, count=count, until=until, bearer=bearer,
        )  # fmt: skip
        self.render_state()
        self.close_button.setFocus()

    def refuse(self, error: BaseException) -> None:
        """Say why no kit was made; nothing that opens is left in the folder."""
        self._timer.stop()
        if self.state.step is Step.WORKING:
            self.state = replace(self.state, step=Step.FOLDER)
        self.message.tell(Message(Weight.FAULT, lambda: failures.sentence(error)))
        self.render_state()

    # --- steps ---------------------------------------------------------------------------------------------------

    def forward(self) -> None:
        """Go to the next step, or begin the work after the last."""
        self._read()
        found = lacks(self.state, self.passphrase.text(), self.again.text())
        if found is not None:
            self.message.tell(Message(Weight.WARNING, lambda: make_words.lack(found)))
            return
        self.message.clear()
        if self.state.step is Step.FOLDER:
            self.make_asked.emit(self)
            return
        if self.state.step is Step.PERMIT and self.state.degree is not None:
            self.choice.bound(self.state.degree)
        self._go(_ORDER[_ORDER.index(self.state.step) + 1])

    def backward(self) -> None:
        """Go to the step before."""
        self.message.clear()
        self._go(_ORDER[max(0, _ORDER.index(self.state.step) - 1)])

    def stop(self) -> None:
        """Ask the work to end; what was written is taken away."""
        self.meter.stopped = True
        self.stop_button.setEnabled(False)

    def _go(self, step: Step) -> None:
        self.state = replace(self.state, step=step)
        self.render_state()
        first = {Step.PERMIT: self.lines["bearer"], Step.CABLES: self.choice.search, Step.FOLDER: self.passphrase}
        first[step].setFocus()
        if step is Step.CABLES and not self.choice.list.count():
            self.choice.sought.emit("")

    def _read(self) -> None:
        degree = self.degree.currentIndex() - 1
        self.state = replace(
            self.state,
            bearer=self.lines["bearer"].text(),
            title=self.lines["title"].text(),
            degree=None if degree < 0 else Degree(degree),
            purpose=self.lines["purpose"].text(),
            places=self.lines["places"].text(),
            measures=self.lines["measures"].text(),
            permitted_by=self.lines["permitted_by"].text(),
            start=self._time(self.start.text()),
            until=self._time(self.until.text()),
            openings=self.openings.value(),
            hours=self.hours.value(),
            prints=self.prints.value(),
            exports=self.exports.isChecked(),
            drops=self.drops.isChecked(),
            destroys=self.destroys.isChecked(),
            cables=len(self.choice.chosen),
            folder=self.folder.text(),
        )

    def _time(self, text: str) -> int:
        try:
            return int(datetime.strptime(text.strip(), WHEN).replace(tzinfo=self._here.zone).timestamp())
        except (ValueError, OverflowError):
            return 0

    def _prefill(self, now: int) -> None:
        for field, at in ((self.start, now), (self.until, now + 3 * DAY)):
            field.setText(f"{datetime.fromtimestamp(at, self._here.zone):{WHEN}}")
        self.openings.setRange(1, kits.MAX_OPENINGS)
        self.openings.setValue(99)
        self.hours.setRange(1, kits.MAX_MINUTES // 60)
        self.hours.setValue(40)
        self.prints.setRange(0, kits.MAX_PRINTS)
        for field in (self.passphrase, self.again, self.second):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            hint = Qt.InputMethodHint
            field.setInputMethodHints(hint.ImhHiddenText | hint.ImhSensitiveData | hint.ImhNoPredictiveText)
            field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.folder.setReadOnly(True)

    # --- showing -------------------------------------------------------------------------------------------------

    def render_state(self) -> None:
        """Say everything."""
        state = self.state
        self.setWindowTitle(tr("New delegation kit"))
        self.heading.setText(make_words.step(state.step))
        self._name_fields()
        self.pages.setCurrentIndex(min(list(Step).index(state.step), 3))
        going = state.step in _ORDER
        self.told.setText(self._explained())
        self.told.setVisible(bool(self.told.text()))
        self.back_button.setText(tr("&Back"))
        self.back_button.setVisible(going and state.step is not Step.PERMIT)
        self.next_button.setText(tr("&Make the kit") if state.step is Step.FOLDER else tr("&Next"))
        self.next_button.setVisible(going)
        self.stop_button.setText(tr("&Stop"))
        self.stop_button.setVisible(state.step is Step.WORKING)
        self.close_button.setText(tr("&Close"))
        self.close_button.setEnabled(state.step is not Step.WORKING)
        self.bar.setVisible(state.step is Step.WORKING)
        self.bar.setAccessibleName(tr("Progress"))
        self._measure()

    def _explained(self) -> str:
        match self.state.step:
            case Step.PERMIT:
                return tr("The permit is signed with your name and stands in the ledger. It binds the kit: what is not "
                          "allowed here cannot be done with it.")  # fmt: skip
            case Step.FOLDER:
                return tr(
                    "The kit opens with this passphrase alone, on any machine. Whoever has both can read it and can "
                    "copy it; a copy counts by itself, and no clock can stop another program. What protects it is the "
                    "passphrase; what ends it is that the folder comes back."
                )
            case _:
                return ""

    def _name_fields(self) -> None:
        for key, said in (
            ("bearer", tr("Bearer")), ("title", tr("Post of the bearer")), ("purpose", tr("Purpose")),
            ("places", tr("Where to")), ("measures", tr("Protective measures")), ("permitted_by", tr("Permitted by")),
        ):  # fmt: skip
            self._label(self.lines[key], said)
        chosen = self.degree.currentIndex()
        self.degree.clear()
        self.degree.addItem(tr("(choose)"))
        for degree in Degree:
            self.degree.addItem(words.degree(degree))
        self.degree.setCurrentIndex(max(0, chosen))
        for field, said in (
            (self.degree, tr("Highest classification")),
            (self.start, tr("Valid from ({place})", place=self._here.name)),
            (self.until, tr("Valid until ({place})", place=self._here.name)),
            (self.openings, tr("Openings allowed")),
            (self.hours, tr("Hours of reading allowed")),
            (self.prints, tr("Prints allowed, all to be handed back")),
            (self.passphrase, tr("Passphrase of the kit")),
            (self.again, tr("Once more")),
            (self.folder, tr("Folder")),
            (self.second, tr("Passphrase of the second person")),
        ):
            self._label(field, said)
        self.exports.setText(tr("Enclosures may be &written out of the kit"))
        self.drops.setText(tr("Cables may be &added on the road"))
        self.destroys.setText(
            tr("After its end the next start &destroys its keys for good: nobody reads it or its log again")
        )
        self.folder_button.setText(tr("Choose a &folder…"))
        witness = self.state.needs_witness
        self.second.setVisible(witness)
        self._forms[1].labelForField(self.second).setVisible(witness)

    def _label(self, field: QWidget, said: str) -> None:
        for form in self._forms:
            label = form.labelForField(field)
            if isinstance(label, Text):
                label.setText(said)
        field.setAccessibleName(said)

    def _measure(self) -> None:
        meter = self.meter
        if self.state.step is Step.DONE:
            self.outcome.setText(self._said())
            return
        self.bar.setRange(0, 1_000 if meter.total else 0)
        if meter.total:
            self.bar.setValue(min(1_000, 1_000 * meter.done // meter.total))
        self.outcome.setText(
            tr("{done} of {total} sealed anew", done=size(meter.done), total=size(meter.total)) if meter.total else ""
        )

    def _lay_out(self) -> None:
        self._forms = (QFormLayout(), QFormLayout())
        permit, last = QWidget(), QWidget()
        first = QVBoxLayout(permit)
        first.setContentsMargins(0, 0, 0, 0)
        first.addLayout(self._forms[0])
        for box in (self.exports, self.drops, self.destroys):
            first.addWidget(box)
        first.addStretch(1)
        fields = (
            *(self.lines[name] for name in ("bearer", "title")), self.degree,
            *(self.lines[name] for name in ("purpose", "places", "measures", "permitted_by")),
            self.start, self.until, self.openings, self.hours, self.prints,
        )  # fmt: skip
        for field in fields:
            self._forms[0].addRow(Text(), field)
        third = QVBoxLayout(last)
        third.setContentsMargins(0, 0, 0, 0)
        third.addLayout(self._forms[1])
        third.addStretch(1)
        for field in (self.passphrase, self.again, self.folder):
            self._forms[1].addRow(Text(), field)
        self._forms[1].addRow(Text(), self.folder_button)
        self._forms[1].addRow(self.second_label, self.second)
        work = QWidget()
        fourth = QVBoxLayout(work)
        fourth.setContentsMargins(0, 0, 0, 0)
        fourth.addWidget(self.bar)
        fourth.addWidget(self.outcome)
        fourth.addStretch(1)
        self.pages = QStackedWidget()
        for page in (Scroll(permit), self.choice, Scroll(last), Scroll(work)):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.addWidget(self.heading)
        column.addWidget(self.message)
        column.addWidget(self.told)
        column.addWidget(self.pages, 1)
        column.addWidget(FlowRow(self.back_button, self.next_button, self.stop_button, self.close_button, widen=False))
        self.resize(fitting(look().px(760), look().px(600)))

    def _wire(self) -> None:
        self.next_button.setDefault(True)
        for button, do in (
            (self.back_button, self.backward),
            (self.next_button, self.forward),
            (self.stop_button, self.stop),
            (self.close_button, self.reject),
            (self.folder_button, lambda: self.folder_asked.emit(self)),
        ):
            button.setAutoDefault(button is self.next_button)
            button.clicked.connect(lambda _=False, f=do: f())

    def reject(self) -> None:
        """Close, unless a kit is being made."""
        if self.state.step is not Step.WORKING:
            self.closed.emit(self)
            super().reject()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "pages"):
            self.choice.retranslate()
            self.render_state()
