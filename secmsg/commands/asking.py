"""What every command is given: a home, what opens it and never stands on the command line, and the policy."""

import functools
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from secmsg.commands import files
from secmsg.commands.ground import policy
from secmsg.errors import NotFound, WrongPassphrase
from secmsg.station import opening
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import MIN_PASSPHRASE, Unlock, by_passphrase, by_recovery, by_share

R = TypeVar("R")
MAX_PASSPHRASE_FILE = 4096
_secret_file = click.Path(path_type=Path, exists=True, dir_okay=False)

home_option = click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    envvar="SECMSG_HOME",
    help="The folder of the profile.",
)
passphrase_option = click.option(
    "--passphrase-file",
    type=_secret_file,
    help="Read the passphrase from the first line of this file instead of asking for it.",
)
new_passphrase_option = click.option(
    "--new-passphrase-file",
    type=_secret_file,
    help="Read the new passphrase from the first line of this file instead of asking for it.",
)
groups_option = click.option(
    "--groups-file",
    type=_secret_file,
    help="Read the groups of the recovery sheet from this file instead of asking for them.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_sheet_option = click.option(
    "--by-sheet", is_flag=True, help="Ask for the groups of the recovery sheet instead of the passphrase."
)


_share_option = click.option(
    "--by-share", is_flag=True, help="Ask for the groups of the head of mission's share and the PIN instead."
)
pin_option = click.option(
    "--pin-file", type=_secret_file, help="Read the PIN from the first line of this file instead of asking for it."
)
new_pin_option = click.option(
    "--new-pin-file", type=_secret_file, help="Read the new PIN from the first line of this file instead of asking."
)


def second_unlock_options(command: Callable[..., R]) -> Callable[..., R]:
    """Give a command the ways in which a second person proves to be one."""
    for option in (
        click.option("--second-pin-file", type=_secret_file, help="Read the second person's PIN from this file."),
        click.option(
            "--second-share-file", type=_secret_file, help="Read the groups of the second person's share there."
        ),
        click.option(
            "--second-passphrase-file",
            type=_secret_file,
            help="Read the second person's passphrase from this file instead of asking for it.",
        ),
    ):
        command = option(command)
    return command


def second_unlock(passphrase_file: Path | None, share_file: Path | None, pin_file: Path | None) -> Unlock:
    """Ask the second person, or read what that person gives."""
    if share_file is not None or pin_file is not None:
        return share_unlock(share_file, pin_file)
    return by_passphrase(_passphrase(passphrase_file, "Second person's passphrase"))


def share_unlock(groups_file: Path | None, pin_file: Path | None) -> Unlock:
    """Take the groups of a head of mission's share and the PIN; FormatError names a wrong group."""
    if groups_file is None:
        groups = str(click.prompt("Groups of the share", hide_input=True, err=True))
    else:
        groups = _secret_text(groups_file, files.read_text)
    return by_share(groups, pin(pin_file, new=False))


def pin(path: Path | None, *, new: bool) -> str:
    """Take a PIN, twice when a new one is typed; WrongPassphrase when the two differ."""
    if path is not None:
        return _secret_text(path, files.first_line).strip()
    typed = str(click.prompt("New PIN" if new else "PIN", hide_input=True, err=True))
    if new and str(click.prompt("Once more", hide_input=True, err=True)) != typed:
        raise WrongPassphrase("the two PINs differ")
    return typed


@dataclass(frozen=True, slots=True)
class Way:
    """How the caller wants to open a store: by a passphrase or by the sheet, asked for or read from a file."""

    passphrase_file: Path | None = None
    by_sheet: bool = False
    groups_file: Path | None = None
    by_share: bool = False
    pin_file: Path | None = None

    def unlock(self) -> Unlock:
        """Ask or read."""
        if self.by_share or self.pin_file is not None:
            if self.passphrase_file is not None or self.by_sheet:
                raise click.UsageError("a passphrase, the recovery sheet and a share exclude each other")
            return share_unlock(self.groups_file, self.pin_file)
        if self.by_sheet or self.groups_file is not None:
            if self.passphrase_file is not None:
                raise click.UsageError("a passphrase and the recovery sheet exclude each other")
            return sheet_unlock(self.groups_file)
        return old_unlock(self.passphrase_file)


def way_options(command: Callable[..., R]) -> Callable[..., R]:
    """Give a command that opens a store its five options, as one argument `way`."""

    @passphrase_option
    @_sheet_option
    @groups_option
    @_share_option
    @pin_option
    @functools.wraps(command)
    def with_way(
        *, passphrase_file: Path | None, by_sheet: bool, groups_file: Path | None, by_share: bool,
        pin_file: Path | None, **given: object,
    ) -> R:  # fmt: skip
        return command(way=Way(passphrase_file, by_sheet, groups_file, by_share, pin_file), **given)

    return with_way


@contextmanager
def opened_station(home: Path, way: Way) -> Iterator[Station]:
    """Open a profile for the length of a with block; the errors of `open_station`."""
    check_store(home)
    station = open_station(home, way.unlock(), policy())
    try:
        yield station
    finally:
        station.close()


def check_store(home: Path, maker: str = "station init") -> None:
    """Say what to do where there is no store, before a passphrase is asked for; NotFound."""
    if not opening.is_there(home):
        raise NotFound(f"there is no store in {home}: `secmsg {maker}` makes one")


def old_unlock(passphrase_file: Path | None) -> Unlock:
    """Take the passphrase that a store has."""
    return by_passphrase(_passphrase(passphrase_file, "Passphrase"))


def sheet_unlock(groups_file: Path | None) -> Unlock:
    """Take the groups of the recovery sheet, on one line when they are typed; FormatError names a wrong one."""
    if groups_file is not None:
        return by_recovery(_secret_text(groups_file, files.read_text))
    return by_recovery(str(click.prompt("Groups of the recovery sheet", hide_input=True, err=True)))


def new_unlock(passphrase_file: Path | None) -> Unlock:
    """Take a new passphrase, twice when it is typed; WrongPassphrase when too short or unequal."""
    text = _passphrase(passphrase_file, "New passphrase")
    if len(text) < MIN_PASSPHRASE:
        raise WrongPassphrase(f"a new passphrase has at least {MIN_PASSPHRASE} characters")
    if passphrase_file is None and _passphrase(None, "Once more") != text:
        raise WrongPassphrase("the two passphrases differ")
    return by_passphrase(text)


def _passphrase(path: Path | None, prompt: str) -> str:
    if path is None:
        return str(click.prompt(prompt, hide_input=True, err=True))
    return _secret_text(path, files.first_line)


def _secret_text(path: Path, read: Callable[[Path, int], str]) -> str:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        click.echo(f"secmsg: {path} can be read by others: chmod 600 it", err=True)
    return read(path, MAX_PASSPHRASE_FILE)
