"""Between the window of a paper for the safe and the store: what is drawn waits here until it is on paper."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from secmsg.station import exporting, first_sheet
from secmsg.station.first_sheet import FirstSheet
from secmsg.station.persons import Officer
from secmsg.station.sheets import Drawn
from secmsg.station.station import Station
from secmsg.station.unlock import Unlock, by_passphrase, by_share
from ui.background import Background
from ui.safe_papers.state import Ask, Draw, Finish, Kind, Order, PapersState, Stage
from ui.safe_papers.view import PapersWindow
from ui.widgets.files import FileDialog

NAMES = {Kind.SHEET: "phieu-khoi-phuc-moi.pdf", Kind.SHARE: "phieu-truong-co-quan.pdf"}


class SafePapersDesk(QObject):
    """Opens and serves the window; `changed` is called when a paper is in force, `backups` when one is to be made."""

    def __init__(
        self,
        background: Background,
        window: QWidget,
        changed: Callable[[], None],
        backups: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._background, self._window, self._changed, self._backups = background, window, changed, backups
        self._drawn: Drawn | None = None
        self.papers: PapersWindow | None = None
        self.dialog: FileDialog | None = None

    @property
    def in_front(self) -> bool:
        """Whether the officer has a paper before him that he writes down: the pencil moves, and no key."""
        return self.papers is not None and self.papers.state.stage is Stage.PAPER and self.papers.isActiveWindow()

    def show(self, kind: Kind) -> None:
        """Show the window of this paper, or bring the one that is open to the front: one paper after the other."""
        if self.papers is not None:
            self.papers.activateWindow()
            return
        self.papers = window = PapersWindow(kind, self._window)
        window.asked.connect(self._serve)
        window.closed.connect(lambda _: self._forget())
        window.show()

        def ask(station: Station) -> tuple[tuple[Officer, ...], int, bool]:
            room = station.officers
            return room.listed(), room.present().number, room.stands_alone()

        def show(found: tuple[tuple[Officer, ...], int, bool]) -> None:
            window.show_people(found[0], found[1], alone=found[2])

        self._background.run(window, ask, show, window.refuse)

    def _serve(self, order: Order) -> None:
        window = self.papers
        if window is None:
            return
        match order:
            case Draw():
                self._draw(window, order)
            case Finish():
                self._finish(window, order)
            case Ask.SAVE:
                self._ask_target(window)
            case Ask.BACKUP:
                self._backups()

    def _draw(self, window: PapersWindow, order: Draw) -> None:
        kind = window.state.kind

        def work(station: Station) -> tuple[Drawn, FirstSheet]:
            room = station.officers
            drawn = room.draw_sheet() if kind is Kind.SHEET else room.draw_share(order.name, order.second)
            return drawn, first_sheet.to_read_back(drawn.paper)

        def done(made: tuple[Drawn, FirstSheet]) -> None:
            self._drawn = made[0]
            window.show_paper(made[1])

        self._background.run(window, work, done, window.refuse)

    def _finish(self, window: PapersWindow, order: Finish) -> None:
        drawn, state = self._drawn, window.state

        def done(_: object) -> None:
            self._drawn = None
            window.finish()
            self._changed()

        def work(station: Station) -> None:
            if drawn is not None:
                put_in_force(station, drawn, state, order)

        self._background.run(window, work, done, window.refuse)

    # --- the file that is printed ------------------------------------------------------------------------------------

    def _ask_target(self, window: PapersWindow) -> None:
        dialog = FileDialog(window, "Where to write the PDF", FileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
        # What is there is never written over, so there is nothing to confirm.
        dialog.setOption(FileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(NAMES[window.state.kind])
        self.dialog = dialog
        dialog.fileSelected.connect(lambda path: self.write_pdf(Path(path)))
        dialog.open()

    def write_pdf(self, target: Path) -> None:
        """Write the paper where the officer said; nothing is written over, and nothing is in force by it."""
        window, drawn = self.papers, self._drawn
        if window is None or drawn is None:
            return
        pdf = drawn.paper.pdf
        window.begin()
        self._background.aside(
            window,
            lambda: exporting.export_paper(pdf, target),
            lambda path: window.show_saved(str(path)),
            window.refuse,
        )

    def _forget(self) -> None:
        self.papers, self._drawn = None, None


def put_in_force(station: Station, drawn: Drawn, state: PapersState, order: Finish) -> None:
    """Let the paper count, on the store's thread."""
    room, asked = station.officers, state.asked
    if state.kind is Kind.SHARE:
        room.give_share(drawn, asked.name, asked.title, order.pin, asked.second, state.kept_at)
        return
    room.put_in_force(drawn, second_of(state, order), state.kept_at)


def second_of(state: PapersState, order: Finish) -> Unlock | None:
    """Give what the second person has typed; FormatError names a wrong group of the share."""
    if state.alone:
        return None
    return by_share(order.groups, order.pin) if order.by_share else by_passphrase(order.passphrase)
