"""The window in which a kit is taken back: what it says of its journey, what is still out, and two persons' note."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget

from secmsg.office.kit_log import Kinship
from secmsg.station.kit_views import CableUse, Reconciliation
from ui import failures
from ui.format import Place, one_line, short, span
from ui.language import tr, trn
from ui.theme import look, wide
from ui.travel.back.state import BackState
from ui.widgets.flow import FlowRow
from ui.widgets.message_bar import Message, MessageBar, Weight
from ui.widgets.rows import Column, Manner, RowsModel, RowTable
from ui.widgets.scroll import Foot
from ui.widgets.sheet import fitting
from ui.widgets.text import Text, Tone


class BackWindow(QDialog):
    """`note_asked`, `report_asked` and `closed` carry the window."""

    note_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    report_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    closed: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, here: Place, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._here = here
        self.state = BackState()
        self.report = b""
        self.heading, self.message = Text(Tone.TITLE), MessageBar()
        self.told, self.differences = Text(wrap=True), Text(wrap=True)
        gap = look().px(16)

        def counted(title: Callable[[], str], count: Callable[[CableUse], int]) -> Column[CableUse]:
            return Column(title, lambda row: str(count(row)), lambda: wide(title()) + gap, right=True)

        columns: tuple[Column[CableUse], ...] = (
            Column(lambda: tr("Cable"), lambda row: row.mrn, lambda: wide("26 CANBERRA 00000") + gap),
            Column(lambda: tr("Subject"), lambda row: one_line(row.subject) or tr("(subject not in lists)"), None),
            counted(lambda: tr("Read"), lambda row: row.read),
            counted(lambda: tr("Enclosures shown"), lambda row: row.previewed),
            counted(lambda: tr("Prints"), lambda row: row.printed),
            counted(lambda: tr("Enclosures written out"), lambda row: row.exported),
        )
        manner: Manner[CableUse] = Manner(
            key=lambda row: row.cable_id,
            sentence=lambda row: f"{row.mrn}, {row.read}, {row.previewed}, {row.printed}, {row.exported}",
        )
        self.table: RowTable[CableUse] = RowTable(RowsModel(columns, manner))
        self.back_label, self.back = Text(Tone.DIM), QSpinBox()
        self.second_label, self.second = Text(Tone.DIM), QLineEdit()
        self.note_label, self.note = Text(Tone.DIM), QLineEdit()
        self.second.setMaxLength(120)
        self.note.setMaxLength(300)
        for label, field in (
            (self.back_label, self.back),
            (self.second_label, self.second),
            (self.note_label, self.note),
        ):
            label.setBuddy(field)
        self.back.valueChanged.connect(lambda _: self._read())
        self.second.textChanged.connect(lambda _: self._read())
        self.note_button, self.report_button, self.close_button = (QPushButton() for _ in range(3))
        for button, do in (
            (self.note_button, lambda: self.note_asked.emit(self)),
            (self.report_button, lambda: self.report_asked.emit(self)),
            (self.close_button, self.reject),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, f=do: f())
        column = QVBoxLayout(self)
        column.addWidget(self.heading)
        column.addWidget(self.message)
        column.addWidget(Foot(self.told))
        column.addWidget(self.table, 1)
        column.addWidget(Foot(self.differences))
        column.addWidget(FlowRow(self.back_label, self.back, self.second_label, self.second, widen=True))
        column.addWidget(FlowRow(self.note_label, self.note, widen=True))
        column.addWidget(FlowRow(self.note_button, self.report_button, self.close_button, widen=False))
        self.resize(fitting(look().px(900), look().px(560)))
        self.render_state()

    def show_found(self, found: Reconciliation) -> None:
        """Show what the kit says; every print counts as handed back until the officer says otherwise."""
        self.state = BackState(found, found.printed)
        self.table.show_rows(found.cables)
        self.table.fit()
        self.back.setRange(0, found.printed)
        self.back.setValue(found.printed)
        self.render_state()
        self.second.setFocus()

    def finish(self, report: bytes, still_out: int) -> None:
        """Show that the return is noted and the keys are destroyed."""
        self.report = report
        self.state = replace(self.state, noted=True, still_out=still_out)
        said = (
            (lambda: tr("The return is noted, and the keys of this kit are destroyed."))
            if not still_out
            else (
                lambda: trn(
                    still_out,
                    "The return is noted, and the keys of this kit are destroyed. {n} print is still out; the ledger "
                    "says so.",
                    "The return is noted, and the keys of this kit are destroyed. {n} prints are still out; the ledger "
                    "says so.",
                )
            )
        )
        self.message.tell(Message(Weight.WARNING if still_out else Weight.GOOD, said))
        self.render_state()
        self.report_button.setFocus()

    def refuse(self, error: BaseException) -> None:
        """Say why it could not be read or noted."""
        self.message.tell(Message(Weight.FAULT, lambda: failures.sentence(error)))

    def _read(self) -> None:
        self.state = replace(self.state, handed_back=self.back.value(), second=self.second.text())
        self.render_state()

    def render_state(self) -> None:
        """Say everything."""
        state, found = self.state, self.state.found
        self.setWindowTitle(tr("Take a kit back"))
        self.heading.setText(tr("Take a kit back") if found is None else tr("Kit {n} is back", n=found.number))
        self.told.setText("" if found is None else self._journey(found))
        self.differences.setText("" if found is None else self._differences(found))
        self.table.setAccessibleName(tr("What was done with each cable"))
        self.table.say_when_empty(tr("The kit is being read…"))
        self.back_label.setText(tr("Prints handed back:"))
        self.back.setAccessibleName(tr("Prints handed back"))
        self.second_label.setText(tr("Second person:"))
        self.second.setAccessibleName(tr("Second person"))
        self.note_label.setText(tr("Noted by both:"))
        self.note.setAccessibleName(tr("Noted by both"))
        self.note_button.setText(tr("&Note the return and destroy the kit's keys"))
        self.note_button.setEnabled(state.may_note)
        self.report_button.setText(tr("&Report as a PDF…"))
        self.report_button.setEnabled(state.noted)
        self.close_button.setText(tr("&Close"))
        for field in (self.back, self.second, self.note):
            field.setEnabled(found is not None and not state.noted)

    def _journey(self, found: Reconciliation) -> str:
        use, permit = found.use, found.permit
        return tr(
            "{bearer}, {post}. Opened {opened} times, {time} in all, on {machines} machines; last seen {when}. "
            "{prints} prints were made, {out} enclosures written out, {taken} additions taken, {missing} not taken.",
            bearer=one_line(permit.bearer), post=one_line(permit.title), opened=found.opened, time=span(use.used_s),
            machines=found.machines, when=short(use.seen, self._here), prints=found.printed, out=found.exported,
            taken=use.drops, missing=found.missing_additions,
        )  # fmt: skip

    def _differences(self, found: Reconciliation) -> str:
        said = []
        if found.kinship is not None and found.kinship is not Kinship.SAME:
            said.append(tr("This is a second folder of a kit that is back already: it was copied."))
        if found.machines > 1:
            said.append(tr("It was opened on more than one machine."))
        if self.state.missing:
            said.append(trn(self.state.missing, "{n} print is still out.", "{n} prints are still out."))
        more = len(found.differences) - (found.machines > 1) - (found.kinship is not None)
        if more > 0:
            said.append(tr("{n} more differences stand in the report.", n=more))
        self.differences.colour(None)
        return " ".join(said) if said else tr("Nothing differs: counts, log and cables agree.")

    def reject(self) -> None:
        """Close."""
        self.closed.emit(self)
        super().reject()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "close_button"):
            self.render_state()
