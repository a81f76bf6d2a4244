"""`secmsg kit list`, `drop`, `again`, `prolong`, `finish` and `give-up`: kits as their post has them."""

from pathlib import Path

import click

from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.choices import Moment
from secmsg.commands.kit_options import folder_argument, number_argument
from secmsg.commands.listing import find_cable
from secmsg.commands.printing import moment, print_json, print_table, word
from secmsg.office import kits
from secmsg.station.kit_views import KitRow
from secmsg.wire import kit_drop

_HEADS = ("kit", "state", "bearer", "degree", "until", "cables", "additions", "ledger", "note")
_out_option = click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="The file to make, or a folder for it."
)


@click.command("list")
@home_option
@way_options
@json_option
def listing(*, home: Path, way: Way, as_json: bool) -> None:
    """List the kits of this post, the newest first."""
    with opened_station(home, way) as station:
        rows = station.kits.listed()
    if as_json:
        print_json(rows)
        return
    print_table(
        _HEADS,
        (
            (
                f"{row.number}", f"{word(row.state)}{_more(row)}", row.permit.bearer,
                word(row.permit.degree), moment(row.permit.until), f"{row.cables}", f"{row.additions}",
                "-" if row.item is None else f"{row.item}", row.noted,
            )
            for row in rows
        ),
        "no kit was made",
    )  # fmt: skip


def _more(row: KitRow) -> str:
    if row.ending:
        return ", KEYS NOT NOTED AS DESTROYED (`secmsg kit end`)"
    return ", ENDED" if row.expired else ""


@click.command()
@home_option
@way_options
@_out_option
@click.option("--cable", "cables", multiple=True, required=True, help="A cable by its number or id; repeat for more.")
@number_argument
def drop(*, home: Path, way: Way, out: Path, cables: tuple[str, ...], number: int) -> None:
    """Make the next addition to kit NUMBER: a file that only this kit opens, for any way that carries a file.

    The bearer puts it into the folder `additions` of the kit, or takes it with `secmsg kit take`.
    """
    with opened_station(home, way) as station:
        chosen = tuple(find_cable(station, each).cable_id for each in cables)
        path = station.kits.add(number, chosen, out)
    click.echo(f"addition  {path}: {len(chosen)} cables; it is taken once, in order")


@click.command()
@home_option
@way_options
@_out_option
@number_argument
@click.argument("addition", type=click.IntRange(1, kit_drop.MAX_NUMBER))
def again(*, home: Path, way: Way, out: Path, number: int, addition: int) -> None:
    """Write ADDITION of kit NUMBER once more, because its file was lost before the kit had it.

    The kit takes the later additions only after it. One that has taken it takes nothing of this one.
    """
    with opened_station(home, way) as station:
        path = station.kits.write_again(number, addition, out)
    click.echo(f"addition  {path}: the same once more; it is taken once, in order")


@click.command()
@home_option
@way_options
@_out_option
@click.option("--until", type=Moment(), required=True)
@click.option("--openings", type=click.IntRange(0, kits.MAX_OPENINGS), default=0, help="So many more than before.")
@click.option("--minutes", type=click.IntRange(0, kits.MAX_MINUTES), default=0, help="So many more than before.")
@click.option(
    "--wrong-clock",
    is_flag=True,
    help="The bearer says that the kit once saw an hour that was not yet: it forgets every hour after the present one.",
)
@number_argument
def prolong(
    *, home: Path, way: Way, out: Path, until: int, openings: int, minutes: int, wrong_clock: bool, number: int
) -> None:
    """Prolong the permit of kit NUMBER by a file for it; with --wrong-clock also the way back after a wrong clock."""
    with opened_station(home, way) as station:
        path = station.kits.prolong(
            number, out, until=until, openings=openings, minutes=minutes, wrong_clock=wrong_clock
        )
    click.echo(f"addition  {path}: kit {number} can be read until {moment(until)} once it has taken it")


@click.command()
@home_option
@way_options
@number_argument
@folder_argument
def finish(*, home: Path, way: Way, number: int, folder: Path) -> None:
    """Issue kit NUMBER, whose making was stopped after its FOLDER was whole."""
    with opened_station(home, way) as station:
        station.kits.finish(number, folder)
    click.echo(f"kit {number} is whole and issued")


@click.command("give-up")
@home_option
@way_options
@number_argument
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
def give_up(*, home: Path, way: Way, number: int, folder: Path | None) -> None:
    """Note that the making of kit NUMBER did not end; the keys of what lies in FOLDER are destroyed."""
    with opened_station(home, way) as station:
        station.kits.give_up(number, folder)
    click.echo(f"kit {number} is given up")
