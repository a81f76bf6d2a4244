"""A machine is taken off: it lifts no veil any more, finds no mailbox, and everybody else goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.authority import edition as editions
from secmsg.authority.mailbox import mailbox, week_of
from secmsg.errors import DecryptionError, EnrolmentError, NoSession, NotAllowed, NotEntitled
from secmsg.ids import DeviceId, EditionNumber, MailboxId
from secmsg.protocol import veil
from secmsg.station import covers, housekeeping
from secmsg.station import desk as desks
from secmsg.station import headquarters as authorities
from secmsg.station.headquarters import PreparedCover
from secmsg.station.unlock import by_passphrase
from secmsg.station.views import NoticeKind
from secmsg.wire import directory as directory_wire
from secmsg.wire import handshake as handshake_wire
from secmsg.wire.certificate import Role
from secmsg.wire.service import CoverGiven
from tests.helpers import machines as built
from tests.helpers import pouches
from tests.helpers.machines import open_machine
from tests.helpers.ministry import CANBERRA, FAST, HQ, PARIS, PASSPHRASE, draft
from tests.helpers.program import Program
from tests.helpers.world import RELAY_ID, TOKYO, Office, World

WEEK = 604_800


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with built.machines(tmp_path) as made:
        yield made


@pytest.fixture
def posts(world: World) -> tuple[Office, Office, Office]:
    """Headquarters, the machine of Paris that stays, and the laptop that is lost; all have written to each other."""
    all_ = open_machine(world, HQ), open_machine(world, PARIS, 1), open_machine(world, PARIS, 2)
    world.settle(rounds=2)
    all_[0].release(draft(PARIS.id, subject="Trước"))
    all_[1].release(draft(HQ.id, subject="Trước"))
    world.settle()
    return all_


def device(office: Office) -> DeviceId:
    return desks.own(office.station.desk).device


def roots(office: Office) -> tuple[int, ...]:
    return desks.cover_roots_held(office.station.desk)


def prepare(world: World, *without: DeviceId) -> PreparedCover:
    unlock = by_passphrase(PASSPHRASE)
    with authorities.open_authority(world.root / "authority", unlock, FAST, clock=world.clock) as authority:
        return authority.prepare_cover(without)


def publish(world: World) -> EditionNumber:
    unlock = by_passphrase(PASSPHRASE)
    with authorities.open_authority(world.root / "authority", unlock, FAST, clock=world.clock) as authority:
        number = authority.publish_cover()
    world.relay.segments = built.segments(world.root, world.clock)
    return number


def box_of(office: Office, whose: DeviceId) -> MailboxId:
    """Name this week's mailbox of a machine as one that reads this office's edition would."""
    desk = office.station.desk
    return mailbox(desks.directory(desk).mailbox_secret(whose), RELAY_ID, week_of(desk.now()))[0]


def lifts(office: Office, message: bytes, recipient: DeviceId) -> bool:
    """Say whether what an office knows lifts the veil of a first message to anybody."""
    try:
        veil.lift(desks.veil_keys(office.station.desk, office.station.desk.now()), recipient, message)
    except NoSession:
        return False
    return True


def veiled(office: Office, recipient: DeviceId) -> bytes:
    """Put the veil of this office on a message of a first message's size."""
    desk = office.station.desk
    return veil.put_on(desks.cover_key(desk, desk.now()), recipient, bytes(handshake_wire.SIZE_CLASSES[0] - 16))


