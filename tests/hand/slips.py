"""Which slips five check figures find: Damm's from the seed of the place, Damm's alone, Luhn's, ISO 7064's, a sum.

Slips inside a group are tried on every group there is, or on many at random; slips of whole groups on random messages.
The figures of the others are a few lines each, held to published examples by `test_hand.py`.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from secmsg.digits import damm
from secmsg.manual import checks
from secmsg.manual.judging import judge

Check = Callable[[str, int], int]
"""The check figure of four figures at a place."""


def luhn(figures: str) -> int:
    doubled = [int(figure) * (2 - place % 2) for place, figure in enumerate(reversed(figures))]
    return -sum(value - 9 * (value > 9) for value in doubled) % 10


def iso_7064_11_10(figures: str) -> int:
    state = 10
    for figure in figures:
        state = ((state + int(figure)) % 10 or 10) * 2 % 11
    return (1 - state) % 10


SCHEMES: dict[str, Check] = {
    "Damm from the seed": lambda figures, place: damm(map(int, figures), checks.seed(place)),
    "Damm": lambda figures, _: damm(map(int, figures)),
    "Luhn": lambda figures, _: luhn(figures),
    "ISO 7064 11,10": lambda figures, _: iso_7064_11_10(figures),
    "sum": lambda figures, _: sum(map(int, figures)) % 10,
}


@dataclass(frozen=True, slots=True)
class Found:
    """How many slips of a kind were made, and how many were found."""

    made: int
    found: int

    @property
    def share(self) -> float:
        return self.found / self.made


class Scheme:
    """A check figure, with those of all groups worked out for every seed."""

    def __init__(self, name: str) -> None:
        self.name = name
        check = SCHEMES[name]
        # Ten places have the ten seeds; the other schemes take no notice.
        self._table = [[check(f"{value:04}", place) for value in range(10_000)] for place in range(10)]

    def group(self, value: int, place: int) -> str:
        return f"{value:04}{self._table[checks.seed(place)][value]}"

    def fits(self, group: str, place: int) -> bool:
        return self._table[checks.seed(place)][int(group[:4])] == int(group[4])


def one_figure(group: str) -> Iterator[str]:
    for at in range(5):
        yield from (group[:at] + str(other) + group[at + 1 :] for other in range(10) if str(other) != group[at])


def swap(group: str) -> Iterator[str]:
    for at in range(4):
        if group[at] != group[at + 1]:
            yield group[:at] + group[at : at + 2][::-1] + group[at + 2 :]


def jump(group: str) -> Iterator[str]:
    for at in range(3):
        if group[at] != group[at + 2]:
            yield group[:at] + group[at : at + 3][::-1] + group[at + 3 :]


def twins(group: str) -> Iterator[str]:
    for at in range(4):
        if group[at] == group[at + 1]:
            yield from (group[:at] + 2 * str(b) + group[at + 2 :] for b in range(10) if str(b) != group[at])


INSIDE = {
    "one figure": one_figure,
    "neighbours swapped": swap,
    "jump, abc to cba": jump,
    "twins, aa to bb": twins,
}


def inside(scheme: Scheme, slip: Callable[[str], Iterator[str]], values: Sequence[int], places: range) -> Found:
    """Make a slip in every way in these groups."""
    made = found = 0
    for place in places:
        for value in values:
            for wrong in slip(scheme.group(value, place)):
                made += 1
                found += not scheme.fits(wrong, place)
    return Found(made, found)


def garbled(scheme: Scheme, trials: int, seed: int = 3) -> Found:
    """Put any other five figures in place of a group."""
    chance, found = random.Random(seed), 0
    for _ in range(trials):
        place = chance.randrange(100)
        right = scheme.group(chance.randrange(10_000), place)
        wrong = right
        while wrong == right:
            wrong = f"{chance.randrange(100_000):05}"
        found += not scheme.fits(wrong, place)
    return Found(trials, found)


Groups = list[str]


def left_out(groups: Groups, chance: random.Random) -> Groups:
    at = chance.randrange(len(groups) - 1)
    return groups[:at] + groups[at + 1 :]


def repeated(groups: Groups, chance: random.Random) -> Groups:
    at = chance.randrange(len(groups) - 1)
    return groups[: at + 1] + groups[at:]


def exchanged(groups: Groups, chance: random.Random) -> Groups:
    at = chance.randrange(len(groups) - 1)
    return [*groups[:at], groups[at + 1], groups[at], *groups[at + 2 :]]


WHOLE = {"group left out": left_out, "group said twice": repeated, "two groups swapped": exchanged}


def whole(scheme: Scheme, slip: Callable[[Groups, random.Random], Groups], trials: int, seed: int = 4) -> Found:
    """Make a slip of whole groups in messages of fifty, and look whether any group fits no more where it stands."""
    chance = random.Random(seed)
    found = made = 0
    for _ in range(trials):
        groups = [scheme.group(chance.randrange(10_000), place) for place in range(50)]
        wrong = slip(groups, chance)
        if wrong == groups:
            continue
        made += 1
        found += not all(scheme.fits(group, place) for place, group in enumerate(wrong[:50]))
    return Found(made, found)


def dropped(length: int, trials: int, *, by_column: bool, seed: int = 5) -> tuple[Found, Found]:
    """Drop so many groups in a row of sixty: how often that is found by a check figure, and how often located.

    `by_column` is the control: a seed of the column alone. Located: every place that is not asked for is right.
    """
    chance, found, located = random.Random(seed), 0, 0
    for _ in range(trials):
        ciphers = [f"{chance.randrange(10_000):04}" for _ in range(60)]
        groups = [_sent(cipher, place, by_column=by_column) for place, cipher in enumerate(ciphers)]
        at = chance.randrange(60 - length - 10)
        rest = groups[:at] + groups[at + length :]
        found += any(group != _sent(group[:4], place, by_column=by_column) for place, group in enumerate(rest))
        if not by_column:
            judged = judge(rest, 60)
            stands = {place for place in range(60) if judged.groups[place] == groups[place]}
            located += set(range(60)) - set(judged.ask) <= stands and len(judged.ask) <= length + 9
    return Found(trials, found), Found(trials, located)


def _sent(cipher: str, place: int, *, by_column: bool) -> str:
    return checks.checked(cipher, place % 10) if by_column else checks.sent(cipher, place)
