"""Serials as thin packets write them: a few bits, read by what is known of the pair (docs/spec/thin-text.md 2)."""

from secmsg.ids import Serial
from secmsg.wire.item import MAX_SERIAL

_SERIAL_VALUES = 1 << 8
_ACK_VALUES = 1 << 16


def nearest(written: int, highest: int) -> Serial:
    """Return the serial meant by its lowest 8 bits: the one nearest to `highest` + 1, the higher of two."""
    expected = highest + 1
    found = expected - (expected - written) % _SERIAL_VALUES
    if expected - found >= _SERIAL_VALUES // 2:
        found += _SERIAL_VALUES
    if found < 1:
        found += _SERIAL_VALUES
    return Serial(found if found <= MAX_SERIAL else found - _SERIAL_VALUES)


def acknowledged(written: int, sent: int) -> int:
    """Return the highest serial not above `sent` whose lowest 16 bits are these; 0 when there is none."""
    found = sent - (sent - written) % _ACK_VALUES
    return max(0, found)
