"""Key material: what an item is, where it stands, which act may move it, when two persons must be named.

Source: docs/spec/materials.md 3. Pure: the station asks, the store keeps. An item is one copy of one thing that is
accounted for under a register number: a copy of a pad book, a challenge list, a codebook, a token, a stick, a machine,
a delegation kit, a backup, a recovery sheet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from secmsg.errors import NotAllowed
from secmsg.ids import StationId
from secmsg.vietnamese import fold

MAX_TITLE = 40
MAX_EDITION = 9_999
MAX_PERSON = 120
MAX_HOLDER = 120
MAX_CABLE = 64
MAX_NOTE = 300
SET_ID_SIZE = 16
NOBODY = StationId(0)
"""Stands for the peer of an item that is shared with no station."""


class Kind(IntEnum):
    """What an item is."""

    PAD = 1
    CHALLENGES = 2
    CODEBOOK = 3
    TOKEN = 4
    STICK = 5
    MACHINE = 6
    OTHER = 7
    KIT = 8
    """A delegation kit: it leaves with its bearer and comes back."""
    BACKUP = 9
    SHEET = 10
    """A recovery sheet, or a printed share: a secret on paper under a seal."""


PAGED = frozenset((Kind.PAD, Kind.CHALLENGES))
"""Kinds that have pages or lines, each with a fate of its own."""


class Direction(IntEnum):
    """Which way the traffic of a book goes, as its holder sees it."""

    OUT = 1
    """ĐI: its holder enciphers with it."""
    IN = 2
    """ĐẾN: its holder deciphers with it."""

    @property
    def other(self) -> "Direction":
        """What the holder of the other copy sees."""
        return Direction.IN if self is Direction.OUT else Direction.OUT


class State(IntEnum):
    """Where an item stands."""

    DRAWN = 1
    PRINTED = 2
    SEALED = 3
    ISSUED = 4
    """It has left this office for another holder."""
    RECEIVED = 5
    """It has come and its pages were counted; until it is opened it is the reserve."""
    IN_USE = 6
    USED_UP = 7
    DESTROYED = 8
    REPORTED = 9
    SUPERSEDED = 10
    COMPROMISED = 11
    MISSING = 12
    VOID = 13


class Act(IntEnum):
    """What a line of the ledger says."""

    DRAWN = 1
    ENTERED = 2
    """Taken into the ledger as it lies here: a codebook's copy, a token, a machine."""
    PRINTED = 3
    ERASED = 4
    """The figures held in the store were erased; the paper goes on alone."""
    SEALED = 5
    ISSUED = 6
    RECEIVED = 7
    OPENED = 8
    """Its seal was opened and it was put into use."""
    CONFIRMED = 9
    """The officer has read from the paper which page lies on top."""
    TAKEN = 10
    """Pages were torn off: they count as used."""
    USED = 11
    """Pages were bound to a serial and a cable."""
    PAGE_DESTROYED = 12
    PAGE_VOID = 13
    PAGE_MISSING = 14
    USED_UP = 15
    DESTROYED = 16
    REPORTED = 17
    SUPERSEDED = 18
    COMPROMISED = 19
    MISSING = 20
    VOID = 21
    CLEARED = 22
    """Two persons, with the word of headquarters: what was compromised or missing stands as before."""
    EXPORTED = 23
    STRUCK = 24
    """A line of a challenge list was used."""
    TAG_FAILED = 25
    """A message did not verify after clean check figures, unexplained."""
    COUNTED = 26
    """Seen by two persons, whole: the seal, or every page that should be there."""
    MOVED = 27
    """It lies elsewhere, or another has it, within this office."""
    RETURNED = 28
    """What had been issued and has no pages is here again."""
    DISCREPANT = 29
    """It is not as this ledger says; the note says how."""
    VERIFIED = 30
    """The program has opened it and found it whole: a backup, a kit."""


@dataclass(frozen=True, slots=True)
class Item:
    """One copy of one thing, under its register number.

    `set_id` (16 bytes, or none) is common to the copies of one draw. Pages, or lines of a list, have the numbers
    `first` to `first + pages - 1`; 0 pages for what has none. `before` is the state to which a cleared item goes back.
    `holder` is who has it or where it lies. `ours`: it is used here; a copy drawn here for another office is not.
    `held`: its figures are in the store, or were until they were used.
    """

    number: int
    kind: Kind
    title: str
    edition: int
    copy: int
    copies: int
    state: State
    before: State
    peer: StationId
    direction: Direction
    holder: str
    training: bool
    set_id: bytes
    first: int
    pages: int
    ours: bool
    held: bool
    at: int
    failures: int = 0

    @property
    def last(self) -> int:
        """The number of the last page."""
        return self.first + self.pages - 1

    @property
    def name(self) -> str:
        """What stands on its cover: short title, edition, copy."""
        return f"{self.title} {self.edition} {self.copy}/{self.copies}"


