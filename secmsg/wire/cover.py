"""The cover file: the next cover root on its way from the authority to headquarters' station.

Source: docs/spec/veil.md 4. It is sealed under a code that is carried by another way.
"""

from dataclasses import dataclass, field

from secmsg.errors import FormatError
from secmsg.ids import DeviceId
from secmsg.wire import codec
from secmsg.wire.codec import Fields, Value
from secmsg.wire.service import COVER_ROOT_SIZE, MAX_COVER_INDEX

MAX_BYTES = 2**14
MAX_WITHOUT = 4_096
MAX_DEVICE = 0xFFFF

_VERSION = 1


@dataclass(frozen=True, slots=True)
class CoverFile:
    """A cover root (32 B), its index, and the machines that are to be taken off and must not get it, rising."""

    index: int
    root: bytes = field(repr=False)
    without: tuple[DeviceId, ...] = ()


def encode(cover: CoverFile) -> bytes:
    """Return the canonical bytes; FormatError where a bound does not hold."""
    whole: dict[int, Value] = {0: _VERSION, 1: cover.index, 2: cover.root}
    if cover.without:
        whole[3] = list(cover.without)
    encoded = codec.encode(whole)
    decode(encoded)  # what leaves here is what headquarters takes
    return encoded


def decode(data: bytes) -> CoverFile:
    """Return the cover; FormatError unless every byte is as docs/spec/veil.md says."""
    fields = Fields(codec.decode(data, max_bytes=MAX_BYTES), "cover file")
    fields.uint(0, _VERSION, _VERSION)
    without = fields.array_or_empty(3, MAX_WITHOUT)
    cover = CoverFile(
        fields.uint(1, 1, MAX_COVER_INDEX),
        fields.raw(2, COVER_ROOT_SIZE),
        tuple(DeviceId(codec.as_uint(each, 1, MAX_DEVICE, "cover file, machine")) for each in without),
    )
    fields.done()
    if list(cover.without) != sorted(set(cover.without)):
        raise FormatError("cover file: machines that do not rise")
    return cover
