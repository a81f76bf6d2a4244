"""A station with two machines: one releases and the other has everything; an edition adds and takes off."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.errors import EnrolmentError, NotAllowed, NotEntitled, NotListed, ReceivesOnly
from secmsg.ids import DeviceId, EditionNumber
from secmsg.office.lifecycle import OutboxState
from secmsg.office.materials import Act, Direction
from secmsg.office.pad_pages import spoken
from secmsg.station import custody, envelopes, housekeeping, machines, pad_drawing, pad_files, pads, revocations
from secmsg.station import desk as desks
from secmsg.station import headquarters as authorities
from secmsg.station.unlock import by_passphrase
from secmsg.station.views import CableRow, NoticeKind, Register
from secmsg.store import outbox
from secmsg.store import sessions as session_rows
from secmsg.wire.certificate import Role
from secmsg.wire.revocation import Revocation, RevocationReason
from secmsg.wire.service import KeyCompromise, ReceiptLevel
from tests.helpers import machines as built
from tests.helpers.machines import open_machine
from tests.helpers.ministry import CANBERRA, FAST, HQ, NOW, PARIS, PASSPHRASE, attachment, draft
from tests.helpers.program import Program
from tests.helpers.world import LIMA, Office, World


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with built.machines(tmp_path) as made:
        yield made


@pytest.fixture
def posts(world: World) -> tuple[Office, Office, Office]:
    """Headquarters, and the two machines of Paris, with sessions between them."""
    all_ = open_machine(world, HQ), open_machine(world, PARIS, 1), open_machine(world, PARIS, 2)
    world.settle(rounds=2)
    return all_


def notices(office: Office) -> set[NoticeKind]:
    return {notice.kind for notice in office.station.status().notices}


def device(office: Office) -> DeviceId:
    return desks.own(office.station.desk).device


def incoming(office: Office) -> list[CableRow]:
    return [row for row in office.station.inbox() if isinstance(row, CableRow)]


ALARMS = {
    NoticeKind.CHAIN_FORKED,
    NoticeKind.QUARANTINED,
    NoticeKind.CABLE_CLASH,
    NoticeKind.FAULT_REPORTED,
    NoticeKind.OPENED_OTHERWISE,
}


def test_what_one_machine_receives_the_other_receives_and_both_prove_it(
    world: World, posts: tuple[Office, Office, Office]
) -> None:
    headquarters, first, second = posts
    released = headquarters.release(draft(PARIS.id, subject="Cho cả hai"))
    world.settle()

    assert [row.cable_id for row in incoming(first)] == [row.cable_id for row in incoming(second)]
    openings = headquarters.station.read(released.cable_id).openings
    assert {each.device: each.level for each in openings} == {
        device(first): ReceiptLevel.DECIPHERED,
        device(second): ReceiptLevel.DECIPHERED,
    }
    for office in posts:
        assert not notices(office) & ALARMS
        assert office.station.gaps() == ()


def test_the_act_of_a_person_at_one_machine_counts_at_both(world: World, posts: tuple[Office, Office, Office]) -> None:
    headquarters, first, second = posts
    released = headquarters.release(draft(PARIS.id))
    world.settle()

    second.station.acknowledge(released.cable_id)
    world.settle()

    assert headquarters.station.sent()[0].state is OutboxState.ACKNOWLEDGED
    levels = {each.device: each.level for each in headquarters.station.read(released.cable_id).openings}
    assert levels == {device(first): ReceiptLevel.DECIPHERED, device(second): ReceiptLevel.REGISTERED}
    assert incoming(first)[0].acknowledged
    assert [each.level for each in first.station.read(released.cable_id).receipts] == [ReceiptLevel.REGISTERED]
    for office in posts:
        assert not notices(office) & ALARMS


def test_what_the_first_machine_sends_the_second_keeps_as_a_copy(
    world: World, posts: tuple[Office, Office, Office], tmp_path: Path
) -> None:
    headquarters, first, second = posts
    paper = tmp_path / "phụ lục.pdf"
    paper.write_bytes(b"%PDF- " + bytes(3000))
    released = first.release(draft(HQ.id, subject="Báo cáo", attachments=(attachment(paper),)))
    world.settle()
    headquarters.station.acknowledge(released.cable_id)
    world.settle()

    (row,) = second.station.sent()
    view = second.station.read(released.cable_id)
    assert (row.cable_id, row.register, row.mrn) == (released.cable_id, 0, released.mrn)
    assert view.sent_from == device(first)
    assert first.station.read(released.cable_id).sent_from is None
    assert second.station.register(Register.OUT) == ()
    assert second.station.export(released.cable_id, 0, tmp_path / "out.pdf").read_bytes() == paper.read_bytes()
    assert [each.level for each in view.receipts] == [3, 4, 5]
    assert second.station.search("Báo cáo").rows[0].cable_id == released.cable_id
    assert second.station.outbox() == ()
    for office in posts:
        assert not notices(office) & ALARMS


def test_a_long_cable_is_copied_by_its_slip(world: World, posts: tuple[Office, Office, Office]) -> None:
    _headquarters, first, second = posts
    released = first.release(draft(HQ.id, body="Một đoạn dài của công điện. " * 1500, summary="Tóm tắt"))
    world.settle()

    assert second.station.read(released.cable_id).cable == first.station.read(released.cable_id).cable
    assert not notices(second) & ALARMS


def test_the_second_machine_does_not_release_and_says_which_does(
    world: World, posts: tuple[Office, Office, Office]
) -> None:
    _, first, second = posts

    with pytest.raises(ReceivesOnly, match=f"machine {device(first)} of this station releases"):
        second.release(draft(HQ.id))

    assert second.station.sent() == ()
    assert machines.releases(first.station.desk)
    assert not machines.releases(second.station.desk)


def test_service_messages_of_the_second_machine_stand_outside_the_chain(
    world: World, posts: tuple[Office, Office, Office]
) -> None:
    headquarters, first, second = posts
    # Everybody says something every day for three days; nothing forks, and nothing stays open for ever.
    for day in range(3):
        headquarters.release(draft(PARIS.id, subject=f"Ngày {day}"))
        first.release(draft(HQ.id, subject=f"Trả lời {day}"))
        world.settle()
        world.clock.now += 90_000
    world.settle()

    for office in posts:
        assert not notices(office) & ALARMS
        assert office.station.gaps() == ()
    assert {row.subject for row in second.station.sent()} == {f"Trả lời {day}" for day in range(3)}
    assert all(each.serial < 0 for each in outbox.unfinished(second.station.desk.db))
    # Only what the last round said is still to be acknowledged.
    for office in (headquarters, first):
        waiting = [each for each in outbox.unfinished(office.station.desk.db) if each.device == device(second)]
        assert len(waiting) <= 2
    world.clock.now += 31 * 86_400
    housekeeping.tidy(second.station.desk)
    assert outbox.unfinished(second.station.desk.db) == ()


# --- editions --------------------------------------------------------------------------------------------------------


def take_off(world: World, machine: DeviceId) -> EditionNumber:
    """Let the authority take one machine off the list, and publish that."""
    unlock = by_passphrase(PASSPHRASE)
    with authorities.open_authority(world.root / "authority", unlock, FAST, clock=world.clock) as authority:
        number = authority.dismiss_machine(machine)
    world.relay.segments = built.segments(world.root, world.clock)
    return number


def test_a_machine_taken_off_gets_nothing_more_and_the_other_takes_over(
    world: World, posts: tuple[Office, Office, Office]
) -> None:
    headquarters, first, second = posts
    before = first.release(draft(HQ.id, subject="Điện cuối của máy thứ nhất"))
    world.settle()
    lost = device(first)
    world.close(first)
    waiting = headquarters.release(draft(PARIS.id, subject="Còn chờ máy đã mất"))
    headquarters.sync()
    assert lost in session_rows.devices(headquarters.station.desk.db)

    number = take_off(world, lost)
    world.settle(headquarters, second)
    released = second.release(draft(HQ.id, subject="Máy thứ hai phát hành"))
    world.settle(headquarters, second)

    assert desks.directory(headquarters.station.desk).number == number
    assert lost not in session_rows.devices(headquarters.station.desk.db)
    states = {each.device: each.state for each in outbox.of_cable(headquarters.station.desk.db, waiting.cable_id)}
    assert states == {lost: OutboxState.WITHDRAWN, device(second): OutboxState.DECIPHERED}
    assert headquarters.station.sent()[0].state is OutboxState.DECIPHERED
    # The chain and the numbers go on where the first machine left them.
    assert (before.mrn, released.mrn) == ("26 PARIS 001", "26 PARIS 002")
    assert released.cable_id in {row.cable_id for row in incoming(headquarters)}
    assert headquarters.station.read(released.cable_id).verification.in_order_after is not None
    assert headquarters.station.gaps() == ()
    for office in (headquarters, second):
        assert not notices(office) & ALARMS


def test_a_packet_of_a_machine_taken_off_is_not_believed(world: World, posts: tuple[Office, Office, Office]) -> None:
    headquarters, first, second = posts
    first.release(draft(HQ.id))
    first.sync()
    take_off(world, device(first))
    world.settle(headquarters, second)

    assert incoming(headquarters) == []


def test_a_machine_added_later_gets_what_its_station_has_not_proven_to_have(tmp_path: Path) -> None:
    with built.machines(tmp_path) as world:
        headquarters, first = open_machine(world, HQ), open_machine(world, PARIS, 1)
        open_machine(world, PARIS, 2)
        world.settle(rounds=2)
        headquarters.release(draft(PARIS.id, subject="Đã có"))
        world.settle()
        waiting = headquarters.release(draft(PARIS.id, subject="Chưa chứng minh"))
        built.enrol_machine(world.root, world.clock, PARIS, 3)
        world.relay.segments = built.segments(world.root, world.clock)
        headquarters.sync()
        third = open_machine(world, PARIS, 3)
        world.settle()

        assert {row.cable_id for row in incoming(third)} == {waiting.cable_id}
        # What came before it was listed is not missing here: the first machine has it.
        assert third.station.gaps() == ()
        for office in (headquarters, first, third):
            assert not notices(office) & ALARMS


def test_the_authority_takes_one_machine_off_and_never_the_last(world: World, told: Program) -> None:
    by = ("--home", world.root / "authority", "--passphrase-file", world.root / "pass")
    (world.root / "pass").touch(0o600)
    (world.root / "pass").write_text(PASSPHRASE, encoding="utf-8")

    gone = told("authority", "dismiss", *by, "--machine", "2", "2")
    again = told("authority", "dismiss", *by, "--machine", "2", "2")
    last = told("authority", "dismiss", *by, "--machine", "3", "2")

    assert "no longer lists machine 2 of station 2" in gone.out
    assert (again.code, "station 2 has no machine 2" in again.err) == (NotListed.exit_code, True)
    assert (last.code, "is the last one of station 2" in last.err) == (EnrolmentError.exit_code, True)


# --- revocation notices ----------------------------------------------------------------------------------------------


def test_a_notice_that_another_station_gives_is_set_aside_and_changes_nothing(
    world: World, posts: tuple[Office, Office, Office]
) -> None:
    headquarters, first, second = posts
    notice = Revocation(EditionNumber(99), device(second), RevocationReason.LOST, NOW)
    desk = first.station.desk
    with desk.db.transaction():
        envelopes.post_service(desk, HQ.id, KeyCompromise(notice), desk.now())
    world.settle()

    assert revocations.every(headquarters.station.desk) == ()
    assert NoticeKind.QUARANTINED in notices(headquarters)


def test_after_a_notice_of_headquarters_nothing_goes_to_the_machine_until_an_edition_decides(tmp_path: Path) -> None:
    with built.machines(tmp_path, posts=2) as world:
        headquarters, canberra = open_machine(world, HQ), open_machine(world, CANBERRA)
        paris, other = open_machine(world, PARIS, 1), open_machine(world, PARIS, 2)
        world.settle(rounds=2)
        headquarters.release(draft(CANBERRA.id))
        canberra.release(draft(PARIS.id))
        world.settle()
        lost = device(other)
        number = EditionNumber(desks.directory(headquarters.station.desk).number + 1)

        notice = headquarters.station.revoke(lost, RevocationReason.SEIZED)
        world.settle()
        barred = canberra.release(draft(PARIS.id, subject="Sau khi báo mất"))
        world.settle()

        assert notice.edition == number
        assert NoticeKind.MACHINE_REVOKED in notices(canberra)
        with pytest.raises(NotAllowed):
            canberra.station.revoke(lost, RevocationReason.SEIZED)
        with pytest.raises(NotListed):
            headquarters.station.revoke(DeviceId(999), RevocationReason.SEIZED)
        assert {each.device for each in outbox.of_cable(canberra.station.desk.db, barred.cable_id)} == {device(paris)}
        assert barred.cable_id not in {row.cable_id for row in incoming(other)}
        # It is believed for nothing else: the session with that machine stands.
        assert lost in session_rows.devices(canberra.station.desk.db)

        # The edition that was named is here and lists the machine after all: it decides.
        built.enrol_machine(world.root, world.clock, LIMA, 1)
        world.relay.segments = built.segments(world.root, world.clock)
        canberra.sync()
        again = canberra.release(draft(PARIS.id, subject="Ấn bản đã quyết định"))
        world.settle()

        assert revocations.every(canberra.station.desk) == ()
        assert again.cable_id in {row.cable_id for row in incoming(other)}


def test_a_notice_is_lifted_by_headquarters_and_nobody_else_gives_one(
    world: World, posts: tuple[Office, Office, Office]
) -> None:
    headquarters, first, second = posts
    desk = headquarters.station.desk
    number = EditionNumber(desks.directory(desk).number + 1)
    chief = desks.own(desk).device_certificate
    lost = Revocation(number, device(second), RevocationReason.LOST, NOW)
    with desk.db.transaction():
        with pytest.raises(NotEntitled):
            revocations.take(desk, replace(chief, role=Role.STATION), lost, NOW)
        assert not revocations.barred(desk, device(second))
        assert len(revocations.take(desk, chief, lost, NOW)) == 1
        assert revocations.barred(desk, device(second))
        assert not revocations.barred(desk, device(first))
        revocations.take(desk, chief, replace(lost, reason=RevocationReason.LIFTED), NOW)
        assert not revocations.barred(desk, device(second))
        for said in (replace(lost, edition=EditionNumber(number - 1)), replace(lost, device=DeviceId(999))):
            assert revocations.take(desk, chief, said, NOW) == []
    assert revocations.every(desk) == ()


def test_only_the_releasing_machine_tears_off_pages(posts: tuple[Office, Office, Office]) -> None:
    # given one pad book at both machines of Paris, as headquarters drew it
    hq, first, second = (each.station.desk for each in posts)
    own, _ = pad_drawing.draw(hq, PARIS.id, Direction.IN, 30)
    sealed = pad_files.export(hq, own.number, "Trần Thị Bình")
    for desk in (first, second):
        taken = pad_files.import_(desk, sealed.data, sealed.code, "Trần Thị Bình")
        custody.act(desk, taken.number, Act.OPENED, second="Trần Thị Bình")

    # when each takes the page on top, then: two stores that know nothing of each other do not share a book
    assert pads.take(first, 1, 20, spoken(1)).pages
    with pytest.raises(ReceivesOnly):
        pads.take(second, 1, 20, spoken(1))
