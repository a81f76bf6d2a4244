"""The revocation notice: 12 bytes by which headquarters says that a machine is lost, before an edition can say so.

Source: docs/spec/devices.md 6. Small enough for one thin packet; authenticated by the session that brings it.
"""

from dataclasses import dataclass
from enum import IntEnum

from secmsg.errors import FormatError
from secmsg.ids import DeviceId, EditionNumber
from secmsg.wire.codec import Reader, Writer

SIZE = 12


class RevocationReason(IntEnum):
    """Why nothing is to be sent to a machine any more."""

    LIFTED = 0
    """The notice before was wrong: sending goes on."""
    LOST = 1
    SEIZED = 2
    COMPROMISED = 3
    RETIRED = 4


@dataclass(frozen=True, slots=True)
class Revocation:
    """Which machine, why, since when (UTC seconds), and the number of the edition that will confirm it."""

    edition: EditionNumber
    device: DeviceId
    reason: RevocationReason
    at: int


def encode(revocation: Revocation) -> bytes:
    """Return the 12 bytes; FormatError where a field does not fit."""
    written = Writer().u32(revocation.edition).u16(revocation.device).u8(revocation.reason).u8(0).u32(revocation.at)
    encoded = written.bytes()
    decode(encoded)  # what leaves here is what every receiver takes
    return encoded


def decode(data: bytes) -> Revocation:
    """Return the notice; FormatError unless all 12 bytes are as docs/spec/devices.md says."""
    reader = Reader(data)
    edition, device, reason, reserved, at = reader.u32(), reader.u16(), reader.u8(), reader.u8(), reader.u32()
    reader.end()
    if not edition or not device or reserved or reason not in set(RevocationReason):
        raise FormatError("revocation: a field has no value of its table")
    return Revocation(EditionNumber(edition), DeviceId(device), RevocationReason(reason), at)
