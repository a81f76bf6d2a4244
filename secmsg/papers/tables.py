"""The sheet that is no secret: Damm's square, addition and subtraction without carry, and the steps by hand.

Source: docs/spec/digits.md 1 for the square. Everything on it may be copied, learnt by heart and given away.
"""

from collections.abc import Callable
from pathlib import Path

from secmsg import digits
from secmsg.papers.drawing import BOLD, GREY, MONO, PALE, TINT, Align, Format, Pen
from secmsg.papers.frame import MARGIN, Pair, foot, head, rules
from secmsg.papers.steps import DECIPHER, ENCIPHER

TITLE = ("BẢNG TÍNH DÙNG CHUNG", "Public tables")
_PUBLIC = ("KHÔNG MẬT: được sao và học thuộc", "Not secret: may be copied and learnt by heart")
_FIGURES = range(10)
_SIDE = 6.4
_HEIGHT = 11 * _SIDE + 4

SQUARE: tuple[tuple[int, ...], ...] = tuple(tuple(digits.damm((f,), state) for f in _FIGURES) for state in _FIGURES)
"""Damm's square: row = the value reached so far, column = the next figure."""

_PATH = [0]
for _figure in (5, 0, 1, 2):
    _PATH.append(SQUARE[_PATH[-1]][_figure])

_TABLES: tuple[tuple[Pair, Pair, str, Callable[[int, int], int]], ...] = (
    (
        ("Bảng Damm: số kiểm tra (KT)", "Damm's square: the check figure"),
        (
            "Hàng: giá trị đang có, bắt đầu từ số mồi in trên ô. Cột: chữ số kế tiếp của bản mã. Đi qua cả bốn chữ "
            "số; giá trị cuối là KT. Khi kiểm: đi tiếp qua KT phải ra 0.",
            "Row: the value so far, beginning with the seed above the cell. Column: the next cipher figure. After "
            "four figures the value is the check figure. To check: walk on through the check figure; the end must be "
            "0.",
        ),
        "5012 (0): " + " → ".join(map(str, _PATH)) + ";  50120",
        lambda row, column: SQUARE[row][column],
    ),
    (
        ("Cộng không nhớ: mã + khóa", "Addition without carry: code + key"),
        (
            "Mã hóa: hàng là chữ số của mã, cột là chữ số của khóa.",
            "To encipher: row = figure of the code, column = figure of the key.",
        ),
        "1843 + 4279 = 5012",
        lambda row, column: (row + column) % 10,
    ),
    (
        ("Trừ không mượn: bản mã − khóa", "Subtraction without borrowing: cipher − key"),
        (
            "Giải mã: hàng là chữ số của bản mã, cột là chữ số của khóa.",
            "To decipher: row = figure of the cipher, column = figure of the key.",
        ),
        "5012 − 4279 = 1843",
        lambda row, column: (row - column) % 10,
    ),
)


def pdf(fonts: Path | None = None) -> bytes:
    """Return the tables and the steps as two leaves A4."""
    pen = Pen(Format.A4) if fonts is None else Pen(Format.A4, fonts=fonts)
    y = head(pen, TITLE, notice=_PUBLIC)
    for title, how, example, value in _TABLES:
        y = _table(pen, title, value, y)
        _beside(pen, how, example, y)
    foot(pen, TITLE[0], 1, 2)
    pen.leaf()
    y = head(pen, ("CÁC BƯỚC LÀM TAY", "The steps by hand"), notice=_PUBLIC)
    width = pen.width - 2 * MARGIN
    for (vi, en), steps in (
        (("Mã hóa", "To encipher"), ENCIPHER),
        (("Giải mã", "To decipher"), DECIPHER),
    ):
        pen.say(f"{vi} / {en}", MARGIN, y + 4, 11, face=BOLD)
        y = rules(pen, steps, MARGIN, y + 6, width, 8.3) + 2
    foot(pen, TITLE[0], 2, 2)
    return pen.finish()


def _table(pen: Pen, title: Pair, value: Callable[[int, int], int], y: float) -> float:
    """Draw one ten by ten table; gives where the leaf goes on."""
    left, top = MARGIN, y + 6.5
    pen.say(title[0], left, y + 4, 10.5, face=BOLD)
    pen.say(title[1], pen.width - MARGIN, y + 4, 8, colour=GREY, align=Align.RIGHT)
    pen.box(left, top, 11 * _SIDE, _SIDE, weight=0, fill=TINT)
    pen.box(left, top, _SIDE, 11 * _SIDE, weight=0, fill=TINT)
    edges = [place * _SIDE for place in range(12)]
    pen.grid([left + each for each in edges], [top + each for each in edges], colour=PALE)
    for each in (1, 6, 11):
        pen.line(left + each * _SIDE, top, left + each * _SIDE, top + 11 * _SIDE, weight=0.8)
        pen.line(left, top + each * _SIDE, left + 11 * _SIDE, top + each * _SIDE, weight=0.8)
    for row in range(-1, 10):
        for column in range(-1, 10):
            if (row, column) == (-1, -1):
                continue
            words = f"{value(row, column)}" if min(row, column) >= 0 else f"{max(row, column)}"
            x, line = left + (column + 1.5) * _SIDE, top + (row + 1.5) * _SIDE + 1.5
            pen.say(words, x, line, 12, face=MONO if min(row, column) >= 0 else BOLD, align=Align.CENTRE)
    return top + _HEIGHT


def _beside(pen: Pen, how: Pair, example: str, end: float) -> None:
    """Write the rule of a table and an example to its right."""
    x, top = MARGIN + 11 * _SIDE + 7, end - _HEIGHT
    width = pen.width - MARGIN - x
    y = pen.block(how[0], x, top, width, 10)
    y = pen.block(how[1], x, y + 2, width, 8)
    pen.say("Ví dụ / Example", x, y + 7, 8, colour=GREY)
    pen.say(example, x, y + 13, 12, face=MONO, width=width)
