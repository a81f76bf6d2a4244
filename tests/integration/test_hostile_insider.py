"""A certified station lies. All it sends authenticates; what does not fit is refused or shown to an officer."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from secmsg.ids import CertificateRef, StationId
from secmsg.office import continuity
from secmsg.office.continuity import Observation, State
from secmsg.office.lifecycle import OutboxState
from secmsg.station import desk as desks
from secmsg.station import doubts
from secmsg.station.station import Station
from secmsg.station.views import NoticeKind
from secmsg.store import cables as cable_rows
from secmsg.wire import cable as cable_wire
from secmsg.wire import slip as slip_wire
from secmsg.wire.cable import Degree, Signatory
from secmsg.wire.item import ItemKind
from secmsg.wire.packet import Ack, EditionMark
from secmsg.wire.service import Recap, ReceiptLevel, RepeatRequest
from secmsg.wire.slip import Slip
from tests.helpers.hostile_insider import Insider
from tests.helpers.hostile_post import Post, cables, hostile_post, notices, subjects
from tests.helpers.ministry import CANBERRA, HQ, PARIS, draft, sync

FORGED = NoticeKind.CHAIN_FORKED


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    with hostile_post(tmp_path) as built:
        yield built


def settle(*stations: Station, rounds: int = 3) -> None:
    for _ in range(rounds):
        for station in stations:
            sync(station)


def alarms(station: Station) -> list[NoticeKind]:
    """List the notices that are there for something worse than a slow line."""
    return [kind for kind in notices(station) if kind is not NoticeKind.SESSION_LAST_RESORT]


def meet(post: Post, insider: Insider, victim: Station, to: StationId) -> None:
    """Let the insider write one honest cable, so that there is a session."""
    insider.send(to, insider.compose(to, 1))
    settle(insider.station, victim)
    assert len(cables(victim)) == 1
    assert alarms(victim) == []


# --- the cable and its certificates ----------------------------------------------------------------------------------


def _someone_elses_origin(insider: Insider) -> bytes:
    return insider.sign(insider.compose(PARIS.id, origin=HQ.id))


def _someone_elses_person(insider: Insider) -> bytes:
    directory = desks.directory(insider.desk)
    boss = next(person for person in directory.persons if person.station == HQ.id)
    return insider.sign(
        insider.compose(PARIS.id, releaser=Signatory(boss.id, boss.name, boss.title, insider.desk.now()))
    )


def _someone_elses_signature_of_another_cable(insider: Insider) -> bytes:
    # The circular that headquarters sent to both: its signatures are true, and they are not ours to use.
    (row,) = cables(insider.station)
    return cable_rows.read(insider.desk.db, row.cable_id).signed


def _not_addressed(insider: Insider) -> bytes:
    return insider.sign(insider.compose(HQ.id))


def _slip_too_many(insider: Insider) -> bytes:
    return insider.sign(insider.compose(PARIS.id), (Slip(bytes(32), 5, bytes(32), 0, 0),))


def _annex_named(name: str) -> Callable[[Insider], bytes]:
    def lie(insider: Insider) -> bytes:
        fields = cable_wire._write(insider.compose(PARIS.id, documents=2))
        fields[30] = [[name, "application/pdf", 5, 1, bytes(32), bytes(32)]]
        return insider.sign_raw(fields, (Slip(bytes(32), 5, bytes(32), 0, 0),))

    return lie


def _field(number: int, value: bytes | int | str) -> Callable[[Insider], bytes]:
    def lie(insider: Insider) -> bytes:
        return insider.sign_raw({**cable_wire._write(insider.compose(PARIS.id)), number: value})

    return lie


LIES: dict[str, Callable[[Insider], bytes]] = {
    "origin": _someone_elses_origin,
    "person": _someone_elses_person,
    "passed-on": _someone_elses_signature_of_another_cable,
    "not-addressed": _not_addressed,
    "slip": _slip_too_many,
    "name-path": _annex_named("../../x"),
    "name-device": _annex_named("CON"),
    "name-long": _annex_named("x" * 300),
    "name-rtl": _annex_named("a\u202efdp.exe"),
    "name-empty": _annex_named(""),
    "name-nul": _annex_named("a\x00.pdf"),
    "name-stream": _annex_named("a.pdf:evil.exe"),
    "body-too-long": _field(28, "x" * 200_001),
    "body-bidi": _field(28, "Kính gửi \u202e Bộ"),
    "subject-newline": _field(25, "Điện\nGiả"),
    "subject-empty": _field(25, "x" * 2_000),
    "degree": _field(9, 4),
    "unknown-field": _field(99, 1),
    "cable-id": _field(1, bytes(15)),
}


@pytest.mark.parametrize("name", sorted(LIES))
def test_a_cable_that_does_not_fit_its_certificate_or_its_form_is_refused_reported_and_stops_nothing(
    post: Post, name: str
) -> None:
    insider = Insider(post.canberra)
    post.headquarters.release(draft(CANBERRA.id, info_to=(PARIS.id,), subject="Thông tri"))
    settle(post.headquarters, post.canberra, post.paris)
    insider.post_signed(PARIS.id, LIES[name](insider))
    insider.send(PARIS.id, insider.compose(PARIS.id, subject="Điện sau đó"))

    settle(post.canberra, post.paris)

    assert subjects(post.paris) == sorted(["Thông tri", "Điện sau đó"])
    # A cable that came as a blob is thrown away, one in a packet is set aside.
    assert set(notices(post.paris)) & {NoticeKind.QUARANTINED, NoticeKind.ATTACHMENT_DAMAGED}
    assert NoticeKind.FAULT_REPORTED in notices(post.canberra)
    assert post.paris.gaps() == ()


def test_the_verified_name_is_the_directorys_and_not_the_senders_word(post: Post) -> None:
    # Finding H3.
    insider = Insider(post.canberra)
    own = desks.own(insider.desk)
    minister = Signatory(own.person, "Phạm Văn Bộ Trưởng", "Bộ trưởng Bộ Ngoại giao", insider.desk.now())
    cable = insider.compose(PARIS.id, releaser=minister)
    insider.send(PARIS.id, cable)

    settle(post.canberra, post.paris)

    if not cables(post.paris):
        assert NoticeKind.QUARANTINED in notices(post.paris)
        return
    shown = post.paris.read(cable.cable_id).verification
    assert (shown.person_name, shown.person_title) == ("Nguyễn Văn Canberra", "Đại sứ") or alarms(post.paris)


def test_another_stations_post_number_is_refused_or_shown(post: Post) -> None:
    # Finding H7.
    insider = Insider(post.canberra)
    insider.send(PARIS.id, insider.compose(PARIS.id, mrn="26 HANOI 001", symbol="1/BNG"))

    settle(post.canberra, post.paris)

    assert alarms(post.paris)


def test_an_objection_to_the_signatures_is_shown(post: Post) -> None:
    # Finding H4: tuyệt mật, and nobody signed with the releaser.
    insider = Insider(post.canberra)
    insider.send(PARIS.id, insider.compose(PARIS.id, degree=Degree.TOP_SECRET, second_person=None))

    settle(post.canberra, post.paris)

    assert alarms(post.paris)


def test_a_wrong_total_is_shown_to_our_officer_too(post: Post) -> None:
    insider = Insider(post.canberra)
    insider.send(PARIS.id, insider.compose(PARIS.id, pages=9))

    settle(post.canberra, post.paris)

    assert NoticeKind.FAULT_REPORTED in notices(post.canberra)
    assert alarms(post.paris)


# --- identity of cables and serials ----------------------------------------------------------------------------------


def test_a_cable_that_comes_first_under_a_stolen_id_does_not_hide_the_true_one(post: Post) -> None:
    # Finding H2: a co-addressee of a circular knows its id before the other has it.
    insider = Insider(post.canberra)
    circular = post.headquarters.release(draft(CANBERRA.id, info_to=(PARIS.id,), subject="Thông tri thật"))
    sync(post.headquarters)
    sync(post.canberra)
    insider.send(PARIS.id, insider.compose(PARIS.id, cable_id=circular.cable_id, subject="Thông tri giả"))
    box = post.hands.mailbox(post.paris)
    held = [letter for letter in post.hands.letters() if letter.box_id == box]
    for letter in held:
        post.hands.take(letter)
    sync(post.canberra)
    sync(post.paris)
    for letter in held:
        post.hands.put(box, letter.body, letter.message_id)

    settle(post.paris, post.headquarters, post.canberra)

    states = {row.state for row in post.headquarters.outbox() if row.to_name == PARIS.name_vi}
    hidden = "Thông tri thật" not in subjects(post.paris)
    # Either it is there, or both ends are told and nothing claims that it has arrived.
    assert not hidden or (alarms(post.paris) and states == {OutboxState.RELAY_HOLDS})


def test_a_cable_under_the_id_of_one_of_ours_is_shown(post: Post) -> None:
    insider = Insider(post.canberra)
    ours = post.headquarters.release(draft(CANBERRA.id, subject="Điện của ta"))
    settle(post.headquarters, post.canberra)
    insider.send(HQ.id, insider.compose(HQ.id, cable_id=ours.cable_id, subject="Điện giả"))

    settle(post.canberra, post.headquarters)

    assert alarms(post.headquarters)
    assert post.headquarters.read(ours.cable_id).cable.subject == "Điện của ta"


def test_a_second_cable_under_one_number_is_shown(post: Post) -> None:
    insider = Insider(post.canberra)
    insider.send(PARIS.id, insider.compose(PARIS.id, 5, subject="Bản một"))
    insider.send(PARIS.id, insider.compose(PARIS.id, 5, subject="Bản hai"))

    settle(post.canberra, post.paris)

    assert subjects(post.paris) != ["Bản hai", "Bản một"] or alarms(post.paris)


@pytest.mark.parametrize("after", [0, 3, 70])
def test_a_serial_used_again_with_another_content_is_shown(post: Post, after: int) -> None:
    insider = Insider(post.canberra)
    meet(post, insider, post.paris, PARIS.id)
    first, _ = insider.place(PARIS.id)
    box = post.hands.mailbox(post.paris)
    honest = insider.item(first, insider.place(PARIS.id)[1], ItemKind.CABLE, insider.sign(insider.compose(PARIS.id, 2)))
    other = insider.item(first, insider.place(PARIS.id)[1], ItemKind.CABLE, insider.sign(insider.compose(PARIS.id, 3)))
    post.hands.put(box, insider.packet(PARIS.id, honest))
    from secmsg.station.envelopes import chain_hash

    previous = chain_hash(honest)
    for number in range(after):
        item = insider.item(first + 1 + number, previous, ItemKind.SERVICE, _line_test(number))
        previous = chain_hash(item)
        post.hands.put(box, insider.packet(PARIS.id, item))
    post.hands.put(box, insider.packet(PARIS.id, other))

    settle(post.paris)

    assert FORGED in notices(post.paris)


def _line_test(number: int) -> bytes:
    from secmsg.wire import service
    from secmsg.wire.service import LineTest

    return service.encode(LineTest(number.to_bytes(8), answer=True))


def test_receipts_of_a_station_that_was_not_addressed_are_not_believed(post: Post) -> None:
    insider = Insider(post.canberra)
    released = post.headquarters.release(draft(PARIS.id))
    sync(post.headquarters)
    insider.speak(HQ.id, insider.receipt(released.cable_id, ReceiptLevel.REGISTERED, 1))

    settle(post.canberra, post.headquarters)

    assert post.headquarters.sent()[0].state is OutboxState.RELAY_HOLDS
    assert CANBERRA.name_vi not in {
        receipt.station_name for receipt in post.headquarters.read(released.cable_id).receipts
    }


# --- exhaustion ------------------------------------------------------------------------------------------------------


def test_an_edition_number_without_measure_does_not_hold_up_the_directory(post: Post) -> None:
    # Finding H1.
    insider = Insider(post.canberra)
    meet(post, insider, post.paris, PARIS.id)
    post.hands.put(
        post.hands.mailbox(post.paris),
        insider.packet(PARIS.id, b"", edition=EditionMark(300_000, b"otherdir")),
    )
    sync(post.paris)

    began = time.monotonic()
    sync(post.paris)

    assert time.monotonic() - began < 1.0


def test_a_slip_of_a_cable_that_no_cable_can_fill_is_refused(post: Post) -> None:
    # Finding H8.
    insider = Insider(post.canberra)
    insider.post(PARIS.id, ItemKind.SLIP, slip_wire.encode(Slip(bytes(32), 2 * 1024**3, bytes(32), 0, 0)))

    settle(post.canberra, post.paris)

    assert post.paris.desk.db.all("SELECT limit_size FROM downloads") == ()
    assert NoticeKind.QUARANTINED in notices(post.paris)


def test_jumps_of_the_serial_are_bounded(post: Post) -> None:
    insider = Insider(post.canberra)
    meet(post, insider, post.paris, PARIS.id)
    box = post.hands.mailbox(post.paris)
    packets = []
    for jump in range(1, 21):
        item = insider.item(jump * 10_000_000, bytes(32), ItemKind.SERVICE, _line_test(jump))
        packets.append(insider.packet(PARIS.id, item))
    began = time.monotonic()
    for packet in packets:
        post.hands.put(box, packet)
    insider.speak(PARIS.id, Recap(sent=2**31, received=0))
    insider.speak(PARIS.id, RepeatRequest(((1, 2**31),)))
    settle(post.canberra, post.paris)

    rows = post.paris.desk.db.one("SELECT count(*) FROM gaps")
    assert rows is not None
    assert rows[0] <= 2_000
    assert time.monotonic() - began < 5
    assert post.paris.gaps()


def test_an_acknowledgement_of_what_was_never_sent_is_shown(post: Post) -> None:
    insider = Insider(post.canberra)
    meet(post, insider, post.paris, PARIS.id)
    post.hands.put(post.hands.mailbox(post.paris), insider.packet(PARIS.id, b"", ack=Ack(2**32 - 1, 2**32 - 1)))

    settle(post.paris)

    assert FORGED in notices(post.paris)


@pytest.mark.parametrize("size", [1, 31, 151, 152, 8192, 20_000])
def test_a_refused_payload_of_any_length_does_not_stop_later_sessions(post: Post, size: int) -> None:
    # What is set aside is tried again with each new session: its length must not matter there.
    insider = Insider(post.canberra)
    meet(post, insider, post.paris, PARIS.id)
    serial, previous = insider.place(PARIS.id)
    payload = b"\xa5" * size if size < 200 else insider.item(serial, previous, ItemKind.CABLE, b"\x07" * size)
    post.hands.put(post.hands.mailbox(post.paris), insider.packet(PARIS.id, payload))
    settle(post.paris)
    post.headquarters.release(draft(PARIS.id, subject="Phiên mới"))

    settle(post.headquarters, post.paris)

    assert "Phiên mới" in subjects(post.paris)


def test_a_body_of_two_hundred_thousand_wide_characters_arrives(post: Post) -> None:
    # The control of "body-too-long": the longest body, in characters of four bytes.
    insider = Insider(post.canberra)
    cable = insider.compose(PARIS.id, body="\U00020000" * 200_000, summary="Tóm tắt", pages=56)
    insider.post_signed(PARIS.id, insider.sign(cable))

    settle(post.canberra, post.paris)

    assert post.paris.read(cable.cable_id).cable.body == cable.body


def test_a_certificate_reference_of_nobody_is_not_believed(post: Post) -> None:
    insider = Insider(post.canberra)
    released = post.headquarters.release(draft(CANBERRA.id))
    settle(post.headquarters, post.canberra)
    from dataclasses import replace

    lie = replace(insider.receipt(released.cable_id, ReceiptLevel.DONE), signer_ref=CertificateRef(bytes(32)))
    insider.speak(HQ.id, lie)

    settle(post.canberra, post.headquarters)

    assert ReceiptLevel.DONE not in {each.level for each in post.headquarters.read(released.cable_id).receipts}
    assert NoticeKind.QUARANTINED in notices(post.headquarters)


# --- controls: with a defence switched off the lie is believed -------------------------------------------------------


def test_without_the_doubts_a_false_name_is_not_shown(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doubts, "of_cable", lambda *_: ())
    insider = Insider(post.canberra)
    insider.send(PARIS.id, insider.compose(PARIS.id, mrn="26 HANOI 001", symbol="1/BNG"))

    settle(post.canberra, post.paris)

    assert len(cables(post.paris)) == 1
    assert alarms(post.paris) == []


def test_without_the_chain_a_serial_used_again_is_not_shown(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(continuity, "observe", _everything_in_order(continuity.observe))
    insider = Insider(post.canberra)
    meet(post, insider, post.paris, PARIS.id)
    serial, previous = insider.place(PARIS.id)
    for number in (2, 3):
        body = insider.sign(insider.compose(PARIS.id, number))
        packet = insider.packet(PARIS.id, insider.item(serial, previous, ItemKind.CABLE, body))
        post.hands.put(post.hands.mailbox(post.paris), packet)

    settle(post.paris)

    assert len(cables(post.paris)) == 3
    assert FORGED not in notices(post.paris)


Observe = Callable[[State, int, bytes, bytes], tuple[State, Observation]]


def _everything_in_order(true: Observe) -> Observe:
    return lambda *item: (true(*item)[0], Observation.IN_ORDER)
