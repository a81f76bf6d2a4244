"""The inputs that cost a decoder most: what it still takes at its bounds, and what pretends to be more."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from secmsg import digits
from secmsg.authority import trust
from secmsg.crypto.secret import Secret
from secmsg.errors import CryptoError, FormatError, SessionError, TrustError
from secmsg.ids import CertificateRef, DeviceId, MailboxId, MessageId, PersonId, RelayId, StationId
from secmsg.metadata import report
from secmsg.office import (
    continuity,
    custody_forms,
    custody_record,
    draft_record,
    kit_log,
    kit_records,
    ledger,
    register,
)
from secmsg.protocol import session, state
from secmsg.protocol.skipped_keys import MAX_JUMP, SkippedChain, SkippedKey, SkippedKeys
from secmsg.protocol.state import Side
from secmsg.wire import (
    bundle,
    cable,
    certificate,
    codec,
    contents,
    directory,
    enrolment,
    feed,
    fragments,
    groups,
    handover,
    handshake,
    item,
    kit_drop,
    manifest,
    pad_file,
    padding,
    person_request,
    pouch,
    service,
    sync,
    thin_content,
    thin_lines,
    thin_text,
)
from secmsg.wire import packet as packets
from secmsg.wire.contents import Contents, MailboxEntry, PersonEntry, StationEntry
from secmsg.wire.packet import PqKind
from tests.fuzz import by_hand, formats, sealed, thin
from tests.fuzz.seeds import vectors
from tests.helpers.authority_world import HANOI, NOW, RELAY, world
from tests.helpers.drafts import COMPLETE
from tests.helpers.sessions import established
from tests.helpers.thin_tables import vietnamese

_TOWER = "a" + "\u0323\u031b\u0302\u0301\u0306\u030a\u0303\u0309"
"""A letter with as many marks as text may have, in an order that composing must turn round."""


@dataclass(frozen=True, slots=True)
class Case:
    """One input and who takes it."""

    decoder: str
    what: str
    make: Callable[[], bytes]
    take: Callable[[bytes], object]
    refusals: tuple[type[Exception], ...] = (FormatError,)


_CBOR: dict[str, tuple[Callable[[bytes], object], int]] = {
    "cable": (cable.decode, cable.MAX_BYTES),
    "signed cable": (cable.decode_signed, cable.MAX_SIGNED_BYTES),
    "item": (item.decode, item.MAX_BYTES),
    "service": (service.decode, service.MAX_BYTES),
    "manifest": (manifest.decode, manifest.MAX_BYTES),
    "contents": (contents.decode_contents, contents.MAX_CONTENTS),
    "request": (enrolment.decode_request, enrolment.MAX_REQUEST),
    "kit": (enrolment.decode_kit, enrolment.MAX_KIT),
    "sync request": (sync.decode_request, sync.MAX_REQUEST),
    "sync deposits": (lambda data: sync.decode_body(b"\x02" + data[:-1]), sync.MAX_REQUEST),
    "sync answer": (lambda data: sync.decode_answer(b"\x81" + data[:-1]), sync.MAX_ANSWER),
    "pad file": (pad_file.decode, pad_file.MAX_BYTES),
    "ledger": (ledger.decode, 2**12),
    "person request": (person_request.decode, person_request.MAX_REQUEST),
    "custody statement": (custody_record.decode, custody_record.MAX_BYTES),
    "custody entry": (custody_record.decode_entry, custody_record.MAX_ENTRY),
    "custody form": (custody_forms.decode, custody_forms.MAX_FORM),
    "custody answer": (custody_forms.decode_answer, custody_forms.MAX_ANSWER),
    "handover": (handover.decode, handover.MAX_BYTES),
    "kit addition": (kit_drop.decode_head, kit_drop.MAX_HEAD),
    "kit permit": (kit_records.decode_permit, kit_records.MAX_PERMIT),
    "signed kit permit": (kit_records.decode_signed, kit_records.MAX_SIGNED_PERMIT),
    "kit proof": (kit_records.decode_proven, kit_records.MAX_PROVEN),
    "kit log": (kit_log.decode, kit_log.MAX_BYTES),
    "draft": (draft_record.decode, draft_record.MAX_BYTES),
    "register line": (register.decode, register.MAX_BYTES),
    "continuity": (continuity.decode, 2**16),
}


def _bombs() -> Iterator[Case]:
    """Give every CBOR decoder what fills its bound with heads, nests to its end, or promises a world."""
    for name, (take, most) in _CBOR.items():
        count = min(most - 9, 2**24)

        def heads(most: int = most, count: int = count) -> bytes:
            return b"\x9a" + count.to_bytes(4) + bytes(min(count, most - 5))

        def nested(most: int = most) -> bytes:
            return b"\x81" * (most - 1) + b"\x80"

        def keys(most: int = most) -> bytes:
            pairs = (most - 9) // 6
            return b"\xba" + pairs.to_bytes(4) + b"".join(b"\x1a" + n.to_bytes(4) + b"\x80" for n in range(pairs))

        yield Case(name, "one array of single bytes", heads, take)
        yield Case(name, "arrays in arrays", nested, take)
        yield Case(name, "a map of empty arrays", keys, take)
        yield Case(name, "2^64 - 1 items promised", lambda: b"\x9b" + b"\xff" * 8, take)
        yield Case(name, "2^64 - 1 bytes promised", lambda: b"\xa1\x00\x5b" + b"\xff" * 8, take)


def _marks() -> bytes:
    """Give a map that is no cable only in the end, whose body is all towers."""
    body = (_TOWER * (cable.MAX_BODY // len(_TOWER)))[: cable.MAX_BODY]
    return codec.encode({23: body, **dict.fromkeys(range(23), 0)})


def _letters() -> bytes:
    return codec.encode({0: "".join(map(chr, range(0x4E00, 0x9FFF))) * 8})


def _everybody() -> Contents:
    station = range(1, contents.MAX_LISTED + 1)
    name = "Đ" * contents.MAX_NAME
    return Contents(
        tuple(MailboxEntry(StationId(n), DeviceId(n), bytes(32)) for n in station),
        tuple(StationEntry(StationId(n), name, name, "Hà Nội", HANOI.timezone, "Đ" * 20, "H" * 8) for n in station),
        tuple(PersonEntry(PersonId(n), StationId(1), name, name) for n in station),
    )


def _segment() -> bytes:
    """Give a full segment of 4 096 certificates and a block of 4 MiB."""
    edition = world().edition
    model = next(iter(world().directory.certificates.values()))
    listed = sorted(
        certificate.encode(replace(model, serial=n, subject=n % 65_535 + 1))
        for n in range(1, directory.MAX_CERTIFICATES + 1)
    )
    return directory.encode(
        replace(
            edition,
            head=replace(edition.head, count=directory.MAX_CERTIFICATES),
            added=tuple(certificate.decode(each) for each in listed),
            sealed_block=bytes(directory.MAX_SEALED_BLOCK),
        )
    )


def _kit() -> bytes:
    """Give a kit with as much of everything as one may hold."""
    edition = directory.decode(_segment())
    served = next(each for each in vectors("prekeys")() if _is_bundle(each))
    kit = enrolment.Kit(
        station=StationId(1),
        device=DeviceId(1),
        person=PersonId(1),
        device_ref=CertificateRef(bytes(32)),
        person_ref=CertificateRef(bytes(32)),
        request=bytes(16),
        prepared_at=NOW,
        root_hash=bytes(32),
        edition=edition,
        cover_roots=tuple(enrolment.CoverRoot(n, bytes(32)) for n in range(enrolment.MAX_COVER_ROOTS)),
        relays=tuple(replace(RELAY, relay_id=RelayId(bytes([n]) * 16)) for n in range(enrolment.MAX_RELAYS)),
        bundles=(bundle.decode(served),) * enrolment.MAX_BUNDLES,
    )
    return enrolment.encode_kit(kit)


def _is_bundle(data: bytes) -> bool:
    try:
        return bundle.decode(data).entry is not None
    except FormatError:
        return False


def _directory() -> bytes:
    """Give the store's form of a directory: its tree and contents are hashed anew on reading."""
    data = trust.encode_directory(world().directory)
    return data[: -certificate.BODY_SIZE] + data[-certificate.BODY_SIZE :] * 2_000


