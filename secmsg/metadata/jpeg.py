"""JPEG: segments that are no picture are left out; not one bit of the picture changes (ITU-T T.81 B)."""

import re

from secmsg.errors import FormatError
from secmsg.metadata import exif
from secmsg.metadata.report import Found, Trace, found

MAGIC = b"\xff\xd8\xff"
_EXIF = b"Exif\x00\x00"
_XMP = b"http://ns.adobe.com/"
_SOS, _EOI, _COM, _APP0, _APP1, _APP2, _APP14, _APP15 = 0xDA, 0xD9, 0xFE, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF
# In coded data FF is followed by 00 or a restart; FF FF is fill.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)


def clean(data: bytes) -> tuple[bytes, list[Found]]:
    """Return the picture alone with its colour profile and orientation, and what was beside it; FormatError."""
    kept: list[bytes] = [b"\xff\xd8"]
    seen: list[Found] = []
    turned = 1
    at = 2
    while True:
        marker, start = _marker(data, at)
        if marker == _EOI:
            kept.append(b"\xff\xd9")
            if data[start:].strip(b"\x00"):
                seen.append(found(Trace.OTHER, f"{len(data) - start} B"))
            break
        end = start + int.from_bytes(data[start : start + 2], "big")
        if end < start + 2 or end > len(data):
            raise FormatError("a segment of a JPEG is cut off")
        body = data[start + 2 : end]
        if marker == _APP1 and body.startswith(_EXIF):
            turned = exif.orientation(body)
        if _is_picture(marker, body):
            kept.append(b"\xff" + bytes([marker]) + _without_thumbnail(marker, data[start:end], seen))
        else:
            seen += _described(marker, body)
        at = end
        if marker == _SOS:
            found_ = _MARKER.search(data, end)
            if found_ is None:
                raise FormatError("a JPEG without an end")
            kept.append(data[end : found_.start()])
            at = found_.start()
    if turned != 1:
        body = _EXIF + exif.only_orientation(turned)
        kept.insert(1, b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body)
    return b"".join(kept), seen


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """Return the marker at a place and where its segment begins."""
    if data[at : at + 1] != b"\xff":
        raise FormatError("a JPEG has something between its segments")
    while data[at : at + 1] == b"\xff":
        at += 1
    if at >= len(data) or data[at] in (0x00, 0x01) or 0xD0 <= data[at] <= 0xD8:
        raise FormatError("a JPEG without an end")
    return data[at], at + 1


def _is_picture(marker: int, body: bytes) -> bool:
    if marker == _APP0:
        return body.startswith(b"JFIF\x00")
    if marker == _APP2:
        return body.startswith(b"ICC_PROFILE\x00")
    if marker == _APP14:
        return body.startswith(b"Adobe")
    return marker != _COM and not _APP0 < marker <= _APP15


def _without_thumbnail(marker: int, segment: bytes, seen: list[Found]) -> bytes:
    # JFIF: length 2, "JFIF" 0, version 2, units 1, density 4, thumbnail width 1, height 1, pixels.
    if marker == _APP0 and len(segment) > 16 and segment[14] * segment[15]:
        seen.append(found(Trace.THUMBNAIL, "JFIF"))
        return b"\x00\x10" + segment[2:14] + b"\x00\x00"
    return segment


def _described(marker: int, body: bytes) -> list[Found]:
    if marker == _COM:
        return [found(Trace.COMMENT, body)]
    if marker == _APP1 and body.startswith(_EXIF):
        return list(exif.describe(body))
    if marker == _APP1 and body.startswith(_XMP):
        return [found(Trace.OTHER, "XMP")]
    if marker == _APP0:
        return [found(Trace.THUMBNAIL, "JFXX")]
    return [found(Trace.OTHER, f"APP{marker - _APP0} {len(body)} B")]
