"""Serials of a few bits are read by what is known of the pair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.office import thin_serials
from secmsg.wire.item import MAX_SERIAL


@pytest.mark.parametrize(
    ("written", "highest", "meant"),
    [
        (1, 0, 1),
        (0, 0, 256),
        (255, 0, 255),
        (44, 299, 300),
        (44, 340, 300),
        (44, 200, 300),
        (300 % 256, 300, 300),
        ((1000 + 128) % 256, 999, 1128),
        ((1000 - 127) % 256, 999, 873),
        (MAX_SERIAL % 256, MAX_SERIAL, MAX_SERIAL),
        ((MAX_SERIAL + 1) % 256, MAX_SERIAL, MAX_SERIAL + 1 - 256),
    ],
)
def test_the_nearest_serial_is_meant(written: int, highest: int, meant: int) -> None:
    assert thin_serials.nearest(written, highest) == meant


@given(st.integers(1, 10**6), st.integers(-127, 128))
def test_every_serial_near_the_expected_one_comes_back(highest: int, off: int) -> None:
    serial = highest + 1 + off
    if serial >= 1:
        assert thin_serials.nearest(serial % 256, highest) == serial


@pytest.mark.parametrize(
    ("written", "sent", "meant"), [(7, 9, 7), (9, 9, 9), (10, 9, 0), (5, 65_540, 5), (2, 65_540, 65_538), (0, 0, 0)]
)
def test_an_acknowledgement_never_names_what_was_not_sent(written: int, sent: int, meant: int) -> None:
    assert thin_serials.acknowledged(written, sent) == meant