def _pouch() -> bytes:
    """Give a pouch of the most records, each as small as it may be."""
    envelope = pouch.encode_record(pouch.EnvelopeRecord(DeviceId(1), MessageId(bytes(16)), bytes(512)))
    edition = pouch.encode_record(pouch.EditionRecord(1, b"x"))
    blob = pouch.encode_record(pouch.BlobRecord(bytes(16), 1)) + b"x"
    content = edition * pouch.MAX_EDITIONS + envelope * pouch.MAX_ENVELOPES + blob * pouch.MAX_BLOBS
    head = pouch.Head(NOW, pouch.MAX_EDITIONS, pouch.MAX_ENVELOPES, pouch.MAX_BLOBS, len(content))
    whole = pouch.encode_head(head) + content
    return whole.ljust(pouch.stream_size(len(whole), 0), b"\0")


def _acks() -> bytes:
    boxes = sync.MAX_BOXES
    ranges = tuple((3 * n + 1, 3 * n + 2) for n in range(79))
    acks = tuple(sync.Ack(MailboxId(bytes([n]) * 16), ranges) for n in range(boxes))
    return sync.encode_request(sync.SyncRequest(1, bytes(16), acks))


def _state() -> bytes:
    """Give a session with every key that it may keep."""
    anna, binh = established("bounds")
    keys = {n: SkippedKey(Secret(bytes(32)), NOW) for n in range(2048)}
    assert binh.receiving is not None
    assert anna.sending is not None
    receiving = replace(binh.receiving, epoch=8, n=2048, offer=bytes(1184))
    chains = tuple(SkippedChain(epoch, receiving.header_key, keys) for epoch in (2, 4, 6, 8))
    full = replace(
        anna,
        side=Side.INITIATOR,
        receiving=receiving,
        sending=replace(anna.sending, epoch=9, answer=bytes(1088)),
        skipped=SkippedKeys(chains),
    )
    return state.encode(full)


