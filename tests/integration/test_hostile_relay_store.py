"""The relay's owner changes what is stored: flipped, replayed, swapped, cut, dropped. Refused or shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.errors import LinkRefused, NotFound
from secmsg.office.lifecycle import OutboxState
from secmsg.protocol import veil
from secmsg.station import desk as desks
from secmsg.station.station import Station
from secmsg.station.views import AttachmentState, GapRow, NoticeKind
from secmsg.wire.cable import Urgency
from secmsg.wire.service import ReceiptLevel
from tests.helpers.hostile_post import Hands, Letter, Post, cables, flipped, hostile_post, notices, places, subjects
from tests.helpers.ministry import HQ, PARIS, Ministry, attachment, draft, sync


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    with hostile_post(tmp_path) as built:
        yield built


def settle(*stations: Station, rounds: int = 3) -> None:
    for _ in range(rounds):
        for station in stations:
            sync(station)


def letters_to(post: Post, station: Station) -> list[Letter]:
    box = post.hands.mailbox(station)
    return [letter for letter in post.hands.letters() if letter.box_id == box]


# --- a bit -----------------------------------------------------------------------------------------------------------


def test_a_bit_flipped_anywhere_in_a_packet_opens_nothing_and_stops_nothing(post: Post) -> None:
    post.headquarters.release(draft(PARIS.id, subject="Bắt tay"))
    settle(post.headquarters, post.paris)
    post.headquarters.release(draft(PARIS.id, subject="Điện thật"))
    sync(post.headquarters)
    (true,) = letters_to(post, post.paris)
    post.hands.take(true)
    # Sealed header, commitment, body, tag.
    harmed = places(len(true.body), 24, 0, 15, 16, 103, 104, 135, 136, len(true.body) - 16)
    for place in harmed:
        post.hands.put(true.box_id, flipped(true.body, place))
    settle(post.paris, rounds=4)
    assert subjects(post.paris) == ["Bắt tay"]
    assert NoticeKind.QUARANTINED in notices(post.paris)
    assert len(post.paris.quarantine()) == len(harmed)

    post.hands.put(true.box_id, true.body, true.message_id)
    sync(post.paris)

    assert subjects(post.paris) == sorted(["Bắt tay", "Điện thật"])
    assert letters_to(post, post.paris) == []
    assert post.paris.gaps() == ()


def test_a_bit_flipped_anywhere_in_a_handshake_opens_nothing_and_stops_nothing(post: Post) -> None:
    post.headquarters.release(draft(PARIS.id))
    sync(post.headquarters)
    (true,) = letters_to(post, post.paris)
    post.hands.take(true)
    desk = post.headquarters.desk
    device = desks.own(post.paris.desk).device
    cover = desks.cover_key(desk, desk.now())
    inside = veil.lift((cover,), device, true.body)
    # From outside every flip meets the veil; a member who owns the relay knows the veil key and reaches what is below.
    harmed = [flipped(true.body, place) for place in places(len(true.body), 12)]
    regions = (0, 1, 2, 3, 7, 11, 12, 43, 44, 1611, 1612, 2699, 2700, 2716)
    harmed += [veil.put_on(cover, device, flipped(inside, place)) for place in places(len(inside), 24, *regions)]
    for body in harmed:
        post.hands.put(true.box_id, body)
    settle(post.paris, rounds=4)
    assert cables(post.paris) == []
    assert len(post.paris.quarantine()) == len(harmed)

    post.hands.put(true.box_id, true.body, true.message_id)
    sync(post.paris)

    assert len(cables(post.paris)) == 1
    assert letters_to(post, post.paris) == []


def test_the_veil_that_is_put_on_again_unchanged_opens(post: Post) -> None:
    # The control of the test above: what it does to a message beside the flip harms nothing.
    post.headquarters.release(draft(PARIS.id))
    sync(post.headquarters)
    (true,) = letters_to(post, post.paris)
    desk = post.headquarters.desk
    device = desks.own(post.paris.desk).device
    cover = desks.cover_key(desk, desk.now())
    post.hands.rewrite(true, veil.put_on(cover, device, veil.lift((cover,), device, true.body)))

    sync(post.paris)

    assert len(cables(post.paris)) == 1


def test_blobs_with_a_flipped_bit_or_exchanged_are_shown_as_damaged(post: Post, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-" + bytes(100_000))
    released = []
    paths: list[Path] = []
    for number in range(7):
        words = draft(PARIS.id, subject=f"Điện số {number}", attachments=(attachment(paper),))
        released.append(post.headquarters.release(words))
        sync(post.headquarters)
        (fresh,) = [path for path in post.hands.blobs() if path not in paths]
        paths.append(fresh)
    # Salt, commitment, first chunk, a middle one, the last tag; then one that has another's bytes.
    size = paths[0].stat().st_size
    for path, place in zip(paths, (0, 30, 60, size // 2, size - 1), strict=False):
        path.write_bytes(flipped(path.read_bytes(), place))
    paths[5].write_bytes(paths[6].read_bytes())

    settle(post.paris, post.headquarters)

    states = [post.paris.read(each.cable_id).attachments[0].state for each in released]
    assert states == [AttachmentState.DAMAGED] * 6 + [AttachmentState.READY]
    assert NoticeKind.ATTACHMENT_DAMAGED in notices(post.paris)
    assert NoticeKind.FAULT_REPORTED in notices(post.headquarters)
    with pytest.raises(NotFound):
        post.paris.export(released[5].cable_id, 0, tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()
    proven = [
        ReceiptLevel.DECIPHERED in {receipt.level for receipt in post.headquarters.read(each.cable_id).receipts}
        for each in released
    ]
    # Only what is whole is proven.
    assert proven == [False] * 6 + [True]


def test_a_blob_cut_short_keeps_no_cable_back_and_comes_when_it_is_whole(post: Post, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-" + bytes(100_000))
    heavy = post.headquarters.release(draft(PARIS.id, attachments=(attachment(paper),)))
    sync(post.headquarters)
    (blob,) = post.hands.blobs()
    whole = blob.read_bytes()
    blob.write_bytes(whole[:5_000])
    light = post.headquarters.release(draft(PARIS.id, subject="Không kèm gì"))
    sync(post.headquarters)

    for _ in range(4):
        sync(post.paris)

    assert {row.cable_id for row in cables(post.paris)} == {heavy.cable_id, light.cable_id}
    assert post.paris.read(heavy.cable_id).attachments[0].state is not AttachmentState.READY
    blob.write_bytes(whole)
    sync(post.paris)
    assert post.paris.read(heavy.cable_id).attachments[0].state is AttachmentState.READY


# --- whole envelopes -------------------------------------------------------------------------------------------------


def test_replayed_reordered_and_duplicated_envelopes_change_nothing(post: Post) -> None:
    for number in range(4):
        post.headquarters.release(draft(PARIS.id, subject=f"Điện số {number}"))
        sync(post.headquarters)
    kept = letters_to(post, post.paris)
    for letter in kept:
        post.hands.take(letter)
    for letter in [*reversed(kept), *kept, *kept]:
        post.hands.put(letter.box_id, letter.body)

    settle(post.paris)

    assert subjects(post.paris) == [f"Điện số {number}" for number in range(4)]
    assert post.paris.gaps() == ()
    assert letters_to(post, post.paris) == []
    assert len(post.paris.desk.db.all("SELECT 1 FROM register_lines WHERE register = 2")) == 4
    # Long after: the same bytes once more, under their own ids and under new ones.
    post.ministry.clock.now += 6 * 86_400
    for letter in kept:
        post.hands.put(letter.box_id, letter.body, letter.message_id)
        post.hands.put(letter.box_id, letter.body)
    settle(post.paris)
    assert len(cables(post.paris)) == 4


@pytest.mark.parametrize("size", [0, 1, 151, 511, 2047, 32_767, 32_769, 65_536])
def test_an_envelope_of_no_size_class_is_refused_with_its_relay_and_nothing_is_lost(post: Post, size: int) -> None:
    post.headquarters.release(draft(PARIS.id))
    sync(post.headquarters)
    (true,) = letters_to(post, post.paris)
    post.hands.rewrite(true, (true.body + bytes(65_536))[:size])

    with pytest.raises(LinkRefused):
        sync(post.paris)
    assert cables(post.paris) == []

    post.hands.rewrite(true, true.body)
    sync(post.paris)
    assert len(cables(post.paris)) == 1


@pytest.mark.parametrize("size", [512, 2048, 8192])
def test_an_envelope_cut_to_a_smaller_class_is_set_aside(post: Post, size: int) -> None:
    post.headquarters.release(draft(PARIS.id, subject="Điện một"))
    settle(post.headquarters, post.paris)
    post.headquarters.release(draft(PARIS.id, subject="Điện hai", body="x" * 12_000, summary="Tóm tắt"))
    sync(post.headquarters)
    (true,) = letters_to(post, post.paris)
    assert len(true.body) == 32_768
    post.hands.put(true.box_id, true.body[:size])
    post.hands.put(true.box_id, true.body[:-size] + bytes(size))

    settle(post.paris)

    assert subjects(post.paris) == sorted(["Điện hai", "Điện một"])


def test_envelopes_exchanged_between_mailboxes_open_nowhere(post: Post) -> None:
    post.headquarters.release(draft(PARIS.id, subject="Cho Paris"))
    post.paris.release(draft(HQ.id, subject="Cho Bộ"))
    sync(post.headquarters)
    post.hands.drop_every_deposit()
    post.hands.keep_deposits()
    first = letters_to(post, post.paris)
    sync(post.paris)  # takes its own mail and leaves its first message for headquarters
    second = letters_to(post, post.headquarters)
    for letter in second:
        post.hands.take(letter)
    for letter in (*first, *second):
        # Everything into the other's mailbox: headquarters' mail to Paris comes back to headquarters.
        other = post.hands.mailbox(post.headquarters if letter in first else post.paris)
        post.hands.put(other, letter.body)

    settle(post.headquarters, post.paris)

    assert cables(post.headquarters) == []
    assert subjects(post.paris) == ["Cho Paris"]
    assert NoticeKind.QUARANTINED in notices(post.headquarters)
    assert post.paris.sent()[0].state is OutboxState.RELAY_HOLDS
    # The control: in its own mailbox the same mail opens.
    for letter in second:
        post.hands.put(letter.box_id, letter.body)
    settle(post.headquarters)
    assert subjects(post.headquarters) == ["Cho Bộ"]


def test_a_reflected_envelope_is_not_taken_by_its_sender(post: Post) -> None:
    post.headquarters.release(draft(PARIS.id))
    settle(post.headquarters, post.paris)
    post.headquarters.release(draft(PARIS.id, subject="Điện hai"))
    post.paris.release(draft(HQ.id, subject="Trả lời"))
    sync(post.headquarters)
    (packet,) = letters_to(post, post.paris)
    own = post.hands.mailbox(post.headquarters)
    post.hands.put(own, packet.body)

    settle(post.paris, post.headquarters)

    assert subjects(post.headquarters) == ["Trả lời"]
    assert subjects(post.paris) == ["Về chuyến thăm tháng 5", "Điện hai"]
    assert len(post.headquarters.quarantine()) == 1


def test_what_is_answered_stored_and_dropped_shows_as_a_gap_and_never_as_arrived(post: Post) -> None:
    post.headquarters.release(draft(PARIS.id, subject="Điện một"))
    settle(post.headquarters, post.paris)
    post.hands.drop_every_deposit()
    dropped = post.headquarters.release(draft(PARIS.id, subject="Điện hai"))
    sync(post.headquarters)
    post.hands.keep_deposits()
    settle(post.headquarters, post.paris)
    assert post.headquarters.sent()[0].state is OutboxState.RELAY_HOLDS

    arrived = post.headquarters.release(draft(PARIS.id, subject="Điện ba"))
    settle(post.headquarters, post.paris)

    (gap,) = post.paris.gaps()
    assert (gap.first, gap.last) == (2, 2)
    assert any(isinstance(row, GapRow) for row in post.paris.inbox())
    states = {row.cable_id: row.state for row in post.headquarters.sent()}
    assert states == {
        **states,
        dropped.cable_id: OutboxState.RELAY_HOLDS,
        arrived.cable_id: OutboxState.DECIPHERED,
    }
    post.ministry.clock.now += 1_000
    settle(post.headquarters, post.paris)
    assert post.paris.gaps() == ()
    assert subjects(post.paris) == sorted(["Điện ba", "Điện hai", "Điện một"])


def test_a_dropped_tail_is_named_by_the_daily_recap(post: Post) -> None:
    post.headquarters.release(draft(PARIS.id, subject="Điện một"))
    settle(post.headquarters, post.paris)
    post.hands.drop_every_deposit()
    post.headquarters.release(draft(PARIS.id, subject="Điện hai"))
    sync(post.headquarters)
    post.hands.keep_deposits()
    assert post.paris.gaps() == ()

    post.ministry.clock.now += 86_400
    sync(post.headquarters)
    sync(post.paris)

    assert [(gap.first, gap.last) for gap in post.paris.gaps()] == [(2, 2)]


def test_a_relay_that_put_its_database_back_a_week_loses_nothing_silently(post: Post, tmp_path: Path) -> None:
    relay = post.ministry.relays[0]
    relay.stop()
    old = (relay.folder / "relay.db").read_bytes()
    relay.start()
    post.headquarters.release(draft(PARIS.id, subject="Điện một"))
    settle(post.headquarters, post.paris)
    post.headquarters.release(draft(PARIS.id, subject="Điện hai"))
    sync(post.headquarters)
    relay.stop()
    for companion in relay.folder.glob("relay.db-*"):
        companion.unlink()
    (relay.folder / "relay.db").write_bytes(old)
    relay.start()

    settle(post.paris, post.headquarters)
    assert post.headquarters.sent()[0].state is OutboxState.RELAY_HOLDS
    for _ in range(2):
        post.ministry.clock.now += 86_400
        from secmsg.station import housekeeping

        housekeeping.tidy(post.headquarters.desk)
        settle(post.headquarters, post.paris)

    assert subjects(post.paris) == sorted(["Điện hai", "Điện một"])
    assert post.headquarters.sent()[0].state is OutboxState.DECIPHERED


def test_junk_under_the_id_of_a_true_packet_does_not_make_another_relays_copy_a_duplicate(tmp_path: Path) -> None:
    # Finding H10: the id is the relay's word; only the bytes may count as seen.
    ministry = Ministry(tmp_path)
    try:
        ministry.found()
        liar, honest = ministry.add_relay("liar"), ministry.add_relay("honest")
        ministry.enrol(HQ)
        ministry.enrol(PARIS)
        headquarters, paris = ministry.open(HQ), ministry.open(PARIS)
        settle(headquarters, paris, rounds=1)
        headquarters.release(draft(PARIS.id, subject="Điện một"))
        hands = Hands(liar)
        sync(headquarters)
        old = next(letter for letter in hands.letters() if letter.box_id == hands.mailbox(paris))
        settle(paris, headquarters)
        honest.stop()  # so that the liar comes first, whatever the order
        flash = headquarters.release(
            draft(PARIS.id, subject="Hỏa tốc", urgency=Urgency.FLASH, urgency_reason="Sơ tán công dân ngay")
        )
        sync(headquarters)
        for letter in hands.letters():
            if letter.box_id == old.box_id:
                hands.rewrite(letter, old.body)
        sync(paris)
        honest.start()

        settle(headquarters, paris)

        assert flash.cable_id in {row.cable_id for row in cables(paris)}
    finally:
        ministry.end()
