"""No state is reached by a way that is not drawn."""

from collections.abc import Callable, Mapping
from enum import Enum
from itertools import product
from typing import Any

import pytest

from secmsg.errors import NotAllowed
from secmsg.office import lifecycle
from secmsg.office.lifecycle import (
    CABLE_MOVES,
    INCOMING_MOVES,
    OUTBOX_MOVES,
    CableState,
    IncomingState,
    OutboxState,
)
from secmsg.wire.service import ReceiptLevel

MACHINES: dict[str, tuple[type[Enum], Mapping[Any, frozenset[Any]], Callable[[Any, Any], Any], Enum]] = {
    "cable": (CableState, CABLE_MOVES, lifecycle.move_cable, CableState.DRAFT),
    "incoming": (IncomingState, INCOMING_MOVES, lifecycle.move_incoming, IncomingState.PACKET),
    "outbox": (OutboxState, OUTBOX_MOVES, lifecycle.move_outbox, OutboxState.WAITING_KEYS),
}


@pytest.mark.parametrize("machine", MACHINES)
def test_every_move_is_allowed_or_refused_as_the_table_says(machine: str) -> None:
    states, moves, move, _ = MACHINES[machine]

    for state, to in product(states, states):
        if to in moves[state]:
            assert move(state, to) is to
        else:
            with pytest.raises(NotAllowed, match=f"{state.value} to {to.value}"):
                move(state, to)


@pytest.mark.parametrize("machine", MACHINES)
def test_every_state_can_be_reached(machine: str) -> None:
    states, moves, _, start = MACHINES[machine]
    reached, fresh = {start}, {start}
    while fresh:
        fresh = {to for state in fresh for to in moves[state]} - reached
        reached |= fresh

    assert reached == set(states)


@pytest.mark.parametrize("machine", MACHINES)
def test_nothing_moves_to_itself_and_the_end_is_an_end(machine: str) -> None:
    states, moves, _, _ = MACHINES[machine]

    assert all(state not in moves[state] for state in states)
    assert sum(not moves[state] for state in states) == 1


def test_a_number_once_given_is_never_edited_away() -> None:
    numbered = {CableState.REGISTERED}
    while more := {to for state in numbered for to in CABLE_MOVES[state]} - numbered:
        numbered |= more

    assert not numbered & {
        CableState.DRAFT,
        CableState.CLEARING,
        CableState.RETURNED,
        CableState.APPROVED,
        CableState.ABANDONED,
    }


def test_what_is_proven_is_never_taken_back() -> None:
    proven = (OutboxState.ARRIVED, OutboxState.DECIPHERED, OutboxState.ACKNOWLEDGED, OutboxState.REFUSED)

    for state in proven:
        assert OUTBOX_MOVES[state] <= set(proven)


@pytest.mark.parametrize(
    ("state", "level", "after"),
    [
        (OutboxState.RELAY_HOLDS, ReceiptLevel.ARRIVED, OutboxState.ARRIVED),
        (OutboxState.UNKNOWN, ReceiptLevel.DECIPHERED, OutboxState.DECIPHERED),
        (OutboxState.WAITING, ReceiptLevel.DONE, OutboxState.ACKNOWLEDGED),
        (OutboxState.HELD, ReceiptLevel.ARRIVED, OutboxState.ARRIVED),
        (OutboxState.EXPIRED, ReceiptLevel.ARRIVED, OutboxState.ARRIVED),
        (OutboxState.ACKNOWLEDGED, ReceiptLevel.ARRIVED, OutboxState.ACKNOWLEDGED),
        (OutboxState.DECIPHERED, ReceiptLevel.ARRIVED, OutboxState.DECIPHERED),
        (OutboxState.ACKNOWLEDGED, ReceiptLevel.READ, OutboxState.ACKNOWLEDGED),
        (OutboxState.ACKNOWLEDGED, ReceiptLevel.REFUSED, OutboxState.REFUSED),
        (OutboxState.REFUSED, ReceiptLevel.DONE, OutboxState.REFUSED),
    ],
)
def test_a_receipt_proves_what_it_says_and_a_late_one_takes_nothing_back(
    state: OutboxState, level: ReceiptLevel, after: OutboxState
) -> None:
    assert lifecycle.after_receipt(state, level) is after


def test_only_what_is_neither_proven_nor_given_up_is_still_work() -> None:
    assert {state for state in OutboxState if not lifecycle.is_open(state)} == {
        OutboxState.ARRIVED,
        OutboxState.DECIPHERED,
        OutboxState.ACKNOWLEDGED,
        OutboxState.REFUSED,
        OutboxState.EXPIRED,
        OutboxState.WITHDRAWN,
    }


def test_the_state_shown_for_several_addressees_is_the_least() -> None:
    assert lifecycle.least_far([OutboxState.ACKNOWLEDGED, OutboxState.UNKNOWN]) is OutboxState.UNKNOWN
    assert lifecycle.least_far([OutboxState.WAITING, OutboxState.REFUSED]) is OutboxState.REFUSED
    assert all(lifecycle.least_far([state]) is state for state in OutboxState)
