"""Which lines of the record of persons are about a cable; only added to (docs/spec/persons.md 6)."""

from secmsg.ids import CableId
from secmsg.store.database import Database


def keep(db: Database, cable_id: CableId, line: int, deed: int, officer: int) -> None:
    """Note a line of the record as one about a cable, in the caller's transaction."""
    db.run(
        "INSERT INTO cable_deeds (cable_id, line, deed, officer) VALUES (?, ?, ?, ?)", (cable_id, line, deed, officer)
    )


def has(db: Database, cable_id: CableId, deed: int, officer: int) -> bool:
    """Say whether a person has a line of this deed about a cable; reads the lines of that cable alone."""
    select = "SELECT 1 FROM cable_deeds WHERE cable_id = ? AND deed = ? AND officer = ? LIMIT 1"
    return db.one(select, (cable_id, deed, officer)) is not None


def lines(db: Database, cable_id: CableId) -> tuple[int, ...]:
    """List the numbers of the lines about a cable, the oldest first."""
    select = "SELECT line FROM cable_deeds WHERE cable_id = ? ORDER BY line"
    return tuple(int(row[0]) for row in db.all(select, (cable_id,)))
