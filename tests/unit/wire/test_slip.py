"""A slip is small, exact and silent."""

from dataclasses import replace

import pytest

from secmsg.errors import FormatError
from secmsg.wire import slip
from tests.helpers.cables import SLIP


def test_a_slip_is_81_bytes_and_hides_its_key() -> None:
    assert len(slip.encode(SLIP)) == slip.SIZE
    assert "key" not in repr(SLIP)


@pytest.mark.parametrize(
    "spoiled",
    [
        replace(SLIP, key=bytes(31)),
        replace(SLIP, size=-1),
        replace(SLIP, size=slip.MAX_CONTENT + 1),
        replace(SLIP, manifest_hash=b""),
        replace(SLIP, circular_serial=2**32),
        replace(SLIP, expiry=-1),
    ],
)
def test_a_slip_that_no_receiver_would_take_does_not_leave(spoiled: slip.Slip) -> None:
    with pytest.raises(FormatError):
        slip.encode(spoiled)
