"""The pad book as paper: a cover, and pages A5 of 120 key groups in four strips that are torn off.

A page carries the columns, rows and seeds of the worksheet and the screen, its number at both ends, the two masks of
the tag, and the page-check group, which never leaves it. Three edges are kept free for glue, so that a page that was
not opened can't be leafed through. Source: docs/spec/manual.md 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from secmsg.manual.checks import COLUMNS, seed
from secmsg.manual.pad import STRIP, Page, page_check, strip_checks
from secmsg.office.materials import Direction
from secmsg.papers.drawing import BOLD, GREY, INK, MONO, PALE, TINT, TRAINING, Align, Format, Pen
from secmsg.papers.frame import Pair, facts, rules, signatures
from secmsg.papers.recovery import FONTS

KEY_SIZE = 12.0
"""Type of the key groups, in points."""

_GLUE = 7.0
_LEFT, _LABEL, _COLUMN = 10.5, 6.0, 12.1
_ROW, _HEAD, _STRIP_TOP = 9.3, 7.6, 31.0
_TOP, _MASKS = 14.5, (_LEFT + 22, _LEFT + 70)
_ROWS = STRIP // COLUMNS
_STRIP_HEIGHT = _HEAD + _ROWS * _ROW + 1.6
_TITLE = ("TẬP KHÓA", "Pad book")
_DIRECTIONS = {Direction.OUT: ("ĐI", "outgoing"), Direction.IN: ("ĐẾN", "incoming")}
_RULES: tuple[Pair, ...] = (
    (
        "Mỗi trang dùng một lần, cho một điện, theo thứ tự. Phần thừa của dải đã mở không dùng lại.",
        "A page serves once, for one message, in order. What is left of an opened strip is never used.",
    ),
    (
        "Không mở trang chưa đến lượt. Dấu dán hở, thiếu trang, trùng số: ngừng dùng và báo cáo.",
        "Open no page before its turn. Glue broken, a page missing or doubled: stop and report.",
    ),
    (
        "Kê trên kính hoặc kim loại khi viết gần tập khóa. Không sao, không chụp.",
        "Write on glass or metal, never on the book. No copy, no photograph.",
    ),
    (
        "Nhóm kiểm trang (KTr) để soát in và soát gõ: không phát, không ghi sổ.",
        "The page-check group (KTr) finds misprints and misreadings: never sent, never entered in a register.",
    ),
    (
        "Dùng xong tiêu hủy ngay trong ca, ghi sổ khí tài mật mã, hai người ký.",
        "Used pages are destroyed in the same shift, entered in the ledger, signed by two.",
    ),
    (
        "Năm lần nhóm xác thực sai không rõ nguyên nhân: ngừng dùng tập này, báo cáo.",
        "Five unexplained failures of the tag: stop using this book and report.",
    ),
)


@dataclass(frozen=True, slots=True)
class PadCover:
    """What stands on the cover and at both ends of every page: facts without figures of the key.

    `copy` is 1 or 2 of exactly two; `direction` is that at the end that holds this copy.
    """

    title: str
    edition: str
    copy: int
    direction: Direction
    holder: str
    other: str
    register: str
    printed_on: date
    training: bool = False

    @property
    def line(self) -> str:
        """Return the facts in one line, as they stand on each page."""
        return f"{self.title} · ấn bản {self.edition} · bản {self.copy}/2 · {_DIRECTIONS[self.direction][0]}"


def pdf(covers: Sequence[PadCover], pages: Sequence[Page], fonts: Path = FONTS) -> bytes:
    """Return copies of a book one after another, each with its cover, then a leaf A5 for each page; written nowhere."""
    pen = Pen(Format.A5, training=covers[0].training, fonts=fonts)
    for number, cover in enumerate(covers):
        if number:
            pen.leaf()
        _cover(pen, cover, pages)
        for page in pages:
            pen.leaf()
            _page(pen, cover, page)
    return pen.finish()


def _cover(pen: Pen, cover: PadCover, pages: Sequence[Page]) -> None:
    left, width = 14.0, pen.width - 28
    direction = _DIRECTIONS[cover.direction]
    pen.say(_TITLE[0], left, 24, 22, face=BOLD)
    pen.say(_TITLE[1], left, 29.5, 9, colour=GREY)
    pen.box(pen.width - left - 40, 13, 40, 19, weight=1.2)
    pen.say(direction[0], pen.width - left - 20, 24.5, 26, face=BOLD, align=Align.CENTRE)
    pen.say(direction[1], pen.width - left - 20, 29.8, 8, colour=GREY, align=Align.CENTRE)
    if cover.training:
        pen.box(left, 35, width, 7, weight=0, fill=INK)
        pen.say(f"{TRAINING} / TRAINING ONLY", pen.width / 2, 40, 11, face=BOLD, colour=TINT, align=Align.CENTRE)
    span = f"{pages[0].number} – {pages[-1].number}" if pages else ""
    y = facts(
        pen,
        (
            (("Ký hiệu", "Short title"), cover.title),
            (("Ấn bản", "Edition"), cover.edition),
            (("Bản số", "Copy"), f"{cover.copy}/2"),
            (("Nơi giữ", "Held by"), cover.holder),
            (("Đầu kia", "Other end"), cover.other),
            (("Số trang", "Pages"), f"{len(pages)} ({span})"),
            (("Sổ khí tài mật mã số", "Ledger no."), cover.register),
            (("Ngày in", "Printed on"), cover.printed_on.strftime("%d/%m/%Y")),
            (("Độ mật", "Degree"), ""),
        ),
        left,
        49,
        width,
    )
    rules(pen, _RULES, left, y + 1, width, 7.8)
    signatures(
        pen, (("Người lập", "Made by"), ("Chứng kiến", "Witness"), ("Người nhận", "Received by")), 196, left=left
    )


def _page(pen: Pen, cover: PadCover, page: Page) -> None:
    """Draw one page: what all have alike as a stamp, then number, masks, key groups and checks."""
    checks = strip_checks(page)
    pen.stamp(f"copy{cover.copy}-strips{len(checks)}", lambda: _form(pen, cover, len(checks)))
    for y in (_TOP, pen.height - 9.5):
        pen.say(page.number, _LEFT, y, 15, face=MONO)
    for x, mask in zip(_MASKS, page.masks, strict=True):
        pen.say(mask, x + 8, 25.5, 14, face=MONO)
    for number, check in enumerate(checks):
        _strip(pen, page, number, check)
    pen.say(page_check(page), _LEFT + 9, _top(len(checks)) + 7, 13, face=MONO)


def _strip(pen: Pen, page: Page, number: int, check: str) -> None:
    """Write what a strip has of its own: the page's number, its check group, its keys."""
    pen.say(page.number, _LEFT, _top(number) + 3.4, 6.5, face=MONO)
    pen.say(check, pen.width - _LEFT, _top(number) + 3.5, 8, face=MONO, align=Align.RIGHT)
    for first in range(number * STRIP, (number + 1) * STRIP, COLUMNS):
        xs = [_cell(place)[0] for place in range(first, first + COLUMNS)]
        pen.figures(page.keys[first : first + COLUMNS], xs, _cell(first)[1] + 7.5, KEY_SIZE)


