"""Every screen by its name: how it is brought up, for the pictures and for the walks of the tests.

A new screen is one function under `@screen`: it brings the screen up and gives the widget to look at. Each one begins
at the list of incoming cables with nothing else open; `Stage.tidy` goes back there, whatever the screen did.
"""

import copy
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QMenu, QPlainTextEdit, QWidget

from secmsg.errors import (
    EnrolmentError,
    FormatError,
    KeyringMissing,
    NotOurPouch,
    ReadBackDiffers,
    TransferStopped,
    WrongPassphrase,
)
from secmsg.ids import DeviceId, PersonId, StationId
from secmsg.manual.drill import Card as PracticeCard
from secmsg.manual.drill import answer
from secmsg.metadata.report import Found, Outcome, Report, Trace
from secmsg.office import copies
from secmsg.office.checking import Seen
from secmsg.office.destruction import Fate, Finding, Part
from secmsg.office.draft import Draft, DraftAttachment
from secmsg.office.hand_work import Stage as HandStage
from secmsg.office.lifecycle import OutboxState
from secmsg.office.materials import Kind as MaterialKind
from secmsg.office.person_log import Deed, LogLine
from secmsg.office.persons import Rank, State
from secmsg.station.backup_views import BackupChecked, BackupLine, BackupStanding, Restored
from secmsg.station.channel_test import Tested
from secmsg.station.events import Noticed
from secmsg.station.hand_views import HandFate, HandTaken, Next
from secmsg.station.persons import SHEET_NAME, Officer, RecordLine
from secmsg.station.pouch_views import Cause, PouchMark, PouchRead, PouchWaiting
from secmsg.station.session_views import BreakView
from secmsg.station.setting_up import Compared, Proof, SetUp
from secmsg.station.station import Station
from secmsg.station.suggesting import Suggestion
from secmsg.station.texts import HAND_SUBJECT
from secmsg.station.views import AttachmentState, FreezeView, LinkState, Notice, NoticeKind
from secmsg.wire.cable import Degree, Urgency
from secmsg.wire.handshake import ResetReason
from tests.helpers import ui_hand as hands
from tests.helpers import ui_setup as setups
from tests.helpers.trainee import made
from tests.helpers.ui_destruction import UiWalk
from tests.helpers.ui_station import CONSULAR, EUROPE, NAMES, NOW, OFFICE, PASSPHRASE, Held, Scene, cable_id, link_of
from ui.actions import Do
from ui.app import Program
from ui.backups.state import Act as BackupAct
from ui.backups.view import BackupsWindow
from ui.compose.state import Field as ComposeField
from ui.compose.state import Phase
from ui.destruction import state as destruction_rules
from ui.destruction.state import DestructionState
from ui.destruction.view import DestructionScreen
from ui.format import Place
from ui.hand_entering import Entering
from ui.hand_writing import Standing, Writing
from ui.inbox.state import Since
from ui.inspection.view import InspectionWindow
from ui.language import Language
from ui.lines import Card, Sight, Watching, Why
from ui.main_window import MainWindow, Shelf
from ui.manual.figures.state import Way
from ui.manual.sheet import Line, spot_of
from ui.officers.state import Act as OfficerAct
from ui.officers.view import OfficersWindow
from ui.post import Post
from ui.pouch.view import WriteWindow
from ui.reader.state import AnnexPick
from ui.safe_papers.state import Draw
from ui.safe_papers.state import Kind as PaperKind
from ui.safe_papers.view import PapersWindow
from ui.setup.state import Page, SetupState
from ui.setup.state import Way as SetupWay
from ui.setup.view import SetupView
from ui.theme import look
from ui.unlock.state import Means, Store
from ui.unlock.view import UnlockView
from ui.walk.view import WalkWindow
from ui.widgets.message_bar import Weight

SETTLE_MS, MOST_SETTLES = 8, 400
SMALL = (1024, 640)


class Door(Enum):
    """What the program is when a screen is brought up."""

    LOCKED = "locked"
    OPEN = "open"
    BARE = "bare"
    """Open, and nothing is anywhere; the relay is out of reach."""


@dataclass
class Stage:
    """One program and the station behind it."""

    program: Program
    scene: Scene
    door: Door
    size: tuple[int, int] = SMALL
    _kept: Held = field(default_factory=Held)

    @property
    def post(self) -> Post:
        """The opened post."""
        assert self.program.post is not None
        return self.program.post

    @property
    def window(self) -> MainWindow:
        """Its main window."""
        return self.post.window

    @property
    def locked(self) -> UnlockView:
        """The locked screen."""
        assert self.program.unlock is not None
        return self.program.unlock

    def by_passphrase(self) -> UnlockView:
        """Give the locked screen as it begins, whatever the screen before did with it."""
        self.locked.use(Means.PASSPHRASE)
        return self.locked

    def settle(self) -> None:
        """Wait until every answer of the store's thread is on show."""
        for _ in range(MOST_SETTLES):
            QTest.qWait(SETTLE_MS)
            post = self.program.post
            gathering = post is not None and post._timers["gather"].isActive()
            checking = post is not None and any(w._check_timer.isActive() for w in post.composing.windows)
            if not self.program.background.pending and not gathering and not checking:
                break
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QTest.qWait(0)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def open(self) -> None:
        """Open the store."""
        self.locked.field.setText(PASSPHRASE)
        self.locked.submit()
        for _ in range(MOST_SETTLES):
            QTest.qWait(SETTLE_MS)
            if self.program.post is not None:
                break
        self.settle()
        self.window.resize(*self.size)
        self._kept = copy_of(self.scene.held)

    def tidy(self) -> None:
        """Close what was opened, undo what was done, and go back to the beginning."""
        if self.program.post is None:
            self._tidy_locked()
            return
        for window in list(self.post.composing.windows):
            window.finish()
        for other in QApplication.topLevelWidgets():
            if other is not self.window and other.isVisible():
                other.close()
        for each in fields(Held):
            setattr(self.scene.held, each.name, getattr(copy_of(self._kept), each.name))
        self.scene.now = NOW
        self.window.actions_[Do.SILENCE].setChecked(False)
        self.window.inbox.forget_filter()
        self.post.refresh(*Shelf)
        self.settle()
        self.window.message.clear()
        self.window.go(Shelf.INBOX)
        self.window.inbox.table.choose(0)
        self.settle()

    def choose(self, number: int, shelf: Shelf = Shelf.INBOX) -> None:
        """Show a cable in the reading pane."""
        self.window.go(shelf)
        page = self.window.list_of(shelf)
        assert page is not None
        page.table.choose_key(cable_id(number))
        self.settle()

    def show_rows(self, count: int) -> None:
        """Give the list exactly so many rows and the reading pane the rest."""
        table, splitter = self.window.inbox.table, self.window.splitter
        list_ = table.y() + table.header().height() + count * look().row + 4 * table.frameWidth()
        splitter.setSizes([list_, max(1, splitter.height() - list_)])
        self.settle()

    def opened(self) -> QWidget:
        """Give the small window that is open."""
        self.settle()
        found = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isWindow() and w is not self.window]
        return found[-1]

    def _tidy_locked(self) -> None:
        view = self.locked
        for other in QApplication.topLevelWidgets():
            if isinstance(other, SetupView):
                other.forget()
                other.hide()
                other.deleteLater()
        view.resize(*self.size)
        self.scene.now = NOW
        if view.state.means.value == "recovery":
            view.change_means()
        view.state = replace(view.state, retry_at=0, failures=0, last_wrong=0, caps_lock=False, input_method=False)
        view.show_card(Card())
        view.alarm.show_sight(Sight())
        view.alarm.show_watching(Card().watching)
        view.warn_of_swap(())
        view.show_store(Store.READY, "")
        self.settle()


