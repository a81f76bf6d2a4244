"""A ring: what tells a machine whose store is closed that a cable hỏa tốc was left for it (docs/spec/ring.md 1).

| Offset | Length | Field |
|---|---|---|
| 0 | 16 | nonce |
| 16 | 32 | mark |
| 48 | 464 | fill of chance |
"""

from dataclasses import dataclass

from secmsg.errors import FormatError
from secmsg.wire.padding import CLASSES

NONCE_SIZE = 16
MARK_SIZE = 32
SIZE = CLASSES[0]
FILL_SIZE = SIZE - NONCE_SIZE - MARK_SIZE


@dataclass(frozen=True, slots=True)
class Ring:
    """One ring: drawn bytes, and what shows who made it."""

    nonce: bytes
    mark: bytes


def encode(ring: Ring, fill: bytes) -> bytes:
    """Return the envelope; FormatError unless nonce, mark and `fill` (464 bytes of chance) have their lengths."""
    if (len(ring.nonce), len(ring.mark), len(fill)) != (NONCE_SIZE, MARK_SIZE, FILL_SIZE):
        raise FormatError("ring: a part of another length")
    return ring.nonce + ring.mark + fill


def decode(data: bytes) -> Ring:
    """Return the ring that may be in an envelope; FormatError when it has another length. The fill is not looked at."""
    if len(data) != SIZE:
        raise FormatError("ring: another length")
    return Ring(data[:NONCE_SIZE], data[NONCE_SIZE : NONCE_SIZE + MARK_SIZE])
