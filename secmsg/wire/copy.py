"""A copy: what the releasing machine of a station tells the station's other machines of what it has sent.

Source: docs/spec/devices.md 4. The body of an item of kind COPY.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias, assert_never

from secmsg.errors import FormatError
from secmsg.ids import StationId
from secmsg.wire import codec, slip
from secmsg.wire.cable import MAX_SIGNED_BYTES
from secmsg.wire.codec import Fields, Value
from secmsg.wire.item import MAX_SERIAL
from secmsg.wire.slip import Slip

MAX_CHAINS = 512
MAX_BYTES = MAX_SIGNED_BYTES
MAX_STATION = 65_535

_VERSION = 1
_CABLE, _SLIP, _CHAINS = 1, 2, 3


@dataclass(frozen=True, slots=True)
class CableCopy:
    """A cable as it was released: the canonical signed bytes."""

    signed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SlipCopy:
    """The slip of the blob that holds a released cable."""

    slip: Slip


@dataclass(frozen=True, slots=True)
class Chain:
    """Where the chain towards a station stands: the last serial given, from 1, and that item's chain hash, 32 B."""

    peer: StationId
    last: int
    head: bytes


@dataclass(frozen=True, slots=True)
class ChainsCopy:
    """Where the station's chains stand, 1 to 512 of them, by rising station: with them another machine can go on."""

    chains: tuple[Chain, ...]


Copy: TypeAlias = CableCopy | SlipCopy | ChainsCopy


def encode(copy: Copy) -> bytes:
    """Return the canonical bytes; FormatError where a bound does not hold."""
    kind, content = _written(copy)
    encoded = codec.encode({0: _VERSION, 1: kind, 2: content})
    decode(encoded)  # what leaves here is what every machine takes
    return encoded


def decode(data: bytes) -> Copy:
    """Return the copy; FormatError unless every byte is as docs/spec/devices.md says."""
    fields = Fields(codec.decode(data, max_bytes=MAX_BYTES), "copy")
    fields.uint(0, _VERSION, _VERSION)
    copy = _read(fields.uint(1, _CABLE, _CHAINS), fields)
    fields.done()
    return copy


def _written(copy: Copy) -> tuple[int, Value]:
    match copy:
        case CableCopy():
            return _CABLE, copy.signed
        case SlipCopy():
            return _SLIP, slip.encode(copy.slip)
        case ChainsCopy():
            return _CHAINS, [[each.peer, each.last, each.head] for each in copy.chains]
        case _:
            assert_never(copy)


def _read(kind: int, fields: Fields) -> Copy:
    if kind == _CABLE:
        return CableCopy(fields.raw(2, 1, MAX_SIGNED_BYTES))
    if kind == _SLIP:
        return SlipCopy(slip.decode(fields.raw(2, slip.SIZE)))
    chains = tuple(_chain(each) for each in fields.array(2, 1, MAX_CHAINS))
    if any(after.peer <= before.peer for before, after in pairwise(chains)):
        raise FormatError("copy: chains that do not rise")
    return ChainsCopy(chains)


def _chain(value: Value) -> Chain:
    peer, last, head = codec.as_array(value, 3, 3, "chain")
    return Chain(
        StationId(codec.as_uint(peer, 1, MAX_STATION, "chain, station")),
        codec.as_uint(last, 1, MAX_SERIAL, "chain, serial"),
        codec.as_raw(head, 32, 32, "chain, hash"),
    )
