"""What one side of a session knows, and its canonical encoding for the store (docs/spec/session.md 3, 9)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import pairwise

from secmsg.crypto.agreement import KEM_SEED_SIZE, ExchangeKey
from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError
from secmsg.ids import CertificateRef, DeviceId, SessionId
from secmsg.protocol.chain_key import MESSAGE_KEY_SIZE
from secmsg.protocol.root_key import CHAIN_SIZE, HEADER_KEY_SIZE, ROOT_SIZE, THIN_SIZE
from secmsg.protocol.skipped_keys import MAX_CHAINS, MAX_PER_CHAIN, SkippedChain, SkippedKey, SkippedKeys
from secmsg.protocol.thin_keys import MAX_KEPT, MAX_RECEIVING, ThinChain, ThinKeys, ThinReceivingChain
from secmsg.wire.codec import Reader, Writer
from secmsg.wire.handshake import CERTIFICATE_REF_SIZE, SESSION_ID_SIZE, ResetReason
from secmsg.wire.packet import CT_SIZE, EK_SIZE, PUBLIC_SIZE

MAX_STATE = 540_000
"""Bytes of the longest encoding: the keys of 8192 fat and 3072 thin packets that are missing."""

TRANSCRIPT_SIZE = 32
_VERSION = 2
_WITHOUT_THIN = 1
"""The version before thin packets: its thin chains were never used, and every session came from a link."""


class Side(IntEnum):
    """Who opened the session; in a packet's associated data it is the direction, named by its sender."""

    INITIATOR = 1
    RESPONDER = 2

    @property
    def other(self) -> "Side":
        """The peer's side."""
        return Side(3 - self)


class Origin(IntEnum):
    """What a session's first secret rests on."""

    HANDSHAKE = 0
    """A handshake that crossed a link."""
    PROVISIONED = 1
    """A handshake made for the prekeys of an enrolment request, handed over in person or by bag."""
    PAPER = 2
    """A secret from a sealed envelope: symmetric, and without fat chains until the next handshake replaces it."""


@dataclass(frozen=True, slots=True)
class OwnOffer:
    """The ML-KEM-768 key offered in the own current chain; `carried_at` is when a packet last held it."""

    seed: Secret
    public: bytes = field(repr=False)
    carried_at: int


@dataclass(frozen=True, slots=True)
class SendingChain:
    """The own chain, while it is the session's newest; `answer` is the ciphertext all its packets carry."""

    epoch: int
    header_key: Secret
    chain: Secret
    n: int
    pn: int
    ratchet: ExchangeKey
    answer: bytes = field(default=b"", repr=False)
    offer: OwnOffer | None = None


@dataclass(frozen=True, slots=True)
class ReceivingChain:
    """The peer's newest chain; `offer` is the encapsulation key in it that the next own chain may answer."""

    epoch: int
    header_key: Secret
    chain: Secret
    n: int
    public: bytes
    offer: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Session:
    """One side of one session: immutable, so every step returns the next one and failure changes nothing.

    Odd epochs are the initiator's chains, even ones the responder's. `sending` is None while the peer's chain
    is the newest: the next `encrypt` begins the own one. Times are UTC seconds.
    `last_resort` stays set until the first step after the handshake: less forward secrecy until then.
    `since_pq` counts packets both ways since the last post-quantum step; `previous_n` the packets of the last
    own chain that is over.
    """

    side: Side
    session_id: SessionId
    transcript: bytes = field(repr=False)
    own_device: DeviceId
    peer_device: DeviceId
    own_ref: CertificateRef
    peer_ref: CertificateRef
    generation: int
    previous: SessionId
    reason: ResetReason
    last_resort: bool
    established_at: int
    last_pq_at: int
    since_pq: int
    previous_n: int
    root: Secret
    next_sending_key: Secret
    next_receiving_key: Secret
    sending: SendingChain | None
    receiving: ReceivingChain | None
    thin: ThinKeys
    skipped: SkippedKeys
    origin: Origin = Origin.HANDSHAKE

    @property
    def answered(self) -> bool:
        """Whether the peer has sent under this session, so is known to hold it."""
        # A thin packet may be the first answer: it confirms the own thin chain (docs/spec/thin.md 3).
        return self.receiving is not None or self.thin.sending is not None

    def settled(self, now: int) -> "Session":
        """Wipe what is too old, and do not wait for times that a clock once set wrong put into the future."""
        skipped, thin = self.skipped.settled(now), self.thin.settled(now)
        if skipped is self.skipped and thin is self.thin and self.last_pq_at <= now:
            return self
        return replace(self, skipped=skipped, thin=thin, last_pq_at=min(self.last_pq_at, now))


