"""Brings results of the station's threads to the Qt thread; nothing here waits."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, SignalInstance

from secmsg.station.events import Event
from secmsg.station.station import Station
from secmsg.station.worker import Worker

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Delivery:
    """Something to be done on the Qt thread."""

    do: Callable[[], None]


class Background(QObject):
    """Submits work to the store's thread and calls back on the Qt thread.

    A callback is dropped when its owner is gone by then. Errors go to `failed`; without one, to `unhandled`.
    """

    happened: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    unhandled: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    _returned: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._pending = 0
        self._asides: list[Future[Any]] = []
        self._returned.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def pending(self) -> int:
        """How many answers are still on their way."""
        return self._pending

    def run(
        self,
        owner: QObject,
        work: Callable[[Station], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Let the station do `work`; then `done` or `failed` on the Qt thread."""
        self.follow(owner, self._worker.submit(work), done, failed)

    def ask(self, work: Callable[[Station], T]) -> T:
        """Let the station do `work` and wait for it; for a thread of `aside`, never for the Qt thread."""
        return self._worker.submit(work).result()

    def aside(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Let long work run on a thread of its own; then `done` or `failed` on the Qt thread."""
        future: Future[T] = Future()

        def go() -> None:
            try:
                future.set_result(work())
            except BaseException as error:  # noqa: BLE001 - the Future carries every error to whoever asked
                future.set_exception(error)

        # A medium that hangs must not hold up the end of the program: nothing unproven counts.
        threading.Thread(target=go, name="aside", daemon=True).start()
        self._asides = [each for each in self._asides if not each.done()] + [future]
        self.follow(owner, future, done, failed)

    def await_asides(self, timeout_s: float) -> None:
        """Give long work that was asked to end a moment to clear up; not to be called on the Qt thread."""
        wait(self._asides, timeout_s)

    def follow(
        self,
        owner: QObject,
        future: Future[T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Call back on the Qt thread when `future` is settled."""
        self._pending += 1

        def deliver() -> None:
            self._pending -= 1
            if future.cancelled() or not shiboken6.isValid(owner):
                return
            if (error := future.exception()) is None:
                done(future.result())
            elif failed is not None:
                failed(error)
            else:
                self.unhandled.emit(error)

        future.add_done_callback(lambda _: self._hand_over(_Delivery(deliver)))

    def call(self, owner: QObject, do: Callable[[], None]) -> None:
        """Do something on the Qt thread, unless its owner is gone by then; for any thread."""

        def done() -> None:
            if shiboken6.isValid(owner):
                do()

        self._hand_over(_Delivery(done))

    def report(self, event: Event) -> None:
        """Take an event from the courier's threads."""
        self._hand_over(_Delivery(lambda: self.happened.emit(event)))

    def _hand_over(self, delivery: _Delivery) -> None:
        if shiboken6.isValid(self):
            self._returned.emit(delivery)

    def _deliver(self, delivery: _Delivery) -> None:
        delivery.do()
