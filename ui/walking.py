"""Between the window of destruction in order and the store."""

from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from secmsg.station import exporting
from secmsg.station.destruction_walk import Walk
from secmsg.station.station import Station
from secmsg.station.unlock import by_passphrase
from ui.background import Background
from ui.format import one_line
from ui.language import tr
from ui.walk.orders import Begin, Close, Order, Say, Stop, ToTheKeys, WriteRecord
from ui.walk.view import WalkWindow
from ui.widgets.files import FileDialog
from ui.widgets.message_bar import Message, Weight


class Walking(QObject):
    """Opens and serves the window; `keys_asked` carries it when the keys are to go next."""

    keys_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self, background: Background, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._background, self._window = background, window
        self._changed: Callable[[], None] = lambda: None
        self.walk: WalkWindow | None = None
        self.dialog: FileDialog | None = None

    def show(self, changed: Callable[[], None]) -> None:
        """Show the window, or bring it to the front; `changed` is called when something was destroyed or stopped."""
        self._changed = changed
        if self.walk is not None:
            self.walk.activateWindow()
            return
        self.walk = window = WalkWindow(self._window)
        window.asked.connect(self._serve)
        window.finished.connect(lambda _: self._forget())
        window.show()
        self._background.run(window, lambda station: station.walk.standing(), window.show_walk, window.refuse)

    def _serve(self, order: Order) -> None:
        window = self.walk
        if window is None:
            return
        match order:
            case ToTheKeys():
                self.keys_asked.emit(window)
            case WriteRecord():
                self._ask_target(window)
            case _:
                self._background.run(
                    window, lambda station: act_on(station, order), lambda walk: self._done(walk, order), window.refuse
                )

    def _done(self, walk: Walk, order: Order) -> None:
        window = self.walk
        if window is None:
            return
        window.show_walk(walk)
        if isinstance(order, Stop):
            window.message.tell(
                Message(Weight.GOOD, lambda: tr("Stopped. The post works on; what was destroyed stays destroyed."))
            )
        self._changed()

    def _ask_target(self, window: WalkWindow) -> None:
        dialog = FileDialog(window, "Where to write the PDF", FileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
        # What is there is never written over, so there is nothing to confirm.
        dialog.setOption(FileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile("bien-ban-tieu-huy.pdf")
        self.dialog = dialog
        dialog.fileSelected.connect(lambda path: self.write(Path(path)))
        dialog.open()

    def write(self, target: Path) -> None:
        """Write the record where the officer said; nothing is written over."""
        window = self.walk
        if window is None:
            return
        name = one_line(target.name)

        def work(station: Station) -> None:
            exporting.export_paper(station.walk.record(), target)

        def done(_: None) -> None:
            window.message.tell(
                Message(Weight.GOOD, lambda: tr("Written to {file}: print it, both sign it.", file=name))
            )

        self._background.run(window, work, done, window.refuse)

    def _forget(self) -> None:
        self.walk = None


def act_on(station: Station, order: Begin | Say | Close | Stop) -> Walk:
    """Do what both want, on the store's thread."""
    room = station.walk
    match order:
        case Begin():
            second = by_passphrase(order.passphrase) if order.passphrase else order.second
            return room.begin(second, order.ground) if order.ground else room.go_on(second)
        case Say():
            return room.say(order.item, order.degree, destroyed=order.destroyed, note=order.note)
        case Close():
            return room.close(by_passphrase(order.passphrase) if order.passphrase else order.second)
        case Stop():
            return room.stop()
        case _:
            assert_never(order)
