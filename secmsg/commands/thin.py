"""`secmsg thin`: short cables as thin packets, typed, spoken or sent by what carries a few hundred bytes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from secmsg import vietnamese
from secmsg.commands import failures, files
from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.choices import OneOf
from secmsg.commands.listing import find_cable
from secmsg.commands.printing import moment, print_json, print_table
from secmsg.commands.send import MAX_TEXT_BYTES, addressed
from secmsg.errors import SecmsgError, StoreError
from secmsg.office.draft import Draft
from secmsg.station.station import Station
from secmsg.station.thin_views import ThinBearer, ThinFate, ThinPacket, ThinTaken, ThinWear
from secmsg.wire import thin_lines
from secmsg.wire.cable import Degree, Kind, Urgency
from secmsg.wire.fragments import MAX_PARITY

MAX_INPUT = 2**20
DAY_S = 86_400

_Text = click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True)
_Folder = click.Path(path_type=Path, exists=True, file_okay=False, writable=True)

SAID = {
    ThinFate.ENTERED: "entered {mrn} from {station}: NOT SIGNED YET, the signed cable has not come",
    ThinFate.SIGNED_BEFORE: "{mrn} from {station} is here already, signed, and says the same",
    ThinFate.DIFFERS: "{mrn} from {station} is here already, signed, and says SOMETHING ELSE: ask by voice",
    ThinFate.PIECE: "a fragment from {station}: {here} here, {needed} needed",
    ThinFate.DUPLICATE: "here already, nothing changed",
    ThinFate.REFUSED: "from {station}, refused whole ({detail}): ask for a repetition",
    ThinFate.REVOCATION: "{station} speaks of a lost machine: nothing is sent there until an edition decides",
    ThinFate.REPORT: "{station} says what it has",
    ThinFate.NOT_HERE: "from {station}: {detail}, kept as a notice",
}


@click.group()
def thin() -> None:
    """Short cables by satellite, text message, radio or voice, in packets of 60 to 340 bytes."""


@thin.command()
@home_option
@way_options
@json_option
@click.option("--bearer", type=click.Choice([each.value for each in ThinBearer]), required=True)
@click.option("--parity", type=click.IntRange(0, MAX_PARITY), default=1, show_default=True,
              help="Of a cable in fragments: how many may be lost.")  # fmt: skip
@click.option("--out", type=_Folder, help="Write packets as files into this folder instead of lines.")
@click.option("--to", required=True, help="The addressee, by number or name.")
@click.option("--kind", type=OneOf(Kind.CABLE, Kind.TELEGRAM), default=Kind.CABLE)
@click.option("--degree", type=OneOf(*Degree), required=True, help="There is no default.")
@click.option("--basis", default="", help="Mandatory for a secret; it travels with the signed cable.")
@click.option("--urgency", type=OneOf(*Urgency), default=Urgency.ROUTINE)
@click.option("--urgency-reason", default="", help="Mandatory for flash.")
@click.option("--topic", multiple=True, required=True)
@click.option("--subject", default="", help="3 to 200 characters. Others on this machine may see it: --subject-file.")
@click.option("--subject-file", type=_Text, help="The subject is the first line of this file.")
@click.option("--body-file", type=_Text, required=True, help="The text; - reads it from standard input.")
@click.option("--drafter", required=True, help="Who drafted it.")
@click.option("--drafter-title", default="")
@click.option("--second-person", default="", help="Mandatory for top-secret.")
def write(
    *,
    home: Path,
    way: Way,
    as_json: bool,
    bearer: str,
    parity: int,
    out: Path | None,
    to: str,
    kind: Kind,
    degree: Degree,
    basis: str,
    urgency: Urgency,
    urgency_reason: str,
    topic: tuple[str, ...],
    subject: str,
    subject_file: Path | None,
    body_file: Path,
    drafter: str,
    drafter_title: str,
    second_person: str,
) -> None:
    """Release a short cable and print its packets, a line each; the signed cable waits for `secmsg sync`."""
    if bool(subject) == (subject_file is not None):
        raise click.UsageError("one of --subject and --subject-file is needed")
    line = subject if subject_file is None else files.first_line(subject_file, MAX_TEXT_BYTES)
    body = files.read_text(body_file, MAX_TEXT_BYTES)
    with opened_station(home, way) as station:
        made = station.release_thin(
            Draft(
                kind=kind,
                degree=degree,
                basis=basis,
                urgency=urgency,
                urgency_reason=urgency_reason,
                action_to=addressed((to,), station.addressees()),
                topics=topic,
                subject=vietnamese.nfc(line),
                body=vietnamese.nfc(body),
                drafter_name=vietnamese.nfc(drafter),
                drafter_title=vietnamese.nfc(drafter_title),
                second_person_name=vietnamese.nfc(second_person),
            ),
            ThinBearer(bearer),
            parity,
        )
    if as_json:
        print_json(made)
        return
    _give(made.packets, made.released.mrn, out)
    for device in made.without:
        click.echo(f"# machine {device}: cannot open thin packets yet; it gets the signed cable by the line", err=True)
    _warn(made.wear)


@thin.command()
@home_option
@way_options
@click.option("--out", type=_Folder, help="Write packets as files into this folder instead of lines.")
@click.argument("cable")
def again(*, home: Path, way: Way, out: Path | None, cable: str) -> None:
    """Print the packets of a cable once more: the same bytes, so nothing is entered twice."""
    with opened_station(home, way) as station:
        row = find_cable(station, cable)
        packets = station.thin_again(row.cable_id)
    _give(packets, row.mrn, out)


@thin.command()
@home_option
@way_options
@json_option
@click.argument("source", nargs=-1, type=_Text)
def read(*, home: Path, way: Way, as_json: bool, source: tuple[Path, ...]) -> None:
    """Take packets: lines of figures or letters, or files of one packet each; standard input without an argument.

    A wrong line changes nothing, is named with its wrong group, and the others are taken all the same.
    """
    found = [each for path in source or (files.STANDARD_STREAM,) for each in _packets(path)]
    taken: list[ThinTaken] = []
    code = 0
    with opened_station(home, way) as station:
        for each in found:
            try:
                one = _take(station, each)
            except StoreError:
                raise
            except SecmsgError as error:
                click.echo(f"{each.name}: {failures.sentence(error)}", err=True)
                code = code or error.exit_code
                continue
            taken.append(one)
            if not as_json:
                click.echo(f"{each.name}: {_say(one)}")
        waiting = station.thin_waiting()
    if as_json:
        print_json(taken)
    else:
        for message in waiting:
            click.echo(f"waiting: {message.here} of {message.needed} fragments from {message.station_name}")
    if code:
        click.get_current_context().exit(code)


@thin.command()
@home_option
@way_options
@json_option
def status(*, home: Path, way: Way, as_json: bool) -> None:
    """Say how worn the thin chains are, by machine, and which messages wait for fragments."""
    with opened_station(home, way) as station:
        wear, waiting = station.thin_wear(), station.thin_waiting()
    if as_json:
        print_json({"wear": wear, "waiting": waiting})
        return
    print_table(
        ("machine", "packets", "days", "state"),
        ((f"{each.device}", f"{each.packets}", f"{each.seconds // DAY_S}", _worn(each)) for each in wear),
        "no session with another machine",
    )
    for message in waiting:
        since = moment(message.since)
        click.echo(f"waiting: {message.here} of {message.needed} fragments from {message.station_name} since {since}")


# --- in --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Given:
    """One packet as it was given: raw bytes, or a line of a text."""

    name: str
    given: bytes | str


def _packets(path: Path) -> Iterator[_Given]:
    data = files.read(path, MAX_INPUT)
    name = "" if path == files.STANDARD_STREAM else f"{path.name}, "
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError:
        # No packet is plain letters by chance: sixty of its bytes or more are random.
        yield _Given(f"{path.name}", data)
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield _Given(f"{name}line {number}", line)


def _take(station: Station, packet: _Given) -> ThinTaken:
    given = packet.given
    return station.take_thin(thin_lines.read(given) if isinstance(given, str) else given)


def _say(taken: ThinTaken) -> str:
    return SAID[taken.fate].format(
        mrn=taken.mrn, station=taken.station_name, here=taken.here, needed=taken.needed, detail=taken.detail
    )


# --- out -------------------------------------------------------------------------------------------------------------


def _give(packets: tuple[ThinPacket, ...], mrn: str, out: Path | None) -> None:
    for packet in packets:
        part = f"{packet.place} of {packet.places}"
        if out is None:
            click.echo(f"# {mrn}, machine {packet.device}, packet {part}, {len(packet.packet)} bytes")
            click.echo(packet.line)
            continue
        # The name says nothing of what it is: whoever carries it sees only an order.
        path = out / f"{packet.device}-{packet.place}"
        with files.making(path) as written:
            written(packet.packet)
        click.echo(f"written {path}")


def _warn(wear: Iterable[ThinWear]) -> None:
    for each in wear:
        if each.warn:
            click.echo(
                f"# machine {each.device}: {each.packets} thin packets in {each.seconds // DAY_S} days without new "
                "keys; let a cable go each way by the line",
                err=True,
            )


def _worn(each: ThinWear) -> str:
    if not each.may_send:
        return "not yet, or no more: a cable must go each way by the line"
    return "too long without new keys" if each.warn else "ready"
