"""Stations around several simulated relays: what each sees of a relay is kept between rounds."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from secmsg.errors import LinkError
from secmsg.ids import RelayId
from secmsg.station import carrying
from secmsg.station.events import CableArrived, Event
from secmsg.station.relaying import RelayAccess
from secmsg.station.rounds import Memory, Place
from secmsg.station.station import Station
from secmsg.wire.contents import StationEntry
from tests.helpers.simulated_relay import SimulatedRelay
from tests.helpers.world import RELAY_ID, RELAY_NAME, World, world

ALTERNATE = "Kênh thay thế"


def relay_id(number: int) -> RelayId:
    return RELAY_ID if number == 0 else RelayId(bytes([number]) * 16)


def name(number: int) -> str:
    return RELAY_NAME if number == 0 else f"{ALTERNATE} {number}"


@dataclass(slots=True)
class Post:
    """An open station and its places at every relay."""

    station: Station
    places: list[Place]
    events: list[Event] = field(default_factory=list)

    def sync(self) -> None:
        """Carry at every relay; none of them has to answer."""
        try:
            carrying.carry_at(self.station, tuple(self.places), self.events.append)
        except LinkError:
            pass

    def arrived(self) -> list[CableArrived]:
        return [event for event in self.events if isinstance(event, CableArrived)]


@dataclass(slots=True)
class Net:
    """A world with more relays."""

    world: World
    relays: list[SimulatedRelay]
    posts: list[Post] = field(default_factory=list)

    def open(self, entry: StationEntry) -> Post:
        office = self.world.open(entry)
        for number in range(1, len(self.relays)):
            access = RelayAccess(
                relay_id(number), name(number), f"https://127.0.0.1:{number}", "prefix", bytes(32), bytes(16)
            )
            if number >= len(office.station.relays()):
                office.station.add_relay(access)
        post = Post(office.station, [self._place(number) for number in range(len(self.relays))])
        self.posts.append(post)
        return post

    def _place(self, number: int) -> Place:
        return Place(relay_id(number), name(number), self.relays[number].link(self.world.clock), Memory())

    def settle(self, posts: Sequence[Post] = (), rounds: int = 4) -> None:
        for _ in range(rounds):
            for post in posts or self.posts:
                post.sync()

    def wipe(self, number: int) -> None:
        """Lose everything a relay has, as its keeper does who begins anew with the same keys."""
        relay = self.relays[number]
        relay.boxes.clear()
        relay.blobs.clear()

    def wait(self, seconds: int) -> None:
        self.world.clock.now += seconds


@contextmanager
def net(root: Path, relays: int = 2) -> Iterator[Net]:
    with world(root) as built:
        others = [SimulatedRelay(built.clock) for _ in range(relays - 1)]
        for each in others:
            each.segments = dict(built.segments)
        yield Net(built, [built.relay, *others])
