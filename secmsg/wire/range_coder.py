"""A range coder over whole numbers: choices in, as few bytes as their probabilities allow out, and back.

Source: docs/spec/thin-text.md 3.2. Big integers instead of carries: contents are short. Bytes that would end in
zeros are left off, and a reader takes zeros for what is not there; so fill of zeros costs nothing.
"""

from secmsg.errors import FormatError

TOP = 1 << 72
BOTTOM = 1 << 64
TOTAL_MAX = 1 << 60
"""A choice among more would lose its precision."""

_FIRST_BYTES = 9


class RangeWriter:
    """Collects choices; `bytes` gives the shortest string that names them all."""

    __slots__ = ("_low", "_range", "_size")

    def __init__(self) -> None:
        self._low = 0
        self._range = TOP
        self._size = _FIRST_BYTES

    def put(self, start: int, size: int, total: int) -> None:
        """Add the choice that takes `size` of `total`, from `start` on."""
        step = self._range // total
        self._low += start * step
        self._range = size * step
        while self._range < BOTTOM:
            self._low <<= 8
            self._range <<= 8
            self._size += 1

    def bytes(self) -> bytes:
        """Return the shortest bytes that lie within everything put, zeros at their end left off."""
        end = self._low + self._range
        found = self._low
        for bits in range(8, 8 * self._size + 1, 8):
            rounded = -(-self._low >> bits) << bits
            if rounded >= end:
                break
            found = rounded
        return found.to_bytes(self._size).rstrip(b"\0")


class RangeReader:
    """Reads choices back; whoever uses it bounds how many, because zeros never end."""

    __slots__ = ("_data", "_offset", "_range", "_value")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._offset = _FIRST_BYTES
        self._range = TOP
        self._value = int.from_bytes(data[:_FIRST_BYTES].ljust(_FIRST_BYTES, b"\0"))

    def place(self, total: int) -> int:
        """Return where in `total` the next choice lies; FormatError beyond it."""
        place = self._value // (self._range // total)
        if place >= total:
            raise FormatError("the compressed text leaves its range")
        return place

    def take(self, start: int, size: int, total: int) -> None:
        """Go past a choice found by `place`."""
        step = self._range // total
        self._value -= start * step
        self._range = size * step
        while self._range < BOTTOM:
            more = self._data[self._offset] if self._offset < len(self._data) else 0
            self._value = self._value << 8 | more
            self._range <<= 8
            self._offset += 1
