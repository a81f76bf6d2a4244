"""A conversation with a relay by sockets and http.client: what any other program could say to it."""

import http.client
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return dict(self.headers)[name]


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


@contextmanager
def conversation(base_url: str) -> Iterator[http.client.HTTPSConnection]:
    """One kept connection."""
    parts = urlsplit(base_url)
    connection = http.client.HTTPSConnection(parts.hostname or "", parts.port, timeout=15, context=_context())
    try:
        yield connection
    finally:
        connection.close()


def ask(
    base_url: str,
    method: str,
    path: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """One request on a connection of its own."""
    with conversation(base_url) as connection:
        return say(connection, method, path, body, headers)


def say(
    connection: http.client.HTTPSConnection,
    method: str,
    path: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """One request on a kept connection."""
    connection.request(method, path, body, dict(headers or {}))
    response = connection.getresponse()
    return Answer(response.status, response.getheaders(), response.read())


@contextmanager
def raw_line(base_url: str, source: str = "127.0.0.1") -> Iterator[ssl.SSLSocket]:
    """Open a TLS connection without any HTTP, from a loopback address of this machine."""
    parts = urlsplit(base_url)
    with (
        socket.create_connection((parts.hostname or "", parts.port or 0), 15, (source, 0)) as plain,
        _context().wrap_socket(plain) as line,
    ):
        yield line


def read_all(line: socket.socket) -> bytes:
    """Read until the other side closes or resets."""
    parts: list[bytes] = []
    try:
        while piece := line.recv(65_536):
            parts.append(piece)
    except OSError:
        pass
    return b"".join(parts)
