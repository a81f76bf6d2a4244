"""The authentication group: a polynomial in the book's secret r modulo 100 003, covered by the page's mask.

    a = 0;  for each block g of (serial, count, sent groups in order):  a = (a + g)·r mod 100 003
    tag = a + s mod 100 003

written out as the hand does it, with two tables in place of the multiplication and "drop k, subtract 3k" in place
of the division. Source: docs/spec/manual.md 5 (Wegman and Carter 1981; Bernstein 2005 on polynomials with one-time
masks). r, the masks and every running value are secrets: hidden in every repr, in no error text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce as _fold

from secmsg.errors import FormatError, TagUnwritable
from secmsg.manual.pad import GROUP, is_figures

MODULUS = 100_003
"""Prime, so that the tables are a field's; above 99 999, so that no two groups are the same to it."""

MAX_SECRET = 99_999
MAX_NUMBER = 99_999
"""Highest serial and highest count: each is one block of five figures."""

HUNDREDS = 1_000
"""Entries of table A."""

UNITS = 100
"""Entries of table B."""

EXTRA = 3
"""Entries beside the tables, for the sums 100 000 to 100 002."""

_WRITABLE = 100_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """An authentication sheet: one secret for a whole pad book. Made by `sheet`.

    Its entries are below 100 003: a few sheets have one of six figures, printed as it is.
    """

    r: int = field(repr=False)

    def hundreds(self, first_three: int) -> int:
        """Return A[000…999]: r times the first three figures, as hundreds."""
        return self.r * first_three * UNITS % MODULUS

    def units(self, last_two: int) -> int:
        """Return B[00…99]: r times the last two figures."""
        return self.r * last_two % MODULUS

    def beyond(self, above: int) -> int:
        """Return the entry of 100 000 + `above`, 0 to 2: sums that have no five figures to look up."""
        return self.r * (_WRITABLE + above) % MODULUS

    def tens_of_thousands(self, first: int) -> int:
        """Return the small sheet's entry for the first figure: A[345] is this of 3 and `hundreds` of 45, added."""
        return self.r * first * 10_000 % MODULUS


def sheet(r: int) -> Sheet:
    """Return the sheet of a secret, 1 to 99 999; FormatError for another."""
    if not 1 <= r <= MAX_SECRET:
        raise FormatError(f"a sheet's secret is 1 to {MAX_SECRET}")
    return Sheet(r)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the tag column, as it is written on the sheet.

    `block` 5 figures; `added` the value before and the block; `sum` that, reduced; `hundreds` and `units` what is
    looked up for it (for a sum of six figures the extra entry and 0); `looked_up` both added; `value` that, reduced.
    """

    block: str
    added: int = field(repr=False)
    sum: int = field(repr=False)
    hundreds: int = field(repr=False)
    units: int = field(repr=False)
    looked_up: int = field(repr=False)
    value: int = field(repr=False)

    @property
    def dropped(self) -> tuple[int, int]:
        """The figure k that each of the two reductions drops, 0 for none: written out, for casting out nines."""
        return self.added // _WRITABLE, self.looked_up // _WRITABLE


def reduced(value: int) -> int:
    """Reduce by hand: drop the figure k before the last five, subtract 3k, and add 100 003 where that is negative.

    `value` is below a million; the result is 0 to 100 002.
    """
    k, rest = divmod(value, _WRITABLE)
    rest -= 3 * k
    return rest + MODULUS if rest < 0 else rest


def nines(value: int) -> int:
    """Return the residue by casting out nines, 0 to 8.

    Of a sum it is that of the residues added; of a reduction, that of the value less 4k, since 100 003 leaves 4: a
    slip in adding or reducing shows in eight cases of nine before the next line is begun.
    """
    return value % 9


def step(sheet: Sheet, before: int, block: str) -> Step:
    """Take one block of five figures into the running value."""
    added = before + int(block)
    x = reduced(added)
    if x >= _WRITABLE:
        # Three sums in 100 003 have six figures, and the tables end at 99 999.
        hundreds, units = sheet.beyond(x - _WRITABLE), 0
    else:
        hundreds, units = sheet.hundreds(x // UNITS), sheet.units(x % UNITS)
    looked_up = hundreds + units
    return Step(block, added, x, hundreds, units, looked_up, reduced(looked_up))


def blocks(serial: int, groups: Sequence[str]) -> tuple[str, ...]:
    """Return what the tag runs over: serial, count, every sent group; FormatError where one is no block."""
    if not (1 <= serial <= MAX_NUMBER and 1 <= len(groups) <= MAX_NUMBER):
        raise FormatError(f"serial and count are 1 to {MAX_NUMBER}")
    for place, group in enumerate(groups):
        if not is_figures(group, GROUP):
            raise FormatError(f"group {place + 1} has not five figures")
    return f"{serial:05}", f"{len(groups):05}", *groups


def trace(sheet: Sheet, serial: int, groups: Sequence[str]) -> Iterator[Step]:
    """Yield the column line by line: serial, count, then every group."""
    before = 0
    for block in blocks(serial, groups):
        taken = step(sheet, before, block)
        yield taken
        before = taken.value


def tag(sheet: Sheet, mask: str, serial: int, groups: Sequence[str]) -> str:
    """Return the five figures of the tag.

    TagUnwritable in three of 100 003 cases: the sum has no five figures, and another page has another mask.
    """
    return covered(_fold(lambda _, taken: taken.value, trace(sheet, serial, groups), 0), mask)


def covered(value: int, mask: str) -> str:
    """Add the page's mask to the last running value; TagUnwritable where the sum has six figures."""
    if not is_figures(mask, GROUP):
        raise FormatError("a mask has five figures")
    total = reduced(value + int(mask))
    if total >= _WRITABLE:
        raise TagUnwritable
    return f"{total:05}"
