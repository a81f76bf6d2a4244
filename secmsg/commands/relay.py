"""`secmsg relay`: make a relay, serve it, let a correspondent in, publish an edition, count."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from secmsg.commands import files
from secmsg.errors import FormatError
from secmsg.relay import keeper
from secmsg.wire.directory import MAX_SEGMENT

_HOME = click.option(
    "--home",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The relay's folder.",
)


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
def serve(folder: Path) -> None:
    """Serve until SIGTERM or SIGINT; prints "ready BASE" once it listens."""

    def ready(base_url: str) -> None:
        click.echo(f"ready {base_url}")

    keeper.serve(folder, ready)


@relay.command()
@_HOME
def enrol(folder: Path) -> None:
    """Let one correspondent in: prints as JSON what its kit needs. The prefix and the token are secrets."""
    enrolment = keeper.enrol(folder)
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
