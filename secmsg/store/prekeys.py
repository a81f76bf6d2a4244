"""Private halves of our prekeys: erased after use or at their time.

That is what makes the handshake forward secret. Source: docs/spec/store.md 3. `private` and `public` are the
protocol's encodings.
"""

from dataclasses import dataclass, field

from secmsg.crypto.secret import Secret
from secmsg.ids import DeviceId, RelayId
from secmsg.store.database import Database


@dataclass(frozen=True, slots=True)
class SignedPrekeyRow:
    """A signed prekey of ours; its private half is erased at `forget_at`."""

    spk_id: int
    private: Secret
    public: bytes = field(repr=False)
    made_at: int
    forget_at: int


@dataclass(frozen=True, slots=True)
class OneTimeRow:
    """A one-time prekey of ours; `public` is the entry with its path, as uploaded."""

    opk_id: int
    private: Secret
    public: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Batch:
    """A signed batch of one-time prekeys; `public` is its signed form."""

    version: int
    public: bytes = field(repr=False)
    made_at: int


@dataclass(frozen=True, slots=True)
class Take:
    """A request under way for another device's bundle; repeated with the same id until it is answered."""

    relay_id: RelayId
    device: DeviceId
    request_id: bytes
    at: int
    next_try_at: int


def keep_signed(db: Database, row: SignedPrekeyRow) -> None:
    """Keep a signed prekey; StoreError when the id is taken."""
    db.run(
        "INSERT INTO signed_prekeys (spk_id, private, public, made_at, forget_at) VALUES (?, ?, ?, ?, ?)",
        (row.spk_id, row.private.reveal(), row.public, row.made_at, row.forget_at),
    )


def signed(db: Database, spk_id: int) -> SignedPrekeyRow | None:
    """Return a signed prekey whose private half is still there."""
    row = db.one("SELECT spk_id, private, public, made_at, forget_at FROM signed_prekeys WHERE spk_id = ?", (spk_id,))
    return None if row is None else _signed(*row)


def newest_signed(db: Database) -> SignedPrekeyRow | None:
    """Return the signed prekey made last: the one to publish."""
    row = db.one("SELECT spk_id, private, public, made_at, forget_at FROM signed_prekeys ORDER BY spk_id DESC LIMIT 1")
    return None if row is None else _signed(*row)


def keep_batch(db: Database, batch: Batch, rows: tuple[OneTimeRow, ...]) -> None:
    """Keep a batch with its one-time prekeys; StoreError when the version or an id is taken."""
    db.run(
        "INSERT INTO prekey_batches (version, public, made_at) VALUES (?, ?, ?)",
        (batch.version, batch.public, batch.made_at),
    )
    db.run_many(
        "INSERT INTO one_time_prekeys (opk_id, version, private, public) VALUES (?, ?, ?, ?)",
        ((row.opk_id, batch.version, row.private.reveal(), row.public) for row in rows),
    )


def newest_batch(db: Database) -> Batch | None:
    """Return the batch with the highest version."""
    row = db.one("SELECT version, public, made_at FROM prekey_batches ORDER BY version DESC LIMIT 1")
    return None if row is None else Batch(*row)


def one_time(db: Database, opk_id: int) -> OneTimeRow | None:
    """Return a one-time prekey that was not spent."""
    row = db.one("SELECT opk_id, private, public FROM one_time_prekeys WHERE opk_id = ?", (opk_id,))
    return None if row is None else _one_time(*row)


def one_time_of(db: Database, version: int) -> tuple[OneTimeRow, ...]:
    """List what is left of a batch, in the order of the ids."""
    rows = db.all("SELECT opk_id, private, public FROM one_time_prekeys WHERE version = ? ORDER BY opk_id", (version,))
    return tuple(_one_time(*row) for row in rows)


def spend(db: Database, opk_id: int) -> None:
    """Erase a one-time prekey, in the transaction that keeps the session made with it."""
    db.run("DELETE FROM one_time_prekeys WHERE opk_id = ?", (opk_id,))


def left(db: Database) -> int:
    """Count the one-time prekeys of the newest batch that are not spent."""
    row = db.one("SELECT count(*) FROM one_time_prekeys WHERE version = (SELECT max(version) FROM prekey_batches)")
    return 0 if row is None else int(row[0])


