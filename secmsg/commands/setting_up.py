"""`secmsg station setup`: from an empty folder to a test cable and its receipt; it goes on from any stop."""

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

import click

from secmsg.commands import files, renewing
from secmsg.commands.asking import home_option, new_unlock, old_unlock, passphrase_option
from secmsg.commands.choices import OneOf
from secmsg.commands.ground import policy
from secmsg.commands.printing import print_table
from secmsg.errors import EnrolmentError, FormatError, LinkError
from secmsg.ids import StationId
from secmsg.station import carrying, enrol, first_files, opening, pictures, portable, pouch_reading, suggesting
from secmsg.station.channel_test import Reach, Tested
from secmsg.station.enrol import Proposal
from secmsg.station.first_sheet import FirstSheet
from secmsg.station.setting_up import Compared, Proof, SetUp
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import Unlock, by_recovery
from secmsg.wire.certificate import Role
from secmsg.wire.enrolment import MAX_KIT

MAX_NUMBER = 65_535
MAX_TYPED_FILE = 4096
PAUSE_S = 1.0
TRIES = 3

_there = click.Path(path_type=Path, exists=True, dir_okay=False)


@dataclass(frozen=True, slots=True)
class _Given:
    """What the command line says; None and empty is asked for when its turn comes."""

    number: int | None
    name: str
    place: str
    officer: str
    title: str
    role: Role
    request: Path | None
    sheet: Path | None
    typed_file: Path | None
    sheet_place: str
    same: bool | None
    kit: Path | None
    code_file: Path | None
    pouch: Path | None
    portable: bool
    wait: int


@click.command()
@home_option
@passphrase_option
@click.option("--number", type=click.IntRange(1, MAX_NUMBER), help="The station's number.")
@click.option("--name", default="", help="The station's name, for the recovery sheet.")
@click.option("--place", default="", help="Where it is, for the recovery sheet.")
@click.option("--officer", default="", help="Who signs at this machine.")
@click.option("--title", default="", help="The officer's title.")
@click.option("--role", type=OneOf(*Role), default=Role.STATION)
@click.option("--request", type=renewing.new_file, help="Write the request for headquarters there.")
@click.option("--sheet", type=renewing.new_file, help="Write the recovery sheet there (PDF by its ending).")
@click.option(
    "--typed-file", type=_there, help="All groups of the sheet, typed into this file: it is proven by opening."
)
@click.option("--sheet-place", default="", help="Where the sealed sheet lies, for the ledger.")
@click.option("--same/--different", default=None, help="What headquarters said of the fingerprint, by voice.")
@click.option("--kit", type=_there, help="The kit of headquarters.")
@click.option("--code-file", type=_there, help="The activation code, as text or as a picture of its QR code.")
@click.option("--pouch", type=_there, help="The pouch that came beside the kit: no handshake needs the line then.")
@click.option("--portable", is_flag=True, help="The folder lies on a stick: no keyring, a strong passphrase.")
@click.option("--wait", type=click.IntRange(0, 3600), default=120, show_default=True, help="Seconds for the receipt.")
def setup(*, home: Path, passphrase_file: Path | None, **options: object) -> None:
    """Set a station up: store, recovery sheet, request, fingerprint, kit, channels, test cable.

    It may be stopped anywhere and called again: it goes on where it was, and asks for what is not given.
    """
    given = _Given(**options)  # type: ignore[arg-type]  # click has checked each
    unlock = _made(home, passphrase_file, given) if not opening.is_there(home) else old_unlock(passphrase_file)
    station = open_station(home, unlock, policy())
    try:
        _go_on(station, unlock, given)
    finally:
        station.close()