def copy_of(held: Held) -> Held:
    """Copy what the station holds, so that it can be taken up again."""
    return replace(held, **{each.name: copy.copy(getattr(held, each.name)) for each in fields(Held)})


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen; `draw` brings it up and gives the widget to look at."""

    name: str
    door: Door
    draw: Callable[[Stage], QWidget]


SCREENS: list[Screen] = []


def screen(name: str, door: Door = Door.OPEN) -> Callable[[Callable[[Stage], QWidget]], Callable[[Stage], QWidget]]:
    """Enter a screen into the list, in the order of this file."""

    def enter(draw: Callable[[Stage], QWidget]) -> Callable[[Stage], QWidget]:
        SCREENS.append(Screen(name, door, draw))
        return draw

    return enter


def screens(door: Door) -> list[Screen]:
    """Give the screens of a door."""
    return [each for each in SCREENS if each.door is door]


def walk(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Bring up one screen of the stage's door after the other."""
    for each in screens(stage.door):
        shown = each.draw(stage)
        stage.settle()
        yield each.name, shown
        stage.tidy()


def scene_of(door: Door) -> Scene:
    """Make the station behind a door."""
    return Scene(held=Held(), links=link_of(LinkState.DOWN)) if door is Door.BARE else Scene()


def begin(app: QApplication, door: Door, language: Language, size: tuple[int, int] = SMALL) -> Stage:
    """Start a program; `Stage.program.stop` ends it."""
    QAccessible.setActive(True)  # as when a screen reader listens
    scene = scene_of(door)
    program = Program(app, scene.doors(), clock=scene.clock, language=language)
    program.start()
    stage = Stage(program, scene, door, size)
    if door is Door.LOCKED:
        stage.locked.resize(*size)
        stage.locked.offer_destruction(offered=True)
        stage.settle()
    else:
        stage.open()
    return stage


CARD = Card(Why.LOCKED, NOW, "ĐSQ Việt Nam tại Cộng hòa Pháp", "Embassy of Viet Nam in France", "Paris", "Europe/Paris")


# --- before the store is open -----------------------------------------------------------------------------------------


@screen("unlock", Door.LOCKED)
def _unlock(stage: Stage) -> QWidget:
    return stage.locked


@screen("unlock-locked", Door.LOCKED)
def _unlock_locked(stage: Stage) -> QWidget:
    """Locked, with wrong tries of somebody else and swap in clear."""
    stage.locked.show_card(CARD)
    stage.locked.remember(3, stage.scene.now - 2)
    stage.locked.warn_of_swap(("/dev/sda3",))
    return stage.locked


@screen("unlock-share", Door.LOCKED)
def _unlock_share(stage: Stage) -> QWidget:
    stage.locked.use(Means.SHARE)
    return stage.locked


@screen("unlock-sheet", Door.LOCKED)
def _unlock_sheet(stage: Stage) -> QWidget:
    stage.locked.use(Means.RECOVERY)
    stage.locked.groups.setPlainText(" ".join(setups.SHEET.groups))
    return stage.locked


@screen("unlock-alarm", Door.LOCKED)
def _unlock_alarm(stage: Stage) -> QWidget:
    """Locked and called twice; something else lies in the fast mailbox."""
    stage.by_passphrase().show_card(replace(CARD, watching=Watching.ON))
    stage.locked.alarm.show_sight(Sight(2, 1, NOW - 120, contact=True))
    return stage.locked


@screen("unlock-medium", Door.LOCKED)
def _unlock_medium(stage: Stage) -> QWidget:
    """Locked because the medium with the store was taken out."""
    stage.locked.show_card(replace(CARD, why=Why.MEDIUM))
    stage.locked.show_store(Store.AWAY, "/media/co-yeu/secmsg")
    return stage.locked


@screen("unlock-crashed", Door.LOCKED)
def _unlock_crashed(stage: Stage) -> QWidget:
    stage.by_passphrase().show_card(replace(CARD, why=Why.CRASHED))
    return stage.locked


@screen("unlock-wrong", Door.LOCKED)
def _unlock_wrong(stage: Stage) -> QWidget:
    view = stage.by_passphrase()
    for _ in range(2):
        stage.scene.now += 100
        view.field.setText("Mật khẩu sai")
        view.submit()
        stage.settle()
    view.field.setText("mâtkhau")
    return view


@screen("unlock-keyring", Door.LOCKED)
def _unlock_keyring(stage: Stage) -> QWidget:
    stage.locked.refuse(KeyringMissing("no bus"))
    return stage.locked


@screen("first-steps", Door.LOCKED)
def _first_steps(stage: Stage) -> QWidget:
    stage.locked.show_store(Store.ABSENT, "/home/co-yeu/.local/share/secmsg")
    return stage.locked


# --- the set-up -------------------------------------------------------------------------------------------------------


def _set_up(
    stage: Stage,
    page: Page,
    stands: SetUp | None = None,
    tested: tuple[Tested, ...] | None = None,
    way: SetupWay = SetupWay.NEW,
) -> SetupView:
    """Show a page of the wizard, filled as an officer would."""
    view = SetupView("/home/co-yeu/.local/share/secmsg", stage.program.speech.language.value, look().percent)
    view.resize(*stage.size)
    view.profile.number.setText("45")
    view.profile.name.setText("ĐSQ Việt Nam tại Cộng hòa Pháp")
    view.profile.place_.setText("Paris")
    view.profile.officer.setText("Trần Thị Bình")
    view.profile.title.setText("Cán bộ cơ yếu")
    view.passphrase.drawn = Suggestion("tre xanh song hong dem trang nui cao", 82.7)
    view.state = SetupState(page, stands, tested=tested, way=way)
    view.show()
    view.render_state()
    return view


@screen("setup-language", Door.LOCKED)
def _setup_language(stage: Stage) -> QWidget:
    return _set_up(stage, Page.LANGUAGE)


@screen("setup-profile", Door.LOCKED)
def _setup_profile(stage: Stage) -> QWidget:
    view = _set_up(stage, Page.PROFILE)
    view.profile.officer.clear()
    view.forward()
    return view


@screen("setup-passphrase", Door.LOCKED)
def _setup_passphrase(stage: Stage) -> QWidget:
    view = _set_up(stage, Page.PASSPHRASE)
    view.passphrase.take.click()
    return view


