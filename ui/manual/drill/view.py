"""The window of drills: a card, its questions one after the other, what was wrong, and the score."""

from PySide6.QtCore import QElapsedTimer, QEvent, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from secmsg.errors import FormatError
from secmsg.manual.drill import Answer, Card, answer
from ui import failures
from ui.language import tr
from ui.manual.drill import words
from ui.manual.drill.state import DrillState, Stage, clock, rows
from ui.theme import Ink, look, mono
from ui.widgets.flow import FlowRow
from ui.widgets.message_bar import Message, MessageBar, Weight
from ui.widgets.sheet import fitting
from ui.widgets.text import Text, Tone

SECOND_MS = 1_000


class DrillWindow(QDialog):
    """`begin_asked` carries the Card, `ended` the DrillState whose drill is over or given up, `closed` the window."""

    begin_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    ended: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    closed: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, officer: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.state = DrillState(officer=officer)
        self.banner, self.told, self.message = Text(Tone.TITLE, wrap=True), Text(Tone.DIM, wrap=True), MessageBar()
        self.card_label, self.cards, self.officer_label = Text(Tone.DIM), QComboBox(), Text(Tone.DIM)
        self.officer, self.begin_button = QLineEdit(officer), QPushButton()
        self.table, self.asked, self.progress = QPlainTextEdit(), Text(Tone.BOLD, wrap=True), Text(Tone.DIM)
        self.entry, self.choices, self.answer_button = QLineEdit(), QComboBox(), QPushButton()
        self.close_button = QPushButton()
        self._taken, self._tick = QElapsedTimer(), QTimer(self)
        self._said: tuple[Answer, int] | None = None
        self._build()
        self.resize(fitting(look().px(900), look().px(640)))
        self.render_state()
        self.cards.setFocus()

    def _build(self) -> None:
        self.card_label.setBuddy(self.cards)
        self.officer_label.setBuddy(self.officer)
        self.table.setReadOnly(True)
        self.table.setTabChangesFocus(True)
        self.table.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        for card in Card:
            self.cards.addItem("", card.value)
        self.cards.setCurrentIndex(list(Card).index(self.state.card))
        for button, act in (
            (self.begin_button, self.begin),
            (self.answer_button, self.answer),
            (self.close_button, self.reject),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, act=act: act())
        self.entry.returnPressed.connect(self.answer)
        self.officer.returnPressed.connect(self.begin)
        self.officer.textChanged.connect(lambda _: self.render_state())
        self._tick.timeout.connect(self._show_progress)
        column = QVBoxLayout(self)
        column.addWidget(self.banner)
        column.addWidget(self.told)
        column.addWidget(FlowRow(self.card_label, self.cards, self.officer_label, self.officer, self.begin_button))
        column.addWidget(self.table, 1)
        column.addWidget(self.message)
        column.addWidget(self.asked)
        column.addWidget(self.entry)
        column.addWidget(self.choices)
        column.addWidget(FlowRow(self.answer_button, self.progress, self.close_button))

    # --- acts -------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Ask for a fresh drill of the card."""
        self._remember()
        if not self.state.ready:
            self.officer.setFocus()
            return
        self.begin_asked.emit(self.state.card)

    def show_state(self, state: DrillState) -> None:
        """Show a drill that has begun, or its score."""
        self.state = state
        if state.question is None:
            self._tick.stop()
        else:
            self._said = None
            self.message.clear()
            self._tick.start(SECOND_MS)
            self._taken.start()
        self.render_state()
        at = self.cards if state.question is None else self.choices if state.question.choices else self.entry
        at.setFocus()

    def answer(self) -> None:
        """Count the answer; one without form is named and not counted."""
        drill, asked = self.state.drill, self.state.question
        if drill is None or asked is None:
            return
        said = str(self.choices.currentData() or "") if asked.choices else self.entry.text()
        try:
            after = answer(drill, said, self._taken.elapsed() // SECOND_MS)
        except FormatError:
            self.message.tell(Message(Weight.WARNING, self._form))
            return
        self._said = (after.answers[-1], asked.row)
        self.state = self.state.answered(after)
        self._taken.restart()
        self._tell_answer()
        self.entry.clear()
        self.render_state()
        if self.state.question is None:
            self._tick.stop()
            self.ended.emit(self.state)
        else:
            (self.choices if self.state.question.choices else self.entry).setFocus()

    def refuse(self, error: BaseException) -> None:
        """Say why nothing was begun or kept."""
        self.message.tell(Message(Weight.FAULT, lambda: failures.sentence(error)))

    def _remember(self) -> None:
        if self.state.stage is not Stage.WORKING:
            self.state = DrillState(card=Card(self.cards.currentData()), officer=self.officer.text())

    # --- what is shown ----------------------------------------------------------------------------------------------

    def render_state(self) -> None:
        """Say everything."""
        state, asked = self.state, self.state.question
        self.setWindowTitle(tr("HUẤN LUYỆN: drill of the hand cipher"))
        self.banner.colour(Ink.WARN)
        self.banner.setText(tr("HUẤN LUYỆN: nothing here is a cable, and no page of it is taken in earnest"))
        self.told.setText(tr("Work with pencil and paper as in earnest. Time is taken; the first answer counts."))
        self.card_label.setText(tr("&Card"))
        self.officer_label.setText(tr("Of&ficer"))
        for at in range(self.cards.count()):
            self.cards.setItemText(at, tr(words.CARDS[Card(self.cards.itemData(at))]))
        self.cards.setAccessibleName(tr("Card"))
        self.officer.setAccessibleName(tr("Officer"))
        self.begin_button.setText(tr("&Begin"))
        working = state.stage is Stage.WORKING
        for widget in (self.cards, self.officer):
            widget.setEnabled(not working)
        self.begin_button.setEnabled(not working and bool(self.officer.text().split()))
        self.table.setFont(mono(1.2))
        self.table.setAccessibleName(tr("What lies on the table"))
        self.table.setPlainText(self._laid())
        self.asked.setVisible(asked is not None)
        self.entry.setVisible(asked is not None and not asked.choices)
        self.choices.setVisible(asked is not None and bool(asked.choices))
        self.answer_button.setVisible(asked is not None)
        self._render_question()
        self.answer_button.setText(tr("&Answer"))
        self.close_button.setText(tr("&Give up and close") if working else tr("&Close"))
        self._show_progress()

    def _render_question(self) -> None:
        asked = self.state.question
        if asked is None:
            return
        said = tr(words.ASKS[asked.ask])
        self.asked.setText(
            tr("Row {row}: {asked}", row=asked.row + 1, asked=said) if asked.count > 2 and not asked.choices else said
        )
        for widget in (self.entry, self.choices):
            widget.setAccessibleName(said)
        self.entry.setFont(mono())
        kept = self.choices.currentIndex() if self.choices.count() == len(asked.choices) else -1
        self.choices.clear()
        # Nothing is chosen beforehand: an answer is an act.
        self.choices.setPlaceholderText(tr("Choose"))
        for choice in asked.choices:
            self.choices.addItem(tr(words.CHOICES[choice]), choice.value)
        self.choices.setCurrentIndex(kept if self._said is None else -1)

    def _laid(self) -> str:
        """Write what lies on the table; at the end, the score."""
        state = self.state
        if state.score is not None:
            return self._scored()
        if state.question is None:
            return ""
        return "\n\n".join(
            "\n".join((tr(words.ITEMS[thing.item]) + ":", *("   " + row for row in rows(thing))))
            for thing in state.question.things
        )

    def _scored(self) -> str:
        score, drill, trend = self.state.score, self.state.drill, self.state.trend
        if score is None or drill is None:
            return ""
        result = tr("Passed") if score.passed else tr("Not passed") if score.whole else tr("Given up")
        lines = [
            result,
            tr("Wrong: {wrong} of {asked}", wrong=score.wrong, asked=score.asked),
            tr("Time: {time} of {limit}", time=clock(score.seconds), limit=clock(drill.marks.seconds)),
            *(f"   {kind}  {tr(words.CLASSES[kind])}: {count}" for kind, count in sorted(score.classes.items())),
        ]
        if trend is not None and trend.before is not None:
            before, now = f"{trend.before:.0f}", f"{trend.now:.0f}"
            lines.append(tr("Seconds for one answer: {now}, before that {before}", now=now, before=before))
        return "\n".join((*lines, "", tr("Destroy the working papers as in earnest.")))

    def _show_progress(self) -> None:
        state = self.state
        if state.drill is None or state.question is None:
            self.progress.setText("")
            return
        at, count = state.number
        spent = state.drill.seconds + self._taken.elapsed() // SECOND_MS
        self.progress.setText(
            tr(
                "Question {at} of {count} · {spent} of {limit}",
                at=at, count=count, spent=clock(spent), limit=clock(state.drill.marks.seconds),
            )
        )  # fmt: skip

    def _tell_answer(self) -> None:
        if self._said is None:
            return
        given, _ = self._said
        weight = Weight.WARNING if given.slips else Weight.GOOD
        self.message.tell(Message(weight, self._answer_words))

    def _answer_words(self) -> str:
        if self._said is None:
            return ""
        given, _ = self._said
        if not given.slips:
            return tr("The answer before this was right.")
        told = "; ".join(
            tr("{place}: {kind} {name}", place=slip.place + 1, kind=slip.kind.value, name=tr(words.CLASSES[slip.kind]))
            + (f" → {self._right(slip.right)}" if slip.right else "")
            for slip in given.slips
        )
        return tr("Slips in the answer before this, by place: {told}", told=told)

    def _right(self, right: str) -> str:
        choice = next((each for each in words.CHOICES if each.value == right), None)
        return right if choice is None else tr(words.CHOICES[choice])

    def _form(self) -> str:
        asked = self.state.question
        if asked is None or asked.choices:
            return tr("Choose one of the answers; nothing was counted.")
        if asked.count:
            return tr("{n} groups are expected, parted by spaces; nothing was counted.", n=asked.count)
        return tr("The answer is too long; nothing was counted.")

    def dress(self) -> None:
        """Take the look in force."""
        self.render_state()

    def reject(self) -> None:
        """Close; what is under way is given up, and its result says so."""
        if self.state.question is not None:
            self.ended.emit(self.state)
        self._tick.stop()
        self.closed.emit(self)
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with Enter where an answer is chosen; what is typed has its own."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.choices.hasFocus():
                self.answer()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.render_state()
