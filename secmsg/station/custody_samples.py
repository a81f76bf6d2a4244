"""Five samples of an inspection, drawn when it begins, so that nobody knows before which line is asked for.

Source: docs/spec/custody.md 2. Reads only.
"""

from collections.abc import Sequence
from typing import TypeVar

from secmsg.office import materials, pad_pages
from secmsg.office import register as cable_register
from secmsg.office.checking import Check, What
from secmsg.office.materials import Act, Kind, State
from secmsg.office.register import Register
from secmsg.station import material_papers, reading
from secmsg.station.desk import Desk
from secmsg.station.material_ledger import LedgerLine
from secmsg.store import materials as rows
from secmsg.store import registers

T = TypeVar("T")


def make(desk: Desk, lines: Sequence[LedgerLine]) -> tuple[Check, ...]:
    """Return the five samples, without their codes; one with nothing to draw from has no words."""
    return (
        Check("", What.SAMPLE_LINE, words=_cable(desk)),
        _book(desk),
        _destroyed(desk, lines),
        Check("", What.SAMPLE_LOCK),
        Check("", What.SAMPLE_ORDER, words=_order(desk)),
    )


def _one(desk: Desk, of: Sequence[T]) -> T | None:
    """Draw one; 8 bytes of the generator over at most thousands leave no bias that an inspection could feel."""
    return of[int.from_bytes(desk.random(8)) % len(of)] if of else None


def _cable(desk: Desk) -> tuple[str, ...]:
    places = [(which, line) for which in Register for line in range(1, registers.last_line(desk.db, which) + 1)]
    drawn = _one(desk, places)
    entry = None if drawn is None else registers.line(desk.db, *drawn)
    if entry is None or drawn is None:
        return ()
    line, known = cable_register.decode(entry.body), reading.names(desk)
    peers = ", ".join(known.station(each) for each in line.peers)[:120]
    return f"{int(drawn[0])}", f"{entry.line}", line.mrn, line.symbol, material_papers.hour(desk, line.dated), peers


def _book(desk: Desk) -> Check:
    open_ = [
        each for each in rows.every(desk.db)
        if each.kind is Kind.PAD and each.ours and not each.training
        and each.state in (State.IN_USE, State.PRINTED, State.RECEIVED)
    ]  # fmt: skip
    drawn = _one(desk, open_)
    if drawn is None:
        return Check("", What.SAMPLE_BOOK)
    words = (f"{drawn.number}", drawn.name, pad_pages.spoken(drawn.last), drawn.holder)
    return Check("", What.SAMPLE_BOOK, drawn.number, words=words)


def _destroyed(desk: Desk, lines: Sequence[LedgerLine]) -> Check:
    ended = [each for each in lines if each.line.act in (Act.DESTROYED, Act.PAGE_DESTROYED)]
    drawn = _one(desk, ended)
    if drawn is None:
        return Check("", What.SAMPLE_DESTROYED)
    s = drawn.line
    pages = pad_pages.spoken(s.first) if s.first and s.kind is Kind.PAD else ""
    name = f"{s.title}, {s.edition}, {s.copy}"
    words = (f"{drawn.number}", name, pages, material_papers.hour(desk, s.at), s.person, s.second)
    return Check("", What.SAMPLE_DESTROYED, s.item, words=words)


def _order(desk: Desk) -> tuple[str, ...]:
    live = [each for each in rows.every(desk.db) if not each.training]
    return tuple(f"{each.name} ({each.holder})" for each in materials.destruction_order(live)[:3])
