"""The enciphered database: one connection, one thread, explicit transactions (docs/spec/store.md 2 and 3).

The functions of the other modules take a `Database`; they write only inside `with db.transaction():`.
"""

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from secmsg.crypto import hashing, kdf, labels
from secmsg.crypto.secret import Secret
from secmsg.errors import (
    CommitUnknown,
    DiskFull,
    DiskReadOnly,
    NotFound,
    ProfileInUse,
    StoreDamaged,
    StoreError,
    StoreNewer,
)
from secmsg.store import paths

Value = int | str | bytes | None
Row = tuple[Any, ...]
"""One row; the tables are STRICT, so each column has the type that the schema says."""

_KEY_SIZE = 48
"""32 bytes of key and 16 of salt: given raw, SQLCipher stretches nothing."""

_CACHE_KIB = 16_384
"""Deciphered pages kept in memory: with the library's own 2 MiB those of a large index are deciphered each time."""

_BUSY = 5
_READONLY = 8
_IOERR = 10
_CORRUPT = 11
_FULL = 13
_NOTADB = 26
_NO_WRITING = "the disk has no room or does not take what is written"

# Set on every connection, and what each must then answer (docs/spec/store.md 2). With WAL, anything less than
# FULL (2) loses committed cables in a power cut; secure_delete and MEMORY (2) keep erased keys out of free
# pages and temporary files.
_PROTECTIONS: tuple[tuple[str, str, Value], ...] = (
    ("cipher_memory_security", "ON", "1"),
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("recursive_triggers", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("secure_delete", "ON", 1),
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
)


@dataclass(frozen=True, slots=True)
class Keys:
    """What is derived from the data master key (docs/spec/vault.md 2)."""

    database: Secret
    identity: Secret
    audit: Secret


def derive_keys(store_id: bytes, dmk: Secret) -> Keys:
    """Derive the database key, the key around the identity seeds and the key of the registers' chain."""
    return Keys(
        kdf.derive(store_id, dmk, labels.STORE_DB, b"", _KEY_SIZE),
        kdf.derive(store_id, dmk, labels.STORE_IDENTITY, b"", 32),
        kdf.derive(store_id, dmk, labels.STORE_AUDIT, b"", 32),
    )


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered step of the schema and its text."""

    number: int
    text: str

    @property
    def checksum(self) -> bytes:
        """Return what the store remembers of an applied step: 32 bytes."""
        return hashing.short(self.text.encode())


def migrations() -> tuple[Migration, ...]:
    """Read the steps that come with this version, in order."""
    folder = resources.files("secmsg.store") / "migrations"
    found = sorted((entry.name, entry) for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return tuple(Migration(int(name.removesuffix(".sql")), entry.read_text("utf-8")) for name, entry in found)


class Database:
    """An open connection to the store, for the thread that opened it."""

    __slots__ = ("_committed", "_connection", "_in_transaction", "_thread", "audit_key", "counter", "identity_key")

    def __init__(self, connection: Any, keys: Keys, thread: int) -> None:  # noqa: ANN401 - the library has no types
        self._connection = connection
        self._thread = thread
        self._in_transaction = False
        self._committed: Callable[[int], None] = _tell_nobody
        self.counter: int | None = None
        """States that this store has had (docs/spec/rollback.md 2); None while they are not counted."""
        self.audit_key = keys.audit
        self.identity_key = keys.identity

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything written inside, or nothing when anything is raised but CommitUnknown.

        StoreError inside another transaction: what belongs together is decided in one place. CommitUnknown when the
        disk failed so that only the next opening can tell whether it was written.
        """
        if self._in_transaction:
            raise StoreError("a transaction inside a transaction")
        self._in_transaction = True
        try:
            self._execute("BEGIN IMMEDIATE")
            before = self._connection.total_changes
            yield
            raised = self._raise_counter(before)
            self._commit()
        except BaseException:
            self._rollback()
            raise
        finally:
            self._in_transaction = False
        if raised is not None:
            # Only now is it on the medium: whoever keeps the number elsewhere is never ahead of the store.
            self.counter = raised
            self._committed(raised)

    @property
    def writing(self) -> bool:
        """Say whether a transaction is open."""
        return self._in_transaction

    def count(self) -> int:
        """Begin to count states, in every transaction that changes something, and give the number held."""
        row = self.one("SELECT value FROM state_counter WHERE one = 1")
        self.counter = 0 if row is None else int(row[0])
        return self.counter

    def tell(self, committed: Callable[[int], None]) -> None:
        """Call a function with the counter after each commit that raised it; it must not raise."""
        self._committed = committed

    def _raise_counter(self, before: int) -> int | None:
        if self.counter is None or self._connection.total_changes == before:
            return None
        self._execute("UPDATE state_counter SET value = value + 1 WHERE one = 1")
        row = self._execute("SELECT value FROM state_counter WHERE one = 1").fetchone()
        return int(row[0])

    def lift_counter(self, least: int) -> None:
        """Put the counter at a number at least, inside the transaction: the way back of an old copy."""
        self.run("UPDATE state_counter SET value = max(value, ?) WHERE one = 1", (least,))

    def run(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Write inside the transaction and return how many rows changed."""
        self._check_writing()
        return int(self._execute(sql, values).rowcount)

    def insert(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Write one row inside the transaction and return its row number."""
        self._check_writing()
        return int(self._execute(sql, values).lastrowid)

    def run_many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Write many rows with one statement inside the transaction."""
        self._check_writing()
        for values in rows:
            self._execute(sql, values)

    def one(self, sql: str, values: Sequence[Value] = ()) -> Row | None:
        """Return the first row, or None."""
        with _mapped(writing=self._in_transaction):
            row: Row | None = self._execute(sql, values).fetchone()
        return row

    def all(self, sql: str, values: Sequence[Value] = ()) -> tuple[Row, ...]:
        """Return every row."""
        with _mapped(writing=self._in_transaction):
            return tuple(self._execute(sql, values).fetchall())

    def check(self) -> None:
        """Read every page and every index; StoreDamaged when one does not authenticate or fit.

        For a weekly look.
        """
        # The library's look at the pages passes over the log: a page that a power cut tore while the log was
        # being folded in is whole in the log, and only there.
        self.truncate_log()
        if self.all("PRAGMA cipher_integrity_check") or self.all("PRAGMA integrity_check") != (("ok",),):
            raise StoreDamaged("a page of the store is damaged")

    def truncate_log(self) -> None:
        """Fold the write-ahead log into the file and cut it, so that erased rows are gone from both."""
        self._execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def begin_reading(self) -> None:
        """Hold the state that is there now for every later question, until the connection is closed."""
        self._execute("BEGIN")
        self.one("SELECT count(*) FROM sqlite_schema")

    def close(self) -> None:
        """Close the connection; a second call does nothing."""
        self._check_thread()
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _execute(self, sql: str, values: Sequence[Value] = ()) -> Any:  # noqa: ANN401 - the library has no types
        self._check_thread()
        if self._connection is None:
            raise StoreError("the store is closed")
        with _mapped(writing=self._in_transaction):
            return self._connection.execute(sql, tuple(values))

    def _commit(self) -> None:
        self._check_thread()
        try:
            self._connection.execute("COMMIT")
        except dbapi2.Error as error:
            self._rollback()
            if _code(error) == _IOERR:
                self._make_undone()
            raise _mapped_error(_code(error), writing=True) from None

    def _make_undone(self) -> None:
        """Make sure that a commit whose sync failed is none; CommitUnknown when the disk does not let us.

        It may stand whole in the log, and the next opening would find it there and believe it.
        """
        try:
            # Another commit at the same place in the log makes it unreadable …
            self._execute("BEGIN IMMEDIATE")
            self._execute(f"PRAGMA user_version = {_version(self):d}")
            self._execute("COMMIT")
        except StoreError:
            self._rollback()
            if not self._fold_log():  # … and so does an end of the log.
                raise CommitUnknown("the disk failed in the last step of writing") from None

    def _fold_log(self) -> bool:
        try:
            return bool(self._execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0][0] == 0)
        except (StoreError, dbapi2.Error):
            return False

    def _rollback(self) -> None:
        # After some errors (a full disk) the library has rolled back by itself.
        if self._connection is not None and self._connection.in_transaction:
            self._execute("ROLLBACK")

    def _check_thread(self) -> None:
        if threading.get_ident() != self._thread:
            raise StoreError("the store belongs to another thread")

    def _check_writing(self) -> None:
        if not self._in_transaction:
            raise StoreError("a write outside a transaction")


def _tell_nobody(_count: int) -> None:
    """Nobody keeps the counter elsewhere yet."""


def create(path: Path, keys: Keys, steps: Sequence[Migration] | None = None) -> Database:
    """Make a new database with the schema of this version; StoreExists when there is one."""
    os.close(paths.open_private(path, create=True))
    return _connect(path, keys, migrations() if steps is None else steps)


def open_(path: Path, keys: Keys, steps: Sequence[Migration] | None = None) -> Database:
    """Open a database, bring its schema up to this version and check that every protection holds.

    Raises NotFound, StoreDamaged (another key or a changed page, a changed migration), StoreNewer.
    """
    if path.is_file() and path.stat().st_size == 0:
        # A power cut during the creation: nothing was in it yet, and an empty file would take any key.
        raise StoreDamaged("the store is empty")
    return _connect(path, keys, migrations() if steps is None else steps)


def _connect(path: Path, keys: Keys, steps: Sequence[Migration]) -> Database:
    paths.check_private(path)
    for companion in (path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        try:
            paths.check_private(companion)
        except NotFound:
            continue
    with _mapped(writing=True):
        connection = dbapi2.connect(str(path), isolation_level=None, timeout=5)
    db = Database(connection, keys, threading.get_ident())
    try:
        _unlock(connection, keys.database)
        _protect(connection, _PROTECTIONS)
        _migrate(db, steps)
    except BaseException:
        connection.close()
        raise
    return db


def _unlock(connection: Any, key: Secret) -> None:  # noqa: ANN401 - the library has no types
    with _mapped(writing=True):
        # First of all, so that a wrong key leaves nothing on stderr.
        connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
        connection.execute("PRAGMA cipher_log = off").fetchall()
        connection.execute(f"PRAGMA key = \"x'{key.exactly(_KEY_SIZE).hex()}'\"").fetchall()
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()


def _protect(
    connection: Any,  # noqa: ANN401 - the library has no types
    protections: tuple[tuple[str, str, Value], ...],
) -> None:
    """Set every protection and believe none: ask afterwards."""
    with _mapped(writing=True):
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB:d}").fetchall()
        for name, setting, _ in protections:
            connection.execute(f"PRAGMA {name} = {setting}").fetchall()
        for name, _, wanted in protections:
            if connection.execute(f"PRAGMA {name}").fetchall() != [(wanted,)]:
                raise StoreError(f"the database does not grant {name}")


def _migrate(db: Database, steps: Sequence[Migration]) -> None:
    """Apply the steps that are missing, each in one transaction with its checksum."""
    version = _version(db)
    if version > len(steps):
        raise StoreNewer("the store was written by a newer version of the program")
    if version:
        applied: dict[int, bytes] = dict(db.all("SELECT number, checksum FROM migrations"))
        if applied != {step.number: step.checksum for step in steps[:version]}:
            raise StoreDamaged("the schema of the store is not the one of its version")
    for step in steps[version:]:
        with db.transaction():
            for statement in _statements(step.text):
                db.run(statement)
            db.run("INSERT INTO migrations (number, checksum) VALUES (?, ?)", (step.number, step.checksum))
            db.run(f"PRAGMA user_version = {step.number:d}")


def _version(db: Database) -> int:
    row = db.one("PRAGMA user_version")
    return 0 if row is None else int(row[0])


def _statements(text: str) -> Iterator[str]:
    """Cut a script into statements; `executescript` would commit in between."""
    statement = ""
    for line in text.splitlines(keepends=True):
        statement += line
        if dbapi2.complete_statement(statement):
            yield statement
            statement = ""
    if any(line.strip() and not line.strip().startswith("--") for line in statement.splitlines()):
        raise StoreDamaged("a migration ends inside a statement")


@contextmanager
def _mapped(*, writing: bool) -> Iterator[None]:
    """Turn the library's errors into leaves of our tree.

    Its texts may quote values, so they are not passed on.
    """
    try:
        yield
    except dbapi2.Error as error:
        raise _mapped_error(_code(error), writing=writing) from None
    except OverflowError:
        raise StoreError("a number does not fit a column") from None


def _code(error: BaseException) -> int:
    return (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def _mapped_error(code: int, *, writing: bool) -> StoreError:
    if code == _READONLY:
        return DiskReadOnly("the disk takes no writing")
    # A quota and a file size limit answer a write as an I/O error: to the officer they are a full disk.
    if code == _FULL or (code == _IOERR and writing):
        return DiskFull(_NO_WRITING)
    if code in (_CORRUPT, _NOTADB, _IOERR):
        return StoreDamaged("the store does not authenticate or cannot be read")
    if code == _BUSY:
        return ProfileInUse("another program has this profile open")
    return StoreError(f"the store refused a statement (code {code})")
