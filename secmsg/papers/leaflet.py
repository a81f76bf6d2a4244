"""A paper of several parts over as many leaves as they need: headings, rules, facts and tables, one below the other.

The whole is laid out twice, so that every foot says how many leaves there are.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from secmsg.papers import tabular
from secmsg.papers.drawing import BOLD, GREY, INK, Format, Pen
from secmsg.papers.frame import MARGIN, Pair, foot
from secmsg.papers.recovery import FONTS
from secmsg.papers.tabular import Table

_BOX = 3.6
_LEAST = 18.0
"""Height that must be left below a heading, so that none stands alone at the end of a leaf."""


class Leaflet:
    """What is drawn next comes below, or on the next leaf; `y` is where, in millimetres."""

    def __init__(self, words: str, count: int, fonts: Path = FONTS) -> None:
        self.pen = Pen(Format.A4, fonts=fonts)
        self.y = MARGIN
        self.leaves = 1
        self._words, self._count = words, count

    @property
    def width(self) -> float:
        """Width that is drawn on."""
        return self.pen.width - 2 * MARGIN

    @property
    def bottom(self) -> float:
        """Where the foot begins."""
        return self.pen.height - MARGIN - 4

    def need(self, height: float) -> None:
        """Go on to the next leaf where so much is not left on this one."""
        if self.y + height > self.bottom:
            self.turn()

    def turn(self) -> None:
        """Go on to the next leaf."""
        self._foot()
        self.pen.leaf()
        self.leaves += 1
        self.y = MARGIN

    def heading(self, words: Pair, *, room: float = _LEAST) -> None:
        """Write a heading, with `room` millimetres below it on the same leaf."""
        self.need(8 + room)
        self.pen.say(words[0], MARGIN, self.y + 6, 11, face=BOLD)
        self.y += 7.5
        self.pen.say(words[1], MARGIN, self.y + 2, 7.5, colour=GREY)
        self.y += 4

    def rules(self, lines: Sequence[Pair], *, size: float = 9) -> None:
        """Write numbered rules, English under each."""
        for number, (vi, en) in enumerate(lines, 1):
            self.need(size * 1.6)
            self.pen.say(f"{number}.", MARGIN, self.y + size * 0.42, size, face=BOLD)
            self.y = self.pen.block(vi, MARGIN + 6, self.y, self.width - 6, size)
            self.y = self.pen.block(en, MARGIN + 6, self.y, self.width - 6, size * 0.78) + size * 0.12

    def say(self, words: Pair, *, size: float = 9.5) -> None:
        """Write one sentence, English under it."""
        self.need(size * 1.2)
        self.y = self.pen.block(words[0], MARGIN, self.y, self.width, size)
        self.y = self.pen.block(words[1], MARGIN, self.y, self.width, size * 0.78) + 1.2

    def table(self, table: Table, rows: Sequence[tabular.Row], boxes: Sequence[int] = ()) -> None:
        """Draw rows; the columns `boxes` get a box to tick in each row."""
        left = self.bottom - self.y
        for number, leaf in enumerate(tabular.paged(self.pen, table, rows, left, self.bottom - MARGIN)):
            if number:
                self.turn()
            top = self.y + tabular.HEAD
            self.y = tabular.draw(self.pen, table, leaf, MARGIN, self.y)
            for row in leaf:
                self._tick(table, boxes, top)
                top += table.height(self.pen, row)
        self.y += 3

    def _tick(self, table: Table, boxes: Sequence[int], top: float) -> None:
        for column in boxes:
            left = MARGIN + sum(each.width for each in table.columns[:column])
            middle = left + (table.columns[column].width - _BOX) / 2
            self.pen.box(middle, top + 1.6, _BOX, _BOX, weight=0.7, colour=INK)

    def finish(self) -> bytes:
        """End the last leaf and give the bytes."""
        self._foot()
        return self.pen.finish()

    def _foot(self) -> None:
        foot(self.pen, self._words, self.leaves, max(self._count, self.leaves))


def pdf(words: str, draw: Callable[[Leaflet], None], fonts: Path = FONTS) -> bytes:
    """Return what `draw` lays out; `words` stand at the foot of every leaf."""
    first = Leaflet(words, 0, fonts)
    draw(first)
    second = Leaflet(words, first.leaves, fonts)
    draw(second)
    return second.finish()
