"""Pages of a pad book: their numbers, where each stands, and why one is refused (docs/spec/materials.md 4).

A page number is spoken and printed as five figures: four of the page and a Damm check figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, IntEnum

from secmsg import digits
from secmsg.errors import FormatError, PageRefused

PAGE_GROUPS = 120
"""Groups of four figures on a page."""
MIN_PAGES, MAX_PAGES = 30, 990
LAST_LIVE = 8_999
"""Pages above it are for training: a message that names one never enters the register."""
LAST_TRAINING = 9_999


class PageState(IntEnum):
    """Where a page stands; it only moves on."""

    READY = 1
    OPEN = 2
    """Of a book ĐẾN: a message under it is being deciphered."""
    TAKEN = 3
    """Of a book ĐI: torn off. It counts as used, whether a cable was recorded with it or not."""
    USED = 4
    """Bound to a serial and a cable."""
    MISSING = 5
    VOID = 6
    DESTROYED = 7


NEXT = {
    PageState.READY: frozenset(
        (PageState.OPEN, PageState.TAKEN, PageState.MISSING, PageState.VOID, PageState.DESTROYED)
    ),
    PageState.OPEN: frozenset((PageState.USED, PageState.MISSING, PageState.VOID, PageState.DESTROYED)),
    PageState.TAKEN: frozenset((PageState.USED, PageState.MISSING, PageState.VOID, PageState.DESTROYED)),
    PageState.USED: frozenset((PageState.MISSING, PageState.DESTROYED)),
    PageState.MISSING: frozenset((PageState.VOID, PageState.DESTROYED)),
    PageState.VOID: frozenset((PageState.DESTROYED,)),
    PageState.DESTROYED: frozenset[PageState](),
}
"""Where each state may go. No way leads back: a page that has left READY gives no figures to another message."""


class Refusal(Enum):
    """Why a page is refused."""

    USED = "used"
    TAKEN = "taken"
    DESTROYED = "destroyed"
    VOID = "void"
    MISSING = "missing"
    OUT_OF_ORDER = "out-of-order"
    OTHER_DIRECTION = "other-direction"
    SUPERSEDED = "superseded"
    FROZEN = "frozen"
    """Its book is compromised or missing."""
    NOT_IN_USE = "not-in-use"
    NOT_HERE = "not-here"
    EXHAUSTED = "exhausted"
    TRAINING = "training"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it is accounted for, never its figures; `serial` and `cable` are of the message that it served."""

    number: int
    state: PageState
    at: int = 0
    serial: int = 0
    cable: str = ""


_OF_STATE = {
    PageState.USED: Refusal.USED,
    PageState.TAKEN: Refusal.TAKEN,
    PageState.DESTROYED: Refusal.DESTROYED,
    PageState.VOID: Refusal.VOID,
    PageState.MISSING: Refusal.MISSING,
}


def spoken(number: int) -> str:
    """Return the five figures of a page number: four, and their check figure."""
    figures = f"{number:04}"
    return figures + str(digits.damm(map(int, figures)))


def heard(figures: str) -> int:
    """Return the page that five figures name; FormatError when they are not five or do not check."""
    typed = "".join(figures.split())
    if len(typed) != 5 or not (typed.isascii() and typed.isdigit()):
        raise FormatError("a page number has five figures: four and the check figure")
    if digits.damm(map(int, typed)) or typed == "00000":
        raise FormatError("the page number does not check: read its five figures again")
    return int(typed[:4])


def refused(page: Page) -> PageRefused:
    """Return the refusal of a page that is not ready, with its facts."""
    why = _OF_STATE[page.state]
    cable = f" for cable {page.cable}" if page.cable else ""
    return PageRefused(
        f"page {spoken(page.number)} was {why.value} on {moment(page.at)}{cable}", why.value, page.number, page.at,
        page.cable,
    )  # fmt: skip


def refusal(why: Refusal, number: int, text: str) -> PageRefused:
    """Return a refusal for a reason of the book or of the order."""
    return PageRefused(text, why.value, number)


def moment(at: int) -> str:
    """Return UTC seconds as a minute with its zone."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%MZ")


def run(pages: Sequence[Page], count: int) -> tuple[Page, ...]:
    """Return the first `count` ready pages that follow one another; empty when there are not so many."""
    found: list[Page] = []
    for page in pages:
        if page.state is not PageState.READY or (found and page.number != found[-1].number + 1):
            found = []
        if page.state is PageState.READY:
            found.append(page)
        if len(found) == count:
            return tuple(found)
    return ()
