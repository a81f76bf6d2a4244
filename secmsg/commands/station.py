"""`secmsg station`: a new profile, its request to headquarters, the kit that answers, and how it stands."""

from pathlib import Path

import click

from secmsg.commands import files, renewing
from secmsg.commands import session as sessions
from secmsg.commands.asking import (
    Way,
    home_option,
    json_option,
    new_unlock,
    opened_station,
    passphrase_option,
    way_options,
)
from secmsg.commands.choices import OneOf
from secmsg.commands.covers import cover
from secmsg.commands.ground import policy
from secmsg.commands.portable import portable
from secmsg.commands.printing import moment, not_listed, print_json, word
from secmsg.commands.relays import relays
from secmsg.commands.reopening import reopen, retire
from secmsg.commands.revoking import revoke
from secmsg.commands.setting_up import setup
from secmsg.commands.sheet import sheet as sheet_commands
from secmsg.ids import StationId
from secmsg.station import enrol
from secmsg.station.enrol import Proposal
from secmsg.station.passphrases import Kind
from secmsg.station.views import StationStatus
from secmsg.wire.certificate import Role
from secmsg.wire.enrolment import MAX_KIT

MAX_CODE_FILE = 4096
MAX_NUMBER = 65_535


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
@click.option("--request", type=renewing.new_file, required=True, help="The file to make for headquarters.")
@click.option(
    "--sheet", type=renewing.new_file, required=True, help="The recovery sheet to make: print it and erase the file."
)
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
        write_sheet(renewing.sheet_bytes(sheet, made.sheet_text, made.sheet_pdf))
        write_request(made.request)
    click.echo(f"request      {request}")
    click.echo(f"fingerprint  {made.fingerprint}")
    click.echo(f"sheet        {sheet} (opens the store: print it, seal it, erase the file)")
    click.echo("next         read it back from the paper: `secmsg station sheet check`; no cable goes before")
    click.echo(f"keyring      {'a key half is kept there' if made.bound else 'none: the passphrase stands alone'}")


@station.command()
@home_option
@way_options
@click.option(
    "--code-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read the activation code from this file instead of asking for it.",
)
@click.argument("kit", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def join(*, home: Path, way: Way, code_file: Path | None, kit: Path) -> None:
    """Take the kit that headquarters made, with the activation code that came by another way."""
    sealed = files.read(kit, MAX_KIT + MAX_CODE_FILE)
    if code_file is None:
        code = str(click.prompt("Activation code", hide_input=True, err=True))
    else:
        code = files.read_text(code_file, MAX_CODE_FILE)
    with opened_station(home, way) as opened:
        opened.join(sealed, code)
        status = opened.status()
    click.echo(f"joined as station {status.station}, {status.station_name}, edition {status.edition}")


@station.command()
@home_option
@way_options
@json_option
def status(*, home: Path, way: Way, as_json: bool) -> None:
    """Say who this station is, which edition it holds and what waits."""
    with opened_station(home, way) as opened:
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
    if not found.listed:
        click.echo(f"{'notice':10}{not_listed(found)}")
    for each in found.breaks:
        click.echo(f"{'break':10}{sessions.break_words(each)}")
    for notice in found.notices:
        click.echo(f"{'notice':10}{moment(notice.at)}  {word(notice.kind)}  {notice.detail}".rstrip())


station.add_command(setup)
station.add_command(sheet_commands)
station.add_command(portable)
station.add_command(relays)
station.add_command(reopen)
station.add_command(retire)
station.add_command(renewing.passphrase_command(Kind.STATION))
station.add_command(renewing.recover_command(Kind.STATION))
station.add_command(revoke)
station.add_command(cover)
