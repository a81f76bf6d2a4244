"""Pad books are drawn: every figure from the system's generator, added to dice where dice were thrown.

Source: docs/spec/materials.md 2. Figures are drawn once and never made from a seed.
"""

from dataclasses import replace

from secmsg.crypto import figures as drawing
from secmsg.crypto.randomness import Random
from secmsg.errors import NotAllowed, SourceFailed
from secmsg.ids import StationId
from secmsg.office import materials, pad_pages
from secmsg.office.materials import Act, Direction, Item, Kind, State
from secmsg.office.pad_pages import LAST_LIVE, LAST_TRAINING, MAX_PAGES, MIN_PAGES
from secmsg.station import desk as desks
from secmsg.station import material_ledger as acts
from secmsg.station.desk import Desk
from secmsg.store import materials as rows
from secmsg.store.materials import NewPage

PAGE_FIGURES = 490
"""120 groups of four, and two masks of five."""
SHEET_FIGURES = 5
_NO_SHEET = "00000"


def dice_needed(pages: int, sheets: int) -> int:
    """Return how many figures of dice a book takes."""
    return pages * PAGE_FIGURES + sheets * SHEET_FIGURES


def draw(
    desk: Desk,
    peer: StationId,
    direction: Direction,
    pages: int,
    *,
    title: str = "",
    sheets: int = 2,
    dice: str = "",
    training: bool = False,
) -> tuple[Item, Item]:
    """Draw a book of 30 to 990 pages shared with a station, and return our copy and the other one, as items.

    `direction` is as we see it: OUT for a book with which we encipher. `dice`, figures of dice (`dice_needed` of them),
    are added figure by figure. A training book has pages of its own numbers and never meets the live register.
    NotAllowed for other bounds; SourceFailed when the figures show that the source is broken: nothing is kept then.
    """
    if not MIN_PAGES <= pages <= MAX_PAGES or sheets not in (1, 2):
        raise NotAllowed(f"a book has {MIN_PAGES} to {MAX_PAGES} pages and one or two sheets")
    drawn = book_figures(desk.random, pages, sheets, dice)
    with desk.db.transaction():
        own = _item(desk, peer, direction, pages, title, training=training)
        other = replace(
            own, number=own.number + 1, copy=3 - own.copy, direction=direction.other, ours=False,
            held=False, holder=desks.directory(desk).station(peer).name_vi,
        )  # fmt: skip
        for item in (own, other):
            rows.keep(desk.db, item)
        numbered = enumerate(drawn[0], own.first)
        rows.keep_pages(desk.db, own.number, [NewPage(*each) for each in numbered], drawn[1], own.at)
        for item in (own, other):
            note = "" if not dice else "dice"
            acts.enter(desk, item, Act.DRAWN, first=item.first, last=item.last, note=note)
    return own, other


def book_figures(random: Random, pages: int, sheets: int, dice: str = "") -> tuple[list[str], list[str]]:
    """Draw the figures of pages (490 each) and of sheets (5 each, none all zeros).

    NotAllowed when there are dice, but not as many as there are figures; SourceFailed when the source is broken.
    """
    needed = dice_needed(pages, sheets)
    if dice and len(dice) != needed:
        raise NotAllowed(f"{len(dice)} figures of dice: this book takes {needed}")
    drawn = drawing.draw(random, needed)
    # The source is judged by itself: dice would hide that it stands still.
    found = drawing.faults(drawn)
    if found:
        raise SourceFailed("the random source is broken: " + "; ".join(each.value for each in found))
    mixed = drawing.add(drawn, dice) if dice else drawn
    cut = pages * PAGE_FIGURES
    numbers = [mixed[at : at + PAGE_FIGURES] for at in range(0, cut, PAGE_FIGURES)]
    secrets = [mixed[at : at + SHEET_FIGURES] for at in range(cut, needed, SHEET_FIGURES)]
    return numbers, [_not_zero(random, each) for each in secrets]


def _not_zero(random: Random, figures: str) -> str:
    while figures == _NO_SHEET:
        figures = drawing.draw(random, SHEET_FIGURES)
    return figures


def _item(desk: Desk, peer: StationId, direction: Direction, pages: int, title: str, *, training: bool) -> Item:
    directory, own = desks.directory(desk), desks.own(desk)
    here, there = directory.station(own.station), directory.station(peer)
    if peer == own.station:
        raise NotAllowed("a book is shared with another station")
    name = " ".join(title.split()) or _title(here.mrn_name, there.mrn_name, direction, training=training)
    if len(name) > materials.MAX_TITLE:
        raise NotAllowed(f"a short title has at most {materials.MAX_TITLE} characters")
    known = rows.every(desk.db)
    edition = 1 + max((each.edition for each in known if each.title == name), default=0)
    copy = 1 if direction is Direction.OUT else 2
    return Item(
        rows.next_number(desk.db), Kind.PAD, name, edition, copy, 2, State.DRAWN, State.DRAWN, peer, direction,
        here.name_vi, training, desk.random(materials.SET_ID_SIZE), first_page(known, peer, pages, training=training),
        pages, ours=True, held=True, at=desk.now(),
    )  # fmt: skip


def _title(here: str, there: str, direction: Direction, *, training: bool) -> str:
    ends = (here, there) if direction is Direction.OUT else (there, here)
    return ("HUẤN LUYỆN " if training else "TK ") + "-".join(ends)


def first_page(known: tuple[Item, ...], peer: StationId, pages: int, *, training: bool) -> int:
    """Return the first page number of a new book: no two books in the hands of a pair share a number.

    NotAllowed when the numbers up to 8 999 (training: 9 000 to 9 999) are all in use.
    """
    low, high = (LAST_LIVE + 1, LAST_TRAINING) if training else (1, LAST_LIVE)
    same = [e for e in known if e.kind is Kind.PAD and e.peer == peer and e.training is training]
    highest = max((each.last for each in same), default=low - 1)
    alive = [each for each in same if each.state not in materials.ENDED]
    for first in (highest + 1, low):
        last = first + pages - 1
        if last <= high and not any(each.first <= last and first <= each.last for each in alive):
            return first
    free = pad_pages.spoken(low), pad_pages.spoken(high)
    raise NotAllowed(
        f"no {pages} page numbers are free between {free[0]} and {free[1]}: destroy books that are used up"
    )
