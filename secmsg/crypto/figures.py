"""Decimal figures for pads and lists: drawn without bias, mixed with dice, looked at for a source that stands still.

Source: docs/spec/materials.md 2. Figures are text of "0" to "9". Nothing is ever filtered: a page that looks odd is as
likely as any other. The alarms of `faults` are for a source that is broken, not for one that is unlucky.
"""

from collections import Counter
from enum import Enum
from itertools import pairwise
from math import sqrt

from secmsg.crypto.randomness import Random
from secmsg.errors import CryptoError, FormatError

_TAKEN = 250
"""Bytes below it give their last figure; the other six would make 0 to 5 likelier."""
_SPARE = 4_096
_D6_TAKEN = 30

REPEATS = 14
"""Equal figures in a row that are an alarm: 1 + 40 / log2(10), SP 800-90B 4.4.1 at 2^-40."""
WINDOW = 512
SHARE = 107
"""Places of a window that its first figure may take, SP 800-90B 4.4.2 at 2^-40."""
CHI_SQUARE = (0.02, 75.0)
"""Of ten figures, nine degrees of freedom: below or above by chance once in 10^10 books."""
RUNS = 7.0
"""Standard deviations of the number of runs."""
ECHO = 20
"""Figures in a row that never stand twice in one book: by chance once in 10^9 of the largest."""


class Fault(Enum):
    """What a broken source shows."""

    STANDS = "the same figure too often in a row"
    LEANS = "one figure too often in a window"
    UNEVEN = "figures too unequal, or too equal, in number"
    RUNS = "too many or too few runs"
    ECHO = "a stretch of figures stands twice"


def draw(random: Random, count: int) -> str:
    """Return `count` figures of a source of bytes; CryptoError when it gives hardly anything that can be taken."""
    figures: list[str] = []
    asked = 0
    while len(figures) < count:
        if asked > 2 * count + _SPARE:
            raise CryptoError("the random source gives no figures")
        wanted = count - len(figures) + 16
        drawn = random(wanted)
        if len(drawn) != wanted:
            raise CryptoError(f"the random source gave {len(drawn)} bytes instead of {wanted}")
        asked += wanted
        figures.extend(str(byte % 10) for byte in drawn if byte < _TAKEN)
    return "".join(figures[:count])


def add(figures: str, others: str) -> str:
    """Add figure by figure without carry: the sum is as good as the better of two independent sources.

    FormatError when the lengths differ.
    """
    if len(figures) != len(others):
        raise FormatError(f"{len(others)} figures where {len(figures)} belong")
    return "".join(str((int(one) + int(other)) % 10) for one, other in zip(figures, others, strict=True))


def of_ten_sided(typed: str) -> str:
    """Return the figures of ten-sided dice as typed, white space left out; FormatError for anything else."""
    figures = "".join(typed.split())
    if figures and not (figures.isascii() and figures.isdigit()):
        raise FormatError("ten-sided dice show 0 to 9")
    return figures


def of_six_sided(typed: str) -> str:
    """Return figures of six-sided dice thrown in pairs: 36 places, of which the last six are thrown away.

    FormatError for anything but 1 to 6, or for an odd throw left over.
    """
    throws = "".join(typed.split())
    if set(throws) - set("123456") or len(throws) % 2:
        raise FormatError("six-sided dice show 1 to 6, in pairs")
    pairs = (6 * (int(throws[at]) - 1) + int(throws[at + 1]) - 1 for at in range(0, len(throws), 2))
    return "".join(str(place % 10) for place in pairs if place < _D6_TAKEN)


def faults(figures: str) -> tuple[Fault, ...]:
    """Say by which signs a source of many figures (some thousands) is broken: none for a sound one."""
    found = {
        Fault.STANDS: any(figure * REPEATS in figures for figure in "0123456789"),
        Fault.LEANS: _leans(figures),
        Fault.UNEVEN: _uneven(figures),
        Fault.RUNS: _runs(figures),
        Fault.ECHO: _echoes(figures),
    }
    return tuple(fault for fault, seen in found.items() if seen)


def _leans(figures: str) -> bool:
    windows = (figures[at : at + WINDOW] for at in range(0, len(figures) - WINDOW + 1, WINDOW))
    return any(window.count(window[0]) >= SHARE for window in windows)


def _uneven(figures: str) -> bool:
    counts = Counter(figures)
    expected = len(figures) / 10
    chi_square = sum((counts[figure] - expected) ** 2 / expected for figure in "0123456789")
    low, high = CHI_SQUARE
    return not low <= chi_square <= high


def _runs(figures: str) -> bool:
    steps = max(len(figures) - 1, 0)
    changes = sum(one != other for one, other in pairwise(figures))
    return abs(changes - 0.9 * steps) > RUNS * sqrt(0.09 * steps)


def _echoes(figures: str) -> bool:
    stretches = len(figures) - ECHO + 1
    return len({hash(figures[at : at + ECHO]) for at in range(stretches)}) < stretches
