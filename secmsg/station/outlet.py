"""A second thread that takes finished pieces in order, so that writing goes on while the next piece is made.

A few buffers go round between the two threads: memory does not grow with the content (docs/spec/blob.md 5).
"""

import queue
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

DEPTH = 3
"""Buffers that go round: one being filled, one being taken, one between them."""


class Outlet:
    """Hands pieces to `take` on a thread of its own, as a context manager.

    An error of `take` is raised in the filling thread at its next `buffer`, at the latest when the block ends. An error
    in the block ends the other thread without another call of `take`. `take` must have done with a piece when it
    returns, because the buffer is used again.
    """

    def __init__(self, take: Callable[[memoryview], object], room: int) -> None:
        self._take = take
        self._room = room
        self._free: queue.SimpleQueue[bytearray] = queue.SimpleQueue()
        self._full: queue.SimpleQueue[tuple[bytearray, int] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="outlet", daemon=True)
        self._error: BaseException | None = None
        self._abandoned = False

    def __enter__(self) -> Self:
        for _ in range(DEPTH):
            self._free.put(bytearray(self._room))
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._abandoned = kind is not None
        self._full.put(None)
        self._thread.join()
        if kind is None and self._error is not None:
            raise self._error

    def buffer(self) -> bytearray:
        """Wait for a buffer to fill; raises what `take` raised."""
        buffer = self._free.get()
        if self._error is not None:
            raise self._error
        return buffer

    def hand_over(self, buffer: bytearray, length: int) -> None:
        """Give the first `length` bytes of a buffer to be taken; the filling thread must not touch it any more."""
        self._full.put((buffer, length))

    def _run(self) -> None:
        while (piece := self._full.get()) is not None:
            buffer, length = piece
            if length and self._error is None and not self._abandoned:
                try:
                    self._take(memoryview(buffer)[:length])
                except BaseException as error:  # noqa: BLE001 - carried over to the thread that fills
                    self._error = error
            self._free.put(buffer)
