"""What the window of backups knows: the record, what is under way, and what came of it."""

from dataclasses import dataclass, field
from enum import Enum

from secmsg.station.backup_views import BackupChecked, BackupLine, BackupMade, BackupStanding


class Act(Enum):
    """What may be under way."""

    MAKE = "make"
    VERIFY = "verify"
    REHEARSE = "rehearse"


@dataclass(frozen=True, slots=True)
class BackupsState:
    """`lines` is None until the store has answered; `act` is the last act, under way while `working`."""

    lines: tuple[BackupLine, ...] | None = None
    standing: BackupStanding = field(default_factory=BackupStanding)
    act: Act | None = None
    working: bool = False
    made: BackupMade | None = None
    checked: BackupChecked | None = None
    error: BaseException | None = None

    @property
    def remind(self) -> bool:
        """Whether the last backup is old, or there is none."""
        return self.lines is not None and self.standing.overdue


def where(line: BackupLine | None) -> str | None:
    """Give the folder that a chosen backup lies in, None when it is to be asked for: it was replaced or never stood."""
    return line.place if line is not None and line.current and line.made_at is not None else None


def percent(done: int, total: int) -> int:
    """Give how much of the way is done; an empty way has none."""
    return max(0, min(100, 100 * done // total)) if total > 0 else 0
