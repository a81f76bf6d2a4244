"""A session given up for a new one: seen by both ends until named persons have acknowledged it, and never silent."""

import shutil

import pytest

from secmsg.crypto import labels, signing
from secmsg.errors import NotAllowed, NotFound, NotListed
from secmsg.ids import DeviceId, StationId
from secmsg.office import breaks as rules
from secmsg.office.breaks import Step
from secmsg.office.lifecycle import OutboxState
from secmsg.station import breaks, envelopes, housekeeping
from secmsg.station import desk as desks
from secmsg.station.session_views import BreakView
from secmsg.station.views import CableRow, NoticeKind
from secmsg.store import breaks as break_rows
from secmsg.store import registers
from secmsg.store import sessions as session_rows
from secmsg.wire import service
from secmsg.wire.cable import Degree
from secmsg.wire.handshake import ResetReason
from secmsg.wire.service import KeysConfirmed
from tests.helpers.ministry import CANBERRA, HQ, PARIS, draft
from tests.helpers.world import Office, World

DAY = 86_400


def machine(office: Office) -> DeviceId:
    return desks.own(office.station.desk).device


def subjects(office: Office) -> set[str]:
    return {row.subject for row in office.station.inbox() if isinstance(row, CableRow)}


def standing(office: Office) -> tuple[BreakView, ...]:
    return office.station.status().breaks


def incidents(office: Office) -> list[tuple[Step, str]]:
    lines = registers.verify(office.station.desk.db, breaks.INCIDENTS)
    return [(found.step, found.who) for found in (rules.decode(each.body) for each in lines)]


def met(world: World, *offices: Office) -> None:
    """Let every pair have an answered session."""
    for office in offices:
        office.release(
            draft(*(own(each) for each in offices if each is not office), subject="Trước", degree=Degree.CONFIDENTIAL)
        )
    world.settle()


def own(office: Office) -> StationId:
    return desks.own(office.station.desk).station


