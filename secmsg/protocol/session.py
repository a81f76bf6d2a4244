"""The session: a double ratchet with sealed headers and a post-quantum step in the padding.

Source: docs/spec/session.md.

    session, packet = encrypt(session, payload, now=…, ack=…, edition=…, random=…)
    session, opened = decrypt(session, packet, now=…)

Both return the next state; the caller stores it in one transaction with the packet or the payload. A failure
leaves the caller with the state it had. Signal's Double Ratchet with header encryption is followed literally,
with its option to make the sending step only when something is to be sent.
"""

from dataclasses import dataclass, replace
from enum import Enum

from secmsg.crypto import aead, agreement, hashing, kdf, labels, sealing
from secmsg.crypto.agreement import Kem
from secmsg.crypto.randomness import Random
from secmsg.crypto.secret import Secret
from secmsg.errors import DecryptionError, FormatError, NoSession, Replayed, TooFarAhead
from secmsg.ids import DeviceId
from secmsg.protocol import chain_key, root_key
from secmsg.protocol.root_key import HEADER_KEY_SIZE, Answer, Terms
from secmsg.protocol.skipped_keys import MAX_JUMP, MAX_PER_CHAIN, SkippedKeys
from secmsg.protocol.state import (
    OwnOffer,
    ReceivingChain,
    SendingChain,
    Session,
    Side,
    decode,
    encode,
)
from secmsg.wire import packet as packets
from secmsg.wire import padding
from secmsg.wire.codec import Writer
from secmsg.wire.packet import MAX_U32, OVERHEAD, SALT_SIZE, TAG, Ack, EditionMark, PacketHeader, PqKind

__all__ = [
    "MAX_PAYLOAD",
    "Opened",
    "Pace",
    "Session",
    "Side",
    "decode",
    "decrypt",
    "encode",
    "encrypt",
    "header_trials",
    "open_packet",
    "recognises",
    "room",
    "seal_packet",
]

_LARGEST = padding.CLASSES[-1]
MAX_PAYLOAD = _LARGEST - OVERHEAD - PqKind.ANSWER.sealed_size
"""31 512 bytes: the longest payload that every chain can carry."""

FIRST_EPOCH = 1
"""The initiator's first chain: the handshake carries its offer, so its packets have no pq field."""

# When the key agreement wants its post-quantum half renewed (docs/spec/session.md 6.1).
_AGED_SECONDS, _AGED_PACKETS = 86_400, 20
_OVERDUE_SECONDS, _OVERDUE_PACKETS = 7 * 86_400, 50
_REPEAT_SECONDS = 3_600


class Pace(Enum):
    """How costly the line is: on a slow one an encapsulation key is carried at most once an hour."""

    NORMAL = 1
    SLOW = 2


@dataclass(frozen=True, slots=True)
class Opened:
    """What an authentic packet held."""

    payload: bytes
    header: PacketHeader


def room(session: Session, size_class: int) -> int:
    """Return the payload bytes that surely fit a packet of `size_class` now, 0 when none does.

    A chain that answers an offer carries 1104 bytes in every packet; one that is not yet begun leaves the
    offer unanswered where the class asked for is too small for it.
    """
    answered = session.sending is not None and session.sending.answer
    return max(0, size_class - OVERHEAD - (PqKind.ANSWER.sealed_size if answered else 0))


def encrypt(
    session: Session,
    payload: bytes,
    *,
    now: int,
    ack: Ack,
    edition: EditionMark,
    random: Random,
    size_class: int | None = None,
    pace: Pace = Pace.NORMAL,
) -> tuple[Session, bytes]:
    """Seal `payload` into the next packet: exactly `size_class` bytes, or the smallest class that it fits.

    Begins the own chain when the peer's is the newest. Without `size_class` an overdue post-quantum step may
    take a larger class than the payload needs. FormatError when the payload does not fit; TooFarAhead when
    epoch or packet numbers are used up (the session must be replaced).
    """
    if size_class is not None and size_class not in padding.CLASSES:
        raise FormatError("not a size class")
    session = session.settled(now)
    chain = session.sending
    if chain is None:
        session, chain = _begin(session, len(payload), size_class or _LARGEST, now, random)
    size, kind = _plan(session, chain, len(payload), size_class, pace, now)
    if kind & PqKind.OFFER:
        session = replace(session, sending=replace(chain, offer=_offer(chain, now, random)))
    return seal_packet(session, payload, size=size, kind=kind, ack=ack, edition=edition, random=random)


