"""Who may connect: connections are counted by address and in all, before TLS (docs/spec/relay-api.md 3).

The addresses of connections that stand are held in memory, to be counted; they are written nowhere.
"""

import ipaddress
import socket
from collections import Counter
from dataclasses import dataclass, field

from secmsg.relay.tally import Tally

_NETWORK_V6 = 64


@dataclass(slots=True)
class Doors:
    """At most `most` connections, at most `most_each` from one address; 0 is no limit for one address.

    Behind a front proxy all come from the proxy's address: there the proxy does this counting.
    """

    most: int
    most_each: int
    tally: Tally
    inside: Counter[str] = field(default_factory=Counter)
    total: int = 0

    def enter(self, who: str) -> bool:
        """Count a connection in, or say that it is one too many."""
        if self.total >= self.most or (self.most_each and self.inside[who] >= self.most_each):
            self.tally.turned_away += 1
            return False
        self.total += 1
        self.inside[who] += 1
        return True

    def leave(self, who: str) -> None:
        """Count a connection out."""
        self.total -= 1
        self.inside[who] -= 1
        if not self.inside[who]:
            del self.inside[who]


def who_is(address: str) -> str:
    """Return what is counted as one address: an IPv6 caller has its whole network of 64 bits."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, _NETWORK_V6), strict=False))


class Visitor(socket.socket):
    """An accepted connection that counts itself out when it is closed."""

    __slots__ = ("_doors", "_who")

    _doors: Doors | None
    _who: str

    @classmethod
    def of(cls, accepted: socket.socket, doors: Doors, who: str) -> "Visitor":
        """Take over an accepted socket that `doors` let in."""
        visitor = cls(accepted.family, accepted.type, accepted.proto, fileno=accepted.detach())
        visitor._doors, visitor._who = doors, who
        return visitor

    def close(self) -> None:
        """Close, and leave."""
        doors, self._doors = getattr(self, "_doors", None), None
        if doors is not None:
            doors.leave(self._who)
        super().close()


class Entrance(socket.socket):
    """A listening socket that turns away what its doors do not let in, before a TLS handshake costs anything."""

    __slots__ = ("doors",)

    doors: Doors

    def accept(self) -> tuple[socket.socket, tuple[str, int]]:
        """Accept one connection; ConnectionAbortedError, which the event loop passes over, for one too many."""
        accepted, address = super().accept()
        who = who_is(address[0])
        if not self.doors.enter(who):
            accepted.close()
            raise ConnectionAbortedError
        return Visitor.of(accepted, self.doors, who), address
