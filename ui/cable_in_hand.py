"""What the officer does with the one cable in hand: read, acknowledge, open and write out its enclosures."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from secmsg.ids import CableId
from secmsg.station.station import Station
from secmsg.station.views import CableRow, CableView, GapRow
from ui.background import Background
from ui.deeds_sheet import deeds_sheet
from ui.format import Place, number
from ui.inbox.state import Row
from ui.language import tr
from ui.main_window import MainWindow, Shelf
from ui.reader.state import AnnexPick, TransferWish
from ui.widgets.files import FileDialog
from ui.widgets.message_bar import Remedy, Weight
from ui.widgets.sheet import PlainWindow

READ_AFTER_MS = 1500


class Desk(Protocol):
    """What the acts ask of the post around them."""

    def refresh(self, *shelves: Shelf) -> None:
        """Read places again."""

    def tell(self, weight: Weight, words: Callable[[], str], *remedies: Remedy) -> None:
        """Say something in the main window."""

    def fail(self, error: BaseException) -> None:
        """Say that something did not work."""

    def wake(self) -> None:
        """Let the courier go at once."""


class CableInHand(QObject):
    """Acts on the cable chosen in a list; `shown` carries this object after another one came into the reading pane."""

    shown: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self, background: Background, window: MainWindow, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._background, self.window, self._desk = background, window, desk
        self._shown: CableId | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._mark_read)

    def put_down(self) -> None:
        """Show none, and mark none as read any more."""
        self._timer.stop()
        self.window.reader.show_cable(None)

    def choose(self, row: Row | None) -> None:
        """Show the chosen cable in the reading pane."""
        self._timer.stop()
        if not isinstance(row, CableRow):
            self._shown = None
            self._show(None)
            return
        self._shown = row.cable_id
        self.reread(row.cable_id)
        if row.incoming and not row.read:
            self._timer.start(READ_AFTER_MS)

    def enter(self, row: Row) -> None:
        """Go from the list into the text, or from a gap to the list of gaps."""
        if isinstance(row, GapRow):
            self.window.go(Shelf.GAPS)
        else:
            self.window.reader.body.setFocus()

    def reread(self, cable_id: CableId) -> None:
        """Read the cable on show again, if it is this one."""
        if cable_id != self._shown:
            return

        def show(view: CableView) -> None:
            if cable_id == self._shown:
                self._show(view)

        self._background.run(self.window, lambda station: station.read(cable_id), show, self._desk.fail)

    def show_row(self, shelf: Shelf, cable_id: CableId) -> None:
        """Go to a cable in its list."""
        self.window.go(shelf)
        if (page := self.window.list_of(shelf)) is not None:
            page.show_cable(cable_id)

    def acknowledge(self, cable_id: CableId) -> None:
        """Sign that a cable was received."""
        view = self.window.reader.state.view

        def done(_: None) -> None:
            self._desk.refresh(Shelf.INBOX, Shelf.OUTBOX)
            self.reread(cable_id)
            which = number(view.cable.number) if view is not None else ""
            self._desk.tell(Weight.GOOD, lambda: tr("Cable {n} acknowledged. The receipt leaves by itself.", n=which))
            self._desk.wake()

        def failed(error: BaseException) -> None:
            self.window.reader.acknowledgement_failed()
            self._desk.fail(error)

        self._background.run(self.window, lambda station: station.acknowledge(cable_id), done, failed)

    def open_annex(self, pick: AnnexPick) -> None:
        """Show an enclosure's text."""
        view = self.window.reader.state.view
        if view is None:
            return
        name, degree = view.attachments[pick.index].name, view.cable.degree

        def show(content: bytes) -> None:
            PlainWindow(name, content.decode("utf-8", "replace"), degree, self.window).show()

        self._background.run(
            self.window, lambda station: station.open_attachment(pick.cable_id, pick.index), show, self._desk.fail
        )

    def move_annex(self, wish: TransferWish) -> None:
        """Let the transfer of an enclosure rest, or go on."""
        pick = wish.pick

        def done(_: None) -> None:
            self.reread(pick.cable_id)
            self._desk.refresh(Shelf.OUTBOX)
            self._desk.wake()

        def work(station: Station) -> None:
            (station.pause_transfer if wish.pause else station.resume_transfer)(pick.cable_id, pick.index)

        self._background.run(self.window, work, done, self._desk.fail)

    def export_annex(self, pick: AnnexPick) -> None:
        """Ask for a folder and write an enclosure there."""
        self._ask_folder(
            lambda folder: self._background.run(
                self.window,
                lambda station: station.export(pick.cable_id, pick.index, folder),
                self._exported,
                self._desk.fail,
            )
        )

    def export_text(self) -> None:
        """Ask for a folder and write the cable on show there."""
        view = self.window.reader.state.view
        if view is None:
            return
        cable_id = view.row.cable_id
        self._ask_folder(
            lambda folder: self._background.run(
                self.window, lambda station: station.export_text(cable_id, folder), self._exported, self._desk.fail
            )
        )

    def show_deeds(self, here: Place) -> None:
        """Show who opened the cable on show and wrote it out."""
        view = self.window.reader.state.view
        if view is None:
            return
        cable_id, which = view.row.cable_id, view.cable.number
        self._background.run(
            self.window,
            lambda station: station.officers.of_cable(cable_id),
            lambda found: deeds_sheet(which, found, here, self.window).show(),
            self._desk.fail,
        )

    def _show(self, view: CableView | None) -> None:
        self.window.reader.show_cable(view)
        self.shown.emit(self)

    def _mark_read(self) -> None:
        cable_id = self._shown
        if cable_id is not None:
            self._background.run(
                self.window,
                lambda station: station.mark_read(cable_id),
                lambda _: self._desk.refresh(Shelf.INBOX),
                self._desk.fail,
            )

    def _exported(self, path: Path) -> None:
        name = path.name
        self._desk.tell(
            Weight.GOOD, lambda: tr("Written as {name}. The copy outside is no longer protected.", name=name)
        )

    def _ask_folder(self, take: Callable[[Path], None]) -> None:
        dialog = FileDialog(self.window, "Choose a folder outside the store", FileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: take(Path(name)))
        dialog.open()
