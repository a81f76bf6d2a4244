"""What must hold between a release and its receipts, whatever the relay does in between."""

from pathlib import Path

import pytest

from secmsg.errors import LinkError, OutcomeUnknown, Unreachable
from secmsg.ids import MessageId
from secmsg.office.lifecycle import OutboxState
from secmsg.station.events import CableArrived
from secmsg.station.views import (
    AttachmentState,
    CableRow,
    GapRow,
    InboxFilter,
    NoticeKind,
    Register,
)
from secmsg.wire.cable import Degree, Urgency
from secmsg.wire.service import ReceiptLevel
from secmsg.wire.sync import Deposit
from tests.helpers.ministry import CANBERRA, HQ, PARIS, attachment, draft
from tests.helpers.world import Office, World


def cables(office: Office) -> list[CableRow]:
    return [row for row in office.station.inbox() if isinstance(row, CableRow)]


def notices(office: Office) -> set[NoticeKind]:
    return {notice.kind for notice in office.station.status().notices}


def test_without_keys_a_cable_waits_and_is_sealed_when_the_bundle_is_there(ministry_world: World) -> None:
    headquarters = ministry_world.open(HQ)
    headquarters.sync()
    released = headquarters.release(draft(PARIS.id))
    headquarters.sync()
    assert headquarters.station.outbox()[0].state is OutboxState.WAITING_KEYS

    paris = ministry_world.open(PARIS)
    paris.sync()
    headquarters.sync()
    paris.sync()

    assert [row.cable_id for row in cables(paris)] == [released.cable_id]


