"""`secmsg list` and `secmsg search`: what the registers, boxes and boards of a profile hold."""

from collections.abc import Sequence
from pathlib import Path

import click

from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.choices import OneOf
from secmsg.commands.printing import Json, moment, plain, print_json, print_table, word
from secmsg.errors import NotFound, StoreDamaged
from secmsg.station.station import Station
from secmsg.station.views import (
    CableRow,
    DraftRow,
    GapRow,
    InboxFilter,
    OutboxRow,
    QuarantineRow,
    Register,
    RegisterRow,
)

_CABLE_HEADS = ("cable", "number", "degree", "urgency", "station", "at", "annexes", "state", "subject")
SHORT_ID = 8
"""Figures of a cable's id in a table; `show` and the others take as many as tell it from the rest."""

MIN_ID = 4

WHOLE = 100
"""Percent of an index that misses nothing."""
NOT_ENTERED = "(not entered)"
"""Stands for the subject of a top-secret cable that is kept out of the register."""


@click.group(name="list")
def list_() -> None:
    """List cables, drafts, missing serials or the registers."""


@list_.command()
@home_option
@way_options
@json_option
@click.option("--only", type=click.Choice([each.value for each in InboxFilter]), default=InboxFilter.ALL.value)
def inbox(*, home: Path, way: Way, as_json: bool, only: str) -> None:
    """List incoming cables, newest first, with missing serials at their place."""
    with opened_station(home, way) as station:
        rows = station.inbox(InboxFilter(only))
    if as_json:
        print_json([_kinded(row) for row in rows])
    else:
        print_table(_CABLE_HEADS, (_line(row) for row in rows), "no incoming cable")


@list_.command()
@home_option
@way_options
@json_option
def sent(*, home: Path, way: Way, as_json: bool) -> None:
    """List released cables, newest first."""
    with opened_station(home, way) as station:
        rows = station.sent()
    if as_json:
        print_json(rows)
    else:
        print_table(_CABLE_HEADS, (_line(row) for row in rows), "no cable was released")


@list_.command()
@home_option
@way_options
@json_option
def outbox(*, home: Path, way: Way, as_json: bool) -> None:
    """List every cable on its way to each addressee, the most urgent first."""
    with opened_station(home, way) as station:
        rows = station.outbox()
    if as_json:
        print_json(rows)
    else:
        heads = ("cable", "number", "to", "urgency", "state", "since", "next try", "detail")
        print_table(heads, (_on_its_way(row) for row in rows), "nothing waits")


@list_.command()
@home_option
@way_options
@json_option
def drafts(*, home: Path, way: Way, as_json: bool) -> None:
    """List cables that are not released, the last saved first."""
    with opened_station(home, way) as station:
        rows = station.drafts()
    if as_json:
        print_json(rows)
    else:
        print_table(("draft", "saved", "degree", "to", "subject"), (_draft(row) for row in rows), "no draft")


@list_.command()
@home_option
@way_options
@json_option
def gaps(*, home: Path, way: Way, as_json: bool) -> None:
    """List serials that have not arrived though later ones have."""
    with opened_station(home, way) as station:
        rows = station.gaps()
    if as_json:
        print_json(rows)
    else:
        lines = ((row.peer_name, f"{row.first}", f"{row.last}", moment(row.since)) for row in rows)
        print_table(("station", "first", "last", "since"), lines, "no serial is missing")


@list_.command()
@home_option
@way_options
@json_option
def quarantine(*, home: Path, way: Way, as_json: bool) -> None:
    """List packets that could not be opened."""
    with opened_station(home, way) as station:
        rows = station.quarantine()
    if as_json:
        print_json(rows)
    else:
        print_table(("packet", "relay", "at", "bytes", "why"), (_apart(row) for row in rows), "nothing is set aside")


@list_.command()
@home_option
@way_options
@json_option
@click.argument("which", type=OneOf(*Register))
def register(*, home: Path, way: Way, as_json: bool, which: Register) -> None:
    """List a register's lines in order, after its chain was checked."""
    with opened_station(home, way) as station:
        rows = station.register(which)
    if as_json:
        print_json(rows)
    else:
        heads = ("line", "at", "number", "degree", "urgency", "station", "copies", "pages", "subject", "note")
        print_table(heads, (_entry(row) for row in rows), "the register is empty")


@list_.command()
@home_option
@way_options
@json_option
def stations(*, home: Path, way: Way, as_json: bool) -> None:
    """List stations of the directory that a cable can be addressed to."""
    with opened_station(home, way) as station:
        rows = station.addressees()
    if as_json:
        print_json(rows)
    else:
        lines = ((f"{row.station}", row.name_vi, row.name_en, row.place, f"{row.devices}") for row in rows)
        print_table(("number", "name", "English", "place", "devices"), lines, "no other station is listed")


