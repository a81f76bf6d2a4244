"""What the locked watch takes, how it waits, and what it does when relays fail."""

import socket
import threading

import pytest

from secmsg.crypto.randomness import system
from secmsg.errors import Unreachable
from secmsg.ids import DepositToken, MailboxId, MessageId, RelayId
from secmsg.watch import handing, watch
from secmsg.watch.bell import MOST, Bell
from secmsg.watch.carrying import TRIES, Carrier
from secmsg.watch.listening import OVER_S, Listener
from secmsg.watch.news import Began, News, Sight, Took
from secmsg.watch.pace import LEAST_S, MOST_S, Pace
from secmsg.wire import handover as wire
from secmsg.wire.handover import Handover, Parcel, Reader, Station
from secmsg.wire.sync import DepositStatus
from tests.helpers.simulated_relay import SimulatedLink, SimulatedRelay

ID = bytes(range(16))
BOX, TOKEN = MailboxId(ID), DepositToken(ID)
NOW = 1_000_000
STATION = Station(
    RelayId(ID), "https://127.0.0.1:1", "prefix", bytes(32),
    (Reader(BOX, NOW - 10, NOW + 10, bytes(32)),), (Parcel(MessageId(ID), ((BOX, TOKEN),), bytes(512)),),
)  # fmt: skip
HANDOVER = Handover(ID, 1, (STATION,))


class TestHanding:
    def handed(self, *said: bytes, end: bool = True) -> Handover | None:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            for each in said:
                ours.sendall(each)
            if end:
                ours.shutdown(socket.SHUT_WR)
            return handing.take(theirs)

    def test_it_comes_over_whole(self) -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            giving = threading.Thread(target=handing.give, args=(ours, wire.encode(HANDOVER)))
            giving.start()
            assert handing.take(theirs) == HANDOVER
            giving.join()

    def test_nothing_and_half_of_it_are_nothing(self) -> None:
        whole = wire.encode(HANDOVER)
        length = len(whole).to_bytes(4, "big")

        assert self.handed(bytes(4)) is None
        assert self.handed() is None
        assert self.handed(length, whole[:-1]) is None
        assert self.handed(length, whole, b"\0") is None
        assert self.handed((4).to_bytes(4, "big"), b"junk") is None

    def test_a_session_that_says_nothing_is_not_waited_for_for_ever(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(handing, "HAND_OVER_S", 0.05)

        assert self.handed(end=False) is None

    def test_more_than_there_can_be_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(wire, "MAX_BYTES", 100)

        assert self.handed((90).to_bytes(4, "big"), bytes(200)) is None


def test_pauses_grow_to_a_limit_and_begin_anew() -> None:
    pace = Pace(system)

    pauses = [pace.failed() for _ in range(40)]

    assert all(LEAST_S <= each <= MOST_S for each in pauses)
    assert pauses[0] <= 4 < 150 <= pauses[-1]
    assert pace.good() == LEAST_S
    assert pace.failed() <= 4


class Failing(SimulatedLink):
    """A relay that answers what the test says."""

    statuses: list[DepositStatus]

    def deposit(self, deposits: object) -> tuple[DepositStatus, ...]:
        status = self.statuses.pop(0)
        if status is DepositStatus.DRAINING:
            raise Unreachable("no line")
        return (status,)


def carrier(*statuses: DepositStatus) -> tuple[Carrier, list[News]]:
    link = Failing(SimulatedRelay(lambda: NOW), lambda: NOW)
    link.statuses = list(statuses)
    told: list[News] = []
    return Carrier(STATION, link, told.append, Pace(system)), told


class TestCarrier:
    def test_what_a_relay_does_not_take_goes_again(self) -> None:
        status = DepositStatus
        made, told = carrier(status.DRAINING, status.UNKNOWN, status.FULL, status.DUPLICATE)

        pauses = [made.turn() for _ in range(5)]

        assert told == [Took(STATION.relay, MessageId(ID))]
        assert all(pause is not None and pause > 0 for pause in pauses[:4])
        assert pauses[4] is None, "with nothing left it waits for an answer"

    def test_it_is_given_up_in_the_end(self) -> None:
        made, told = carrier(*[DepositStatus.FULL] * TRIES)

        while made.turn() is not None:
            pass

        assert told == []


class TestListener:
    def listener(self, relay: SimulatedRelay, now: int = NOW) -> tuple[Listener, list[News]]:
        told: list[News] = []
        bell = Bell(HANDOVER.relays, told.append, lambda: now)
        made = Listener(STATION, relay.link(lambda: now), bell, lambda *_: None, lambda: now, Pace(system), poll_s=1)
        return made, told

    def test_a_relay_that_is_away_is_said_and_asked_again(self) -> None:
        relay = SimulatedRelay(lambda: NOW)
        relay.unreachable = True
        listener, told = self.listener(relay)

        assert listener.turn() > 0
        assert told == [], "no contact was what was known"

    def test_a_relay_that_does_not_know_the_mailbox_is_no_contact(self) -> None:
        listener, told = self.listener(SimulatedRelay(lambda: NOW))

        assert listener.turn() > 0
        assert not any(isinstance(each, Sight) and each.contact for each in told)

    def test_beyond_its_weeks_nobody_watches(self) -> None:
        listener, told = self.listener(SimulatedRelay(lambda: NOW), NOW + 100)

        assert listener.turn() == OVER_S
        assert told == [Sight(over=True)]


def test_a_count_ends() -> None:
    told: list[News] = []
    bell = Bell(HANDOVER.relays, told.append, lambda: NOW)

    for _ in range(MOST + 5):
        bell.found(STATION.relay, BOX, bytes(512))

    assert isinstance(told[-1], Sight)
    assert told[-1].others == MOST
    assert len(told) == MOST


def test_a_watch_without_a_relay_says_that_it_began_and_nothing_more() -> None:
    told: list[News] = []

    watch.begin(Handover(ID, 1, ()), told.append)

    assert told == [Began(ID)]
