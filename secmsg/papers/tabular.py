"""Rows in columns over as many leaves as they need: a cell too long for its column goes on below, none is cut."""

from collections.abc import Sequence
from dataclasses import dataclass

from secmsg.papers.drawing import BOLD, GREY, PALE, TINT, Pen
from secmsg.papers.frame import Pair

Row = Sequence[str]
_LINE, _PAD, HEAD = 0.46, 1.6, 8.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column's two names and its width in millimetres."""

    title: Pair
    width: float


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, the size of type, and the least height of a row: more where a pencil must write in it."""

    columns: tuple[Column, ...]
    size: float = 8.0
    least: float = 6.5

    def cells(self, pen: Pen, row: Row) -> list[list[str]]:
        """Part the cells of a row into lines."""
        return [pen.lines(words, self.size, column.width - 2) for words, column in zip(row, self.columns, strict=True)]

    def height(self, pen: Pen, row: Row) -> float:
        """Return how high a row is."""
        most = max(len(lines) for lines in self.cells(pen, row))
        return max(self.least, most * self.size * _LINE + _PAD)


def paged(pen: Pen, table: Table, rows: Sequence[Row], first_room: float, room: float) -> list[list[Row]]:
    """Part rows into leaves, of which the first has another room in millimetres; one leaf where there is no row."""
    leaves: list[list[Row]] = [[]]
    left = first_room - HEAD
    for row in rows:
        high = table.height(pen, row)
        if high > left and leaves[-1]:
            leaves.append([])
            left = room - HEAD
        leaves[-1].append(row)
        left -= high
    return leaves


def draw(pen: Pen, table: Table, rows: Sequence[Row], x: float, y: float) -> float:
    """Draw heads and rows; gives where they end."""
    xs = [x]
    for column in table.columns:
        xs.append(xs[-1] + column.width)
    top = y
    pen.box(x, y, xs[-1] - x, HEAD, weight=0, fill=TINT)
    for column, left in zip(table.columns, xs, strict=False):
        pen.say(column.title[0], left + 1, y + 3.4, 7.5, face=BOLD, width=column.width - 1.6)
        pen.say(column.title[1], left + 1, y + 6.6, 6, colour=GREY, width=column.width - 1.6)
    y += HEAD
    ys = [top, y]
    for row in rows:
        for lines, left, column in zip(table.cells(pen, row), xs, table.columns, strict=False):
            for number, words in enumerate(lines):
                stands = y + _PAD / 2 + (number + 0.78) * table.size * _LINE
                pen.say(words, left + 1, stands, table.size, width=column.width - 2)
        y += table.height(pen, row)
        ys.append(y)
    pen.grid(xs, ys, weight=0.3, colour=PALE)
    return y