def encode(session: Session) -> bytes:
    """Encode everything, secrets too: the result belongs into the enciphered store and nowhere else."""
    writer = (
        Writer()
        .u8(_VERSION)
        .u8(session.side)
        .raw(session.session_id, SESSION_ID_SIZE)
        .raw(session.transcript, TRANSCRIPT_SIZE)
        .u16(session.own_device)
        .u16(session.peer_device)
        .raw(session.own_ref, CERTIFICATE_REF_SIZE)
        .raw(session.peer_ref, CERTIFICATE_REF_SIZE)
        .u32(session.generation)
        .raw(session.previous, SESSION_ID_SIZE)
        .u8(session.reason)
        .u8(session.last_resort)
        .u8(session.origin)
        .u64(session.established_at)
        .u64(session.last_pq_at)
        .u32(session.since_pq)
        .u32(session.previous_n)
        .raw(session.root.reveal(), ROOT_SIZE)
        .raw(session.next_sending_key.reveal(), HEADER_KEY_SIZE)
        .raw(session.next_receiving_key.reveal(), HEADER_KEY_SIZE)
    )
    _write_sending(writer, session.sending)
    _write_receiving(writer, session.receiving)
    for thin in (session.thin.unconfirmed, session.thin.sending):
        writer.u8(thin is not None)
        if thin is not None:
            _write_thin(writer, thin)
    writer.u8(len(session.thin.receiving))
    for received in session.thin.receiving:
        _write_thin(writer, received)
        _write_keys(writer, received.kept)
    writer.u8(len(session.skipped.chains))
    for chain in session.skipped.chains:
        writer.u32(chain.epoch).raw(chain.header_key.reveal(), HEADER_KEY_SIZE)
        _write_keys(writer, chain.keys)
    return writer.bytes()


def decode(data: bytes) -> Session:
    """Decode what `encode` made, now or before there were thin packets.

    FormatError on anything else, also on parts that do not fit together.
    """
    if len(data) > MAX_STATE:
        raise FormatError("the session state is too long")
    reader = Reader(data)
    version = reader.u8()
    if version not in (_WITHOUT_THIN, _VERSION):
        raise FormatError("not a session state of this version")
    side = Side(_choice(reader, Side.INITIATOR, Side.RESPONDER))
    session = Session(
        side=side,
        session_id=SessionId(reader.raw(SESSION_ID_SIZE)),
        transcript=reader.raw(TRANSCRIPT_SIZE),
        own_device=DeviceId(reader.u16()),
        peer_device=DeviceId(reader.u16()),
        own_ref=CertificateRef(reader.raw(CERTIFICATE_REF_SIZE)),
        peer_ref=CertificateRef(reader.raw(CERTIFICATE_REF_SIZE)),
        generation=reader.u32(),
        previous=SessionId(reader.raw(SESSION_ID_SIZE)),
        reason=ResetReason(_choice(reader, *ResetReason)),
        last_resort=_flag(reader),
        origin=Origin.HANDSHAKE if version == _WITHOUT_THIN else Origin(_choice(reader, *Origin)),
        established_at=(established := reader.u64()),
        last_pq_at=reader.u64(),
        since_pq=reader.u32(),
        previous_n=reader.u32(),
        root=_secret(reader, ROOT_SIZE),
        next_sending_key=_secret(reader, HEADER_KEY_SIZE),
        next_receiving_key=_secret(reader, HEADER_KEY_SIZE),
        sending=_read_sending(reader),
        receiving=_read_receiving(reader),
        thin=_read_first_thin_keys(reader, established) if version == _WITHOUT_THIN else _read_thin_keys(reader),
        skipped=_read_skipped(reader),
    )
    reader.end()
    _check(session)
    return session


