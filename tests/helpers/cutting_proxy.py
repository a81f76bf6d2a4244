"""A TCP proxy on loopback that cuts: each of its first connections is reset after so many bytes of both directions."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_RESET = struct.pack("ii", 1, 0)


class CuttingProxy:
    """Forwards to `target`; `cuts` holds the bytes after which one connection after another is cut.

    `done` counts them. A connection that ends before its cut keeps the cut for the next one.
    """

    def __init__(self, target: tuple[str, int], cuts: tuple[int, ...]) -> None:
        self.cuts = list(cuts)
        self.done = 0
        self.target = target
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])

    def run(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def begin(self, *cuts: int) -> None:
        """Cut anew, from the next bytes on."""
        with self._lock:
            self.cuts, self.done = list(cuts), 0

    def stop(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self, near: socket.socket) -> None:
        with near, suppress(OSError), socket.create_connection(self.target) as far:
            carried = _Carried()
            back = threading.Thread(target=self._pump, args=(far, near, carried), daemon=True)
            back.start()
            self._pump(near, far, carried)
            back.join()

    def _pump(self, source: socket.socket, sink: socket.socket, carried: "_Carried") -> None:
        with suppress(OSError):
            while data := source.recv(16_384):
                if self._is_cut(carried, len(data)):
                    break
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                if carried.cut:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                end.shutdown(socket.SHUT_RDWR)

    def _is_cut(self, carried: "_Carried", size: int) -> bool:
        with self._lock:
            carried.size += size
            if not carried.cut and self.cuts and carried.size > self.cuts[0]:
                self.cuts.pop(0)
                self.done += 1
                carried.cut = True
            return carried.cut


class _Carried:
    def __init__(self) -> None:
        self.size = 0
        self.cut = False


@contextmanager
def cutting(target: tuple[str, int], *cuts: int) -> Iterator[CuttingProxy]:
    """Run one until the context ends."""
    proxy = CuttingProxy(target, cuts)
    thread = threading.Thread(target=proxy.run, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.stop()
        thread.join(5)
