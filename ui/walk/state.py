"""What the window of destruction in order knows: the walk, who the second person is, both ticks, what is lacking."""

from dataclasses import dataclass, field, replace
from enum import Enum

from secmsg.errors import NotAllowed
from secmsg.office.destruction import Fate
from secmsg.office.destruction_walk import Step, Turn
from secmsg.office.materials import Act, check_names
from secmsg.station.destruction_walk import Walk


class Page(Enum):
    """What the window asks for."""

    OPENING = "opening"
    """Who the second person is, and on what ground; after a lock or a crash, the person alone."""
    LINE = "line"
    END = "end"
    """Of every line something is said: the report is sealed next."""
    CLOSED = "closed"
    """The report is sealed: the keys are next, or the post stops and works on."""


class Lack(Enum):
    """What is lacking before the next act."""

    GROUND = "ground"
    SECOND = "second"
    SAME = "same"
    PROOF = "proof"
    """Another officer may sign now: a name alone is not enough."""
    TICKS = "ticks"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class WalkState:
    """`first_ticked` and `second_ticked` are about the line on show; `taken` is one that was left, taken up again."""

    walk: Walk = field(default_factory=lambda: Walk(()))
    second: str = ""
    passphrase: str = field(default="", repr=False)
    ground: str = ""
    first_ticked: bool = False
    second_ticked: bool = False
    reason: str = ""
    taken: tuple[int, int] | None = None
    stopping: bool = False
    """The officer has asked to stop, and is asked once whether for certain."""
    busy: bool = False

    @property
    def begun(self) -> bool:
        """Whether a walk is under way."""
        return self.walk.begun_at > 0

    @property
    def page(self) -> Page:
        """What the window asks for now."""
        if self.walk.closed:
            return Page.CLOSED
        if not self.begun or not self.walk.second:
            return Page.OPENING
        return Page.END if self.step is None else Page.LINE

    @property
    def step(self) -> Step | None:
        """The line on show: one that was taken up again, or the first of which nothing is said."""
        taken = next((each for each in self.walk.steps if (each.item, each.degree) == self.taken), None)
        return taken or self.walk.current

    @property
    def place(self) -> tuple[int, int]:
        """Give the number of the line on show from 1, and how many are said in the walk."""
        said, step = [each for each in self.walk.steps if each.turn is not Turn.AFTER], self.step
        return len(said) if step is None else said.index(step) + 1, len(said)

    @property
    def left(self) -> tuple[Step, ...]:
        """What is not destroyed."""
        return tuple(each for each in self.walk.steps if each.fate is not Fate.DESTROYED)

    @property
    def lack(self) -> Lack | None:
        """The first thing that is lacking before the act of the page; None when nothing is."""
        page = self.page
        if page is Page.CLOSED:
            return None
        if page is Page.LINE:
            return None if self.first_ticked and self.second_ticked else Lack.TICKS
        return Lack.GROUND if not self.begun and not self.ground.strip() else self._second_lack

    @property
    def lack_to_leave(self) -> Lack | None:
        """What is lacking before the line on show is written down as not destroyed."""
        return None if self.reason.strip() else Lack.REASON

    @property
    def _second_lack(self) -> Lack | None:
        if self.passphrase:
            return None
        if self.walk.must_prove:
            return Lack.PROOF
        if not self.second.strip():
            return Lack.SECOND
        try:
            check_names(Act.DESTROYED, self.walk.first, self.second)
        except NotAllowed:
            return Lack.SAME
        return None


def shown(state: WalkState, walk: Walk) -> WalkState:
    """Take the walk as it stands now; ticks, reason and passphrase were about what was before."""
    second = walk.second if walk.second and not walk.proven else state.second
    return WalkState(walk, second, ground=state.ground)


def failed(state: WalkState) -> WalkState:
    """Note that it was not done: what was entered stays, but a passphrase."""
    return replace(state, passphrase="", busy=False, stopping=False)


def taken_up(state: WalkState, step: Step) -> WalkState:
    """Take a line up that was left; any other stays where it is."""
    if step.fate is not Fate.LEFT or step.turn is Turn.AFTER or state.page not in (Page.LINE, Page.END):
        return state
    return replace(
        state, taken=(step.item, step.degree), first_ticked=False, second_ticked=False, reason="", stopping=False
    )
