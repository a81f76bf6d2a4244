"""Emergency destruction: the three levels, the order, the checklist by position, and what counts as destroyed.

Source: docs/spec/destruction.md. Pure: the station acts, this says in which order, and what may be said of the end.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum

from secmsg.office import materials
from secmsg.office.materials import Item, Kind
from secmsg.wire.cable import Degree

CARD = "Thẻ kết quả"
"""The title under which a card of outcomes stands in the ledger."""


class Level(IntEnum):
    """How far a destruction goes."""

    REDUCE = 1
    """Precautionary: what is superseded and old goes, the post works on."""
    ORDERED = 2
    """Everything, by the list, by two persons: keys before content, the highest degree first."""
    AT_ONCE = 3
    """The keys, by one gesture; the list comes after."""


class Fate(Enum):
    """What has become of a thing; UNKNOWN is never told as destroyed."""

    DESTROYED = "destroyed"
    LEFT = "left"
    UNKNOWN = "unknown"
    ABSENT = "absent"
    """There was none."""


class Part(Enum):
    """What an emergency destruction reaches in a machine, in the order in which it goes."""

    KEYS = "keys"
    """The keyslots: without them nothing of the store can be read."""
    OTHER_KEYS = "other-keys"
    """The keyslots of kits, portable stations and backups on media that are plugged in."""
    KEYRING = "keyring"
    MEMORY = "memory"
    """Programs that have the store open and hold its keys in memory."""
    DATABASE = "database"
    BLOBS = "blobs"


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one part; `count` is how many things of it, `detail` a plain reason where it is not all."""

    part: Part
    fate: Fate
    count: int = 0
    detail: str = ""


class Duty(Enum):
    """Who does a task: by position, so that the list holds whoever is on watch."""

    FIRST = "first"
    """The cipher officer on watch."""
    SECOND = "second"
    """The second cipher officer, or whom the head names."""
    HEAD = "head"
    """The head of mission."""


class Rank(IntEnum):
    """The order of a destruction: keys before content, the highest degree first, equipment last."""

    KEYS = 1
    TOP_SECRET = 2
    SECRET = 3
    CONFIDENTIAL = 4
    EQUIPMENT = 5


_OF_DEGREE = {
    Degree.TOP_SECRET: Rank.TOP_SECRET,
    Degree.SECRET: Rank.SECRET,
    Degree.CONFIDENTIAL: Rank.CONFIDENTIAL,
}
_EQUIPMENT = frozenset((Kind.MACHINE, Kind.OTHER))


@dataclass(frozen=True, slots=True)
class Papers:
    """Cables of one degree in the store: of so many there may be prints, which nobody counts."""

    degree: Degree
    cables: int


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the checklist: `what` is the item's name, "" for printed cables; `where` who has it, where it lies.

    `kind` is None for printed cables, whose `degree` is then set. `count` items, or cables that may be printed.
    """

    rank: Rank
    duty: Duty
    kind: Kind | None
    degree: Degree | None
    what: str
    where: str
    count: int


def checklist(items: Iterable[Item], papers: Iterable[Papers]) -> tuple[Task, ...]:
    """Return what exists outside the machine's own memory, in the order in which it is destroyed.

    Items of training and of other offices are left out; among the keys, what opens recorded traffic goes first
    (docs/spec/materials.md 3), and what cannot be destroyed by its state is not named.
    """
    ordered = materials.destruction_order(each for each in items if not each.training)
    of_items = [item_task(each) for each in ordered]
    of_papers = [
        papers_task(each)
        for each in sorted(papers, key=lambda each: -each.degree)
        if each.cables and each.degree in _OF_DEGREE
    ]
    return tuple(sorted((*of_items, *of_papers), key=lambda each: each.rank))


def papers_task(papers: Papers) -> Task:
    """Return the line of printed cables of one degree, mật or above."""
    return Task(_OF_DEGREE[papers.degree], Duty.SECOND, None, papers.degree, "", "", papers.cables)


def item_task(item: Item) -> Task:
    """Return the line of an item."""
    rank = Rank.EQUIPMENT if item.kind in _EQUIPMENT else Rank.KEYS
    duty = Duty.SECOND if rank is Rank.EQUIPMENT else Duty.FIRST
    return Task(rank, duty, item.kind, None, item.name, item.holder, 1)


def counts(tasks: Iterable[Task]) -> dict[Kind, int]:
    """Count the items of a checklist by kind: all that the list beside the store may say."""
    found: dict[Kind, int] = {}
    for task in tasks:
        if task.kind is not None:
            found[task.kind] = found.get(task.kind, 0) + task.count
    return found


# --- what may be said of the end -----------------------------------------------------------------------------------


class Outcome(IntEnum):
    """The lines of the outcome card (docs/spec/destruction.md 6): each says what was NOT destroyed."""

    ALL = 1
    """Keys of the machine, and every line of the checklist."""
    PAPER_LEFT = 2
    """Keys of the machine; papers are left, none of them a key."""
    KEYS_ON_PAPER_LEFT = 3
    """Keys of the machine; keys on paper or media are left: pads, sheets, codebooks, kits."""
    KEYS_ALONE = 4
    """Keys of the machine; nothing is known of the rest."""
    NOT_SURE = 5
    """Whether the keys of the machine are destroyed is not known."""
    NOT_DESTROYED = 6
    """The keys of the machine are not destroyed."""


def outcome(findings: Iterable[Finding], tasks: Mapping[Task, bool] | None) -> Outcome:
    """Return the line that may be told: the worst that the findings and the ticked checklist allow.

    `tasks` says of each line whether it is done; None: nobody has gone through the list yet.
    """
    fates = {each.fate for each in findings if each.part in _KEY_PARTS}
    if Fate.LEFT in fates:
        return Outcome.NOT_DESTROYED
    if Fate.UNKNOWN in fates or Fate.DESTROYED not in fates:
        return Outcome.NOT_SURE
    if tasks is None:
        return Outcome.KEYS_ALONE
    left = {task.rank for task, done in tasks.items() if not done}
    if Rank.KEYS in left:
        return Outcome.KEYS_ON_PAPER_LEFT
    return Outcome.PAPER_LEFT if left else Outcome.ALL


_KEY_PARTS = frozenset((Part.KEYS, Part.OTHER_KEYS, Part.MEMORY))


def superseded(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return what level 1 destroys of the ledger: what is superseded, void or used up, and ours."""
    ends = (materials.State.SUPERSEDED, materials.State.VOID, materials.State.USED_UP)
    return tuple(each for each in materials.destruction_order(items) if each.state in ends)
