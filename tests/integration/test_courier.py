"""The courier's threads: what is released arrives, its receipts return, a cut line loses nothing."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.config import Backoff
from secmsg.office.lifecycle import OutboxState
from secmsg.station.events import CableArrived, DirectoryChanged, LinkChanged, Progress
from secmsg.station.views import AttachmentState, CableRow, LinkState
from secmsg.wire.service import ReceiptLevel
from tests.helpers.couriers import Running, eventually, run
from tests.helpers.ministry import CANBERRA, FAST, HQ, PARIS, Ministry, attachment, draft


@pytest.fixture
def ministry(tmp_path: Path) -> Iterator[Ministry]:
    built = Ministry(tmp_path)
    built.clock.now = int(time.time())
    built.policy = replace(FAST, backoff=Backoff(base_s=0.2, cap_s=0.5))
    built.found()
    built.add_relay()
    built.enrol(HQ)
    built.enrol(PARIS)
    yield built
    built.end()


@pytest.fixture
def stations(ministry: Ministry) -> Iterator[tuple[Running, Running]]:
    both = run(ministry, HQ), run(ministry, PARIS)
    eventually(lambda: both[0].ask(lambda s: s.status().edition) == 2)
    yield both
    for each in both:
        each.stop()


def test_a_released_cable_arrives_and_its_receipts_return(stations: tuple[Running, Running], tmp_path: Path) -> None:
    headquarters, paris = stations
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(bytes(range(256)) * 20_000)

    released = headquarters.ask(lambda s: s.release(draft(PARIS.id, attachments=(attachment(paper),))))
    headquarters.courier.wake()

    eventually(lambda: CableArrived(released.cable_id) in paris.events)
    eventually(lambda: paris.ask(lambda s: s.read(released.cable_id)).attachments[0].state is AttachmentState.READY)
    eventually(lambda: headquarters.ask(lambda s: s.sent()[0].state) is OutboxState.DECIPHERED)
    assert {ReceiptLevel.ARRIVED, ReceiptLevel.DECIPHERED} == {
        each.level for each in headquarters.ask(lambda s: s.read(released.cable_id)).receipts
    }
    paris.ask(lambda s: s.acknowledge(released.cable_id))
    paris.courier.wake()
    eventually(lambda: headquarters.ask(lambda s: s.outbox()) == ())
    assert any(isinstance(each, Progress) and each.done == each.total for each in headquarters.events)
    assert any(isinstance(each, LinkChanged) and each.status.state is LinkState.UP for each in headquarters.events)


def test_a_cut_line_keeps_the_cable_and_a_mended_one_carries_it(stations: tuple[Running, Running]) -> None:
    headquarters, paris = stations
    eventually(lambda: headquarters.courier.links()[0].state is LinkState.UP)
    headquarters.courier.set_line(enabled=False)
    assert headquarters.courier.links()[0].state is LinkState.OFF

    released = headquarters.ask(lambda s: s.release(draft(PARIS.id)))
    headquarters.courier.wake()
    time.sleep(0.5)

    assert headquarters.ask(lambda s: s.outbox())[0].state in {OutboxState.WAITING, OutboxState.WAITING_KEYS}
    headquarters.courier.set_line(enabled=True)
    eventually(lambda: CableArrived(released.cable_id) in paris.events)


def test_a_relay_that_goes_away_and_comes_back_loses_nothing(
    ministry: Ministry, stations: tuple[Running, Running]
) -> None:
    headquarters, paris = stations
    eventually(lambda: headquarters.courier.links()[0].state is LinkState.UP)
    ministry.relays[0].stop()

    released = [headquarters.ask(lambda s: s.release(draft(PARIS.id))) for _ in range(3)]
    headquarters.courier.wake()
    eventually(lambda: headquarters.courier.links()[0].state is LinkState.DOWN)
    ministry.relays[0].start()

    expected = {CableArrived(each.cable_id) for each in released}
    eventually(lambda: expected <= {event for event in paris.events if isinstance(event, CableArrived)})
    assert paris.ask(lambda s: s.gaps()) == ()
    assert [row.number for row in paris.ask(lambda s: s.inbox()) if isinstance(row, CableRow)] == [3, 2, 1]


def test_waiting_for_mail_does_not_hold_up_sending(stations: tuple[Running, Running]) -> None:
    headquarters, paris = stations
    first = headquarters.ask(lambda s: s.release(draft(PARIS.id)))
    headquarters.courier.wake()
    eventually(lambda: CableArrived(first.cable_id) in paris.events)

    began = time.monotonic()
    second = headquarters.ask(lambda s: s.release(draft(PARIS.id)))
    headquarters.courier.wake()
    eventually(lambda: CableArrived(second.cable_id) in paris.events)

    assert time.monotonic() - began < 2.0


def test_a_new_edition_is_taken_from_the_feed_without_asking(
    ministry: Ministry, stations: tuple[Running, Running]
) -> None:
    _, paris = stations
    ministry.enrol(CANBERRA)
    canberra = run(ministry, CANBERRA)
    try:
        released = canberra.ask(lambda s: s.release(draft(PARIS.id)))
        canberra.courier.wake()

        eventually(lambda: CableArrived(released.cable_id) in paris.events)

        assert any(isinstance(each, DirectoryChanged) for each in paris.events)
        assert CANBERRA.id in {each.station for each in paris.ask(lambda s: s.addressees())}
    finally:
        canberra.stop()


def test_stopping_twice_and_starting_again_is_harmless(stations: tuple[Running, Running]) -> None:
    headquarters, _ = stations
    headquarters.courier.stop()
    headquarters.courier.stop()

    headquarters.courier.start()
    headquarters.courier.start()

    eventually(lambda: headquarters.courier.links()[0].state is LinkState.UP)
    assert threading.active_count() < 40
