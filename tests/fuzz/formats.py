"""Fuzzed: the formats of `secmsg.wire`, each as a stranger's bytes reach it."""

import io
from collections.abc import Callable, Iterator

from secmsg import digits
from secmsg.errors import FormatError
from secmsg.ids import CertificateRef, DeviceId, MessageId, PersonId, StationId
from secmsg.office import kit_records
from secmsg.wire import (
    backup,
    bundle,
    cable,
    certificate,
    codec,
    contents,
    directory,
    enrolment,
    feed,
    handover,
    handshake,
    item,
    kit_drop,
    manifest,
    packet,
    pad_file,
    person_request,
    pouch,
    service,
    slip,
    sync,
)
from tests.fuzz.seeds import texts, vectors
from tests.fuzz.target import NotTheSameError, Target, both_ways
from tests.helpers import kit_values
from tests.helpers.authority_world import world
from tests.helpers.handover_values import WHOLE
from tests.helpers.person_values import PERSON_REQUESTS


def first_of(*takes: Callable[[bytes], object]) -> Callable[[bytes], object]:
    """Take the first byte as the choice among decoders that share their vectors, the rest as the input."""

    def take(data: bytes) -> object:
        return takes[data[0] % len(takes)](data[1:]) if data else None

    return take


def chosen(count: int, *names: str, longest: int = 32_768, most: int = 60) -> Callable[[], list[bytes]]:
    return lambda: [bytes([n]) + seed for n in range(count) for seed in vectors(*names, longest=longest, most=most)()]


def _request(body: bytes) -> object:
    request = sync.decode_body(body)
    if isinstance(request, sync.DepositRequest):
        if sync.encode_deposits(request) != body:
            raise NotTheSameError
        return request
    decoded = sync.decode_request(request.cbor)
    if sync.encode_request(decoded) != request.cbor:
        raise NotTheSameError
    return decoded


def _request_seeds() -> list[bytes]:
    signed = [b"\x01" + bytes(80) + seed for seed in vectors("sync", most=40)()]
    return [*vectors("sync", most=120)(), *signed]


def _trailer(data: bytes) -> object:
    return manifest.decode_trailer(data[2:], int.from_bytes(data[:2]))


def _pouch(data: bytes) -> object:
    """Read head and records in their order, as `station.pouch_reading` does; the tail of zeros is put on here."""
    data = data.ljust(pouch.MIN_STREAM, b"\0")
    source = io.BytesIO(data)

    def read(size: int) -> bytes:
        piece = source.read(size)
        if len(piece) != size:
            raise FormatError("the pouch ends early")
        return piece

    head = pouch.decode_head(read(pouch.HEAD_SIZE))
    for _ in range(head.editions):
        pouch.read_edition(read)
    for _ in range(head.envelopes):
        pouch.read_envelope(read)
    for _ in range(head.blobs):
        read(pouch.read_blob(read).size)
    pouch.check_end(source.tell(), len(data))
    return head


def _groups(data: bytes) -> object:
    # The text that an officer types or pastes; the two readers of it must agree.
    text = data.decode("utf-8", "replace")
    wrong = digits.wrong_groups(text)
    value = digits.parse_groups(text)
    if wrong or digits.parse_groups(digits.groups(value)) != value:
        raise NotTheSameError
    return value


def _prekey_parts() -> Callable[[bytes], object]:
    return first_of(
        both_ways(bundle.decode_signed, bundle.encode_signed),
        both_ways(bundle.decode_one_time, bundle.encode_one_time),
        both_ways(bundle.decode_batch, bundle.encode_batch),
        both_ways(bundle.decode_entry, bundle.encode_entry),
    )


def _prekey_part_seeds() -> list[bytes]:
    seeds = []
    for whole in vectors("prekeys", most=12)():
        signed, rest = whole[: bundle.SIGNED_PREKEY_SIZE], whole[bundle.SIGNED_PREKEY_SIZE :]
        for n in range(4):
            seeds += [bytes([n]) + signed, bytes([n]) + rest[: bundle.ONE_TIME_SIZE], bytes([n]) + rest]
    return seeds


def _contents() -> Iterator[bytes]:
    whole = world().directory.contents
    yield b"\x00" + contents.encode_contents(whole)
    yield b"\x01" + contents.encode_block(contents.Block(whole, (), (), ()))
    removing = contents.Block(contents.EMPTY, (DeviceId(3), DeviceId(7)), (StationId(4),), (PersonId(2),))
    yield b"\x01" + contents.encode_block(removing)


def _trailers() -> Iterator[bytes]:
    for size in (0, 5, 700):
        told = manifest.Manifest("Báo cáo.pdf", "application/pdf", size, 2, bytes(32))
        trailer = manifest.encode_trailer(manifest.Trailer(told, bytes(cable.SIGNATURE_SIZE)))
        yield size.to_bytes(2) + trailer