@screen("setup-sheet", Door.LOCKED)
def _setup_sheet(stage: Stage) -> QWidget:
    view = _set_up(stage, Page.SHEET, setups.FRESH)
    view.sheet.show_sheet(setups.SHEET)
    view.sheet.where.setText("Két số 2, phong bì 14")
    view.refuse(FormatError("group 9 of the recovery sheet is another"))
    return view


@screen("setup-fingerprint", Door.LOCKED)
def _setup_fingerprint(stage: Stage) -> QWidget:
    view = _set_up(stage, Page.FINGERPRINT, replace(setups.FRESH, sheet_checked=True))
    view.fingerprint.different.click()
    return view


@screen("setup-kit", Door.LOCKED)
def _setup_kit(stage: Stage) -> QWidget:
    view = _set_up(stage, Page.KIT, replace(setups.FRESH, sheet_checked=True, compared=Compared.SAME))
    view.kit.take_kit("/media/co-yeu/USB/bo-kich-hoat-45.bin")
    view.refuse(EnrolmentError("the kit and the activation code do not fit"))
    return view


@screen("setup-channels", Door.LOCKED)
def _setup_channels(stage: Stage) -> QWidget:
    stands = replace(setups.FRESH, sheet_checked=True, compared=Compared.SAME, joined=True, proof=Proof.RELAY_HOLDS)
    return _set_up(stage, Page.CHANNELS, stands, setups.TESTED)


@screen("setup-finish", Door.LOCKED)
def _setup_finish(stage: Stage) -> QWidget:
    stands = replace(setups.FRESH, sheet_checked=True, compared=Compared.SAME, joined=True, proof=Proof.WHOLE)
    return _set_up(stage, Page.FINISH, stands)


def _from_backup(stage: Stage, page: Page) -> SetupView:
    view = _set_up(stage, page, way=SetupWay.RESTORE)
    view.profile.restore.setChecked(True)
    view.backup.path = "/media/co-yeu/USB/secmsg-45"
    view.render_state()
    return view


@screen("setup-backup", Door.LOCKED)
def _setup_backup(stage: Stage) -> QWidget:
    view = _from_backup(stage, Page.BACKUP)
    view.backup.groups.setPlainText(" ".join(setups.SHEET.groups))
    view.refuse_restore(WrongPassphrase("another sheet"))
    return view


@screen("setup-restoring", Door.LOCKED)
def _setup_restoring(stage: Stage) -> QWidget:
    view = _from_backup(stage, Page.RESTORING)
    view.state = replace(view.state, busy=True)
    view.render_state()
    view.restoring.bar.setValue(62)
    return view


@screen("setup-who", Door.LOCKED)
def _setup_who(stage: Stage) -> QWidget:
    view = _from_backup(stage, Page.RESTORING)
    view.ask_officer(setups.CANDIDATES)
    view.restoring.who.setCurrentIndex(1)
    return view


@screen("setup-new-sheet", Door.LOCKED)
def _setup_new_sheet(stage: Stage) -> QWidget:
    view = _from_backup(stage, Page.RESTORING)
    view.show_new_sheet(setups.SHEET)
    return view


@screen("setup-restored", Door.LOCKED)
def _setup_restored(stage: Stage) -> QWidget:
    view = _from_backup(stage, Page.RESTORING)
    view.show_restored(Restored(NOW - 90_000, 412, 38, bound=False))
    return view


def _begins_anew(stage: Stage) -> SetupView:
    view = _set_up(stage, Page.GROUPS, way=SetupWay.ANEW)
    view.begin_anew(" ".join(setups.SHEET.groups))
    return view


@screen("setup-anew", Door.LOCKED)
def _setup_anew(stage: Stage) -> QWidget:
    """Show what a stop leaves, with the new sheet on show."""
    view = _begins_anew(stage)
    view.show_new_sheet(setups.SHEET)
    view.refuse_restore(TransferStopped("the officer ended it"))
    return view


@screen("setup-anew-sheet", Door.LOCKED)
def _setup_anew_sheet(stage: Stage) -> QWidget:
    view = _begins_anew(stage)
    view.show_new_sheet(setups.SHEET)
    return view


@screen("setup-renewed", Door.LOCKED)
def _setup_renewed(stage: Stage) -> QWidget:
    view = _begins_anew(stage)
    view.ask_officer(setups.CANDIDATES)
    view.show_renewed()
    return view


@screen("unlock-destroyed", Door.LOCKED)
def _unlock_destroyed(stage: Stage) -> QWidget:
    stage.locked.show_store(Store.DESTROYED, "/home/co-yeu/.local/share/secmsg", dead_since=NOW)
    return stage.locked


def _destruction(stage: Stage, *, exercise: bool = False) -> DestructionScreen:
    counts = {MaterialKind.PAD: 6, MaterialKind.CODEBOOK: 2, MaterialKind.TOKEN: 1, MaterialKind.SHEET: 2}
    shown = DestructionScreen(
        DestructionState(exercise=exercise, counts=counts, reports=True), Place("Paris", ZoneInfo("Europe/Paris"))
    )
    shown.setParent(stage.locked, Qt.WindowType.Dialog)
    shown.show()
    return shown


@screen("destruction", Door.LOCKED)
def _destruction_asked(stage: Stage) -> QWidget:
    shown = _destruction(stage)
    shown.field.setText("TIEU HUY")
    shown.show_state(destruction_rules.held(shown.state, 1_400))
    return shown


@screen("destruction-exercise", Door.LOCKED)
def _destruction_exercise(stage: Stage) -> QWidget:
    return _destruction(stage, exercise=True)


@screen("destruction-practised", Door.LOCKED)
def _destruction_practised(stage: Stage) -> QWidget:
    shown = _ended(stage, exercise=True)
    shown.officer.setText("Trần Thị Bình")
    shown.officer.setFocus()
    return shown


@screen("destruction-done", Door.LOCKED)
def _destruction_done(stage: Stage) -> QWidget:
    return _ended(stage)


def _ended(stage: Stage, *, exercise: bool = False) -> DestructionScreen:
    shown = _destruction(stage, exercise=exercise)
    state = shown.state
    fates = ((Part.KEYS, Fate.DESTROYED), (Part.MEMORY, Fate.DESTROYED), (Part.OTHER_KEYS, Fate.ABSENT),
             (Part.KEYRING, Fate.UNKNOWN), (Part.DATABASE, Fate.DESTROYED), (Part.BLOBS, Fate.DESTROYED))  # fmt: skip
    for part, fate in fates:
        state = destruction_rules.found(state, Finding(part, fate, 1))
    shown.show_state(destruction_rules.ended(state, NOW, 0.01, keeps_nothing=False))
    shown.boxes[1].setChecked(True)
    return shown


# --- the places and the reading pane ----------------------------------------------------------------------------------


@screen("inbox")
def _inbox(stage: Stage) -> QWidget:
    stage.choose(411)
    stage.show_rows(7 if look().row < 40 else 5)
    return stage.window


NOBODY = StationId(0)


