"""Real stations and a relay that is put back from an old copy, or that has no room: nothing lost, nothing twice."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.config import Backoff
from secmsg.crypto import randomness
from secmsg.errors import LinkRefused
from secmsg.ids import CableId
from secmsg.office.lifecycle import OutboxState
from secmsg.relay import backup as copies
from secmsg.relay import home as homes
from secmsg.relay.home import Home
from secmsg.station import housekeeping
from secmsg.station.post import OFFER_AGAIN_S
from secmsg.station.relaying import RelayAccess
from secmsg.station.station import Station
from secmsg.station.views import CableRow, NoticeKind, Register
from tests.helpers.ministry import FAST, HQ, PARIS, Ministry, draft, sync


@pytest.fixture
def ministry(tmp_path: Path) -> Iterator[Ministry]:
    built = Ministry(tmp_path, policy=replace(FAST, backoff=Backoff(base_s=20.0, cap_s=60.0)))
    built.found()
    built.add_relay()
    built.enrol(HQ)
    built.enrol(PARIS)
    yield built
    built.end()


@pytest.fixture
def stations(ministry: Ministry) -> tuple[Station, Station]:
    headquarters, paris = ministry.open(HQ), ministry.open(PARIS)
    for _ in range(2):
        sync(headquarters)
        sync(paris)
    return headquarters, paris


def _cables(station: Station) -> list[CableId]:
    return [row.cable_id for row in station.inbox() if isinstance(row, CableRow)]


def _settle(*stations: Station) -> None:
    for _ in range(4):
        for station in stations:
            sync(station)


def _put_back(ministry: Ministry, copy: Path) -> None:
    """Lose the relay's folder and put the copy in its place."""
    relay = ministry.relays[0]
    relay.stop()
    shutil.rmtree(relay.folder)
    copies.restore(Home(relay.folder), Home(copy))
    relay.start()


def test_an_old_copy_put_back_loses_nothing_and_brings_nothing_twice(
    ministry: Ministry, stations: tuple[Station, Station], tmp_path: Path
) -> None:
    headquarters, paris = stations
    first = headquarters.release(draft(PARIS.id, subject="Điện thứ nhất")).cable_id
    sync(headquarters)
    # 1. The copy has the first cable; Paris fetches and acknowledges it only afterwards.
    copies.backup(Home(ministry.relays[0].folder), Home(tmp_path / "copy"))
    _settle(paris, headquarters)
    # 2. After the copy: one cable each way that arrives, and one that only the relay has when it is lost.
    second = headquarters.release(draft(PARIS.id, subject="Điện thứ hai")).cable_id
    _settle(headquarters, paris)
    back = paris.release(draft(HQ.id, subject="Điện trả lời")).cable_id
    sync(paris)
    third = headquarters.release(draft(PARIS.id, subject="Điện thứ ba")).cable_id
    sync(headquarters)
    assert _cables(paris) == [second, first]
    assert [row.state for row in headquarters.outbox() if row.cable_id == third] == [OutboxState.RELAY_HOLDS]

    _put_back(ministry, tmp_path / "copy")
    _settle(headquarters, paris)
    ministry.clock.now += OFFER_AGAIN_S + 60
    for station in stations:
        housekeeping.tidy(station.desk)
    _settle(headquarters, paris)

    assert sorted(_cables(paris)) == sorted([first, second, third])
    assert _cables(headquarters) == [back]
    for station in stations:
        assert len(station.register(Register.IN)) == len(_cables(station))
        assert station.gaps() == ()
        assert station.quarantine() == ()


def test_a_prefix_that_leaked_is_replaced_and_nothing_is_lost(
    ministry: Ministry, stations: tuple[Station, Station]
) -> None:
    headquarters, paris = stations
    home = Home(ministry.relays[0].folder)
    old = homes.prefixes(home)[1].id  # each station's has an id; Paris' is one of the two
    cable = headquarters.release(draft(PARIS.id)).cable_id
    sync(headquarters)
    fresh = homes.enrol(home, randomness.system, name="paris-2")
    for each in homes.prefixes(home):
        if each.name != "paris-2":
            homes.revoke(home, each.id)

    # 1. Who comes by the old one is refused, and says so.
    with pytest.raises(LinkRefused):
        sync(paris)
    assert _cables(paris) == []
    assert old not in {each.id for each in homes.prefixes(home)}
    # 2. With the new one it reads the mailbox that it always had.
    name = paris.relays()[0].name
    paris.add_relay(
        RelayAccess(fresh.relay_id, name, fresh.base_url, fresh.prefix, fresh.fingerprint, fresh.enrol_token)
    )
    sync(paris)

    assert _cables(paris) == [cable]


def test_a_relay_without_room_is_told_to_both_ends_and_loses_nothing(
    ministry: Ministry, stations: tuple[Station, Station]
) -> None:
    headquarters, paris = stations
    relay = ministry.relays[0]
    homes.quota(Home(relay.folder), {"box_messages": 0})
    relay.stop()
    relay.start()
    cable = headquarters.release(draft(PARIS.id)).cable_id

    sync(headquarters)
    sync(paris)

    assert _cables(paris) == []
    assert [row.state for row in headquarters.outbox() if row.cable_id == cable] == [OutboxState.WAITING]
    told = [each for each in paris.status().notices if each.kind is NoticeKind.RELAY_REFUSED]
    assert len(told) == 1
    assert told[0].detail.startswith("relay: 1, 20")

    homes.quota(Home(relay.folder), {"box_messages": 4096})
    relay.stop()
    relay.start()
    ministry.clock.now += 3600
    _settle(headquarters, paris)

    assert _cables(paris) == [cable]
