"""What a relay keeps, in SQLite: mailboxes, messages, prekeys, blob rows, editions (docs/spec/relay-api.md 8).

Who may use it stands in `rights_sqlite`.

Every function takes the connection; those that write are run by the one writer (`relay.writer`) inside its transaction.
Secrets that a client presents (prefix, tokens, capabilities, blob ids) are stored as SHA-512/256 only.
"""

import sqlite3
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from secmsg.crypto.hashing import equal, short
from secmsg.errors import StoreDamaged, StoreExists, StoreNewer
from secmsg.ids import MailboxId, MessageId
from secmsg.relay.rations import Rations
from secmsg.relay.rights_sqlite import Quota
from secmsg.wire.sync import (
    Create,
    CreateStatus,
    Creation,
    Deposit,
    DepositStatus,
    Envelope,
    Fetch,
    Order,
    PrekeyStatus,
    PrekeyUpload,
    Take,
    Taken,
    TakeStatus,
)

SCHEMA = 2
DAY_S = 86_400
HOUR_S = 3600
BOX_LIFE_DAYS = 16 * 7
"""A mailbox is made up to 8 weeks ahead, in use for one week and read for 5 more."""
TAKE_LIFE_HOURS = 24
SEQ_STEP = 2**32
"""A relay put back from a copy goes on above the next multiple: no number that it gave meanwhile is given again."""
_SYNCHRONOUS_FULL = 2
_KEY_ID = 16
_BIG = 32_768
_REFUSE_BIG_AT = 0.95
_REFUSE_ALL_AT = 0.99


@dataclass(frozen=True, slots=True)
class Box:
    """A mailbox's row: who reads it and what its deposit token hashes to."""

    row: int
    key_id: bytes
    reader: bytes
    token_hash: bytes


@dataclass(frozen=True, slots=True)
class BlobRow:
    """A blob's row: `received` bytes of `length` are durable; `tag` (8 bytes) tells one upload from another."""

    name: bytes
    capability_hash: bytes
    length: int
    received: int
    tag: bytes
    expires_day: int


def key_id(reader: bytes) -> bytes:
    """Return the 16 bytes by which a request names a reader key."""
    return short(reader)[:_KEY_ID]


def connect(path: Path) -> sqlite3.Connection:
    """Open the database for writing and reading, durable at every commit; StoreDamaged when it cannot be."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    connection.execute("PRAGMA busy_timeout = 10000")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA trusted_schema = OFF")
    assert_durable(connection)
    _migrate(connection)
    return connection


def connect_reader(path: Path) -> sqlite3.Connection:
    """Open a connection that cannot write."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    connection.execute("PRAGMA busy_timeout = 10000")
    connection.execute("PRAGMA query_only = ON")
    return connection


def assert_durable(connection: sqlite3.Connection) -> None:
    """Raise StoreDamaged unless a commit is on the disk when it returns and a deleted body is overwritten.

    With WAL and synchronous NORMAL half of all power cuts lose an acknowledged message.
    """
    found = tuple(
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "secure_delete")
    )
    if found != ("wal", _SYNCHRONOUS_FULL, 1):
        raise StoreDamaged(f"the relay's database is not durable: {found}")


def _migrate(connection: sqlite3.Connection) -> None:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA:
        raise StoreNewer("the relay's database was written by a newer version")
    for number in range(version + 1, SCHEMA + 1):
        script = resources.files("secmsg.relay").joinpath(f"migrations/{number:04}.sql").read_text("utf-8")
        connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")


# Mailboxes and messages


def find_reader(connection: sqlite3.Connection, key: bytes) -> bytes | None:
    """Return the public reader key that has this key id, if a mailbox is read by it."""
    row = connection.execute("SELECT reader FROM boxes WHERE key_id = ? LIMIT 1", (key,)).fetchone()
    return None if row is None else bytes(row[0])


def find_box(connection: sqlite3.Connection, box: MailboxId) -> Box | None:
    """Return a mailbox's row."""
    row = connection.execute("SELECT id, key_id, reader, token_hash FROM boxes WHERE box = ?", (box,)).fetchone()
    return None if row is None else Box(*row)


