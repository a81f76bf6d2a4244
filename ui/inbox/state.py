"""What the cable list knows: where its rows come from, what is filtered out, and their order."""

from dataclasses import dataclass
from enum import Enum

from secmsg.station.views import CableRow, GapRow
from secmsg.wire.cable import Degree, Urgency

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

    def admits(self, row: Row, now: int) -> bool:
        """Whether a row is shown; a gap always is, for it is a warning."""
        if isinstance(row, GapRow):
            return True
        if self.since is not Since.ALL and row.at < now - self.since.value * DAY_S:
            return False
        return (
            not (self.unacknowledged and row.acknowledged)
            and not (self.urgent and row.urgency < Urgency.IMMEDIATE)
            and not (self.annexes and not row.annexes)
            and self.degree in (None, row.degree)
        )


@dataclass(frozen=True, slots=True)
class ListState:
    """The rows as the station gave them, and what is asked of them."""

    source: Source = Source.INBOX
    rows: tuple[Row, ...] = ()
    filter: Filter = Filter()
    sought: str = ""
    searched: int = 0

    def shown(self, now: int) -> tuple[Row, ...]:
        """Give the rows to show: not acknowledged first, then gaps, then the rest; urgent before late."""
        rows = [row for row in self.rows if self.filter.admits(row, now)]
        return tuple(sorted(rows, key=_order)) if self.source is Source.INBOX else tuple(rows)

    @property
    def hidden_by_filter(self) -> bool:
        """Whether there are cables and the filter may hide them."""
        return self.filter.active and any(isinstance(row, CableRow) for row in self.rows)


def _order(row: Row) -> tuple[int, int, int]:
    if isinstance(row, GapRow):
        return 1, 0, -row.since
    return (2, 0, -row.at) if row.acknowledged else (0, -row.urgency, -row.at)


def key(row: Row) -> object:
    """Name a row, so that it can be found again after the list was read anew."""
    return row.cable_id if isinstance(row, CableRow) else ("gap", row.peer, row.first)


def waiting_for_officer(rows: tuple[Row, ...]) -> int:
    """Count the incoming cables that nobody has acknowledged."""
    return sum(1 for row in rows if isinstance(row, CableRow) and row.incoming and not row.acknowledged)
