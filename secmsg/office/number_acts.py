"""The register of acts on serials: what a person did about numbers, and why. Lines are only added.

Source: docs/spec/continuity.md 8. The store binds each line to the one before under a key (docs/spec/store.md 5).
"""

from dataclasses import dataclass
from enum import IntEnum

from secmsg.ids import StationId
from secmsg.wire import codec
from secmsg.wire.cable import MAX_NAME
from secmsg.wire.codec import Value
from secmsg.wire.item import MAX_SERIAL
from secmsg.wire.service import MAX_NOTE

REGISTER = 3
"""The register's number beside those of cables (office/register.py)."""

_COLUMNS = 7
_MAX_BYTES = 2**12


class ActKind(IntEnum):
    """What was done."""

    GAP_CLOSED = 1
    ASKED_AGAIN = 2
    BOOK_OPENED = 3
    BLOCK_KEPT = 4
    BLOCK_RECONCILED = 5
    HAND_TAKEN = 6
    POSTURE = 7


@dataclass(frozen=True, slots=True)
class NumberAct:
    """One line: who did what about `first`..`last` of the pair with `peer`; 0 where the act is about no serial."""

    at: int
    kind: ActKind
    peer: StationId
    first: int
    last: int
    person: str
    reason: str = ""


def encode(act: NumberAct) -> bytes:
    """Return the canonical bytes of a line; FormatError where a column is out of bounds."""
    encoded = codec.encode([act.at, int(act.kind), act.peer, act.first, act.last, act.person, act.reason])
    decode(encoded)
    return encoded


def decode(data: bytes) -> NumberAct:
    """Return the line that was encoded; FormatError if the bytes are not one."""
    columns: list[Value] = codec.as_array(codec.decode(data, max_bytes=_MAX_BYTES), _COLUMNS, _COLUMNS, "act")
    at, kind, peer, first, last, person, reason = columns
    return NumberAct(
        codec.as_uint(at, 0, codec.MAX_TIME, "act"),
        codec.as_choice(kind, ActKind, "act"),
        StationId(codec.as_uint(peer, 0, 0xFFFF, "act")),
        codec.as_uint(first, 0, MAX_SERIAL, "act"),
        codec.as_uint(last, 0, MAX_SERIAL, "act"),
        codec.as_text(person, 1, MAX_NAME, "act"),
        codec.as_text(reason, 0, MAX_NOTE, "act", multiline=True),
    )
