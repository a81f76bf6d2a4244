"""The card of outcomes: one group of five figures for every end of a destruction, twice on one leaf A4, to be cut.

Source: docs/spec/destruction.md 6. One half stays with the checklist, the other goes to headquarters, sealed.
A group is said once; afterwards the card is burnt.
"""

from collections.abc import Mapping
from pathlib import Path

from secmsg.office.destruction import Outcome
from secmsg.papers.drawing import BOLD, GREY, MONO, PALE, Align, Format, Pen
from secmsg.papers.frame import MARGIN, Pair, foot, head
from secmsg.papers.recovery import FONTS

_TITLE = ("THẺ KẾT QUẢ TIÊU HỦY", "Card of outcomes")
_HALVES: tuple[Pair, ...] = (("Bản 1/2: cơ quan", "Copy 1/2: post"), ("Bản 2/2: Bộ", "Copy 2/2: headquarters"))
_RULE: Pair = (
    "Đọc một nhóm, một lần, qua điện thoại hoặc bất cứ kênh nào. Chữ số cuối kiểm bốn chữ số trước. Dùng rồi đốt.",
    "Say one group, once, by telephone or any channel. The last figure checks the four before it. Burn it after use.",
)
WORDS: dict[Outcome, Pair] = {
    Outcome.ALL: ("Đã tiêu hủy toàn bộ", "Everything is destroyed"),
    Outcome.PAPER_LEFT: ("Đã tiêu hủy khóa; CÒN giấy tờ, không có khóa", "Keys destroyed; papers LEFT, no keys"),
    Outcome.KEYS_ON_PAPER_LEFT: (
        "Đã tiêu hủy khóa máy; CÒN khóa giấy, USB",
        "Machine done; keys on paper or media LEFT",
    ),
    Outcome.KEYS_ALONE: ("Đã tiêu hủy khóa máy; giấy tờ CHƯA RÕ", "Machine done; papers NOT KNOWN"),
    Outcome.NOT_SURE: ("CHƯA RÕ khóa máy đã tiêu hủy", "Keys of the machine: NOT KNOWN"),
    Outcome.NOT_DESTROYED: ("Khóa máy CHƯA tiêu hủy", "Keys of the machine NOT destroyed"),
}
_HALF, _STEP = 138.0, 13.0


def pdf(office: str, number: int, groups: Mapping[Outcome, str], fonts: Path = FONTS) -> bytes:
    """Return both copies on one leaf; `number` is the card's in the ledger."""
    pen = Pen(Format.A4, fonts=fonts)
    for place, (vi, en) in enumerate(_HALVES):
        top = MARGIN + place * _HALF
        y = head(pen, _TITLE, top=top) + 4
        pen.say(f"{vi} / {en} · {office} · số sổ / no. {number}", MARGIN, y + 2, 9, face=BOLD)
        y += 8
        for outcome, group in groups.items():
            _line(pen, outcome, group, y)
            y += _STEP
        y = pen.block(_RULE[0], MARGIN, y + 1, pen.width - 2 * MARGIN, 9)
        pen.block(_RULE[1], MARGIN, y, pen.width - 2 * MARGIN, 7.5)
    pen.line(MARGIN, _HALF + 2, pen.width - MARGIN, _HALF + 2, colour=GREY, dash="2 2")
    foot(pen, f"{_TITLE[0]} {number} · {office}", 1, 1)
    return pen.finish()


def _line(pen: Pen, outcome: Outcome, group: str, y: float) -> None:
    vi, en = WORDS[outcome]
    pen.say(f"{int(outcome)}", MARGIN, y + 5, 12, face=BOLD)
    pen.say(vi, MARGIN + 9, y + 4, 10, face=BOLD, width=118)
    pen.say(en, MARGIN + 9, y + 8.5, 7.5, colour=GREY, width=118)
    pen.say(group, pen.width - MARGIN, y + 6.5, 20, face=MONO, align=Align.RIGHT)
    pen.line(MARGIN, y + 10.5, pen.width - MARGIN, y + 10.5, colour=PALE)
