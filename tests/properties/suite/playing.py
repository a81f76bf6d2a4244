"""Plays the adversary from a seeded source: the same seed, the same play."""

import inspect
import random as randomness
from collections import Counter

from tests.properties.suite.adversary import Adversary, PromiseError, watching
from tests.properties.suite.bureau import Weakness

_OFTEN = {
    "write": 6,
    "write_thin": 3,
    "recap": 3,
    "repeat": 2,
    "reset": 1,
    "hand_over": 8,
    "deliver": 4,
    "deliver_newest": 8,
    "misdeliver": 1,
    "damage": 1,
    "cut": 1,
    "wait": 1,
    "copy": 2,
    "exchange": 2,
    "forge": 4,
    "edition": 1,
}
"""How often each act is played, for each other."""

_WEIGHTS, _ACTS = tuple(_OFTEN.values()), tuple(getattr(Adversary, name) for name in _OFTEN)
_NUMBERS = {act: len(inspect.signature(act).parameters) - 1 for act in _ACTS}
"""How many numbers an act takes."""


def play(
    source: randomness.Random, steps: int, weakness: Weakness = Weakness.NONE, counts: Counter[str] | None = None
) -> None:
    """Play one game of so many steps and let it settle; PromiseError when a promise does not hold."""
    with watching():
        adversary = Adversary(source.randint(2, 4), weakness)
        for act in source.choices(_ACTS, _WEIGHTS, k=steps):
            act(adversary, *(source.randrange(4096) for _ in range(_NUMBERS[act])))
            if counts is not None:
                counts[act.__name__] += 1
        adversary.settle()


def broken_promise(seed: int, weakness: Weakness, steps: int = 60) -> str:
    """Play a game and say which promise broke, nothing when none did."""
    try:
        play(randomness.Random(seed), steps, weakness)
    except PromiseError as error:
        return str(error)
    return ""