def _freeze(cause: copies.Cause, peer: StationId = NOBODY, witness: StationId = NOBODY) -> FreezeView:
    named = NAMES.get(peer, ""), NAMES.get(witness, "")
    return FreezeView(cause, peer, named[0], witness, named[1], NOW - 1800, "")


@screen("inbox-frozen")
def _inbox_frozen(stage: Stage) -> QWidget:
    stage.scene.held.freezes = (_freeze(copies.Cause.OLD_COPY),)
    stage.post.refresh(Shelf.INBOX)
    stage.settle()
    return stage.window


@screen("inbox-withheld")
def _inbox_withheld(stage: Stage) -> QWidget:
    stage.scene.held.freezes = (
        _freeze(copies.Cause.SERIAL_AHEAD, witness=OFFICE),
        _freeze(copies.Cause.PEER_FORKED, peer=OFFICE),
    )
    stage.post.refresh(Shelf.INBOX)
    stage.settle()
    return stage.window


@screen("compose-frozen")
def _compose_frozen(stage: Stage) -> QWidget:
    _inbox_frozen(stage)
    _write(stage, READY)
    return stage.post.composing.windows[-1]


@screen("reader")
def _reader(stage: Stage) -> QWidget:
    stage.choose(411)
    stage.show_rows(3)
    stage.window.reader.body.setFocus()
    return stage.window


@screen("reader-by-hand")
def _reader_by_hand(stage: Stage) -> QWidget:
    stage.choose(410)
    reader = stage.window.reader
    view = reader.state.view
    assert view is not None
    proof = replace(
        view.verification, person_name="", person_title="", signature_ok=False, in_order_after=None, relay_name="",
        unsigned=True, by_hand=True,
    )  # fmt: skip
    row = replace(view.row, subject="", unsigned=True, by_hand=True, acknowledged=False)
    cable = replace(view.cable, subject=HAND_SUBJECT)
    reader.show_cable(replace(view, row=row, cable=cable, verification=proof, attachments=(), receipts=()))
    return stage.window


def _of_degree(number: int) -> Callable[[Stage], QWidget]:
    def draw(stage: Stage) -> QWidget:
        stage.choose(number)
        return stage.window

    return draw


for _number, _name in ((412, "top-secret"), (410, "confidential"), (406, "unclassified")):
    screen(f"inbox-{_name}")(_of_degree(_number))


@screen("inbox-filtered")
def _inbox_filtered(stage: Stage) -> QWidget:
    stage.window.inbox.annexes.setChecked(True)
    stage.window.inbox.since_box.setCurrentIndex(list(Since).index(Since.DAY))
    stage.window.inbox.degree_box.setCurrentIndex(1)
    stage.window.inbox.degree_box.setFocus()
    return stage.window


@screen("sent")
def _sent(stage: Stage) -> QWidget:
    stage.choose(10_212, Shelf.SENT)
    return stage.window


def _of_delivery(number: int) -> Callable[[Stage], QWidget]:
    def draw(stage: Stage) -> QWidget:
        stage.window.go(Shelf.OUTBOX)
        row = next(r for k, r in stage.scene.held.outbox.items() if k[0] == cable_id(10_000 + number))
        stage.window.outbox.table.choose_key((row.cable_id, row.to, row.to_name))
        return stage.window

    return draw


for _number, _name in (
    (219, "sending"),
    (218, "unknown"),
    (217, "relay-holds"),
    (216, "waiting"),
    (215, "held"),
    (214, "arrived"),
    (213, "waiting-keys"),
    (212, "acknowledged"),
):
    screen(f"outbox-{_name}")(_of_delivery(_number))


@screen("drafts")
def _drafts(stage: Stage) -> QWidget:
    stage.window.go(Shelf.DRAFTS)
    return stage.window


@screen("gaps")
def _gaps(stage: Stage) -> QWidget:
    stage.window.go(Shelf.GAPS)
    return stage.window


@screen("search")
def _search(stage: Stage) -> QWidget:
    stage.window.search.setText("nghi quyet")
    stage.window.sought.emit("nghi quyet")
    stage.settle()
    return stage.window


@screen("search-empty")
def _search_empty(stage: Stage) -> QWidget:
    stage.window.search.setText("khong co gi nhu the")
    stage.window.sought.emit("khong co gi nhu the")
    stage.settle()
    return stage.window


@screen("acknowledged")
def _acknowledged(stage: Stage) -> QWidget:
    stage.choose(411)
    stage.window.reader.acknowledge()
    return stage.window


@screen("silence")
def _silence(stage: Stage) -> QWidget:
    stage.window.actions_[Do.SILENCE].setChecked(True)
    return stage.window


@screen("clock-off")
def _clock_off(stage: Stage) -> QWidget:
    stage.scene.couriers[-1].report(Noticed(Notice(NoticeKind.CLOCK_OFF, NOW, "420 s")))
    return stage.window


@screen("fault")
def _fault(stage: Stage) -> QWidget:
    stage.post.fail(KeyringMissing("no bus"))
    assert stage.window.message.text
    return stage.window


# --- small windows ----------------------------------------------------------------------------------------------------


def _of_sheet(do: Do) -> Callable[[Stage], QWidget]:
    def draw(stage: Stage) -> QWidget:
        stage.window.actions_[do].trigger()
        return stage.opened()

    return draw


for _do in (Do.KEYS, Do.LINKS, Do.ABOUT, Do.NOTICES, Do.SETTINGS):
    screen(f"sheet-{_do.name.lower()}")(_of_sheet(_do))


BREAKS = (
    BreakView(
        7, "", "Văn phòng Bộ", DeviceId(3), NOW - 3_600, ours=False, alone=False, reason=ResetReason.STATE_RESTORED,
        generation=4, session=b"s" * 16, follows=False, sent=412, received=219, holds=True, acknowledged_at=None,
        acknowledged_by="", confirmed_at=None, confirmed_by="",
    ),
    BreakView(
        6, "ĐSQ Canberra", "ĐSQ Tokyo", DeviceId(21), NOW - 9_000, ours=False, alone=False, reason=ResetReason.DAMAGED,
        generation=2, session=b"t" * 16, follows=False, sent=0, received=0, holds=False, acknowledged_at=None,
        acknowledged_by="", confirmed_at=None, confirmed_by="",
    ),
)  # fmt: skip


@screen("sheet-breaks")
def _breaks(stage: Stage) -> QWidget:
    stage.post.status = replace(stage.post.status, breaks=BREAKS)
    stage.window.actions_[Do.NOTICES].trigger()
    return stage.opened()


@screen("sheet-channel")
def _card(stage: Stage) -> QWidget:
    stage.window.strip.link_buttons[1].click()
    return stage.opened()


@screen("drill")
def _drill(stage: Stage) -> QWidget:
    stage.window.actions_[Do.HAND_DRILL].trigger()
    window = stage.post.by_hand.drill
    assert window is not None
    drill = made(PracticeCard.DECIPHER)
    header = drill.questions[0].things[0].values
    window.show_state(window.state.begun(answer(drill, header[1], 20)))
    return window


