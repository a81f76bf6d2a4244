"""The pouch windows of an opened station, between the officer, the medium and the store's thread."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from secmsg.station.pouch_bag import PouchBag
from secmsg.station.pouch_views import PouchRead, PouchWritten
from ui.background import Background
from ui.format import Place, one_line
from ui.pouch.state import Phase
from ui.pouch.view import Meter, ReadWindow, WriteWindow
from ui.widgets.files import FileDialog


class Pouching(QObject):
    """Opens and serves the pouch windows; `done` carries this object when a pouch was written or read."""

    done: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self, background: Background, bag: PouchBag, here: Place, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._background, self._bag, self._here, self._window = background, bag, here, window
        self.writing: WriteWindow | None = None
        self.reading: ReadWindow | None = None
        self.dialog: FileDialog | None = None
        self._meters: list[Meter] = []

    def stop(self) -> None:
        """Ask everything under way to end; the store is about to close."""
        for meter in self._meters:
            meter.stopped = True

    # --- writing --------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Open the window that asks for whom, or bring it to the front."""
        if self.writing is not None:
            self.writing.activateWindow()
            return
        window = self.writing = WriteWindow(self._here, self._window)
        window.write_asked.connect(self._ask_target)
        window.closed.connect(lambda _: self._forget_writing())
        window.show()
        self._background.run(window, lambda station: station.pouch_waiting(), window.offer, window.refuse)

    def _ask_target(self, window: WriteWindow) -> None:
        dialog = FileDialog(self._window, "Where to write the pouch", FileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
        # What is there is never written over, so there is nothing to confirm.
        dialog.setOption(FileDialog.Option.DontConfirmOverwrite)
        self._ask_file(dialog, lambda path: self.write_to(window, path))

    def write_to(self, window: WriteWindow, target: Path) -> None:
        """Write the pouch that a window asks for."""
        if window.state.phase is Phase.WORKING:
            return
        meter, stations = self._metered(window.begin()), window.state.stations

        def work() -> PouchWritten:
            return self._bag.write(target, stations, meter.tell, lambda: meter.stopped)

        def written(outcome: PouchWritten) -> None:
            window.finish(outcome)
            self.done.emit(self)

        self._background.aside(window, work, written, window.refuse)

    def _forget_writing(self) -> None:
        self.writing = None

    # --- reading --------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Ask for the file and read it."""
        if self.reading is not None:
            self.reading.activateWindow()
            return
        dialog = FileDialog(self._window, "Which pouch to read", FileDialog.FileMode.ExistingFile)
        self._ask_file(dialog, self.read_from)

    def read_from(self, source: Path) -> None:
        """Read a pouch and show what came."""
        window = self.reading = ReadWindow(self._here, self._window, one_line(source.name))
        meter = self._metered(window.meter)
        window.closed.connect(lambda _: self._forget_reading())
        window.show()

        def work() -> PouchRead:
            return self._bag.read(source, self._background.report, meter.tell, lambda: meter.stopped)

        def came(outcome: PouchRead) -> None:
            window.finish(outcome)
            self.done.emit(self)

        self._background.aside(window, work, came, window.refuse)

    def _forget_reading(self) -> None:
        self.reading = None

    # --- inside ---------------------------------------------------------------------------------------------------

    def _metered(self, meter: Meter) -> Meter:
        self._meters = [*self._meters[-3:], meter]
        return meter

    def _ask_file(self, dialog: FileDialog, take: Callable[[Path], None]) -> None:
        self.dialog = dialog
        dialog.fileSelected.connect(lambda name: take(Path(name)))
        dialog.open()
