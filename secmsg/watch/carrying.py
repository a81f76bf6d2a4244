"""Depositing what was sealed before the lock, and answers to rings; always the same bytes under the same id."""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from secmsg.errors import LinkError
from secmsg.ids import MessageId, RelayId
from secmsg.links.link import Link
from secmsg.watch.news import News, Took
from secmsg.watch.pace import Pace
from secmsg.wire.handover import Caller, Parcel, Station, Target
from secmsg.wire.sync import Deposit, DepositStatus, TtlClass

_TAKEN = (DepositStatus.STORED, DepositStatus.DUPLICATE)
TRIES = 200
"""Tries of one envelope: with the longest pauses more than two days; the next opening offers it again."""


@dataclass(slots=True)
class _Load:
    """Something to deposit, and what follows it when it was taken."""

    message_id: MessageId
    targets: tuple[Target, ...] = field(repr=False)
    body: bytes = field(repr=False)
    ttl: TtlClass = TtlClass.MONTH
    follows: "_Load | None" = None
    tries: int = 0


class Carrier(threading.Thread):
    """One thread at one relay; answers go before what waits."""

    def __init__(self, station: Station, link: Link, tell: Callable[[News], None], pace: Pace) -> None:
        super().__init__(name="carrier", daemon=True)
        self._relay: RelayId = station.relay
        self._link, self._tell, self._pace = link, tell, pace
        self._answers: queue.SimpleQueue[_Load] = queue.SimpleQueue()
        self._loads = [_load(each) for each in station.parcels]
        self._called = threading.Event()

    def answer(self, caller: Caller, name: MessageId) -> None:
        """Let a sealed answer go, under the name that binds it to its ring."""
        self._answers.put(_Load(name, caller.targets, caller.answer))
        self._called.set()

    def run(self) -> None:
        """Deposit until the process ends; with nothing to do wait for an answer."""
        while True:
            self._called.clear()
            self._called.wait(self.turn())

    def turn(self) -> float | None:
        """Try everything once; the pause before the next, None when only an answer is waited for."""
        while not self._answers.empty():
            self._loads.insert(0, self._answers.get())
        if not self._loads:
            return None
        try:
            for load in tuple(self._loads):
                self._deposit(load)
        except LinkError:
            return self._pace.failed()
        return self._pace.failed() if self._loads else self._pace.good()

    def _deposit(self, load: _Load) -> None:
        load.tries += 1
        if load.tries > TRIES:
            self._loads.remove(load)
            return
        for box, token in load.targets:
            (status,) = self._link.deposit([Deposit(box, token, load.message_id, load.ttl, load.body)])
            if status in _TAKEN:
                self._tell(Took(self._relay, load.message_id))
                self._loads.remove(load)
                if load.follows is not None:
                    self._loads.append(load.follows)
                    self._called.set()
                return
            if status is not DepositStatus.UNKNOWN:
                return


def _load(parcel: Parcel) -> _Load:
    call = parcel.call
    follows = None if call is None else _Load(call.message_id, (call.target,), call.body, TtlClass.DAY)
    return _Load(parcel.message_id, parcel.targets, parcel.body, follows=follows)