@screen("enclosure")
def _enclosure(stage: Stage) -> QWidget:
    stage.choose(411)
    stage.post.hand.open_annex(AnnexPick(cable_id(411), 1))
    return stage.opened()


@screen("folder")
def _folder(stage: Stage) -> QWidget:
    stage.choose(411)
    stage.window.actions_[Do.EXPORT].trigger()
    return _among_papers(stage.opened())


@screen("deeds")
def _deeds(stage: Stage) -> QWidget:
    stage.choose(411)
    stage.scene.held.deeds = (
        _deed(1, Deed.READ, 1, "Nguyễn Minh Châu", "26 HANOI 411", 3),
        _deed(2, Deed.READ, 0, SHEET_NAME, "26 HANOI 411", 2),
        _deed(3, Deed.EXPORTED, 1, "Nguyễn Minh Châu", "26 HANOI 411: annex 2", 1),
    )
    stage.window.actions_[Do.DEEDS].trigger()
    return stage.opened()


@screen("deeds-none")
def _deeds_none(stage: Stage) -> QWidget:
    stage.choose(411)
    stage.window.actions_[Do.DEEDS].trigger()
    return stage.opened()


def _deed(number: int, deed: Deed, officer: int, name: str, detail: str, hours: int) -> RecordLine:
    return RecordLine(number, LogLine(NOW - hours * 3_600, deed, officer, name, 0, detail))


# --- pouches ----------------------------------------------------------------------------------------------------------

STICK = Path("/media/usb/tep-2611")
WAITS = (
    PouchWaiting(OFFICE, "Văn phòng Bộ", "Ministry Office", 2, 1, 0, 5_412_000),
    PouchWaiting(EUROPE, "Vụ Châu Âu", "European Affairs Department", 1, 0, 0, 8_200),
    PouchWaiting(CONSULAR, "Cục Lãnh sự", "Consular Department", 0, 0, 1, 0),
)
CAME = PouchRead("", made_at=NOW - 90_000, cables=2, came=3, known=1, blobs=1)
BROKEN = replace(CAME, cause=Cause.CUT, apart=1, spoiled=1, others=2, edition=9, lacking=2, lacking_blobs=1)


def _pouch(stage: Stage) -> WriteWindow:
    stage.scene.held.pouch = WAITS
    stage.window.actions_[Do.POUCH_WRITE].trigger()
    stage.settle()
    assert stage.post.pouching.writing is not None
    return stage.post.pouching.writing


def _backup(number: int, at: int, *, current: bool, wrong: str = "") -> BackupLine:
    folder = f"/media/{'XANH' if current else 'ĐỎ'}/secmsg-8c1f02aa"
    return BackupLine(
        number, folder, 4, "Lê Minh Châu", at, at + 60, 1_204 + number, 87,
        412_000_000 + number * 7_100_000, 7_100_000, "", at + 300, wrong, at + 900 if current else None, "", current,
    )  # fmt: skip


def _backups_window(stage: Stage, lines: tuple[BackupLine, ...] = ()) -> BackupsWindow:
    stage.scene.held.backups = lines
    day = 24 * 3_600
    last = max((line.made_at or 0 for line in lines), default=None)
    stage.scene.held.backups_standing = BackupStanding(last, last, last, overdue=last is None or NOW - last > 7 * day)
    stage.window.actions_[Do.BACKUP].trigger()
    stage.settle()
    assert stage.post.way_back.backups is not None
    return stage.post.way_back.backups


_DAY = 24 * 3_600
_LINES = (
    _backup(9, NOW - _DAY, current=True),
    _backup(8, NOW - 8 * _DAY, current=True, wrong="2 of 412 pieces"),
    replace(_backup(7, NOW - 9 * _DAY, current=False), made_at=None, verified_at=None, detail="DiskFull"),
    _backup(6, NOW - 15 * _DAY, current=False),
)


def _person(number: int, name: str, title: str, rank: Rank, state: State, *, certified: bool = True) -> Officer:
    person = PersonId(number if certified else 0)
    return Officer(number, person, name, title, rank, number, state, certified=certified, made_at=NOW, public=b"")


_PERSONS = (
    _person(1, "Nguyễn Minh Châu", "Bí thư thứ hai", Rank.OFFICER, State.ACTIVE),
    _person(2, "Trần Thị Bình", "Tùy viên", Rank.DEPUTY, State.ADDED, certified=False),
    _person(3, "Phạm Văn Cường", "Bí thư thứ ba", Rank.OFFICER, State.SUSPENDED),
    _person(4, "Lê Đức Anh", "Trưởng cơ quan đại diện", Rank.HEAD, State.ACTIVE),
)


def _officers_window(stage: Stage) -> OfficersWindow:
    stage.scene.held.officers = _PERSONS
    stage.window.actions_[Do.OFFICERS].trigger()
    stage.settle()
    assert stage.post.officers.officers is not None
    return stage.post.officers.officers


@screen("officers")
def _officers(stage: Stage) -> QWidget:
    return _officers_window(stage)


@screen("officers-add")
def _officers_add(stage: Stage) -> QWidget:
    window = _officers_window(stage)
    window.begin(OfficerAct.ADD)
    return window


def _paper_window(stage: Stage, kind: PaperKind) -> PapersWindow:
    officers = _officers_window(stage)
    (officers.sheet_button if kind is PaperKind.SHEET else officers.share_button).click()
    stage.settle()
    assert stage.post.officers.papers.papers is not None
    return stage.post.officers.papers.papers


@screen("new-sheet-paper")
def _new_sheet_paper(stage: Stage) -> QWidget:
    window = _paper_window(stage, PaperKind.SHEET)
    window.show_paper(setups.SHEET)
    window.paper.typed.setText(" ".join(setups.SHEET.groups[place - 1] for place in setups.SHEET.asked))
    window.paper.where.setText("Két số 2, phòng cơ yếu")
    return window


@screen("new-sheet-proof")
def _new_sheet_proof(stage: Stage) -> QWidget:
    window = _new_sheet_paper(stage)
    assert isinstance(window, PapersWindow)
    window.submit()
    window.proof.by_share.setChecked(True)
    window.refuse(WrongPassphrase("x"))
    return window


@screen("head-share")
def _head_share(stage: Stage) -> QWidget:
    window = _paper_window(stage, PaperKind.SHARE)
    window.whom.name.setText("Lê Đức Anh")
    window.submit()
    return window


@screen("head-share-pin")
def _head_share_pin(stage: Stage) -> QWidget:
    window = _paper_window(stage, PaperKind.SHARE)
    window.show_paper(setups.SHEET)
    window.state = replace(window.state, asked=Draw("Vũ Hoàng Nam", "Đại sứ", "Trần Thị Bình"))
    window.paper.typed.setText(" ".join(setups.SHEET.groups[place - 1] for place in setups.SHEET.asked))
    window.paper.where.setText("Két của Đại sứ")
    window.submit()
    return window


@screen("backups")
def _backups(stage: Stage) -> QWidget:
    return _backups_window(stage, _LINES)


