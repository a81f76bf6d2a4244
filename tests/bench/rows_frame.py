"""The cable list with 100,000 rows, drawn offscreen: milliseconds a frame when it is shown, scrolled and jumped in.

Rows come from the large store in pages, as in the program. The peer is the same list drawn by Qt's own delegate, which
asks the model seven things for every cell. `data()` calls are counted for both.
"""

import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QStyledItemDelegate

from secmsg.station import reading
from secmsg.station.listing import PAGE
from secmsg.station.reading import Names
from secmsg.station.views import ListCount, ListMark, ListPage
from secmsg.store import lists
from secmsg.store.cables import Direction
from secmsg.store.database import Database
from secmsg.store.lists import EVERYTHING, Mark
from tests.bench import store_made
from tests.bench.rows import Row, ratio, table
from tests.bench.store import FOLDER
from ui.format import place
from ui.inbox.model import Surroundings, columns, manner
from ui.inbox.paged import Paged
from ui.inbox.state import Row as CableLine
from ui.inbox.state import Source
from ui.theme import Theme
from ui.widgets.rows import RowsModel, RowTable

SIZE = 100_000
WIDTH, HEIGHT = 1366, 700
FRAMES = 30
HELD = 20
"""Pages that are here while the list is walked."""
PEER = "Qt's own delegate"


class Counted(RowsModel[CableLine]):
    """Counts what it is asked."""

    calls = 0

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        Counted.calls += 1
        return super().data(index, role)


def run(size: int, rounds: int) -> None:
    """Print the table for a list of `size` rows."""
    count = size or SIZE
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    Theme(app).install()
    folder = FOLDER / f"store-{SIZE}"
    store_made.make(folder, SIZE, say=True)
    os.umask(0o077)
    db = store_made.open_ours(folder / "store.db")
    times: dict[tuple[str, str], list[float]] = {}
    calls: dict[tuple[str, str], float] = {}
    for number in range(rounds + 1):
        for side in ("ours", PEER):
            for what, took, asked in _frames(db, count, own=side == "ours"):
                if number:
                    times.setdefault((what, side), []).append(took * 1000)
                    calls[what, side] = asked
    rows = []
    for what, goal in (("shown first", "≤ 60 ms"), ("scrolled by a row", "≤ 16 ms"), ("jumped", "≤ 16 ms")):
        mine, theirs = times[what, "ours"], times[what, PEER]
        rows.append(
            Row(
                f"{count:,} rows, {what}: a frame",
                f"{statistics.median(mine):.1f} ms, {calls[what, 'ours']:.0f} data() calls",
                f"{PEER} {statistics.median(theirs):.1f} ms, {calls[what, PEER]:.0f} data() calls",
                *ratio(theirs, mine),
                goal,
                "16.7 ms at 60 Hz",
            )
        )
    print(table(rows))
    db.close()


def _frames(db: Database, count: int, *, own: bool) -> list[tuple[str, float, float]]:
    around = Surroundings(place("Paris", "Europe/Paris"), lambda: store_made.NOW)
    widget: RowTable[CableLine] = RowTable(Counted(columns(Source.INBOX, around), manner(around)))
    if not own:
        widget.setItemDelegate(QStyledItemDelegate(widget))
    widget.resize(WIDTH, HEIGHT)
    found = [_measured("shown first", 1, lambda: _show(widget, db, count))]
    bar = widget.verticalScrollBar()
    rows = widget.rows_model._rows
    assert isinstance(rows, Paged)
    after: Mark | None = None
    for number in range(HELD):
        after = _put(rows, db, number, after)
    steps = iter(range(1, 10**9))
    found.append(_measured("scrolled by a row", FRAMES, lambda: _draw(widget, lambda: bar.setValue(next(steps)))))
    # Between pages that are here: reading one is the store's thread's and is measured with the store.
    spots = iter(range(1, 10**9))
    found.append(
        _measured("jumped", FRAMES, lambda: _draw(widget, lambda: bar.setValue(next(spots) * 787 % (HELD * PAGE - 40))))
    )
    widget.close()
    widget.deleteLater()
    QApplication.processEvents()
    return found


def _show(widget: RowTable[CableLine], db: Database, count: int) -> None:
    """Count, read the first page, and show: what happens between a click on the place and its list."""
    tally = lists.tally(db, Direction.IN)
    rows = Paged(ListCount(tally.waiting, count - tally.waiting))
    after: Mark | None = None
    after = _put(rows, db, 0, after)
    widget.show_paged(rows, None)
    widget.show()
    widget.grab()


def _put(rows: Paged, db: Database, number: int, after: Mark | None) -> Mark:
    found = lists.page(db, Direction.IN, EVERYTHING, after, PAGE)
    known = Names(None, {})
    last = found[-1][0]
    rows.put(number, ListPage(tuple(reading.row(known, head, None) for _, head in found), ListMark(0, last.cable_no)))
    return last


def _draw(widget: RowTable[CableLine], move: Callable[[], None]) -> None:
    move()
    widget.viewport().grab()


def _measured(what: str, frames: int, draw: Callable[[], None]) -> tuple[str, float, float]:
    Counted.calls = 0
    took = []
    for _ in range(frames):
        began = time.perf_counter()
        draw()
        took.append(time.perf_counter() - began)
    return what, statistics.median(took), Counted.calls / frames
