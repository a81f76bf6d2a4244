"""The codebook as paper, A4 or A5: in the order of its codes, which within a range is the order of the dictionary.

The thumb words at the head of a leaf are its first and its last entry, as in a dictionary; the foot of every leaf has
title and edition. Every entry stands on it whole: a text too long for its column goes on below, it is never cut.
Source: docs/spec/codebook.md 2.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from secmsg.manual.codebook import RANGES, Book, Entry, Kind, Range
from secmsg.papers.columns import LAYOUTS, Layout, Written, draw_column, flow
from secmsg.papers.drawing import BOLD, GREY, MONO, Align, Format, Pen
from secmsg.papers.frame import Pair, facts, foot, rules
from secmsg.papers.recovery import FONTS
from secmsg.papers.spelling import numerals, square

Draw = Callable[[Pen], None]
_TITLE = ("SỔ MÃ", "Codebook")
_TITLES: dict[Kind, Pair] = {
    Kind.YEAR: ("NĂM, GIỜ, TIỀN, ĐƠN VỊ", "Years, times, currencies, units"),
    Kind.SYLLABLE: ("TIẾNG", "Syllables"),
    Kind.PHRASE: ("CỤM TỪ", "Phrases"),
    Kind.PLACE: ("ĐỊA DANH", "Places"),
    Kind.ORGANISATION: ("CƠ QUAN, CHỨC DANH", "Organisations and offices"),
}
"""The ranges that are lists, by a kind that stands there."""
_COMPACT: dict[Kind, Pair] = {
    Kind.NUMERAL: ("SỐ", "Numerals"),
    Kind.FIGURE: ("CHỮ SỐ LẺ, DẤU, MÃ ĐIỀU KHIỂN, NGÀY, THÁNG", "Figures, signs, control, days, months"),
    Kind.LETTER: ("ĐÁNH VẦN", "Spelling"),
}
_SUPPLEMENT = ("PHỤ LỤC CỦA CƠ QUAN ĐẠI DIỆN", "Mission supplement")
_RULES: tuple[Pair, ...] = (
    (
        "Tìm cụm từ dài nhất trước, rồi từng tiếng. Thứ tự từ điển là thứ tự số: một sổ dùng cho cả hai chiều.",
        "Longest phrase first, then syllables. Dictionary order is numeric order: one book serves both directions.",
    ),
    (
        "Số: mỗi nhóm hai chữ số, chữ số lẻ dùng mã một chữ số. Tên lạ: ghép hai chữ cái ở phần đánh vần.",
        "Numbers: two figures a group, an odd figure by itself. Unknown names: two letters a group, by the spelling "
        "part.",
    ),
    (
        "Nhóm đầu của mỗi điện là số ấn bản. Hai đầu dùng cùng ấn bản; ấn bản cũ tiêu hủy theo sổ khí tài mật mã.",
        "The first group of every cable is the edition. Both ends hold the same; an old one is destroyed by the "
        "ledger.",
    ),
    (
        "Sổ mã rút ngắn điện, không che giấu điện: bản rõ đã đổi ra mã vẫn phải cộng khóa.",
        "The book shortens, it does not hide: an encoded text is still to be enciphered with the key.",
    ),
)


def pdf(book: Book, leaf: Format = Format.A4, fonts: Path = FONTS) -> bytes:
    """Return the whole book; the supplement, where there is one, comes last."""
    layout, pen = LAYOUTS[leaf], Pen(leaf, fonts=fonts)
    leaves: list[Draw] = [lambda pen: _cover(pen, layout, book), lambda pen: numerals(pen, book, layout.margin)]
    leaves += square(book, layout.margin)
    for kind, title in _TITLES.items():
        leaves += _leaves(pen, layout, title, _entries_of(book, _range(kind)))
    if Kind.SUPPLEMENT in book.by_kind:
        leaves.append(lambda pen: _supplement(pen, layout, book))
    return _drawn(pen, layout, book, leaves)


def supplement_pdf(book: Book, leaf: Format = Format.A4, fonts: Path = FONTS) -> bytes:
    """Return the supplement alone, on one leaf: its codes that stand for nothing yet have a line for the pencil."""
    layout = LAYOUTS[leaf]
    return _drawn(Pen(leaf, fonts=fonts), layout, book, [lambda pen: _supplement(pen, layout, book)])


def _range(kind: Kind) -> Range:
    return next(each for each in RANGES if kind in each.kinds)


def _entries_of(book: Book, part: Range) -> list[Entry]:
    return [entry for entry in book.entries if part.first <= int(entry.code) <= part.last]


def _drawn(pen: Pen, layout: Layout, book: Book, leaves: Sequence[Draw]) -> bytes:
    for number, draw in enumerate(leaves, 1):
        if number > 1:
            pen.leaf()
        draw(pen)
        foot(pen, f"{book.title} · ấn bản {book.edition}", number, len(leaves), left=layout.margin)
    return pen.finish()


def _leaves(pen: Pen, layout: Layout, title: Pair, entries: Sequence[Entry]) -> list[Draw]:
    def one(part: Sequence[Sequence[Written]]) -> Draw:
        return lambda pen: _entries(pen, layout, title, part)

    found = flow(pen, layout, entries)
    return [one(found[at : at + layout.columns]) for at in range(0, len(found), layout.columns)]


def _entries(pen: Pen, layout: Layout, title: Pair, columns: Sequence[Sequence[Written]]) -> None:
    """Draw one leaf of a range: thumb words and codes at its head, the entries column after column."""
    left, right = layout.margin, pen.width - layout.margin
    half = (right - left) / 2 - 22
    first, last = columns[0][0][0], columns[-1][-1][0]
    pen.say(first.text, left, 13.5, 13, face=BOLD, width=half)
    pen.say(last.text, right, 13.5, 13, face=BOLD, align=Align.RIGHT, width=half)
    pen.say(title[0], pen.width / 2, 10.5, 7.5, face=BOLD, align=Align.CENTRE, width=40)
    pen.say(f"{first.code} – {last.code}", pen.width / 2, 14.5, 9, face=MONO, align=Align.CENTRE)
    pen.line(left, 16.2, right, 16.2, weight=0.8)
    for place, column in enumerate(columns):
        draw_column(pen, layout, column, layout.margin + place * layout.step, 17)


def _supplement(pen: Pen, layout: Layout, book: Book) -> None:
    left = layout.margin
    pen.say(_SUPPLEMENT[0], left, 14, 12, face=BOLD, width=pen.width - 2 * left - 30)
    pen.say(_SUPPLEMENT[1], pen.width - left, 14, 8, colour=GREY, align=Align.RIGHT)
    texts = {entry.code: entry.text for entry in book.by_kind.get(Kind.SUPPLEMENT, ())}
    codes = range(_range(Kind.SUPPLEMENT).first, _range(Kind.SUPPLEMENT).last + 1)
    lines = -(-len(codes) // layout.columns)
    shown = [Entry(f"{code}", texts.get(f"{code}", ""), Kind.SUPPLEMENT) for code in codes]
    for column in range(layout.columns):
        part = [(entry, [entry.text] if entry.text else []) for entry in shown[column * lines :][:lines]]
        draw_column(pen, layout, part, left + column * layout.step, 18)
    y = 22 + lines * layout.high
    note = "Phụ lục thay mới cùng mỗi đợt phát tập khóa; bản cũ tiêu hủy cùng đợt."
    y = pen.block(note, left, y, pen.width - 2 * left, 8.5)
    pen.block(
        "Replaced with every issue of pads; the old one is destroyed with them.", left, y, pen.width - 2 * left, 7
    )


def _cover(pen: Pen, layout: Layout, book: Book) -> None:
    left, width = layout.margin, pen.width - 2 * layout.margin
    small = layout.leaf is Format.A5
    pen.say(_TITLE[0], left, 24, 24, face=BOLD)
    pen.say(_TITLE[1], left + width, 24, 9, colour=GREY, align=Align.RIGHT)
    y = pen.block(book.title, left, 29, width, 12, face=BOLD)
    y = facts(
        pen,
        (
            (("Ấn bản", "Edition"), f"{book.edition}"),
            (("Số mục", "Entries"), f"{len(book.entries)}"),
            (("Giấy phép", "Licence"), book.licence),
            (("Bản số", "Copy"), ""),
            (("Nơi giữ", "Held by"), ""),
            (("Độ mật", "Degree"), ""),
        ),
        left,
        y + 7,
        width,
    )
    pen.say("Các phần / Parts", left, y + 4, 9, face=BOLD)
    y += 9
    parts = {**_COMPACT, **_TITLES, Kind.SUPPLEMENT: _SUPPLEMENT}
    for kind, (vi, en) in parts.items():
        part = _range(kind)
        pen.say(f"{part.first:04} – {part.last:04}", left, y, 9, face=MONO)
        pen.say(f"{vi} / {en}", left + 30, y, 8.5, width=width - 46)
        pen.say(f"{len(_entries_of(book, part))}", left + width, y, 8.5, colour=GREY, align=Align.RIGHT)
        y += 5.2
    rules(pen, _RULES, left, y + 1, width, 7.6 if small else 9.5)
