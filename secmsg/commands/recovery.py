"""`secmsg recovery`: spare keys in sealed envelopes, and a session from one of them by two short packets."""

from pathlib import Path

import click

from secmsg.commands import files, renewing
from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.choices import OneOf
from secmsg.commands.printing import print_json, print_table
from secmsg.ids import DeviceId
from secmsg.station.paper_recovery import MAX_PRINTED
from secmsg.wire.handshake import ResetReason

MAX_NUMBER = 65_535
MAX_GROUPS_FILE = 4096
_REASONS = tuple(each for each in ResetReason if each is not ResetReason.FIRST)
_machine = click.argument("machine", type=click.IntRange(1, MAX_NUMBER))
_number = click.option(
    "--number", type=click.IntRange(1, MAX_NUMBER), required=True, help="The number on the envelope."
)
_secret = click.option(
    "--secret-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read the groups of the envelope's sheet from this file instead of asking for them.",
)
_packet = click.option(
    "--packet-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read the other officer's groups from this file instead of asking for them.",
)


@click.group()
def recovery() -> None:
    """Spare keys in sealed envelopes: a new session by two packets of 27 groups, by telephone or text message."""


@recovery.command()
@home_option
@way_options
@click.option("--count", type=click.IntRange(1, MAX_PRINTED), default=8, show_default=True)
@click.option("--sheets", type=renewing.new_file, required=True, help="The sheets to make (PDF by its ending).")
@_machine
def make(*, home: Path, way: Way, count: int, sheets: Path, machine: int) -> None:
    """Print numbered spare keys shared with a machine, each on one sheet for either end.

    One end prints; the other's sheets travel sealed, with a courier. Print the file, seal each sheet in an envelope
    with its number on it, erase the file.
    """
    with files.making(sheets) as write, opened_station(home, way) as opened:
        printed = opened.print_secrets(DeviceId(machine), count)
        write(renewing.sheet_bytes(sheets, printed.text, printed.pdf))
    click.echo(f"numbers  {printed.numbers[0]} to {printed.numbers[-1]}, each for both ends")
    click.echo(f"sheets   {sheets} (print it, seal each sheet by itself, erase the file)")


@recovery.command()
@home_option
@way_options
@_number
@_secret
@click.option("--reason", type=OneOf(*_REASONS), required=True, help="Why; both officers see it.")
@_machine
def begin(*, home: Path, way: Way, number: int, secret_file: Path | None, reason: ResetReason, machine: int) -> None:
    """Open the next envelope of this end and give the other officer 27 groups."""
    groups = _asked(secret_file, "Groups of the envelope's sheet", hidden=True)
    with opened_station(home, way) as opened:
        packet = opened.begin_recovery(DeviceId(machine), number, groups, reason)
    click.echo(packet)
    click.echo("Give these groups and the number to the other officer; then `secmsg recovery finish`", err=True)


@recovery.command()
@home_option
@way_options
@_number
@_secret
@_packet
@_machine
def answer(
    *, home: Path, way: Way, number: int, secret_file: Path | None, packet_file: Path | None, machine: int
) -> None:
    """Take the other officer's 27 groups with the sheet of the same number, and give back 27 groups."""
    packet = _asked(packet_file, "The other officer's groups", hidden=False)
    groups = _asked(secret_file, "Groups of the envelope's sheet", hidden=True)
    with opened_station(home, way) as opened:
        answered = opened.answer_recovery(DeviceId(machine), number, groups, packet)
    click.echo(answered)
    click.echo(f"The session stands here. Give these groups back; destroy sheet {number}", err=True)


@recovery.command()
@home_option
@way_options
@_number
@_packet
@_machine
def finish(*, home: Path, way: Way, number: int, packet_file: Path | None, machine: int) -> None:
    """Take the answer of the other officer."""
    packet = _asked(packet_file, "The other officer's groups", hidden=False)
    with opened_station(home, way) as opened:
        opened.finish_recovery(DeviceId(machine), number, packet)
    click.echo(f"the session stands at both ends; destroy sheet {number}")


@recovery.command("list")
@home_option
@way_options
@json_option
def listing(*, home: Path, way: Way, as_json: bool) -> None:
    """List which spare keys were printed here, begun and burnt, and our own packets that may be needed again."""
    with opened_station(home, way) as opened:
        found = opened.paper_secrets()
    if as_json:
        print_json(found)
        return
    rows = ((f"{each.device}", f"{each.number}", each.state, each.begins, each.packet) for each in found)
    print_table(("machine", "number", "state", "begins", "our groups"), rows, "no spare key is known here")


def _asked(path: Path | None, prompt: str, *, hidden: bool) -> str:
    if path is not None:
        return files.read_text(path, MAX_GROUPS_FILE)
    return str(click.prompt(prompt, hide_input=hidden, err=True))
