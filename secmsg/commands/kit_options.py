"""Options that several commands of kits share: the post's number of a kit, the folder of one, its passphrase."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from secmsg.commands.asking import old_unlock
from secmsg.commands.ground import policy
from secmsg.commands.printing import moment, word
from secmsg.errors import NotFound
from secmsg.ids import CableId
from secmsg.office.kits import Permit
from secmsg.station import kit_mark, kit_opening
from secmsg.station.kit_views import KitStanding
from secmsg.station.station import Station
from secmsg.station.views import EVERY_CABLE, CableRow, Listing

R = TypeVar("R")
MAX_NUMBER = 99_999

number_argument = click.argument("number", type=click.IntRange(1, MAX_NUMBER))
folder_argument = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
kit_passphrase_option = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read the kit's passphrase from the first line of this file instead of asking for it.",
)


@contextmanager
def opened_kit(folder: Path, passphrase_file: Path | None) -> Iterator[Station]:
    """Open a kit for the length of a with block; the opening counts. The errors of `open_kit`."""
    check_kit(folder)
    station = kit_opening.open_kit(folder, old_unlock(passphrase_file), policy())
    try:
        yield station
    finally:
        station.close()


def check_kit(folder: Path) -> None:
    """Say that there is no kit before a passphrase is asked for; NotFound."""
    if not kit_mark.is_marked(folder):
        raise NotFound(f"there is no delegation kit in {folder}")


def every_row(station: Station) -> tuple[CableRow, ...]:
    """List all cables of a kit, incoming first, the newest first."""
    found: list[CableRow] = []
    for listing in Listing:
        mark = None
        while True:
            page = station.page(listing, EVERY_CABLE, mark)
            found += page.rows
            if page.end is None:
                break
            mark = page.end
    return tuple(found)


def find(station: Station, wanted: str) -> CableId:
    """Find a cable of a kit by its number or the beginning of its id; NotFound."""
    rows = every_row(station)
    found = [row for row in rows if row.mrn == wanted] or [
        row for row in rows if len(wanted) >= 4 and row.cable_id.hex().startswith(wanted.lower())
    ]
    if len(found) != 1:
        raise NotFound(f"{'no' if not found else 'more than one'} cable of the kit is called {wanted!r}")
    return found[0].cable_id


def say_permit(permit: Permit, say: Callable[[str], None] = click.echo) -> None:
    """Print a permit."""
    for head, text in (
        ("kit", f"{permit.number}, {word(permit.degree)}"),
        ("bearer", f"{permit.bearer}, {permit.title}"),
        ("purpose", permit.purpose),
        ("places", permit.places),
        ("measures", permit.measures),
        ("permitted", permit.permitted_by),
        ("from", f"{moment(permit.start)}  until  {moment(permit.until)}"),
        ("at its end", "keys destroyed" if permit.at_expiry.name == "DESTROY" else "refuses; the post can prolong it"),
    ):
        say(f"{head:11}{text}")


def say_standing(standing: KitStanding) -> None:
    """Print how a kit stands."""
    use, permit = standing.use, standing.permit
    say_permit(permit)
    for head, text in (
        ("post", standing.post),
        ("cables", f"{standing.cables}, read only"),
        ("openings", f"{use.openings} of {permit.openings}"),
        ("open", f"{use.used_s // 60} of {permit.minutes} minutes"),
        ("prints", f"{use.prints} of {permit.prints}"),
        ("written out", f"{use.exports}" if permit.exports else "not allowed"),
        ("additions", f"{use.drops}" if permit.drops else "not allowed"),
        ("seen until", moment(use.seen)),
    ):
        click.echo(f"{head:11}{text}")
