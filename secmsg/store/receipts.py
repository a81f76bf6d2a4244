"""Receipts: what addressees have proven about our cables, and what we have still to say about theirs.

Source: docs/spec/store.md 3.
"""

from dataclasses import dataclass, field

from secmsg.ids import CableId, CertificateRef, StationId
from secmsg.store.database import Database
from secmsg.wire.service import ReceiptLevel


@dataclass(frozen=True, slots=True)
class KeptReceipt:
    """A rung reached at one station.

    `evidence` is the signed receipts that prove it, `number` 0 or a register number.
    """

    cable_id: CableId
    station: StationId
    level: ReceiptLevel
    at: int
    number: int
    note: str
    signer: CertificateRef
    evidence: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReceiptDue:
    """A receipt to be sent to `station` with the next batch."""

    cable_id: CableId
    level: ReceiptLevel
    station: StationId
    at: int
    number: int = 0
    note: str = ""


def keep(db: Database, receipt: KeptReceipt) -> bool:
    """Keep a verified receipt; answer False, changing nothing, when this rung was proven before."""
    r = receipt
    changed = db.run(
        "INSERT INTO receipts (cable_id, station, level, at, number, note, signer, evidence) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (r.cable_id, r.station, r.level, r.at, r.number, r.note, r.signer, r.evidence),
    )
    return changed == 1


def of_cable(db: Database, cable_id: CableId) -> tuple[KeptReceipt, ...]:
    """List what is proven about a cable, by station and rung."""
    rows = db.all(
        "SELECT cable_id, station, level, at, number, note, signer, evidence FROM receipts "
        "WHERE cable_id = ? ORDER BY station, level",
        (cable_id,),
    )
    return tuple(
        KeptReceipt(
            CableId(kept_id), StationId(station), ReceiptLevel(level), at, number, note,
            CertificateRef(signer),
            evidence,
        )
        for kept_id, station, level, at, number, note, signer, evidence in rows
    )  # fmt: skip


def add_due(db: Database, due: ReceiptDue) -> bool:
    """Note a receipt to be sent; answer False when this rung is noted already."""
    changed = db.run(
        "INSERT INTO receipts_due (cable_id, level, station, at, number, note) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (due.cable_id, due.level, due.station, due.at, due.number, due.note),
    )
    return changed == 1


def every_due(db: Database) -> tuple[ReceiptDue, ...]:
    """List the receipts to be sent, by station, oldest first."""
    rows = db.all(
        "SELECT cable_id, level, station, at, number, note FROM receipts_due ORDER BY station, at, level, rowid"
    )
    return tuple(
        ReceiptDue(CableId(cable_id), ReceiptLevel(level), StationId(station), *rest)
        for cable_id, level, station, *rest in rows
    )


def settle_due(db: Database, cable_id: CableId, level: ReceiptLevel) -> None:
    """Forget a receipt, in the transaction that puts its batch into the outbox."""
    db.run("DELETE FROM receipts_due WHERE cable_id = ? AND level = ?", (cable_id, level))
