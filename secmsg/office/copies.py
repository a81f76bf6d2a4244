"""Signs that a store is an old copy, or has a second one, and what follows from each (docs/spec/rollback.md 3).

Pure: the station sees the signs and keeps what follows.
"""

from enum import Enum

from secmsg.wire.item import MAX_SERIAL


class Cause(Enum):
    """Why sending is kept back."""

    OLD_COPY = "old-copy"
    """Our store counts fewer states than the system's keyring."""
    RESTORED = "restored"
    """Our store came back from a backup: what was done after it is not here."""
    SERIAL_AHEAD = "serial-ahead"
    """A station names a serial of ours that was not given here."""
    FORK_REPORTED = "fork-reported"
    """A station says that two different items of ours came under one serial."""
    TRANSCRIPT = "transcript"
    """A station's record of our chain holds other items than were sent from here."""
    OWN_ENTRY = "own-entry"
    """The directory says of us what nobody here has asked for."""
    RETIRED = "retired"
    """The officer has taken this copy out of use: another one goes on."""
    PEER_FORKED = "peer-forked"
    """Two different items of a station stand under one serial."""
    PEER_SECOND_COPY = "peer-second-copy"
    """A station's machine has sealed two different packets for one place of a session."""


OF_A_PEER = frozenset((Cause.PEER_FORKED, Cause.PEER_SECOND_COPY))
"""Causes that doubt a peer's store: cables to that peer are kept back. All others doubt ours: nothing leaves."""

BELIEVABLE = 1_000_000
"""A serial further ahead of ours is no sign of an old copy: nobody loses so many, and the numbers would run out."""


def is_ahead(serial: int, given: int) -> bool:
    """Say whether a serial that a station names shows that our store is not the newest."""
    return given < serial <= given + BELIEVABLE


MARGIN = 100
"""Serials left out after an old copy: what was given and never acknowledged is among them."""


def goes_on_at(given: int, claimed: int) -> int:
    """Return the serial at which a chain goes on after an old copy: above all that was given here or named by the peer.

    `given` is the last serial known here, `claimed` the highest that the peer has named. At least one serial stays out,
    so that the next item stands behind a gap and names no item of the lost ones.
    """
    return min(max(given, claimed) + MARGIN, MAX_SERIAL)
