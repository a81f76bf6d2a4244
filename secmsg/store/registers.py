"""The registers: lines are added and never changed, each bound to the one before by a keyed hash.

    mac(n) = HMAC-SHA-256(audit key, "register" | 0x00 | register u8 | line u32 | at u64 | mac(n-1) | body)

Source: docs/spec/store.md 5. mac(0) is 32 zero bytes. The chain shows a line that was altered, taken out, put
in or moved, and the kept head a tail that was cut; it cannot show that the whole store was put back to an
older state.
"""

from dataclasses import dataclass

from secmsg.crypto import hashing
from secmsg.crypto.secret import Secret
from secmsg.errors import StoreDamaged
from secmsg.store.database import Database

START = bytes(32)
_HEAD = b"register\x00"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line; `body` is the office's encoding of its columns."""

    register: int
    line: int
    at: int
    body: bytes
    mac: bytes


def last(db: Database, register: int) -> bytes | None:
    """Return the body of a register's last line, None when it has none; the chain is not walked."""
    row = db.one("SELECT body FROM register_lines WHERE register = ? ORDER BY line DESC LIMIT 1", (register,))
    return None if row is None else bytes(row[0])


def append(db: Database, register: int, at: int, body: bytes) -> Entry:
    """Add a line to a register (0 to 255) and return it with its number, from 1."""
    line, previous = _head(db, register)
    entry = Entry(register, line + 1, at, body, _mac(db, register, line + 1, at, previous, body))
    db.run(
        "INSERT INTO register_lines (register, line, at, body, mac) VALUES (?, ?, ?, ?, ?)",
        (register, entry.line, at, body, entry.mac),
    )
    db.run(
        "INSERT INTO register_heads (register, line, mac) VALUES (?, ?, ?) "
        "ON CONFLICT (register) DO UPDATE SET line = excluded.line, mac = excluded.mac",
        (register, entry.line, entry.mac),
    )
    return entry


def verify(db: Database, register: int) -> tuple[Entry, ...]:
    """Check a register's chain from its first line and return its lines in order.

    StoreDamaged when one does not fit.
    """
    entries = _entries(db, register)
    wrong = _first_wrong(db, register, entries)
    if wrong > len(entries):
        raise StoreDamaged("the register does not end where it should")
    if wrong:
        raise StoreDamaged(f"the register does not fit at line {wrong}")
    return entries


def wrong_line(db: Database, register: int) -> int:
    """Return the first line that does not fit, the one after the last where the end was cut off, 0 when all do."""
    return _first_wrong(db, register, _entries(db, register))


def _first_wrong(db: Database, register: int, entries: tuple[Entry, ...]) -> int:
    previous = START
    for expected, entry in enumerate(entries, start=1):
        due = _mac(db, register, expected, entry.at, previous, entry.body)
        if entry.line != expected or not hashing.equal(due, entry.mac):
            return expected
        previous = entry.mac
    return 0 if _head(db, register) == (len(entries), previous) else len(entries) + 1


def line(db: Database, register: int, number: int) -> Entry | None:
    """Return one line as it stands, unchecked; None where there is none."""
    row = db.one(
        "SELECT register, line, at, body, mac FROM register_lines WHERE register = ? AND line = ?", (register, number)
    )
    return None if row is None else Entry(*row)


def end(db: Database, register: int) -> tuple[int, bytes]:
    """Return the number of the last line and its mac, 0 and `START` for an empty register."""
    return _head(db, register)


def last_line(db: Database, register: int) -> int:
    """Return the number of the last line, 0 for an empty register."""
    return _head(db, register)[0]


def heads(db: Database) -> tuple[tuple[int, int, bytes], ...]:
    """List every register with its last line and that line's code, by register."""
    rows = db.all("SELECT register, line, mac FROM register_heads ORDER BY register")
    return tuple((int(register), int(line), bytes(mac)) for register, line, mac in rows)


def _head(db: Database, register: int) -> tuple[int, bytes]:
    row = db.one("SELECT line, mac FROM register_heads WHERE register = ?", (register,))
    return (0, START) if row is None else (int(row[0]), bytes(row[1]))


def _entries(db: Database, register: int) -> tuple[Entry, ...]:
    rows = db.all(
        "SELECT register, line, at, body, mac FROM register_lines WHERE register = ? ORDER BY line",
        (register,),
    )
    return tuple(Entry(*row) for row in rows)


def _mac(db: Database, register: int, line: int, at: int, previous: bytes, body: bytes) -> bytes:
    return mac(db.audit_key, register, line, at, previous, body)


def mac(audit_key: Secret, register: int, line: int, at: int, previous: bytes, body: bytes) -> bytes:
    """Return the keyed hash that binds a line to the one before: 32 bytes."""
    head = _HEAD + register.to_bytes(1, "big") + line.to_bytes(4, "big") + at.to_bytes(8, "big")
    return hashing.hmac_sha256(audit_key, head + previous + body)
