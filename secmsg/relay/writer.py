"""The one thread that writes: many requests share one commit, and each is answered only after it."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from secmsg.errors import DiskFull, SecmsgError, StoreDamaged
from secmsg.relay import boxes_sqlite

MAX_BATCH = 256
"""Jobs in one transaction: enough to share an fsync among all that wait, few enough to keep it short."""
_IDLE_S = 0.5

_T = TypeVar("_T")
_Job = Callable[[sqlite3.Connection], Any]


@dataclass(frozen=True, slots=True)
class Order:
    """A job and where its result is awaited; a `plain` one refuses, if at all, before its first change."""

    job: _Job
    future: "asyncio.Future[Any]"
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job brought: a result or an error, never both."""

    order: Order
    result: Any = None
    error: SecmsgError | None = None


class Writer:
    """Runs jobs in the order they were given, in transactions shared by all that are waiting.

    `commits` counts transactions and `jobs` what was done in them; `sound` says whether the last one was committed.
    """

    def __init__(self, path: Path) -> None:
        self.commits = 0
        self.jobs = 0
        self.sound = True
        self._path = path
        self._queue: queue.SimpleQueue[list[Order] | None] = queue.SimpleQueue()
        self._gathered: list[Order] = []
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Open the database and start the thread; called on the event loop that will await the results."""
        connection = boxes_sqlite.connect(self._path)
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._run, args=(connection,), name="relay-writer")
        self._thread.start()

    async def submit(self, job: Callable[[sqlite3.Connection], _T], *, plain: bool = False) -> _T:
        """Run `job` in the next transaction and return its result once that is durable.

        Raises what the job raised (its own changes are undone), DiskFull or StoreDamaged when nothing was stored.
        `plain` says that the job raises nothing after its first change, and saves it a savepoint.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[_T] = loop.create_future()
        if not self._gathered:
            # What comes in one turn of the loop goes over in one piece: the threads change places once for all of it.
            loop.call_soon(self._hand_over)
        self._gathered.append(Order(job, future, plain))
        # A caller that goes away does not take back what it asked for.
        return await asyncio.shield(future)

    def _hand_over(self) -> None:
        if self._gathered:
            self._queue.put(self._gathered)
            self._gathered = []

    def stop(self) -> None:
        """Finish what was given and end the thread."""
        if self._thread is not None:
            self._hand_over()
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _run(self, connection: sqlite3.Connection) -> None:
        open_ = True
        clean = True
        while open_:
            try:
                first = self._queue.get(timeout=None if clean else _IDLE_S)
            except queue.Empty:
                _empty_log(connection)
                clean = True
                continue
            orders: list[Order] = []
            while first is not None:
                orders += first
                if len(orders) >= MAX_BATCH or self._queue.empty():
                    break
                first = self._queue.get()
            open_ = first is not None
            for start in range(0, len(orders), MAX_BATCH):
                self._round(connection, orders[start : start + MAX_BATCH])
                clean = False
        _empty_log(connection)
        connection.close()

    def _round(self, connection: sqlite3.Connection, orders: list[Order]) -> None:
        """Write, commit, and only then answer."""
        self._answer(self._commit(connection, orders))

    def _commit(self, connection: sqlite3.Connection, orders: list[Order]) -> list[Outcome]:
        try:
            connection.execute("BEGIN IMMEDIATE")
            outcomes = [_perform(connection, order) for order in orders]
            connection.execute("COMMIT")
        except Exception as error:  # noqa: BLE001 - a fault in one job must not leave the others waiting for ever
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            self.sound = False
            failed = _failure(error)
            return [Outcome(order, error=failed) for order in orders]
        self.commits += 1
        self.jobs += len(orders)
        self.sound = True
        return outcomes

    def _answer(self, outcomes: list[Outcome]) -> None:
        assert self._loop is not None  # noqa: S101 - start() sets it before the thread exists
        self._loop.call_soon_threadsafe(_resolve, outcomes)


def _perform(connection: sqlite3.Connection, order: Order) -> Outcome:
    if order.plain:
        try:
            return Outcome(order, order.job(connection))
        except SecmsgError as error:
            return Outcome(order, error=error)
    connection.execute("SAVEPOINT job")
    try:
        result = order.job(connection)
    except SecmsgError as error:
        connection.execute("ROLLBACK TO job")
        connection.execute("RELEASE job")
        return Outcome(order, error=error)
    connection.execute("RELEASE job")
    return Outcome(order, result)


def _empty_log(connection: sqlite3.Connection) -> None:
    """Bring the log into the database: removed bodies live on in it until then. An idle moment is the time for it."""
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.Error:
        return  # the next idle moment tries again; what was committed is safe in the log


def _resolve(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.order.future.done():
            continue
        if outcome.error is None:
            outcome.order.future.set_result(outcome.result)
        else:
            outcome.order.future.set_exception(outcome.error)


def _failure(error: Exception) -> SecmsgError:
    if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return DiskFull("the relay's disk takes no more")
    return StoreDamaged("the relay's database failed")
