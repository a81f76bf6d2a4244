"""Deposits of 2 KiB, durable when they are answered, over 32 connections: our relay, NATS JetStream, postfix.

Each system is a process of its own on the same disk. One generator of hand-written bytes drives all of them, one
request in flight on a connection, so that its cost is the same for all. The relay and NATS (`sync_interval: always`)
speak TLS, check who deposits and know an id that comes again. Postfix does none of the three, which is to its
advantage: it takes mail over a plain line into its queue (flushed before 250), and delivery throws it away. It runs
twice: as it is delivered, where it slows down senders quicker than its delivery, and told not to (`in_flow_delay = 0`).
"""

import asyncio
import os
import shutil
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from secmsg.crypto import randomness, tls
from secmsg.ids import MessageId
from secmsg.wire import sync
from secmsg.wire.sync import Deposit, DepositRequest, DepositStatus, TtlClass
from tests.bench.peers import need
from tests.bench.rows import Row, ratio, table
from tests.helpers.relay_process import process
from tests.helpers.relays import Box, a_box, a_relay, address_of, linked

CONNECTIONS = 32
SIZE = 2048
BATCH = 8
_PATIENCE_S = 20.0


class Talk(Protocol):
    """A way to say `one` deposit on an open connection and to wait for its durable answer."""

    async def open(self, lane: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]: ...

    async def one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lane: int) -> None: ...


def trusting() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


