"""The directory edition in force, the segments it came from, and the heads that others have shown.

Source: docs/spec/store.md 3.
"""

from dataclasses import dataclass, field

from secmsg.errors import Rollback
from secmsg.ids import EditionNumber
from secmsg.store.database import Database

_MARK = 8
"""Bytes of a root that packets carry: what can be compared of any two."""


@dataclass(frozen=True, slots=True)
class KeptDirectory:
    """The verified directory; `body` is the authority's encoding of it, `root` 32 bytes."""

    number: EditionNumber
    root: bytes
    body: bytes = field(repr=False)
    taken_at: int


@dataclass(frozen=True, slots=True)
class ShownHead:
    """An edition head (root: 32 bytes, or the first 8 of them) shown by a peer or a relay."""

    source: str
    number: EditionNumber
    root: bytes
    at: int


def current(db: Database) -> KeptDirectory | None:
    """Return the edition in force, None before joining."""
    row = db.one("SELECT number, root, body, taken_at FROM directory WHERE one = 1")
    return None if row is None else KeptDirectory(EditionNumber(row[0]), *row[1:])


def replace(db: Database, kept: KeptDirectory) -> None:
    """Put a verified edition in force; Rollback when it is older than, or in conflict with, the one there."""
    there = current(db)
    if there is not None and (kept.number < there.number or (kept.number == there.number and kept.root != there.root)):
        raise Rollback("the store holds a newer or another edition")
    db.run(
        "INSERT INTO directory (one, number, root, body, taken_at) VALUES (1, ?, ?, ?, ?) "
        "ON CONFLICT (one) DO UPDATE SET number = excluded.number, root = excluded.root, body = excluded.body, "
        "taken_at = excluded.taken_at",
        (kept.number, kept.root, kept.body, kept.taken_at),
    )


def keep_edition(db: Database, number: EditionNumber, segment: bytes) -> None:
    """Keep a verified feed segment; a second time does nothing."""
    db.run("INSERT INTO editions (number, segment) VALUES (?, ?) ON CONFLICT DO NOTHING", (number, segment))


def edition(db: Database, number: EditionNumber) -> bytes | None:
    """Return a kept feed segment."""
    row = db.one("SELECT segment FROM editions WHERE number = ?", (number,))
    return None if row is None else bytes(row[0])


def note_head(db: Database, head: ShownHead) -> None:
    """Remember a head that someone has shown; a second time does nothing."""
    db.run(
        "INSERT INTO heads (source, number, root, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (head.source, head.number, head.root, head.at),
    )


def heads(db: Database, number: EditionNumber) -> tuple[ShownHead, ...]:
    """List the heads shown for one edition number: more than one root is a fork."""
    rows = db.all("SELECT source, number, root, at FROM heads WHERE number = ? ORDER BY at, source", (number,))
    return tuple(ShownHead(source, EditionNumber(n), root, at) for source, n, root, at in rows)


def newest_of_each(db: Database) -> tuple[ShownHead, ...]:
    """List the newest edition that each source has shown, and every other root of the same number that it showed."""
    rows = db.all(
        "SELECT source, number, root, at FROM heads AS h "
        "WHERE number = (SELECT max(number) FROM heads WHERE source = h.source) ORDER BY source, at"
    )
    return tuple(ShownHead(source, EditionNumber(n), root, at) for source, n, root, at in rows)


def forked(db: Database, held: EditionNumber, root: bytes) -> tuple[int, ...]:
    """List the numbers under which more than one root was shown, ours among them (32 bytes, of edition `held`)."""
    found: dict[int, list[bytes]] = {held: [root]}
    for number, shown in db.all("SELECT number, root FROM heads ORDER BY number"):
        found.setdefault(number, []).append(shown)
    return tuple(sorted(number for number, roots in found.items() if len({each[:_MARK] for each in roots}) > 1))


def highest_head(db: Database) -> EditionNumber | None:
    """Return the highest edition number that anyone has shown."""
    row = db.one("SELECT max(number) FROM heads")
    return None if row is None or row[0] is None else EditionNumber(row[0])


def highest_of(db: Database, source: str) -> EditionNumber | None:
    """Return the highest edition number that one source has shown."""
    row = db.one("SELECT max(number) FROM heads WHERE source = ?", (source,))
    return None if row is None or row[0] is None else EditionNumber(row[0])
