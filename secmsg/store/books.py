"""Books of serials that two persons have opened anew, ours and our peers' (docs/spec/store.md 3)."""

from dataclasses import dataclass, field

from secmsg.ids import Serial, StationId
from secmsg.store.database import Database


@dataclass(frozen=True, slots=True)
class KeptBook:
    """A book opened: `outgoing` for our chain to the peer, else for the peer's to us.

    `base` (32 B) stands for the hash of the item before `first`; `message` is the service message with both signatures.
    """

    peer: StationId
    outgoing: bool
    book: int
    first: Serial
    base: bytes
    message: bytes = field(repr=False)
    opened_at: int


def keep(db: Database, book: KeptBook) -> None:
    """Keep a book; StoreError when this one is there."""
    db.run(
        "INSERT INTO books (peer, outgoing, book, first, base, message, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (book.peer, int(book.outgoing), book.book, book.first, book.base, book.message, book.opened_at),
    )


def latest(db: Database, peer: StationId, *, outgoing: bool) -> KeptBook | None:
    """Return the book in force of one direction, None while it is the first."""
    row = db.one(
        "SELECT peer, outgoing, book, first, base, message, opened_at FROM books "
        "WHERE peer = ? AND outgoing = ? ORDER BY book DESC LIMIT 1",
        (peer, int(outgoing)),
    )
    return None if row is None else _book(*row)


def highest(db: Database) -> int:
    """Return the highest number of a book of ours, 0 when none was opened."""
    row = db.one("SELECT coalesce(max(book), 0) FROM books WHERE outgoing = 1")
    return 0 if row is None else int(row[0])


def _book(peer: int, outgoing: int, book: int, first: int, base: bytes, message: bytes, opened_at: int) -> KeptBook:
    return KeptBook(StationId(peer), bool(outgoing), book, Serial(first), base, message, opened_at)
