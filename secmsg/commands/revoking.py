"""`secmsg station revoke`: headquarters says that a machine is lost."""

from pathlib import Path

import click

from secmsg.commands.asking import Way, home_option, opened_station, way_options
from secmsg.commands.choices import OneOf
from secmsg.ids import DeviceId
from secmsg.wire.revocation import RevocationReason

MAX_NUMBER = 65_535


@click.command()
@home_option
@way_options
@click.option("--reason", type=OneOf(*RevocationReason), default=RevocationReason.LOST, show_default="lost")
@click.argument("machine", type=click.IntRange(1, MAX_NUMBER))
def revoke(*, home: Path, way: Way, reason: RevocationReason, machine: int) -> None:
    """Tell all stations, as headquarters, that a machine is lost: nothing more goes there until the next edition.

    `--reason lifted` takes that back. `secmsg authority dismiss --machine` makes the edition that decides.
    """
    with opened_station(home, way) as opened:
        notice = opened.revoke(DeviceId(machine), reason)
    what = "is written to again" if reason is RevocationReason.LIFTED else "gets nothing more"
    click.echo(f"machine {machine} {what} until edition {notice.edition} (`secmsg sync` carries the notice)")
