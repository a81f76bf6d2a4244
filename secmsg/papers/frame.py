"""The head, the foot and the places for signatures that papers of the hand cipher have alike."""

from collections.abc import Sequence

from secmsg.papers.drawing import BOLD, GREY, INK, PALE, RED, TRAINING, Align, Pen

MARGIN = 12.0
Pair = tuple[str, str]
"""Words in Vietnamese and in English."""


def head(pen: Pen, title: Pair, *, top: float = MARGIN, left: float = MARGIN, notice: Pair | None = None) -> float:
    """Draw a title, above it what must be known at once; gives where the leaf goes on."""
    right = pen.width - left
    y = top
    if notice is not None:
        pen.box(left, y, right - left, 6, weight=0.8, colour=RED)
        pen.say(
            " / ".join(notice),
            pen.width / 2,
            y + 4.2,
            8,
            face=BOLD,
            colour=RED,
            align=Align.CENTRE,
            width=right - left - 4,
        )
        y += 8
    pen.say(title[0], left, y + 6, 15, face=BOLD, width=(right - left) * 0.68)
    pen.say(title[1], right, y + 6, 8.5, colour=GREY, align=Align.RIGHT, width=(right - left) * 0.3)
    return y + 9


def foot(pen: Pen, words: str, number: int, count: int, *, left: float = MARGIN, training: bool = False) -> None:
    """Write at the foot of a leaf what it belongs to, and which leaf of how many it is."""
    y, right = pen.height - MARGIN + 3, pen.width - left
    pen.line(left, y - 3.2, right, y - 3.2, colour=PALE)
    pen.say(f"{words} · {TRAINING}" if training else words, left, y, 7, colour=GREY, width=right - left - 22)
    pen.say(f"tờ / leaf {number}/{count}", right, y, 7, colour=GREY, align=Align.RIGHT)


def facts(pen: Pen, rows: Sequence[tuple[Pair, str]], x: float, y: float, width: float, *, label: float = 42) -> float:
    """Write what is known, one fact a line; a fact without a value gets a line to write on. Gives where they end."""
    for (vi, en), value in rows:
        pen.say(f"{vi} / {en}", x, y, 7.5, colour=GREY, width=label - 2)
        if value:
            pen.say(value, x + label, y, 9.5, face=BOLD, width=width - label)
        else:
            pen.line(x + label, y + 0.8, x + width, y + 0.8, colour=GREY, dash="0.6 1.6")
        y += 5.6
    return y


def rules(pen: Pen, lines: Sequence[Pair], x: float, y: float, width: float, size: float = 8.5) -> float:
    """Write numbered rules, English under each; gives where they end."""
    for number, (vi, en) in enumerate(lines, 1):
        pen.say(f"{number}.", x, y + size * 0.42, size, face=BOLD)
        y = pen.block(vi, x + 6, y, width - 6, size)
        if en:
            y = pen.block(en, x + 6, y, width - 6, size * 0.8)
        y += size * 0.13
    return y


def signatures(pen: Pen, lines: Sequence[Pair], y: float, *, left: float = MARGIN) -> None:
    """Draw places to sign side by side: a line, and under it who signs there."""
    width = (pen.width - 2 * left) / len(lines)
    for place, (vi, en) in enumerate(lines):
        x = left + place * width
        pen.line(x, y, x + width - 5, y, colour=INK)
        pen.say(f"{vi} / {en}", x, y + 3.6, 7, colour=GREY, width=width - 5)
