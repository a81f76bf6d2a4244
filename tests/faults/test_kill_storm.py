"""The short form of the storm; `make kills` blows the long one."""

from pathlib import Path

import pytest

from tests.faults.kill_storm import MISSION, blow


@pytest.mark.timeout(180)
def test_random_kills_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    outcome = blow(tmp_path / "ministry", 8, calm_s=60)

    assert outcome.good, outcome


@pytest.mark.timeout(180)
def test_a_client_that_lets_the_relay_forget_too_early_is_caught(tmp_path: Path) -> None:
    # The control: the same storm counts the loss when the order is wrong.
    outcome = blow(tmp_path / "ministry", 8, kind="early", victims=(MISSION,), calm_s=4)

    assert outcome.received < outcome.acknowledged
    assert not outcome.good
