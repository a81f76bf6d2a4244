"""The courier at two relays: one that is down keeps nothing back, the officer tests and switches channels."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.config import Backoff
from secmsg.office.channels import Why
from secmsg.station.events import CableArrived
from secmsg.station.views import ChannelState, LinkState
from tests.helpers.couriers import Running, eventually, run
from tests.helpers.ministry import FAST, HQ, PARIS, Ministry, draft


@pytest.fixture
def ministry(tmp_path: Path) -> Iterator[Ministry]:
    built = Ministry(tmp_path)
    built.clock.now = int(time.time())
    built.policy = replace(FAST, backoff=Backoff(base_s=0.2, cap_s=0.5))
    built.found()
    built.add_relay("main")
    built.add_relay("alternate")
    built.enrol(HQ)
    built.enrol(PARIS)
    yield built
    built.end()


@pytest.fixture
def stations(ministry: Ministry) -> Iterator[tuple[Running, Running]]:
    both = run(ministry, HQ), run(ministry, PARIS)
    eventually(lambda: both[0].ask(lambda s: s.status().edition) == 2)
    eventually(lambda: all(link.state is LinkState.UP for each in both for link in each.courier.links()))
    yield both
    for each in both:
        each.stop()


def states(running: Running) -> list[LinkState]:
    return [link.state for link in running.courier.links()]


def test_a_relay_that_is_down_keeps_nothing_back_and_is_found_again(
    ministry: Ministry, stations: tuple[Running, Running]
) -> None:
    headquarters, paris = stations
    ministry.relays[0].stop()
    eventually(lambda: states(headquarters)[0] is LinkState.DOWN)

    released = headquarters.ask(lambda s: s.release(draft(PARIS.id)))
    headquarters.courier.wake()

    eventually(lambda: CableArrived(released.cable_id) in paris.events)
    ministry.relays[0].start()
    eventually(lambda: states(headquarters) == [LinkState.UP, LinkState.UP])
    assert headquarters.courier.links()[0].detail == ""


def test_last_contact_is_an_answer_and_nothing_else(ministry: Ministry, stations: tuple[Running, Running]) -> None:
    headquarters, _ = stations
    ministry.relays[1].stop()
    eventually(lambda: states(headquarters)[1] is LinkState.DOWN)
    before = headquarters.courier.links()[1].last_contact

    for _ in range(5):
        headquarters.courier.try_link(headquarters.courier.links()[1].relay)
        time.sleep(0.05)

    assert headquarters.courier.links()[1].last_contact == before
    ministry.relays[1].start()
    headquarters.courier.try_link(headquarters.courier.links()[1].relay)
    eventually(lambda: states(headquarters)[1] is LinkState.UP)
    assert headquarters.courier.links()[1].round_trip_s is not None


def test_a_channel_switched_off_carries_nothing_until_it_is_on_again(
    ministry: Ministry, stations: tuple[Running, Running]
) -> None:
    headquarters, paris = stations
    main = headquarters.courier.links()[0]
    headquarters.ask(lambda s: s.switch_relay(main.name, enabled=False))
    headquarters.courier.switch_link(main.relay, enabled=False)
    assert states(headquarters)[0] is LinkState.OFF

    released = headquarters.ask(lambda s: s.release(draft(PARIS.id)))
    headquarters.courier.wake()
    eventually(lambda: CableArrived(released.cable_id) in paris.events)

    lines = headquarters.ask(lambda s: s.evidence(released.cable_id, PARIS.id))
    assert (lines[0].state, lines[0].attempts) == (ChannelState.UNUSED, 0)
    assert lines[0].why in {Why.SWITCHED_OFF, Why.PROVEN}
    assert lines[1].state is ChannelState.HOLDS
    headquarters.courier.stop()
    headquarters.courier.start()
    assert states(headquarters)[0] is LinkState.OFF  # it is kept over a restart

    headquarters.ask(lambda s: s.switch_relay(main.name, enabled=True))
    headquarters.courier.switch_link(main.relay, enabled=True)
    eventually(lambda: states(headquarters)[0] is LinkState.UP)
