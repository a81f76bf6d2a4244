"""What is prepared for destruction, of the station in memory: a list that stands here."""

from dataclasses import dataclass, field

from secmsg.errors import NotAllowed
from secmsg.office.destruction import Duty, Rank, Task
from secmsg.office.materials import Item, Kind
from secmsg.station.destruction_plan import DestructionPlan, Plan, Setting
from secmsg.station.reducing import Reduced, Reduction
from secmsg.station.unlock import Unlock
from secmsg.wire.cable import Degree

TASKS = (
    Task(Rank.KEYS, Duty.FIRST, Kind.PAD, None, "HANOI-PARIS 1 1/2", "két 1, ngăn trên", 1),
    Task(Rank.KEYS, Duty.FIRST, Kind.SHEET, None, "Phiếu khôi phục 1 1/1", "két Trưởng cơ quan", 1),
    Task(Rank.TOP_SECRET, Duty.SECOND, None, Degree.TOP_SECRET, "", "", 2),
    Task(Rank.SECRET, Duty.SECOND, None, Degree.SECRET, "", "", 31),
    Task(Rank.EQUIPMENT, Duty.SECOND, Kind.MACHINE, None, "Máy xách tay 1 1/1", "phòng cơ yếu", 1),
)


@dataclass
class UiDestruction(DestructionPlan):
    """The methods that the window uses."""

    printed_at: int = 0
    done: list[tuple[int, str | Unlock, str]] = field(default_factory=list)
    items: tuple[Item, ...] = ()

    def plan(self) -> Plan:
        return Plan(TASKS, Setting(), self.printed_at, stale=True)

    def reduction(self, days: int) -> Reduction:
        return Reduction(days, (), self.items, 12)

    def reduce(self, days: int, second: str | Unlock, basis: str, *, place: str = "") -> Reduced:
        if not second:
            raise NotAllowed("this is done by two persons: name the second")
        self.done.append((days, second, basis))
        return Reduced(3, 1, len(self.items), b"%PDF record")

    def print_list(self) -> bytes:
        self.printed_at = 1_795_600_000
        return b"%PDF list"

    def print_card(self, holder: str) -> tuple[bytes, Item]:
        return b"%PDF card " + holder.encode(), self.items[0]
