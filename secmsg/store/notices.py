"""Lasting notices: what an officer must learn and that is not a cable (docs/spec/store.md 3)."""

from dataclasses import dataclass

from secmsg.store.database import Database

MAX_KEPT = 100
"""Of each kind, so that a flood of one kind never pushes out another."""


@dataclass(frozen=True, slots=True)
class KeptNotice:
    """One notice; `kind` is the station's word for it."""

    notice_id: int
    kind: str
    at: int
    detail: str


def add(db: Database, kind: str, at: int, detail: str) -> int:
    """Keep a notice and return its number; the oldest of its kind beyond 100 are forgotten."""
    notice_id = db.insert("INSERT INTO notices (kind, at, detail) VALUES (?, ?, ?)", (kind, at, detail))
    # A hostile relay can cause notices: they must not fill the disk.
    db.run(
        "DELETE FROM notices WHERE kind = ? AND notice_id NOT IN "
        "(SELECT notice_id FROM notices WHERE kind = ? ORDER BY notice_id DESC LIMIT ?)",
        (kind, kind, MAX_KEPT),
    )
    return notice_id


def newest(db: Database, limit: int = 50) -> tuple[KeptNotice, ...]:
    """List notices, newest first."""
    rows = db.all("SELECT notice_id, kind, at, detail FROM notices ORDER BY notice_id DESC LIMIT ?", (limit,))
    return tuple(KeptNotice(*row) for row in rows)


def dismiss(db: Database, notice_id: int) -> None:
    """Forget a notice that the officer has seen."""
    db.run("DELETE FROM notices WHERE notice_id = ?", (notice_id,))


def dismiss_kind(db: Database, kind: str) -> None:
    """Forget every notice of a kind: what it said is no longer so."""
    db.run("DELETE FROM notices WHERE kind = ?", (kind,))
