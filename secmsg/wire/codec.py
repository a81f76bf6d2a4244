"""Canonical bytes: deterministic CBOR for maps, and a writer and a reader for fixed tables.

Source: docs/spec/codec.md. Every decoder of `secmsg.wire` is built on this page: bounds are checked by a scan
of the heads before anything is allocated, a value is taken only if encoding it again gives the same bytes,
and every byte is used or refused. The only error is FormatError; it names the field, never the contents.
"""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import NoReturn, TypeAlias, TypeVar

import cbor2

from secmsg.errors import FormatError
from secmsg.wire import text as texts

Value: TypeAlias = "bool | int | bytes | str | Sequence[Value] | Mapping[int, Value] | None"
"""What a canonical encoding may hold: no floats, no tags, map keys unsigned integers only."""

MAX_TIME = 253_402_300_799
"""The last second of the year 9999: a larger time could not be shown."""

_Choice = TypeVar("_Choice", bound=IntEnum)

_SIZE_OF_ARGUMENT = {24: 1, 25: 2, 26: 4, 27: 8}
_FALSE, _TRUE, _NULL = 20, 21, 22


def encode(value: Value) -> bytes:
    """Return the one canonical encoding of `value` (RFC 8949 4.2.1); FormatError if it has none."""
    try:
        return cbor2.dumps(value, canonical=True)
    except (cbor2.CBOREncodeError, ValueError, TypeError, OverflowError) as error:
        raise FormatError("the value has no canonical encoding") from error


def decode(data: bytes, *, max_bytes: int, max_depth: int = 8, max_items: int = 4096) -> Value:
    """Return the value of a canonical encoding, or raise FormatError.

    `max_bytes` bounds the input, `max_depth` nested arrays and maps, `max_items` all heads together (keys
    count).
    """
    # 1. Bounds, before anything is allocated.
    if len(data) > max_bytes:
        raise FormatError(f"{len(data)} bytes, allowed are {max_bytes}")
    _scan(data, max_depth, max_items)
    # 2. Decode.
    try:
        value: Value = cbor2.loads(data, allow_indefinite=False, allow_duplicate_keys=False)
    except (cbor2.CBORDecodeError, ValueError) as error:
        raise FormatError("not decodable") from error
    # 3. Encode again and compare: one value has one encoding.
    if encode(value) != data:
        raise FormatError("not the canonical encoding")
    return value


def _scan(data: bytes, max_depth: int, max_items: int) -> None:
    """Walk the heads without recursion; refuse what is too deep, too many, too long, or not used here."""
    offset = items = 0
    open_: list[tuple[int, bool]] = []  # (items still to come, is a map) of each enclosing container
    pending, in_map = 1, False
    while True:
        while pending == 0:
            if not open_:
                if offset != len(data):
                    raise FormatError("bytes after the end")
                return
            pending, in_map = open_.pop()
        items += 1
        if items > max_items:
            raise FormatError(f"more than {max_items} items")
        major, argument, offset = _head(data, offset)
        # A map's items alternate key, value; an even number still to come means that a key is next.
        if in_map and pending % 2 == 0 and major != 0:
            raise FormatError("a map key that is not an unsigned integer")
        pending -= 1
        if major in (2, 3):
            if argument > len(data) - offset:
                raise FormatError("cut short")
            offset += argument
        elif major in (4, 5):
            if len(open_) >= max_depth:
                raise FormatError(f"nested deeper than {max_depth}")
            # A count that lies is found when the bytes or the items run out; nothing is allocated for it.
            open_.append((pending, in_map))
            pending, in_map = (argument, False) if major == 4 else (2 * argument, True)


def _head(data: bytes, offset: int) -> tuple[int, int, int]:
    """Read one head: its major type, its argument, the offset after it."""
    if offset >= len(data):
        raise FormatError("cut short")
    major, low = data[offset] >> 5, data[offset] & 0x1F
    offset += 1
    if major == 6:
        raise FormatError("a tag")
    if major == 7 and low not in (_FALSE, _TRUE, _NULL):
        raise FormatError("a float or a simple value")
    if low < 24:
        return major, low, offset
    size = _SIZE_OF_ARGUMENT.get(low)
    if size is None:
        raise FormatError("an indefinite or reserved length")
    if size > len(data) - offset:
        raise FormatError("cut short")
    return major, int.from_bytes(data[offset : offset + size]), offset + size


