"""The windows of the way back, between the officer, the medium and the store's thread: backups, sending again."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, assert_never

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from secmsg.station import backup_making, backup_reading
from secmsg.station.backup_views import BackupChecked, BackupLine, BackupMade, BackupStanding
from secmsg.station.backups import Backups
from secmsg.station.station import Station
from ui.background import Background
from ui.backups.state import Act
from ui.backups.view import BackupsWindow, Meter
from ui.format import Place
from ui.language import mark, tr
from ui.reopening.view import ReopeningWindow
from ui.widgets.files import FileDialog
from ui.widgets.message_bar import Message, Remedy, Weight

T = TypeVar("T")


class WayBack(QObject):
    """Opens and serves the two windows; `done` carries this object when sending goes on."""

    done: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self, background: Background, here: Place, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._background, self._here, self._window = background, here, window
        self.backups: BackupsWindow | None = None
        self.reopening: ReopeningWindow | None = None
        self.dialog: FileDialog | None = None
        self._meter = Meter()

    def stop(self) -> None:
        """Ask what is under way to end; the store is about to close."""
        self._meter.stopped = True

    # --- backups ----------------------------------------------------------------------------------------------------

    def show_backups(self) -> None:
        """Show the backups, or bring them to the front."""
        if self.backups is not None:
            self.backups.activateWindow()
            return
        self.backups = window = BackupsWindow(self._here, self._window)
        window.asked.connect(self._asked)
        window.closed.connect(lambda _: self._forget_backups())
        window.show()
        self._read_record(window)

    def remind(self, tell: Callable[[Message], None]) -> None:
        """Say in the main window that a backup is due, when one is; a store without a cable needs none."""

        def ask(station: Station) -> bool:
            return station.backups.standing().overdue and bool(station.sent() or station.inbox())

        def say(due: bool) -> None:  # noqa: FBT001 - handed on as it is
            if due:
                show = Remedy(lambda: tr("&Backups…"), self.show_backups)
                tell(Message(Weight.WARNING, lambda: tr("The last backup is old, or there is none."), (show,)))

        self._background.run(self._window, ask, say, lambda _: None)

    def _asked(self, act: Act) -> None:
        window = self.backups
        if window is None or window.state.working:
            return
        folder = window.folder
        if act is not Act.MAKE and folder is not None and Path(folder).is_dir():
            self.go(act, Path(folder))
            return
        title = mark("Where the backup goes") if act is Act.MAKE else mark("Which folder holds the backup")
        self.dialog = dialog = FileDialog(window, title, FileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self.go(act, Path(name)))
        dialog.open()

    def go(self, act: Act, folder: Path) -> None:
        """Make, verify or rehearse the backup in a folder."""
        window = self.backups
        if window is None or window.state.working:
            return
        self._meter = meter = window.begin(act)

        def work() -> BackupMade | BackupChecked:
            return _act(act)(self._ask, folder, progress=meter.tell, cancelled=lambda: meter.stopped)

        def done(outcome: BackupMade | BackupChecked) -> None:
            window.finish(outcome)
            self._read_record(window)

        def failed(error: BaseException) -> None:
            window.refuse(error)
            self._read_record(window)

        self._background.aside(window, work, done, failed)

    def _ask(self, step: Callable[[Backups], T]) -> T:
        return self._background.ask(lambda station: step(station.backups))

    def _read_record(self, window: BackupsWindow) -> None:
        def ask(station: Station) -> tuple[tuple[BackupLine, ...], BackupStanding]:
            return station.backups.list(), station.backups.standing()

        self._background.run(window, ask, lambda found: window.show_lines(*found), window.refuse)

    def _forget_backups(self) -> None:
        self.backups = None

    # --- sending again ----------------------------------------------------------------------------------------------

    def show_reopening(self) -> None:
        """Show how sending goes on, or bring it to the front."""
        if self.reopening is not None:
            self.reopening.activateWindow()
            return
        self.reopening = window = ReopeningWindow(self._window)
        window.asked.connect(self._reopen)
        window.closed.connect(lambda _: self._forget_reopening())
        window.show()

    def _reopen(self, window: ReopeningWindow) -> None:
        word, last = window.state.named, window.state.last_number
        if word is None or last is None:
            return
        window.begin()

        def done(begun: int) -> None:
            window.finish(begun)
            self.done.emit(self)

        self._background.run(window, lambda station: station.reopen(word, last), done, window.refuse)

    def _forget_reopening(self) -> None:
        self.reopening = None


def _act(act: Act) -> Callable[..., BackupMade | BackupChecked]:
    match act:
        case Act.MAKE:
            return backup_making.make
        case Act.VERIFY:
            return backup_reading.verify
        case Act.REHEARSE:
            return backup_reading.rehearse
        case _:
            assert_never(act)
