"""The reading pane: degree, head, the text as written, and at its side what is proven about it."""

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from PySide6.QtCore import QMimeData, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from secmsg.station.views import AttachmentState, AttachmentView, CableView, ReceiptView
from secmsg.wire.cable import Degree, Kind, LinkKind, Named
from ui import names, words
from ui.clipboard import mark
from ui.format import Place, clock, moment, number, one_line, short, size, span, visible
from ui.language import tr, trn
from ui.reader import openings
from ui.reader.find import FindBar
from ui.reader.state import AnnexPick, Order, ReaderState, TransferWish, due, is_moving, may_export, may_open, order
from ui.theme import Ink, icon, look
from ui.widgets.marks import LevelBanner
from ui.widgets.phrases import View
from ui.widgets.scroll import Beside, Scroll
from ui.widgets.text import Text, Tone

LEAST_TEXT = 330
"""What the text needs beside the panel, in pixels at normal text size."""


class CableText(QPlainTextEdit):
    """The text of a cable, never anything but text; Space turns the page and then asks for the next cable."""

    read_through: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )

    def turn(self, pages: int) -> bool:
        """Turn by whole pages; says whether there was one left."""
        bar = self.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + pages * bar.pageStep())
        return bar.value() != before

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages with Space and Shift+Space."""
        if event.key() == Qt.Key.Key_Space:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if not self.turn(-1 if back else 1) and not back:
                self.read_through.emit(self)
            return
        super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Ask clipboard histories to keep nothing of it."""
        return mark(super().createMimeDataFromSelection())


class SidePanel(QScrollArea):
    """Sections of lines, each an icon and a text."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the keys scroll it
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self.setWidget(self._inside)

    def begin(self) -> None:
        """Empty the panel."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        self._grid.setContentsMargins(12, 8, 12, 8)
        self._grid.setColumnStretch(1, 1)
        self._row = 0

    def heading(self, words_: str) -> None:
        """Add a section's heading."""
        label = Text(Tone.BOLD, wrap=True)
        label.setText(words_)
        if self._row:
            label.setContentsMargins(0, 8, 0, 0)
        self._grid.addWidget(label, self._row, 0, 1, 2)
        self._row += 1

    def line(self, name: str, ink: Ink, text: str, second: str = "", *buttons: QToolButton) -> None:
        """Add a line; `second` stands dim under it, with the buttons at its right."""
        side = look().icon
        picture = QLabel()
        picture.setTextFormat(Qt.TextFormat.PlainText)
        picture.setPixmap(icon(name, ink).pixmap(QSize(side, side)))
        self._grid.addWidget(picture, self._row, 0, Qt.AlignmentFlag.AlignTop)
        label = Text(wrap=True)
        label.setText(text)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._grid.addWidget(label, self._row, 1)
        self._row += 1
        if second or buttons:
            held = QWidget()
            line = QHBoxLayout(held)
            line.setContentsMargins(0, 0, 0, 0)
            under = Text(Tone.DIM, wrap=True)
            under.setText(second)
            line.addWidget(under, 1)
            for button in buttons:
                line.addWidget(button)
            self._grid.addWidget(held, self._row, 1)
            self._row += 1

    def end(self) -> None:
        """Push everything up."""
        self._grid.setRowStretch(self._row, 1)
        self._inside.adjustSize()


