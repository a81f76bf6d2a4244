"""Forged messages against the tag: how many of ten thousand are accepted, beside the bound of docs/spec/manual.md 5.

at random     groups changed, swapped, left out, put in; check figures, parity and header made right again
with roots    the groups changed so that their difference has as many roots in r as right check figures leave room for
tag alone     the worst attack there is: fifty groups changed for fifty roots, check figures not looked at
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from secmsg.errors import TagMismatch, TagUnwritable
from secmsg.manual import checks
from secmsg.manual.header import following
from secmsg.manual.message import Message, decipher, encipher
from secmsg.manual.pad import Page, page
from secmsg.manual.tag import MODULUS, Sheet, sheet, tag
from tests.helpers.manual import AT

GROUPS = 50
SPAN = 99_999
"""Values of r, and one less than those of a mask."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many forgeries were accepted, and how many that may be."""

    name: str
    tags: int
    trials: int
    accepted: int
    bound: float

    @property
    def expected(self) -> float:
        return self.trials * self.bound

    @property
    def most(self) -> int:
        """The 99.9 % quantile of a count whose every trial succeeds with the bound."""
        return quantile(self.trials, self.bound, 0.999)

    @property
    def holds(self) -> bool:
        return self.accepted <= self.most


def bound(groups: int, tags: int) -> float:
    """Return the bound of the page for one attempt."""
    degree = groups + 2
    return float((degree / (SPAN - 3 * degree)) ** tags)


def quantile(trials: int, chance: float, level: float) -> int:
    """Return the least count that a binomial count exceeds with probability 1 - level at most."""
    term, total, count = math.exp(trials * math.log1p(-chance)), 0.0, 0
    while total + term < level:
        total += term
        term *= (trials - count) / (count + 1) * chance / (1 - chance)
        count += 1
    return count


# --- at random ---


def at_random(trials: int, tags: int, seed: int = 1) -> Tally:
    """Change messages in every way that an adversary may who knows the text, and can write right check figures."""
    chance, accepted = random.Random(seed), 0
    for _ in range(trials):
        sent, used, sheets = sent_of(chance, tags)
        forged = chance.choice(CHANGES)(chance, sent)
        try:
            decipher(forged, [used], sheets)
        except TagMismatch:
            continue
        accepted += 1
    return Tally("at random", tags, trials, accepted, bound(GROUPS + 1, tags))


def sent_of(chance: random.Random, tags: int) -> tuple[Message, Page, list[Sheet]]:
    while True:
        figures = [f"{chance.randrange(10_000):04}" for _ in range(GROUPS + 60)]
        masks = (f"{chance.randrange(100_000):05}", f"{chance.randrange(100_000):05}")
        used = page(chance.randint(1, 9_999), figures[:60], masks)
        sheets = [sheet(chance.randint(1, SPAN)) for _ in range(tags)]
        try:
            return encipher(figures[60:], [used], sheets, serial=chance.randint(1, 9_999), at=AT), used, sheets
        except TagUnwritable:
            continue


def _again(sent: Message, ciphers: list[str]) -> Message:
    """Put ciphers in place of those that were sent, every check figure and the header right."""
    groups = tuple(checks.sent(cipher, place) for place, cipher in enumerate(ciphers))
    header = replace(sent.header, count=len(groups), pages=following(sent.header.pages[0], len(groups)))
    return replace(sent, header=header, groups=groups)


def _ciphers(sent: Message) -> list[str]:
    return [group[:4] for group in sent.groups]


def _change(chance: random.Random, sent: Message) -> Message:
    """Change one code into another that is known: the cipher by the difference."""
    ciphers = _ciphers(sent)
    place = chance.randrange(len(ciphers))
    ciphers[place] = f"{(int(ciphers[place]) + chance.randint(1, 9_999)) % 10_000:04}"
    return _again(sent, ciphers)


def _change_many(chance: random.Random, sent: Message) -> Message:
    ciphers = _ciphers(sent)
    for place in chance.sample(range(len(ciphers)), chance.randint(2, len(ciphers))):
        ciphers[place] = f"{(int(ciphers[place]) + chance.randint(1, 9_999)) % 10_000:04}"
    return _again(sent, ciphers)


