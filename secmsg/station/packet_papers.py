"""A packet on paper or as a picture, whatever it holds: for commands and windows, which draw nothing themselves."""

from secmsg.papers import packet_sheets
from secmsg.wire import base45_text, groups


def pictures(packet: bytes) -> tuple[bytes, ...]:
    """Return a packet as PNG of QR codes, one for each 500 bytes; FormatError for a size out of bounds."""
    return tuple(packet_sheets.picture(part) for part in base45_text.encode(packet, base45_text.QR_BYTES))


def fax(packet: bytes, parity: int) -> bytes:
    """Return a packet as the PDF of a leaf for the fax: its groups, and its code; FormatError as above."""
    spoken = groups.encode(packet, parity)
    (part,) = base45_text.encode(packet, base45_text.QR_BYTES)
    return packet_sheets.fax(groups.lines(spoken), len(packet), part)
