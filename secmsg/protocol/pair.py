"""The sessions of two devices: one active, one that only still receives (docs/spec/session.md 10).

More than that is a weakness: a copy of a forgotten session would still be believed (the Sesame analysis).
"""

from dataclasses import dataclass, replace
from enum import Enum

from secmsg.errors import NoSession
from secmsg.protocol import session as sessions
from secmsg.protocol.session import Opened
from secmsg.protocol.state import Session

DRAIN_SECONDS = 72 * 3_600
"""How long a replaced session still receives."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What this device holds towards one other: only `active` sends, `draining` receives until a time."""

    active: Session | None = None
    draining: Session | None = None
    drain_until: int = 0


class Adoption(Enum):
    """What became of a new session."""

    FIRST = 1
    """There was none: it is active."""

    REPLACED = 2
    """It has a higher generation, or one end has another certificate: it is active, the old one drains. A break of
    continuity to be shown; what was sealed under the old one and has not arrived must be sealed anew."""

    CROSSED = 3
    """Both sides opened one at the same time and the new one stays: as REPLACED, but no break."""

    DRAINS = 4
    """Both sides opened one at the same time and the old one stays; the new one only receives."""

    STALE = 5
    """It is older than the one in use, or a second of the same generation from the same side: not taken."""


def next_generation(pair: Pair) -> int:
    """Return the generation of the session to open next."""
    return 1 if pair.active is None else pair.active.generation + 1


def adopt(pair: Pair, new: Session, *, now: int) -> tuple[Pair, Adoption]:
    """Take a session just opened, by either side, into the pair; on STALE the pair is unchanged.

    The caller has found the peer's certificate in the current edition. Of two that crossed with equal generation the
    one with the lower H(transcript) stays active: both ends see both transcripts, so they choose alike without
    another message.
    """
    old = pair.active
    if old is None:
        return replace(pair, active=new), Adoption.FIRST
    until = now + DRAIN_SECONDS
    if new.generation > old.generation or new.peer_ref != old.peer_ref or new.own_ref != old.own_ref:
        # A device enrolled anew, with another certificate, counts its generations from 1 again.
        return Pair(new, old, until), Adoption.REPLACED
    if new.generation < old.generation or new.side is old.side:
        return pair, Adoption.STALE
    if new.transcript < old.transcript:
        return Pair(new, old, until), Adoption.CROSSED
    return Pair(old, new, until), Adoption.DRAINS


def receive(pair: Pair, packet: bytes, *, now: int) -> tuple[Pair, Session, Opened]:
    """Open a packet under whichever session recognises it; return the pair, that session, the content.

    NoSession when neither does; else the errors of `session.decrypt`.
    """
    pair = settled(pair, now=now)
    if pair.active is not None and sessions.recognises(pair.active, packet):
        after, opened = sessions.decrypt(pair.active, packet, now=now)
        return replace(pair, active=after), after, opened
    if pair.draining is not None and sessions.recognises(pair.draining, packet):
        after, opened = sessions.decrypt(pair.draining, packet, now=now)
        return replace(pair, draining=after), after, opened
    raise NoSession("no session with this device opens this packet")


def settled(pair: Pair, *, now: int) -> Pair:
    """Drop the draining session when its time is over; a clock set back gives it 72 hours at most."""
    if pair.draining is None:
        return pair
    until = min(pair.drain_until, now + DRAIN_SECONDS)
    return Pair(pair.active) if now >= until else replace(pair, drain_until=until)
