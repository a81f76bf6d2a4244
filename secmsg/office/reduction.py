"""Lines of the register of destroyed cables: which cable, by whom, on what ground; never its subject.

Source: docs/spec/destruction.md 8. The line of the cable's own register stays for ever; the store binds each line to
the one before under a key (docs/spec/store.md 5).
"""

from dataclasses import dataclass

from secmsg.ids import CableId
from secmsg.wire import cable as wire
from secmsg.wire import codec
from secmsg.wire.cable import Degree

REGISTER = 15
MAX_BASIS = 300
_COLUMNS = 9
_MAX_BYTES = 2**12
_MAX_PERSON = 120


@dataclass(frozen=True, slots=True)
class Line:
    """One cable that was made unreadable; `pages` and `annexes` are those of the cable, `dated` its own time."""

    at: int
    cable_id: CableId
    mrn: str
    degree: Degree
    dated: int
    annexes: int
    person: str
    second: str
    basis: str


def encode(line: Line) -> bytes:
    """Return the canonical bytes of a line; FormatError where a column is out of bounds."""
    encoded = codec.encode(
        [
            line.at, line.cable_id, line.mrn, int(line.degree), line.dated, line.annexes, line.person, line.second,
            line.basis,
        ]
    )  # fmt: skip
    decode(encoded)
    return encoded


def decode(data: bytes) -> Line:
    """Return the line that was encoded; FormatError if the bytes are not one."""
    what = "line of a destroyed cable"
    at, cable_id, mrn, degree, dated, annexes, person, second, basis = codec.as_array(
        codec.decode(data, max_bytes=_MAX_BYTES), _COLUMNS, _COLUMNS, what
    )
    return Line(
        at=codec.as_uint(at, 0, codec.MAX_TIME, what),
        cable_id=CableId(codec.as_raw(cable_id, 16, 16, what)),
        mrn=codec.as_text(mrn, 1, 24, what),
        degree=Degree(codec.as_uint(degree, Degree.UNCLASSIFIED, Degree.TOP_SECRET, what)),
        dated=codec.as_uint(dated, 0, codec.MAX_TIME, what),
        annexes=codec.as_uint(annexes, 0, wire.MAX_ANNEXES, what),
        person=codec.as_text(person, 1, _MAX_PERSON, what),
        second=codec.as_text(second, 1, _MAX_PERSON, what),
        basis=codec.as_text(basis, 1, MAX_BASIS, what, multiline=True),
    )
