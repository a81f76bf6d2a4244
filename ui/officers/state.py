"""What the window of persons knows: who is here, what is being filled in, and what came of it."""

from dataclasses import dataclass, field
from enum import Enum

from secmsg.office.persons import OPENS, Bar, Rank, State, Term
from secmsg.station.persons import Officer
from secmsg.vietnamese import fold

MIN_PASSPHRASE = 12


class Act(Enum):
    """What may be done about a person."""

    ADD = "add"
    SUSPEND = "suspend"
    RESUME = "resume"
    REMOVE = "remove"
    AWAY = "away"
    BACK = "back"


class Lack(Enum):
    """What an order still lacks, in the order of the form."""

    NAME = "name"
    NAME_TAKEN = "name taken"
    TITLE = "title"
    SHORT = "short"
    UNEQUAL = "unequal"
    SECOND = "second"
    SAME_PERSON = "same person"
    SECOND_PASSPHRASE = "second passphrase"  # noqa: S105 - a word, no secret


@dataclass(frozen=True, slots=True)
class Order:
    """What the officer wants: `about` is the person chosen (0 for a new one), `term` an absence to end.

    `second` is a name, `proof` the second person's own passphrase; `days` and `deputy` are of an absence.
    """

    act: Act
    about: int = 0
    name: str = ""
    title: str = ""
    rank: Rank = Rank.OFFICER
    passphrase: str = field(default="", repr=False)
    again: str = field(default="", repr=False)
    second: str = ""
    proof: str = field(default="", repr=False)
    days: int = 1
    deputy: int = 0
    term: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """What was done about whom; `request` says that headquarters is to be asked."""

    act: Act
    name: str
    number: int = 0
    request: bool = False


@dataclass(frozen=True, slots=True)
class OfficersState:
    """`lines` is None until the store has answered; `filling` is the act whose form is shown."""

    lines: tuple[Officer, ...] | None = None
    terms: tuple[Term, ...] = ()
    present: int = 0
    bar: Bar | None = None
    filling: Act | None = None
    working: bool = False
    done: Done | None = None
    error: BaseException | None = None

    @property
    def who(self) -> str:
        """The name of who has opened the store; empty when that is nobody of this post."""
        return next((each.name for each in self.lines or () if each.number == self.present), "")


def may(state: OfficersState, act: Act, chosen: Officer | None) -> bool:
    """Say whether an act can be begun, as far as the window can know; the office decides."""
    if state.working or state.lines is None:
        return False
    if act is Act.ADD:
        return state.bar is None
    if chosen is None:
        return False
    if act is Act.BACK:
        return lasting(state, chosen.number) is not None
    if state.bar is not None:
        return False
    here, other = chosen.state in OPENS, chosen.number != state.present
    match act:
        case Act.SUSPEND:
            return here and other
        case Act.RESUME:
            return chosen.state is State.SUSPENDED
        case Act.REMOVE:
            return other and chosen.state is not State.REMOVED
        case _:
            return here and chosen.rank is not Rank.HEAD


def may_make_papers(state: OfficersState) -> bool:
    """Say whether a share or a new recovery sheet can be begun, as far as the window can know."""
    return state.lines is not None and not state.working and state.filling is None and state.bar is None


def lasting(state: OfficersState, number: int) -> Term | None:
    """Give the absence of a person that nobody has ended, None when there is none."""
    return next((each for each in state.terms if each.officer == number and each.ended_at is None), None)


def deputies(state: OfficersState, away: int) -> tuple[Officer, ...]:
    """List who may stand in for a person."""
    return tuple(
        each for each in state.lines or () if each.state in OPENS and each.rank is not Rank.HEAD and each.number != away
    )


def lack(state: OfficersState, order: Order) -> Lack | None:
    """Say what an order lacks first, None when nothing does."""
    if order.act is Act.ADD:
        if not order.name.strip():
            return Lack.NAME
        if any(each.state is not State.REMOVED and _same(each.name, order.name) for each in state.lines or ()):
            return Lack.NAME_TAKEN
        if not order.title.strip():
            return Lack.TITLE
        if len(order.passphrase) < MIN_PASSPHRASE:
            return Lack.SHORT
        if order.passphrase != order.again:
            return Lack.UNEQUAL
    if order.act in (Act.ADD, Act.RESUME, Act.REMOVE):
        if not order.second.strip():
            return Lack.SECOND
        if _same(order.second, state.who):
            return Lack.SAME_PERSON
    if order.act is Act.AWAY and not order.proof:
        return Lack.SECOND_PASSPHRASE
    return None


def _same(one: str, other: str) -> bool:
    return fold(" ".join(one.split())) == fold(" ".join(other.split()))
