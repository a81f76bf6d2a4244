"""A relay's folder: who it is, its certificate, its database, its blobs; and the acts of its keeper."""

import json
import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from secmsg.crypto import tls
from secmsg.crypto.randomness import Random
from secmsg.errors import FormatError, NotFound, ProfileInUse, StoreExists
from secmsg.ids import RelayId
from secmsg.relay import boxes_sqlite, rights_sqlite
from secmsg.relay.admission import DECOY_PAGE
from secmsg.relay.blobs_disk import sync_folder, write_all
from secmsg.relay.rights_sqlite import PREFIX_BYTES_A_DAY, Grant, Prefix, Quota
from secmsg.wire.feed import MAX_SEGMENT

if os.name == "posix":
    import fcntl

TOKEN_BOXES = 4096
"""Mailboxes that one enrolment token pays for: a station's devices for years."""
_CERTIFICATE_DAYS = 3650
_MAX_SETTINGS = 4096
_MAX_PAGE = 16_384
_ID = 16
_PREFIX = 16


@dataclass(frozen=True, slots=True)
class Settings:
    """What `relay.json` says. `public_url` is the base that clients use, without a path."""

    relay_id: RelayId
    host: str
    port: int
    public_url: str


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a new correspondent's kit says about this relay."""

    relay_id: RelayId
    base_url: str
    prefix: str = field(repr=False)
    fingerprint: bytes
    enrol_token: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Home:
    """The paths of a relay's folder."""

    path: Path

    @property
    def settings(self) -> Path:
        """Where and who it is."""
        return self.path / "relay.json"

    @property
    def certificate(self) -> Path:
        """Its certificate, which clients pin."""
        return self.path / "tls.crt"

    @property
    def key(self) -> Path:
        """The certificate's private key."""
        return self.path / "tls.key"

    @property
    def database(self) -> Path:
        """Its database."""
        return self.path / "relay.db"

    @property
    def blobs(self) -> Path:
        """Its blob files."""
        return self.path / "blobs"

    @property
    def page(self) -> Path:
        """The refusal of the web site it stands behind, when its keeper put it there."""
        return self.path / "404.html"

    @property
    def lock(self) -> Path:
        """Held while it serves."""
        return self.path / "lock"


def create(home: Home, host: str, port: int, *, public_url: str | None, now: int, random: Random) -> Settings:
    """Make a relay's folder; port 0 picks a free one now. StoreExists when something is there."""
    if home.path.exists() and any(home.path.iterdir()):
        raise StoreExists("the folder is not empty")
    home.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.path.chmod(0o700)
    number = port or _free_port(host)
    shown = f"[{host}]" if ":" in host else host
    settings = Settings(RelayId(random(_ID)), host, number, _check_url(public_url or f"https://{shown}:{number}"))
    certificate, key = tls.make_certificate("localhost", _CERTIFICATE_DAYS, now)
    write(home.certificate, certificate)
    write(home.key, key)
    home.blobs.mkdir(mode=0o700)
    with _writing(home):
        pass
    text = json.dumps(
        {
            "relay_id": settings.relay_id.hex(),
            "host": host,
            "port": number,
            "public_url": settings.public_url,
        }
    )
    # Last: a folder without it was never finished.
    sync_folder(home.path)
    write(home.settings, text.encode())
    sync_folder(home.path)
    return settings


