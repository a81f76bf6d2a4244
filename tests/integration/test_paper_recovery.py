"""Recovery from paper: two machines that open nothing of each other get a session by two packets that are read out."""

import shutil

import pytest

from secmsg import digits
from secmsg.config import ThinLimits
from secmsg.errors import DecryptionError, FormatError, NoSession, NotAllowed, NotFound, NotListed, Replayed, StoreError
from secmsg.ids import DeviceId
from secmsg.protocol import thin
from secmsg.protocol.session import Session
from secmsg.protocol.state import Origin
from secmsg.station import desk as desks
from secmsg.station import sessions
from secmsg.station.paper_recovery import Printed
from secmsg.station.thin_views import ThinBearer
from secmsg.station.views import CableRow
from secmsg.store import identity as identity_rows
from secmsg.wire.cable import Degree
from secmsg.wire.handshake import ResetReason
from tests.helpers.ministry import HQ, PARIS, draft
from tests.helpers.world import Office, World

LOST = ResetReason.STATE_LOST


def machine(office: Office) -> DeviceId:
    return desks.own(office.station.desk).device


def session(at: Office, other: Office) -> Session:
    found = sessions.active(at.station.desk, machine(other))
    assert found is not None
    return found


def sheet(printed: Printed, number: int) -> str:
    """Read the groups of one secret off its paper."""
    page = next(each for each in printed.text.split("\f") if each.startswith(f"KHÓA DỰ PHÒNG SỐ {number} "))
    return page.split("\n\n")[1]


def given(world: World) -> tuple[Office, Office, Printed]:
    """Give two stations that know each other by the directory, and papers for both."""
    headquarters, paris = world.open(HQ), world.open(PARIS)
    headquarters.sync()
    return headquarters, paris, headquarters.station.print_secrets(machine(paris), 4)


def test_two_packets_of_27_groups_make_a_session_for_thin_packets(ministry_world: World) -> None:
    # given papers at both ends
    headquarters, paris, printed = given(ministry_world)
    hq, pa = machine(headquarters), machine(paris)

    # when headquarters begins with number 1, Paris answers, headquarters finishes
    first = headquarters.station.begin_recovery(pa, 1, sheet(printed, 1), LOST)
    second = paris.station.answer_recovery(hq, 1, sheet(printed, 1), first)
    headquarters.station.finish_recovery(pa, 1, second)

    # then both hold one session from paper, and thin packets go both ways
    here, there = session(headquarters, paris), session(paris, headquarters)
    assert len(first.split()) == len(second.split()) == 27
    assert here.session_id == there.session_id
    assert (here.origin, there.origin) == (Origin.PAPER, Origin.PAPER)
    assert (here.reason, there.reason) == (LOST, LOST)
    now = ministry_world.clock.now
    here, out = thin.seal_thin(here, b"HQ", now=now, limits=ThinLimits())
    there, opened = thin.open_thin(there, out, now=now)
    assert opened.payload == b"HQ"
    there, back = thin.seal_thin(there, b"PA", now=now, limits=ThinLimits())
    assert thin.open_thin(here, back, now=now)[1].payload == b"PA"

    # and the secret is burnt at both ends, and the break is shown
    for office in (headquarters, paris):
        assert not identity_rows.has_secret(office.station.desk.db, f"paper-{machine(paris)}-1")
        assert [each.state for each in office.station.paper_secrets() if each.number == 1] == ["burnt"]
        assert [each.reason for each in office.station.status().breaks] == [LOST]
    with pytest.raises(Replayed):
        headquarters.station.begin_recovery(pa, 1, sheet(printed, 1), LOST)
    with pytest.raises(Replayed):
        headquarters.station.finish_recovery(pa, 1, second)


def test_after_a_recovery_short_cables_go_both_ways(ministry_world: World) -> None:
    headquarters, paris, printed = given(ministry_world)
    first = headquarters.station.begin_recovery(machine(paris), 1, sheet(printed, 1), LOST)
    second = paris.station.answer_recovery(machine(headquarters), 1, sheet(printed, 1), first)
    headquarters.station.finish_recovery(machine(paris), 1, second)

    for sender, receiver, to in ((headquarters, paris, PARIS), (paris, headquarters, HQ)):
        form = draft(to.id, subject="Đã nối lại", body="Nghe rõ.", degree=Degree.CONFIDENTIAL)
        for packet in sender.station.release_thin(form, ThinBearer.SMS, 0).packets:
            receiver.station.take_thin(packet.packet)

    for office in (headquarters, paris):
        assert [each.subject for each in office.station.inbox() if isinstance(each, CableRow)] == ["Đã nối lại"]


def test_the_next_handshake_replaces_a_session_from_paper(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id, degree=Degree.CONFIDENTIAL))
    ministry_world.settle()
    printed = headquarters.station.print_secrets(machine(paris), 2)
    first = headquarters.station.begin_recovery(machine(paris), 1, sheet(printed, 1), LOST)
    second = paris.station.answer_recovery(machine(headquarters), 1, sheet(printed, 1), first)
    headquarters.station.finish_recovery(machine(paris), 1, second)

    released = headquarters.release(draft(PARIS.id, subject="Sau khi khôi phục", degree=Degree.CONFIDENTIAL))
    ministry_world.settle()

    assert released.cable_id in {row.cable_id for row in paris.station.inbox() if isinstance(row, CableRow)}
    assert session(headquarters, paris).origin is Origin.HANDSHAKE
    assert session(headquarters, paris).session_id == session(paris, headquarters).session_id