def decrypt(session: Session, packet: bytes, *, now: int) -> tuple[Session, Opened]:
    """Open a packet of the peer, in any order, each at most once.

    NoSession when no header key of this session opens the header; Replayed when the packet was opened before
    or its key is wiped; TooFarAhead when it jumps more than 25 000 places; FormatError when it does not fill
    a size class or an authentic peer wrote nonsense; DecryptionError for everything else.
    """
    packets.check_size(packet)
    return open_packet(session, packet, now=now)


def recognises(session: Session, packet: bytes) -> bool:
    """Whether a header key of this session opens the packet's header; says nothing about its body."""
    return _find(session, packets.split(packet).header) is not None


def header_trials(session: Session) -> tuple[bytes, tuple[Secret, ...]]:
    """Return the associated data and the header keys under which a packet of this session may come, likeliest first."""
    return _device(session.own_device), tuple(key for _, _, key in _header_keys(session))


def peek(session: Session, packet: bytes) -> PacketHeader | None:
    """Return the header of a packet that this session recognises, without opening it; None otherwise.

    Only a holder of the header key can have made it; of the body nothing is known. FormatError when it is none.
    """
    found = _find(session, packets.split(packet).header)
    return None if found is None else packets.decode_header(found.header)


# Sending


def _begin(session: Session, length: int, limit: int, now: int, random: Random) -> tuple[Session, SendingChain]:
    """Begin the own chain after the peer's: the sending half of the step (docs/spec/session.md 4.2)."""
    peer = session.receiving
    if peer is None:
        raise FormatError("this session has no chain to answer")
    if peer.epoch == MAX_U32:
        raise TooFarAhead("the session has no more epochs")
    # 1. A fresh pair, agreed with the peer's newest public key.
    ratchet = agreement.exchange_generate(random)
    shared = agreement.exchange(ratchet.private, peer.public)
    # 2. The peer's offer is answered where every packet of the chain can carry the ciphertext.
    fits = OVERHEAD + PqKind.ANSWER.sealed_size + length <= limit
    answer = _answer(peer.offer) if peer.offer and fits else None
    # 3. The root step.
    terms = Terms(peer.epoch + 1, ratchet.public, session.previous_n)
    step = root_key.step(session.root, shared, terms, answer)
    chain = SendingChain(
        epoch=terms.epoch,
        header_key=session.next_sending_key,
        chain=step.chain,
        n=0,
        pn=terms.pn,
        ratchet=ratchet,
        answer=b"" if answer is None else answer.ciphertext,
    )
    session = replace(
        session,
        root=step.root,
        sending=chain,
        next_sending_key=step.next_header_key,
        receiving=replace(peer, offer=b""),
        thin=session.thin.sent_under(terms.epoch, step, now),
    )
    return (session if answer is None else replace(session, last_pq_at=now, since_pq=0)), chain


def _answer(offer: bytes) -> Answer | None:
    try:
        ciphertext, shared = agreement.kem_encapsulate(Kem.LEVEL_768, offer)
    except FormatError:
        # An unusable key harms only the peer that offered it: the classical step goes on without it.
        return None
    return Answer(offer, ciphertext, shared)


