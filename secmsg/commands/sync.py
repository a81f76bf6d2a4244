"""`secmsg sync`: carry once until nothing moves, or keep carrying."""

import queue
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import assert_never

import click

from secmsg.commands.asking import Way, check_store, home_option, json_option, opened_station, way_options
from secmsg.commands.ground import policy
from secmsg.commands.printing import Json, not_listed, plain, print_json, print_json_line, word
from secmsg.errors import EnrolmentError
from secmsg.station import carrying
from secmsg.station.courier import Courier
from secmsg.station.events import (
    CableArrived,
    CableChanged,
    DirectoryChanged,
    Event,
    GapsChanged,
    LinkChanged,
    Noticed,
    OutboxChanged,
    Progress,
)
from secmsg.station.station import Station, open_station
from secmsg.station.worker import Worker

LOOK_S = 0.5
"""Seconds after which a stop is noticed."""


@click.command()
@home_option
@way_options
@json_option
@click.option("--follow", is_flag=True, help="Keep carrying until stopped, one line for each event.")
def sync(*, home: Path, way: Way, as_json: bool, follow: bool) -> None:
    """Carry what waits to the relays and fetch what came.

    Machine receipts leave after a random while: the next run, or --follow, takes them along.
    """
    if follow:
        _follow(home, way, as_json=as_json)
        return
    with opened_station(home, way) as station:
        _check_joined(station)
        carried = carrying.carry(station)
        status = station.status()
    if not status.listed:
        click.echo(f"secmsg: {not_listed(status)}; only the directory was carried", err=True)
    if as_json:
        print_json(carried)
        return
    click.echo(f"{carried.arrived} cables came; {status.outbox_count} in the outbox wait for the other side's word")
    for name in carried.unreached:
        click.echo(f"no contact with {name}", err=True)


def _follow(home: Path, way: Way, *, as_json: bool) -> None:
    check_store(home)
    key, settings = way.unlock(), policy()
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    worker = Worker()
    courier = Courier(worker, events.put, settings)
    with _stops() as stopped:
        worker.start(lambda: open_station(home, key, settings)).result()
        try:
            worker.submit(_check_joined).result()
            courier.start()
            while not stopped:
                try:
                    event = events.get(timeout=LOOK_S)
                except queue.Empty:
                    continue
                _tell(event, as_json=as_json)
        finally:
            courier.stop()
            worker.stop()


def _check_joined(station: Station) -> None:
    if not station.status().joined:
        raise EnrolmentError("this station has not joined: there is no relay to carry to")


@contextmanager
def _stops() -> Iterator[list[int]]:
    """Give a list that a stop signal fills."""
    came: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        came.append(number)

    names = (signal.SIGINT, signal.SIGTERM)
    earlier = {name: signal.signal(name, note) for name in names}
    try:
        yield came
    finally:
        for name, handler in earlier.items():
            signal.signal(name, handler)


def _tell(event: Event, *, as_json: bool) -> None:
    if as_json:
        value = plain(event)
        said: Json = {"event": _name(event), **value} if isinstance(value, dict) else value
        print_json_line(said)
    else:
        click.echo(_words(event))


def _name(event: Event) -> str:
    name = type(event).__name__
    return "".join(f"-{each.lower()}" if each.isupper() else each for each in name).lstrip("-")


def _words(event: Event) -> str:
    match event:
        case CableArrived(cable_id=cable_id):
            return f"cable {cable_id.hex()} came"
        case CableChanged(cable_id=cable_id):
            return f"cable {cable_id.hex()} moved on"
        case OutboxChanged():
            return "the outbox changed"
        case GapsChanged():
            return "the missing serials changed"
        case LinkChanged(status=status):
            return f"link {status.name} {word(status.state)} {status.detail}".rstrip()
        case DirectoryChanged(edition=edition):
            return f"edition {edition} is in force"
        case Progress(cable_id=cable_id, index=index, done=done, total=total):
            return f"cable {cable_id.hex()} annex {index + 1}: {done} of {total} bytes"
        case Noticed(notice=notice):
            return f"notice {word(notice.kind)} {notice.detail}".rstrip()
        case _:
            assert_never(event)
