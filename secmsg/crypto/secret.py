"""Bytes that must not be seen: keys, seeds, passphrases (docs/spec/crypto.md 2)."""

import hmac
from typing import NoReturn, final

from secmsg.errors import FormatError


@final
class Secret:
    """A secret byte string that neither prints, pickles, copies nor compares in variable time.

    It is not wiped from memory: Python cannot promise that (the end of the process does).
    """

    __slots__ = ("_value",)
    __hash__ = None  # type: ignore[assignment]  # hashing would put secrets into dict order and set lookups

    def __init__(self, value: bytes | bytearray) -> None:
        # Through a view, because bytes(32) would be a key of 32 zeros.
        self._value = memoryview(value).tobytes()

    def __repr__(self) -> str:
        return f"<Secret {len(self._value)} B>"

    def __len__(self) -> int:
        return len(self._value)

    def __bool__(self) -> bool:
        # Without this, `if secret` would answer by length: presence is asked with `is None`.
        raise TypeError("a Secret has no truth value")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._value, other._value)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret is not pickled or copied")

    def __getstate__(self) -> NoReturn:
        raise TypeError("a Secret is not pickled or copied")

    def reveal(self) -> bytes:
        """Return the bytes, for a primitive or for a sealed store row; never for text."""
        return self._value

    def exactly(self, length: int) -> bytes:
        """Return the bytes when there are `length` of them; FormatError otherwise, naming lengths only."""
        if len(self._value) != length:
            raise FormatError(f"a secret of {length} bytes is needed, not of {len(self._value)}")
        return self._value

    def split(self, *lengths: int) -> tuple["Secret", ...]:
        """Cut into consecutive secrets; FormatError unless the lengths are positive and use every byte."""
        if any(length < 1 for length in lengths) or sum(lengths) != len(self._value):
            raise FormatError(f"{len(self._value)} bytes do not split into {lengths}")
        parts: list[Secret] = []
        start = 0
        for length in lengths:
            parts.append(Secret(self._value[start : start + length]))
            start += length
        return tuple(parts)
