"""The manifest: what one blob's content is, and the trailer that carries it behind the content.

Source: docs/spec/manifest.md. A slip and an annex name the hash of the encoded manifest; the signature of the
sending device is over it (label `manifest`).
"""

from dataclasses import dataclass

from secmsg.errors import FormatError
from secmsg.wire import codec, names, padding
from secmsg.wire.cable import MAX_PAGES, MEDIA_TYPE, SIGNATURE_SIZE
from secmsg.wire.codec import Fields, Reader, Writer
from secmsg.wire.slip import MAX_CONTENT

MAX_BYTES = 1_024

_VERSION = 1
_FIXED = 2 + SIGNATURE_SIZE


@dataclass(frozen=True, slots=True)
class Manifest:
    """Name, type, length in bytes, pages (0: not paged) and BLAKE3 hash (32 B) of one content."""

    name: str
    media_type: str
    size: int
    pages: int
    content_hash: bytes


@dataclass(frozen=True, slots=True)
class Trailer:
    """What follows the content inside a blob: the encoded manifest and the signature over it, 3 373 B."""

    manifest: Manifest
    signature: bytes


def encode(manifest: Manifest) -> bytes:
    """Return the canonical bytes; FormatError where a bound does not hold."""
    encoded = codec.encode(
        {
            0: _VERSION,
            1: manifest.name,
            2: manifest.media_type,
            3: manifest.size,
            4: manifest.pages,
            5: manifest.content_hash,
        }
    )
    decode(encoded)  # what leaves here is what every receiver takes
    return encoded


def decode(data: bytes) -> Manifest:
    """Return the manifest; FormatError unless every byte is as docs/spec/manifest.md says."""
    fields = Fields(codec.decode(data, max_bytes=MAX_BYTES), "manifest")
    fields.uint(0, _VERSION, _VERSION)
    manifest = Manifest(
        name=names.check(fields.text(1, 1, names.MAX_NAME), "manifest: the name"),
        media_type=fields.text(2, 3, 100),
        size=fields.uint(3, 0, MAX_CONTENT),
        pages=fields.uint(4, 0, MAX_PAGES),
        content_hash=fields.raw(5, 32),
    )
    fields.done()
    if not MEDIA_TYPE.fullmatch(manifest.media_type):
        raise FormatError("manifest: the type does not have its form")
    return manifest


def encode_trailer(trailer: Trailer) -> bytes:
    """Return what follows the content: length of the manifest (u16), manifest, signature, Padmé fill.

    The whole blob content is then `padme(size + 2 + manifest + 3373)` bytes long.
    """
    manifest = encode(trailer.manifest)
    table = Writer().u16(len(manifest)).rest(manifest).raw(trailer.signature, SIGNATURE_SIZE).bytes()
    size = trailer.manifest.size
    return padding.pad_to(table, padding.padme(size + len(table)) - size)


def decode_trailer(data: bytes, size: int) -> Trailer:
    """Return the trailer behind `size` bytes of content; `data` is all that follows them, with the fill.

    Raises FormatError unless every byte is accounted for, the manifest states the same size, and the fill has
    the one length that Padmé gives.
    """
    length = Reader(data[:2]).u16()
    reader = Reader(padding.strip(data, _FIXED + length))
    reader.u16()
    trailer = Trailer(decode(reader.raw(length)), reader.raw(SIGNATURE_SIZE))
    if trailer.manifest.size != size:
        raise FormatError("manifest: another size than the content's")
    if len(data) != padding.padme(size + _FIXED + length) - size:
        raise FormatError("manifest: the fill has the wrong length")
    return trailer


def trailer_size(manifest: Manifest) -> int:
    """Return how many bytes `encode_trailer` gives for this manifest."""
    return padding.padme(manifest.size + _FIXED + len(encode(manifest))) - manifest.size


def max_trailer_size(size: int) -> int:
    """Return the most bytes that can follow `size` bytes of content, to bound a read."""
    return padding.padme(size + _FIXED + MAX_BYTES) - size
