"""What is prepared for destruction, of the station in memory: a list that stands here, and a walk through items."""

from dataclasses import dataclass, field, replace

from secmsg.errors import NotAllowed, WrongPassphrase
from secmsg.ids import StationId
from secmsg.office import destruction_walk as walking
from secmsg.office.destruction import CARD, Duty, Papers, Rank, Task
from secmsg.office.destruction_walk import Deed, Line
from secmsg.office.materials import Direction, Item, Kind, State
from secmsg.station.destruction_plan import DestructionPlan, Plan, Setting
from secmsg.station.destruction_walk import DestructionWalk, Walk
from secmsg.station.reducing import Reduced, Reduction
from secmsg.station.unlock import ByPassphrase, Unlock
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


PAD = Item(
    1, Kind.PAD, "HANOI-PARIS", 1, 1, 2, State.IN_USE, State.IN_USE, StationId(1), Direction.OUT, "két 1, ngăn trên",
    False, bytes(16), 1, 100, True, True, 0,
)  # fmt: skip
ITEMS = (
    replace(PAD, number=2, edition=0, state=State.SUPERSEDED, holder="két 2"),
    replace(PAD, number=3, kind=Kind.TOKEN, title="Thẻ khóa dự phòng", state=State.RECEIVED, holder="két 2"),
    PAD,
    replace(PAD, number=4, kind=Kind.CHALLENGES, title="Hỏi–đáp Paris"),
    replace(PAD, number=5, kind=Kind.SHEET, title=CARD, state=State.RECEIVED, holder="két Trưởng cơ quan"),
    replace(PAD, number=6, kind=Kind.MACHINE, title="Máy xách tay", state=State.RECEIVED, holder="phòng cơ yếu"),
)
PRINTED = (Papers(Degree.TOP_SECRET, 2), Papers(Degree.SECRET, 31))
FIRST, SECOND, PASSPHRASE = "Nguyễn Văn An", "Trần Thị Bình", "mot hai ba bon nam"
BEGAN = 1_795_600_000


@dataclass
class UiWalk(DestructionWalk):
    """The methods that the window uses, by the office's own rules; nothing of it is durable."""

    lines: list[Line] = field(default_factory=list)
    second: tuple[str, bool] | None = None
    must_prove: bool = False

    def standing(self) -> Walk:
        lines = walking.under_way(self.lines)
        gone = {each.item for each in lines if each.deed is Deed.DESTROYED and each.item}
        items = tuple(replace(each, state=State.DESTROYED) if each.number in gone else each for each in ITEMS)
        steps = walking.steps(items, PRINTED, lines)
        if not lines:
            return Walk(steps, first=FIRST, must_prove=self.must_prove)
        closed, (second, proven) = walking.is_closed(lines), self.second or ("", False)
        return Walk(
            steps, lines[0].at, lines[0].note, closed, FIRST, second, proven, self.must_prove, closed or None
        )  # fmt: skip

    def begin(self, second: str | Unlock, ground: str) -> Walk:
        self._see(second)
        return self._add(Deed.BEGUN, note=ground)

    def go_on(self, second: str | Unlock) -> Walk:
        self._see(second)
        return self.standing()

    def say(self, item: int, degree: int, *, destroyed: bool, note: str = "") -> Walk:
        walking.check(self.standing().steps, item, degree, destroyed=destroyed, note=note)
        return self._add(Deed.DESTROYED if destroyed else Deed.LEFT, item, degree, note)

    def close(self, second: str | Unlock) -> Walk:
        walking.check_close(self.standing().steps)
        self._see(second)
        return self._add(Deed.CLOSED)

    def stop(self, note: str = "") -> Walk:
        return self._add(Deed.STOPPED, note=note)

    def record(self, place: str = "") -> bytes:
        return b"%PDF record of " + str(len(self.lines)).encode()

    def _see(self, second: str | Unlock) -> None:
        if isinstance(second, str):
            self.second = second, False
            return
        if not isinstance(second, ByPassphrase) or bytes(second.passphrase.reveal()) != PASSPHRASE.encode():
            raise WrongPassphrase("no keyslot opens with this")
        self.second = SECOND, True

    def _add(self, deed: Deed, item: int = 0, degree: int = 0, note: str = "") -> Walk:
        self.lines.append(Line(BEGAN, deed, item, degree, FIRST, SECOND, proven=False, note=note))
        return self.standing()
