"""What the list of kits knows: the kits, the one chosen, and what may be done with it."""

from dataclasses import dataclass
from enum import Enum

from secmsg.office.kits import KitState
from secmsg.station.kit_views import KitRow


class Act(Enum):
    """What an officer may do with a kit of the list."""

    ADD = "add"
    PROLONG = "prolong"
    AGAIN = "again"
    LOST = "lost"
    FINISH = "finish"
    GIVE_UP = "give-up"
    END = "end"


@dataclass(frozen=True, slots=True)
class Order:
    """An act on one kit."""

    act: Act
    kit: KitRow
    gone: bool = False
    """To END: nothing is left of the kit's folder."""


def may(row: KitRow | None, act: Act) -> bool:
    """Say whether an act may be done to a kit as it stands."""
    if row is None:
        return False
    match act:
        case Act.ADD:
            return row.state is KitState.OUT and row.permit.drops
        case Act.AGAIN:
            return row.state is KitState.OUT and row.additions > 0
        case Act.END:
            return row.ending
        case Act.PROLONG | Act.LOST:
            return row.state is KitState.OUT
        case Act.FINISH | Act.GIVE_UP:
            return row.state is KitState.MAKING
