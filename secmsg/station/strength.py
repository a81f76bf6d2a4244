"""How many guesses a passphrase is worth: the lower of two estimates, both too kind to be a promise.

zxcvbn knows English words, names, dates and keys that lie side by side, and no Vietnamese: it takes six common
syllables for 83 bits. The second estimate reads a passphrase as syllables by their rank. Measured in docs/adr/0077.
"""

import functools
import math
import string
from enum import Enum

from secmsg.station import suggesting
from secmsg.vietnamese import fold, nfc

MOST_READ = 72
"""Characters that are read, as many as zxcvbn takes; a longer passphrase is worth at least what its beginning is."""
FAIR_BITS = 45.0
STRONG_BITS = 77.0
"""Six words of a list of 7,776, or eight of ours with room to spare."""
_LETTER, _FIGURE, _SIGN, _GAP = math.log2(26), math.log2(10), 5.0, 1.0
_RUN = 1.0
_YEAR = 7.0
_LEAST_WORD = 2.0
_AGAIN = 3
"""Characters that stand earlier too cost no more than to say where."""


class Grade(Enum):
    """What is said beside the bar."""

    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


def grade(bits: float) -> Grade:
    """Sort an estimate."""
    return Grade.STRONG if bits >= STRONG_BITS else Grade.FAIR if bits >= FAIR_BITS else Grade.WEAK


def bits(text: str) -> float:
    """Estimate the logarithm of the guesses that find `text`; 0 for nothing."""
    return min(_by_syllables(text), _by_zxcvbn(text)) if text else 0.0


def _by_zxcvbn(text: str) -> float:
    from zxcvbn import zxcvbn  # brings its lists with it: only where a passphrase is being chosen

    return math.log2(float(zxcvbn(fold(text[:MOST_READ]))["guesses"])) + _written(text)


def _by_syllables(text: str) -> float:
    """Find the cheapest reading as syllables, years, runs, repetitions and single characters."""
    folded = fold(text[:MOST_READ])
    cost = [0.0] + [math.inf] * len(folded)
    for at in range(len(folded)):
        for length, price in _pieces(folded, at):
            cost[at + length] = min(cost[at + length], cost[at] + price)
    return cost[-1] + _written(text)


def _pieces(text: str, at: int) -> list[tuple[int, float]]:
    """Give what may stand at a place: its length and its bits."""
    found = [(1, _single(text, at))]
    ranks = _ranks()
    found += [
        (length, max(_LEAST_WORD, math.log2(rank)))
        for length in range(1, 7)
        if (rank := ranks.get(text[at : at + length])) is not None and at + length <= len(text)
    ]
    year = text[at : at + 4]
    if len(year) == 4 and year.isdecimal() and year[:2] in {"19", "20"}:
        found.append((4, _YEAR))
    longest = next((n for n in range(len(text) - at, _AGAIN - 1, -1) if text[at : at + n] in text[:at]), 0)
    if longest:
        found.append((longest, _RUN + math.log2(at)))
    return found


def _single(text: str, at: int) -> float:
    character = text[at]
    if at and ord(character) - ord(text[at - 1]) in (-1, 0, 1):
        return _RUN
    if character in string.ascii_letters:
        return _LETTER
    if character.isdecimal():
        return _FIGURE
    return _GAP if character.isspace() or character in "-_.,/" else _SIGN


def _written(text: str) -> float:
    """Count what folding took away: marks or none, and which letters are capitals."""
    capitals = sum(character.isupper() for character in text)
    return float(not nfc(text).isascii()) + min(4.0, capitals)


@functools.cache
def _ranks() -> dict[str, int]:
    return {word: rank for rank, word in enumerate(suggesting.words(), 1)}
