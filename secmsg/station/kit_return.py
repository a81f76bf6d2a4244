"""A kit that is back, or lost: its log read by the post's own secret, compared, noted by two, its keys destroyed.

Source: docs/spec/kit.md 8 and 9. What came back is committed before the keys are destroyed, their destruction is noted
after it: a stop in between leaves a kit that stands as returned, and `kit_ending` goes on with it.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

from secmsg.errors import NotAllowed, StoreDamaged
from secmsg.ids import CableId
from secmsg.office import kit_log, kit_records, kits, materials
from secmsg.office.kit_log import KitAct, KitLine
from secmsg.office.kits import KitState, Permit, Use
from secmsg.office.materials import Act
from secmsg.station import compromises, keeping, kit_ending, kit_folder, kit_making, kit_papers, kit_reports, persons
from secmsg.station import desk as desks
from secmsg.station import material_ledger as ledger
from secmsg.station.compromises import Cause
from secmsg.station.desk import Desk
from secmsg.station.kit_views import CableUse, LogRow, Reconciliation
from secmsg.store import cables as cable_rows
from secmsg.store import kits as rows
from secmsg.store import materials as material_rows
from secmsg.store import registers
from secmsg.store.database import Database
from secmsg.store.kits import KeptKit
from secmsg.wire import codec


@dataclass(frozen=True, slots=True)
class Concluded:
    """What a return gave: the report as a PDF, and prints that are still out."""

    report: bytes = field(repr=False)
    still_out: int


def reconcile(desk: Desk, folder: Path) -> Reconciliation:
    """Read what a kit that came back says; nothing changes, here or there.

    NotFound for a folder that is no kit of this post, KitRefused for one whose keys are destroyed; StoreDamaged when
    its log or its store was altered.
    """
    kit_folder.check_keys(folder)
    kit = rows.by_id(desk.db, kit_folder.id_of(folder))
    if kit.state is KitState.MAKING:
        raise NotAllowed(f"kit {kit.number} was not issued: its making did not end")
    permit = kit_records.decode_permit(kit_records.decode_signed(kit.permit).permit)
    with kit_making.opened(desk, kit, folder) as db:
        entries = registers.verify(db, kit_log.REGISTER)
        use = rows.use(db)
        held = _held(db)
    lines = tuple(kit_log.decode(each.body) for each in entries)
    raw = codec.encode([each.body for each in entries])
    known = rows.cables(desk.db, kit.number)
    found = Reconciliation(
        kit.number, permit, kit.state, use, tuple(_cables(desk, known, lines)), tuple(_rows(desk, known, lines)),
        len({each.machine for each in lines}), kits.judge(permit, use, desk.now()), kit.drops - use.drops,
        _differences(permit, use, lines, {inner for inner, _, addition in known if addition <= use.drops}, held),
        raw=raw,
    )  # fmt: skip
    if kit.log is None:
        return found
    kinship, common = kit_log.compare(unpack(kit.log), unpack(raw))
    said = f"this is a second folder of kit {kit.number}: it is {kinship.value} to what came back, {common} lines alike"
    return replace(found, kinship=kinship, differences=(*found.differences, said))


def unpack(raw: bytes) -> tuple[bytes, ...]:
    """Return the lines of a kept log."""
    values = codec.decode(raw, max_bytes=2**26, max_items=2**20)
    if not isinstance(values, list):
        raise StoreDamaged("a kept log is none")
    return tuple(codec.as_raw(each, 1, kit_log.MAX_BYTES, "kit log") for each in values)


def conclude(
    desk: Desk, found: Reconciliation, folder: Path, second: str, handed_back: int, note: str = ""
) -> Concluded:
    """Note the return by two persons, destroy the keys, note that; a second folder of the same kit only loses its keys.

    NotAllowed without the second person, for another folder, for more prints back than were made.
    """
    kit = rows.by_id(desk.db, kit_folder.id_of(folder))
    if kit.number != found.number or kit.item is None:
        raise NotAllowed("this folder is another kit's")
    if not 0 <= handed_back <= found.printed:
        raise NotAllowed(f"{found.printed} prints were made: not more than these come back")
    persons.check_may_sign(desk)
    officer = ledger.officer(desk)
    materials.check_names(Act.DESTROYED, officer, second)
    out = found.printed - handed_back
    if kit.log is None:
        _note_return(desk, kit, found, second, out, note)
    kit_ending.destroy(desk, kit, folder, second)
    own = desks.directory(desk).station(desks.own(desk).station)
    people = (officer, second, found.permit.bearer)
    return Concluded(kit_papers.report(found, own.name_vi, own.timezone, people, handed_back), out)


def _note_return(desk: Desk, kit: KeptKit, found: Reconciliation, second: str, out: int, note: str) -> None:
    office = desks.directory(desk).station(desks.own(desk).station).name_vi
    said = f"{found.opened} openings, {found.printed} prints, {out} still out, {len(found.differences)} differences"
    with desk.db.transaction():
        item = material_rows.read(desk.db, kit.item or 0)
        if materials.may(item, Act.RETURNED):
            keeping.take_back(desk, item.number, office, said)
        if found.differences or out:
            lines = "; ".join((*found.differences, *([f"{out} prints still out"] if out else [])))
            keeping.discrepant(desk, item.number, lines[: materials.MAX_NOTE], second)
        noted = " ".join(note.split())[: materials.MAX_NOTE]
        changed = replace(kit, state=KitState.RETURNED, at=desk.now(), log=found.raw, noted=noted or said)
        rows.change(desk.db, changed)


def lost(desk: Desk, number: int, note: str = "") -> str:
    """Note that a kit is lost; nothing is added to it from now on, and nothing else of the post is touched.

    A draft of the report to headquarters is kept among the drafts, for an officer to complete and release; its text is
    returned. The kit may still turn up: its return is taken as before. NotAllowed for a kit that is not out.
    """
    kit = rows.read(desk.db, number)
    if kit.state not in (KitState.OUT, KitState.LOST) or kit.item is None:
        raise NotAllowed(f"kit {number} is {kit.state.name.lower().replace('_', ' ')}: it cannot be lost")
    said = " ".join(note.split())[: materials.MAX_NOTE]
    with desk.db.transaction():
        rows.change(desk.db, replace(kit, state=KitState.LOST, at=desk.now(), noted=said or kit.noted))
    item = material_rows.read(desk.db, kit.item)
    if materials.may(item, Act.MISSING):
        compromises.stop(desk, item.number, Cause.LOST, said)
    return kit_reports.draft_lost(desk, kit, said)


# --- reading the log -------------------------------------------------------------------------------------------------


def _held(db: Database) -> frozenset[CableId]:
    ways = cable_rows.Direction
    return frozenset(each.cable_id for way in ways for each in cable_rows.listed(db, way))


def _cables(desk: Desk, known: tuple[tuple[CableId, CableId, int], ...], lines: tuple[KitLine, ...]) -> list[CableUse]:
    found = []
    for inner, cable_id, addition in known:
        head = cable_rows.head(desk.db, cable_id)

        def count(act: KitAct, of: CableId = inner) -> int:
            return sum(1 for each in lines if each.cable == of and each.act is act)

        found.append(
            CableUse(
                cable_id, head.mrn, head.subject, addition, count(KitAct.READ), count(KitAct.PREVIEWED),
                count(KitAct.PRINTED), count(KitAct.EXPORTED),
            )
        )  # fmt: skip
    return sorted(found, key=lambda each: (each.addition, each.mrn))


def _rows(desk: Desk, known: tuple[tuple[CableId, CableId, int], ...], lines: tuple[KitLine, ...]) -> list[LogRow]:
    mrns = {inner: cable_rows.head(desk.db, cable_id).mrn for inner, cable_id, _ in known}
    marks = list(dict.fromkeys(each.machine for each in lines))
    return [
        LogRow(number, each.at, each.act, mrns.get(each.cable, ""), each.detail, marks.index(each.machine) + 1)
        for number, each in enumerate(lines, 1)
    ]


def _differences(
    permit: Permit, use: Use, lines: tuple[KitLine, ...], known: set[CableId], held: frozenset[CableId]
) -> tuple[str, ...]:
    acts = [each.act for each in lines]
    found = []
    for what, counted, act in (
        ("openings", use.openings, KitAct.OPENED),
        ("prints", use.prints, KitAct.PRINTED),
        ("exports", use.exports, KitAct.EXPORTED),
    ):
        if acts.count(act) != counted:
            found.append(f"{what}: the kit counted {counted}, its log holds {acts.count(act)}")
    if held != known:
        found.append(f"cables: {len(known)} were put in, {len(held)} are there")
    late = [each for each in lines if each.act is KitAct.READ and not permit.start <= each.at < permit.until]
    if late:
        found.append(f"read outside the permit's time: {len(late)} times")
    refused = acts.count(KitAct.REFUSED)
    if refused:
        found.append(f"{refused} openings at a wrong time were refused")
    machines = len({each.machine for each in lines})
    if machines > 1:
        found.append(f"it was opened on {machines} machines")
    return tuple(found)
