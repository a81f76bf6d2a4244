"""A cable printed from a delegation kit: every leaf bears the kit, the number of the print, and that it comes back.

Source: docs/spec/kit.md 5. The words are those of the plain form; hours are given with their zone by the caller.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from secmsg.papers.drawing import BOLD, GREY, RED, Align, Format, Pen
from secmsg.papers.frame import MARGIN, Pair, foot
from secmsg.papers.recovery import FONTS

_SIZE = 10.0
_STEP = 5.0
_BACK: Pair = ("PHẢI NỘP LẠI KHI VỀ", "To be handed back on return")
_LEFT = 20.0


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands on the leaves; `degree` and `mark` at the top of each, `lines` the cable's form and text."""

    degree: str
    mark: str
    bearer: str
    lines: Sequence[str] = field(repr=False)


def pdf(printed: Printed, fonts: Path = FONTS) -> bytes:
    """Return the cable on leaves A4; FormatError for a character that cannot be printed."""
    pen = Pen(Format.A4, fonts=fonts)
    leaves = _leaves(pen, printed.lines)
    for number, lines in enumerate(leaves, 1):
        if number > 1:
            pen.leaf()
        _head(pen, printed)
        y = MARGIN + 24
        for line in lines:
            y += _STEP
            if line:
                pen.say(line, _LEFT, y, _SIZE)
        foot(pen, f"{printed.mark} · {printed.bearer}", number, len(leaves))
    return pen.finish()


def _head(pen: Pen, printed: Printed) -> None:
    right = pen.width - MARGIN
    pen.box(MARGIN, MARGIN, right - MARGIN, 12, weight=0.8, colour=RED)
    pen.say(printed.degree, MARGIN + 4, MARGIN + 8, 14, face=BOLD, colour=RED, width=70)
    pen.say(_BACK[0], right - 4, MARGIN + 5.4, 9, face=BOLD, colour=RED, align=Align.RIGHT, width=95)
    pen.say(_BACK[1], right - 4, MARGIN + 9.8, 7.5, colour=GREY, align=Align.RIGHT, width=95)
    pen.say(printed.mark, MARGIN, MARGIN + 18, 9, face=BOLD, width=right - MARGIN)


def _leaves(pen: Pen, lines: Sequence[str]) -> list[list[str]]:
    """Part the text into leaves: long lines at spaces, a word wider than a line where it must."""
    width = pen.width - _LEFT - MARGIN
    most = int((pen.height - 2 * MARGIN - 30) / _STEP)
    rows: list[str] = []
    for line in lines:
        rows += [piece for part in pen.lines(line, _SIZE, width) for piece in _cut(part)] or [""]
    return [rows[at : at + most] for at in range(0, len(rows), most)] or [[""]]


_WIDEST = 90


def _cut(word: str) -> list[str]:
    return [word[at : at + _WIDEST] for at in range(0, len(word), _WIDEST)]
