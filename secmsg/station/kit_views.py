"""What screens and commands see of delegation kits: the terms asked for, the list at the post, how a kit stands.

Times are UTC seconds. Nothing here holds a key.
"""

from dataclasses import dataclass, field

from secmsg.ids import CableId
from secmsg.office.kit_log import Kinship, KitAct
from secmsg.office.kits import AtExpiry, KitState, Permit, Use, Verdict
from secmsg.wire.cable import Degree


@dataclass(frozen=True, slots=True)
class Terms:
    """What the officer writes into a permit; number and hour of the making come by themselves."""

    bearer: str
    title: str
    degree: Degree
    purpose: str
    places: str
    measures: str
    permitted_by: str
    start: int
    until: int
    openings: int = 99
    minutes: int = 40 * 60
    prints: int = 0
    exports: bool = False
    drops: bool = False
    at_expiry: AtExpiry = AtExpiry.REFUSE


@dataclass(frozen=True, slots=True)
class KitRow:
    """One kit in the list of its post; `ending`: it is back, and its keys do not stand as destroyed yet."""

    number: int
    state: KitState
    item: int | None
    permit: Permit
    cables: int
    additions: int
    at: int
    noted: str
    expired: bool
    ending: bool = False


@dataclass(frozen=True, slots=True)
class KitStanding:
    """How the kit that is open stands: its permit, what was used, how many cables it holds, where it goes back to."""

    permit: Permit
    use: Use
    cables: int
    post: str
    post_en: str
    place: str
    timezone: str

    @property
    def openings_left(self) -> int:
        """How often it may be opened yet."""
        return max(0, self.permit.openings - self.use.openings)

    @property
    def minutes_left(self) -> int:
        """How many minutes it may be open yet."""
        return max(0, self.permit.minutes - self.use.used_s // 60)


@dataclass(frozen=True, slots=True)
class CableUse:
    """What was done with one cable of a kit: times read, enclosures looked at, prints made, enclosures written out."""

    cable_id: CableId
    mrn: str
    subject: str
    addition: int
    read: int
    previewed: int
    printed: int
    exported: int


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of a kit's log; `machine` numbers the machines in the order in which they came."""

    line: int
    at: int
    act: KitAct
    mrn: str
    detail: str
    machine: int


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What a kit that came back says of its journey, and what does not fit.

    `differences` are sentences in English, () where all fits. `kinship` compares a second folder of the same kit with
    what came back first (None: this is the first).
    """

    number: int
    permit: Permit
    state: KitState
    use: Use
    cables: tuple[CableUse, ...]
    log: tuple[LogRow, ...]
    machines: int
    verdict: Verdict
    missing_additions: int
    differences: tuple[str, ...]
    kinship: Kinship | None = None
    raw: bytes = field(default=b"", repr=False)

    @property
    def printed(self) -> int:
        """How many prints were made, all to be handed back."""
        return sum(each.printed for each in self.cables)

    @property
    def exported(self) -> int:
        """How many enclosures were written out."""
        return sum(each.exported for each in self.cables)

    @property
    def opened(self) -> int:
        """How often it was opened, by its log."""
        return sum(1 for each in self.log if each.act is KitAct.OPENED)
