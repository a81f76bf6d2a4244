"""Worksheets of the hand cipher as work that is begun, laid aside and taken up again (docs/spec/by-hand.md 7)."""

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType

from secmsg.errors import NotAllowed


class Stage(IntEnum):
    """How far a worksheet has come."""

    WRITTEN = 1
    """Outgoing: the draft is kept, no page is taken."""
    ENCIPHERED = 2
    """Outgoing: the cable stands in the register and its message is fixed."""
    SENT = 3
    """Outgoing: a person has said that the message went."""
    TYPED = 4
    """Incoming: header and groups as far as they are typed."""
    READ = 5
    """Incoming: its tag verified, the cable stands in the register."""


FOLLOWS: Mapping[Stage, frozenset[Stage]] = MappingProxyType(
    {
        Stage.WRITTEN: frozenset({Stage.ENCIPHERED}),
        Stage.ENCIPHERED: frozenset({Stage.SENT}),
        Stage.SENT: frozenset(),
        Stage.TYPED: frozenset({Stage.READ}),
        Stage.READ: frozenset(),
    }
)


def move(stage: Stage, to: Stage) -> Stage:
    """Return the next stage; NotAllowed where it does not follow. The same stage once more changes nothing."""
    if to is not stage and to not in FOLLOWS[stage]:
        raise NotAllowed(f"a worksheet that is {stage.name.lower()} does not become {to.name.lower()}")
    return to


class Line(IntEnum):
    """Which line of the form a cell stands in; places count from 0 inside a line."""

    HEADER = 0
    CODE = 1
    KEY = 2
    CIPHER = 3
    CHECK = 4
    RUNNING = 5
    PARITY = 6
    TAG = 7
    GROUP = 8
    """A received group, as typed."""
