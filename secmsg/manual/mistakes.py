"""What a wrong cell looks like: the slips that people make, told by the figures that they leave behind.

A name is a likeness and no proof: where several slips would give the same figures, the commoner is named, and of one
check figure little can be told. Classes of slips: docs/spec/manual.md 10.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from secmsg.manual.cells import Fault, fault
from secmsg.manual.checks import walk
from secmsg.manual.pad import add, subtract


class ErrorClass(StrEnum):
    """The nine classes under which drills count."""

    CODE = "E1"
    KEY = "E2"
    SUM = "E3"
    CARRY = "E4"
    SIGN = "E5"
    CHECK = "E6"
    COPY = "E7"
    VOICE = "E8"
    PROCEDURE = "E9"


class Mistake(StrEnum):
    """A slip in one cell."""

    NOT_FIGURES = "not-figures"
    TOO_FEW = "too-few"
    TOO_MANY = "too-many"
    OTHER_CODE = "other-code"
    OTHER_KEY = "other-key"
    FIGURES = "figures"
    CARRIED = "carried"
    NOT_CARRIED = "not-carried"
    WRONG_SIGN = "wrong-sign"
    REVERSED = "reversed"
    NOT_WORKED = "not-worked"
    CHECK_SEED = "check-seed"
    CHECK_OF_CODE = "check-of-code"
    CHECK_TURNED = "check-turned"
    CHECK_FIGURE = "check-figure"
    SWAPPED = "swapped"
    OTHER_PLACE = "other-place"
    VOICE_PAIR = "voice-pair"
    NOT_REDUCED = "not-reduced"
    THREE_K = "three-k"
    TABLE_LINE = "table-line"
    BLOCK_LEFT_OUT = "block-left-out"
    MASK_LEFT_OUT = "mask-left-out"
    OTHER_MASK = "other-mask"


CLASSES: Mapping[Mistake, ErrorClass] = MappingProxyType(
    {
        Mistake.NOT_FIGURES: ErrorClass.COPY,
        Mistake.TOO_FEW: ErrorClass.COPY,
        Mistake.TOO_MANY: ErrorClass.COPY,
        Mistake.OTHER_CODE: ErrorClass.CODE,
        Mistake.OTHER_KEY: ErrorClass.KEY,
        Mistake.FIGURES: ErrorClass.SUM,
        Mistake.CARRIED: ErrorClass.CARRY,
        Mistake.NOT_CARRIED: ErrorClass.CARRY,
        Mistake.WRONG_SIGN: ErrorClass.SIGN,
        Mistake.REVERSED: ErrorClass.SIGN,
        Mistake.NOT_WORKED: ErrorClass.COPY,
        Mistake.CHECK_SEED: ErrorClass.CHECK,
        Mistake.CHECK_OF_CODE: ErrorClass.CHECK,
        Mistake.CHECK_TURNED: ErrorClass.CHECK,
        Mistake.CHECK_FIGURE: ErrorClass.CHECK,
        Mistake.SWAPPED: ErrorClass.COPY,
        Mistake.OTHER_PLACE: ErrorClass.COPY,
        Mistake.VOICE_PAIR: ErrorClass.VOICE,
        Mistake.NOT_REDUCED: ErrorClass.SUM,
        Mistake.THREE_K: ErrorClass.SUM,
        Mistake.TABLE_LINE: ErrorClass.SUM,
        Mistake.BLOCK_LEFT_OUT: ErrorClass.COPY,
        Mistake.MASK_LEFT_OUT: ErrorClass.PROCEDURE,
        Mistake.OTHER_MASK: ErrorClass.KEY,
    }
)

VOICE_PAIRS = frozenset({frozenset("58"), frozenset("27")})
"""Figures whose Vietnamese names rhyme: năm and tám, hai and bảy."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a cell: nothing wrong, or what it looks like and which figures (from 0) differ.

    `figures` is empty where the length is not the one of the cell. It holds no right figure.
    """

    mistake: Mistake | None = None
    figures: tuple[int, ...] = ()

    @property
    def right(self) -> bool:
        """Whether the cell is right."""
        return self.mistake is None

    @property
    def error_class(self) -> ErrorClass | None:
        """The class of the slip."""
        return CLASSES[self.mistake] if self.mistake else None


RIGHT = Verdict()

Likeness = tuple[Mistake, str]
"""A slip and the figures that it gives."""


def compare(right: str, entry: str, likenesses: Iterable[Likeness] = (), rest: Mistake = Mistake.FIGURES) -> Verdict:
    """Judge an entry by the right figures; of the slips that would give it, the first in order, else `rest`."""
    if entry == right:
        return RIGHT
    shape = fault(entry, len(right))
    if shape:
        return Verdict(_SHAPES[shape])
    found = next((mistake for mistake, figures in likenesses if figures == entry), rest)
    return Verdict(found, tuple(at for at, (a, b) in enumerate(zip(right, entry, strict=True)) if a != b))


_SHAPES = {
    Fault.UNHEARD: Mistake.NOT_FIGURES,
    Fault.LETTERS: Mistake.NOT_FIGURES,
    Fault.SHORT: Mistake.TOO_FEW,
    Fault.LONG: Mistake.TOO_MANY,
}


def copied(right: str, entry: str, neighbours: Iterable[str], other: Mistake) -> Verdict:
    """Judge figures that were read or heard and written down; `neighbours` is what stands beside the right ones."""
    likenesses = [(Mistake.SWAPPED, each) for each in swaps(right)]
    likenesses += [(other, each) for each in neighbours]
    if len(entry) == len(right) and _sounds_like(right, entry):
        likenesses.append((Mistake.VOICE_PAIR, entry))
    return compare(right, entry, likenesses, other)


def added(code: str, key: str, entry: str, other_keys: Iterable[str] = ()) -> Verdict:
    """Judge a cipher group; `other_keys` are those beside the right one."""
    likenesses = [
        *((Mistake.CARRIED, each) for each in carried(code, key)),
        (Mistake.WRONG_SIGN, subtract(code, key)),
        (Mistake.REVERSED, subtract(key, code)),
        *((Mistake.NOT_WORKED, each) for each in (code, key)),
        *((Mistake.OTHER_KEY, add(code, each)) for each in other_keys),
    ]
    right = add(code, key)
    return compare(right, entry, [*likenesses, *((Mistake.SWAPPED, each) for each in swaps(right))])


def subtracted(cipher: str, key: str, entry: str, other_keys: Iterable[str] = ()) -> Verdict:
    """Judge a code that was deciphered."""
    likenesses = [
        *((Mistake.CARRIED, each) for each in borrowed(cipher, key)),
        (Mistake.WRONG_SIGN, add(cipher, key)),
        (Mistake.REVERSED, subtract(key, cipher)),
        *((Mistake.NOT_WORKED, each) for each in (cipher, key)),
        *((Mistake.OTHER_KEY, subtract(cipher, each)) for each in other_keys),
    ]
    right = subtract(cipher, key)
    return compare(right, entry, [*likenesses, *((Mistake.SWAPPED, each) for each in swaps(right))])


def check_figure(cipher: str, code: str, seed: int, entry: str, other_seeds: Iterable[int] = ()) -> Verdict:
    """Judge a check figure; `other_seeds` are those that stand above the cells beside it."""
    likenesses = [
        *((Mistake.CHECK_SEED, str(walk(cipher, other)[-1])) for other in (0, *other_seeds)),
        *((Mistake.CHECK_OF_CODE, str(walk(code, seed)[-1])) for _ in code[:1]),
        (Mistake.CHECK_TURNED, str(walk(cipher[::-1], seed)[-1])),
    ]
    return compare(str(walk(cipher, seed)[-1]), entry, likenesses, Mistake.CHECK_FIGURE)


def carried(a: str, b: str) -> tuple[str, ...]:
    """Return what adding with a carry gives: all the way, or at one place only."""
    whole = f"{int(a) + int(b):0{len(a)}}"[-len(a) :]
    right = add(a, b)
    single = [at - 1 for at in range(1, len(a)) if int(a[at]) + int(b[at]) > 9]
    return whole, *(_changed(right, at, 1) for at in single)


def borrowed(a: str, b: str) -> tuple[str, ...]:
    """Return what subtracting with borrowing gives: all the way, or at one place only."""
    whole = f"{(int(a) - int(b)) % 10 ** len(a):0{len(a)}}"
    right = subtract(a, b)
    single = [at - 1 for at in range(1, len(a)) if a[at] < b[at]]
    return whole, *(_changed(right, at, -1) for at in single)


def swaps(figures: str) -> tuple[str, ...]:
    """Return the figures with two neighbours swapped, each pair once."""
    return tuple(figures[:at] + figures[at + 1] + figures[at] + figures[at + 2 :] for at in range(len(figures) - 1))


def _changed(figures: str, at: int, by: int) -> str:
    return figures[:at] + str((int(figures[at]) + by) % 10) + figures[at + 1 :]


def _sounds_like(right: str, entry: str) -> bool:
    return all(a == b or frozenset((a, b)) in VOICE_PAIRS for a, b in zip(right, entry, strict=True))
