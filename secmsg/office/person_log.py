"""The record of persons: who opened the store, what was decided about whom, what was taken out of it; only added to.

Source: docs/spec/persons.md 6. The store binds each line to the one before under a key (docs/spec/store.md 5).
"""

from dataclasses import dataclass
from enum import IntEnum

from secmsg.office.persons import MAX_NAME
from secmsg.wire import codec
from secmsg.wire.codec import Value

REGISTER = 13
MAX_DETAIL = 700
WATCH_S = 3_600
"""Openings by one person within an hour of the last line, where it says that person was here, add none: one watch."""

_COLUMNS = 6
_MAX_BYTES = 2**12
_MAX_OFFICER = 65_535


class Deed(IntEnum):
    """What a line says."""

    OPENED = 1
    ADDED = 2
    CERTIFIED = 3
    SUSPENDED = 4
    RESUMED = 5
    REMOVED = 6
    AWAY = 7
    """An absence was decided, with or without one who stands in."""
    BACK = 8
    WITNESSED = 9
    """Stood by as second person, proven by the own passphrase or share."""
    READ = 10
    """Opened a cable's text for the first time."""
    EXPORTED = 11
    """Let a cable's text or an annex be written outside the store; counted before it is."""
    SHEET_MADE = 12
    SHEET_KEPT = 13
    """The recovery sheet lies sealed where the detail says."""
    ANEW = 14
    """The recovery sheet gave a new passphrase; every other one opens nothing any more."""
    LISTING_ENDED = 15
    """Headquarters was asked to take a person off the list."""
    PRINTED = 16
    """Let a cable's worksheet be made as paper; counted before it is."""
    DESTROYED = 17
    """Made a cable unreadable for good, with a second person (docs/spec/destruction.md 8)."""


HERE = frozenset((Deed.OPENED, Deed.READ, Deed.EXPORTED, Deed.PRINTED))
"""Deeds that only who has opened the store does: an opening within an hour of one is the same watch."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line: `officer` did it (0: the recovery sheet), `about` is the person it is about (0: nobody)."""

    at: int
    deed: Deed
    officer: int
    name: str
    about: int
    detail: str


def encode(line: LogLine) -> bytes:
    """Return the canonical bytes of a line; FormatError where a column is out of bounds."""
    encoded = codec.encode([line.at, int(line.deed), line.officer, line.name, line.about, line.detail])
    decode(encoded)
    return encoded


def decode(data: bytes) -> LogLine:
    """Return the line that was encoded; FormatError if the bytes are not one."""
    columns: list[Value] = codec.as_array(codec.decode(data, max_bytes=_MAX_BYTES), _COLUMNS, _COLUMNS, "person log")
    at, deed, officer, name, about, detail = columns
    return LogLine(
        codec.as_uint(at, 0, codec.MAX_TIME, "person log"),
        codec.as_choice(deed, Deed, "person log"),
        codec.as_uint(officer, 0, _MAX_OFFICER, "person log"),
        codec.as_text(name, 1, MAX_NAME, "person log"),
        codec.as_uint(about, 0, _MAX_OFFICER, "person log"),
        codec.as_text(detail, 0, MAX_DETAIL, "person log", multiline=True),
    )
