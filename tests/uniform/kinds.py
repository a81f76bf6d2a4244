"""Every kind of thing that goes over a line or on a medium, as something that makes one after the other.

Keys of the makers are kept, contents are zeros or alike: what looks random must come from the sealing. Everything that
the two ends draw for each item (salts, keys of an agreement, ciphertexts) is drawn.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass

from secmsg.authority import coded
from secmsg.authority.coded import CodedFile
from secmsg.authority.mailbox import mailbox, week_of
from secmsg.config import ThinLimits
from secmsg.crypto import blob, labels, randomness, sealing, signing
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level
from secmsg.ids import CertificateRef, DeviceId, MessageId, RelayId, Week
from secmsg.protocol import paper, thin
from secmsg.protocol.session import Session
from secmsg.station import annex, pouch_sealing
from secmsg.station.annex import Described, Purpose
from secmsg.wire import padding
from secmsg.wire import pouch as pouch_wire
from secmsg.wire.bundle import Bundle
from secmsg.wire.handshake import ResetReason
from secmsg.wire.packet import HEADER_SIZE, SEALED_HEADER_SIZE
from secmsg.wire.pouch import EnvelopeRecord, Head
from tests.helpers.sessions import COVER, NOW, bare_pair, device, initiate, opened, seal, turn
from tests.uniform.measure import Make

DAY = 86_400
CHEAP = KdfCost(memory_kib=8, passes=1)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of item: how a maker of it begins, and whether a size is one that it may have.

    `share` is the part of the full count that `make test` makes of it: what takes agreements or signatures is slow.
    """

    name: str
    begin: Callable[[], Make]
    may_have: Callable[[int], bool]
    share: float = 0.1


# --- packets ---------------------------------------------------------------------------------------------------------


def packet(size: int) -> Callable[[], Make]:
    """Seal the same text again and again, in one chain."""

    def begin() -> Make:
        session, _, _, _ = bare_pair(randomness.system(16))
        payload = bytes(200)

        def make() -> bytes:
            nonlocal session
            session, sealed = seal(session, payload, randomness.system, size_class=size)
            return sealed

        return make

    return begin


def packet_with_keys() -> Make:
    """Seal packets that carry new post-quantum keys: the speaker changes, and two days pass, with each."""
    first, second, _, _ = bare_pair(randomness.system(16))
    sides: list[Session] = [first, second]
    now = NOW
    for _ in range(3):
        sides[0], sides[1] = turn(sides[0], sides[1], randomness.system, now=now)
        sides.reverse()

    def make() -> bytes:
        nonlocal now
        now += 2 * DAY
        sides[0], sealed = seal(sides[0], bytes(200), randomness.system, now=now, size_class=8_192)
        sides[1], _ = opened(sides[1], sealed, now)
        sides.reverse()
        return sealed

    return make


def first_message(payload: bytes) -> Callable[[], Make]:
    """Open sessions with one machine: fresh agreements and ciphertexts for each, signed and veiled."""

    def begin() -> Make:
        anna, binh = device(11, "uniform/a", 0), device(12, "uniform/b", 1)
        anna.random = randomness.system
        bundle = Bundle(binh.signed.public, binh.batch, binh.entries[0])
        return lambda: initiate(anna, binh, payload, bundle=bundle)[1]

    return begin


def thin_packet() -> Make:
    """Seal the same short text again and again, in one thin chain."""
    first, second, _, _ = bare_pair(randomness.system(16))
    first, second = turn(first, second, randomness.system)
    second, first = turn(second, first, randomness.system)
    limits = ThinLimits()

    def make() -> bytes:
        nonlocal first
        first, sealed = thin.seal_thin(first, bytes(40), now=NOW, limits=limits)
        return sealed

    return make


def recovery_packet() -> Make:
    """Begin and answer recoveries from paper in turn, each with a secret of its own."""
    between = paper.pairing(DeviceId(1), DeviceId(2), 1)
    waiting: list[bytes] = []

    def make() -> bytes:
        if waiting:
            return waiting.pop()
        secret = Secret(randomness.system(32))
        terms, begun = paper.begin(secret, between, 1, ResetReason.STATE_LOST, randomness.system)
        waiting.append(paper.answer(secret, between, begun, terms, 1, randomness.system)[1])
        return begun

    return make


# --- files and blobs -------------------------------------------------------------------------------------------------


def whole_blob() -> Make:
    """Seal short contents of zeros as annexes."""
    key = signing.signing_generate(Level.STANDARD, randomness.system)
    ref = CertificateRef(bytes(32))
    number = 0

    def make() -> bytes:
        nonlocal number
        number += 1
        content, written = bytes(number % 4 * 1_000), bytearray()
        described = Described("a", "text/plain", len(content), 0)
        annex.seal(
            io.BytesIO(content), described, written.extend, device=key, ref=ref, purpose=Purpose.ANNEX, expiry=0,
            random=randomness.system,
        )  # fmt: skip
        return bytes(written)

    return make


