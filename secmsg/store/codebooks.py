"""Headquarters' own codebooks and the missions' supplements, kept for as long as a message may need them.

Source: docs/spec/codebook.md 9. What a file says is checked before it comes here.
"""

from dataclasses import dataclass, field

from secmsg.errors import NotFound
from secmsg.store.database import Database


@dataclass(frozen=True, slots=True)
class KeptSupplement:
    """An issue shared with `peer` (0: with every station); `in_force` since when, None while it is being written."""

    peer: int
    issue: int
    file: str = field(repr=False)
    at: int
    in_force: int | None


def keep(db: Database, edition: int, file: str, at: int) -> None:
    """Keep the file of an edition that is not here yet."""
    db.run("INSERT INTO codebooks (edition, file, at) VALUES (?, ?, ?)", (edition, file, at))


def editions(db: Database) -> tuple[int, ...]:
    """Return the numbers of the editions kept, the lowest first."""
    return tuple(edition for (edition,) in db.all("SELECT edition FROM codebooks ORDER BY edition"))


def file(db: Database, edition: int) -> str:
    """Return the file of an edition; NotFound."""
    row = db.one("SELECT file FROM codebooks WHERE edition = ?", (edition,))
    if row is None:
        raise NotFound(f"edition {edition} of the codebook is not here")
    return str(row[0])


def supplements(db: Database, peer: int) -> tuple[KeptSupplement, ...]:
    """Return the issues shared with a peer, the newest first."""
    rows = db.all(
        "SELECT peer, issue, file, at, in_force FROM codebook_supplements WHERE peer = ? ORDER BY issue DESC", (peer,)
    )
    return tuple(KeptSupplement(*row) for row in rows)


def keep_supplement(db: Database, supplement: KeptSupplement) -> None:
    """Keep an issue; one that is being written takes the place of what was written of it so far."""
    db.run(
        "INSERT INTO codebook_supplements (peer, issue, file, at, in_force) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (peer, issue) DO UPDATE SET file = excluded.file, at = excluded.at, in_force = excluded.in_force",
        (supplement.peer, supplement.issue, supplement.file, supplement.at, supplement.in_force),
    )
