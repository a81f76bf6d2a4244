"""No key figure survives in the files of the store once its page was used, destroyed or left to paper alone."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.crypto import figures, randomness
from secmsg.errors import NotFound, StoreError
from secmsg.ids import StationId
from secmsg.office.materials import Direction, Item, Kind, State
from secmsg.office.pad_pages import PageState
from secmsg.store import database, materials
from secmsg.store.database import Database
from secmsg.store.materials import NewLine, NewPage
from tests.helpers.raw_database import deciphered
from tests.helpers.stores import keys

ITEM = Item(
    1, Kind.PAD, "TK", 1, 1, 2, State.IN_USE, State.IN_USE, StationId(1), Direction.OUT, "két", training=False,
    set_id=b"s" * 16, first=1, pages=40, ours=True, held=True, at=1,
)  # fmt: skip
PAGES = [figures.draw(randomness.system, 490) for _ in range(40)]
LINES = [figures.draw(randomness.system, 8) for _ in range(20)]
SHEETS = ("31415", "92653")


def filled(folder: Path) -> Database:
    db = database.create(folder / "store.db", keys())
    with db.transaction():
        materials.keep(db, ITEM)
        materials.keep_pages(db, 1, [NewPage(n, p) for n, p in enumerate(PAGES, 1)], SHEETS, 1)
        materials.keep_lines(db, 1, [NewLine(n, e[:4], e[4:]) for n, e in enumerate(LINES, 1)])
    return db


def used(db: Database) -> None:
    with db.transaction():
        for number in range(1, 41):
            materials.move(db, 1, number, PageState.TAKEN, 2)
            materials.move(db, 1, number, PageState.USED, 3, serial=7, cable="26 PARIS 045")


def erased(db: Database) -> None:
    with db.transaction():
        materials.erase(db, 1)


def survivors(folder: Path) -> list[str]:
    """Return the pages of which any twenty figures in a row lie anywhere in the files."""
    lying = deciphered(folder / "store.db", keys())
    pieces = {page: [page[at : at + 20].encode() for at in range(0, 480, 20)] for page in PAGES}
    return [page for page, parts in pieces.items() if any(part in lying for part in parts)]


@pytest.mark.parametrize("end", [used, erased])
def test_no_figure_survives_in_the_files(tmp_path: Path, end: Callable[[Database], None]) -> None:
    db = filled(tmp_path)
    assert len(survivors(tmp_path)) == len(PAGES)  # the look finds what is there

    end(db)
    db.truncate_log()

    assert survivors(tmp_path) == []
    erased(db)
    assert all(line.reply is None for line in materials.lines(db, 1))
    assert materials.sheets(db, 1) == ()
    db.close()
    assert survivors(tmp_path) == []


def test_without_erasing_free_places_figures_would_survive(tmp_path: Path) -> None:
    # The control: the same look sees what the setting prevents.
    db = filled(tmp_path)
    db._connection.execute("PRAGMA secure_delete = OFF")

    used(db)
    db.truncate_log()

    assert survivors(tmp_path)
    db.close()


def test_a_log_that_is_not_cut_still_holds_them(tmp_path: Path) -> None:
    # The second control: erasing in the tables alone leaves the log.
    db = filled(tmp_path)

    used(db)

    assert survivors(tmp_path)
    db.truncate_log()
    assert not survivors(tmp_path)
    db.close()


def test_what_is_not_there_is_not_found(db: Database) -> None:
    with pytest.raises(NotFound):
        materials.read(db, 1)
    with pytest.raises(NotFound), db.transaction():
        materials.change(db, ITEM)
    assert materials.page(db, 1, 1) is None
    assert materials.figures(db, 1, 1) is None
    assert materials.next_number(db) == 1
    with pytest.raises(StoreError), db.transaction():
        materials.move(db, 1, 1, PageState.TAKEN, 1)


def test_one_copy_of_a_draw_is_kept_once(db: Database) -> None:
    with db.transaction():
        materials.keep(db, ITEM)

    with pytest.raises(StoreError), db.transaction():
        materials.keep(db, replace(ITEM, number=2))
    assert materials.every(db) == (ITEM,)
