"""Every act on key material: judged by the office, kept in the item, and a line of the ledger, all in one transaction.

Source: docs/spec/materials.md 3 and 5. The functions run inside the caller's transaction.
"""

from dataclasses import dataclass, replace

from secmsg.office import ledger, materials
from secmsg.office.ledger import Line
from secmsg.office.materials import Act, Item
from secmsg.station import persons
from secmsg.station.desk import Desk
from secmsg.store import materials as rows
from secmsg.store import registers


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of the ledger under its number."""

    number: int
    line: Line


def lines(desk: Desk, *, training: bool = False) -> tuple[LedgerLine, ...]:
    """List the ledger after checking its chain; StoreDamaged when a line was altered or cut off."""
    entries = registers.verify(desk.db, ledger.register(training=training))
    return tuple(LedgerLine(each.line, ledger.decode(each.body)) for each in entries)


def officer(desk: Desk) -> str:
    """Return the name of the officer who has opened the store."""
    return persons.present(desk).name


def enter(
    desk: Desk,
    item: Item,
    act: Act,
    *,
    second: str = "",
    first: int = 0,
    last: int = 0,
    serial: int = 0,
    cable: str = "",
    holder: str = "",
    note: str = "",
) -> Item:
    """Move an item by an act, or note what was done to its pages `first`..`last`; return it as it stands then.

    NotAllowed when the act may not be done to it, or lacks its second person.
    """
    now, person = desk.now(), officer(desk)
    materials.check_names(act, person, second)
    if materials.moves(act):
        state = materials.moved(item, act)
        item = replace(item, state=state, before=materials.before(item, state), holder=holder or item.holder, at=now)
        rows.change(desk.db, item)
    line = ledger.of(
        item, act, now, person, second=" ".join(second.split()), first=first, last=last, serial=serial, cable=cable,
        holder=holder, note=note,
    )  # fmt: skip
    registers.append(desk.db, ledger.register(training=item.training), now, ledger.encode(line))
    return item
