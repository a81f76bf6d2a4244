"""Two real stations that share a pad book, and the programs at their windows; nothing is carried by any line."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from secmsg.office.materials import Act, Direction
from secmsg.office.pad_pages import PageState, spoken
from secmsg.station import custody, pad_drawing, pad_files
from secmsg.station.courier import Courier
from secmsg.station.events import Event
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import by_passphrase
from secmsg.station.worker import Worker
from secmsg.store import materials as material_rows
from secmsg.wire.cable import Degree
from secmsg.wire.contents import StationEntry
from tests.helpers.ministry import FAST, HQ, KEYRING, PARIS, PASSPHRASE, Clock, draft
from tests.helpers.ui_station import UiCourier
from tests.helpers.world import World, world
from ui.app import Doors, Program
from ui.language import Language
from ui.post import Post
from ui.unlock.state import Attempt

SECOND = "Lê Minh Châu"
SETTLE_MS, MOST_SETTLES = 8, 1_000


@dataclass
class Window:
    """A program at the window of one of the stations."""

    program: Program

    @property
    def post(self) -> Post:
        """The opened post."""
        assert self.program.post is not None
        return self.program.post

    def settle(self) -> None:
        """Wait until every answer of the store's thread, and of long work, is on show."""
        for _ in range(MOST_SETTLES):
            QTest.qWait(SETTLE_MS)
            post = self.program.post
            gathering = post is not None and post._timers["gather"].isActive()
            encoding = post is not None and any(each.view._encode_timer.isActive() for each in post.by_hand.writings)
            if not self.program.background.pending and not gathering and not encoding:
                break
        QTest.qWait(0)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def unlock(self) -> None:
        """Open the store."""
        self.program.start()
        view = self.program.unlock
        assert view is not None
        view.field.setText(PASSPHRASE)
        view.submit()
        for _ in range(MOST_SETTLES):
            QTest.qWait(SETTLE_MS)
            if self.program.post is not None:
                break
        self.settle()


@dataclass
class HandDesks:
    """The world, the page that lies on top of the book of Paris, and the windows that were opened."""

    world: World
    top: str
    book: str
    windows: list[Window] = field(default_factory=list)

    @property
    def clock(self) -> Clock:
        """The clock of everybody."""
        return self.world.clock

    def window(self, app: QApplication, entry: StationEntry, language: Language = Language.VIETNAMESE) -> Window:
        """Open the program of a station."""
        made = Window(Program(app, self._doors(entry), clock=self.clock, language=language))
        made.unlock()
        self.windows.append(made)
        return made

    def close(self, window: Window) -> None:
        """Close a program."""
        self.windows.remove(window)
        window.program.stop()

    def _doors(self, entry: StationEntry) -> Doors:
        home = self.world.root / f"station-{entry.id}"

        def open_(attempt: Attempt) -> Callable[[], Station]:
            return lambda: open_station(home, by_passphrase(attempt.text), FAST, keyring=KEYRING, clock=self.clock)

        def courier(worker: Worker, on_event: Callable[[Event], None]) -> Courier:
            return UiCourier(worker, on_event, ())

        return Doors(open_, courier)


@contextmanager
def hand_desks(root: Path) -> Iterator[HandDesks]:
    """Give both ends: they have met once by the line, and the same book lies open at both."""
    with world(root) as built:
        hq, paris = built.open(HQ), built.open(PARIS)
        built.settle()
        paris.release(draft(HQ.id, subject="Trước", degree=Degree.CONFIDENTIAL))
        built.settle()
        here, there = paris.station.desk, hq.station.desk
        own, _ = pad_drawing.draw(here, HQ.id, Direction.OUT, 30)
        sealed = pad_files.export(here, own.number, SECOND)
        theirs = pad_files.import_(there, sealed.data, sealed.code, SECOND)
        custody.act(here, own.number, Act.OPENED, second=SECOND)
        custody.act(there, theirs.number, Act.OPENED, second=SECOND)
        pages = material_rows.pages(here.db, own.number)
        top = spoken(next(each.number for each in pages if each.state is PageState.READY))
        for office in list(built.offices):
            built.close(office)
        desks = HandDesks(built, top, own.name)
        try:
            yield desks
        finally:
            for window in list(desks.windows):
                desks.close(window)


__all__ = ["HQ", "PARIS", "SECOND", "HandDesks", "Window", "hand_desks"]
