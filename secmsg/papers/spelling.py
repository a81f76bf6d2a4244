"""The compact leaves of the codebook: numerals, signs and control on one, letters and pairs of letters in a square."""

from collections.abc import Callable
from string import ascii_lowercase

from secmsg.manual.codebook import SIGNS, Book, Kind
from secmsg.papers.drawing import BOLD, GREY, MONO, PALE, TINT, Align, Pen, middle

_CONTROL = range(100, 200)


def numerals(pen: Pen, book: Book, margin: float) -> None:
    """Draw the hundred numerals as ten rows, and below them figures, signs, control, headings, days and months."""
    small = pen.width < 200
    width = (pen.width - 2 * margin) / 10
    high, size = (4.6, 7.4) if small else (6.0, 9.0)
    pen.say("SỐ 00–99 / Numerals", margin, 13.5, 10, face=BOLD)
    top = 16.0
    for place, entry in enumerate(book.by_kind[Kind.NUMERAL]):
        row, column = divmod(place, 10)
        x, y = margin + column * width, top + row * high
        if row // 5 % 2:
            pen.box(x, y, width, high, weight=0, fill=TINT)
        pen.say(entry.code, x + 1, middle(y, high, size), size * 0.85, face=MONO, colour=GREY)
        pen.say(entry.text, x + width - 1.5, middle(y, high, size), size, face=BOLD, align=Align.RIGHT)
    edges = [margin + place * width for place in range(11)]
    pen.grid(edges, [top + row * high for row in range(11)], weight=0.2, colour=PALE)
    _control(pen, book, margin, top + 10 * high, small=small)


def _control(pen: Pen, book: Book, margin: float, top: float, *, small: bool) -> None:
    """Draw the second hundred in columns, below the numerals."""
    columns, high, size = (3, 3.45, 7.0) if small else (4, 5.6, 8.6)
    pen.say("CHỮ SỐ LẺ, DẤU, MÃ ĐIỀU KHIỂN, NGÀY, THÁNG / Figures, signs, control, days, months", margin, top + 6, 8.5,
            face=BOLD, width=pen.width - 2 * margin)  # fmt: skip
    found = [entry for entry in book.entries if int(entry.code) in _CONTROL]
    lines = -(-len(_CONTROL) // columns)
    width = (pen.width - 2 * margin + 2.5) / columns
    for place, entry in enumerate(found):
        column, line = divmod(place, lines)
        x, y = margin + column * width, top + 8 + line * high
        if line // 5 % 2:
            pen.box(x, y, width - 2.5, high, weight=0, fill=TINT)
        pen.say(entry.code, x + 0.5, middle(y, high, size), size, face=MONO)
        pen.say(entry.text, x + size * 1.3, middle(y, high, size), size, width=width - 3 - size * 1.3)
        sign = SIGNS.get(entry.kind, "").strip()
        pen.say(sign, x + width - 4, middle(y, high, size), size, face=MONO, colour=GREY, align=Align.RIGHT)


def square(book: Book, margin: float) -> list[Callable[[Pen], None]]:
    """Return the two leaves of the square of pairs: the row is the first letter, the column the second."""
    # In one square of 26 columns the codes of neighbours would run together.
    return [_drawing(book, margin, second) for second in (ascii_lowercase[:13], ascii_lowercase[13:])]


def _drawing(book: Book, margin: float, second: str) -> Callable[[Pen], None]:
    return lambda pen: _square(pen, book, margin, second)


def _square(pen: Pen, book: Book, margin: float, second: str) -> None:
    """Draw the pairs whose second letter is one of `second`, and the single letters in the column before."""
    codes = {entry.text: entry.code for kind in (Kind.LETTER, Kind.BIGRAPH) for entry in book.by_kind[kind]}
    label, single = 6.0, 9.5
    left = margin + label + single
    width = (pen.width - margin - left) / len(second)
    top = 22.0
    high = (pen.height - top - 17) / len(ascii_lowercase)
    size = min(10.0, width / 0.3528 / 3)
    pen.say(f"HAI CHỮ CÁI / Pairs of letters: hàng + cột / row + column ({second[0]}–{second[-1]})", margin, 13.5, 9.5,
            face=BOLD, width=pen.width - 2 * margin)  # fmt: skip
    pen.say("một", margin + label + single / 2, 20.5, 7, face=BOLD, align=Align.CENTRE)
    for column, letter in enumerate(second):
        pen.say(letter, left + (column + 0.5) * width, 20.5, 10, face=BOLD, align=Align.CENTRE)
    for row, first in enumerate(ascii_lowercase):
        y = top + row * high
        if row % 2:
            pen.box(margin, y, pen.width - 2 * margin, high, weight=0, fill=TINT)
        pen.say(first, margin + label / 2, middle(y, high, 10), 10, face=BOLD, align=Align.CENTRE)
        pen.say(codes[first], margin + label + single / 2, middle(y, high, 9), 9, face=MONO, align=Align.CENTRE)
        for column, letter in enumerate(second):
            x = left + (column + 0.5) * width
            pen.say(codes[first + letter], x, middle(y, high, size), size, face=MONO, align=Align.CENTRE)
    for column in range(len(second) + 1):
        x = left + column * width
        pen.line(x, 17, x, top + 26 * high, weight=0.2, colour=PALE)
    pen.line(margin, top, pen.width - margin, top, weight=0.8)
