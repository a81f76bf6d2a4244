"""The compose window: the form, what it lacks, and one act that signs and sends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from secmsg.office.draft import Draft, Lack
from ui import failures
from ui.compose import words as say_of
from ui.compose.form import DraftForm
from ui.compose.state import CheckLine, ComposeState, Field, Phase, Saved, checklist, field_of, first_lack
from ui.format import Place, clock
from ui.language import tr
from ui.theme import Ink, icon, look
from ui.widgets.chips import Choice
from ui.widgets.flow import FlowRow
from ui.widgets.marks import LevelBanner
from ui.widgets.message_bar import Message, MessageBar, Weight
from ui.widgets.phrases import View
from ui.widgets.scroll import Scroll
from ui.widgets.text import Elided, Text, Tone

CHECK_AFTER_MS = 150
SAVE_AFTER_MS = 1500
LEAST_FORM, MOST = 460, 16_777_215
"""What the form needs beside the list, in pixels at normal text size; Qt's word for no bound."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of this window, for the window and for the key sheet."""

    source: str
    keys: tuple[str, ...]


SEND = Key("Sign and send", ("Ctrl+Return", "Ctrl+Enter"))
SAVE = Key("Save draft now", ("Ctrl+S",))
ATTACH = Key("Attach files", ("Ctrl+Shift+A",))
CLOSE = Key("Close and keep the draft", ("Ctrl+W", "Esc"))


