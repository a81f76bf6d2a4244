"""Cells received laid against the places of the form, as two texts are compared: at the least cost of slips.

A cell that fits costs nothing, one that does not 10, a slot without a cell or a cell without a slot 13 where such a
run begins and 12 within it, a cell that repeats the one before it one less. So a left-out group is one gap and not a
tail of wrong groups, a left-out line is one run, and a swap of neighbours is two wrong ones. Source:
docs/spec/manual.md 6.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from secmsg.errors import FormatError
from secmsg.manual.checks import fitting_seed
from secmsg.manual.pad import GROUP, is_figures

SLACK = 12
"""How many more slips of one kind than of the other the comparison looks for."""

_MOST = 120_000  # points compared: whatever came of a message of five pages, or one of eight with sixty groups lost
_WRONG, _BEGIN, _WITHIN, _FREE = 10, 13, 12, 4

# How a path came to a point: a cell laid in its slot, a cell in excess, a slot without a cell.
_LAID, _EXCESS, _GAP = 0, 1, 2
_STEPS = ((1, 1), (1, 0), (0, 1))

_Point = tuple[int, int]
_Line = dict[_Point, tuple[int, int]]
"""By slot and by how it came there: the least cost, and how the point before came."""


@dataclass(frozen=True, slots=True)
class Laid:
    """The cell of every slot ("" if none), the cells that have no slot, and how many slots were reached.

    `doubtful` are the filled slots next to a gap whose cells would fit on its other side as well.
    """

    cells: tuple[str, ...]
    excess: tuple[int, ...]
    reached: int
    doubtful: frozenset[int]


def laid(cells: Sequence[str], seeds: Sequence[int | None], *, unfinished: bool) -> Laid:
    """Lay the cells against slots of these seeds (None: any five figures fit) at the least cost.

    `unfinished`: slots after the last cell cost nothing.
    """
    paths = _paths(cells, seeds, _shifts(cells, seeds, unfinished=unfinished))
    ends = {point: cost for point, (cost, _) in paths[-1].items() if unfinished or point[0] == len(seeds)}
    taken, (slot, how) = len(cells), min(ends, key=lambda point: (ends[point], -point[0]))
    last, found, excess = slot, [""] * len(seeds), []
    while taken or slot:
        if how == _LAID:
            found[slot - 1] = cells[taken - 1]
        elif how == _EXCESS:
            excess.append(taken - 1)
        before = paths[taken][slot, how][1]
        taken, slot, how = taken - _STEPS[how][0], slot - _STEPS[how][1], before
    return Laid(tuple(found), tuple(sorted(excess)), last, frozenset(_doubtful(found[:last], seeds)))


def _doubtful(found: Sequence[str], seeds: Sequence[int | None]) -> Iterator[int]:
    """Yield the slots into which a gap may be moved: its length joins places of one seed, as nine do."""
    for begin, end in _runs(found):
        after = zip(range(end, len(found)), seeds[begin:], strict=False)
        before = zip(reversed(range(begin)), reversed(seeds[:end]), strict=False)
        for side in (after, before):
            yield from (slot for slot, _ in takewhile(lambda pair: fitting_seed(found[pair[0]]) == pair[1], side))


def _runs(found: Sequence[str]) -> Iterator[tuple[int, int]]:
    for empty, run in groupby(range(len(found)), key=lambda slot: not found[slot]):
        if empty:
            slots = list(run)
            yield slots[0], slots[-1] + 1


def _shifts(cells: Sequence[str], seeds: Sequence[int | None], *, unfinished: bool) -> tuple[int, int]:
    """Return how far a slot may lie before and after its cell; FormatError where that is more than can be compared."""
    more = len(seeds) - len(cells)
    # What was not entered yet lies at the end, so it moves nothing.
    low, high = (0, SLACK) if unfinished and more > 0 else (min(0, more), max(0, more))
    if len(cells) * (high - low + 2 * SLACK) > _MOST:
        raise FormatError(f"{len(cells)} of {len(seeds)} groups came: too many are missing or in excess to place them")
    return low - SLACK, high + SLACK


def _paths(cells: Sequence[str], seeds: Sequence[int | None], shifts: tuple[int, int]) -> list[_Line]:
    """For every number of cells taken: the least cost to every slot, and where it came from."""
    low, high = shifts
    first: _Line = {(0, _LAID): (0, _LAID)}
    _gaps(first, range(min(len(seeds), high) + 1))
    table = [first]
    for taken, cell in enumerate(cells, 1):
        repeated = taken > 1 and cell == cells[taken - 2]
        slots = range(max(0, taken + low), min(len(seeds), taken + high) + 1)
        table.append(_line(table[-1], cell, seeds, slots, repeated=repeated))
    return table


def _line(before: _Line, cell: str, seeds: Sequence[int | None], slots: range, *, repeated: bool) -> _Line:
    fitting = fitting_seed(cell)
    line: _Line = {}
    for slot in slots:
        if slot and (least := _least(before, slot - 1)):
            line[slot, _LAID] = (least[0] + _price(cell, fitting, seeds[slot - 1]), least[1])
        if least := _least(before, slot, _EXCESS):
            line[slot, _EXCESS] = (least[0] - int(repeated), least[1])
    _gaps(line, slots)
    return line


def _gaps(line: _Line, slots: range) -> None:
    for slot in slots:
        if least := _least(line, slot - 1, _GAP):
            line[slot, _GAP] = least


def _least(line: _Line, slot: int, run: int | None = None) -> tuple[int, int] | None:
    """Return the least cost to a slot and how it was reached; with the price of one more of a run added."""
    came = [
        (line[slot, how][0] + (0 if run is None else _WITHIN if how == run else _BEGIN), how)
        for how in (_LAID, _EXCESS, _GAP)
        if (slot, how) in line
    ]
    return min(came, default=None)


def _price(cell: str, fitting: int | None, seed: int | None) -> int:
    if seed is None:
        # Any five figures may be a tag; they cost a little, so that a group stays in the place that it fits.
        return _FREE if is_figures(cell, GROUP) else _WRONG
    return 0 if fitting == seed else _WRONG
