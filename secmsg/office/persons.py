"""The persons of a post: who may open its store, who may sign now, who stands in for whom (docs/spec/persons.md 4).

Pure: the station asks, the store keeps. An hour is UTC seconds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, IntEnum
from itertools import pairwise

from secmsg.errors import NotAllowed

MAX_NAME = 120
MAX_TERM_S = 366 * 86_400
"""An absence is decided for a year at most; a longer one is decided anew."""


class Rank(IntEnum):
    """What a person is at this post."""

    OFFICER = 1
    """Opens, reads and signs."""
    DEPUTY = 2
    """Opens and reads; signs while standing in for an officer who is away."""
    HEAD = 3
    """The head of mission: opens to read, and is the second person; releases nothing."""


class State(IntEnum):
    """Where a person stands."""

    ADDED = 1
    """Has a keyslot and has not opened with it yet."""
    ACTIVE = 2
    SUSPENDED = 3
    """The keyslot is out of the vault; it comes back when two persons say so."""
    LEAVING = 4
    """Is being removed: the next opening finishes it."""
    REMOVED = 5


OPENS = frozenset((State.ADDED, State.ACTIVE))
"""States in which a person's keyslot is in the vault."""


@dataclass(frozen=True, slots=True)
class Term:
    """An absence from `since` up to `until`, and who stands in (0: nobody).

    `seen` is the latest hour at which it was looked at: a clock set back does not prolong it. `ended_at` is None until
    somebody has ended it or its time was seen to be over.
    """

    number: int
    officer: int
    deputy: int
    since: int
    until: int
    seen: int
    ended_at: int | None
    decided: str


class Bar(Enum):
    """Why a person may not sign now; the value is the reason in words."""

    SHEET = "the store was opened by the recovery sheet, which signs for nobody: set a passphrase with it first"
    UNKNOWN = "nobody of this post is known under this keyslot"
    NOT_CERTIFIED = "headquarters has not listed this person yet: what is signed could be verified by nobody"
    NO_KEY = "the person's key cannot be opened here"
    HEAD = "the head of mission opens to read and stands by as second person; an officer releases"
    NOT_DEPUTY_NOW = "a deputy signs only while standing in for an officer who is away"
    AWAY = "this officer is recorded as away: end the absence first"
    OUT = "this person is suspended or no longer here"


def at(term: Term, now: int) -> int:
    """Return the hour by which a term is judged: never before one at which it was looked at."""
    return max(now, term.seen)


def runs(term: Term, now: int) -> bool:
    """Say whether an absence lasts now."""
    return term.ended_at is None and term.since <= at(term, now) < term.until


def is_over(term: Term, now: int) -> bool:
    """Say whether the time of an absence that nobody has ended is over."""
    return term.ended_at is None and at(term, now) >= term.until


def looked_at(term: Term, now: int) -> Term:
    """Return a term after it was looked at now: later at most, and ended for good when its time is over."""
    seen = at(term, now)
    return replace(term, seen=seen, ended_at=seen if is_over(term, now) else term.ended_at)


def bar(number: int, rank: Rank, state: State, terms: Iterable[Term], now: int) -> Bar | None:
    """Return what keeps a person from signing now, None when nothing does.

    1. suspended and removed persons sign nothing, the head of mission releases nothing
    2. who is recorded as away has to end the absence first
    3. a deputy signs while one absence lasts that names him
    """
    # 1.
    if state not in OPENS:
        return Bar.OUT
    if rank is Rank.HEAD:
        return Bar.HEAD
    # 2.
    lasting = [term for term in terms if runs(term, now)]
    if any(term.officer == number for term in lasting):
        return Bar.AWAY
    # 3.
    if rank is Rank.DEPUTY and not any(term.deputy == number for term in lasting):
        return Bar.NOT_DEPUTY_NOW
    return None


def check_term(new: Term, ranks: dict[int, Rank], terms: Iterable[Term], now: int) -> None:
    """Refuse an absence or a deputy that contradicts what is decided; NotAllowed says what.

    1. it ends after now and within a year of its beginning
    2. who is away is an officer or a deputy, and has no other absence in that time
    3. who stands in is another person of this post, here at that time, and stands in for nobody else in that time: two
       deputies at once, and one for two, are both refused, so that for every hour there is one answer to who signs
    """
    # 1.
    if not (new.since < new.until and new.until > now and new.until - new.since <= MAX_TERM_S):
        raise NotAllowed("an absence ends after now, after it begins, and within a year")
    # 2.
    if ranks.get(new.officer) in (None, Rank.HEAD):
        raise NotAllowed(f"person {new.officer} is no officer of this post")
    others = [term for term in terms if term.ended_at is None and _overlap(term, new) and not is_over(term, now)]
    for term in others:
        if term.officer == new.officer:
            raise NotAllowed(f"officer {new.officer} has an absence in that time already (term {term.number}): end it")
    # 3.
    if not new.deputy:
        return
    if new.deputy == new.officer or ranks.get(new.deputy) in (None, Rank.HEAD):
        raise NotAllowed("who stands in is another officer or deputy of this post")
    for term in others:
        if new.deputy in (term.officer, term.deputy):
            raise NotAllowed(f"person {new.deputy} is away or stands in for another in that time (term {term.number})")
        if term.deputy == new.officer:
            raise NotAllowed(f"officer {new.officer} stands in for another in that time (term {term.number}): end it")


def _overlap(one: Term, other: Term) -> bool:
    return one.since < other.until and other.since < one.until


def check_pin(pin: str) -> None:
    """Refuse a PIN that has not 8 to 12 figures, or that is one figure or a run; NotAllowed."""
    if not (pin.isascii() and pin.isdecimal() and 8 <= len(pin) <= 12):
        raise NotAllowed("a PIN has 8 to 12 figures")
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if steps <= {0} or steps <= {1} or steps <= {9}:
        raise NotAllowed("a PIN is neither one figure nor figures in a row")