def test_the_lost_machine_lifts_no_veil_and_finds_no_mailbox_any_more(
    world: World, posts: tuple[Office, Office, Office]
) -> None:
    headquarters, paris, laptop = posts
    lost = device(laptop)
    assert lifts(laptop, veiled(headquarters, device(paris)), device(paris))

    made = prepare(world, lost)
    before = headquarters.station.give_cover(made.sealed, made.code)
    world.settle()
    after = headquarters.station.cover_standing()
    number = publish(world)
    world.settle(headquarters, paris)
    laptop.sync()
    released = headquarters.release(draft(PARIS.id, subject="Dưới khóa phủ mới"))
    paris.release(draft(HQ.id, subject="Trả lời"))
    world.settle(headquarters, paris)

    assert before.missing == ((PARIS.id, device(paris)),)
    assert (after.next, after.machines, after.missing) == (1, 2, ())
    assert (roots(headquarters), roots(paris), roots(laptop)) == ((0, 1), (0, 1), (0,))
    for office in (headquarters, paris):
        assert (desks.directory(office.station.desk).number, office.station.gaps()) == (number, ())
    # The laptop is not told who is where from here on, and what it knew has gone.
    assert desks.directory(laptop.station.desk).number < number
    assert NoticeKind.COVER_LACKING in {each.kind for each in laptop.station.status().notices}
    edition = directory_wire.decode(world.relay.segments[number])
    with pytest.raises(DecryptionError):
        editions.unseal_block(desks.cover_roots(laptop.station.desk)[0], edition.head, edition.sealed_block)
    assert not lifts(laptop, veiled(headquarters, device(paris)), device(paris))
    assert lifts(paris, veiled(headquarters, device(paris)), device(paris))
    for whose in (device(headquarters), device(paris)):
        assert box_of(laptop, whose) != box_of(headquarters, whose)
        assert box_of(headquarters, whose) in world.relay.boxes
    # Everybody else goes on, by the new mailboxes.
    assert released.cable_id in {row.cable_id for row in paris.station.inbox() if hasattr(row, "cable_id")}
    assert "Trả lời" in {row.subject for row in headquarters.station.inbox() if hasattr(row, "subject")}


def test_a_sender_that_is_an_edition_behind_still_reaches_the_others(
    world: World, posts: tuple[Office, Office, Office]
) -> None:
    headquarters, paris, laptop = posts
    made = prepare(world, device(laptop))
    headquarters.station.give_cover(made.sealed, made.code)
    world.settle()
    behind = dict(world.relay.segments)
    publish(world)
    headquarters.sync()
    ahead, world.relay.segments = world.relay.segments, behind
    paris.release(draft(HQ.id, subject="Theo ấn bản cũ"))
    paris.sync()
    world.relay.segments = ahead

    headquarters.sync()

    assert "Theo ấn bản cũ" in {row.subject for row in headquarters.station.inbox() if hasattr(row, "subject")}


def test_the_old_root_is_destroyed_when_no_first_message_under_it_can_come(
    world: World, posts: tuple[Office, Office, Office]
) -> None:
    headquarters, paris, laptop = posts
    made = prepare(world, device(laptop))
    headquarters.station.give_cover(made.sealed, made.code)
    world.settle()
    publish(world)
    world.settle(headquarters, paris)
    world.clock.now += FAST.mailboxes.weeks_back * WEEK
    housekeeping.tidy(paris.station.desk)
    assert roots(paris) == (0, 1)

    world.clock.now += WEEK
    housekeeping.tidy(paris.station.desk)

    assert roots(paris) == (1,)


def test_a_machine_that_was_away_gets_the_root_from_its_old_mailbox_and_then_the_edition(
    world: World, posts: tuple[Office, Office, Office]
) -> None:
    headquarters, paris, laptop = posts
    made = prepare(world, device(laptop))
    headquarters.station.give_cover(made.sealed, made.code)
    headquarters.sync()
    missing = headquarters.station.cover_standing().missing
    number = publish(world)
    headquarters.sync()

    paris.sync()
    paris.sync()

    assert missing == ((PARIS.id, device(paris)),)
    assert desks.directory(paris.station.desk).number == number


