"""What the window of a paper for the safe knows: which paper, how far it is, and what is still lacking."""

from dataclasses import dataclass, field
from enum import Enum

from secmsg.errors import NotAllowed
from secmsg.office.persons import OPENS, Rank, State, check_pin
from secmsg.station.first_sheet import FirstSheet
from secmsg.station.persons import Officer
from secmsg.vietnamese import fold


class Kind(Enum):
    """Which paper is made."""

    SHEET = "sheet"
    SHARE = "share"


class Stage(Enum):
    """How far it is: nothing made, on paper, proven, in force."""

    BEFORE = "before"
    PAPER = "paper"
    PROOF = "proof"
    DONE = "done"


class Lack(Enum):
    """What is still lacking, in the order of the window."""

    NAME = "name"
    NAME_TAKEN = "name taken"
    TITLE = "title"
    SECOND = "second"
    SAME_PERSON = "same person"
    GROUPS = "groups"
    WHERE = "where"
    PIN = "pin"
    PIN_UNEQUAL = "pin unequal"
    PROOF = "proof"
    PROOF_GROUPS = "proof groups"
    PROOF_PIN = "proof pin"


@dataclass(frozen=True, slots=True)
class Draw:
    """Draw the paper; of a share, for whom, and who stands by (names)."""

    name: str = ""
    title: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The groups read from the paper, and where it will lie."""

    typed: str = field(repr=False)
    kept_at: str


@dataclass(frozen=True, slots=True)
class Finish:
    """Put it in force: the PIN of a share, or how the second person of a sheet proves to stand by.

    `groups` is empty where that person proves by `passphrase`; all are empty where nobody else opens the store.
    """

    pin: str = field(default="", repr=False)
    again: str = field(default="", repr=False)
    by_share: bool = False
    passphrase: str = field(default="", repr=False)
    groups: str = field(default="", repr=False)


class Ask(Enum):
    """What is asked for without more."""

    SAVE = "save"
    BACKUP = "backup"


Order = Draw | Finish | Ask


@dataclass(frozen=True, slots=True)
class PapersState:
    """`people` is None until the store has answered; `alone` says that nobody but who is present opens it."""

    kind: Kind
    people: tuple[Officer, ...] | None = None
    present: int = 0
    alone: bool = False
    stage: Stage = Stage.BEFORE
    working: bool = False
    asked: Draw = field(default_factory=Draw)
    paper: FirstSheet | None = None
    kept_at: str = ""
    saved: tuple[str, ...] = ()
    error: BaseException | None = None
    lack: Lack | None = None

    @property
    def who(self) -> str:
        """The name of who has opened the store; empty when that is nobody of this post."""
        return next((each.name for each in self.people or () if each.number == self.present), "")

    @property
    def heads(self) -> tuple[str, ...]:
        """Who has a share already."""
        return tuple(each.name for each in self._others if each.rank is Rank.HEAD)

    @property
    def stands_by(self) -> tuple[str, ...]:
        """Who may stand by; a deputy only while standing in, which the store judges."""
        return tuple(each.name for each in self._others)

    @property
    def _others(self) -> tuple[Officer, ...]:
        return tuple(each for each in self.people or () if each.state in OPENS and each.number != self.present)

    @property
    def drawn_in_vain(self) -> bool:
        """Whether a paper is somewhere that opens nothing, and never will when the window is closed."""
        return self.paper is not None and self.stage is not Stage.DONE


def draw_lack(state: PapersState, draw: Draw) -> Lack | None:
    """Say what is lacking before a paper is drawn."""
    if state.kind is Kind.SHEET:
        return None
    if not draw.name.strip():
        return Lack.NAME
    if any(each.state is not State.REMOVED and _same(each.name, draw.name) for each in state.people or ()):
        return Lack.NAME_TAKEN
    if not draw.title.strip():
        return Lack.TITLE
    if not draw.second.strip():
        return Lack.SECOND
    return Lack.SAME_PERSON if _same(draw.second, state.who) else None


def read_back_lack(state: PapersState, read: ReadBack) -> Lack | None:
    """Say what is lacking before the groups are compared."""
    if state.paper is None or len(read.typed.split()) != len(state.paper.asked):
        return Lack.GROUPS
    return None if read.kept_at.strip() else Lack.WHERE


def finish_lack(state: PapersState, finish: Finish) -> Lack | None:
    """Say what is lacking before the paper is put in force."""
    if state.kind is Kind.SHARE:
        if is_weak(finish.pin):
            return Lack.PIN
        return None if finish.pin == finish.again else Lack.PIN_UNEQUAL
    if state.alone:
        return None
    if not finish.by_share:
        return None if finish.passphrase else Lack.PROOF
    if not finish.groups.strip():
        return Lack.PROOF_GROUPS
    return None if finish.pin else Lack.PROOF_PIN


def is_weak(pin: str) -> bool:
    """Say whether the office refuses a PIN."""
    try:
        check_pin(pin)
    except NotAllowed:
        return True
    return False


def _same(one: str, other: str) -> bool:
    return fold(" ".join(one.split())) == fold(" ".join(other.split()))
