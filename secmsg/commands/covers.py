"""`secmsg station cover`: headquarters gives the next cover root, and sees who has it."""

from dataclasses import dataclass
from pathlib import Path

import click

from secmsg.commands import files
from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.printing import print_json
from secmsg.ids import DeviceId, StationId
from secmsg.station.covers import CoverStanding

MAX_FILE = 65_536
MAX_CODE_FILE = 4_096


@dataclass(frozen=True, slots=True)
class _Lacking:
    """One machine that has not said that it has the root, as `--json` prints it."""

    station: StationId
    machine: DeviceId


@dataclass(frozen=True, slots=True)
class _Standing:
    """What `status --json` prints."""

    current: int
    next: int | None
    machines: int
    missing: tuple[_Lacking, ...]


@click.group()
def cover() -> None:
    """Give the next cover root to every machine, as headquarters, before the edition that needs it."""


@cover.command()
@home_option
@way_options
@click.option("--code-file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Holds the code.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def give(*, home: Path, way: Way, code_file: Path | None, file: Path) -> None:
    """Take the authority's FILE and send its root to every machine that lacks it (`secmsg sync` carries it).

    Once more for those that still lack it does no harm.
    """
    sealed = files.read(file, MAX_FILE)
    if code_file is None:
        code = str(click.prompt("Code", hide_input=True, err=True))
    else:
        code = files.read(code_file, MAX_CODE_FILE).decode("utf-8", "replace")
    with opened_station(home, way) as station:
        _print(station.give_cover(sealed, code))


@cover.command()
@home_option
@way_options
@json_option
def status(*, home: Path, way: Way, as_json: bool) -> None:
    """Say which machines have not confirmed the next cover root."""
    with opened_station(home, way) as station:
        standing = station.cover_standing()
    if as_json:
        lacking = tuple(_Lacking(*each) for each in standing.missing)
        print_json(_Standing(standing.current, standing.next, standing.machines, lacking))
    else:
        _print(standing)


def _print(standing: CoverStanding) -> None:
    if standing.next is None:
        click.echo(f"cover    {standing.current} in force, no other under way")
        return
    have = standing.machines - len(standing.missing)
    click.echo(f"cover    {standing.next} is at {have} of {standing.machines} machines")
    for station, machine in standing.missing:
        click.echo(f"missing  machine {machine} of station {station}")
    if not standing.missing:
        click.echo("all have it: `secmsg authority cover publish`")
