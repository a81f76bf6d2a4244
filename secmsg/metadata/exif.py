"""Exif blocks: what they give away, and the one thing that a picture needs from them."""

from collections.abc import Iterator
from typing import Any

from PIL import ExifTags, Image

from secmsg.metadata.report import Found, Trace, found

_ORIENTATION = ExifTags.Base.Orientation
_KINDS = {
    ExifTags.Base.Make: Trace.DEVICE,
    ExifTags.Base.Model: Trace.DEVICE,
    ExifTags.Base.BodySerialNumber: Trace.DEVICE,
    ExifTags.Base.LensSerialNumber: Trace.DEVICE,
    ExifTags.Base.HostComputer: Trace.DEVICE,
    ExifTags.Base.Software: Trace.SOFTWARE,
    ExifTags.Base.ProcessingSoftware: Trace.SOFTWARE,
    ExifTags.Base.DateTime: Trace.TIME,
    ExifTags.Base.DateTimeOriginal: Trace.TIME,
    ExifTags.Base.DateTimeDigitized: Trace.TIME,
    ExifTags.Base.OffsetTime: Trace.TIME,
    ExifTags.Base.Artist: Trace.AUTHOR,
    ExifTags.Base.Copyright: Trace.AUTHOR,
    ExifTags.Base.XPAuthor: Trace.AUTHOR,
    ExifTags.Base.CameraOwnerName: Trace.AUTHOR,
    ExifTags.Base.ImageDescription: Trace.COMMENT,
    ExifTags.Base.UserComment: Trace.COMMENT,
    ExifTags.Base.XPComment: Trace.COMMENT,
}


def describe(block: bytes) -> Iterator[Found]:
    """List what an Exif block (with or without its `Exif` head) gives away; a block that cannot be read is told too."""
    try:
        yield from _describe(block)
    except Exception:  # noqa: BLE001 - a hostile block may fail in any way; it is removed all the same
        yield found(Trace.OTHER, "Exif")


def _describe(block: bytes) -> Iterator[Found]:
    exif = Image.Exif()
    exif.load(block)
    told = list(_told(exif))
    if not told and set(exif) - {_ORIENTATION}:
        told.append(found(Trace.OTHER, f"Exif ({len(exif)})"))
    yield from told


def _told(exif: Image.Exif) -> Iterator[Found]:
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    for tags in (dict(exif), inner):
        for tag, kind in _KINDS.items():
            if tag in tags:
                yield found(kind, _text(tags[tag]))
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    if gps:
        yield found(Trace.POSITION, _position(gps))
    if exif.get_ifd(ExifTags.IFD.IFD1):
        yield found(Trace.THUMBNAIL)
    if ExifTags.Base.MakerNote in inner:
        yield found(Trace.OTHER, "MakerNote")


def orientation(block: bytes) -> int:
    """Return how the picture is to be turned, 1 to 8; 1 where nothing usable is said."""
    try:
        exif = Image.Exif()
        exif.load(block)
        value = exif.get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - as above
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def only_orientation(value: int) -> bytes:
    """Return an Exif block (TIFF form) that says nothing but how the picture is to be turned."""
    entry = _ORIENTATION.to_bytes(2, "big") + b"\x00\x03" + b"\x00\x00\x00\x01" + value.to_bytes(2, "big") + b"\x00\x00"
    return b"MM\x00\x2a\x00\x00\x00\x08" + b"\x00\x01" + entry + bytes(4)


def _text(value: Any) -> object:  # noqa: ANN401 - whatever the block holds
    if isinstance(value, bytes) and b"\x00" in value[1:2]:
        return value.decode("utf-16-le", "replace")
    return value


def _position(gps: Any) -> str:  # noqa: ANN401 - as above
    def degrees(value: Any, side: object) -> str:  # noqa: ANN401 - as above
        whole, minutes, seconds = (float(part) for part in value)
        return f"{whole + minutes / 60 + seconds / 3600:.4f}° {side}"

    try:
        return f"{degrees(gps[2], gps.get(1, ''))}, {degrees(gps[4], gps.get(3, ''))}"
    except (KeyError, ValueError, TypeError, ZeroDivisionError):
        return ""
