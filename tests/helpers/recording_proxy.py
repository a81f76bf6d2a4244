"""A TCP proxy on loopback which copies every byte of both directions, for leak tests and for cutting lines."""

import contextlib
import socket
import threading
from collections.abc import Iterator


class RecordingProxy:
    """Listens on a free port, forwards to `target_port`, records both directions; `cut` drops every connection."""

    def __init__(self, target_port: int) -> None:
        self.target_port = target_port
        self.captured = bytearray()
        self.bytes_up = 0
        self.open = True
        self._lock = threading.Lock()
        self._pairs: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def cut(self) -> None:
        """Drop every connection and refuse new ones."""
        with self._lock:
            self.open = False
            pairs, self._pairs = self._pairs, []
        for end in pairs:
            _close(end)

    def mend(self) -> None:
        with self._lock:
            self.open = True

    def stop(self) -> None:
        self.cut()
        _close(self._listener)
        self._thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                refused = not self.open
            if refused:
                _close(near)
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self.target_port), timeout=5)
            except OSError:
                _close(near)
                continue
            far.settimeout(None)
            with self._lock:
                self._pairs += [near, far]
            for source, sink, up in ((near, far, True), (far, near, False)):
                threading.Thread(target=self._copy, args=(source, sink, up), daemon=True).start()

    def _copy(self, source: socket.socket, sink: socket.socket, up: bool) -> None:
        try:
            while data := source.recv(65536):
                with self._lock:
                    self.captured += data
                    if up:
                        self.bytes_up += len(data)
                sink.sendall(data)
        except OSError:
            pass
        finally:
            _close(source)
            _close(sink)


def _close(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        end.close()


@contextlib.contextmanager
def recording(target_port: int) -> Iterator[RecordingProxy]:
    proxy = RecordingProxy(target_port)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()
