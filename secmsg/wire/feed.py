"""The directory feed as a relay gives it out: a head, and segments in frames (docs/spec/relay-api.md 6)."""

from dataclasses import dataclass

from secmsg.errors import FormatError
from secmsg.wire import codec
from secmsg.wire.codec import Fields

MAX_SEGMENT = 16_777_216
SEGMENT_STEP = 4096
"""A frame is a multiple of this, so that its size says little about what changed."""
MAX_HEAD = 64
HASH_SIZE = 32


@dataclass(frozen=True, slots=True)
class FeedHead:
    """The newest edition a relay holds: its number (0: none), hash (SHA-512/256) and size of its segment."""

    number: int
    segment_hash: bytes
    size: int


def encode_head(head: FeedHead) -> bytes:
    """Encode a feed head."""
    return codec.encode({1: head.number, 2: head.segment_hash, 3: head.size})


def decode_head(body: bytes) -> FeedHead:
    """Decode a feed head; FormatError."""
    fields = Fields(codec.decode(body, max_bytes=MAX_HEAD), "feed head")
    head = FeedHead(fields.uint(1, 0, 0xFFFFFFFF), fields.raw(2, HASH_SIZE), fields.uint(3, 0, MAX_SEGMENT))
    fields.done()
    return head


def frame_segment(segment: bytes) -> bytes:
    """Put a segment behind its length (u32) and pad with zeros to a multiple of 4 096 bytes; FormatError."""
    if not 1 <= len(segment) <= MAX_SEGMENT:
        raise FormatError("a segment has 1 byte to 16 MiB")
    framed = len(segment).to_bytes(4, "big") + segment
    return framed + bytes(-len(framed) % SEGMENT_STEP)


def unframe_segment(body: bytes) -> bytes:
    """Return the segment of a frame; FormatError on anything but what `frame_segment` makes."""
    segment = body[4 : 4 + int.from_bytes(body[:4], "big")]
    if len(body) > MAX_SEGMENT + SEGMENT_STEP or not segment or frame_segment(segment) != body:
        raise FormatError("not a framed segment")
    return segment
