"""What the cable list knows: where its rows come from, what is filtered out, and how a search stands."""

from dataclasses import dataclass, field
from enum import Enum

from secmsg.station.views import CableRow, GapRow, Quick
from secmsg.wire.cable import Degree

Row = CableRow | GapRow
DAY_S = 86_400


class Source(Enum):
    """What is listed."""

    INBOX = "inbox"
    SENT = "sent"
    SEARCH = "search"


class Since(Enum):
    """How old a cable may be, in days; ALL has no bound."""

    ALL = 0
    DAY = 1
    WEEK = 7
    MONTH = 30


@dataclass(frozen=True, slots=True)
class Filter:
    """The quick filter above the list."""

    unacknowledged: bool = False
    urgent: bool = False
    annexes: bool = False
    degree: Degree | None = None
    since: Since = Since.ALL

    @property
    def active(self) -> bool:
        """Whether anything may be hidden."""
        return self != Filter()

    def quick(self, now: int) -> Quick:
        """Say it to the station; a period begins with a whole minute."""
        since = None if self.since is Since.ALL else now - now % 60 - self.since.value * DAY_S
        return Quick(self.unacknowledged, self.urgent, self.annexes, self.degree, since)


class Order(Enum):
    """In which order a search shows what it found."""

    NEWEST = "newest"
    CLOSEST = "closest"


@dataclass(frozen=True, slots=True)
class Search:
    """How a search stands: what was typed, how many match as far as counted, and how much of the index is there.

    `counted` says that the count is complete; `weighed` that every match was weighed for the order by closeness.
    """

    sought: str = ""
    order: Order = Order.NEWEST
    matching: int = 0
    counted: bool = True
    looking: bool = False
    weighed: bool = True
    searchable: int = 0
    percent: int = 100

    @property
    def whole(self) -> bool:
        """Whether the index misses no cable."""
        return self.percent == 100


@dataclass(frozen=True, slots=True)
class ListState:
    """The rows that are here from the first on, how many cables there are under the filter and without it."""

    source: Source = Source.INBOX
    rows: tuple[Row, ...] = ()
    cables: int = 0
    every: int = 0
    filter: Filter = Filter()
    search: Search = field(default_factory=Search)

    @property
    def hidden_by_filter(self) -> bool:
        """Whether there are cables and the filter hides all of them."""
        return self.filter.active and self.cables == 0 and self.every > 0


def key(row: Row) -> object:
    """Name a row, so that it can be found again after the list was read anew."""
    return row.cable_id if isinstance(row, CableRow) else ("gap", row.peer, row.first)
