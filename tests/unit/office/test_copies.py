"""What counts as a sign of an old copy, and where a chain goes on after one."""

import pytest

from secmsg.office import copies
from secmsg.office.copies import BELIEVABLE, MARGIN, OF_A_PEER, Cause
from secmsg.wire.item import MAX_SERIAL


@pytest.mark.parametrize(
    ("serial", "given", "ahead"),
    [(0, 0, False), (5, 5, False), (6, 5, True), (5 + BELIEVABLE, 5, True), (6 + BELIEVABLE, 5, False)],
)
def test_a_serial_is_ahead_when_somebody_can_have_given_it(serial: int, given: int, ahead: bool) -> None:
    assert copies.is_ahead(serial, given) is ahead


@pytest.mark.parametrize(("given", "claimed", "next_"), [(9, 0, 109), (9, 12, 112), (0, 0, MARGIN)])
def test_a_chain_goes_on_above_what_either_side_knows(given: int, claimed: int, next_: int) -> None:
    assert copies.goes_on_at(given, claimed) == next_


def test_a_chain_does_not_run_out_of_numbers() -> None:
    assert copies.goes_on_at(MAX_SERIAL, 0) == MAX_SERIAL


def test_every_cause_doubts_either_us_or_a_peer() -> None:
    assert frozenset(Cause) > OF_A_PEER
