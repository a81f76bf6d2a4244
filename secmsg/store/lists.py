"""Pages of cables in the order of the lists, by key and never by counting rows off (docs/spec/store.md 9).

A page costs the same at the first row and at the millionth. What waits for an acknowledgement comes first, the most
urgent first; then by arrival, the newest first.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from secmsg.ids import CableId
from secmsg.store import cables
from secmsg.store.cables import CableHead, Direction
from secmsg.store.database import Database, Row, Value
from secmsg.wire.cable import Degree, Urgency

_MOST = 1 << 62
URGENT = Urgency.IMMEDIATE


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which cables are asked for; every condition must hold. `since` is a time of release or receipt."""

    unacknowledged: bool = False
    urgent: bool = False
    annexes: bool = False
    degree: Degree | None = None
    since: int | None = None

    @property
    def open(self) -> bool:
        """Whether nothing is kept back."""
        return self == Sieve()


EVERYTHING = Sieve()


@dataclass(frozen=True, slots=True)
class Mark:
    """The place of a cable in the order: `waits` is 0, or 1 + its urgency while it is not acknowledged."""

    waits: int
    cable_no: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cables wait for an acknowledgement, and how many do not."""

    waiting: int
    rest: int

    @property
    def total(self) -> int:
        """Count both."""
        return self.waiting + self.rest


def page(
    db: Database, way: Direction, sieve: Sieve, after: Mark | None, limit: int
) -> tuple[tuple[Mark, CableHead], ...]:
    """Give the next `limit` cables after a mark (None: from the first)."""
    found: list[tuple[Mark, CableHead]] = []
    for waits, start in _stretches(way, sieve, after):
        sql, values = _select(f"{cables.COLUMNS}, waits, cable_no", db, way, sieve, waits, start)
        rows = db.all(f"{sql} ORDER BY waits DESC, cable_no DESC LIMIT ?", (*values, limit - len(found)))
        found += [(Mark(row[-2], row[-1]), cables.head_of(row[:-2])) for row in rows]
        if len(found) == limit:
            break
    return tuple(found)


def marks(db: Database, way: Direction, sieve: Sieve, after: Mark | None, limit: int, each: int) -> tuple[Mark, ...]:
    """Walk at most `limit` places after a mark and give every `each`-th of them: where later pages begin."""
    walked: list[Row] = []
    for waits, start in _stretches(way, sieve, after):
        sql, values = _select("waits, cable_no", db, way, sieve, waits, start)
        rows = db.all(f"{sql} ORDER BY waits DESC, cable_no DESC LIMIT ?", (*values, limit - len(walked)))
        walked += rows
        if len(walked) == limit:
            break
    return tuple(Mark(waits, cable_no) for waits, cable_no in walked[each - 1 :: each])


def tally(db: Database, way: Direction, sieve: Sieve = EVERYTHING) -> Tally:
    """Count the cables of a list: kept numbers without a filter, else one walk over an index."""
    counts = {waits: _count(db, way, sieve, waits) for waits in _waits(way, sieve)}
    rest = counts.pop(0, 0)
    return Tally(sum(counts.values()), rest)


def mark_of(db: Database, cable_id: CableId) -> tuple[Direction, Mark]:
    """Give the place of a cable; NotFound."""
    cable_no = cables.number_of(db, cable_id)
    rows = db.all("SELECT direction, waits FROM cables WHERE cable_no = ?", (cable_no,))
    return Direction(rows[0][0]), Mark(rows[0][1], cable_no)


def rank(db: Database, way: Direction, sieve: Sieve, mark: Mark) -> int:
    """Count the cables of a list that stand before a mark."""
    before = 0
    for waits in _waits(way, sieve):
        if waits > mark.waits:
            before += _count(db, way, sieve, waits)
        elif waits == mark.waits:
            sql, values = _select("count(*)", db, way, sieve, waits, _MOST)
            before += int(db.all(f"{sql} AND cable_no > ?", (*values, mark.cable_no))[0][0])
    return before


def _count(db: Database, way: Direction, sieve: Sieve, waits: int) -> int:
    if sieve in (EVERYTHING, Sieve(unacknowledged=True)):
        row = db.one("SELECT cables FROM tallies WHERE direction = ? AND waits = ?", (way, waits))
        return 0 if row is None else int(row[0])
    sql, values = _select("count(*)", db, way, sieve, waits, _MOST)
    return int(db.all(sql, values)[0][0])


def _waits(way: Direction, sieve: Sieve) -> range:
    """Give the steps of the order in which a list has cables, the first ones first."""
    if way is Direction.OUT:
        return range(0, -1 if not sieve.unacknowledged else 0, -1)
    return range(max(Urgency) + 1, 0 if sieve.unacknowledged else -1, -1)


def _stretches(way: Direction, sieve: Sieve, after: Mark | None) -> Iterator[tuple[int | range, int]]:
    """Give what is left after a mark as stretches of the index that one question each can walk by key.

    The rest of the mark's own step, then all lower steps as one; with a bound in time each step by itself, for it ends
    by itself. A comparison of pairs would not do: the engine takes its first half as key and reads the rest.
    """
    steps = _waits(way, sieve)
    lower = steps if after is None else steps[steps.index(after.waits) + 1 :] if after.waits in steps else range(0)
    if after is not None and after.waits in steps:
        yield after.waits, after.cable_no
    if sieve.since is not None:
        yield from ((waits, _MOST) for waits in lower)
    elif len(lower):
        yield lower, _MOST


def _select(
    columns: str, db: Database, way: Direction, sieve: Sieve, waits: int | range, below: int
) -> tuple[str, tuple[Value, ...]]:
    """Write the question for one stretch. The index is named, so that no statistics choose another."""
    index = "cables_ordered"
    if isinstance(waits, int):
        where, values = "direction = ? AND waits = ? AND cable_no < ?", [int(way), waits, below]
    else:
        where, values = "direction = ? AND waits BETWEEN ? AND ?", [int(way), waits[-1], waits[0]]
    if sieve.degree is not None:
        index, where, values = "cables_degrees", f"{where} AND degree = ?", [*values, int(sieve.degree)]
    elif sieve.urgent:
        index = "cables_urgent"
    if sieve.urgent:
        where += f" AND urgency >= {URGENT:d}"
    if sieve.annexes:
        where += " AND annexes > 0"
    if sieve.since is not None:
        where += " AND at >= ? AND cable_no >= ?"
        values += [sieve.since, first_since(db, way, sieve.since)]
    # Columns come from this module, values from the caller.
    return f"SELECT {columns} FROM cables INDEXED BY {index} WHERE {where}", tuple(values)  # noqa: S608


def first_since(db: Database, way: Direction | None, since: int) -> int:
    """Give the lowest number among the cables of a time or later: where a walk backwards may end."""
    if way is None:
        return min(first_since(db, each, since) for each in Direction)
    row = db.one(
        "SELECT min(cable_no) FROM cables INDEXED BY cables_listed WHERE direction = ? AND at >= ?", (way, since)
    )
    return _MOST if row is None or row[0] is None else int(row[0])