@screen("backups-none")
def _backups_none(stage: Stage) -> QWidget:
    return _backups_window(stage)


@screen("backups-rehearsed")
def _backups_rehearsed(stage: Stage) -> QWidget:
    window = _backups_window(stage, _LINES)
    window.begin(BackupAct.REHEARSE)
    window.finish(BackupChecked(NOW - _DAY, 1_213, 87, 412_000_000, sheet_now=True, known=True, read=True))
    return window


@screen("reopening")
def _reopening(stage: Stage) -> QWidget:
    stage.scene.held.freezes = (_freeze(copies.Cause.RESTORED),)
    stage.post.refresh(Shelf.INBOX)
    stage.settle()
    stage.post.way_back.show_reopening()
    window = stage.post.way_back.reopening
    assert window is not None
    window.second.setText("Trần Thị Bình")
    window.word.setText("đ/c Lê, trực Cục Cơ yếu, điện thoại 14:05Z")
    window.last.setText("219")
    window.said.setChecked(True)
    return window


@screen("pouch-choose")
def _pouch_choose(stage: Stage) -> QWidget:
    return _pouch(stage)


@screen("pouch-none")
def _pouch_none(stage: Stage) -> QWidget:
    stage.window.actions_[Do.POUCH_WRITE].trigger()
    return stage.opened()


@screen("pouch-refused")
def _pouch_refused(stage: Stage) -> QWidget:
    window = _pouch(stage)
    stage.scene.held.pouch_error = ReadBackDiffers("x")
    stage.post.pouching.write_to(window, STICK)
    return window


@screen("pouch-written")
def _pouch_written(stage: Stage) -> QWidget:
    window = _pouch(stage)
    stage.post.pouching.write_to(window, STICK)
    return window


@screen("pouch-where")
def _pouch_where(stage: Stage) -> QWidget:
    _pouch(stage).write_button.click()
    stage.settle()
    assert stage.post.pouching.dialog is not None
    return _among_papers(stage.post.pouching.dialog)


def _of_reading(came: PouchRead | BaseException) -> Callable[[Stage], QWidget]:
    def draw(stage: Stage) -> QWidget:
        if isinstance(came, PouchRead):
            stage.scene.held.pouch_came = came
        else:
            stage.scene.held.pouch_error = came
        stage.post.pouching.read_from(STICK)
        assert stage.post.pouching.reading is not None
        return stage.post.pouching.reading

    return draw


for _name, _outcome in (
    ("read", CAME),
    ("lacking", BROKEN),
    ("own", replace(CAME, written_here_at=NOW)),
    ("foreign", NotOurPouch()),
):
    screen(f"pouch-{_name}")(_of_reading(_outcome))


@screen("outbox-pouch")
def _outbox_pouch(stage: Stage) -> QWidget:
    held = stage.scene.held
    key = next(key for key in held.outbox if key[0] == cable_id(10_216))
    held.outbox[key] = row = replace(held.outbox[key], pouches=(PouchMark("tep-2611", NOW - 900),))
    stage.window.go(Shelf.OUTBOX)
    stage.post.refresh(Shelf.OUTBOX)
    stage.settle()
    stage.window.outbox.table.choose_key((row.cable_id, row.to, row.to_name))
    return stage.window


PAPERS = ("cong-ham.pdf", "danh-sach-doan.txt")


def _among_papers(dialog: QWidget) -> QWidget:
    """Show a folder that is the same on every machine and holds no name of a person."""
    folder = Path(tempfile.gettempdir()) / "van-thu"
    (folder / "Ho so").mkdir(parents=True, exist_ok=True)
    for name in PAPERS:
        (folder / name).write_text("x" * 4000, encoding="utf-8")
        os.utime(folder / name, (NOW, NOW))
    os.utime(folder / "Ho so", (NOW, NOW))
    if isinstance(dialog, QFileDialog):
        dialog.setDirectory(str(folder))
    return dialog


def _of_menu(at: int) -> Callable[[Stage], QWidget]:
    def draw(stage: Stage) -> QWidget:
        menu = stage.window.menuBar().actions()[at].menu()
        assert isinstance(menu, QMenu)
        menu.popup(QPoint(0, 0))
        return menu

    return draw


for _at, _name in enumerate(("cable", "edit", "view", "channel", "manual", "custody", "help")):
    screen(f"menu-{_name}")(_of_menu(_at))


def _of_row_menu(shelf: Shelf) -> Callable[[Stage], QWidget]:
    def draw(stage: Stage) -> QWidget:
        stage.window.go(shelf)
        table = stage.window.table_of(shelf)
        menu: QMenu = table.menu  # type: ignore[attr-defined]  # every list has one
        menu.popup(QPoint(0, 0))
        return menu

    return draw


for _shelf in (Shelf.INBOX, Shelf.SENT, Shelf.OUTBOX, Shelf.DRAFTS, Shelf.GAPS):
    screen(f"menu-row-{_shelf.name.lower()}")(_of_row_menu(_shelf))


@screen("menu-field")
def _menu_field(stage: Stage) -> QWidget:
    return _own_menu(stage.window.search)


@screen("menu-text")
def _menu_text(stage: Stage) -> QWidget:
    stage.choose(411)
    return _own_menu(stage.window.reader.body)


def _own_menu(field_: QLineEdit | QPlainTextEdit) -> QWidget:
    menu = field_.createStandardContextMenu()
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(QPoint(0, 0))
    return menu


# --- writing ----------------------------------------------------------------------------------------------------------

READY = Draft(
    degree=Degree.CONFIDENTIAL,
    basis="Danh mục BMNN ngành Ngoại giao, mục 4",
    urgency=Urgency.PRIORITY,
    action_to=(OFFICE, EUROPE),
    info_to=(CONSULAR,),
    topics=("NGOAIGIAO", "UNESCO"),
    subject="Báo cáo kết quả tham vấn về dự thảo nghị quyết UNESCO",
    body="Kính gửi: Văn phòng Bộ; Vụ Châu Âu\n\n"
    "1. Đại sứ quán đã làm việc với Phái đoàn thường trực sáng 22/11.\n\n"
    "2. Các nước trong nhóm khu vực ủng hộ đoạn 7; Pháp đề nghị sửa một từ ở đoạn 9.\n\nXin báo cáo./.",
    attachments=(DraftAttachment("y-kien-sua-doi.pdf", "application/pdf", "/tmp/x.pdf", 412_000, 3),),
    drafter_name="Trần Thị Bình",
    drafter_title="Bí thư thứ nhất",
    reply_by=NOW + 7 * 3600,
)


def _write(stage: Stage, draft: Draft) -> QWidget:
    window = stage.post.composing.write(draft)
    window.resize(*stage.size)
    stage.settle()
    window.ask_check()
    stage.settle()
    return window


@screen("compose-empty")
def _compose_empty(stage: Stage) -> QWidget:
    return _write(stage, Draft(drafter_name="Lê Minh Châu", drafter_title="Tham tán"))


@screen("compose-refused")
def _compose_refused(stage: Stage) -> QWidget:
    _compose_empty(stage)
    stage.post.composing.windows[-1].submit()
    stage.settle()
    return stage.post.composing.windows[-1]


