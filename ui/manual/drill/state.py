"""What the window of drills knows: the card chosen, the drill under way, its score."""

from dataclasses import dataclass, replace
from enum import Enum

from secmsg.manual.drill import Answer, Card, Drill, Question, Score, Thing
from secmsg.station.drills import Trend

COLUMNS = 10
"""Groups in a row, as on the paper."""
STOOD = (0, 1)


class Stage(Enum):
    """How far a drill has come."""

    CHOOSING = "choosing"
    WORKING = "working"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class DrillState:
    """The window's state; `score` comes with the end, `trend` when there was a drill before."""

    card: Card = Card.DECIPHER
    officer: str = ""
    drill: Drill | None = None
    score: Score | None = None
    trend: Trend | None = None

    @property
    def stage(self) -> Stage:
        """Say how far the drill has come."""
        if self.drill is None:
            return Stage.CHOOSING
        return Stage.WORKING if self.score is None else Stage.OVER

    @property
    def question(self) -> Question | None:
        """What is asked now."""
        return self.drill.question if self.drill is not None and self.score is None else None

    @property
    def last(self) -> Answer | None:
        """What was answered last."""
        return self.drill.answers[-1] if self.drill is not None and self.drill.answers else None

    @property
    def ready(self) -> bool:
        """Whether a drill can begin."""
        return self.stage is not Stage.WORKING and bool(self.officer.split())

    @property
    def number(self) -> tuple[int, int]:
        """Give the number of the question from 1, and how many there are."""
        if self.drill is None:
            return STOOD
        return min(len(self.drill.answers) + 1, len(self.drill.questions)), len(self.drill.questions)

    def begun(self, drill: Drill) -> "DrillState":
        """Return the state with a fresh drill."""
        return replace(self, drill=drill, score=None, trend=None)

    def answered(self, drill: Drill) -> "DrillState":
        """Return the state after an answer."""
        return replace(self, drill=drill)

    def ended(self, score: Score, trend: Trend | None) -> "DrillState":
        """Return the state with the score."""
        return replace(self, score=score, trend=trend)


def rows(thing: Thing) -> tuple[str, ...]:
    """Lay the groups of a thing in rows of ten."""
    return tuple("  ".join(thing.values[at : at + COLUMNS]) for at in range(0, len(thing.values), COLUMNS))


def clock(seconds: int) -> str:
    """Write seconds as minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02}"
