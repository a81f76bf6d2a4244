"""`secmsg kit` on the road: how a kit stands, its cables, a search, one cable, prints, enclosures, additions.

Each command that shows anything is an opening and counts as one; `status` shows no cable and counts nothing.
"""

import importlib.util
import subprocess
from pathlib import Path

import click

from secmsg import program
from secmsg.commands import cables as showing
from secmsg.commands import files
from secmsg.commands.asking import json_option, old_unlock
from secmsg.commands.ground import policy
from secmsg.commands.kit_options import (
    check_kit,
    every_row,
    find,
    folder_argument,
    kit_passphrase_option,
    opened_kit,
    say_standing,
)
from secmsg.commands.listing import show_rows
from secmsg.commands.printing import print_json, word
from secmsg.errors import NotFound
from secmsg.station import kit_opening
from secmsg.wire.kit_drop import MAX_FILE


@click.command("open")
@folder_argument
def open_(*, folder: Path) -> int:
    """Open the kit in FOLDER in the window, to read (`python -m ui --home FOLDER`)."""
    check_kit(folder)
    if importlib.util.find_spec("ui") is None:
        raise NotFound("the windows are not part of this installation: `secmsg kit cables` and `secmsg kit show` read")
    return subprocess.run(program.again("ui", "--home", str(folder)), check=False).returncode  # noqa: S603 - our own module


@click.command()
@kit_passphrase_option
@json_option
@folder_argument
def status(*, passphrase_file: Path | None, as_json: bool, folder: Path) -> None:
    """Say what the permit of the kit in FOLDER allows and what is used of it; nothing is counted."""
    check_kit(folder)
    standing, verdict = kit_opening.look(folder, old_unlock(passphrase_file), policy())
    if as_json:
        print_json({"standing": standing, "verdict": verdict})
        return
    say_standing(standing)
    click.echo(f"{'now':11}{word(verdict)}")


@click.command()
@kit_passphrase_option
@json_option
@folder_argument
def cables(*, passphrase_file: Path | None, as_json: bool, folder: Path) -> None:
    """List the cables of the kit in FOLDER."""
    with opened_kit(folder, passphrase_file) as station:
        rows = every_row(station)
    if as_json:
        print_json(rows)
    else:
        show_rows(rows, "no cable")


@click.command()
@kit_passphrase_option
@json_option
@folder_argument
@click.argument("words", nargs=-1, required=True)
def search(*, passphrase_file: Path | None, as_json: bool, folder: Path, words: tuple[str, ...]) -> None:
    """Find cables of the kit in FOLDER that hold every word, with or without tone marks."""
    with opened_kit(folder, passphrase_file) as station:
        found = station.search(" ".join(words))
    if as_json:
        print_json(found)
    else:
        show_rows(found.rows, f"none of {found.searched} cables")


@click.command()
@kit_passphrase_option
@json_option
@folder_argument
@click.argument("cable")
def show(*, passphrase_file: Path | None, as_json: bool, folder: Path, cable: str) -> None:
    """Show a CABLE of the kit in FOLDER, by its number or id; it counts as read."""
    with opened_kit(folder, passphrase_file) as station:
        found = find(station, cable)
        station.mark_read(found)
        view = station.read(found)
    if as_json:
        print_json(view)
    else:
        showing.print_view(view)


@click.command("print")
@kit_passphrase_option
@folder_argument
@click.argument("cable")
@click.argument("target", type=click.Path(path_type=Path))
def print_(*, passphrase_file: Path | None, folder: Path, cable: str, target: Path) -> None:
    """Print a CABLE of the kit in FOLDER to a PDF that bears its number; the print is handed back on return."""
    with opened_kit(folder, passphrase_file) as station:
        path = station.export_text(find(station, cable), target)
        left = station.status().kit
    click.echo(f"print  {path}: it is counted and comes back with the kit")
    if left is not None:
        click.echo(f"left   {left.permit.prints - left.use.prints} prints")


@click.command()
@kit_passphrase_option
@folder_argument
@click.argument("cable")
@click.argument("annex", type=click.IntRange(1))
@click.argument("target", type=click.Path(path_type=Path))
def export(*, passphrase_file: Path | None, folder: Path, cable: str, annex: int, target: Path) -> None:
    """Write enclosure ANNEX (from 1) of a CABLE out of the kit in FOLDER, where its permit allows it; it is counted."""
    with opened_kit(folder, passphrase_file) as station:
        path = station.export(find(station, cable), annex - 1, target)
    click.echo(f"written  {path}: what is outside is no longer protected by the kit")


@click.command()
@kit_passphrase_option
@folder_argument
@click.argument("file", type=click.Path(path_type=Path))
def take(*, passphrase_file: Path | None, folder: Path, file: Path) -> None:
    """Take an addition FILE into the kit in FOLDER; one that prolongs its permit also when that has ended."""
    check_kit(folder)
    data = files.read(file, MAX_FILE)
    number = kit_opening.take(folder, old_unlock(passphrase_file), data, policy())
    click.echo(f"addition {number} is taken" if number else "this addition was taken before; nothing has changed")
