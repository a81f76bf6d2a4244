"""A session from a secret in a sealed envelope: two packets of 41 bytes and no key agreement (docs/spec/recovery.md).

Symmetric, so no machine of the future opens it; forward secret, because both sides burn the secret with it. The caller
keeps the session, burns the secret and keeps its own packet in one transaction, and shows the packet after it.
"""

from dataclasses import dataclass

from secmsg.crypto import hashing, kdf, labels, sealing
from secmsg.crypto.randomness import Random
from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError, NoSession
from secmsg.ids import CertificateRef, DeviceId, SessionId
from secmsg.protocol.root_key import HEADER_KEY_SIZE, ROOT_SIZE, THIN_SIZE
from secmsg.protocol.skipped_keys import SkippedKeys
from secmsg.protocol.state import Origin, Session, Side
from secmsg.protocol.thin_keys import ANSWERED_EPOCH, ANSWERING_EPOCH, ThinChain, ThinKeys, ThinReceivingChain
from secmsg.wire import recovery as wire
from secmsg.wire.codec import Writer
from secmsg.wire.handshake import SESSION_ID_SIZE, ResetReason
from secmsg.wire.recovery import NONCE_SIZE, TAG_SIZE, Terms

SECRET_SIZE = 32
MAX_NUMBER = 0xFFFF