def _plan(
    session: Session, chain: SendingChain, length: int, size_class: int | None, pace: Pace, now: int
) -> tuple[int, PqKind]:
    """Choose the packet's size and pq field (docs/spec/session.md 6.1)."""
    plain = PqKind.ANSWER if chain.answer else PqKind.NONE
    least = OVERHEAD + plain.sealed_size + length
    size = padding.class_for(least) if size_class is None else size_class
    if least > size:
        raise FormatError("the payload does not fit the size class")
    offering = PqKind(plain | PqKind.OFFER)
    wanted = OVERHEAD + offering.sealed_size + length
    if not _may_offer(session, chain, pace, now):
        return size, plain
    if wanted <= size:
        return size, offering
    if size_class is None and wanted <= _LARGEST and _rested(chain, now) and _overdue(session, now):
        return padding.class_for(wanted), offering
    return size, plain


def _may_offer(session: Session, chain: SendingChain, pace: Pace, now: int) -> bool:
    if chain.epoch == FIRST_EPOCH or (pace is Pace.SLOW and not _rested(chain, now)):
        return False
    # An offer once made is repeated to the end of its chain, which is when its answer arrives.
    return chain.offer is not None or _older(session, now, _AGED_SECONDS, _AGED_PACKETS)


def _rested(chain: SendingChain, now: int) -> bool:
    """Whether the chain has carried no offer within the last hour; a clock set back counts as rested."""
    return chain.offer is None or not 0 <= now - chain.offer.carried_at < _REPEAT_SECONDS


def _overdue(session: Session, now: int) -> bool:
    return _older(session, now, _OVERDUE_SECONDS, _OVERDUE_PACKETS)


def _older(session: Session, now: int, seconds: int, count: int) -> bool:
    return now - session.last_pq_at > seconds or session.since_pq > count


def _offer(chain: SendingChain, now: int, random: Random) -> OwnOffer:
    """Repeat the chain's offer or make one; its private half lives no longer than the chain."""
    if chain.offer is not None:
        return replace(chain.offer, carried_at=now)
    key = agreement.kem_generate(Kem.LEVEL_768, random)
    return OwnOffer(key.seed, key.public, now)


def seal_packet(
    session: Session,
    payload: bytes,
    *,
    size: int,
    kind: PqKind,
    ack: Ack,
    edition: EditionMark,
    random: Random,
) -> tuple[Session, bytes]:
    """Seal the next packet of the chain begun into exactly `size` bytes (docs/spec/packet.md 5).

    For `encrypt` and for the first packet inside a handshake. FormatError when no chain is begun, when `kind`
    asks for what the chain does not have, or when the payload does not fit.
    """
    chain = session.sending
    if chain is None:
        raise FormatError("no chain is begun")
    if chain.n == MAX_U32:
        raise TooFarAhead("the chain has no more numbers")
    # 1. The header, sealed for the recipient.
    salt = random(SALT_SIZE)
    header = packets.encode_header(
        PacketHeader(
            epoch=chain.epoch,
            n=chain.n,
            pn=chain.pn,
            public=chain.ratchet.public,
            salt=salt,
            body_len=len(payload),
            pq_kind=kind,
            ack=ack.ack,
            bitmap=ack.bitmap,
            edition=edition.number,
            root_hash=edition.root_hash,
        )
    )
    sealed = sealing.seal(chain.header_key, header, _device(session.peer_device))
    # 2. The pq field, under a key of the header's, because the message key depends on what it holds.
    content = packets.join_pq(kind, chain.offer.public if chain.offer is not None else b"", chain.answer)
    pq_field = sealing.seal(_pq_key(chain.header_key, salt), content, sealed) if kind else b""
    # 3. The body, filled up to the size.
    following, message = chain_key.advance(chain.chain)
    keys = chain_key.packet_keys(message, salt)
    commitment = hashing.hmac_sha256(keys.commitment, sealed)
    body = padding.pad_to(payload, size - OVERHEAD - len(pq_field))
    associated = _associated(session, session.side, sealed, commitment, pq_field)
    body_sealed = aead.seal(keys.key, keys.nonce, body, associated)
    after = replace(
        session,
        sending=replace(chain, chain=following, n=chain.n + 1),
        since_pq=min(session.since_pq + 1, MAX_U32),
    )
    return after, sealed + commitment + pq_field + body_sealed


