"""Level 2, destruction in order: which line goes when, what stays to the end, and what two persons said of each.

Source: docs/spec/destruction.md 11. Pure: the station writes the lines, this replays them and says what comes next.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from secmsg.errors import NotAllowed, NotFound
from secmsg.office import destruction, materials
from secmsg.office.destruction import CARD, Fate, Finding, Outcome, Papers, Part, Task
from secmsg.office.materials import Item, Kind, State
from secmsg.wire import codec
from secmsg.wire.cable import Degree

REGISTER = 16
MAX_NOTE = 300
_COLUMNS = 8
_MAX_BYTES = 2**12
_MAX_ITEM = 2**32 - 1


class Turn(IntEnum):
    """When a line goes: what the post needs to stay in contact outlives everything else."""

    NOW = 1
    """At once, keys before content, equipment last."""
    CONTACT = 2
    """When all of that is said: the pads in use and their codebook, the way by hand if the machine fails."""
    AFTER = 3
    """When the machine's keys are dead: what the last call by voice needs, and the machine itself."""


class Deed(IntEnum):
    """What a line of the register says."""

    BEGUN = 1
    DESTROYED = 2
    LEFT = 3
    """It could not be destroyed; why, stands in the note. It may still be destroyed later."""
    CLOSED = 4
    """Everything is said; the report was sealed, the machine's keys are next."""
    STOPPED = 5
    """The post works on: what was destroyed stays destroyed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `item` 0 and a degree for printed cables, both 0 where it is about the whole.

    `proven`: the second person gave a passphrase, and was not only named. `note`: the ground, or why it was left.
    """

    at: int
    deed: Deed
    item: int
    degree: int
    person: str
    second: str
    proven: bool
    note: str = ""


def encode(line: Line) -> bytes:
    """Return the canonical bytes of a line; FormatError where a column is out of bounds."""
    encoded = codec.encode(
        [line.at, int(line.deed), line.item, line.degree, line.person, line.second, int(line.proven), line.note]
    )
    decode(encoded)
    return encoded


def decode(data: bytes) -> Line:
    """Return the line that was encoded; FormatError if the bytes are not one."""
    what = "line of a destruction in order"
    at, deed, item, degree, person, second, proven, note = codec.as_array(
        codec.decode(data, max_bytes=_MAX_BYTES), _COLUMNS, _COLUMNS, what
    )
    return Line(
        codec.as_uint(at, 0, codec.MAX_TIME, what),
        codec.as_choice(deed, Deed, what),
        codec.as_uint(item, 0, _MAX_ITEM, what),
        codec.as_uint(degree, 0, Degree.TOP_SECRET, what),
        codec.as_text(person, 1, materials.MAX_PERSON, what),
        codec.as_text(second, 1, materials.MAX_PERSON, what),
        bool(codec.as_uint(proven, 0, 1, what)),
        codec.as_text(note, 0, MAX_NOTE, what, multiline=True),
    )


