"""One leaf of a worksheet: six rows of ten cells below the header, on the same lines whether blank or filled."""

from collections.abc import Sequence
from dataclasses import dataclass

from secmsg.manual.checks import COLUMNS, parity_seed, seed
from secmsg.manual.worksheet import Direction
from secmsg.papers.drawing import BOLD, GREY, INK, MONO, PALE, TINT, Align, Pen, middle
from secmsg.papers.frame import Pair, head, signatures

ROWS = 6
"""Rows of ten on one leaf."""
GROUPS = ROWS * COLUMNS

_TITLES = {
    Direction.ENCIPHER: ("PHIẾU TÍNH: MÃ HÓA", "Worksheet: encipher"),
    Direction.DECIPHER: ("PHIẾU TÍNH: GIẢI MÃ", "Worksheet: decipher"),
}
_NOTICE = ("GIẤY NHÁP MẬT: tiêu hủy cùng trang khóa", "Secret working paper: destroyed with its key page")
_MARGIN, _LABEL, _COLUMN, _PARITY_GAP = 12.0, 19.5, 15.0, 1.5
_LINES: tuple[tuple[Pair, float, float], ...] = (
    (("Mã", "code"), 6.3, 11),
    (("Khóa", "key"), 6.3, 11),
    (("Bản mã", "cipher"), 6.3, 11),
    (("KT", "check"), 5.4, 11),
    (("a", "running tag"), 5.4, 9),
)
_SECOND_PERSON = ("Soát", "2nd pass")
_SEED, _GAP, _FIRST = 3.0, 2.0, 54.5
_BLOCK = _SEED + sum(height for _, height, _ in _LINES) + _GAP


_HEADER: tuple[Pair, ...] = (
    ("1 Số chuỗi", "serial"),
    ("2 Trang", "page"),
    ("3 Ngày, tháng", "day, month · seed 2"),
    ("4 Giờ, phút UTC", "hour, minute · seed 3"),
    ("5 Năm, dạng", "year, form · seed 4"),
    ("6 Số nhóm", "count"),
    ("7 Tổng cột", "column sums"),
    ("Xác thực", "tag"),
    ("Xác thực 2", "second tag"),
)


@dataclass(frozen=True, slots=True)
class Clear:
    """What stands over the cells: the header's seven groups, tags, book; what is empty is for the pencil."""

    header: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    book: str = ""
    pages: tuple[str, ...] = ()


Cell = tuple[str, str, str, str, str]
"""Code, key, cipher, check figure, running value of the tag; "" where it is not known yet."""


