"""The HTTP protocol of uvicorn with what it lacks: an end to every request (docs/spec/relay-api.md 3).

A connection that sends slower than it must, sends rubbish, sends ahead of an answer or reads too slowly is closed.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from secmsg.relay.admission import DECOY_PAGE
from secmsg.relay.tally import Tally

_LINGER_S = 1.0
"""How long the other side has to take its last bytes and say goodbye."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds to the first byte, for a head, for a body (`grace_s` plus its length at the least rate), for an answer.

    `body_s` is the most that a body gets, whatever its length. An envelope of 8 KiB took up to 90 s on a line
    of 2 400 bit/s that loses 5 %: a deadline below that would cut the same cable off at every try.
    """

    first_s: float = 20.0
    head_s: float = 5.0
    grace_s: float = 60.0
    body_s: float = 295.0
    least_rate: int = 64
    answer_s: float = 600.0
    max_head: int = 8192


def decoy_headers(page: bytes) -> list[tuple[bytes, bytes]]:
    """Return the headers of the one refusal."""
    return [
        (b"content-type", b"text/html"),
        (b"content-length", str(len(page)).encode()),
        (b"connection", b"close"),
    ]


def decoy_bytes(page: bytes) -> bytes:
    """Return the one refusal as it stands on the wire, for what never becomes a request."""
    head = b"".join(name + b": " + value + b"\r\n" for name, value in decoy_headers(page))
    return b"HTTP/1.1 404 Not Found\r\n" + head + b"\r\n" + page


class _Joining(asyncio.Transport):
    """A transport that sends what is written in one turn of the loop as one record.

    uvicorn writes head and body apart: on a small line a second record and packet is 60 bytes for nothing.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._transport = transport
        self._loop = loop
        self._parts: list[bytes] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if not self._parts:
            self._loop.call_soon(self._flush)
        self._parts.append(bytes(data))

    def _flush(self) -> None:
        parts, self._parts = self._parts, []
        if parts and not self._transport.is_closing():
            self._transport.write(b"".join(parts))

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def abort(self) -> None:
        self._transport.abort()

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def pause_reading(self) -> None:
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        self._transport.resume_reading()

    def get_extra_info(self, name: str, default: object = None) -> object:
        return self._transport.get_extra_info(name, default)


class DeadlineProtocol(HttpToolsProtocol):
    """One connection; `deadlines`, `page` and `tally` are set by `protocol_with`."""

    deadlines = Deadlines()
    page = DECOY_PAGE
    tally = Tally()

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._until: float | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._head_size = 0
        self._answering = False
        self._silent = True

    def _allow(self, seconds: float | None) -> None:
        """Replace the deadline of this connection; None takes it away."""
        self._until = None if seconds is None else self.loop.time() + seconds
        # One timer serves a request's several deadlines: it looks for itself whether there is a later one.
        if self._until is not None and (self._timer is None or self._until < self._timer.when()):
            self._stop_timer()
            self._timer = self.loop.call_at(self._until, self._look)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        self._timer = None
        if self._until is None:
            return
        if self._until > self.loop.time():
            self._timer = self.loop.call_at(self._until, self._look)
            return
        self.tally.cut += 1
        self.transport.abort()

    def _linger(self) -> None:
        """Give the other side a moment to take its last bytes and to go."""
        self._allow(None)
        self.loop.call_later(_LINGER_S, self.transport.abort)

    def _refuse(self) -> None:
        """Answer what cannot be a request of ours and take no more from this connection."""
        self._linger()
        if not self.transport.is_closing():
            self.tally.refused += 1
            if not self._answering:
                self.transport.write(decoy_bytes(self.page))
            self.transport.close()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in the base
        """Start the time for the first byte."""
        super().connection_made(_Joining(transport, self.loop))
        self._allow(self.deadlines.first_s)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadline."""
        self._until = None
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Start the time for a head at the first bytes, and at those after a quiet time."""
        if self.transport.is_closing():
            return
        if self._silent or (self._until is None and not self._answering):
            self._silent = False
            self._allow(self.deadlines.head_s)
        super().data_received(data)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - the base class's signature
        """Refuse what the parser cannot read; the base class would introduce itself."""
        self._refuse()

    def on_message_begin(self) -> None:
        """Begin to measure a head."""
        super().on_message_begin()
        self._head_size = 0

    def on_url(self, url: bytes) -> None:
        """Measure."""
        super().on_url(url)
        self._measure(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Measure."""
        if not self.transport.is_closing():
            super().on_header(name, value)
            self._measure(len(name) + len(value))

    def _measure(self, size: int) -> None:
        self._head_size += size
        if self._head_size > self.deadlines.max_head:
            self._refuse()

    def on_headers_complete(self) -> None:
        """Give the body its time and let the application begin, unless an answer is still owed."""
        if self.transport.is_closing():
            return
        if self._answering:
            # No client of ours sends ahead of an answer; whoever does looks for two readings of one stream.
            self._refuse()
            return
        self._allow(self._body_time())
        self._answering = True
        super().on_headers_complete()

    def _body_time(self) -> float:
        lengths = [value for name, value in self.headers if name == b"content-length"]
        length = int(lengths[0]) if lengths and lengths[0].isdigit() else 0
        return min(self.deadlines.body_s, self.deadlines.grace_s + length / self.deadlines.least_rate)

    def on_body(self, body: bytes) -> None:
        """Pass the body on until the connection is refused."""
        if not self.transport.is_closing():
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Give the answer its time."""
        if self.transport.is_closing():
            return
        self._allow(self.deadlines.answer_s if self._answering else None)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request, without a deadline but the quiet time's."""
        self._answering = False
        if not self.transport.is_closing():
            # Otherwise the last deadline stays, for one who does not read what is still to be written.
            self._allow(None)
        super().on_response_complete()

    def shutdown(self) -> None:
        """End, after the answer that is owed; a client that keeps the line open does not delay the relay's end."""
        super().shutdown()
        if not self._answering:
            self._linger()

    def timeout_keep_alive_handler(self) -> None:
        """End the quiet time at once, even for one who has not read everything."""
        self.transport.abort()


def protocol_with(deadlines: Deadlines, page: bytes, tally: Tally) -> type[DeadlineProtocol]:
    """Return the protocol class with these deadlines and this refusal; uvicorn makes the instances."""
    return type("RelayProtocol", (DeadlineProtocol,), {"deadlines": deadlines, "page": page, "tally": tally})
