"""`secmsg pouch`: cables by courier, as one file on a stick."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.printing import moment, print_json, print_table
from secmsg.commands.send import addressed
from secmsg.station import pouch_reading, pouch_writing
from secmsg.station.desk import Desk
from secmsg.station.pouch_views import Cause, PouchLine, PouchRead, PouchWaiting, PouchWritten
from secmsg.station.station import Station

T = TypeVar("T")

_BROKEN = {
    Cause.CUT: "the file ends too early",
    Cause.DAMAGED: "a part of the file is damaged",
    Cause.MALFORMED: "the pouch is not made as it should be",
    Cause.UNREADABLE: "the medium could not be read to the end",
    Cause.STOPPED: "it was stopped",
}


@click.group()
def pouch() -> None:
    """Carry by courier: one file that looks random, with what a relay would carry."""


@pouch.command()
@home_option
@way_options
@json_option
@click.option("--to", multiple=True, help="A station, by number or name; repeat for more. Without: all that wait.")
@click.argument("file", type=click.Path(path_type=Path))
def write(*, home: Path, way: Way, as_json: bool, to: tuple[str, ...], file: Path) -> None:
    """Write what waits into a new FILE and read it back; the outbox keeps waiting for the receipts."""
    with opened_station(home, way) as station:
        known = station.addressees()
        stations = addressed(to, known) or tuple(each.station for each in station.pouch_waiting())
        written = pouch_writing.write(
            _ask(station), file, stations, progress=lambda _done, _total: None, cancelled=lambda: False
        )
    if as_json:
        print_json(written)
    else:
        click.echo(_written(written))


@pouch.command()
@home_option
@way_options
@json_option
@click.argument("file", type=click.Path(path_type=Path))
def read(*, home: Path, way: Way, as_json: bool, file: Path) -> int:
    """Take what FILE holds for this machine; reading it again repeats nothing."""
    with opened_station(home, way) as station:
        came = pouch_reading.read(
            _ask(station),
            file,
            on_event=lambda _: None,
            progress=lambda _done, _total: None,
            cancelled=lambda: False,
        )
    if as_json:
        print_json(came)
    else:
        for line in _came(came):
            click.echo(line)
    if came.cause is Cause.WHOLE:
        return 0
    click.echo(
        f"secmsg: {_BROKEN[came.cause]}; what was whole is kept: copy the file again or ask the sender for another "
        f"pouch",
        err=True,
    )
    return 71


@pouch.command()
@home_option
@way_options
@json_option
def waiting(*, home: Path, way: Way, as_json: bool) -> None:
    """List what could go into a pouch, by station."""
    with opened_station(home, way) as station:
        rows = station.pouch_waiting()
    if as_json:
        print_json(rows)
    else:
        print_table(
            ("NO", "STATION", "CABLES", "SERVICE", "NO KEYS", "BARRED", "BYTES"), map(_waits, rows), "nothing waits"
        )


@pouch.command()
@home_option
@way_options
@json_option
def log(*, home: Path, way: Way, as_json: bool) -> None:
    """List the pouches written and read, newest first."""
    with opened_station(home, way) as station:
        rows = station.pouch_log()
    if as_json:
        print_json(rows)
    else:
        print_table(("BEGUN", "WAY", "PROVEN", "ENVELOPES", "BLOBS", "FILE", ""), map(_logged, rows), "no pouches")


def _ask(station: Station) -> Callable[[Callable[[Desk], T]], T]:
    return lambda step: step(station.desk)


def _written(written: PouchWritten) -> str:
    more = f"; {written.left} envelopes had no room: write another pouch" if written.left else ""
    return (
        f"written {written.name}, {written.size} bytes, read back {moment(written.read_back_at)}: {written.cables} "
        f"cables, {written.services} service messages, {written.blobs} blobs; no proof of arrival{more}"
    )


def _came(came: PouchRead) -> list[str]:
    if came.written_here_at is not None:
        return [f"this pouch was written here at {moment(came.written_here_at)}; nothing was taken"]
    before = "" if came.read_before_at is None else f", read before at {moment(came.read_before_at)}"
    lines = [
        f"pouch of {moment(came.made_at)}{before}: {came.cables} new cables; {came.came} envelopes taken, "
        f"{came.known} here already, {came.apart} set aside, {came.others} for other machines; {came.blobs} blobs"
    ]
    if came.edition:
        lines.append(f"edition {came.edition} is in force")
    if came.spoiled:
        lines.append(f"{came.spoiled} blobs do not verify and were thrown away")
    if came.lacking or came.lacking_blobs:
        lines.append(f"lacking: {came.lacking} envelopes, {came.lacking_blobs} blobs")
    return lines


def _waits(row: PouchWaiting) -> tuple[str, ...]:
    counts = (row.cables, row.services, row.unsealed, row.barred, row.size)
    return (f"{row.station}", row.name_vi, *(f"{count}" for count in counts))


def _logged(row: PouchLine) -> tuple[str, ...]:
    return (
        moment(row.begun_at),
        "written" if row.written else "read",
        moment(row.proven_at),
        f"{row.envelopes}",
        f"{row.blobs}",
        row.name,
        row.detail,
    )
