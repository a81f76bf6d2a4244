"""Two relays carry what is missing: re-ordering is no alarm, and each request takes another way."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.station.views import NoticeKind
from tests.helpers.ministry import HQ, PARIS, draft
from tests.helpers.net import Net, Post, net


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Net]:
    with net(tmp_path) as built:
        yield built


@pytest.fixture
def posts(two: Net) -> tuple[Post, Post]:
    both = two.open(HQ), two.open(PARIS)
    two.settle()
    both[0].station.release(draft(PARIS.id, subject="Điện một"))
    two.settle()
    return both


def missing(post: Post) -> list[tuple[int, int, int]]:
    (pair,) = post.station.numbers.continuity().pairs
    return [(each.first, each.last, each.asked) for each in pair.missing]


def kinds(post: Post) -> set[NoticeKind]:
    return {notice.kind for notice in post.station.status().notices}


def test_what_overtakes_on_another_channel_is_neither_asked_for_nor_an_alarm(
    two: Net, posts: tuple[Post, Post]
) -> None:
    headquarters, paris = posts
    slow, quick = two.relays
    headquarters.station.release(draft(PARIS.id, subject="Đi đường chậm"))
    headquarters.sync()
    slow.order = lambda _: []  # it lies at the first relay and is not given out
    headquarters.station.switch_relay("Kênh chính", enabled=False)
    headquarters.station.release(draft(PARIS.id, subject="Đi đường nhanh"))
    headquarters.sync()
    paris.sync()
    assert missing(paris) == [(2, 2, 0)]
    assert quick.deposited

    two.wait(600)
    paris.sync()
    slow.order = lambda found: found
    paris.places[0].memory.after.clear()
    paris.sync()

    assert missing(paris) == []
    assert not kinds(paris) & {NoticeKind.GAP_UNANSWERED, NoticeKind.CHAIN_FORKED, NoticeKind.STATION_SILENT}
    assert len(paris.arrived()) == 3


def test_each_request_begins_with_another_relay_and_the_same_bytes_come_by_the_one_that_had_not_had_them(
    two: Net, posts: tuple[Post, Post]
) -> None:
    headquarters, paris = posts
    first, second = two.relays
    lost: list[bytes] = []

    def lose(deposit: object) -> bool:
        lost.append(deposit.body)  # type: ignore[attr-defined]  # a Deposit
        return True

    first.lose = lose
    headquarters.station.release(draft(PARIS.id, subject="Bị giữ lại"))
    headquarters.sync()
    first.lose = lambda _: False
    headquarters.station.release(draft(PARIS.id, subject="Đến nơi"))
    headquarters.sync()
    paris.sync()
    assert missing(paris) == [(2, 2, 0)]
    two.wait(901)
    before = len(second.deposited)

    two.settle()

    assert missing(paris) == []
    assert lost[0] in [deposit.body for deposit in second.deposited[before:]]
    assert len(paris.arrived()) == 3


def test_requests_in_vain_go_round_the_relays(two: Net, posts: tuple[Post, Post]) -> None:
    headquarters, paris = posts
    outbox = headquarters.station.desk.db

    def lose(deposit: object) -> bool:
        row = outbox.one("SELECT serial FROM envelopes WHERE message_id = ?", (deposit.message_id,))  # type: ignore[attr-defined]
        return row == (2,)

    for relay in two.relays:
        relay.lose = lose
    headquarters.station.release(draft(PARIS.id, subject="Bị giữ lại"))
    headquarters.station.release(draft(PARIS.id, subject="Đến nơi"))
    two.settle(rounds=1)

    for wait in (901, 1_801, 3_601):
        two.wait(wait)
        two.settle(rounds=2)

    (pair,) = paris.station.numbers.continuity().pairs
    asks = pair.missing[0].asks
    assert [each.attempt for each in asks] == [1, 2, 3]
    assert ("Kênh chính" in asks[0].channels, "Kênh thay thế 1" in asks[1].channels) == (True, True)
    assert "Kênh chính" in asks[2].channels
