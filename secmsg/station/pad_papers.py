"""Key material goes on paper: pad books with their authentication sheets, challenge lists, both copies of each.

A printing stands in the ledger, with its class, before its bytes are given (docs/spec/materials.md 3): what could have
been printed counts as printed. A second printing is a third copy; it is refused without a reason, and stands there too.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from secmsg.errors import NotAllowed
from secmsg.office import materials
from secmsg.office.materials import Act, Item, Kind, State
from secmsg.office.printing import Printing
from secmsg.station import custody, doubts
from secmsg.station import desk as desks
from secmsg.station.custody import Matter
from secmsg.station.desk import Desk
from secmsg.store import materials as rows

if TYPE_CHECKING:
    from secmsg.papers.pads import PadCover

SHEETS_ALONE = "authentication sheets alone"


@dataclass(frozen=True, slots=True)
class PrintedBook:
    """The papers of a book, both copies: leaves A5 with its pages, leaves A4 (or A5) with its sheets."""

    pages: bytes = field(repr=False)
    sheets: bytes = field(repr=False)


def book(desk: Desk, number: int, printing: Printing, *, reason: str = "", small: bool = False) -> PrintedBook:
    """Print a pad book and its sheets (`small` on A5) for both ends, and note it.

    NotAllowed when the book has left the hands of its maker, is not held whole, or was printed before and no reason is
    given; NotFound.
    """
    from secmsg.papers import pads

    matter = custody.matter(desk, number)
    _check(matter.item, reason)
    covers = _covers(desk, matter.item, matter.other)
    made = PrintedBook(pads.pdf(covers, matter.pages), _sheets(covers, matter, small=small))
    custody.printed(desk, number, _note(printing, reason), paper_only=False)
    return made


def sheets(desk: Desk, number: int, printing: Printing, *, reason: str, small: bool = False) -> bytes:
    """Print the authentication sheets of a book once more, for a reason; NotAllowed before the book was printed."""
    matter = custody.matter(desk, number)
    if matter.item.state is not State.PRINTED:
        raise NotAllowed(f"{matter.item.name} is {materials.word(matter.item.state)}: its sheets are printed with it")
    _check(matter.item, reason)
    made = _sheets(_covers(desk, matter.item, matter.other), matter, small=small)
    custody.printed(desk, number, f"{_note(printing, reason)}; {SHEETS_ALONE}", paper_only=False)
    return made


def challenges(desk: Desk, number: int, printing: Printing, *, reason: str = "") -> bytes:
    """Print both copies of a challenge list and note it; NotAllowed, NotFound, as for a book."""
    from secmsg.papers import challenges as papers

    item = rows.read(desk.db, number)
    found = [(each.challenge, each.reply) for each in rows.lines(desk.db, number)]
    lines = [(challenge, reply) for challenge, reply in found if challenge is not None and reply is not None]
    if item.kind is not Kind.CHALLENGES or not lines or len(lines) < len(found):
        raise NotAllowed(f"{item.name} is not held whole here: it cannot be printed")
    _check(item, reason)
    made = papers.pdf(_covers(desk, item, custody.other(desk, item)), lines)
    custody.printed(desk, number, _note(printing, reason), paper_only=False)
    return made


def _check(item: Item, reason: str) -> None:
    """Refuse a printing that the item's state does not allow, or a second one without a reason."""
    if not materials.may(item, Act.PRINTED):
        raise NotAllowed(f"{item.name} is {materials.word(item.state)}: it is printed no more")
    if item.state is State.PRINTED and not reason.strip():
        raise NotAllowed(f"{item.name} was printed before: printing it again makes a third copy and needs a reason")


def _note(printing: Printing, reason: str) -> str:
    again = f"; again: {' '.join(reason.split())}" if reason.strip() else ""
    return f"{printing.name.lower()}{again}"[: materials.MAX_NOTE - len(SHEETS_ALONE) - 2]


def _covers(desk: Desk, item: Item, other: Item | None) -> "list[PadCover]":
    """Return the facts of each copy that lies here, the first copy first."""
    from secmsg.papers.pads import PadCover

    directory, own = desks.directory(desk), desks.own(desk)
    ends = {item.copy: item.holder, 3 - item.copy: directory.station(item.peer).name_vi}
    today = datetime.fromtimestamp(desk.now(), doubts.zone(directory, own.station)).date()
    copies = sorted((each for each in (item, other) if each is not None), key=lambda each: each.copy)
    return [
        PadCover(
            each.title, f"{each.edition}", each.copy, each.direction, ends[each.copy], ends[3 - each.copy],
            f"{each.number}", today, each.training,
        )
        for each in copies
    ]  # fmt: skip


def _sheets(covers: "list[PadCover]", matter: Matter, *, small: bool) -> bytes:
    from secmsg.papers import authentication

    return (authentication.small_pdf if small else authentication.pdf)(covers, matter.sheets)
