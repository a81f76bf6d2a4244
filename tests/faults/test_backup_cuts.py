"""The short form of the power cuts over backups and a restore; `make faults` looks at 400 images and every control."""

import random

import pytest

from tests.faults import backup_cuts
from tests.faults.backup_cuts import CONTROLS
from tests.faults.disk import Names
from tests.faults.recorded import Recorded
from tests.faults.test_power_cut import needs_recorder

SEED = 20_261_126


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    return backup_cuts.make(tmp_path_factory.mktemp("backups").resolve())


@needs_recorder
@pytest.mark.timeout(180)
@pytest.mark.parametrize("names", Names)
def test_no_cut_takes_a_backup_that_stood_or_leaves_a_profile_that_nobody_opens(made: Recorded, names: Names) -> None:
    verdict = backup_cuts.look(made, 5, names, random.Random(SEED))

    assert verdict.images == 5
    assert verdict.good, verdict


@needs_recorder
@pytest.mark.timeout(180)
def test_pieces_that_were_not_synced_are_seen(made: Recorded) -> None:
    control = CONTROLS[0]

    verdict = backup_cuts.look(made, 6, control.names, random.Random(SEED), control.keep)

    assert not verdict.good
