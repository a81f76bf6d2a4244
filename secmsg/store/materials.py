"""Items of the ledger, pad pages and sheets of figures: what is held, and how far it was used.

Source: docs/spec/materials.md 6. A page moves on and never back, its figures once erased never return: the database
refuses both (migrations/0015.sql). Figures are text of decimal figures; only `figures` and `sheets` give them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from secmsg.errors import NotFound, StoreError
from secmsg.ids import StationId
from secmsg.office.materials import Direction, Item, Kind, State
from secmsg.office.pad_pages import NEXT, Page, PageState
from secmsg.store.database import Database

_ITEM = (
    "SELECT item, kind, title, edition, copy, copies, state, before, peer, direction, holder, training, set_id, first, "
    "pages, ours, held, at, failures FROM materials "
)


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page as it comes into the store; `figures` is None for a page that stands on paper alone."""

    number: int
    figures: str | None = field(repr=False)


def keep(db: Database, item: Item) -> None:
    """Keep a new item under its number; StoreError when the number is taken, or the same copy is there."""
    i = item
    db.run(
        "INSERT INTO materials (item, kind, title, edition, copy, copies, state, before, peer, direction, holder, "
        "training, set_id, first, pages, ours, held, at, failures) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            i.number, i.kind, i.title, i.edition, i.copy, i.copies, i.state, i.before, i.peer, i.direction, i.holder,
            int(i.training), i.set_id, i.first, i.pages, int(i.ours), int(i.held), i.at, i.failures,
        ),
    )  # fmt: skip


def change(db: Database, item: Item) -> None:
    """Keep what may change of an item: where it stands, who has it, what is held; NotFound."""
    changed = db.run(
        "UPDATE materials SET state = ?, before = ?, holder = ?, held = ?, at = ?, failures = ? WHERE item = ?",
        (item.state, item.before, item.holder, int(item.held), item.at, item.failures, item.number),
    )
    if not changed:
        raise NotFound(f"there is no item {item.number}")


def next_number(db: Database) -> int:
    """Return the register number of the next item."""
    row = db.one("SELECT coalesce(max(item), 0) + 1 FROM materials")
    return 1 if row is None else int(row[0])


def read(db: Database, number: int) -> Item:
    """Return an item; NotFound."""
    row = db.one(_ITEM + "WHERE item = ?", (number,))
    if row is None:
        raise NotFound(f"there is no item {number}")
    return _item(*row)


