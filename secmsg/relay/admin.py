"""The keeper's own listener: alive, ready, metrics (docs/spec/relay-api.md 9). Never on the public address.

It listens on a Unix socket that its folder's owner alone may open, or on loopback; what it tells has no mailbox, no
prefix and no address in it, and what is held is rounded.
"""

import asyncio
import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from secmsg.errors import FormatError, ProfileInUse
from secmsg.relay.boxes_sqlite import Counts
from secmsg.relay.tally import Tally

_UNIX = "unix:"
_ROUND = 10


@dataclass(frozen=True, slots=True)
class Vitals:
    """Where the numbers come from; each is asked when somebody looks."""

    tally: Tally
    connections: Callable[[], int]
    waiting: Callable[[], int]
    commits: Callable[[], tuple[int, int]]
    """Commits and the jobs in them."""
    fill: Callable[[], float]
    counts: Callable[[], Counts]
    ready: Callable[[], bool]


class _Numbers(Collector):
    def __init__(self, vitals: Vitals) -> None:
        self._vitals = vitals

    def collect(self) -> Iterator[Metric]:
        """Give what is counted and what is held."""
        vitals, tally = self._vitals, self._vitals.tally
        yield _counters("requests", "Requests answered", "desk", {d.value: n for d, n in tally.answered.items()})
        deposits = {status.name.lower(): count for status, count in tally.deposits.items()}
        yield _counters("deposits", "Deposits by what became of them", "status", deposits)
        commits, jobs = vitals.commits()
        for name, text, count in (
            ("refused", "Requests that got the one refusal", tally.refused),
            ("faults", "Of these, faults of the relay itself", tally.faults),
            ("cut", "Connections that outlived a deadline", tally.cut),
            ("turned_away", "Connections beyond the limits", tally.turned_away),
            ("blobs_refused", "Blobs refused for want of room", tally.blobs_refused),
            ("commits", "Commits to the disk", commits),
            ("committed_jobs", "Jobs in these commits", jobs),
        ):
            yield CounterMetricFamily(f"secmsg_relay_{name}", text, count)
        held = vitals.counts()
        for name, text, value in (
            ("connections", "Connections that stand", vitals.connections()),
            ("waiting", "Mailboxes that somebody waits for", vitals.waiting()),
            ("ready", "1 while deposits are taken", int(vitals.ready())),
            ("disk_used_ratio", "Used share of the disk", round(vitals.fill(), 3)),
            ("boxes", "Mailboxes, in tens", _tens(held.boxes)),
            ("messages", "Messages held, in tens", _tens(held.messages)),
            ("message_bytes", "Bytes of messages held, in KiB steps", held.message_bytes // 1024 * 1024),
            ("blobs", "Blobs held, in tens", _tens(held.blobs)),
            ("blob_bytes", "Bytes of blobs held, in MiB steps", held.blob_bytes >> 20 << 20),
        ):
            yield GaugeMetricFamily(f"secmsg_relay_{name}", text, value)


def _counters(name: str, text: str, label: str, values: dict[str, int]) -> Metric:
    family = CounterMetricFamily(f"secmsg_relay_{name}", text, labels=[label])
    for value, count in sorted(values.items()):
        family.add_metric([value], count)
    return family


def _tens(count: int) -> int:
    return count // _ROUND * _ROUND


class AdminApp:
    """Three paths: `/-/live`, `/-/ready`, `/-/metrics`."""

    def __init__(self, vitals: Vitals) -> None:
        self._vitals = vitals
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(_Numbers(vitals))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        await (await self._answer(scope["method"], scope["path"]))(scope, receive, send)

    async def _answer(self, method: str, path: str) -> Response:
        match (method, path):
            case ("GET", "/-/live"):
                return Response("live\n")
            case ("GET", "/-/ready"):
                return Response("ready\n") if self._vitals.ready() else Response("not ready\n", 503)
            case ("GET", "/-/metrics"):
                text = await asyncio.to_thread(generate_latest, self._registry)
                return Response(text, headers={"content-type": CONTENT_TYPE_LATEST})
            case _:
                return Response(status_code=404)


def listen(where: str) -> socket.socket:
    """Listen at `unix:PATH` or at a loopback `ADDRESS:PORT`; FormatError for any other place."""
    if where.startswith(_UNIX):
        return _unix(Path(where.removeprefix(_UNIX)))
    address, _, port = where.rpartition(":")
    try:
        found = ipaddress.ip_address(address.strip("[]"))
        number = int(port)
    except ValueError:
        raise FormatError("metrics are told at unix:PATH or at a loopback ADDRESS:PORT") from None
    if not found.is_loopback:
        # Whoever reads the counts learns when a ministry is busy.
        raise FormatError("metrics are told on loopback or on a Unix socket, nowhere else")
    listening = socket.socket(socket.AF_INET6 if found.version == 6 else socket.AF_INET)
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((str(found), number))
    except (OSError, OverflowError):
        listening.close()
        raise ProfileInUse("the address for metrics is taken") from None
    return listening


def _unix(path: Path) -> socket.socket:
    listening = socket.socket(socket.AF_UNIX)
    # What an earlier life left behind; a living one holds the folder's lock.
    with suppress(FileNotFoundError):
        if path.is_socket():
            path.unlink()
    before = os.umask(0o177)
    try:
        listening.bind(str(path))
    except OSError:
        listening.close()
        raise ProfileInUse("the socket for metrics cannot be made there") from None
    finally:
        os.umask(before)
    return listening


class AdminServer(uvicorn.Server):
    """uvicorn for the keeper's listener; signals belong to the public one."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield


def server(vitals: Vitals) -> AdminServer:
    """Return the server of the keeper's listener."""
    config = uvicorn.Config(
        AdminApp(vitals),
        loop="asyncio",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=1,
    )
    return AdminServer(config)
