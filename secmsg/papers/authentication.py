"""The authentication sheet of a pad book: r written out as tables, on both sides of one leaf A4 or on one A5.

Table A has a line for the first two figures of x and a column for its third; table B a line for the fourth and a
column for the fifth. The small sheet has the first figure, the next two and the last two apart: one look-up more.
Source: docs/spec/manual.md 5.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from secmsg.manual.tag import EXTRA, Sheet
from secmsg.papers.drawing import BOLD, GREY, MONO, PALE, TINT, Align, Format, Pen, middle
from secmsg.papers.frame import MARGIN, Pair, foot, head, rules
from secmsg.papers.pads import PadCover
from secmsg.papers.recovery import FONTS

_TITLE = ("BẢNG XÁC THỰC", "Authentication sheet")
_NOTICE = ("KHÍ TÀI MẬT MÃ: giữ cùng tập khóa, trong két", "Key material: kept with its pad book, in the safe")
_TENS = range(10)
_ABOVE = 100_000
_RULES: tuple[Pair, ...] = (
    (
        "x có 5 chữ số: a = A[ba chữ số đầu] + B[hai chữ số cuối]. x từ 100000 đến 100002: lấy E0, E1, E2, không cộng "
        "B.",
        "x of five figures: a = A[first three] + B[last two]. x of 100000 to 100002: E0, E1, E2, without B.",
    ),
    (
        "Tổng có 6 chữ số: bỏ chữ số đầu k, trừ 3k; âm thì cộng 100003. Ghi rõ k.",
        "A sum of six figures: drop the first, k, subtract 3k; below zero add 100003. Write k down.",
    ),
    (
        "Bảng này dùng cho cả tập khóa, không chép ra, không phát. Năm lần nhóm xác thực sai không rõ nguyên nhân: "
        "ngừng dùng cả bảng và tập, báo cáo.",
        "The sheet serves its whole pad book; it is never copied or sent. After five unexplained failures of the tag, "
        "sheet and book are retired and reported.",
    ),
    (
        "Tiêu hủy cùng trang cuối của tập khóa, hai người ký.",
        "Destroyed with the last page of its book, signed by two.",
    ),
)
_SMALL_RULES: tuple[Pair, ...] = (
    (
        "x có 5 chữ số: a = chục nghìn[chữ số đầu] + trăm[hai chữ số kế] + đơn vị[hai chữ số cuối].",
        "x of five figures: a = first table[first figure] + second[next two] + third[last two].",
    ),
    *_RULES[1:],
)


def pdf(covers: Sequence[PadCover], sheets: Sequence[Sheet], fonts: Path = FONTS) -> bytes:
    """Return copies of a book's sheets (one, or r1 and r2), each as both sides of one leaf A4 across."""
    pen = Pen(Format.A4_WIDE, training=covers[0].training, fonts=fonts)
    for first, (cover, number, sheet) in _every(covers, sheets):
        if not first:
            pen.leaf()
        _front(pen, cover, sheet, number, len(sheets))
        pen.leaf()
        _back(pen, cover, sheet, number, len(sheets))
    return pen.finish()


def _every(covers: Sequence[PadCover], sheets: Sequence[Sheet]) -> Iterator[tuple[bool, tuple[PadCover, int, Sheet]]]:
    """Give every sheet of every copy, and whether it is the first of all."""
    for cover in covers:
        for number, sheet in enumerate(sheets):
            yield cover is covers[0] and number == 0, (cover, number, sheet)


def _title(number: int, count: int) -> Pair:
    return (f"{_TITLE[0]} r{number + 1}", f"{_TITLE[1]} {number + 1}/{count}") if count > 1 else _TITLE


def _front(pen: Pen, cover: PadCover, sheet: Sheet, number: int, count: int) -> None:
    y = head(pen, _title(number, count), notice=_NOTICE)
    pen.say(f"Bảng A / Table A · {cover.line}", MARGIN, y + 2, 9, face=BOLD)
    width = _half(pen)
    for first in (0, 50):
        rows, x = [f"{first + row:02}" for row in range(50)], MARGIN + first // 50 * (width + 8)
        _table(pen, rows, x, y + 4, width, 3.02, 7.8, _hundreds(sheet, first))
    foot(pen, cover.line, 2 * number + 1, 2 * count, training=cover.training)


def _half(pen: Pen) -> float:
    return (pen.width - 2 * MARGIN - 8) / 2