def _swap(chance: random.Random, sent: Message) -> Message:
    ciphers = _ciphers(sent)
    a, b = next(iter(pairwise(sorted(chance.sample(range(len(ciphers)), 2)))))
    ciphers[a], ciphers[b] = ciphers[b], f"{(int(ciphers[a]) + (ciphers[a] == ciphers[b])) % 10_000:04}"
    return _again(sent, ciphers)


def _leave_out(chance: random.Random, sent: Message) -> Message:
    ciphers = _ciphers(sent)
    del ciphers[chance.randrange(len(ciphers))]
    return _again(sent, ciphers)


def _cut(chance: random.Random, sent: Message) -> Message:
    return _again(sent, _ciphers(sent)[: chance.randint(1, GROUPS - 1)])


def _put_in(chance: random.Random, sent: Message) -> Message:
    ciphers = _ciphers(sent)
    ciphers.insert(chance.randint(0, len(ciphers)), f"{chance.randrange(10_000):04}")
    return _again(sent, ciphers)


def _renumber(chance: random.Random, sent: Message) -> Message:
    serial = sent.header.serial + chance.randint(1, 9_999)
    return replace(sent, header=replace(sent.header, serial=serial))


def _guess_the_tags(chance: random.Random, sent: Message) -> Message:
    forged = _change(chance, sent)
    return replace(forged, tags=tuple(f"{chance.randrange(100_000):05}" for _ in sent.tags))


CHANGES: tuple[Callable[[random.Random, Message], Message], ...] = (
    _change, _change_many, _swap, _leave_out, _cut, _put_in, _renumber, _guess_the_tags,
)  # fmt: skip


# --- with roots ---


def with_roots(trials: int, tags: int, *, roots: int, checked: bool, seed: int = 2) -> Tally:
    """Forge with one difference of so many roots, drawn once; sheet and masks anew in every trial.

    `checked`: the changed groups have right check figures, which leaves room for few roots.
    """
    chance, accepted = random.Random(seed), 0
    groups, changed, shift, _ = difference(chance, roots, checked=checked)
    for _ in range(trials):
        serial, good = chance.randint(1, 9_999), 0
        for _ in range(tags):
            of, mask = sheet(chance.randint(1, SPAN)), f"{chance.randrange(100_000):05}"
            good += passes(of, mask, serial, groups, changed, shift)
        accepted += good == tags
    name = f"with {roots} roots" if checked else f"tag alone, {roots} roots"
    return Tally(name, tags, trials, accepted, bound(GROUPS, tags))


def passes(of: Sheet, mask: str, serial: int, groups: list[str], changed: list[str], shift: int) -> bool:
    try:
        right = int(tag(of, mask, serial, groups))
        return int(tag(of, mask, serial, changed)) == (right + shift) % MODULUS
    except TagUnwritable:
        return False


def difference(chance: random.Random, count: int, *, checked: bool) -> tuple[list[str], list[str], int, list[int]]:
    """Return groups, others, by how much the tag is to be shifted, and the values of r for which that fits.

    The last groups differ by the coefficients of a polynomial that has these roots; its constant is the shift.
    """
    groups = [checks.sent(f"{chance.randrange(10_000):04}", place) for place in range(GROUPS)]
    while True:
        coefficients, roots = [chance.randint(1, SPAN)], chance.sample(range(1, SPAN + 1), count)
        for root in roots:
            coefficients = [
                (higher - root * lower) % MODULUS
                for higher, lower in zip([*coefficients, 0], [0, *coefficients], strict=True)
            ]
        *steps, constant = coefficients
        changed = list(groups)
        for place, coefficient in zip(range(GROUPS - count, GROUPS), steps, strict=True):
            changed[place] = f"{(int(groups[place]) + coefficient) % MODULUS:05}"
        if all(_is_group(group, place, checked=checked) for place, group in enumerate(changed)):
            return groups, changed, -constant % MODULUS, roots


def _is_group(group: str, place: int, *, checked: bool) -> bool:
    return checks.fits(group, place) if checked else len(group) == 5


def tallies(trials: int) -> tuple[Tally, ...]:
    """Run every attack with one tag and with two."""
    return tuple(
        tally
        for tags in (1, 2)
        for tally in (
            at_random(trials, tags),
            with_roots(trials, tags, roots=4, checked=True),
            with_roots(trials, tags, roots=GROUPS, checked=False),
        )
    )
