"""Sessions with thin chains, as a handshake leaves them, from a seeded source of randomness."""

from dataclasses import replace

from secmsg.config import ThinLimits
from secmsg.crypto.secret import Secret
from secmsg.protocol import chain_key, thin, thin_keys
from secmsg.protocol.state import Session
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import NOW, bare_pair

LIMITS = ThinLimits()


def thin_pair(seed: bytes) -> tuple[Session, Session]:
    """Return initiator and responder after the handshake, with the responder's chain of epoch 0."""
    random = seeded(seed + b", epoch 0")
    chain, tag_key = Secret(random(32)), Secret(random(32))
    initiator, responder, _, _ = bare_pair(seed)
    expecting = replace(initiator.thin, receiving=thin_keys.answered(chain, tag_key, NOW).receiving)
    answering = replace(responder.thin, sending=thin_keys.answering(chain, tag_key, NOW).sending)
    return replace(initiator, thin=expecting), replace(responder, thin=answering)


def talking(seed: bytes) -> tuple[Session, Session]:
    """Return two sessions that both may send thin packets: the responder's first one has arrived."""
    initiator, responder = thin_pair(seed)
    responder, packet = sealed(responder, b"here")
    return taken(initiator, packet)[0], responder


def sealed(session: Session, payload: bytes, now: int = NOW) -> tuple[Session, bytes]:
    """Seal with usual values."""
    return thin.seal_thin(session, payload, now=now, limits=LIMITS)


def taken(session: Session, packet: bytes, now: int = NOW) -> tuple[Session, bytes]:
    """Open and keep the payload alone."""
    after, opened = thin.open_thin(session, packet, now=now)
    return after, opened.payload


def jumped(session: Session, counter: int) -> Session:
    """Return a sender as it is after it has sealed `counter` packets that nobody saw."""
    sending = session.thin.sending
    assert sending is not None
    chain, _ = chain_key.run(sending.chain, sending.counter, counter, 0, "thin chain")
    return replace(session, thin=replace(session.thin, sending=replace(sending, chain=chain, counter=counter)))
