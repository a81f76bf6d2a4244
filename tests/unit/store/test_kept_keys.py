"""Keys that change: sessions, prekeys, the identity; and what was received before."""

from dataclasses import replace

import pytest

from secmsg.crypto.secret import Secret
from secmsg.errors import NotFound, StoreDamaged, StoreError
from secmsg.ids import DeviceId, MessageId, RelayId, SessionId, StationId
from secmsg.store import identity, prekeys, seen, sessions
from secmsg.store.database import Database
from secmsg.store.prekeys import Batch, OneTimeRow, SignedPrekeyRow, Take
from secmsg.store.sessions import Floor, KeptSession, SessionState
from tests.helpers.seeded_random import seeded

RELAY = RelayId(b"r" * 16)
DEVICE = DeviceId(70)


def session(number: int, state: SessionState = SessionState.ACTIVE) -> KeptSession:
    until = None if state is SessionState.ACTIVE else 1_000 + number
    return KeptSession(SessionId(bytes([number]) * 16), DEVICE, StationId(7), state, until, b"state %d" % number)


def test_a_session_is_replaced_by_its_next_state(db: Database) -> None:
    with db.transaction():
        sessions.keep(db, session(1), 10)
        sessions.keep(db, replace(session(1), body=b"next"), 11)

    assert sessions.active(db, DEVICE) == replace(session(1), body=b"next")
    assert sessions.active(db, DeviceId(71)) is None


def test_a_device_has_one_active_session(db: Database) -> None:
    with db.transaction():
        sessions.keep(db, session(1), 10)

    with pytest.raises(StoreError), db.transaction():
        sessions.keep(db, session(2), 11)
    with db.transaction():
        sessions.retire(db, session(1).session_id, 500, 11)
        sessions.keep(db, session(2), 12)

    assert [one.session_id[0] for one in sessions.of_device(db, DEVICE)] == [2, 1]
    assert [one.session_id[0] for one in sessions.every(db)] == [2, 1]


def test_drained_and_removed_sessions_are_forgotten(db: Database) -> None:
    with db.transaction():
        for number in (1, 2):
            sessions.keep(db, session(number, SessionState.DRAINING), 10)
        sessions.keep(db, session(3), 10)
        sessions.keep(db, replace(session(4), device=DeviceId(71)), 10)

    with db.transaction():
        assert sessions.forget_drained(db, 1_001) == 1
        sessions.forget(db, session(2).session_id)
        assert [one.session_id[0] for one in sessions.of_device(db, DEVICE)] == [3]
        assert sessions.forget_device(db, DEVICE) == 1

    assert [one.session_id[0] for one in sessions.every(db)] == [4]


def test_a_floor_only_rises_and_outlives_the_sessions(db: Database) -> None:
    assert sessions.floor(db, DEVICE) == Floor(0, 0)
    with db.transaction():
        sessions.raise_floor(db, DEVICE, Floor(3, 5))
        sessions.raise_floor(db, DEVICE, Floor(2, 9))
        sessions.forget_device(db, DEVICE)

    assert sessions.floor(db, DEVICE) == Floor(3, 9)


# --- prekeys


def test_signed_prekeys_are_erased_at_their_time(db: Database) -> None:
    rows = [SignedPrekeyRow(n, Secret(b"s%d" % n), b"public", 10, 100 * n) for n in (1, 2)]
    assert prekeys.newest_signed(db) is None
    with db.transaction():
        for row in rows:
            prekeys.keep_signed(db, row)
    assert prekeys.signed(db, 1) == rows[0]
    assert prekeys.newest_signed(db) == rows[1]

    with db.transaction():
        assert prekeys.forget_old(db, 100, oldest_batch=0) == 1

    assert prekeys.signed(db, 1) is None


def test_a_one_time_prekey_is_spent_once(db: Database) -> None:
    assert prekeys.left(db) == 0
    assert prekeys.newest_batch(db) is None
    for version in (1, 2):
        rows = tuple(OneTimeRow(version << 8 | n, Secret(b"k%d" % n), b"entry") for n in range(3))
        with db.transaction():
            prekeys.keep_batch(db, Batch(version, b"batch", 10), rows)
    assert prekeys.left(db) == 3
    newest = prekeys.newest_batch(db)
    assert newest is not None
    assert newest.version == 2

    with db.transaction():
        prekeys.spend(db, 2 << 8 | 1)
        prekeys.spend(db, 2 << 8 | 1)

    assert prekeys.one_time(db, 2 << 8 | 1) is None
    assert prekeys.one_time(db, 2 << 8) == OneTimeRow(2 << 8, Secret(b"k0"), b"entry")
    assert [row.opk_id & 255 for row in prekeys.one_time_of(db, 2)] == [0, 2]
    assert prekeys.left(db) == 2

    with db.transaction():
        prekeys.note_upload(db, RELAY, 1, 40)
        assert prekeys.forget_old(db, 0, oldest_batch=2) == 3
    assert prekeys.one_time_of(db, 1) == ()
    assert prekeys.uploaded_at(db, RELAY, 1) is None


