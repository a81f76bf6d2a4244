"""Every vector of the authority: what is valid gives what it says, what is refused is refused."""

import pytest

from tests.helpers.authority_vectors import run
from tests.vectors import frame
from tests.vectors.frame import File, Test

FILES = ("certificate", "directory", "prekeys", "enrolment", "mailbox")


@pytest.mark.parametrize(("file", "vector"), frame.cases(*FILES, expect="ok"))
def test_a_valid_vector_gives_what_it_says(file: File, vector: Test) -> None:
    assert run(vector, file.bases) == vector["gives"]


@pytest.mark.parametrize(("file", "vector"), frame.cases(*FILES, expect="refused"))
def test_a_refused_vector_is_refused_with_its_error(file: File, vector: Test) -> None:
    with frame.refusal(vector):
        run(vector, file.bases)


def test_there_are_refusals_enough() -> None:
    assert sum(len(frame.load(file).refused()) for file in FILES) >= 150
