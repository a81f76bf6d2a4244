"""The enciphered database: its protections, its transactions, and how it says that something is wrong."""

import json
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from secmsg.errors import (
    DiskFull,
    DiskReadOnly,
    NotFound,
    ProfileInUse,
    StoreDamaged,
    StoreError,
    StoreExists,
    StoreNewer,
)
from secmsg.store import database, settings
from secmsg.store.database import Database, Migration
from tests.helpers.stores import keys, new_database

CANARY = "Đàm phán biên giới"


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def test_every_protection_is_on(tmp_path: Path) -> None:
    wanted: dict[str, object] = {
        "journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "temp_store": 2, "foreign_keys": 1,
        "trusted_schema": 0, "cipher_memory_security": "1", "recursive_triggers": 1,
    }  # fmt: skip
    # In a process of its own, as the program runs: tests/conftest.py takes the one that is slow out of this one.
    script = """
import json, sys
from pathlib import Path
from secmsg.store import database
from tests.helpers.stores import keys
db = database.create(Path(sys.argv[1]), keys())
print(json.dumps({name: db.one(f"PRAGMA {name}")[0] for name in sys.argv[2:]}))
"""

    answered = subprocess.check_output([sys.executable, "-c", script, str(tmp_path / "store.db"), *wanted])

    assert json.loads(answered) == wanted


def test_a_protection_that_is_not_granted_is_refused(tmp_path: Path) -> None:
    new_database(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "other.db")

    with pytest.raises(StoreError, match="synchronous"):
        database._protect(connection, (("synchronous", "NORMAL", 2),))

    connection.close()


def test_what_is_kept_is_there_after_reopening(tmp_path: Path) -> None:
    first = new_database(tmp_path)
    with first.transaction():
        settings.keep(first, "theme", "dark")
    first.close()

    again = database.open_(tmp_path / "store.db", keys())

    assert settings.get(again, "theme") == "dark"
    again.close()
    again.close()


def test_nothing_readable_is_on_the_disk(tmp_path: Path) -> None:
    db = new_database(tmp_path)
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("CREATE TABLE t (v TEXT)")
    plain.execute("INSERT INTO t VALUES (?)", (CANARY,))
    plain.commit()
    plain.close()
    with db.transaction():
        settings.keep(db, "canary", CANARY)
    db.truncate_log()

    enciphered = b"".join(path.read_bytes() for path in tmp_path.glob("store.db*"))

    for form in (CANARY.encode(), CANARY.encode("utf-16-le"), b"SQLite format 3", b"CREATE TABLE"):
        assert form not in enciphered
    # Negative control: the same look finds it in a plain database.
    assert CANARY.encode() in (tmp_path / "plain.db").read_bytes()
    db.close()


def test_another_key_opens_nothing_and_prints_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    new_database(tmp_path).close()

    with pytest.raises(StoreDamaged):
        database.open_(tmp_path / "store.db", keys(b"x" * 32))

    out, err = capfd.readouterr()
    assert (out, err) == ("", "")


def test_a_changed_page_is_noticed(tmp_path: Path) -> None:
    db = new_database(tmp_path)
    with db.transaction():
        for number in range(200):
            settings.keep(db, f"n{number}", "x" * 200)
    db.truncate_log()
    db.check()
    db.close()
    path = tmp_path / "store.db"
    image = bytearray(path.read_bytes())
    image[len(image) - 4096 + 100] ^= 1
    path.write_bytes(image)

    again = database.open_(path, keys())

    with pytest.raises(StoreDamaged):
        again.check()
    again.close()


