"""The log of a kit: one line for each opening, each cable read, each print and export; only added, and bound together.

Source: docs/spec/kit.md 5. The store binds each line to the one before under the kit's own key (docs/spec/store.md 5).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum

from secmsg.ids import CableId
from secmsg.wire import codec

REGISTER = 21
"""The register's number in a kit; no station has one of this number."""
MAX_DETAIL = 300
MARK_SIZE = 8
_ID_SIZE = 16
_COLUMNS = 5
MAX_BYTES = 2**12


class KitAct(IntEnum):
    """What a line of the log says."""

    OPENED = 1
    REFUSED = 2
    """Somebody with the right passphrase came at the wrong time; the detail is the verdict."""
    READ = 3
    PREVIEWED = 4
    PRINTED = 5
    EXPORTED = 6
    TAKEN = 7
    """An addition was taken in; the detail is its number."""
    PROLONGED = 8
    CLOSED = 9


@dataclass(frozen=True, slots=True)
class KitLine:
    """One line. `cable` is the kit's own id of a cable (b"" where it is about none), `machine` marks the machine."""

    at: int
    act: KitAct
    cable: CableId
    detail: str
    machine: bytes


def encode(line: KitLine) -> bytes:
    """Return the canonical bytes of a line; FormatError where a column is out of bounds."""
    encoded = codec.encode([line.at, int(line.act), line.cable, line.detail, line.machine])
    decode(encoded)
    return encoded


def decode(data: bytes) -> KitLine:
    """Return the line that was encoded; FormatError if the bytes are not one."""
    columns = codec.as_array(codec.decode(data, max_bytes=MAX_BYTES), _COLUMNS, _COLUMNS, "kit log")
    at, act, cable, detail, machine = columns
    kept = codec.as_raw(cable, 0, _ID_SIZE, "kit log")
    if len(kept) not in (0, _ID_SIZE):
        codec.as_raw(cable, _ID_SIZE, _ID_SIZE, "kit log")
    return KitLine(
        codec.as_uint(at, 0, codec.MAX_TIME, "kit log"),
        codec.as_choice(act, KitAct, "kit log"),
        CableId(kept),
        codec.as_text(detail, 0, MAX_DETAIL, "kit log"),
        codec.as_raw(machine, MARK_SIZE, MARK_SIZE, "kit log"),
    )


class Kinship(Enum):
    """How the log of a second folder of one kit stands to the log that came back first."""

    SAME = "same"
    BEHIND = "behind"
    """A copy made before the other's last lines; nothing was done with it since."""
    AHEAD = "ahead"
    """It goes on where the other ends."""
    FORKED = "forked"
    """Both were used after they were one: two machines opened the kit."""


def compare(first: Sequence[bytes], second: Sequence[bytes]) -> tuple[Kinship, int]:
    """Say how a second log stands to the first, and how many lines both have in common."""
    common = 0
    for ours, theirs in zip(first, second, strict=False):
        if ours != theirs:
            break
        common += 1
    if common == len(first) == len(second):
        return Kinship.SAME, common
    if common == len(second):
        return Kinship.BEHIND, common
    return (Kinship.AHEAD if common == len(first) else Kinship.FORKED), common