# Receiving


class _Place(Enum):
    OLDER = 1
    CURRENT = 2
    NEXT = 3


@dataclass(frozen=True, slots=True)
class _Found:
    """Which chain's header key opened a header, and what it held."""

    place: _Place
    epoch: int
    header_key: Secret
    header: bytes


def open_packet(session: Session, packet: bytes, *, now: int) -> tuple[Session, Opened]:
    """Open a packet of any size, as `decrypt` does: for the first packet inside a handshake.

    Everything is done on new values; the state given is the state of a caller who sees an exception.
    """
    parts = packets.split(packet)
    # 1. The header says which chain and which place; only a holder of a header key can have made it.
    found = _find(session, parts.header)
    if found is None:
        raise NoSession("no header key opens this packet")
    header = packets.decode_header(found.header)
    pq_field, body = _cut(parts.rest, header)
    # 2. The pq field, before the root step that needs it.
    offer, ciphertext = _open_pq(found, parts.header, header, pq_field)
    # 3. The ratchet steps up to the packet's place.
    session = session.settled(now)
    if found.place is _Place.NEXT:
        session = _turn(session, header, ciphertext, now)
    elif header.epoch != found.epoch:
        raise DecryptionError
    session, message = _message_key(session, found, header, now)
    # 4. Commitment and body; nothing above counts unless they authenticate.
    keys = chain_key.packet_keys(message, header.salt)
    if not hashing.equal(parts.commitment, hashing.hmac_sha256(keys.commitment, parts.header)):
        raise DecryptionError
    associated = _associated(session, session.side.other, parts.header, parts.commitment, pq_field)
    payload = padding.strip(aead.open_(keys.key, keys.nonce, body, associated), header.body_len)
    # 5. The peer's offer, if the own chain that could answer it is not yet begun.
    return _counted(_offered(session, found, offer)), Opened(payload, header)


def _find(session: Session, sealed: bytes) -> _Found | None:
    """Try the header keys: current chain, next chain, then the older chains that miss packets (at most 6)."""
    for place, epoch, key in _header_keys(session):
        try:
            header = sealing.unseal(key, sealed, _device(session.own_device))
        except DecryptionError:
            continue
        return _Found(place, epoch, key, header)
    return None


def _header_keys(session: Session) -> list[tuple[_Place, int, Secret]]:
    keys: list[tuple[_Place, int, Secret]] = []
    current = session.receiving
    if current is not None:
        keys.append((_Place.CURRENT, current.epoch, current.header_key))
    if session.sending is not None:
        # Only a peer that has seen the own chain can begin the one after it.
        keys.append((_Place.NEXT, session.sending.epoch + 1, session.next_receiving_key))
    keys.extend(
        (_Place.OLDER, chain.epoch, chain.header_key)
        for chain in reversed(session.skipped.chains)
        if current is None or chain.epoch != current.epoch
    )
    return keys


def _cut(rest: bytes, header: PacketHeader) -> tuple[bytes, bytes]:
    cut = header.pq_kind.sealed_size
    if cut + header.body_len + TAG > len(rest):
        raise FormatError("the packet is shorter than its header says")
    if header.epoch == FIRST_EPOCH and header.pq_kind is not PqKind.NONE:
        raise FormatError("the first chain has no pq field")
    return rest[:cut], rest[cut:]


def _open_pq(found: _Found, sealed: bytes, header: PacketHeader, pq_field: bytes) -> tuple[bytes, bytes]:
    if header.pq_kind is PqKind.NONE:
        return b"", b""
    content = sealing.unseal(_pq_key(found.header_key, header.salt), pq_field, sealed)
    return packets.split_pq(header.pq_kind, content)


