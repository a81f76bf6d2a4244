"""Certificates met so far, and whether an officer has compared their fingerprint (docs/spec/store.md 3).

A new certificate for a known person or device is a change of key, which blocks sending until an officer
confirms it.
"""

from dataclasses import dataclass

from secmsg.errors import NotFound
from secmsg.ids import CertificateRef, StationId
from secmsg.store.database import Database
from secmsg.wire.certificate import CertificateType


@dataclass(frozen=True, slots=True)
class Contact:
    """One certificate met; `subject` is a device or person id, `confirmed_at` None until compared."""

    ref: CertificateRef
    type: CertificateType
    subject: int
    station: StationId
    met_at: int
    confirmed_at: int | None = None
    note: str = ""


_SELECT = "SELECT ref, type, subject, station, met_at, confirmed_at, note FROM contacts "


def meet(db: Database, contact: Contact) -> bool:
    """Note a certificate on its first use; answer whether it is new."""
    changed = db.run(
        "INSERT INTO contacts (ref, type, subject, station, met_at, confirmed_at, note) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            contact.ref, contact.type, contact.subject, contact.station, contact.met_at, contact.confirmed_at,
            contact.note,
        ),
    )  # fmt: skip
    return changed == 1


def of_subject(db: Database, type_: CertificateType, subject: int) -> tuple[Contact, ...]:
    """List the certificates met of one device or person, the latest first."""
    rows = db.all(
        _SELECT + "WHERE type = ? AND subject = ? ORDER BY met_at DESC, rowid DESC",
        (type_, subject),
    )
    return tuple(_contact(*row) for row in rows)


def every(db: Database) -> tuple[Contact, ...]:
    """List all certificates met, by station."""
    rows = db.all(_SELECT + "ORDER BY station, type, subject, met_at")
    return tuple(_contact(*row) for row in rows)


def confirm(db: Database, ref: CertificateRef, at: int, note: str = "") -> None:
    """Note that an officer has compared the fingerprint; NotFound when the certificate was never met."""
    if not db.run("UPDATE contacts SET confirmed_at = ?, note = ? WHERE ref = ?", (at, note, ref)):
        raise NotFound("no such contact")


def _contact(
    ref: bytes, type_: int, subject: int, station: int, met_at: int, confirmed_at: int | None, note: str
) -> Contact:
    return Contact(CertificateRef(ref), CertificateType(type_), subject, StationId(station), met_at, confirmed_at, note)
