"""Passphrases drawn by chance from common Vietnamese syllables without marks, and the bits that are in them.

A drawn passphrase is as strong as the number of its words, whatever an estimate says of its letters. Source:
resources/passphrase/README.md.
"""

import functools
import math
from dataclasses import dataclass, field
from pathlib import Path

from secmsg.crypto.randomness import Random, system

WORDS = Path(__file__).resolve().parents[2] / "resources" / "passphrase" / "words-vi.txt"
STATION_WORDS = 8
"""82.7 bits: with Argon2id beyond any search."""
ALONE_WORDS = 10
"""103.4 bits, for a passphrase that stands alone on a stick: a finder has all the time there is."""
_DRAW = 1 << 16


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A drawn passphrase; `bits` is the logarithm of how many others were as likely."""

    text: str = field(repr=False)
    bits: float


@functools.cache
def words() -> tuple[str, ...]:
    """Return the list, the commonest syllable first."""
    return tuple(line.split()[1] for line in WORDS.read_text("ascii").splitlines())


def suggest(count: int = STATION_WORDS, random: Random = system) -> Suggestion:
    """Draw `count` words, each as likely as any other."""
    listed = words()
    drawn = [listed[_below(len(listed), random)] for _ in range(count)]
    return Suggestion(" ".join(drawn), count * math.log2(len(listed)))


def _below(bound: int, random: Random) -> int:
    whole = _DRAW - _DRAW % bound  # what lies above would make the first words likelier
    while (value := int.from_bytes(random(2))) >= whole:
        pass
    return value % bound