def _cell(place: int) -> tuple[float, float]:
    """Return the middle of a group's column and the top of its row."""
    strip, within = divmod(place, STRIP)
    row, column = divmod(within, COLUMNS)
    return _LEFT + _LABEL + (column + 0.5) * _COLUMN, _top(strip) + _HEAD - 0.6 + row * _ROW


def _top(strip: int) -> float:
    return _STRIP_TOP + strip * _STRIP_HEIGHT


def _form(pen: Pen, cover: PadCover, strips: int) -> None:
    """Draw what every page of a copy has alike: glue, names at both ends, tear lines, columns, rows, seeds."""
    right = pen.width - _LEFT
    _glue(pen)
    for y in (_TOP, pen.height - 9.5):
        pen.say(cover.line, right, y - 0.6, 8.5, face=BOLD, align=Align.RIGHT, width=right - _LEFT - 30)
    pen.say("mặt nạ", _LEFT, 23.5, 6.5, colour=GREY)
    pen.say("tag masks", _LEFT, 26.5, 5.5, colour=GREY)
    for x, name in zip(_MASKS, ("s", "s′"), strict=True):
        pen.say(name, x, 25.5, 10, colour=GREY)
    for number in range(strips):
        _strip_form(pen, cover, number)
    bottom = _top(strips)
    _tear(pen, bottom)
    pen.say("KTr", _LEFT, bottom + 7, 8, face=BOLD)
    pen.say("nhóm kiểm trang: không phát, không ghi sổ", right, bottom + 5, 6.5, colour=GREY, align=Align.RIGHT)
    pen.say("page check: never sent, never recorded", right, bottom + 8, 5.5, colour=GREY, align=Align.RIGHT)


def _strip_form(pen: Pen, cover: PadCover, number: int) -> None:
    top, first = _top(number), number * STRIP
    _tear(pen, top)
    pen.say(f"dải {number + 1} · nhóm {first + 1}–{first + STRIP}", _LEFT + 10, top + 3.4, 6, colour=GREY)
    pen.say("KTr dải / strip check", pen.width - _LEFT - 9, top + 3.4, 6, colour=GREY, align=Align.RIGHT)
    if cover.training:
        pen.say(TRAINING, pen.width / 2, top + 3.4, 6.5, face=BOLD, align=Align.CENTRE)
    for place in range(first, first + COLUMNS):
        pen.say(f"{place - first + 1}", _cell(place)[0], top + 6.4, 6, face=BOLD, align=Align.CENTRE)
    for place in range(first, first + STRIP):
        x, y = _cell(place)
        pen.say(f"{seed(place)}", x, y + 2.5, 5.5, colour=GREY, align=Align.CENTRE)
    rows = [top + _HEAD - 0.6 + row * _ROW for row in range(_ROWS + 1)]
    for row, y in enumerate(rows[:-1], first // COLUMNS + 1):
        pen.say(f"{row}", _LEFT + 4.6, y + 7.3, 7.5, face=BOLD, align=Align.RIGHT)
    xs = [_LEFT + _LABEL + column * _COLUMN for column in range(COLUMNS + 1)]
    for x in xs:
        pen.line(x, rows[0], x, rows[-1], weight=0.2, colour=PALE)
    for y in rows:
        pen.line(_LEFT, y, xs[-1], y, weight=0.2, colour=PALE)


def _tear(pen: Pen, y: float) -> None:
    pen.line(0, y, pen.width, y, weight=0.6, colour=GREY, dash="4 2.4")


def _glue(pen: Pen) -> None:
    """Shade the three edges that are glued; the right one stays open."""
    pen.box(0, 0, pen.width, _GLUE, weight=0, fill=TINT)
    pen.box(0, pen.height - _GLUE, pen.width, _GLUE, weight=0, fill=TINT)
    pen.box(0, 0, _GLUE, pen.height, weight=0, fill=TINT)
    pen.say("dán / glue", pen.width / 2, 4.4, 5.5, colour=GREY, align=Align.CENTRE)
    pen.say("dán / glue", pen.width / 2, pen.height - 2.8, 5.5, colour=GREY, align=Align.CENTRE)
