"""One kept HTTPS connection to a relay that is known by its certificate's fingerprint (docs/spec/relay-api.md 10).

Nothing of the environment is used (no proxy, no certificate store, no password file), and nothing is sent that the
relay does not need: a small request costs 67 bytes of head.
"""

import http.cookiejar
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.util import SKIP_HEADER

from secmsg.errors import LinkRefused, OutcomeUnknown, Unreachable
from secmsg.links.link import Timeouts

LEAST_RATE = 128
"""Bytes a second that a line must carry: below, a request ends as OutcomeUnknown."""
_PIECE = 65_536
_SKIPPED = {"User-Agent": SKIP_HEADER, "Accept-Encoding": SKIP_HEADER}


@dataclass(frozen=True, slots=True)
class Call:
    """One request: `path` is what follows the prefix; `wait_s` is how long the relay was asked to wait.

    `most` bounds the answer's body. Every call may be made twice: that is a rule of the relay's API.
    """

    method: str
    path: str
    body: bytes | None = None
    headers: Mapping[str, str] | None = None
    wait_s: float = 0.0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with its whole body; header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Incoming:
    """An answer whose body is still to come, in pieces."""

    status: int
    headers: dict[str, str]
    pieces: Iterator[bytes]


@dataclass(slots=True)
class _Attempt:
    """What is known of one try: whether it made a new connection, and whether a byte of the request left."""

    connected: bool = False
    sent: bool = False


class Line:
    """The connection; used by one thread at a time. `interrupt` may come from any other."""

    def __init__(self, base: str, fingerprint: bytes, timeouts: Timeouts) -> None:
        self._base = base
        self._timeouts = timeouts
        self._fingerprint = fingerprint
        self._session: requests.Session | None = None
        self._attempt = _Attempt()
        self._guard = threading.Lock()
        self._socket: socket.socket | None = None
        self._cut = False

    def call(self, call: Call) -> Reply:
        """Make a request and read the whole answer.

        Raises Unreachable when no byte was sent, OutcomeUnknown when the answer did not come (or not in time),
        LinkRefused when it is longer than `call.most`.
        """
        with self.open(call) as incoming:
            return Reply(incoming.status, incoming.headers, b"".join(incoming.pieces))

    @contextmanager
    def open(self, call: Call) -> Iterator[Incoming]:
        """Make a request and give its answer piece by piece; errors as in `call`, also while the pieces come."""
        length = 0 if call.body is None else len(call.body)
        allowed = self._timeouts.connect_s + self._timeouts.answer_s + call.wait_s + (length + call.most) / LEAST_RATE
        with self._guard:
            self._cut = False
        watch = threading.Timer(allowed, self.interrupt)
        watch.daemon = True
        watch.start()
        try:
            response = self._respond(call)
            try:
                headers = {name.lower(): value for name, value in response.headers.items()}
                yield Incoming(response.status_code, headers, self._pieces(response, call.most))
            finally:
                # A body that was not read to its end takes its connection with it.
                response.close()
        finally:
            watch.cancel()

    def interrupt(self) -> None:
        """End the request in flight with OutcomeUnknown (Unreachable while it connects)."""
        with self._guard:
            self._cut = True
            if self._socket is not None:
                try:
                    # Not through the TLS layer: its state belongs to the thread that reads.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
                except OSError:
                    pass  # it was closed already

    def close(self) -> None:
        """Drop the connection; the next request makes a new one."""
        self.interrupt()
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def connecting(self) -> None:
        """Take note, before the connection is made."""
        with self._guard:
            self._socket = None
            if self._cut:
                raise OSError("interrupted")

    def connected(self, made: socket.socket | ssl.SSLSocket | None) -> None:
        """Take note of a connection that stands, with the pinned certificate."""
        self._attempt.connected = True
        with self._guard:
            self._socket = made

    def sending(self) -> None:
        """Take note, before the first byte of a request."""
        with self._guard:
            if self._cut:
                raise OSError("interrupted")
        self._attempt.sent = True

    def _respond(self, call: Call) -> requests.Response:
        """Send, and once more when a kept connection turns out to have been dropped."""
        try:
            return self._try(call)
        except requests.RequestException as error:
            kept = self._attempt.sent and not self._attempt.connected
            if not kept or self._cut or isinstance(error, requests.Timeout):
                raise self._failure() from None
        try:
            return self._try(call)
        except requests.RequestException:
            raise self._failure() from None

    def _try(self, call: Call) -> requests.Response:
        self._attempt = _Attempt()
        if self._session is None:
            self._session = self._new_session()
        return self._session.request(
            call.method,
            self._base + call.path,
            data=call.body,
            headers={**_SKIPPED, **(call.headers or {})},
            timeout=(self._timeouts.connect_s, self._timeouts.answer_s + call.wait_s),
            allow_redirects=False,
            stream=True,
        )

    def _failure(self) -> Unreachable | OutcomeUnknown:
        # The library's text is not passed on: it holds the address with its secret prefix.
        if self._attempt.sent:
            return OutcomeUnknown("contact was lost before the answer")
        return Unreachable("no contact with the relay, or it is not the one that was pinned")

    def _pieces(self, response: requests.Response, most: int) -> Iterator[bytes]:
        received = 0
        try:
            while piece := response.raw.read1(_PIECE, decode_content=False):
                received += len(piece)
                if received > most:
                    raise LinkRefused("the relay's answer is longer than it may be")
                yield piece
        except (HTTPError, OSError):
            raise OutcomeUnknown("contact was lost within the answer") from None

    def _new_session(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False
        session.headers.clear()
        session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
        session.mount("https://", _PinningAdapter(self, self._fingerprint))
        return session


class _PinningAdapter(HTTPAdapter):
    """Accepts one certificate, whoever signed it, and keeps one connection."""

    def __init__(self, line: Line, fingerprint: bytes) -> None:
        self._line = line
        self._pin = fingerprint.hex()
        super().__init__(pool_connections=1, pool_maxsize=1)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: Any) -> None:  # noqa: FBT001, FBT002, ANN401 - the base class's signature
        """Make the pool whose connections report to the line."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        # The pin takes the place of names and chains: nothing else could be checked of a self-signed certificate.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        manager = urllib3.PoolManager(
            num_pools=connections,
            maxsize=maxsize,
            block=block,
            ssl_context=context,
            assert_fingerprint=self._pin,
            **kwargs,
        )
        manager.pool_classes_by_scheme = {"https": _pool_class(self._line)}
        self.poolmanager = manager

    def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:  # noqa: ANN401 - the base class's types are private
        """Leave TLS to the pool: `verify` would put a certificate store in the place of the pin."""
        host, _ = super().build_connection_pool_key_attributes(request, verify, cert)
        return host, {}

    def cert_verify(self, conn: object, url: object, verify: object, cert: object) -> None:
        """Leave TLS to the pool."""


def _pool_class(line: Line) -> type[HTTPSConnectionPool]:
    class Connection(HTTPSConnection):
        def connect(self) -> None:
            line.connecting()
            super().connect()
            line.connected(self.sock)

        def request(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed through
            line.sending()
            super().request(*args, **kwargs)

    class Pool(HTTPSConnectionPool):
        ConnectionCls = Connection

    return Pool