class ComposeView(View):
    """One draft being written.

    `altered` and `save_asked` carry a Draft for checking and keeping, `submitted` one to release, `discarded` the
    ComposeState that is put away; `closed` and `stop_asked` (the sealing) carry the window itself.
    """

    altered: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    save_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    submitted: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    discarded: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    closed: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    stop_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, here: Place, post: Callable[[], str], draft: Draft, saved: Saved | None = None) -> None:
        super().__init__()
        self.setWindowFlag(Qt.WindowType.Window)
        self._here, self._post = here, post
        self._told = False
        self._said: Lack | None = None
        self._finished = False
        self._halted: Callable[[], str] | None = None
        self.state = ComposeState(draft=draft, saved=saved)
        self.banner = LevelBanner()
        self.message = MessageBar()
        self.form = DraftForm(here)
        self.form.put(draft)
        self.list_title = Text(Tone.BOLD)
        self.hint = Text(wrap=True)
        self.saved_label = Elided(Tone.DIM)
        self.lines: list[QToolButton] = []
        self.send_button, self.save_button, self.discard_button = QPushButton(), QPushButton(), QPushButton()
        self.stop_button = QPushButton()
        self._check_timer, self._save_timer = QTimer(self), QTimer(self)
        self._lay_out()
        self._wire()
        self.resize(QSize(min(1300, look().px(1120)), 740))
        self.dress()

    def offer(self, choices: Sequence[Choice]) -> None:
        """Say which stations can be addressed."""
        self.form.offer(choices)

    def halt(self, reason: Callable[[], str] | None) -> None:
        """Let nothing be sent while there is a reason, and say it; the draft can be written and kept."""
        if self._halted is None and reason is None:
            return
        self._halted = reason
        self.render_state()

    def show_lacks(self, lacks: tuple[Lack, ...]) -> None:
        """Show what the station finds lacking."""
        self.state = replace(self.state, lacks=lacks)
        if self._said is not None and self._said not in lacks:
            self.message.clear()
            self._said = None
        self.render_state()

    def show_saved(self, saved: Saved) -> None:
        """Show that the draft is kept."""
        self.state = replace(self.state, saved=saved)
        self.render_state()

    def submit(self) -> None:
        """Sign and send; when something lacks, go to the first line that lacks and say it."""
        if self.state.phase is not Phase.WRITING or self._halted is not None:
            return
        if self.form.attachments.checking:
            wait = Message(
                Weight.WARNING, lambda: tr("The files are still being checked for metadata. Send in a moment.")
            )
            self.message.tell(wait)
            return
        self._save_timer.stop()
        self.state = replace(self.state, phase=Phase.RELEASING)
        self.render_state()
        self.submitted.emit(self.state.draft)

    def show_sealing(self, done: int, total: int) -> None:
        """Show how much of the enclosures is sealed."""
        percent = 100 * done // total if total else 100
        if self.state.phase is not Phase.WRITING and percent != self.state.sealed_percent:
            self.state = replace(self.state, phase=Phase.SEALING, sealed_percent=min(percent, 100))
            self.render_state()

    def stop_sealing(self) -> None:
        """Ask for the sealing to end."""
        if self.state.phase is Phase.SEALING:
            self.stop_asked.emit(self)

    def stopped(self) -> None:
        """Let the officer go on writing after the sealing was stopped."""
        self.state = replace(self.state, phase=Phase.WRITING, sealed_percent=0)
        self.render_state()
        said = Message(Weight.WARNING, lambda: tr("Sealing stopped. Nothing was sent and no number was used."))
        self.message.tell(said)

    def refuse(self, lacks: tuple[Lack, ...]) -> None:
        """Say the first lack that the office found and put the cursor there."""
        self._told = True
        self._said = lack = first_lack(lacks)
        self.state = replace(self.state, phase=Phase.WRITING, lacks=lacks)
        if lack is not None:
            self.message.tell(Message(Weight.WARNING, lambda: say_of.lack(lack)))
        self.render_state()
        if lack is not None:
            self._focus(field_of(lack))

    def fail(self, error: BaseException) -> None:
        """Say that releasing or keeping did not work and let the officer go on writing."""
        self.state = replace(self.state, phase=Phase.WRITING)
        self.render_state()
        self.message.tell(Message(Weight.FAULT, lambda: failures.sentence(error)))

    def finish(self) -> None:
        """Close without keeping a draft: it was released or discarded."""
        self._finished = True
        self.close()

    def discard(self) -> None:
        """Put the draft away; the main window offers to bring it back."""
        self._save_timer.stop()
        self.discarded.emit(self.state)

    def save_now(self) -> None:
        """Keep the draft."""
        self._save_timer.stop()
        if self.state.touched:
            self.save_asked.emit(self.state.draft)

    def ask_check(self) -> None:
        """Let the station look at the draft now."""
        self._check_timer.stop()
        self.altered.emit(self.state.draft)

    def render_state(self) -> None:
        """Show the state."""
        state = self.state
        self.setWindowTitle(tr("Cable being written — {post}", post=self._post()))
        self.banner.show_degree(state.draft.degree)
        self.form.mark(state.lacks or (), told=self._told)
        self._render_list()
        self.saved_label.setText(
            tr("Draft, kept {time}", time=clock(state.saved.at, self._here))
            if state.saved
            else tr("Draft, not kept yet")
        )
        busy, sealing = state.phase is not Phase.WRITING, state.phase is Phase.SEALING
        self.send_button.setText(
            tr("Sealing the files… {n} %", n=state.sealed_percent)
            if sealing
            else tr("Signing…")
            if busy
            else tr("S&ign and send   Ctrl+Enter")
        )
        self.stop_button.setVisible(sealing)
        self.send_button.setEnabled(self._halted is None)
        self.send_button.setAccessibleDescription("" if self._halted is None else self._halted())
        self.form.setEnabled(not busy)
        self.discard_button.setEnabled(not busy)

    def dress(self) -> None:
        """Take the look in force."""
        self._place()
        self.banner.dress()
        super().dress()

    def _render_list(self) -> None:
        lines = checklist(self.state)
        while len(self.lines) > len(lines):
            gone = self.lines.pop()
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.lines) < len(lines):
            button = QToolButton()
            button.setAutoRaise(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(partial(self._go_to, len(self.lines)))
            self._list.addWidget(button)
            self.lines.append(button)
        for button, line in zip(self.lines, lines, strict=True):
            self._render_line(button, line)
        if self._halted is not None:
            self.hint.setVisible(True)
            self.hint.setText(self._halted())
            self.hint.colour(Ink.FAULT)
            return
        lack = first_lack(self.state.lacks or ())
        self.hint.setVisible(self._said is None or not self.message.isVisibleTo(self))
        if lack is not None:
            self.hint.setText(say_of.lack(lack))
            self.hint.colour(Ink.WARN)
        else:
            self.hint.setText(tr("Nothing lacks. Ctrl+Enter signs and sends.") if self.state.ready else "")
            self.hint.colour(Ink.GOOD)

    def _render_line(self, button: QToolButton, line: CheckLine) -> None:
        unknown = self.state.lacks is None
        name, ink = ("circle", Ink.DIM) if unknown or line.lack is not None else ("circle-check", Ink.GOOD)
        if line.lack is not None and self._told:
            name, ink = "circle-alert", Ink.WARN
        button.setIcon(icon(name, ink))
        button.setIconSize(QSize(look().icon, look().icon))
        button.setText(f" {say_of.field(line.field)}")
        said = tr("checking") if unknown else tr("in order") if line.lack is None else say_of.lack(line.lack)
        button.setAccessibleName(f"{say_of.field(line.field)}: {said}")

    def _go_to(self, at: int, _checked: object = None) -> None:
        lines = checklist(self.state)
        if at < len(lines):
            self._focus(lines[at].field)

    def _focus(self, field: Field) -> None:
        """Go to a field and bring it into sight."""
        self.form.focus(field)
        self._scroll.keep_in_sight()

    def _place(self) -> None:
        """Put the list of what lacks beside the form, or under it where the room is too narrow for both."""
        wide = look().px(230) + 20
        beside = self.width() >= look().px(LEAST_FORM) + wide
        self._aside.setMinimumWidth(wide if beside else 0)
        self._aside.setMaximumWidth(wide if beside else MOST)
        home = self._middle if beside else self._padded
        if home.indexOf(self._aside) < 0:
            (self._padded if beside else self._middle).removeWidget(self._aside)
            home.addWidget(self._aside)

    def _alter(self, draft: Draft) -> None:
        self.state = replace(self.state, draft=draft)
        self.banner.show_degree(draft.degree)
        self._check_timer.start()
        self._save_timer.start()

    def _wire(self) -> None:
        for timer, after, do in (
            (self._check_timer, CHECK_AFTER_MS, self.ask_check),
            (self._save_timer, SAVE_AFTER_MS, self.save_now),
        ):
            timer.setSingleShot(True)
            timer.setInterval(after)
            timer.timeout.connect(do)
        self.form.altered.connect(self._alter)
        self.send_button.clicked.connect(self.submit)
        self.save_button.clicked.connect(self.save_now)
        self.discard_button.clicked.connect(self.discard)
        self.stop_button.clicked.connect(self.stop_sealing)
        say, draw = self.phrases.say, self.phrases.draw
        say(self.list_title.setText, "Before sending")
        say(self.save_button.setText, "&Save draft")
        say(self.discard_button.setText, "&Discard draft")
        draw(self.save_button.setIcon, "save")
        draw(self.discard_button.setIcon, "trash-2")
        draw(self.send_button.setIcon, "send")
        say(self.stop_button.setText, "Sto&p sealing   Esc")
        self._action(SEND, self.submit)
        self._action(SAVE, self.save_now)
        self._action(ATTACH, self.form.attachments.choose)
        self._action(CLOSE, lambda: self.stop_sealing() if self.state.phase is Phase.SEALING else self.close())

    def _action(self, key: Key, do: Callable[[], object]) -> None:
        action = QAction(self)
        self.phrases.say(action.setText, key.source)
        # Not by the constructor: it reads the names of keys in the language in force, where two may be alike.
        action.setShortcuts([QKeySequence.fromString(k) for k in key.keys])
        action.triggered.connect(lambda _=False: do())
        self.addAction(action)

    def _lay_out(self) -> None:
        inside = QWidget()
        self._padded = QVBoxLayout(inside)
        self._padded.setContentsMargins(14, 10, 10, 6)
        self._padded.addWidget(self.form)
        self._scroll = Scroll(inside)
        self._aside = QWidget()
        aside = QVBoxLayout(self._aside)
        aside.setContentsMargins(10, 12, 14, 10)
        aside.addWidget(self.list_title)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        aside.addLayout(self._list)
        aside.addSpacing(8)
        aside.addWidget(self.hint)
        aside.addStretch(1)
        aside.addWidget(self.saved_label)
        middle = self._middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._scroll, 1)
        middle.addWidget(self._aside)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(14, 6, 14, 12)
        buttons.setSpacing(8)
        buttons.addWidget(FlowRow(self.save_button, self.discard_button), 1)
        buttons.addWidget(self.stop_button)
        buttons.addWidget(self.send_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.message)
        column.addLayout(middle, 1)
        column.addLayout(buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the parts anew."""
        super().resizeEvent(event)
        self._place()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the draft and go; no question is asked."""
        self._check_timer.stop()
        if not self._finished and self.state.phase is Phase.WRITING:
            self.save_now()
        self.closed.emit(self)
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the classification, and let the station look at once."""
        super().showEvent(event)
        self._focus(checklist(self.state)[0].field)
        self.ask_check()
