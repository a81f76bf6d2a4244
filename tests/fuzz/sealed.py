"""Fuzzed: what is read only after a seal has opened, as a peer who holds the keys could have written it."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from secmsg.crypto import aead, hashing, labels, sealing, signing
from secmsg.crypto.secret import Secret
from secmsg.errors import CryptoError, FormatError, SessionError, TrustError
from secmsg.protocol import chain_key, handshake, session, state, veil
from secmsg.protocol.skipped_keys import MAX_JUMP
from secmsg.protocol.state import ReceivingChain, Session
from secmsg.wire import handshake as messages
from secmsg.wire import packet as packets
from secmsg.wire.packet import HEADER_SIZE, PqKind
from tests.fuzz.target import NotTheSameError, Target
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import COVER, NOW, Device, device, established, initiate, respond, seal, turn

_LATER = NOW + 90_000
_NEAR = 64
"""Places ahead for which the body is sealed truly; further on it need not be, to be refused."""


@dataclass(frozen=True, slots=True)
class _Talk:
    """A session some turns old that misses packets, and what a peer holding its keys can seal with."""

    session: Session
    current: ReceivingChain


@functools.cache
def _talk() -> _Talk:
    anna, binh = established("fuzz/packet")
    random = seeded(b"fuzz/packet")
    for _ in range(3):
        anna, _ = seal(anna, b"lost", random, now=_LATER)
        anna, binh = turn(anna, binh, random, now=_LATER, payload=b"x" * 300)
        binh, anna = turn(binh, anna, random, now=_LATER, payload=b"y" * 300)
    anna, _ = seal(anna, b"lost", random, now=_LATER)
    anna, binh = turn(anna, binh, random, now=_LATER)
    binh, _ = seal(binh, b"z", random, now=_LATER)
    assert binh.receiving is not None
    return _Talk(binh, binh.receiving)


def _packet(data: bytes) -> object:
    """Take a packet whose numbers, where they are not refused at once, are near."""
    header = data[1 : HEADER_SIZE + 1]
    if len(header) < HEADER_SIZE:
        return None
    # A long walk costs a third of a second and shows nothing new here: bounds.py takes the longest there is.
    n = _talk().current.n
    return _far(data[:1] + _near(_near(header, 6, n), 10, n) + data[HEADER_SIZE + 1 :])


def _far(data: bytes) -> object:
    """Seal header, pq field and body as told: one byte that chooses the header key, the header, the rest."""
    talk = _talk()
    header, content = data[1 : HEADER_SIZE + 1], data[HEADER_SIZE + 1 :]
    keys = [key for _, _, key in session._header_keys(talk.session)]
    packet = _sealed(talk, keys[data[0] % len(keys)], header, content)
    after, opened = session.open_packet(talk.session, packet, now=_LATER)
    if state.decode(state.encode(after)) != after:
        raise NotTheSameError
    return opened


def _near(header: bytes, offset: int, n: int) -> bytes:
    """Bring a number of the header that is far ahead and not refused for it to within 64 places."""
    asked = int.from_bytes(header[offset : offset + 4])
    if not n + _NEAR < asked <= n + MAX_JUMP:
        return header
    return header[:offset] + (n + asked % _NEAR).to_bytes(4) + header[offset + 4 :]


def _sealed(talk: _Talk, header_key: Secret, header: bytes, content: bytes) -> bytes:
    sealed = sealing.seal(header_key, header, session._device(talk.session.own_device))
    try:
        read = packets.decode_header(header)
    except FormatError:
        return sealed + bytes(48) + content
    kind = read.pq_kind
    inner, body = content[: kind.content_size], content[kind.content_size :]
    field = sealing.seal(session._pq_key(header_key, read.salt), inner, sealed) if kind and inner else b""
    message = _message_key(talk, read.n)
    made = chain_key.packet_keys(message, read.salt)
    commitment = hashing.hmac_sha256(made.commitment, sealed)
    associated = session._associated(talk.session, talk.session.side.other, sealed, commitment, field)
    # The fill behind the body is the peer's too: zeros where the input does not reach.
    filled = body.ljust(read.body_len + 8, b"\x00") if read.body_len < 4_096 else body
    return sealed + commitment + field + aead.seal(made.key, made.nonce, filled, associated)


def _message_key(talk: _Talk, n: int) -> Secret:
    chain = talk.current
    if not chain.n <= n < chain.n + _NEAR:
        return talk.current.chain
    return chain_key.advance(chain_key.run(chain.chain, chain.n, n, 0)[0])[1]


def _packet_seeds() -> Iterator[bytes]:
    talk = _talk()
    usual = packets.PacketHeader(
        epoch=talk.current.epoch,
        n=talk.current.n,
        pn=0,
        public=talk.current.public,
        salt=bytes(16),
        body_len=5,
        pq_kind=PqKind.NONE,
        ack=3,
        bitmap=0,
        edition=7,
        root_hash=bytes(8),
    )
    for header in (
        usual,
        replace(usual, n=usual.n + 3),
        replace(usual, n=0),
        replace(usual, pq_kind=PqKind.OFFER),
        replace(usual, pq_kind=PqKind.BOTH),
        replace(usual, epoch=usual.epoch + 2, pn=usual.n, n=0, public=b"\x09" + bytes(31)),
        replace(usual, epoch=usual.epoch + 2, pn=usual.n, n=0, public=bytes(32), pq_kind=PqKind.ANSWER),
    ):
        for key in range(3):
            yield bytes([key]) + packets.encode_header(header) + bytes(header.pq_kind.content_size) + b"hello"


@dataclass(frozen=True, slots=True)
class _Opening:
    """A true handshake from a certified peer, and the keys with which the peer made it."""

    anna: Device
    binh: Device
    front: bytes
    box_key: Secret
    transcript: bytes
    box: bytes


@functools.cache
def _opening() -> _Opening:
    anna, binh = device(11, "fuzz/hx/a", 1), device(12, "fuzz/hx/b", 1)
    _, message = initiate(anna, binh)
    inside = veil.lift([COVER], binh.identity.device, message)
    front, sealed = messages.decode_front(inside)
    known = binh.secrets(front.signed_id, front.one_time_id)
    secrets = handshake._agree(front, known)
    assert known.one_time is not None
    transcript = handshake._box_transcript(
        front, binh.identity.ref, known.signed.public, known.one_time.public, known.one_time.batch_root
    )
    key = handshake._box_key(secrets, transcript)
    return _Opening(anna, binh, inside[: messages.FRONT_SIZE], key, transcript, sealing.unseal(key, sealed, transcript))


def _take(opening: _Opening, inside: bytes) -> object:
    receiver = replace(opening.binh, seen=set(), one_times=dict(opening.binh.one_times))
    return respond(receiver, veil.put_on(COVER, receiver.identity.device, inside), opening.anna)


def _front(data: bytes) -> object:
    """Put the veil on anything, filled up to a size that a handshake has."""
    size = messages.SIZE_CLASSES[0] - sealing.OVERHEAD
    return _take(_opening(), data[:size].ljust(size, b"\x00"))


def _box(data: bytes) -> object:
    """Seal any box under the key agreed; the first byte says whether its sender signs what it became."""
    opening, box = _opening(), data[1:]
    if data[:1] == b"\x01":
        try:
            read = messages.decode_box(box)
        except FormatError:
            pass
        else:
            transcript = handshake._transcript(opening.transcript, read)
            signature = signing.sign(opening.anna.identity.key, labels.SIGN_HX1, transcript)
            box = messages.encode_box(replace(read, signature=signature))
    return _take(opening, opening.front + sealing.seal(opening.box_key, box, opening.transcript))


def _front_seeds() -> Iterator[bytes]:
    opening = _opening()
    box = sealing.seal(opening.box_key, opening.box, opening.transcript)
    yield opening.front + box
    yield b"\x01\x01\x00\x01" + opening.front[4:8] + bytes(4) + opening.front[12:] + box


_REFUSALS = (FormatError, SessionError, CryptoError, TrustError)

SEALED = (
    Target("packet", _packet, _packet_seeds, (FormatError, SessionError, CryptoError), longest=3_000),
    Target("handshake-front", _front, _front_seeds, _REFUSALS),
    Target(
        "handshake-inside",
        _box,
        lambda: [b"\x00" + _opening().box, b"\x01" + _opening().box],
        _REFUSALS,
    ),
)
