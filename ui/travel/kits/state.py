"""What the list of kits knows: the kits, the one chosen, and what may be done with it."""

from dataclasses import dataclass
from enum import Enum

from secmsg.office.kits import KitState
from secmsg.station.kit_views import KitRow


class Act(Enum):
    """What an officer may do with a kit of the list."""

    ADD = "add"
    PROLONG = "prolong"
    LOST = "lost"
    FINISH = "finish"
    GIVE_UP = "give-up"


@dataclass(frozen=True, slots=True)
class Order:
    """An act on one kit."""

    act: Act
    kit: KitRow


def may(row: KitRow | None, act: Act) -> bool:
    """Say whether an act may be done to a kit as it stands."""
    if row is None:
        return False
    match act:
        case Act.ADD:
            return row.state is KitState.OUT and row.permit.drops
        case Act.PROLONG | Act.LOST:
            return row.state is KitState.OUT
        case Act.FINISH | Act.GIVE_UP:
            return row.state is KitState.MAKING
