"""Full-text search over folded words: "dien hoa toc" finds "Điện Hỏa tốc" (docs/spec/store.md 7).

A question is answered part by part from the newest cables down, so that each step is short and the officer can go on
typing between two of them.
"""

from dataclasses import dataclass

from secmsg.ids import CableId
from secmsg.store import cables, lists, search_parts
from secmsg.store.cables import CableHead, Direction
from secmsg.store.database import Database, Value
from secmsg.store.lists import EVERYTHING, Sieve
from secmsg.store.terms import match, parse
from secmsg.wire.cable import Urgency

START = 1 << 62
"""Above every cable: where a search begins."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one part gave: numbers, newest first, and where the search goes on (0: everything was looked at)."""

    numbers: tuple[int, ...]
    below: int


def index(db: Database, cable_id: CableId, text: str) -> None:
    """Make a cable findable by the words of `text`; one that was indexed before is removed first."""
    search_parts.enter(db, cable_id, text)


def remove(db: Database, cable_id: CableId) -> None:
    """Take a cable out of what is found; its words leave the index's pages with the next `purge`."""
    search_parts.remove(db, cable_id)


def purge(db: Database) -> None:
    """Rewrite the index without the words of removed cables, once after a destruction."""
    search_parts.purge(db)


def step(
    db: Database, text: str, below: int, limit: int, sieve: Sieve = EVERYTHING, way: Direction | None = None
) -> Step:
    """Look in the newest part that holds cables below a number; at most `limit` numbers."""
    part = _part_below(db, below)
    if part is None or not parse(text):
        return Step((), 0)
    sql, values = _question(db, part, text, sieve, way)
    rows = db.all(f"SELECT s.rowid {sql} AND s.rowid < ? ORDER BY s.rowid DESC LIMIT ?", (*values, below, limit))
    found = tuple(row[0] for row in rows)
    return Step(found, found[-1] if len(found) == limit else part << search_parts.SPAN_BITS)


def count_step(
    db: Database, text: str, below: int, limit: int, sieve: Sieve = EVERYTHING, way: Direction | None = None
) -> tuple[int, int]:
    """Count what matches in the newest part below a number, up to `limit`, and say where to go on (0: nowhere)."""
    part = _part_below(db, below)
    if part is None or not parse(text):
        return 0, 0
    sql, values = _question(db, part, text, sieve, way)
    asked = f"SELECT count(*) FROM (SELECT 1 {sql} AND s.rowid < ? LIMIT ?)"  # noqa: S608 - a text of ours
    rows = db.all(asked, (*values, below, limit))
    return int(rows[0][0]), part << search_parts.SPAN_BITS


def weigh_step(
    db: Database, text: str, below: int, limit: int, sieve: Sieve = EVERYTHING, way: Direction | None = None
) -> tuple[tuple[tuple[float, int], ...], int]:
    """Give (weight, number) of the newest matches in one part, the closest with the least weight, and where to go on.

    Its cost grows with the matches; `limit` is the cap.
    """
    part = _part_below(db, below)
    if part is None or not parse(text):
        return (), 0
    sql, values = _question(db, part, text, sieve, way)
    name = search_parts.table(db, part)
    rows = db.all(
        f"SELECT bm25({name}, 1.0, 0.0), s.rowid {sql} AND s.rowid < ? ORDER BY s.rowid DESC LIMIT ?",
        (*values, below, limit),
    )
    full = len(rows) == limit
    return tuple((row[0], row[1]) for row in rows), rows[-1][1] if full else part << search_parts.SPAN_BITS


def heads(db: Database, numbers: tuple[int, ...]) -> tuple[CableHead, ...]:
    """Give the heads of cables by their numbers, in that order."""
    return tuple(cables.head_by_number(db, number) for number in numbers)


def find(db: Database, text: str, limit: int = 500) -> tuple[CableId, ...]:
    """List the cables that hold every word of `text`, the last as a beginning, newest first, in all parts."""
    numbers: list[int] = []
    below = START
    while below and len(numbers) < limit:
        found = step(db, text, below, limit - len(numbers))
        numbers += found.numbers
        below = found.below
    return tuple(head.cable_id for head in heads(db, tuple(numbers)))


def count(db: Database) -> int:
    """Count the cables that can be found."""
    row = db.one("SELECT coalesce(sum(held), 0) FROM search_parts")
    return 0 if row is None else int(row[0])


def _part_below(db: Database, below: int) -> int | None:
    row = db.one("SELECT max(part) FROM search_parts WHERE part <= ?", ((below - 1) >> search_parts.SPAN_BITS,))
    return None if row is None or row[0] is None else int(row[0])


def _question(db: Database, part: int, text: str, sieve: Sieve, way: Direction | None) -> tuple[str, tuple[Value, ...]]:
    """Write the question to one part; the quick filters are marks in it, but for what changes with time."""
    marks = search_parts.marks_of(
        way,
        sieve.degree,
        urgency=Urgency.IMMEDIATE if sieve.urgent else Urgency.ROUTINE,
        annexes=sieve.annexes,
    )
    asked = f"words : ({match(parse(text))})"
    if marks:
        asked += f" AND marks : ({' AND '.join(marks)})"
    name = search_parts.table(db, part)
    sql, values = f"FROM {name} AS s WHERE {name} MATCH ?", [asked]
    more: list[Value] = []
    if sieve.unacknowledged:
        sql += " AND EXISTS (SELECT 1 FROM cables AS c WHERE c.cable_no = s.rowid AND c.waits > 0)"
    if sieve.since is not None:
        sql += " AND s.rowid >= ? AND EXISTS (SELECT 1 FROM cables AS c WHERE c.cable_no = s.rowid AND c.at >= ?)"
        more += [lists.first_since(db, way, sieve.since), sieve.since]
    return sql, (*values, *more)