def _made(home: Path, passphrase_file: Path | None, given: _Given) -> Unlock:
    """Make the store."""
    proposal = Proposal(
        StationId(given.number or int(click.prompt("Station number", type=click.IntRange(1, MAX_NUMBER), err=True))),
        given.officer or _asked("Officer"),
        given.title or _asked("Title"),
        given.name or _asked("Name of the station"),
        given.place,
        given.role,
    )
    if passphrase_file is None:
        drawn = suggesting.suggest(suggesting.ALONE_WORDS if given.portable else suggesting.STATION_WORDS)
        click.echo(f"suggested    {drawn.text}", err=True)
        click.echo(
            f"             drawn by chance, {drawn.bits:.0f} bits; another of 12 characters or more may be typed"
        )
    unlock = new_unlock(passphrase_file)
    if given.portable:
        opening.check_strength(unlock)
        portable.begin(home)
    made = enrol.initialise(home, unlock, proposal, policy())
    click.echo(f"store        made in {home}")
    click.echo(f"keyring      {'a key half is kept there' if made.bound else 'none: the passphrase stands alone'}")
    return unlock


def _asked(what: str) -> str:
    return str(click.prompt(what, err=True)).strip()


def _go_on(station: Station, unlock: Unlock, given: _Given) -> None:
    """Go on from wherever the store stands, as far as what is given reaches."""
    stands = station.setup.standing()
    if not stands.begun:
        raise EnrolmentError("this station was set up already: `secmsg station status` says how it stands")
    if not stands.sheet_checked and not _sheet(station, unlock, given):
        return
    click.echo("sheet        checked: seal it and put it into the safe")
    if not stands.joined:
        if not _introduced(station, stands, given):
            return
        if given.kit is None:
            click.echo("next         when kit and activation code are here: the same command with --kit")
            return
        station.setup.join(files.read(given.kit, MAX_KIT + MAX_TYPED_FILE), _code(given.code_file))
    status = station.status()
    click.echo(f"joined       station {status.station}, {status.station_name}, edition {status.edition}")
    if given.pouch is not None:
        _read_pouch(station, given.pouch)
    if not _channels(station.setup.test_channels()):
        click.echo("next         no relay can be used: call its keeper, then the same command")
        return
    station.setup.send_test()
    _tell(station, _walk(station, given.wait))


# --- the recovery sheet ----------------------------------------------------------------------------------------------


def _sheet(station: Station, unlock: Unlock, given: _Given) -> bool:
    """Bring the recovery sheet to paper and read it back; whether that was done."""
    if given.typed_file is not None:
        typed = by_recovery(files.read_text(given.typed_file, MAX_TYPED_FILE))
        station.setup.prove_sheet(typed, given.sheet_place)
        return True
    if given.sheet is None:
        sheet = station.setup.make_sheet(unlock)
        click.echo("sheet        write these groups on paper by hand, with their places:", err=True)
        for at in range(0, len(sheet.groups), 4):
            four = "  ".join(f"{at + n + 1:2}. {group}" for n, group in enumerate(sheet.groups[at : at + 4]))
            click.echo(f"             {four}", err=True)
    else:
        with files.making(given.sheet) as write:
            sheet = station.setup.make_sheet(unlock)
            write(renewing.sheet_bytes(given.sheet, sheet.paper.text, sheet.paper.pdf))
        click.echo(f"sheet        {given.sheet} (opens the store: print it, erase the file)")
    if not sys.stdin.isatty():
        click.echo("next         type all groups of the sheet into a file: the same command with --typed-file")
        return False
    _read_back(station, sheet, given.sheet_place or _asked("Where will the sealed sheet lie"))
    return True


def _read_back(station: Station, sheet: FirstSheet, where: str) -> None:
    asked = ", ".join(str(place) for place in sheet.asked)
    for left in range(TRIES, 0, -1):
        try:
            typed = str(click.prompt(f"Groups {asked}, read from the paper", hide_input=True, err=True))
            station.setup.check_sheet(sheet, typed, where)
        except FormatError as error:
            if left == 1:
                raise
            click.echo(f"             {error}", err=True)
        else:
            return


# --- request, fingerprint, code --------------------------------------------------------------------------------------