def is_live(connection: sqlite3.Connection, box: MailboxId, token: bytes) -> bool:
    """Say whether the mailbox is there and this is its deposit token."""
    found = find_box(connection, box)
    return found is not None and equal(found.token_hash, short(token))


def create_boxes(connection: sqlite3.Connection, creation: Creation, now: int) -> tuple[CreateStatus, ...]:
    """Make mailboxes at the cost of an enrolment token; one status each."""
    token = short(creation.enrol_token)
    return tuple(_create(connection, each, token, now) for each in creation.boxes)


def _create(connection: sqlite3.Connection, create: Create, token: bytes, now: int) -> CreateStatus:
    known = connection.execute("SELECT boxes_left FROM enrol_tokens WHERE token_hash = ?", (token,)).fetchone()
    if known is None:
        return CreateStatus.REFUSED
    existing = find_box(connection, create.box)
    if existing is not None:
        same = existing.reader == create.reader and existing.token_hash == create.token_hash
        return CreateStatus.EXISTS if same else CreateStatus.REFUSED
    if known[0] == 0:
        return CreateStatus.FULL
    connection.execute("UPDATE enrol_tokens SET boxes_left = boxes_left - 1 WHERE token_hash = ?", (token,))
    connection.execute(
        "INSERT INTO boxes (box, key_id, reader, token_hash, expires_day) VALUES (?, ?, ?, ?, ?)",
        (create.box, key_id(create.reader), create.reader, create.token_hash, now // DAY_S + BOX_LIFE_DAYS),
    )
    return CreateStatus.CREATED


@dataclass(frozen=True, slots=True)
class Room:
    """What there is room for: the quotas, what was brought today, and the used share of the disk."""

    quota: Quota
    rations: Rations
    fill: float


def deposit(connection: sqlite3.Connection, letter: Deposit, room: Room, now: int) -> DepositStatus:
    """Store one message unless its id was seen in this mailbox, its token is wrong, or there is no room for it."""
    row = connection.execute(
        "SELECT id, token_hash, next_seq, held, held_bytes FROM boxes WHERE box = ?", (letter.to_box,)
    ).fetchone()
    if row is None or not equal(row[1], short(letter.token)):
        return DepositStatus.UNKNOWN
    box_id, _, seq, held, held_bytes = row
    expires = (now + letter.ttl.seconds) // DAY_S + 1
    seen = (box_id, letter.message_id, seq, expires)
    if connection.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?)", seen).rowcount == 0:
        return DepositStatus.DUPLICATE
    refusal = _refusal(Holding(box_id, seq % SEQ_STEP, held, held_bytes), len(letter.body), room, now // DAY_S)
    if refusal is not None:
        connection.execute("DELETE FROM seen WHERE box_id = ? AND message_id = ?", seen[:2])
        # Its reader will be told that something was kept out.
        connection.execute(
            "UPDATE boxes SET refused_day = CASE refused WHEN 0 THEN ? ELSE refused_day END, refused = refused + 1"
            " WHERE id = ?",
            (now // DAY_S, box_id),
        )
        return refusal
    connection.execute("INSERT INTO messages VALUES (?, ?, ?, ?)", (box_id, seq, letter.message_id, letter.body))
    connection.execute(
        "UPDATE boxes SET next_seq = next_seq + 1, held = held + 1, held_bytes = held_bytes + ? WHERE id = ?",
        (len(letter.body), box_id),
    )
    return DepositStatus.STORED


@dataclass(frozen=True, slots=True)
class Holding:
    """How much a mailbox holds, and how many messages it took in its life."""

    row: int
    taken: int
    messages: int
    size: int


def _refusal(box: Holding, size: int, room: Room, day: int) -> DepositStatus | None:
    """Say why a message is not taken. Refuse, never evict: what is held was acknowledged to its sender."""
    quota = room.quota
    if room.fill >= _REFUSE_ALL_AT or (room.fill >= _REFUSE_BIG_AT and size >= _BIG):
        return DepositStatus.CLASS_REFUSED
    if box.messages >= quota.box_messages or box.taken > quota.box_lifetime or box.size + size > quota.box_bytes:
        return DepositStatus.FULL
    if not room.rations.take((box.row, "messages"), 1, quota.box_messages_a_day, day):
        return DepositStatus.LATER
    if not room.rations.take((box.row, "bytes"), size, quota.box_bytes_a_day, day):
        return DepositStatus.LATER
    return None


def refused(connection: sqlite3.Connection, box_id: int) -> tuple[int, int]:
    """Return how many deposits were refused for want of room in a mailbox, and the day of the first, or 0."""
    row = connection.execute("SELECT refused, refused_day FROM boxes WHERE id = ?", (box_id,)).fetchone()
    return (0, 0) if row is None else (row[0], row[1])


def acknowledge(connection: sqlite3.Connection, box_id: int, ranges: tuple[tuple[int, int], ...]) -> None:
    """Remove the bodies of these sequence numbers; their ids stay known until their time is over."""
    for first, last in ranges:
        _remove(connection, box_id, first, last)


def _remove(connection: sqlite3.Connection, box_id: int, first: int, last: int) -> None:
    where = (box_id, first, last)
    count, size = connection.execute(
        "SELECT count(*), coalesce(sum(length(body)), 0) FROM messages WHERE box_id = ? AND seq BETWEEN ? AND ?",
        where,
    ).fetchone()
    if count:
        connection.execute("DELETE FROM messages WHERE box_id = ? AND seq BETWEEN ? AND ?", where)
        connection.execute(
            "UPDATE boxes SET held = held - ?, held_bytes = held_bytes - ? WHERE id = ?",
            (count, size, box_id),
        )


_FETCH = {
    Order.OLDEST: ("SELECT seq, message_id, body FROM messages WHERE box_id = ? AND seq > ? ORDER BY seq LIMIT ?"),
    Order.SMALLEST: (
        "SELECT seq, message_id, body FROM messages WHERE box_id = ? AND seq > ? ORDER BY length(body), seq LIMIT ?"
    ),
}


def fetch(connection: sqlite3.Connection, box_id: int, wish: Fetch, room: int) -> tuple[tuple[Envelope, ...], int]:
    """Return messages as wished, at most `room` bytes of bodies in all, and how many there are beside them.

    The first message is given even when it is larger than `max_bytes`, so that no wish can starve a mailbox.
    """
    letters: list[Envelope] = []
    left = min(wish.max_bytes, room)
    for seq, message_id, body in connection.execute(_FETCH[wish.order], (box_id, wish.after, wish.max_messages)):
        if len(body) > left and (letters or len(body) > room):
            break
        letters.append(Envelope(seq, MessageId(message_id), body))
        left -= len(body)
    count: int = connection.execute(
        "SELECT count(*) FROM messages WHERE box_id = ? AND seq > ?", (box_id, wish.after)
    ).fetchone()[0]
    return tuple(letters), count - len(letters)


# Prekeys


def upload_prekeys(connection: sqlite3.Connection, box_id: int, upload: PrekeyUpload) -> PrekeyStatus:
    """Replace a mailbox's prekeys by a newer version.

    The same version again changes nothing, so that a repeated upload puts no used key back.
    """
    row = connection.execute("SELECT version FROM prekeys WHERE box_id = ?", (box_id,)).fetchone()
    if row is not None and row[0] >= upload.version:
        return PrekeyStatus.SAME if row[0] == upload.version else PrekeyStatus.OLD
    connection.execute(
        "INSERT OR REPLACE INTO prekeys VALUES (?, ?, ?, ?)",
        (box_id, upload.version, upload.signed, upload.batch),
    )
    connection.execute("DELETE FROM one_time_prekeys WHERE box_id = ?", (box_id,))
    connection.executemany(
        "INSERT INTO one_time_prekeys VALUES (?, ?, ?)",
        [(box_id, position, entry) for position, entry in enumerate(upload.entries)],
    )
    return PrekeyStatus.STORED


def prekey_level(connection: sqlite3.Connection, box_id: int) -> tuple[int, int] | None:
    """Return (version, one-time prekeys left), or None where nothing was uploaded."""
    row = connection.execute("SELECT version FROM prekeys WHERE box_id = ?", (box_id,)).fetchone()
    if row is None:
        return None
    left = connection.execute("SELECT count(*) FROM one_time_prekeys WHERE box_id = ?", (box_id,)).fetchone()
    return int(row[0]), int(left[0])


def take(connection: sqlite3.Connection, wish: Take, quota: Quota, now: int) -> Taken:
    """Give out a device's prekeys, each one-time key once; the same request gets the same answer for 24 h."""
    box = find_box(connection, wish.to_box)
    if box is None or not equal(box.token_hash, short(wish.token)):
        return Taken(TakeStatus.UNKNOWN)
    # 1. The same request again, within its day.
    oldest = now // HOUR_S - TAKE_LIFE_HOURS
    given = connection.execute(
        "SELECT status, signed, batch, entry FROM takes WHERE box_id = ? AND request_id = ? AND taken_hour >= ?",
        (box.row, wish.request_id, oldest),
    ).fetchone()
    if given is not None:
        return Taken(TakeStatus(given[0]), *given[1:])
    # 2. What there is; a day's ration keeps one correspondent from draining the rest.
    row = connection.execute("SELECT signed, batch FROM prekeys WHERE box_id = ?", (box.row,)).fetchone()
    if row is None:
        return Taken(TakeStatus.NONE)
    today: int = connection.execute(
        "SELECT count(*) FROM takes WHERE box_id = ? AND taken_hour >= ?", (box.row, oldest)
    ).fetchone()[0]
    signed, batch = row
    if today >= quota.takes_a_day:
        return Taken(TakeStatus.LAST_RESORT, signed, batch)
    first = connection.execute(
        "SELECT position, entry FROM one_time_prekeys WHERE box_id = ? ORDER BY position LIMIT 1", (box.row,)
    ).fetchone()
    if first is None:
        taken = Taken(TakeStatus.LAST_RESORT, signed, batch)
    else:
        connection.execute("DELETE FROM one_time_prekeys WHERE box_id = ? AND position = ?", (box.row, first[0]))
        taken = Taken(TakeStatus.ONE_TIME, signed, batch, first[1])
    # 3. Remember the answer.
    connection.execute(
        "INSERT OR REPLACE INTO takes VALUES (?, ?, ?, ?, ?, ?, ?)",
        (box.row, wish.request_id, now // HOUR_S, int(taken.status), signed, batch, taken.entry),
    )
    return taken


# Blobs


def find_blob(connection: sqlite3.Connection, name: bytes) -> BlobRow | None:
    """Return the row of the blob whose id hashes to `name`."""
    row = connection.execute("SELECT * FROM blobs WHERE name = ?", (name,)).fetchone()
    return None if row is None else BlobRow(*row)


def blob_rows(connection: sqlite3.Connection) -> list[BlobRow]:
    """Return the rows of all blobs."""
    return [BlobRow(*row) for row in connection.execute("SELECT * FROM blobs ORDER BY name")]


def add_blob(connection: sqlite3.Connection, row: BlobRow) -> BlobRow:
    """Insert a row unless there is one; return the one that is there."""
    connection.execute(
        "INSERT OR IGNORE INTO blobs VALUES (?, ?, ?, ?, ?, ?)",
        (row.name, row.capability_hash, row.length, row.received, row.tag, row.expires_day),
    )
    return find_blob(connection, row.name) or row


def set_received(connection: sqlite3.Connection, row: BlobRow, received: int) -> bool:
    """Record that `received` bytes of this upload are durable; False when it was deleted meanwhile."""
    done = connection.execute("UPDATE blobs SET received = ? WHERE name = ? AND tag = ?", (received, row.name, row.tag))
    return done.rowcount == 1


def remove_blob(connection: sqlite3.Connection, name: bytes) -> None:
    """Delete a row; its file goes afterwards."""
    connection.execute("DELETE FROM blobs WHERE name = ?", (name,))


def expired_blobs(connection: sqlite3.Connection, now: int, limit: int) -> list[bytes]:
    """Return names of blobs whose time is over."""
    rows = connection.execute("SELECT name FROM blobs WHERE expires_day <= ? LIMIT ?", (now // DAY_S, limit))
    return [row[0] for row in rows]


# The feed


def publish(connection: sqlite3.Connection, number: int, segment: bytes) -> None:
    """Append an edition; the same again is harmless, another segment under a used number is StoreExists."""
    row = connection.execute("SELECT segment_hash FROM editions WHERE number = ?", (number,)).fetchone()
    digest = short(segment)
    if row is None:
        connection.execute("INSERT INTO editions VALUES (?, ?, ?)", (number, segment, digest))
    elif row[0] != digest:
        raise StoreExists(f"edition {number} was published with other bytes")


def newest_edition(connection: sqlite3.Connection) -> tuple[int, bytes, int] | None:
    """Return (number, hash, size) of the newest edition."""
    row = connection.execute(
        "SELECT number, segment_hash, length(segment) FROM editions ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return None if row is None else (row[0], row[1], row[2])


def edition(connection: sqlite3.Connection, number: int) -> bytes | None:
    """Return the segment of an edition."""
    row = connection.execute("SELECT segment FROM editions WHERE number = ?", (number,)).fetchone()
    return None if row is None else bytes(row[0])


# What time removes, a few rows in each transaction


@dataclass(frozen=True, slots=True)
class SeenCursor:
    """Where a sweep of the seen ids has got to."""

    box_id: int = 0
    message_id: bytes = b""


def sweep_seen(connection: sqlite3.Connection, start: SeenCursor, now: int, limit: int) -> SeenCursor | None:
    """Look at the next `limit` ids, remove what is over with its body; None at the end."""
    rows = connection.execute(
        "SELECT box_id, message_id, seq, expires_day FROM seen WHERE (box_id, message_id) > (?, ?)"
        " ORDER BY box_id, message_id LIMIT ?",
        (start.box_id, start.message_id, limit),
    ).fetchall()
    for box_id, message_id, seq, expires_day in rows:
        if expires_day <= now // DAY_S:
            _remove(connection, box_id, seq, seq)
            connection.execute("DELETE FROM seen WHERE box_id = ? AND message_id = ?", (box_id, message_id))
    return SeenCursor(rows[-1][0], rows[-1][1]) if len(rows) == limit else None


def sweep_takes(connection: sqlite3.Connection, now: int) -> None:
    """Forget the prekey answers that are older than a day."""
    connection.execute("DELETE FROM takes WHERE taken_hour < ?", (now // HOUR_S - TAKE_LIFE_HOURS,))


def sweep_box(connection: sqlite3.Connection, now: int, limit: int) -> bool:
    """Remove one mailbox whose time is over, at most `limit` messages at once; False when there is none left."""
    row = connection.execute("SELECT id FROM boxes WHERE expires_day <= ? LIMIT 1", (now // DAY_S,)).fetchone()
    if row is None:
        return False
    box_id = row[0]
    connection.execute(
        "DELETE FROM messages WHERE rowid IN (SELECT rowid FROM messages WHERE box_id = ? LIMIT ?)",
        (box_id, limit),
    )
    if connection.execute("SELECT 1 FROM messages WHERE box_id = ? LIMIT 1", (box_id,)).fetchone() is None:
        for table in ("seen", "prekeys", "one_time_prekeys", "takes"):
            connection.execute(f"DELETE FROM {table} WHERE box_id = ?", (box_id,))  # noqa: S608 - constants
        connection.execute("DELETE FROM boxes WHERE id = ?", (box_id,))
    return True


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a relay holds: the only thing that it tells about itself."""

    boxes: int
    messages: int
    message_bytes: int
    blobs: int
    blob_bytes: int
    editions: int


def counts(connection: sqlite3.Connection) -> Counts:
    """Count what is held."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM boxes), (SELECT coalesce(sum(held), 0) FROM boxes),"
        " (SELECT coalesce(sum(held_bytes), 0) FROM boxes), (SELECT count(*) FROM blobs),"
        " (SELECT coalesce(sum(received), 0) FROM blobs), (SELECT count(*) FROM editions)"
    ).fetchone()
    return Counts(*row)
