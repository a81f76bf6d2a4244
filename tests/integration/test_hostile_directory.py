"""The relay's owner lies about the directory, the prekeys and the time."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.errors import LinkError, SecmsgError
from secmsg.ids import StationId
from secmsg.office.lifecycle import OutboxState
from secmsg.station import desk as desks
from secmsg.station import feed, housekeeping
from secmsg.station.station import Station
from secmsg.station.views import NoticeKind
from secmsg.store import relays as relay_rows
from secmsg.store import sessions as session_rows
from secmsg.wire.cable import Degree
from secmsg.wire.contents import StationEntry
from tests.helpers.hostile_post import PATIENT, Post, cables, flipped, hostile_post, notices, places, subjects
from tests.helpers.ministry import HQ, NOW, PARIS, Clock, draft, sync

ROME = StationEntry(StationId(4), "ĐSQ Roma", "Rome", "Roma", "Europe/Rome", "{number}/ĐSQ-RO", "ROMA")
DAY = 86_400
YEAR = 365 * DAY


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    with hostile_post(tmp_path) as built:
        yield built


def settle(*stations: Station, rounds: int = 3) -> None:
    for _ in range(rounds):
        for station in stations:
            sync(station)


def try_sync(station: Station) -> None:
    """Carry as the courier does: an error of one link ends the round, not the program."""
    with contextlib.suppress(LinkError):
        sync(station)


# --- editions --------------------------------------------------------------------------------------------------------


def test_a_bit_flipped_anywhere_in_an_edition_is_refused_and_shown(post: Post) -> None:
    held = post.paris.status().edition
    post.ministry.enrol(ROME)
    number = held + 1
    segment = post.hands.edition(number)
    (relay,) = relay_rows.every(post.paris.desk.db)
    for place in places(len(segment), 80, 1, 2, 3, 10, 40, 80, 120, 160, 200):
        for mask in (0x01, 0x80):
            feed.take(post.paris.desk, relay.relay_id, (flipped(segment, place, mask),))
            assert post.paris.status().edition == held, place
    assert notices(post.paris).count(NoticeKind.DIRECTORY_REFUSED) >= 1
    for spoiled in (segment[:-1], segment + b"\x00", segment[: len(segment) // 2], b"", bytes(len(segment))):
        feed.take(post.paris.desk, relay.relay_id, (spoiled,))
        assert post.paris.status().edition == held
    # Once through the relay, then the true one: what was refused is in nobody's way.
    post.hands.publish(number, flipped(segment, len(segment) // 3))
    sync(post.paris)
    assert post.paris.status().edition == held

    post.hands.publish(number, segment)
    sync(post.paris)
    assert post.paris.status().edition == number


def test_an_older_edition_than_the_one_seen_is_refused_and_shown(post: Post) -> None:
    held = post.paris.status().edition
    (relay,) = relay_rows.every(post.paris.desk.db)
    feed.take(post.paris.desk, relay.relay_id, (post.hands.edition(held - 1),))
    assert post.paris.status().edition == held
    assert NoticeKind.DIRECTORY_ROLLBACK in notices(post.paris)

    post.hands.run("DELETE FROM editions WHERE number = ?", held)
    sync(post.canberra)
    assert post.canberra.status().edition == held
    assert NoticeKind.DIRECTORY_ROLLBACK in notices(post.canberra)


def test_editions_out_of_order_or_with_a_hole_are_refused(post: Post) -> None:
    held = post.paris.status().edition
    post.ministry.enrol(ROME)
    post.ministry.enrol(StationEntry(StationId(5), "ĐSQ Oslo", "Oslo", "Oslo", "Europe/Oslo", "{number}/OS", "OSLO"))
    one, two = post.hands.edition(held + 1), post.hands.edition(held + 2)
    (relay,) = relay_rows.every(post.paris.desk.db)
    for wrong in ((two,), (two, one), (one, flipped(two, 300))):
        feed.take(post.paris.desk, relay.relay_id, wrong)
        assert post.paris.status().edition == held
    # Under the other's number.
    post.hands.publish(held + 1, two)
    post.hands.publish(held + 2, one)
    sync(post.paris)
    assert post.paris.status().edition == held

    feed.take(post.paris.desk, relay.relay_id, (one, two))
    assert post.paris.status().edition == held + 2


def test_a_feed_head_without_measure_is_followed_no_further_than_there_are_editions(post: Post) -> None:
    held = post.paris.status().edition
    post.hands.publish(2**31, b"x")
    try_sync(post.paris)
    released = post.headquarters.release(draft(PARIS.id))
    post.hands.run("DELETE FROM editions WHERE number > ?", held)
    settle(post.headquarters, post.paris)

    assert post.paris.status().edition == held
    assert released.cable_id in {row.cable_id for row in cables(post.paris)}


# --- prekeys ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "column"), [("prekeys", "signed"), ("prekeys", "batch"), ("one_time_prekeys", "entry")]
)
def test_a_bit_flipped_anywhere_in_a_prekey_bundle_is_refused_and_shown(post: Post, table: str, column: str) -> None:
    released = post.headquarters.release(draft(PARIS.id))
    box = post.hands.mailbox(post.paris)
    first = " ORDER BY position LIMIT 1" if table == "one_time_prekeys" else ""
    for place in places(len(_stored(post, table, column, box, first)), 12):
        whole = post.hands.all(f"SELECT rowid, {column} FROM {table} WHERE box_id = ?{first}", box)
        ((row, true),) = whole
        post.hands.run(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", flipped(true, place), row)
        try_sync(post.headquarters)
        assert post.headquarters.sent()[0].state is OutboxState.WAITING_KEYS, place
        post.hands.run("DELETE FROM takes")
        post.hands.run(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", true, row)
    assert NoticeKind.RELAY_FAULT in notices(post.headquarters)
    assert [letter for letter in post.hands.letters() if letter.box_id == box] == []

    settle(post.headquarters, post.paris)
    assert [row.cable_id for row in cables(post.paris)] == [released.cable_id]


def _stored(post: Post, table: str, column: str, box: int, first: str) -> bytes:
    ((value,),) = post.hands.all(f"SELECT {column} FROM {table} WHERE box_id = ?{first}", box)
    return value


def test_the_prekeys_of_another_station_are_refused_and_shown(post: Post) -> None:
    paris, canberra = post.hands.mailbox(post.paris), post.hands.mailbox(post.canberra)
    for table in ("prekeys", "one_time_prekeys"):
        post.hands.run(f"DELETE FROM {table} WHERE box_id = ?", paris)
    post.hands.run(
        "INSERT INTO prekeys SELECT ?, version, signed, batch FROM prekeys WHERE box_id = ?", paris, canberra
    )
    post.hands.run(
        "INSERT INTO one_time_prekeys SELECT ?, position, entry FROM one_time_prekeys WHERE box_id = ?", paris, canberra
    )
    post.headquarters.release(draft(PARIS.id))

    try_sync(post.headquarters)

    assert NoticeKind.RELAY_FAULT in notices(post.headquarters)
    assert post.headquarters.sent()[0].state is OutboxState.WAITING_KEYS


def test_pretended_exhaustion_is_flagged_to_the_receiver_and_its_handshake_is_taken_once(post: Post) -> None:
    box = post.hands.mailbox(post.paris)
    post.hands.run("DELETE FROM one_time_prekeys WHERE box_id = ?", box)
    post.headquarters.release(draft(PARIS.id))
    sync(post.headquarters)
    (handshake,) = [letter for letter in post.hands.letters() if letter.box_id == box]
    sync(post.paris)
    assert NoticeKind.SESSION_LAST_RESORT in notices(post.paris)
    assert len(cables(post.paris)) == 1
    before = len(notices(post.paris))

    for _ in range(3):
        post.hands.put(box, handshake.body)
        sync(post.paris)
        post.ministry.clock.now += 6 * DAY

    assert len(cables(post.paris)) == 1
    assert notices(post.paris).count(NoticeKind.SESSION_LAST_RESORT) == 1
    assert len(post.paris.desk.db.all("SELECT 1 FROM sessions WHERE state = 1")) == 1
    assert len(notices(post.paris)) >= before


def test_with_one_time_prekeys_nothing_is_flagged(post: Post) -> None:
    post.headquarters.release(draft(PARIS.id))
    settle(post.headquarters, post.paris)
    assert NoticeKind.SESSION_LAST_RESORT not in notices(post.paris)


def test_an_older_batch_of_prekeys_than_the_one_seen_is_refused_and_shown(post: Post) -> None:
    box = post.hands.mailbox(post.paris)
    post.hands.run("CREATE TABLE old_prekeys AS SELECT * FROM prekeys WHERE box_id = ?", box)
    post.hands.run("CREATE TABLE old_entries AS SELECT * FROM one_time_prekeys WHERE box_id = ?", box)
    post.hands.run("DELETE FROM one_time_prekeys WHERE box_id = ? AND position > 1", box)
    post.headquarters.release(draft(PARIS.id, subject="Điện của Bộ"))
    settle(post.headquarters, post.paris)  # puts up the next batch
    assert len(post.hands.all("SELECT 1 FROM prekeys WHERE box_id = ? AND version = 3", box)) == 1
    post.canberra.release(draft(PARIS.id, subject="Điện một"))
    settle(post.canberra, post.paris)
    assert subjects(post.paris) == sorted(["Điện của Bộ", "Điện một"])
    # The session is lost (a device enrolled anew, a session given up); the relay gives the batch of before.
    with post.canberra.desk.db.transaction():
        session_rows.forget_device(post.canberra.desk.db, desks.own(post.paris.desk).device)
    for table, old in (("prekeys", "old_prekeys"), ("one_time_prekeys", "old_entries")):
        post.hands.run(f"DELETE FROM {table} WHERE box_id = ?", box)
        post.hands.run(f"INSERT INTO {table} SELECT * FROM {old}")
    post.canberra.release(draft(PARIS.id, subject="Điện hai"))

    try_sync(post.canberra)

    assert NoticeKind.RELAY_FAULT in notices(post.canberra)
    assert post.canberra.sent()[0].state is OutboxState.WAITING_KEYS


def test_one_prekey_given_to_two_senders_is_shown_and_heals(post: Post) -> None:
    # Finding H9.
    box = post.hands.mailbox(post.paris)
    post.hands.run("CREATE TABLE copies AS SELECT * FROM one_time_prekeys WHERE box_id = ?", box)
    post.headquarters.release(draft(PARIS.id, subject="Điện của Bộ"))
    sync(post.headquarters)
    post.hands.run("DELETE FROM one_time_prekeys WHERE box_id = ?", box)
    post.hands.run("INSERT INTO one_time_prekeys SELECT * FROM copies")
    post.canberra.release(draft(PARIS.id, subject="Điện của Canberra"))
    sync(post.canberra)
    settle(post.paris, post.headquarters, post.canberra, rounds=4)
    assert subjects(post.paris) == ["Điện của Bộ"]
    assert NoticeKind.QUARANTINED in notices(post.paris)
    assert post.canberra.sent()[0].state is OutboxState.RELAY_HOLDS
    post.hands.run("DELETE FROM one_time_prekeys WHERE box_id = ? AND position = 0", box)

    for _ in range(3):
        post.ministry.clock.now += DAY + 60
        for station in (post.headquarters, post.paris, post.canberra):
            housekeeping.tidy(station.desk)
            settle(station, rounds=1)
    settle(post.paris, post.canberra)

    assert subjects(post.paris) == ["Điện của Bộ", "Điện của Canberra"]


# --- time ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("offset", [-10 * YEAR, -DAY, DAY, 10 * YEAR])
def test_a_relay_with_a_wrong_clock_is_shown_and_nothing_is_lost(tmp_path: Path, offset: int) -> None:
    with hostile_post(tmp_path, PATIENT) as post:
        relay = post.ministry.relays[0]
        relay.stop()
        relay.clock = lambda: float(post.ministry.clock() + offset)
        relay.start()
        first = post.headquarters.release(draft(PARIS.id))
        _carry_on(post, post.headquarters, post.paris)
        if offset != 10 * YEAR:
            # Ten years on it has thrown its mailboxes away: they are made again, and it may refuse for a while.
            assert NoticeKind.CLOCK_OFF in notices(post.paris)
        if not cables(post.paris):
            assert post.headquarters.sent()[0].state in {OutboxState.WAITING_KEYS, OutboxState.RELAY_HOLDS}

        relay.stop()
        relay.clock = lambda: float(post.ministry.clock())
        relay.start()
        _carry_on(post, post.headquarters, post.paris)
        post.ministry.clock.now += DAY + 60
        housekeeping.tidy(post.headquarters.desk)
        last = post.headquarters.release(draft(PARIS.id, subject="Sau đó"))
        _carry_on(post, post.headquarters, post.paris)

        assert {row.cable_id for row in cables(post.paris)} == {first.cable_id, last.cable_id}


def _carry_on(post: Post, *stations: Station) -> None:
    for _ in range(4):
        post.ministry.clock.now += 61
        for station in stations:
            try_sync(station)


@pytest.mark.parametrize("offset", [-10 * YEAR, 10 * YEAR])
def test_a_station_whose_clock_is_ten_years_off_loses_nothing_and_is_told(tmp_path: Path, offset: int) -> None:
    with hostile_post(tmp_path, PATIENT) as post:
        clock = Clock(NOW)
        post.ministry.close(post.paris)
        paris = post.ministry.open(PARIS, clock)
        post.headquarters.release(draft(PARIS.id, subject="Điện một"))
        settle(post.headquarters, paris)
        post.headquarters.release(draft(PARIS.id, subject="Điện hai"))
        sync(post.headquarters)
        clock.now = NOW + offset

        for _ in range(2):
            clock.now += 61
            try_sync(paris)
            housekeeping.tidy(paris.desk)

        assert NoticeKind.CLOCK_OFF in notices(paris)
        clock.now = post.ministry.clock.now
        for _ in range(4):
            clock.now += 61
            post.ministry.clock.now += 61
            try_sync(paris)
            try_sync(post.headquarters)
        answered = paris.release(draft(HQ.id, subject="Trả lời"))
        for _ in range(3):
            try_sync(paris)
            try_sync(post.headquarters)
        assert subjects(paris) == ["Điện hai", "Điện một"]
        assert answered.cable_id in {row.cable_id for row in cables(post.headquarters)}


def test_a_degree_above_the_receivers_certificate_is_not_released(tmp_path: Path) -> None:
    with hostile_post(tmp_path) as post:
        post.ministry.enrol(ROME, Degree.CONFIDENTIAL)
        settle(post.headquarters)
        rome = post.ministry.open(ROME)
        sync(rome)

        with pytest.raises(SecmsgError):
            post.headquarters.release(draft(ROME.id, degree=Degree.SECRET))

        assert post.headquarters.release(draft(ROME.id)).number == 1
