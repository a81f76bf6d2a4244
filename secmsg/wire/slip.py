"""The slip: the key and the identity of one blob, 81 bytes, small enough for one SMS.

Source: docs/spec/slip.md. Travels inside the signed cable or a packet, never beside the blob.
"""

from dataclasses import dataclass, field

from secmsg.errors import FormatError
from secmsg.wire.codec import Reader, Writer

SIZE = 81
MAX_CONTENT = 2**31
"""2 GiB: the hard limit of one annex."""

_TYPE = 1


@dataclass(frozen=True, slots=True)
class Slip:
    """What opens one blob.

    `key` is the blob's content key (32 B, a secret: hidden in repr); `size` the length of the content inside,
    before manifest, signature and fill; `manifest_hash` 32 B, SHA-512/256 of the encoded manifest;
    `circular_serial` 0 outside circulars; `expiry` UTC seconds after which relays have dropped the blob, 0
    where nothing is promised.
    """

    key: bytes = field(repr=False)
    size: int
    manifest_hash: bytes
    circular_serial: int = 0
    expiry: int = 0


def encode(slip: Slip) -> bytes:
    """Return the 81 bytes; FormatError where a field does not fit."""
    if not 0 <= slip.size <= MAX_CONTENT:
        raise FormatError("slip: the size is beyond the limit")
    return (
        Writer()
        .u8(_TYPE)
        .raw(slip.key, 32)
        .u64(slip.size)
        .raw(slip.manifest_hash, 32)
        .u32(slip.circular_serial)
        .u32(slip.expiry)
        .bytes()
    )


def decode(data: bytes) -> Slip:
    """Return the slip; FormatError unless all 81 bytes are as the table says."""
    reader = Reader(data)
    if reader.u8() != _TYPE:
        raise FormatError("slip: unknown type")
    slip = Slip(
        key=reader.raw(32),
        size=reader.u64(),
        manifest_hash=reader.raw(32),
        circular_serial=reader.u32(),
        expiry=reader.u32(),
    )
    reader.end()
    if slip.size > MAX_CONTENT:
        raise FormatError("slip: the size is beyond the limit")
    return slip