def test_a_step_repeated_gives_the_same_packet(ministry_world: World) -> None:
    headquarters, paris, printed = given(ministry_world)
    hq, pa = machine(headquarters), machine(paris)

    first = headquarters.station.begin_recovery(pa, 1, sheet(printed, 1), LOST)
    again = headquarters.station.begin_recovery(pa, 1, "", ResetReason.DAMAGED)
    second = paris.station.answer_recovery(hq, 1, sheet(printed, 1), first)
    back = paris.station.answer_recovery(hq, 1, "", first)

    assert (first, second) == (again, back)
    assert [each.packet for each in headquarters.station.paper_secrets() if each.number == 1] == [first]
    assert [each.packet for each in paris.station.paper_secrets()] == [second]


def test_the_other_end_begins_with_even_numbers(ministry_world: World) -> None:
    headquarters, paris, printed = given(ministry_world)
    hq, pa = machine(headquarters), machine(paris)
    assert hq < pa

    with pytest.raises(FormatError, match="even"):
        paris.station.begin_recovery(hq, 1, sheet(printed, 1), LOST)
    first = paris.station.begin_recovery(hq, 2, sheet(printed, 2), LOST)
    second = headquarters.station.answer_recovery(pa, 2, sheet(printed, 2), first)
    paris.station.finish_recovery(hq, 2, second)

    assert session(headquarters, paris).session_id == session(paris, headquarters).session_id


def test_wrong_papers_and_wrong_packets_are_refused_and_change_nothing(ministry_world: World) -> None:
    headquarters, paris, printed = given(ministry_world)
    hq, pa = machine(headquarters), machine(paris)

    with pytest.raises(NotAllowed, match="not the paper of secret 1"):
        headquarters.station.begin_recovery(pa, 1, sheet(printed, 3), LOST)
    with pytest.raises(FormatError, match="group 22"):
        headquarters.station.begin_recovery(pa, 1, sheet(printed, 1) + " 1", LOST)
    with pytest.raises(FormatError, match="reason"):
        headquarters.station.begin_recovery(pa, 1, sheet(printed, 1), ResetReason.FIRST)
    with pytest.raises(NotFound):
        headquarters.station.finish_recovery(pa, 3, "")
    with pytest.raises(NotListed):
        headquarters.station.begin_recovery(DeviceId(999), 1, sheet(printed, 1), LOST)
    for count in (0, 33):
        with pytest.raises(NotAllowed):
            headquarters.station.print_secrets(pa, count)
    first = headquarters.station.begin_recovery(pa, 1, sheet(printed, 1), LOST)
    with pytest.raises(NoSession):
        paris.station.answer_recovery(hq, 1, sheet(printed, 3), first)  # another envelope
    with pytest.raises(NoSession):
        paris.station.answer_recovery(hq, 3, sheet(printed, 1), first)  # another number
    with pytest.raises(NoSession):
        headquarters.station.finish_recovery(pa, 1, first)  # our own packet thrown back
    changed = bytearray(digits.parse_groups(first))
    changed[20] ^= 1
    with pytest.raises(DecryptionError):
        paris.station.answer_recovery(hq, 1, sheet(printed, 1), digits.groups(bytes(changed)))

    assert paris.station.sessions() == headquarters.station.sessions() == ()
    assert paris.station.paper_secrets() == ()
    second = paris.station.answer_recovery(hq, 1, sheet(printed, 1), first)
    headquarters.station.finish_recovery(pa, 1, second)
    other = bytearray(digits.parse_groups(first))
    other[-1] ^= 1
    with pytest.raises(Replayed):
        paris.station.answer_recovery(hq, 1, sheet(printed, 1), digits.groups(bytes(other)))


def test_session_and_burning_are_one_act(ministry_world: World) -> None:
    # given a store that fails exactly where the secret is burnt
    headquarters, paris, printed = given(ministry_world)
    hq, pa = machine(headquarters), machine(paris)
    first = headquarters.station.begin_recovery(pa, 1, sheet(printed, 1), LOST)
    db = paris.station.desk.db
    with db.transaction():
        db.run("CREATE TRIGGER fails BEFORE INSERT ON paper_secrets BEGIN SELECT raise(ABORT, 'x'); END")

    # when the answer is made
    with pytest.raises(StoreError):
        paris.station.answer_recovery(hq, 1, sheet(printed, 1), first)

    # then there is no session, no break and no burnt secret, and the step can be done again
    assert paris.station.sessions() == ()
    assert paris.station.paper_secrets() == ()
    assert paris.station.breaks() == ()
    with db.transaction():
        db.run("DROP TRIGGER fails")
    second = paris.station.answer_recovery(hq, 1, sheet(printed, 1), first)
    headquarters.station.finish_recovery(pa, 1, second)
    assert session(headquarters, paris).session_id == session(paris, headquarters).session_id


def test_an_answer_lost_with_its_store_is_made_anew(ministry_world: World) -> None:
    # given an answer that nobody was told, and a store put back to before it
    headquarters, paris, printed = given(ministry_world)
    hq, pa = machine(headquarters), machine(paris)
    first = headquarters.station.begin_recovery(pa, 1, sheet(printed, 1), LOST)
    ministry_world.close(paris)
    shutil.copytree(ministry_world.root / "station-2", ministry_world.root / "before")
    paris = ministry_world.open(PARIS)
    paris.station.answer_recovery(hq, 1, sheet(printed, 1), first)
    ministry_world.close(paris)

    # when it is made again, then the session is that of the packet that was told
    paris = ministry_world.open(PARIS, folder="before")
    second = paris.station.answer_recovery(hq, 1, sheet(printed, 1), first)
    headquarters.station.finish_recovery(pa, 1, second)
    assert session(headquarters, paris).session_id == session(paris, headquarters).session_id
