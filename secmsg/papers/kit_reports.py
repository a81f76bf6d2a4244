"""The report on a delegation kit that came back: its permit, what was done with each cable, what is still out.

Source: docs/spec/kit.md 8. Signed by two. Hours are given with their zone by the caller.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from secmsg.papers import tabular
from secmsg.papers.drawing import BOLD, GREY, Format, Pen
from secmsg.papers.frame import MARGIN, Pair, facts, foot, head, signatures
from secmsg.papers.recovery import FONTS
from secmsg.papers.tabular import Column, Table

_TITLE: Pair = ("BÁO CÁO VIỆC QUẢN LÝ, SỬ DỤNG BỘ ĐIỆN CƠ ĐỘNG", "Report on a delegation kit")
_TABLE = Table(
    (
        Column(("Số điện", "Cable"), 44),
        Column(("Trích yếu", "Subject"), 62),
        Column(("Đọc", "Read"), 16),
        Column(("Xem kèm", "Viewed"), 18),
        Column(("Bản in", "Prints"), 18),
        Column(("Ghi ra", "Written out"), 22),
    ),
    size=8.5,
)
_DIFFERENCES: Pair = ("Sai lệch", "Differences")
_NONE: Pair = ("Không có", "None")
_END = 34.0


@dataclass(frozen=True, slots=True)
class Report:
    """What stands on the report; `facts` are pairs of words and a value, `rows` one for each cable."""

    office: str
    facts: Sequence[tuple[Pair, str]]
    rows: Sequence[tabular.Row]
    differences: Sequence[str]
    people: Sequence[str]


def pdf(report: Report, fonts: Path = FONTS) -> bytes:
    """Return the report on leaves A4."""
    pen = Pen(Format.A4, fonts=fonts)
    width = pen.width - 2 * MARGIN
    y = head(pen, _TITLE)
    pen.say(report.office, MARGIN, y + 3, 9, face=BOLD, width=width)
    y = facts(pen, report.facts, MARGIN, y + 11, width, label=62)
    pen.say(f"{_DIFFERENCES[0]} / {_DIFFERENCES[1]}", MARGIN, y + 3, 9.5, face=BOLD)
    y += 5
    for each in report.differences or (f"{_NONE[0]} / {_NONE[1]}",):
        y = pen.block(each, MARGIN + 6, y, width - 6, 9)
    y += 4
    bottom = pen.height - MARGIN - 4
    leaves = tabular.paged(pen, _TABLE, list(report.rows), bottom - y - _END, bottom - MARGIN - _END)
    for number, leaf in enumerate(leaves, 1):
        if number > 1:
            pen.leaf()
            y = MARGIN
        y = tabular.draw(pen, _TABLE, leaf, MARGIN, y) + 4
        foot(pen, f"{_TITLE[0]} · {report.office}", number, len(leaves))
    signatures(
        pen, [("Người nhận lại", "Taken back by"), ("Người thứ hai", "Second person"), ("Người mang", "Bearer")],
        pen.height - MARGIN - 14,
    )  # fmt: skip
    names = " · ".join(each for each in report.people if each)
    pen.say(names, MARGIN, pen.height - MARGIN - 6, 8, colour=GREY, width=width)
    return pen.finish()
