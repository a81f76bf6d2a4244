"""Rows for serials that are missing: bounded, so that a hostile jump fills neither the disk nor the store's time."""

from collections.abc import Iterable

from secmsg.ids import Serial, StationId
from secmsg.office import continuity
from secmsg.station.desk import Desk
from secmsg.store import continuity as rows

MAX_ROWS = 1_000
"""Missing serials of one peer that have a row; the chain's own state knows all of them as ranges."""


def note(desk: Desk, peer: StationId, ranges: Iterable[tuple[int, int]], now: int) -> bool:
    """Enter missing serials as far as there is room, inside the caller's transaction; say whether any is new."""
    there = {gap.serial for gap in rows.gaps(desk.db) if gap.peer == peer}
    changed = False
    for first, last in ranges:
        for serial in range(first, min(last, first + MAX_ROWS) + 1):
            if len(there) >= MAX_ROWS:
                return changed
            if serial not in there:
                there.add(Serial(serial))
                changed |= rows.open_gap(desk.db, peer, Serial(serial), now)
    return changed


def before(state: continuity.State, serial: int) -> tuple[tuple[int, int], ...]:
    """Return the gap that an item made by arriving: the one that ends just below it, if there is one."""
    return tuple(gap for gap in continuity.gaps(state) if gap[1] == serial - 1)
