"""Serving: the parts are put together, uvicorn runs them, a signal drains them (docs/spec/relay-api.md 8)."""

import asyncio
import os
import signal
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from types import FrameType

import uvicorn

from secmsg.crypto.randomness import Random
from secmsg.errors import ProfileInUse, SecmsgError
from secmsg.relay import admin, boxes_sqlite, rights_sqlite
from secmsg.relay import home as homes
from secmsg.relay.app import RelayApp
from secmsg.relay.blobs_disk import BlobFiles
from secmsg.relay.boxes_sqlite import Counts, SeenCursor
from secmsg.relay.deadline import Deadlines, protocol_with
from secmsg.relay.doors import Doors, Entrance
from secmsg.relay.home import Home
from secmsg.relay.rations import Rations
from secmsg.relay.rights_sqlite import Quota
from secmsg.relay.sync import SyncDesk
from secmsg.relay.tally import Tally
from secmsg.relay.uploads import UploadDesk
from secmsg.relay.wake import Wake
from secmsg.relay.writer import Writer

if os.name == "posix":
    import resource

KEEP_ALIVE_S = 600
DRAIN_S = 10
HANDSHAKE_S = 30
"""Seconds for a TLS handshake; on a line of 2 400 bit/s it takes ten."""
SWEEP_S = 600.0
TICK_S = 30.0
"""How often quotas are read anew."""
BACKLOG = 512
_SWEEP_ROWS = 500
_FILES = 8192
_READY_BELOW = 0.99


@dataclass(frozen=True, slots=True)
class Service:
    """How a relay is run.

    `connections` stand at most, `connections_each` from one address (0: no limit, for a relay behind a front proxy);
    `metrics` is where the keeper's listener is (`relay.admin`), None for nowhere. `quota` replaces the one in the
    database. Deadlines and the writer are changed by tests alone.
    """

    deadlines: Deadlines = field(default_factory=Deadlines)
    connections: int = 2000
    connections_each: int = 20
    metrics: str | None = None
    quota: Quota | None = None
    writer: type[Writer] = Writer


class _Server(uvicorn.Server):
    """uvicorn's server that says when it listens, and ends on a signal without dying of it."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None], on_stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready
        self._on_stop = on_stop

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        names = (signal.SIGTERM, signal.SIGINT)
        earlier = {name: signal.signal(name, self.handle_exit) for name in names}
        try:
            yield
        finally:
            for name, handler in earlier.items():
                signal.signal(name, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - a signal handler
        self.stop()

    def stop(self) -> None:
        """Drain and end; may be called from any thread."""
        self.should_exit = True
        self._on_stop()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, as the base class does, but with an end to each TLS handshake."""
        await self.lifespan.startup()
        loop = asyncio.get_running_loop()
        self.servers = [
            await loop.create_server(
                self._protocol, sock=each, ssl=self.config.ssl, backlog=BACKLOG, ssl_handshake_timeout=HANDSHAKE_S
            )
            for each in sockets or []
        ]
        self.started = True
        self._on_ready()

    def _protocol(self) -> asyncio.Protocol:
        make: Callable[..., asyncio.Protocol] = self.config.http_protocol_class
        return make(config=self.config, server_state=self.server_state, app_state={})


