"""Make the vectors of the pouch (docs/spec/pouch.md).

What is random in the product is fixed here, but for the salt of the stream, which the library draws: the one whole
pouch is kept as it was made until it no longer opens.
"""

import base64
from collections.abc import Callable

from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError
from secmsg.ids import DeviceId, MessageId
from secmsg.station import pouch_sealing
from secmsg.wire import pouch as wire
from secmsg.wire.pouch import BlobRecord, EditionRecord, EnvelopeRecord, Head, Record
from tests.helpers.vectors import written
from tests.vectors import frame, recorded
from tests.vectors.frame import Test

ROOT, SALT, KEY = bytes(range(32)), bytes(range(100, 132)), bytes(range(200, 232))
DEVICE, OTHER = DeviceId(7), DeviceId(8)
CONTENT_KEY = bytes(range(50, 82))
ENVELOPES = (
    EnvelopeRecord(DEVICE, MessageId(b"\x01" * 16), bytes(range(256)) * 2),
    EnvelopeRecord(OTHER, MessageId(b"\x02" * 16), b"\xaa" * 2_048),
)
EDITION = EditionRecord(9, b"segment" * 50)
BLOB = b"\x55" * 70_000
RECORDS: tuple[Record, ...] = (
    EDITION,
    *ENVELOPES,
    BlobRecord(pouch_sealing.blob_name(SALT, CONTENT_KEY), len(BLOB)),
)
HEAD = Head(1_790_000_000, 1, 2, 1, sum(map(wire.record_size, RECORDS)))
TAIL = 333


def plaintext() -> bytes:
    """Return the stream of the whole pouch before sealing."""
    content = wire.encode_head(HEAD) + b"".join(map(wire.encode_record, RECORDS)) + BLOB
    return content.ljust(wire.stream_size(len(content), TAIL), b"\0")


def front() -> bytes:
    return wire.front(
        SALT, pouch_sealing.slots(Secret(ROOT), SALT, Secret(KEY), (OTHER, DEVICE), lambda size: b"\xee" * size)
    )


def whole() -> bytes:
    """Seal the pouch anew."""
    sealer = pouch_sealing.encryptor(Secret(KEY), SALT)
    return front() + sealer.update(plaintext()) + sealer.finalize()


READERS: dict[str, Callable[[wire.Read], object]] = {
    "edition": wire.read_edition,
    "envelope": wire.read_envelope,
    "blob": wire.read_blob,
}


def reader(data: bytes) -> wire.Read:
    """Give the bytes one after the other; FormatError where they end."""
    left = bytearray(data)

    def read(size: int) -> bytes:
        if size > len(left):
            raise FormatError("the end")
        piece = bytes(left[:size])
        del left[:size]
        return piece

    return read


def _refused(what: str, name: str, data: bytes) -> Test:
    flag = "length" if name.startswith(("empty", "cut", "a byte")) else "bound"
    return frame.no(f"{what}: {name}", "FormatError", flag, do=what, hex=data.hex())


def _heads() -> list[Test]:
    good = wire.encode_head(HEAD)
    large = (2**40).to_bytes(8)
    return [
        _refused("head", "empty", b""),
        _refused("head", "cut by one byte", good[:-1]),
        _refused("head", "a byte after the end", good + b"\0"),
        _refused("head", "another version", b"\x02" + good[1:]),
        _refused("head", "version 0", b"\x00" + good[1:]),
        _refused("head", "after the year 9999", good[:1] + (2**40).to_bytes(8) + good[9:]),
        _refused("head", "65 editions", good[:9] + (65).to_bytes(2) + good[11:]),
        _refused("head", "4 097 envelopes", good[:11] + (4_097).to_bytes(4) + good[15:]),
        _refused("head", "2^32 - 1 blobs", good[:15] + b"\xff" * 4 + good[19:]),
        _refused("head", "2^40 bytes of records", good[:19] + large),
    ]


