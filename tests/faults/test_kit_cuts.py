"""The short form of the power cuts over a kit's life; `make faults` looks at 400 images and every control."""

import random

import pytest

from tests.faults import kit_cuts
from tests.faults.disk import Names
from tests.faults.kit_cuts import CONTROLS
from tests.faults.recorded import Recorded
from tests.faults.test_power_cut import needs_recorder

SEED = 20_261_127
IMAGES = 3


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    return kit_cuts.make(tmp_path_factory.mktemp("kits").resolve(), "short")


@needs_recorder
@pytest.mark.timeout(180)
def test_no_cut_takes_a_kit_that_was_issued_or_leaves_one_that_nobody_knows(made: Recorded) -> None:
    verdict = kit_cuts.look(made, IMAGES, Names.WHEN_SYNCED, random.Random(SEED))

    assert verdict.images == IMAGES
    assert verdict.good, verdict


@needs_recorder
@pytest.mark.timeout(180)
def test_counts_that_were_not_synced_are_seen_to_go_back(made: Recorded) -> None:
    (control,) = (each for each in CONTROLS if "counts without" in each.name)

    verdict = kit_cuts.look(made, 4, control.names, random.Random(SEED), control.keep, control.near)

    assert not verdict.good
