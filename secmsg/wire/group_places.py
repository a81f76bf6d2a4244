"""Which place each group belongs to, when some were lost or said twice: the seeds tell (docs/spec/groups.md 6).

A check figure is walked from a seed that changes from group to group, so a group in a wrong place fits it once in ten.
The places chosen are those with the least sum of slips.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from secmsg.digits import COLUMNS, damm
from secmsg.wire.field13 import SYMBOLS
from secmsg.wire.group_text import HEADER, Heard, Run

FIRST = -len(HEADER)
"""Place of the first group of the header; the grid begins at 0."""
REACH = 32
"""Groups that may be lost, or come twice, between two places that are known."""

_WRONG, _SLIP = 3, 6
_FAR = 1 << 30
_TAKE, _LEAVE = 254, 255


@dataclass(frozen=True, slots=True)
class Placed:
    """Groups by their places, "" where none can be read; `end` is the place after the last, `slips` their sum."""

    groups: Mapping[int, str]
    end: int
    slips: int


def seed(place: int) -> int:
    """Return the seed of a place's check figure: (column + line) mod 10; 0 and 1 in the header."""
    return place - FIRST if place < 0 else (place % COLUMNS + place // COLUMNS) % 10


def fits(group: str, place: int) -> bool:
    """Say whether five figures are a group of this place: the check figure is right, and the value a symbol."""
    return _own_seed(group) == seed(place)


def _own_seed(group: str) -> int:
    """Return the one seed from which a group is right, -1 where it cannot be read or holds no symbol."""
    if not group or int(group[:-1]) >= SYMBOLS:
        return -1
    # Every line and column of the square holds every figure once, so from ten seeds one walk ends in 0.
    return next(each for each in range(10) if damm(map(int, group), each) == 0)


def placed(heard: Heard, end: int | None) -> Placed:
    """Give every group its place, below `end` where that is known.

    Numbers of lines are believed unless the groups fit better without them. A group given once more by its place counts
    where it fits.
    """
    joined = Heard((Run(None, tuple(cell for run in heard.runs for cell in run.cells)),), heard.again)
    ways = [_runs(each.runs, end) for each in ((heard,) if heard.runs == joined.runs else (heard, joined))]
    groups, slips = min(ways, key=lambda way: way[1])
    for place, group in heard.again.items():
        if end is None or place < end:
            groups[place] = group if fits(group, place) else groups.get(place, "")
    return Placed(groups, max(groups, default=FIRST - 1) + 1, slips)


def _runs(runs: Sequence[Run], end: int | None) -> tuple[dict[int, str], int]:
    groups: dict[int, str] = {}
    slips = 0
    for number, run in enumerate(runs):
        start = FIRST if run.start is None else run.start
        following = runs[number + 1].start if number + 1 < len(runs) else end
        # A line that is said once more may stand anywhere: what follows it bounds nothing then.
        limit = following if following is not None and following > start else end
        found, cost = _aligned(run.cells, start, limit)
        slips += cost
        for place, group in found.items():
            groups[place] = _joined(groups[place], group, place) if place in groups else group
    return groups, slips


def _joined(one: str, other: str, place: int) -> str:
    """Return the one of two groups for a place that fits; neither where both do and differ."""
    fitting = {each for each in (one, other) if fits(each, place)}
    return fitting.pop() if len(fitting) == 1 else ""


def _aligned(cells: Sequence[str], start: int, limit: int | None) -> tuple[dict[int, str], int]:
    """Place cells from `start` on in their order, below `limit`, at the least cost.

    A cell that fits costs nothing, one that does not 3, one left out 6; a place passed over 6, and each that follows it
    1; those after the last cell only where the limit is known. At most `REACH` are passed over before the last cell.
    """
    room = len(cells) + REACH if limit is None else max(0, limit - start)
    seeds = [seed(start + used) for used in range(room)]
    # One row for each cell: the least cost with so many places used, the last of them taken or passed over.
    row = [0, *(_gap(used) if used <= REACH else _FAR for used in range(1, room + 1))]
    steps: list[bytes] = []
    for count, cell in enumerate(cells, 1):
        row, step = _next(row, _own_seed(cell), count, seeds)
        steps.append(step)
    after = [0 if limit is None else _gap(room - used) for used in range(room + 1)]
    used = min(range(room + 1), key=lambda used: (row[used] + after[used], used))
    if row[used] >= _FAR:
        # More cells than there can be: nothing can be said of any place.
        return {}, _SLIP * len(cells)
    return _back(cells, steps, used, start), row[used] + after[used]


def _gap(count: int) -> int:
    """Return what it costs to pass over so many places at once."""
    return _SLIP + count - 1 if count else 0


def _next(row: Sequence[int], own: int, count: int, seeds: Sequence[int]) -> tuple[list[int], bytes]:
    """Return the row after one cell more, and how each of its entries came about: the places passed over last."""
    new, step = [_FAR] * len(row), bytearray(len(row))
    gap, since = _FAR, 0
    for used in range(max(0, count - REACH), min(len(row) - 1, count + REACH) + 1):
        best, how = row[used] + _SLIP, _LEAVE
        if used:
            taken = row[used - 1] + (0 if own == seeds[used - 1] else _WRONG)
            if taken <= best:
                best, how = taken, _TAKE
        # A gap begins only behind a place that was taken or a cell left out: one after another would be one gap.
        passed = gap + 1
        gap, since = (passed, since + 1) if passed < best + _SLIP - 1 else (best + _SLIP - 1, 0)
        new[used], step[used] = (passed, since) if passed < best else (best, how)
    return new, bytes(step)


def _back(cells: Sequence[str], steps: Sequence[bytes], used: int, start: int) -> dict[int, str]:
    found: dict[int, str] = {}
    count = len(cells)
    while count:
        how = steps[count - 1][used]
        if how < _TAKE:
            used -= how
            continue
        count, used = count - 1, used - (how == _TAKE)
        if how == _TAKE:
            found[start + used] = cells[count]
    return found
