"""The session packet: a sealed header, a commitment and a body that fill a size class (docs/spec/packet.md).

    0    104   header, sealed (88 bytes and their synthetic IV)
    104  32    commitment
    136  p     pq field, sealed; absent, or 1200, 1104, 2288 bytes
    136+p      body and its tag, to the end of the packet

This module knows offsets and bounds only; the keys are in `secmsg.protocol`.
"""

import struct
from dataclasses import dataclass, field
from enum import IntEnum

from secmsg.errors import FormatError
from secmsg.wire.codec import Writer
from secmsg.wire.padding import CLASSES

TAG = 16
HEADER_SIZE = 88
SEALED_HEADER_SIZE = HEADER_SIZE + TAG
COMMITMENT_SIZE = 32
FRONT_SIZE = SEALED_HEADER_SIZE + COMMITMENT_SIZE
OVERHEAD = FRONT_SIZE + TAG
"""152 bytes of every packet that are not pq field, payload or padding."""

PUBLIC_SIZE = 32
SALT_SIZE = 16
ROOT_HASH_SIZE = 8
EK_SIZE = 1184
CT_SIZE = 1088
MAX_U32 = 0xFFFF_FFFF

_TYPE = 1
_VERSION = 1
_HEADER = struct.Struct(f">BBIII{PUBLIC_SIZE}s{SALT_SIZE}sIBBIII{ROOT_HASH_SIZE}s")


class PqKind(IntEnum):
    """What the pq field of a packet holds (docs/spec/packet.md 4)."""

    NONE = 0
    OFFER = 1
    ANSWER = 2
    BOTH = 3

    @property
    def content_size(self) -> int:
        """Bytes of the field before sealing: an offer has 1184, an answer 1088."""
        return EK_SIZE * bool(self & PqKind.OFFER) + CT_SIZE * bool(self & PqKind.ANSWER)

    @property
    def sealed_size(self) -> int:
        """Bytes of the sealed field in the packet; 0 when there is none."""
        return self.content_size + TAG if self else 0


@dataclass(frozen=True, slots=True)
class Ack:
    """What the sender has of the other direction: the highest serial without a gap, a map of what lies ahead.

    Which serial a bit stands for is the office's rule (docs/spec/continuity.md); the packet carries 32 bits.
    """

    ack: int
    bitmap: int


NO_ACK = Ack(0, 0)
"""Nothing received yet."""


@dataclass(frozen=True, slots=True)
class EditionMark:
    """The directory edition the sender holds: its number and the first 8 bytes of H(root)."""

    number: int
    root_hash: bytes


@dataclass(frozen=True, slots=True)
class PacketHeader:
    """The 88 bytes that are sealed under the header key; every integer has 32 bits."""

    epoch: int
    n: int
    pn: int
    public: bytes
    salt: bytes = field(repr=False)
    body_len: int
    pq_kind: PqKind
    ack: int
    bitmap: int
    edition: int
    root_hash: bytes


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet cut at its fixed offsets: `rest` is the pq field, the body and the tag."""

    header: bytes
    commitment: bytes
    rest: bytes


def encode_header(header: PacketHeader) -> bytes:
    """Encode to 88 bytes; FormatError when a field does not fit its width."""
    widths = (len(header.public), len(header.salt), len(header.root_hash))
    if widths != (PUBLIC_SIZE, SALT_SIZE, ROOT_HASH_SIZE):
        raise FormatError("a field of the packet header has another length")
    try:
        return _HEADER.pack(
            _TYPE, _VERSION, header.epoch, header.n, header.pn, header.public, header.salt, header.body_len,
            header.pq_kind, 0, header.ack, header.bitmap, header.edition, header.root_hash,
        )  # fmt: skip
    except struct.error:
        raise FormatError("an integer of the packet header does not fit into 4 bytes") from None


def decode_header(data: bytes) -> PacketHeader:
    """Decode exactly 88 bytes; FormatError on another type, version, pq kind or a set reserved byte."""
    if len(data) != HEADER_SIZE:
        raise FormatError(f"a packet header has {HEADER_SIZE} bytes")
    kind, version, *numbers, length, pq_kind, reserved, ack, bitmap, edition, root_hash = _HEADER.unpack(data)
    epoch, n, pn, public, salt = numbers
    if (kind, version) != (_TYPE, _VERSION):
        raise FormatError("not a packet header of this version")
    if pq_kind > PqKind.BOTH or reserved:
        raise FormatError("the packet header holds an unknown pq kind or a reserved byte")
    return PacketHeader(
        epoch, n, pn, public, salt, length, PqKind(pq_kind), ack, bitmap, edition, root_hash
    )  # fmt: skip


def split(packet: bytes) -> Packet:
    """Cut a packet of any length from 152 bytes; FormatError on a shorter one."""
    if len(packet) < OVERHEAD:
        raise FormatError("a packet has at least 152 bytes")
    return Packet(packet[:SEALED_HEADER_SIZE], packet[SEALED_HEADER_SIZE:FRONT_SIZE], packet[FRONT_SIZE:])


def check_size(packet: bytes) -> None:
    """Refuse a packet that is not exactly one of the size classes."""
    if len(packet) not in CLASSES:
        raise FormatError("a packet fills a size class")


def join_pq(kind: PqKind, offer: bytes, answer: bytes) -> bytes:
    """Put an encapsulation key and a ciphertext together as `kind` says; FormatError when one is missing."""
    writer = Writer()
    if kind & PqKind.OFFER:
        writer.raw(offer, EK_SIZE)
    if kind & PqKind.ANSWER:
        writer.raw(answer, CT_SIZE)
    return writer.bytes()


def split_pq(kind: PqKind, content: bytes) -> tuple[bytes, bytes]:
    """Cut an opened pq field of `kind` into encapsulation key and ciphertext; either may be empty."""
    cut = EK_SIZE if kind & PqKind.OFFER else 0
    return content[:cut], content[cut:]
