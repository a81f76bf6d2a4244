"""The long work on enclosures beside the store's thread: looking into files, and sealing them for one cable."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from secmsg.metadata.report import Report
from secmsg.station.cleaning import inspect
from secmsg.station.sealing import SealedFile, Sealing

OnDone = Callable[[int, int], None]
"""Called on the sealing thread with bytes done and bytes in all."""


class SealingRoom:
    """One thread that looks into files and one that seals; ended with the post."""

    def __init__(self) -> None:
        self._looking = ThreadPoolExecutor(1, "looking")
        self._sealing = ThreadPoolExecutor(1, "sealing")
        self._running: dict[object, threading.Event] = {}

    def look(self, path: Path) -> "Future[Report]":
        """Look into a file."""
        return self._looking.submit(inspect, path)

    def seal(self, owner: object, work: Sealing, on_done: OnDone) -> "Future[tuple[SealedFile, ...]]":
        """Seal the enclosures of one window's cable; `stop` with the same owner ends it."""
        stop = self._running[owner] = threading.Event()
        total = work.total

        def watch(done: int) -> bool:
            on_done(done, total)
            return not stop.is_set()

        return self._sealing.submit(work.run, watch)

    def stop(self, owner: object) -> None:
        """End a window's sealing; nothing of it is left."""
        if (stop := self._running.pop(owner, None)) is not None:
            stop.set()

    def close(self) -> None:
        """End everything that runs."""
        for stop in self._running.values():
            stop.set()
        self._looking.shutdown(wait=False, cancel_futures=True)
        self._sealing.shutdown(wait=False, cancel_futures=True)