def as_uint(value: Value, low: int, high: int, what: str) -> int:
    """Return an integer of `low`..`high`."""
    if type(value) is not int:
        raise FormatError(f"{what}: not an integer")
    if not low <= value <= high:
        raise FormatError(f"{what}: outside {low} to {high}")
    return value


def as_flag(value: Value, what: str) -> bool:
    """Return true or false."""
    if type(value) is not bool:
        raise FormatError(f"{what}: not a truth value")
    return value


def as_raw(value: Value, low: int, high: int, what: str) -> bytes:
    """Return `low`..`high` bytes."""
    if type(value) is not bytes:
        raise FormatError(f"{what}: not bytes")
    if not low <= len(value) <= high:
        raise FormatError(f"{what}: {len(value)} bytes, allowed are {low} to {high}")
    return value


def as_text(value: Value, low: int, high: int, what: str, *, multiline: bool = False) -> str:
    """Return text of `low`..`high` characters that follows the rule of `secmsg.wire.text`."""
    if type(value) is not str:
        raise FormatError(f"{what}: not text")
    return texts.check(value, low, high, what, multiline=multiline)


def as_choice(value: Value, choices: type[_Choice], what: str) -> _Choice:
    """Return the member of `choices` that has this number."""
    number = as_uint(value, 0, 255, what)
    try:
        return choices(number)
    except ValueError:
        raise FormatError(f"{what}: {number} is not one of the choices") from None


def as_array(value: Value, low: int, high: int, what: str) -> list[Value]:
    """Return an array of `low`..`high` items."""
    if not isinstance(value, list):
        raise FormatError(f"{what}: not an array")
    if not low <= len(value) <= high:
        raise FormatError(f"{what}: {len(value)} items, allowed are {low} to {high}")
    return value


class Fields:
    """Typed access to a map with unsigned integer keys, each taken once; `done` refuses what is left.

    The `optional_` forms return None where the key is absent; `text_or_empty` and `array_or_empty` return the
    empty value, and refuse a key that is there with an empty value, so that absence has one encoding.
    """

    __slots__ = ("_left", "_what")

    def __init__(self, value: Value, what: str = "map") -> None:
        if not isinstance(value, dict):
            raise FormatError(f"{what}: not a map")
        self._left: dict[int, Value] = dict(value)
        self._what = what

    def _take(self, key: int) -> Value:
        if key not in self._left:
            self._refuse(f"field {key} is missing")
        return self._left.pop(key)

    def _refuse(self, why: str) -> NoReturn:
        raise FormatError(f"{self._what}: {why}")

    def _name(self, key: int) -> str:
        return f"{self._what}, field {key}"

    def has(self, key: int) -> bool:
        """Say whether `key` is there and not yet taken."""
        return key in self._left

    def uint(self, key: int, low: int, high: int) -> int:
        """Return an integer of `low`..`high`."""
        return as_uint(self._take(key), low, high, self._name(key))

    def optional_uint(self, key: int, low: int, high: int) -> int | None:
        """Return an integer of `low`..`high`, or None where it is absent."""
        return self.uint(key, low, high) if key in self._left else None

    def flag(self, key: int) -> bool:
        """Return true or false."""
        return as_flag(self._take(key), self._name(key))

    def choice(self, key: int, choices: type[_Choice]) -> _Choice:
        """Return a member of the enumeration."""
        return as_choice(self._take(key), choices, self._name(key))

    def raw(self, key: int, low: int, high: int | None = None) -> bytes:
        """Return `low`..`high` bytes, exactly `low` without `high`."""
        return as_raw(self._take(key), low, low if high is None else high, self._name(key))

    def optional_raw(self, key: int, low: int, high: int | None = None) -> bytes | None:
        """Return `low`..`high` bytes, or None where they are absent."""
        return self.raw(key, low, high) if key in self._left else None

    def text(self, key: int, low: int, high: int, *, multiline: bool = False) -> str:
        """Return text of `low`..`high` characters."""
        return as_text(self._take(key), low, high, self._name(key), multiline=multiline)

    def optional_text(self, key: int, low: int, high: int, *, multiline: bool = False) -> str | None:
        """Return text of `low`..`high` characters, or None where it is absent."""
        return self.text(key, low, high, multiline=multiline) if key in self._left else None

    def text_or_empty(self, key: int, high: int, *, multiline: bool = False) -> str:
        """Return text of 1..`high` characters, or "" where it is absent."""
        return self.text(key, 1, high, multiline=multiline) if key in self._left else ""

    def array(self, key: int, low: int, high: int) -> list[Value]:
        """Return an array of `low`..`high` items."""
        return as_array(self._take(key), low, high, self._name(key))

    def optional_array(self, key: int, low: int, high: int) -> list[Value] | None:
        """Return an array of `low`..`high` items, or None where it is absent."""
        return self.array(key, low, high) if key in self._left else None

    def array_or_empty(self, key: int, high: int) -> list[Value]:
        """Return an array of 1..`high` items, or an empty one where it is absent."""
        return self.array(key, 1, high) if key in self._left else []

    def fields(self, key: int) -> "Fields":
        """Return a nested map."""
        return Fields(self._take(key), self._name(key))

    def done(self) -> None:
        """Refuse keys that nobody took."""
        if self._left:
            self._refuse(f"unknown field {min(self._left)}")