def test_crossing_handshakes_leave_both_ends_with_one_session(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    there, back = headquarters.release(draft(PARIS.id)), paris.release(draft(HQ.id))
    # Both hand over their first message before either fetches.
    ministry_world.relay.order = lambda found: []
    headquarters.sync()
    paris.sync()
    ministry_world.relay.order = lambda found: found

    ministry_world.settle()
    later = headquarters.release(draft(PARIS.id, subject="Sau khi bắt tay"))
    ministry_world.settle()

    assert {row.cable_id for row in cables(paris)} == {there.cable_id, later.cable_id}
    assert {row.cable_id for row in cables(headquarters)} == {back.cable_id}
    assert headquarters.station.gaps() == paris.station.gaps() == ()
    assert not notices(headquarters) & {NoticeKind.QUARANTINED, NoticeKind.SESSION_STALE}


def test_a_lost_cable_is_a_gap_by_number_which_a_repeat_closes(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    lost: list[MessageId] = []

    def lose(deposit: Deposit) -> bool:
        if not lost:
            lost.append(deposit.message_id)
        return deposit.message_id in lost

    ministry_world.relay.lose = lose
    missing = headquarters.release(draft(PARIS.id, subject="Bị giữ lại"))
    headquarters.sync()
    headquarters.release(draft(PARIS.id, subject="Đến nơi"))
    headquarters.sync()
    paris.sync()

    (gap,) = paris.station.gaps()
    assert (gap.peer_name, gap.first, gap.last) == (HQ.name_vi, 2, 2)
    assert any(isinstance(row, GapRow) for row in paris.station.inbox())

    ministry_world.clock.now += 1_000  # beyond the time after which a repeat is asked for
    ministry_world.settle()
    assert paris.station.gaps() == ()
    assert missing.cable_id in {row.cable_id for row in cables(paris)}
    assert [row.mrn for row in paris.station.register(Register.IN)] == [
        "26 HANOI 001", "26 HANOI 003", "26 HANOI 002",
    ]  # fmt: skip


def test_a_late_arrival_closes_the_gap_by_itself(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    first = headquarters.release(draft(PARIS.id, subject="Một"))
    headquarters.sync()
    (held,) = ministry_world.relay.waiting()
    ministry_world.relay.order = lambda found: [each for each in found if each is not held]
    second = headquarters.release(draft(PARIS.id, subject="Hai"))
    headquarters.sync()
    paris.sync()
    assert len(paris.station.gaps()) == 1

    ministry_world.relay.order = lambda found: found
    paris.place.memory.after.clear()
    paris.sync()

    assert paris.station.gaps() == ()
    assert {first.cable_id, second.cable_id} <= {row.cable_id for row in cables(paris)}


def test_contact_that_breaks_after_sending_is_unknown_and_sending_again_makes_no_duplicate(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    released = headquarters.release(draft(PARIS.id))
    ministry_world.relay.break_after.add("deposit")
    with pytest.raises(OutcomeUnknown):
        headquarters.sync()
    assert headquarters.station.outbox()[0].state is OutboxState.UNKNOWN

    headquarters.station.send_now(released.cable_id)
    headquarters.sync()
    paris.sync()

    sent = [each for each in ministry_world.relay.deposited if len(each.body) == 32768]
    assert len(sent) == 2
    assert sent[0].message_id == sent[1].message_id
    assert sent[0].body == sent[1].body
    assert len(cables(paris)) == 1


def test_what_was_under_way_at_a_crash_goes_again_with_the_same_bytes(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.relay.break_after.add("deposit")
    with pytest.raises(LinkError):
        headquarters.sync()

    headquarters = ministry_world.reopen(headquarters, HQ)
    headquarters.sync()
    paris.sync()

    assert len(cables(paris)) == 1
    assert len({each.body for each in ministry_world.relay.deposited if len(each.body) == 32768}) == 1


def test_a_broken_acknowledgement_brings_the_packet_again_and_changes_nothing(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    headquarters.sync()
    ministry_world.relay.break_after.add("ack")
    with pytest.raises(OutcomeUnknown):
        paris.sync()
    assert len(cables(paris)) == 1

    paris = ministry_world.reopen(paris, PARIS)
    paris.sync()

    assert len(cables(paris)) == 1
    assert len(paris.station.register(Register.IN)) == 1


def test_a_relay_that_repeats_a_packet_under_new_ids_is_absorbed(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    headquarters.release(draft(PARIS.id, subject="Hai"))
    headquarters.sync()
    (original,) = ministry_world.relay.waiting()
    box = next(box for box, kept in ministry_world.relay.boxes.items() if kept.envelopes)
    for copy in range(3):
        ministry_world.relay.put(box, MessageId(bytes([copy]) * 16), original.body)

    paris.sync()

    assert len(cables(paris)) == 2
    assert ministry_world.relay.boxes[box].envelopes == {}
    assert [notice.kind for notice in paris.station.status().notices] == [NoticeKind.PACKET_REPEATED]
    assert paris.station.quarantine() == ()


def test_a_replayed_handshake_is_not_taken_twice(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    headquarters.sync()
    (handshake,) = ministry_world.relay.waiting()
    paris.sync()
    box = next(iter(box for box, kept in ministry_world.relay.boxes.items() if handshake.message_id in kept.ids))

    ministry_world.relay.put(box, MessageId(b"r" * 16), handshake.body)
    paris.sync()

    assert len(cables(paris)) == 1
    assert ministry_world.relay.boxes[box].envelopes == {}
    assert paris.station.quarantine() == ()


def test_a_packet_before_its_handshake_is_opened_in_the_same_round(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    first = headquarters.release(draft(PARIS.id, subject="Bắt tay"))
    second = headquarters.release(draft(PARIS.id, subject="Theo sau"))
    headquarters.sync()
    ministry_world.relay.order = lambda found: list(reversed(found))

    paris.sync()

    assert {row.cable_id for row in cables(paris)} == {first.cable_id, second.cable_id}
    assert paris.station.quarantine() == ()


def test_a_poison_packet_is_set_aside_after_three_tries_and_sync_goes_on(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    box = next(iter(ministry_world.relay.boxes))
    for target in ministry_world.relay.boxes:
        ministry_world.relay.put(target, MessageId(b"p" * 16), b"\xa5" * 2048)
    released = headquarters.release(draft(PARIS.id))
    headquarters.sync()
    assert box in ministry_world.relay.boxes

    for _ in range(3):
        paris.sync()
        paris.place.memory.after.clear()

    assert [row.cable_id for row in cables(paris)] == [released.cable_id]
    assert [row.size for row in paris.station.quarantine()] == [2048]
    assert NoticeKind.QUARANTINED in notices(paris)
    assert paris.station.status().quarantined == 1


def test_a_quarantined_packet_opens_when_its_handshake_comes_at_last(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    first = headquarters.release(draft(PARIS.id, subject="Bắt tay"))
    second = headquarters.release(draft(PARIS.id, subject="Theo sau"))
    headquarters.sync()
    handshake = ministry_world.relay.waiting()[0]
    ministry_world.relay.order = lambda found: [each for each in found if each is not handshake]
    for _ in range(3):
        paris.sync()
        paris.place.memory.after.clear()
    assert len(paris.station.quarantine()) == 1

    ministry_world.relay.order = lambda found: found
    paris.sync()

    assert {row.cable_id for row in cables(paris)} == {first.cable_id, second.cable_id}
    assert paris.station.quarantine() == ()


def test_a_long_cable_travels_as_a_blob_behind_a_slip(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    body = "Đoạn văn dài. " * 14_285 + "1234567890"
    assert len(body) == 200_000

    released = headquarters.release(draft(PARIS.id, body=body, summary="Tóm tắt"))
    ministry_world.settle()

    assert paris.station.read(released.cable_id).cable.body == body
    assert headquarters.station.sent()[0].state is OutboxState.DECIPHERED
    assert max(len(each.body) for each in ministry_world.relay.deposited) <= 32768


def test_a_blob_is_at_the_relay_before_its_envelope(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    headquarters, _ = offices
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"x" * 100_000)
    headquarters.release(draft(PARIS.id, attachments=(attachment(paper),)))
    ministry_world.relay.calls.clear()

    headquarters.sync()

    calls = ministry_world.relay.calls
    assert calls.index("upload") < calls.index("deposit")


def test_an_upload_that_fails_keeps_its_cable_back_but_not_the_others(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    headquarters, paris = offices
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"x" * 100_000)
    heavy = headquarters.release(draft(PARIS.id, attachments=(attachment(paper),)))
    light = headquarters.release(draft(PARIS.id, subject="Không kèm gì"))
    ministry_world.relay.break_after.add("upload")
    with pytest.raises(OutcomeUnknown):
        headquarters.sync()

    headquarters.sync()
    ministry_world.settle()

    assert {row.cable_id for row in cables(paris)} == {heavy.cable_id, light.cable_id}
    assert paris.station.read(heavy.cable_id).attachments[0].state is AttachmentState.READY


def test_a_spoiled_blob_is_fetched_again_and_then_shown_as_damaged(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    headquarters, paris = offices
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"x" * 100_000)
    released = headquarters.release(draft(PARIS.id, attachments=(attachment(paper),)))
    headquarters.sync()
    (name,) = ministry_world.relay.blobs
    whole = ministry_world.relay.blobs[name]
    ministry_world.relay.blobs[name] = whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:]

    ministry_world.settle()

    assert paris.station.read(released.cable_id).attachments[0].state is AttachmentState.DAMAGED
    assert NoticeKind.ATTACHMENT_DAMAGED in notices(paris)
    assert NoticeKind.FAULT_REPORTED in notices(headquarters)
    levels = {receipt.level for receipt in headquarters.station.read(released.cable_id).receipts}
    assert ReceiptLevel.DECIPHERED not in levels


def test_a_blob_spoiled_once_is_healed(ministry_world: World, offices: tuple[Office, Office], tmp_path: Path) -> None:
    headquarters, paris = offices
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"x" * 100_000)
    released = headquarters.release(draft(PARIS.id, attachments=(attachment(paper),)))
    headquarters.sync()
    ministry_world.relay.spoil_downloads = 1

    paris.sync()
    paris.sync()

    assert paris.station.read(released.cable_id).attachments[0].state is AttachmentState.READY


def test_no_contact_leaves_everything_waiting(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, _ = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.relay.unreachable = True

    with pytest.raises(Unreachable):
        headquarters.sync()

    assert headquarters.station.outbox()[0].state is OutboxState.WAITING_KEYS


def test_a_held_cable_stays_and_a_resumed_one_goes(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    released = headquarters.release(draft(PARIS.id))
    headquarters.station.hold(released.cable_id)
    headquarters.sync()
    paris.sync()
    assert cables(paris) == []

    headquarters.station.resume(released.cable_id)
    headquarters.sync()
    paris.sync()

    assert len(cables(paris)) == 1


def test_a_circular_reaches_every_addressee_in_one_cable(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    canberra = ministry_world.open(CANBERRA)
    canberra.sync()

    released = headquarters.release(draft(PARIS.id, info_to=(CANBERRA.id,)))
    ministry_world.settle()

    assert {row.to_name for row in headquarters.station.outbox()} == {PARIS.name_vi, CANBERRA.name_vi}
    assert cables(paris)[0].cable_id == cables(canberra)[0].cable_id == released.cable_id
    assert headquarters.station.sent()[0].peer_name == f"{PARIS.name_vi} +1"


def test_a_flash_cable_goes_before_what_was_released_earlier(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    ministry_world.relay.unreachable = True
    headquarters.release(draft(PARIS.id, subject="Thường"))
    flash = headquarters.release(
        draft(PARIS.id, subject="Hỏa tốc", urgency=Urgency.FLASH, urgency_reason="Sơ tán công dân ngay")
    )
    ministry_world.relay.unreachable = False
    ministry_world.relay.deposited.clear()

    headquarters.sync()
    paris.sync()

    arrived = [event for event in paris.events if isinstance(event, CableArrived)]
    assert arrived[1].cable_id == flash.cable_id


def test_a_cable_void_before_it_arrived_is_a_non_delivery(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, _ = offices
    now = ministry_world.clock.now
    headquarters.release(draft(PARIS.id, void_after=now + 600))
    ministry_world.relay.unreachable = True
    ministry_world.clock.now += 1_200
    ministry_world.relay.unreachable = False

    headquarters.sync()

    assert headquarters.station.outbox()[0].state is OutboxState.EXPIRED


def test_receipts_of_the_machine_are_batched_and_of_the_person_signed_apart(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    released = [headquarters.release(draft(PARIS.id, subject=f"Điện {number}")) for number in range(5)]
    headquarters.sync()
    ministry_world.relay.deposited.clear()
    paris.sync()
    assert len(ministry_world.relay.deposited) == 1

    paris.station.acknowledge(released[0].cable_id)
    paris.station.acknowledge(released[0].cable_id)
    paris.sync()
    headquarters.sync()

    assert len(ministry_world.relay.deposited) == 2
    view = headquarters.station.read(released[0].cable_id)
    assert {(each.level, each.evidence) for each in view.receipts} == {
        (ReceiptLevel.ARRIVED, "station"),
        (ReceiptLevel.DECIPHERED, "station"),
        (ReceiptLevel.REGISTERED, "person"),
    }
    assert max(view.receipts, key=lambda each: each.level).number == 1
    assert len(headquarters.station.outbox()) == 4
    assert len(paris.station.inbox(InboxFilter.UNACKNOWLEDGED)) == 4


def test_a_degree_above_the_certificate_is_refused_at_both_ends(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    canberra = ministry_world.open(CANBERRA)
    canberra.sync()

    with pytest.raises(Exception, match="degree"):
        canberra.release(draft(HQ.id, degree=Degree.SECRET))

    assert canberra.station.sent() == ()
    assert canberra.release(draft(HQ.id)).number == 1