def every(db: Database) -> tuple[Item, ...]:
    """List all items by number."""
    return tuple(_item(*row) for row in db.all(_ITEM + "ORDER BY item"))


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line of a challenge list as it comes into the store."""

    number: int
    challenge: str = field(repr=False)
    reply: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ListLine:
    """A line of a challenge list: `reply` is erased with its use, None where the list stands on paper alone."""

    number: int
    struck_at: int | None
    challenge: str | None = field(repr=False)
    reply: str | None = field(repr=False)


def keep_lines(db: Database, item: int, lines: Sequence[NewLine]) -> None:
    """Keep the lines of a new challenge list."""
    db.run_many(
        "INSERT INTO challenge_lines (item, line, challenge, reply) VALUES (?, ?, ?, ?)",
        ((item, each.number, each.challenge, each.reply) for each in lines),
    )


def lines(db: Database, item: int) -> tuple[ListLine, ...]:
    """List the lines of a challenge list by number."""
    select = "SELECT line, struck_at, challenge, reply FROM challenge_lines WHERE item = ? ORDER BY line"
    return tuple(ListLine(*row) for row in db.all(select, (item,)))


def strike(db: Database, item: int, line: int, now: int) -> None:
    """Strike a line out, for ever; StoreError when it is struck already."""
    struck = "UPDATE challenge_lines SET struck_at = ? WHERE item = ? AND line = ? AND struck_at IS NULL"
    if db.run(struck, (now, item, line)) != 1:
        raise StoreError(f"line {line} of item {item} is struck already")


def erase_reply(db: Database, item: int, line: int) -> None:
    """Erase the reply of a line that was used."""
    db.run("UPDATE challenge_lines SET reply = NULL WHERE item = ? AND line = ?", (item, line))


# --- pages -----------------------------------------------------------------------------------------------------------


def keep_pages(db: Database, item: int, pages: Sequence[NewPage], sheets: Sequence[str], now: int) -> None:
    """Keep the pages of a new book and the figures of its sheets."""
    db.run_many(
        "INSERT INTO pad_pages (item, page, state, figures, at) VALUES (?, ?, ?, ?, ?)",
        ((item, each.number, int(PageState.READY), each.figures, now) for each in pages),
    )
    db.run_many(
        "INSERT INTO pad_sheets (item, sheet, figures) VALUES (?, ?, ?)",
        ((item, number, figures) for number, figures in enumerate(sheets, 1)),
    )


def pages(db: Database, item: int) -> tuple[Page, ...]:
    """List the pages of a book by number."""
    rows = db.all("SELECT page, state, at, serial, cable FROM pad_pages WHERE item = ? ORDER BY page", (item,))
    return tuple(Page(number, PageState(state), at, serial, cable) for number, state, at, serial, cable in rows)


def page(db: Database, item: int, number: int) -> Page | None:
    """Return a page of a book, None when it has none of this number."""
    row = db.one("SELECT page, state, at, serial, cable FROM pad_pages WHERE item = ? AND page = ?", (item, number))
    return None if row is None else Page(row[0], PageState(row[1]), row[2], row[3], row[4])


def held(db: Database, item: int) -> int:
    """Return how many pages of a book have figures in the store."""
    row = db.one("SELECT count(*) FROM pad_pages WHERE item = ? AND figures IS NOT NULL", (item,))
    return 0 if row is None else int(row[0])


def figures(db: Database, item: int, number: int) -> str | None:
    """Return the 490 figures of a page, None when they are not held."""
    row = db.one("SELECT figures FROM pad_pages WHERE item = ? AND page = ?", (item, number))
    return None if row is None else row[0]


def sheets(db: Database, item: int) -> tuple[str, ...]:
    """Return the secrets of the authentication sheets that are held, 5 figures each."""
    return tuple(row[0] for row in db.all("SELECT figures FROM pad_sheets WHERE item = ? ORDER BY sheet", (item,)))


def move(db: Database, item: int, number: int, state: PageState, now: int, *, serial: int = 0, cable: str = "") -> None:
    """Move a page on; its figures are erased unless it is only opened. StoreError when it may not go there.

    `serial` and `cable`, once set, stay.
    """
    sources = [int(source) for source, targets in NEXT.items() if state in targets]
    marks = ", ".join("?" for _ in sources)
    keeps = "figures" if state is PageState.OPEN else "NULL"
    changed = db.run(
        f"UPDATE pad_pages SET state = ?, at = ?, figures = {keeps}, "  # noqa: S608 - one of two words
        "serial = CASE ? WHEN 0 THEN serial ELSE ? END, cable = CASE ? WHEN '' THEN cable ELSE ? END "
        f"WHERE item = ? AND page = ? AND state IN ({marks})",
        (int(state), now, serial, serial, cable, cable, item, number, *sources),
    )
    if changed != 1:
        raise StoreError(f"page {number} of item {item} cannot become {state.name.lower()}")


def erase(db: Database, item: int) -> int:
    """Erase every figure held of a book or list, sheets too; return how many pages and lines had some."""
    erased = db.run("UPDATE pad_pages SET figures = NULL WHERE item = ? AND figures IS NOT NULL", (item,))
    db.run("DELETE FROM pad_sheets WHERE item = ?", (item,))
    lines = "UPDATE challenge_lines SET challenge = NULL, reply = NULL WHERE item = ? AND reply IS NOT NULL"
    return erased + db.run(lines, (item,))


def _item(
    number: int,
    kind: int,
    title: str,
    edition: int,
    copy: int,
    copies: int,
    state: int,
    before: int,
    peer: int,
    direction: int,
    holder: str,
    training: int,
    set_id: bytes,
    first: int,
    pages: int,
    ours: int,
    held: int,
    at: int,
    failures: int,
) -> Item:
    return Item(
        number, Kind(kind), title, edition, copy, copies, State(state), State(before), StationId(peer),
        Direction(direction), holder, bool(training), bytes(set_id), first, pages, bool(ours), bool(held), at,
        failures,
    )  # fmt: skip
