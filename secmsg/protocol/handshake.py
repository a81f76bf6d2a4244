"""HX1 opens a session with one message to somebody who is not there (docs/spec/handshake.md).

PQXDH in shape; authenticated by both halves of the sender's signature over a transcript that holds every key,
ciphertext and term. Deniability is not a goal: cables are documents of state.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from secmsg.crypto import agreement, hashing, kdf, labels, sealing, signing
from secmsg.crypto.agreement import Kem
from secmsg.crypto.randomness import Random
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level, SigningKey
from secmsg.errors import FormatError, NotEntitled, PrekeyUnknown, Replayed
from secmsg.ids import CertificateRef, DeviceId, SessionId
from secmsg.protocol import prekeys as prekey_rules
from secmsg.protocol import root_key, session, thin_keys, veil
from secmsg.protocol.prekeys import Granted, PrekeySecrets
from secmsg.protocol.root_key import HEADER_KEY_SIZE, ROOT_SIZE, THIN_SIZE, Terms
from secmsg.protocol.session import FIRST_EPOCH, Opened
from secmsg.protocol.skipped_keys import SkippedKeys
from secmsg.protocol.state import Origin, OwnOffer, ReceivingChain, SendingChain, Session, Side
from secmsg.wire import bundle as bundles
from secmsg.wire import handshake as messages
from secmsg.wire.bundle import Bundle, OneTimePrekey, SignedPrekey
from secmsg.wire.certificate import Certificate, CertificateType
from secmsg.wire.handshake import NO_SESSION, SESSION_ID_SIZE, Box, Front, ResetReason
from secmsg.wire.packet import CT_SIZE, OVERHEAD, Ack, EditionMark, PqKind

_SALT = bytes(64)
_FIRST_IKM = b"\xff" * 32
_SESSION_PARTS = (ROOT_SIZE, HEADER_KEY_SIZE, HEADER_KEY_SIZE, SESSION_ID_SIZE, THIN_SIZE, THIN_SIZE)


@dataclass(frozen=True, slots=True)
class Identity:
    """This device as it signs: its number, the name of its certificate, its signing key."""

    device: DeviceId
    ref: CertificateRef
    key: SigningKey


@dataclass(frozen=True, slots=True)
class Opening:
    """What the opener of a session says in it, beside keys; the fields are the arguments of `initiate`."""

    cover: Secret
    generation: int
    previous: SessionId | None
    reason: ResetReason
    edition: EditionMark
    ack: Ack
    payload: bytes
    now: int
    origin: Origin = Origin.HANDSHAKE


@dataclass(frozen=True, slots=True)
class Accepted:
    """What `respond` gives; store it all in one transaction.

    `ephemeral` is the hash to remember for 30 days, so that the message is not taken twice; the private half
    of one-time prekey `opk_id` is to be deleted; None means the last resort.
    """

    session: Session
    opened: Opened
    ephemeral: bytes
    spk_id: int
    opk_id: int | None
    edition: EditionMark


def initiate(
    me: Identity,
    peer: Certificate,
    bundle: Bundle,
    *,
    cover: Secret,
    generation: int,
    previous: SessionId | None,
    reason: ResetReason,
    edition: EditionMark,
    ack: Ack,
    payload: bytes,
    batch_floor: int,
    now: int,
    random: Random,
    origin: Origin = Origin.HANDSHAKE,
) -> tuple[Session, bytes]:
    """Open a session with the device of `peer`: the session and the message, exactly 8192 or 32768 bytes.

    `cover` is this week's veil key, `generation` one more than the last session's with this device (1 for the
    first), `payload` at most 25 230 bytes, 654 for the smaller size, `origin` how the message travels. The bundle is
    verified here: TrustError and SignatureError leaves as in `prekeys.verify_bundle`; FormatError when a key in it is
    unusable or the payload does not fit.
    """
    prekey_rules.verify_bundle(bundle, peer, now=now, batch_floor=batch_floor)
    one_time = None if bundle.entry is None else bundle.entry.opk
    root = b"" if bundle.batch is None else bundle.batch.root
    opening = Opening(cover, generation, previous, reason, edition, ack, payload, now, origin)
    return _begin(me, peer, bundle.signed, one_time, root, opening, random)


def provide(
    me: Identity, peer: Certificate, prekeys: Granted, opening: Opening, random: Random
) -> tuple[Session, bytes]:
    """Open a session with a device that is being enrolled, by the prekeys of its request; else like `initiate`."""
    opening = replace(opening, origin=Origin.PROVISIONED)
    return _begin(me, peer, prekeys.signed, prekeys.one_time, prekeys.batch_root, opening, random)


def _begin(
    me: Identity,
    peer: Certificate,
    signed: SignedPrekey,
    one_time: OneTimePrekey | None,
    batch_root: bytes,
    said: Opening,
    random: Random,
) -> tuple[Session, bytes]:
    size = _first_packet_size(len(said.payload))
    # 1. The agreement with the prekeys.
    ephemeral = agreement.exchange_generate(random)
    dh1 = agreement.exchange(ephemeral.private, signed.x25519)
    ct_signed, ss1 = agreement.kem_encapsulate(Kem.LEVEL_1024, signed.ml_kem_1024)
    if one_time is None:
        ct_one_time, secrets = random(CT_SIZE), [dh1, ss1]
    else:
        dh2 = agreement.exchange(ephemeral.private, one_time.x25519)
        ct_one_time, ss2 = agreement.kem_encapsulate(Kem.LEVEL_768, one_time.ml_kem_768)
        secrets = [dh1, dh2, ss1, ss2]
    front = Front(
        signed_id=signed.spk_id,
        one_time_id=None if one_time is None else one_time.opk_id,
        ephemeral=ephemeral.public,
        ct_signed=ct_signed,
        ct_one_time=ct_one_time,
    )
    box_transcript = _box_transcript(front, prekey_rules.reference(peer), signed, one_time, batch_root)
    # 2. The terms, signed with the transcript.
    ratchet = agreement.exchange_generate(random)
    offer = agreement.kem_generate(Kem.LEVEL_768, random)
    unsigned = Box(
        sender=me.ref,
        signature=b"",
        generation=said.generation,
        previous=NO_SESSION if said.previous is None else said.previous,
        reason=said.reason,
        edition=said.edition,
        public=ratchet.public,
        offer=offer.public,
        packet=b"",
    )
    transcript = _transcript(box_transcript, unsigned)
    signature = signing.sign(me.key, labels.SIGN_HX1, transcript)
    # 3. The session, with the first root step made: the peer's signed prekey is its first ratchet key.
    keys = _session_keys(secrets, transcript)
    terms = Terms(FIRST_EPOCH, ratchet.public, 0)
    step = root_key.step(keys.root, agreement.exchange(ratchet.private, signed.x25519), terms, None)
    begun = Session(
        side=Side.INITIATOR,
        session_id=keys.session_id,
        transcript=hashing.short(transcript),
        own_device=me.device,
        peer_device=peer.device,
        own_ref=me.ref,
        peer_ref=prekey_rules.reference(peer),
        generation=said.generation,
        previous=unsigned.previous,
        reason=said.reason,
        last_resort=one_time is None,
        established_at=said.now,
        last_pq_at=said.now,
        since_pq=0,
        previous_n=0,
        root=step.root,
        next_sending_key=step.next_header_key,
        next_receiving_key=keys.responder_header,
        sending=SendingChain(
            epoch=FIRST_EPOCH,
            header_key=keys.initiator_header,
            chain=step.chain,
            n=0,
            pn=0,
            ratchet=ratchet,
            offer=OwnOffer(offer.seed, offer.public, said.now),
        ),
        receiving=None,
        thin=thin_keys.answered(keys.thin_chain, keys.thin_tag, said.now).sent_under(FIRST_EPOCH, step, said.now),
        skipped=SkippedKeys(),
        origin=said.origin,
    )
    # 4. The first packet, the box, the veil.
    begun, packet = session.seal_packet(
        begun, said.payload, size=size, kind=PqKind.NONE, ack=said.ack, edition=said.edition, random=random
    )
    box = messages.encode_box(replace(unsigned, signature=signature, packet=packet))
    sealed = sealing.seal(_box_key(secrets, box_transcript), box, box_transcript)
    return begun, veil.put_on(said.cover, peer.device, messages.encode_front(front) + sealed)


def respond(
    me: Identity,
    message: bytes,
    *,
    covers: Sequence[Secret],
    prekeys: Callable[[int, int | None], PrekeySecrets],
    resolve: Callable[[CertificateRef], Certificate],
    seen: Callable[[bytes], bool],
    now: int,
    origin: Origin = Origin.HANDSHAKE,
) -> Accepted:
    """Take the first message of a session.

    `covers` are the veil keys to try, likeliest first; `prekeys` returns the private halves named (signed id,
    one-time id or None) or raises PrekeyUnknown; `resolve` returns a certificate of the current edition or
    raises a TrustError; `seen` says whether the hash of an ephemeral key is remembered.
    NoSession when no veil key fits; Replayed when it was taken before; FormatError, DecryptionError,
    SignatureError, NotEntitled otherwise. Nothing in it is used before both halves of the signature verify.
    """
    # 1. The veil: cheap, and the only step for junk.
    front, sealed = messages.decode_front(veil.lift(covers, me.device, message))
    # 2. Taken before? This is what stops the replay of a last-resort message, whose keys still exist.
    ephemeral = hashing.short(front.ephemeral)
    if seen(ephemeral):
        raise Replayed("this handshake was taken before")
    # 3. The agreement.
    known = prekeys(front.signed_id, front.one_time_id)
    secrets = _agree(front, known)
    signed, one_time = known.signed, known.one_time
    box_transcript = _box_transcript(
        front,
        me.ref,
        signed.public,
        None if one_time is None else one_time.public,
        b"" if one_time is None else one_time.batch_root,
    )
    # 4. The box and its signer.
    box = messages.decode_box(sealing.unseal(_box_key(secrets, box_transcript), sealed, box_transcript))
    sender = resolve(box.sender)
    if sender.type is not CertificateType.DEVICE:
        raise NotEntitled("sessions are opened by devices")
    transcript = _transcript(box_transcript, box)
    signing.verify(Level.STANDARD, sender.public, labels.SIGN_HX1, transcript, box.signature)
    # 5. The session, with the initiator's first chain begun.
    keys = _session_keys(secrets, transcript)
    terms = Terms(FIRST_EPOCH, box.public, 0)
    step = root_key.step(keys.root, agreement.exchange(signed.exchange, box.public), terms, None)
    begun = Session(
        side=Side.RESPONDER,
        session_id=keys.session_id,
        transcript=hashing.short(transcript),
        own_device=me.device,
        peer_device=sender.device,
        own_ref=me.ref,
        peer_ref=box.sender,
        generation=box.generation,
        previous=box.previous,
        reason=box.reason,
        last_resort=one_time is None,
        established_at=now,
        last_pq_at=now,
        since_pq=0,
        previous_n=0,
        root=step.root,
        next_sending_key=keys.responder_header,
        next_receiving_key=step.next_header_key,
        sending=None,
        receiving=ReceivingChain(
            epoch=FIRST_EPOCH,
            header_key=keys.initiator_header,
            chain=step.chain,
            n=0,
            public=box.public,
            offer=box.offer,
        ),
        thin=thin_keys.answering(keys.thin_chain, keys.thin_tag, now).received_under(FIRST_EPOCH, step, now),
        skipped=SkippedKeys(),
        origin=origin,
    )
    # 6. The first packet, which is number 0 of that chain.
    begun, opened = session.open_packet(begun, box.packet, now=now)
    if opened.header.n:
        raise FormatError("the handshake does not hold the first packet")
    return Accepted(begun, opened, ephemeral, front.signed_id, front.one_time_id, box.edition)


def _first_packet_size(length: int) -> int:
    for size in messages.FIRST_PACKET_SIZES:
        if length <= size - OVERHEAD:
            return size
    raise FormatError(f"a first payload has at most {messages.FIRST_PAYLOAD_MAX} bytes")


def _agree(front: Front, known: PrekeySecrets) -> list[Secret]:
    """Return the shared secrets in their order; a last resort has none of a one-time prekey."""
    signed, one_time = known.signed, known.one_time
    if (front.one_time_id is None) != (one_time is None):
        raise PrekeyUnknown("the one-time prekey is gone")
    dh1 = agreement.exchange(signed.exchange, front.ephemeral)
    ss1 = agreement.kem_decapsulate(Kem.LEVEL_1024, signed.seed, front.ct_signed)
    if one_time is None:
        return [dh1, ss1]
    dh2 = agreement.exchange(one_time.exchange, front.ephemeral)
    ss2 = agreement.kem_decapsulate(Kem.LEVEL_768, one_time.seed, front.ct_one_time)
    return [dh1, dh2, ss1, ss2]


def _box_transcript(
    front: Front,
    recipient: CertificateRef,
    signed: SignedPrekey,
    one_time: OneTimePrekey | None,
    batch_root: bytes,
) -> bytes:
    """Return th1, 64 bytes: every public value of the agreement, who it is for, and the choice of prekeys."""
    return hashing.sha512(
        labels.TRANSCRIPT_HX1_BOX.encode("ascii"),
        b"\x00",
        messages.encode_head(front.signed_id, front.one_time_id),
        recipient,
        bundles.signed_part(signed),
        b"" if one_time is None else bundles.encode_one_time(one_time) + batch_root,
        front.ephemeral,
        front.ct_signed,
        front.ct_one_time,
    )


def _transcript(box_transcript: bytes, box: Box) -> bytes:
    """Return tr, 64 bytes: th1, the sender, and every term of the box."""
    return hashing.sha512(
        labels.TRANSCRIPT_HX1.encode("ascii"), b"\x00", box_transcript, box.sender, messages.encode_terms(box)
    )


@dataclass(frozen=True, slots=True)
class _SessionKeys:
    root: Secret
    initiator_header: Secret
    responder_header: Secret
    session_id: SessionId
    thin_chain: Secret
    thin_tag: Secret


def _session_keys(secrets: Sequence[Secret], transcript: bytes) -> _SessionKeys:
    derived = kdf.derive(_SALT, _ikm(secrets), labels.HX1, transcript, sum(_SESSION_PARTS))
    root, initiator_header, responder_header, session_id, *thin = derived.split(*_SESSION_PARTS)
    return _SessionKeys(root, initiator_header, responder_header, SessionId(session_id.reveal()), *thin)


def _box_key(secrets: Sequence[Secret], box_transcript: bytes) -> Secret:
    return kdf.derive(_SALT, _ikm(secrets), labels.HX1_BOX, box_transcript, sealing.KEY_SIZE)


def _ikm(secrets: Sequence[Secret]) -> Secret:
    # 32 bytes of 0xFF first, as in X3DH: no X25519 value is encoded so, the input is of no other kind.
    return Secret(_FIRST_IKM + b"".join(secret.reveal() for secret in secrets))
