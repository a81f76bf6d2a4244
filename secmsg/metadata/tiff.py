"""TIFF 6.0: entries that are no picture are taken out of their directories and overwritten in place."""

from typing import Literal

from secmsg.errors import FormatError
from secmsg.metadata import exif
from secmsg.metadata.report import Found, Trace, found

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_GONE = {
    269: "DocumentName", 270: "ImageDescription", 271: "Make", 272: "Model", 285: "PageName", 305: "Software",
    306: "DateTime", 315: "Artist", 316: "HostComputer", 700: "XMP", 33432: "Copyright", 33723: "IPTC",
    34377: "Photoshop", 36867: "DateTimeOriginal", 37724: "ImageSourceData", 42016: "ImageUniqueID",
    50341: "PrintIM", 50735: "CameraSerialNumber",
}  # fmt: skip
_DIRECTORIES = {34665: "Exif", 34853: "GPS", 40965: "Interop"}
_SUB_IFDS = 330
_MAX_DIRECTORIES = 10_000
_ENTRY = 12


def clean(data: bytes) -> tuple[bytes, list[Found]]:
    """Return the same pictures at the same places without the entries beside them, and what those were; FormatError."""
    work = _Work(data)
    seen = [each for each in exif.describe(data) if each.trace is not Trace.THUMBNAIL]
    work.chain(work.number(4, 4))
    if not work.gone:
        return data, []
    return bytes(work.data), [*seen, *(found(Trace.OTHER, name) for name in dict.fromkeys(work.gone))]


class _Work:
    """One file being cleaned."""

    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)
        self.gone: list[str] = []
        self._order: Literal["little", "big"] = "little" if data[:2] == b"II" else "big"
        self._met: set[int] = set()

    def number(self, at: int, size: int) -> int:
        if at + size > len(self.data):
            raise FormatError("a TIFF is cut off")
        return int.from_bytes(self.data[at : at + size], self._order)

    def chain(self, at: int) -> None:
        """Clean a directory and those that follow it."""
        while at:
            if at in self._met or len(self._met) > _MAX_DIRECTORIES:
                raise FormatError("the directories of a TIFF go round")
            self._met.add(at)
            at = self._directory(at, whole=False)

    def _directory(self, at: int, *, whole: bool) -> int:
        """Clean a directory, or overwrite all of it, and give the place of the next."""
        count = self.number(at, 2)
        end = at + 2 + count * _ENTRY
        after = self.number(end, 4)
        kept = bytearray()
        for entry in range(at + 2, end, _ENTRY):
            tag = self.number(entry, 2)
            if whole or tag in _GONE or tag in _DIRECTORIES:
                self._erase(entry, tag)
            else:
                kept += self.data[entry : entry + _ENTRY]
                if tag == _SUB_IFDS:
                    for each in self._places(entry):
                        self.chain(each)
        filled = (
            b"" if whole else (len(kept) // _ENTRY).to_bytes(2, self._order) + kept + after.to_bytes(4, self._order)
        )
        self.data[at : end + 4] = filled + bytes(end + 4 - at - len(filled))
        return after

    def _erase(self, entry: int, tag: int) -> None:
        if tag in _GONE or tag in _DIRECTORIES:
            self.gone.append(_GONE.get(tag) or _DIRECTORIES[tag])
        if tag in _DIRECTORIES:
            at = self.number(entry + 8, 4)
            if at not in self._met:
                self._met.add(at)
                self._directory(at, whole=True)
            return
        size = self._size(entry)
        if size > 4:
            at = self.number(entry + 8, 4)
            if at + size > len(self.data):
                raise FormatError("a TIFF is cut off")
            self.data[at : at + size] = bytes(size)

    def _size(self, entry: int) -> int:
        return _SIZES.get(self.number(entry + 2, 2), 1) * self.number(entry + 4, 4)

    def _places(self, entry: int) -> list[int]:
        count = self.number(entry + 4, 4)
        if count > _MAX_DIRECTORIES:
            raise FormatError("the directories of a TIFF go round")
        if count == 1:
            return [self.number(entry + 8, 4)]
        at = self.number(entry + 8, 4)
        return [self.number(at + 4 * each, 4) for each in range(count)]
