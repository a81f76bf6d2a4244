"""Bytes as groups of five figures for telephone and paper: every slip of the tongue is named by its group.

    group = four data figures (13 bits, 0000 to 8191) and a Damm check figure, seeded by the group's place
    last group = four figures over all data groups and their places, and a check figure of the same kind

Every wrong figure and every swap of neighbouring figures inside a group is found in that group; groups that
changed places are found by their seeds or by the last group. Source: docs/spec/digits.md.
"""

from collections.abc import Iterable, Sequence

from secmsg.errors import FormatError

MAX_BYTES = 256
"""Longest value in bytes."""

COLUMNS = 10
"""Groups on one line of the printed form; the seed of a group is (column + line) mod 10, from 0."""

_BITS = 13
_SYMBOLS = 1 << _BITS
_FIGURES = 5
_MODULUS = 9_973  # the largest prime below 10 000: no two different places or symbols agree modulo it
_MAX_TEXT = 4_096

# Damm's weakly totally anti-symmetric quasigroup of order 10 (H. M. Damm, dissertation, Marburg 2004).
_SQUARE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def damm(figures: Iterable[int], seed: int = 0) -> int:
    """Return the Damm check figure of `figures`, walked from `seed` (both 0 to 9)."""
    state = seed
    for figure in figures:
        state = _SQUARE[state][figure]
    return state


def groups(data: bytes) -> str:
    """Return 1 to 256 bytes as groups of five figures, spaces between; FormatError for another length."""
    if not 1 <= len(data) <= MAX_BYTES:
        raise FormatError(f"{len(data)} bytes, allowed are 1 to {MAX_BYTES}")
    symbols = _symbols(data)
    return " ".join(_group(value, place) for place, value in enumerate((*symbols, _sum(symbols))))


def parse_groups(text: str) -> bytes:
    """Return the bytes of groups read out or typed; spaces, line ends, dots and hyphens may part them.

    FormatError names the first wrong group, counted from 1; where every group is right by itself and the last
    one does not fit to the others, it says that they do not belong together.
    """
    figures = _figures(text)
    wrong = _wrong(figures)
    if wrong:
        raise FormatError(f"group {wrong[0]}")
    values = [_value(figures, place) for place in range(len(figures) // _FIGURES)]
    symbols, total = values[:-1], values[-1]
    if total != _sum(symbols):
        raise FormatError("the groups do not belong together: one is missing, or two changed places")
    return _bytes(symbols)


def wrong_groups(text: str) -> tuple[int, ...]:
    """Return the numbers (from 1) of the complete groups that do not fit, for marking while typing."""
    return _wrong(_figures(text, whole=False))


def _symbols(data: bytes) -> tuple[int, ...]:
    """Cut the bytes into symbols of 13 bits; a one and zeros fill the last, so that the length is known."""
    count = (8 * len(data) + 1 + _BITS - 1) // _BITS
    fill = count * _BITS - 8 * len(data)
    number = (int.from_bytes(data) << fill) | 1 << (fill - 1)
    return tuple(number >> (_BITS * place) & (_SYMBOLS - 1) for place in reversed(range(count)))


def _bytes(symbols: Sequence[int]) -> bytes:
    """Join the symbols and take the fill away; it must be the one that `_symbols` makes."""
    number = 0
    for symbol in symbols:
        number = number << _BITS | symbol
    fill = (number & -number).bit_length()
    bits = len(symbols) * _BITS - fill
    if not 1 <= fill <= _BITS or bits % 8 or not 8 <= bits <= 8 * MAX_BYTES:
        raise FormatError("the groups do not hold a whole number of bytes")
    return (number >> fill).to_bytes(bits // 8)


def _sum(symbols: Sequence[int]) -> int:
    return sum(place * symbol for place, symbol in enumerate(symbols, 1)) % _MODULUS


def _group(value: int, place: int) -> str:
    data = f"{value:04}"
    return data + str(damm(map(int, data), _seed(place)))


def _seed(place: int) -> int:
    return (place % COLUMNS + place // COLUMNS) % 10


def _figures(text: str, *, whole: bool = True) -> str:
    """Return the figures of `text`; FormatError for other characters, if `whole` for a broken group too."""
    if len(text) > _MAX_TEXT:
        raise FormatError("too many groups")
    figures = "".join(text.replace("-", " ").replace(".", " ").split())
    # Not str.isdigit alone: other scripts have digits too.
    if figures and not (figures.isascii() and figures.isdigit()):
        raise FormatError("something else than figures")
    if whole and (len(figures) % _FIGURES or len(figures) < 2 * _FIGURES):
        raise FormatError(f"group {len(figures) // _FIGURES + 1}: not five figures")
    return figures


def _wrong(figures: str) -> tuple[int, ...]:
    """Return the numbers of the groups that fail their check figure or hold no symbol."""
    count = len(figures) // _FIGURES
    return tuple(place + 1 for place in range(count) if not _fits(figures, place, last=place == count - 1))


def _fits(figures: str, place: int, *, last: bool) -> bool:
    group = figures[place * _FIGURES : (place + 1) * _FIGURES]
    # The last group is a sum and not a symbol, so it reaches further.
    bound = _MODULUS if last else _SYMBOLS
    return damm(map(int, group), _seed(place)) == 0 and int(group[:-1]) < bound


def _value(figures: str, place: int) -> int:
    return int(figures[place * _FIGURES : (place + 1) * _FIGURES - 1])
