"""Level 1: cables that are old and done, and key material that is superseded, made unreadable by two persons.

Source: docs/spec/destruction.md 8. What goes is named before; what is still on its way, unread, not acknowledged, or
may be asked for again stays. Register lines stay for ever; the archive is at headquarters.
"""

from dataclasses import dataclass, field

from secmsg.errors import NotAllowed
from secmsg.ids import BlobKey, CableId, Serial, StationId
from secmsg.office import destruction, materials, reduction
from secmsg.office.materials import Act, Item
from secmsg.office.person_log import Deed
from secmsg.office.reduction import Line
from secmsg.station import copies, custody, material_papers, person_cables, persons
from secmsg.station import material_ledger as acts
from secmsg.station.desk import Desk
from secmsg.store import blobs, cables, continuity, registers, search, thin
from secmsg.store import materials as item_rows
from secmsg.store.cables import CableHead

DAY_S = 86_400
MAX_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Reduction:
    """What level 1 would take: cables older than `days`, and items of the ledger; `kept` are old cables that stay."""

    days: int
    cables: tuple[CableHead, ...] = field(repr=False)
    items: tuple[Item, ...]
    kept: int
    proven: tuple[tuple[StationId, Serial], ...] = ()
    """Up to which serial each station has said that it has everything, of what is old: no repeat is kept below."""


@dataclass(frozen=True, slots=True)
class Reduced:
    """What was made unreadable, and the record of it as a PDF, to be signed by those who did it."""

    cables: int
    blobs: int
    items: int
    record: bytes = field(repr=False)


def plan(desk: Desk, days: int) -> Reduction:
    """Name what would go; NotAllowed for fewer days than one."""
    if not 1 <= days <= MAX_DAYS:
        raise NotAllowed(f"cables are kept for at least 1 day, and at most {MAX_DAYS}")
    before = desk.now() - days * DAY_S
    old = cables.count_with_text(desk.db, before)
    proven, waited = _proven(desk, before)
    gone = tuple(each for each in cables.settled(desk.db, before) if each.cable_id not in waited)
    items = destruction.superseded(each for each in item_rows.every(desk.db) if not each.training)
    return Reduction(days, gone, items, old - len(gone), proven)


def reduce(desk: Desk, days: int, second: str, basis: str, *, place: str = "") -> Reduced:
    """Do it, in one transaction, and cut the log; NotAllowed without the second person or the ground.

    Also for one who opens to read and decides nothing: a deputy who stands in for nobody, the head, the sheet.

    The blobs' keys go with the transaction; their files, noise from then on, are removed after it.
    """
    persons.check_may_sign(desk)
    person = acts.officer(desk)
    materials.check_names(Act.DESTROYED, person, second)
    if not basis.strip():
        raise NotAllowed("a destruction has a ground: name it")
    now = desk.now()
    lines: list[tuple[str, str, str, str, str, str, str]] = []
    keys: list[BlobKey] = []
    with desk.db.transaction():
        found = plan(desk, days)
        if not found.cables and not found.items:
            raise NotAllowed("there is nothing that may go")
        for head in found.cables:
            keys += _end(desk, head)
            line = Line(
                now, head.cable_id, head.mrn, head.degree, head.dtg, head.annexes, person, _name(second), basis.strip()
            )
            registers.append(desk.db, reduction.REGISTER, now, reduction.encode(line))
            person_cables.note_within(desk, Deed.DESTROYED, head.cable_id)
            lines.append((f"{head.register_line}", head.mrn, "", "", "", "1", _DEGREES[head.degree]))
        for peer, serial in found.proven:
            continuity.forget_items(desk.db, peer, serial)
        search.purge(desk.db)
    _gone(desk, keys)
    for item in found.items:
        custody.act(desk, item.number, Act.DESTROYED, second=second, note=basis.strip()[: materials.MAX_NOTE])
        lines.append((f"{item.number}", item.title, f"{item.edition}", f"{item.copy}/{item.copies}", "", "1", ""))
    desk.db.truncate_log()
    record = material_papers.record_of(desk, lines, (person, _name(second)), basis, _METHOD, place, now)
    return Reduced(len(found.cables), len(keys), len(found.items), record)


def _proven(desk: Desk, before: int) -> tuple[tuple[tuple[StationId, Serial], ...], frozenset[CableId]]:
    """Say per station up to where nothing need be kept for a repeat, and of which cables something must be."""
    proven: list[tuple[StationId, Serial]] = []
    waited: frozenset[CableId] = frozenset()
    for each in continuity.every_outgoing(desk.db):
        last = continuity.last_before(desk.db, each.peer, before, copies.acknowledged(desk, each.peer))
        if last is not None:
            proven.append((each.peer, last))
        waited |= continuity.cables_kept_above(desk.db, each.peer, 0 if last is None else last)
    return tuple(proven), waited


def _end(desk: Desk, head: CableHead) -> list[BlobKey]:
    """Erase the text, the words, the annexes' keys of a cable; return the blobs that are nobody's now."""
    search.remove(desk.db, head.cable_id)
    cables.destroy_text(desk.db, head.cable_id)
    thin.forget_text(desk.db, head.cable_id)
    return list(blobs.end_annexes(desk.db, head.cable_id))


def _gone(desk: Desk, keys: list[BlobKey]) -> None:
    for key in keys:
        desk.files.erase(key)


def _name(second: str) -> str:
    return " ".join(second.split())


_METHOD = "Xóa khóa và nội dung trong kho, ghi đè trang cơ sở dữ liệu, cắt nhật ký / keys and texts erased in the store"
_DEGREES = {0: "không mật", 1: "MẬT", 2: "TỐI MẬT", 3: "TUYỆT MẬT"}
