"""Between the window of inventory, inspection and handover and the store."""

from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from secmsg.office.checking import Work
from secmsg.station import exporting
from secmsg.station.custody_records import RecordView, Second
from secmsg.station.custody_works import WorkView
from secmsg.station.station import Station
from secmsg.station.unlock import by_passphrase
from ui import failures
from ui.background import Background
from ui.format import one_line
from ui.inspection.view import InspectionWindow, Look, Order, Paper, Say, Sign
from ui.language import tr
from ui.widgets.files import FileDialog
from ui.widgets.message_bar import Message, Weight


class CustodyDesk(QObject):
    """Opens and serves the window; `entered` is called when a record was entered: there may be a notice."""

    def __init__(self, background: Background, window: QWidget, entered: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._background, self._window, self._entered = background, window, entered
        self.inspection: InspectionWindow | None = None
        self.dialog: FileDialog | None = None

    def show_inspection(self) -> None:
        """Show the window with what is under way, or bring it to the front."""
        if self.inspection is not None:
            self.inspection.activateWindow()
            return
        self.inspection = window = InspectionWindow(self._window)
        window.asked.connect(self._serve)
        window.closed.connect(lambda _: self._forget())
        window.show()

        def look(under_way: tuple[Work, ...]) -> None:
            if under_way:
                window.works.setCurrentIndex(list(Work).index(under_way[0]))
            window.choose_work()

        self._background.run(window, lambda station: station.custody.under_way(), look, window.refuse)

    def _serve(self, order: Order) -> None:
        match order:
            case Look():
                self._run(lambda station: _standing(station, order))
            case Say():
                self._run(lambda station: _say(station, order))
            case Sign():
                self._sign(order)
            case Paper():
                self._ask_target(order)
            case _:
                assert_never(order)

    def _run(self, work: Callable[[Station], WorkView | None]) -> None:
        window = self.inspection
        if window is not None:
            self._background.run(window, work, window.show_view, window.refuse)

    def _sign(self, order: Sign) -> None:
        window = self.inspection
        if window is None:
            return

        def work(station: Station) -> RecordView:
            if order.passphrase:
                return station.custody.finish_both(order.work, by_passphrase(order.passphrase))
            return station.custody.finish(order.work, Second(order.name, order.title))

        def done(record: RecordView) -> None:
            window.show_record(record)
            self._entered()

        self._background.run(window, work, done, window.refuse)

    # --- papers -----------------------------------------------------------------------------------------------------

    def _ask_target(self, order: Paper) -> None:
        window = self.inspection
        if window is None:
            return
        dialog = FileDialog(window, "Where to write the PDF", FileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
        # What is there is never written over, so there is nothing to confirm.
        dialog.setOption(FileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(f"bien-ban-{order.record}.pdf" if order.record else "phieu-kiem-tra.pdf")
        self.dialog = dialog
        dialog.fileSelected.connect(lambda path: self.write_pdf(order, Path(path)))
        dialog.open()

    def write_pdf(self, order: Paper, target: Path) -> None:
        """Make the paper of what the store says and write it where the officer said; nothing is written over."""
        window = self.inspection
        if window is None:
            return

        def work(station: Station) -> None:
            made = station.custody.paper(order.record) if order.record else station.custody.pack()
            exporting.export_paper(made, target)

        said = Message(Weight.GOOD, lambda: tr("Written to {file}.", file=one_line(target.name)))
        self._background.run(
            window,
            work,
            lambda _: window.message.tell(said),
            lambda error: window.message.tell(Message(Weight.FAULT, lambda: failures.sentence(error))),
        )

    def _forget(self) -> None:
        self.inspection = None


def _standing(station: Station, order: Look) -> WorkView | None:
    if order.drop:
        station.custody.drop(order.work)
    if order.begin:
        return station.custody.begin(order.work)
    return station.custody.standing(order.work) if order.work in station.custody.under_way() else None


def _say(station: Station, order: Say) -> WorkView:
    if order.answer.code:
        return station.custody.answer(order.work, order.answer)
    return station.custody.add_stranger(order.work, order.answer.place, order.answer.note)
