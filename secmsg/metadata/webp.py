"""WebP: chunks that are no picture are left out (RFC 9649)."""

from secmsg.errors import FormatError
from secmsg.metadata import exif
from secmsg.metadata.report import Found, Trace, found

_PICTURE = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04


def clean(data: bytes) -> tuple[bytes, list[Found]]:
    """Return the picture alone, with its orientation, and what was beside it; FormatError."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise FormatError("a WebP is cut off")
    kept: list[tuple[bytes, bytes]] = []
    seen = [found(Trace.OTHER, f"{len(data) - end} B")] if data[end:].strip(b"\x00") else []
    turned, at = 1, 12
    while at + 8 <= end:
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + size]
        if len(body) < size:
            raise FormatError("a chunk of a WebP is cut off")
        if name in _PICTURE:
            kept.append((name, body))
        elif name == b"EXIF":
            turned = exif.orientation(body)
            seen += exif.describe(body)
        else:
            seen.append(found(Trace.OTHER, name))
        at += 8 + size + size % 2
    if turned != 1:
        kept.append((b"EXIF", exif.only_orientation(turned)))
    body = b"".join(_chunk(name, _flagged(name, body, turned)) for name, body in kept)
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body, seen


def _flagged(name: bytes, body: bytes, turned: int) -> bytes:
    if name != b"VP8X" or not body:
        return body
    flags = body[0] & ~(_EXIF_FLAG | _XMP_FLAG) | (_EXIF_FLAG if turned != 1 else 0)
    return bytes([flags]) + body[1:]


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + bytes(len(body) % 2)
