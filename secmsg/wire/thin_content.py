"""What a thin packet holds: a message whole, or a fragment of one (docs/spec/thin-text.md 1 and 2).

    message  acknowledgement, body   the same whatever carries it
    packet   control, [fragment], as much of the message as fits, fill

The tables for text are passed in. What a message means to the office is not known here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeAlias, assert_never

from secmsg.errors import FormatError
from secmsg.ids import Serial, StationId
from secmsg.wire import fragments, padding, slip, text, thin_text
from secmsg.wire.cable import MAX_BODY, MAX_NUMBER, SUBJECT_LENGTH, Degree, Kind, Urgency
from secmsg.wire.codec import Reader, Writer
from secmsg.wire.fragments import HEAD_SIZE, Fragment
from secmsg.wire.slip import Slip
from secmsg.wire.thin_table import Table

OVERHEAD = 20
"""Of a thin packet (docs/spec/thin.md 4)."""
EPOCH = 1_577_836_800
"""1 January 2020: minutes count from here."""
NOTICE_SIZE = 12
MAX_REPORTED = 32
CHECK_SIZE = 4
MAX_ENCODED = fragments.MAX_DATA * 320

_ACK, _WHOLE = 0b10, 0b1
_PLAIN = 0
_TELEGRAM, _HIGH_BIT = 0b1000, 0b1
_MINUTE = 60

Tables: TypeAlias = Mapping[int, Table]
Check: TypeAlias = Callable[[int, bytes], bytes]
"""Gives 4 bytes that depend on a control byte and on a message with its fill; formats compute no hash."""


class Bearer(IntEnum):
    """What carries a packet: the size of its largest one, in bytes."""

    VOICE = 60
    SMS = 140
    SBD_TO_MISSION = 270
    SBD_FROM_MISSION = 340

    @property
    def room(self) -> int:
        """Bytes of content in its largest packet."""
        return self - OVERHEAD


SIZES = tuple(sorted(Bearer))


class Type(IntEnum):
    """What a message is."""

    CABLE = 1
    SLIP = 2
    NOTICE = 3
    REPORT = 4


@dataclass(frozen=True, slots=True)
class ThinCable:
    """A short cable: `serial` and `dtg` (UTC seconds, a full minute) as far as it travels, the rest as in the cable."""

    serial: int
    kind: Kind
    degree: Degree
    urgency: Urgency
    number: int
    dtg: int
    subject: str = field(repr=False)
    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ThinSlip:
    """The slip of a blob that holds a cable."""

    serial: int
    slip: Slip


@dataclass(frozen=True, slots=True)
class ThinNotice:
    """A revocation notice; its 12 bytes are another page's."""

    content: bytes


@dataclass(frozen=True, slots=True)
class ThinReport:
    """Serials, modulo 256, of cables that are whole and not signed yet."""

    serials: tuple[int, ...]


Body: TypeAlias = ThinCable | ThinSlip | ThinNotice | ThinReport


@dataclass(frozen=True, slots=True)
class Message:
    """A body, and what the sender has of the other direction: a serial modulo 65536, None where it says nothing."""

    body: Body
    ack: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A fragment, and the control byte that all fragments of its message share."""

    control: int
    fragment: Fragment


def encode(message: Message, tables: Tables) -> tuple[int, bytes]:
    """Return a message's control byte, without its last bit, and its bytes; FormatError where a bound does not hold."""
    method, body = _encode(message.body, tables)
    writer = Writer()
    if message.ack is not None:
        writer.u16(message.ack)
    control = _type(message.body) << 5 | method << 2 | (_ACK if message.ack is not None else 0)
    encoded = writer.rest(body).bytes()
    if len(encoded) > MAX_ENCODED:
        raise FormatError("the message is too long for thin packets")
    decode(control, encoded, tables)  # what leaves here is what every receiver takes
    return control, encoded


def decode(control: int, data: bytes, tables: Tables) -> Message:
    """Return the message of a control byte and its bytes, which fill may follow; FormatError unless all is right."""
    if len(data) > MAX_ENCODED:
        raise FormatError("thin message: too long")
    kind, method = control >> 5, control >> 2 & 7
    reader = Reader(data)
    ack = reader.u16() if control & _ACK else None
    if kind != Type.CABLE and method != _PLAIN:
        raise FormatError("thin message: a method without text")
    match kind:
        case Type.CABLE:
            return Message(_decode_cable(reader, method, tables), ack)
        case Type.SLIP:
            body: Body = ThinSlip(reader.u8(), slip.decode(reader.raw(slip.SIZE)))
        case Type.NOTICE:
            body = ThinNotice(reader.raw(NOTICE_SIZE))
        case Type.REPORT:
            body = _decode_report(reader, ack)
        case _:
            raise FormatError("thin message: unknown type")
    padding.strip(reader.rest(), 0)
    return Message(body, ack)