BLOBS = frozenset(
    blob.sealed_size(padding.padme(content + 2 + manifest + 3_373))
    for content in range(0, 4_000, 1_000)
    for manifest in range(60, 90)
)


def pouch() -> Make:
    """Write pouches of two envelopes for the same machines."""
    root, devices = Secret(randomness.system(32)), (DeviceId(2), DeviceId(3))

    def make() -> bytes:
        salt, key = randomness.system(32), Secret(randomness.system(32))
        tail = int.from_bytes(randomness.system(2)) & pouch_wire.MAX_TAIL
        sealer = pouch_sealing.encryptor(key, salt)
        slots = pouch_sealing.slots(root, salt, key, devices, randomness.system)
        return pouch_wire.front(salt, slots) + sealer.update(_stream(tail)) + sealer.finalize()

    return make


def _stream(tail: int) -> bytes:
    records = [
        pouch_wire.encode_record(EnvelopeRecord(DeviceId(2), MessageId(number.to_bytes(16)), bytes(512)))
        for number in range(2)
    ]
    size = sum(map(len, records))
    content = pouch_wire.encode_head(Head(NOW, 0, 2, 0, size)) + b"".join(records)
    return content.ljust(pouch_wire.stream_size(len(content), tail), b"\0")


def coded_file(label: str) -> Callable[[], Make]:
    """Seal kits or cover files of zeros; their head (version, cost, salt) is in clear by design, and left out here."""

    def begin() -> Make:
        kind, code = CodedFile(label, "file", 4_096), Secret(randomness.system(coded.CODE_SIZE))
        return lambda: coded.seal(kind, bytes(512), code, CHEAP, randomness.system)[coded.HEAD_SIZE :]

    return begin


def names_at_a_relay() -> Make:
    """Derive a mailbox's name and its right to deposit, week after week."""
    secret, relay = Secret(randomness.system(32)), RelayId(bytes(16))
    week = week_of(NOW)

    def make() -> bytes:
        nonlocal week
        week = Week(week + 1)
        return b"".join(mailbox(secret, relay, week))

    return make


def _exactly(*sizes: int) -> Callable[[int], bool]:
    return lambda size: size in sizes


def _is_pouch(size: int) -> bool:
    return pouch_wire.FRONT_SIZE < size < 200_000


KINDS = (
    *(
        Kind(f"packet of {size} bytes", packet(size), _exactly(size), 0.02 if size > 8_192 else 0.1)
        for size in padding.CLASSES
    ),
    Kind("packet with post-quantum keys", packet_with_keys, _exactly(8_192), 0.04),
    Kind("first message of 8192 bytes", first_message(bytes(500)), _exactly(8_192), 0.04),
    Kind("first message of 32768 bytes", first_message(bytes(9_000)), _exactly(32_768), 0.02),
    Kind("thin packet", thin_packet, _exactly(60)),
    Kind("packet of a recovery from paper", recovery_packet, _exactly(41)),
    Kind("blob", whole_blob, BLOBS.__contains__, 0.04),
    Kind("pouch", pouch, _is_pouch, 0.02),
    Kind("kit behind its head", coded_file(labels.KIT), _exactly(coded.CHECK_SIZE + sealing.OVERHEAD + 512)),
    Kind("cover file behind its head", coded_file(labels.COVER_FILE), _exactly(32 + sealing.OVERHEAD + 512)),
    Kind("mailbox and right to deposit", names_at_a_relay, _exactly(32)),
)


# --- controls: what must be seen -------------------------------------------------------------------------------------


def without_veil() -> Make:
    """Give first messages as they are under the veil: a fixed head, a curve point, ciphertexts."""
    veiled = first_message(bytes(500))()
    recipient = DeviceId(12).to_bytes(2)
    return lambda: bytes(16) + sealing.unseal(COVER, veiled(), recipient)


def without_its_head() -> Make:
    """Give what is under the veil from the curve point on: only the top bit of one byte, and the ciphertexts, tell."""
    bare = without_veil()
    return lambda: bare()[28:]


def header_in_clear() -> Make:
    """Give packets whose header is not sealed: type, version, epoch and a rising number."""
    sealed, number = packet(512)(), 0

    def make() -> bytes:
        nonlocal number
        number += 1
        header = b"\x01\x01" + (1).to_bytes(4) + number.to_bytes(4)
        return header.ljust(HEADER_SIZE, b"\0") + sealed()[SEALED_HEADER_SIZE:]

    return make


CONTROLS = (
    Kind("first message without its veil", without_veil, _exactly(8_192), 0.05),
    Kind("the same from its curve point on", without_its_head, _exactly(8_164), 0.05),
    Kind("packet with its header in clear", header_in_clear, lambda _: True),
)