def test_a_machine_without_a_line_gets_the_root_by_pouch_and_then_the_edition(
    world: World, posts: tuple[Office, Office, Office], tmp_path: Path
) -> None:
    headquarters, paris, laptop = posts
    made = prepare(world, device(laptop))
    # Its mailboxes are gone, so what the relay takes for it is lost.
    world.relay.lose = lambda _: True
    headquarters.station.give_cover(made.sealed, made.code)
    headquarters.sync()
    number = publish(world)
    headquarters.sync()

    pouches.write(headquarters.station, tmp_path / "anh-01", PARIS.id)
    for _ in range(2):
        pouches.read(paris.station, tmp_path / "anh-01")

    assert roots(paris) == (0, 1)
    assert desks.directory(paris.station.desk).number == number


def test_nobody_but_headquarters_gives_a_root_and_no_second_one_takes_its_place(
    world: World, posts: tuple[Office, Office, Office]
) -> None:
    headquarters, paris, _ = posts
    desk = paris.station.desk
    chief = desks.own(headquarters.station.desk).device_certificate
    with desk.db.transaction():
        with pytest.raises(NotEntitled):
            covers.take(desk, desks.own(desk).device_certificate, CoverGiven(1, bytes(32)), desk.now())
        assert covers.take(desk, chief, CoverGiven(2, bytes(32)), desk.now()) == []
        assert covers.take(desk, chief, CoverGiven(1, bytes(32)), desk.now()) == []
        (told,) = covers.take(desk, chief, CoverGiven(1, b"x" * 32), desk.now())
    assert roots(paris) == (0, 1)
    assert desks.cover_roots(desk)[1].reveal() == bytes(32)
    assert "another cover root 1" in str(told)
    assert chief.role is Role.HEADQUARTERS


def test_a_cover_file_opens_at_headquarters_alone_under_its_code_and_in_its_turn(
    world: World, posts: tuple[Office, Office, Office]
) -> None:
    headquarters, paris, laptop = posts
    made, again = prepare(world, device(laptop)), prepare(world, device(laptop))

    with pytest.raises(EnrolmentError):
        headquarters.station.give_cover(made.sealed, again.code)
    with pytest.raises(NotAllowed):
        paris.station.give_cover(made.sealed, made.code)
    with pytest.raises(EnrolmentError, match="may have the cover root under way"):
        prepare(world, device(paris))
    assert roots(headquarters) == (0,)
    headquarters.station.give_cover(made.sealed, made.code)
    headquarters.station.give_cover(again.sealed, again.code)
    publish(world)
    world.settle(headquarters, paris)
    with pytest.raises(NotAllowed, match="does not follow"):
        headquarters.station.give_cover(made.sealed, made.code)
    with pytest.raises(EnrolmentError, match="no cover root is under way"):
        publish(world)


def test_a_machine_enrolled_meanwhile_has_both_roots_in_its_kit(
    world: World, posts: tuple[Office, Office, Office]
) -> None:
    _, _, laptop = posts
    prepare(world, device(laptop))

    built.enrol_machine(world.root, world.clock, TOKYO, 1)

    assert roots(open_machine(world, TOKYO)) == (0, 1)


def test_the_whole_way_by_commands(world: World, posts: tuple[Office, Office, Office], told: Program) -> None:
    headquarters, paris, laptop = posts
    lost = device(laptop)
    world.close(headquarters)
    (world.root / "pass").touch(0o600)
    (world.root / "pass").write_text(PASSPHRASE, encoding="utf-8")
    by = ("--passphrase-file", world.root / "pass")
    authority, station = ("--home", world.root / "authority", *by), ("--home", world.root / "station-1", *by)
    file, code = world.root / "cover", world.root / "code"

    made = told("authority", "cover", "prepare", *authority, "--without", f"{lost}", "--code-file", code, file)
    given = told("station", "cover", "give", *station, "--code-file", code, file)
    lacking = told("station", "cover", "status", *station, "--json").json
    published = told("authority", "cover", "publish", *authority)

    assert f"without  machine {lost}" in made.out
    assert f"missing  machine {device(paris)} of station 2" in given.out
    assert lacking["missing"] == [{"station": 2, "machine": device(paris)}]
    assert "edition  4 stands under the new cover root" in published.out
    assert CANBERRA.id != PARIS.id


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)
