"""A message in fragments with parity: any k of k + r pieces give it back (docs/spec/thin-text.md 4).

Pure: pieces in, message out. Pieces that contradict each other are a FormatError, and whoever keeps them refuses the
message whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import reedsolo

from secmsg.errors import FormatError

MAX_DATA, MAX_PARITY = 32, 7
HEAD_SIZE = 3


@dataclass(frozen=True, slots=True)
class Fragment:
    """One piece: `index` counts from 0, the `parity` ones after the `data` ones."""

    message_id: int
    index: int
    data: int
    parity: int
    piece: bytes = field(repr=False)


def encode(fragment: Fragment) -> bytes:
    """Return message id, index, shape and piece; FormatError where a bound does not hold."""
    shape = (fragment.data - 1) << 3 | fragment.parity
    encoded = bytes([fragment.message_id & 0xFF, fragment.index & 0xFF, shape & 0xFF]) + fragment.piece
    if decode(encoded) != fragment:
        raise FormatError("fragment: a field is out of bounds")
    return encoded


def decode(data: bytes) -> Fragment:
    """Return the fragment; FormatError when it is short or its index lies beyond its shape."""
    if len(data) <= HEAD_SIZE:
        raise FormatError("fragment: cut short")
    count, parity = (data[2] >> 3) + 1, data[2] & 7
    if data[1] >= count + parity:
        raise FormatError("fragment: an index beyond its message")
    return Fragment(data[0], data[1], count, parity, data[HEAD_SIZE:])


def cut(message: bytes, message_id: int, size: int, parity: int) -> tuple[Fragment, ...]:
    """Cut a message into pieces of `size` bytes and as many of parity; FormatError when it has too many."""
    count = max(1, -(-len(message) // size))
    if count > MAX_DATA or not 0 <= parity <= MAX_PARITY:
        raise FormatError(f"{len(message)} bytes are too many for {MAX_DATA} fragments of {size}")
    filled = message.ljust(count * size, b"\0")
    pieces = [filled[at : at + size] for at in range(0, len(filled), size)]
    return tuple(
        Fragment(message_id, index, count, parity, piece)
        for index, piece in enumerate((*pieces, *_parity(pieces, parity)))
    )


def join(pieces: Mapping[int, bytes], count: int, parity: int) -> bytes | None:
    """Return the message with its fill once `count` pieces are there, None before.

    FormatError when pieces differ in length, or more than `count` are there and are not of one message.
    """
    if len({len(piece) for piece in pieces.values()}) > 1:
        raise FormatError("fragments: pieces of different lengths")
    if len(pieces) < count:
        return None
    data = [pieces[index] for index in range(count)] if all(index in pieces for index in range(count)) else None
    if data is None:
        data = _restored(pieces, count, parity)
    whole = [*data, *_parity(data, parity)]
    if any(whole[index] != piece for index, piece in pieces.items()):
        raise FormatError("fragments: pieces of more than one message")
    return b"".join(data)


def _parity(pieces: Sequence[bytes], parity: int) -> list[bytes]:
    if not parity:
        return []
    codec = _codec(parity)
    columns = [bytes(codec.encode(bytes(column))[len(pieces) :]) for column in zip(*pieces, strict=True)]
    return [bytes(row) for row in zip(*columns, strict=True)]


def _restored(pieces: Mapping[int, bytes], count: int, parity: int) -> list[bytes]:
    """Give the data pieces back from any `count`: the places of the missing ones are known, so they are erasures."""
    codec = _codec(parity)
    missing = [index for index in range(count + parity) if index not in pieces]
    blank = bytes(len(next(iter(pieces.values()))))
    rows = [pieces.get(index, blank) for index in range(count + parity)]
    try:
        columns = [
            bytes(codec.decode(bytes(column), erase_pos=missing, only_erasures=True)[0])
            for column in zip(*rows, strict=True)
        ]
    except reedsolo.ReedSolomonError as error:
        raise FormatError("fragments: pieces of more than one message") from error
    return [bytes(row) for row in zip(*columns, strict=True)]


@lru_cache(maxsize=MAX_PARITY)
def _codec(parity: int) -> "reedsolo.RSCodec":
    return reedsolo.RSCodec(parity, nsize=255, fcr=0, prim=0x11D, generator=2)
