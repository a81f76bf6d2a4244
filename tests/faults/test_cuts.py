"""The short form of the cut line; `make cuts` runs the long one."""

from pathlib import Path

import pytest

from tests.faults.cuts import run


@pytest.mark.timeout(180)
def test_an_attachment_comes_whole_through_cuts_and_kills_and_nothing_is_carried_twice(tmp_path: Path) -> None:
    outcome = run(tmp_path / "ministry", 5_000_000, 3, 1)

    assert (outcome.cuts, outcome.kills) == (3, 3)
    assert outcome.good, outcome