def under_way(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines of the walk under way, from its beginning; none when none was begun, or it was stopped."""
    found: list[Line] = []
    for line in lines:
        kept = [] if line.deed in (Deed.BEGUN, Deed.STOPPED) else found
        found = kept if line.deed is Deed.STOPPED else [*kept, line]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the list, when it goes, and what was said of it: UNKNOWN while nothing was; `note` why it was left.

    `item` is its number in the ledger, 0 for printed cables, which `degree` names then.
    """

    task: Task
    turn: Turn
    item: int
    fate: Fate = Fate.UNKNOWN
    note: str = ""

    @property
    def degree(self) -> int:
        """The degree of printed cables, 0 for an item."""
        return 0 if self.task.degree is None else int(self.task.degree)


def turn_of(item: Item) -> Turn:
    """Say when an item goes."""
    if item.kind is Kind.MACHINE:
        return Turn.AFTER
    if item.state not in materials.ALIVE:
        return Turn.NOW
    if item.title == CARD or (item.kind is Kind.CHALLENGES and item.state is State.IN_USE):
        return Turn.AFTER
    in_use = item.kind is Kind.PAD and item.state is State.IN_USE
    return Turn.CONTACT if in_use or item.kind is Kind.CODEBOOK else Turn.NOW


def steps(items: Sequence[Item], papers: Iterable[Papers], walk: Iterable[Line]) -> tuple[Step, ...]:
    """Return the list in the order in which it goes, with what the lines of a walk under way say.

    What is destroyed stands first in its turn, in the order in which it was said.
    """
    said = {(line.item, line.degree): line for line in walk if line.deed in (Deed.DESTROYED, Deed.LEFT)}
    kept = tuple(papers)
    numbers = {each.number: each for each in items}
    open_ = [_of_item(each) for each in materials.destruction_order(each for each in items if not each.training)]
    open_ += [Step(task, Turn.NOW, 0) for task in destruction.checklist((), kept)]
    open_.sort(key=lambda step: step.task.rank)
    ended: list[Step] = []
    for (number, degree), line in said.items():
        if line.deed is Deed.DESTROYED:
            step = _of_item(numbers[number]) if number else Step(_papers(degree, kept), Turn.NOW, 0)
            ended.append(replace(step, fate=Fate.DESTROYED))
    gone = {(each.item, each.degree) for each in ended}
    left = [_said(each, said) for each in open_ if (each.item, each.degree) not in gone]
    return tuple(sorted((*ended, *left), key=lambda step: step.turn))


def _of_item(item: Item) -> Step:
    return Step(destruction.item_task(item), turn_of(item), item.number)


def _papers(degree: int, kept: Iterable[Papers]) -> Task:
    count = next((each.cables for each in kept if each.degree == degree), 0)
    return destruction.papers_task(Papers(Degree(degree), count))


def _said(step: Step, said: dict[tuple[int, int], Line]) -> Step:
    line = said.get((step.item, step.degree))
    return step if line is None else replace(step, fate=Fate.LEFT, note=line.note)


def current(walk: Iterable[Step]) -> Step | None:
    """Return the step of which nothing is said yet, None when everything is that goes before the machine's keys."""
    return next((each for each in walk if each.fate is Fate.UNKNOWN and each.turn is not Turn.AFTER), None)


def check(walk: Sequence[Step], item: int, degree: int, *, destroyed: bool, note: str) -> None:
    """Refuse what may not be said of a line now; NotFound for one that is not on the list, NotAllowed."""
    step = next((each for each in walk if (each.item, each.degree) == (item, degree)), None)
    if step is None:
        raise NotFound("there is no such line on the list")
    if step.turn is Turn.AFTER:
        raise NotAllowed("this stays until the keys of the machine are dead")
    if step.fate is Fate.DESTROYED:
        raise NotAllowed("this line is destroyed already")
    if step.fate is Fate.UNKNOWN and step != current(walk):
        raise NotAllowed("the lines are said in their order: there is one before it")
    if not destroyed and not note.strip():
        raise NotAllowed("what is not destroyed is left with a reason: name it")


def is_closed(walk: Sequence[Line]) -> bool:
    """Say whether the lines of a walk under way end with its closing: what is said after it opens it again."""
    return bool(walk) and walk[-1].deed is Deed.CLOSED


def check_close(walk: Sequence[Step]) -> None:
    """Refuse to close a list on which nothing is said of a line; NotAllowed."""
    if current(walk) is not None:
        raise NotAllowed("of every line it is said first whether it is destroyed")


def outcome(walk: Iterable[Step]) -> Outcome:
    """Return the line of the outcome card that holds once the machine's keys are dead and nothing else happens."""
    dead = (Finding(Part.KEYS, Fate.DESTROYED),)
    kept = tuple(walk)
    # Two copies may read alike on the list: one that is left outweighs one that is destroyed.
    gone = {each.task: True for each in kept if each.fate is Fate.DESTROYED}
    return destruction.outcome(dead, gone | {each.task: False for each in kept if each.fate is not Fate.DESTROYED})
