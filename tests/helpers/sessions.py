"""Devices, prekeys and pairs of sessions for tests of the protocol, from a seeded source of randomness."""

import hmac
from dataclasses import dataclass, field, replace

from secmsg.crypto import agreement, signing
from secmsg.crypto.agreement import ExchangeKey
from secmsg.crypto.randomness import Random
from secmsg.crypto.secret import Secret
from secmsg.errors import NotListed, PrekeyUnknown
from secmsg.ids import CertificateRef, DeviceId, EditionNumber, SessionId, StationId, Week
from secmsg.protocol import handshake, prekeys, root_key, veil
from secmsg.protocol import session as sessions
from secmsg.protocol.handshake import Accepted, Identity
from secmsg.protocol.prekeys import OneTimeSecret, PrekeySecrets, SignedSecret
from secmsg.protocol.root_key import Terms
from secmsg.protocol.session import Pace
from secmsg.protocol.skipped_keys import SkippedKeys
from secmsg.protocol.state import ReceivingChain, SendingChain, Session, Side
from secmsg.protocol.thin_keys import ThinKeys
from secmsg.wire.bundle import Bundle, OneTimeEntry, PrekeyBatch
from secmsg.wire.cable import Degree
from secmsg.wire.certificate import Certificate, CertificateType, Role
from secmsg.wire.handshake import NO_SESSION, ResetReason
from secmsg.wire.packet import NO_ACK, Ack, EditionMark
from tests.helpers.seeded_random import seeded