_PACKET_PARTS = (TAG_SIZE, sealing.KEY_SIZE, TAG_SIZE, sealing.KEY_SIZE)
_SESSION_PARTS = (
    ROOT_SIZE, SESSION_ID_SIZE, HEADER_KEY_SIZE, HEADER_KEY_SIZE, THIN_SIZE, THIN_SIZE, THIN_SIZE, THIN_SIZE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pairing:
    """Which secret of which two machines, and which begins: the lower one with odd ones, the other with even ones."""

    beginner: DeviceId
    answerer: DeviceId
    number: int

    @property
    def context(self) -> bytes:
        """Return beginner 2, answerer 2, number 4: what every key of the recovery is bound to."""
        return Writer().u16(self.beginner).u16(self.answerer).u32(self.number).bytes()


def pairing(beginner: DeviceId, answerer: DeviceId, number: int) -> Pairing:
    """Return the pairing; FormatError when it is not the beginner's secret, so that two can never begin with one."""
    if beginner == answerer or not 1 <= number <= MAX_NUMBER:
        raise FormatError("a recovery is between two machines, by a secret of number 1 to 65535")
    if (number % 2 == 1) != (beginner < answerer):
        raise FormatError("the machine of the lower number begins with odd secrets, the other with even ones")
    return Pairing(beginner, answerer, number)


def begin(
    secret: Secret, between: Pairing, generation: int, reason: ResetReason, random: Random
) -> tuple[Terms, bytes]:
    """Return what the beginner says and its packet, made once for each secret: the caller keeps and repeats it."""
    terms = Terms(random(NONCE_SIZE), generation, reason)
    tag, key, _, _ = _packet_keys(secret, between)
    return terms, tag.reveal() + sealing.seal(key, wire.encode(terms), _associated(Side.INITIATOR))


def open_begin(secret: Secret, between: Pairing, packet: bytes) -> Terms:
    """Open a beginner's packet.

    FormatError when it has another length; NoSession when it was not made with this secret, number and direction;
    DecryptionError when it was changed.
    """
    expected, key, _, _ = _packet_keys(secret, between)
    return wire.decode(_opened(packet, expected, key, _associated(Side.INITIATOR)))


def answer(
    secret: Secret, between: Pairing, begun: bytes, terms: Terms, generation: int, random: Random
) -> tuple[Terms, bytes]:
    """Return what the answerer says to the beginner's `terms` and its packet, bound to the one it answers.

    `generation` is the answerer's next one; the higher of both counts.
    """
    said = Terms(random(NONCE_SIZE), max(generation, terms.generation), terms.reason)
    _, _, tag, key = _packet_keys(secret, between)
    return said, tag.reveal() + sealing.seal(key, wire.encode(said), _associated(Side.RESPONDER), begun)


def open_answer(secret: Secret, between: Pairing, begun: bytes, terms: Terms, packet: bytes) -> Terms:
    """Open the answer to the packet `begun` that said `terms`; errors as `open_begin`.

    DecryptionError too when it answers another packet; FormatError when its terms do not follow ours.
    """
    _, _, expected, key = _packet_keys(secret, between)
    said = wire.decode(_opened(packet, expected, key, _associated(Side.RESPONDER), begun))
    if said.generation < terms.generation or said.reason is not terms.reason:
        raise FormatError("the answer does not fit what was asked")
    return said


@dataclass(frozen=True, slots=True)
class Exchanged:
    """Both packets and what they said."""

    begun: bytes
    asked: Terms
    answered: bytes
    said: Terms


def session(
    secret: Secret,
    between: Pairing,
    side: Side,
    refs: tuple[CertificateRef, CertificateRef],
    exchanged: Exchanged,
    *,
    previous: SessionId,
    now: int,
) -> Session:
    """Make the session: thin chains in both directions, and no fat ones until the next handshake replaces it.

    `refs` are the own certificate's and the peer's. The secret is to be burnt in the transaction that keeps it.
    """
    said = exchanged.said
    context = Writer().rest(between.context).u32(said.generation).u8(said.reason).bytes()
    nonces = Secret(exchanged.asked.nonce + said.nonce)
    parts = kdf.derive(secret, nonces, labels.PAPER, context, sum(_SESSION_PARTS)).split(*_SESSION_PARTS)
    root, name, begins, answers, first, first_tag, second, second_tag = parts
    asks = ANSWERED_EPOCH, first, first_tag
    replies = ANSWERING_EPOCH, second, second_tag
    own, theirs = (asks, replies) if side is Side.INITIATOR else (replies, asks)
    sends, receives = (begins, answers) if side is Side.INITIATOR else (answers, begins)
    own_device, peer_device = between.beginner, between.answerer
    if side is Side.RESPONDER:
        own_device, peer_device = peer_device, own_device
    chain = ThinChain(own[0], 0, own[1], own[2], now)
    return Session(
        side=side,
        session_id=SessionId(name.reveal()),
        transcript=hashing.short(labels.HASH_PAPER.encode(), b"\x00", exchanged.begun, exchanged.answered),
        own_device=own_device,
        peer_device=peer_device,
        own_ref=refs[0],
        peer_ref=refs[1],
        generation=said.generation,
        previous=previous,
        reason=said.reason,
        last_resort=False,
        established_at=now,
        last_pq_at=now,
        since_pq=0,
        previous_n=0,
        root=root,
        next_sending_key=sends,
        next_receiving_key=receives,
        sending=None,
        receiving=None,
        thin=ThinKeys(
            # The answerer's chain rests on its answer: it sends when something shows that the answer is there.
            unconfirmed=chain if side is Side.RESPONDER else None,
            sending=chain if side is Side.INITIATOR else None,
            receiving=(ThinReceivingChain(theirs[0], 0, theirs[1], theirs[2], now),),
        ),
        skipped=SkippedKeys(),
        origin=Origin.PAPER,
    )


def check(secret: Secret) -> bytes:
    """Return by what a store knows a secret again that it does not keep: H under a label of its own, 32 bytes."""
    return hashing.short(labels.HASH_PAPER_PROOF.encode(), b"\x00", secret.exactly(SECRET_SIZE))


def _packet_keys(secret: Secret, between: Pairing) -> tuple[Secret, Secret, Secret, Secret]:
    """Return the beginner's tag and key, the answerer's tag and key."""
    keys = kdf.derive(
        b"", Secret(secret.exactly(SECRET_SIZE)), labels.PAPER_PACKET, between.context, sum(_PACKET_PARTS)
    )
    first_tag, first, second_tag, second = keys.split(*_PACKET_PARTS)
    return first_tag, first, second_tag, second


def _opened(packet: bytes, expected: Secret, key: Secret, *associated: bytes) -> bytes:
    tag, sealed = wire.split(packet)
    if not hashing.equal(tag, expected.reveal()):
        raise NoSession("this packet was not made with this secret, in this direction")
    return sealing.unseal(key, sealed, *associated)


def _associated(sender: Side) -> bytes:
    return bytes([sender])
