"""Challenge lists: a person proves over a bad line that he is who he says, by four figures that serve once.

Source: docs/spec/materials.md 8. A line is struck in a transaction of its own before its figures are given. Nothing
here proves a text: that is the authentication group's work.
"""

from dataclasses import dataclass, field, replace

from secmsg.crypto import figures as drawing
from secmsg.crypto import hashing
from secmsg.errors import FormatError, NotAllowed, NotFound, SourceFailed
from secmsg.ids import StationId
from secmsg.office import materials, pad_pages
from secmsg.office.materials import Act, Direction, Item, Kind, State
from secmsg.station import desk as desks
from secmsg.station import material_ledger as acts
from secmsg.station.desk import Desk
from secmsg.store import materials as rows
from secmsg.store.materials import ListLine, NewLine

FIGURES = 4
MIN_LINES, MAX_LINES = 10, 500
_WRONG = "the reply was wrong"


@dataclass(frozen=True, slots=True)
class Asked:
    """The line whose challenge is to be said; it is struck out already."""

    line: int
    challenge: str = field(repr=False)


def draw(
    desk: Desk, peer: StationId, direction: Direction, count: int, *, title: str = "", training: bool = False
) -> tuple[Item, Item]:
    """Draw a list of 10 to 500 lines: with `OUT` we ask and the other end answers. Return our copy and the other one.

    NotAllowed for other bounds; SourceFailed when the random source is broken.
    """
    if not MIN_LINES <= count <= MAX_LINES:
        raise NotAllowed(f"a list has {MIN_LINES} to {MAX_LINES} lines")
    lines = _lines(desk, count)
    with desk.db.transaction():
        own = _item(desk, peer, direction, count, title, training=training)
        other = replace(
            own, number=own.number + 1, copy=3 - own.copy, direction=direction.other, ours=False, held=False,
            holder=desks.directory(desk).station(peer).name_vi,
        )  # fmt: skip
        for item in (own, other):
            rows.keep(desk.db, item)
            acts.enter(desk, item, Act.DRAWN, first=1, last=count)
        rows.keep_lines(desk.db, own.number, lines)
    return own, other


def _lines(desk: Desk, count: int) -> list[NewLine]:
    drawn = drawing.draw(desk.random, MAX_LINES * 2 * FIGURES)
    found = drawing.faults(drawn)
    if found:
        raise SourceFailed("the random source is broken: " + "; ".join(each.value for each in found))
    replies = [drawn[at : at + FIGURES] for at in range(0, count * FIGURES, FIGURES)]
    challenges: list[str] = []
    while len(challenges) < count:
        one = drawing.draw(desk.random, FIGURES)
        # Two lines of one challenge would have two right answers. The replies are not chosen among.
        if one not in challenges:
            challenges.append(one)
    return [NewLine(number, *pair) for number, pair in enumerate(zip(challenges, replies, strict=True), 1)]


def _item(desk: Desk, peer: StationId, direction: Direction, count: int, title: str, *, training: bool) -> Item:
    directory, own = desks.directory(desk), desks.own(desk)
    here, there = directory.station(own.station), directory.station(peer)
    if peer == own.station:
        raise NotAllowed("a list is shared with another station")
    ends = (here, there) if direction is Direction.OUT else (there, here)
    word = "HUẤN LUYỆN HĐ " if training else "HĐ "
    name = " ".join(title.split()) or word + "-".join(each.mrn_name for each in ends)
    if len(name) > materials.MAX_TITLE:
        raise NotAllowed(f"a short title has at most {materials.MAX_TITLE} characters")
    edition = 1 + max((each.edition for each in rows.every(desk.db) if each.title == name), default=0)
    return Item(
        rows.next_number(desk.db), Kind.CHALLENGES, name, edition, 1 if direction is Direction.OUT else 2, 2,
        State.DRAWN, State.DRAWN, peer, direction, here.name_vi, training, desk.random(materials.SET_ID_SIZE), 1, count,
        ours=True, held=True, at=desk.now(),
    )  # fmt: skip


