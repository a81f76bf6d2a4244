"""PNG: chunks that are no picture are left out; the pixels' own chunks stay as they are (PNG, third edition)."""

import zlib

from secmsg.errors import FormatError
from secmsg.metadata import exif
from secmsg.metadata.report import Found, Trace, found

MAGIC = b"\x89PNG\r\n\x1a\n"
_PICTURE = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD hIST pHYs sPLT acTL fcTL fdAT".split()
)
_TEXT = frozenset((b"tEXt", b"zTXt", b"iTXt"))
_KINDS = {b"author": Trace.AUTHOR, b"software": Trace.SOFTWARE, b"source": Trace.DEVICE, b"creation time": Trace.TIME}


def clean(data: bytes) -> tuple[bytes, list[Found]]:
    """Return the picture alone, with its orientation, and what was beside it; FormatError."""
    kept: list[bytes] = [MAGIC]
    seen: list[Found] = []
    at, name = len(MAGIC), b""
    while name != b"IEND":
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 12 + length
        if len(name) < 4 or end > len(data):
            raise FormatError("a chunk of a PNG is cut off")
        body = data[at + 8 : end - 4]
        if name in _PICTURE:
            kept.append(data[at:end])
        elif name[:1].isupper():
            raise FormatError("a PNG with a chunk that must be understood and is not")
        else:
            seen += _described(name, body)
        if name == b"eXIf" and (turned := exif.orientation(body)) != 1:
            kept.append(_chunk(b"eXIf", exif.only_orientation(turned)))
        at = end
    if data[at:].strip(b"\x00"):
        seen.append(found(Trace.OTHER, f"{len(data) - at} B"))
    return b"".join(kept), seen


def _chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def _described(name: bytes, body: bytes) -> list[Found]:
    if name in _TEXT:
        key, _, value = body.partition(b"\x00")
        # What is compressed is not unpacked: it goes either way.
        shown = value if name == b"tEXt" else b""
        return [found(_KINDS.get(key.lower(), Trace.COMMENT), key + (b": " + shown if shown else b""))]
    if name == b"tIME" and len(body) == 7:
        year = int.from_bytes(body[:2], "big")
        return [found(Trace.TIME, f"{year}-{body[2]:02}-{body[3]:02} {body[4]:02}:{body[5]:02}:{body[6]:02}")]
    if name == b"eXIf":
        return list(exif.describe(body))
    return [found(Trace.OTHER, name)]
