"""HEIC and AVIF: Exif and XMP items are overwritten with zeros where they lie (ISO/IEC 14496-12, 23008-12).

The orientation of these pictures stands in a property of its own (`irot`), not in Exif.
"""

from collections.abc import Iterator

from secmsg.errors import FormatError
from secmsg.metadata import exif
from secmsg.metadata.report import Found, Trace, found

_MAX_ITEMS = 10_000


def clean(data: bytes) -> tuple[bytes, list[Found]]:
    """Return the same file with what is beside the picture overwritten, and what that was; FormatError."""
    work = bytearray(data)
    seen: list[Found] = []
    for kind, start, end in _boxes(data, 0, len(data)):
        if kind == b"meta":
            _meta(data, work, start + 4, end, seen)
        elif kind in (b"uuid", b"udta"):
            work[start:end] = bytes(end - start)
            seen.append(found(Trace.OTHER, kind))
    return bytes(work), seen


def _meta(data: bytes, work: bytearray, start: int, end: int, seen: list[Found]) -> None:
    wanted: dict[int, str] = {}
    places: dict[int, list[tuple[int, int]]] = {}
    store = 0
    for kind, at, until in _boxes(data, start, end):
        if kind == b"iinf":
            wanted = dict(_items(data, at, until))
        elif kind == b"iloc":
            places = _locations(data[at:until])
        elif kind == b"idat":
            store = at
    for item, name in wanted.items():
        for offset, length in places.get(item, []):
            # A negative offset counts from the store inside this box.
            place = store - offset - 1 if offset < 0 else offset
            if place + length > len(work):
                raise FormatError("an item of a HEIC is cut off")
            block = data[place : place + length]
            if block.strip(b"\x00"):
                seen.append(found(Trace.OTHER, name))
                if name == "Exif":
                    head = 4 + int.from_bytes(block[:4], "big")
                    seen += exif.describe(block[head:])
            work[place : place + length] = bytes(length)


def _items(data: bytes, at: int, end: int) -> Iterator[tuple[int, str]]:
    """Name the items that are no picture."""
    width = 2 if data[at] == 0 else 4
    for kind, start, _ in _boxes(data, at + 4 + width, end):
        if kind != b"infe" or data[start] < 2:
            continue
        size = 2 if data[start] == 2 else 4
        number = int.from_bytes(data[start + 4 : start + 4 + size], "big")
        type_ = data[start + 6 + size : start + 10 + size]
        if type_ == b"Exif":
            yield number, "Exif"
        elif type_ == b"mime":
            yield number, "XMP"


def _locations(body: bytes) -> dict[int, list[tuple[int, int]]]:
    """Read where items lie: offset (from the file's begin; -1-n: n in the store) and length of each extent."""
    version, sizes, more = body[0], body[4], body[5]
    reader = _Reader(body, 6)
    offset_size, length_size, base_size = sizes >> 4, sizes & 15, more >> 4
    index_size = more & 15 if version in (1, 2) else 0
    found_: dict[int, list[tuple[int, int]]] = {}
    for _ in range(min(reader.take(2 if version < 2 else 4), _MAX_ITEMS)):
        item = reader.take(2 if version < 2 else 4)
        method = reader.take(2) & 15 if version in (1, 2) else 0
        reader.take(2)
        base = reader.take(base_size)
        extents = []
        for _ in range(reader.take(2)):
            reader.take(index_size)
            offset, length = base + reader.take(offset_size), reader.take(length_size)
            extents.append((-1 - offset if method == 1 else offset, length))
        found_[item] = extents if method < 2 else []
    return found_


class _Reader:
    """Takes numbers off the front of a box."""

    def __init__(self, body: bytes, at: int) -> None:
        self._body = body
        self._at = at

    def take(self, size: int) -> int:
        end = self._at + size
        if end > len(self._body):
            raise FormatError("a box of a HEIC is cut off")
        value = int.from_bytes(self._body[self._at : end], "big")
        self._at = end
        return value


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """List boxes as kind, begin and end of their bodies."""
    while at + 8 <= end:
        size, kind, head = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            raise FormatError("a box of a HEIC is cut off")
        yield kind, at + head, at + size
        at += size