NOW = 1_800_000_000
EDITION = EditionMark(7, b"roothash")
COVER_ROOT = Secret(b"\x5a" * 32)
COVER = veil.cover_key(COVER_ROOT, Week(NOW // 604_800))


@dataclass
class Device:
    """A device with its certificate and prekeys, and what it remembers of handshakes."""

    identity: Identity
    certificate: Certificate
    signed: SignedSecret
    batch: PrekeyBatch
    entries: list[OneTimeEntry]
    one_times: dict[int, OneTimeSecret]
    random: Random
    seen: set[bytes] = field(default_factory=set)

    def bundle(self) -> Bundle:
        """Hand out one one-time prekey, or none when they are used up."""
        if not self.entries:
            return Bundle(self.signed.public, self.batch, None)
        return Bundle(self.signed.public, self.batch, self.entries.pop(0))

    def secrets(self, spk_id: int, opk_id: int | None) -> PrekeySecrets:
        """Look private halves up as a store does."""
        if spk_id != self.signed.public.spk_id or (opk_id is not None and opk_id not in self.one_times):
            raise PrekeyUnknown("gone")
        return PrekeySecrets(self.signed, None if opk_id is None else self.one_times[opk_id])


def device(number: int, seed: str, one_times: int = 2) -> Device:
    """Make a device of a station of the same number."""
    random = seeded(seed.encode())
    key = signing.signing_generate(signing.Level.STANDARD, random)
    certificate = Certificate(
        serial=number,
        type=CertificateType.DEVICE,
        station=StationId(number),
        subject=number,
        role=Role.STATION,
        degree=Degree.SECRET,
        not_before=NOW - 86_400,
        not_after=NOW + 365 * 86_400,
        edition=EditionNumber(1),
        public=key.public,
    )
    ref = prekeys.reference(certificate)
    signed = prekeys.make_signed(ref, key, 1, NOW + 7 * 86_400, random)
    batch, entries, secrets = prekeys.make_batch(ref, key, 1, max(one_times, 1), random)
    return Device(
        identity=Identity(DeviceId(number), ref, key),
        certificate=certificate,
        signed=signed,
        batch=batch,
        entries=list(entries[:one_times]),
        one_times={secret.public.opk_id: secret for secret in secrets},
        random=random,
    )


def initiate(
    sender: Device,
    recipient: Device,
    payload: bytes = b"first",
    *,
    generation: int = 1,
    previous: SessionId | None = None,
    reason: ResetReason = ResetReason.FIRST,
    ack: Ack = NO_ACK,
    bundle: Bundle | None = None,
    now: int = NOW,
) -> tuple[Session, bytes]:
    """Open a session with usual values."""
    return handshake.initiate(
        sender.identity,
        recipient.certificate,
        recipient.bundle() if bundle is None else bundle,
        cover=COVER,
        generation=generation,
        previous=previous,
        reason=reason,
        edition=EDITION,
        ack=ack,
        payload=payload,
        batch_floor=0,
        now=now,
        random=sender.random,
    )


def respond(recipient: Device, message: bytes, *senders: Device, now: int = NOW) -> Accepted:
    """Take a handshake as a store does: remember the ephemeral key, delete the one-time prekey."""
    known = {sender.identity.ref: sender.certificate for sender in senders}

    def resolve(ref: CertificateRef) -> Certificate:
        if ref not in known:
            raise NotListed("unknown")
        return known[ref]

    accepted = handshake.respond(
        recipient.identity,
        message,
        covers=[COVER],
        prekeys=recipient.secrets,
        resolve=resolve,
        seen=recipient.seen.__contains__,
        now=now,
    )
    recipient.seen.add(accepted.ephemeral)
    if accepted.opk_id is not None:
        del recipient.one_times[accepted.opk_id]
    return accepted


def established(seed: str = "pair", *, last_resort: bool = False) -> tuple[Session, Session]:
    """Return initiator's and responder's session after the handshake has arrived."""
    anna, binh = device(11, f"{seed}/a", 0), device(12, f"{seed}/b", 0 if last_resort else 1)
    session, message = initiate(anna, binh)
    return session, respond(binh, message, anna).session


def bare_pair(seed: bytes) -> tuple[Session, Session, Secret, ExchangeKey]:
    """Return initiator and responder as the handshake leaves them, the shared root, the responder's key.

    Made from random keys instead of an agreement, for tests of the ratchet alone.
    """
    random = seeded(seed)
    root = Secret(random(32))
    initiator_header, responder_header = Secret(random(64)), Secret(random(64))
    signed, ratchet = agreement.exchange_generate(random), agreement.exchange_generate(random)
    step = root_key.step(root, agreement.exchange(ratchet.private, signed.public), Terms(1, ratchet.public, 0), None)
    initiator = Session(
        side=Side.INITIATOR,
        session_id=SessionId(random(16)),
        transcript=random(32),
        own_device=DeviceId(1),
        peer_device=DeviceId(2),
        own_ref=CertificateRef(b"\x01" * 32),
        peer_ref=CertificateRef(b"\x02" * 32),
        generation=1,
        previous=NO_SESSION,
        reason=ResetReason.FIRST,
        last_resort=False,
        established_at=NOW,
        last_pq_at=NOW,
        since_pq=0,
        previous_n=0,
        root=step.root,
        next_sending_key=step.next_header_key,
        next_receiving_key=responder_header,
        sending=SendingChain(1, initiator_header, step.chain, 0, 0, ratchet),
        receiving=None,
        thin=ThinKeys().sent_under(1, step, NOW),
        skipped=SkippedKeys(),
    )
    responder = replace(
        initiator,
        side=Side.RESPONDER,
        own_device=initiator.peer_device,
        peer_device=initiator.own_device,
        own_ref=initiator.peer_ref,
        peer_ref=initiator.own_ref,
        next_sending_key=responder_header,
        next_receiving_key=step.next_header_key,
        sending=None,
        receiving=ReceivingChain(1, initiator_header, step.chain, 0, ratchet.public),
        thin=ThinKeys().received_under(1, step, NOW),
    )
    return initiator, responder, root, signed


def seal(
    session: Session,
    payload: bytes,
    random: Random,
    *,
    now: int = NOW,
    size_class: int | None = None,
    pace: Pace = Pace.NORMAL,
) -> tuple[Session, bytes]:
    """Encrypt with usual values."""
    return sessions.encrypt(
        session,
        payload,
        now=now,
        ack=NO_ACK,
        edition=EDITION,
        random=random,
        size_class=size_class,
        pace=pace,
    )


def opened(session: Session, packet: bytes, now: int = NOW) -> tuple[Session, bytes]:
    """Decrypt and keep the payload alone."""
    after, content = sessions.decrypt(session, packet, now=now)
    return after, content.payload


def turn(
    sender: Session, receiver: Session, random: Random, *, now: int = NOW, payload: bytes = b"x"
) -> tuple[Session, Session]:
    """Let one packet cross; return sender and receiver after it."""
    sender, packet = seal(sender, payload, random, now=now)
    return sender, opened(receiver, packet, now)[0]


def hkdf(salt: bytes, ikm: bytes, label: str, context: bytes, length: int) -> bytes:
    """Derive as docs/spec/crypto.md 4 says, with nothing but HMAC: an independent second writing."""
    info = b"DC/1" + bytes([len(label)]) + label.encode() + len(context).to_bytes(2, "big") + context
    prk = hmac.digest(salt or bytes(64), ikm, "sha512")
    block, out, count = b"", b"", 0
    while len(out) < length:
        count += 1
        block = hmac.digest(prk, block + info + bytes([count]), "sha512")
        out += block
    return out[:length]