def test_a_reset_is_seen_at_both_ends_and_high_degrees_wait_for_headquarters(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    # given two offices with an answered session
    headquarters, paris = offices
    met(ministry_world, headquarters, paris)
    before = {each.session for each in paris.station.sessions()}

    # when Paris gives it up, and writes a secret cable and a low one
    number = paris.station.reset_session(machine(headquarters), ResetReason.DAMAGED)
    secret = paris.release(draft(HQ.id, subject="Tối mật", degree=Degree.SECRET))
    paris.release(draft(HQ.id, subject="Mật", degree=Degree.CONFIDENTIAL))
    ministry_world.settle()

    # then both see the break, with its reason, and only the low cable has left
    (ours,), (theirs,) = standing(paris), standing(headquarters)
    assert (ours.number, ours.ours, ours.alone, ours.reason) == (number, True, False, ResetReason.DAMAGED)
    assert (theirs.ours, theirs.reason, theirs.generation) == (False, ResetReason.DAMAGED, 2)
    assert ours.session == theirs.session
    assert theirs.follows
    assert ours.holds
    assert theirs.holds
    assert {each.session for each in paris.station.sessions()}.isdisjoint(before)
    assert subjects(headquarters) == {"Trước", "Mật"}
    states = {row.subject: row.state for row in paris.station.sent()}
    assert states["Tối mật"] is OutboxState.WAITING_KEYS
    assert NoticeKind.SESSION_REPLACED in {notice.kind for notice in headquarters.station.status().notices}

    # when Paris' officer acknowledges it, nothing leaves yet; after headquarters' officer has, everything does
    paris.station.acknowledge_break(number)
    ministry_world.settle()
    assert standing(paris) == ()
    assert subjects(headquarters) == {"Trước", "Mật"}
    for each in standing(headquarters):
        headquarters.station.acknowledge_break(each.number)
    ministry_world.settle()

    assert secret.cable_id in {row.cable_id for row in headquarters.station.inbox() if isinstance(row, CableRow)}
    assert standing(headquarters) == ()
    assert not any(each.holds for each in (*paris.station.breaks(), *headquarters.station.breaks()))
    assert headquarters.station.gaps() == paris.station.gaps() == ()
    name = "Nguyễn Văn Hanoi"
    assert incidents(paris) == [
        (Step.BROKEN, ""), (Step.ACKNOWLEDGED, "Nguyễn Văn Paris"), (Step.CONFIRMED, name),
    ]  # fmt: skip
    (seen, *_) = paris.station.breaks()
    assert (seen.acknowledged_by, seen.confirmed_by) == ("Nguyễn Văn Paris", name)


def test_a_break_between_two_posts_is_confirmed_by_headquarters_once_for_both(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    # given Paris and Canberra in session
    headquarters, paris = offices
    canberra = ministry_world.open(CANBERRA)
    canberra.sync()
    met(ministry_world, headquarters, paris, canberra)

    # when Paris begins anew towards Canberra
    paris.station.reset_session(machine(canberra), ResetReason.COMPROMISE)
    ministry_world.settle()

    # then headquarters knows from both ends, and one acknowledgement confirms both
    reported = standing(headquarters)
    assert {each.reporter_name for each in reported} == {PARIS.name_vi, CANBERRA.name_vi}
    assert len({each.session for each in reported}) == 1
    assert NoticeKind.BREAK_REPORTED in {notice.kind for notice in headquarters.station.status().notices}
    assert standing(paris)[0].holds
    assert standing(canberra)[0].holds
    headquarters.station.acknowledge_break(reported[0].number)
    ministry_world.settle()

    assert not standing(paris)[0].holds
    assert not standing(canberra)[0].holds
    assert standing(paris)[0].confirmed_by == "Nguyễn Văn Hanoi"


def test_a_report_that_comes_after_the_confirmation_is_answered_at_once(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    met(ministry_world, headquarters, paris)
    paris.station.reset_session(machine(headquarters), ResetReason.SCHEDULED)
    paris.sync()
    headquarters.sync()
    (theirs,) = standing(headquarters)
    headquarters.station.acknowledge_break(theirs.number)

    ministry_world.settle()

    assert not standing(paris)[0].holds


def test_a_machine_alone_begins_anew_once_a_day(ministry_world: World, offices: tuple[Office, Office]) -> None:
    # given a first message that nobody answers for a day
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    headquarters.sync()
    desk = headquarters.station.desk
    ministry_world.clock.now += DAY + 1

    # when the machine looks after its sessions, twice, and again within the day
    housekeeping.tidy(desk)
    housekeeping.tidy(desk)
    headquarters.sync()
    ministry_world.clock.now += DAY - 10
    housekeeping.tidy(desk)
    headquarters.sync()

    # then it has begun anew once, shown, without holding anything back: nothing was proven under the first
    (shown,) = standing(headquarters)
    assert (shown.alone, shown.ours, shown.holds, shown.generation) == (True, True, False, 2)
    assert {each.generation for each in headquarters.station.sessions()} == {2}
    del paris


def restored(world: World, office: Office, copy: str) -> Office:
    """Give the office's home as it was copied."""
    world.close(office)
    shutil.rmtree(world.root / "station-2")
    shutil.copytree(world.root / copy, world.root / "station-2")
    return world.open(PARIS)


def test_a_device_put_back_to_an_older_state_is_answered_with_a_new_session(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    # given a copy of Paris after generation 1, and a generation 2 since
    headquarters, paris = offices
    met(ministry_world, headquarters, paris)
    ministry_world.close(paris)
    shutil.copytree(ministry_world.root / "station-2", ministry_world.root / "copy")
    paris = ministry_world.open(PARIS)
    paris.station.reset_session(machine(headquarters), ResetReason.DAMAGED)
    ministry_world.settle()

    # when the copy is put in its place and begins anew: its generation 2 is stale at headquarters
    paris = restored(ministry_world, paris, "copy")
    paris.station.reset_session(machine(headquarters), ResetReason.STATE_RESTORED)
    ministry_world.settle(rounds=6)

    # then headquarters has begun a higher one by itself and both have it
    (at_paris,) = paris.station.sessions()
    (at_headquarters,) = headquarters.station.sessions()
    assert at_paris.session == at_headquarters.session
    assert at_paris.generation > 2
    assert NoticeKind.SESSION_STALE in {notice.kind for notice in headquarters.station.status().notices}
    assert any(each.alone and each.ours for each in standing(headquarters))


def test_a_handshake_that_a_relay_delayed_triggers_no_reset(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    # given a handshake of generation 2 that the relay holds back until one of generation 3 has come
    headquarters, paris = offices
    met(ministry_world, headquarters, paris)
    paris.station.reset_session(machine(headquarters), ResetReason.SCHEDULED)
    paris.sync()
    held = list(ministry_world.relay.waiting())
    ministry_world.relay.order = lambda found: [each for each in found if each not in held]
    paris.station.reset_session(machine(headquarters), ResetReason.SCHEDULED)
    ministry_world.settle()
    assert {each.generation for each in headquarters.station.sessions()} == {3}
    entered = len(headquarters.station.breaks())

    # when it comes at last
    ministry_world.relay.order = lambda found: found
    headquarters.place.memory.after.clear()
    ministry_world.settle()

    # then it is shown as stale and nothing was begun for it
    assert NoticeKind.SESSION_STALE in {notice.kind for notice in headquarters.station.status().notices}
    assert len(headquarters.station.breaks()) == entered
    assert {each.generation for each in paris.station.sessions()} == {3}


def test_a_post_that_has_lost_its_sessions_takes_the_other_ends_as_a_break(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    met(ministry_world, headquarters, paris)
    with paris.station.desk.db.transaction():
        session_rows.forget_device(paris.station.desk.db, machine(headquarters))
    headquarters.station.reset_session(machine(paris), ResetReason.STATE_LOST)

    ministry_world.settle()

    (shown,) = standing(paris)
    assert (shown.ours, shown.follows, shown.holds) == (False, False, True)


@pytest.mark.parametrize("forgery", ["another person", "a changed signature"])
def test_only_a_person_of_headquarters_confirms(
    ministry_world: World, offices: tuple[Office, Office], forgery: str
) -> None:
    # given a break at headquarters' own peer Paris, and Canberra, which is not headquarters
    headquarters, paris = offices
    canberra = ministry_world.open(CANBERRA)
    canberra.sync()
    met(ministry_world, headquarters, paris, canberra)
    headquarters.station.reset_session(machine(paris), ResetReason.DAMAGED)
    ministry_world.settle()
    (shown,) = standing(paris)

    # when somebody else signs the confirmation, or the signature is another
    sender = canberra if forgery == "another person" else headquarters
    signer = desks.own(sender.station.desk).person_signer
    now = ministry_world.clock.now
    session = session_rows.every(paris.station.desk.db)[0].session_id.__class__(shown.session)
    signature = signing.sign(signer.key, labels.SIGN_BREAK, service.confirmed_part(session, now))
    if forgery != "another person":
        signature = signature[:-1] + bytes([signature[-1] ^ 1])
    desk = sender.station.desk
    with desk.db.transaction():
        envelopes.post_service(desk, PARIS.id, KeysConfirmed(session, now, signer.ref, signature), now)
    ministry_world.settle()

    # then nothing is confirmed and the fault is told
    assert standing(paris)[0].holds
    assert NoticeKind.QUARANTINED in {notice.kind for notice in paris.station.status().notices}


def test_what_cannot_be_reset_or_acknowledged_says_so(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    with pytest.raises(NotListed):
        paris.station.reset_session(DeviceId(999), ResetReason.DAMAGED)
    with pytest.raises(NotAllowed):
        paris.station.reset_session(machine(headquarters), ResetReason.DAMAGED)
    met(ministry_world, headquarters, paris)
    with pytest.raises(NotAllowed):
        paris.station.reset_session(machine(headquarters), ResetReason.FIRST)
    with pytest.raises(NotFound):
        paris.station.acknowledge_break(7)

    number = paris.station.reset_session(machine(headquarters), ResetReason.DAMAGED)

    assert paris.station.reset_session(machine(headquarters), ResetReason.COMPROMISE) == number
    with pytest.raises(NotAllowed):
        paris.station.acknowledge_break(number)
    ministry_world.settle()
    paris.station.acknowledge_break(number)
    paris.station.acknowledge_break(number)
    assert [step for step, _ in incidents(paris)] == [Step.BROKEN, Step.ACKNOWLEDGED]


def test_a_stolen_key_does_not_fill_the_list_of_breaks(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    desk = headquarters.station.desk
    certificate = next(
        each for each in desks.directory(desk).devices_of(PARIS.id, desk.now()) if each.device == machine(paris)
    )
    for _ in range(break_rows.MAX_STANDING + 10):
        with desk.db.transaction():
            breaks.begin(desk, certificate, ResetReason.DAMAGED, alone=False, now=desk.now())

    assert len(standing(headquarters)) == break_rows.MAX_STANDING
