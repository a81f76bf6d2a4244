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
    """Draw one page: head with the masks, four strips, the foot with the page-check group."""
    right = pen.width - _LEFT
    _glue(pen)
    _end(pen, cover, page, 14.5)
    s, second = page.masks
    pen.say("mặt nạ", _LEFT, 23.5, 6.5, colour=GREY)
    pen.say("tag masks", _LEFT, 26.5, 5.5, colour=GREY)
    for x, name, mask in ((_LEFT + 22, "s", s), (_LEFT + 70, "s′", second)):
        pen.say(name, x, 25.5, 10, colour=GREY)
        pen.say(mask, x + 8, 25.5, 14, face=MONO)
    checks = strip_checks(page)
    for number, check in enumerate(checks):
        _strip(pen, cover, page, number, check)
    bottom = _STRIP_TOP + len(checks) * _STRIP_HEIGHT
    _tear(pen, bottom)
    pen.say("KTr", _LEFT, bottom + 7, 8, face=BOLD)
    pen.say(page_check(page), _LEFT + 9, bottom + 7, 13, face=MONO)
    pen.say("nhóm kiểm trang: không phát, không ghi sổ", right, bottom + 5, 6.5, colour=GREY, align=Align.RIGHT)
    pen.say("page check: never sent, never recorded", right, bottom + 8, 5.5, colour=GREY, align=Align.RIGHT)
    _end(pen, cover, page, 200.5)


def _end(pen: Pen, cover: PadCover, page: Page, y: float) -> None:
    """Write number and book, as they stand at both ends of a page."""
    right = pen.width - _LEFT
    pen.say(page.number, _LEFT, y, 15, face=MONO)
    pen.say(cover.line, right, y - 0.6, 8.5, face=BOLD, align=Align.RIGHT, width=right - _LEFT - 30)


def _strip(pen: Pen, cover: PadCover, page: Page, number: int, check: str) -> None:
    """Draw thirty groups below a tear line, with the strip's name and its check group."""
    top, first, right = _STRIP_TOP + number * _STRIP_HEIGHT, number * STRIP, pen.width - _LEFT
    _tear(pen, top)
    name = f"{page.number} · dải {number + 1} · nhóm {first + 1}–{first + STRIP}"
    pen.say(name, _LEFT, top + 3.4, 6, colour=GREY)
    pen.say("KTr dải / strip check", right - 9, top + 3.4, 6, colour=GREY, align=Align.RIGHT)
    pen.say(check, right, top + 3.5, 8, face=MONO, align=Align.RIGHT)
    if cover.training:
        pen.say(TRAINING, pen.width / 2, top + 3.4, 6.5, face=BOLD, align=Align.CENTRE)
    xs = [_LEFT + _LABEL + place * _COLUMN for place in range(COLUMNS + 1)]
    rows = [top + _HEAD - 0.6 + line * _ROW for line in range(_ROWS + 1)]
    for column in range(COLUMNS):
        pen.say(f"{column + 1}", xs[column] + _COLUMN / 2, top + 6.4, 6, face=BOLD, align=Align.CENTRE)
    for x in xs:
        pen.line(x, rows[0], x, rows[-1], weight=0.2, colour=PALE)
    for y in rows:
        pen.line(_LEFT, y, xs[-1], y, weight=0.2, colour=PALE)
    middles = [x + _COLUMN / 2 for x in xs[:-1]]
    for line in range(_ROWS):
        at, y = first + line * COLUMNS, rows[line]
        for place, x in enumerate(middles, at):
            pen.say(f"{seed(place)}", x, y + 2.5, 5.5, colour=GREY, align=Align.CENTRE)
        pen.say(f"{at // COLUMNS + 1}", _LEFT + 4.6, y + 7.3, 7.5, face=BOLD, align=Align.RIGHT)
        for place, x in enumerate(middles, at):
            pen.say(page.keys[place], x, y + 7.5, KEY_SIZE, face=MONO, align=Align.CENTRE)


def _tear(pen: Pen, y: float) -> None:
    pen.line(0, y, pen.width, y, weight=0.6, colour=GREY, dash="4 2.4")


def _glue(pen: Pen) -> None:
    """Shade the three edges that are glued; the right one stays open."""
    pen.box(0, 0, pen.width, _GLUE, weight=0, fill=TINT)
    pen.box(0, pen.height - _GLUE, pen.width, _GLUE, weight=0, fill=TINT)
    pen.box(0, 0, _GLUE, pen.height, weight=0, fill=TINT)
    pen.say("dán / glue", pen.width / 2, 4.4, 5.5, colour=GREY, align=Align.CENTRE)
    pen.say("dán / glue", pen.width / 2, pen.height - 2.8, 5.5, colour=GREY, align=Align.CENTRE)
