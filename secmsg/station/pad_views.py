"""Key material as screens, papers and commands show it: frozen values, times in UTC seconds, never a key figure."""

from dataclasses import dataclass

from secmsg.ids import StationId
from secmsg.office.materials import Act as Act  # shown as words
from secmsg.office.materials import Direction as Direction  # as above
from secmsg.office.materials import Kind as Kind  # as above
from secmsg.office.materials import State as State  # as above
from secmsg.office.pad_pages import PageState as PageState  # as above
from secmsg.station.compromises import Cause as Cause  # as above


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of the ledger.

    `first` and `last` are page numbers of five figures ("" without pages), `ready`, `used` and `destroyed` counts of
    pages or lines (used: and still to be destroyed). `top` is the page that is next, "" until the paper was read in
    this run: nobody copies it from the screen. `days_left` is None where nothing was used in the last 30 days.
    """

    number: int
    kind: Kind
    name: str
    title: str
    edition: int
    copy: int
    copies: int
    state: State
    peer: StationId
    peer_name: str
    direction: Direction
    ours: bool
    held: bool
    training: bool
    holder: str
    first: str
    last: str
    ready: int
    used: int
    destroyed: int
    confirmed: bool
    top: str
    failures: int
    days_left: int | None
    low: bool
    at: int


@dataclass(frozen=True, slots=True)
class PageView:
    """One page of a book: its number in five figures, and what it was used for."""

    number: str
    state: PageState
    at: int
    serial: int
    cable: str


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the ledger; `pages` is empty, one number, or two with a dash."""

    line: int
    at: int
    act: Act
    item: int
    kind: Kind
    name: str
    pages: str
    serial: int
    cable: str
    person: str
    second: str
    holder: str
    note: str


@dataclass(frozen=True, slots=True)
class StoppedView:
    """What a stopped item means: its cause, the messages under it, the book to go on with, the report as a draft."""

    item: ItemView
    messages: tuple[PageView, ...]
    reserve: ItemView | None
    report: str


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of a challenge list: `awaited` when its challenge was said here and no reply was checked yet."""

    line: int
    struck_at: int | None
    awaited: bool