def _write_sending(writer: Writer, chain: SendingChain | None) -> None:
    writer.u8(chain is not None)
    if chain is None:
        return
    writer.u32(chain.epoch).raw(chain.header_key.reveal(), HEADER_KEY_SIZE)
    writer.raw(chain.chain.reveal(), CHAIN_SIZE).u32(chain.n).u32(chain.pn)
    writer.raw(chain.ratchet.private.reveal(), PUBLIC_SIZE).raw(chain.ratchet.public, PUBLIC_SIZE)
    writer.u8(bool(chain.answer))
    if chain.answer:
        writer.raw(chain.answer, CT_SIZE)
    writer.u8(chain.offer is not None)
    if chain.offer is not None:
        writer.raw(chain.offer.seed.reveal(), KEM_SEED_SIZE).raw(chain.offer.public, EK_SIZE)
        writer.u64(chain.offer.carried_at)


def _read_sending(reader: Reader) -> SendingChain | None:
    if not _flag(reader):
        return None
    return SendingChain(
        epoch=reader.u32(),
        header_key=_secret(reader, HEADER_KEY_SIZE),
        chain=_secret(reader, CHAIN_SIZE),
        n=reader.u32(),
        pn=reader.u32(),
        ratchet=ExchangeKey(_secret(reader, PUBLIC_SIZE), reader.raw(PUBLIC_SIZE)),
        answer=reader.raw(CT_SIZE) if _flag(reader) else b"",
        offer=OwnOffer(_secret(reader, KEM_SEED_SIZE), reader.raw(EK_SIZE), reader.u64()) if _flag(reader) else None,
    )


def _write_receiving(writer: Writer, chain: ReceivingChain | None) -> None:
    writer.u8(chain is not None)
    if chain is None:
        return
    writer.u32(chain.epoch).raw(chain.header_key.reveal(), HEADER_KEY_SIZE)
    writer.raw(chain.chain.reveal(), CHAIN_SIZE).u32(chain.n).raw(chain.public, PUBLIC_SIZE)
    writer.u8(bool(chain.offer))
    if chain.offer:
        writer.raw(chain.offer, EK_SIZE)


def _read_receiving(reader: Reader) -> ReceivingChain | None:
    if not _flag(reader):
        return None
    return ReceivingChain(
        epoch=reader.u32(),
        header_key=_secret(reader, HEADER_KEY_SIZE),
        chain=_secret(reader, CHAIN_SIZE),
        n=reader.u32(),
        public=reader.raw(PUBLIC_SIZE),
        offer=reader.raw(EK_SIZE) if _flag(reader) else b"",
    )


def _write_thin(writer: Writer, chain: ThinChain) -> None:
    writer.u32(chain.epoch).u32(chain.counter)
    writer.raw(chain.chain.reveal(), THIN_SIZE).raw(chain.tag_key.reveal(), THIN_SIZE).u64(chain.began_at)


def _read_thin(reader: Reader) -> ThinChain:
    return ThinChain(reader.u32(), reader.u32(), _secret(reader, THIN_SIZE), _secret(reader, THIN_SIZE), reader.u64())


def _read_thin_keys(reader: Reader) -> ThinKeys:
    unconfirmed = _read_thin(reader) if _flag(reader) else None
    sending = _read_thin(reader) if _flag(reader) else None
    count = _choice(reader, *range(MAX_RECEIVING + 1))
    return ThinKeys(unconfirmed, sending, tuple(_read_thin_receiving(reader) for _ in range(count)))


def _read_thin_receiving(reader: Reader) -> ThinReceivingChain:
    chain = _read_thin(reader)
    kept = _read_keys(reader, 0, MAX_KEPT)
    return ThinReceivingChain(chain.epoch, chain.counter, chain.chain, chain.tag_key, chain.began_at, kept)


def _read_first_thin_keys(reader: Reader, began_at: int) -> ThinKeys:
    """Read chains of version 1, none ever used; their age is the session's, which may warn early but not late."""

    def parts() -> tuple[int, int, Secret, Secret, int]:
        return reader.u32(), reader.u32(), _secret(reader, THIN_SIZE), _secret(reader, THIN_SIZE), began_at

    unconfirmed = ThinChain(*parts()) if _flag(reader) else None
    sending = ThinChain(*parts()) if _flag(reader) else None
    count = _choice(reader, *range(MAX_RECEIVING + 1))
    return ThinKeys(unconfirmed, sending, tuple(ThinReceivingChain(*parts()) for _ in range(count)))


