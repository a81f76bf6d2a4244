"""Pages of cables: whole, in order, and by key, whatever is filtered and however deep."""

import itertools
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secmsg.ids import CableId
from secmsg.office.lifecycle import CableState, IncomingState
from secmsg.store import cables, lists
from secmsg.store.cables import CableHead, Direction, KeptCable
from secmsg.store.database import Database
from secmsg.store.lists import EVERYTHING, Mark, Sieve, Tally
from secmsg.wire.cable import Degree, Urgency
from tests.unit.store.test_cables import head

SIEVES = tuple(
    Sieve(unacknowledged=u, urgent=v, annexes=a, degree=d, since=s)
    for u, v, a, d, s in itertools.product(
        (False, True), (False, True), (False, True), (None, Degree.SECRET), (None, 50)
    )
)


def made(number: int, seed: int) -> CableHead:
    """Make a cable whose qualities are the digits of `seed`."""
    incoming = seed % 3 > 0
    return replace(
        head(1),
        cable_id=CableId(number.to_bytes(16, "big")),
        number=number % 99_999 + 1,
        direction=Direction.IN if incoming else Direction.OUT,
        state=IncomingState.DECIPHERED if incoming else CableState.REGISTERED,
        urgency=Urgency(seed // 3 % 4),
        degree=Degree(seed // 12 % 4),
        annexes=seed // 48 % 3,
        at=seed // 144 % 101,
        acknowledged_at=7 if incoming and seed // 7 % 2 else None,
    )


def keep(db: Database, *heads: CableHead) -> None:
    with db.transaction():
        for each in heads:
            cables.insert(db, KeptCable(each, b"s", None))


def admitted(sieve: Sieve, each: CableHead) -> bool:
    """Say the same as the sieve, in the plainest words."""
    return (
        not (sieve.unacknowledged and (each.direction is Direction.OUT or each.acknowledged_at is not None))
        and not (sieve.urgent and each.urgency < Urgency.IMMEDIATE)
        and not (sieve.annexes and not each.annexes)
        and sieve.degree in (None, each.degree)
        and not (sieve.since is not None and each.at < sieve.since)
    )


def expected(kept: list[CableHead], way: Direction, sieve: Sieve) -> list[CableId]:
    rows = [(n, each) for n, each in enumerate(kept) if each.direction is way and admitted(sieve, each)]

    def waits(each: CableHead) -> int:
        return 0 if way is Direction.OUT or each.acknowledged_at is not None else each.urgency + 1

    return [each.cable_id for _, each in sorted(rows, key=lambda pair: (-waits(pair[1]), -pair[0]))]


def walked(db: Database, way: Direction, sieve: Sieve, size: int) -> list[CableId]:
    """Walk a list page by page to its end."""
    found: list[CableId] = []
    after: Mark | None = None
    while rows := lists.page(db, way, sieve, after, size):
        found += [each.cable_id for _, each in rows]
        after = rows[-1][0]
    return found


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seeds=st.lists(st.integers(0, 50_000), max_size=24), size=st.integers(1, 9))
def test_every_list_is_whole_and_in_order_whatever_the_page(db: Database, seeds: list[int], size: int) -> None:
    # Given cables of every kind, beside those of earlier examples taken out of sight
    with db.transaction():
        db.run("DELETE FROM cables")
        db.run("UPDATE tallies SET cables = 0")
    kept = [made(number, seed) for number, seed in enumerate(seeds)]
    keep(db, *kept)

    for way, sieve in itertools.product(Direction, SIEVES):
        # When walked in pages, then it is what the plainest words say
        wanted = expected(kept, way, sieve)
        assert walked(db, way, sieve, size) == wanted, sieve
        # and it is counted so, and each cable knows its place in it
        assert lists.tally(db, way, sieve).total == len(wanted)
        for place, cable_id in enumerate(wanted):
            found, mark = lists.mark_of(db, cable_id)
            assert (found, lists.rank(db, way, sieve, mark)) == (way, place)
        # and later pages begin where the walk of marks says
        marks = lists.marks(db, way, sieve, None, len(seeds), size)
        assert len(marks) == len(wanted) // size
        for number, mark in enumerate(marks, 1):
            rows = lists.page(db, way, sieve, mark, size)
            assert [each.cable_id for _, each in rows] == wanted[number * size : (number + 1) * size]


def test_no_list_is_sorted_or_read_whole(db: Database) -> None:
    for way, sieve, columns in itertools.product(Direction, SIEVES, ("cable_no", "count(*)", cables.COLUMNS)):
        for waits, start in lists._stretches(way, sieve, Mark(1 if way is Direction.IN else 0, 1_000)):
            sql, values = lists._select(columns, db, way, sieve, waits, start)
            order = "" if columns == "count(*)" else " ORDER BY waits DESC, cable_no DESC LIMIT 100"
            plan = " · ".join(row[3] for row in db.all(f"EXPLAIN QUERY PLAN {sql}{order}", values))

            # Reached by key over the index that was named, and in its order
            assert "SEARCH cables USING" in plan, plan
            whole = "waits>? AND waits<?" in plan and isinstance(waits, range)
            assert "waits=? AND cable_no<?" in plan or "waits=? AND cable_no>? AND cable_no<?" in plan or whole, plan
            assert "SCAN" not in plan
            assert "TEMP B-TREE" not in plan


def test_a_plan_without_the_index_would_be_seen(db: Database) -> None:
    # The control: the same list in another order is read whole and sorted
    sql = "SELECT subject FROM cables WHERE urgency >= 2 ORDER BY subject DESC LIMIT 100"

    plan = " · ".join(row[3] for row in db.all(f"EXPLAIN QUERY PLAN {sql}"))

    assert "SCAN" in plan
    assert "TEMP B-TREE" in plan


def test_an_acknowledged_cable_moves_in_the_tally(db: Database) -> None:
    waiting = replace(head(1), urgency=Urgency.FLASH)
    keep(db, waiting, replace(head(2), direction=Direction.OUT, state=CableState.REGISTERED))
    assert lists.tally(db, Direction.IN) == Tally(1, 0)

    with db.transaction():
        cables.mark_acknowledged(db, waiting.cable_id, 9)
        cables.mark_acknowledged(db, waiting.cable_id, 10)

    assert lists.tally(db, Direction.IN) == Tally(0, 1)
    assert lists.tally(db, Direction.OUT) == Tally(0, 1)
    assert lists.tally(db, Direction.OUT).total == cables.count(db, Direction.OUT)


def test_a_page_of_a_sieve_that_keeps_nothing_back_is_the_whole(db: Database) -> None:
    keep(db, head(1), head(2))

    assert EVERYTHING.open
    assert len(lists.page(db, Direction.IN, EVERYTHING, None, 10)) == 2
    assert lists.page(db, Direction.IN, EVERYTHING, None, 1)[0][1].number == 2
