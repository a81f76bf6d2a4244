"""A packet as base45 text in parts: for text messages and for QR codes (docs/spec/groups.md 8).

    part   number / parts : check of the whole packet, 3 signs  piece in base45  :

Every sign is one of a text message's and of a QR code's own letters. The parts prove nothing, as the groups do not.
"""

import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import base45

from secmsg.errors import FormatError

MAX_BYTES = 1_960
"""The longest thin packet (docs/spec/thin.md 4)."""
MAX_PARTS = 20
SMS_BYTES = 100
"""Of a part for a text message: 150 signs of the 160 hold them."""
QR_BYTES = 500
"""Of a part for a QR code: a denser one is hard to read from a sheet."""
MAX_PART = 1_024
"""Signs of a part."""

_PART = re.compile(r"([1-9][0-9]?)/([1-9][0-9]?):(.{3})(.*):", re.DOTALL)
_INITIAL = 0xFFFF


@dataclass(frozen=True, slots=True)
class Part:
    """One part as it came: `number` of `parts` of the packet with this check."""

    number: int
    parts: int
    check: int
    piece: bytes = field(repr=False)


def encode(packet: bytes, size: int) -> tuple[str, ...]:
    """Return a packet in parts of `size` bytes, the last maybe shorter; FormatError when it is empty or too long."""
    count = -(-len(packet) // size)
    if not 1 <= len(packet) <= MAX_BYTES or count > MAX_PARTS:
        raise FormatError(f"base45: {len(packet)} bytes in parts of {size}")
    check = _signs(_check(packet).to_bytes(2))
    pieces = (packet[at : at + size] for at in range(0, len(packet), size))
    return tuple(f"{number}/{count}:{check}{_signs(piece)}:" for number, piece in enumerate(pieces, 1))


def is_part(line: str) -> bool:
    """Say whether a line begins as a part does."""
    return re.match(r"\s*[1-9][0-9]?/[1-9][0-9]?:", line) is not None


def decode(line: str) -> Part:
    """Return one part; FormatError when it is cut short, altered, or another encoding than the one it has."""
    if len(line) > MAX_PART:
        raise FormatError(f"base45: a part has at most {MAX_PART} signs")
    matched = _PART.fullmatch(line.strip().upper())
    if matched is None:
        raise FormatError("base45: a part is cut short, or not one")
    number, parts = int(matched[1]), int(matched[2])
    check, piece = _bytes(matched[3]), _bytes(matched[4])
    if not number <= parts <= MAX_PARTS or len(check) != 2 or not piece:
        raise FormatError("base45: a part's numbers or its check are out of bounds")
    return Part(number, parts, int.from_bytes(check), piece)


def joined(parts: Iterable[Part]) -> bytes:
    """Return the packet of its parts, in any order and each as often as it came.

    FormatError names the parts that are missing, or says that they are not of one packet or were altered.
    """
    found = sorted(set(parts), key=lambda part: part.number)
    if not found:
        raise FormatError("base45: no part")
    first = found[0]
    numbers = [part.number for part in found]
    if len(set(numbers)) != len(numbers) or {(part.parts, part.check) for part in found} != {
        (first.parts, first.check)
    }:
        raise FormatError("base45: the parts are not of one packet")
    missing = [str(number) for number in range(1, first.parts + 1) if number not in numbers]
    if missing:
        raise FormatError(f"base45: part {', '.join(missing)} of {first.parts} is missing")
    packet = b"".join(part.piece for part in found)
    if len(packet) > MAX_BYTES or _check(packet) != first.check:
        raise FormatError("base45: altered on its way, or too long")
    return packet


def _check(packet: bytes) -> int:
    return binascii.crc_hqx(packet, _INITIAL)


def _signs(data: bytes) -> str:
    signs: bytes = base45.b45encode(data)
    return signs.decode("ascii")


def _bytes(signs: str) -> bytes:
    """Decode, and hold the text to be the one encoding of what it gives."""
    try:
        data: bytes = base45.b45decode(signs)
    except ValueError:
        raise FormatError("base45: a sign that is none, or a group that holds too much") from None
    if _signs(data) != signs:
        raise FormatError("base45: not the encoding of its bytes")
    return data