_HERE = frozenset((State.DRAWN, State.PRINTED, State.SEALED, State.RECEIVED))
ALIVE = _HERE | {State.IN_USE, State.USED_UP}
"""States in which an item is here and nothing speaks against it."""
STOPPED = frozenset((State.COMPROMISED, State.MISSING))
"""States in which nothing of an item is used until headquarters has decided."""
_OWN = ALIVE | STOPPED | {State.SUPERSEDED, State.VOID}

_MOVES: dict[Act, tuple[frozenset[State], State | None]] = {
    Act.PRINTED: (frozenset((State.DRAWN, State.PRINTED, State.RECEIVED)), State.PRINTED),
    Act.SEALED: (_HERE, State.SEALED),
    Act.EXPORTED: (_HERE | {State.ISSUED}, None),
    Act.ISSUED: (_HERE, State.ISSUED),
    Act.RECEIVED: (frozenset((State.ISSUED,)), State.RECEIVED),
    Act.RETURNED: (frozenset((State.ISSUED,)), State.RECEIVED),
    Act.OPENED: (_HERE, State.IN_USE),
    Act.ERASED: (ALIVE, None),
    Act.USED_UP: (frozenset((State.IN_USE,)), State.USED_UP),
    Act.DESTROYED: (_OWN, State.DESTROYED),
    Act.REPORTED: (frozenset((State.DESTROYED,)), State.REPORTED),
    Act.SUPERSEDED: (ALIVE | {State.ISSUED}, State.SUPERSEDED),
    Act.COMPROMISED: (ALIVE | {State.ISSUED, State.MISSING}, State.COMPROMISED),
    Act.MISSING: (ALIVE | {State.ISSUED}, State.MISSING),
    Act.VOID: (_HERE, State.VOID),
    Act.COUNTED: (ALIVE | {State.SUPERSEDED}, None),
    Act.MOVED: (_OWN, None),
}
"""From which states an act may move an item, and to which; None: it stays where it is."""

TWO_NAMES = frozenset(
    (
        Act.SEALED,
        Act.EXPORTED,
        Act.RECEIVED,
        Act.OPENED,
        Act.PAGE_DESTROYED,
        Act.DESTROYED,
        Act.VOID,
        Act.CLEARED,
        Act.COUNTED,
    )
)
"""Acts for which a second person is named: nobody is the sole witness of what he does with keys."""

ENDED = frozenset((State.DESTROYED, State.REPORTED))
"""States in which nothing of an item is left."""

READY = _HERE
"""States from which a book may be opened: the reserve."""


def moved(item: Item, act: Act) -> State:
    """Return where an act leaves an item; NotAllowed when it may not be done to it as it stands."""
    if act is Act.CLEARED:
        if item.state not in STOPPED:
            raise NotAllowed(f"{item.name} is {word(item.state)}: there is nothing to clear")
        return item.before
    if act is Act.RETURNED and item.kind in PAGED:
        raise NotAllowed(f"{item.name} has pages: it is received and counted by two persons")
    sources, target = _MOVES[act]
    if item.state not in sources:
        raise NotAllowed(f"{item.name} is {word(item.state)}: it cannot be {_DONE[act]}")
    return item.state if target is None else target


def may(item: Item, act: Act) -> bool:
    """Say whether an act that moves items may be done to one as it stands."""
    sources, _ = _MOVES[act]
    return item.state in sources


def moves(act: Act) -> bool:
    """Say whether an act is about the whole item and may move it; the others are about its pages or lines."""
    return act in _MOVES or act is Act.CLEARED


def before(item: Item, state: State) -> State:
    """Return to which state an item goes back when it is cleared, once it stands in `state`."""
    return item.state if state in STOPPED and item.state not in STOPPED else item.before


def destruction_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return what is to be destroyed in an emergency, first what opens recorded traffic.

    Superseded, void or stopped; then in use or used up; then the reserve; among equals, by where they lie.
    """
    rank = dict.fromkeys((State.SUPERSEDED, State.VOID, *STOPPED), 0)
    rank |= {State.IN_USE: 1, State.USED_UP: 1} | dict.fromkeys(READY, 2)
    here = [each for each in items if each.ours and each.state in rank]
    return tuple(sorted(here, key=lambda each: (rank[each.state], each.holder, each.number)))


def word(state: State) -> str:
    """Return a state in plain English, for reasons."""
    return state.name.lower().replace("_", " ")


_DONE = {act: act.name.lower().replace("_", " ") for act in Act}


def check_names(act: Act, first: str, second: str) -> None:
    """Refuse an act that needs two persons when the second is not named, or is the first; NotAllowed."""
    if len(second) > MAX_PERSON:
        raise NotAllowed(f"a name has at most {MAX_PERSON} characters")
    if act not in TWO_NAMES:
        return
    if not second.strip():
        raise NotAllowed("this is done by two persons: name the second")
    if fold(" ".join(second.split())) == fold(" ".join(first.split())):
        raise NotAllowed("the second person is another than the officer who has opened the store")