class Writer:
    """Builds a fixed table: big-endian unsigned integers and byte strings of known length."""

    __slots__ = ("_parts",)

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def _uint(self, value: int, size: int) -> "Writer":
        if not 0 <= value < 1 << (8 * size):
            raise FormatError(f"an integer does not fit into {size} bytes")
        self._parts.append(value.to_bytes(size))
        return self

    def u8(self, value: int) -> "Writer":
        """Append 1 byte."""
        return self._uint(value, 1)

    def u16(self, value: int) -> "Writer":
        """Append 2 bytes."""
        return self._uint(value, 2)

    def u32(self, value: int) -> "Writer":
        """Append 4 bytes."""
        return self._uint(value, 4)

    def u64(self, value: int) -> "Writer":
        """Append 8 bytes."""
        return self._uint(value, 8)

    def raw(self, value: bytes, length: int) -> "Writer":
        """Append exactly `length` bytes."""
        if len(value) != length:
            raise FormatError(f"{len(value)} bytes where {length} belong")
        self._parts.append(bytes(value))
        return self

    def rest(self, value: bytes) -> "Writer":
        """Append bytes whose length nothing states; only as the last field."""
        self._parts.append(bytes(value))
        return self

    def bytes(self) -> bytes:
        """Return the table."""
        return b"".join(self._parts)


class Reader:
    """Reads a fixed table; `end` refuses bytes left over."""

    __slots__ = ("_data", "_offset")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._offset = 0

    def left(self) -> int:
        """Return how many bytes are not yet read."""
        return len(self._data) - self._offset

    def raw(self, length: int) -> bytes:
        """Read exactly `length` bytes."""
        if not 0 <= length <= self.left():
            raise FormatError("cut short")
        start = self._offset
        self._offset += length
        return bytes(self._data[start : self._offset])

    def u8(self) -> int:
        """Read 1 byte."""
        return int.from_bytes(self.raw(1))

    def u16(self) -> int:
        """Read 2 bytes."""
        return int.from_bytes(self.raw(2))

    def u32(self) -> int:
        """Read 4 bytes."""
        return int.from_bytes(self.raw(4))

    def u64(self) -> int:
        """Read 8 bytes."""
        return int.from_bytes(self.raw(8))

    def rest(self) -> bytes:
        """Read all that is left, possibly nothing."""
        return self.raw(self.left())

    def end(self) -> None:
        """Refuse bytes left over."""
        if self.left():
            raise FormatError("bytes after the end")
