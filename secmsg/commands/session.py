"""`secmsg session`: how the keys with each machine stand, giving them up for new ones, breaks acknowledged by name."""

from pathlib import Path
from typing import assert_never

import click

from secmsg.commands import files
from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.choices import OneOf
from secmsg.commands.printing import moment, print_json, print_table, word
from secmsg.ids import DeviceId
from secmsg.station.session_views import BreakView, Origin, SessionView, Verdict
from secmsg.wire.enrolment import MAX_REQUEST
from secmsg.wire.handshake import ResetReason

MAX_NUMBER = 65_535
_HEADS = (
    "station", "machine", "session", "from", "generation", "opened", "fresh keys", "post-quantum", "thin", "state",
)  # fmt: skip
_REASONS = tuple(each for each in ResetReason if each is not ResetReason.FIRST)


@click.group()
def session() -> None:
    """List sessions and their breaks, begin one anew, acknowledge a break."""


@session.command("list")
@home_option
@way_options
@json_option
def listing(*, home: Path, way: Way, as_json: bool) -> None:
    """List how the keys with each machine stand, and every break of continuity, newest first."""
    with opened_station(home, way) as opened:
        found, breaks = opened.sessions(), opened.breaks()
    if as_json:
        print_json({"sessions": found, "breaks": breaks})
        return
    print_table(
        _HEADS,
        (
            (
                each.station_name,
                f"{each.device}",
                each.session.hex()[:8],
                word(each.origin),
                f"{each.generation} {word(each.reason)}",
                moment(each.established_at),
                moment(each.last_turn_at),
                moment(each.last_pq_at),
                _thin(each),
                _state(each),
            )
            for each in found
        ),
        "no session yet: the first cable to a machine opens one",
    )
    for each in breaks:
        click.echo(break_words(each))


@session.command()
@home_option
@way_options
@click.option("--reason", type=OneOf(*_REASONS), required=True, help="Why; both officers see it.")
@click.option("--yes", is_flag=True, help="Do not ask whether to go on.")
@click.argument("machine", type=click.IntRange(1, MAX_NUMBER))
def reset(*, home: Path, way: Way, reason: ResetReason, yes: bool, machine: int) -> None:
    """Give up the keys with a machine (its number in `session list`) for new ones.

    Both officers see a break of continuity until they acknowledge it. Nothing is lost: what is on its way is sealed
    anew under its old serials. Cables of a high degree wait until headquarters has acknowledged the break.
    """
    with opened_station(home, way) as opened:
        if not yes:
            click.confirm(f"Begin anew with machine {machine}?", abort=True, err=True)
        number = opened.reset_session(DeviceId(machine), reason)
    click.echo(f"break {number}: the next `secmsg sync` opens a new session with machine {machine}")


@session.command()
@home_option
@way_options
@click.argument("number", type=click.IntRange(1))
def acknowledge(*, home: Path, way: Way, number: int) -> None:
    """Note under your name that you have seen a break (its number in `session list`).

    At headquarters this also lets the cables go that wait for it at every station concerned.
    """
    with opened_station(home, way) as opened:
        opened.acknowledge_break(number)
        found = next(each for each in opened.breaks() if each.number == number)
    click.echo(break_words(found))


@session.command()
@home_option
@way_options
@click.argument("request", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def provision(*, home: Path, way: Way, request: Path) -> None:
    """At headquarters: open a session with a machine that is being enrolled, by the prekeys in its request.

    The edition that lists it must be here (`secmsg sync`). The session's first message lies in the outbox; write it
    into a pouch that travels with the kit, and the new station needs no handshake over any line.
    """
    asked = files.read(request, MAX_REQUEST)
    with opened_station(home, way) as opened:
        station, machine = opened.provision_session(asked)
    click.echo(f"session with machine {machine} of station {station}: `secmsg pouch write` carries it beside the kit")


def break_words(found: BreakView) -> str:
    """Say a break in one line: what happened, who has seen it, what waits."""
    whose = f"reported by {found.reporter_name}" if found.reporter_name else ("ours" if found.ours else "theirs")
    parts = [
        f"{found.number}  {moment(found.at)}",
        f"machine {found.device} of {found.station_name}, {whose}{', by the machine' if found.alone else ''}",
        word(found.reason),
        f"session {found.session.hex()[:8]} generation {found.generation}" if found.session else "not open yet",
    ]
    if found.session and not found.follows and not found.reporter_name:
        parts.append("another session lies between")
    seen = found.acknowledged_at
    parts.append(f"seen by {found.acknowledged_by} {moment(seen)}" if seen is not None else "NOT ACKNOWLEDGED")
    if found.confirmed_at is not None:
        parts.append(f"headquarters: {found.confirmed_by} {moment(found.confirmed_at)}")
    elif found.holds:
        parts.append("high degrees wait for headquarters")
    return "  ".join(parts)


def _thin(found: SessionView) -> str:
    """Say how many thin packets left without fresh keys, and what follows."""
    match found.thin:
        case Verdict.READY:
            return f"{found.thin_sent}"
        case Verdict.WORN:
            return f"{found.thin_sent}, too long without fresh keys"
        case Verdict.SPENT:
            return f"{found.thin_sent}, no more before fresh keys"
        case Verdict.UNCONFIRMED:
            return "not yet"
        case _:
            assert_never(found.thin)


def _state(found: SessionView) -> str:
    if found.given_up:
        return "given up, a new one comes with the next contact"
    if found.origin is Origin.PAPER:
        return "from paper: thin packets alone, until a handshake replaces it"
    if found.last_resort:
        return "less forward secrecy until the first answer"
    if not found.answered:
        return "not answered yet"
    return (
        "in use"
        if found.draining_until is None
        else f"in use, the one before receives to {moment(found.draining_until)}"
    )
