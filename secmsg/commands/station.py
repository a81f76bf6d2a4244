"""`secmsg station`: a new profile, its request to headquarters, the kit that answers, and how it stands."""

from pathlib import Path

import click

from secmsg.commands import files
from secmsg.commands.asking import (
    home_option,
    json_option,
    new_unlock,
    opened_station,
    passphrase_option,
    sheet_unlock_option,
)
from secmsg.commands.choices import OneOf
from secmsg.commands.ground import policy
from secmsg.commands.printing import moment, print_json, word
from secmsg.ids import StationId
from secmsg.station import enrol
from secmsg.station.enrol import Proposal
from secmsg.station.views import StationStatus
from secmsg.wire.certificate import Role
from secmsg.wire.enrolment import MAX_KIT

MAX_CODE_FILE = 4096
MAX_NUMBER = 65_535

new_file = click.Path(path_type=Path, dir_okay=False)


@click.group()
def station() -> None:
    """Make a station's profile, join it to the directory, and see how it stands."""


@station.command()
@home_option
@passphrase_option
@click.option("--number", type=click.IntRange(1, MAX_NUMBER), required=True, help="The station's number.")
@click.option("--name", required=True, help="The station's name, for the recovery sheet.")
@click.option("--place", default="", help="Where it is, for the recovery sheet.")
@click.option("--officer", required=True, help="Who signs at this machine.")
@click.option("--title", required=True, help="The officer's title.")
@click.option("--role", type=OneOf(*Role), default=Role.STATION)
@click.option("--request", type=new_file, required=True, help="The file to make for headquarters.")
@click.option("--sheet", type=new_file, required=True, help="The recovery sheet to make: print it and erase the file.")
def init(
    *,
    home: Path,
    passphrase_file: Path | None,
    number: int,
    name: str,
    place: str,
    officer: str,
    title: str,
    role: Role,
    request: Path,
    sheet: Path,
) -> None:
    """Make a store with fresh keys, a request for headquarters and a recovery sheet (PDF by its ending)."""
    proposal = Proposal(StationId(number), officer, title, name, place, role)
    # Both files have their place before the store is made: a sheet that finds none would be lost for ever.
    with files.making(request) as write_request, files.making(sheet) as write_sheet:
        made = enrol.initialise(home, new_unlock(passphrase_file), proposal, policy())
        write_sheet(sheet_bytes(sheet, made.sheet_text, made.sheet_pdf))
        write_request(made.request)
    click.echo(f"request      {request}")
    click.echo(f"fingerprint  {made.fingerprint}")
    click.echo(f"sheet        {sheet} (opens the store: print it, seal it, erase the file)")
    click.echo(f"keyring      {'a key half is kept there' if made.bound else 'none: the passphrase stands alone'}")


def sheet_bytes(path: Path, text: str, pdf: bytes) -> bytes:
    """Return a recovery sheet in the form that the file's ending asks for."""
    return pdf if path.suffix.lower() == ".pdf" else text.encode()


@station.command()
@home_option
@passphrase_option
@click.option(
    "--code-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read the activation code from this file instead of asking for it.",
)
@click.argument("kit", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def join(*, home: Path, passphrase_file: Path | None, code_file: Path | None, kit: Path) -> None:
    """Take the kit that headquarters made, with the activation code that came by another way."""
    sealed = files.read(kit, MAX_KIT + MAX_CODE_FILE)
    if code_file is None:
        code = str(click.prompt("Activation code", hide_input=True, err=True))
    else:
        code = files.read_text(code_file, MAX_CODE_FILE)
    with opened_station(home, passphrase_file) as opened:
        opened.join(sealed, code)
        status = opened.status()
    click.echo(f"joined as station {status.station}, {status.station_name}, edition {status.edition}")


@station.command()
@home_option
@passphrase_option
@sheet_unlock_option
@json_option
def status(*, home: Path, passphrase_file: Path | None, by_sheet: bool, as_json: bool) -> None:
    """Say who this station is, which edition it holds and what waits."""
    with opened_station(home, passphrase_file, by_sheet=by_sheet) as opened:
        found = opened.status()
    if as_json:
        print_json(found)
    else:
        _print(found)


def _print(found: StationStatus) -> None:
    if not found.joined:
        click.echo("this station has not joined: send its request to headquarters, then `secmsg station join`")
        return
    for head, text in (
        ("station", f"{found.station}  {found.station_name}  ({found.station_name_en}, {found.place})"),
        ("officer", f"{found.person_name}, {found.person_title}"),
        ("device", f"{found.device}"),
        ("edition", f"{found.edition} of {moment(found.edition_at)}"),
        ("relays", ", ".join(found.relays) or "none"),
        ("unread", f"{found.unread_count}"),
        ("outbox", f"{found.outbox_count}"),
        ("missing", f"{found.gaps}"),
        ("set aside", f"{found.quarantined}"),
        ("prekeys", f"{found.prekeys_left}"),
        ("keyring", word(found.keyring_note)),
    ):
        click.echo(f"{head:10}{text}")
    for notice in found.notices:
        click.echo(f"{'notice':10}{moment(notice.at)}  {word(notice.kind)}  {notice.detail}".rstrip())