def _jump(*, both: bool) -> bytes:
    """Give a header that makes its reader walk a chain as far as one may, or two of them, for a body that fails."""
    talk = sealed._talk()
    current = talk.current
    header = packets.PacketHeader(
        epoch=current.epoch + 2 if both else current.epoch,
        n=MAX_JUMP if both else current.n + MAX_JUMP,
        pn=current.n + MAX_JUMP if both else 0,
        public=b"\x09" + bytes(31) if both else current.public,
        salt=bytes(16),
        body_len=0,
        pq_kind=PqKind.NONE,
        ack=0,
        bitmap=0,
        edition=1,
        root_hash=bytes(8),
    )
    key = [key for _, _, key in session._header_keys(talk.session)].index(
        talk.session.next_receiving_key if both else current.header_key
    )
    return bytes([key]) + packets.encode_header(header) + bytes(padding.CLASSES[-1] - packets.OVERHEAD)


def _thin_text() -> bytes:
    return thin_text.compress(("a.b," * 2_048)[: thin_text.MAX_CHARACTERS], vietnamese())


def _endless() -> bytes:
    return bytes(7) + b"\xaa" * (thin_content.MAX_ENCODED - 7)


def _pieces() -> bytes:
    cut = fragments.cut(bytes(range(256)) * 40, 0, 320, 7)
    return b"".join(each.piece for each in cut[7:])


def _join(data: bytes) -> object:
    return fragments.join({7 + n: data[320 * n : 320 * (n + 1)] for n in range(32)}, 32, 7)


def _report() -> bytes:
    line = {"outcome": "removable", "found": [["author", "x" * 1_000]] * 60, "left": [], "size": 1}
    return json.dumps(line).encode()


def _groups(data: bytes) -> object:
    return groups.decode(data.decode())


