"""The pouch: sealed envelopes, blobs and editions in one file without any mark (docs/spec/pouch.md).

    0     32      salt
    32    64 × 48 slots, each the file key sealed for one device, or random
    3104  …       the stream: head, editions, envelopes, blobs, zeros

This module knows offsets, records and bounds; the keys are in `secmsg.station`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias, assert_never

from secmsg.errors import FormatError
from secmsg.ids import DeviceId, MessageId
from secmsg.wire import codec, padding
from secmsg.wire.codec import Reader, Writer
from secmsg.wire.feed import MAX_SEGMENT

SALT_SIZE = 32
SLOT_SIZE = 48
SLOTS = 64
FRONT_SIZE = SALT_SIZE + SLOTS * SLOT_SIZE
NAME_SIZE = 16
HEAD_SIZE = 1 + 8 + 2 + 4 + 4 + 8

MIN_STREAM = 65_536
"""Bytes of the stream's plaintext at least, so that one short cable looks like twenty."""
MAX_TAIL = 511
"""Zeros at most beyond the padded length, so that no file's length is a round number of sectors."""

MAX_EDITIONS = 64
MAX_ENVELOPES = 4_096
MAX_BLOBS = 4_096
MAX_BLOB = 2**32

_VERSION = 1
_EDITION, _ENVELOPE, _BLOB = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Head:
    """What the pouch holds: when it was made, how many of each record, and `size`, their bytes together."""

    made_at: int
    editions: int
    envelopes: int
    blobs: int
    size: int


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """One segment of the directory feed."""

    number: int
    segment: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class EnvelopeRecord:
    """One sealed envelope, and the device it is for."""

    device: DeviceId
    message_id: MessageId
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class BlobRecord:
    """The head of a blob; `size` bytes of its ciphertext follow, which the caller reads."""

    name: bytes
    size: int


Record: TypeAlias = EditionRecord | EnvelopeRecord | BlobRecord
Read: TypeAlias = Callable[[int], bytes]
"""Gives exactly so many of the next bytes of the stream's plaintext, or raises."""


def stream_size(content: int, tail: int) -> int:
    """Return the plaintext size of a stream for `content` bytes of head and records; `tail` is drawn from 0 to 511."""
    if not 0 <= tail <= MAX_TAIL:
        raise FormatError("pouch: the tail is out of bounds")
    return max(padding.padme(content), MIN_STREAM) + tail


def front(salt: bytes, slots: tuple[bytes, ...]) -> bytes:
    """Put salt and all 64 slots together; FormatError on another count or length."""
    if len(slots) != SLOTS:
        raise FormatError("pouch: not every slot is there")
    writer = Writer().raw(salt, SALT_SIZE)
    for slot in slots:
        writer.raw(slot, SLOT_SIZE)
    return writer.bytes()


def split_front(data: bytes) -> tuple[bytes, tuple[bytes, ...]]:
    """Cut exactly 3 104 bytes into salt and slots; FormatError on another length."""
    reader = Reader(data)
    salt = reader.raw(SALT_SIZE)
    slots = tuple(reader.raw(SLOT_SIZE) for _ in range(SLOTS))
    reader.end()
    return salt, slots


def encode_head(head: Head) -> bytes:
    """Return the 27 bytes; FormatError where a field is out of bounds."""
    encoded = (
        Writer()
        .u8(_VERSION)
        .u64(head.made_at)
        .u16(head.editions)
        .u32(head.envelopes)
        .u32(head.blobs)
        .u64(head.size)
        .bytes()
    )
    decode_head(encoded)  # what leaves here is what every receiver takes
    return encoded


def decode_head(data: bytes) -> Head:
    """Return the head of exactly 27 bytes; FormatError on another version or a field out of bounds."""
    reader = Reader(data)
    if reader.u8() != _VERSION:
        raise FormatError("pouch: not a head of this version")
    head = Head(reader.u64(), reader.u16(), reader.u32(), reader.u32(), reader.u64())
    reader.end()
    for value, most in (
        (head.made_at, codec.MAX_TIME),
        (head.editions, MAX_EDITIONS),
        (head.envelopes, MAX_ENVELOPES),
        (head.blobs, MAX_BLOBS),
        (head.size, padding.MAX_PADDED - HEAD_SIZE),
    ):
        if value > most:
            raise FormatError("pouch: the head is out of bounds")
    return head


def encode_record(record: Record) -> bytes:
    """Return a record; of a blob its head alone, its bytes follow. FormatError where a bound does not hold."""
    match record:
        case EditionRecord(number, segment):
            _check(0 < len(segment) <= MAX_SEGMENT)
            return Writer().u8(_EDITION).u32(number).u32(len(segment)).raw(segment, len(segment)).bytes()
        case EnvelopeRecord(device, message_id, body):
            _check(len(body) in padding.CLASSES)
            writer = Writer().u8(_ENVELOPE).u16(device).raw(message_id, NAME_SIZE).u16(len(body))
            return writer.raw(body, len(body)).bytes()
        case BlobRecord(name, size):
            _check(0 < size <= MAX_BLOB)
            return Writer().u8(_BLOB).raw(name, NAME_SIZE).u64(size).bytes()
        case _:
            assert_never(record)


def record_size(record: Record) -> int:
    """Return how many bytes a record takes, a blob's own included."""
    return len(encode_record(record)) + (record.size if isinstance(record, BlobRecord) else 0)


def read_edition(read: Read) -> EditionRecord:
    """Read an edition; FormatError."""
    reader = Reader(read(9))
    _check(reader.u8() == _EDITION)
    number, size = reader.u32(), reader.u32()
    # Bounds before a byte of it is asked for.
    _check(0 < size <= MAX_SEGMENT)
    return EditionRecord(number, read(size))


def read_envelope(read: Read) -> EnvelopeRecord:
    """Read an envelope; FormatError."""
    reader = Reader(read(21))
    _check(reader.u8() == _ENVELOPE)
    device, message_id, size = DeviceId(reader.u16()), MessageId(reader.raw(NAME_SIZE)), reader.u16()
    _check(size in padding.CLASSES)
    return EnvelopeRecord(device, message_id, read(size))


def read_blob(read: Read) -> BlobRecord:
    """Read the head of a blob; the caller must take its bytes before the next record. FormatError."""
    reader = Reader(read(25))
    _check(reader.u8() == _BLOB)
    record = BlobRecord(reader.raw(NAME_SIZE), reader.u64())
    _check(0 < record.size <= MAX_BLOB)
    return record


def check_end(content: int, total: int) -> None:
    """Refuse a stream whose plaintext has another length than its content asks for."""
    _check(0 <= total - stream_size(content, 0) <= MAX_TAIL)


def _check(holds: bool) -> None:  # noqa: FBT001 - the truth asserted
    if not holds:
        raise FormatError("pouch: a record is not as it should be")
