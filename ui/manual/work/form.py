"""The few fields that a cable by hand needs for the register beside its text."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from secmsg.office.draft import Draft, Lack
from secmsg.wire.cable import Degree, Urgency
from ui import words
from ui.language import mark, tr
from ui.theme import look
from ui.widgets.phrases import View
from ui.widgets.text import Text, Tone

DEGREES = (Degree.TOP_SECRET, Degree.SECRET, Degree.CONFIDENTIAL, Degree.UNCLASSIFIED)


class HandForm(View):
    """The fields; `altered` carries the Draft, without its text."""

    altered: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self) -> None:
        super().__init__()
        self.draft = Draft()
        self.degree, self.urgency = QComboBox(), QComboBox()
        self.subject, self.basis, self.topics = QLineEdit(), QLineEdit(), QLineEdit()
        self.drafter, self.reason, self.second = QLineEdit(), QLineEdit(), QLineEdit()
        self._labels: dict[QWidget, Text] = {}
        self._lay_out()
        for box in (self.degree, self.urgency):
            box.currentIndexChanged.connect(lambda _: self._alter())
        for field in (self.subject, self.basis, self.topics, self.drafter, self.reason, self.second):
            field.textChanged.connect(lambda _: self._alter())
        self.dress()

    def put(self, draft: Draft) -> None:
        """Show a draft, without telling."""
        self.draft = draft
        with QSignalBlocker(self):
            for field, text in (
                (self.subject, draft.subject),
                (self.basis, draft.basis),
                (self.topics, ", ".join(draft.topics)),
                (self.drafter, draft.drafter_name),
                (self.reason, draft.urgency_reason),
                (self.second, draft.second_person_name),
            ):
                if field.text() != text:
                    field.setText(text)
            self.render_state()
            self.degree.setCurrentIndex(0 if draft.degree is None else 1 + DEGREES.index(draft.degree))
            self.urgency.setCurrentIndex(list(Urgency).index(draft.urgency or Urgency.ROUTINE))
        self.draft = draft
        self._show_needed()

    def widget_of(self, lack: Lack) -> QWidget | None:
        """Give the field in which a lack is mended, None where another part of the window does it."""
        return {
            Lack.NO_DEGREE: self.degree,
            Lack.NO_BASIS: self.basis,
            Lack.BASIS_TOO_LONG: self.basis,
            Lack.NO_URGENCY: self.urgency,
            Lack.FLASH_NO_REASON: self.reason,
            Lack.REASON_TOO_LONG: self.reason,
            Lack.NO_TOPIC: self.topics,
            Lack.BAD_TOPIC: self.topics,
            Lack.NO_SUBJECT: self.subject,
            Lack.SUBJECT_TOO_SHORT: self.subject,
            Lack.SUBJECT_TOO_LONG: self.subject,
            Lack.NO_DRAFTER: self.drafter,
            Lack.DRAFTER_TOO_LONG: self.drafter,
            Lack.RELEASER_IS_DRAFTER: self.drafter,
            Lack.NO_SECOND_PERSON: self.second,
            Lack.SECOND_IS_RELEASER: self.second,
            Lack.BAD_SECOND_PERSON: self.second,
        }.get(lack)

    def render_state(self) -> None:
        """Say everything."""
        with QSignalBlocker(self.degree), QSignalBlocker(self.urgency):
            at = max(0, self.degree.currentIndex())
            self.degree.clear()
            self.degree.addItems([tr("choose"), *(words.degree(each) for each in DEGREES)])
            self.degree.setCurrentIndex(at)
            at = max(0, self.urgency.currentIndex())
            self.urgency.clear()
            self.urgency.addItems([words.urgency(each) for each in Urgency])
            self.urgency.setCurrentIndex(at)
        self._show_needed()

    def _show_needed(self) -> None:
        for field, needed in (
            (self.reason, self.draft.urgency is Urgency.FLASH),
            (self.second, self.draft.degree is Degree.TOP_SECRET),
            (self.basis, self.draft.degree is not Degree.UNCLASSIFIED),
        ):
            field.setVisible(needed)
            self._labels[field].setVisible(needed)

    def _alter(self) -> None:
        degree = self.degree.currentIndex()
        self.draft = replace(
            self.draft,
            degree=None if degree < 1 else DEGREES[degree - 1],
            urgency=list(Urgency)[max(0, self.urgency.currentIndex())],
            subject=self.subject.text().strip(),
            basis=self.basis.text().strip(),
            topics=tuple(self.topics.text().replace(",", " ").replace(";", " ").split()),
            drafter_name=self.drafter.text().strip(),
            urgency_reason=self.reason.text().strip(),
            second_person_name=self.second.text().strip(),
        )
        self._show_needed()
        self.altered.emit(self.draft)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(look().px(6))
        for source, field, row, column, span in (
            (mark("Classification"), self.degree, 0, 0, 1),
            (mark("Precedence"), self.urgency, 0, 2, 1),
            (mark("Subject"), self.subject, 0, 4, 1),
            (mark("Basis"), self.basis, 1, 0, 3),
            (mark("Subject codes"), self.topics, 1, 4, 1),
            (mark("Drafter"), self.drafter, 2, 0, 3),
            (mark("Reason for Flash"), self.reason, 2, 4, 1),
            (mark("Second person"), self.second, 3, 0, 3),
        ):
            label = Text(Tone.DIM)
            self._label(label, source)
            label.setBuddy(field)
            self.phrases.say(field.setAccessibleName, source)
            self._labels[field] = label
            grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(field, row, column + 1, 1, span)
        grid.setColumnStretch(5, 2)
        grid.setColumnStretch(3, 1)

    def _label(self, label: Text, source: str) -> None:
        self.phrases.say(label.setText, source)
