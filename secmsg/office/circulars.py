"""When one cable to many travels as one blob and many slips, and whether all have opened the same of it.

Source: docs/spec/slip.md 3, docs/spec/receipts.md 4.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from secmsg.wire import padding

MIN_DEVICES = 8
"""A blob is one more thing to fetch, with one more wait: for fewer devices the saving is not worth it."""


def saves(devices: int, packet: int | None, slip: int, blob: int) -> bool:
    """Say whether one blob and a slip for each device cost fewer bytes than a packet for each.

    Sizes before their fill, the blob's as uploaded; `packet` None: the cable fits into none.
    """
    if devices < MIN_DEVICES or packet is None:
        return devices >= MIN_DEVICES
    return blob + devices * padding.class_for(slip) < devices * padding.class_for(packet)


class Standing(Enum):
    """What a machine has said about what it opened under a cable's id."""

    SAME = "same"
    """It signed the hash of what was released."""
    OTHER = "other"
    """It signed another hash: an alarm."""
    UNNAMED = "unnamed"
    """Its receipts are of the older form and name no content."""
    NOT_YET = "not-yet"
    """It has said nothing."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many machines have a cable coming, and how many have proven to have opened the same of it."""

    machines: int
    same: int
    other: int

    @property
    def proven(self) -> bool:
        """Whether every one of them has opened what was released."""
        return self.same == self.machines > 0


def judge(released: bytes, named: Iterable[bytes]) -> Standing:
    """Say where a machine stands that has signed these hashes; another one than what was released outweighs the same.

    An empty one stands for a receipt that names none.
    """
    said = tuple(named)
    if any(each not in (b"", released) for each in said):
        return Standing.OTHER
    if released in said:
        return Standing.SAME
    return Standing.UNNAMED if said else Standing.NOT_YET


def tally(standings: Iterable[Standing]) -> Tally:
    """Count machines by where they stand."""
    listed = tuple(standings)
    return Tally(len(listed), listed.count(Standing.SAME), listed.count(Standing.OTHER))