def _records() -> list[Test]:
    edition, envelope = wire.encode_record(EDITION), wire.encode_record(ENVELOPES[0])
    blob = wire.encode_record(RECORDS[-1])
    return [
        _refused("edition", "empty", b""),
        _refused("edition", "another kind", b"\x02" + edition[1:]),
        _refused("edition", "an empty segment", edition[:5] + bytes(4)),
        _refused("edition", "a segment above 16 MiB", edition[:5] + (2**24 + 1).to_bytes(4)),
        _refused("edition", "2^32 - 1 bytes", edition[:5] + b"\xff" * 4),
        _refused("edition", "cut in the segment", edition[:-1]),
        _refused("envelope", "a blob where an envelope belongs", blob),
        _refused("envelope", "cut in the head", envelope[:20]),
        _refused("envelope", "cut in the body", envelope[:-1]),
        *(
            _refused("envelope", f"{size} bytes", envelope[:19] + size.to_bytes(2) + bytes(min(size, 600)))
            for size in (0, 1, 511, 513, 65_535)
        ),
        _refused("blob", "an envelope where a blob belongs", envelope),
        _refused("blob", "no bytes", blob[:17] + bytes(8)),
        _refused("blob", "2^32 + 1 bytes", blob[:17] + (2**32 + 1).to_bytes(8)),
        _refused("blob", "2^64 - 1 bytes", blob[:17] + b"\xff" * 8),
        _refused("blob", "cut", blob[:-1]),
    ]


def _derived() -> list[Test]:
    name, size = pouch_sealing.blob_name(SALT, CONTENT_KEY).hex(), wire.stream_size
    sizes = ((27, 0), (560, 511), (65_536, 0), (65_537, 1), (1_000_000, 7), (2**31, 511))
    return [
        *(
            frame.ok(
                f"slot of device {device}",
                do="slot",
                cover_root=ROOT.hex(),
                salt=SALT.hex(),
                device=device,
                file_key=KEY.hex(),
                slot=pouch_sealing.slots(Secret(ROOT), SALT, Secret(KEY), (device,), bytes)[0].hex(),
            )
            for device in (DEVICE, OTHER, DeviceId(65_535))
        ),
        frame.ok("name of a blob", do="name", salt=SALT.hex(), content_key=CONTENT_KEY.hex(), gives=name),
        *(
            frame.ok(
                f"sizes of {content} bytes and a tail of {tail}",
                do="sizes",
                content=content,
                tail=tail,
                gives=[size(content, tail), pouch_sealing.sealed_size(content, tail)],
            )
            for content, tail in sizes
        ),
    ]


def _valid() -> list[Test]:
    kinds = ("edition", "envelope", "envelope", "blob")
    return [
        frame.ok("head", "example", do="head", hex=wire.encode_head(HEAD).hex(), value=written(HEAD)),
        *(
            frame.ok(f"record {number}", do=what, hex=wire.encode_record(record).hex(), value=written(record))
            for number, (what, record) in enumerate(zip(kinds, RECORDS, strict=True), 1)
        ),
    ]


def _kept() -> bytes:
    """Return the recorded pouch while it opens to what this script would seal, or one that is sealed anew."""
    before = recorded.before("pouch", "a whole pouch")
    if before is not None:
        kept = base64.b64decode(before["file"])
        if kept.startswith(front()) and opens(kept[wire.FRONT_SIZE :]):
            return kept
    return whole()


def opens(sealed: bytes) -> bool:
    """Say whether the stream is that of `plaintext`."""
    try:
        return b"".join(pouch_sealing.Plaintext(iter((sealed,)), Secret(KEY), SALT).rest()) == plaintext()
    except pouch_sealing.LackingError:
        return False


def made() -> dict[str, str]:
    """Return the text of the file."""
    entire = frame.ok(
        "a whole pouch",
        do="whole",
        cover_root=ROOT.hex(),
        device=DEVICE,
        file_key=KEY.hex(),
        front=front().hex(),
        tail=TAIL,
        file=base64.b64encode(_kept()).decode(),
    )
    return {"pouch": frame.text("pouch.md", [*_derived(), *_valid(), entire, *_heads(), *_records()])}
