"""The syllabary: one sheet on which every syllable is an onset and a rime with its tone, in three to five figures.

    đ t th c v h l  0 to 6     the other onsets and the controls  70 to 99     rimes  00 to 49, then 500 to 999

For the day on which the codebook is destroyed. What the sheet lacks is spelled. Source: docs/spec/syllabary.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from secmsg.errors import FormatError
from secmsg.manual.spelling import spell
from secmsg.vietnamese import nfc

SHORT_ONSETS, ONSETS = 7, 28
SHORT_RIMES, RIMES = 50, 550


class Control(Enum):
    """The controls, with their two figures."""

    STOP = "91"
    COMMA = "92"
    LINE = "93"
    SIGN = "94"
    """One figure follows: which of `SIGNS`."""
    FIGURES = "95"
    """One figure follows, how many figures of a number come then: 1 to 9, or 0 for nine and another run."""
    SPELL = "96"
    """As for figures, but letters of two figures each: a Vietnamese word in Telex."""
    LETTERS = "97"
    """The same, letters as they are."""
    CAPITAL = "98"
    """The next word has a capital."""
    END = "99"


SIGNS = ':;?!()/-%"'
"""Signs after `Control.SIGN`, by their figure."""


@dataclass(frozen=True, slots=True)
class Syllabary:
    """An edition of the sheet: its onsets ("" for none among them) and its rimes, each in the order of their codes."""

    title: str
    edition: int
    licence: str
    onsets: tuple[str, ...]
    rimes: tuple[str, ...]
    by_onset: Mapping[str, str] = field(init=False, repr=False, compare=False)
    by_rime: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_onset", {text: onset_code(at) for at, text in enumerate(self.onsets)})
        object.__setattr__(self, "by_rime", {text: rime_code(at) for at, text in enumerate(self.rimes)})

    def syllable(self, word: str) -> str | None:
        """Return the figures of a composed word in small letters; None where the sheet lacks it.

        The longest onset that leaves a rime of the sheet: gia is gi and a, gin is g and in.
        """
        for length in range(min(3, len(word)), -1, -1):
            onset, rime = self.by_onset.get(word[:length]), self.by_rime.get(word[length:])
            if onset is not None and rime is not None:
                return onset + rime
        return None


def onset_code(place: int) -> str:
    """Return one figure for the seven commonest onsets, two for the others."""
    return str(place) if place < SHORT_ONSETS else str(70 + place - SHORT_ONSETS)


def rime_code(place: int) -> str:
    """Return two figures for the fifty commonest rimes, three for the others."""
    return f"{place:02}" if place < SHORT_RIMES else str(500 + place - SHORT_RIMES)


class Reader:
    """Figures read from the left, each piece as long as its first figures say."""

    def __init__(self, figures: str) -> None:
        self._figures = figures
        self._at = 0

    def take(self, count: int) -> str:
        """Return the next figures; FormatError where they end before."""
        taken = self._figures[self._at : self._at + count]
        if len(taken) < count:
            raise FormatError("the figures end in the middle of a piece, or before the end was said")
        self._at += count
        return taken

    def head(self, syllabary: Syllabary) -> Control | str:
        """Return the next control or onset."""
        first = self.take(1)
        if int(first) < SHORT_ONSETS:
            return syllabary.onsets[int(first)]
        both = int(first + self.take(1))
        place = SHORT_ONSETS + both - 70
        return syllabary.onsets[place] if place < ONSETS else Control(str(both))

    def rime(self, syllabary: Syllabary) -> str:
        """Return the next rime."""
        two = self.take(2)
        place = int(two) if int(two) < SHORT_RIMES else int(two + self.take(1)) - 500 + SHORT_RIMES
        return syllabary.rimes[place]


def split(word: str, onsets: frozenset[str]) -> tuple[str, str]:
    """Cut a word of the sheet's making into onset and rime, by spelling alone: for whoever makes an edition."""
    for length in range(3, 0, -1):
        if word[:length] in onsets and word[length:] and _begins_with_vowel(word[length:]):
            return word[:length], word[length:]
    return "", word


def _begins_with_vowel(rime: str) -> bool:
    letters = spell(nfc(rime))
    return letters is not None and letters[0] in "aeiouy"
