"""A cable that goes by hand: what its groups and its clear header say, how it is kept, by what its id is known.

Source: docs/spec/by-hand.md 2 and 8.
"""

from dataclasses import dataclass, field

from secmsg.errors import FormatError
from secmsg.ids import Serial, StationId
from secmsg.wire import codec
from secmsg.wire.cable import MAX_BODY, MAX_NUMBER, Degree, Urgency
from secmsg.wire.codec import Fields, Value, Writer
from secmsg.wire.item import MAX_SERIAL

MAX_BYTES = 2**20

MAX_SPOKEN = 99_999
"""The highest serial that a clear header can say."""

_VERSION = 1
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class HandCable:
    """What a message by hand says: `serial` and `dtg` (UTC seconds, a full minute) stand in its clear header."""

    serial: Serial
    degree: Degree
    urgency: Urgency
    number: int
    dtg: int
    body: str = field(repr=False)


def encode(cable: HandCable) -> bytes:
    """Return the canonical bytes of a cable by hand; FormatError where a bound does not hold."""
    values: list[Value] = [
        int(cable.serial), int(cable.degree), int(cable.urgency), cable.number, cable.dtg, cable.body,
    ]  # fmt: skip
    encoded = codec.encode({0: _VERSION, **dict(enumerate(values, 1))})
    decode(encoded)
    return encoded


def decode(data: bytes) -> HandCable:
    """Return the cable that was encoded; FormatError if the bytes are not one."""
    fields = Fields(codec.decode(data, max_bytes=MAX_BYTES), "cable by hand")
    fields.uint(0, _VERSION, _VERSION)
    cable = HandCable(
        serial=Serial(fields.uint(1, 1, MAX_SERIAL)),
        degree=fields.choice(2, Degree),
        urgency=fields.choice(3, Urgency),
        number=fields.uint(4, 1, MAX_NUMBER),
        dtg=fields.uint(5, 0, codec.MAX_TIME),
        body=fields.text(6, 1, MAX_BODY, multiline=True),
    )
    fields.done()
    if cable.dtg % _MINUTE:
        raise FormatError("cable by hand: the date-time group is no full minute")
    return cable


def identity(cable: HandCable, origin: StationId, to: StationId) -> bytes:
    """Return what the id of a cable by hand is the hash of (docs/spec/by-hand.md 2)."""
    head = Writer().u16(origin).u16(to).u8(cable.degree).u8(cable.urgency)
    return head.u32(cable.number).u64(cable.dtg).rest(cable.body.encode("utf-8")).bytes()


def spoken(serial: Serial) -> int:
    """Return how a clear header says a serial of the pair: five figures, beginning anew after 99 999."""
    return (serial - 1) % MAX_SPOKEN + 1


def nearest(heard: int, known: int) -> Serial:
    """Return the serial that a header means, when the highest one known of the pair is `known` (0: none).

    The one nearest to `known` + 1, the higher of two equally near.
    """
    lap = known // MAX_SPOKEN
    found = [each * MAX_SPOKEN + heard for each in range(max(0, lap - 1), lap + 2)]
    return Serial(min(found, key=lambda each: (abs(each - known - 1), -each)))
