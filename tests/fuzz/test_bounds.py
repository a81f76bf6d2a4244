"""Whatever a decoder is given, it takes no more than 256 MiB and one second of the processor."""

import pytest

from secmsg.errors import FormatError
from tests.fuzz.bounds import made_apart, within
from tests.fuzz.worst import WORST, Case


@pytest.mark.parametrize("case", WORST, ids=lambda case: f"{case.decoder}: {case.what}")
def test_the_worst_input_stays_within_the_bounds(case: Case) -> None:
    data = made_apart(case.make)

    taken = within(lambda: case.take(data), case.refusals)

    assert taken.ended == "ok"


def _believes(data: bytes) -> bytearray:
    """Do what a careless decoder does: make room for what the head promises."""
    return bytearray(int.from_bytes(data[:8]))


def _compares_all(data: bytes) -> int:
    return sum(a == b for a in data for b in data)


def test_a_decoder_that_believes_a_length_is_seen() -> None:
    # The controls: memory promised by the input, time that grows with its square, an error nobody declared.
    assert within(lambda: _believes((2**30).to_bytes(8)), (FormatError,)).ended == "more than 256 MiB"
    assert within(lambda: _compares_all(bytes(50_000)), (FormatError,)).ended == "more than a second"
    assert within(lambda: bytes(1).index(1), (FormatError,)).ended == "ValueError"
