"""The tag sheet: one line for each block of five figures, with room for what is added, looked up and reduced.

It begins with the serial and the count and ends with the mask; where a slip is suspected the last right value is found
by its line. Source: docs/spec/manual.md 5.
"""

from collections.abc import Callable, Sequence

from secmsg.manual.tag import Step
from secmsg.manual.working import SECOND_TAG, Entries, Line
from secmsg.manual.worksheet import Worksheet
from secmsg.papers.drawing import BOLD, GREY, MONO, PALE, TINT, Align, Pen, middle
from secmsg.papers.frame import MARGIN, Pair, head

Written = tuple[str, ...]
"""One line: block, a + block, x reduced, A, B, A + B, a reduced; "" where it is for the pencil."""

LINES = 41
"""Lines of one leaf: a page of 120 groups with serial, count and mask takes three."""

_TITLE = ("PHIẾU XÁC THỰC", "Tag sheet")
_NOTICE = ("GIẤY NHÁP MẬT: tiêu hủy cùng trang khóa", "Secret working paper: destroyed with its key page")
_COLUMNS: tuple[tuple[Pair, float], ...] = (
    (("", ""), 22.0),
    (("Nhóm", "block"), 20.0),
    (("a + nhóm", "a + block"), 26.0),
    (("x rút gọn", "x, reduced"), 26.0),
    (("A [ba số đầu]", "A [first three]"), 24.0),
    (("B [hai số cuối]", "B [last two]"), 24.0),
    (("A + B", "A + B"), 22.0),
    (("a rút gọn", "a, reduced"), 22.0),
)
_MASKS = ("s", "thứ hai")
_HEAD, _HIGH = 8.0, 5.6


Draw = Callable[[Pen, Sequence[Written], int], None]


def written(sheet: Worksheet, which: int, entries: Entries | None = None) -> list[Written]:
    """Return the lines of one tag, the last with its mask; with `entries` only values that a person has worked."""
    column, own = sheet.columns[which], entries is not None
    lines = [_worked(step) for step in column]
    if own:
        found = [(entries or {}).get((Line.RUNNING, which * SECOND_TAG + at), "") for at in range(len(column))]
        lines = [(step.block, "", "", "", "", "", value) for step, value in zip(column, found, strict=True)]
    if which < len(sheet.masks) and len(column) == sheet.header.count + 2:
        mask, tag = sheet.masks[which], sheet.worked[which] if which < len(sheet.worked) else ""
        if own:
            lines.append((mask, "", (entries or {}).get((Line.TAG, which), ""), "", "", "", ""))
        else:
            lines.append((mask, f"{column[-1].value + int(mask):05}", tag, "", "", "", ""))
    return lines


def _worked(step: Step) -> Written:
    values = (step.added, step.sum, step.hundreds, step.units, step.looked_up, step.value)
    return (step.block, *(f"{value:05}" for value in values))


def tag_leaves(groups: int, which: int | None = None) -> list[Draw]:
    """Return the leaves of the tag sheet for so many groups; `which` of two tags (0, 1), None where there is one."""
    return [_drawing(first, groups, which) for first in range(0, groups + 3, LINES)]


def _drawing(first: int, groups: int, which: int | None) -> Draw:
    return lambda pen, lines, persons: _leaf(pen, lines, first, groups, which, persons)


def _leaf(pen: Pen, lines: Sequence[Written], first: int, groups: int, which: int | None, persons: int) -> None:
    title = _TITLE[0] if which is None else f"{_TITLE[0]} {which + 1} (r{which + 1})"
    head(pen, (title, _TITLE[1]), top=10, notice=_NOTICE)
    who = "Người thứ hai ghi nhóm khi nghe đọc, soát KT, rồi tính / The second person writes each group as it is read, "
    alone = (
        "a = 0. Rút gọn: bỏ chữ số đầu k, trừ 3k; âm thì cộng 100003 / Reduce: drop the first figure k, subtract 3k; "
    )
    pen.say(
        who + "checks it, then works" if persons > 1 else alone + "below zero add 100003",
        MARGIN, 31.5, 7, width=pen.width - 2 * MARGIN,
    )  # fmt: skip
    xs = [MARGIN]
    for _, width in _COLUMNS:
        xs.append(xs[-1] + width)
    top = 34.0
    pen.box(xs[0], top, xs[-1] - xs[0], _HEAD, weight=0, fill=TINT)
    for ((vi, en), width), x in zip(_COLUMNS, xs, strict=False):
        pen.say(vi, x + width / 2, top + 3.4, 7.5, face=BOLD, align=Align.CENTRE, width=width - 1)
        pen.say(en, x + width / 2, top + 6.6, 6, colour=GREY, align=Align.CENTRE, width=width - 1)
    top += _HEAD
    count = min(LINES, groups + 3 - first)
    for line in range(count):
        _line(pen, xs, top + line * _HIGH, first + line, groups, lines, _MASKS[which or 0])
    pen.grid(xs, [top + line * _HIGH for line in range(count + 1)], colour=PALE)
    for x in (xs[2], xs[7]):
        pen.line(x, top - _HEAD, x, top + count * _HIGH, weight=0.7)


def _line(
    pen: Pen, xs: Sequence[float], y: float, number: int, groups: int, lines: Sequence[Written], mask: str
) -> None:
    """Draw one line: what it is, and its values where they are known."""
    last = groups + 2
    name = {0: "số thứ tự", 1: "số nhóm", last: f"+ mặt nạ {mask}"}.get(number, f"nhóm {number - 1}")
    if number > 1 and (number - 2) // 5 % 2:
        pen.box(xs[0], y, xs[-1] - xs[0], _HIGH, weight=0, fill=TINT)
    pen.say(
        name, xs[0] + 1, middle(y, _HIGH, 7.5), 7.5, face=BOLD if number in (0, 1, last) else "BeVietnamPro", width=20.5
    )
    for place, value in enumerate(lines[number] if number < len(lines) else (), 1):
        centre = (xs[place] + xs[place + 1]) / 2
        pen.say(value, centre, middle(y, _HIGH, 9.5), 9.5, face=MONO, align=Align.CENTRE)