def test_a_page_torn_while_the_log_is_folded_in_is_no_damage(tmp_path: Path) -> None:
    db = new_database(tmp_path)
    with db.transaction():
        settings.keep(db, "name", "before")
    db.truncate_log()
    with db.transaction():
        settings.keep(db, "name", "after")
    log = (tmp_path / "store.db-wal").read_bytes()
    db.close()
    path = tmp_path / "store.db"
    image = bytearray(path.read_bytes())
    for page in range(len(image) // 4096):
        if log.find(image[page * 4096 : page * 4096 + 4096]) >= 0:
            image[page * 4096 + 512 : page * 4096 + 1024] = bytes(512)
    assert image != path.read_bytes(), "the pages that the last transaction wrote are torn"
    path.write_bytes(image)
    (tmp_path / "store.db-wal").write_bytes(log)
    (tmp_path / "store.db-wal").chmod(0o600)

    again = database.open_(path, keys())

    again.check()
    assert settings.get(again, "name") == "after"
    again.close()


def test_an_empty_or_missing_file_is_not_taken_for_a_store(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        database.open_(tmp_path / "store.db", keys())
    path = tmp_path / "store.db"
    path.touch(mode=0o600)

    with pytest.raises(StoreDamaged):
        database.open_(path, keys())
    with pytest.raises(StoreExists):
        database.create(path, keys())


def test_a_log_that_is_a_link_is_refused(tmp_path: Path) -> None:
    new_database(tmp_path).close()
    (tmp_path / "elsewhere").touch(mode=0o600)
    (tmp_path / "store.db-wal").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(StoreDamaged):
        database.open_(tmp_path / "store.db", keys())


# --- transactions


def test_a_transaction_that_fails_leaves_nothing(db: Database) -> None:
    def half_a_release() -> None:
        settings.keep(db, "half", "done")
        raise InterruptedError

    with pytest.raises(InterruptedError), db.transaction():
        half_a_release()

    assert settings.get(db, "half") is None
    with db.transaction():
        settings.keep(db, "next", "works")
    assert settings.get(db, "next") == "works"


def test_a_write_outside_a_transaction_is_refused(db: Database) -> None:
    with pytest.raises(StoreError, match="outside"):
        settings.keep(db, "a", "b")
    with pytest.raises(StoreError, match="outside"):
        db.insert("INSERT INTO notices (kind, at, detail) VALUES ('k', 0, '')")
    with pytest.raises(StoreError, match="outside"):
        db.run_many("DELETE FROM notices WHERE notice_id = ?", [(1,)])


def test_a_transaction_inside_a_transaction_is_refused_and_undoes_the_outer(db: Database) -> None:
    def inner() -> None:
        settings.keep(db, "outer", "1")
        with db.transaction():
            pass

    with pytest.raises(StoreError, match="inside"), db.transaction():
        inner()

    assert settings.get(db, "outer") is None


def test_another_thread_is_refused(db: Database) -> None:
    caught: list[BaseException] = []

    def elsewhere() -> None:
        try:
            settings.get(db, "a")
        except BaseException as error:
            caught.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()

    assert [type(error) for error in caught] == [StoreError]


def test_a_closed_store_says_so(db: Database) -> None:
    db.close()

    with pytest.raises(StoreError, match="closed"):
        settings.get(db, "a")


def test_an_error_says_no_value(db: Database) -> None:
    with pytest.raises(StoreError) as caught, db.transaction():
        db.run("INSERT INTO numbers (year, last) VALUES (?, ?)", (2026, CANARY))

    assert CANARY not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_number_beyond_64_bits_is_refused(db: Database) -> None:
    with pytest.raises(StoreError), db.transaction():
        db.run("INSERT INTO numbers (year, last) VALUES (?, 1)", (2**70,))


def test_a_second_connection_that_writes_is_named(tmp_path: Path) -> None:
    first = new_database(tmp_path)
    second = database.open_(tmp_path / "store.db", keys())
    second._connection.execute("PRAGMA busy_timeout = 10").fetchall()

    with first.transaction():
        settings.keep(first, "a", "b")
        with pytest.raises(ProfileInUse), second.transaction():
            pass

    first.close()
    second.close()


# --- a full disk


def test_a_full_disk_is_named_and_harms_nothing(tmp_path: Path) -> None:
    db = new_database(tmp_path)
    with db.transaction():
        settings.keep(db, "before", "safe")
    kept = 0

    def fill() -> None:
        nonlocal kept
        for number in range(1_000):
            with db.transaction():
                settings.keep(db, f"n{number}", "x" * 10_000)
            kept += 1

    with files_no_larger_than(1_600_000), pytest.raises(DiskFull):
        fill()
    db.close()

    again = database.open_(tmp_path / "store.db", keys())
    assert 0 < kept < 1_000
    assert settings.get(again, "before") == "safe"
    assert sum(settings.get(again, f"n{number}") is not None for number in range(1_000)) == kept
    again.check()
    with again.transaction():
        settings.keep(again, "after", "works")
    again.close()


def test_a_full_disk_inside_the_library_is_named(db: Database) -> None:
    db.one("PRAGMA max_page_count = 120")

    def fill() -> None:
        for number in range(1_000):
            settings.keep(db, f"n{number}", "x" * 10_000)

    with pytest.raises(DiskFull), db.transaction():
        fill()

    assert settings.get(db, "n0") is None


def test_a_kill_between_commits_loses_none_and_invents_none(tmp_path: Path) -> None:
    script = """
import os, sys
from pathlib import Path
from secmsg.store import database, numbers
from tests.helpers.stores import keys
db = database.open_(Path(sys.argv[1]), keys())
while True:
    with db.transaction():
        given = numbers.take(db, 2026)
    os.write(1, b"%d\\n" % given)
"""
    new_database(tmp_path).close()
    path = tmp_path / "store.db"
    last = 0
    for _ in range(5):
        child = subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE)
        assert child.stdout is not None
        told = [int(child.stdout.readline()) for _ in range(20)]
        child.kill()
        told += [int(line) for line in child.stdout.read().splitlines()]
        child.wait()
        child.stdout.close()
        assert told == list(range(told[0], told[-1] + 1))
        # The number given in the commit that the kill overtook was never told; none is given twice.
        assert last < told[0] <= last + 2
        last = told[-1]


# --- migrations

FIRST = Migration(1, "CREATE TABLE migrations (number INTEGER PRIMARY KEY, checksum BLOB);\nCREATE TABLE a (x);\n")
SECOND = Migration(2, "-- adds\nCREATE TABLE b (\n  x TEXT DEFAULT ';'\n);\n")


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [step.number for step in database.migrations()] == list(range(1, len(database.migrations()) + 1))


def test_a_store_is_brought_up_to_this_version(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    database.create(path, keys(), [FIRST]).close()

    db = database.open_(path, keys(), [FIRST, SECOND])

    assert db.all("SELECT x FROM b") == ()
    assert db.one("PRAGMA user_version") == (2,)
    db.close()
    database.open_(path, keys(), [FIRST, SECOND]).close()


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    database.create(path, keys(), [FIRST, SECOND]).close()

    with pytest.raises(StoreNewer):
        database.open_(path, keys(), [FIRST])


def test_a_store_whose_schema_is_another_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    database.create(path, keys(), [FIRST]).close()

    with pytest.raises(StoreDamaged):
        database.open_(path, keys(), [Migration(1, FIRST.text + "-- edited afterwards\n")])


def test_a_migration_that_fails_leaves_the_version_before(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    database.create(path, keys(), [FIRST]).close()
    broken = Migration(2, "CREATE TABLE b (x);\nCREATE TABLE a (x);\n")

    with pytest.raises(StoreError):
        database.open_(path, keys(), [FIRST, broken])

    db = database.open_(path, keys(), [FIRST, SECOND])
    assert db.all("SELECT x FROM b") == ()
    db.close()


def test_a_migration_that_ends_inside_a_statement_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreDamaged):
        database.create(tmp_path / "store.db", keys(), [Migration(1, FIRST.text + "CREATE TABLE c (x)\n")])


def test_a_migration_may_end_with_a_remark(tmp_path: Path) -> None:
    database.create(tmp_path / "store.db", keys(), [Migration(1, FIRST.text + "-- the end\n")]).close()


def test_an_input_output_error_is_named_by_what_was_going_on() -> None:
    assert isinstance(database._mapped_error(10, writing=True), DiskFull)
    assert isinstance(database._mapped_error(10, writing=False), StoreDamaged)
    assert isinstance(database._mapped_error(8, writing=True), DiskReadOnly)
