"""The registers of outgoing and incoming cables: lines that are only added.

Columns are those of the printed register; corrections are new lines. The store binds each line to the one before
under a key (docs/spec/store.md 5). Source: docs/spec/register.md.
"""

from dataclasses import dataclass, field, replace
from enum import IntEnum

from secmsg.ids import CableId, StationId
from secmsg.wire import cable as wire
from secmsg.wire import codec
from secmsg.wire.cable import Cable, Degree, Urgency

NO_SUBJECT = "(không ghi trích yếu)"
MAX_BYTES = 2**14
MAX_LINE = 2**31 - 1

_COLUMNS = 18


class Register(IntEnum):
    """Which register: cables that left or cables that came."""

    OUT = 1
    IN = 2


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line: `line` counts within register and year, `at` is the entry, `dated` the cable's own time.

    `peers` are the addressees of an outgoing cable, the origin of an incoming one; `signed_for` who received
    it; `corrects` the line that this one corrects (0: none).
    """

    register: Register
    year: int
    line: int
    at: int
    cable_id: CableId
    number: int
    symbol: str
    mrn: str
    dated: int
    degree: Degree
    urgency: Urgency
    subject: str = field(repr=False)
    peers: tuple[StationId, ...]
    copies: int
    pages: int
    signed_for: str = ""
    note: str = ""
    corrects: int = 0


def subject_of(cable: Cable) -> str:
    """Return what the register says of a cable: its subject, or that none is written (tuyệt mật)."""
    if cable.degree is Degree.TOP_SECRET and not cable.subject_in_register:
        return NO_SUBJECT
    return cable.subject


def listed_subject(cable: Cable) -> str:
    """Return the subject as lists may show it: nothing of a tuyệt mật cable whose subject stays out of the register."""
    return "" if subject_of(cable) == NO_SUBJECT else cable.subject


def outgoing(cable: Cable, year: int, line: int, at: int) -> RegisterLine:
    """Return the line of a cable that leaves."""
    return _line(cable, Register.OUT, year, line, at, cable.action_to + cable.info_to)


def incoming(cable: Cable, year: int, line: int, at: int, signed_for: str) -> RegisterLine:
    """Return the line of a cable that came and was signed for by `signed_for`."""
    entered = _line(cable, Register.IN, year, line, at, (cable.origin,))
    return replace(entered, signed_for=signed_for)


def correction(of: RegisterLine, line: int, at: int, note: str) -> RegisterLine:
    """Return a new line that corrects an earlier one; the earlier stays as it is."""
    return replace(of, line=line, at=at, note=note, corrects=of.line)


def _line(
    cable: Cable, register: Register, year: int, line: int, at: int, peers: tuple[StationId, ...]
) -> RegisterLine:
    return RegisterLine(
        register=register,
        year=year,
        line=line,
        at=at,
        cable_id=cable.cable_id,
        number=cable.number,
        symbol=cable.symbol,
        mrn=cable.mrn,
        dated=cable.dtg,
        degree=cable.degree,
        urgency=cable.urg_action,
        subject=subject_of(cable),
        peers=peers,
        copies=cable.copies,
        pages=cable.pages,
    )


def encode(line: RegisterLine) -> bytes:
    """Return the canonical bytes of a line, its columns in order; FormatError where one is out of bounds."""
    encoded = codec.encode(
        [
            int(line.register),
            line.year,
            line.line,
            line.at,
            line.cable_id,
            line.number,
            line.symbol,
            line.mrn,
            line.dated,
            int(line.degree),
            int(line.urgency),
            line.subject,
            list(line.peers),
            line.copies,
            line.pages,
            line.signed_for,
            line.note,
            line.corrects,
        ]
    )
    decode(encoded)
    return encoded


def decode(data: bytes) -> RegisterLine:
    """Return the line that was encoded; FormatError if the bytes are not one."""
    columns = iter(codec.as_array(codec.decode(data, max_bytes=MAX_BYTES), _COLUMNS, _COLUMNS, "register line"))

    def number(low: int, high: int) -> int:
        return codec.as_uint(next(columns), low, high, "register line")

    def written(low: int, high: int) -> str:
        return codec.as_text(next(columns), low, high, "register line", multiline=True)

    return RegisterLine(
        register=Register(number(Register.OUT, Register.IN)),
        year=number(1970, 9999),
        line=number(1, MAX_LINE),
        at=number(0, codec.MAX_TIME),
        cable_id=CableId(codec.as_raw(next(columns), 16, 16, "register line")),
        number=number(1, wire.MAX_NUMBER),
        symbol=written(2, 40),
        mrn=written(1, 24),
        dated=number(0, codec.MAX_TIME),
        degree=Degree(number(Degree.UNCLASSIFIED, Degree.TOP_SECRET)),
        urgency=Urgency(number(Urgency.ROUTINE, Urgency.FLASH)),
        subject=written(*wire.SUBJECT_LENGTH),
        peers=tuple(
            StationId(codec.as_uint(peer, 1, 0xFFFF, "register line"))
            for peer in codec.as_array(next(columns), 1, 2 * wire.MAX_ADDRESSEES, "register line")
        ),
        copies=number(1, wire.MAX_COPIES),
        pages=number(1, wire.MAX_PAGES),
        signed_for=written(0, wire.MAX_NAME),
        note=written(0, wire.MAX_NOTE),
        corrects=number(0, MAX_LINE),
    )
