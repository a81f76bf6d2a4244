"""What screens and commands are told of backups: no more than is proven (docs/spec/backup.md)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BackupLine:
    """One backup begun here; `made_at` is None for one that does not stand, and `detail` says why.

    Of a test, `…_how` is "" when it was good and names what was wrong otherwise. `current` says that nothing newer was
    made into the same folder, so that the folder still holds it.
    """

    number: int
    place: str
    item: int | None
    officer: str
    begun_at: int
    made_at: int | None
    cables: int
    blobs: int
    size: int
    written: int
    detail: str
    verified_at: int | None
    verified_how: str
    rehearsed_at: int | None
    rehearsed_how: str
    current: bool

    @property
    def good(self) -> bool:
        """Whether it stands and no test has found it wanting."""
        return self.made_at is not None and not (self.verified_how or self.rehearsed_how)


@dataclass(frozen=True, slots=True)
class BackupStanding:
    """How the way back stands: when a backup was last made, proven whole, rehearsed; `overdue` by the policy."""

    made_at: int | None = None
    verified_at: int | None = None
    rehearsed_at: int | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that stands; `written` of its `size` bytes were not in the folder before."""

    number: int
    place: str
    made_at: int
    cables: int
    blobs: int
    size: int
    written: int


@dataclass(frozen=True, slots=True)
class BackupChecked:
    """A backup that was opened and found whole; `sheet_now`: the sheet in force today opens it, too.

    `known` says whether a line of this store names it; `read` that its newest cable was opened (a rehearsal only).
    """

    made_at: int
    cables: int
    blobs: int
    size: int
    sheet_now: bool
    known: bool
    read: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """An officer of the store in a backup, who may go on after its sheet was used."""

    number: int
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Restored:
    """A store that came back: `made_at` is the time of its state; `bound`: a keyring half takes part in opening it."""

    made_at: int
    cables: int
    blobs: int
    bound: bool
