"""A TCP proxy on loopback that drops every connection each time another stretch of bytes has passed."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator


class CutLine:
    """Counts the bytes of both directions; `arm` begins to cut, at most `cuts` times, and tells of each cut."""

    def __init__(self) -> None:
        self.target_port = 0
        self.passed = 0
        self.cuts = 0
        self._stretch = self._most = 0
        self._next_cut = 0
        self._on_cut: Callable[[int], None] = lambda _: None
        self._lock = threading.Lock()
        self._ends: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def arm(self, stretch: int, cuts: int, on_cut: Callable[[int], None]) -> None:
        """Cut after every `stretch` bytes from now on."""
        with self._lock:
            self.passed, self.cuts = 0, 0
            self._stretch, self._most, self._next_cut, self._on_cut = stretch, cuts, stretch, on_cut

    def stop(self) -> None:
        _close(self._listener)
        self._drop()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.target_port), timeout=5)
            except OSError:
                _close(near)
                continue
            far.settimeout(None)
            with self._lock:
                self._ends += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._copy, args=(source, sink), daemon=True).start()

    def _copy(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                if number := self._count(len(data)):
                    self._drop()
                    self._on_cut(number)
                    return
                sink.sendall(data)
        except OSError:
            pass
        finally:
            _close(source)
            _close(sink)

    def _count(self, length: int) -> int:
        """Count bytes; the number of the cut that is due, or 0."""
        with self._lock:
            self.passed += length
            if self.cuts >= self._most or self.passed < self._next_cut:
                return 0
            self.cuts += 1
            self._next_cut = self.passed + self._stretch
            return self.cuts

    def _drop(self) -> None:
        with self._lock:
            ends, self._ends = self._ends, []
        for end in ends:
            _close(end)


def _close(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        end.close()


@contextlib.contextmanager
def cut_line() -> Iterator[CutLine]:
    proxy = CutLine()
    try:
        yield proxy
    finally:
        proxy.stop()