def _misheard() -> bytes:
    spoken = groups.encode(b"\xa5" * 400, 100)
    wrong = groups.encode(b"\x5a" * 400, 100)
    return " ".join((*spoken[:2], *wrong[2:52], *spoken[52:])).encode()


def _numbered() -> bytes:
    return "\n".join(f"{line % 35}: EEEEE" for line in range(400)).encode()


_SEALED = (FormatError, SessionError, CryptoError, TrustError)

WORST: tuple[Case, ...] = (
    *_bombs(),
    Case("cable", "a body of towers of marks", _marks, cable.decode),
    Case("codec", "a text of 167 000 different letters", _letters, lambda data: codec.decode(data, max_bytes=2**20)),
    Case(
        "contents",
        "2 048 of each, the longest names",
        lambda: contents.encode_contents(_everybody()),
        contents.decode_contents,
    ),
    Case("segment", "4 096 certificates, a block of 4 MiB", _segment, directory.decode),
    Case("segment", "16 MiB of nothing", lambda: _segment().ljust(directory.MAX_SEGMENT, b"\0"), directory.decode),
    Case("kit", "a full edition, 512 bundles", _kit, enrolment.decode_kit),
    Case("stored directory", "2 000 certificates that are not its own", _directory, trust.decode_directory),
    Case("feed", "a frame of 16 MiB", lambda: feed.frame_segment(bytes(feed.MAX_SEGMENT)), feed.unframe_segment),
    Case("pouch", "64 editions, 4 096 envelopes, 4 096 blobs", _pouch, formats._pouch),
    Case("sync request", "32 mailboxes, 79 ranges each", _acks, sync.decode_request),
    Case("groups", "4 096 figures", lambda: b"1" * 4_096, lambda data: digits.parse_groups(data.decode())),
    Case("groups", "a million figures", lambda: b"1" * 1_000_000, lambda data: digits.parse_groups(data.decode())),
    Case("session state", "8 192 keys of missing packets", _state, state.decode),
    Case("packet", "25 000 places ahead", lambda: _jump(both=False), sealed._far, _SEALED),
    Case("packet", "25 000 places behind, 25 000 ahead", lambda: _jump(both=True), sealed._far, _SEALED),
    Case(
        "handshake", "a box of 32 KiB", lambda: b"\x01" + bytes(handshake.BOX_FRONT_SIZE + 27_000), sealed._box, _SEALED
    ),
    Case("draft", "a body of 15 MiB", lambda: _draft(15 * 2**20), draft_record.decode),
    Case("thin text", "2 048 words and signs", _thin_text, lambda data: thin_text.decompress(data, vietnamese())),
    Case("thin text", "ten thousand bytes that end nowhere", _endless, lambda data: thin._content(b"\x04" + data)),
    Case("fragments", "32 pieces of 320 bytes, 7 of them lost", _pieces, _join),
    Case("thin line", "4 096 letters", lambda: b"Z" * 4_096, lambda data: thin_lines.read(data.decode())),
    Case("packet groups", "512 groups of letters", lambda: b"EEEEE " * 512, _groups),
    Case("packet groups", "400 bytes, 100 of parity, 50 groups wrong unseen", _misheard, _groups),
    Case("packet groups", "400 lines of one group, each with a number", _numbered, _groups),
    Case(
        "hand message", "960 groups, sixty of them lost", lambda: by_hand.longest(1_000), by_hand.read, by_hand.REFUSED
    ),
    Case(
        "hand message",
        "letters of both alphabets",
        lambda: by_hand.longest(1_058, b" E5E5E"),
        by_hand.read,
        by_hand.REFUSED,
    ),
    Case("hand message", "16 384 marks", lambda: b"? " * 8_192, by_hand.read, by_hand.REFUSED),
    Case("report", "60 entries of 1 000 letters", _report, report.decode),
    Case("report", "arrays in arrays", lambda: b"[" * report.MAX_BYTES, report.decode),
)


def _draft(size: int) -> bytes:
    return draft_record.encode(replace(COMPLETE, body="Đ" * (size // 2)))
