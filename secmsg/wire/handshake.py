"""The one message that opens a session, HX1, before and after its sealing (docs/spec/handshake.md 3).

    0     16    veil tag
    16    12    suite 1, type 1, flags 2, signed prekey id 4, one-time prekey id 4
    28    32    ephemeral X25519
    60    1568  ML-KEM-1024 ciphertext to the signed prekey
    1628  1088  ML-KEM-768 ciphertext to the one-time prekey (random filler in the last-resort case)
    2716  …     box, to the end of the size class

This module knows offsets and bounds only; the keys are in `secmsg.protocol.handshake`.
"""

from dataclasses import dataclass, field
from enum import IntEnum

from secmsg.errors import FormatError
from secmsg.ids import CertificateRef, SessionId
from secmsg.wire.codec import Reader, Writer
from secmsg.wire.packet import CT_SIZE, EK_SIZE, OVERHEAD, PUBLIC_SIZE, ROOT_HASH_SIZE, TAG, EditionMark
from secmsg.wire.padding import CLASSES

SIZE_CLASSES = CLASSES[2:]
"""8192 and 32768 bytes: sizes of a whole handshake message (docs/spec/handshake.md 3)."""

HEAD_SIZE = 12
CT_SPK_SIZE = 1568
FRONT_SIZE = HEAD_SIZE + PUBLIC_SIZE + CT_SPK_SIZE + CT_SIZE
"""2700 bytes inside the veil and before the box."""

CERTIFICATE_REF_SIZE = 32
SIGNATURE_SIZE = 3373
SESSION_ID_SIZE = 16
TERMS_SIZE = 4 + SESSION_ID_SIZE + 1 + 4 + ROOT_HASH_SIZE + PUBLIC_SIZE + EK_SIZE
"""1249 bytes: generation 4, previous session 16, reason 1, edition 4 + 8, X25519 32, ML-KEM-768 1184."""

BOX_FRONT_SIZE = CERTIFICATE_REF_SIZE + SIGNATURE_SIZE + TERMS_SIZE
"""4654 bytes of the box before the first packet."""

_AROUND_PACKET = TAG + FRONT_SIZE + TAG + BOX_FRONT_SIZE
FIRST_PACKET_SIZES = tuple(size - _AROUND_PACKET for size in SIZE_CLASSES)
"""Bytes of the first packet inside the box: 806 or 25 382."""

FIRST_PAYLOAD_SMALL = FIRST_PACKET_SIZES[0] - OVERHEAD
"""654 bytes: the longest first payload in the 8 KiB class."""

FIRST_PAYLOAD_MAX = FIRST_PACKET_SIZES[1] - OVERHEAD
"""25 230 bytes: the longest first payload at all."""

NO_SESSION = SessionId(bytes(SESSION_ID_SIZE))
"""Stands for "no previous session"."""

SUITE = 1
_TYPE = 1
_LAST_RESORT = 0x0001


class ResetReason(IntEnum):
    """Why a session is opened; anything but FIRST is a break of continuity shown to both operators."""

    FIRST = 0
    STATE_LOST = 1
    STATE_RESTORED = 2
    DAMAGED = 3
    SCHEDULED = 4
    COMPROMISE = 5


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before the box; `one_time_id` is None in the last-resort case."""

    signed_id: int
    one_time_id: int | None
    ephemeral: bytes
    ct_signed: bytes = field(repr=False)
    ct_one_time: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Box:
    """What the box holds; `signature` covers everything but itself and the first packet."""

    sender: CertificateRef
    signature: bytes = field(repr=False)
    generation: int
    previous: SessionId
    reason: ResetReason
    edition: EditionMark
    public: bytes
    offer: bytes = field(repr=False)
    packet: bytes = field(repr=False)


def encode_head(signed_id: int, one_time_id: int | None) -> bytes:
    """Encode the 12 bytes of suite, type, flags and prekey ids; one-time ids start at 1.

    In the last-resort case (`one_time_id` None) flag bit 0 is set and the id is 0.
    """
    if one_time_id == 0:
        raise FormatError("one-time prekey ids start at 1")
    flags = _LAST_RESORT if one_time_id is None else 0
    return Writer().u8(SUITE).u8(_TYPE).u16(flags).u32(signed_id).u32(one_time_id or 0).bytes()


def encode_front(front: Front) -> bytes:
    """Encode to 2700 bytes; FormatError when a field does not fit its width."""
    return (
        Writer()
        .raw(encode_head(front.signed_id, front.one_time_id), HEAD_SIZE)
        .raw(front.ephemeral, PUBLIC_SIZE)
        .raw(front.ct_signed, CT_SPK_SIZE)
        .raw(front.ct_one_time, CT_SIZE)
        .bytes()
    )


def decode_front(data: bytes) -> tuple[Front, bytes]:
    """Decode what the veil held into its front and the sealed box; FormatError on any unknown value."""
    reader = Reader(data)
    if (reader.u8(), reader.u8()) != (SUITE, _TYPE):
        raise FormatError("not a handshake of this suite")
    flags, signed_id, one_time_id = reader.u16(), reader.u32(), reader.u32()
    if flags not in (0, _LAST_RESORT) or (flags == _LAST_RESORT) != (one_time_id == 0):
        raise FormatError("the handshake's flags and prekey ids do not fit together")
    front = Front(
        signed_id=signed_id,
        one_time_id=one_time_id or None,
        ephemeral=reader.raw(PUBLIC_SIZE),
        ct_signed=reader.raw(CT_SPK_SIZE),
        ct_one_time=reader.raw(CT_SIZE),
    )
    return front, reader.rest()


def encode_box(box: Box) -> bytes:
    """Encode to 4654 bytes and the first packet; FormatError when a field does not fit its width."""
    return (
        Writer()
        .raw(box.sender, CERTIFICATE_REF_SIZE)
        .raw(box.signature, SIGNATURE_SIZE)
        .raw(encode_terms(box), TERMS_SIZE)
        .rest(box.packet)
        .bytes()
    )


def encode_terms(box: Box) -> bytes:
    """Encode the 1249 bytes that enter the transcript after the sender's certificate reference."""
    return (
        Writer()
        .u32(box.generation)
        .raw(box.previous, SESSION_ID_SIZE)
        .u8(box.reason)
        .u32(box.edition.number)
        .raw(box.edition.root_hash, ROOT_HASH_SIZE)
        .raw(box.public, PUBLIC_SIZE)
        .raw(box.offer, EK_SIZE)
        .bytes()
    )


def decode_box(data: bytes) -> Box:
    """Decode an opened box; FormatError on an unknown reason, generation 0 or another size of the packet."""
    reader = Reader(data)
    sender = CertificateRef(reader.raw(CERTIFICATE_REF_SIZE))
    signature = reader.raw(SIGNATURE_SIZE)
    generation, previous, reason = reader.u32(), SessionId(reader.raw(SESSION_ID_SIZE)), reader.u8()
    if generation == 0 or reason > max(ResetReason):
        raise FormatError("the handshake holds generation 0 or an unknown reason")
    box = Box(
        sender=sender,
        signature=signature,
        generation=generation,
        previous=previous,
        reason=ResetReason(reason),
        edition=EditionMark(reader.u32(), reader.raw(ROOT_HASH_SIZE)),
        public=reader.raw(PUBLIC_SIZE),
        offer=reader.raw(EK_SIZE),
        packet=reader.rest(),
    )
    if len(box.packet) not in FIRST_PACKET_SIZES:
        raise FormatError("the handshake does not fill a size class")
    return box
