"""What the store holds of a destruction in order: its lines, its list as it stands, and what may be told of it.

Source: docs/spec/destruction.md 11. Read by the report that is sealed in advance and by what lies beside the store.
"""

from collections import Counter
from collections.abc import Iterable

from secmsg.office import destruction_walk as rules
from secmsg.office.destruction import Fate, Papers
from secmsg.office.destruction_walk import Deed, Line, Step
from secmsg.station import material_papers
from secmsg.station.desk import Desk
from secmsg.store import cables, registers
from secmsg.store import materials as item_rows
from secmsg.wire.cable import Degree

MAX_SAID = 360
"""Characters of the part of a report that says what is destroyed and what is not."""


def lines(desk: Desk) -> tuple[Line, ...]:
    """Return the lines of the walk under way; StoreDamaged when the register does not fit."""
    if not registers.last_line(desk.db, rules.REGISTER):
        return ()
    return rules.under_way(rules.decode(each.body) for each in registers.verify(desk.db, rules.REGISTER))


def steps(desk: Desk, walk: Iterable[Line]) -> tuple[Step, ...]:
    """Return the list as it stands."""
    kept = cables.count_degrees(desk.db)
    return rules.steps(item_rows.every(desk.db), (Papers(degree, count) for degree, count in kept.items()), walk)


def papers_gone(walk: Iterable[Line]) -> frozenset[Degree]:
    """Return the degrees whose printed cables are destroyed by what was said."""
    return frozenset(Degree(each.degree) for each in walk if each.deed is Deed.DESTROYED and each.degree)


def mark(desk: Desk) -> int:
    """Return the number of the line that closed the walk under way, 0 while none is closed."""
    return registers.last_line(desk.db, rules.REGISTER) if rules.is_closed(lines(desk)) else 0


def told(desk: Desk) -> str:
    """Say in words for headquarters what a closed walk destroyed and what it did not; "" while none is closed.

    Counts by kind, never a name; at most `MAX_SAID` characters.
    """
    walk = lines(desk)
    if not rules.is_closed(walk):
        return ""
    found = steps(desk, walk)
    gone = _counted(each for each in found if each.fate is Fate.DESTROYED)
    left = _counted(each for each in found if each.fate is not Fate.DESTROYED)
    hour = material_papers.hour(desk, walk[-1].at)
    return f"Lúc {hour} CHƯA tiêu hủy: {left}. Hai người đã tiêu hủy: {gone}."[:MAX_SAID]


def _counted(found: Iterable[Step]) -> str:
    from secmsg.papers.destruction_lists import DEGREES, KINDS

    kept = tuple(found)
    kinds = Counter(each.task.kind for each in kept if each.task.kind is not None)
    words = [f"{KINDS[kind]} {count}" for kind, count in kinds.items()]
    words += [DEGREES[each.task.degree] for each in kept if each.task.degree is not None]
    return ", ".join(words) or "không có gì"
