"""The one thread that owns the store: whoever wants something of the station submits a function to it."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from secmsg.errors import NotFound
from secmsg.station.station import Station

T = TypeVar("T")


class Worker:
    """Runs submitted functions one after the other with the station they need.

    `start` opens the station on the worker's own thread, so that the store never changes threads; its Future gives None
    or the error of opening. After `stop`, and before a successful `start`, a submitted function fails with NotFound.
    """

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[Station], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    @property
    def running(self) -> bool:
        """Whether a store is open (or being opened)."""
        with self._lock:
            return self._thread is not None

    def start(self, open_: Callable[[], Station]) -> Future[None]:
        """Begin the thread, open the station there and report through the Future how that went."""
        opened: Future[None] = Future()
        with self._lock:
            if self._thread is not None:
                opened.set_exception(NotFound("a store is open already"))
                return opened
            self._jobs = queue.SimpleQueue()
            self._thread = threading.Thread(
                target=self._run, args=(open_, opened, self._jobs), name="store", daemon=True
            )
            self._thread.start()
        return opened

    def submit(self, job: Callable[[Station], T]) -> Future[T]:
        """Queue `job` for the store's thread; its result or error arrives in the Future."""
        future: Future[T] = Future()

        def step(station: Station) -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(job(station))
            except BaseException as error:  # noqa: BLE001 - the Future carries every error to whoever asked
                future.set_exception(error)

        with self._lock:
            if self._thread is None:
                future.set_exception(NotFound("no store is open"))
            else:
                self._jobs.put(step)
        return future

    def stop(self, timeout_s: float = 10.0) -> bool:
        """Finish what is queued, close the store and end the thread; whether that was done within the time.

        A second call does nothing.
        """
        with self._lock:
            thread, self._thread = self._thread, None
            if thread is not None:
                self._jobs.put(None)
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout_s)
            return not thread.is_alive()
        return True

    def _run(
        self,
        open_: Callable[[], Station],
        opened: "Future[None]",
        jobs: "queue.SimpleQueue[Callable[[Station], None] | None]",
    ) -> None:
        try:
            station = open_()
        except BaseException as error:  # noqa: BLE001 - the Future carries every error to whoever asked
            with self._lock:
                self._thread = None
            opened.set_exception(error)
            return
        opened.set_result(None)
        try:
            while (step := jobs.get()) is not None:
                step(station)
        finally:
            station.close()
