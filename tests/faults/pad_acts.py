"""A page is taken in a process that may die at any statement; the same act done carelessly is the control."""

import os
from pathlib import Path

from secmsg.office import pad_pages
from secmsg.office.pad_pages import PageState
from secmsg.station import pads
from secmsg.station.desk import Desk
from secmsg.station.pads import Taken
from secmsg.store import materials as rows
from tests.faults.acts import Moment, Trigger, open_home, watch


def take(home: Path, book: int, said: Path, at: int | Moment | None, kind: str) -> None:
    """Tear off the page on top, and write down its figures as soon as they are given, as a person would."""
    station = open_home(home)
    top = next(e for e in rows.pages(station.desk.db, book) if e.state is PageState.READY)
    if at is not None:
        watch(station, Trigger("", at))
    if kind == "careless":
        _say(said, _carelessly(station.desk, book, top.number))
        with station.desk.db.transaction():
            rows.move(station.desk.db, book, top.number, PageState.TAKEN, station.desk.now())
    else:
        _say(said, pads.take(station.desk, book, 20, pad_pages.spoken(top.number)))
    station.close()


def _carelessly(desk: Desk, book: int, number: int) -> Taken:
    """Give the figures first and account for them afterwards."""
    figures = rows.figures(desk.db, book, number)
    assert figures is not None
    item = rows.read(desk.db, book)
    page = pads.page_of(number, figures)
    return Taken(book, item.peer, item.direction, False, (page.number,), (page,), ())


def _say(said: Path, taken: Taken) -> None:
    with said.open("a") as file:
        file.write("".join(f"{page.number} {''.join(page.keys)}\n" for page in taken.pages))
        file.flush()
        os.fsync(file.fileno())