@click.command()
@home_option
@way_options
@json_option
@click.option("--check", "look", flag_value="check", help="read the whole index and compare it with the cables")
@click.option("--rebuild", "look", flag_value="rebuild", help="make the index anew; a stopped run goes on where it was")
@click.argument("words", nargs=-1)
def search(*, home: Path, way: Way, as_json: bool, look: str | None, words: tuple[str, ...]) -> None:
    """Find cables that hold every word, the newest first, with or without tone marks; "quoted words" stand together.

    Asks for the words when none is given.
    """
    if look is not None:
        with opened_station(home, way) as station:
            _tend_index(station, look)
        return
    wanted = " ".join(words) if words else str(click.prompt("Words", err=True))
    with opened_station(home, way) as station:
        result = station.search(wanted)
    if as_json:
        print_json(result)
    else:
        print_table(_CABLE_HEADS, (_line(row) for row in result.rows), f"none of {result.searched} cables")
        if result.more:
            click.echo(f"the newest {len(result.rows)}; more cables match", err=True)
    if result.percent < WHOLE:
        click.echo(f"the index is not whole ({result.percent} %): secmsg search --rebuild", err=True)


def _tend_index(station: Station, look: str) -> None:
    """Check the index, or enter what it lacks; a check that fails begins it anew and says so."""
    if look == "check":
        if station.check_index():
            click.echo(f"the index fits its {station.index_state().searchable} cables")
            return
        station.rebuild_index()
        raise StoreDamaged("the index does not fit the cables and is begun anew: secmsg search --rebuild")
    if station.index_state().whole:
        station.rebuild_index()
    while not (state := station.index_on()).whole:
        click.echo(f"\r{state.percent} %", err=True, nl=False)
    click.echo(f"the index holds {state.searchable} cables")


def show_rows(rows: Sequence[CableRow], nothing: str) -> None:
    """Print cables as a table."""
    print_table(_CABLE_HEADS, (_line(row) for row in rows), nothing)


def find_cable(station: Station, wanted: str) -> CableRow:
    """Find a cable by its number, or by its id or as much of it as is needed; NotFound."""
    rows = [*(row for row in station.inbox() if isinstance(row, CableRow)), *station.sent()]
    found = [row for row in rows if row.mrn == wanted]
    if not found and len(wanted) >= MIN_ID:
        found = [row for row in rows if row.cable_id.hex().startswith(wanted.lower())]
    if len(found) != 1:
        raise NotFound(f"{'no' if not found else 'more than one'} cable is called {wanted!r}")
    return found[0]


def _kinded(row: CableRow | GapRow) -> Json:
    kind = "cable" if isinstance(row, CableRow) else "gap"
    value = plain(row)
    return {"kind_of_row": kind, **value} if isinstance(value, dict) else value


def _line(row: CableRow | GapRow) -> Sequence[str]:
    match row:
        case GapRow():
            missing = f"{row.first}" if row.first == row.last else f"{row.first} to {row.last}"
            return ("-", "-", "-", "-", row.peer_name, moment(row.since), "-", "missing", f"serial {missing}")
        case CableRow():
            return (
                row.cable_id.hex()[:SHORT_ID],
                row.mrn,
                word(row.degree),
                word(row.urgency),
                row.peer_name,
                moment(row.at),
                f"{row.annexes}",
                _state(row),
                row.subject or NOT_ENTERED,
            )


def _state(row: CableRow) -> str:
    if row.state is not None:
        said = word(row.state)
    elif row.unsigned:
        said = "NOT SIGNED YET"
    else:
        said = "acknowledged" if row.acknowledged else "read" if row.read else "unread"
    return f"{said}, by hand" if row.by_hand else said


def _on_its_way(row: OutboxRow) -> Sequence[str]:
    return (
        row.cable_id.hex()[:SHORT_ID],
        row.mrn,
        row.to_name,
        word(row.urgency),
        word(row.state) if row.picked_up_at is None else "picked-up",
        moment(row.since),
        moment(row.next_try_at),
        row.detail,
    )


def _draft(row: DraftRow) -> Sequence[str]:
    degree = "-" if row.degree is None else word(row.degree)
    return (row.draft_id.hex()[:SHORT_ID], moment(row.saved_at), degree, row.to_name or "-", row.subject)


def _apart(row: QuarantineRow) -> Sequence[str]:
    return (
        row.message_id.hex()[:SHORT_ID],
        "a pouch" if row.by_pouch else row.relay_name,
        moment(row.at),
        f"{row.size}",
        row.reason,
    )


def _entry(row: RegisterRow) -> Sequence[str]:
    return (
        f"{row.line}",
        moment(row.at),
        row.mrn,
        word(row.degree),
        word(row.urgency),
        row.peer_name,
        f"{row.copies}",
        f"{row.pages}",
        row.subject or NOT_ENTERED,
        row.note,
    )
