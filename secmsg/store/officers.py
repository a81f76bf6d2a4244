"""The persons of this post and their absences (docs/spec/persons.md 5)."""

from dataclasses import dataclass, field

from secmsg.errors import NotFound
from secmsg.office.persons import Rank, State, Term
from secmsg.store.database import Database, Row

_COLUMNS = "officer, name, title, rank, state, slot, person, public, certificate, request, pages, made_at, changed_at"
_ALIVE = "state IN (1, 2, 3, 4)"


@dataclass(frozen=True, slots=True)
class KeptOfficer:
    """A person as the store keeps it.

    `slot` is None without one; `person` the number in the directory, 0 while `certificate` is empty; `pages` are both
    copies of the slot of one who is suspended.
    """

    number: int
    name: str
    title: str
    rank: Rank
    state: State
    slot: int | None
    person: int
    public: bytes = field(repr=False)
    certificate: bytes = field(repr=False)
    request: bytes = field(repr=False)
    pages: bytes = field(repr=False)
    made_at: int
    changed_at: int


def keep(db: Database, officer: KeptOfficer) -> None:
    """Keep a person, new or changed."""
    o = officer
    db.run(
        f"INSERT INTO officers ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "  # noqa: S608
        "ON CONFLICT (officer) DO UPDATE SET name = excluded.name, title = excluded.title, rank = excluded.rank, "
        "state = excluded.state, slot = excluded.slot, person = excluded.person, certificate = excluded.certificate, "
        "request = excluded.request, pages = excluded.pages, changed_at = excluded.changed_at",
        (
            o.number, o.name, o.title, o.rank, o.state, o.slot, o.person, o.public, o.certificate, o.request, o.pages,
            o.made_at, o.changed_at,
        ),
    )  # fmt: skip


def forget(db: Database, number: int) -> None:
    """Forget a person whose keyslot was never made."""
    db.run("DELETE FROM officers WHERE officer = ? AND state = 1", (number,))


def next_number(db: Database) -> int:
    """Return the number of the next person."""
    row = db.one("SELECT coalesce(max(officer), 0) + 1 FROM officers")
    return 1 if row is None else int(row[0])


def every(db: Database) -> tuple[KeptOfficer, ...]:
    """List all persons by number, those who left too."""
    return tuple(_officer(row) for row in db.all(f"SELECT {_COLUMNS} FROM officers ORDER BY officer"))  # noqa: S608


def read(db: Database, number: int) -> KeptOfficer:
    """Return a person; NotFound."""
    row = db.one(f"SELECT {_COLUMNS} FROM officers WHERE officer = ?", (number,))  # noqa: S608
    if row is None:
        raise NotFound(f"there is no person {number} at this post")
    return _officer(row)


def by_slot(db: Database, slot: int) -> KeptOfficer | None:
    """Return the person whose keyslot this is, None when it is nobody's."""
    row = db.one(f"SELECT {_COLUMNS} FROM officers WHERE slot = ? AND {_ALIVE}", (slot,))  # noqa: S608
    return None if row is None else _officer(row)


def _officer(row: Row) -> KeptOfficer:
    number, name, title, rank, state, slot, person, public, certificate, request, pages, made, changed = row
    return KeptOfficer(
        number, name, title, Rank(rank), State(state), slot, person, bytes(public), bytes(certificate), bytes(request),
        bytes(pages), made, changed,
    )  # fmt: skip


# --- sealed copies of their keys -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeyCopy:
    """A person's seed, sealed to the sheet of this mark (16 bytes), or under the officer secret where it is empty."""

    copy: int
    sheet: bytes
    sealed: bytes = field(repr=False)


def add_copy(db: Database, officer: int, sheet: bytes, sealed: bytes) -> int:
    """Keep one more sealed copy of a person's key and return its number."""
    db.run("INSERT INTO officer_keys (officer, sheet, sealed) VALUES (?, ?, ?)", (officer, sheet, sealed))
    row = db.one("SELECT last_insert_rowid()")
    return 0 if row is None else int(row[0])


def copies(db: Database, officer: int) -> tuple[KeyCopy, ...]:
    """List the sealed copies of a person's key, the newest first."""
    select = "SELECT copy, sheet, sealed FROM officer_keys WHERE officer = ? ORDER BY copy DESC"
    return tuple(KeyCopy(copy, bytes(sheet), bytes(sealed)) for copy, sheet, sealed in db.all(select, (officer,)))


def drop_copy(db: Database, copy: int) -> None:
    """Erase a sealed copy."""
    db.run("DELETE FROM officer_keys WHERE copy = ?", (copy,))


# --- absences --------------------------------------------------------------------------------------------------------


def keep_term(db: Database, term: Term) -> None:
    """Keep a new absence, or how far it has come; who it is about never changes."""
    t = term
    db.run(
        "INSERT INTO officer_terms (term, officer, deputy, since, until, seen, ended_at, decided) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (term) DO UPDATE SET seen = excluded.seen, ended_at = excluded.ended_at",
        (t.number, t.officer, t.deputy or None, t.since, t.until, t.seen, t.ended_at, t.decided),
    )


def next_term(db: Database) -> int:
    """Return the number of the next absence."""
    row = db.one("SELECT coalesce(max(term), 0) + 1 FROM officer_terms")
    return 1 if row is None else int(row[0])


def terms(db: Database) -> tuple[Term, ...]:
    """List all absences, the oldest first."""
    rows = db.all("SELECT term, officer, coalesce(deputy, 0), since, until, seen, ended_at, decided FROM officer_terms")
    return tuple(Term(*row) for row in sorted(rows))
