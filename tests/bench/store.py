"""Lists, searches, openings, inserts and durable commits of a large store, beside the same engine without a cipher.

The stores are made once into `out/bench/store-COUNT` (a minute for 100,000 cables, ten for a million) and kept. Ratios
are ours / plain (costs: less is better) of the same act in the same run; 1.0 would be a cipher that costs nothing.
"""

import itertools
import os
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

from secmsg.store import cables, lists, search
from secmsg.store.cables import Direction
from secmsg.store.database import Database
from secmsg.store.lists import EVERYTHING, Mark
from secmsg.store.search import START
from tests.bench import store_made
from tests.bench.rows import Row, cost, ratio, table

SIZE = 100_000
FOLDER = Path(__file__).parent.parent.parent / "out" / "bench"
PAGE, FOUND = 128, 50
REPEATS = 40
Act = Callable[[Database], Callable[[], object]]
"""Prepares an act for one store."""
INSERTS, COMMITS = 400, 20


class UndoneError(Exception):
    """Takes a measured transaction back."""


def run(size: int, rounds: int) -> None:
    """Print the table for a store of `size` cables."""
    count = size or SIZE
    folder = FOLDER / f"store-{count}"
    store_made.make(folder, count, say=True)
    os.umask(0o077)
    ours, plain = store_made.open_ours(folder / "store.db"), store_made.open_twin(folder / "plain.db")
    acts: tuple[tuple[str, str, Act], ...] = (
        ("list: a page of 128, newest", "≤ 1.1", lambda db: _pages(db, None)),
        ("list: a page of 128, half-way down", "≤ 1.1", lambda db: _pages(db, Mark(0, count // 2))),
        ("search: newest 50 of a word in most cables", "≤ 1.1", lambda db: _finds(db, '"dien"')),
        ("search: newest 50 of three words, the last begun", "≤ 1.1", lambda db: _finds(db, "dien hoa toc")),
        ("search: a word that is nowhere", "≤ 1.1", lambda db: _finds(db, '"zzzz"')),
        ("open one, at random", "≤ 2", lambda db: _opens(db, count)),
        (f"insert {INSERTS} in one transaction", "≤ 1.33", _inserts),
        (f"durable commit, {COMMITS} of one cable", "≤ 1.05", lambda db: _commits(db, count)),
    )
    rows = [_row(name, goal, count, act(ours), act(plain), rounds) for name, goal, act in acts]
    print(table(rows))
    ours.close()
    plain.close()


def _row(name: str, goal: str, count: int, ours: Callable[[], object], plain: Callable[[], object], rounds: int) -> Row:
    mine: list[float] = []
    theirs: list[float] = []
    for number in range(rounds + 1):
        # In turn, and each first in every other round: a busy machine is busy for both.
        sides = ((ours, mine), (plain, theirs))
        for act, kept in sides if number % 2 else sides[::-1]:
            took = cost(act)
            if number:
                kept.append(took.wall)
    middle, low, high = ratio(mine, theirs)
    each = {"ours": statistics.median(mine), "plain": statistics.median(theirs)}
    return Row(
        f"{count:,} cables, {name}",
        f"{each['ours'] * 1000:.2f} ms",
        f"{each['plain'] * 1000:.2f} ms",
        middle,
        low,
        high,
        goal,
        "plain SQLite: 1.0",
    )


def _pages(db: Database, after: Mark | None) -> Callable[[], object]:
    return lambda: [lists.page(db, Direction.IN, EVERYTHING, after, PAGE) for _ in range(REPEATS)]


def _finds(db: Database, text: str) -> Callable[[], object]:
    def find() -> None:
        for _ in range(8):
            found, below = 0, START
            while below and found < FOUND:
                step = search.step(db, text, below, FOUND - found)
                search.heads(db, step.numbers)
                found, below = found + len(step.numbers), step.below

    return find


def _opens(db: Database, count: int) -> Callable[[], object]:
    # Another cable each time, all over the store: the page of the text is deciphered each time.
    numbers = itertools.count(1, 7919)

    def open_some() -> None:
        for _ in range(REPEATS * 5):
            row = db.one("SELECT cable_id FROM cables WHERE cable_no = ?", (next(numbers) % count + 1,))
            assert row is not None
            cables.read(db, row[0])

    return open_some


def _new(first: int, count: int) -> Iterator[tuple[cables.KeptCable, str]]:
    return store_made.drawn(store_made.pool(), first, count, 10**9)


def _inserts(db: Database) -> Callable[[], object]:
    made = list(_new(500_000_000, INSERTS))

    def insert() -> None:
        try:
            with db.transaction():
                for cable, words in made:
                    store_made.insert(db, cable, words)
                raise UndoneError
        except UndoneError:
            pass

    return insert


def _commits(db: Database, count: int) -> Callable[[], object]:
    there = db.one("SELECT max(cable_no) FROM cables")
    assert there is not None
    made = _new(600_000_000 + there[0] - count, 100_000)

    def commit() -> None:
        for cable, words in itertools.islice(made, COMMITS):
            with db.transaction():
                store_made.insert(db, cable, words)

    return commit