def draw_leaf(
    pen: Pen, direction: Direction, clear: Clear, cells: Sequence[Cell], parities: Sequence[str], number: int, *,
    persons: int,
) -> None:  # fmt: skip
    """Draw the leaf of this number, from 0: header, rows, places to sign."""
    y = head(pen, _TITLES[direction], top=10, notice=_NOTICE)
    _clear(pen, clear, y + 1)
    x = _MARGIN + _LABEL
    for column in range(COLUMNS):
        pen.say(f"{column + 1}", x + (column + 0.5) * _COLUMN, _FIRST - 1.2, 9, face=BOLD, align=Align.CENTRE)
    pen.say("Cột / column", _MARGIN, _FIRST - 1.2, 7, colour=GREY)
    pen.say("bù / parity", _parity_left() + _COLUMN / 2, _FIRST - 1.2, 6, face=BOLD, align=Align.CENTRE,
            width=_COLUMN)  # fmt: skip
    for row in range(ROWS):
        at, y = number * GROUPS + row * COLUMNS, _FIRST + row * _BLOCK
        _row(pen, cells, at, y, persons=persons)
        _parity(pen, parities, at // COLUMNS, y)
    signatures(pen, (("Người làm", "Worked by"), ("Người kiểm", "Checked by"), ("Giờ, múi giờ", "Hour, zone")), 274)


def _clear(pen: Pen, clear: Clear, y: float) -> None:
    """Draw header and tags as nine boxes, filled or to be filled, and the book under them."""
    values = (*(*clear.header, *[""] * 7)[:7], *(*clear.tags, "", "")[:2])
    width = (pen.width - 2 * _MARGIN) / len(_HEADER)
    for place, ((vi, en), value) in enumerate(zip(_HEADER, values, strict=True)):
        x = _MARGIN + place * width
        pen.box(x, y, width, 13.5, weight=0.6)
        pen.say(vi, x + 1, y + 3, 6.4, colour=GREY, width=width - 2)
        pen.say(en, x + 1, y + 5.6, 5.2, colour=GREY, width=width - 2)
        pen.say(value, x + width / 2, y + 11.4, 12, face=MONO, align=Align.CENTRE, width=width - 2)
    pen.say("Tập khóa / pad book:", _MARGIN, y + 17.6, 7, colour=GREY)
    pen.say(clear.book or "." * 50, _MARGIN + 27, y + 17.6, 8, face=BOLD)
    pen.say("Các trang / pages:", _MARGIN + 108, y + 17.6, 7, colour=GREY)
    pen.say(" ".join(clear.pages) or "." * 50, _MARGIN + 132, y + 17.6, 8, face=BOLD, width=54)


def _parity_left() -> float:
    return _MARGIN + _LABEL + COLUMNS * _COLUMN + _PARITY_GAP


def _parity(pen: Pen, parities: Sequence[str], row: int, y: float) -> None:
    """Draw the place of a row's eleventh group: cipher and check figure alone."""
    x, middle_x = _parity_left(), _parity_left() + _COLUMN / 2
    pen.say(f"{parity_seed(row)}", middle_x, y + 2.3, 6.5, colour=GREY, align=Align.CENTRE)
    y += _SEED + sum(height for _, height, _ in _LINES[:2])
    group = parities[row] if row < len(parities) else ""
    for (_, height, size), value in zip(_LINES[2:4], (group[:4], group[4:]), strict=True):
        pen.box(x, y, _COLUMN, height, weight=0.3, fill=TINT)
        pen.say(value, middle_x, middle(y, height, size), size, face=MONO, align=Align.CENTRE)
        y += height


def _row(pen: Pen, cells: Sequence[Cell], at: int, y: float, *, persons: int) -> None:
    """Draw ten cells under their seeds; cipher and check figure stand on a tint: they are what is sent."""
    x, right = _MARGIN + _LABEL, _MARGIN + _LABEL + COLUMNS * _COLUMN
    pen.say(f"{at + 1}–{at + COLUMNS}", _MARGIN, y + 2.4, 7, face=BOLD)
    for column in range(COLUMNS):
        middle_x = x + (column + 0.5) * _COLUMN
        pen.say(f"{seed(at + column)}", middle_x, y + 2.3, 6.5, colour=GREY, align=Align.CENTRE)
    y += _SEED
    tops = [y]
    for line, ((vi, en), height, size) in enumerate(_LINES):
        if line in (2, 3):
            pen.box(x, y, right - x, height, weight=0, fill=TINT)
        if line == len(_LINES) - 1 and persons > 1:
            vi, en = _SECOND_PERSON
        pen.say(vi, _MARGIN, middle(y, height, 8), 8, face=BOLD if line in (2, 3) else "BeVietnamPro")
        pen.say(en, _MARGIN + _LABEL - 1, middle(y, height, 5), 5, colour=GREY, align=Align.RIGHT)
        for column, cell in enumerate(cells[at : at + COLUMNS]):
            if line < len(_LINES) - 1 or persons == 1:
                centre = x + (column + 0.5) * _COLUMN
                stands = middle(y, height, size)
                pen.say(cell[line], centre, stands, size, face=MONO, align=Align.CENTRE, width=_COLUMN - 1)
        y += height
        tops.append(y)
    for place in range(COLUMNS + 1):
        pen.line(x + place * _COLUMN, tops[0], x + place * _COLUMN, tops[-1], colour=PALE)
    for line, top in enumerate(tops):
        strong = line in (0, 2, 4, len(tops) - 1)
        pen.line(x, top, right, top, weight=0.7 if strong else 0.3, colour=INK if strong else PALE)
