"""What the outbox screen knows: which act is open for a delivery in each state."""

from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from secmsg.ids import CableId
from secmsg.office.channels import Why
from secmsg.office.lifecycle import OUTBOX_MOVES, OutboxState
from secmsg.station.views import ChannelState, OutboxRow


class Act(Enum):
    """What the officer may do with a delivery."""

    SEND_NOW = "send-now"
    HOLD = "hold"
    RESUME = "resume"
    PAUSE = "pause"
    GO_ON = "go-on"


@dataclass(frozen=True, slots=True)
class Order:
    """An act on a cable."""

    act: Act
    cable_id: CableId


@dataclass(frozen=True, slots=True)
class OutboxViewState:
    """The rows as the station gave them."""

    rows: tuple[OutboxRow, ...] = ()


SETTLED = frozenset(
    {
        OutboxState.ARRIVED,
        OutboxState.DECIPHERED,
        OutboxState.ACKNOWLEDGED,
        OutboxState.REFUSED,
        OutboxState.EXPIRED,
        OutboxState.WITHDRAWN,
    }
)
"""States in which an earlier try's failure means nothing any more."""


def key(row: OutboxRow) -> object:
    """Name a row: one cable on its way to one station."""
    return row.cable_id, row.to, row.to_name


def may(row: OutboxRow | None, act: Act) -> bool:
    """Whether an act has something to do for a row."""
    if row is None:
        return False
    match act:
        case Act.SEND_NOW:
            return row.state in (OutboxState.WAITING, OutboxState.UNKNOWN) and not row.paused
        case Act.HOLD:
            return OutboxState.HELD in OUTBOX_MOVES[row.state]
        case Act.RESUME:
            return row.state is OutboxState.HELD
        case Act.PAUSE:
            return percent(row) is not None and not row.paused
        case Act.GO_ON:
            return row.paused
        case _:
            assert_never(act)


_TO_GO = (ChannelState.WAITING, ChannelState.SENDING, ChannelState.UNKNOWN, ChannelState.REFUSED)


def waiting_for(rows: tuple[OutboxRow, ...], channel: str) -> int:
    """Count the deliveries that are to go by a channel and that it has not taken."""
    return sum(
        any(
            line.channel == channel
            and (line.state in _TO_GO or (line.state is ChannelState.UNUSED and line.why is Why.NOW))
            for line in row.lines
        )
        for row in rows
        if row.state not in SETTLED
    )


def percent(row: OutboxRow) -> int | None:
    """Give how much of the sealed files has gone up, None when there is nothing to count."""
    if row.parts is None or row.parts[1] <= 0:
        return None
    return max(0, min(100, 100 * row.parts[0] // row.parts[1]))


def is_paused(row: OutboxRow) -> bool:
    """Whether a cable stays here because the officer has paused its files."""
    return row.paused and row.state in (OutboxState.WAITING, OutboxState.WAITING_KEYS, OutboxState.SENDING)


def overdue(row: OutboxRow, now: int) -> bool:
    """Whether the receipt that was to be expected has not come."""
    return row.receipt_due_at is not None and now > row.receipt_due_at
