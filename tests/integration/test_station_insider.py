"""A member that breaks the rules: its items authenticate, and still only what is right is believed."""

import shutil
from collections.abc import Callable
from dataclasses import replace

import pytest

from secmsg.crypto import labels, signing
from secmsg.ids import CableId, CertificateRef, MailboxId, MessageId, PersonId, StationId
from secmsg.office import draft as drafts
from secmsg.office.lifecycle import OutboxState
from secmsg.protocol import session as protocol
from secmsg.station import desk as desks
from secmsg.station import envelopes, housekeeping, persons, sessions, signed
from secmsg.station.desk import Desk
from secmsg.station.signed import Signer
from secmsg.station.views import CableRow, Doubt, NoticeKind
from secmsg.store import sessions as session_rows
from secmsg.wire import cable as cable_wire
from secmsg.wire import service
from secmsg.wire import slip as slip_wire
from secmsg.wire.cable import Annex, Cable, Degree, Signatory, SignedCable, Urgency
from secmsg.wire.item import ItemKind
from secmsg.wire.packet import NO_ACK, EditionMark
from secmsg.wire.service import (
    Code,
    Fault,
    FaultCode,
    LineTest,
    Notice,
    Recap,
    Receipt,
    ReceiptLevel,
    RepeatRequest,
    SignedReceipts,
)
from secmsg.wire.slip import Slip
from tests.helpers.ministry import CANBERRA, HQ, PARIS, draft
from tests.helpers.world import Office, World


def cables(office: Office) -> list[CableRow]:
    return [row for row in office.station.inbox() if isinstance(row, CableRow)]


def notices(office: Office) -> list[NoticeKind]:
    return [notice.kind for notice in office.station.status().notices]


def compose(desk: Desk, to: StationId, **changes: object) -> Cable:
    """Make the cable that a release would make, changed as a liar would change it."""
    own, directory, now = desks.own(desk), desks.directory(desk), desk.now()
    cable = drafts.to_cable(
        draft(to),
        cable_id=CableId(desk.random(16)),
        origin=own.station,
        number=77,
        symbol="77/BNG",
        mrn=f"26 {directory.station(own.station).mrn_name} 077",
        releaser=persons.signatory(desk, now),
        now=now,
        annexes=(),
    )
    return replace(cable, **changes)  # type: ignore[arg-type]  # a test names the fields it changes


def sign(desk: Desk, cable: Cable, slips: tuple[Slip, ...] = ()) -> SignedCable:
    own = desks.own(desk)
    return signed.sign(cable, own.person_signer, own.device_signer, slips)


def post(office: Office, to: StationId, kind: ItemKind, body: bytes) -> None:
    desk = office.station.desk
    with desk.db.transaction():
        envelopes.post(desk, to, kind, body, cable_id=None, urgency=Urgency.ROUTINE, now=desk.now())


def speak(office: Office, to: StationId, message: service.ServiceMessage) -> None:
    post(office, to, ItemKind.SERVICE, service.encode(message))


SLIP = Slip(bytes(32), 5, bytes(32), 0, 0)
ANNEX = Annex("a.pdf", "application/pdf", 5, 1, bytes(32), bytes(32))


def _other_device(desk: Desk) -> bytes:
    return cable_wire.encode_signed(replace(sign(desk, compose(desk, PARIS.id)), device_ref=CertificateRef(bytes(32))))


def _unknown_person(desk: Desk) -> bytes:
    return cable_wire.encode_signed(replace(sign(desk, compose(desk, PARIS.id)), person_ref=CertificateRef(bytes(32))))


def _other_text(desk: Desk) -> bytes:
    honest = sign(desk, compose(desk, PARIS.id))
    return cable_wire.encode_signed(
        replace(honest, cable=cable_wire.encode(compose(desk, PARIS.id, body="Một nội dung khác.")))
    )


def _swapped_signatures(desk: Desk) -> bytes:
    honest = sign(desk, compose(desk, PARIS.id))
    return cable_wire.encode_signed(replace(honest, person_signature=honest.device_signature))


def _other_origin(desk: Desk) -> bytes:
    return cable_wire.encode_signed(sign(desk, compose(desk, PARIS.id, origin=CANBERRA.id)))


