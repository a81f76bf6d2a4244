"""What two packets of a paper recovery say, before and after their sealing (docs/spec/recovery.md 3).

0     4     tag
4     16    synthetic IV
20    21    sealed: nonce 16, generation 4, reason 1
"""

from dataclasses import dataclass, field

from secmsg.errors import FormatError
from secmsg.wire.codec import Reader, Writer
from secmsg.wire.handshake import ResetReason

TAG_SIZE = 4
NONCE_SIZE = 16
TERMS_SIZE = NONCE_SIZE + 4 + 1
PACKET_SIZE = TAG_SIZE + 16 + TERMS_SIZE
"""41 bytes: 27 groups of figures."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What one side says: a fresh nonce, the generation of the session to come, why it is wanted."""

    nonce: bytes = field(repr=False)
    generation: int
    reason: ResetReason


def encode(terms: Terms) -> bytes:
    """Encode to 21 bytes; FormatError on generation 0, no reason, or another length of the nonce."""
    _check(terms)
    return Writer().raw(terms.nonce, NONCE_SIZE).u32(terms.generation).u8(terms.reason).bytes()


def decode(data: bytes) -> Terms:
    """Decode exactly 21 bytes; FormatError on what `encode` does not write."""
    reader = Reader(data)
    nonce, generation, reason = reader.raw(NONCE_SIZE), reader.u32(), reader.u8()
    reader.end()
    if reason > max(ResetReason):
        raise FormatError("the recovery holds an unknown reason")
    terms = Terms(nonce, generation, ResetReason(reason))
    _check(terms)
    return terms


def split(packet: bytes) -> tuple[bytes, bytes]:
    """Return tag and sealed part of a packet of exactly 41 bytes."""
    if len(packet) != PACKET_SIZE:
        raise FormatError(f"a recovery packet has {PACKET_SIZE} bytes")
    return packet[:TAG_SIZE], packet[TAG_SIZE:]


def _check(terms: Terms) -> None:
    if terms.generation == 0 or terms.reason is ResetReason.FIRST:
        raise FormatError("a recovery has a generation from 1 and a reason")
