"""An addition to a delegation kit on the road: what stands inside, and the frame that is sealed.

Source: docs/spec/kit.md 6. Nothing is sealed or verified here: `station/kit_drops.py` does.

    file     "SMKITADD" 8 | version u8 | X25519 public 32 | ML-KEM-768 ciphertext 1088 | stream
    inside   u32 length | head | signature 3373 | the sealed enclosures, one after the other
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from secmsg.errors import FormatError
from secmsg.wire import codec
from secmsg.wire.cable import MAX_ANNEXES, MAX_SIGNED_BYTES, SIGNATURE_SIZE
from secmsg.wire.codec import Fields, Reader, Value, Writer

MAGIC = b"SMKITADD"
VERSION = 1
EXCHANGE_SIZE, KEM_SIZE = 32, 1088
FRONT_SIZE = len(MAGIC) + 1 + EXCHANGE_SIZE + KEM_SIZE
MAX_FILE = 64 * 2**20
MAX_HEAD = 16 * 2**20
MAX_CABLES = 20
MAX_NUMBER = 999
MAX_PROVEN = 2**20
MAX_NAMES = 512
_ID_SIZE = 16
_NAME = 120
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Packed:
    """One cable as it goes into a kit: under the kit's own id, signed by the kit's key, with slips of its own.

    `signed` is the encoded SignedCable, `proven` the encoded record of what the post had proven of it.
    """

    signed: bytes = field(repr=False)
    incoming: bool
    at: int
    register_line: int
    acknowledged_at: int
    proven: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Longer:
    """What the post allows from now on: the end, openings and minutes in all.

    `now` is the latest that the kit may have seen from then on: the post's own time where it forgives a wrong clock.
    """

    until: int
    openings: int
    minutes: int
    now: int


@dataclass(frozen=True, slots=True)
class Head:
    """What an addition says: for which kit, the how-many-th, its cables, the sizes of their enclosures, names."""

    kit: bytes
    number: int
    made_at: int
    cables: tuple[Packed, ...]
    blobs: tuple[tuple[int, ...], ...]
    names: tuple[tuple[int, str, str], ...]
    longer: Longer | None = None


@dataclass(frozen=True, slots=True)
class Front:
    """The clear front of the file: the sender's one-time halves."""

    exchange: bytes
    kem: bytes


def encode_front(front: Front) -> bytes:
    """Return the first bytes of a file."""
    return (
        Writer().raw(MAGIC, len(MAGIC)).u8(VERSION).raw(front.exchange, EXCHANGE_SIZE).raw(front.kem, KEM_SIZE).bytes()
    )


def split_file(data: bytes) -> tuple[Front, bytes, bytes]:
    """Return the front, its bytes and the sealed stream; FormatError for anything but an addition to a kit."""
    if len(data) > MAX_FILE:
        raise FormatError("an addition to a kit has at most 64 MiB")
    reader = Reader(data)
    if reader.left() < FRONT_SIZE or reader.raw(len(MAGIC)) != MAGIC:
        raise FormatError("this is no addition to a kit")
    if reader.u8() != VERSION:
        raise FormatError("this addition to a kit was made by a newer version")
    front = Front(reader.raw(EXCHANGE_SIZE), reader.raw(KEM_SIZE))
    return front, data[:FRONT_SIZE], reader.rest()


def encode_head(head: Head) -> bytes:
    """Return the canonical bytes of the head; FormatError where a bound does not hold."""
    cables: list[Value] = [
        [c.signed, c.incoming, c.at, c.register_line, c.acknowledged_at, c.proven, list(sizes)]
        for c, sizes in zip(head.cables, head.blobs, strict=True)
    ]
    fields: dict[int, Value] = {
        0: _VERSION, 1: head.kit, 2: head.number, 3: head.made_at, 4: cables, 5: [list(each) for each in head.names],
    }  # fmt: skip
    if head.longer is not None:
        fields[6] = [head.longer.until, head.longer.openings, head.longer.minutes, head.longer.now]
    encoded = codec.encode(fields)
    decode_head(encoded)
    return encoded


def decode_head(data: bytes) -> Head:
    """Return the head; FormatError unless every byte is as docs/spec/kit.md says."""
    fields = Fields(codec.decode(data, max_bytes=MAX_HEAD), "kit addition")
    fields.uint(0, _VERSION, _VERSION)
    kit = fields.raw(1, _ID_SIZE)
    number = fields.uint(2, 1, MAX_NUMBER)
    made_at = fields.uint(3, 0, codec.MAX_TIME)
    packed = tuple(_packed(each) for each in fields.array(4, 0, MAX_CABLES))
    names = tuple(_name(each) for each in fields.array(5, 0, MAX_NAMES))
    longer = _longer(fields.optional_array(6, 4, 4))
    fields.done()
    if not packed and longer is None:
        raise FormatError("kit addition: nothing is added")
    return Head(kit, number, made_at, tuple(c for c, _ in packed), tuple(s for _, s in packed), names, longer)


def _packed(value: Value) -> tuple[Packed, tuple[int, ...]]:
    what = "kit addition, cable"
    signed, incoming, at, line, acknowledged, proven, sizes = codec.as_array(value, 7, 7, what)
    cable = Packed(
        codec.as_raw(signed, 1, MAX_SIGNED_BYTES, what),
        codec.as_flag(incoming, what),
        codec.as_uint(at, 0, codec.MAX_TIME, what),
        codec.as_uint(line, 0, 2**31 - 1, what),
        codec.as_uint(acknowledged, 0, codec.MAX_TIME, what),
        codec.as_raw(proven, 1, MAX_PROVEN, what),
    )
    each = codec.as_array(sizes, 0, MAX_ANNEXES, what)
    return cable, tuple(codec.as_uint(size, 1, MAX_FILE, what) for size in each)


def _name(value: Value) -> tuple[int, str, str]:
    what = "kit addition, name"
    station, vi, en = codec.as_array(value, 3, 3, what)
    return (
        codec.as_uint(station, 1, 0xFFFF, what),
        codec.as_text(vi, 1, _NAME, what),
        codec.as_text(en, 0, _NAME, what),
    )


def _longer(values: list[Value] | None) -> Longer | None:
    if values is None:
        return None
    what = "kit addition, longer"
    until, openings, minutes, now = values
    return Longer(
        codec.as_uint(until, 1, codec.MAX_TIME, what),
        codec.as_uint(openings, 1, 2**31 - 1, what),
        codec.as_uint(minutes, 1, 2**31 - 1, what),
        codec.as_uint(now, 0, codec.MAX_TIME, what),
    )


def encode_inside(head: bytes, signature: bytes, blobs: Iterable[bytes]) -> bytes:
    """Return what is sealed."""
    whole = Writer().u32(len(head)).raw(head, len(head)).raw(signature, SIGNATURE_SIZE).bytes()
    return whole + b"".join(blobs)


def decode_inside(data: bytes) -> tuple[bytes, bytes, bytes]:
    """Return the head's bytes, the signature over them and the enclosures together; FormatError when cut short."""
    reader = Reader(data)
    length = reader.u32()
    if length > MAX_HEAD:
        raise FormatError("kit addition: the head is beyond the limit")
    return reader.raw(length), reader.raw(SIGNATURE_SIZE), reader.rest()


def split_blobs(head: Head, data: bytes) -> tuple[tuple[bytes, ...], ...]:
    """Cut the enclosures by the head's sizes; FormatError unless they fill them exactly."""
    reader = Reader(data)
    found = tuple(tuple(reader.raw(size) for size in sizes) for sizes in head.blobs)
    reader.end()
    return found
