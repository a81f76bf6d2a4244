"""Prekeys in supply: replaced in time, destroyed at theirs; a weak first message is shown at both ends."""

from secmsg.crypto import hashing
from secmsg.office.lifecycle import OutboxState
from secmsg.protocol import prekeys as protocol
from secmsg.station import desk as desks
from secmsg.station import housekeeping
from secmsg.station.views import CableRow, NoticeKind
from secmsg.store import prekeys as rows
from secmsg.store import sessions as session_rows
from tests.helpers.ministry import PARIS, draft
from tests.helpers.world import Office, World

DAY = 86_400


def kinds(office: Office) -> set[NoticeKind]:
    return {notice.kind for notice in office.station.status().notices}


def arrived(office: Office) -> int:
    return sum(isinstance(row, CableRow) for row in office.station.inbox())


def test_one_call_without_any_mail_refills_what_was_taken(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    # given a relay where most one-time prekeys of Paris are gone, and no mail
    _, paris = offices
    paris.place.memory.level = None
    for box in ministry_world.relay.boxes.values():
        box.entries = box.entries[:3]
    version = rows.newest_batch(paris.station.desk.db)

    # when Paris synchronises once, as a command does
    paris.sync()

    # then a new batch lies there
    after = rows.newest_batch(paris.station.desk.db)
    assert version is not None
    assert after is not None
    assert after.version == version.version + 1


def test_exhaustion_is_shown_to_the_owner(ministry_world: World, offices: tuple[Office, Office]) -> None:
    _, paris = offices
    for box in ministry_world.relay.boxes.values():
        box.entries = []

    paris.sync()

    assert NoticeKind.PREKEYS_OUT in kinds(paris)


def test_a_last_resort_is_shown_at_both_ends_and_never_used_twice_for_one_signed_prekey(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    # given a first message without a one-time prekey
    headquarters, paris = offices
    for box in ministry_world.relay.boxes.values():
        box.entries = []
    headquarters.release(draft(PARIS.id))
    headquarters.sync()
    assert NoticeKind.SESSION_LAST_RESORT in kinds(headquarters)

    # when the session is given up and the relay still gives none
    desk = headquarters.station.desk
    ministry_world.clock.now += DAY + 1
    housekeeping.tidy(desk)
    headquarters.release(draft(PARIS.id, subject="Hai"))
    headquarters.sync()

    # then what waits keeps waiting, until Paris has laid out others
    assert OutboxState.WAITING_KEYS in {row.state for row in headquarters.station.sent()}
    paris.sync()
    ministry_world.settle()
    assert arrived(paris) == 2
    assert NoticeKind.SESSION_LAST_RESORT in kinds(paris)


def test_the_receiver_takes_no_second_last_resort_of_a_device(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    # given a sender that keeps no count of its own
    headquarters, paris = offices
    for box in ministry_world.relay.boxes.values():
        box.entries = []
    headquarters.release(draft(PARIS.id))
    headquarters.sync()
    paris_device = desks.own(paris.station.desk).device
    with headquarters.station.desk.db.transaction():
        headquarters.station.desk.db.run("DELETE FROM identity WHERE name = ?", (f"last-resort-to-{paris_device}",))
        desks.distrust_session(headquarters.station.desk, paris_device)
    for box in ministry_world.relay.boxes.values():
        box.entries = []
    headquarters.release(draft(PARIS.id, subject="Hai"))
    headquarters.sync()

    # when both first messages arrive
    for _ in range(3):
        paris.sync()
        paris.place.memory.after.clear()

    # then the first alone was taken; the second lies apart
    assert arrived(paris) == 1
    assert {kept.state for kept in session_rows.every(paris.station.desk.db)} == {1}
    assert {row.reason for row in paris.station.quarantine()} == {"PrekeyUnknown", "NoSession"}


def test_a_stale_signed_prekey_is_shown_at_both_ends(ministry_world: World, offices: tuple[Office, Office]) -> None:
    # given a post that was not at the relay for nine days
    headquarters, paris = offices
    ministry_world.clock.now += 9 * DAY
    headquarters.release(draft(PARIS.id))
    headquarters.sync()

    paris.sync()

    assert arrived(paris) == 1
    assert NoticeKind.PREKEYS_STALE in kinds(headquarters)
    assert NoticeKind.PREKEYS_STALE in kinds(paris)


def test_private_halves_are_not_in_the_store_after_their_grace(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    # given the private halves of all prekeys as the store has them
    _, paris = offices
    db = paris.station.desk.db
    signed = [bytes(row[0]) for row in db.all("SELECT private FROM signed_prekeys")]
    one_time = [bytes(row[0]) for row in db.all("SELECT private FROM one_time_prekeys")]
    assert signed
    assert one_time

    # when 31 days have passed and the station is called once, without anything new to offer
    ministry_world.clock.now += 31 * DAY
    housekeeping.forget(paris.station.desk)

    # then no row of any table holds one of them
    left = _every_value(paris)
    assert not left & {hashing.short(value) for value in (*signed, *one_time)}
    assert rows.newest_signed(db) is None


def test_a_signed_prekey_is_replaced_within_its_week(ministry_world: World, offices: tuple[Office, Office]) -> None:
    _, paris = offices
    before = rows.newest_signed(paris.station.desk.db)
    assert before is not None

    for _ in range(8):
        ministry_world.clock.now += DAY
        paris.sync()
        newest = rows.newest_signed(paris.station.desk.db)
        assert newest is not None
        public = protocol.decode_signed(newest.private.reveal()).public
        assert public.not_after > ministry_world.clock.now

    after = rows.newest_signed(paris.station.desk.db)
    assert after is not None
    assert after.spk_id > before.spk_id


def _every_value(office: Office) -> set[bytes]:
    db = office.station.desk.db
    tables = [row[0] for row in db.all("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'")]
    found: set[bytes] = set()
    for table in tables:
        for row in db.all(f"SELECT * FROM {table}"):
            found |= {hashing.short(bytes(value)) for value in row if isinstance(value, bytes)}
    return found
