"""Bytes that one thread makes and another reads, through a few buffers and no file.

For a content that is deciphered and sealed anew in one pass: memory does not grow with it.
"""

import queue
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from secmsg.crypto.hashing import Buffer

DEPTH = 4
"""Pieces on the way at most."""
Make = Callable[[Callable[[Buffer], object]], object]


class Passage:
    """A stream that `feed` fills on a thread of its own; as a context manager, so that the thread always ends.

    What the maker raises is raised at the reader, in the place of the end: bytes read before count only after a
    reading that returned 0. A reader that leaves early stops the maker at its next piece.
    """

    def __init__(self) -> None:
        self._pieces: queue.Queue[bytes | None] = queue.Queue(DEPTH)
        self._thread: threading.Thread | None = None
        self._error: BaseException | None = None
        self._left = memoryview(b"")
        self._over = False
        self._abandoned = False

    def feed(self, make: Make) -> None:
        """Begin to make: `make` gets a function that takes pieces."""
        self._thread = threading.Thread(target=self._run, args=(make,), name="passage", daemon=True)
        self._thread.start()

    def readinto(self, buffer: memoryview, /) -> int:
        """Read into the buffer, return how many bytes; 0 at the end. Raises what the maker raised."""
        while not self._left and not self._over:
            piece = self._pieces.get()
            if piece is None:
                self._over = True
            else:
                self._left = memoryview(piece)
        if not self._left:
            if self._error is not None:
                raise self._error
            return 0
        length = min(len(buffer), len(self._left))
        buffer[:length] = self._left[:length]
        self._left = self._left[length:]
        return length

    def _run(self, make: Make) -> None:
        try:
            make(self._take)
        except BaseException as error:  # noqa: BLE001 - carried over to the thread that reads
            self._error = error
        self._pieces.put(None)

    def _take(self, piece: Buffer) -> None:
        if self._abandoned:
            raise _LeftError
        self._pieces.put(bytes(piece))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._abandoned = True
        if self._thread is None:
            return
        while not self._over and self._pieces.get() is not None:
            pass
        self._thread.join()


class _LeftError(Exception):
    """The reader has gone; nobody wants the rest."""
