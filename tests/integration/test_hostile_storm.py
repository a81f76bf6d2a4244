"""Too much of everything: storms of junk, poison, floods of alarms. Later cables come, no warning is lost."""

import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.crypto import randomness
from secmsg.ids import MessageId
from secmsg.station import carrying, places
from secmsg.station import notices as lasting
from secmsg.station.rounds import Memory
from secmsg.station.station import Station
from secmsg.station.views import NoticeKind
from secmsg.store import quarantine
from tests.helpers.hostile_insider import Insider
from tests.helpers.hostile_post import Post, cables, hostile_post, notices, subjects
from tests.helpers.ministry import FAST, PARIS, draft, sync

STORM = 2_000
LARGEST = 32_768
MIB = 1024  # ru_maxrss counts KiB


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    with hostile_post(tmp_path) as built:
        yield built


def settle(*stations: Station, rounds: int = 3) -> None:
    for _ in range(rounds):
        for station in stations:
            sync(station)


def junk(count: int, size: int) -> list[tuple[MessageId, bytes]]:
    filling = randomness.system(size - 8)
    return [(MessageId(randomness.system(16)), number.to_bytes(8) + filling) for number in range(count)]


def test_a_storm_of_the_largest_packets_holds_up_no_later_cable(post: Post) -> None:
    box = post.hands.mailbox(post.paris)
    post.hands.put_many(box, junk(STORM, LARGEST))
    released = post.headquarters.release(draft(PARIS.id, subject="Sau cơn bão"))
    sync(post.headquarters)
    desk = post.paris.desk
    # As the courier does: what this run has seen is not fetched again.
    kit = tuple(places.place(relay, FAST.link, desk.clock, Memory()) for relay in places.known(desk))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()

    rounds = 0
    while not cables(post.paris) and rounds < 6:
        carrying.carry_at(post.paris, kit)
        rounds += 1

    kit[0].link.close()
    assert [row.cable_id for row in cables(post.paris)] == [released.cable_id]
    assert time.monotonic() - began < 60
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak < 256 * MIB


def test_a_storm_of_small_packets_is_acknowledged_away_in_a_few_rounds(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Finding H6: more junk than the quarantine keeps must still be counted to its third try.
    monkeypatch.setattr(quarantine, "MAX_KEPT", 40)
    box = post.hands.mailbox(post.paris)
    post.hands.put_many(box, junk(100, 512))

    settle(post.paris, rounds=4)

    assert [letter for letter in post.hands.letters() if letter.box_id == box] == []
    rows = post.paris.desk.db.one("SELECT count(*) FROM quarantine")
    assert rows is not None
    assert rows[0] <= 40


def test_a_flood_of_junk_pushes_no_warning_out_of_sight(post: Post) -> None:
    # Finding H5.
    with post.paris.desk.db.transaction():
        lasting.add(post.paris.desk, NoticeKind.DIRECTORY_FORK, post.paris.desk.now(), "two directories")
        lasting.add(post.paris.desk, NoticeKind.CHAIN_FORKED, post.paris.desk.now(), "two chains")
    post.hands.put_many(post.hands.mailbox(post.paris), junk(120, 512))

    settle(post.paris, rounds=3)

    assert {NoticeKind.DIRECTORY_FORK, NoticeKind.CHAIN_FORKED, NoticeKind.QUARANTINED} <= set(notices(post.paris))


def test_a_poison_packet_is_left_behind_by_a_program_that_starts_again(post: Post) -> None:
    insider = Insider(post.canberra)
    insider.send(PARIS.id, insider.compose(PARIS.id, 1, subject="Điện một"))
    settle(post.canberra, post.paris)
    box = post.hands.mailbox(post.paris)
    post.hands.put(box, insider.packet(PARIS.id, b"\xbf" * 400))
    post.hands.put(box, b"\xa5" * 2048)
    post.hands.put(box, bytes(8192))
    insider.send(PARIS.id, insider.compose(PARIS.id, 2, subject="Điện hai"))
    sync(post.canberra)
    paris = post.paris

    for _ in range(4):
        sync(paris)
        post.ministry.close(paris)
        paris = post.ministry.open(PARIS)

    assert subjects(paris) == ["Điện hai", "Điện một"]
    assert [letter for letter in post.hands.letters() if letter.box_id == box] == []
    assert len(paris.quarantine()) == 3
    assert NoticeKind.QUARANTINED in notices(paris)


def test_a_quiet_mailbox_raises_nothing(post: Post) -> None:
    # The control of this page.
    post.headquarters.release(draft(PARIS.id))
    settle(post.headquarters, post.paris)
    assert len(cables(post.paris)) == 1
    assert notices(post.paris) == []
    assert post.paris.quarantine() == ()