def _back(pen: Pen, cover: PadCover, sheet: Sheet, number: int, count: int) -> None:
    y, width = head(pen, _title(number, count), notice=_NOTICE), _half(pen)
    pen.say(f"Bảng B / Table B · {cover.line}", MARGIN, y + 2, 9, face=BOLD)
    end = _units(pen, sheet, MARGIN, y + 4, width, 7.0, 9.2)
    _extras(pen, sheet, MARGIN, end + 6, width)
    x = MARGIN + width + 8
    pen.say("Cách dùng / Use", x, y + 2, 9, face=BOLD)
    rules(pen, _RULES, x, y + 5, width, 9)
    foot(pen, cover.line, 2 * number + 2, 2 * count, training=cover.training)


def small_pdf(covers: Sequence[PadCover], sheets: Sequence[Sheet], fonts: Path = FONTS) -> bytes:
    """Return the same in 210 entries each, on one leaf A5, for one look-up more in each group."""
    pen = Pen(Format.A5, training=covers[0].training, fonts=fonts)
    for first, (cover, number, sheet) in _every(covers, sheets):
        if not first:
            pen.leaf()
        _small(pen, cover, sheet, number, len(sheets))
    return pen.finish()


def _small(pen: Pen, cover: PadCover, sheet: Sheet, number: int, count: int) -> None:
    left, width = 10.0, pen.width - 20
    y = head(pen, _title(number, count), top=8, left=left, notice=_NOTICE)
    pen.say(cover.line, left, y + 1, 8, face=BOLD)
    pen.say("Chục nghìn / first figure", left, y + 6, 7.5, colour=GREY)
    y = _table(pen, [""], left, y + 7, width, 4.6, 8.6, lambda _, column: sheet.tens_of_thousands(column))
    pen.say("Trăm / next two figures", left, y + 4, 7.5, colour=GREY)
    row = [f"{each}" for each in _TENS]
    y = _table(pen, row, left, y + 5, width, 4.4, 8.6, lambda line, column: sheet.hundreds(line * 10 + column))
    pen.say("Đơn vị / last two figures", left, y + 4, 7.5, colour=GREY)
    y = _units(pen, sheet, left, y + 5, width, 4.4, 8.6)
    _extras(pen, sheet, left, y + 4, width, 8.6)
    rules(pen, _SMALL_RULES, left, y + 8, width, 6.8)


def _units(pen: Pen, sheet: Sheet, x: float, y: float, width: float, high: float, size: float) -> float:
    row = [f"{each}" for each in _TENS]
    return _table(pen, row, x, y, width, high, size, lambda line, column: sheet.units(line * 10 + column))


def _hundreds(sheet: Sheet, first: int) -> Callable[[int, int], int]:
    return lambda row, column: sheet.hundreds((first + row) * 10 + column)


def _extras(pen: Pen, sheet: Sheet, x: float, y: float, width: float, size: float = 10) -> None:
    """Write the entries of the three sums that have no five figures to look up."""
    for above in range(EXTRA):
        at = x + above * width / EXTRA
        pen.say(f"E{above} (x = {_ABOVE + above})", at, y, size * 0.85, colour=GREY)
        entry = sheet.beyond(above)
        pen.say(f"{entry:05}", at + size * 3.2, y, size, face=MONO)


def _table(
    pen: Pen, rows: list[str], x: float, y: float, width: float, high: float, size: float,
    value: Callable[[int, int], int],
) -> float:  # fmt: skip
    """Draw ten columns of entries, shaded in fives; gives where they end."""
    label = 8.0
    column = (width - label) / 10
    for place in _TENS:
        pen.say(f"{place}", x + label + (place + 0.5) * column, y + 3, size, face=BOLD, align=Align.CENTRE)
    top = y + 4
    for number, name in enumerate(rows):
        line = top + number * high
        if number // 5 % 2:
            pen.box(x, line, width, high, weight=0, fill=TINT)
        pen.say(name, x + label - 2, middle(line, high, size), size, face=BOLD, align=Align.RIGHT)
        for place in _TENS:
            centre = x + label + (place + 0.5) * column
            entry = f"{value(number, place):05}"
            pen.say(entry, centre, middle(line, high, size), size, face=MONO, align=Align.CENTRE, width=column - 0.8)
    bottom = top + len(rows) * high
    for place in range(11):
        pen.line(x + label + place * column, y, x + label + place * column, bottom, weight=0.2, colour=PALE)
    pen.line(x, top, x + width, top, weight=0.6)
    pen.line(x, bottom, x + width, bottom, weight=0.6)
    return bottom