def load(home: Home) -> Settings:
    """Read the settings; NotFound where no relay was made, FormatError on anything else than `create` writes."""
    try:
        text = home.settings.read_bytes()
    except FileNotFoundError:
        raise NotFound("no relay was made in this folder") from None
    try:
        found = json.loads(text[:_MAX_SETTINGS])
        settings = Settings(
            RelayId(bytes.fromhex(found["relay_id"])),
            str(found["host"]),
            int(found["port"]),
            _check_url(str(found["public_url"])),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FormatError("relay.json does not say who this relay is") from None
    if len(settings.relay_id) != _ID or not 1 <= settings.port <= 65_535:
        raise FormatError("relay.json does not say who this relay is")
    return settings


def decoy_page(home: Home) -> bytes:
    """Return the page of refusals: the keeper's own, or that of a plain web server."""
    if not home.page.is_file():
        return DECOY_PAGE
    page = home.page.read_bytes()
    if len(page) > _MAX_PAGE:
        raise FormatError("404.html is longer than 16 KiB")
    return page


def enrol(
    home: Home,
    random: Random,
    *,
    name: str = "",
    bytes_a_day: int = PREFIX_BYTES_A_DAY,
    now: int = 0,
    certificate: bytes | None = None,
) -> Enrolment:
    """Make a prefix and an enrolment token for one correspondent; works beside a serving relay.

    `certificate` (PEM) is the front proxy's, where clients see that one instead of the relay's own.
    """
    settings = load(home)
    fingerprint = tls.fingerprint(certificate or home.certificate.read_bytes())
    prefix, token = random(_PREFIX).hex(), random(_ID)
    with _writing(home) as connection:
        rights_sqlite.grant(
            connection, Grant(prefix.encode(), token, TOKEN_BOXES, name, bytes_a_day, now // boxes_sqlite.DAY_S)
        )
    return Enrolment(settings.relay_id, settings.public_url, prefix, fingerprint, token)


def renew(home: Home, now: int) -> bytes:
    """Give a relay that does not serve a new key and certificate; return the new fingerprint, which kits must pin.

    A crash in between leaves a key without its certificate: the relay does not start, and renewing again mends it.
    """
    load(home)
    with locked(home):
        certificate, key = tls.make_certificate("localhost", _CERTIFICATE_DAYS, now)
        for path, data in ((home.key, key), (home.certificate, certificate)):
            fresh = path.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            write(fresh, data)
            fresh.replace(path)
        sync_folder(home.path)
    return tls.fingerprint(certificate)


def revoke(home: Home, who: str) -> None:
    """Shut out whoever came by this prefix, from the next request on; works beside a serving relay. NotFound."""
    load(home)
    with _writing(home) as connection:
        rights_sqlite.revoke(connection, who)


def prefixes(home: Home) -> tuple[Prefix, ...]:
    """List the prefixes."""
    load(home)
    with closing(boxes_sqlite.connect(home.database)) as connection:
        return rights_sqlite.prefixes(connection)


def quota(home: Home, wished: dict[str, int]) -> Quota:
    """Set the quotas named, and return all; a serving relay follows within half a minute."""
    load(home)
    with _writing(home) as connection:
        rights_sqlite.set_quota(connection, wished)
        return rights_sqlite.quota(connection)


def publish(home: Home, segment: bytes, number: int) -> None:
    """Append an edition's segment to the feed; works beside a serving relay. StoreExists over other bytes."""
    if not 1 <= len(segment) <= MAX_SEGMENT:
        raise FormatError("a segment has 1 byte to 16 MiB")
    load(home)
    with _writing(home) as connection:
        boxes_sqlite.publish(connection, number, segment)


def counts(home: Home) -> boxes_sqlite.Counts:
    """Count what the relay holds."""
    load(home)
    with closing(boxes_sqlite.connect_reader(home.database)) as connection:
        return boxes_sqlite.counts(connection)


@contextmanager
def locked(home: Home) -> Iterator[None]:
    """Be the only one who serves from this folder; ProfileInUse. The end of the process frees it."""
    file = os.open(home.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        if os.name == "posix":
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise ProfileInUse("another process serves this relay") from None
        yield
    finally:
        os.close(file)


@contextmanager
def _writing(home: Home) -> Iterator[sqlite3.Connection]:
    with closing(boxes_sqlite.connect(home.database)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
    home.database.chmod(0o600)


def write(path: Path, data: bytes) -> None:
    """Make a new file for its owner alone and bring it to the disk."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        write_all(file, data, 0)
        os.fsync(file)
    finally:
        os.close(file)


def _free_port(host: str) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        number: int = probe.getsockname()[1]
        return number


def _check_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.path or parts.query or parts.fragment:
        raise FormatError("a base is https://host:port and nothing more")
    return url
