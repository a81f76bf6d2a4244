"""`secmsg relay`: make a relay, serve it, let correspondents in and shut them out, publish, copy, check, count."""

import json
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path

import click

from secmsg.commands import files
from secmsg.errors import FormatError, StoreDamaged
from secmsg.relay import keeper
from secmsg.relay.backup import Health
from secmsg.relay.boxes_sqlite import DAY_S
from secmsg.relay.home import Enrolment
from secmsg.relay.rights_sqlite import PREFIX_BYTES_A_DAY, Quota
from secmsg.relay.server import Service
from secmsg.wire.directory import MAX_SEGMENT

_HOME = click.option(
    "--home",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The relay's folder.",
)
MAX_CERTIFICATE = 65_536


@click.group()
def relay() -> None:
    """Run a relay: it keeps sealed envelopes until they are fetched, and can open none."""


@relay.command()
@_HOME
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8443, show_default=True, type=click.IntRange(0, 65_535), help="0 picks a free port now."
)
@click.option("--public-url", help="Base that clients use, when it is not https://HOST:PORT.")
def init(folder: Path, host: str, port: int, public_url: str | None) -> None:
    """Make a relay's folder, its certificate and its database."""
    click.echo(keeper.init(folder, host, port, public_url))


@relay.command()
@_HOME
@click.option("--connections", default=2000, show_default=True, type=click.IntRange(1), help="In all, at most.")
@click.option(
    "--per-address",
    default=20,
    show_default=True,
    type=click.IntRange(0),
    help="From one address, at most; 0 behind a front proxy, which must limit them itself.",
)
@click.option("--metrics", help="Tell live, ready and metrics at unix:PATH or a loopback ADDRESS:PORT.")
def serve(folder: Path, connections: int, per_address: int, metrics: str | None) -> None:
    """Serve until SIGTERM or SIGINT; prints "ready BASE" once it listens."""

    def ready(base_url: str) -> None:
        click.echo(f"ready {base_url}")

    keeper.serve(folder, ready, Service(connections=connections, connections_each=per_address, metrics=metrics))


_NAME = "A name of the keeper's choice, to find the prefix again: a code, not a country."
_BYTES = click.option(
    "--bytes-a-day",
    default=PREFIX_BYTES_A_DAY,
    show_default=True,
    type=click.IntRange(1),
    help="What it may bring in a day, attachments included.",
)

_CERTIFICATE = click.option(
    "--certificate",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The front proxy's certificate (PEM), when clients see that one.",
)


@relay.command()
@_HOME
@click.option("--name", default="", help=_NAME)
@_BYTES
@_CERTIFICATE
def enrol(folder: Path, name: str, bytes_a_day: int, certificate: Path | None) -> None:
    """Let one correspondent in: prints as JSON what its kit needs. The prefix and the token are secrets."""
    _show(keeper.enrol(folder, name, bytes_a_day, _pem(certificate)))


def _pem(path: Path | None) -> bytes | None:
    return None if path is None else files.read(path, MAX_CERTIFICATE)


@relay.group()
def prefix() -> None:
    """Name the ways in, make new ones, close them: each correspondent has a secret prefix of its own."""


@prefix.command("add")
@_HOME
@_BYTES
@_CERTIFICATE
@click.argument("name")
def add_prefix(folder: Path, bytes_a_day: int, certificate: Path | None, name: str) -> None:
    """Make a prefix and an enrolment token under a new NAME; prints what `secmsg station relays add` takes, as JSON."""
    _show(keeper.enrol(folder, name, bytes_a_day, _pem(certificate)))


@prefix.command("list")
@_HOME
def list_prefixes(folder: Path) -> None:
    """List id, day, allowance and name. The prefixes themselves are not kept and cannot be shown again."""
    for each in keeper.prefixes(folder):
        day = datetime.fromtimestamp(each.since_day * DAY_S, UTC)
        click.echo(f"{each.id}  {day:%Y-%m-%d}  {each.bytes_a_day:>14}  {each.name}".rstrip())


@prefix.command("revoke")
@_HOME
@click.argument("name")
def revoke_prefix(folder: Path, name: str) -> None:
    """Close the way in that has this NAME or id, and its enrolment token; what lies in mailboxes stays."""
    keeper.revoke(folder, name)
    click.echo(f"revoked {name}")


@relay.command()
@_HOME
def certificate(folder: Path) -> None:
    """Make a new TLS key and certificate for a relay that does not serve; every station needs a new access then."""
    click.echo(f"fingerprint {keeper.renew(folder).hex()}")


@relay.command()
@_HOME
@click.argument("settings", nargs=-1, metavar="[NAME=VALUE]...")
def quota(folder: Path, settings: tuple[str, ...]) -> None:
    """Set quotas and print all of them, as JSON; a serving relay follows within half a minute."""
    wished: dict[str, int] = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        if name not in {each.name for each in fields(Quota)} or not (value.isascii() and value.isdigit()):
            raise click.BadParameter(f"{setting}: NAME=VALUE, where NAME is one that this command prints")
        wished[name] = int(value)
    click.echo(json.dumps(asdict(keeper.quota(folder, wished))))


@relay.command()
@_HOME
@click.argument("target", type=click.Path(path_type=Path))
def backup(folder: Path, target: Path) -> None:
    """Copy a relay into a new folder TARGET while it serves, and check the copy. It holds the relay's TLS key."""
    _report(keeper.backup(folder, target))


@relay.command()
@_HOME
@click.argument("source", type=click.Path(exists=True, file_okay=False, path_type=Path))
def restore(folder: Path, source: Path) -> None:
    """Put a copy back into an empty folder; refuses over anything that is there."""
    _report(keeper.restore(folder, source))


@relay.command()
@_HOME
def check(folder: Path) -> None:
    """Read everything: the database, its counts, its blobs; beside a serving relay too."""
    found = keeper.check(folder)
    if found.problems:
        raise StoreDamaged(f"the relay's folder is damaged: {'; '.join(found.problems)}")
    _report(found)


@relay.command()
@_HOME
@click.option("--number", type=click.IntRange(1, 4_294_967_295), help="Default: the edition's own number.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def publish(folder: Path, number: int | None, file: Path) -> None:
    """Append an edition's segment to the directory feed."""
    segment = files.read(file, MAX_SEGMENT)
    try:
        published = keeper.publish(folder, segment, number)
    except FormatError:
        raise FormatError(f"{file} is no edition: `secmsg authority edition --out FOLDER` writes them") from None
    click.echo(f"edition {published}")


@relay.command()
@_HOME
def stats(folder: Path) -> None:
    """Print how much the relay holds, as JSON: counts only."""
    click.echo(json.dumps(asdict(keeper.counts(folder))))


def _show(enrolment: Enrolment) -> None:
    click.echo(
        json.dumps(
            {
                "relay_id": enrolment.relay_id.hex(),
                "base_url": enrolment.base_url,
                "prefix": enrolment.prefix,
                "fingerprint": enrolment.fingerprint.hex(),
                "enrol_token": enrolment.enrol_token.hex(),
            }
        )
    )


def _report(found: Health) -> None:
    click.echo(f"sound: {found.messages} messages, {found.blobs} blobs, {found.orphans} files without a row")