@screen("compose-ready")
def _compose_ready(stage: Stage) -> QWidget:
    _write(stage, READY)
    window = stage.post.composing.windows[-1]
    window.save_now()
    return window


@screen("compose-top-secret")
def _compose_top_secret(stage: Stage) -> QWidget:
    secret = replace(READY, degree=Degree.TOP_SECRET, urgency=Urgency.FLASH, drafter_name="Lê Minh Châu")
    _write(stage, secret)
    stage.post.composing.windows[-1].submit()
    stage.settle()
    return stage.post.composing.windows[-1]


@screen("compose-more")
def _compose_more(stage: Stage) -> QWidget:
    _write(stage, READY)
    window = stage.post.composing.windows[-1]
    window.form.more_button.setChecked(True)
    stage.settle()
    window.form.more.kind.setFocus()
    return window


@screen("compose-attach")
def _compose_attach(stage: Stage) -> QWidget:
    _write(stage, READY)
    window = stage.post.composing.windows[-1]
    window.form.attachments.choose()
    stage.settle()
    return _among_papers(window.findChildren(QFileDialog)[0])


_TOLD = Report(
    Outcome.REMOVABLE,
    (
        Found(Trace.POSITION, "48.8523° N, 2.3096° E"),
        Found(Trace.AUTHOR, "Nguyễn Thị Hoa"),
        Found(Trace.DEVICE, "Samsung"),
        Found(Trace.DEVICE, "Galaxy S24"),
        Found(Trace.TIME, "2026:11:21 09:14:03"),
        Found(Trace.THUMBNAIL, ""),
    ),
)


@screen("compose-metadata")
def _compose_metadata(stage: Stage) -> QWidget:
    """Every outcome of a look into an enclosure, one below the other."""
    names_ = ("anh-hop.jpg", "anh-le-ky.jpg", "hiep-dinh-da-ky.pdf", "ghi-am.m4a", "ban-sao.pdf", "dang-kiem.docx")
    window = stage.post.composing.write(replace(READY, attachments=()))
    window.resize(*stage.size)
    field = window.form.attachments
    field.put([DraftAttachment(name, "image/jpeg", f"/{name}", 2_400_000, 1) for name in names_])
    field.check()
    stage.settle()
    for name, report in zip(
        names_[:5],
        (_TOLD, _TOLD, Report(Outcome.SIGNED), Report(Outcome.UNKNOWN), Report(Outcome.CLEAN)),
        strict=True,
    ):
        field._reports[f"/{name}"] = None
        field.show_report(Path(f"/{name}"), report)
    field._decide(1, without=False)
    field._reports[f"/{names_[5]}"] = None
    field.render_state()
    stage.settle()
    window.form.focus(ComposeField.ATTACHMENTS)
    return window


@screen("compose-sealing")
def _compose_sealing(stage: Stage) -> QWidget:
    _write(stage, READY)
    window = stage.post.composing.windows[-1]
    window.state = replace(window.state, phase=Phase.RELEASING)
    window.show_sealing(168, 400)
    return window


@screen("outbox-paused")
def _outbox_paused(stage: Stage) -> QWidget:
    held = stage.scene.held
    key = next(key for key in held.outbox if key[0] == cable_id(10_216))
    held.outbox[key] = row = replace(
        held.outbox[key], state=OutboxState.WAITING, parts=(12_800_000, 41_000_000), paused=True
    )
    stage.window.go(Shelf.OUTBOX)
    stage.post.refresh(Shelf.OUTBOX)
    stage.settle()
    stage.window.outbox.table.choose_key((row.cable_id, row.to, row.to_name))
    return stage.window


@screen("reader-paused")
def _reader_paused(stage: Stage) -> QWidget:
    stage.choose(411)
    view = stage.window.reader.state.view
    assert view is not None
    moving = tuple(
        replace(annex, state=AttachmentState.DOWNLOADING, done=1_300_000, total=4_200_000, paused=paused)
        for annex, paused in zip(view.attachments[:2], (True, False), strict=False)
    )
    stage.window.reader.show_cable(replace(view, attachments=(*moving, *view.attachments[2:])))
    return stage.window


@screen("menu-writing")
def _menu_writing(stage: Stage) -> QWidget:
    _write(stage, READY)
    return _own_menu(stage.post.composing.windows[-1].form.body)


@screen("menu-pages")
def _menu_pages(stage: Stage) -> QWidget:
    _write(stage, READY)
    edit = stage.post.composing.windows[-1].form.copies.lineEdit()
    return _own_menu(edit)


@screen("list-precedence")
def _list_precedence(stage: Stage) -> QWidget:
    _write(stage, READY)
    box: QComboBox = stage.post.composing.windows[-1].form.urgency_box
    box.showPopup()
    return box.view()


@screen("released")
def _released(stage: Stage) -> QWidget:
    _write(stage, replace(READY, attachments=()))
    stage.post.composing.windows[-1].submit()
    stage.settle()
    return stage.window


@screen("discarded")
def _discarded(stage: Stage) -> QWidget:
    _write(stage, READY)
    stage.post.composing.windows[-1].discard()
    stage.settle()
    return stage.window


@screen("said")
def _said(stage: Stage) -> QWidget:
    stage.post.tell(Weight.GOOD, lambda: stage.window.post())
    return stage.window


# --- by hand ----------------------------------------------------------------------------------------------------------


def _worksheet(stage: Stage) -> Writing:
    writing = stage.post.by_hand.write(hands.draft())
    writing.view.resize(*stage.size)
    stage.settle()
    writing._encode(writing.view.state)
    stage.settle()
    return writing


def _enciphered(stage: Stage, *, sent: bool = False) -> Writing:
    """Show the worksheet as it is after the page was taken; its figures are those of the hand cipher itself."""
    writing = _worksheet(stage)
    step, at = (Next.DESTROY, HandStage.SENT) if sent else (Next.SEND, HandStage.ENCIPHERED)
    row = hands.worksheet_row(4, at, step, OFFICE, NAMES[OFFICE], "2026-PARIS-00220")
    finished = hands.finished(row)
    writing.worksheet = row.worksheet
    writing._put(Standing(finished, hands.hand_row(row, finished.message)))
    stage.settle()
    return writing


@screen("hand-written")
def _hand_written(stage: Stage) -> QWidget:
    return _worksheet(stage).view


@screen("hand-none", Door.BARE)
def _hand_none(stage: Stage) -> QWidget:
    stage.window.actions_[Do.HAND_WRITE].trigger()
    stage.settle()
    stage.post.by_hand.writings[0].view.resize(*stage.size)
    return stage.post.by_hand.writings[0].view


@screen("hand-lacking")
def _hand_lacking(stage: Stage) -> QWidget:
    view = _worksheet(stage).view
    view.encipher()
    return view


@screen("hand-enciphered")
def _hand_enciphered(stage: Stage) -> QWidget:
    return _enciphered(stage).view


