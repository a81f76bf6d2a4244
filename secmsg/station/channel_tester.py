"""The test of the channels beside a running program: the network on the caller's thread, steps on the store's."""

from collections.abc import Callable
from typing import TypeVar

from secmsg.config import Policy
from secmsg.station import channel_test, places
from secmsg.station.channel_test import Tested
from secmsg.station.desk import Clock, Desk
from secmsg.station.station import Station
from secmsg.station.worker import Worker
from secmsg.store.relays import Relay

T = TypeVar("T")


def beside(worker: Worker) -> tuple[Tested, ...]:
    """Test the relays in use for the store that a worker has open; never to be called on the Qt thread."""

    def ask(step: Callable[[Desk], T]) -> T:
        return worker.submit(lambda station: step(station.desk)).result()

    def about(station: Station) -> tuple[tuple[Relay, ...], Policy, Clock]:
        desk = station.desk
        return places.in_use(desk), desk.policy, desk.clock

    return channel_test.test(ask, *worker.submit(about).result())