def _introduced(station: Station, stands: SetUp, given: _Given) -> bool:
    """Write the request and have its fingerprint compared; whether headquarters and the officer read the same."""
    if given.request is not None and not _is_written(given.request, station.request()):
        files.make(given.request, station.request())
        click.echo(f"request      {given.request}: send it to headquarters")
    click.echo(f"fingerprint  {stands.fingerprint}")
    same = given.same
    if same is None and stands.compared is Compared.SAME:
        return True
    if same is None and given.kit is not None:
        same = click.confirm("Does headquarters read the same groups from the request it has?", err=True)
    if same is None:
        click.echo("next         compare these groups with headquarters by voice, then the same command with --same")
        return False
    station.setup.compare(same=same)
    if same:
        return True
    raise EnrolmentError(
        "headquarters reads another fingerprint: the request was exchanged on the way, or is an older one. Take no "
        "kit; carry the request anew by another way and compare again"
    )


def _is_written(path: Path, request: bytes) -> bool:
    """Say whether an earlier run has written the request there."""
    return path.is_file() and path.stat().st_size == len(request) and path.read_bytes() == request


def _code(path: Path | None) -> str:
    if path is None:
        return str(click.prompt("Activation code", hide_input=True, err=True))
    return first_files.code_in(files.read(path, pictures.MAX_SIZE))


def _read_pouch(station: Station, pouch: Path) -> None:
    found = pouch_reading.read(
        lambda step: step(station.desk),
        pouch,
        on_event=lambda _: None,
        progress=lambda _done, _total: None,
        cancelled=lambda: False,
    )
    click.echo(f"pouch        {found.cause.value}")


# --- channels and the test cable -------------------------------------------------------------------------------------


def _channels(tested: tuple[Tested, ...]) -> bool:
    """Print what was found; whether any relay can be used."""
    print_table(("relay", "test", "round trip", "clock"), map(_line, tested), "no relay is in use")
    return any(each.reach is Reach.OPEN for each in tested)


def _line(found: Tested) -> tuple[str, str, str, str]:
    trip = "" if found.round_trip_s is None else f"{found.round_trip_s:.2f} s"
    clock = "" if found.clock_offset_s is None else f"{found.clock_offset_s:+d} s{' SET IT' if found.clock_off else ''}"
    return found.name, f"{found.reach.value} {found.detail}".strip(), trip, clock


def _walk(station: Station, wait: int) -> Proof:
    """Carry until the test cable's receipt is here or the time is over."""
    until = time.monotonic() + wait
    while True:
        try:
            carrying.carry(station)
        except LinkError as error:
            click.echo(f"             {error}", err=True)
        proven = station.setup.standing().proof or Proof.HERE
        if proven is Proof.WHOLE or time.monotonic() >= until:
            return proven
        time.sleep(PAUSE_S)


def _tell(station: Station, proven: Proof) -> None:
    click.echo(f"test cable   {proven.value}: {said(proven)}")
    if proven is Proof.WHOLE:
        station.setup.finish()
        click.echo("set-up       finished")
    else:
        click.echo(
            "next         nothing is lost and nothing need be done again: `secmsg sync`, or the same command later"
        )


def said(proven: Proof) -> str:
    """Say how far the test cable's way is proven."""
    match proven:
        case Proof.WAITING_KEYS:
            return "headquarters' keys are not at the relay yet; it leaves when they are"
        case Proof.HERE:
            return "it lies here, sealed; no relay has taken it yet"
        case Proof.UNKNOWN:
            return "contact broke after sending: it may or may not have arrived"
        case Proof.RELAY_HOLDS:
            return "line and relay work; headquarters' machine has not answered yet"
        case Proof.ARRIVED:
            return "headquarters' machine has it and has not opened it yet"
        case Proof.WHOLE:
            return "headquarters' machine has opened it, and its signed receipt is here"
        case _:
            assert_never(proven)
