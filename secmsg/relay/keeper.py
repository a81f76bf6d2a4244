"""What a relay's keeper does, with this machine's clock and randomness: the verbs behind `secmsg relay`."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from secmsg.crypto import randomness
from secmsg.relay import backup as copies
from secmsg.relay import home as homes
from secmsg.relay.backup import Health
from secmsg.relay.boxes_sqlite import Counts
from secmsg.relay.home import Enrolment, Home
from secmsg.relay.rights_sqlite import PREFIX_BYTES_A_DAY, Prefix, Quota
from secmsg.relay.server import RelayServer, Service
from secmsg.wire import directory

_SWITCH_S = 0.0005


def init(folder: Path, host: str, port: int, public_url: str | None) -> str:
    """Make a relay in an empty folder and return the base that clients use; port 0 picks a free one."""
    settings = homes.create(
        Home(folder), host, port, public_url=public_url, now=int(time.time()), random=randomness.system
    )
    return settings.public_url


def serve(folder: Path, on_ready: Callable[[str], None], service: Service | None = None) -> None:
    """Serve until SIGTERM or SIGINT; `on_ready` gets the public base once the relay listens."""
    # The writer's thread comes back from the database several times for each deposit: it shall not wait 5 ms each time.
    sys.setswitchinterval(_SWITCH_S)
    RelayServer(Home(folder), time.time, randomness.system, on_ready, service or Service()).run()


def renew(folder: Path) -> bytes:
    """Give a relay that does not serve a new key and certificate; return the fingerprint."""
    return homes.renew(Home(folder), int(time.time()))


def enrol(
    folder: Path, name: str = "", bytes_a_day: int = PREFIX_BYTES_A_DAY, certificate: bytes | None = None
) -> Enrolment:
    """Let one correspondent in, under a name if the prefix shall be found again."""
    return homes.enrol(
        Home(folder),
        randomness.system,
        name=name,
        bytes_a_day=bytes_a_day,
        now=int(time.time()),
        certificate=certificate,
    )


def revoke(folder: Path, who: str) -> None:
    """Shut out whoever came by the prefix of this name or id."""
    homes.revoke(Home(folder), who)


def prefixes(folder: Path) -> tuple[Prefix, ...]:
    """List the prefixes by name."""
    return homes.prefixes(Home(folder))


def quota(folder: Path, wished: dict[str, int]) -> Quota:
    """Set the quotas named and return all that are in force."""
    return homes.quota(Home(folder), wished)


def backup(folder: Path, target: Path) -> Health:
    """Copy a relay, which may be serving, into a new folder."""
    return copies.backup(Home(folder), Home(target))


def restore(folder: Path, source: Path) -> Health:
    """Put a copy back into an empty folder."""
    return copies.restore(Home(folder), Home(source))


def check(folder: Path) -> Health:
    """Read everything a relay holds and say what is wrong."""
    return copies.check(Home(folder))


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
