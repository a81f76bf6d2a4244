"""Pouches written and read: a log, and the evidence of what was in one that was read back (docs/spec/store.md 6).

A line is begun before the act. Only `proven_at` says that the act is proven: a pouch whose writing was cut off, by
whatever, has none and counts for nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from secmsg.ids import CableId, MessageId, PouchId, StationId
from secmsg.store.database import Database


class Way(IntEnum):
    """Whether a pouch was written here or read here."""

    WRITTEN = 1
    READ = 2


@dataclass(frozen=True, slots=True)
class KeptPouch:
    """One line of the log; `proven_at` is None for an act that nothing proves."""

    number: int
    way: Way
    pouch_id: PouchId
    name: str
    size: int
    begun_at: int
    proven_at: int | None
    envelopes: int
    blobs: int
    detail: str


@dataclass(frozen=True, slots=True)
class Packed:
    """One envelope as it goes into a pouch; `cable_id` is None for a service item."""

    message_id: MessageId
    cable_id: CableId | None
    station: StationId


@dataclass(frozen=True, slots=True)
class PouchEvidence:
    """That an envelope lay in a pouch which was read back from its medium at `read_back_at`, byte for byte."""

    pouch_id: PouchId
    name: str
    message_id: MessageId
    written_at: int
    read_back_at: int


def begin(db: Database, way: Way, pouch_id: PouchId, name: str, size: int, now: int) -> int:
    """Begin a line of the log before the act and return its number."""
    return db.insert(
        "INSERT INTO pouches (direction, pouch_id, name, size, begun_at) VALUES (?, ?, ?, ?, ?)",
        (way, pouch_id, name, size, now),
    )


def count(db: Database, number: int, envelopes: int, blobs: int) -> None:
    """Note how much a pouch holds, as soon as that is known."""
    db.run("UPDATE pouches SET envelopes = ?, blobs = ? WHERE pouch_no = ?", (envelopes, blobs, number))


def pack(db: Database, number: int, envelopes: Iterable[Packed]) -> None:
    """Note what a pouch is made of."""
    db.run_many(
        "INSERT INTO pouch_envelopes (pouch_no, message_id, cable_id, station) VALUES (?, ?, ?, ?)",
        [(number, each.message_id, each.cable_id, each.station) for each in envelopes],
    )


def prove(db: Database, number: int, now: int, detail: str = "") -> None:
    """Note that the act is proven: read back and equal, or read to its end."""
    db.run("UPDATE pouches SET proven_at = ?, detail = ? WHERE pouch_no = ?", (now, detail, number))


def fail(db: Database, number: int, detail: str) -> None:
    """Note why an act is not proven."""
    db.run("UPDATE pouches SET detail = ? WHERE pouch_no = ?", (detail, number))


def every(db: Database, limit: int = 1_000) -> tuple[KeptPouch, ...]:
    """List the log, newest first."""
    rows = db.all(
        "SELECT pouch_no, direction, pouch_id, name, size, begun_at, proven_at, envelopes, blobs, detail FROM pouches "
        "ORDER BY pouch_no DESC LIMIT ?",
        (limit,),
    )
    return tuple(KeptPouch(number, Way(way), PouchId(pouch_id), *rest) for number, way, pouch_id, *rest in rows)


def was_read(db: Database, pouch_id: bytes) -> bool:
    """Say whether the 16 bytes name a pouch that was opened here, and not a relay."""
    return db.one("SELECT 1 FROM pouches WHERE pouch_id = ? AND direction = 2", (pouch_id,)) is not None


def written_at(db: Database, pouch_id: PouchId) -> int | None:
    """Return when a pouch was made here, None when it was not."""
    row = db.one("SELECT begun_at FROM pouches WHERE pouch_id = ? AND direction = 1", (pouch_id,))
    return None if row is None else int(row[0])


def read_whole_at(db: Database, pouch_id: PouchId) -> int | None:
    """Return when a pouch was last read to its end here, None when it never was."""
    row = db.one("SELECT max(proven_at) FROM pouches WHERE pouch_id = ? AND direction = 2", (pouch_id,))
    return None if row is None or row[0] is None else int(row[0])


_EVIDENCE = (
    "SELECT p.pouch_id, p.name, e.message_id, p.begun_at, p.proven_at FROM pouch_envelopes AS e "
    "JOIN pouches AS p ON p.pouch_no = e.pouch_no WHERE p.proven_at IS NOT NULL AND "
)


def of_message(db: Database, message_id: MessageId) -> tuple[PouchEvidence, ...]:
    """List the pouches that an envelope is proven to be written to, oldest first."""
    return _evidence(db, "e.message_id = ?", message_id)


def of_cable(db: Database, cable_id: CableId, station: StationId) -> tuple[PouchEvidence, ...]:
    """List the pouches that a cable's envelopes to one station are proven to be written to, oldest first."""
    return _evidence(db, "e.cable_id = ? AND e.station = ?", cable_id, station)


def _evidence(db: Database, where: str, *values: bytes | int) -> tuple[PouchEvidence, ...]:
    rows = db.all(_EVIDENCE + where + " ORDER BY p.pouch_no, e.message_id", values)
    return tuple(
        PouchEvidence(PouchId(pouch_id), name, MessageId(message_id), written_at, proven_at)
        for pouch_id, name, message_id, written_at, proven_at in rows
    )
