"""The windows of delegation kits of an opened station, between the officer and the store's thread."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from secmsg.ids import CableId
from secmsg.station import exporting
from secmsg.station.kit_making import Making
from secmsg.station.kit_return import Concluded
from secmsg.station.kit_views import KitRow, Reconciliation
from secmsg.station.station import Station
from secmsg.station.unlock import by_passphrase
from secmsg.station.views import EVERY_CABLE, CableRow, Listing
from ui.background import Background
from ui.format import Place, one_line
from ui.language import tr
from ui.theme import look
from ui.travel.back.view import BackWindow
from ui.travel.choice import CableChoice
from ui.travel.kits.state import Act, Order
from ui.travel.kits.view import KitsWindow
from ui.travel.make.view import DAY, MakeWindow
from ui.widgets.files import FileDialog
from ui.widgets.flow import FlowRow
from ui.widgets.message_bar import Message, Weight
from ui.widgets.sheet import fitting

PAGES = 5
"""Pages of each list that are offered before something is sought."""


class KitsDesk(QObject):
    """Opens and serves the windows of kits."""

    def __init__(
        self, background: Background, here: Place, clock: Callable[[], int], window: QWidget, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._background, self._here, self._clock, self._window = background, here, clock, window
        self.kits: KitsWindow | None = None
        self.making: MakeWindow | None = None
        self.back: BackWindow | None = None
        self.dialog: FileDialog | None = None
        self.adding: QDialog | None = None

    def stop(self) -> None:
        """Ask a making under way to end; the store is about to close."""
        if self.making is not None:
            self.making.stop()

    def show(self) -> None:
        """Show the list, or bring it to the front."""
        if self.kits is not None:
            self.kits.activateWindow()
            return
        self.kits = window = KitsWindow(self._here, self._window)
        window.make_asked.connect(lambda _: self.make())
        window.back_asked.connect(lambda _: self._ask_back())
        window.ordered.connect(self.order)
        window.closed.connect(lambda _: self._forget("kits"))
        window.show()
        self._reread()

    def _reread(self) -> None:
        window = self.kits
        if window is not None:
            self._background.run(window, lambda station: station.kits.listed(), window.show_rows, window.refuse)

    # --- making -----------------------------------------------------------------------------------------------------

    def make(self) -> None:
        """Open the window in which a kit is made."""
        if self.making is not None:
            self.making.activateWindow()
            return
        self.making = window = MakeWindow(self._here, self._clock(), self._window)
        window.closed.connect(lambda _: self._forget("making"))
        window.choice.sought.connect(lambda text: self._offer(window.choice, text))
        window.folder_asked.connect(lambda _: self._ask_folder(window))
        window.make_asked.connect(self.make_kit)
        window.show()

    def _offer(self, choice: CableChoice, text: str) -> None:
        def look_for(station: Station) -> tuple[CableRow, ...]:
            return station.search(text).rows if text else newest(station)

        self._background.run(choice, look_for, choice.show_rows)

    def make_kit(self, window: MakeWindow) -> None:
        """Make the kit that a window asks for: prepared on the store's thread, written on another, then proven."""
        terms, chosen = window.state.terms(), tuple(window.choice.chosen)
        folder, given = Path(window.state.folder), by_passphrase(window.passphrase.text())

        def prepared(making: Making) -> None:
            meter = window.begin(making.total)
            self._background.aside(
                window,
                lambda: making.run(folder, given, meter),
                lambda _: self._finish(window, making.number, folder),
                lambda error: self._failed(window, making.number, error),
            )

        second = by_passphrase(window.second.text()) if window.state.needs_witness else None
        self._background.run(
            window, lambda station: station.kits.prepare(terms, chosen, second), prepared, window.refuse
        )

    def _finish(self, window: MakeWindow, number: int, folder: Path) -> None:
        def work(station: Station) -> KitRow:
            station.kits.finish(number, folder)
            return next(row for row in station.kits.listed() if row.number == number)

        def done(row: KitRow) -> None:
            window.finish(row)
            self._reread()

        self._background.run(window, work, done, window.refuse)

    def _failed(self, window: MakeWindow, number: int, error: BaseException) -> None:
        self._background.run(
            window, lambda station: station.kits.give_up(number), lambda _: window.refuse(error), window.refuse
        )
        self._reread()

    def _ask_folder(self, window: MakeWindow) -> None:
        self._ask(
            FileDialog(window, "Choose an empty folder for the kit", FileDialog.FileMode.Directory),
            lambda path: window.show_folder(str(path)),
        )

    # --- acts on one kit --------------------------------------------------------------------------------------------

    def order(self, order: Order) -> None:
        """Do with a kit what the officer asks."""
        number = order.kit.number
        match order.act:
            case Act.LOST:
                note = self.kits.note.text() if self.kits is not None else ""
                self._act(
                    lambda station: station.kits.lost(number, note),
                    lambda: tr("Kit {n} is reported lost. The report to headquarters lies among the drafts.", n=number),
                )
            case Act.GIVE_UP:
                self._act(
                    lambda station: station.kits.give_up(number),
                    lambda: tr("Kit {n} is given up. If a folder of it is left, destroy that too.", n=number),
                )
            case Act.FINISH:
                self._ask(
                    FileDialog(self._window, "Choose the folder of the kit", FileDialog.FileMode.Directory),
                    lambda path: self._act(
                        lambda station: station.kits.finish(number, path),
                        lambda: tr("Kit {n} is whole and issued.", n=number),
                    ),
                )
            case Act.END if order.gone:
                self.end(number, None)
            case Act.END:
                self._ask(
                    FileDialog(self._window, "Choose the folder of the kit", FileDialog.FileMode.Directory),
                    lambda path: self.end(number, path),
                )
            case Act.AGAIN:
                self._ask(
                    FileDialog(self._window, "Choose a folder for the file", FileDialog.FileMode.Directory),
                    lambda path: self.write_again(number, order.kit.additions, path),
                )
            case Act.PROLONG:
                self._ask_prolong(order.kit)
            case Act.ADD:
                self._choose_more(order.kit)

    def end(self, number: int, folder: Path | None) -> None:
        """Go on with a return that stopped."""
        second = self.kits.second.text() if self.kits is not None else ""
        self._act(
            lambda station: station.kits.end(number, second, folder),
            lambda: tr("The return of kit {n} is finished: the ledger says that its keys are destroyed.", n=number),
        )

    def write_again(self, number: int, addition: int, folder: Path) -> None:
        """Write an addition whose file was lost."""
        self._act(
            lambda station: station.kits.write_again(number, addition, folder),
            lambda: tr("The file is written. The bearer puts it into the folder “additions” of kit {n}.", n=number),
        )

    def _act(self, work: Callable[[Station], object], said: Callable[[], str]) -> None:
        window = self.kits
        if window is None:
            return

        def done(_: object) -> None:
            window.tell(Weight.GOOD, said)
            self._reread()

        self._background.run(window, work, done, window.refuse)

    def _ask_prolong(self, kit: KitRow) -> None:
        days = self.kits.days.value() if self.kits is not None else 1
        wrong_clock = self.kits is not None and self.kits.wrong_clock.isChecked()
        until = max(kit.permit.until, self._clock()) + days * DAY
        self._ask(
            FileDialog(self._window, "Choose a folder for the file", FileDialog.FileMode.Directory),
            lambda path: self.prolong(kit.number, until, days, path, wrong_clock=wrong_clock),
        )

    def prolong(self, number: int, until: int, days: int, folder: Path, *, wrong_clock: bool = False) -> None:
        """Write the file that prolongs a permit; each day brings ten openings and eight hours."""
        if self.kits is not None:
            self.kits.wrong_clock.setChecked(False)  # said of one kit, once
        self._act(
            lambda station: station.kits.prolong(
                number, folder, until=until, openings=10 * days, minutes=480 * days, wrong_clock=wrong_clock
            ),
            lambda: tr("The file is written. The bearer puts it into the folder “additions” of kit {n}.", n=number),
        )

    def _choose_more(self, kit: KitRow) -> None:
        self.adding = dialog = QDialog(self._window)
        dialog.setWindowTitle(tr("Add cables to kit {n}", n=kit.number))
        choice, go, close = CableChoice(self._here), QPushButton(tr("&Write the file…")), QPushButton(tr("&Close"))
        choice.sought.connect(lambda text: self._offer(choice, text))
        close.clicked.connect(dialog.reject)
        go.clicked.connect(lambda: self._ask_add(dialog, kit.number, choice))
        column = QVBoxLayout(dialog)
        column.addWidget(choice, 1)
        column.addWidget(FlowRow(go, close, widen=False))
        dialog.resize(fitting(look().px(700), look().px(480)))
        dialog.show()

        def bound(taken: tuple[CableId, ...]) -> None:
            choice.bound(kit.permit.degree, frozenset(taken))
            self._offer(choice, "")

        self._background.run(dialog, lambda station: station.kits.cables(kit.number), bound)

    def _ask_add(self, dialog: QDialog, number: int, choice: CableChoice) -> None:
        chosen = tuple(choice.chosen)
        if chosen:
            self._ask(
                FileDialog(dialog, "Choose a folder for the file", FileDialog.FileMode.Directory),
                lambda path: self.add(dialog, number, chosen, path),
            )

    def add(self, dialog: QDialog, number: int, chosen: tuple[CableId, ...], folder: Path) -> None:
        """Write an addition with chosen cables."""
        dialog.accept()
        self._act(
            lambda station: station.kits.add(number, chosen, folder),
            lambda: tr("The file is written. The bearer puts it into the folder “additions” of kit {n}.", n=number),
        )

    # --- return -----------------------------------------------------------------------------------------------------

    def _ask_back(self) -> None:
        self._ask(
            FileDialog(self._window, "Choose the folder of the kit", FileDialog.FileMode.Directory), self.take_back
        )

    def take_back(self, folder: Path) -> None:
        """Read a kit that is back and show what it says."""
        self.back = window = BackWindow(self._here, self._window)
        window.closed.connect(lambda _: self._forget("back"))
        window.note_asked.connect(lambda _: self.conclude(window, folder))
        window.report_asked.connect(lambda _: self._ask_report(window))
        window.show()
        self._background.run(window, lambda station: station.kits.reconcile(folder), window.show_found, window.refuse)

    def conclude(self, window: BackWindow, folder: Path) -> None:
        """Note a return."""
        state, note = window.state, window.note.text()
        found = state.found
        if found is None or not state.may_note:
            return

        def work(station: Station, found: Reconciliation = found) -> Concluded:
            return station.kits.conclude(found, folder, state.second, state.handed_back, note)

        def done(concluded: Concluded) -> None:
            window.finish(concluded.report, concluded.still_out)
            self._reread()

        self._background.run(window, work, done, window.refuse)

    def _ask_report(self, window: BackWindow) -> None:
        dialog = FileDialog(window, "Where to write the PDF", FileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
        # What is there is never written over, so there is nothing to confirm.
        dialog.setOption(FileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile("bao-cao-bo-dien.pdf")
        self._ask(dialog, lambda path: self.write_report(window, path))

    def write_report(self, window: BackWindow, target: Path) -> None:
        """Write the report where the officer said."""
        report, name = window.report, one_line(target.name)
        self._background.aside(
            window,
            lambda: exporting.export_paper(report, target),
            lambda _: window.message.tell(Message(Weight.GOOD, lambda: tr("Written to {file}.", file=name))),
            window.refuse,
        )

    # --- inside -----------------------------------------------------------------------------------------------------

    def _ask(self, dialog: FileDialog, take: Callable[[Path], None]) -> None:
        self.dialog = dialog
        dialog.fileSelected.connect(lambda name: take(Path(name)))
        dialog.open()

    def _forget(self, name: str) -> None:
        setattr(self, name, None)


def newest(station: Station) -> tuple[CableRow, ...]:
    """Give the newest cables of both lists, the latest first."""
    found: list[CableRow] = []
    for listing in Listing:
        mark = None
        for _ in range(PAGES):
            page = station.page(listing, EVERY_CABLE, mark)
            found += page.rows
            mark = page.end
            if mark is None:
                break
    return tuple(sorted(found, key=lambda row: -row.at))
