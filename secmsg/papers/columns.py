"""How the entries of a codebook stand in columns: as many to a leaf as its format holds, none of them cut.

Measures are millimetres and points, as in `drawing`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm

from secmsg.manual.codebook import Entry
from secmsg.papers.drawing import MONO, PALE, TINT, Format, Pen, middle

Written = tuple[Entry, list[str]]
"""An entry, and its text in lines; none where it has no text yet."""

_GAP = 2.5


@dataclass(frozen=True, slots=True)
class Layout:
    """How the entries of one format stand: columns, lines in each, and the measures in millimetres and points."""

    leaf: Format
    columns: int
    lines: int
    high: float
    size: float
    margin: float

    @property
    def step(self) -> float:
        """From one column to the next."""
        return (self.leaf.value[0] / mm - 2 * self.margin + _GAP) / self.columns

    @property
    def code(self) -> float:
        """Where a text begins in its column, after the code."""
        return self.size * 1.3

    @property
    def text(self) -> float:
        """How wide a text may be."""
        return self.step - _GAP - self.code - 0.5


LAYOUTS = {
    Format.A4: Layout(Format.A4, 4, 60, 4.15, 8.4, 12),
    Format.A5: Layout(Format.A5, 3, 50, 3.5, 7.2, 9),
}
"""240 lines on a leaf A4, 150 on a leaf A5."""


def flow(pen: Pen, layout: Layout, entries: Sequence[Entry]) -> list[list[Written]]:
    """Part entries into columns: one too long for a line goes on below, and none goes on in another column."""
    columns: list[list[Written]] = []
    lines = layout.lines
    for entry in entries:
        rows = pen.lines(entry.text, layout.size, layout.text)
        lines += len(rows)
        if lines > layout.lines:
            columns.append([])
            lines = len(rows)
        columns[-1].append((entry, rows))
    return columns


def draw_column(pen: Pen, layout: Layout, column: Sequence[Written], x: float, top: float) -> None:
    """Draw entries downwards, shaded in fives of lines; an entry without text has a line for the pencil."""
    height = sum(max(1, len(rows)) for _, rows in column)
    for line in range(5, height, 10):
        high = min(5, height - line) * layout.high
        pen.box(x, top + line * layout.high, layout.step - _GAP, high, weight=0, fill=TINT)
    line = 0
    for entry, rows in column:
        stands = middle(top + line * layout.high, layout.high, layout.size)
        pen.say(entry.code, x + 0.5, stands, layout.size, face=MONO)
        if not rows:
            pen.line(x + layout.code, stands + 0.4, x + layout.step - _GAP, stands + 0.4, weight=0.2, colour=PALE)
        for number, words in enumerate(rows):
            y = stands + number * layout.high
            pen.say(words, x + layout.code, y, layout.size, width=layout.text)
        line += max(1, len(rows))