@dataclass(slots=True)
class RelayServer:
    """One relay that can be served once; `on_ready` is called with the public base when it listens."""

    home: Home
    clock: Callable[[], float]
    random: Random
    on_ready: Callable[[str], None]
    service: Service = field(default_factory=Service)
    _server: _Server | None = None

    def run(self) -> None:
        """Serve until a signal or `stop`. ProfileInUse when another process serves this folder."""
        with homes.locked(self.home):
            asyncio.run(self._serve())

    def stop(self) -> None:
        """Drain and end, from any thread."""
        if self._server is not None:
            self._server.stop()

    async def _serve(self) -> None:
        settings = homes.load(self.home)
        page = homes.decoy_page(self.home)
        loop = asyncio.get_running_loop()
        # What goes wrong on a connection is nobody's business: the default handler would write it down.
        loop.set_exception_handler(lambda _loop, _context: None)
        tally = Tally()
        doors = Doors(self.service.connections, self.service.connections_each, tally)
        allow_files(_FILES)
        async with self._desks(settings, page, tally) as app:
            config = uvicorn.Config(
                app,
                http=protocol_with(self.service.deadlines, page, tally),
                loop="asyncio",
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="critical",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                date_header=False,
                timeout_keep_alive=KEEP_ALIVE_S,
                timeout_graceful_shutdown=DRAIN_S,
                ssl_certfile=self.home.certificate,
                ssl_keyfile=self.home.key,
            )
            config.load()
            if config.ssl is not None:
                config.ssl.minimum_version = ssl.TLSVersion.TLSv1_3
                # A client keeps its connection and resumes none: two tickets would be 500 bytes for nothing.
                config.ssl.num_tickets = 0

            def drain() -> None:
                app.sync.draining = True
                loop.call_soon_threadsafe(app.sync.wake.release)

            self._server = _Server(config, lambda: self.on_ready(settings.public_url), drain)
            async with self._watched(app, doors), self._swept(app):
                await self._server.serve([_listen(settings, doors)])

    @asynccontextmanager
    async def _watched(self, app: RelayApp, doors: Doors) -> AsyncIterator[None]:
        """Serve the keeper's listener as long as the public one, and to the end of its drain."""
        if self.service.metrics is None:
            yield
            return
        sync, writer = app.sync, app.sync.writer
        vitals = admin.Vitals(
            app.tally,
            connections=lambda: doors.total,
            waiting=sync.wake.count,
            commits=lambda: (writer.commits, writer.jobs),
            fill=sync.fill,
            counts=self._counts,
            ready=lambda: not sync.draining and writer.sound and sync.fill() < _READY_BELOW,
        )
        server = admin.server(vitals)
        listening = admin.listen(self.service.metrics)
        serving = asyncio.create_task(server.serve([listening]))
        try:
            yield
        finally:
            server.should_exit = True
            await serving

    def _counts(self) -> Counts:
        """Count what is held, in the thread of whoever asks."""
        with closing(boxes_sqlite.connect_reader(self.home.database)) as connection:
            return boxes_sqlite.counts(connection)

    @asynccontextmanager
    async def _swept(self, app: RelayApp) -> AsyncIterator[None]:
        """Remove what is over and read the quotas anew, now and then."""
        sweeping = [asyncio.create_task(self._sweep(app)), asyncio.create_task(self._refresh(app))]
        try:
            yield
        finally:
            for each in sweeping:
                each.cancel()

    @asynccontextmanager
    async def _desks(self, settings: homes.Settings, page: bytes, tally: Tally) -> AsyncIterator[RelayApp]:
        writer = self.service.writer(self.home.database)
        writer.start()
        try:
            with closing(boxes_sqlite.connect_reader(self.home.database)) as reader:
                files = BlobFiles(self.home.blobs)
                brought = Rations()
                uploads = UploadDesk(
                    files, reader, writer, settings.public_url, self.clock, self.random, tally, brought
                )
                uploads.remove_orphans()
                sync = SyncDesk(
                    settings.relay_id,
                    reader,
                    writer,
                    Wake(),
                    self.service.quota or rights_sqlite.quota(reader),
                    self.clock,
                    self.random,
                    files.fill,
                    tally,
                    brought,
                )
                yield RelayApp(reader, sync, uploads, page, tally)
        finally:
            writer.stop()

    async def _sweep(self, app: RelayApp) -> None:
        while True:
            try:
                await sweep_once(app, int(self.clock()))
            except SecmsgError:
                pass  # a full disk, say: the next round tries again
            await asyncio.sleep(SWEEP_S)

    async def _refresh(self, app: RelayApp) -> None:
        while self.service.quota is None:
            await asyncio.sleep(TICK_S)
            app.sync.quota = rights_sqlite.quota(app.reader)


def allow_files(most: int) -> None:
    """Let this process have as many connections and files as it may, up to `most`."""
    if os.name == "posix":
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wished = most if hard == resource.RLIM_INFINITY else min(most, hard)
        if soft != resource.RLIM_INFINITY and soft < wished:
            # In a sandbox that forbids it, whoever made the sandbox has set the limit.
            with suppress(OSError, ValueError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (wished, hard))


def _listen(settings: homes.Settings, doors: Doors) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # The protocol is named: only then asyncio turns Nagle's delay off, which costs 40 ms an answer.
    listening = Entrance(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.doors = doors
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((settings.host, settings.port))
    except OSError:
        listening.close()
        raise ProfileInUse("the relay's port is taken, or its address is not of this machine") from None
    return listening


async def sweep_once(app: RelayApp, now: int) -> None:
    """Remove everything whose time is over, a few rows in each transaction."""
    writer = app.sync.writer
    cursor: SeenCursor | None = SeenCursor()
    while cursor is not None:
        cursor = await writer.submit(partial(boxes_sqlite.sweep_seen, start=cursor, now=now, limit=_SWEEP_ROWS))
    while await writer.submit(partial(boxes_sqlite.sweep_box, now=now, limit=_SWEEP_ROWS)):
        pass
    await writer.submit(partial(boxes_sqlite.sweep_takes, now=now))
    await app.uploads.sweep(now)
