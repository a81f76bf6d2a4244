"""What the two pouch windows know: what could go, what is chosen, and how the work stands."""

from dataclasses import dataclass
from enum import Enum

from secmsg.ids import StationId
from secmsg.station.pouch_views import PouchRead, PouchWaiting, PouchWritten


class Phase(Enum):
    """How far a window is."""

    CHOOSING = "choosing"
    WORKING = "working"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class WriteState:
    """The writing of a pouch; `rows` is None until the store has answered."""

    rows: tuple[PouchWaiting, ...] | None = None
    chosen: frozenset[StationId] = frozenset()
    phase: Phase = Phase.CHOOSING
    written: PouchWritten | None = None
    error: BaseException | None = None

    @property
    def may_write(self) -> bool:
        """Whether something is chosen and nothing is under way."""
        return self.phase is not Phase.WORKING and any(sendable(row) for row in self.chosen_rows)

    @property
    def chosen_rows(self) -> tuple[PouchWaiting, ...]:
        """The stations chosen."""
        return tuple(row for row in self.rows or () if row.station in self.chosen)

    @property
    def stations(self) -> tuple[StationId, ...]:
        """The numbers of the stations chosen."""
        return tuple(row.station for row in self.chosen_rows)


@dataclass(frozen=True, slots=True)
class ReadState:
    """The reading of a pouch."""

    phase: Phase = Phase.WORKING
    came: PouchRead | None = None
    error: BaseException | None = None


def sendable(row: PouchWaiting) -> bool:
    """Whether anything sealed waits for a station."""
    return bool(row.cables or row.services)


def all_sendable(rows: tuple[PouchWaiting, ...]) -> frozenset[StationId]:
    """Choose every station for which something sealed waits."""
    return frozenset(row.station for row in rows if sendable(row))


def percent(done: int, total: int) -> int:
    """Give how much of the way is done; an empty way has none."""
    return max(0, min(100, 100 * done // total)) if total > 0 else 0
