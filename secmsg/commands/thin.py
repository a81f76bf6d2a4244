"""`secmsg thin`: short cables as thin packets, typed, spoken or sent by what carries a few hundred bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from secmsg import vietnamese
from secmsg.commands import failures, files, hearing, packet_forms
from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.choices import OneOf
from secmsg.commands.hearing import Given
from secmsg.commands.listing import find_cable
from secmsg.commands.packet_forms import Form
from secmsg.commands.printing import moment, print_json, print_table
from secmsg.commands.send import MAX_TEXT_BYTES, addressed
from secmsg.errors import DecryptionError, FormatError, NoSession, SecmsgError, StoreError
from secmsg.office.draft import Draft
from secmsg.station.station import Station
from secmsg.station.thin_views import ThinBearer, ThinFate, ThinPacket, ThinTaken, ThinWear
from secmsg.wire import groups
from secmsg.wire.cable import Degree, Kind, Urgency
from secmsg.wire.fragments import MAX_PARITY
from secmsg.wire.groups import Link, Wanted

DAY_S = 86_400

_Text = click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True)
_Folder = click.Path(path_type=Path, exists=True, file_okay=False, writable=True)

_LINKS = {ThinBearer.VOICE: Link.HF, ThinBearer.SMS: Link.SMS, ThinBearer.SBD: Link.TELEPHONE}
"""What carries groups where nothing else is said."""

_as_option = click.option(
    "--as",
    "form",
    type=click.Choice([each.value for each in Form]),
    help="Write packets as groups to be read out, as base45 for text messages, as QR codes or fax sheets (with --out).",
)

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
@_as_option
@packet_forms.link_option
@packet_forms.spoken_option
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
    form: str | None,
    link: str | None,
    spoken: bool,
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
    carried = _carried(form, link, out, spoken=spoken, bearer=ThinBearer(bearer))
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
    _give(made.packets, made.released.mrn, carried)
    for device in made.without:
        click.echo(f"# machine {device}: cannot open thin packets yet; it gets the signed cable by the line", err=True)
    _warn(made.wear)


@thin.command()
@home_option
@way_options
@_as_option
@packet_forms.link_option
@packet_forms.spoken_option
@click.option("--out", type=_Folder, help="Write packets as files into this folder instead of lines.")
@click.argument("cable")
def again(
    *, home: Path, way: Way, form: str | None, link: str | None, spoken: bool, out: Path | None, cable: str
) -> None:
    """Print the packets of a cable once more: the same bytes, so nothing is entered twice."""
    carried = _carried(form, link, out, spoken=spoken, bearer=None)
    with opened_station(home, way) as station:
        row = find_cable(station, cable)
        packets = station.thin_again(row.cable_id)
    _give(packets, row.mrn, carried)


@thin.command()
@home_option
@way_options
@json_option
@click.argument("source", nargs=-1, type=_Text)
def read(*, home: Path, way: Way, as_json: bool, source: tuple[Path, ...]) -> None:
    """Take packets: groups of figures, letters, base45, pictures of QR codes, files of one packet; or standard input.

    What is wrong in one packet changes nothing, is named with its groups, and the others are taken all the same.
    Groups that were asked for may be added to the text by their numbers: 17=45231.
    """
    found = [*hearing.given(source or (files.STANDARD_STREAM,))]
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


def _take(station: Station, packet: Given) -> ThinTaken:
    """Take what came out of the groups: only the packet's own tag says whether it is the one that was sent."""
    outcome = packet.heard()
    if isinstance(outcome, Wanted):
        raise FormatError(groups.asked(outcome))
    again = hearing.put_right(outcome)
    try:
        taken = station.take_thin(outcome.packet)
    except (NoSession, DecryptionError):
        # The parity was overtaxed, or the packet is not for this machine: either way nothing of it counts.
        if again:
            click.echo(
                f"{packet.name}: put right and not verified; ask again for the groups {again}, then for all", err=True
            )
        raise
    # One that is here already was not opened again, and may be the place of another.
    if again and taken.fate is not ThinFate.DUPLICATE:
        click.echo(f"{packet.name}: put right and verified: {again}", err=True)
    return taken


def _say(taken: ThinTaken) -> str:
    return SAID[taken.fate].format(
        mrn=taken.mrn, station=taken.station_name, here=taken.here, needed=taken.needed, detail=taken.detail
    )


# --- out -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Carried:
    """How packets are given out: a form and its link, or the lines of their bearer, or files into a folder."""

    form: Form | None
    link: Link
    out: Path | None
    spoken: bool


def _carried(
    form: str | None, link: str | None, out: Path | None, *, spoken: bool, bearer: ThinBearer | None
) -> _Carried:
    """Take the options together, before anything is released."""
    chosen = Form(form) if form else Form.GROUPS if spoken else None
    if chosen is not None and packet_forms.is_file(chosen) and out is None:
        raise click.UsageError(f"--as {chosen.value} writes files: --out says into which folder")
    usual = Link.FAX if chosen is Form.FAX else Link.HF if bearer is None else _LINKS[bearer]
    return _Carried(chosen, Link(link) if link else usual, out, spoken)


def _give(packets: tuple[ThinPacket, ...], mrn: str, carried: _Carried) -> None:
    form, out = carried.form, carried.out
    for packet in packets:
        part = f"{packet.place} of {packet.places}"
        parity = packet_forms.parity(packet.packet, carried.link)
        # The name says nothing of what it is: whoever carries it sees only an order.
        path = None if out is None else out / f"{packet.device}-{packet.place}"
        if path is None:
            click.echo(f"# {mrn}, machine {packet.device}, packet {part}, {len(packet.packet)} bytes")
            click.echo("\n".join(_lines(packet, carried, parity)))
        elif form is not None and packet_forms.is_file(form):
            for made in packet_forms.write(packet.packet, form, parity, path):
                click.echo(f"written {made}")
        else:
            content = packet.packet
            if form is not None:
                content = "\n".join((*packet_forms.lines(packet.packet, form, parity), "")).encode()
            click.echo(f"written {files.make(path, content)}")


def _lines(packet: ThinPacket, carried: _Carried, parity: int) -> Iterable[str]:
    """Give a packet's lines: in the form asked for, else that of its bearer; groups are read aloud ten by ten."""
    if carried.form is not None:
        return packet_forms.lines(packet.packet, carried.form, parity, spoken=carried.spoken)
    signs = packet.line.split()
    return groups.text(signs).splitlines() if all(map(str.isdecimal, signs)) else [packet.line]


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
