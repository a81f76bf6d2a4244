"""The card of emergencies: ten texts with their codes, and room to encipher each with a pencil, on one leaf A4.

Whoever holds it needs no codebook for these: what stands before and after every text is on it too. Source:
docs/spec/codebook.md 7.
"""

from collections.abc import Sequence
from pathlib import Path

from secmsg.manual.codebook import Book, Kind
from secmsg.manual.form import DEGREES, NULLS, URGENCIES
from secmsg.papers.drawing import BOLD, GREY, INK, MONO, PALE, TINT, Align, Format, Pen, middle
from secmsg.papers.frame import MARGIN, Pair, foot, head
from secmsg.papers.recovery import FONTS

COLUMNS = 10
Emergency = tuple[int, str, str, Sequence[str]]
"""Number, name, text, and the codes of the text, ten at most."""

_TITLE = ("THẺ KHẨN CẤP", "Card of emergencies")
_NOTICE = ("CHƯA MÃ HÓA: mã phải cộng khóa rồi mới phát", "Not enciphered: add the key before anything is sent")
_LINES: tuple[tuple[Pair, float], ...] = (
    (("Mã", "code"), 4.5),
    (("Khóa", "key"), 4.5),
    (("Bản mã", "cipher"), 4.5),
    (("KT", "check"), 3.8),
)
_LABEL, _STEP, _FIRST = 18.0, 24.0, 44.0


def pdf(book: Book, emergencies: Sequence[Emergency], fonts: Path = FONTS) -> bytes:
    """Return the card of an edition on one leaf."""
    pen = Pen(Format.A4, fonts=fonts)
    y = head(pen, _TITLE, top=9, notice=_NOTICE)
    _around(pen, book, y + 1)
    for place, each in enumerate(emergencies):
        _emergency(pen, book, each, _FIRST + place * _STEP)
    foot(pen, f"{book.title} · ấn bản {book.edition}", 1, 1)
    return pen.finish()


def _around(pen: Pen, book: Book, y: float) -> None:
    """Write what stands before and after the text of every message."""
    width = pen.width - 2 * MARGIN
    degrees = " · ".join(_named(book, kind) for kind in DEGREES)
    urgencies = " · ".join(_named(book, kind) for kind in URGENCIES)
    nulls = " / ".join(book.code(kind) for kind in NULLS)
    rows = (
        ("Trước / before", f"ấn bản {book.edition:04}; độ mật: {degrees}"),
        ("", f"độ khẩn: {urgencies}; số điện: ba nhóm số, thí dụ 220: 0000 0002 0020"),
        ("Sau / after", f"hết {book.code(Kind.END)}; nhóm rỗng {nulls} cho đủ 30, 60, 90 hoặc 120 nhóm"),
    )
    for name, words in rows:
        pen.say(name, MARGIN, y + 3, 7, face=BOLD, width=24)
        pen.say(words, MARGIN + 25, y + 3, 7.5, width=width - 25)
        y += 4


def _named(book: Book, kind: Kind) -> str:
    return f"{book.by_kind[kind][0].text} {book.code(kind)}"


def _emergency(pen: Pen, book: Book, emergency: Emergency, y: float) -> None:
    """Draw one text: its words over its codes, and under them empty lines for key, cipher and check figure."""
    number, what, text, codes = emergency
    right = pen.width - MARGIN
    x, column = MARGIN + _LABEL, (right - MARGIN - _LABEL) / COLUMNS
    pen.say(f"{number}. {what}", MARGIN, y, 9.5, face=BOLD, width=48)
    pen.say(text, right, y, 7.5, colour=GREY, align=Align.RIGHT, width=right - MARGIN - 51)
    y += 0.6
    for place, code in enumerate(codes):
        words, centre = book.by_code[code].text, x + (place + 0.5) * column
        pen.say(words, centre, y + 2, 5.6, colour=INK, align=Align.CENTRE, width=column - 0.8)
    y += 2.6
    tops = [y]
    for line, ((vi, en), high) in enumerate(_LINES):
        if line == 0:
            pen.box(x, y, right - x, high, weight=0, fill=TINT)
        pen.say(vi, MARGIN, middle(y, high, 7), 7, face=BOLD)
        pen.say(en, x - 1, middle(y, high, 4.8), 4.8, colour=GREY, align=Align.RIGHT)
        for place, code in enumerate(codes if line == 0 else ()):
            pen.say(code, x + (place + 0.5) * column, middle(y, high, 10.5), 10.5, face=MONO, align=Align.CENTRE)
        y += high
        tops.append(y)
    pen.grid([x + place * column for place in range(COLUMNS + 1)], tops, colour=PALE)
