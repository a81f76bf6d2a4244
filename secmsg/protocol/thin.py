"""Thin packets: 20 bytes of overhead, a key for each, for links of a few hundred bits a second (docs/spec/thin.md).

    session, packet = seal_thin(session, payload, now=…, limits=…)
    session, opened = open_thin(session, packet, now=…)

Both return the next state; the caller stores it in one transaction with the packet or the payload. What a payload
means is not known here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import Enum

from secmsg.config import ThinLimits
from secmsg.crypto import hashing, kdf, labels, sealing
from secmsg.crypto.secret import Secret
from secmsg.errors import DecryptionError, FormatError, NoSession, Replayed, SessionError, TooFarAhead
from secmsg.ids import SessionId
from secmsg.protocol import chain_key
from secmsg.protocol.skipped_keys import SkippedKey
from secmsg.protocol.state import Session, Side
from secmsg.protocol.thin_keys import ANSWERED_EPOCH, ANSWERING_EPOCH, MAX_KEPT, ThinKeys, ThinReceivingChain
from secmsg.protocol.thin_table import FAR_REACH, TAG_SIZE, Place, ThinTable
from secmsg.wire.packet import MAX_U32

OVERHEAD = TAG_SIZE + sealing.OVERHEAD
"""20 bytes of every packet: tag and synthetic IV."""

MAX_PAYLOAD = 1_940
"""So that a packet fills the largest message of a satellite modem, 1960 bytes."""

PACKET_SIZES = range(OVERHEAD + 1, OVERHEAD + MAX_PAYLOAD + 1)


_PROVES = {ANSWERING_EPOCH: ANSWERED_EPOCH, ANSWERED_EPOCH: ANSWERING_EPOCH}
"""Who sends on one of the two first chains has both: of a handshake, or of the two packets of a paper recovery. Of
later chains a thin packet proves nothing (docs/spec/thin.md 3)."""


class Verdict(Enum):
    """Whether thin packets may be sealed in a session now."""

    READY = 1
    WORN = 2
    """Yes, but for too long without a new key agreement: the officer is told."""
    SPENT = 3
    """No: beyond the hard stop, or no counter is left. A fat packet from each side, or a new session, ends it."""
    UNCONFIRMED = 4
    """No: the peer has sent nothing under this session yet, so nobody knows that it could open them."""


@dataclass(frozen=True, slots=True)
class Wear:
    """How far the own thin chain is used: packets sealed in it, seconds since the key agreement that gave it."""

    verdict: Verdict
    packets: int
    seconds: int


@dataclass(frozen=True, slots=True)
class OpenedThin:
    """What an authentic thin packet held, and the place it had."""

    payload: bytes = field(repr=False)
    place: Place


def wear(session: Session, *, now: int, limits: ThinLimits) -> Wear:
    """Judge the chain that `seal_thin` would use."""
    chain = session.thin.sending
    if chain is None:
        return Wear(Verdict.UNCONFIRMED, 0, 0)
    packets, seconds = chain.counter, max(0, now - chain.began_at)
    if packets == MAX_U32 or _reached(packets, limits.stop_packets) or _reached(seconds, limits.stop_s):
        return Wear(Verdict.SPENT, packets, seconds)
    worn = packets >= limits.warn_packets or seconds >= limits.warn_s
    return Wear(Verdict.WORN if worn else Verdict.READY, packets, seconds)


def _reached(value: int, stop: int | None) -> bool:
    return stop is not None and value >= stop


def seal_thin(session: Session, payload: bytes, *, now: int, limits: ThinLimits) -> tuple[Session, bytes]:
    """Seal 1 to 1940 bytes into the next thin packet, 20 bytes longer.

    FormatError when the length is out of bounds; NoSession while the peer is not known to hold a chain of ours;
    TooFarAhead beyond the hard stop.
    """
    if not 0 < len(payload) <= MAX_PAYLOAD:
        raise FormatError(f"a thin packet holds 1 to {MAX_PAYLOAD} bytes")
    session = session.settled(now)
    chain = session.thin.sending
    if chain is None:
        raise NoSession("the peer has not answered yet: no thin chain is confirmed")
    if wear(session, now=now, limits=limits).verdict is Verdict.SPENT:
        raise TooFarAhead("the thin chain is used up")
    tag = hashing.hmac_sha256(chain.tag_key, chain.counter.to_bytes(4))[:TAG_SIZE]
    following, message = chain_key.advance(chain.chain, labels.THIN_CHAIN)
    sealed = sealing.seal(_packet_key(message), payload, _associated(session, session.side, chain.counter))
    spent = replace(chain, chain=following, counter=chain.counter + 1)
    return _counted(session, replace(session.thin, sending=spent)), tag + sealed


def open_thin(session: Session, packet: bytes, *, now: int, place: Place | None = None) -> tuple[Session, OpenedThin]:
    """Open a thin packet of the peer, in any order, each at most once; `place` is where a table found its tag.

    NoSession when its tag stands for no counter of this session; Replayed when it was opened before or its key is
    wiped; DecryptionError when it does not authenticate; FormatError when it has no length of a thin packet.
    """
    places = ThinTable([session]).find(packet) if place is None else [place]
    return open_among(places, {session.session_id: session}.get, packet, now=now)


def open_among(
    places: Iterable[Place], load: Callable[[SessionId], Session | None], packet: bytes, *, now: int
) -> tuple[Session, OpenedThin]:
    """Open a thin packet at the first of the places found for it where it authenticates; errors as `open_thin`.

    `load` returns a session as it is now, None when it is gone.
    """
    if len(packet) not in PACKET_SIZES:
        raise FormatError(f"a thin packet has {PACKET_SIZES.start} to {PACKET_SIZES.stop - 1} bytes")
    failure: SessionError | DecryptionError = NoSession("no thin chain has this tag")
    for place in places:
        session = load(place.session_id)
        if session is None:
            continue
        try:
            return _open(session.settled(now), place, packet, now)
        except SessionError as passed:
            # Four bytes do not prove a repetition: the packet may be another chain's.
            failure = failure if isinstance(failure, DecryptionError) else passed
        except DecryptionError as refused:
            failure = refused
    raise failure


def _open(session: Session, place: Place, packet: bytes, now: int) -> tuple[Session, OpenedThin]:
    """Open at one place, on new values: none of them counts unless the packet authenticates."""
    chain = next((each for each in session.thin.receiving if each.epoch == place.epoch), None)
    if chain is None or place.counter > chain.counter + FAR_REACH:
        raise NoSession("this thin chain is gone, or does not reach so far")
    message, after = _message_key(chain, place.counter, now)
    associated = _associated(session, session.side.other, place.counter)
    payload = sealing.unseal(_packet_key(message), packet[TAG_SIZE:], associated)
    receiving = tuple(after if each is chain else each for each in session.thin.receiving)
    thin = replace(session.thin, receiving=receiving)
    if place.epoch in _PROVES:
        thin = thin.confirmed(_PROVES[place.epoch])
    return _counted(session, thin), OpenedThin(payload, place)


def _message_key(chain: ThinReceivingChain, counter: int, now: int) -> tuple[Secret, ThinReceivingChain]:
    """Return the message key of a counter and the chain in which it is spent."""
    if counter < chain.counter:
        kept = dict(chain.kept)
        late = kept.pop(counter, None)
        if late is None:
            raise Replayed("this packet was opened before, or its key is wiped")
        return late.key, replace(chain, kept=kept)
    at_counter, passed = chain_key.run(chain.chain, chain.counter, counter, MAX_KEPT, labels.THIN_CHAIN)
    following, message = chain_key.advance(at_counter, labels.THIN_CHAIN)
    kept = dict(chain.kept) | {place: SkippedKey(key, now) for place, key in passed.items()}
    newest = dict(list(kept.items())[-MAX_KEPT:])
    return message, replace(chain, chain=following, counter=counter + 1, kept=newest)


def _packet_key(message: Secret) -> Secret:
    return kdf.derive(b"", message, labels.THIN, b"", sealing.KEY_SIZE)


def _associated(session: Session, sender: Side, counter: int) -> bytes:
    label = labels.THIN_PACKET.encode("ascii") + b"\x00"
    return label + session.session_id + counter.to_bytes(4) + bytes([sender])


def _counted(session: Session, thin: ThinKeys) -> Session:
    return replace(session, thin=thin, since_pq=min(session.since_pq + 1, MAX_U32))
