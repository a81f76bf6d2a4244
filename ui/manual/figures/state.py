"""A worksheet in figures as it is filled: by the machine at once, or by the officer with every box judged when full.

What is right, and what comes next, the worksheet itself says (`secmsg.manual.working`); nothing is worked out here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType

from secmsg.manual import cells as received
from secmsg.manual import checks, working
from secmsg.manual.mistakes import Verdict
from secmsg.manual.pad import CODE, GROUP
from secmsg.manual.working import SECOND_TAG, NextStep
from secmsg.manual.working import Line as Entered
from secmsg.manual.worksheet import Cell, Direction, Worksheet
from ui.manual.sheet import COLUMNS, Band, Box, Grid, Line, Mark, Spot, in_rows, rows_of, spot_of

Entries = Mapping[tuple[Entered, int], str]
_NOTHING: Entries = MappingProxyType({})
_ENTERED = {
    Line.CODE: Entered.CODE,
    Line.KEY: Entered.KEY,
    Line.CIPHER: Entered.CIPHER,
    Line.CHECK: Entered.CHECK,
}
_SHOWN = {entered: line for line, entered in _ENTERED.items()}
_SIZES = {Entered.CHECK: 1, Entered.PARITY: GROUP, Entered.TAG: GROUP}
_HIDDEN = frozenset({Entered.RUNNING})


class Way(Enum):
    """Who works the figures out."""

    MACHINE = "machine"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class FiguresState:
    """The sheet, who fills it, what was typed by line and place, the box in hand, and what was refused as no figure."""

    sheet: Worksheet = field(repr=False)
    way: Way = Way.MACHINE
    typed: Entries = field(default_factory=lambda: _NOTHING, repr=False)
    at: Spot = field(default_factory=lambda: spot_of(0, Line.CIPHER))
    refused: str = field(default="", repr=False)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell in order."""
        return self.sheet.cells

    @property
    def lines(self) -> frozenset[Entered]:
        """The lines that the officer works: those of the sheet whose right figures are known here."""
        known = working.OWN[self.sheet.direction] - _HIDDEN
        return known if self.sheet.worked else known - {Entered.TAG}

    @property
    def next(self) -> NextStep:
        """What is to be done next."""
        return working.next_step(self.sheet, self.typed, self.lines)

    @property
    def whole(self) -> bool:
        """Whether every box stands right, so that the message may be sent."""
        return self.way is Way.MACHINE or self.next.line is None

    @property
    def wrong(self) -> tuple[tuple[Entered, int, Verdict], ...]:
        """Every box that was filled and is not right, in the order of the work."""
        found = []
        for line, place in working.cells(self.sheet, self.lines):
            entry = self.typed.get((line, place), "")
            if len(entry) >= _size(line) and not (verdict := self._judged(line, place, entry)).right:
                found.append((line, place, verdict))
        return tuple(found)

    def short(self) -> tuple[tuple[Entered, int, int], ...]:
        """Give every box that was left before it was full, with how many figures lack; not that in hand."""
        here = self._entry_at(self.at)
        return tuple(
            (line, place, _size(line) - len(entry))
            for (line, place), entry in sorted(self.typed.items(), key=lambda item: item[0][1])
            if 0 < len(entry) < _size(line) and (line, place) != here
        )

    # --- what the officer does --------------------------------------------------------------------------------------

    def in_way(self, way: Way) -> "FiguresState":
        """Change who works; what was typed stays."""
        state = replace(self, way=way, refused="")
        return state._at_next() if way is Way.SELF else state

    def moved(self, spot: Spot) -> "FiguresState":
        """Go to a box."""
        return replace(self, at=spot, refused="")

    def took(self, text: str) -> "FiguresState":
        """Take figures at the cursor; it goes on when the box is full and right, and stays where it is not."""
        state = replace(self, refused="")
        for figure in received.plain(text):
            if self.way is Way.MACHINE:
                return state
            if not (figure.isascii() and figure.isdigit()):
                return replace(state, refused=figure)
            state = state._figure(figure)
        return state

    def erased(self) -> "FiguresState":
        """Take the last figure of the box in hand away."""
        entry = self._entry_at(self.at)
        if self.way is Way.MACHINE or entry is None:
            return self
        return replace(self._put(entry, self.typed.get(entry, "")[:-1]), refused="")

    def _figure(self, figure: str) -> "FiguresState":
        entry = self._entry_at(self.at)
        if entry is None:
            return self
        typed = self.typed.get(entry, "")
        # A full box that is typed upon begins anew: so a slip is typed over.
        state = self._put(entry, figure if len(typed) >= _size(entry[0]) else typed + figure)
        filled = state.typed[entry]
        if len(filled) < _size(entry[0]) or not state._judged(*entry, filled).right:
            return state
        return state._after(entry)

    def _after(self, entry: tuple[Entered, int]) -> "FiguresState":
        """Go on to the check figure below, else to the next box of the work that is not right."""
        line, place = entry
        below = (Entered.CHECK, place)
        if line is Entered.CIPHER and Entered.CHECK in self.lines and not self.typed.get(below):
            return replace(self, at=spot_of(place, Line.CHECK))
        if line is Entered.CHECK and place + 1 < len(self.cells) and not self.typed.get((Entered.CIPHER, place + 1)):
            same_row = (place + 1) // COLUMNS == place // COLUMNS or not self.sheet.rows[0].parity
            if same_row:
                return replace(self, at=spot_of(place + 1, Line.CIPHER))
        return self._at_next()

    def _at_next(self) -> "FiguresState":
        step = self.next
        if step.line is None:
            return self
        return replace(self, at=self._spot_of(step.line, step.place))

    def _put(self, entry: tuple[Entered, int], text: str) -> "FiguresState":
        kept = {key: value for key, value in self.typed.items() if key != entry}
        return replace(self, typed=MappingProxyType({**kept, entry: text} if text else kept))

    def _judged(self, line: Entered, place: int, entry: str) -> Verdict:
        return working.judge_cell(self.sheet, line, place, entry)

    def _entry_at(self, spot: Spot) -> tuple[Entered, int] | None:
        """Say which box of the work a spot is, None for one that is not worked."""
        if spot.column == COLUMNS:
            found = (Entered.PARITY, spot.row)
        elif spot.place >= len(self.cells):
            found = (Entered.TAG, spot.place - len(self.cells))
        elif spot.line in _ENTERED:
            found = (_ENTERED[spot.line], spot.place)
        else:
            return None
        return found if found[0] in self.lines else None

    def _spot_of(self, line: Entered, place: int) -> Spot:
        if line is Entered.PARITY:
            return Spot(Line.CIPHER, place, COLUMNS)
        if line is Entered.TAG:
            return spot_of(len(self.cells) + place, Line.CIPHER)
        return spot_of(place, _SHOWN[line])

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def grid(self) -> Grid:
        """The sheet as the paper has it."""
        cells, tags = self.cells, self.sheet.tags
        rows = rows_of(len(cells) + len(tags))
        lines: list[tuple[Line, tuple[Box, ...]]] = [
            (Line.SEED, tuple(Box(str(cell.seed), Mark.GIVEN) for cell in cells)),
            *((line, tuple(self._box(line, cell) for cell in cells)) for line in _order(self.sheet.direction)),
        ]
        if self.sheet.columns and self.way is Way.MACHINE:
            running = tuple(Box(cell.running[0] if cell.running else "", Mark.GIVEN) for cell in cells)
            lines.append((Line.RUNNING, running))
        whole = {line: list(in_rows(boxes, rows)) for line, boxes in lines}
        parity = bool(self.sheet.rows[0].parity)
        bands = [Band(tuple((line, whole[line][row]) for line in whole)) for row in range(rows)]
        if parity:
            bands = [self._with_parity(row, band) for row, band in enumerate(bands)]
        boxes = tuple(self._tag(which, tag) for which, tag in enumerate(tags))
        return Grid((), tuple(bands), boxes, len(cells), self.at, parity=parity)

    def _box(self, line: Line, cell: Cell) -> Box:
        right = {Line.CODE: cell.code, Line.KEY: cell.key, Line.CIPHER: cell.cipher, Line.CHECK: cell.check}[line]
        if self.way is Way.MACHINE or _ENTERED[line] not in self.lines:
            return Box(right, Mark.GIVEN if line in (Line.CODE, Line.KEY) else Mark.MADE)
        return self._typed(_ENTERED[line], cell.place)

    def _tag(self, which: int, tag: str) -> Box:
        if self.way is Way.MACHINE or Entered.TAG not in self.lines:
            return Box(tag, Mark.MADE)
        return self._typed(Entered.TAG, which)

    def _typed(self, line: Entered, place: int) -> Box:
        entry = self.typed.get((line, place), "")
        if len(entry) < _size(line):
            left = bool(entry) and self._entry_at(self.at) != (line, place)
            return Box(entry, Mark.WRONG if left else Mark.OPEN)
        return Box(entry, Mark.MADE if self._judged(line, place, entry).right else Mark.WRONG)

    def _with_parity(self, row: int, band: Band) -> Band:
        if row >= len(self.sheet.rows):
            return Band(tuple((line, (*boxes, Box())) for line, boxes in band.lines))
        own = self.sheet.rows[row].parity
        box = Box(own, Mark.MADE) if self.way is Way.MACHINE else self._typed(Entered.PARITY, row)
        parts = {
            Line.SEED: Box(str(checks.parity_seed(row)), Mark.GIVEN),
            Line.CIPHER: replace(box, text=box.text[:CODE]),
            Line.CHECK: replace(box, text=box.text[CODE:]),
        }
        return Band(tuple((line, (*boxes, parts.get(line, Box()))) for line, boxes in band.lines))


def entry_name(line: Entered, place: int) -> tuple[Line, int]:
    """Give the line under which a box of the work is known on the screen, and its place."""
    return _SHOWN.get(line, Line.CIPHER), place % SECOND_TAG


def _order(direction: Direction) -> tuple[Line, ...]:
    if direction is Direction.ENCIPHER:
        return Line.CODE, Line.KEY, Line.CIPHER, Line.CHECK
    return Line.CIPHER, Line.CHECK, Line.KEY, Line.CODE


def _size(line: Entered) -> int:
    return _SIZES.get(line, CODE)
