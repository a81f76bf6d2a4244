"""What each machine has signed to have opened under a cable's id; a contradiction stays beside what it contradicts.

Source: docs/spec/store.md 3, docs/spec/receipts.md 4.
"""

from dataclasses import dataclass, field

from secmsg.ids import CableId, DeviceId, StationId
from secmsg.store.database import Database
from secmsg.wire.service import ReceiptLevel


@dataclass(frozen=True, slots=True)
class KeptOpening:
    """One machine's word: the manifest hash it signed (empty: none), the highest rung said with it, the evidence."""

    cable_id: CableId
    station: StationId
    device: DeviceId
    opened: bytes
    level: ReceiptLevel
    at: int
    evidence: bytes = field(repr=False)


def keep(db: Database, opening: KeptOpening) -> bool:
    """Keep a machine's word; answer whether it is new. A higher rung of the same word replaces the lower one."""
    o = opening
    known = db.one(
        "SELECT 1 FROM openings WHERE cable_id = ? AND device = ? AND opened = ?", (o.cable_id, o.device, o.opened)
    )
    db.run(
        "INSERT INTO openings (cable_id, station, device, opened, level, at, evidence) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (cable_id, device, opened) DO UPDATE SET level = excluded.level, at = excluded.at "
        "WHERE excluded.level > level",
        (o.cable_id, o.station, o.device, o.opened, o.level, o.at, o.evidence),
    )
    return known is None


def of_cable(db: Database, cable_id: CableId) -> tuple[KeptOpening, ...]:
    """List what machines have said about a cable, by machine."""
    rows = db.all(
        "SELECT cable_id, station, device, opened, level, at, evidence FROM openings WHERE cable_id = ? "
        "ORDER BY device, opened",
        (cable_id,),
    )
    return tuple(
        KeptOpening(CableId(kept), StationId(station), DeviceId(device), opened, ReceiptLevel(level), at, evidence)
        for kept, station, device, opened, level, at, evidence in rows
    )
