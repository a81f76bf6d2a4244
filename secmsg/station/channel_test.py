"""A test of each relay before the first cable: reached, the one that was pinned, and whose clock is right.

It makes the mailboxes and lays out keys, as the first contact must anyway, and takes nothing out of a mailbox.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from secmsg.config import Policy
from secmsg.errors import ClockSkew, LinkError, LinkRefused, SecmsgError, Unreachable
from secmsg.links import probe
from secmsg.links.link import Timeouts
from secmsg.station import mailboxes, places, rounds
from secmsg.station.desk import Clock
from secmsg.station.rounds import Ask, Memory, Place
from secmsg.store.relays import Relay


class Reach(Enum):
    """What a test of a relay found."""

    OPEN = "open"
    UNREACHED = "unreached"
    OTHER_CERTIFICATE = "other-certificate"
    """Somebody answers at the address who is not the relay of the kit; nothing was sent there."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Tested:
    """One relay: what was found, the round trip of a request, the relay's clock less ours (None: not known)."""

    name: str
    reach: Reach
    round_trip_s: float | None = None
    clock_offset_s: int | None = None
    clock_off: bool = False
    """Whether the clocks differ so much that hours on cables mislead."""
    detail: str = ""


def test(ask: Ask, relays: tuple[Relay, ...], policy: Policy, clock: Clock) -> tuple[Tested, ...]:
    """Test relays one after the other in the caller's thread; `ask` runs the steps that need the store."""
    return tuple(_test(ask, relay, policy, clock) for relay in relays)


def _test(ask: Ask, relay: Relay, policy: Policy, clock: Clock) -> Tested:
    place = places.place(relay, policy.link, clock, Memory())
    try:
        return _ask(ask, place, policy, clock)
    except Unreachable:
        reach, detail = _who_answers(relay, policy)
        return Tested(relay.name, reach, detail=detail)
    except LinkRefused as error:
        return Tested(relay.name, Reach.REFUSED, detail=str(error))
    except LinkError as error:
        return Tested(relay.name, Reach.UNREACHED, detail=str(error))
    finally:
        place.link.close()


def _ask(ask: Ask, place: Place, policy: Policy, clock: Clock) -> Tested:
    rounds.prepare(ask, place)
    boxes = ask(lambda desk: mailboxes.readable(desk, place.relay))
    began = time.monotonic()
    answer = _clocked(place, lambda: place.link.sync(boxes).relay_time)
    trip, offset = time.monotonic() - began, answer - clock()
    return Tested(place.name, Reach.OPEN, trip, offset, abs(offset) > policy.link.clock_skew_s)


def _clocked(place: Place, call: Callable[[], int]) -> int:
    try:
        return call()
    except ClockSkew as skew:
        place.link.clock_offset_s = skew.offset_s
        return call()


def _who_answers(relay: Relay, policy: Policy) -> tuple[Reach, str]:
    try:
        shown = probe.certificate_hash(relay.base_url, Timeouts(policy.link.connect_s, policy.link.read_s))
    except SecmsgError as error:
        return Reach.UNREACHED, str(error)
    if shown == relay.fingerprint:
        return Reach.UNREACHED, "the line was lost"
    return Reach.OTHER_CERTIFICATE, "another certificate than the one of the kit was shown"
