"""A store that is taken, opened, with all its keys, opens nothing recorded before the time of grace.

Stations talk for weeks over a relay that somebody records. Sent cables are kept to be repeated and received ones to be
read, enciphered in the store: this is about the sealed packets on the line.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.ids import DeviceId, SessionId
from secmsg.protocol import session as protocol
from secmsg.station import desk as desks
from secmsg.station import housekeeping
from secmsg.store import sessions as session_rows
from secmsg.store.sessions import KeptSession, SessionState
from secmsg.wire.handshake import ResetReason
from tests.helpers import seizure
from tests.helpers.ministry import HQ, PARIS, draft
from tests.helpers.seizure import Recorded
from tests.helpers.world import Office, World, world

DAY = 86_400
GRACE = 30 * DAY
"""The longest of the three: keys of missing packets 30 days, signed prekeys 30 days, a draining session 72 hours."""


class Months:
    """Headquarters and Paris, a day at a time, and every envelope as a recorder has it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.hq, self.paris = world.open(HQ), world.open(PARIS)
        self.recorded: list[Recorded] = []
        self.lost: list[Recorded] = []
        self._seen = 0

    @property
    def now(self) -> int:
        return self.world.clock.now

    def age(self, recorded: Recorded) -> float:
        return (self.now - recorded.at) / DAY

    def days(self, count: int, *, talking: bool = True) -> None:
        for day in range(count):
            self.world.clock.now += DAY
            if talking and day % 3 == 0:
                self.hq.release(draft(PARIS.id))
                self.paris.release(draft(HQ.id))
                self.settle()
            for office in (self.hq, self.paris):
                housekeeping.tidy(office.station.desk)

    def settle(self) -> None:
        self.world.settle(rounds=3)
        self.note()

    def note(self) -> None:
        new = self.world.relay.deposited[self._seen :]
        self._seen += len(new)
        self.recorded += [Recorded(self.now, each.body) for each in new]

    def withhold(self, sender: Office, to: Office) -> None:
        """Let a cable be recorded and never arrive, and a later one arrive, so that its key is kept waiting."""
        self.world.relay.lose = lambda _: True
        sender.release(draft(PARIS.id if to is self.paris else HQ.id))
        sender.sync()
        before = len(self.recorded)
        self.note()
        self.lost += self.recorded[before:]
        self.world.relay.lose = lambda _: False
        sender.release(draft(PARIS.id if to is self.paris else HQ.id))
        sender.sync()
        to.sync()
        self.note()

    def opened(self, office: Office) -> list[Recorded]:
        return seizure.opened(seizure.take(office.station.desk), self.recorded)


@pytest.fixture
def months(tmp_path: Path) -> Iterator[Months]:
    with world(tmp_path) as built:
        months = Months(built)
        months.settle()
        months.hq.release(draft(PARIS.id))
        months.settle()
        yield months


def test_a_store_taken_after_weeks_opens_what_was_withheld_lately_and_nothing_older(months: Months) -> None:
    # Given five weeks of traffic with a packet withheld in the first week, and one in the last.
    months.days(4)
    months.withhold(months.hq, months.paris)
    months.days(33)
    months.withhold(months.hq, months.paris)
    months.days(1)

    # When the store is taken.
    found = months.opened(months.paris)

    # Then its keys open the packet that is still waited for, so the search finds what there is; and no other.
    assert len(months.recorded) > 30
    assert found
    assert all(each in months.lost for each in found)
    assert max(months.age(each) for each in found) * DAY < GRACE


def test_a_silent_store_forgets_as_well(months: Months) -> None:
    # Given a withheld packet, and then weeks without any contact: the machine runs and nobody writes.
    months.days(6)
    months.withhold(months.hq, months.paris)
    assert months.opened(months.paris)

    months.days(31, talking=False)

    assert months.opened(months.paris) == []
    assert months.opened(months.hq) == []


def test_first_messages_stay_shut_once_their_prekeys_are_gone(months: Months) -> None:
    # Given a first message that is recorded and never arrives: its prekeys wait for it.
    months.days(3)
    months.hq.station.reset_session(_device(months.paris), ResetReason.STATE_LOST)
    months.hq.release(draft(PARIS.id))
    months.world.relay.lose = lambda _: True
    for _ in range(3):
        months.hq.sync()
    months.note()
    assert months.opened(months.paris)

    months.days(31, talking=False)

    assert months.opened(months.paris) == []


def test_a_replaced_session_stays_shut_after_it_has_drained(months: Months) -> None:
    # Given a packet withheld under a session that a reset then replaces.
    months.days(3)
    months.withhold(months.hq, months.paris)
    months.hq.station.reset_session(_device(months.paris), ResetReason.STATE_LOST)
    months.hq.release(draft(PARIS.id))
    months.settle()
    held = [each.state for each in session_rows.every(months.paris.station.desk.db)]
    assert held.count(SessionState.DRAINING) == 1
    assert [each for each in months.opened(months.paris) if each in months.lost]

    months.days(4)

    assert not [each for each in months.opened(months.paris) if each in months.lost]


def test_a_session_that_is_archived_would_be_seen(months: Months) -> None:
    # The control: a product that keeps old states, as an archive does, is opened by whoever takes it.
    months.days(2)
    desk = months.paris.station.desk
    kept = session_rows.every(desk.db)[0]
    months.days(33)

    archived = KeptSession(
        SessionId(b"archived session"), kept.device, kept.station, SessionState.DRAINING, 2**40, kept.body
    )
    with desk.db.transaction():
        session_rows.keep(desk.db, archived, months.now)

    assert protocol.decode(kept.body).session_id
    found = months.opened(months.paris)
    assert any(months.age(each) * DAY > GRACE for each in found)


def _device(office: Office) -> DeviceId:
    return desks.own(office.station.desk).device
