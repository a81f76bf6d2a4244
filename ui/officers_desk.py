"""Between the window of persons and the store."""

from collections.abc import Callable
from typing import assert_never

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from secmsg.office.persons import Bar, Term
from secmsg.station.persons import Officer
from secmsg.station.station import Station
from secmsg.station.unlock import by_passphrase
from ui.background import Background
from ui.officers.state import Act, Done, Order
from ui.officers.view import OfficersWindow
from ui.safe_papers.state import Kind
from ui.safe_papers_desk import SafePapersDesk

DAY_S = 86_400


class OfficersDesk(QObject):
    """Opens and serves the window."""

    def __init__(self, background: Background, window: QWidget, backups: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._background, self._window = background, window
        self.papers = SafePapersDesk(background, window, self._read_again, backups, self)
        self.officers: OfficersWindow | None = None

    def show_officers(self) -> None:
        """Show who is here, or bring the window to the front."""
        if self.officers is not None:
            self.officers.activateWindow()
            return
        self.officers = window = OfficersWindow(self._window)
        window.asked.connect(self._serve)
        window.share_asked.connect(lambda _: self.papers.show(Kind.SHARE))
        window.sheet_asked.connect(lambda _: self.papers.show(Kind.SHEET))
        window.closed.connect(lambda _: self._forget())
        window.show()
        self._read(window)

    def _serve(self, order: Order) -> None:
        window = self.officers
        if window is None:
            return

        def done(outcome: Done) -> None:
            window.finish(outcome)
            self._read(window)

        self._background.run(window, lambda station: act_on(station, order), done, window.refuse)

    def _read(self, window: OfficersWindow) -> None:
        def ask(station: Station) -> tuple[tuple[Officer, ...], tuple[Term, ...], int, Bar | None]:
            room = station.officers
            return room.listed(), room.terms(), room.present().number, room.bar()

        self._background.run(window, ask, lambda found: window.show_lines(*found), window.refuse)

    def _read_again(self) -> None:
        if self.officers is not None:
            self._read(self.officers)

    def _forget(self) -> None:
        self.officers = None


def act_on(station: Station, order: Order) -> Done:
    """Do what the officer wants, on the store's thread."""
    room = station.officers
    match order.act:
        case Act.ADD:
            made = room.add(order.name, order.title, order.rank, by_passphrase(order.passphrase), order.second)
            return Done(order.act, made.name, made.number, request=True)
        case Act.SUSPEND:
            return Done(order.act, room.suspend(order.about, "").name)
        case Act.RESUME:
            return Done(order.act, room.resume(order.about, order.second).name)
        case Act.REMOVE:
            gone = room.remove(order.about, order.second, "")
            return Done(order.act, gone.name, gone.number, request=gone.certified)
        case Act.AWAY:
            now = room.moment()
            with room.witness(by_passphrase(order.proof), f"absence of {order.about}") as second:
                room.absent(order.about, order.deputy, now, now + order.days * DAY_S, second)
            return Done(order.act, order.name)
        case Act.BACK:
            room.back(order.term)
            return Done(order.act, order.name)
        case _:
            assert_never(order.act)