def take_signed_id(db: Database) -> int:
    """Return the next signed prekey id, from 1; none is ever given twice."""
    return _take(db, "signed")


def take_batch_version(db: Database) -> int:
    """Return the next batch version, from 1; none is ever given twice."""
    return _take(db, "batch")


def leave_out(db: Database, margin: int) -> None:
    """Erase every prekey and leave out so many ids: a lost state of this store may have given them with other keys."""
    db.run("DELETE FROM signed_prekeys")
    db.run("DELETE FROM one_time_prekeys")
    db.run("DELETE FROM prekey_batches")
    db.run("UPDATE prekey_counters SET last = last + ?", (margin,))


def _take(db: Database, name: str) -> int:
    db.run(
        "INSERT INTO prekey_counters (name, last) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET last = last + 1",
        (name,),
    )
    row = db.one("SELECT last FROM prekey_counters WHERE name = ?", (name,))
    return 0 if row is None else int(row[0])


def note_upload(db: Database, relay_id: RelayId, version: int, at: int) -> None:
    """Note that a relay has been given a batch."""
    db.run(
        "INSERT INTO prekey_uploads (relay_id, version, at) VALUES (?, ?, ?) "
        "ON CONFLICT (relay_id, version) DO UPDATE SET at = excluded.at",
        (relay_id, version, at),
    )


def uploaded_at(db: Database, relay_id: RelayId, version: int) -> int | None:
    """Return when a relay was given a batch, None when it was not."""
    row = db.one("SELECT at FROM prekey_uploads WHERE relay_id = ? AND version = ?", (relay_id, version))
    return None if row is None else int(row[0])


def forget_expired(db: Database, now: int) -> int:
    """Erase the private halves of signed prekeys that are past their time and say how many."""
    return db.run("DELETE FROM signed_prekeys WHERE forget_at <= ?", (now,))


def forget_unusable(db: Database, made_until: int) -> int:
    """Erase the one-time prekeys of batches made up to then: every signed prekey laid out with them is erased too."""
    gone = db.run(
        "DELETE FROM one_time_prekeys WHERE version IN (SELECT version FROM prekey_batches WHERE made_at <= ?)",
        (made_until,),
    )
    db.run("DELETE FROM prekey_batches WHERE made_at <= ?", (made_until,))
    return gone


def forget_old(db: Database, now: int, oldest_batch: int) -> int:
    """Erase signed prekeys past their time and the batches below version `oldest_batch`.

    Say how many keys went.
    """
    gone = forget_expired(db, now)
    gone += db.run("DELETE FROM one_time_prekeys WHERE version < ?", (oldest_batch,))
    db.run("DELETE FROM prekey_batches WHERE version < ?", (oldest_batch,))
    return gone


def begin_take(db: Database, take: Take) -> Take:
    """Note a request for a device's bundle and return the one to send.

    An earlier unanswered one keeps its id.
    """
    db.run(
        "INSERT INTO prekey_takes (relay_id, device, request_id, at, next_try_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (relay_id, device) DO UPDATE SET next_try_at = excluded.next_try_at",
        (take.relay_id, take.device, take.request_id, take.at, take.next_try_at),
    )
    return take_of(db, take.relay_id, take.device) or take


def take_of(db: Database, relay_id: RelayId, device: DeviceId) -> Take | None:
    """Return the request under way for a device at a relay."""
    row = db.one(
        "SELECT relay_id, device, request_id, at, next_try_at FROM prekey_takes WHERE relay_id = ? AND device = ?",
        (relay_id, device),
    )
    return None if row is None else Take(RelayId(row[0]), DeviceId(row[1]), *row[2:])


def end_takes(db: Database, device: DeviceId) -> None:
    """Forget the requests for a device: its bundle has come, or it is gone."""
    db.run("DELETE FROM prekey_takes WHERE device = ?", (device,))


def _signed(spk_id: int, private: bytes, public: bytes, made_at: int, forget_at: int) -> SignedPrekeyRow:
    return SignedPrekeyRow(spk_id, Secret(private), public, made_at, forget_at)


def _one_time(opk_id: int, private: bytes, public: bytes) -> OneTimeRow:
    return OneTimeRow(opk_id, Secret(private), public)
