"""What is on a line or a medium looks random in every place and comes in few sizes; `make uniform` counts in full."""

import pytest

from tests.uniform.__main__ import COUNT
from tests.uniform.kinds import CONTROLS, KINDS, Kind
from tests.uniform.measure import HIGH, LOW, chi, measure


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_looks_random_in_every_place(kind: Kind) -> None:
    found = measure(kind.begin(), int(COUNT * kind.share))

    assert found.faults() == []
    assert [size for size in found.sizes if not kind.may_have(size)] == []


@pytest.mark.parametrize("kind", CONTROLS, ids=lambda kind: kind.name)
def test_what_is_not_sealed_is_seen(kind: Kind) -> None:
    assert measure(kind.begin(), int(COUNT * kind.share)).faults()


def test_the_bounds_hold_what_is_even_and_nothing_that_is_too_even() -> None:
    assert (round(LOW), round(HIGH)) == (148, 403)
    assert chi([40] * 256) == 0
    assert chi([41, 39] * 128) < LOW
    assert chi([0] + [40] * 255) < chi([0] * 128 + [80] * 128)
