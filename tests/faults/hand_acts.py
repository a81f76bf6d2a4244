"""A cable is released by hand in a process that may die at any statement; the same release scattered is the control."""

from pathlib import Path

from secmsg.ids import StationId
from secmsg.office import pad_pages
from secmsg.office.hand_work import Stage
from secmsg.office.pad_pages import PageState
from secmsg.station.hand_sending import Way
from secmsg.station.hand_sheets import Writing
from secmsg.store import materials as rows
from tests.faults import acts
from tests.helpers.ministry import draft


class Countdown:
    """Kills this process before the n-th statement from now on."""

    def __init__(self, left: int) -> None:
        self._left = left

    def __call__(self, _statement: str) -> None:
        self._left -= 1
        if self._left == 0:
            acts._die()


def release(home: Path, to: int, book: int, body: str, at: int | None, kind: str) -> None:
    """Release the cable that was being written, or else a new one, with the page on top."""
    if kind == "scattered":
        acts._scatter_transactions()
    station = acts.open_home(home)
    written = [each.worksheet for each in station.hand.worksheets() if each.stage is Stage.WRITTEN]
    form = draft(StationId(to), subject="Bằng tay", body=body)
    sheet = written[0] if written else station.hand.save(None, Writing(form, book))
    kept = station.hand.writing(sheet).draft
    top = next(e for e in rows.pages(station.desk.db, book) if e.state is PageState.READY)
    if at is not None:
        station.desk.db._connection.set_trace_callback(Countdown(at))  # a statement trace, so no hook in the product
    station.hand.release(kept, Way(book, pad_pages.spoken(top.number)), sheet)
    if at is not None:
        acts._die()
    station.close()
