"""Worksheets of the hand cipher, kept cell by cell until their pages are destroyed (docs/spec/by-hand.md 7).

Erasing one overwrites its cells, as every row that leaves this database (docs/spec/store.md 2).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from secmsg.errors import NotFound
from secmsg.ids import CableId, StationId
from secmsg.office.hand_work import Line, Stage
from secmsg.store.database import Database

MAX_KEPT = 64
"""Worksheets that may lie here at a time."""


@dataclass(frozen=True, slots=True)
class KeptWorksheet:
    """One worksheet without its cells; `book` is a register number (0: not known yet), `body` the station's."""

    worksheet: int
    stage: Stage
    peer: StationId
    book: int
    cable_id: CableId | None
    begun_at: int
    changed_at: int
    body: bytes = field(repr=False)


_SELECT = "SELECT worksheet, stage, peer, book, cable_id, begun_at, changed_at, body FROM hand_worksheets "


def begin(db: Database, stage: Stage, peer: StationId, book: int, body: bytes, now: int) -> int:
    """Keep a new worksheet and give its number."""
    db.run(
        "INSERT INTO hand_worksheets (stage, peer, book, cable_id, begun_at, changed_at, body) "
        "VALUES (?, ?, ?, NULL, ?, ?, ?)",
        (stage, peer, str(book), now, now, body),
    )
    row = db.one("SELECT max(worksheet) FROM hand_worksheets")
    return 0 if row is None else int(row[0])


def keep(db: Database, kept: KeptWorksheet, now: int) -> None:
    """Keep how far a worksheet has come; NotFound."""
    changed = db.run(
        "UPDATE hand_worksheets SET stage = ?, peer = ?, book = ?, cable_id = ?, changed_at = ?, body = ? "
        "WHERE worksheet = ?",
        (kept.stage, kept.peer, str(kept.book), kept.cable_id, now, kept.body, kept.worksheet),
    )
    if not changed:
        raise NotFound("no such worksheet")


def read(db: Database, worksheet: int) -> KeptWorksheet:
    """Return a worksheet; NotFound."""
    row = db.one(_SELECT + "WHERE worksheet = ?", (worksheet,))
    if row is None:
        raise NotFound("no such worksheet")
    return _kept(*row)


def every(db: Database) -> tuple[KeptWorksheet, ...]:
    """List the worksheets, the last changed first."""
    return tuple(_kept(*row) for row in db.all(_SELECT + "ORDER BY changed_at DESC, worksheet DESC"))


def of_cable(db: Database, cable_id: CableId) -> tuple[KeptWorksheet, ...]:
    """List the worksheets of a cable."""
    return tuple(_kept(*row) for row in db.all(_SELECT + "WHERE cable_id = ? ORDER BY worksheet", (cable_id,)))


def fill(db: Database, worksheet: int, line: Line, place: int, typed: str, now: int) -> None:
    """Keep one cell as typed; an empty one is erased. NotFound."""
    if not db.run("UPDATE hand_worksheets SET changed_at = ? WHERE worksheet = ?", (now, worksheet)):
        raise NotFound("no such worksheet")
    if typed:
        db.run(
            "INSERT INTO hand_cells (worksheet, line, place, typed) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (worksheet, line, place) DO UPDATE SET typed = excluded.typed",
            (worksheet, line, place, typed),
        )
    else:
        db.run("DELETE FROM hand_cells WHERE worksheet = ? AND line = ? AND place = ?", (worksheet, line, place))


def cells(db: Database, worksheet: int) -> Mapping[tuple[Line, int], str]:
    """Return what was typed, by line and place."""
    rows = db.all("SELECT line, place, typed FROM hand_cells WHERE worksheet = ? ORDER BY line, place", (worksheet,))
    return {(Line(line), int(place)): str(typed) for line, place, typed in rows}


def has_cell(db: Database, line: Line, typed: str) -> bool:
    """Say whether a cell of a line holds a text in any worksheet."""
    return db.one("SELECT 1 FROM hand_cells WHERE line = ? AND typed = ?", (line, typed)) is not None


def clear(db: Database, worksheet: int, line: Line) -> None:
    """Erase the cells of one line."""
    db.run("DELETE FROM hand_cells WHERE worksheet = ? AND line = ?", (worksheet, line))


def erase(db: Database, worksheet: int) -> None:
    """Erase a worksheet and its cells; an unknown one changes nothing."""
    db.run("DELETE FROM hand_worksheets WHERE worksheet = ?", (worksheet,))


def _kept(
    worksheet: int, stage: int, peer: int, book: str, cable_id: bytes | None, begun_at: int, changed_at: int,
    body: bytes,
) -> KeptWorksheet:  # fmt: skip
    return KeptWorksheet(
        worksheet, Stage(stage), StationId(peer), int(book), None if cable_id is None else CableId(cable_id), begun_at,
        changed_at, bytes(body),
    )  # fmt: skip
