"""Prefixes have names and can be closed one by one; quotas are what the keeper set."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from secmsg.crypto.hashing import short
from secmsg.errors import FormatError, NotFound, StoreExists
from secmsg.relay import boxes_sqlite
from secmsg.relay import rights_sqlite as rights
from secmsg.relay.rights_sqlite import Grant, Quota


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(boxes_sqlite.connect(tmp_path / "relay.db")) as connection:
        yield connection


def test_each_prefix_is_closed_by_itself(db: sqlite3.Connection) -> None:
    rights.grant(db, Grant(b"one", b"token-one", 5, "m45", 1000, 20_000))
    rights.grant(db, Grant(b"two", b"token-two", 5, "m46"))

    rights.revoke(db, "m45")

    assert rights.allowance(db, b"one") is None
    assert not rights.has_enrol_token(db, b"token-one")
    assert rights.allowance(db, b"two") == rights.PREFIX_BYTES_A_DAY
    assert rights.has_enrol_token(db, b"token-two")
    assert [each.name for each in rights.prefixes(db)] == ["m46"]


def test_a_prefix_without_a_name_is_closed_by_its_id(db: sqlite3.Connection) -> None:
    rights.grant(db, Grant(b"one", b"token-one", 5))
    rights.grant(db, Grant(b"two", b"token-two", 5))
    first, second = rights.prefixes(db)

    rights.revoke(db, first.id)

    assert rights.prefixes(db) == (second,)
    assert b"one" not in first.id.encode()


@pytest.mark.parametrize("who", ["", "nobody", "%"])
def test_nothing_is_closed_by_a_name_that_is_none(db: sqlite3.Connection, who: str) -> None:
    rights.grant(db, Grant(b"one", b"token", 5))

    with pytest.raises(NotFound):
        rights.revoke(db, who)

    assert rights.allowance(db, b"one") is not None


def test_a_name_is_used_once(db: sqlite3.Connection) -> None:
    rights.grant(db, Grant(b"one", b"token-one", 5, "m45"))

    with pytest.raises(StoreExists):
        rights.grant(db, Grant(b"two", b"token-two", 5, "m45"))


@pytest.mark.parametrize("name", ["x" * 41, "a\nb", "a\u202eb"])
def test_a_name_can_be_seen(db: sqlite3.Connection, name: str) -> None:
    with pytest.raises(FormatError):
        rights.grant(db, Grant(b"one", b"token", 5, name))


def test_quotas_are_what_was_set_last(db: sqlite3.Connection) -> None:
    assert rights.quota(db) == Quota()
    rights.set_quota(db, {"box_messages": 7})
    rights.set_quota(db, {"box_messages": 8, "takes_a_day": 9})

    assert rights.quota(db) == Quota(box_messages=8, takes_a_day=9)
    for wrong in ({"boxes": 1}, {"box_messages": -1}):
        with pytest.raises(FormatError):
            rights.set_quota(db, wrong)


def test_a_database_of_the_first_version_keeps_its_prefixes(tmp_path: Path) -> None:
    from importlib import resources

    path = tmp_path / "old.db"
    first = resources.files("secmsg.relay").joinpath("migrations/0001.sql").read_text("utf-8")
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.executescript(first + "PRAGMA user_version = 1;")
        old.execute("INSERT INTO prefixes VALUES (?)", (short(b"old"),))
        old.execute("INSERT INTO enrol_tokens VALUES (?, 3)", (short(b"token"),))

    with closing(boxes_sqlite.connect(path)) as db:
        assert rights.allowance(db, b"old") == rights.PREFIX_BYTES_A_DAY
        assert rights.has_enrol_token(db, b"token")
