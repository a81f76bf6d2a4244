"""The challenge–reply list: numbered lines by which two voices prove themselves, each line once.

Both copies are alike but for their number. The one that asks reads a line's challenge, the other answers its reply,
and both strike it out. Source: docs/spec/manual.md.
"""

from collections.abc import Sequence
from pathlib import Path

from secmsg.papers.drawing import BOLD, GREY, MONO, PALE, TINT, Align, Format, Pen
from secmsg.papers.frame import MARGIN, Pair, foot, head, rules
from secmsg.papers.pads import PadCover
from secmsg.papers.recovery import FONTS

LINES_A_LEAF = 100
_TITLE = ("PHIẾU HỎI–ĐÁP", "Challenge–reply list")
_NOTICE = ("KHÍ TÀI MẬT MÃ: hai bản, mỗi dòng dùng một lần", "Key material: two copies, each line once")
_RULES: tuple[Pair, ...] = (
    (
        "Bên hỏi đọc số dòng và nhóm HỎI của dòng kế tiếp chưa gạch. Bên đáp đọc nhóm ĐÁP cùng dòng. Sai hoặc chậm: "
        "không hỏi lại dòng đó.",
        "The asking side reads the number and the challenge of the next line; the other gives the reply of that line. "
        "Wrong or late: that line is not asked again.",
    ),
    (
        "Hai bên gạch dòng ngay sau khi hỏi, dù đáp đúng hay sai. Đáp đúng xác thực người đang nói, không xác thực "
        "nội dung.",
        "Both strike the line out at once, whatever the answer. A right reply proves who speaks, not what is said.",
    ),
)
_COLUMNS, _ROWS, _HIGH = 4, 25, 8.2


def pdf(covers: Sequence[PadCover], lines: Sequence[tuple[str, str]], fonts: Path = FONTS) -> bytes:
    """Return copies of a list one after another on leaves A4, a hundred lines each; written nowhere."""
    pen = Pen(Format.A4, training=covers[0].training, fonts=fonts)
    leaves = [(cover, at) for cover in covers for at in range(0, max(1, len(lines)), LINES_A_LEAF)]
    count = len(leaves) // len(covers)
    for number, (cover, at) in enumerate(leaves):
        if number:
            pen.leaf()
        y = head(pen, _TITLE, notice=_NOTICE)
        pen.say(cover.line, MARGIN, y + 1.5, 9, face=BOLD)
        y = rules(pen, _RULES, MARGIN, y + 4, pen.width - 2 * MARGIN, 8) + 2
        _lines(pen, lines[at : at + LINES_A_LEAF], at, y + 2)
        foot(pen, cover.line, number % count + 1, count, training=cover.training)
    return pen.finish()


def _lines(pen: Pen, lines: Sequence[tuple[str, str]], first: int, y: float) -> None:
    """Draw up to a hundred lines in four columns, downwards first, with a box to strike."""
    gap = 4.0
    width = (pen.width - 2 * MARGIN + gap) / _COLUMNS
    for column in range(min(_COLUMNS, -(-len(lines) // _ROWS))):
        x = MARGIN + column * width
        for at, words in ((7, "số"), (17.5, "HỎI"), (33, "ĐÁP")):
            pen.say(words, x + at, y, 7, face=BOLD, colour=GREY, align=Align.CENTRE)
    for place, (challenge, reply) in enumerate(lines):
        column, row = divmod(place, _ROWS)
        x, top = MARGIN + column * width, y + 1.5 + row * _HIGH
        if row % 2:
            pen.box(x, top, width - gap, _HIGH, weight=0, fill=TINT)
        pen.box(x + 0.8, top + 2.4, 3.2, 3.2, weight=0.5)
        pen.say(f"{first + place + 1}", x + 10, top + 5.6, 8, face=BOLD, align=Align.RIGHT)
        pen.say(challenge, x + 18, top + 5.8, 11.5, face=MONO, align=Align.CENTRE)
        pen.line(x + 25.3, top + 1, x + 25.3, top + _HIGH - 1, colour=PALE)
        pen.say(reply, x + 33, top + 5.8, 11.5, face=MONO, align=Align.CENTRE)
