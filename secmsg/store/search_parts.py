"""The index of words: parts of equal spans of cables, entered with each cable, made anew in steps when need be.

Source: docs/spec/store.md 7. A part is a contentless FTS5 table in the enciphered database; it holds folded words and
their places, and a few marks of each cable for the quick filters. `below` is the number under which cables are not
entered yet: 0 for a whole index, and the truth at every moment, for it moves in the transactions that enter them.
"""

from dataclasses import dataclass

from secmsg.errors import NotFound, StoreDamaged, StoreError
from secmsg.ids import CableId
from secmsg.store.cables import Direction
from secmsg.store.database import Database
from secmsg.vietnamese import fold
from secmsg.wire.cable import Degree, Urgency

SPAN_BITS = 15
"""32 768 cables a part: the costliest question to one part takes some hundredths of a second."""
RULE = 1
"""How words are folded and cut; a store of another rule is indexed anew."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of the index is there: cables are entered from the newest down to `below`; `top` is the newest."""

    below: int
    top: int

    @property
    def whole(self) -> bool:
        """Whether every cable can be found."""
        return self.below == 0

    @property
    def percent(self) -> int:
        """Give the part done, rounded down: 100 is said of a whole index alone."""
        return 100 if self.whole else min(99, 100 * (self.top + 1 - self.below) // max(1, self.top))


def progress(db: Database) -> Progress:
    """Say how much of the index is there."""
    row = db.one("SELECT below, (SELECT max(cable_no) FROM cables) FROM search_rest")
    if row is None:
        raise StoreDamaged("the index has lost its place")
    return Progress(int(row[0]), int(row[1] or 0))


def every(db: Database) -> tuple[int, ...]:
    """List the parts, newest cables first."""
    return tuple(row[0] for row in db.all("SELECT part FROM search_parts ORDER BY part DESC"))


def table(db: Database, part: int) -> str:
    """Name the table of a part."""
    return f"search_{_generation(db):d}_{part:d}"


def enter(db: Database, cable_id: CableId, text: str) -> None:
    """Make a cable findable by the words of `text`; NotFound. One that is in the index is removed first."""
    row = db.one("SELECT cable_no, direction, degree, urgency, annexes FROM cables WHERE cable_id = ?", (cable_id,))
    if row is None:
        raise NotFound("no such cable")
    cable_no = int(row[0])
    part = cable_no >> SPAN_BITS
    name = table(db, part)
    if not db.run("UPDATE search_parts SET held = held + 1 WHERE part = ?", (part,)):
        db.run("INSERT INTO search_parts (part, held) VALUES (?, 1)", (part,))
        _make(db, name)
    marks = " ".join(marks_of(Direction(row[1]), Degree(row[2]), urgency=Urgency(row[3]), annexes=row[4] > 0))
    db.run(f"INSERT INTO {name} (rowid, words, marks) VALUES (?, ?, ?)", (cable_no, fold(text), marks))  # noqa: S608


def marks_of(way: Direction | None, degree: Degree | None, *, urgency: Urgency, annexes: bool) -> tuple[str, ...]:
    """Give the marks by which the quick filters are answered in the index itself."""
    return (
        *(() if way is None else (f"way{way:d}",)),
        *(() if degree is None else (f"degree{degree:d}",)),
        *(("urgent",) if urgency >= Urgency.IMMEDIATE else ()),
        *(("annexed",) if annexes else ()),
    )


def remove(db: Database, cable_id: CableId) -> None:
    """Take a cable out of what is found; its words leave the index's pages with the next `purge`."""
    row = db.one("SELECT cable_no FROM cables WHERE cable_id = ?", (cable_id,))
    if row is None:
        raise NotFound("no such cable")
    cable_no = int(row[0])
    part = cable_no >> SPAN_BITS
    if part not in every(db):
        return
    name = table(db, part)
    if db.one(f"SELECT 1 FROM {name}_docsize WHERE id = ?", (cable_no,)) is not None:  # noqa: S608 - a name of ours
        db.run(f"DELETE FROM {name} WHERE rowid = ?", (cable_no,))  # noqa: S608 - a name of ours
        db.run("UPDATE search_parts SET held = held - 1 WHERE part = ?", (part,))


def purge(db: Database) -> None:
    """Rewrite the index without the words of removed cables, once after a destruction."""
    # A contentless index only marks what is deleted; joining its segments drops the marked words.
    for part in every(db):
        name = table(db, part)
        db.run(f"INSERT INTO {name} ({name}) VALUES ('optimize')")  # noqa: S608 - a name of ours


# --- made anew -------------------------------------------------------------------------------------------------------


def begin_anew(db: Database) -> None:
    """Forget the index and begin another under new names: nothing of a damaged one is read or written.

    Its tables are given up as far as they can still be opened.
    """
    old = [table(db, part) for part in every(db)]
    db.run("DELETE FROM search_parts")
    db.run(
        "UPDATE search_rest SET generation = generation + 1, rule = ?, "
        "below = (SELECT coalesce(max(cable_no) + 1, 0) FROM cables)",
        (RULE,),
    )
    for name in old:
        try:
            db.run(f"DROP TABLE {name}")
        except StoreError:
            continue


def missing(db: Database, limit: int) -> tuple[tuple[int, CableId], ...]:
    """List the newest cables with a text that are not entered yet, as numbers and ids."""
    rows = db.all(
        "SELECT c.cable_no, c.cable_id FROM search_rest AS r JOIN cable_bodies AS b ON b.cable_no < r.below "
        "JOIN cables AS c ON c.cable_no = b.cable_no ORDER BY b.cable_no DESC LIMIT ?",
        (limit,),
    )
    return tuple((row[0], CableId(row[1])) for row in rows)


def entered_down_to(db: Database, cable_no: int) -> None:
    """Note that every cable from this number on is in the index; 0: all of them."""
    db.run("UPDATE search_rest SET below = ?", (cable_no,))


def sound(db: Database) -> bool:
    """Look whether the index holds as many cables as were entered, under the rule in force.

    Quick enough for every opening. A look that cannot be had is an unsound index.
    """
    row = db.one("SELECT rule FROM search_rest")
    if row is None or row[0] != RULE:
        return False
    try:
        for part, held in db.all("SELECT part, held FROM search_parts"):
            name = table(db, part)
            if db.all(f"SELECT count(*) FROM {name}_docsize") != ((held,),):  # noqa: S608 - a name of ours
                return False
            # Every cable has a mark of its direction: none found means that the words are gone.
            asked = f"SELECT 1 FROM {name} WHERE {name} MATCH 'marks : (way1 OR way2)' LIMIT 1"  # noqa: S608 - as above
            if held and not db.all(asked):
                return False
    except StoreError:
        return False
    return True


def check(db: Database) -> bool:
    """Read the whole index and compare it with itself and with the cables; inside a transaction."""
    below = progress(db).below
    try:
        for part in every(db):
            name = table(db, part)
            db.run(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 0)")  # noqa: S608 - a name of ours
    except StoreError:
        return False
    held = sum(row[0] for row in db.all("SELECT held FROM search_parts"))
    row = db.one("SELECT count(*) FROM cable_bodies WHERE cable_no >= ?", (below,))
    return sound(db) and row is not None and row[0] == held


def _generation(db: Database) -> int:
    row = db.one("SELECT generation FROM search_rest")
    if row is None:
        raise StoreDamaged("the index has lost its place")
    return int(row[0])


def _make(db: Database, name: str) -> None:
    db.run(
        f"CREATE VIRTUAL TABLE {name} USING fts5 (words, marks, content = '', contentless_delete = 1, "
        'tokenize = "unicode61 remove_diacritics 0")'
    )
