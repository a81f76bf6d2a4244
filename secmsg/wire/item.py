"""The item: one link of the chain between two stations, and what it carries.

Source: docs/spec/item.md. The chain's hash of an item is SHA-512/256 of b"item" 0x00 and the encoded item;
`previous` is that of the item before. A serial and its predecessor stand inside the encryption, so no carrier
sees them.
"""

from dataclasses import dataclass, field
from enum import IntEnum

from secmsg.errors import FormatError
from secmsg.ids import Serial
from secmsg.wire import codec, service, slip
from secmsg.wire.cable import MAX_SIGNED_BYTES
from secmsg.wire.codec import Fields

MAX_SERIAL = service.MAX_SERIAL
MAX_BYTES = MAX_SIGNED_BYTES + 128
OUTSIDE = Serial(0)
"""The serial of what stands outside the chain."""
CHAIN_LABEL = b"item\0"
"""What the station puts before the encoded item when it hashes it."""

_VERSION = 1


class ItemKind(IntEnum):
    """What the body of an item is."""

    CABLE = 1
    """A signed cable."""
    SERVICE = 2
    """A service message."""
    SLIP = 3
    """The slip of a blob that holds a signed cable."""
    COPY = 4
    """What one machine of a station tells the station's others (docs/spec/devices.md 4)."""
    ASIDE = 5
    """A service message outside the chain, of a machine that does not release: serial 0, no predecessor."""


_LIMITS = {
    ItemKind.CABLE: MAX_SIGNED_BYTES,
    ItemKind.SERVICE: service.MAX_BYTES,
    ItemKind.SLIP: slip.SIZE,
    ItemKind.COPY: MAX_SIGNED_BYTES,
    ItemKind.ASIDE: service.MAX_BYTES,
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing from one station to another; `previous` is 32 B, zeros before the first and outside the chain."""

    serial: Serial
    previous: bytes
    kind: ItemKind
    sent_at: int
    body: bytes = field(repr=False)


def encode(item: Item) -> bytes:
    """Return the canonical bytes; FormatError where a bound does not hold."""
    encoded = codec.encode(
        {0: _VERSION, 1: item.serial, 2: item.previous, 3: int(item.kind), 4: item.sent_at, 5: item.body}
    )
    decode(encoded)  # what leaves here is what every receiver takes
    return encoded


def decode(data: bytes) -> Item:
    """Return the item, its body not yet looked at; FormatError unless it is as docs/spec/item.md says."""
    fields = Fields(codec.decode(data, max_bytes=MAX_BYTES), "item")
    fields.uint(0, _VERSION, _VERSION)
    item = Item(
        serial=Serial(fields.uint(1, 0, MAX_SERIAL)),
        previous=fields.raw(2, 32),
        kind=fields.choice(3, ItemKind),
        sent_at=fields.uint(4, 0, codec.MAX_TIME),
        body=fields.raw(5, 1, MAX_SIGNED_BYTES),
    )
    fields.done()
    if len(item.body) > _LIMITS[item.kind]:
        raise FormatError("item: the body is too long for its kind")
    if item.kind is ItemKind.ASIDE and (item.serial, item.previous) != (OUTSIDE, bytes(32)):
        raise FormatError("item: a place in the chain for what stands outside it")
    if item.kind is not ItemKind.ASIDE and item.serial == OUTSIDE:
        raise FormatError("item: no place in the chain")
    if item.kind is ItemKind.SLIP and len(item.body) != slip.SIZE:
        raise FormatError("item: the body is not a slip")
    return item
