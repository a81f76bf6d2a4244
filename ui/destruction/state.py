"""What the screen of destruction knows: the word typed, the key held, what became of each part, what is ticked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from secmsg.office import destruction
from secmsg.office.destruction import Duty, Fate, Finding, Outcome, Part, Rank, Task
from secmsg.office.materials import Kind
from secmsg.vietnamese import fold
from secmsg.wire.cable import Degree

WORD = "TIEU HUY"
HOLD_MS = 3_000


class Phase(Enum):
    """How far it is."""

    ASKING = "asking"
    PROVING = "proving"
    """The passphrase is being tried, where the station wants one."""
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class DestructionState:
    """`wants_passphrase`: the station's own setting. `held_ms`: how long Enter is down.

    `counts` is what lies here by kind, None where the office keeps it out of the open; `ticked` are places in `tasks`.
    """

    exercise: bool = False
    wants_passphrase: bool = False
    counts: Mapping[Kind, int] | None = None
    printed_at: int = 0
    reports: bool = False
    """Whether a report that was sealed in advance leaves afterwards."""
    walked: bool = False
    """Two persons have gone through the list before: what stands on it now is left."""
    papers_gone: frozenset[Degree] = frozenset()
    typed: str = ""
    passphrase: str = field(default="", repr=False)
    held_ms: int = 0
    phase: Phase = Phase.ASKING
    findings: tuple[Finding, ...] = ()
    at: int = 0
    seconds: float = 0.0
    keeps_nothing: bool = False
    reported: bool | None = None
    """Whether a relay holds the report that was sealed in advance; None: none was sent."""
    ticked: frozenset[int] = frozenset()
    officer: str = ""
    """Who practised, as typed for the training record; "" enters nothing."""
    refused: bool = False
    """The passphrase did not open the store."""

    @property
    def word_fits(self) -> bool:
        """Whether the word stands there: capitals, tone marks and spaces around it do not matter."""
        return fold(" ".join(self.typed.split())) == fold(WORD)

    @property
    def may_hold(self) -> bool:
        """Whether holding Enter counts now."""
        return self.phase is Phase.ASKING and self.word_fits and (not self.wants_passphrase or bool(self.passphrase))

    @property
    def percent(self) -> int:
        """How far the hold is, 0 to 100."""
        return min(100, self.held_ms * 100 // HOLD_MS)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Give the list that comes after the keys, by position; what every post has stands on it too."""
        known = {} if self.counts is None else self.counts
        of_kinds = [
            Task(Rank.KEYS, Duty.FIRST, kind, None, "", "", known.get(kind, 0))
            for kind in _KEYS
            if self.counts is None or known.get(kind, 0) or kind is Kind.SHEET
        ]
        left = [degree for degree in _RANKS if degree not in self.papers_gone]
        of_papers = [Task(_RANKS[degree], Duty.SECOND, None, degree, "", "", 0) for degree in left]
        equipment = Task(Rank.EQUIPMENT, Duty.SECOND, Kind.MACHINE, None, "", "", known.get(Kind.MACHINE, 0))
        return (*of_kinds, *of_papers, equipment)

    @property
    def outcome(self) -> Outcome:
        """Give the line that may be told now."""
        done = {task: place in self.ticked for place, task in enumerate(self.tasks)}
        return destruction.outcome(self.findings, done if self.ticked or self.walked else None)

    @property
    def keys(self) -> Fate:
        """What became of the keys of this machine."""
        return next((each.fate for each in self.findings if each.part is Part.KEYS), Fate.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Practised:
    """An exercise that has ended: who, when (UTC seconds), how long it took, things asked for and things left out."""

    officer: str
    at: int
    seconds: int
    asked: int
    wrong: int


_KEYS = (
    Kind.PAD, Kind.CHALLENGES, Kind.SHEET, Kind.CODEBOOK, Kind.TOKEN, Kind.KIT, Kind.BACKUP, Kind.STICK,
)  # fmt: skip
_RANKS = {
    Degree.TOP_SECRET: Rank.TOP_SECRET,
    Degree.SECRET: Rank.SECRET,
    Degree.CONFIDENTIAL: Rank.CONFIDENTIAL,
}


def typed(state: DestructionState, text: str) -> DestructionState:
    """Take what stands in the field; a hold begins anew."""
    return replace(state, typed=text, held_ms=0)


def given(state: DestructionState, passphrase: str) -> DestructionState:
    """Take the passphrase."""
    return replace(state, passphrase=passphrase, held_ms=0, refused=False)


def held(state: DestructionState, ms: int) -> DestructionState:
    """Note how long Enter is down; 0 when it was let go."""
    return replace(state, held_ms=ms if state.may_hold else 0)


def begun(state: DestructionState) -> DestructionState:
    """Go from the gesture to the act, or to the passphrase that comes before it."""
    proving = state.wants_passphrase and not state.exercise and state.phase is Phase.ASKING
    return replace(state, phase=Phase.PROVING if proving else Phase.RUNNING, held_ms=HOLD_MS)


def refused(state: DestructionState) -> DestructionState:
    """Go back: the passphrase does not open the store, nothing was destroyed."""
    return replace(state, phase=Phase.ASKING, held_ms=0, passphrase="", refused=True)


def found(state: DestructionState, finding: Finding) -> DestructionState:
    """Note what became of a part; what is said of it later replaces what was said before."""
    others = tuple(each for each in state.findings if each.part is not finding.part)
    return replace(state, findings=(*others, finding))


def ended(
    state: DestructionState, at: int, seconds: float, *, keeps_nothing: bool, reported: bool | None = None
) -> DestructionState:
    """Note that it has come to its end."""
    return replace(state, phase=Phase.DONE, at=at, seconds=seconds, keeps_nothing=keeps_nothing, reported=reported)


def ticked(state: DestructionState, place: int, *, on: bool) -> DestructionState:
    """Tick a line of the list, or take the tick away."""
    return replace(state, ticked=state.ticked | {place} if on else state.ticked - {place})


def named(state: DestructionState, officer: str) -> DestructionState:
    """Take the name of who practised."""
    return replace(state, officer=officer)


def practised(state: DestructionState, seconds: float) -> Practised | None:
    """Return what the training record takes of an exercise that took so long; None where it takes nothing.

    Asked for are the keys and every line of the list; the keys count only when nothing opens the store any more.
    """
    name = " ".join("".join(each if each.isprintable() else " " for each in state.officer).split())
    if not (state.exercise and name and state.phase is Phase.DONE):
        return None
    asked, dead = len(state.tasks) + 1, state.keys is Fate.DESTROYED and state.keeps_nothing
    return Practised(name, state.at, int(seconds), asked, asked - dead - len(state.ticked))
