"""Full-text search over folded words: "dien hoa toc" finds "Điện Hỏa tốc" (docs/spec/store.md 7).

The index holds the folded words and their places, not the text, and lies in the enciphered database.
"""

from secmsg.ids import CableId
from secmsg.store import cables
from secmsg.store.database import Database
from secmsg.vietnamese import fold

MAX_WORDS = 16
MAX_WORD = 64


def index(db: Database, cable_id: CableId, text: str) -> None:
    """Make a cable findable by the words of `text`, in place of what was indexed before."""
    cable_no = cables.number_of(db, cable_id)
    remove(db, cable_id)
    db.run("INSERT INTO search (rowid, words) VALUES (?, ?)", (cable_no, fold(text)))


def remove(db: Database, cable_id: CableId) -> None:
    """Take a cable out of what is found; its words leave the index's pages with the next `purge`."""
    db.run("DELETE FROM search WHERE rowid = ?", (cables.number_of(db, cable_id),))


def purge(db: Database) -> None:
    """Rewrite the index without the words of removed cables, once after a destruction."""
    # A contentless index only marks what is deleted; joining its segments drops the marked words.
    db.run("INSERT INTO search (search) VALUES ('optimize')")


def find(db: Database, text: str, limit: int = 500) -> tuple[CableId, ...]:
    """List the cables that hold every word of `text`, the last as a beginning, newest first.

    None for no word.
    """
    query = _query(text)
    if not query:
        return ()
    rows = db.all(
        "SELECT c.cable_id FROM search AS s JOIN cables AS c ON c.cable_no = s.rowid WHERE s.words MATCH ? "
        "ORDER BY c.at DESC, c.cable_no DESC LIMIT ?",
        (query, limit),
    )
    return tuple(CableId(row[0]) for row in rows)


def count(db: Database) -> int:
    """Count the cables that can be found."""
    row = db.one("SELECT count(*) FROM search")
    return 0 if row is None else int(row[0])


def _query(text: str) -> str:
    """Quote each word, so that nothing the officer types is an operator of the query language."""
    words = _words(fold(text))[:MAX_WORDS]
    if not words:
        return ""
    return " ".join(f'"{word}"' for word in words) + "*"


def _words(folded: str) -> list[str]:
    # The same cut as the index's tokenizer: letters and digits belong to words, all else parts them.
    parted = "".join(c if c.isalnum() else " " for c in folded)
    return [word[:MAX_WORD] for word in parted.split()]
