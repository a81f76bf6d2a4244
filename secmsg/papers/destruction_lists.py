"""The checklist of emergency destruction: by position, in order, with a box for every line, on leaves A4.

Source: docs/spec/destruction.md 5. It names what lies where and is kept with it; no figure of a key is on it.
"""

from collections.abc import Sequence
from pathlib import Path

from secmsg.office.destruction import Duty, Rank, Task
from secmsg.office.materials import Kind
from secmsg.papers import tabular
from secmsg.papers.drawing import Format, Pen
from secmsg.papers.frame import MARGIN, Pair, facts, foot, head
from secmsg.papers.recovery import FONTS
from secmsg.papers.tabular import Column, Table
from secmsg.wire.cable import Degree

_TITLE = ("DANH MỤC TIÊU HỦY KHẨN CẤP", "Checklist of emergency destruction")
_NOTICE = ("KHÓA TRƯỚC, NỘI DUNG SAU", "Keys before content")
_TABLE = Table(
    (
        Column(("Thứ tự", "Order"), 14),
        Column(("Người làm", "Who"), 34),
        Column(("Tiêu hủy gì", "What"), 66),
        Column(("Ở đâu", "Where"), 44),
        Column(("SL", "Count"), 14),
        Column(("Xong", "Done"), 14),
    ),
    least=8.0,
)
_DUTIES = {
    Duty.FIRST: "Cán bộ cơ yếu trực",
    Duty.SECOND: "Người thứ hai",
    Duty.HEAD: "Trưởng cơ quan",
}
_RANKS = {Rank.KEYS: "1", Rank.TOP_SECRET: "2", Rank.SECRET: "3", Rank.CONFIDENTIAL: "4", Rank.EQUIPMENT: "5"}
KINDS = {
    Kind.PAD: "Tập khóa giấy",
    Kind.CHALLENGES: "Phiếu hỏi–đáp",
    Kind.CODEBOOK: "Sổ mã",
    Kind.TOKEN: "Thẻ khóa",
    Kind.STICK: "USB",
    Kind.MACHINE: "Máy",
    Kind.OTHER: "Khí tài khác",
    Kind.KIT: "Bộ điện cơ động",
    Kind.BACKUP: "Bản sao lưu",
    Kind.SHEET: "Phiếu niêm phong",
}
DEGREES = {
    Degree.TOP_SECRET: "Điện in, TUYỆT MẬT",
    Degree.SECRET: "Điện in, TỐI MẬT",
    Degree.CONFIDENTIAL: "Điện in, MẬT",
}
ALWAYS: Sequence[tuple[str, str, str, str, str, str]] = (
    ("1", "Cán bộ cơ yếu trực", "Khóa của máy: màn hình khóa, Tiêu hủy khẩn cấp, gõ TIEU HUY", "máy cơ yếu", "", ""),
)
_LAST: Pair = (
    "Xong thì báo Bộ: nhóm trên thẻ kết quả. Nói rõ CÒN GÌ chưa tiêu hủy.",
    "Then tell headquarters by the card of outcomes. Say what is NOT destroyed.",
)


def pdf(office: str, at: str, lines: int, tasks: Sequence[Task], fonts: Path = FONTS) -> bytes:
    """Return the checklist; `lines` is how many lines the ledger had, so that an old list is known as one."""
    pen = Pen(Format.A4, fonts=fonts)
    y = head(pen, _TITLE, notice=_NOTICE)
    known = ((("Cơ quan", "Post"), office), (("In lúc", "Printed"), f"{at} · sổ {lines} dòng / ledger {lines} lines"))
    y = facts(pen, known, MARGIN, y + 5, pen.width - 2 * MARGIN)
    rows: list[tabular.Row] = [*ALWAYS, *(_row(each) for each in tasks)]
    bottom = pen.height - MARGIN - 16
    leaves = tabular.paged(pen, _TABLE, rows, bottom - y, bottom - MARGIN)
    for number, leaf in enumerate(leaves, 1):
        if number > 1:
            pen.leaf()
            y = MARGIN
        y = tabular.draw(pen, _TABLE, leaf, MARGIN, y) + 4
        foot(pen, f"{_TITLE[0]} · {office}", number, len(leaves))
    y = pen.block(_LAST[0], MARGIN, y, pen.width - 2 * MARGIN, 10)
    pen.block(_LAST[1], MARGIN, y, pen.width - 2 * MARGIN, 8)
    return pen.finish()


def _row(task: Task) -> tabular.Row:
    printed = DEGREES[task.degree or Degree.CONFIDENTIAL]
    what = printed if task.kind is None else f"{KINDS[task.kind]} {task.what}"
    count = f"{task.count}" if task.kind is not None else f"≤ {task.count}"
    return _RANKS[task.rank], _DUTIES[task.duty], what, task.where, count, ""
