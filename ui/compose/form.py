"""The fields of a draft: shows a Draft and gives one back after every change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSpinBox,
    QToolButton,
    QWidget,
)

from secmsg.ids import StationId
from secmsg.office.draft import Draft, Lack
from secmsg.wire.cable import MAX_COPIES, Degree, SignPrefix, Urgency
from ui import words
from ui.compose.attachments import AttachmentsField
from ui.compose.more import More, toggle
from ui.compose.state import KINDS, MORE, Field, field_of, readdressed, topics_of, uses_more
from ui.format import Place
from ui.language import mark, tr
from ui.theme import look
from ui.widgets.chips import Choice, Picker
from ui.widgets.flow import FlowRow
from ui.widgets.phrases import View
from ui.widgets.text import Text, Tone

TALL = (
    Field.DEGREE,
    Field.BODY,
    Field.SUMMARY,
    Field.ATTACHMENTS,
    Field.ACTION_TO,
    Field.INFO_TO,
    Field.TOPICS,
    Field.COPIES,
)
"""Fields that may take several lines: their label stands at the first."""
DEGREES = (Degree.TOP_SECRET, Degree.SECRET, Degree.CONFIDENTIAL, Degree.UNCLASSIFIED)
DAY = "%d/%m/%Y"
MOMENT = f"{DAY} %H:%M"
FIRST_MINUTE, LAST_MINUTE = time(0, 0), time(23, 59)
_UNREADABLE = 1
"""A moment long past stands for one that cannot be read: the office refuses it with the right sentence."""


def moment_of(text: str, here: Place) -> int | None:
    """Take a local `dd/mm/yyyy HH:MM`; None for nothing, a moment long past for what cannot be read."""
    if not text.strip():
        return None
    try:
        local = datetime.strptime(text.strip(), MOMENT).replace(tzinfo=here.zone)
        return int(local.timestamp())
    except (ValueError, OverflowError):
        return _UNREADABLE


def day_of(text: str, here: Place, hour: time) -> int | None:
    """Take a local `dd/mm/yyyy` at an hour of that day, as `moment_of` does."""
    return moment_of(f"{text.strip()} {hour:%H:%M}", here) if text.strip() else None


def pair(label: QWidget, field: QWidget) -> QWidget:
    """Keep a field beside its label."""
    held = QWidget()
    line = QHBoxLayout(held)
    line.setContentsMargins(8, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(label)
    line.addWidget(field)
    return held


class DraftForm(View):
    """The form; `altered` carries the new Draft."""

    altered: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self, here: Place) -> None:
        super().__init__()
        self._here = here
        self._draft = Draft()
        self._labels: dict[Field, Text] = {}
        self.degree_group = QButtonGroup(self)
        self.degree_buttons = {degree: QRadioButton() for degree in DEGREES}
        for degree, button in self.degree_buttons.items():
            self.degree_group.addButton(button, int(degree))
        self.urgency_box = QComboBox()
        self.basis, self.reason, self.subject = QLineEdit(), QLineEdit(), QLineEdit()
        self.topics, self.reply_by = QLineEdit(), QLineEdit()
        self.action_to, self.info_to = Picker(), Picker()
        self.drafter_name, self.drafter_title, self.second_person = QLineEdit(), QLineEdit(), QLineEdit()
        self.copies = QSpinBox()
        self.copies.setRange(1, MAX_COPIES)
        self.copy_ok = QCheckBox()
        self.prefix = QComboBox()
        self.prefix.addItems([words.sign_prefix(p) for p in SignPrefix])
        self.body, self.summary = QPlainTextEdit(), QPlainTextEdit()
        for edit in (self.body, self.summary):
            edit.setTabChangesFocus(True)
        self.attachments = AttachmentsField()
        self.references, self.drop_references = Text(Tone.DIM, wrap=True), QToolButton()
        self.more, self.more_button = More(here), toggle()
        self._lay_out()
        self._name()
        self._listen()
        self.dress()

    @property
    def draft(self) -> Draft:
        """The draft as filled."""
        return self._draft

    def offer(self, choices: Sequence[Choice]) -> None:
        """Say which stations can be addressed."""
        self.action_to.offer(choices)
        self.info_to.offer(choices)
        self.more.named.offer(choices)

    def put(self, draft: Draft) -> None:
        """Show a draft, without telling."""
        with QSignalBlocker(self):
            self._draft = draft
            if draft.degree is not None:
                self.degree_buttons[draft.degree].setChecked(True)
            self.urgency_box.setCurrentIndex(list(Urgency).index(draft.urgency or Urgency.ROUTINE))
            for field, text in (
                (self.basis, draft.basis),
                (self.reason, draft.urgency_reason),
                (self.subject, draft.subject),
                (self.topics, ", ".join(draft.topics)),
                (self.reply_by, self._moment(draft.reply_by)),
                (self.drafter_name, draft.drafter_name),
                (self.drafter_title, draft.drafter_title),
                (self.second_person, draft.second_person_name),
                (self.more.protect, self._moment(draft.protect_until, DAY)),
                (self.more.return_by, self._moment(draft.return_by, DAY)),
                (self.more.desk_by, self._moment(draft.desk_by)),
                (self.more.void_after, self._moment(draft.void_after)),
            ):
                field.setText(text)
            self.more.put_kind(draft.kind)
            self.more.caption.put(draft.caption)
            self.more.named.put((*draft.action_to, *draft.info_to), draft.named)
            self.more_button.setChecked(uses_more(draft))
            self.body.setPlainText(draft.body)
            self.summary.setPlainText(draft.summary)
            self.action_to.put(draft.action_to)
            self.info_to.put(draft.info_to)
            self.attachments.put(draft.attachments)
            self.copies.setValue(draft.copies)
            self.copy_ok.setChecked(draft.copy_ok)
            self.prefix.setCurrentIndex(list(SignPrefix).index(draft.sign_prefix))
            self._draft = draft
        self.render_state()

    def focus(self, field: Field) -> None:
        """Go to a field."""
        self.widget_of(field).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def mark(self, lacks: Sequence[Lack], *, told: bool) -> None:
        """Show which optional fields are needed now, and mark the labels of what lacks once it was said."""
        lacking = {field_of(lack) for lack in lacks}
        if lacking & MORE:
            self.more_button.setChecked(True)
        for field, label in self._labels.items():
            label.colour(None)
            font = label.font()
            font.setUnderline(told and field in lacking)
            label.setFont(font)
        for widget in (self._labels[Field.SUMMARY], self.summary):
            widget.setVisible(Field.SUMMARY in lacking or bool(self._draft.summary))

    def widget_of(self, field: Field) -> QWidget:
        """Give the widget in which a field is filled."""
        match field:
            case Field.REFERENCES:
                return self.drop_references
            case Field.DEGREE:
                return self.degree_group.checkedButton() or self.degree_buttons[DEGREES[0]]
            case Field.BASIS:
                return self.basis
            case Field.URGENCY:
                return self.urgency_box
            case Field.REASON:
                return self.reason
            case Field.REPLY_BY:
                return self.reply_by
            case Field.ACTION_TO:
                return self.action_to.field
            case Field.INFO_TO:
                return self.info_to.field
            case Field.SUBJECT:
                return self.subject
            case Field.TOPICS:
                return self.topics
            case Field.BODY:
                return self.body
            case Field.SUMMARY:
                return self.summary
            case Field.ATTACHMENTS:
                return self.attachments.add_button
            case Field.COPIES:
                return self.copies
            case Field.DRAFTER:
                return self.drafter_name
            case Field.SECOND_PERSON:
                return self.second_person
            case Field.KIND:
                return self.more.kind
            case Field.PROTECT:
                return self.more.protect
            case Field.RETURN_BY:
                return self.more.return_by
            case Field.DESK_BY:
                return self.more.desk_by
            case Field.VOID_AFTER:
                return self.more.void_after
            case Field.CAPTION:
                return next(iter(self.more.caption.boxes.values()))
            case Field.NAMED:
                return self.more.named.lines[0].names if self.more.named.lines else self.action_to.field

    def render_state(self) -> None:
        """Say what changes with the draft and the language."""
        for degree, button in self.degree_buttons.items():
            button.setText(words.degree(degree))
        with QSignalBlocker(self.urgency_box):
            at = max(0, self.urgency_box.currentIndex())
            self.urgency_box.clear()
            self.urgency_box.addItems([words.urgency(u) for u in Urgency])
            self.urgency_box.setCurrentIndex(at)
        self.references.setText(" · ".join(tr("Reply to {mrn}", mrn=r.mrn) for r in self._draft.refs))
        self._reference_line.setVisible(bool(self._draft.refs))
        opened = self.more_button.isChecked()
        self.more.setVisible(opened)
        self.more_button.setText(tr("Fe&wer fields") if opened else tr("&More fields…"))
        self.more_button.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        flash = self._draft.urgency is Urgency.FLASH
        self._show(Field.REASON, self.reason, shown=flash)
        secret = self._draft.degree not in (None, Degree.UNCLASSIFIED)
        self._show(Field.BASIS, self.basis, shown=secret or bool(self._draft.basis))
        top = self._draft.degree is Degree.TOP_SECRET
        self._show(Field.SECOND_PERSON, self.second_person, shown=top or bool(self._draft.second_person_name))

    def dress(self) -> None:
        """Take the look in force."""
        self.body.setMinimumHeight(look().px(110))
        self.summary.setFixedHeight(look().px(64))
        self.copies.setMinimumHeight(look().px(24))
        self.topics.setFixedWidth(look().px(240))
        self.reply_by.setFixedWidth(look().px(180))
        super().dress()

    def _show(self, field: Field, widget: QWidget, *, shown: bool) -> None:
        self._labels[field].setVisible(shown)
        widget.setVisible(shown)

    def _moment(self, at: int | None, form: str = MOMENT) -> str:
        return "" if at is None else datetime.fromtimestamp(at, self._here.zone).strftime(form)

    def _take(self, **changes: object) -> None:
        new: Draft = replace(self._draft, **changes)  # type: ignore[arg-type]  # each caller names a field and its type
        if new == self._draft:
            return
        shape = (new.degree, new.urgency, new.refs) != (self._draft.degree, self._draft.urgency, self._draft.refs)
        self._draft = new
        if shape:
            self.render_state()
        self.altered.emit(new)

    def _readdress(self, action_to: tuple[StationId, ...], info_to: tuple[StationId, ...]) -> None:
        new = readdressed(self._draft, action_to=action_to, info_to=info_to)
        self.more.named.put((*action_to, *info_to), new.named)
        self._take(action_to=action_to, info_to=info_to, named=new.named)

    def _listen(self) -> None:
        self.degree_group.idToggled.connect(lambda id_, on: self._take(degree=Degree(id_)) if on else None)
        self.urgency_box.currentIndexChanged.connect(lambda at: self._take(urgency=list(Urgency)[max(0, at)]))
        self.basis.textChanged.connect(lambda text: self._take(basis=text))
        self.reason.textChanged.connect(lambda text: self._take(urgency_reason=text))
        self.subject.textChanged.connect(lambda text: self._take(subject=text))
        self.topics.textChanged.connect(lambda text: self._take(topics=topics_of(text)))
        self.reply_by.textChanged.connect(lambda text: self._take(reply_by=moment_of(text, self._here)))
        self.drafter_name.textChanged.connect(lambda text: self._take(drafter_name=text))
        self.drafter_title.textChanged.connect(lambda text: self._take(drafter_title=text))
        self.second_person.textChanged.connect(lambda text: self._take(second_person_name=text))
        self.action_to.picked.connect(lambda chosen: self._readdress(chosen, self._draft.info_to))
        self.info_to.picked.connect(lambda chosen: self._readdress(self._draft.action_to, chosen))
        self.body.textChanged.connect(lambda: self._take(body=self.body.toPlainText()))
        self.summary.textChanged.connect(lambda: self._take(summary=self.summary.toPlainText()))
        self.attachments.altered.connect(lambda given: self._take(attachments=given))
        self.copies.valueChanged.connect(lambda count: self._take(copies=count))
        self.copy_ok.toggled.connect(lambda on: self._take(copy_ok=on))
        self.prefix.currentIndexChanged.connect(lambda at: self._take(sign_prefix=list(SignPrefix)[max(0, at)]))

        more, here = self.more, self._here
        self.drop_references.clicked.connect(lambda _=False: self._take(refs=()))
        self.more_button.toggled.connect(lambda _: self.render_state())
        more.kind.currentIndexChanged.connect(lambda at: self._take(kind=KINDS[max(0, at)]))
        more.protect.textChanged.connect(lambda text: self._take(protect_until=day_of(text, here, FIRST_MINUTE)))
        more.return_by.textChanged.connect(lambda text: self._take(return_by=day_of(text, here, LAST_MINUTE)))
        more.desk_by.textChanged.connect(lambda text: self._take(desk_by=moment_of(text, here)))
        more.void_after.textChanged.connect(lambda text: self._take(void_after=moment_of(text, here)))
        more.caption.altered.connect(lambda captions: self._take(caption=captions))
        more.named.altered.connect(lambda named: self._take(named=named))

    def _name(self) -> None:
        say = self.phrases.say
        self.phrases.draw(self.drop_references.setIcon, "x")
        say(self.drop_references.setAccessibleName, "Remove the references")
        for widget, source in (
            (self.urgency_box, mark("Precedence")),
            (self.basis, mark("Basis of classification")),
            (self.reason, mark("Reason for Flash")),
            (self.subject, mark("Subject")),
            (self.topics, mark("Subject codes")),
            (self.reply_by, mark("Reply due")),
            (self.action_to.field, mark("Addressees for action")),
            (self.info_to.field, mark("Addressees for information")),
            (self.drafter_name, mark("Drafter's name")),
            (self.drafter_title, mark("Drafter's title")),
            (self.second_person, mark("Second person's name")),
            (self.copies, mark("Copies")),
            (self.prefix, mark("Signing authority")),
            (self.body, mark("Text of the cable")),
            (self.summary, mark("Summary")),
        ):
            say(widget.setAccessibleName, source)
        say(self.copy_ok.setText, "Co&pying permitted")
        say(self.topics.setPlaceholderText, "one to five codes")
        say(self.basis.setPlaceholderText, "item of the list of state secrets")
        say(self.drafter_name.setPlaceholderText, "name")
        say(self.drafter_title.setPlaceholderText, "title")

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        urgency = pair(self._label(Field.URGENCY, mark("Precedence"), self.urgency_box), self.urgency_box)
        degrees = FlowRow(*self.degree_buttons.values(), urgency)
        self._prefix_label = Text()
        self.phrases.say(self._prefix_label.setText, "Signed")
        self._prefix_label.setBuddy(self.prefix)
        drafter = QWidget()
        names = QHBoxLayout(drafter)
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(8)
        names.addWidget(self.drafter_name, 3)
        names.addWidget(self.drafter_title, 2)
        copies = FlowRow(self.copies, self.copy_ok, pair(self._prefix_label, self.prefix))
        reply = pair(self._label(Field.REPLY_BY, mark("Reply due"), self.reply_by), self.reply_by)
        codes = FlowRow(self.topics, reply)
        self.reply_by.setPlaceholderText(f"22/11/2026 17:00 · {self._here.name}")
        rows: list[tuple[Field, str, QWidget, QWidget]] = [
            (Field.DEGREE, mark("Classification"), degrees, self.degree_buttons[DEGREES[0]]),
            (Field.BASIS, mark("Basis"), self.basis, self.basis),
            (Field.REASON, mark("Reason for Flash"), self.reason, self.reason),
            (Field.ACTION_TO, mark("For action"), self.action_to, self.action_to.field),
            (Field.INFO_TO, mark("For information"), self.info_to, self.info_to.field),
            (Field.SUBJECT, mark("Subject"), self.subject, self.subject),
            (Field.TOPICS, mark("Subject codes"), codes, self.topics),
            (Field.BODY, mark("Text"), self.body, self.body),
            (Field.SUMMARY, mark("Summary"), self.summary, self.summary),
            (Field.ATTACHMENTS, mark("Enclosures"), self.attachments, self.attachments.add_button),
            (Field.COPIES, mark("Copies"), copies, self.copies),
            (Field.DRAFTER, mark("Drafter"), drafter, self.drafter_name),
            (Field.SECOND_PERSON, mark("Second person"), self.second_person, self.second_person),
        ]
        self.drop_references.setAutoRaise(True)
        self._reference_line = QWidget()
        line = QHBoxLayout(self._reference_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.references, 1)
        line.addWidget(self.drop_references)
        grid.addWidget(self._reference_line, 0, 1)
        for at, (field, source, content, buddy) in enumerate(rows, start=1):
            top = field in TALL
            align = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter
            label = self._label(field, source, buddy)
            if top:
                label.setContentsMargins(0, 4, 0, 0)
            grid.addWidget(label, at, 0, align)
            grid.addWidget(content, at, 1)
            if field is Field.BODY:
                grid.setRowStretch(at, 1)
        self.more_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for button in (self.drop_references, self.more_button):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        grid.addWidget(self.more_button, len(rows) + 1, 1)
        grid.addWidget(self.more, len(rows) + 2, 1)
        self._labels |= self.more.labels
        grid.setColumnStretch(1, 1)
        self._order()

    def _order(self) -> None:
        order: list[QWidget] = [
            self.drop_references,
            *self.degree_buttons.values(),
            self.urgency_box,
            self.basis,
            self.reason,
            self.action_to.field,
            self.info_to.field,
            self.subject,
            self.topics,
            self.reply_by,
            self.body,
            self.summary,
            self.attachments.add_button,
            self.copies,
            self.copy_ok,
            self.prefix,
            self.drafter_name,
            self.drafter_title,
            self.second_person,
            self.more_button,
            *self.more.order,
        ]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _label(self, field: Field, source: str, buddy: QWidget) -> Text:
        label = Text()
        self.phrases.say(label.setText, source)
        label.setBuddy(buddy)
        self._labels[field] = label
        return label
