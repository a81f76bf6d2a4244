"""The checks of an inventory, an inspection and a handover, made from what the store says must be there.

Source: docs/spec/custody.md 2. Reads only. Training material is counted by nobody: it stands in a ledger of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from secmsg.office import materials
from secmsg.office.checking import Check, What, Work
from secmsg.office.materials import Act, Item, Kind, State
from secmsg.office.pad_pages import PageState
from secmsg.station import custody_figures, custody_samples, material_ledger
from secmsg.station.desk import Desk
from secmsg.station.material_ledger import LedgerLine
from secmsg.store import cables as cable_rows
from secmsg.store import continuity, hand_worksheets, outbox, receipts
from secmsg.store import drafts as draft_rows
from secmsg.store import materials as rows

_HERE = (materials.ALIVE - {State.DRAWN}) | {State.SUPERSEDED, State.VOID, State.COMPROMISED}
"""States in which a thing must lie here; what is only drawn has no paper yet."""
LOOSE = frozenset((PageState.OPEN, PageState.TAKEN, PageState.USED, PageState.VOID))
"""Pages that have left the book and wait to be destroyed."""


def make(desk: Desk, work: Work) -> tuple[Check, ...]:
    """Return every check of a work as things stand now; StoreDamaged when a register does not fit."""
    lines = material_ledger.lines(desk)
    match work:
        case Work.INVENTORY:
            return _coded("B", things(desk, lines))
        case Work.INSPECTION:
            return (
                *_coded("A", custody_figures.make(desk, here(desk), lines)),
                *_coded("B", things(desk, lines)),
                *_coded("C", custody_samples.make(desk, lines)),
            )
        case Work.HANDOVER:
            return _coded("D", counts(desk))


def _coded(letter: str, checks: Iterable[Check]) -> tuple[Check, ...]:
    return tuple(replace(each, code=f"{letter}{number}") for number, each in enumerate(checks, 1))


def here(desk: Desk) -> tuple[Item, ...]:
    """List the items that must lie here, by place."""
    found = [each for each in rows.every(desk.db) if each.state in _HERE and not each.training]
    return tuple(sorted(found, key=lambda each: (each.holder, each.number)))


def things(desk: Desk, lines: Sequence[LedgerLine]) -> tuple[Check, ...]:
    """Return a check for each thing that must lie here, by place."""
    seals = {each.line.item: each.line.note for each in lines if each.line.act is Act.SEALED}
    return tuple(_thing(desk, each, seals.get(each.number, "")) for each in here(desk))


def _thing(desk: Desk, item: Item, seal: str) -> Check:
    sealed = item.state is State.SEALED
    paged = item.kind is Kind.PAD and item.ours and not sealed
    ready, loose = _pages(desk, item) if item.ours else (0, 0)
    return Check(
        "", What.ITEM, item.number, item.holder, (item.name, f"{int(item.kind)}", f"{int(item.state)}"), paged,
        ready if paged else 0, loose if paged else 0, " ".join(seal.split())[:40] if sealed else "",
    )  # fmt: skip


def _pages(desk: Desk, item: Item) -> tuple[int, int]:
    found = rows.pages(desk.db, item.number)
    return sum(each.state is PageState.READY for each in found), sum(each.state in LOOSE for each in found)


def counts(desk: Desk) -> tuple[Check, ...]:
    """Return a check for each count of a handover: material, cables, numbers, drafts."""
    every = [each for each in rows.every(desk.db) if not each.training]
    lying = here(desk)
    pages = [_pages(desk, each) for each in lying if each.kind is Kind.PAD and each.ours]
    found = {
        What.ITEMS_HERE: len(lying),
        What.ITEMS_OUT: sum(each.state is State.ISSUED for each in every),
        What.ITEMS_STOPPED: sum(each.state in materials.STOPPED for each in every),
        What.PAGES_LEFT: sum(ready for ready, _ in pages),
        What.PAGES_TO_DESTROY: sum(loose for _, loose in pages),
        What.TOKENS: _of(lying, Kind.TOKEN),
        What.KITS_OUT: sum(each.kind is Kind.KIT and each.state is State.ISSUED for each in every),
        What.BACKUPS_HERE: _of(lying, Kind.BACKUP),
        What.SHEETS_HERE: _of(lying, Kind.SHEET),
        What.OFFICERS_WITH_KEYS: len(custody_figures.officers(desk)),
        What.CABLES_OPEN: outbox.count_unfinished(desk.db),
        What.RECEIPTS_DUE: len(receipts.every_due(desk.db)),
        What.SERIALS_MISSING: len(continuity.gaps(desk.db)),
        What.DRAFTS: len(draft_rows.every(desk.db)),
        What.WORKSHEETS: len(hand_worksheets.every(desk.db)),
        What.UNREAD: cable_rows.count_unread(desk.db),
    }
    return tuple(Check("", what, pages=count) for what, count in found.items())


def _of(items: Sequence[Item], kind: Kind) -> int:
    return sum(each.kind is kind for each in items)
