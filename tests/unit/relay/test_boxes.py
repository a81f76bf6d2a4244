"""What a relay keeps: each message once, each one-time key once, refused and never evicted."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.crypto.hashing import short
from secmsg.errors import StoreDamaged, StoreExists, StoreNewer
from secmsg.ids import DepositToken, MailboxId, MessageId
from secmsg.relay import boxes_sqlite as boxes
from secmsg.relay import rights_sqlite as rights
from secmsg.relay.boxes_sqlite import DAY_S, BlobRow, Room, SeenCursor
from secmsg.relay.rations import Rations
from secmsg.relay.rights_sqlite import Grant, Quota
from secmsg.wire.sync import (
    Create,
    CreateStatus,
    Creation,
    Deposit,
    DepositStatus,
    Fetch,
    Order,
    PrekeyStatus,
    PrekeyUpload,
    Take,
    TakeStatus,
    TtlClass,
)

NOW = 20_000 * DAY_S
BOX, OTHER = MailboxId(b"b" * 16), MailboxId(b"o" * 16)
TOKEN = DepositToken(b"t" * 16)
ENROL = b"e" * 16
READER = b"r" * 32


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = boxes.connect(tmp_path / "relay.db")
    rights.grant(connection, Grant(b"prefix", ENROL, 3))
    _create(connection, BOX)
    yield connection
    connection.close()


def _create(db: sqlite3.Connection, box: MailboxId, reader: bytes = READER, token: bytes = TOKEN) -> CreateStatus:
    (status,) = boxes.create_boxes(db, Creation(ENROL, (Create(box, reader, short(token)),)), NOW)
    return status


def _letter(
    number: int, size: int = 512, *, box: MailboxId = BOX, token: DepositToken = TOKEN, ttl: TtlClass = TtlClass.WEEK
) -> Deposit:
    return Deposit(box, token, MessageId(number.to_bytes(16, "big")), ttl, bytes([number % 256]) * size)


def _put(db: sqlite3.Connection, letter: Deposit, quota: Quota | None = None, now: int = NOW) -> DepositStatus:
    return boxes.deposit(db, letter, Room(quota or Quota(), Rations(), 0.5), now)


def _row(db: sqlite3.Connection, box: MailboxId = BOX) -> int:
    found = boxes.find_box(db, box)
    assert found is not None
    return found.row


def _seqs(db: sqlite3.Connection, wish: Fetch | None = None, room: int = 1 << 20) -> list[int]:
    letters, _ = boxes.fetch(db, _row(db), wish or Fetch(BOX), room)
    return [each.seq for each in letters]


def test_a_mailbox_is_made_once_for_one_reader(db: sqlite3.Connection) -> None:
    assert _create(db, BOX) is CreateStatus.EXISTS
    assert _create(db, BOX, reader=b"x" * 32) is CreateStatus.REFUSED
    assert _create(db, BOX, token=b"x" * 16) is CreateStatus.REFUSED


def test_a_token_pays_for_so_many_mailboxes(db: sqlite3.Connection) -> None:
    made = [_create(db, MailboxId(bytes([number]) * 16)) for number in range(4)]

    assert made == [CreateStatus.CREATED, CreateStatus.CREATED, CreateStatus.FULL, CreateStatus.FULL]
    unknown = boxes.create_boxes(db, Creation(bytes(16), (Create(OTHER, READER, short(TOKEN)),)), NOW)
    assert unknown == (CreateStatus.REFUSED,)


def test_a_message_is_stored_once(db: sqlite3.Connection) -> None:
    assert _put(db, _letter(1)) is DepositStatus.STORED
    assert _put(db, _letter(1, 2048)) is DepositStatus.DUPLICATE
    assert _put(db, _letter(2)) is DepositStatus.STORED
    assert _seqs(db) == [1, 2]


def test_ten_thousand_repeats_store_nothing_more(db: sqlite3.Connection) -> None:
    _put(db, _letter(1))
    db.execute("BEGIN")

    statuses = {_put(db, _letter(1)) for _ in range(10_000)}

    db.execute("COMMIT")
    assert statuses == {DepositStatus.DUPLICATE}
    assert boxes.counts(db).messages == 1


def test_the_same_id_in_another_mailbox_is_another_message(db: sqlite3.Connection) -> None:
    _create(db, OTHER)

    assert _put(db, _letter(1)) is DepositStatus.STORED
    assert _put(db, _letter(1, box=OTHER)) is DepositStatus.STORED


def test_only_its_token_opens_a_mailbox_for_deposits(db: sqlite3.Connection) -> None:
    assert _put(db, _letter(1, token=DepositToken(bytes(16)))) is DepositStatus.UNKNOWN
    assert _put(db, _letter(1, box=OTHER)) is DepositStatus.UNKNOWN
    assert boxes.is_live(db, BOX, TOKEN)
    assert not boxes.is_live(db, BOX, bytes(16))
    assert not boxes.is_live(db, OTHER, TOKEN)


def test_a_full_mailbox_refuses_and_keeps_what_it_has(db: sqlite3.Connection) -> None:
    quota = Quota(box_messages=2, box_bytes=3000)

    assert _put(db, _letter(1, 2048), quota) is DepositStatus.STORED
    assert _put(db, _letter(2, 2048), quota) is DepositStatus.FULL
    assert _put(db, _letter(3, 512), quota) is DepositStatus.STORED
    assert _put(db, _letter(4, 512), quota) is DepositStatus.FULL
    assert _seqs(db) == [1, 2]


def test_a_mailbox_takes_so_many_messages_in_its_life(db: sqlite3.Connection) -> None:
    quota = Quota(box_lifetime=2)
    for number in range(2):
        _put(db, _letter(number), quota)
    boxes.acknowledge(db, _row(db), ((1, 2),))

    assert _put(db, _letter(3), quota) is DepositStatus.FULL


def test_an_acknowledged_message_is_gone_and_still_known(db: sqlite3.Connection) -> None:
    for number in range(1, 6):
        _put(db, _letter(number))

    boxes.acknowledge(db, _row(db), ((1, 2), (4, 4), (9, 99)))

    assert _seqs(db) == [3, 5]
    assert boxes.counts(db).message_bytes == 1024
    assert _put(db, _letter(1)) is DepositStatus.DUPLICATE
    assert _put(db, _letter(6)) is DepositStatus.STORED
    assert _seqs(db) == [3, 5, 6]


def test_an_acknowledged_body_is_overwritten_on_the_disk(db: sqlite3.Connection, tmp_path: Path) -> None:
    canary = b"\xca\xfe\xba\xbe" * 512
    letter = Deposit(BOX, TOKEN, MessageId(bytes(16)), TtlClass.DAY, canary)
    _put(db, letter)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert any(canary in path.read_bytes() for path in tmp_path.iterdir())

    boxes.acknowledge(db, _row(db), ((1, 1),))
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    assert not any(canary[:64] in path.read_bytes() for path in tmp_path.iterdir())


def test_fetching_keeps_within_what_was_asked(db: sqlite3.Connection) -> None:
    for number, size in enumerate((8192, 512, 2048, 512), 1):
        _put(db, _letter(number, size))

    assert _seqs(db, Fetch(BOX, after=2)) == [3, 4]
    assert _seqs(db, Fetch(BOX, max_messages=2)) == [1, 2]
    assert _seqs(db, Fetch(BOX, max_bytes=8704)) == [1, 2]
    assert _seqs(db, Fetch(BOX, order=Order.SMALLEST)) == [2, 4, 3, 1]
    # One large message does not starve a small wish; only a full answer leaves it for the next.
    assert _seqs(db, Fetch(BOX, max_bytes=512)) == [1]
    assert _seqs(db, Fetch(BOX), room=4096) == []
    assert boxes.fetch(db, _row(db), Fetch(BOX, max_messages=1), 1 << 20)[1] == 3


def _upload(version: int, keys: int) -> PrekeyUpload:
    entries = tuple(b"%d/%d" % (version, number) for number in range(keys))
    return PrekeyUpload(BOX, version, b"signed %d" % version, b"batch", entries)


def _take(db: sqlite3.Connection, request: int, quota: Quota | None = None, now: int = NOW) -> tuple[TakeStatus, bytes]:
    wish = Take(BOX, TOKEN, request.to_bytes(16, "big"))
    taken = boxes.take(db, wish, quota or Quota(), now)
    return taken.status, taken.entry


def test_each_one_time_key_is_given_once_then_the_last_resort(db: sqlite3.Connection) -> None:
    assert _take(db, 1) == (TakeStatus.NONE, b"")
    boxes.upload_prekeys(db, _row(db), _upload(1, 2))

    given = [_take(db, number) for number in range(2, 5)]

    assert given == [
        (TakeStatus.ONE_TIME, b"1/0"),
        (TakeStatus.ONE_TIME, b"1/1"),
        (TakeStatus.LAST_RESORT, b""),
    ]
    assert boxes.prekey_level(db, _row(db)) == (1, 0)


def test_the_same_request_gets_the_same_answer_for_a_day(db: sqlite3.Connection) -> None:
    boxes.upload_prekeys(db, _row(db), _upload(1, 2))

    first = _take(db, 1)
    boxes.upload_prekeys(db, _row(db), _upload(2, 2))

    assert _take(db, 1, now=NOW + 24 * 3600) == first
    assert boxes.prekey_level(db, _row(db)) == (2, 2)
    assert _take(db, 1, now=NOW + 25 * 3600) == (TakeStatus.ONE_TIME, b"2/0")


def test_a_version_is_taken_once_and_none_below_it(db: sqlite3.Connection) -> None:
    statuses = [boxes.upload_prekeys(db, _row(db), _upload(version, 2)) for version in (2, 2, 1)]
    _take(db, 1)

    assert statuses == [PrekeyStatus.STORED, PrekeyStatus.SAME, PrekeyStatus.OLD]
    # A repeated upload does not put a used key back.
    assert boxes.upload_prekeys(db, _row(db), _upload(2, 2)) is PrekeyStatus.SAME
    assert boxes.prekey_level(db, _row(db)) == (2, 1)


def test_nobody_drains_the_keys_in_a_day(db: sqlite3.Connection) -> None:
    boxes.upload_prekeys(db, _row(db), _upload(1, 5))
    quota = Quota(takes_a_day=2)

    given = [_take(db, number, quota)[0] for number in range(4)]

    assert given == [TakeStatus.ONE_TIME] * 2 + [TakeStatus.LAST_RESORT] * 2
    assert _take(db, 9, quota, NOW + 25 * 3600)[0] is TakeStatus.ONE_TIME


def test_prekeys_need_the_deposit_token(db: sqlite3.Connection) -> None:
    boxes.upload_prekeys(db, _row(db), _upload(1, 1))

    wrong = boxes.take(db, Take(BOX, DepositToken(bytes(16)), bytes(16)), Quota(), NOW)

    assert wrong.status is TakeStatus.UNKNOWN
    assert boxes.prekey_level(db, _row(db)) == (1, 1)


def test_time_removes_messages_and_their_ids(db: sqlite3.Connection) -> None:
    _put(db, _letter(1, ttl=TtlClass.DAY))
    _put(db, _letter(2, ttl=TtlClass.WEEK))
    _put(db, _letter(3, ttl=TtlClass.MONTH))

    def sweep(days: int) -> list[int]:
        cursor: SeenCursor | None = SeenCursor()
        while cursor is not None:
            cursor = boxes.sweep_seen(db, cursor, NOW + days * DAY_S, 2)
        return _seqs(db)

    assert sweep(1) == [1, 2, 3]
    assert sweep(2) == [2, 3]
    assert sweep(8) == [3]
    assert sweep(31) == []
    assert boxes.counts(db).message_bytes == 0
    assert _put(db, _letter(1)) is DepositStatus.STORED


def test_time_removes_a_mailbox_in_small_steps(db: sqlite3.Connection) -> None:
    for number in range(5):
        _put(db, _letter(number))
    boxes.upload_prekeys(db, _row(db), _upload(1, 3))
    late = NOW + (boxes.BOX_LIFE_DAYS + 1) * DAY_S
    steps = 0
    while boxes.sweep_box(db, late, 2):
        steps += 1

    assert steps == 3
    assert boxes.find_box(db, BOX) is None
    tables = ("boxes", "messages", "seen", "prekeys", "one_time_prekeys", "takes")
    assert {db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables} == {0}
    assert not boxes.sweep_box(db, late, 2)


def test_time_removes_prekey_answers(db: sqlite3.Connection) -> None:
    boxes.upload_prekeys(db, _row(db), _upload(1, 1))
    _take(db, 1)

    boxes.sweep_takes(db, NOW + 25 * 3600)

    assert db.execute("SELECT count(*) FROM takes").fetchone()[0] == 0


def test_a_blob_row_belongs_to_one_upload(db: sqlite3.Connection) -> None:
    row = BlobRow(b"n" * 32, b"c" * 32, 10, 0, b"tag-tag-", NOW // DAY_S + 7)
    other = BlobRow(b"n" * 32, b"x" * 32, 99, 0, b"gat-gat-", NOW // DAY_S + 7)

    assert boxes.add_blob(db, row) == row
    assert boxes.add_blob(db, other) == row
    assert boxes.set_received(db, row, 4)
    assert not boxes.set_received(db, other, 9)
    assert boxes.expired_blobs(db, NOW + 6 * DAY_S, 9) == []
    assert boxes.expired_blobs(db, NOW + 7 * DAY_S, 9) == [b"n" * 32]
    boxes.remove_blob(db, b"n" * 32)
    assert not boxes.set_received(db, row, 5)


def test_an_edition_is_never_replaced(db: sqlite3.Connection) -> None:
    boxes.publish(db, 4, b"four")
    boxes.publish(db, 4, b"four")

    with pytest.raises(StoreExists):
        boxes.publish(db, 4, b"another four")
    assert boxes.newest_edition(db) == (4, short(b"four"), 4)
    assert (boxes.edition(db, 4), boxes.edition(db, 5)) == (b"four", None)


def test_secrets_are_kept_as_hashes_only(db: sqlite3.Connection, tmp_path: Path) -> None:
    rights.grant(db, Grant(b"a-secret-prefix", b"token", 1))
    assert rights.allowance(db, b"a-secret-prefix") is not None
    assert rights.allowance(db, b"another") is None
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert not any(secret in stored for secret in (b"a-secret-prefix", TOKEN, ENROL))
    assert READER in stored  # the control: what is kept openly is found


@pytest.mark.parametrize("pragma", ["synchronous = NORMAL", "synchronous = OFF", "secure_delete = OFF"])
def test_a_database_that_is_not_durable_is_refused(db: sqlite3.Connection, pragma: str) -> None:
    boxes.assert_durable(db)
    db.execute(f"PRAGMA {pragma}")

    with pytest.raises(StoreDamaged):
        boxes.assert_durable(db)


def test_a_newer_database_is_refused(db: sqlite3.Connection, tmp_path: Path) -> None:
    db.execute("PRAGMA user_version = 99")

    with pytest.raises(StoreNewer):
        boxes.connect(tmp_path / "relay.db")


def test_a_reader_cannot_write(db: sqlite3.Connection, tmp_path: Path) -> None:
    reader = boxes.connect_reader(tmp_path / "relay.db")

    with pytest.raises(sqlite3.OperationalError):
        rights.grant(reader, Grant(b"x", b"x", 1))
    reader.close()