@dataclass(slots=True)
class Ours:
    """Deposits at our relay, `batch` of them in one request."""

    host: str
    port: int
    prefix: str
    boxes: list[Box]
    batch: int = 1

    async def open(self, lane: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(self.host, self.port, ssl=trusting())

    async def one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lane: int) -> None:
        box = self.boxes[lane % len(self.boxes)]
        letters = tuple(
            Deposit(box.box, box.token, MessageId(os.urandom(16)), TtlClass.MONTH, bytes(SIZE))
            for _ in range(self.batch)
        )
        body = sync.encode_deposits(DepositRequest(letters))
        writer.write(
            f"POST /{self.prefix}/s HTTP/1.1\r\nHost: {self.host}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        answer = sync.decode_answer(await reader.readexactly(length))
        if not isinstance(answer, sync.DepositAnswer) or set(answer.deposits) != {DepositStatus.STORED}:
            raise SystemExit(f"the relay did not store: {answer}")


@dataclass(slots=True)
class Nats:
    """Messages published into a JetStream stream, acknowledged when they are on the disk."""

    port: int
    token: str

    async def open(self, lane: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        await reader.readline()
        await writer.start_tls(trusting())
        writer.write(
            f'CONNECT {{"verbose":false,"pedantic":false,"tls_required":true,"auth_token":"{self.token}",'
            f'"lang":"x","version":"1","headers":true}}\r\nSUB _INBOX.{lane} 1\r\nPING\r\n'.encode()
        )
        while (await reader.readline()).strip() != b"PONG":
            pass
        return reader, writer

    async def one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lane: int) -> None:
        head = f"NATS/1.0\r\nNats-Msg-Id: {os.urandom(16).hex()}\r\n\r\n".encode()
        writer.write(
            f"HPUB boxes.{lane} _INBOX.{lane} {len(head)} {len(head) + SIZE}\r\n".encode()
            + head
            + bytes(SIZE)
            + b"\r\n"
        )
        while not (line := await reader.readline()).startswith(b"MSG"):
            if line.startswith(b"PING"):
                writer.write(b"PONG\r\n")
        answer = await reader.readexactly(int(line.split()[-1]) + 2)
        if b'"seq"' not in answer or b'"error"' in answer:
            raise SystemExit(f"NATS did not store: {answer!r}")


@dataclass(slots=True)
class Postfix:
    """Mails handed to postfix, answered 250 when they are in its queue."""

    port: int

    async def open(self, lane: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        await reader.readline()
        writer.write(b"EHLO bench\r\n")
        while (await reader.readline())[3:4] == b"-":
            pass
        return reader, writer

    async def one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lane: int) -> None:
        writer.write(f"MAIL FROM:<a{lane}@bench>\r\nRCPT TO:<b@bench>\r\nDATA\r\n".encode())
        for _ in range(3):
            answer = await reader.readline()
        writer.write(b"Subject: x\r\n\r\n" + (b"x" * 62 + b"\r\n") * (SIZE // 64) + b".\r\n")
        answer = await reader.readline()
        if not answer.startswith(b"250"):
            raise SystemExit(f"postfix did not take it: {answer!r}")


@contextmanager
def our_relay(folder: Path, batch: int = 1) -> Iterator[Ours]:
    home = a_relay(folder)
    address = address_of(home)
    boxes = [a_box() for _ in range(CONNECTIONS)]
    with process(home.path):
        with linked(address) as link:
            link.create_boxes([each.new() for each in boxes])
        parts = urlsplit(address.base_url)
        yield Ours(parts.hostname or "", parts.port or 0, address.prefix, boxes, batch)


@contextmanager
def nats(folder: Path) -> Iterator[Nats]:
    """NATS from its own configuration file: JetStream on this disk, every write synchronous, TLS, a token."""
    program = shutil.which("nats-server", path=str(Path(sys.executable).parent)) or need("nats-server", "nats-server")
    folder.mkdir()
    certificate, key = tls.make_certificate("localhost", 10, int(time.time()) - 60)
    (folder / "tls.crt").write_bytes(certificate)
    (folder / "tls.key").write_bytes(key)
    port, token = free_port(), randomness.system(16).hex()
    (folder / "nats.conf").write_text(
        f'listen: "127.0.0.1:{port}"\njetstream {{ store_dir: "{folder}/store", sync_interval: always }}\n'
        f'tls {{ cert_file: "{folder}/tls.crt", key_file: "{folder}/tls.key" }}\nauthorization {{ token: "{token}" }}\n'
    )
    server = subprocess.Popen(
        [program, "-c", folder / "nats.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        found = Nats(port, token)
        wait_for(port)
        asyncio.run(_make_stream(found))
        yield found
    finally:
        server.terminate()
        server.wait()


async def _make_stream(found: Nats) -> None:
    reader, writer = await found.open(0)
    wish = b'{"name":"boxes","subjects":["boxes.*"],"storage":"file","retention":"limits","num_replicas":1}'
    writer.write(f"PUB $JS.API.STREAM.CREATE.boxes _INBOX.0 {len(wish)}\r\n".encode() + wish + b"\r\n")
    while not (line := await reader.readline()).startswith(b"MSG"):
        pass
    answer = await reader.readexactly(int(line.split()[-1]) + 2)
    if b'"error"' in answer:
        raise SystemExit(f"NATS makes no stream: {answer!r}")
    writer.close()


@contextmanager
def postfix(folder: Path, extra: str = "") -> Iterator[Postfix]:
    """Run postfix with a configuration and a queue of its own, which delivers to nobody."""
    program = need("postfix", "postfix")
    port = free_port()
    for part in ("etc", "queue", "data"):
        (folder / part).mkdir(parents=True)
    folder.chmod(0o755)
    (folder / "etc/main.cf").write_text(
        f"compatibility_level = 3.6\nqueue_directory = {folder}/queue\ndata_directory = {folder}/data\n"
        "myhostname = bench.invalid\nmydestination =\nmynetworks = 127.0.0.0/8\ninet_interfaces = 127.0.0.1\n"
        "inet_protocols = ipv4\ndefault_transport = discard:\nrelay_transport = discard:\nlocal_transport = discard:\n"
        "smtpd_client_connection_count_limit = 0\nsmtpd_client_connection_rate_limit = 0\nalias_maps =\n"
        "smtpd_relay_restrictions = permit_mynetworks, reject\ndefault_process_limit = 100\n"
        "maillog_file = /dev/stdout\n" + extra
    )
    master = "".join(
        f"{name} {kind} {private} - n {wake} {limit} {command}\n"
        for name, kind, private, wake, limit, command in (
            (f"127.0.0.1:{port}", "inet", "n", "-", "-", "smtpd"),
            ("pickup", "unix", "n", "60", "1", "pickup"),
            ("cleanup", "unix", "n", "-", "0", "cleanup"),
            ("qmgr", "unix", "n", "300", "1", "qmgr"),
            ("rewrite", "unix", "-", "-", "-", "trivial-rewrite"),
            ("bounce", "unix", "-", "-", "0", "bounce"),
            ("defer", "unix", "-", "-", "0", "bounce"),
            ("trace", "unix", "-", "-", "0", "bounce"),
            ("anvil", "unix", "-", "-", "1", "anvil"),
            ("discard", "unix", "-", "-", "-", "discard"),
            ("error", "unix", "-", "-", "-", "error"),
            ("proxymap", "unix", "-", "-", "-", "proxymap"),
            ("postlog", "unix-dgram", "n", "-", "1", "postlogd"),
        )
    )
    (folder / "etc/master.cf").write_text(master)
    shutil.chown(folder / "data", "postfix")
    command = [program, "-c", str(folder / "etc")]
    subprocess.run([*command, "start"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield Postfix(port)
    finally:
        subprocess.run([*command, "stop"], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        number: int = probe.getsockname()[1]
        return number


def wait_for(port: int) -> None:
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise SystemExit(f"nothing listens on {port}") from None
            time.sleep(0.05)
        else:
            return


async def load(talk: Talk, each: int) -> tuple[float, list[float]]:
    """Let every connection say `each` deposits; return the seconds that all took, and those of each one."""
    lines = [await talk.open(lane) for lane in range(CONNECTIONS)]
    waits: list[float] = []

    async def lane(number: int) -> None:
        reader, writer = lines[number]
        for _ in range(each):
            began = time.perf_counter()
            await talk.one(reader, writer, number)
            waits.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(lane(number) for number in range(CONNECTIONS)))
    took = time.perf_counter() - began
    for _, writer in lines:
        writer.transport.abort()
    return took, waits


def rate(talk: Talk, each: int) -> tuple[float, float, float]:
    """Return (requests per second, p50 and p99 of one in ms)."""
    took, waits = asyncio.run(load(talk, each))
    cuts = statistics.quantiles(waits, n=100)
    return CONNECTIONS * each / took, cuts[49] * 1000, cuts[98] * 1000


@dataclass(frozen=True, slots=True)
class Side:
    """One system: its rate is in messages, `share` of a round's requests are enough for a slow one."""

    name: str
    talk: Talk
    each: int = 1
    share: float = 1.0


def run(size: int, rounds: int) -> None:
    """Print the rows: `size` requests on each connection and round, one round to warm up."""
    count = size or 40
    with tempfile.TemporaryDirectory() as name, ExitStack() as up:
        root = Path(name)
        root.chmod(0o755)
        sides = (
            Side("relay", up.enter_context(our_relay(root / "relay"))),
            Side("relay in eights", up.enter_context(our_relay(root / "eights", BATCH)), BATCH, 0.5),
            Side("nats", up.enter_context(nats(root / "nats"))),
            Side("postfix", up.enter_context(postfix(root / "postfix")), share=0.5),
            Side("postfix, no delay", up.enter_context(postfix(root / "quick", "in_flow_delay = 0\n")), share=0.5),
        )
        found: dict[str, list[tuple[float, float, float]]] = {side.name: [] for side in sides}
        for number in range(rounds + 1):
            for side in sides:
                requests, p50, p99 = rate(side.talk, max(2, int(count * side.share)))
                if number:
                    found[side.name].append((requests * side.each, p50, p99))
        limit = f"fsync of 4 KiB: {fsyncs(root):.0f}/s"
        print(table([_row(found, *pair, limit) for pair in PAIRS]))


PAIRS = (
    ("relay", "nats", "≥ 0.6, at least 0.4"),
    ("relay in eights", "nats", "≥ 3"),
    ("relay", "postfix", "≥ 5"),
    ("relay", "postfix, no delay", "–"),
    ("relay in eights", "postfix, no delay", "–"),
)


def _row(found: dict[str, list[tuple[float, float, float]]], ours: str, peer: str, goal: str, limit: str) -> Row:
    ours_rates, peer_rates = ([each[0] for each in found[name]] for name in (ours, peer))
    figure = f"2 KiB deposits, durable on answer, {CONNECTIONS} connections: {ours} vs {peer}"
    return Row(figure, _told(found[ours]), _told(found[peer]), *ratio(ours_rates, peer_rates), goal, limit)


def _told(rounds: list[tuple[float, float, float]]) -> str:
    per_second, p50, p99 = (statistics.median(column) for column in zip(*rounds, strict=True))
    return f"{per_second:.0f}/s, p50 {p50:.1f} ms, p99 {p99:.1f} ms"


def fsyncs(folder: Path, count: int = 200) -> float:
    """Return how often a second this disk brings 4 KiB to rest, one after the other."""
    file = os.open(folder / "probe", os.O_WRONLY | os.O_CREAT, 0o600)
    began = time.perf_counter()
    for _ in range(count):
        os.write(file, bytes(4096))
        os.fdatasync(file)
    os.close(file)
    return count / (time.perf_counter() - began)
