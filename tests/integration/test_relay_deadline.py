"""A connection that dawdles is closed; an honest one beside it is served."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from secmsg.links.link import RelayAddress
from secmsg.relay.deadline import Deadlines
from secmsg.relay.server import Service
from tests.helpers.raw_http import raw_line, read_all
from tests.helpers.relays import a_relay, address_of, linked, served

SHORT = Deadlines(first_s=0.4, head_s=0.4, grace_s=0.4, body_s=0.8, least_rate=100_000, answer_s=0.6)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RelayAddress]:
    home = a_relay(tmp_path_factory.mktemp("deadline") / "relay")
    found = address_of(home)
    with served(home, service=Service(deadlines=SHORT, connections_each=40)):
        yield found


def _trickle(line: socket.socket, data: bytes, seconds: float) -> float:
    """Send a byte now and then until the other side has had enough; return how long it took."""
    started = time.monotonic()
    try:
        while time.monotonic() - started < seconds:
            line.sendall(data)
            time.sleep(0.05)
            line.settimeout(0.001)
            try:
                if line.recv(1000) == b"":
                    break
            except TimeoutError:
                pass
            line.settimeout(5)
    except OSError:
        pass
    return time.monotonic() - started


def test_a_head_that_never_ends_is_cut(address: RelayAddress) -> None:
    with raw_line(address.base_url) as line:
        line.sendall(b"GET / HTTP/1.1\r\n")

        assert _trickle(line, b"a: b\r\n", 5) < 2


def test_silence_after_connecting_is_cut(address: RelayAddress) -> None:
    started = time.monotonic()
    with raw_line(address.base_url) as line:
        read_all(line)

    assert time.monotonic() - started < 2


def test_a_body_below_the_least_rate_is_cut(address: RelayAddress) -> None:
    with raw_line(address.base_url) as line:
        line.sendall(f"POST /{address.prefix}/s HTTP/1.1\r\nContent-Length: 2000\r\n\r\n".encode())

        assert _trickle(line, b"a", 5) < 2


def test_a_second_head_that_never_ends_is_cut(address: RelayAddress) -> None:
    with raw_line(address.base_url) as line:
        line.sendall(f"GET /{address.prefix}/f/head HTTP/1.1\r\n\r\n".encode())
        time.sleep(0.2)
        assert line.recv(10_000).startswith(b"HTTP/1.1 200")
        line.sendall(b"GET /")

        assert _trickle(line, b"a", 5) < 2


def test_a_kept_connection_may_be_quiet_for_longer(address: RelayAddress) -> None:
    with raw_line(address.base_url) as line:
        for _ in range(2):
            line.sendall(f"GET /{address.prefix}/f/head HTTP/1.1\r\n\r\n".encode())
            time.sleep(1.0)  # more than any deadline above
            assert line.recv(10_000).startswith(b"HTTP/1.1 200")


def test_an_answer_is_one_record(address: RelayAddress) -> None:
    with raw_line(address.base_url) as line:
        line.sendall(f"GET /{address.prefix}/f/head HTTP/1.1\r\n\r\n".encode())

        # One read of a TLS line gives one record.
        head, _, body = line.recv(10_000).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 200")
    assert len(body) > 30


def test_who_sends_ahead_of_an_answer_is_cut(address: RelayAddress) -> None:
    request = f"POST /{address.prefix}/s HTTP/1.1\r\nContent-Length: 1\r\n\r\nx".encode()
    with raw_line(address.base_url) as line:
        line.sendall(request * 5)

        answers = read_all(line)

    assert answers.count(b"HTTP/1.1") <= 1


def test_many_slow_ones_do_not_hold_up_an_honest_one(address: RelayAddress) -> None:
    with ExitStack() as slow:
        for _ in range(30):
            slow.enter_context(raw_line(address.base_url)).sendall(b"GET / HTTP/1.1\r\n")
        started = time.monotonic()
        with linked(address) as link:
            link.feed_head()

        assert time.monotonic() - started < 2


def test_one_connection_too_many_is_closed_and_the_others_stay(address: RelayAddress) -> None:
    with ExitStack() as many, linked(address) as link:
        link.feed_head()
        for _ in range(60):
            try:
                many.enter_context(raw_line(address.base_url))
            except OSError:
                pass

        assert link.feed_head().number == 0


def test_without_deadlines_a_slow_one_stays(tmp_path: Path) -> None:
    # The control: with time enough, the same connection is not cut.
    home = a_relay(tmp_path / "relay")
    generous = Deadlines(first_s=60, head_s=60)
    with served(home, service=Service(deadlines=generous)), raw_line(address_of(home).base_url) as line:
        line.sendall(b"GET / HTTP/1.1\r\n")

        assert _trickle(line, b"a: b\r\n", 1.5) >= 1.5
