"""Thin packets as lines of letters that are typed or sent as text, each slip named by its group.

Source: docs/spec/thin-text.md 6. What is spoken goes as figures: `secmsg.wire.groups`.
"""

from collections.abc import Sequence

from secmsg.errors import FormatError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 7
"""Letters of a group without its check letter."""
MAX_LINE = 4_096

_READ_AS = str.maketrans("OIL", "011")
_BITS, _POLYNOMIAL = 5, 0x25


def letters(packet: bytes) -> str:
    """Return bytes as groups of letters."""
    count = -(-8 * len(packet) // _BITS)
    number = int.from_bytes(packet) << (count * _BITS - 8 * len(packet))
    values = [number >> (_BITS * place) & 31 for place in reversed(range(count))]
    groups = [values[at : at + GROUP] for at in range(0, count, GROUP)]
    return " ".join("".join(ALPHABET[each] for each in _checked(group, place)) for place, group in enumerate(groups))


def read(line: str) -> bytes:
    """Return the bytes of a line of letters; FormatError names the first wrong group."""
    if len(line) > MAX_LINE:
        raise FormatError("the line is too long")
    signs = "".join(line.replace("-", " ").replace(".", " ").split()).upper().translate(_READ_AS)
    groups = [signs[at : at + GROUP + 1] for at in range(0, len(signs), GROUP + 1)]
    values: list[int] = []
    for place, group in enumerate(groups):
        if not set(group) <= set(ALPHABET):
            raise FormatError(f"group {place + 1}: a sign that is no letter of the code")
        found = [ALPHABET.index(sign) for sign in group]
        if len(found) < 2 or _value(found, place):
            raise FormatError(f"group {place + 1}")
        values += found[:-1]
    fill = len(values) * _BITS % 8
    number = 0
    for value in values:
        number = number << _BITS | value
    if not values or fill >= _BITS or number & ((1 << fill) - 1):
        raise FormatError("the groups do not hold a whole number of bytes")
    return (number >> fill).to_bytes(len(values) * _BITS // 8)


def _checked(values: Sequence[int], place: int) -> list[int]:
    # The last step of the count doubles nothing any more, so the check letter is the value itself, doubled once.
    return [*values, _doubled(_value(values, place))]


def _value(values: Sequence[int], place: int) -> int:
    value = (place + 1) % 32
    for each in values:
        value = _doubled(value) ^ each
    return value


def _doubled(value: int) -> int:
    doubled = value << 1
    return doubled ^ _POLYNOMIAL if doubled & 32 else doubled
