"""A relay that lies: a small real TLS server whose answers a test writes by hand."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from secmsg.crypto import tls
from secmsg.ids import RelayId
from secmsg.links.link import RelayAddress, Timeouts
from secmsg.links.relay import RelayLink


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Say:
    """An answer; `cut` sends so many bytes of the body and breaks off, `raw` takes the place of everything."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    delay_s: float = 0.0
    raw: bytes | None = None
    then_close: bool = False


class Drop:
    """No answer: the line is closed."""


class Silence:
    """No answer, and the line stays open."""


Answer = Say | Drop | Silence
Script = Callable[[Asked], Answer]


class HostileRelay:
    def __init__(self, folder: Path, script: Script) -> None:
        certificate, key = tls.make_certificate("localhost", 30, int(time.time()) - 60)
        (folder / "tls.crt").write_bytes(certificate)
        (folder / "tls.key").write_bytes(key)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(folder / "tls.crt", folder / "tls.key")
        self._script = script
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self.asked: list[Asked] = []
        self.lines = 0
        port = self._listening.getsockname()[1]
        self.address = RelayAddress(
            RelayId(b"r" * 16), f"https://127.0.0.1:{port}", "prefix", tls.fingerprint(certificate), b"e" * 16
        )

    def run(self) -> None:
        self._listening.settimeout(0.1)
        while not self._stop.is_set():
            try:
                plain, _ = self._listening.accept()
            except TimeoutError:
                continue
            self.lines += 1
            thread = threading.Thread(target=self._serve, args=(plain,))
            thread.start()
            self._threads.append(thread)
        self._listening.close()
        for thread in self._threads:
            thread.join()

    def stop(self) -> None:
        self._stop.set()

    def _serve(self, plain: socket.socket) -> None:
        with plain:
            plain.settimeout(10)
            try:
                with self._context.wrap_socket(plain, server_side=True) as line, line.makefile("rb") as reader:
                    while self._one(line, reader):
                        pass
            except OSError:
                pass

    def _one(self, line: ssl.SSLSocket, reader: object) -> bool:
        asked = _read(reader)
        if asked is None:
            return False
        self.asked.append(asked)
        answer = self._script(asked)
        match answer:
            case Drop():
                return False
            case Silence():
                self._stop.wait(20)
                return False
            case Say():
                time.sleep(answer.delay_s)
                return _send(line, asked, answer)


def _read(reader: object) -> Asked | None:
    first = reader.readline().decode().split(" ")  # type: ignore[attr-defined]  # a buffered reader
    if len(first) != 3:
        return None
    headers: dict[str, str] = {}
    while text := reader.readline().decode().strip():  # type: ignore[attr-defined]  # a buffered reader
        name, _, value = text.partition(": ")
        headers[name.lower()] = value
    body = reader.read(int(headers.get("content-length", "0")))  # type: ignore[attr-defined]  # a buffered reader
    return Asked(first[0], first[1], headers, body)


def _send(line: ssl.SSLSocket, asked: Asked, answer: Say) -> bool:
    if answer.raw is not None:
        line.sendall(answer.raw)
        return False
    headers = {"Content-Length": str(len(answer.body)), **answer.headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    body = b"" if asked.method == "HEAD" else answer.body
    if answer.cut is not None:
        line.sendall(f"HTTP/1.1 {answer.status} X\r\n{head}\r\n".encode() + body[: answer.cut])
        return False
    line.sendall(f"HTTP/1.1 {answer.status} X\r\n{head}\r\n".encode() + body)
    return not answer.then_close


@contextmanager
def hostile(folder: Path, script: Script) -> Iterator[tuple[HostileRelay, RelayLink]]:
    """Run one and give it with a link to it that has little patience."""
    relay = HostileRelay(folder, script)
    thread = threading.Thread(target=relay.run)
    thread.start()
    link = RelayLink(relay.address, Timeouts(2, 1), time.time, lambda size: bytes(size))
    try:
        yield relay, link
    finally:
        link.close()
        relay.stop()
        thread.join()
