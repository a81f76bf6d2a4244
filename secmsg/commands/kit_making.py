"""`secmsg kit make`: a permit, chosen cables, and a folder that opens with a passphrase of its own."""

from pathlib import Path

import click

from secmsg.commands.asking import (
    Way,
    home_option,
    json_option,
    new_unlock,
    opened_station,
    second_unlock,
    second_unlock_options,
    way_options,
)
from secmsg.commands.choices import Moment, OneOf
from secmsg.commands.kit_options import say_permit
from secmsg.commands.listing import find_cable
from secmsg.commands.printing import print_json
from secmsg.errors import NotAllowed
from secmsg.ids import CableId
from secmsg.office import kits
from secmsg.office.kits import AtExpiry
from secmsg.station.kit_views import Terms
from secmsg.station.station import Station
from secmsg.station.views import CableRow
from secmsg.wire.cable import Degree

_folder = click.Path(path_type=Path, file_okay=False)


@click.command()
@home_option
@way_options
@json_option
@click.option("--to", "folder", type=_folder, required=True, help="An empty folder.")
@click.option(
    "--kit-passphrase-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read the kit's own passphrase from the first line of this file instead of asking for it.",
)
@second_unlock_options
@click.option("--cable", "cables", multiple=True, help="A cable by its number or id; repeat for more.")
@click.option("--search", help="Every cable that holds these words.")
@click.option("--since", type=Moment(), help="Every cable released or received from this day on …")
@click.option("--before", type=Moment(), help="… and before this one.")
@click.option("--bearer", required=True)
@click.option("--title", required=True, help="The bearer's post.")
@click.option("--degree", type=OneOf(*Degree), required=True, help="No cable above it goes in.")
@click.option("--purpose", required=True)
@click.option("--places", required=True)
@click.option("--measures", required=True, help="How it is protected on the way.")
@click.option("--permitted-by", required=True)
@click.option("--from", "start", type=Moment(), required=True)
@click.option("--until", type=Moment(), required=True)
@click.option("--openings", type=click.IntRange(1, kits.MAX_OPENINGS), default=99, show_default=True)
@click.option("--minutes", type=click.IntRange(1, kits.MAX_MINUTES), default=2400, show_default=True)
@click.option("--prints", type=click.IntRange(0, kits.MAX_PRINTS), default=0, show_default=True)
@click.option("--allow-export", is_flag=True, help="Enclosures may be written out of the kit.")
@click.option("--allow-drops", is_flag=True, help="Cables may be added on the road.")
@click.option("--destroy-at-expiry", is_flag=True, help="The first start after the end destroys its keys for good.")
def make(
    *,
    home: Path,
    way: Way,
    as_json: bool,
    folder: Path,
    kit_passphrase_file: Path | None,
    second_passphrase_file: Path | None,
    second_share_file: Path | None,
    second_pin_file: Path | None,
    cables: tuple[str, ...],
    search: str | None,
    since: int | None,
    before: int | None,
    bearer: str,
    title: str,
    degree: Degree,
    purpose: str,
    places: str,
    measures: str,
    permitted_by: str,
    start: int,
    until: int,
    openings: int,
    minutes: int,
    prints: int,
    allow_export: bool,
    allow_drops: bool,
    destroy_at_expiry: bool,
) -> None:
    """Seal chosen cables and their enclosures anew into a kit, under a permit, with a passphrase of its own.

    For tuyệt mật a second person of this post gives their own passphrase (or share and PIN) and signs the permit too.

    What cannot be undone on the road: a kit whose permit has ended opens no more until its post prolongs it. A copy of
    the folder that somebody made before shows no more than this one, but it counts by itself.
    """
    terms = Terms(
        bearer, title, degree, purpose, places, measures, permitted_by, start, until, openings, minutes, prints,
        allow_export, allow_drops, AtExpiry.DESTROY if destroy_at_expiry else AtExpiry.REFUSE,
    )  # fmt: skip
    with opened_station(home, way) as station:
        chosen = choose(station, cables, search, since, before)
        given = (second_passphrase_file, second_share_file, second_pin_file)
        second = second_unlock(*given) if degree is Degree.TOP_SECRET or any(given) else None
        row = station.kits.make(terms, chosen, folder, new_unlock(kit_passphrase_file), second=second, watch=_watch)
    if as_json:
        print_json(row)
        return
    say_permit(row.permit)
    click.echo(f"{'made':11}{folder}: {row.cables} cables, ledger item {row.item}")


def _watch(done: int, /) -> bool:
    if done:
        click.echo(f"\r{done >> 20} MiB", err=True, nl=False)
    return True


def choose(
    station: Station, cables: tuple[str, ...], search: str | None, since: int | None, before: int | None
) -> tuple[CableId, ...]:
    """Choose cables by number, by words, by time; NotAllowed when nothing says which, or nothing was found."""
    if not cables and search is None and since is None and before is None:
        raise NotAllowed("say which cables: --cable, --search, or --since and --before")
    found = [find_cable(station, each).cable_id for each in cables]
    if search is not None:
        found += [row.cable_id for row in station.search(search).rows if _within(row, since, before)]
    elif since is not None or before is not None:
        rows = [*(row for row in station.inbox() if isinstance(row, CableRow)), *station.sent()]
        found += [row.cable_id for row in rows if _within(row, since, before)]
    if not found:
        raise NotAllowed("no cable was found to put into the kit")
    return tuple(dict.fromkeys(found))


def _within(row: CableRow, since: int | None, before: int | None) -> bool:
    return (since is None or row.at >= since) and (before is None or row.at < before)