def _other_releaser(desk: Desk) -> bytes:
    other = Signatory(PersonId(999), "Kẻ mạo danh", "Đại sứ", desk.now())
    return cable_wire.encode_signed(sign(desk, compose(desk, PARIS.id, releaser=other)))


def _not_for_us(desk: Desk) -> bytes:
    return cable_wire.encode_signed(sign(desk, compose(desk, CANBERRA.id)))


def _slip_without_annex(desk: Desk) -> bytes:
    return cable_wire.encode_signed(sign(desk, compose(desk, PARIS.id), (SLIP,)))


def _slip_of_another_annex(desk: Desk) -> bytes:
    cable = compose(desk, PARIS.id, annexes=(ANNEX,), documents=2)
    return cable_wire.encode_signed(sign(desk, cable, (replace(SLIP, size=6),)))


def _annex_of_another_manifest(desk: Desk) -> bytes:
    cable = compose(desk, PARIS.id, annexes=(ANNEX,), documents=2)
    return cable_wire.encode_signed(sign(desk, cable, (SLIP,)))


def _garbage(desk: Desk) -> bytes:
    return b"\xff" * 100


LIES: list[Callable[[Desk], bytes]] = [
    _other_device,
    _unknown_person,
    _other_text,
    _swapped_signatures,
    _other_origin,
    _other_releaser,
    _not_for_us,
    _slip_without_annex,
    _slip_of_another_annex,
    _annex_of_another_manifest,
    _garbage,
]


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: str(lie.__name__).strip("_"))
def test_a_false_cable_is_set_aside_reported_by_number_and_the_next_one_comes(
    ministry_world: World, offices: tuple[Office, Office], lie: Callable[[Desk], bytes]
) -> None:
    headquarters, paris = offices
    post(headquarters, PARIS.id, ItemKind.CABLE, lie(headquarters.station.desk))
    honest = headquarters.release(draft(PARIS.id))

    ministry_world.settle()

    assert [row.cable_id for row in cables(paris)] == [honest.cable_id]
    assert NoticeKind.QUARANTINED in notices(paris)
    assert NoticeKind.FAULT_REPORTED in notices(headquarters)
    assert paris.station.gaps() == ()
    assert len(paris.station.quarantine()) == 1
    assert headquarters.station.sent()[0].state is OutboxState.DECIPHERED


def test_a_true_cable_by_the_same_hand_is_entered(ministry_world: World, offices: tuple[Office, Office]) -> None:
    # The control: what the lies above change is all that is wrong with them.
    headquarters, paris = offices
    desk = headquarters.station.desk
    post(headquarters, PARIS.id, ItemKind.CABLE, cable_wire.encode_signed(sign(desk, compose(desk, PARIS.id))))

    ministry_world.settle()

    assert [row.number for row in cables(paris)] == [77]