def ask(desk: Desk, list_: int, line: int) -> Asked:
    """Strike out the line that is next on the paper and give its challenge; NotAllowed when it was used, with the day.

    The officer reads the line's number from the paper: a store that was put back knows less than it.
    """
    with desk.db.transaction():
        item = _usable(desk, list_, Direction.OUT)
        found = next((each for each in rows.lines(desk.db, list_) if each.number == line), None)
        found = _unused(item, found, line)
        rows.strike(desk.db, list_, line, desk.now())
        acts.enter(desk, item, Act.STRUCK, first=line, last=line)
    if found.challenge is None:
        raise NotAllowed("this list stands on paper alone: the line is struck out here, read its challenge there")
    return Asked(line, found.challenge)


def check(desk: Desk, list_: int, line: int, reply: str) -> bool:
    """Say whether a reply is the one of a line that was asked; its figures are erased either way.

    NotFound when nothing was asked with it, or it was checked before. FormatError for other than four figures.
    """
    said = _four(reply)
    with desk.db.transaction():
        item = rows.read(desk.db, list_)
        asked = next((e for e in rows.lines(desk.db, list_) if e.number == line and e.struck_at is not None), None)
        if asked is None or asked.reply is None:
            raise NotFound(f"no reply to line {line} is awaited")
        right = hashing.equal(asked.reply.encode(), said.encode())
        rows.erase_reply(desk.db, list_, line)
        if not right:
            acts.enter(desk, item, Act.STRUCK, first=line, last=line, note=_WRONG)
    return right


def answer(desk: Desk, list_: int, challenge: str) -> str:
    """Strike out the line of a challenge that was put to us and give its reply, once.

    NotAllowed with the day when it was answered before; NotFound when the list has no such challenge.
    """
    said = _four(challenge)
    with desk.db.transaction():
        item = _usable(desk, list_, Direction.IN)
        found = next((each for each in rows.lines(desk.db, list_) if each.challenge == said), None)
        if found is None:
            raise NotFound(f"{item.name} has no such challenge: the other one is not who he says, or has another list")
        found = _unused(item, found, found.number)
        rows.strike(desk.db, list_, found.number, desk.now())
        rows.erase_reply(desk.db, list_, found.number)
        acts.enter(desk, item, Act.STRUCK, first=found.number, last=found.number)
    return found.reply or ""


def strike(desk: Desk, list_: int, line: int) -> None:
    """Note that a line was used on paper; NotAllowed when it was used before."""
    with desk.db.transaction():
        item = rows.read(desk.db, list_)
        found = next((each for each in rows.lines(desk.db, list_) if each.number == line), None)
        _unused(item, found, line)
        rows.strike(desk.db, list_, line, desk.now())
        rows.erase_reply(desk.db, list_, line)
        acts.enter(desk, item, Act.STRUCK, first=line, last=line, note="by hand")


def _usable(desk: Desk, list_: int, direction: Direction) -> Item:
    item = rows.read(desk.db, list_)
    if item.kind is not Kind.CHALLENGES or not item.ours or item.direction is not direction:
        way = "asks" if direction is Direction.OUT else "answers"
        raise NotAllowed(f"item {list_} is no list with which this station {way}")
    if item.state is not State.IN_USE:
        raise NotAllowed(f"{item.name} is {materials.word(item.state)}, not in use")
    return item


def _unused(item: Item, line: ListLine | None, number: int) -> ListLine:
    if line is None:
        raise NotFound(f"{item.name} has no line {number}")
    if line.struck_at is not None:
        raise NotAllowed(
            f"line {number} of {item.name} was used on {pad_pages.moment(line.struck_at)}: take the next one"
        )
    return line


def _four(text: str) -> str:
    figures = "".join(text.split())
    if not (len(figures) == FIGURES and figures.isascii() and figures.isdigit()):
        raise FormatError("challenge and reply have four figures")
    return figures