def _pouches() -> Iterator[bytes]:
    """Whole plaintexts: every kind of record, the length that their sizes ask for."""
    for records in (
        (),
        (pouch.EditionRecord(3, b"segment"),),
        (pouch.EnvelopeRecord(DeviceId(7), MessageId(bytes(16)), bytes(512)), pouch.BlobRecord(bytes(16), 40)),
    ):
        content = b"".join(
            pouch.encode_record(each) + bytes(each.size if isinstance(each, pouch.BlobRecord) else 0)
            for each in records
        )
        editions, envelopes, blobs = (
            sum(isinstance(each, kind) for each in records)
            for kind in (pouch.EditionRecord, pouch.EnvelopeRecord, pouch.BlobRecord)
        )
        head = pouch.Head(1_800_000_000, editions, envelopes, blobs, len(content))
        yield pouch.encode_head(head) + content


def _boxes() -> Iterator[bytes]:
    for size in handshake.FIRST_PACKET_SIZES:
        box = handshake.Box(
            sender=CertificateRef(bytes(32)),
            signature=bytes(handshake.SIGNATURE_SIZE),
            generation=1,
            previous=handshake.NO_SESSION,
            reason=handshake.ResetReason.FIRST,
            edition=packet.EditionMark(7, bytes(8)),
            public=bytes(32),
            offer=bytes(packet.EK_SIZE),
            packet=bytes(size),
        )
        yield handshake.encode_box(box)


def _person_requests() -> list[bytes]:
    return [person_request.encode(each) for each in PERSON_REQUESTS]


def _handovers() -> list[bytes]:
    return [handover.encode(WHOLE)]


def _kit_additions() -> list[bytes]:
    return [kit_drop.encode_head(each) for each in kit_values.HEADS]


def _kit_permits() -> list[bytes]:
    return [kit_records.encode_permit(kit_values.PERMIT)]


_CERTIFICATES = first_of(
    both_ways(certificate.decode, certificate.encode),
    both_ways(certificate.decode_root, certificate.encode_root),
    both_ways(certificate.decode_issuer, certificate.encode_issuer),
    both_ways(directory.decode_head, directory.encode_head),
    both_ways(directory.decode_path, directory.encode_path),
)

FORMATS = (
    Target("codec", lambda data: codec.decode(data, max_bytes=8_192), vectors("cable", "service", "item"), cbor=True),
    Target("cable", both_ways(cable.decode, cable.encode), vectors("cable"), cbor=True),
    Target(
        "signed-cable",
        both_ways(cable.decode_signed, cable.encode_signed),
        vectors("signed_cable"),
        longest=16_384,
    ),
    Target("service", both_ways(service.decode, service.encode), vectors("service"), cbor=True),
    Target("item", both_ways(item.decode, item.encode), vectors("item"), cbor=True),
    Target("slip", both_ways(slip.decode, slip.encode), vectors("slip")),
    Target("backup", both_ways(backup.decode, backup.encode), vectors("backup"), cbor=True),
    Target("pad-file", both_ways(pad_file.decode, pad_file.encode), vectors("pad_file"), cbor=True),
    Target("handover", both_ways(handover.decode, handover.encode), _handovers, cbor=True),
    Target("kit-addition", both_ways(kit_drop.decode_head, kit_drop.encode_head), _kit_additions, cbor=True),
    Target("kit-permit", both_ways(kit_records.decode_permit, kit_records.encode_permit), _kit_permits, cbor=True),
    Target("manifest", both_ways(manifest.decode, manifest.encode), vectors("manifest"), cbor=True),
    Target("trailer", _trailer, _trailers),
    Target("certificate", _CERTIFICATES, chosen(5, "certificate", most=12)),
    Target("segment", both_ways(directory.decode, directory.encode), vectors("directory", most=20), longest=32_768),
    Target(
        "contents",
        first_of(
            both_ways(contents.decode_contents, contents.encode_contents),
            both_ways(contents.decode_block, contents.encode_block),
        ),
        _contents,
    ),
    Target("bundle", both_ways(bundle.decode, bundle.encode), vectors("prekeys", most=16), longest=16_384),
    Target("prekeys", _prekey_parts(), _prekey_part_seeds),
    Target("packet-header", both_ways(packet.decode_header, packet.encode_header), lambda: [bytes([1, 1]) + bytes(86)]),
    Target("person-request", both_ways(person_request.decode, person_request.encode), _person_requests),
    Target("request", both_ways(enrolment.decode_request, enrolment.encode_request), vectors("enrolment", most=4)),
    Target("sync-request", _request, _request_seeds),
    Target("sync-answer", both_ways(sync.decode_answer, sync.encode_answer), vectors("sync", most=120)),
    Target(
        "feed",
        first_of(
            both_ways(feed.decode_head, feed.encode_head),
            both_ways(feed.unframe_segment, feed.frame_segment),
        ),
        lambda: [
            b"\x00" + feed.encode_head(feed.FeedHead(7, bytes(32), 4096)),
            b"\x01" + feed.frame_segment(b"segment"),
        ],
    ),
    Target("pouch", _pouch, _pouches),
    Target("groups", _groups, texts("digits", "text")),
    Target(
        "handshake-box",
        both_ways(handshake.decode_box, handshake.encode_box),
        _boxes,
    ),
)
