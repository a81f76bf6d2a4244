"""A station with its worker and its courier, as a window has them."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from secmsg.station.courier import Courier
from secmsg.station.events import Event
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import by_passphrase
from secmsg.station.worker import Worker
from secmsg.wire.contents import StationEntry
from tests.helpers.ministry import KEYRING, PASSPHRASE, Ministry

T = TypeVar("T")


@dataclass(slots=True)
class Running:
    """A station with its worker and its courier."""

    worker: Worker
    courier: Courier
    events: list[Event] = field(default_factory=list)

    def ask(self, step: Callable[[Station], T]) -> T:
        return self.worker.submit(step).result(30)

    def stop(self) -> None:
        self.courier.stop()
        self.worker.stop()


def run(ministry: Ministry, entry: StationEntry) -> Running:
    worker = Worker()
    events: list[Event] = []
    home = ministry.root / f"station-{entry.id}"
    worker.start(
        lambda: open_station(
            home, by_passphrase(PASSPHRASE), ministry.policy, keyring=KEYRING, clock=lambda: int(time.time())
        )
    ).result(30)
    running = Running(worker, Courier(worker, events.append, ministry.policy), events)
    running.courier.start()
    return running


def eventually(holds: Callable[[], object], seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.02)
