"""Delegation kits: what a permit may say, which cables it covers, and whether a kit may be opened now.

Source: docs/spec/kit.md 1 and 4. Pure: the station asks, the store keeps.
"""

from dataclasses import dataclass, replace
from enum import Enum, IntEnum

from secmsg.errors import NotAllowed
from secmsg.wire.cable import Degree

MAX_NAME = 120
MAX_WORDS = 300
LONGEST_S = 90 * 86_400
"""A permit covers one journey; who is away for longer is given another."""
MAX_OPENINGS = 999
MAX_MINUTES = 90 * 1_440
MAX_PRINTS = 99
MAX_CABLES = 2_000
TOLERANCE_S = 600
"""By how much a clock may be set back, as a machine does that finds a better one."""


class AtExpiry(IntEnum):
    """What becomes of the kit's keys when somebody opens it after its end."""

    REFUSE = 1
    """It refuses; the post can prolong it."""
    DESTROY = 2
    """The first start after the end destroys the keys for good."""


class KitState(IntEnum):
    """Where a kit stands, as its post knows."""

    MAKING = 1
    """It was entered, and nobody has said yet that its folder is whole."""
    OUT = 2
    RETURNED = 3
    LOST = 4
    GIVEN_UP = 5
    """Its making did not end: nothing of it opens."""


@dataclass(frozen=True, slots=True)
class Permit:
    """Who may carry which secrets where, from when until when (UTC seconds), how, and who permits it.

    `openings` and `minutes` are what may be used in all, `prints` how many prints (0: none); `exports` whether
    enclosures may be written out of it, `drops` whether cables may be added on the road.
    """

    number: int
    bearer: str
    title: str
    degree: Degree
    purpose: str
    places: str
    measures: str
    permitted_by: str
    start: int
    until: int
    made_at: int
    openings: int
    minutes: int
    prints: int
    exports: bool
    drops: bool
    at_expiry: AtExpiry = AtExpiry.REFUSE


@dataclass(frozen=True, slots=True)
class Use:
    """How far a kit was used: `seen` is the latest time that it has ever seen, `used_s` how long it was open."""

    seen: int
    used_s: int = 0
    openings: int = 0
    prints: int = 0
    exports: int = 0
    drops: int = 0


class Verdict(Enum):
    """Whether a kit may be opened."""

    READY = "ready"
    NOT_YET = "not-yet"
    EXPIRED = "expired"
    CLOCK_BACK = "clock-back"
    """The clock shows less than the kit has seen already: it was set back, or was wrong before."""
    OPENINGS_SPENT = "openings-spent"
    MINUTES_SPENT = "minutes-spent"


def check(permit: Permit) -> None:
    """Refuse a permit that is not one: a name missing, a time beyond its bound; NotAllowed says which."""
    for words, what, most in (
        (permit.bearer, "bearer", MAX_NAME),
        (permit.title, "post of the bearer", MAX_NAME),
        (permit.purpose, "purpose", MAX_WORDS),
        (permit.places, "places", MAX_WORDS),
        (permit.measures, "protective measures", MAX_WORDS),
        (permit.permitted_by, "person who permits it", MAX_NAME),
    ):
        if not 1 <= len(words.strip()) <= most:
            raise NotAllowed(f"a permit names the {what}, in at most {most} characters")
    if not permit.start < permit.until <= permit.start + LONGEST_S:
        raise NotAllowed(f"a permit ends after it begins, and at most {LONGEST_S // 86_400} days later")
    if permit.until <= permit.made_at:
        raise NotAllowed("this permit would have ended already")
    check_budget(permit.openings, permit.minutes)
    if not 0 <= permit.prints <= MAX_PRINTS:
        raise NotAllowed(f"a permit allows 0 to {MAX_PRINTS} prints")


def check_budget(openings: int, minutes: int) -> None:
    """Refuse a budget out of bounds; NotAllowed."""
    if not 1 <= openings <= MAX_OPENINGS:
        raise NotAllowed(f"a permit allows 1 to {MAX_OPENINGS} openings")
    if not 1 <= minutes <= MAX_MINUTES:
        raise NotAllowed(f"a permit allows 1 to {MAX_MINUTES} minutes of reading")


def prolonged(permit: Permit, until: int, openings: int, minutes: int) -> Permit:
    """Return a permit as the post has prolonged it: its end, openings and minutes in all."""
    return replace(permit, until=until, openings=openings, minutes=minutes)


def check_degree(permit: Permit, degree: Degree, mrn: str) -> None:
    """Refuse a cable above the permit's degree; NotAllowed names it."""
    if degree > permit.degree:
        raise NotAllowed(f"{mrn} is above the degree of this permit")


def needs_witness(permit: Permit) -> bool:
    """Say whether a second person must give their own secret: a kit with tuyệt mật."""
    return permit.degree is Degree.TOP_SECRET


def time_of(use: Use, clock: int) -> int:
    """Return what the kit takes for the time: never before the latest that it has seen."""
    return max(use.seen, clock)


def judge(permit: Permit, use: Use, clock: int) -> Verdict:
    """Say whether a kit may be opened while the machine's clock shows `clock`.

    1. what the kit has seen is past the end: no clock brings it back
    2. the clock is past the end, or before the beginning
    3. the clock shows less than the kit has seen, by more than the tolerance
    4. openings, then minutes, are used up
    """
    if time_of(use, clock) >= permit.until:
        return Verdict.EXPIRED
    if clock < use.seen - TOLERANCE_S:
        return Verdict.CLOCK_BACK
    if clock < permit.start:
        return Verdict.NOT_YET
    if use.openings >= permit.openings:
        return Verdict.OPENINGS_SPENT
    if use.used_s >= 60 * permit.minutes:
        return Verdict.MINUTES_SPENT
    return Verdict.READY


def check_print(permit: Permit, use: Use, *, copy_ok: bool) -> None:
    """Refuse a print that the permit or the cable does not allow; NotAllowed."""
    if not copy_ok:
        raise NotAllowed("this cable may not be copied: it is read here and not printed")
    if use.prints >= permit.prints:
        raise NotAllowed(f"the permit allows {permit.prints} prints, and {use.prints} were made")


def check_export(permit: Permit) -> None:
    """Refuse to write an enclosure out of a kit whose permit does not allow it; NotAllowed."""
    if not permit.exports:
        raise NotAllowed("the permit of this kit allows no enclosure to be written out of it")


def next_drop(permit: Permit, use: Use, number: int) -> bool:
    """Say whether a drop is the next one; False for one that was taken before. NotAllowed for one that is too early."""
    if number <= use.drops:
        return False
    if not permit.drops:
        raise NotAllowed("the permit of this kit allows nothing to be added on the road")
    if number > use.drops + 1:
        raise NotAllowed(f"this is addition {number}: number {use.drops + 1} comes first")
    return True
