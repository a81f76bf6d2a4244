"""The fifth figure of every group, and the parity group of a line: they find slips, not adversaries.

    seed = (column + row) mod 10, ten groups a row, both from 0; the check figure is Damm's walk from there
    parity group = column sums mod 10 of the row's cipher groups, with the check figure from (row + 5) mod 10

Source: docs/spec/manual.md 4. What a whole reception says is judged in `judging.py`.
"""

from collections.abc import Iterable, Sequence

from secmsg.digits import damm
from secmsg.manual.pad import CODE, GROUP, is_figures, subtract

COLUMNS = 10
"""Groups in a row; a parity group stands after them."""


def seed(place: int) -> int:
    """Return the figure that the walk of the group at `place` (from 0) starts from."""
    return (place % COLUMNS + place // COLUMNS) % 10


def parity_seed(row: int) -> int:
    """Return the seed of a row's parity group, five above that of its first group."""
    # That of an eleventh column would be the first group's: ten cells left out would then fit all the way.
    return (row + 5) % 10


def sent(cipher: str, place: int) -> str:
    """Return the group that is sent: four cipher figures and the check figure of its place."""
    return checked(cipher, seed(place))


def checked(cipher: str, start: int) -> str:
    """Return four figures with the check figure walked from a seed."""
    return cipher + str(damm(map(int, cipher), start))


def walk(cipher: str, start: int) -> tuple[int, ...]:
    """Return what the finger stands on after each figure of the walk; the last is the check figure."""
    return tuple(damm(map(int, cipher[: at + 1]), start) for at in range(len(cipher)))


def fits(group: str, place: int) -> bool:
    """Say whether a group has five figures and the check figure of its place."""
    return fitting_seed(group) == seed(place)


def fitting_seed(group: str) -> int | None:
    """Return the one seed from which the check figure is right, which says where a group belongs; None if no group."""
    if not is_figures(group, GROUP):
        return None
    # For given figures the walk is a permutation of the seeds, so exactly one of them ends in 0.
    return next(start for start in range(10) if damm(map(int, group), start) == 0)


def rows(count: int) -> int:
    """Return how many rows `count` groups fill."""
    return -(-count // COLUMNS)


def column_sums(groups: Iterable[str]) -> str:
    """Add groups figure by figure, without carry."""
    return "".join(str(sum(map(int, figures)) % 10) for figures in zip(*groups, strict=True))


def parity(ciphers: Sequence[str], row: int) -> str:
    """Return the parity group of a row: one to ten cipher groups of four figures (check figures are ignored)."""
    return checked(column_sums(cipher[:CODE] for cipher in ciphers), parity_seed(row))


def parities(groups: Sequence[str]) -> tuple[str, ...]:
    """Return the parity group of every row."""
    return tuple(parity(groups[row * COLUMNS : (row + 1) * COLUMNS], row) for row in range(rows(len(groups))))


def lost(rest: Sequence[str], parity_group: str, place: int) -> str:
    """Return the one lost group of a row: the parity group less the others, with the check figure of its place."""
    cipher = parity_group[:CODE]
    for group in rest:
        cipher = subtract(cipher, group[:CODE])
    return sent(cipher, place)
