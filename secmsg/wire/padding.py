"""Sizes that say little: four classes for packets, Padmé for blobs.

Source: docs/spec/padding.md. Fill is zeros inside the encryption; whoever strips it refuses anything else.
"""

from secmsg.errors import FormatError

CLASSES = (512, 2_048, 8_192, 32_768)
"""Bytes of a sealed packet; what does not fit travels as a blob."""

MAX_PADDED = 2**40


def class_for(size: int) -> int:
    """Return the smallest class that holds `size` bytes; FormatError beyond the largest."""
    for each in CLASSES:
        if size <= each:
            return each
    raise FormatError(f"{size} bytes fit into no packet")


def padme(size: int) -> int:
    """Return the Padmé length for `size` bytes, at most 12 % more (PoPETs 2019(4):6-33)."""
    if not 0 <= size <= MAX_PADDED:
        raise FormatError(f"{size} bytes cannot be padded")
    if size < 2:
        return size
    exponent = size.bit_length() - 1
    # The bits below the leading ones that Padmé keeps are rounded up to zero.
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (size + mask) & ~mask


def pad_to(data: bytes, size: int) -> bytes:
    """Return `data` and zeros, `size` bytes in all; FormatError where it does not fit."""
    if len(data) > size:
        raise FormatError(f"{len(data)} bytes do not fit into {size}")
    return data.ljust(size, b"\0")


def strip(data: bytes, length: int) -> bytes:
    """Return the first `length` bytes of `data`; FormatError unless all others are zeros."""
    if not 0 <= length <= len(data):
        raise FormatError("the padded text is shorter than it says")
    if data.count(0, length) != len(data) - length:
        raise FormatError("the fill is not zeros")
    return data[:length]
