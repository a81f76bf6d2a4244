"""The session of a packet among many: found by keys held in memory, which are always those of the store."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from secmsg.errors import DecryptionError, NoSession, Replayed
from secmsg.ids import SessionId
from secmsg.protocol import session as protocol
from secmsg.protocol.state import Session
from secmsg.station import sessions
from secmsg.station.desk import Desk
from secmsg.store import sessions as rows
from tests.helpers.desks import desk_over, keep
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import NOW, seal, turn
from tests.helpers.stores import new_database
from tests.helpers.thin import sealed, talking

RANDOM = seeded(b"recognition")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    db = new_database(tmp_path)
    yield desk_over(db, tmp_path)
    db.close()


class ActFailedError(Exception):
    """What ends a transaction before its commit."""


def pairs(count: int) -> list[tuple[Session, Session]]:
    """Return sessions whose both ends have spoken, fat and thin."""
    both = []
    for number in range(count):
        anna, binh = talking(b"recognition %d" % number)
        anna, binh = turn(anna, binh, RANDOM)
        both.append((anna, binh))
    return both


def test_each_packet_finds_its_session_among_many(desk: Desk) -> None:
    # given
    both = pairs(20)
    for number, (_, binh) in enumerate(both):
        keep(desk, binh, number, at=NOW + number % 3)

    # when, then
    for number, (anna, binh) in enumerate(both):
        after, packet = seal(anna, b"fat %d" % number, RANDOM)
        found = sessions.find(desk, packet, NOW)
        assert found is not None
        assert (found.kept.session_id, found.opened.payload) == (binh.session_id, b"fat %d" % number)
        _, packet = sealed(after, b"thin %d" % number)
        found_thin = sessions.find_thin(desk, packet, NOW)
        assert (found_thin.kept.device, found_thin.opened.payload) == (number, b"thin %d" % number)


def test_a_packet_of_nobody_finds_nothing(desk: Desk) -> None:
    keep(desk, pairs(1)[0][1], 1)

    assert sessions.find(desk, RANDOM(512), NOW) is None
    with pytest.raises(NoSession):
        sessions.find_thin(desk, RANDOM(60), NOW)


def test_what_is_held_follows_every_change_of_the_store(desk: Desk) -> None:
    # given a conversation in which every packet moves the stored state
    anna, binh = talking(b"follow")
    keep(desk, binh, 1)

    # when fat and thin packets cross, each way, then each is found in the state of that moment
    for number in range(6):
        anna, packet = seal(anna, b"%d" % number, RANDOM)
        found = sessions.find(desk, packet, NOW)
        assert found is not None
        assert found.opened.payload == b"%d" % number
        with desk.db.transaction():
            sessions.advance(desk, found.kept, found.session, NOW)
        anna, packet = sealed(anna, b"thin %d" % number)
        found_thin = sessions.find_thin(desk, packet, NOW)
        with desk.db.transaction():
            sessions.advance(desk, found_thin.kept, found_thin.session, NOW)
        with pytest.raises(Replayed):
            sessions.find_thin(desk, packet, NOW)
        after, answer = seal(found_thin.session, b"back", RANDOM)
        with desk.db.transaction():
            sessions.advance(desk, found_thin.kept, after, NOW)
        anna, _ = protocol.decrypt(anna, answer, now=NOW)


def test_a_change_that_was_undone_is_not_believed(desk: Desk) -> None:
    # given a turn that was found, kept, looked at and taken back
    anna, binh = talking(b"undone")
    keep(desk, binh, 1)
    anna, first = seal(anna, b"first", RANDOM)
    found = sessions.find(desk, first, NOW)
    assert found is not None
    after, answer = seal(found.session, b"answer", RANDOM)
    anna_after, _ = protocol.decrypt(anna, answer, now=NOW)
    _, later = seal(anna_after, b"later", RANDOM)
    with suppress(ActFailedError), desk.db.transaction():
        sessions.advance(desk, found.kept, after, NOW)
        assert sessions.find(desk, later, NOW) is not None
        raise ActFailedError

    # then the state is the one before, for both
    assert sessions.find(desk, later, NOW) is None
    # and another change in its place is seen, though it is the same second
    with desk.db.transaction():
        sessions.advance(desk, found.kept, after, NOW)
    assert sessions.find(desk, later, NOW) is not None


def test_a_session_forgotten_or_drained_is_not_found(desk: Desk) -> None:
    # given one that drains and one that is forgotten
    (anna, draining), (binh, gone) = pairs(2)
    keep(desk, draining, 1, until=NOW + 100)
    keep(desk, gone, 2)
    _, to_draining = seal(anna, b"x", RANDOM)
    _, to_gone = seal(binh, b"y", RANDOM)
    assert sessions.find(desk, to_draining, NOW + 99) is not None
    assert sessions.find(desk, to_gone, NOW) is not None

    # when
    with desk.db.transaction():
        rows.forget(desk.db, gone.session_id)

    # then
    assert sessions.find(desk, to_gone, NOW) is None
    assert sessions.find(desk, to_draining, NOW + 100) is None
    assert sessions.find(desk, to_draining, NOW + 99) is not None


def test_a_packet_recognised_and_damaged_is_told_as_such(desk: Desk) -> None:
    anna, binh = pairs(1)[0]
    keep(desk, binh, 1)
    _, packet = seal(anna, b"x", RANDOM)
    _, small = sealed(anna, b"x")

    with pytest.raises(DecryptionError):
        sessions.find(desk, packet[:-1] + bytes([packet[-1] ^ 1]), NOW)
    with pytest.raises(DecryptionError):
        sessions.find_thin(desk, small[:-1] + bytes([small[-1] ^ 1]), NOW)


def test_a_session_that_goes_while_it_is_asked_for_is_no_session(desk: Desk) -> None:
    with pytest.raises(NoSession):
        sessions._loaded(desk, SessionId(bytes(16)))


def test_the_shelf_prints_no_key(desk: Desk) -> None:
    _, binh = pairs(1)[0]
    keep(desk, binh, 1)
    sessions.find(desk, RANDOM(512), NOW)
    with pytest.raises(NoSession):
        sessions.find_thin(desk, RANDOM(60), NOW)

    text = repr(desk) + repr(desk.shelf) + repr(desk.shelf.recognition)

    assert binh.thin.receiving[0].tag_key.reveal().hex() not in text
    assert "Session(" not in text
