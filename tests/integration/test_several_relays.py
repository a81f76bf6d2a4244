"""Two relays carry what one alone might lose, and nothing arrives twice."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.errors import FormatError, NotAllowed, NotFound
from secmsg.office.channels import Why
from secmsg.office.draft import Draft
from secmsg.office.lifecycle import OutboxState
from secmsg.station.relaying import RelayAccess
from secmsg.station.views import AttachmentState, CableRow, ChannelState, NoticeKind
from secmsg.wire.cable import Urgency
from tests.helpers.ministry import HQ, PARIS, attachment, draft
from tests.helpers.net import Net, Post, net, relay_id


def flash(subject: str = "Về việc sơ tán") -> Draft:
    return draft(PARIS.id, subject=subject, urgency=Urgency.FLASH, urgency_reason="Sơ tán công dân ngay")


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Net]:
    with net(tmp_path) as built:
        yield built


@pytest.fixture
def posts(two: Net) -> tuple[Post, Post]:
    both = two.open(HQ), two.open(PARIS)
    two.settle()
    return both


def numbers(post: Post) -> list[int]:
    return [row.number for row in post.station.inbox() if isinstance(row, CableRow)]


def states(post: Post) -> list[ChannelState]:
    return [line.state for line in post.station.outbox()[0].lines]


def test_flash_goes_by_both_and_arrives_once_with_a_line_for_each(two: Net, posts: tuple[Post, Post]) -> None:
    headquarters, paris = posts
    released = headquarters.station.release(flash())

    headquarters.sync()
    before = headquarters.station.outbox()[0].lines
    paris.sync()

    assert len(paris.arrived()) == 1
    assert sum(len(relay.deposited) for relay in two.relays) >= 2
    assert [(line.channel, line.state, line.why) for line in before] == [
        ("Kênh chính", ChannelState.HOLDS, Why.HOLDS),
        ("Kênh thay thế 1", ChannelState.HOLDS, Why.HOLDS),
        ("pouch", ChannelState.UNUSED, Why.BY_HAND),
    ]
    assert all(line.attempts == 1 and line.at == two.world.clock.now for line in before[:2])
    headquarters.sync()
    assert headquarters.station.outbox()[0].state is OutboxState.DECIPHERED
    after = headquarters.station.evidence(released.cable_id, PARIS.id)
    assert [line.state for line in after] == [ChannelState.HOLDS, ChannelState.HOLDS, ChannelState.UNUSED]
    assert after[2].why is Why.PROVEN


def test_a_routine_cable_goes_one_way_and_says_why_not_the_other(two: Net, posts: tuple[Post, Post]) -> None:
    headquarters, _ = posts
    headquarters.station.release(draft(PARIS.id))

    headquarters.sync()

    first, second, _ = headquarters.station.outbox()[0].lines
    assert (first.state, second.state) == (ChannelState.HOLDS, ChannelState.UNUSED)
    assert (second.why, second.why_at) == (Why.HELD_ELSEWHERE, two.world.clock.now + 14_400)


def test_a_relay_that_takes_and_loses_does_not_keep_a_cable_for_ever(two: Net, posts: tuple[Post, Post]) -> None:
    headquarters, paris = posts
    two.relays[0].lose = lambda _: True
    headquarters.station.release(draft(PARIS.id))
    headquarters.sync()
    paris.sync()
    assert states(headquarters)[0] is ChannelState.HOLDS
    assert numbers(paris) == []

    two.wait(14_400)
    two.settle()

    assert numbers(paris) == [1]


def test_when_one_is_down_the_other_carries_at_once(two: Net, posts: tuple[Post, Post]) -> None:
    headquarters, paris = posts
    two.relays[0].unreachable = True
    headquarters.station.release(draft(PARIS.id))

    headquarters.sync()
    paris.sync()

    assert numbers(paris) == [1]


def test_a_refusal_at_one_leaves_the_other(two: Net, posts: tuple[Post, Post]) -> None:
    headquarters, paris = posts
    two.relays[0].full = True
    headquarters.station.release(flash())

    headquarters.sync()
    paris.sync()

    refused, held, _ = headquarters.station.outbox()[0].lines
    assert (refused.state, refused.detail, held.state) == (ChannelState.REFUSED, "full", ChannelState.HOLDS)
    assert numbers(paris) == [1]


def test_a_relay_wiped_for_good_loses_nothing_and_nothing_comes_twice(
    two: Net, posts: tuple[Post, Post], tmp_path: Path
) -> None:
    headquarters, paris = posts
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"x" * 100_000)
    heavy = headquarters.station.release(draft(PARIS.id, attachments=(attachment(paper),)))
    headquarters.station.release(flash())
    headquarters.station.release(draft(PARIS.id, subject="Thường"))
    headquarters.sync()
    assert {row.state for row in headquarters.station.outbox()} == {OutboxState.RELAY_HOLDS}

    two.wipe(0)
    headquarters.sync()
    told = {notice.kind for notice in headquarters.station.status().notices}
    two.settle()

    assert NoticeKind.RELAY_LOST in told
    assert sorted(numbers(paris)) == [1, 2, 3]
    assert len(paris.arrived()) == 3
    assert paris.station.read(heavy.cable_id).attachments[0].state is AttachmentState.READY
    assert paris.station.gaps() == ()
    assert {row.state for row in headquarters.station.outbox()} == {OutboxState.DECIPHERED}


def test_a_wipe_is_told_as_doubt_and_not_as_held(two: Net, posts: tuple[Post, Post]) -> None:
    headquarters, _ = posts
    headquarters.station.release(draft(PARIS.id))
    headquarters.sync()
    two.wipe(0)
    two.relays[0].full = two.relays[1].full = True

    headquarters.sync()

    assert headquarters.station.outbox()[0].state is OutboxState.UNKNOWN
    assert states(headquarters)[0] is ChannelState.UNKNOWN


def test_a_blob_that_only_the_lost_relay_had_comes_from_the_other(
    two: Net, posts: tuple[Post, Post], tmp_path: Path
) -> None:
    headquarters, paris = posts
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"x" * 100_000)
    released = headquarters.station.release(draft(PARIS.id, attachments=(attachment(paper),)))
    headquarters.sync()
    # The blob is lost, the mailboxes are not: nothing tells the sender but the missing receipt.
    two.relays[0].blobs.clear()
    paris.sync()
    assert paris.station.read(released.cable_id).attachments[0].state is not AttachmentState.READY

    two.wait(14_400)
    two.settle()

    assert paris.station.read(released.cable_id).attachments[0].state is AttachmentState.READY
    assert paris.events.count(paris.arrived()[0]) == 1


def test_after_the_receipt_nothing_more_goes_up(two: Net, posts: tuple[Post, Post], tmp_path: Path) -> None:
    headquarters, _ = posts
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"x" * 100_000)
    headquarters.station.release(draft(PARIS.id, attachments=(attachment(paper),)))
    two.settle()
    assert headquarters.station.outbox()[0].state is OutboxState.DECIPHERED

    two.wait(2 * 86_400)
    two.settle()

    assert two.relays[1].blobs == {}


def test_a_relay_switched_off_carries_nothing_and_the_other_takes_over(two: Net, posts: tuple[Post, Post]) -> None:
    headquarters, paris = posts
    headquarters.station.switch_relay("Kênh chính", enabled=False)
    headquarters.places = headquarters.places[1:]
    headquarters.station.release(draft(PARIS.id))

    headquarters.sync()
    paris.sync()

    first, second, _ = headquarters.station.outbox()[0].lines
    assert (first.state, first.why) == (ChannelState.UNUSED, Why.SWITCHED_OFF)
    assert second.state is ChannelState.HOLDS
    assert numbers(paris) == [1]
    headquarters.station.switch_relay("Kênh chính", enabled=True)
    assert [each.enabled for each in headquarters.station.relays()] == [True, True]


def test_a_relay_taken_out_gives_what_only_it_had_to_the_other(
    two: Net, posts: tuple[Post, Post], tmp_path: Path
) -> None:
    headquarters, paris = posts
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"x" * 100_000)
    released = headquarters.station.release(draft(PARIS.id, attachments=(attachment(paper),)))
    headquarters.sync()
    two.relays[0].unreachable = True
    headquarters.station.remove_relay("Kênh chính")
    headquarters.places = headquarters.places[1:]
    assert headquarters.station.outbox()[0].state is OutboxState.UNKNOWN

    two.wait(61)
    two.settle()

    assert numbers(paris) == [1]
    assert paris.station.read(released.cable_id).attachments[0].state is AttachmentState.READY
    with pytest.raises(NotAllowed):
        headquarters.station.remove_relay("Kênh thay thế 1")
    with pytest.raises(NotFound):
        headquarters.station.switch_relay("Kênh chính", enabled=True)


def test_a_relay_added_is_offered_what_is_on_its_way(two: Net, tmp_path: Path) -> None:
    headquarters, paris = two.open(HQ), two.open(PARIS)
    two.settle()
    headquarters.station.remove_relay("Kênh thay thế 1")
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"x" * 100_000)
    headquarters.station.release(
        draft(PARIS.id, body="Đoạn văn dài. " * 10_000, summary="Tóm tắt", attachments=(attachment(paper),))
    )
    two.relays[0].unreachable = True
    headquarters.sync()

    two.world.close(two.world.offices[0])
    headquarters = two.open(HQ)
    two.settle((headquarters, paris))

    assert numbers(paris) == [1]


def test_what_no_kit_could_hold_is_not_added(two: Net, posts: tuple[Post, Post]) -> None:
    headquarters, _ = posts
    access = RelayAccess(relay_id(7), "Kênh chính", "https://127.0.0.1:1", "prefix", bytes(32), bytes(16))

    with pytest.raises(NotAllowed):
        headquarters.station.add_relay(access)
    with pytest.raises(FormatError):
        headquarters.station.add_relay(replace(access, name="Khác", base_url="ftp://x"))
    for number in range(7, 13):
        headquarters.station.add_relay(replace(access, relay_id=relay_id(number), name=f"{number}"))
    with pytest.raises(NotAllowed):
        headquarters.station.add_relay(replace(access, relay_id=relay_id(13), name="13"))
    assert len(headquarters.station.relays()) == 8


def test_a_relay_begun_anew_by_its_keeper_takes_its_old_place(two: Net, posts: tuple[Post, Post]) -> None:
    headquarters, paris = posts
    headquarters.station.release(draft(PARIS.id))
    headquarters.sync()
    two.wipe(0)
    for post in posts:
        fresh = RelayAccess(relay_id(0), "Kênh chính", "https://127.0.0.1:9", "other", bytes(32), bytes(16))
        shown = {each.name: each.fingerprint for each in post.station.relays()}
        assert post.station.check_relay(fresh) != shown["Kênh chính"]
        post.station.add_relay(fresh)

    two.settle()

    assert [each.name for each in headquarters.station.relays()] == ["Kênh chính", "Kênh thay thế 1"]
    assert numbers(paris) == [1]
