"""The wizard's frame: which step it is, the page, what is lacking or went wrong, and the way back and forward."""

from dataclasses import replace
from typing import assert_never

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout

from secmsg.station.backup_views import Candidate, Restored
from secmsg.station.first_sheet import FirstSheet
from secmsg.station.setting_up import SetUp
from ui import failures
from ui.backups.view import Meter
from ui.language import tr
from ui.setup import restore_words
from ui.setup import state as steps
from ui.setup.anew import GroupsPage, RenewedPage
from ui.setup.backup import BackupPage, RestoredPage, RestoringPage
from ui.setup.channels import ChannelsPage, FinishPage
from ui.setup.joining import FingerprintPage, KitPage
from ui.setup.opening import LanguagePage, ProfilePage
from ui.setup.page import PageView
from ui.setup.passphrase import PassphrasePage
from ui.setup.sheet import SheetPage
from ui.setup.state import Act, Ask, Lack, Page, SetupState, Way, after, before, coming, looked, resumed
from ui.theme import Ink, look
from ui.widgets.phrases import View
from ui.widgets.scroll import Scroll
from ui.widgets.text import Text, Tone


class SetupView(View):
    """`asked` carries an Act; the caller answers with `busy`, `go_on`, `look`, `refuse` or the pages' own methods."""

    asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self, home: str, language: str, percent: int) -> None:
        super().__init__()
        self.state = SetupState()
        self._error: BaseException | None = None
        self._lack: Lack | None = None
        self.language = LanguagePage(language, percent)
        self.profile, self.passphrase, self.sheet = ProfilePage(home), PassphrasePage(), SheetPage()
        self.fingerprint, self.kit = FingerprintPage(), KitPage()
        self.backup, self.restoring, self.restored = BackupPage(), RestoringPage(), RestoredPage()
        self.groups, self.renewed = GroupsPage(), RenewedPage()
        self._of_restore = False
        self.channels, self.finish = ChannelsPage(), FinishPage()
        self.pages: dict[Page, PageView] = {
            Page.LANGUAGE: self.language,
            Page.PROFILE: self.profile,
            Page.PASSPHRASE: self.passphrase,
            Page.SHEET: self.sheet,
            Page.FINGERPRINT: self.fingerprint,
            Page.KIT: self.kit,
            Page.CHANNELS: self.channels,
            Page.FINISH: self.finish,
            Page.BACKUP: self.backup,
            Page.RESTORING: self.restoring,
            Page.RESTORED: self.restored,
            Page.GROUPS: self.groups,
            Page.RENEWED: self.renewed,
        }
        self.step, self.heading, self.message = Text(Tone.DIM), Text(Tone.HEADING, wrap=True), Text(wrap=True)
        self.back_button, self.next_button = QPushButton(), QPushButton()
        self.next_button.setDefault(True)
        self.next_button.setAutoDefault(True)
        self._stack = QStackedWidget()
        self._areas = {page: Scroll(view) for page, view in self.pages.items()}
        for page, view in self.pages.items():
            view.asked.connect(self._ask)
            self._stack.addWidget(self._areas[page])
        self._lay_out()
        self.back_button.clicked.connect(lambda _=False: self.back())
        self.next_button.clicked.connect(lambda _=False: self.forward())
        for field in (
            self.passphrase.field,
            self.passphrase.again,
            self.sheet.passphrase,
            self.sheet.typed,
            self.sheet.where,
            self.kit.code,
        ):
            field.returnPressed.connect(self.forward)
        self.dress()

    # --- what the caller answers ---------------------------------------------------------------------------------

    def busy(self, *, on: bool = True) -> None:
        """Show that something is under way; nothing is taken meanwhile."""
        self.state = replace(self.state, busy=on)
        self._error, self._lack = None, None
        self.render_state()

    def go_on(self, stands: SetUp) -> None:
        """Go on where the opened store stands."""
        self.state = resumed(self.state, stands)
        self._error, self._lack = None, None
        self.passphrase.forget()
        self.render_state()
        self._focus()

    def look(self, stands: SetUp) -> None:
        """Show how the store stands now, on the page on show."""
        self.state = looked(self.state, stands)
        self.render_state()

    def show_tested(self, state: SetupState) -> None:
        """Show what a test of the channels found."""
        self.state = state
        self.render_state()
        self._focus()

    def refuse(self, error: BaseException) -> None:
        """Say what went wrong; what was typed stays."""
        self.state = replace(self.state, busy=False)
        self._error, self._lack = error, None
        self.render_state()
        self._focus()

    def turn_on(self) -> None:
        """Go to the page after."""
        self.state = replace(self.state, busy=False)
        self._turn(after(self.state))

    def begin_anew(self, groups: str) -> None:
        """Begin with the sheet of a store that is here, with what was typed of it already."""
        self.state = SetupState(Page.GROUPS, way=Way.ANEW)
        self.groups.groups.setPlainText(groups)
        self.render_state()

    def begin_restore(self, meter: Meter) -> None:
        """Show that a restore has begun."""
        self.state = steps.restoring(self.state)
        self.restoring.begin(meter)
        self._show_way(self.state)

    def show_restoring(self, meter: Meter) -> None:
        """Show that the restore goes on after an answer."""
        read_back = self.state.read_back or self.state.page is Page.SHEET
        self.sheet.forget()
        self.restoring.begin(meter)
        self._show_way(replace(self.state, page=Page.RESTORING, busy=True, officers=(), read_back=read_back))

    def ask_officer(self, officers: tuple[Candidate, ...]) -> None:
        """Ask who goes on."""
        self._show_way(steps.asked_who(self.state, officers))

    def show_new_sheet(self, sheet: FirstSheet) -> None:
        """Show the new sheet, to be read back."""
        self._show_way(steps.shown_sheet(self.state))
        self.sheet.show_sheet(sheet)

    def show_restored(self, restored: Restored) -> None:
        """Say what came back; the groups of the old sheet are let go of."""
        self.backup.forget()
        self.sheet.forget()
        self._show_way(steps.came_back(self.state, restored))

    def show_renewed(self) -> None:
        """Say what opens the store now; the groups of both sheets are let go of."""
        self.groups.forget()
        self.sheet.forget()
        self._show_way(steps.renewed(self.state))

    def refuse_restore(self, error: BaseException) -> None:
        """Say why nothing came back, or nothing began anew; folder and groups stay."""
        self.sheet.forget()
        self._show_way(steps.not_restored(self.state))
        self._error, self._of_restore = error, True
        self.render_state()

    def _show_way(self, state: SetupState) -> None:
        self.state = state
        self._error, self._lack = None, None
        self.render_state()
        self._focus()

    def forget(self) -> None:
        """Let go of every secret on the pages."""
        for view in self.pages.values():
            view.forget()

    # --- the way ---------------------------------------------------------------------------------------------------

    def back(self) -> None:
        """Go to the page before, where what was typed stays; or end a restore that is under way."""
        if self.state.under_way:
            self.asked.emit(Ask.STOP)
            return
        if self.state.page is Page.GROUPS and not self.state.busy:
            self.asked.emit(Ask.LEAVE)
        elif (page := before(self.state)) is not None:
            self._turn(page)

    def forward(self) -> None:
        """Say what is lacking, or go on."""
        view = self.pages[self.state.page]
        if self.state.busy:
            return
        if self.state.way is not Way.ANEW:
            self.state = replace(self.state, way=self.profile.way)
        self._error, self._lack, self._of_restore = None, view.lack(), False
        if self._lack is not None:
            self.render_state()
            (view.place(self._lack) or self.next_button).setFocus()
            return
        self.passphrase.profile, self.passphrase.backup = self.profile.profile, self.backup.chosen
        self.passphrase.groups = self.groups.given
        act = view.act()
        if act is None:
            self._turn(after(self.state))
        else:
            self._ask(act)

    def _turn(self, page: Page) -> None:
        self.state = replace(self.state, page=page)
        self._error, self._lack = None, None
        self.render_state()
        self._focus()

    def _ask(self, act: Act) -> None:
        if not self.state.busy:
            self.asked.emit(act)

    def _focus(self) -> None:
        last = self.back_button if self.state.under_way and self.state.busy else self.next_button
        (self.pages[self.state.page].first() or last).setFocus()

    # --- what is shown ---------------------------------------------------------------------------------------------

    def render_state(self) -> None:
        """Show the page."""
        state = self.state
        self.setWindowTitle(tr("Recovery sheet") if state.way is Way.ANEW else tr("Set-up of the post"))
        self.step.setText(tr("Step {n} of {all}", n=state.step, all=state.steps))
        self.heading.setText(_title(state))
        self._stack.setCurrentWidget(self._areas[state.page])
        for view in self.pages.values():
            view.show_state(state)
        self.back_button.setText(tr("&Stop") if state.under_way else tr("&Back"))
        self.back_button.setEnabled(state.under_way or self._leads_back(state))
        self.next_button.setEnabled(not state.busy)
        self.next_button.setText(tr("One moment…") if state.busy else self._verb())
        self.message.setText(self._message())
        self.message.colour(Ink.FAULT if self._error is not None else Ink.WARN)

    def dress(self) -> None:
        """Take the look in force."""
        self._sheet_of_all.setMaximumWidth(look().px(720))
        super().dress()

    def _verb(self) -> str:
        match self.state.page:
            case Page.PASSPHRASE if self.state.way is Way.ANEW:
                return tr("&Next")
            case Page.PASSPHRASE if self.state.way is Way.RESTORE:
                return tr("&Restore")
            case Page.PASSPHRASE:
                return tr("&Make the store")
            case Page.SHEET if self.state.under_way:
                return tr("&Next")
            case Page.RESTORED | Page.RENEWED:
                return tr("Open the &post")
            case Page.SHEET if self.sheet.sheet is None and not self.sheet.checked:
                return tr("&Make the sheet")
            case Page.CHANNELS if coming(self.state) is Ask.TEST_CHANNELS:
                return tr("&Test the channels")
            case Page.CHANNELS if coming(self.state) is Ask.SEND_TEST:
                return tr("&Send a test cable")
            case Page.CHANNELS | Page.FINISH:
                return tr("Open the &post")
            case _:
                return tr("&Next")

    @staticmethod
    def _leads_back(state: SetupState) -> bool:
        return before(state) is not None or (state.page is Page.GROUPS and not state.busy)

    def _message(self) -> str:
        if self._error is not None:
            if self._of_restore and self.state.way is Way.ANEW:
                state = self.state
                return restore_words.anew(self._error, shown=state.shown, read_back=state.read_back)
            if self._of_restore:
                return restore_words.sentence(self._error, shown=self.state.shown)
            return failures.sentence(self._error)
        return "" if self._lack is None else _lacking(self._lack)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.next_button)
        self._sheet_of_all = View()
        column = QVBoxLayout(self._sheet_of_all)
        column.setSpacing(10)
        column.addWidget(self.step)
        column.addWidget(self.heading)
        column.addWidget(self._stack, 1)
        column.addWidget(self.message)
        column.addLayout(buttons)
        middle = QHBoxLayout(self)
        middle.addStretch()
        middle.addWidget(self._sheet_of_all, 1)
        middle.addStretch()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field."""
        super().showEvent(event)
        self._focus()


def _title(state: SetupState) -> str:
    match state.page:
        case Page.GROUPS:
            return tr("New passphrase with the recovery sheet")
        case Page.RESTORING if state.way is Way.ANEW:
            return tr("New passphrase with the recovery sheet")
        case Page.RENEWED:
            return tr("The new passphrase opens the store")
        case Page.LANGUAGE:
            return tr("Language and size of text")
        case Page.PROFILE:
            return tr("The post and its officer")
        case Page.PASSPHRASE:
            return tr("Passphrase")
        case Page.SHEET:
            return tr("Recovery sheet")
        case Page.FINGERPRINT:
            return tr("Fingerprint, compared by voice")
        case Page.KIT:
            return tr("Kit and activation code")
        case Page.CHANNELS:
            return tr("Channels and test cable")
        case Page.FINISH:
            return tr("The post is set up")
        case Page.BACKUP:
            return tr("Backup and its recovery sheet")
        case Page.RESTORING:
            return tr("The backup comes back")
        case Page.RESTORED:
            return tr("The store is back, and sending is stopped")
        case _:
            assert_never(state.page)


def _lacking(lack: Lack) -> str:
    match lack:
        case Lack.NUMBER:
            return tr("The post's number is lacking, 1 to 65535; headquarters gives it.")
        case Lack.NAME:
            return tr("The post's name is lacking.")
        case Lack.OFFICER:
            return tr("The name of the officer who signs here is lacking.")
        case Lack.TITLE:
            return tr("The officer's title is lacking.")
        case Lack.FOLDER:
            return tr("No folder was chosen yet.")
        case Lack.OLD_SHEET:
            return tr("The groups of the recovery sheet are lacking.")
        case Lack.WHO:
            return tr("Nobody was chosen yet.")
        case Lack.SHORT:
            return tr("The passphrase has fewer than 12 characters.")
        case Lack.DIFFER:
            return tr("The two passphrases differ.")
        case Lack.GROUPS:
            return tr("Three groups of five figures are asked for, with a space between them.")
        case Lack.WHERE:
            return tr("Say where the sealed sheet lies: it stands in the ledger.")
        case Lack.KIT:
            return tr("No kit was chosen yet.")
        case Lack.CODE:
            return tr("The activation code is lacking.")
        case Lack.NOT_COMPARED:
            return tr("Nobody has said yet what headquarters reads. The program may be closed until then.")
        case _:
            assert_never(lack)