class ReaderView(View):
    """Shows one cable; asks for acknowledgement, reply and annexes, each with one value."""

    acknowledge_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    reply_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    open_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    export_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    transfer_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, here: Place, now: Callable[[], int]) -> None:
        super().__init__()
        self._here, self._now = here, now
        self.state = ReaderState()
        self.banner = LevelBanner()
        self.subject = Text(Tone.HEADING, wrap=True)
        self.origin = Text(wrap=True)
        self.times = Text(wrap=True)
        self.deadline = Text(Tone.BOLD, wrap=True)
        self.more = Text(Tone.DIM, wrap=True)
        self.body = CableText()
        self.finding = FindBar(self.body)
        self.finding.closed.connect(lambda _: self.body.setFocus())
        self.side = SidePanel()
        self.acknowledge_button = QPushButton()
        self.reply_button = QPushButton()
        self.nothing = Text(Tone.DIM, wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        say, draw = self.phrases.say, self.phrases.draw
        say(self.body.setAccessibleName, "Text of the cable")
        say(self.side.setAccessibleName, "Verification, receipts and enclosures")
        say(self.nothing.setText, "No cable chosen.")
        say(self.reply_button.setText, "Reply")
        draw(self.reply_button.setIcon, "reply")
        draw(self.acknowledge_button.setIcon, "check-check")
        self.acknowledge_button.clicked.connect(self.acknowledge)
        self.reply_button.clicked.connect(self.reply)
        self._lay_out()
        self.dress()

    def show_cable(self, view: CableView | None) -> None:
        """Show a cable from its beginning, or the same one as it now is."""
        old = self.state.view
        self.state = ReaderState(view)
        same = old is not None and view is not None and old.row.cable_id == view.row.cable_id
        text = "" if view is None else visible(view.cable.body)
        if not same or self.body.toPlainText() != text:
            self.body.setPlainText(text)
            self.finding.show_sought("")
        self.render_state()

    def acknowledge(self) -> None:
        """Ask for the signature of receipt, once."""
        view = self.state.view
        if view is not None and self.state.may_acknowledge:
            self.state = replace(self.state, acknowledging=True)
            self.render_state()
            self.acknowledge_asked.emit(view.row.cable_id)

    def reply(self) -> None:
        """Ask for an answer to be written."""
        if self.state.view is not None:
            self.reply_asked.emit(self.state.view)

    def acknowledgement_failed(self) -> None:
        """Let the officer try again."""
        self.state = replace(self.state, acknowledging=False)
        self.render_state()

    def render_state(self) -> None:
        """Show the state."""
        view = self.state.view
        self._pages.setCurrentIndex(0 if view is not None else 1)
        if view is None:
            for label in (self.subject, self.origin, self.times, self.deadline, self.more):
                label.setText("")  # nothing of the last cable stays behind the page without one
            self.side.begin()
            self.acknowledge_button.setText(tr("Ac&knowledge"))
            return
        self.banner.show_degree(view.cable.degree)
        self._head(view)
        self._side(view)
        incoming = view.row.incoming and not view.verification.in_kit
        self.acknowledge_button.setVisible(incoming)
        self.reply_button.setVisible(incoming)
        self.acknowledge_button.setEnabled(self.state.may_acknowledge)
        self.acknowledge_button.setText(tr("Acknowledged") if view.row.acknowledged else tr("Ac&knowledge"))

    def dress(self) -> None:
        """Take the look in force."""
        self._beside.set_widths(look().px(LEAST_TEXT), look().px(280))
        self.body.setMinimumHeight(look().px(120))
        self.side.setMinimumHeight(look().px(120))
        self._head_lines.setContentsMargins(look().px(14), look().px(8), look().px(14), look().px(8))
        self.body.document().setDocumentMargin(look().px(14))
        self.banner.dress()
        super().dress()

    def _head(self, view: CableView) -> None:
        cable = view.cable
        # No subject travels in groups: it comes with the signed cable.
        by_hand = view.row.unsigned and view.row.by_hand
        subject = tr("(by hand, no subject)") if by_hand else cable.subject
        named = subject if cable.kind is Kind.CABLE else f"{words.kind(cable.kind)}: {subject}"
        self.subject.setText(tr("Not signed yet: {subject}", subject=named) if view.row.unsigned else named)
        to = names.stations(view.action_names)
        self.origin.setText(
            tr(
                "No. {n}/{symbol} · {mrn} · {urgency} · {origin} to {to}",
                n=number(cable.number),
                symbol=cable.symbol,
                mrn=cable.mrn,
                urgency=words.urgency(cable.urg_action),
                origin=names.station(view.origin_name),
                to=to,
            )
        )
        self.times.setText(moment(cable.dtg, self._here))
        self._deadline(view)
        self.more.setText(" · ".join(_more(view, self._here)))
        self.more.setVisible(bool(self.more.text()))

    def _deadline(self, view: CableView) -> None:
        at = due(view)
        self.deadline.setVisible(at is not None)
        if at is None:
            self.deadline.setText("")
            return
        left = at - self._now()
        when = moment(at, self._here)
        self.deadline.colour(Ink.WARN if left < 6 * 3600 else None)
        self.deadline.setText(
            tr("{left} left to answer (due {when})", left=span(left), when=when)
            if left >= 0
            else tr("Overdue by {late} (due {when})", late=span(-left), when=when)
        )

    def _side(self, view: CableView) -> None:
        panel = self.side
        panel.begin()
        self._verification(panel, view)
        self._receipts(panel, view)
        if view.attachments:
            panel.heading(tr("Enclosures"))
            for index, annex in enumerate(view.attachments):
                self._annex(panel, view, index, annex)
        panel.heading(tr("Issue"))
        panel.line("file-text", Ink.DIM, "\n".join(_handling(view)))
        panel.end()

    def _verification(self, panel: SidePanel, view: CableView) -> None:
        checked = view.verification
        panel.heading(tr("Verification"))
        station = names.station(checked.station_name)
        signer = ", ".join(one_line(p) for p in (checked.person_name, checked.person_title, station) if p)
        if checked.unsigned and checked.by_hand:
            said = tr(
                "Not signed yet. It came by hand: its authentication group is right, so whoever holds the pages of "
                "{station} wrote it. The signed cable has not come.",
                station=station,
            )
            panel.line("shield-alert", Ink.WARN, said)
        elif checked.unsigned:
            said = tr(
                "Not signed yet. It came by thin packets from a machine of {station}; the signed cable has not come.",
                station=station,
            )
            panel.line("shield-alert", Ink.WARN, said)
        elif checked.in_kit and checked.signature_ok:
            said = tr("The post had found the signature valid: {signer}", signer=signer)
            panel.line("shield-check", Ink.GOOD, said, tr("This kit proves that nothing was changed since."))
        elif checked.signature_ok:
            panel.line("shield-check", Ink.GOOD, tr("Signature valid: {signer}", signer=signer))
        else:
            panel.line("shield-x", Ink.FAULT, tr("Signature not valid. Do not act on this text; ask for a repeat."))
        for doubt in checked.doubts:
            panel.line("shield-alert", Ink.WARN, words.doubt(doubt))
        if view.sent_from is not None:
            panel.line("file-text", Ink.DIM, tr("Copy: sent from machine {n} of this station", n=view.sent_from))
        if view.thin_text:
            came = tr("What came by hand:") if checked.by_hand else tr("What came by thin packets:")
            panel.line("file-text", Ink.WARN, came, view.thin_text)
        match order(view):
            case Order.OWN:
                pass
            case Order.FIRST:
                panel.line("list-ordered", Ink.TEXT, tr("First of its chain"))
            case Order.FOLLOWS:
                panel.line("list-ordered", Ink.TEXT, tr("In order: after serial {n}", n=checked.in_order_after))
            case Order.AFTER_GAP:
                panel.line("triangle-alert", Ink.WARN, tr("Serials before {n} are missing", n=checked.serial))
        if checked.unsigned and checked.by_hand:
            when = clock(checked.received_at, self._here)
            panel.line("pencil", Ink.DIM, tr("By hand, serial {n}, entered {time}", n=checked.serial, time=when))
        elif checked.unsigned:
            when = clock(checked.received_at, self._here)
            panel.line("radio", Ink.DIM, tr("By thin packets, read {time}", time=when))
        elif checked.by_pouch:
            when = clock(checked.received_at, self._here)
            panel.line("download", Ink.DIM, tr("By pouch, read {time}", time=when))
        elif checked.relay_name:
            when = clock(checked.received_at, self._here)
            panel.line("radio", Ink.DIM, tr("By {relay}, {time}", relay=one_line(checked.relay_name), time=when))

    def _receipts(self, panel: SidePanel, view: CableView) -> None:
        if view.verification.in_kit:
            return  # nothing is acknowledged from a kit, and nothing about receipts travels in one
        if view.row.incoming:
            panel.heading(tr("Receipt to {origin}", origin=names.station(view.origin_name)))
            if not view.row.acknowledged:
                panel.line("circle-alert", Ink.WARN, tr("Not acknowledged yet"))
            if view.row.unsigned:
                panel.line("clock", Ink.DIM, tr("It can be acknowledged when the signed cable is here."))
        else:
            panel.heading(tr("Receipts"))
        named = ""
        for receipt in view.receipts:
            # One name for all rungs of a station: the eye then counts stations.
            panel.line(*self._receipt(receipt, own=view.row.incoming or receipt.station_name == named))
            named = receipt.station_name
        for shape, ink, line in openings.lines(view):
            panel.line(shape, ink, line)
        if not view.receipts:
            if view.row.acknowledged:
                panel.line("check-check", Ink.GOOD, tr("Acknowledged here"))
            elif not view.row.incoming:
                panel.line("clock", Ink.DIM, tr("No receipt yet. Nothing is proven about its arrival."))

    def _receipt(self, receipt: ReceiptView, *, own: bool) -> tuple[str, Ink, str]:
        what, time = words.receipt(receipt.level), short(receipt.at, self._here)
        text = (
            f"{what[:1].upper()}{what[1:]}, {time}" if own else f"{names.station(receipt.station_name)}: {what}, {time}"
        )
        if receipt.number:
            text = tr("{line}, register no. {n}", line=text, n=receipt.number)
        return ("circle-x", Ink.FAULT, text) if receipt.level >= 20 else ("mail-check", Ink.GOOD, text)

    def _annex(self, panel: SidePanel, view: CableView, index: int, annex: AttachmentView) -> None:
        name = one_line(annex.name)
        second = f"{size(annex.size)} · {trn(annex.pages, '{n} page', '{n} pages')}"
        pick = AnnexPick(view.row.cable_id, index)
        buttons: list[QToolButton] = []
        match annex.state:
            case AttachmentState.READY:
                if is_moving(annex):
                    second += "\n" + _sent(annex)
            case AttachmentState.WAITING | AttachmentState.DOWNLOADING:
                second += "\n" + _fetched(annex)
            case AttachmentState.DAMAGED:
                second += "\n" + tr("does not match its signed hash; not opened. Ask for a repeat.")
            case _:
                assert_never(annex.state)
        if is_moving(annex):
            wish = TransferWish(pick, pause=not annex.paused)
            verb = tr("Go on") if annex.paused else tr("Pause")
            spoken = tr("Go on with {name}", name=name) if annex.paused else tr("Pause {name}", name=name)
            buttons.append(self._button(verb, spoken, lambda: self.transfer_asked.emit(wish)))
        if may_open(annex):
            buttons.append(self._button(tr("Open"), tr("Open {name}", name=name), lambda: self.open_asked.emit(pick)))
        if may_export(annex):
            buttons.append(
                self._button(tr("Export…"), tr("Export {name}", name=name), lambda: self.export_asked.emit(pick))
            )
        damaged = annex.state is AttachmentState.DAMAGED
        panel.line("shield-x" if damaged else "paperclip", Ink.FAULT if damaged else Ink.TEXT, name, second, *buttons)

    def _button(self, verb: str, name: str, do: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setText(verb)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda _=False: do())
        return button

    def _lay_out(self) -> None:
        self._head_box = QWidget()
        head = self._head_lines = QVBoxLayout(self._head_box)
        head.setSpacing(3)
        for label in (self.subject, self.origin, self.times, self.deadline, self.more):
            head.addWidget(label)
        self._panel = QWidget()
        panel = QVBoxLayout(self._panel)
        panel.setContentsMargins(0, 0, 0, 0)
        panel.addWidget(self.side, 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(12, 4, 12, 12)
        buttons.addWidget(self.acknowledge_button, 1)
        buttons.addWidget(self.reply_button, 1)
        panel.addLayout(buttons)
        held = QWidget()
        left = QVBoxLayout(held)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self._head_box)
        left.addWidget(self.finding)
        left.addWidget(self.body, 1)
        self._beside = Beside(held, self._panel)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(Scroll(self._beside), 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(shown)
        self._pages.addWidget(self.nothing)
        QWidget.setTabOrder(self.body, self.side)
        QWidget.setTabOrder(self.side, self.acknowledge_button)
        QWidget.setTabOrder(self.acknowledge_button, self.reply_button)


def _fetched(annex: AttachmentView) -> str:
    done, total = size(annex.done), size(annex.total)
    if annex.state is AttachmentState.WAITING or not annex.total:
        return tr("fetching paused") if annex.paused else tr("not fetched yet; it comes by itself")
    if annex.paused:
        return tr("paused; {done} of {total} is here", done=done, total=total)
    return tr("fetching {done} of {total}", done=done, total=total)


def _sent(annex: AttachmentView) -> str:
    done, total = size(annex.done), size(annex.total)
    if annex.paused:
        return tr("paused; {done} of {total} is at the relay. The cable waits for it.", done=done, total=total)
    return tr("{done} of {total} is at the relay", done=done, total=total)


def _more(view: CableView, here: Place) -> list[str]:
    cable = view.cable
    parts = []
    if view.info_names:
        parts.append(tr("For information: {names}", names=names.stations(view.info_names)))
    parts.extend(_reference(r.mrn, r.link) for r in cable.refs)
    if cable.desk_by is not None:
        parts.append(tr("On the desk by {when}", when=moment(cable.desk_by, here)))
    if cable.caption:
        parts.append(tr("Distribution: {captions}", captions=one_line(", ".join(cable.caption))))
    stations = dict(zip((*cable.action_to, *cable.info_to), (*view.action_names, *view.info_names), strict=False))
    parts.extend(_named(named, stations.get(named.station, "")) for named in cable.named)
    if cable.return_by is not None:
        parts.append(tr("To be returned by {when}", when=moment(cable.return_by, here)))
    if cable.void_after is not None:
        parts.append(tr("No value after {when}", when=moment(cable.void_after, here)))
    if cable.urgency_reason:
        parts.append(tr("Reason for Flash: {reason}", reason=one_line(cable.urgency_reason)))
    return parts


def _named(named: Named, station: str) -> str:
    persons, where = one_line(", ".join(named.persons)), names.station(station)
    if named.only:
        return tr("At {station} only for {persons}", station=where, persons=persons)
    return tr("At {station} for {persons}", station=where, persons=persons)


def _reference(mrn: str, link: LinkKind) -> str:
    match link:
        case LinkKind.REPLY:
            return tr("Reply to {mrn}", mrn=mrn)
        case LinkKind.SUPPLEMENT:
            return tr("Supplement to {mrn}", mrn=mrn)
        case LinkKind.CORRECTION:
            return tr("Correction of {mrn}", mrn=mrn)
        case LinkKind.SUPERSEDE:
            return tr("Supersedes {mrn}", mrn=mrn)
        case LinkKind.CANCEL:
            return tr("Cancels {mrn}", mrn=mrn)
        case _:
            assert_never(link)


def _handling(view: CableView) -> list[str]:
    cable = view.cable
    if view.row.unsigned:
        return [tr("Who drafted and released it stands in the signed cable.")]
    lines = [tr("Drafted by {name}", name=one_line(cable.drafter.name))]
    lines.append(tr("Released by {name}", name=one_line(cable.releaser.name)))
    if cable.second_person is not None:
        lines.append(tr("Second person: {name}", name=one_line(cable.second_person.name)))
    lines.append(
        tr("Copies: {n}, copying permitted", n=cable.copies)
        if cable.copy_ok
        else tr("Copies: {n}, no copying", n=cable.copies)
    )
    if cable.degree is not Degree.UNCLASSIFIED and cable.basis:
        lines.append(tr("Basis: {basis}", basis=one_line(cable.basis)))
    return lines
