"""Serving: the parts are put together, uvicorn runs them, a signal drains them (docs/spec/relay-api.md 8)."""

import asyncio
import os
import signal
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from types import FrameType

import uvicorn

from secmsg.crypto.randomness import Random
from secmsg.errors import ProfileInUse, SecmsgError
from secmsg.relay import boxes_sqlite
from secmsg.relay import home as homes
from secmsg.relay.app import RelayApp
from secmsg.relay.blobs_disk import BlobFiles
from secmsg.relay.boxes_sqlite import Quota, SeenCursor
from secmsg.relay.deadline import Deadlines, protocol_with
from secmsg.relay.home import Home
from secmsg.relay.sync import SyncDesk
from secmsg.relay.uploads import UploadDesk
from secmsg.relay.wake import Wake
from secmsg.relay.writer import Writer

KEEP_ALIVE_S = 600
DRAIN_S = 10
SWEEP_S = 600.0
_SWEEP_ROWS = 500


@dataclass(frozen=True, slots=True)
class Service:
    """How a relay is run: what tests change, and nobody else."""

    deadlines: Deadlines = field(default_factory=Deadlines)
    quota: Quota = field(default_factory=Quota)
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
        await super().startup(sockets)
        if self.started:
            self._on_ready()


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
        async with self._desks(settings, page) as app:
            config = uvicorn.Config(
                app,
                http=protocol_with(self.service.deadlines, page),
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
            sweeper = asyncio.create_task(self._sweep(app))
            try:
                await self._server.serve([_listen(settings)])
            finally:
                sweeper.cancel()

    @asynccontextmanager
    async def _desks(self, settings: homes.Settings, page: bytes) -> AsyncIterator[RelayApp]:
        writer = self.service.writer(self.home.database)
        writer.start()
        try:
            with closing(boxes_sqlite.connect_reader(self.home.database)) as reader:
                files = BlobFiles(self.home.blobs)
                uploads = UploadDesk(files, reader, writer, settings.public_url, self.clock, self.random)
                uploads.remove_orphans()
                sync = SyncDesk(
                    settings.relay_id,
                    reader,
                    writer,
                    Wake(),
                    self.service.quota,
                    self.clock,
                    self.random,
                    files.fill,
                )
                yield RelayApp(reader, sync, uploads, page)
        finally:
            writer.stop()

    async def _sweep(self, app: RelayApp) -> None:
        while True:
            try:
                await sweep_once(app, int(self.clock()))
            except SecmsgError:
                pass  # a full disk, say: the next round tries again
            await asyncio.sleep(SWEEP_S)


def _listen(settings: homes.Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # The protocol is named: only then asyncio turns Nagle's delay off, which costs 40 ms an answer.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
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
