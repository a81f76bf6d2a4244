"""What a relay's keeper does, with this machine's clock and randomness: the verbs behind `secmsg relay`."""

import time
from collections.abc import Callable
from pathlib import Path

from secmsg.crypto import randomness
from secmsg.relay import home as homes
from secmsg.relay.boxes_sqlite import Counts
from secmsg.relay.home import Enrolment, Home
from secmsg.relay.server import RelayServer
from secmsg.wire import directory


def init(folder: Path, host: str, port: int, public_url: str | None) -> str:
    """Make a relay in an empty folder and return the base that clients use; port 0 picks a free one."""
    settings = homes.create(
        Home(folder), host, port, public_url=public_url, now=int(time.time()), random=randomness.system
    )
    return settings.public_url


def serve(folder: Path, on_ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; `on_ready` gets the public base once the relay listens."""
    RelayServer(Home(folder), time.time, randomness.system, on_ready).run()


def enrol(folder: Path) -> Enrolment:
    """Let one correspondent in."""
    return homes.enrol(Home(folder), randomness.system)


def publish(folder: Path, segment: bytes, number: int | None) -> int:
    """Append an edition's segment under its own number, or under `number` when that is given; return the number.

    FormatError when no number is given and the file is no edition.
    """
    chosen = directory.decode(segment).head.number if number is None else number
    homes.publish(Home(folder), segment, chosen)
    return chosen


def counts(folder: Path) -> Counts:
    """Count what the relay holds."""
    return homes.counts(Home(folder))
