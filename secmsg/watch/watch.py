"""The locked watch: the one process that goes on while a store is closed (docs/spec/ring.md, ADR 75).

It has reader keys of the fast mailbox and envelopes that were sealed before; it can open nothing, and no module that
could is within its reach (an import contract holds it to that). It writes no file.
"""

import time
from collections.abc import Callable

from secmsg.crypto.randomness import system
from secmsg.links.link import RelayAddress, Timeouts
from secmsg.links.relay import RelayLink
from secmsg.watch.bell import Bell
from secmsg.watch.carrying import Carrier
from secmsg.watch.listening import Listener
from secmsg.watch.news import Began, News
from secmsg.watch.pace import Pace
from secmsg.wire.handover import Handover, Station


def begin(handover: Handover, tell: Callable[[News], None], clock: Callable[[], int] | None = None) -> None:
    """Start the threads of a watch; it goes on until its process ends."""
    now = clock or (lambda: int(time.time()))
    tell(Began(handover.watch))
    bell = Bell(handover.relays, tell, now)
    for station in handover.relays:
        carrier = Carrier(station, _link(station, now), tell, Pace(system))
        listener = Listener(
            station, _link(station, now), bell, carrier.answer, now, Pace(system), poll_s=handover.poll_s
        )
        carrier.start()
        listener.start()


def _link(station: Station, clock: Callable[[], int]) -> RelayLink:
    # Without the token that pays for mailboxes: the watch makes none.
    address = RelayAddress(station.relay, station.base_url, station.prefix, station.fingerprint, b"")
    return RelayLink(address, Timeouts(), clock, system)