def packets(
    message: Message, bearer: Bearer, message_id: int, parity: int, tables: Tables, check: Check
) -> tuple[bytes, ...]:
    """Return the contents of the packets that carry a message: one, or fragments with `parity` more than are needed.

    FormatError when it is too long for the bearer.
    """
    control, encoded = encode(message, tables)
    for size in SIZES:
        if size <= bearer and 1 + len(encoded) <= size - OVERHEAD:
            return (bytes([control | _WHOLE]) + encoded.ljust(size - OVERHEAD - 1, b"\0"),)
    room = bearer.room - 1 - HEAD_SIZE
    filled = encoded.ljust(-(-(CHECK_SIZE + len(encoded)) // room) * room - CHECK_SIZE, b"\0")
    encoded = check(control, filled) + filled
    return tuple(bytes([control]) + fragments.encode(each) for each in fragments.cut(encoded, message_id, room, parity))


def open_packet(content: bytes) -> tuple[int, bytes] | Piece:
    """Return control byte and message of a packet that holds it whole, or its piece; FormatError for another length."""
    if len(content) + OVERHEAD not in SIZES:
        raise FormatError("thin packet: not one of the four sizes")
    if content[0] & _WHOLE:
        return content[0] & ~_WHOLE, content[1:]
    return Piece(content[0], fragments.decode(content[1:]))


def joined(control: int, data: bytes, check: Check) -> bytes:
    """Return the message that pieces gave, its fill with it; FormatError when they are not of one message."""
    reader = Reader(data)
    stated, message = reader.raw(CHECK_SIZE), reader.rest()
    if stated != check(control, message):
        raise FormatError("fragments: pieces of more than one message")
    return message


def _type(body: Body) -> Type:
    match body:
        case ThinCable():
            return Type.CABLE
        case ThinSlip():
            return Type.SLIP
        case ThinNotice():
            return Type.NOTICE
        case ThinReport():
            return Type.REPORT
        case _:
            assert_never(body)


def _encode(body: Body, tables: Tables) -> tuple[int, bytes]:
    match body:
        case ThinCable():
            return _encode_cable(body, tables)
        case ThinSlip(serial=serial, slip=opened):
            return _PLAIN, Writer().u8(serial & 0xFF).raw(slip.encode(opened), slip.SIZE).bytes()
        case ThinNotice(content=content):
            return _PLAIN, Writer().raw(content, NOTICE_SIZE).bytes()
        case ThinReport(serials=serials):
            return _PLAIN, bytes([len(serials) & 0xFF, *(serial & 0xFF for serial in serials)])
        case _:
            assert_never(body)


def _encode_cable(cable: ThinCable, tables: Tables) -> tuple[int, bytes]:
    if cable.kind not in (Kind.CABLE, Kind.TELEGRAM) or not 1 <= cable.number <= MAX_NUMBER:
        raise FormatError("thin cable: its kind or its number is out of bounds")
    method, packed = _shortest(f"{cable.subject}\n{cable.body}", tables)
    marks = cable.degree << 6 | cable.urgency << 4 | _TELEGRAM * (cable.kind is Kind.TELEGRAM) | cable.number >> 16
    minute, seconds = divmod(cable.dtg - EPOCH, _MINUTE)
    if not 0 <= minute < 1 << 24 or seconds:
        raise FormatError("thin cable: its time is out of bounds")
    head = Writer().u8(cable.serial & 0xFF).u8(marks).u16(cable.number & 0xFFFF)
    return method, head.u8(minute >> 16).u16(minute & 0xFFFF).rest(packed).bytes()


def identity(cable: ThinCable, origin: StationId, to: StationId, serial: Serial) -> bytes:
    """Return the bytes whose hash is the cable's id; `serial` is the whole one."""
    marks = cable.degree << 6 | cable.urgency << 4 | _TELEGRAM * (cable.kind is Kind.TELEGRAM)
    writer = Writer().u16(origin).u16(to).u32(serial).u8(marks).u32(cable.number).u32((cable.dtg - EPOCH) // _MINUTE)
    return writer.rest(f"{cable.subject}\n{cable.body}".encode()).bytes()


def _shortest(written: str, tables: Tables) -> tuple[int, bytes]:
    """Return the shortest encoding of a text; at equal length the plain one."""
    found: Sequence[tuple[int, bytes]] = [(_PLAIN, written.encode("utf-8", "surrogatepass"))]
    if len(written) <= thin_text.MAX_CHARACTERS:
        found = [*found, *((number, thin_text.compress(written, table)) for number, table in sorted(tables.items()))]
    return min(found, key=lambda each: len(each[1]))


def _decode_cable(reader: Reader, method: int, tables: Tables) -> ThinCable:
    serial, marks, number = reader.u8(), reader.u8(), reader.u16()
    minute = reader.u8() << 16 | reader.u16()
    if marks & 0b110:
        raise FormatError("thin cable: unknown marks")
    number |= (marks & _HIGH_BIT) << 16
    if not 1 <= number <= MAX_NUMBER:
        raise FormatError("thin cable: its number is out of bounds")
    subject, line_feed, body = _text(reader.rest(), method, tables).partition("\n")
    if not line_feed:
        raise FormatError("thin cable: no text")
    return ThinCable(
        serial=serial,
        kind=Kind.TELEGRAM if marks & _TELEGRAM else Kind.CABLE,
        degree=Degree(marks >> 6),
        urgency=Urgency(marks >> 4 & 3),
        number=number,
        dtg=EPOCH + _MINUTE * minute,
        subject=text.check(subject, *SUBJECT_LENGTH, "thin cable, subject"),
        body=text.check(body, 1, MAX_BODY, "thin cable, text", multiline=True),
    )


def _text(data: bytes, method: int, tables: Tables) -> str:
    if method == _PLAIN:
        written = data.rstrip(b"\0")
        try:
            return written.decode("utf-8")
        except UnicodeDecodeError as error:
            raise FormatError("thin cable: no text") from error
    if method not in tables:
        raise FormatError("thin cable: compressed by a table that is not here")
    return thin_text.decompress(data, tables[method])


def _decode_report(reader: Reader, ack: int | None) -> ThinReport:
    count = reader.u8()
    if ack is None or count > MAX_REPORTED:
        raise FormatError("thin report: no acknowledgement, or too many serials")
    return ThinReport(tuple(reader.raw(count)))
