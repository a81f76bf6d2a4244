"""Short cables by thin packets, between two real stores: entered unsigned, signed by the next line, or an alarm."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.config import ChannelCap, Channels, ThinLimits
from secmsg.errors import FormatError, Incomplete, NoSession, NotAllowed, NotFound, TooFarAhead
from secmsg.ids import DeviceId, EditionNumber
from secmsg.protocol import thin
from secmsg.station import desk as desks
from secmsg.station import housekeeping, sessions, thin_receiving, thin_sending, thin_tables
from secmsg.station.thin_views import ThinBearer, ThinFate, ThinPacket, ThinTaken
from secmsg.station.views import CableRow, Doubt, NoticeKind, Register
from secmsg.store import sessions as session_rows
from secmsg.store import thin as rows
from secmsg.wire import groups, revocation, thin_content, thin_lines
from secmsg.wire.cable import Degree, Urgency
from secmsg.wire.revocation import Revocation, RevocationReason
from secmsg.wire.thin_content import Bearer, Message, ThinCable, ThinNotice, ThinReport, ThinSlip
from tests.helpers.cables import SLIP
from tests.helpers.machines import machines, open_machine
from tests.helpers.ministry import FAST, HQ, PARIS, attachment, draft
from tests.helpers.thin_tables import unseen
from tests.helpers.world import Office, World, world

SUBJECT = "Sóng thần, tình hình bà con"
BODY = unseen()[1].split("\n", 1)[1]
LONG = "\n".join(text.split("\n", 1)[1] for text in unseen()[:4])


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[tuple[World, Office, Office]]:
    with world(tmp_path) as built:
        hq, paris = built.open(HQ), built.open(PARIS)
        built.settle()
        hq.release(draft(PARIS.id, subject="Trước", degree=Degree.CONFIDENTIAL))
        paris.release(draft(HQ.id, subject="Trước", degree=Degree.CONFIDENTIAL))
        built.settle()
        yield built, hq, paris


def write(
    office: Office, bearer: ThinBearer = ThinBearer.SMS, parity: int = 0, **changes: object
) -> tuple[ThinPacket, ...]:
    to = HQ.id if office.station.status().station == PARIS.id else PARIS.id
    form = draft(to, subject=SUBJECT, body=BODY, degree=Degree.CONFIDENTIAL)
    filled = replace(form, **changes)  # type: ignore[arg-type]  # a test names the fields it changes
    made = office.station.release_thin(filled, bearer, parity)
    return made.packets


def read(office: Office, packets: tuple[ThinPacket, ...]) -> list[ThinTaken]:
    return [office.station.take_thin(each.packet) for each in packets]


def shown(office: Office, subject: str = SUBJECT) -> list[CableRow]:
    return [each for each in office.station.inbox() if isinstance(each, CableRow) and each.subject == subject]


def kinds(office: Office) -> set[NoticeKind]:
    return {each.kind for each in office.station.status().notices}


def test_a_short_cable_is_one_text_message_unsigned_until_the_line_brings_the_signed_one(
    offices: tuple[World, Office, Office],
) -> None:
    built, hq, paris = offices

    (packet,) = write(paris)
    assert len(packet.packet) == 140
    (taken,) = read(hq, (packet,))

    # Entered, listed, readable, and nowhere called signed.
    assert (taken.fate, taken.station_name) == (ThinFate.ENTERED, PARIS.name_vi)
    (row,) = shown(hq)
    assert row.unsigned
    assert (row.mrn, row.degree, row.urgency) == (taken.mrn, Degree.CONFIDENTIAL, Urgency.ROUTINE)
    view = hq.station.read(row.cable_id)
    assert (view.cable.subject, view.cable.body) == (SUBJECT, BODY)
    assert view.verification.unsigned
    assert not view.verification.signature_ok
    assert (view.verification.person_name, view.cable.releaser.name, view.cable.drafter.name) == ("", "", "")
    assert hq.station.search("sơ tán").rows[0].unsigned
    assert hq.station.register(Register.IN)[-1].note == "chưa có chữ ký (qua gói mỏng)"
    with pytest.raises(NotAllowed, match="no signature yet"):
        hq.station.acknowledge(row.cable_id)
    hq.sync()
    paris.sync()
    assert paris.station.read(row.cable_id).receipts == ()

    # The signed cable comes by the line, under the same id and word for word.
    built.settle()
    (row,) = shown(hq)
    assert not row.unsigned
    view = hq.station.read(row.cable_id)
    assert view.verification.signature_ok
    assert not view.verification.unsigned
    assert view.verification.doubts == ()
    assert view.cable.releaser.name != ""
    assert [line.note for line in hq.station.register(Register.IN)[-2:]] == [
        "chưa có chữ ký (qua gói mỏng)",
        "đã có chữ ký, đúng từng chữ",
    ]
    assert NoticeKind.THIN_DIFFERS not in kinds(hq)
    hq.station.acknowledge(row.cable_id)
    built.settle()
    assert all(each.subject != SUBJECT for each in paris.station.outbox())
    assert hq.station.gaps() == paris.station.gaps() == ()
    assert hq.station.search("sơ tán").rows[0].unsigned is False


@pytest.mark.parametrize("bearer", list(ThinBearer))
def test_fragments_come_in_any_order_twice_and_with_losses(
    offices: tuple[World, Office, Office], bearer: ThinBearer
) -> None:
    _, hq, paris = offices
    packets = write(paris, bearer, parity=3, body=LONG)
    needed = len(packets) - 3
    assert needed > 1

    kept = packets[2:-1][::-1] + packets[-1:]
    taken = read(hq, (*kept[:1], *kept[:1], *kept))

    fates = [each.fate for each in taken]
    assert fates.count(ThinFate.ENTERED) == 1
    assert max(each.here for each in taken) == needed - 1
    assert set(fates) <= {ThinFate.PIECE, ThinFate.ENTERED, ThinFate.DUPLICATE}
    assert hq.station.read(shown(hq)[0].cable_id).cable.body == LONG
    # What comes later, or again, has no effect.
    assert {each.fate for each in read(hq, packets)} == {ThinFate.DUPLICATE}
    assert hq.station.thin_waiting() == ()
    assert len(shown(hq)) == 1


def test_a_line_typed_wrong_is_named_by_its_group_and_changes_nothing(offices: tuple[World, Office, Office]) -> None:
    _, hq, paris = offices
    (packet,) = write(paris, ThinBearer.SMS, subject="Tin ngắn", body="Đã nhận điện số 45.")
    letters = packet.line.split()

    with pytest.raises(FormatError, match="group 7"):
        hq.station.take_thin(thin_lines.read(" ".join((*letters[:6], letters[7], *letters[7:]))))
    (taken,) = [hq.station.take_thin(thin_lines.read(packet.line))]

    assert taken.fate is ThinFate.ENTERED
    assert len(packet.packet) == 60


def test_groups_misheard_and_missing_come_back_and_the_tag_decides(offices: tuple[World, Office, Office]) -> None:
    _, hq, paris = offices
    (packet,) = write(paris, ThinBearer.VOICE, subject="Tin ngắn", body="Đã nhận điện số 45.")
    spoken = packet.line.split()
    wrong = {9: "-----", 20: "?", 30: spoken[31]}

    (taken,) = [hq.station.take_thin(groups.read(" ".join(wrong.get(at, each) for at, each in enumerate(spoken))))]

    assert taken.fate is ThinFate.ENTERED
    assert len(packet.packet) == 60


def test_what_nobody_sent_is_refused_and_what_was_sent_may_come_again(offices: tuple[World, Office, Office]) -> None:
    _, hq, paris = offices
    (packet,) = write(paris)
    flipped = packet.packet[:-1] + bytes([packet.packet[-1] ^ 1])

    with pytest.raises(Exception, match="authenticate"):
        hq.station.take_thin(flipped)
    with pytest.raises(NoSession):
        hq.station.take_thin(bytes(140))
    with pytest.raises(FormatError, match="139 bytes"):
        hq.station.take_thin(packet.packet[:-1])
    assert shown(hq) == []

    assert read(hq, (packet, packet))[1].fate is ThinFate.DUPLICATE
    again = paris.station.thin_again(shown(hq)[0].cable_id)
    assert again == (packet,)
    with pytest.raises(NotFound):
        hq.station.thin_again(shown(hq)[0].cable_id)


def test_the_signed_cable_may_come_first(offices: tuple[World, Office, Office]) -> None:
    built, hq, paris = offices
    packets = write(paris)
    built.settle()

    (taken,) = read(hq, packets)

    assert taken.fate is ThinFate.SIGNED_BEFORE
    (row,) = shown(hq)
    assert not row.unsigned
    assert len(hq.station.register(Register.IN)) == 2


def _forged(paris: Office, cable: ThinCable) -> bytes:
    """Seal, as a sender that lies, another text than the one that was signed."""
    desk, now = paris.station.desk, paris.station.desk.now()
    device = next(each.device for each in desks.directory(desk).devices_of(HQ.id, now))
    session = sessions.active(desk, device)
    assert session is not None
    (content,) = thin_content.packets(Message(cable), Bearer.SMS, 0, 0, thin_tables.tables(), thin_tables.check)
    session, packet = thin.seal_thin(session, content, now=now, limits=desk.policy.thin)
    with desk.db.transaction():
        sessions.keep_active(desk, HQ.id, session, now)
    return packet


def _sent(paris: Office, hq: Office, packet: ThinPacket) -> ThinCable:
    """Give what a packet held, from the station that took it."""
    text = rows.text(hq.station.desk.db, shown(hq)[0].cable_id)
    assert text is not None
    message = thin_content.decode(text.content[0], text.content[1:], thin_tables.tables())
    assert isinstance(message.body, ThinCable)
    return message.body


def test_another_text_in_the_place_of_the_signed_one_is_an_alarm_and_both_are_kept(
    offices: tuple[World, Office, Office],
) -> None:
    built, hq, paris = offices
    packets = write(paris)
    true = _sent(paris, hq, packets[0]) if read(hq, packets) else None
    assert true is not None
    other = replace(true, body="Đề nghị hủy chuyến thăm.")

    taken = hq.station.take_thin(_forged(paris, other))
    assert taken.fate is ThinFate.ENTERED
    built.settle()

    assert NoticeKind.THIN_DIFFERS in kinds(hq)
    rows_ = {row.cable_id: row for row in shown(hq)}
    assert len(rows_) == 2
    lie = hq.station.read(taken.cable_id) if taken.cable_id is not None else None
    assert lie is not None
    assert lie.row.unsigned
    assert lie.verification.doubts == (Doubt.THIN,)
    (signed,) = (row for row in rows_.values() if not row.unsigned)
    assert Doubt.THIN not in hq.station.read(signed.cable_id).verification.doubts


def test_a_signed_cable_that_says_something_else_under_the_same_id_is_an_alarm(
    offices: tuple[World, Office, Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    built, hq, paris = offices
    write(paris)
    # The sender signs another text under the id of the thin one: its machine is in other hands.
    (cable_id,) = [row.cable_id for row in paris.station.sent() if row.subject == SUBJECT]
    (sealed,) = rows.packets(paris.station.desk.db, cable_id)
    hq.station.take_thin(sealed.packet)
    with hq.station.desk.db.transaction():
        kept = rows.text(hq.station.desk.db, cable_id)
        assert kept is not None
        other = replace(_sent(paris, hq, thin_sending.shown((sealed,))[0]), body="Đồng ý cho đoàn vào.")
        control, content = thin_content.encode(Message(other), thin_tables.tables())
        hq.station.desk.db.run(
            "UPDATE cable_bodies SET signed = ? WHERE cable_no = (SELECT cable_no FROM cables WHERE cable_id = ?)",
            (bytes([control]) + content, cable_id),
        )
        hq.station.desk.db.run(
            "UPDATE thin_texts SET content = ? WHERE cable_id = ?", (bytes([control]) + content, cable_id)
        )

    built.settle()

    view = hq.station.read(cable_id)
    assert NoticeKind.THIN_DIFFERS in kinds(hq)
    assert Doubt.THIN in view.verification.doubts
    assert view.cable.body == BODY
    assert view.thin_text.endswith("Đồng ý cho đoàn vào.")
    assert hq.station.register(Register.IN)[-1].note == "bản ký khác bản qua gói mỏng"


def test_a_fragment_that_lies_has_its_message_refused_whole(offices: tuple[World, Office, Office]) -> None:
    _, hq, paris = offices
    desk, now = paris.station.desk, paris.station.desk.now()
    write(paris)
    cable = _any_cable()
    message = Message(replace(cable, body=LONG))
    every = thin_content.packets(message, Bearer.VOICE, 9, 1, thin_tables.tables(), thin_tables.check)

    def sealed(content: bytes) -> bytes:
        device = next(each.device for each in desks.directory(desk).devices_of(HQ.id, now))
        session = sessions.active(desk, device)
        assert session is not None
        session, packet = thin.seal_thin(session, content, now=now, limits=desk.policy.thin)
        with desk.db.transaction():
            sessions.keep_active(desk, HQ.id, session, now)
        return packet

    # Another shape under the same id; then a piece whose check does not hold; then content that is no message.
    assert hq.station.take_thin(sealed(every[0])).fate is ThinFate.PIECE
    lying = every[1][:3] + bytes([every[1][3] ^ 1]) + every[1][4:]
    refused = hq.station.take_thin(sealed(lying))
    assert refused.fate is ThinFate.REFUSED
    assert "contradict" in refused.detail
    assert hq.station.thin_waiting() == ()
    spoiled = every[1][:8] + bytes([every[1][8] ^ 1]) + every[1][9:]
    fates = [hq.station.take_thin(sealed(each)).fate for each in (every[0], spoiled, *every[2:-1])]
    assert fates[-1] is ThinFate.REFUSED
    assert hq.station.take_thin(sealed(b"\xff" * 40)).fate is ThinFate.REFUSED
    assert NoticeKind.THIN_REFUSED in kinds(hq)
    assert shown(hq) == []
    # The channel goes on.
    assert [hq.station.take_thin(sealed(each)).fate for each in every[:-1]][-1] is ThinFate.ENTERED


def _any_cable() -> ThinCable:
    from tests.unit.wire.test_thin_content import CABLE

    return replace(CABLE, serial=77, degree=Degree.CONFIDENTIAL)


def test_other_messages_are_taken_for_what_they_are(offices: tuple[World, Office, Office]) -> None:
    _, hq, paris = offices
    desk, now = paris.station.desk, paris.station.desk.now()

    def sealed(message: Message, bearer: Bearer = Bearer.VOICE) -> bytes:
        (content,) = thin_content.packets(message, bearer, 0, 0, thin_tables.tables(), thin_tables.check)
        device = next(each.device for each in desks.directory(desk).devices_of(HQ.id, now))
        session = sessions.active(desk, device)
        assert session is not None
        session, packet = thin.seal_thin(session, content, now=now, limits=desk.policy.thin)
        with desk.db.transaction():
            sessions.keep_active(desk, HQ.id, session, now)
        return packet

    assert hq.station.take_thin(sealed(Message(ThinReport((1,)), 2))).fate is ThinFate.REPORT
    assert hq.station.take_thin(sealed(Message(ThinSlip(5, SLIP)), Bearer.SMS)).fate is ThinFate.NOT_HERE
    assert NoticeKind.SERVICE_MESSAGE in kinds(hq)
    # Only headquarters revokes a machine.
    said = Revocation(EditionNumber(99), DeviceId(1), RevocationReason.LIFTED, now)
    refused = hq.station.take_thin(sealed(Message(ThinNotice(revocation.encode(said)))))
    assert (refused.fate, refused.detail) == (ThinFate.REFUSED, "only headquarters revokes a machine")


def test_a_revocation_notice_of_headquarters_is_a_thin_packet(tmp_path: Path) -> None:
    with machines(tmp_path, posts=1) as built:
        hq, paris = built.open(HQ), open_machine(built, PARIS, 1)
        built.settle()
        hq.release(draft(PARIS.id, subject="Trước", degree=Degree.CONFIDENTIAL))
        built.settle()
        desk, now = hq.station.desk, hq.station.desk.now()
        directory, own = desks.directory(desk), desks.own(paris.station.desk).device
        lost = next(each.device for each in directory.devices_of(PARIS.id, now) if each.device != own)
        notice = Revocation(EditionNumber(directory.number + 1), lost, RevocationReason.LOST, now)
        message = Message(ThinNotice(revocation.encode(notice)))
        (content,) = thin_content.packets(message, Bearer.VOICE, 0, 0, thin_tables.tables(), thin_tables.check)
        session = sessions.active(desk, own)
        assert session is not None

        taken = paris.station.take_thin(thin.seal_thin(session, content, now=now, limits=desk.policy.thin)[1])

        assert (taken.fate, taken.station_name) == (ThinFate.REVOCATION, HQ.name_vi)
        assert NoticeKind.MACHINE_REVOKED in kinds(paris)


def test_pieces_are_bounded_in_number_and_in_time(offices: tuple[World, Office, Office]) -> None:
    built, hq, paris = offices
    firsts = [write(paris, ThinBearer.VOICE, body=LONG, subject=f"Tin số {number}")[0] for number in range(10)]

    read(hq, tuple(firsts))

    waiting = hq.station.thin_waiting()
    assert len(waiting) == thin_receiving.MAX_INCOMPLETE
    assert NoticeKind.THIN_GIVEN_UP in kinds(hq)
    assert {each.station_name for each in waiting} == {PARIS.name_vi}
    built.clock.now += thin_receiving.LIFE_S
    housekeeping.tidy(hq.station.desk)
    assert hq.station.thin_waiting() == ()


def test_after_a_kill_between_any_two_packets_the_rest_makes_it_whole(
    offices: tuple[World, Office, Office],
) -> None:
    built, hq, paris = offices
    packets = write(paris, ThinBearer.VOICE, body=LONG)

    for packet in packets:
        hq.station.take_thin(packet.packet)
        hq = built.reopen(hq, HQ)

    assert hq.station.read(shown(hq)[0].cable_id).cable.body == LONG


def test_a_release_that_fails_in_the_middle_leaves_no_number_no_line_and_no_key_spent(
    offices: tuple[World, Office, Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, paris = offices
    desk = paris.station.desk
    before = (len(paris.station.sent()), len(paris.station.register(Register.OUT)), session_rows.every(desk.db))

    def cut(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(rows, "keep_packets", cut)
        with pytest.raises(KeyboardInterrupt):
            write(paris)

    after = (len(paris.station.sent()), len(paris.station.register(Register.OUT)), session_rows.every(desk.db))
    assert before == after
    assert write(paris)


def test_thin_packets_cross_while_a_step_of_the_ratchet_is_half_finished(
    offices: tuple[World, Office, Office],
) -> None:
    built, hq, paris = offices
    # Paris begins a chain that headquarters has not seen: the signed cables of these thin ones wait in its outbox.
    for number in range(3):
        packets = write(paris, subject=f"Tin {number}")
        assert read(hq, packets)[0].fate is ThinFate.ENTERED
        back = write(hq, subject=f"Trả lời {number}")
        assert read(paris, back)[0].fate is ThinFate.ENTERED
    assert all(row.unsigned for row in shown(hq, "Tin 1"))

    built.settle()

    assert [row.unsigned for number in range(3) for row in shown(hq, f"Tin {number}")] == [False] * 3
    assert [row.unsigned for number in range(3) for row in shown(paris, f"Trả lời {number}")] == [False] * 3
    assert NoticeKind.THIN_DIFFERS not in kinds(hq) | kinds(paris)
    assert read(hq, write(paris, subject="Sau"))[0].fate is ThinFate.ENTERED


def test_a_missing_serial_is_seen_by_a_thin_packet(offices: tuple[World, Office, Office]) -> None:
    _, hq, paris = offices
    paris.release(draft(HQ.id, subject="Điện bị giữ lại", degree=Degree.CONFIDENTIAL))

    read(hq, write(paris))

    (gap,) = hq.station.gaps()
    assert gap.peer_name == PARIS.name_vi


def test_a_machine_that_never_answered_gets_no_thin_packets_and_no_number_is_used(tmp_path: Path) -> None:
    with world(tmp_path) as built:
        hq, paris = built.open(HQ), built.open(PARIS)
        built.settle()
        hq.release(draft(PARIS.id, subject="Trước", degree=Degree.CONFIDENTIAL))
        hq.sync()

        with pytest.raises(NotAllowed, match="answered once"):
            write(hq)

        assert len(hq.station.sent()) == 1
        assert hq.station.thin_wear()[0].may_send is False
        assert paris.station.thin_wear() == ()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"info_to": (PARIS.id,), "action_to": (HQ.id,)}, "one addressee"),
        ({"summary": "Tóm tắt"}, "no summary"),
    ],
)
def test_what_a_thin_packet_cannot_hold_is_refused_before_a_number(
    offices: tuple[World, Office, Office], changes: dict[str, object], why: str
) -> None:
    _, hq, paris = offices
    wanted = draft(HQ.id if "summary" in changes else PARIS.id, subject=SUBJECT)
    wanted = replace(wanted, **changes)  # type: ignore[arg-type]  # as above
    office = paris if "summary" in changes else hq

    with pytest.raises(NotAllowed):
        office.station.release_thin(wanted, ThinBearer.SMS)
    assert all(row.subject != SUBJECT for row in office.station.sent())


def test_attachments_long_texts_and_drafts_with_lacks_are_refused(
    offices: tuple[World, Office, Office], tmp_path: Path
) -> None:
    _, _, paris = offices
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-")

    with pytest.raises(NotAllowed, match="no attachment"):
        paris.station.release_thin(draft(HQ.id, attachments=(attachment(paper),)), ThinBearer.SMS)
    with pytest.raises(FormatError, match="too many"):
        write(paris, ThinBearer.VOICE, body=" ".join(f"{number * 7919 % 999_983:06}" for number in range(1, 400)))
    with pytest.raises(Incomplete):
        write(paris, topics=())
    assert len(paris.station.sent()) == 1


def test_the_table_of_channels_says_what_may_go_by_thin_packets(tmp_path: Path) -> None:
    with world(tmp_path) as built:
        hq, paris = built.open(HQ), built.open(PARIS)
        built.settle()
        hq.release(draft(PARIS.id, subject="Trước", degree=Degree.CONFIDENTIAL))
        paris.release(draft(HQ.id, subject="Trước", degree=Degree.CONFIDENTIAL))
        built.settle()
        capped = replace(FAST, channels=Channels(caps=(ChannelCap("thin", int(Degree.UNCLASSIFIED)),)))
        desk = replace(paris.station.desk, policy=capped)

        with pytest.raises(NotAllowed, match="channels' table"):
            thin_sending.release_thin(
                desk, draft(HQ.id, subject=SUBJECT, degree=Degree.CONFIDENTIAL), None, ThinBearer.SMS, 0
            )


def test_the_limits_warn_and_stand_in_the_status(offices: tuple[World, Office, Office]) -> None:
    built, _, paris = offices
    assert [each.warn for each in paris.station.thin_wear()] == [False]

    built.clock.now += 15 * 86_400
    (wear,) = paris.station.thin_wear()

    assert wear.warn
    assert wear.may_send
    assert paris.station.account().thin == (wear,)
    assert wear.seconds >= 14 * 86_400
    stopped = replace(paris.station.desk, policy=replace(FAST, thin=ThinLimits(stop_s=14 * 86_400)))
    with pytest.raises(TooFarAhead):
        thin_sending.release_thin(
            stopped, draft(HQ.id, subject=SUBJECT, degree=Degree.CONFIDENTIAL), None, ThinBearer.SMS, 0
        )
