"""The relays of the kit as places to carry to and from, each with a link of its own."""

from collections.abc import Callable

from secmsg.config import LinkTimes
from secmsg.crypto.randomness import system
from secmsg.links.link import RelayAddress, Timeouts
from secmsg.links.relay import RelayLink
from secmsg.station.desk import Clock, Desk
from secmsg.station.rounds import CarrierLink, Memory, Place
from secmsg.store import relays
from secmsg.store.relays import Relay


def known(desk: Desk) -> tuple[Relay, ...]:
    """List the relays of the kit in its order."""
    return relays.every(desk.db)


def in_use(desk: Desk) -> tuple[Relay, ...]:
    """List the relays that the officer has not switched off."""
    return tuple(relay for relay in relays.every(desk.db) if relay.enabled)


def place(
    relay: Relay,
    times: LinkTimes,
    clock: Clock,
    memory: Memory,
    wrap: Callable[[CarrierLink], CarrierLink] = lambda link: link,
) -> Place:
    """Make a link to a relay; it connects when it is first used."""
    address = RelayAddress(relay.relay_id, relay.base_url, relay.prefix, relay.fingerprint, relay.enrol_token)
    link = RelayLink(address, Timeouts(times.connect_s, times.read_s), clock, system)
    return Place(relay.relay_id, relay.name, wrap(link), memory)