@screen("hand-checked")
def _hand_checked(stage: Stage) -> QWidget:
    """Show three groups worked right by the officer, one wrong, one left before it was full."""
    view = _enciphered(stage).view
    assert view.done is not None
    figures = view.done.figures.in_way(Way.SELF)
    for cell in figures.cells[:3]:
        figures = figures.took(cell.cipher + cell.check)
    figures = figures.took(f"{(int(figures.cells[3].cipher) + 1111) % 10_000:04}")
    figures = figures.moved(spot_of(5, Line.CIPHER)).took("12").moved(spot_of(3, Line.CIPHER))
    view.way.setCurrentIndex(1)
    view._fill(figures)
    return view


@screen("hand-sent")
def _hand_sent(stage: Stage) -> QWidget:
    return _enciphered(stage, sent=True).view


@screen("hand-aloud")
def _hand_aloud(stage: Stage) -> QWidget:
    writing = _enciphered(stage)
    writing.read_aloud()
    assert writing.reading is not None
    writing.reading.tick()
    return writing.reading


@screen("hand-destroy")
def _hand_destroy(stage: Stage) -> QWidget:
    writing = _enciphered(stage, sent=True)
    writing.destroy()
    assert writing.destroying is not None
    writing.destroying.burnt.setChecked(True)
    writing.destroying.confirm()
    return writing.destroying


def _typed(stage: Stage, spoil: Callable[[list[str]], None]) -> Entering:
    entering = stage.post.by_hand.enter()
    entering.view.resize(*stage.size)
    groups = hands.groups(hands.message(parity=True)[0])
    spoil(groups)
    for group in groups:
        entering.view.state = entering.view.state.typed(group)
    entering.view.render_state()
    stage.settle()
    return entering


def _spoil(groups: list[str]) -> None:
    for at in (7 + 3, 7 + 17):
        groups[at] = groups[at][:4] + str((int(groups[at][4]) + 1) % 10)
    del groups[7 + 23 :]


@screen("hand-received")
def _hand_received(stage: Stage) -> QWidget:
    return _typed(stage, _spoil).view


@screen("hand-empty", Door.BARE)
def _hand_empty(stage: Stage) -> QWidget:
    view = stage.post.by_hand.enter().view
    view.resize(*stage.size)
    return view


@screen("hand-refused")
def _hand_refused(stage: Stage) -> QWidget:
    entering = _typed(stage, lambda _: None)
    entering.view.take(entering.view.state.typed("x"))
    entering._received((HandTaken(HandFate.FORGED, 5, NAMES[OFFICE], failures=1), None, None))
    return entering.view


@screen("hand-opened")
def _hand_opened(stage: Stage) -> QWidget:
    entering = _typed(stage, lambda _: None)
    row = hands.worksheet_row(5, HandStage.READ, Next.SAY_RECEIPT, OFFICE, NAMES[OFFICE], "2026-HANOI-00412")
    sent, _ = hands.message()
    taken = HandTaken(HandFate.ENTERED, 5, NAMES[OFFICE], cable_id(411), "2026-HANOI-00412")
    entering._received((taken, stage.scene.held.views[cable_id(411)], hands.hand_row(row, sent)))
    return entering.view


@screen("hand-list")
def _hand_list(stage: Stage) -> QWidget:
    stage.window.actions_[Do.HAND_WRITE].trigger()
    stage.settle()
    assert stage.post.by_hand.kept is not None
    return stage.post.by_hand.kept


@screen("hand-books")
def _hand_books(stage: Stage) -> QWidget:
    stage.window.actions_[Do.HAND_BOOKS].trigger()
    stage.settle()
    assert stage.post.by_hand.stock is not None
    return stage.post.by_hand.stock


# --- custody ----------------------------------------------------------------------------------------------------------


def _inspection(stage: Stage) -> InspectionWindow:
    stage.window.actions_[Do.INSPECTION].trigger()
    stage.settle()
    window = stage.post.custody.inspection
    assert window is not None
    return window


@screen("destruction-plan")
def _destruction_plan(stage: Stage) -> QWidget:
    stage.window.actions_[Do.DESTROY].trigger()
    stage.settle()
    window = stage.post.destruction.plan
    assert window is not None
    return window


def _walk(stage: Stage, lines: int = 0) -> WalkWindow:
    """Show the window of destruction in order, gone through so many lines; the second one is left."""

    def gone_through(station: Station) -> None:
        station.walk = UiWalk()  # as it is before anybody began
        walk = station.walk.begin("Trần Thị Bình", "Lệnh 12") if lines else station.walk.standing()
        for at in range(lines):
            step = walk.current
            assert step is not None
            walk = station.walk.say(step.item, step.degree, destroyed=at != 1, note="két kẹt" if at == 1 else "")

    stage.program.background.run(stage.window, gone_through, lambda _: None)
    stage.settle()
    stage.post.destruction.walking.show(lambda: None)
    stage.settle()
    window = stage.post.destruction.walking.walk
    assert window is not None
    return window


@screen("walk-begin")
def _walk_begin(stage: Stage) -> QWidget:
    window = _walk(stage)
    window.act()
    return window


@screen("walk-line")
def _walk_line(stage: Stage) -> QWidget:
    window = _walk(stage, 3)
    window.first_box.setChecked(True)
    window.act()
    return window


@screen("walk-closed")
def _walk_closed(stage: Stage) -> QWidget:
    window = _walk(stage, 5)
    window.act()
    stage.settle()
    return window


@screen("inspection-new")
def _inspection_new(stage: Stage) -> QWidget:
    return _inspection(stage)


@screen("inspection-inventory")
def _inspection_inventory(stage: Stage) -> QWidget:
    window = _inspection(stage)
    window.begin()
    stage.settle()
    window.answer(Seen.ABSENT)
    stage.settle()
    window.fields["pages"].setText("137")
    return window


@screen("inspection-pack")
def _inspection_pack(stage: Stage) -> QWidget:
    window = _inspection(stage)
    window.works.setCurrentIndex(1)
    window.choose_work()
    stage.settle()
    window.begin()
    stage.settle()
    return window


@screen("inspection-signed")
def _inspection_signed(stage: Stage) -> QWidget:
    window = _inspection(stage)
    window.works.setCurrentIndex(2)
    window.choose_work()
    stage.settle()
    window.begin()
    stage.settle()
    window.fields["pages"].setText("0")
    window.answer(Seen.WRONG)
    stage.settle()
    while window.state.lacking:
        window.answer_right()
        stage.settle()
    window.name.setText("Trần Thị Bình")
    window.sign()
    stage.settle()
    return window


# --- nothing anywhere -------------------------------------------------------------------------------------------------


def _of_bare(shelf: Shelf) -> Callable[[Stage], QWidget]:
    def draw(stage: Stage) -> QWidget:
        stage.window.go(shelf)
        return stage.window

    return draw


for _shelf in (Shelf.INBOX, Shelf.SENT, Shelf.OUTBOX, Shelf.DRAFTS, Shelf.GAPS):
    screen(f"bare-{_shelf.name.lower()}", Door.BARE)(_of_bare(_shelf))
