"""What the window for received groups knows: the header, the groups in their places, what is wrong with which.

Every group is judged as soon as it is whole, and the reception is then laid against its places anew: a group that was
left out shows as a gap, and those after it do not all turn wrong. Nothing here is plain text: that comes from the
station, after the tag has verified.
"""

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import assert_never

from secmsg.errors import HeaderWrong
from secmsg.manual import cells as received
from secmsg.manual import checks, header
from secmsg.manual.header import SUMS, Header
from secmsg.manual.judging import Judgement, judge, judge_placed, repair
from secmsg.manual.pad import CODE, GROUP
from ui.manual.sheet import COLUMNS, HEAD, Band, Box, Grid, Line, Mark, Spot, in_rows, rows_of, spot_of


class Slip(Enum):
    """What is wrong with a group, a row or the whole."""

    HEADER = "header"
    SHORT = "short"
    CHECK = "check"
    MISSING = "missing"
    SWAPPED = "swapped"
    PARITY_CHECK = "parity-check"
    ROW_OFF = "row-off"
    EXCESS = "excess"


@dataclass(frozen=True, slots=True)
class Fault:
    """One slip: what it is, its number from 1 (of a group, or of a row), and how many figures lack."""

    slip: Slip
    number: int
    lack: int = 0


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on the form in the order of sending, its number from 0."""

    kind: "SlotKind"
    number: int


class SlotKind(Enum):
    """What stands in a slot."""

    HEADER = "header"
    GROUP = "group"
    PARITY = "parity"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class EntryState:
    """The reception; `at` is the slot in hand, `refused` what was typed last and is no figure.

    `head` are the seven groups of the header and `header` what they say, None until they fit. `groups`, `parities` and
    `tags` stand in their places, "" where nothing is; `excess` are groups that have none, each with the slot before
    which it came: with the groups that follow it may find its place after all.
    """

    head: tuple[str, ...] = ("",) * SUMS
    header: Header | None = None
    head_wrong: tuple[int, ...] = ()
    groups: tuple[str, ...] = field(default=(), repr=False)
    parities: tuple[str, ...] = field(default=(), repr=False)
    tags: tuple[str, ...] = field(default=(), repr=False)
    excess: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    mended: tuple[int, ...] = ()
    at: int = 0
    refused: str = field(default="", repr=False)

    # --- what stands where ------------------------------------------------------------------------------------------

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Every place of the form, in the order of sending."""
        made = [Slot(SlotKind.HEADER, number) for number in range(SUMS)]
        for row in range(rows_of(len(self.groups))):
            mine = range(row * COLUMNS, min((row + 1) * COLUMNS, len(self.groups)))
            made += [Slot(SlotKind.GROUP, place) for place in mine]
            if self.parities:
                made.append(Slot(SlotKind.PARITY, row))
        return (*made, *(Slot(SlotKind.TAG, which) for which in range(len(self.tags))))

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands in every slot, in the order of sending."""
        return tuple(self._held(slot) for slot in self.slots)

    @property
    def reached(self) -> int:
        """How many slots lie before the end of what was typed."""
        return max((at + 1 for at, cell in enumerate(self.cells) if cell), default=0)

    @property
    def _body(self) -> list[str]:
        """Everything typed after the header, in the order it came."""
        cells = self.cells
        came: list[str] = []
        for at in range(SUMS, len(cells) + 1):
            came += [cell for before, cell in self.excess if before == at]
            came += [cells[at]] if at < len(cells) and cells[at] else []
        return came

    @property
    def judgement(self) -> Judgement:
        """What stands there, judged; what was not reached yet is no slip."""
        judged = judge_placed(self.groups, self.parities, self.tags)
        reached = set(self.slots[: self.reached])
        return replace(
            judged,
            missing=tuple(place for place in judged.missing if Slot(SlotKind.GROUP, place) in reached),
            rows_wrong=tuple(row for row in judged.rows_wrong if Slot(SlotKind.PARITY, row) in reached),
            waiting=tuple(place for place in judged.missing if Slot(SlotKind.GROUP, place) not in reached),
        )

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Every slip by name, in the order of the form; the group in hand is not judged before it is whole."""
        judged = self.judgement
        found = [Fault(Slip.HEADER, number) for number in self.head_wrong]
        swapped = {place for first in judged.swapped for place in (first, first + 1)}
        for place in judged.wrong:
            lack = GROUP - len(self.groups[place])
            if lack > 0 and Slot(SlotKind.GROUP, place) != self._slot:
                found.append(Fault(Slip.SHORT, place + 1, lack))
            elif lack == 0 and place not in swapped:
                found.append(Fault(Slip.CHECK, place + 1))
        found += [Fault(Slip.SWAPPED, place + 1) for place in judged.swapped]
        found += [Fault(Slip.MISSING, place + 1) for place in judged.missing]
        found.sort(key=lambda fault: (fault.slip is not Slip.HEADER, fault.number))
        found += [
            Fault(Slip.PARITY_CHECK, row + 1)
            for row in judged.rows_wrong
            if Slot(SlotKind.PARITY, row) != self._slot or len(self.parities[row]) == GROUP
        ]
        found += [Fault(Slip.ROW_OFF, row + 1) for row in judged.rows_off]
        return (*found, *(Fault(Slip.EXCESS, at + 1) for at in range(len(self.excess))))

    @property
    def ask(self) -> tuple[int, ...]:
        """Numbers from 1 of the groups to ask the other end for."""
        return tuple(place + 1 for place in self.judgement.ask)

    @property
    def whole(self) -> bool:
        """Whether every group and tag is there and fits, so that the tag can be verified."""
        judged = self.judgement
        there = judged.whole and not judged.waiting and not self.excess
        return bool(self.groups) and there and all(len(tag) == GROUP for tag in self.tags)

    @property
    def may_mend(self) -> bool:
        """Whether something can be put right without asking: a single lost group of a row, or neighbours swapped."""
        judged = self.judgement
        return bool(judged.ask) and not judged.waiting and repair(judged).repaired != ()

    @property
    def _slot(self) -> Slot:
        return self.slots[self.at]

    def _held(self, slot: Slot) -> str:
        return {
            SlotKind.HEADER: self.head,
            SlotKind.GROUP: self.groups,
            SlotKind.PARITY: self.parities,
            SlotKind.TAG: self.tags,
        }[slot.kind][slot.number]

    # --- what the officer does --------------------------------------------------------------------------------------

    def pasted(self, head: tuple[str, ...], cells: tuple[str, ...]) -> "EntryState":
        """Take a whole reception in the order it came."""
        state = EntryState(head)._headed()
        return state if state.header is None else state._laid([cell for cell in cells if cell])._forward()

    def typed(self, text: str) -> "EntryState":
        """Take figures at the cursor; it goes on when a group is whole; what is no figure is kept to name it."""
        state = replace(self, refused="")
        for figure in received.plain(text):
            if not (figure.isascii() and figure.isdigit()):
                return replace(state, refused=figure)
            state = state._figure(figure)
        return state

    def erased(self) -> "EntryState":
        """Take the last figure of the group in hand away, or go back to the group before it."""
        slot = self._slot
        if cell := self._held(slot):
            return replace(self._put(slot, cell[:-1]), refused="")
        return replace(self, at=max(0, self.at - 1), refused="")

    def emptied(self) -> "EntryState":
        """Clear the group in hand, to type a repeated one."""
        return replace(self._put(self._slot, ""), refused="")

    def moved(self, spot: Spot) -> "EntryState":
        """Go to a box."""
        slot = self._slot_at(spot)
        return self if slot is None else replace(self, at=self.slots.index(slot), refused="")

    def sent_to(self, number: int) -> "EntryState":
        """Go to a group by its number from 1."""
        return self.moved(spot_of(number - 1, Line.CIPHER))

    def repaired(self) -> "EntryState":
        """Put right what needs nobody."""
        mended = repair(self.judgement)
        return replace(self, groups=mended.groups, mended=mended.repaired)._forward()

    def gone_on(self) -> "EntryState":
        """Go to the next group that is not whole."""
        return self._forward()

    def cleared_of_excess(self) -> "EntryState":
        """Drop the groups that have no place, after the officer has seen them."""
        return replace(self, excess=())

    def _figure(self, figure: str) -> "EntryState":
        slot = self._slot
        cell = self._held(slot)
        # A whole group that is typed upon begins anew: so a repeated group is typed over the wrong one.
        state = self._put(slot, figure if len(cell) >= GROUP else cell + figure)
        return state._settled(slot) if len(state._held(slot)) == GROUP else state

    def _settled(self, slot: Slot) -> "EntryState":
        """Lay the reception anew when a group is whole and does not fit where it stands; then go on."""
        if slot.kind is SlotKind.HEADER:
            return (self._headed() if all(len(cell) == GROUP for cell in self.head) else self)._forward()
        judged = self.judgement
        fits = slot.kind is not SlotKind.GROUP or slot.number not in judged.wrong
        state = self if fits or self.at + 1 < self.reached else self._laid(self._body)
        return state._forward()

    def _headed(self) -> "EntryState":
        """Read the header; groups that were typed before keep their order."""
        try:
            said = header.read(self.head)
        except HeaderWrong as error:
            return replace(self, header=None, head_wrong=error.cells)
        rows = rows_of(said.count) if said.parity else 0
        kept = self._body
        empty = replace(self, header=said, head_wrong=(), mended=())
        empty = replace(empty, groups=("",) * said.count, parities=("",) * rows, tags=("",) * said.tags)
        return empty._laid(kept) if kept else empty

    def _laid(self, kept: list[str]) -> "EntryState":
        judged = judge(kept, len(self.groups), parity=bool(self.parities), tags=len(self.tags), unfinished=True)
        tags = tuple(judged.tags[which] if which < len(judged.tags) else "" for which in range(len(self.tags)))
        laid = replace(self, groups=judged.groups, parities=judged.parities, tags=tags, excess=(), mended=())
        filled = [at for at, cell in enumerate(laid.cells) if at >= SUMS and cell]
        excess = []
        for passed, at in enumerate(judged.excess):
            before = at - passed  # so many groups with a place came before it
            excess.append((filled[before] if before < len(filled) else laid.reached, kept[at]))
        return replace(laid, excess=tuple(excess), at=max(0, laid.reached - 1))

    def _forward(self) -> "EntryState":
        """Go to the next slot that is not whole, else to the first of all, else to the end."""
        open_ = [at for at, cell in enumerate(self.cells) if len(cell) != GROUP]
        after = [at for at in open_ if at > self.at]
        return replace(self, at=next(iter(after or open_), max(0, len(self.cells) - 1)))

    def _put(self, slot: Slot, text: str) -> "EntryState":
        def changed(held: tuple[str, ...]) -> tuple[str, ...]:
            return (*held[: slot.number], text, *held[slot.number + 1 :])

        match slot.kind:
            case SlotKind.HEADER:
                return replace(self, head=changed(self.head), head_wrong=())
            case SlotKind.GROUP:
                mended = tuple(place for place in self.mended if place != slot.number)
                return replace(self, groups=changed(self.groups), mended=mended)
            case SlotKind.PARITY:
                return replace(self, parities=changed(self.parities))
            case SlotKind.TAG:
                return replace(self, tags=changed(self.tags))
            case _:
                assert_never(slot.kind)

    def _slot_at(self, spot: Spot) -> Slot | None:
        if spot.row == HEAD:
            slot = Slot(SlotKind.HEADER, spot.column)
        elif spot.column == COLUMNS:
            slot = Slot(SlotKind.PARITY, spot.row)
        elif spot.place < len(self.groups):
            slot = Slot(SlotKind.GROUP, spot.place)
        else:
            slot = Slot(SlotKind.TAG, spot.place - len(self.groups))
        return slot if slot in self.slots else None

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def grid(self) -> Grid:
        """The form as the paper has it: seeds, cipher figures, check figures, and the tags after the last group."""
        judged = self.judgement
        boxes = tuple(self._box(place, judged) for place in range(len(self.groups)))
        rows = rows_of(len(self.groups) + len(self.tags))
        seeds = tuple(Box(str(checks.seed(place)), Mark.GIVEN) for place in range(len(self.groups)))
        cipher = tuple(Box(box.text[:CODE], box.mark) for box in boxes)
        check = tuple(Box(box.text[CODE:], box.mark) for box in boxes)
        whole = {line: list(in_rows(each, rows)) for line, each in _lines(seeds, cipher, check)}
        bands = tuple(Band(tuple((line, whole[line][row]) for line in whole)) for row in range(rows))
        if self.parities:
            bands = tuple(self._with_parity(row, band) for row, band in enumerate(bands))
        tags = tuple(Box(tag, _whole(tag)) for tag in self.tags)
        head = tuple(
            Box(cell, Mark.WRONG if number in self.head_wrong else _whole(cell))
            for number, cell in enumerate(self.head, 1)
        )
        return Grid(head, bands, tags, len(self.groups), self._spot, parity=bool(self.parities))

    @property
    def _spot(self) -> Spot:
        slot = self._slot
        line = Line.CHECK if len(self._held(slot)) == CODE and slot.kind is not SlotKind.TAG else Line.CIPHER
        match slot.kind:
            case SlotKind.HEADER:
                return Spot(Line.HEADER, HEAD, slot.number)
            case SlotKind.GROUP:
                return spot_of(slot.number, line)
            case SlotKind.PARITY:
                return Spot(line, slot.number, COLUMNS)
            case SlotKind.TAG:
                return spot_of(len(self.groups) + slot.number, line)
            case _:
                assert_never(slot.kind)

    def _box(self, place: int, judged: Judgement) -> Box:
        cell = self.groups[place]
        if place in self.mended:
            return Box(cell, Mark.MENDED)
        if Slot(SlotKind.GROUP, place) == self._slot and len(cell) < GROUP:
            return Box(cell, Mark.OPEN)
        return Box(cell, Mark.WRONG if place in (*judged.ask, *judged.swapped) else _whole(cell))

    def _with_parity(self, row: int, band: Band) -> Band:
        cell = self.parities[row] if row < len(self.parities) else ""
        wrong = row in (*self.judgement.rows_wrong, *self.judgement.rows_off)
        mark = Mark.UNUSED if row >= len(self.parities) else Mark.WRONG if wrong else _whole(cell)
        seed = Box(str(checks.parity_seed(row)), Mark.GIVEN) if row < len(self.parities) else Box()
        added = (seed, Box(cell[:CODE], mark), Box(cell[CODE:], mark))
        return Band(tuple((line, (*boxes, one)) for (line, boxes), one in zip(band.lines, added, strict=True)))


def _lines(
    seeds: tuple[Box, ...], cipher: tuple[Box, ...], check: tuple[Box, ...]
) -> tuple[tuple[Line, tuple[Box, ...]], ...]:
    return (Line.SEED, seeds), (Line.CIPHER, cipher), (Line.CHECK, check)


def _whole(cell: str) -> Mark:
    return Mark.MADE if len(cell) == GROUP else Mark.OPEN
