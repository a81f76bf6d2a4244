"""The store's thread, and the waiting between tries."""

import threading
from collections.abc import Iterator
from typing import cast

import pytest

from secmsg.config import Backoff
from secmsg.errors import NotFound, WrongPassphrase
from secmsg.station.backoff import delay
from secmsg.station.station import Station
from secmsg.station.worker import Worker


class Book:
    """Stands for a station: notes on which thread it is used and whether it was closed."""

    def __init__(self) -> None:
        self.threads = {threading.get_ident()}
        self.closed = False

    def note(self) -> int:
        self.threads.add(threading.get_ident())
        return len(self.threads)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.stop()


def test_everything_runs_on_one_thread_of_its_own(worker: Worker) -> None:
    books: list[Book] = []

    def open_() -> Station:
        books.append(Book())
        return cast("Station", books[0])

    worker.start(open_).result(5)
    assert [worker.submit(lambda _: books[0].note()).result(5) for _ in range(3)] == [1, 1, 1]
    assert books[0].threads != {threading.get_ident()}
    worker.stop()
    worker.stop()

    assert books[0].closed
    assert not worker.running


def test_an_error_of_opening_and_of_a_step_arrive_in_their_futures(worker: Worker) -> None:
    def refuse() -> Station:
        raise WrongPassphrase("no")

    with pytest.raises(WrongPassphrase):
        worker.start(refuse).result(5)
    with pytest.raises(NotFound):
        worker.submit(lambda _: 1).result(5)

    worker.start(lambda: cast("Station", Book())).result(5)
    with pytest.raises(ZeroDivisionError):
        worker.submit(lambda _: 1 // 0).result(5)
    assert worker.submit(lambda _: 1).result(5) == 1


def test_a_second_store_is_refused_while_one_is_open(worker: Worker) -> None:
    worker.start(lambda: cast("Station", Book())).result(5)
    with pytest.raises(NotFound):
        worker.start(lambda: cast("Station", Book())).result(5)


def test_a_step_called_off_before_its_turn_is_not_done(worker: Worker) -> None:
    worker.start(lambda: cast("Station", Book())).result(5)
    gate, done = threading.Event(), []
    worker.submit(lambda _: gate.wait(5))
    later = worker.submit(lambda _: done.append(1))
    assert later.cancel()
    gate.set()
    worker.submit(lambda _: None).result(5)
    assert done == []


def test_what_was_queued_is_done_before_the_store_closes(worker: Worker) -> None:
    worker.start(lambda: cast("Station", Book())).result(5)
    done: list[int] = []
    for number in range(20):
        worker.submit(lambda _, number=number: done.append(number))  # type: ignore[misc]  # a step with its number
    worker.stop()
    assert done == list(range(20))


@pytest.mark.parametrize(
    ("attempt", "ceiling"), [(-1, 2.0), (0, 2.0), (1, 4.0), (5, 64.0), (9, 900.0), (10_000, 900.0)]
)
def test_waiting_is_spread_over_everything_up_to_its_bound(attempt: int, ceiling: float) -> None:
    assert delay(Backoff(), attempt, bytes) == 0.0
    most = delay(Backoff(), attempt, lambda n: b"\xff" * n)
    assert 0.999 * ceiling < most < ceiling