def test_prekey_ids_never_return_even_when_all_are_erased(db: Database) -> None:
    with db.transaction():
        first = prekeys.take_signed_id(db)
        prekeys.keep_signed(db, SignedPrekeyRow(first, Secret(b"s"), b"p", 1, 2))
        prekeys.forget_old(db, 1_000, oldest_batch=1_000)
        assert prekeys.take_signed_id(db) == first + 1
        assert [prekeys.take_batch_version(db), prekeys.take_batch_version(db)] == [1, 2]


def test_an_upload_is_noted_with_its_last_time(db: Database) -> None:
    with db.transaction():
        prekeys.keep_batch(db, Batch(1, b"batch", 10), ())
        prekeys.note_upload(db, RELAY, 1, 40)
        prekeys.note_upload(db, RELAY, 1, 50)

    assert prekeys.uploaded_at(db, RELAY, 1) == 50


def test_a_request_for_a_bundle_is_repeated_with_the_same_id(db: Database) -> None:
    first = Take(RELAY, DEVICE, b"a" * 16, 10, 20)
    with db.transaction():
        assert prekeys.begin_take(db, first) == first
        again = prekeys.begin_take(db, Take(RELAY, DEVICE, b"b" * 16, 30, 40))
    assert (again.request_id, again.at, again.next_try_at) == (b"a" * 16, 10, 40)

    with db.transaction():
        prekeys.end_takes(db, DEVICE)

    assert prekeys.take_of(db, RELAY, DEVICE) is None


# --- the identity


def test_a_secret_of_the_identity_is_sealed_once_more(db: Database) -> None:
    value = Secret(b"the seed of a signing key, 32 B!")
    with db.transaction():
        identity.keep_secret(db, "device seed", value, seeded(b"id"))

    assert identity.secret(db, "device seed") == value
    assert identity.has_secret(db, "device seed")
    row = db.one("SELECT value FROM identity WHERE name = 'device seed'")
    assert row is not None
    assert value.reveal() not in row[0]


def test_a_secret_moved_to_another_name_or_changed_does_not_open(db: Database) -> None:
    with db.transaction():
        identity.keep_secret(db, "device seed", Secret(b"x" * 32), seeded(b"id"))
        db.run("UPDATE identity SET name = 'person seed'")

    with pytest.raises(StoreDamaged):
        identity.secret(db, "person seed")
    with db.transaction():
        db.run("UPDATE identity SET value = X'00'")
    with pytest.raises(StoreDamaged):
        identity.secret(db, "person seed")


def test_facts_and_secrets_are_apart(db: Database) -> None:
    with db.transaction():
        identity.keep_fact(db, "certificate", b"bytes")
        identity.keep_fact(db, "certificate", b"newer")
    assert identity.fact(db, "certificate") == b"newer"
    assert identity.fact(db, "nothing") is None
    assert not identity.has_secret(db, "certificate")
    with pytest.raises(NotFound):
        identity.secret(db, "certificate")

    with db.transaction():
        identity.forget_secret(db, "certificate")

    assert identity.fact(db, "certificate") == b"newer"


def test_a_forgotten_secret_is_gone(db: Database) -> None:
    with db.transaction():
        identity.keep_secret(db, "code", Secret(b"x"), seeded(b"id"))
        identity.forget_secret(db, "code")

    assert not identity.has_secret(db, "code")


# --- seen before


def test_a_packet_and_a_handshake_are_new_once(db: Database) -> None:
    with db.transaction():
        assert seen.note_message(db, MessageId(b"m" * 16), 10)
        assert not seen.note_message(db, MessageId(b"m" * 16), 11)
        assert seen.note_ephemeral(db, b"e" * 32, 100)
        assert not seen.note_ephemeral(db, b"e" * 32, 100)
    assert seen.has_message(db, MessageId(b"m" * 16))
    assert seen.has_ephemeral(db, b"e" * 32)

    with db.transaction():
        seen.forget(db, messages_before=10, now=99)
    assert seen.has_message(db, MessageId(b"m" * 16))
    with db.transaction():
        seen.forget(db, messages_before=11, now=100)

    assert not seen.has_message(db, MessageId(b"m" * 16))
    assert not seen.has_ephemeral(db, b"e" * 32)
