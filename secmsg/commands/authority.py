"""`secmsg authority`: the offline root, the enrolment of stations, the editions for the relays."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from secmsg import digits
from secmsg.commands import files, renewing
from secmsg.commands.access import Access
from secmsg.commands.asking import Way, home_option, json_option, new_unlock, passphrase_option, way_options
from secmsg.commands.choices import OneOf
from secmsg.commands.ground import policy
from secmsg.commands.printing import print_json, print_table
from secmsg.commands.renewing import new_file
from secmsg.commands.station import MAX_NUMBER
from secmsg.errors import NotListed, StoreExists
from secmsg.ids import DeviceId, EditionNumber, PersonId, StationId
from secmsg.station import headquarters
from secmsg.station.headquarters import Headquarters, Seat, open_authority
from secmsg.station.passphrases import Kind
from secmsg.station.relaying import RelayAccess
from secmsg.station.unlock import typed_groups
from secmsg.wire import person_request
from secmsg.wire.cable import Degree
from secmsg.wire.certificate import Role
from secmsg.wire.contents import StationEntry
from secmsg.wire.enrolment import MAX_REQUEST
from secmsg.wire.person_request import Wish

_PUBLISH = "publish it (`secmsg authority edition`, then `secmsg relay publish`)"


@dataclass(frozen=True, slots=True)
class _Granted:
    """What `enrol --json` prints."""

    station: StationId
    device: DeviceId
    person: PersonId
    edition: EditionNumber
    kit: Path
    activation_code: str | None
    code_file: Path | None


@dataclass(frozen=True, slots=True)
class _Edition:
    """What `edition --json` prints."""

    edition: EditionNumber
    stations: tuple[StationEntry, ...]
    dismissed: tuple[StationEntry, ...]
    written: tuple[Path, ...]


@click.group()
def authority() -> None:
    """Run headquarters' authority: it works without a network, takes and gives files."""


@authority.command()
@home_option
@passphrase_option
@click.option("--name", required=True, help="Whose authority it is, for the recovery sheet.")
@click.option("--sheet", type=new_file, required=True, help="The recovery sheet to make: print it and erase the file.")
def create(*, home: Path, passphrase_file: Path | None, name: str, sheet: Path) -> None:
    """Make root and issuer in a new store."""
    with files.making(sheet) as write_sheet:
        founded = headquarters.create_authority(home, new_unlock(passphrase_file), name, policy())
        write_sheet(renewing.sheet_bytes(sheet, founded.sheet_text, founded.sheet_pdf))
    click.echo(f"root   {founded.root_fingerprint}")
    click.echo(f"sheet  {sheet} (opens the store: print it, seal it, erase the file)")


@contextmanager
def _opened(home: Path, way: Way) -> Iterator[Headquarters]:
    """Open an authority's store for the length of a with block; the errors of `open_station`."""
    with open_authority(home, way.unlock(), policy()) as office:
        yield office


