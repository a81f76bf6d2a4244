"""`secmsg transfer`: attachments on their way, paused and let go on."""

from pathlib import Path

import click

from secmsg.commands.asking import Way, home_option, opened_station, way_options
from secmsg.commands.listing import find_cable

_Annex = click.IntRange(1, 64)


@click.group()
def transfer() -> None:
    """Attachments that are being sent or fetched."""


@transfer.command()
@home_option
@way_options
@click.option("--annex", type=_Annex, help="Only this annex, counted from 1.")
@click.argument("cable")
def pause(*, home: Path, way: Way, annex: int | None, cable: str) -> None:
    """Let a cable's attachments rest until `transfer resume`; what was carried stays carried.

    A cable of one's own leaves only when its attachments are at a relay, so it waits with them.
    """
    with opened_station(home, way) as station:
        row = find_cable(station, cable)
        station.pause_transfer(row.cable_id, None if annex is None else annex - 1)
    click.echo(f"paused {row.mrn}")


@transfer.command()
@home_option
@way_options
@click.option("--annex", type=_Annex, help="Only this annex, counted from 1.")
@click.argument("cable")
def resume(*, home: Path, way: Way, annex: int | None, cable: str) -> None:
    """Go on with paused attachments from the last byte that the other side has acknowledged."""
    with opened_station(home, way) as station:
        row = find_cable(station, cable)
        station.resume_transfer(row.cable_id, None if annex is None else annex - 1)
    click.echo(f"resumed {row.mrn}")
