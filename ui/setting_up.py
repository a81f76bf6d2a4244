"""The wizard of a post that is being set up: wiring between its pages and the store, and no rules."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from secmsg.ids import StationId
from secmsg.station import channel_tester, exporting, first_files
from secmsg.station.channel_test import Tested
from secmsg.station.courier import Courier, OnEvent
from secmsg.station.enrol import Proposal
from secmsg.station.first_sheet import FirstSheet
from secmsg.station.setting_up import Proof, SetUp
from secmsg.station.station import Station
from secmsg.station.unlock import Unlock, by_passphrase
from secmsg.station.worker import Worker
from ui.background import Background
from ui.language import Language, Speech, mark
from ui.restoring import Beginning, Door, Restoring
from ui.setup.state import (
    Act,
    Anew,
    Ask,
    Chosen,
    GoesOn,
    Joining,
    Made,
    ReadBack,
    Restore,
    Said,
    SheetAsked,
    SheetGiven,
    Way,
)
from ui.setup.view import SetupView
from ui.theme import Theme
from ui.unlock.state import Attempt, Means
from ui.widgets.files import FileDialog

LOOK_MS = 1000


@dataclass(frozen=True, slots=True)
class Making:
    """How a new store is made in `home`, opened, and carried for."""

    home: str
    make: Callable[[Unlock, Proposal], object] | None
    open: Callable[[Attempt], Callable[[], Station]]
    courier: Callable[[Worker, OnEvent], Courier]
    restore: Door | None = None
    beginning: Beginning | None = None


class SettingUp(QObject):
    """Serves the wizard; `opened`, `done` and `left` carry this object.

    A store is open; the officer has ended the set-up; the officer goes back to the locked screen, nothing changed.
    """

    opened: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    done: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    left: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(
        self,
        background: Background,
        worker: Worker,
        doors: Making,
        theme: Theme,
        speech: Speech,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._background, self._worker, self._doors = background, worker, doors
        self._theme, self._speech = theme, speech
        self.view = SetupView(doors.home, speech.language.value, theme.percent)
        self.courier: Courier | None = None
        self.dialog: FileDialog | None = None
        self._sheet: FirstSheet | None = None
        self._restoring = Restoring(background, doors.restore, doors.beginning, self.view, self._open_restored)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)

    def show(self, stands: SetUp | None) -> None:
        """Show the wizard where the set-up stands; None before there is a store."""
        self.view.asked.connect(self._do)
        self.view.language.spoken.connect(lambda code: self._speech.speak(Language(code)))
        self.view.language.enlarged.connect(self._theme.enlarge)
        self._timer.timeout.connect(self._look)
        self.view.resize(900, 620)
        if stands is not None:
            self._go_on(stands)
            self.opened.emit(self)
        self.view.show()

    def begin_anew(self, groups: str) -> None:
        """Let the wizard be the way of a store that is here, with its sheet; before `show`."""
        self.view.begin_anew(groups)

    @property
    def is_anew(self) -> bool:
        """Whether it is the way of a store that is here, with its sheet."""
        return self.view.state.way is Way.ANEW

    def close(self) -> None:
        """Let go of every secret and take the window away."""
        self._timer.stop()
        self._restoring.stop()
        self._sheet = None
        self.view.forget()
        self.view.hide()
        self.view.deleteLater()
        self.deleteLater()

    def courier_ended(self, then: Callable[[], None]) -> None:
        """Stop carrying for the wizard, then let the post begin with a courier of its own."""
        self._timer.stop()
        courier = self.courier
        if courier is None:
            then()
            return
        self.courier = None
        self._background.aside(self, courier.stop, lambda _: then(), lambda _: then())

    # --- acts ------------------------------------------------------------------------------------------------------

    def _do(self, act: Act) -> None:
        match act:
            case Made():
                self._make(act)
            case SheetAsked(passphrase=text):
                self._ask(lambda station: station.setup.make_sheet(by_passphrase(text)), self._show_sheet)
            case Chosen() | Restore() | SheetGiven() | Anew() | GoesOn():
                self._restoring.do(act)
            case ReadBack(typed=typed) if self._restoring.waits:
                self._restoring.read_back(typed)
            case ReadBack(typed=typed, kept_at=where) if (sheet := self._sheet) is not None:
                self._step(lambda station: station.setup.check_sheet(sheet, typed, where))
            case ReadBack():
                pass
            case Said(same=same):
                self._step(lambda station: station.setup.compare(same=same))
            case Joining(kit=kit, code=code):
                self._step(lambda station: station.setup.join(first_files.kit(Path(kit)), code))
            case Ask():
                self._do_named(act)
            case _:
                assert_never(act)

    def _do_named(self, ask: Ask) -> None:
        match ask:
            case Ask.SAVE_SHEET:
                self._ask_target(mark("Where to write the PDF"), "phieu-khoi-phuc.pdf", self._sheet_bytes)
            case Ask.SAVE_REQUEST:
                self._ask_target(mark("Where to write the request"), "phieu-dang-ky.bin", None)
            case Ask.CHOOSE_KIT:
                self._ask_source(mark("Which kit to take"), self.take_kit)
            case Ask.CHOOSE_BACKUP:
                self._ask_source(mark("Which folder holds the backup"), self.take_backup, FileDialog.FileMode.Directory)
            case Ask.STOP:
                self._restoring.stop()
            case Ask.LEAVE:
                self.left.emit(self)
            case Ask.OPEN:
                self._open_restored() if not self._worker.running else self.done.emit(self)
            case Ask.READ_CODE:
                self._ask_source(mark("Which picture or file holds the code"), self.read_code)
            case Ask.TEST_CHANNELS:
                self._test()
            case Ask.SEND_TEST:
                self._ask(lambda station: station.setup.send_test(), lambda _: self._carry())
            case Ask.FINISH:
                self._ask(lambda station: station.setup.finish(), lambda _: self.done.emit(self))
            case _:
                assert_never(ask)

    def _make(self, made: Made) -> None:
        profile, make = made.profile, self._doors.make
        if make is None:
            return
        proposal = Proposal(StationId(int(profile.number)), profile.officer, profile.title, profile.name, profile.place)
        given = by_passphrase(made.passphrase)
        settings = {"ui.language": self._speech.language.value, "ui.text": str(self._theme.percent)}

        def look(station: Station) -> SetUp:
            for name, value in settings.items():
                station.keep_setting(name, value)
            return station.setup.standing()

        def opened() -> None:
            self.opened.emit(self)
            self._ask(look, self._go_on)

        def open_() -> None:
            future = self._worker.start(self._doors.open(Attempt(Means.PASSPHRASE, made.passphrase)))
            self._background.follow(self.view, future, lambda _: opened(), self.view.refuse)

        self.view.busy()
        self._background.aside(self.view, lambda: make(given, proposal), lambda _: open_(), self.view.refuse)

    def _open_restored(self) -> None:
        """Open what came back with its new passphrase, which is let go of when it has opened."""

        def opened() -> None:
            self.view.passphrase.forget()
            self.view.busy(on=False)
            self.opened.emit(self)

        given = Attempt(Means.PASSPHRASE, self.view.passphrase.typed)
        self.view.busy()
        self._background.follow(
            self.view, self._worker.start(self._doors.open(given)), lambda _: opened(), self.view.refuse
        )

    def _show_sheet(self, sheet: FirstSheet) -> None:
        self._sheet = sheet
        self.view.busy(on=False)
        self.view.sheet.show_sheet(sheet)
        self.view.render_state()

    def _go_on(self, stands: SetUp) -> None:
        if stands.sheet_checked:
            self._sheet = None
        self.view.go_on(stands)
        if stands.proof is not None and stands.proof is not Proof.WHOLE:
            self._carry()

    def _step(self, work: Callable[[Station], None]) -> None:
        """Let the store do one step; then go on where it stands."""

        def both(station: Station) -> SetUp:
            work(station)
            return station.setup.standing()

        self._ask(both, self._go_on)

    def _ask(self, work: Callable[[Station], object], done: Callable[..., None]) -> None:
        self.view.busy()
        self._background.run(self.view, work, done, self.view.refuse)

    # --- channels ----------------------------------------------------------------------------------------------------

    def _test(self) -> None:
        def tested(found: tuple[Tested, ...]) -> None:
            self.view.show_tested(replace(self.view.state, tested=found, busy=False))

        self.view.busy()
        self._background.aside(self.view, lambda: channel_tester.beside(self._worker), tested, self.view.refuse)

    def _carry(self) -> None:
        """Begin to carry, and look every second how far the test cable has come."""
        self.view.busy(on=False)
        if self.courier is None:
            courier = self.courier = self._doors.courier(self._worker, self._background.report)
            self._background.aside(self.view, courier.start, lambda _: None)
        self._timer.start()
        self._look()

    def _look(self) -> None:
        def show(stands: SetUp) -> None:
            self.view.look(stands)
            if stands.proof is Proof.WHOLE:
                self._timer.stop()

        self._background.run(self.view, lambda station: station.setup.standing(), show, lambda _: None)

    # --- files -------------------------------------------------------------------------------------------------------

    def take_kit(self, path: Path) -> None:
        """Take note of the kit that was chosen."""
        self.view.kit.take_kit(str(path))

    def take_backup(self, path: Path) -> None:
        """Take note of the folder that was chosen."""
        self.view.backup.take_folder(str(path))

    def read_code(self, path: Path) -> None:
        """Read the activation code from a file or a picture, in the checking process."""

        def read(code: str) -> None:
            self.view.busy(on=False)
            self.view.kit.code.setText(code)

        self.view.busy()
        self._background.aside(self.view, lambda: first_files.code(path), read, self.view.refuse)

    def write(self, target: Path, data: Callable[[Station], bytes]) -> None:
        """Write what the store gives where the officer said; what is there is never written over."""
        if self._restoring.waits:
            self._restoring.save_sheet(target)
            return
        self._ask(lambda station: exporting.export_paper(data(station), target), lambda _: self.view.busy(on=False))

    def _sheet_bytes(self) -> bytes:
        return b"" if self._sheet is None else self._sheet.paper.pdf

    def _ask_target(self, title: str, name: str, data: Callable[[], bytes] | None) -> None:
        dialog = FileDialog(self.view, title, FileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
        # What is there is never written over, so there is nothing to confirm.
        dialog.setOption(FileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(name)
        self.dialog = dialog
        give = (lambda station: station.request()) if data is None else (lambda _: data())
        dialog.fileSelected.connect(lambda path: self.write(Path(path), give))
        dialog.open()

    def _ask_source(
        self,
        title: str,
        take: Callable[[Path], None],
        mode: FileDialog.FileMode = FileDialog.FileMode.ExistingFile,
    ) -> None:
        dialog = FileDialog(self.view, title, mode)
        self.dialog = dialog
        dialog.fileSelected.connect(lambda path: take(Path(path)))
        dialog.open()
