"""A packet as paper for a fax, and as pictures of QR codes (docs/spec/groups.md).

The sheet holds every group in a ruled grid, for eyes and for a reader of letters, and the whole packet once more as a
code in the corner. It says nothing of what the packet is: a fax is read by everybody on its way.
"""

import io
from collections.abc import Sequence
from pathlib import Path

import segno

from secmsg.digits import COLUMNS
from secmsg.papers.drawing import BOLD, GREY, INK, MONO, Align, Format, Pen, middle
from secmsg.papers.frame import MARGIN, facts, foot, rules
from secmsg.papers.recovery import FONTS

POINTS = 4
"""Of a picture for each point of its code."""
_BORDER = 4
_CODE = 46.0
_SIZE = 13
_WIDE = 0.6
"""Width of a figure of the face, in parts of its size."""
_POINTS_A_MM = 72 / 25.4
_FIGURES = 5
_LINE = 8.0
_FIRST = 9.0
_HEADER = "A: số byte / bytes · B: số nhóm dự phòng / groups of parity"
_TITLE = ("GÓI MÃ BẰNG NHÓM SỐ", "A packet as groups of figures")
_RULES = (
    (
        "Nhập theo dòng, hoặc chụp ảnh mã ở góc. Nhóm không đọc được thì ghi dấu hỏi (?), đừng bỏ qua.",
        "Enter line by line, or take a picture of the code. Write a question mark for a group that cannot be read.",
    ),
    (
        "Máy nhận chỉ ra nhóm phải hỏi lại. Gói chỉ có giá trị khi máy báo đã mở được.",
        "The receiving machine names the groups to ask for. A packet counts only once the machine has opened it.",
    ),
)


def picture(part: str) -> bytes:
    """Return the PNG of one part as a QR code, level M, with its white border."""
    buffer = io.BytesIO()
    code = segno.make(part, error="m", micro=False, boost_error=False)
    code.save(buffer, kind="png", scale=POINTS, border=_BORDER)
    return buffer.getvalue()


def fax(lines: Sequence[Sequence[str]], size: int, part: str, fonts: Path = FONTS) -> bytes:
    """Return a packet of `size` bytes as one leaf of A4: its lines of groups, the header first, and its code."""
    pen = Pen(Format.A4, fonts=fonts)
    left, right = MARGIN, pen.width - MARGIN
    pen.code(part, right - _CODE, MARGIN, _CODE)
    width = right - _CODE - 6 - left
    y = MARGIN + 6
    pen.say(_TITLE[0], left, y, 15, face=BOLD, width=width)
    pen.say(_TITLE[1], left, y + 5.5, 8.5, colour=GREY)
    count = sum(map(len, lines[1:]))
    told = (
        (("Số nhóm", "Groups"), f"2 + {count}"),
        (("Số byte", "Bytes"), f"{size}"),
        (("Người gửi", "From"), ""),
        (("Ngày giờ", "Date, time"), ""),
    )
    y = facts(pen, told, left, y + 13, width, label=36)
    y = rules(pen, _RULES, left, y + 1, width, 7.5)
    top = max(y, MARGIN + _CODE) + 3
    _grid(pen, lines, left, top, right)
    foot(pen, "Fax", 1, 1)
    return pen.finish()


def _grid(pen: Pen, lines: Sequence[Sequence[str]], left: float, top: float, right: float) -> None:
    """Draw line 0 with the two groups of the header, then the ruled lines of ten with their numbers at both ends."""
    room = pen.height - MARGIN - 4 - top
    height = min(_LINE, room / (len(lines) + 0.6))
    first = left + _FIRST
    column = (right - _FIRST - first) / COLUMNS
    xs = [first + column * place for place in range(COLUMNS + 1)]
    y = top
    inset = (column - _FIGURES * _WIDE * _SIZE / _POINTS_A_MM) / 2
    for number, line in enumerate(lines):
        # A space behind each number and group: who takes the text out of the file gets them apart.
        pen.say(f"{number} ", left, middle(y, height, 9), 9, face=MONO, colour=GREY)
        for place, group in enumerate(line):
            pen.say(f"{group} ", xs[place] + inset, middle(y, height, _SIZE), _SIZE, face=MONO)
        pen.say(f"{number} ", right, middle(y, height, 9), 9, face=MONO, colour=GREY, align=Align.RIGHT)
        y += height if number else height * 1.6
    pen.grid(xs[:3], [top, top + height], colour=INK)
    pen.say(_HEADER, xs[2] + 3, middle(top, height, 7.5), 7.5, colour=GREY)
    start = top + height * 1.6
    pen.grid(xs, [start + height * number for number in range(len(lines))], colour=INK)