def _read_skipped(reader: Reader) -> SkippedKeys:
    return SkippedKeys(tuple(_read_skipped_chain(reader) for _ in range(_choice(reader, *range(MAX_CHAINS + 1)))))


def _read_skipped_chain(reader: Reader) -> SkippedChain:
    return SkippedChain(reader.u32(), _secret(reader, HEADER_KEY_SIZE), _read_keys(reader, 1, MAX_PER_CHAIN))


def _write_keys(writer: Writer, keys: Mapping[int, SkippedKey]) -> None:
    writer.u16(len(keys))
    for n, kept in keys.items():
        writer.u32(n).raw(kept.key.reveal(), MESSAGE_KEY_SIZE).u64(kept.at)


def _read_keys(reader: Reader, low: int, high: int) -> dict[int, SkippedKey]:
    count = reader.u16()
    if not low <= count <= high:
        raise FormatError(f"a chain keeps {low} to {high} keys of missing packets")
    keys: dict[int, SkippedKey] = {}
    last = -1
    for _ in range(count):
        n = reader.u32()
        if n <= last:
            raise FormatError("the missing packets are not in order")
        last = n
        keys[n] = SkippedKey(_secret(reader, MESSAGE_KEY_SIZE), reader.u64())
    return keys


def _secret(reader: Reader, size: int) -> Secret:
    return Secret(reader.raw(size))


def _flag(reader: Reader) -> bool:
    return bool(_choice(reader, 0, 1))


def _choice(reader: Reader, *allowed: int) -> int:
    value = reader.u8()
    if value not in allowed:
        raise FormatError("the session state holds an unknown value")
    return value


def _check(session: Session) -> None:
    """Refuse a state that no sequence of steps makes."""
    sending, receiving = session.sending, session.receiving
    if session.generation == 0:
        raise FormatError("a session's generation starts at 1")
    # 1. The newest chain is the own or the peer's, and epochs alternate.
    if sending is not None and _owner(sending.epoch) is not session.side:
        raise FormatError("the sending chain has the peer's epoch")
    if receiving is None:
        fits = session.origin is Origin.PAPER if sending is None else sending.epoch == 1
    else:
        fits = _owner(receiving.epoch) is session.side.other and (
            sending is None or sending.epoch == receiving.epoch + 1
        )
    if not fits:
        raise FormatError("the chains do not follow each other")
    # 2. Missing packets belong to the peer's chains up to the current one, in order.
    newest = 0 if receiving is None else receiving.epoch
    last = 0
    for chain in session.skipped.chains:
        if not last < chain.epoch <= newest or _owner(chain.epoch) is session.side:
            raise FormatError("the missing packets belong to no chain")
        last = chain.epoch
    if receiving is not None:
        current = [chain for chain in session.skipped.chains if chain.epoch == receiving.epoch]
        if any(max(chain.keys) >= receiving.n or chain.header_key != receiving.header_key for chain in current):
            raise FormatError("the missing packets are not those of the current chain")
    _check_thin(session)


def _check_thin(session: Session) -> None:
    thin = session.thin
    # 3. Thin chains in the own direction; the one not confirmed is the later.
    own = [chain.epoch for chain in (thin.sending, thin.unconfirmed) if chain is not None]
    # 4. And in the peer's, oldest first; keys are kept of counters that were passed.
    peers = [chain.epoch for chain in thin.receiving]
    for epochs, side in ((own, session.side), (peers, session.side.other)):
        if any(_owner(epoch) is not side for epoch in epochs) or any(a >= b for a, b in pairwise(epochs)):
            raise FormatError("the thin chains do not follow each other")
    if any(n >= chain.counter for chain in thin.receiving for n in chain.kept):
        raise FormatError("a thin chain keeps a key of a packet to come")


def _owner(epoch: int) -> Side:
    return Side.INITIATOR if epoch % 2 else Side.RESPONDER
