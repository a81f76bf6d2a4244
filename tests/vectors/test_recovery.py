"""The frozen vectors of a recovery from paper, read by the product and by a second, plain reading."""

import pytest

from tests.vectors import frame, make_recovery, second_recovery
from tests.vectors.frame import File, Test
from tests.vectors.second_basis import RefusedError


@pytest.mark.parametrize(("file", "vector"), frame.cases("recovery", expect="ok"))
def test_what_is_right_is_opened(file: File, vector: Test) -> None:
    given = make_recovery.run(vector)

    assert given == vector["gives"]
    assert second_recovery.read(vector) == {k: v for k, v in given.items() if k != "states"}


@pytest.mark.parametrize(("file", "vector"), frame.cases("recovery", expect="refused"))
def test_what_is_wrong_is_refused(file: File, vector: Test) -> None:
    with frame.refusal(vector):
        make_recovery.run(vector)
    with pytest.raises(RefusedError):
        second_recovery.read(vector)
