"""The grid of the paper as plain values: bands of ten columns, the lines of each, what stands in a box and how."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

COLUMNS = 10
"""Groups in a row, on the paper and on the screen; a row's parity group stands after them."""

HEAD = -1
"""The row of the header, above the first."""


class Line(Enum):
    """A line of a band, in the order of the paper."""

    HEADER = "header"
    SEED = "seed"
    CODE = "code"
    KEY = "key"
    CIPHER = "cipher"
    CHECK = "check"
    RUNNING = "running"


class Mark(Enum):
    """How a box stands."""

    UNUSED = "unused"
    """The message ends before it."""
    GIVEN = "given"
    MADE = "made"
    """Worked out and right, or fitting as received."""
    OPEN = "open"
    """Still to be filled."""
    WRONG = "wrong"
    MENDED = "mended"
    """Rebuilt from the parity of its row."""


@dataclass(frozen=True, slots=True)
class Box:
    """What stands in one box."""

    text: str = field(default="", repr=False)
    mark: Mark = Mark.UNUSED


@dataclass(frozen=True, slots=True)
class Spot:
    """One box: its line, its row and its column from 0 (column 10: the parity group of the row; row -1: the header)."""

    line: Line
    row: int
    column: int

    @property
    def place(self) -> int:
        """The place of its group in the message, from 0."""
        return self.row * COLUMNS + self.column


@dataclass(frozen=True, slots=True)
class Band:
    """One row of groups: the lines it is written in, each with its boxes."""

    lines: tuple[tuple[Line, tuple[Box, ...]], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole sheet and its cursor; `head` is the header's line, `tags` stand after the last group, at `tags_at`."""

    head: tuple[Box, ...] = ()
    bands: tuple[Band, ...] = ()
    tags: tuple[Box, ...] = ()
    tags_at: int = 0
    at: Spot | None = None
    parity: bool = False

    @property
    def columns(self) -> int:
        """Columns of a row, with that of the parity groups if there are such."""
        return COLUMNS + self.parity

    def box(self, spot: Spot) -> Box:
        """Give the box at a spot; an unused one where there is none."""
        if spot.row == HEAD:
            return self.head[spot.column] if 0 <= spot.column < len(self.head) else Box()
        if not 0 <= spot.row < len(self.bands):
            return Box()
        boxes = dict(self.bands[spot.row].lines).get(spot.line, ())
        return boxes[spot.column] if 0 <= spot.column < len(boxes) else Box()

    def tag_at(self, spot: Spot) -> int | None:
        """Say which tag stands at a spot, if one does."""
        which = spot.place - self.tags_at
        tall = spot.line not in (Line.HEADER, Line.SEED, Line.RUNNING)
        return which if tall and spot.column < COLUMNS and 0 <= which < len(self.tags) else None


def spot_of(place: int, line: Line) -> Spot:
    """Give the spot of a group's place."""
    return Spot(line, place // COLUMNS, place % COLUMNS)


def rows_of(count: int) -> int:
    """Count the rows that so many groups fill."""
    return -(-count // COLUMNS)


def in_rows(boxes: tuple[Box, ...], rows: int) -> Iterator[tuple[Box, ...]]:
    """Cut boxes into rows of ten, the last ones filled up with unused boxes."""
    for row in range(rows):
        mine = boxes[row * COLUMNS : (row + 1) * COLUMNS]
        yield (*mine, *[Box()] * (COLUMNS - len(mine)))
