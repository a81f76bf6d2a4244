"""Carrying once, in the caller's thread, until nothing is left to carry: what `secmsg sync` does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from secmsg.errors import LinkError, LinkRefused
from secmsg.station import housekeeping, places, rounds, routes, standing
from secmsg.station.desk import Desk
from secmsg.station.events import CableArrived, Event
from secmsg.station.rounds import Memory, OnEvent, Place
from secmsg.station.station import Station

T = TypeVar("T")
MAX_ROUNDS = 512
"""Rounds at most: a relay that always has something more must not hold the command for ever."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What one call carried: cables that came, whether anything was sent, and the relays that could not be reached."""

    arrived: int
    sent: bool
    unreached: tuple[str, ...]


def carry(station: Station, on_event: OnEvent = lambda _: None) -> Carried:
    """Carry at every relay of the kit until nothing moves any more; the last LinkError when no relay answered.

    Receipts whose delay still runs are not waited for.
    """
    desk = station.desk
    kit = tuple(places.place(relay, desk.policy.link, desk.clock, Memory()) for relay in places.in_use(desk))
    try:
        return carry_at(station, kit, on_event)
    finally:
        for place in kit:
            place.link.close()


def carry_at(station: Station, kit: tuple[Place, ...], on_event: OnEvent = lambda _: None) -> Carried:
    """Carry at these places, which keep what this run has seen of each relay; else like `carry`."""
    desk = station.desk
    arrived: list[CableArrived] = []

    def note(event: Event) -> None:
        if isinstance(event, CableArrived):
            arrived.append(event)
        on_event(event)

    def ask(step: Callable[[Desk], T]) -> T:
        return step(desk)

    ask(housekeeping.forget)
    failed: dict[str, LinkError] = {}
    sent = False
    for place in kit:
        try:
            sent |= _at(ask, place, kit, note)
            routes.note_health(desk, place.relay, down=False)
        except LinkError as error:
            failed[place.name] = error
            routes.note_health(desk, place.relay, down=True)
    if kit and len(failed) == len(kit):
        raise next(iter(failed.values()))
    return Carried(len(arrived), sent, tuple(failed))


def _at(ask: rounds.Ask, place: Place, kit: tuple[Place, ...], on_event: OnEvent) -> bool:
    sent = False
    rounds.check_feed(ask, place, on_event)
    if not ask(standing.listed):
        # Nobody writes to a dismissed device and nobody believes what it sends.
        return False
    for _ in range(MAX_ROUNDS):
        rounds.prepare(ask, place)
        moved = rounds.carry_up(ask, place, on_event, _never)
        went = rounds.send(ask, place, on_event)
        came = rounds.fetch(ask, place, on_event)
        moved |= rounds.carry_down(ask, kit, on_event, _never)
        sent |= went
        if place.memory.feed_wanted:
            place.memory.feed_wanted = False
            moved |= rounds.check_feed(ask, place, on_event)
        if not (moved or went or came):
            _refill(ask, place, on_event)
            return sent
    return sent


def _refill(ask: rounds.Ask, place: Place, on_event: OnEvent) -> None:
    """Lay out prekeys where few are left: by now the relay has said how many, also where no mail moves."""
    try:
        rounds.prepare(ask, place)
    except LinkRefused as error:
        # Mail has gone and come: what the relay says against prekeys is shown, and stops nothing.
        rounds.note_fault(ask, place, error, on_event)


def _never() -> bool:
    return False
