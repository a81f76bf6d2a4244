"""The ledger of key material: one line for each act, only added. No line holds a key figure.

Source: docs/spec/materials.md 5. The store binds each line to the one before under a key (docs/spec/store.md 5).
"""

from dataclasses import dataclass

from secmsg.office.materials import (
    MAX_CABLE,
    MAX_EDITION,
    MAX_HOLDER,
    MAX_NOTE,
    MAX_PERSON,
    MAX_TITLE,
    Act,
    Item,
    Kind,
)
from secmsg.wire import codec
from secmsg.wire.codec import Value
from secmsg.wire.item import MAX_SERIAL

REGISTER = 11
"""The register's number beside those of cables (office/register.py)."""
TRAINING_REGISTER = 12
"""Where the acts on training material stand: they never meet the others."""

_COLUMNS = 15
_MAX_BYTES = 2**12
MAX_ITEM = 2**31 - 1
MAX_PAGE = 9_999


@dataclass(frozen=True, slots=True)
class Line:
    """One line: who did what to which item.

    `first`..`last` are pages, 0 where the act is about the whole item. `serial` and `cable` are of the message that
    pages served. `person` is the officer who had opened the store, `second` the other person where one was named.
    `holder` is who has it then or where it lies, `note` a reason, a class of printing, a method.
    """

    at: int
    act: Act
    item: int
    kind: Kind
    title: str
    edition: int
    copy: int
    first: int
    last: int
    serial: int
    cable: str
    person: str
    second: str
    holder: str
    note: str


def of(
    item: Item, act: Act, at: int, person: str, *, second: str = "", first: int = 0, last: int = 0, serial: int = 0,
    cable: str = "", holder: str = "", note: str = "",
) -> Line:  # fmt: skip
    """Return the line of an act on an item."""
    return Line(
        at, act, item.number, item.kind, item.title, item.edition, item.copy, first, last, serial, cable, person,
        second, holder or item.holder, note,
    )  # fmt: skip


def register(*, training: bool) -> int:
    """Return the register in which the lines of an item stand."""
    return TRAINING_REGISTER if training else REGISTER


def encode(line: Line) -> bytes:
    """Return the canonical bytes of a line; FormatError where a column is out of bounds."""
    s = line
    encoded = codec.encode(
        [
            s.at, int(s.act), s.item, int(s.kind), s.title, s.edition, s.copy, s.first, s.last, s.serial, s.cable,
            s.person, s.second, s.holder, s.note,
        ]
    )  # fmt: skip
    decode(encoded)
    return encoded


def decode(data: bytes) -> Line:
    """Return the line that was encoded; FormatError if the bytes are not one."""
    columns: list[Value] = codec.as_array(codec.decode(data, max_bytes=_MAX_BYTES), _COLUMNS, _COLUMNS, "ledger")
    at, act, item, kind, title, edition, copy, first, last, serial, cable, person, second, holder, note = columns
    return Line(
        codec.as_uint(at, 0, codec.MAX_TIME, "ledger"),
        codec.as_choice(act, Act, "ledger"),
        codec.as_uint(item, 1, MAX_ITEM, "ledger"),
        codec.as_choice(kind, Kind, "ledger"),
        codec.as_text(title, 1, MAX_TITLE, "ledger"),
        codec.as_uint(edition, 1, MAX_EDITION, "ledger"),
        codec.as_uint(copy, 1, 99, "ledger"),
        codec.as_uint(first, 0, MAX_PAGE, "ledger"),
        codec.as_uint(last, 0, MAX_PAGE, "ledger"),
        codec.as_uint(serial, 0, MAX_SERIAL, "ledger"),
        codec.as_text(cable, 0, MAX_CABLE, "ledger"),
        codec.as_text(person, 1, MAX_PERSON, "ledger"),
        codec.as_text(second, 0, MAX_PERSON, "ledger"),
        codec.as_text(holder, 0, MAX_HOLDER, "ledger"),
        codec.as_text(note, 0, MAX_NOTE, "ledger", multiline=True),
    )