def test_a_degree_above_the_senders_certificate_is_refused(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, _ = offices
    canberra = ministry_world.open(CANBERRA)
    canberra.sync()
    desk = canberra.station.desk
    secret = compose(desk, HQ.id, degree=Degree.SECRET)
    post(canberra, HQ.id, ItemKind.CABLE, cable_wire.encode_signed(sign(desk, secret)))

    ministry_world.settle()

    assert cables(headquarters) == []
    assert NoticeKind.QUARANTINED in notices(headquarters)


def test_a_wrong_page_count_is_entered_and_reported(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    desk = headquarters.station.desk
    cable = compose(desk, PARIS.id, pages=9)
    post(headquarters, PARIS.id, ItemKind.CABLE, cable_wire.encode_signed(sign(desk, cable)))

    ministry_world.settle()

    assert [row.cable_id for row in cables(paris)] == [cable.cable_id]
    assert NoticeKind.FAULT_REPORTED in notices(headquarters)


def test_one_cable_sent_twice_is_entered_once(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    released = headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    desk = headquarters.station.desk
    from secmsg.store import cables as cable_rows

    again = cable_rows.read(desk.db, released.cable_id).signed
    post(headquarters, PARIS.id, ItemKind.CABLE, again)

    ministry_world.settle()

    assert len(cables(paris)) == 1
    assert paris.station.gaps() == ()


def test_another_cable_under_a_known_id_is_set_aside_and_gives_no_receipt(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    canberra = ministry_world.open(CANBERRA)
    canberra.sync()
    circular = headquarters.release(draft(PARIS.id, info_to=(CANBERRA.id,)))
    headquarters.sync()
    canberra.sync()
    desk = canberra.station.desk
    false = compose(desk, PARIS.id, cable_id=circular.cable_id, body="Không phải điện của Bộ.")
    post(canberra, PARIS.id, ItemKind.CABLE, cable_wire.encode_signed(sign(desk, false)))
    paris.sync()
    canberra.sync()

    ministry_world.settle()

    assert paris.station.read(circular.cable_id).cable.body == "Kính gửi Bộ."
    assert NoticeKind.CABLE_CLASH in notices(paris)
    assert NoticeKind.FAULT_REPORTED in notices(canberra)
    assert headquarters.station.read(circular.cable_id).receipts


def test_a_cable_that_came_second_under_a_stolen_id_is_not_acknowledged_in_the_thiefs_name(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    canberra = ministry_world.open(CANBERRA)
    canberra.sync()
    circular = headquarters.release(draft(PARIS.id, info_to=(CANBERRA.id,)))
    ministry_world.relay.order = lambda found: [] if len(found) == 1 and found[0].seq == 1 else found
    headquarters.sync()
    ministry_world.relay.order = lambda found: found
    canberra.sync()
    desk = canberra.station.desk
    false = compose(desk, PARIS.id, cable_id=circular.cable_id, body="Đến trước.")
    post(canberra, PARIS.id, ItemKind.CABLE, cable_wire.encode_signed(sign(desk, false)))
    canberra.sync()
    ministry_world.relay.order = lambda found: list(reversed(found))

    paris.sync()
    ministry_world.relay.order = lambda found: found
    ministry_world.settle()

    assert NoticeKind.CABLE_CLASH in notices(paris)
    assert NoticeKind.FAULT_REPORTED in notices(headquarters)
    rows = {row.to: row.state for row in headquarters.station.outbox()}
    assert rows[PARIS.id] is OutboxState.RELAY_HOLDS


@pytest.mark.parametrize(
    ("doubt", "changes"),
    [
        (Doubt.COUNT, {"pages": 9}),
        (Doubt.OBJECTION, {"degree": Degree.TOP_SECRET}),
        (Doubt.NUMBER, {"mrn": "26 PARIS 077"}),
        (Doubt.NUMBER, {"number": 78}),
    ],
)
def test_what_is_odd_about_an_authentic_cable_is_shown(
    ministry_world: World, offices: tuple[Office, Office], doubt: Doubt, changes: dict[str, object]
) -> None:
    headquarters, paris = offices
    desk = headquarters.station.desk
    cable = compose(desk, PARIS.id, **changes)
    post(headquarters, PARIS.id, ItemKind.CABLE, cable_wire.encode_signed(sign(desk, cable)))

    ministry_world.settle()

    assert paris.station.read(cable.cable_id).verification.doubts == (doubt,)
    assert NoticeKind.CABLE_DOUBTFUL in notices(paris)


def test_a_signer_is_shown_by_the_directorys_name_not_by_his_own_words(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    desk = headquarters.station.desk
    own = desks.own(desk)
    boast = Signatory(own.person, "Bộ trưởng", "Bộ trưởng", desk.now())
    cable = compose(desk, PARIS.id, releaser=boast)
    post(headquarters, PARIS.id, ItemKind.CABLE, cable_wire.encode_signed(sign(desk, cable)))

    ministry_world.settle()

    verification = paris.station.read(cable.cable_id).verification
    assert (verification.person_name, verification.person_title) == ("Nguyễn Văn Hanoi", "Đại sứ")
    assert verification.doubts == (Doubt.NAME,)


def test_a_flood_of_junk_hides_no_other_notice(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    number = desks.directory(paris.station.desk).number
    packet = packet_with(headquarters, EditionMark(number, b"otherdir"), b"")
    box = paris_box(ministry_world)
    ministry_world.relay.put(box, MessageId(b"f" * 16), packet)
    paris.sync()
    for each in range(60):
        ministry_world.relay.put(box, MessageId(each.to_bytes(16)), each.to_bytes(2) * 256)
        speak(headquarters, PARIS.id, Notice(Code.CANCEL, "lũ"))

    for _ in range(3):
        headquarters.sync()
        paris.sync()
        paris.place.memory.after.clear()

    assert NoticeKind.DIRECTORY_FORK in notices(paris)
    assert notices(paris).count(NoticeKind.QUARANTINED) == 1
    assert len(notices(paris)) < 60


def test_a_session_that_nobody_answers_is_given_up_and_everything_sealed_anew(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    canberra = ministry_world.open(CANBERRA)
    canberra.sync()
    # A relay that gives one prekey to two senders: the second one's handshake can never be opened.
    for box in ministry_world.relay.boxes.values():
        box.entries = [box.entries[0], box.entries[0], *box.entries[1:]] if box.entries else []
    canberra.release(draft(PARIS.id))
    canberra.sync()
    paris.sync()
    lost = [headquarters.release(draft(PARIS.id, subject=f"Điện {number}")) for number in range(2)]
    for _ in range(3):
        headquarters.sync()
        paris.sync()
        paris.place.memory.after.clear()
    assert len(cables(paris)) == 1

    ministry_world.clock.now += 86_400 + 1
    housekeeping.tidy(headquarters.station.desk)
    ministry_world.settle()

    assert {each.cable_id for each in lost} <= {row.cable_id for row in cables(paris)}
    assert {row.state for row in headquarters.station.sent()} == {OutboxState.DECIPHERED}
    assert paris.station.gaps() == ()


def test_a_device_enrolled_anew_gets_what_was_on_its_way(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    for session in session_rows.every(paris.station.desk.db):
        with paris.station.desk.db.transaction():
            session_rows.forget(paris.station.desk.db, session.session_id)
    waiting = headquarters.release(draft(PARIS.id, subject="Trên đường"))
    headquarters.sync()
    # Paris has lost its sessions and writes first: its handshake replaces the old session at headquarters.
    with headquarters.station.desk.db.transaction():
        desks.distrust_session(headquarters.station.desk, desks.own(paris.station.desk).device)
    headquarters.release(draft(PARIS.id, subject="Sau khi nối lại"))

    ministry_world.settle()

    assert waiting.cable_id in {row.cable_id for row in cables(paris)}
    assert paris.station.gaps() == ()


def test_a_slip_for_more_than_a_cable_is_refused(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    huge = Slip(bytes(32), cable_wire.MAX_SIGNED_BYTES + 1, bytes(32), 0, 0)
    post(headquarters, PARIS.id, ItemKind.SLIP, slip_wire.encode(huge))

    ministry_world.settle()

    assert NoticeKind.QUARANTINED in notices(paris)
    assert paris.station.desk.db.all("SELECT 1 FROM downloads") == ()


def test_a_slip_whose_blob_is_no_cable_is_reported(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    post(headquarters, PARIS.id, ItemKind.SLIP, slip_wire.encode(SLIP))

    ministry_world.settle()

    assert cables(paris) == []
    assert len(paris.station.desk.db.all("SELECT 1 FROM downloads")) == 1


# --- receipts --------------------------------------------------------------------------------------------------------


def receipts(signer: Signer, label: str, cable_id: CableId, level: ReceiptLevel, number: int = 0) -> SignedReceipts:
    listed = (Receipt(cable_id, level, 1_790_000_000, number),)
    return SignedReceipts(signer.ref, listed, signing.sign(signer.key, label, service.receipts_to_sign(listed)))


def test_a_machine_cannot_sign_a_persons_receipt(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    released = headquarters.release(draft(PARIS.id))
    headquarters.sync()
    paris.sync()
    machine = desks.own(paris.station.desk).device_signer
    speak(
        paris,
        HQ.id,
        receipts(machine, labels.SIGN_RECEIPT_STATION, released.cable_id, ReceiptLevel.REGISTERED, 1),
    )

    ministry_world.settle()

    assert headquarters.station.sent()[0].state is OutboxState.DECIPHERED
    assert NoticeKind.QUARANTINED in notices(headquarters)


def test_another_station_cannot_give_receipts_for_it(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    canberra = ministry_world.open(CANBERRA)
    canberra.sync()
    ministry_world.relay.lose = lambda deposit: len(deposit.body) == 32768
    released = headquarters.release(draft(PARIS.id))
    headquarters.sync()
    ministry_world.relay.lose = lambda _: False
    person = desks.own(canberra.station.desk).person_signer
    about = receipts(person, labels.SIGN_RECEIPT_PERSON, released.cable_id, ReceiptLevel.REGISTERED, 1)
    # Honest about itself it proves nothing about Paris; passed on by Paris it is refused.
    speak(canberra, HQ.id, about)
    speak(paris, HQ.id, about)

    ministry_world.settle(headquarters, canberra, paris)

    (row,) = headquarters.station.outbox()
    assert row.state is OutboxState.RELAY_HOLDS
    assert NoticeKind.QUARANTINED in notices(headquarters)


def test_a_receipt_about_an_unknown_cable_is_shown_and_stops_nothing(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    person = desks.own(paris.station.desk).person_signer
    speak(
        paris,
        HQ.id,
        receipts(person, labels.SIGN_RECEIPT_PERSON, CableId(bytes(16)), ReceiptLevel.REGISTERED, 1),
    )

    ministry_world.settle()

    assert notices(headquarters) == [NoticeKind.CHAIN_FORKED]
    assert headquarters.station.status().freezes == ()


def test_a_signed_refusal_ends_a_delivery(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    released = headquarters.release(draft(PARIS.id))
    headquarters.sync()
    paris.sync()
    person = desks.own(paris.station.desk).person_signer
    speak(paris, HQ.id, receipts(person, labels.SIGN_RECEIPT_PERSON, released.cable_id, ReceiptLevel.REFUSED))

    ministry_world.settle()

    assert headquarters.station.outbox()[0].state is OutboxState.REFUSED


# --- service messages ------------------------------------------------------------------------------------------------


def test_a_recap_shows_a_tail_that_was_withheld(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    speak(headquarters, PARIS.id, Recap(sent=5, received=0))

    ministry_world.settle()

    (gap,) = paris.station.gaps()
    assert (gap.first, gap.last) == (3, 5)


def test_the_daily_recap_is_sent_by_itself(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    ministry_world.relay.lose = lambda _: True
    headquarters.release(draft(PARIS.id, subject="Bị giữ lại"))
    headquarters.sync()
    ministry_world.relay.lose = lambda _: False
    assert paris.station.gaps() == ()

    ministry_world.clock.now += 86_400
    headquarters.sync()
    paris.sync()

    assert [(gap.first, gap.last) for gap in paris.station.gaps()] == [(2, 2)]


def test_service_messages_of_every_kind_are_taken(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    speak(headquarters, PARIS.id, LineTest(b"12345678", answer=False))
    speak(headquarters, PARIS.id, Notice(Code.CANCEL, "Điện 5 hủy"))
    speak(headquarters, PARIS.id, Fault(FaultCode.GARBLED, "", 3))
    speak(headquarters, PARIS.id, RepeatRequest(((40, 90),)))

    ministry_world.settle()

    assert set(notices(paris)) == {NoticeKind.SERVICE_MESSAGE, NoticeKind.FAULT_REPORTED}
    assert paris.station.quarantine() == headquarters.station.quarantine() == ()


# --- clones, rollbacks, other directories ----------------------------------------------------------------------------


def test_a_cloned_profile_is_shown_as_a_fork_of_its_chain(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    ministry_world.close(headquarters)
    shutil.copytree(ministry_world.root / f"station-{HQ.id}", ministry_world.root / "clone")
    headquarters, clone = ministry_world.open(HQ), ministry_world.open(HQ, folder="clone")
    headquarters.release(draft(PARIS.id, subject="Bản thật"))
    headquarters.sync()
    paris.sync()
    assert NoticeKind.CHAIN_FORKED not in notices(paris)

    clone.release(draft(PARIS.id, subject="Bản sao"))
    clone.sync()
    for _ in range(3):
        paris.sync()
        paris.place.memory.after.clear()

    assert set(notices(paris)) & {NoticeKind.PACKET_REPEATED, NoticeKind.QUARANTINED}
    assert "Bản thật" in {row.subject for row in cables(paris)}


def test_a_store_put_back_to_an_old_copy_is_shown_at_both_ends(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    ministry_world.close(headquarters)
    shutil.copytree(ministry_world.root / f"station-{HQ.id}", ministry_world.root / "backup")
    headquarters = ministry_world.open(HQ)
    for number in range(3):
        headquarters.release(draft(PARIS.id, subject=f"Sau bản lưu {number}"))
    headquarters.sync()
    ministry_world.close(headquarters)
    paris.sync()

    restored = ministry_world.open(HQ, folder="backup")
    restored.release(draft(PARIS.id, subject="Từ bản lưu"))
    for _ in range(3):
        restored.sync()
        restored.place.memory.after.clear()
        paris.sync()
        paris.place.memory.after.clear()

    # What Paris answers belongs to a session that the old copy never had; what it sends stands where something stood.
    assert NoticeKind.QUARANTINED in notices(restored)
    assert set(notices(paris)) & {NoticeKind.PACKET_REPEATED, NoticeKind.QUARANTINED}


def packet_with(office: Office, edition: EditionMark, payload: bytes) -> bytes:
    """Seal a packet to Paris in the office's session by hand."""
    desk = office.station.desk
    (certificate,) = desks.directory(desk).devices_of(PARIS.id, desk.now())
    session = sessions.active(desk, certificate.device)
    assert session is not None
    after, packet = protocol.encrypt(session, payload, now=desk.now(), ack=NO_ACK, edition=edition, random=desk.random)
    with desk.db.transaction():
        sessions.keep_active(desk, PARIS.id, after, desk.now())
    return packet


def paris_box(built: World) -> MailboxId:
    return next(
        box
        for box, kept in built.relay.boxes.items()
        if any(len(d.body) == 32768 and d.to_box == box for d in built.relay.deposited)
    )


def test_a_peer_with_another_directory_of_our_number_is_shown_once(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    number = desks.directory(paris.station.desk).number
    for each in range(2):
        packet = packet_with(headquarters, EditionMark(number, b"otherdir"), b"")
        ministry_world.relay.put(paris_box(ministry_world), MessageId(bytes([each]) * 16), packet)

    paris.sync()

    assert notices(paris).count(NoticeKind.DIRECTORY_FORK) == 1


def test_what_a_newer_edition_must_explain_is_kept_until_it_is_here(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    desk = headquarters.station.desk
    body = _unknown_person(desk)
    from secmsg.wire import item as item_wire
    from secmsg.wire.item import Item

    pair = desk.db.one("SELECT next, head FROM outgoing_pairs WHERE peer = ?", (PARIS.id,))
    assert pair is not None
    item = item_wire.encode(Item(pair[0], pair[1], ItemKind.CABLE, desk.now(), body))
    packet = packet_with(headquarters, EditionMark(99, bytes(8)), item)
    ministry_world.relay.put(paris_box(ministry_world), MessageId(b"n" * 16), packet)

    for _ in range(3):
        paris.sync()
        paris.place.memory.after.clear()

    assert [row.reason for row in paris.station.quarantine()] == ["NotListed"]
    assert paris.station.gaps() == ()


@pytest.mark.parametrize("payload", [b"\x00", b"\xa0", b"x" * 300])
def test_a_payload_that_is_no_item_is_dropped_without_a_trace_in_the_chain(
    ministry_world: World, offices: tuple[Office, Office], payload: bytes
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    number = desks.directory(paris.station.desk).number
    mark = EditionMark(number, desks.directory(paris.station.desk).root[:8])
    packet = packet_with(headquarters, mark, payload)
    ministry_world.relay.put(paris_box(ministry_world), MessageId(b"n" * 16), packet)
    later = headquarters.release(draft(PARIS.id, subject="Sau đó"))

    ministry_world.settle()

    assert later.cable_id in {row.cable_id for row in cables(paris)}
    assert paris.station.gaps() == ()
    assert paris.station.status().quarantined == 1
