"""What every command is given: a home, a passphrase that never stands on the command line, and the policy."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from secmsg.commands import files
from secmsg.commands.ground import policy
from secmsg.errors import WrongPassphrase
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import MIN_PASSPHRASE, Unlock, by_passphrase, by_recovery

MAX_PASSPHRASE_FILE = 4096


home_option = click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    envvar="SECMSG_HOME",
    help="The folder of the profile.",
)
passphrase_option = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read the passphrase from the first line of this file instead of asking for it.",
)
sheet_unlock_option = click.option(
    "--by-sheet", is_flag=True, help="Ask for the groups of the recovery sheet instead of the passphrase."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@contextmanager
def opened_station(home: Path, passphrase_file: Path | None = None, *, by_sheet: bool = False) -> Iterator[Station]:
    """Open a profile for the length of a with block; the errors of `open_station`."""
    station = open_station(home, unlock(passphrase_file, by_sheet=by_sheet), policy())
    try:
        yield station
    finally:
        station.close()


def unlock(passphrase_file: Path | None, *, by_sheet: bool = False) -> Unlock:
    """Take what opens a store: a passphrase, or the groups of the recovery sheet."""
    if by_sheet:
        return by_recovery(str(click.prompt("Groups of the recovery sheet", hide_input=True, err=True)))
    return by_passphrase(_passphrase(passphrase_file, "Passphrase"))


def new_unlock(passphrase_file: Path | None) -> Unlock:
    """Take a new store's passphrase, twice when it is typed; WrongPassphrase when too short or unequal."""
    text = _passphrase(passphrase_file, "New passphrase")
    if len(text) < MIN_PASSPHRASE:
        raise WrongPassphrase(f"a passphrase has at least {MIN_PASSPHRASE} characters")
    if passphrase_file is None and _passphrase(None, "Once more") != text:
        raise WrongPassphrase("the two passphrases differ")
    return by_passphrase(text)


def _passphrase(path: Path | None, prompt: str) -> str:
    if path is None:
        return str(click.prompt(prompt, hide_input=True, err=True))
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        click.echo(f"secmsg: {path} can be read by others: chmod 600 it", err=True)
    return files.first_line(path, MAX_PASSPHRASE_FILE)
