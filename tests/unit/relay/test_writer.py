"""One writer: many share a commit, each is answered after it, a failing one harms nobody."""

import asyncio
import resource
import sqlite3
import threading
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import ClassVar, TypeVar

from secmsg.errors import DiskFull, NotFound, StoreDamaged
from secmsg.relay.boxes_sqlite import connect_reader
from secmsg.relay.rights_sqlite import Grant, allowance, grant
from secmsg.relay.writer import Order, Outcome, Writer

_T = TypeVar("_T")


def _let_in(db: sqlite3.Connection, prefix: bytes) -> None:
    grant(db, Grant(prefix, prefix, 1))


def _known(db: sqlite3.Connection, prefix: bytes) -> bool:
    return allowance(db, prefix) is not None


def _with_writer(path: Path, scene: Callable[[Writer], Awaitable[_T]], kind: type[Writer] = Writer) -> _T:
    async def run() -> _T:
        writer = kind(path / "relay.db")
        writer.start()
        try:
            return await scene(writer)
        finally:
            writer.stop()

    return asyncio.run(run())


def _add(db: sqlite3.Connection, number: int) -> int:
    _let_in(db, b"%d" % number)
    return number


def _add_many(db: sqlite3.Connection) -> None:
    for number in range(3000):
        _add(db, number)


def _largest(folder: Path) -> int:
    return max(path.stat().st_size for path in folder.iterdir())


class _Counting(Writer):
    batches: ClassVar[list[int]] = []

    def _commit(self, connection: sqlite3.Connection, orders: list[Order]) -> list[Outcome]:
        self.batches.append(len(orders))
        return super()._commit(connection, orders)


def test_who_waits_together_shares_a_commit(tmp_path: Path) -> None:
    _Counting.batches.clear()

    async def scene(writer: Writer) -> list[int]:
        return await asyncio.gather(*(writer.submit(partial(_add, number=number)) for number in range(500)))

    results = _with_writer(tmp_path, scene, _Counting)

    assert results == list(range(500))
    assert sum(_Counting.batches) == 500
    assert len(_Counting.batches) < 250
    assert max(_Counting.batches) <= 256


def test_an_answer_comes_after_its_commit(tmp_path: Path) -> None:
    async def scene(writer: Writer) -> bool:
        await writer.submit(lambda db: _let_in(db, b"x"))
        reader = connect_reader(tmp_path / "relay.db")
        found = _known(reader, b"x")
        reader.close()
        return found

    assert _with_writer(tmp_path, scene)


def test_a_refused_job_undoes_itself_and_no_other(tmp_path: Path) -> None:
    def refused(db: sqlite3.Connection) -> None:
        _let_in(db, b"refused")
        raise NotFound("refused")

    async def scene(writer: Writer) -> list[object]:
        jobs = [
            writer.submit(lambda db: _let_in(db, b"before")),
            writer.submit(refused),
            writer.submit(lambda db: _let_in(db, b"after")),
        ]
        results = await asyncio.gather(*jobs, return_exceptions=True)
        kept = await writer.submit(lambda db: [_known(db, name) for name in (b"before", b"refused", b"after")])
        return [*results, kept]

    before, failed, after, kept = _with_writer(tmp_path, scene)

    assert (before, after) == (None, None)
    assert isinstance(failed, NotFound)
    assert kept == [True, False, True]


def test_a_caller_who_goes_away_takes_nothing_back(tmp_path: Path) -> None:
    async def scene(writer: Writer) -> bool:
        hold = threading.Event()
        first = asyncio.create_task(writer.submit(lambda _: hold.wait(5)))
        gone = asyncio.create_task(writer.submit(lambda db: _let_in(db, b"x")))
        await asyncio.sleep(0.05)
        gone.cancel()
        hold.set()
        await first
        return await writer.submit(lambda db: _known(db, b"x"))

    assert _with_writer(tmp_path, scene)


def test_a_broken_statement_fails_everybody_in_its_commit_and_nobody_after(tmp_path: Path) -> None:
    async def scene(writer: Writer) -> list[object]:
        hold = threading.Event()
        first = asyncio.create_task(writer.submit(lambda _: hold.wait(5)))
        await asyncio.sleep(0.05)
        together = [
            asyncio.create_task(writer.submit(lambda db: _let_in(db, b"x"))),
            asyncio.create_task(writer.submit(lambda db: db.execute("SELECT * FROM nowhere"))),
        ]
        await asyncio.sleep(0.05)
        hold.set()
        await first
        results = await asyncio.gather(*together, return_exceptions=True)
        return [*results, await writer.submit(lambda db: _known(db, b"x"))]

    lost, broken, found = _with_writer(tmp_path, scene)

    assert isinstance(lost, StoreDamaged)
    assert isinstance(broken, StoreDamaged)
    assert found is False


def test_a_fault_in_a_job_is_reported_and_the_writer_lives(tmp_path: Path) -> None:
    def faulty(_: sqlite3.Connection) -> None:
        raise ZeroDivisionError

    async def scene(writer: Writer) -> list[object]:
        broken = await asyncio.gather(writer.submit(faulty), return_exceptions=True)
        return [*broken, await writer.submit(lambda _: "alive")]

    broken, alive = _with_writer(tmp_path, scene)

    assert isinstance(broken, StoreDamaged)
    assert alive == "alive"


def test_a_full_disk_is_told_and_forgotten_when_there_is_room(tmp_path: Path) -> None:
    size = partial(_largest, tmp_path)

    async def scene(writer: Writer) -> list[object]:
        await writer.submit(lambda db: _let_in(db, b"before"))
        earlier = resource.getrlimit(resource.RLIMIT_FSIZE)
        used = size()
        resource.setrlimit(resource.RLIMIT_FSIZE, (used + 4096, earlier[1]))
        try:
            full = await asyncio.gather(
                writer.submit(_add_many),
                return_exceptions=True,
            )
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, earlier)
        await writer.submit(lambda db: _let_in(db, b"after"))
        return [*full, await writer.submit(lambda db: _known(db, b"before"))]

    full, kept = _with_writer(tmp_path, scene)

    assert isinstance(full, DiskFull)
    assert kept is True


def test_a_writer_stops_once_and_more(tmp_path: Path) -> None:
    async def scene(writer: Writer) -> None:
        writer.stop()

    _with_writer(tmp_path, scene)

    # What was written is in the one file: the log was emptied and removed.
    assert [path.name for path in tmp_path.iterdir()] == ["relay.db"]
