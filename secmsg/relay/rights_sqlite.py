"""Who may use this relay, and how much of it: prefixes, enrolment tokens, quotas (docs/spec/relay-api.md 5).

Prefixes and tokens are stored as SHA-512/256 only, beside the name that the keeper gave to whom they let in.
"""

import sqlite3
from dataclasses import dataclass, fields, replace

from secmsg.crypto.hashing import short
from secmsg.errors import FormatError, NotFound, StoreExists

MAX_NAME = 40
PREFIX_BYTES_A_DAY = 8_589_934_592
"""Bytes of deposits and blobs that one prefix may bring in a day, if nothing else was said: 8 GiB."""
_ID_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Quota:
    """What one mailbox may hold, takes in its life and in a day, and how many one-time prekeys it gives a day."""

    box_messages: int = 4096
    box_lifetime: int = 100_000
    box_bytes: int = 67_108_864
    box_messages_a_day: int = 20_000
    box_bytes_a_day: int = 134_217_728
    takes_a_day: int = 128


@dataclass(frozen=True, slots=True)
class Prefix:
    """A prefix as its keeper sees it: the first digits of its hash, its name, the day (since 1970) it was made."""

    id: str
    name: str
    since_day: int
    bytes_a_day: int


@dataclass(frozen=True, slots=True)
class Grant:
    """A prefix and an enrolment token for one correspondent, under a name; empty where none was given."""

    prefix: bytes
    token: bytes
    boxes: int
    name: str = ""
    bytes_a_day: int = PREFIX_BYTES_A_DAY
    since_day: int = 0


def grant(connection: sqlite3.Connection, given: Grant) -> None:
    """Make a prefix and an enrolment token valid. FormatError on a name that is none, StoreExists on one in use."""
    if len(given.name) > MAX_NAME or not given.name.isprintable():
        raise FormatError(f"a name has at most {MAX_NAME} characters that can be seen")
    if given.name and connection.execute("SELECT 1 FROM prefixes WHERE name = ?", (given.name,)).fetchone():
        raise StoreExists(f"{given.name} has a prefix: revoke it first, or choose another name")
    connection.execute(
        "INSERT INTO prefixes (prefix_hash, name, since_day, bytes_a_day) VALUES (?, ?, ?, ?)",
        (short(given.prefix), given.name, given.since_day, given.bytes_a_day),
    )
    connection.execute("INSERT INTO enrol_tokens VALUES (?, ?, ?)", (short(given.token), given.boxes, given.name))


def revoke(connection: sqlite3.Connection, who: str) -> None:
    """Take away the prefix of this name, or with this id, and the enrolment token of the same name. NotFound."""
    found = [each for each in prefixes(connection) if who and who in {each.name, each.id}]
    if len(found) != 1:
        raise NotFound("no prefix has this name or id")
    connection.execute(
        "DELETE FROM prefixes WHERE substr(hex(prefix_hash), 1, ?) = upper(?)", (_ID_DIGITS, found[0].id)
    )
    if found[0].name:
        connection.execute("DELETE FROM enrol_tokens WHERE name = ?", (found[0].name,))


def prefixes(connection: sqlite3.Connection) -> tuple[Prefix, ...]:
    """List the prefixes by name."""
    rows = connection.execute(
        "SELECT prefix_hash, name, since_day, bytes_a_day FROM prefixes ORDER BY name, prefix_hash"
    )
    return tuple(Prefix(bytes(row[0]).hex()[:_ID_DIGITS], *row[1:]) for row in rows)


def allowance(connection: sqlite3.Connection, prefix: bytes) -> int | None:
    """Return how many bytes this prefix may bring in a day; None for one that is not valid."""
    row = connection.execute("SELECT bytes_a_day FROM prefixes WHERE prefix_hash = ?", (short(prefix),)).fetchone()
    return None if row is None else int(row[0])


def has_enrol_token(connection: sqlite3.Connection, token: bytes) -> bool:
    """Say whether an enrolment token is known."""
    found = connection.execute("SELECT 1 FROM enrol_tokens WHERE token_hash = ?", (short(token),))
    return found.fetchone() is not None


def quota(connection: sqlite3.Connection) -> Quota:
    """Return the quotas in force: what the keeper set, and the usual values for the rest."""
    known = {each.name for each in fields(Quota)}
    rows = connection.execute("SELECT name, value FROM quotas").fetchall()
    return replace(Quota(), **{name: value for name, value in rows if name in known})


def set_quota(connection: sqlite3.Connection, wished: dict[str, int]) -> None:
    """Set quotas by the names of the fields of `Quota`. FormatError on another name or a negative value."""
    known = {each.name for each in fields(Quota)}
    if any(name not in known or value < 0 for name, value in wished.items()):
        raise FormatError("no such quota")
    connection.executemany("INSERT OR REPLACE INTO quotas VALUES (?, ?)", list(wished.items()))