@authority.command()
@home_option
@way_options
@json_option
@click.option("--number", type=click.IntRange(1, MAX_NUMBER), required=True, help="The station's number.")
@click.option("--name-vi", required=True)
@click.option("--name-en", required=True)
@click.option("--place", required=True)
@click.option("--timezone", required=True, help='For example "Europe/Paris".')
@click.option("--symbol", required=True, help='The template of its symbols, for example "{number}/DSQ-PARIS".')
@click.option("--cable-name", required=True, help='Its name in cable numbers, for example "PARIS".')
@click.option("--degree", type=OneOf(*Degree), default=Degree.TOP_SECRET, help="The highest degree it may handle.")
@click.option("--role", type=OneOf(*Role), default=Role.STATION)
@click.option("--relay", type=Access(), multiple=True, required=True, help="Repeat for more relays.")
@click.option("--fingerprint", help="The groups that the station reads from its screen, by voice.")
@click.option("--kit", type=new_file, required=True, help="The kit to make.")
@click.option("--code-file", type=new_file, help="Write the activation code there instead of printing it.")
@click.argument("request", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def enrol(
    *,
    home: Path,
    way: Way,
    as_json: bool,
    number: int,
    name_vi: str,
    name_en: str,
    place: str,
    timezone: str,
    symbol: str,
    cable_name: str,
    degree: Degree,
    role: Role,
    relay: tuple[RelayAccess, ...],
    fingerprint: str | None,
    kit: Path,
    code_file: Path | None,
    request: Path,
) -> None:
    """Grant a station's request: a new edition lists it, a kit and an activation code are made for it.

    Kit and code travel by different ways. The request's fingerprint is compared by voice before.
    """
    seat = Seat(StationEntry(StationId(number), name_vi, name_en, place, timezone, symbol, cable_name), degree, role)

    def confirm(groups: str) -> bool:
        if fingerprint is not None:
            return typed_groups(fingerprint, "the fingerprint") == digits.parse_groups(groups)
        click.echo(f"fingerprint  {groups}", err=True)
        return click.confirm("Does the station read the same groups?", err=True)

    asked = files.read(request, MAX_REQUEST)
    with ExitStack() as places:
        # The files have their place before the edition is signed: a kit that finds none could not be made again.
        write_kit = places.enter_context(files.making(kit))
        write_code = None if code_file is None else places.enter_context(files.making(code_file))
        with _opened(home, way) as office:
            enrolled = office.enrol(asked, seat, relay, confirm)
        write_kit(enrolled.kit)
        if write_code is not None:
            write_code(enrolled.activation_code.encode() + b"\n")
    if enrolled.others:
        click.echo(
            f"secmsg: station {enrolled.station} has {enrolled.others + 1} machines now: its first one releases, "
            f"machine {enrolled.device} receives and gets copies",
            err=True,
        )
    shown = enrolled.activation_code if code_file is None else None
    if as_json:
        print_json(
            _Granted(enrolled.station, enrolled.device, enrolled.person, enrolled.edition, kit, shown, code_file)
        )
        return
    click.echo(f"edition  {enrolled.edition} lists station {enrolled.station}: {_PUBLISH}")
    click.echo(f"kit      {kit}")
    click.echo(f"code     {shown or code_file}")


@authority.command()
@home_option
@way_options
@json_option
@click.option("--after", type=click.IntRange(0), default=0, show_default=True, help="Only editions after this one.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Write each edition into this folder.",
)
def edition(*, home: Path, way: Way, as_json: bool, after: int, out: Path | None) -> None:
    """List the newest edition's stations, dismissed ones last, and write editions for `secmsg relay publish`.

    A file that is there already and holds the same bytes is left alone.
    """
    with _opened(home, way) as office:
        number, stations, gone, segments = office.edition, office.stations(), office.dismissed(), office.segments(after)
    written = [] if out is None else [_keep(out / f"edition-{each.number:06}", each.data) for each in segments]
    if as_json:
        print_json(_Edition(number, stations, gone, tuple(written)))
        return
    click.echo(f"edition {number}")
    print_table(
        ("number", "name", "place", "zone", "standing"),
        (
            (str(each.id), each.name_vi, each.place, each.timezone, standing)
            for standing, entries in (("listed", stations), ("dismissed", gone))
            for each in entries
        ),
        "no station is listed",
    )
    for path in written:
        click.echo(f"written {path}")


@authority.command()
@home_option
@way_options
@click.option("--machine", type=click.IntRange(1, MAX_NUMBER), help="Only this machine of the station.")
@click.argument("number", type=click.IntRange(1, MAX_NUMBER))
def dismiss(*, home: Path, way: Way, number: int, machine: int | None) -> None:
    """Take a station's machines and persons off the list, or one machine with its person, in a new edition."""
    with _opened(home, way) as office:
        if machine is None:
            new, gone = office.dismiss(StationId(number)), f"station {number}"
        elif machine not in office.machines(StationId(number)):
            raise NotListed(f"station {number} has no machine {machine}")
        else:
            new, gone = office.dismiss_machine(DeviceId(machine)), f"machine {machine} of station {number}"
    click.echo(f"edition  {new} no longer lists {gone}: {_PUBLISH}")
    click.echo("cover    what was taken off still has the cover root: `secmsg authority cover prepare` replaces it")


@authority.group()
def cover() -> None:
    """Replace the cover root when a machine is taken off: prepare, let headquarters give it, publish."""


@cover.command()
@home_option
@way_options
@click.option("--without", type=click.IntRange(1, MAX_NUMBER), multiple=True, help="A machine that is to be taken off.")
@click.option("--code-file", type=new_file, help="Write the code there instead of printing it.")
@click.argument("file", type=new_file)
def prepare(*, home: Path, way: Way, without: tuple[int, ...], code_file: Path | None, file: Path) -> None:
    """Draw the next cover root and seal it into FILE for headquarters' station (`secmsg station cover give`).

    A second call seals the same root again under a fresh code. File and code travel by different ways.
    """
    with ExitStack() as places:
        write_file = places.enter_context(files.making(file))
        write_code = None if code_file is None else places.enter_context(files.making(code_file))
        with _opened(home, way) as office:
            made = office.prepare_cover(tuple(DeviceId(machine) for machine in without))
        write_file(made.sealed)
        if write_code is not None:
            write_code(made.code.encode() + b"\n")
    click.echo(f"cover    {made.index} for headquarters' station: {file}")
    for machine in made.without:
        click.echo(f"without  machine {machine}, which `secmsg authority cover publish` takes off")
    click.echo(f"code     {made.code if code_file is None else code_file}")


@cover.command()
@home_option
@way_options
def publish(*, home: Path, way: Way) -> None:
    """Make the edition under the next cover root, with new mailboxes for everybody.

    Look before (`secmsg station cover status` at headquarters) who has the root: a machine without it reads no further
    edition until it comes by pouch, or by a new kit.
    """
    with _opened(home, way) as office:
        new = office.publish_cover()
    click.echo(f"edition  {new} stands under the new cover root: {_PUBLISH}")


@authority.command()
@home_option
@way_options
@json_option
@click.option("--fingerprint", help="The groups that the post reads from its screen, by voice.")
@click.argument("request", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def person(*, home: Path, way: Way, as_json: bool, fingerprint: str | None, request: Path) -> None:
    """List a further person of a post, or take one off, as its officer asks: a new edition says so."""

    def confirm(groups: str) -> bool:
        if fingerprint is not None:
            return typed_groups(fingerprint, "the fingerprint") == digits.parse_groups(groups)
        click.echo(f"fingerprint  {groups}", err=True)
        return click.confirm("Does the post read the same groups?", err=True)

    asked = files.read(request, person_request.MAX_REQUEST)
    with _opened(home, way) as office:
        granted = office.grant_person(asked, confirm)
    if as_json:
        print_json(granted)
        return
    done = "lists" if granted.wish is Wish.LIST else "no longer lists"
    who = f"{granted.name}, {granted.title} (person {granted.person})"
    click.echo(f"edition  {granted.edition} {done} {who} for station {granted.station}: {_PUBLISH}")


def _keep(path: Path, data: bytes) -> Path:
    if path.is_file():
        if path.read_bytes() != data:
            raise StoreExists(f"{path} is there already and holds another edition")
        return path
    return files.make(path, data)


authority.add_command(renewing.passphrase_command(Kind.AUTHORITY))
authority.add_command(renewing.recover_command(Kind.AUTHORITY))