def _turn(session: Session, header: PacketHeader, ciphertext: bytes, now: int) -> Session:
    """Begin the peer's next chain: the receiving half of the ratchet step (docs/spec/session.md 4.3)."""
    own = session.sending
    if own is None or header.epoch != own.epoch + 1:
        raise DecryptionError
    # 1. What the peer sent in its last chain and has not arrived.
    skipped = _rest_of_chain(session, header.pn, now)
    # 2. The agreement with the own key of the last chain, and the answer to the offer made in it.
    shared = agreement.exchange(own.ratchet.private, header.public)
    answer = None
    if ciphertext:
        if own.offer is None:
            raise DecryptionError
        secret = agreement.kem_decapsulate(Kem.LEVEL_768, own.offer.seed, ciphertext)
        answer = Answer(own.offer.public, ciphertext, secret)
    # 3. The root step; the own private keys end here.
    step = root_key.step(session.root, shared, Terms(header.epoch, header.public, header.pn), answer)
    session = replace(
        session,
        root=step.root,
        sending=None,
        previous_n=own.n,
        receiving=ReceivingChain(
            epoch=header.epoch,
            header_key=session.next_receiving_key,
            chain=step.chain,
            n=0,
            public=header.public,
        ),
        next_receiving_key=step.next_header_key,
        thin=session.thin.received_under(header.epoch, step, now),
        skipped=skipped,
        last_resort=False,
    )
    return session if answer is None else replace(session, last_pq_at=now, since_pq=0)


def _rest_of_chain(session: Session, pn: int, now: int) -> SkippedKeys:
    chain = session.receiving
    if chain is None:
        if pn:
            raise DecryptionError
        return session.skipped
    if pn < chain.n:
        raise DecryptionError
    return _passed(session, chain, pn, now)[0]


def _message_key(session: Session, found: _Found, header: PacketHeader, now: int) -> tuple[Session, Secret]:
    """Return the key of the packet's place, and the state in which it is spent."""
    chain = session.receiving
    if chain is not None and found.place is not _Place.OLDER and header.public != chain.public:
        # Two senders share the header keys: one of them has a stolen or restored copy of the state.
        raise DecryptionError
    if chain is None or found.place is _Place.OLDER or header.n < chain.n:
        kept = session.skipped.find(header.epoch, header.n)
        if kept is None:
            raise Replayed("this packet was opened before, or its key is wiped")
        return replace(session, skipped=session.skipped.without(header.epoch, header.n)), kept
    if header.n == MAX_U32:
        raise TooFarAhead("the chain has no more numbers")
    skipped, at_place = _passed(session, chain, header.n, now)
    following, message = chain_key.advance(at_place)
    chain = replace(chain, chain=following, n=header.n + 1)
    return replace(session, receiving=chain, skipped=skipped), message


def _passed(session: Session, chain: ReceivingChain, end: int, now: int) -> tuple[SkippedKeys, Secret]:
    """Keep the keys of the places up to `end`; return them with the chain key there."""
    if end - chain.n > MAX_JUMP:
        raise TooFarAhead(f"the packet jumps more than {MAX_JUMP} places")
    at_end, passed = chain_key.run(chain.chain, chain.n, end, MAX_PER_CHAIN)
    if not passed:
        return session.skipped, at_end
    return session.skipped.adding(chain.epoch, chain.header_key, passed, now), at_end


def _offered(session: Session, found: _Found, offer: bytes) -> Session:
    chain = session.receiving
    if not offer or chain is None or found.place is _Place.OLDER or session.sending is not None:
        # An offer is answered by the chain that follows its own, or never.
        return session
    return replace(session, receiving=replace(chain, offer=offer))


def _counted(session: Session) -> Session:
    return replace(session, since_pq=min(session.since_pq + 1, MAX_U32))


# Both


def _pq_key(header_key: Secret, salt: bytes) -> Secret:
    return kdf.derive(salt, header_key, labels.PQ, b"", HEADER_KEY_SIZE)


def _device(device: DeviceId) -> bytes:
    return Writer().u16(device).bytes()


def _associated(session: Session, sender: Side, sealed: bytes, commitment: bytes, pq_field: bytes) -> bytes:
    return session.session_id + bytes([sender]) + sealed + commitment + pq_field
