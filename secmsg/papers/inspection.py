"""The inspection pack: what a head of mission who knows nothing of ciphers counts, compares and asks in 20 minutes.

Source: docs/spec/custody.md 6. Everything on it stands in the store; no figure of a key is among it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from secmsg.office import custody_words as words
from secmsg.office.checking import Check, What, Work
from secmsg.papers import leaflet
from secmsg.papers.drawing import BOLD, GREY, Align
from secmsg.papers.frame import MARGIN, Pair, head
from secmsg.papers.leaflet import Leaflet
from secmsg.papers.recovery import FONTS
from secmsg.papers.tabular import Column, Table

_TITLE = ("PHIẾU KIỂM TRA CƠ YẾU", "Inspection pack")
_FOR: Pair = (
    "Dành cho Trưởng cơ quan đại diện. Không cần biết về mật mã. Thời gian: 20 phút.",
    "For the head of mission. No knowledge of ciphers is needed. Time: 20 minutes.",
)
_HOW: tuple[Pair, ...] = (
    (
        "Từ lúc in phiếu này đến khi ký, không ai làm việc trên máy cơ yếu. Có việc phải làm: in phiếu mới.",
        "From printing to signing nobody works on the machine. If somebody has to: print a new pack.",
    ),
    (
        "Tự tay mở két, ngăn kéo, phong bì. Cán bộ cơ yếu đứng cạnh, trả lời, không đếm thay.",
        "Open safes, drawers and envelopes yourself. The officer stands by, answers, and does not count for you.",
    ),
    (
        "Phần A: so từng con số trên giấy này với màn hình hoặc sổ mà cán bộ mở ra. Giống hệt: đánh dấu “Đúng”.",
        "Part A: compare each figure on this paper with the screen or book the officer shows. Equal: tick “Right”.",
    ),
    (
        "Phần B: đi từng nơi giữ, tìm từng vật theo danh sách, đếm số trang còn lại. Vật nào không có trong danh sách "
        "mà nằm ở đó: ghi vào phần “Vật lạ”.",
        "Part B: go from place to place, find each thing of the list, count its pages. What lies there and is not on "
        "the list goes under “Strangers”.",
    ),
    (
        "Phần C: làm năm phép thử. Phần D: ghi những gì không khớp. Cuối cùng hai người ký.",
        "Part C: make the five samples. Part D: write down what does not agree. At the end two persons sign.",
    ),
)
_A: Pair = ("A. Con số phải khớp", "A. Figures that must match")
_B: Pair = ("B. Khí tài, theo nơi giữ", "B. Material, by place")
_C: Pair = ("C. Năm phép thử", "C. Five samples")
_D: Pair = ("D. Không khớp thì làm gì", "D. When something does not agree")
_DO: tuple[Pair, ...] = (
    (
        "Không sửa sổ cho khớp. Ghi đúng điều nhìn thấy: mã của dòng, phải có gì, thấy gì.",
        "Never correct the books to fit. Write what you see: the code of the line, what must be, what is.",
    ),
    (
        "Thiếu một tập khóa, thiếu trang, đứt niêm phong: ngừng dùng vật đó ngay, báo Bộ trong ngày bằng đường khác "
        "(lộ khóa). Giữ nguyên hiện trường.",
        "A book is missing, a page is missing, a seal is broken: stop using it at once and tell headquarters the same "
        "day by another way (compromise). Leave everything as it lies.",
    ),
    (
        "Phần A khác con số: không gửi, không nhận điện nữa; gọi Bộ, đọc cả hai con số.",
        "A figure of part A differs: send and receive nothing more; call headquarters and read out both figures.",
    ),
    (
        "Sai lệch khác: tìm lại, báo Bộ trong vòng 24 giờ. Cán bộ nhập kết quả vào máy (Bảo quản → Kiểm tra và bàn "
        "giao); máy ghi vào sổ, không ai xóa được.",
        "Anything else: look again, report within 24 hours. The officer enters the result (Custody → Inspection and "
        "handover); it stands in the register and nobody can erase it.",
    ),
)
_TICKS = (Column(("Đúng", "Right"), 13), Column(("Sai", "Wrong"), 13))
_COMPARE = Table(
    (
        Column(("Mã", "Code"), 11),
        Column(("So cái gì", "What"), 52),
        Column(("Phải là", "Must be"), 62),
        Column(("Nhìn thấy", "Seen"), 35),
        *_TICKS,
    ),
    size=8,
    least=9,
)
_COUNT = Table(
    (
        Column(("Mã", "Code"), 11),
        Column(("Số sổ", "Item"), 13),
        Column(("Tên, loại, tình trạng", "Name, kind, state"), 65),
        Column(("Phải có", "Must be"), 45),
        Column(("Đếm được", "Counted"), 26),
        *_TICKS,
    ),
    size=8,
    least=9,
)
_STRANGERS = Table(
    (Column(("Nơi", "Place"), 50), Column(("Vật lạ, không có trong danh sách", "Thing that is not on the list"), 136)),
    least=9,
)
_DIFFERS = Table(
    (
        Column(("Mã", "Code"), 16),
        Column(("Nhìn thấy gì", "What was seen"), 130),
        Column(("Đã báo Bộ lúc", "Headquarters told at"), 40),
    ),
    least=9,
)
_SIGN_HEIGHT = 62.0


@dataclass(frozen=True, slots=True)
class Pack:
    """What the pack is made from: office and hour (with its zone) as words, the checks, the officer who printed it."""

    office: str
    at: str
    officer: str
    checks: tuple[Check, ...]
    standing: str
    """The ledger's last line and its code."""


def pdf(pack: Pack, fonts: Path = FONTS) -> bytes:
    """Return the pack on leaves A4; FormatError for a character that cannot be printed."""
    return leaflet.pdf(f"{_TITLE[0]} · {pack.office} · {pack.at}", lambda sheet: _draw(sheet, pack), fonts)


def _draw(sheet: Leaflet, pack: Pack) -> None:
    sheet.y = head(sheet.pen, _TITLE, top=MARGIN - 2) + 2
    sheet.pen.say(f"{pack.office} · {pack.at}", MARGIN, sheet.y + 2, 10, face=BOLD, width=sheet.width)
    sheet.y += 6
    sheet.say(_FOR)
    sheet.rules(_HOW, size=8.5)
    by = {letter: [each for each in pack.checks if each.code.startswith(letter)] for letter in "ABC"}
    sheet.y += 1
    sheet.heading(_A)
    sheet.table(_COMPARE, [_compared(each) for each in by["A"]], boxes=(4, 5))
    _places(sheet, by["B"])
    sheet.heading(_C)
    sheet.table(_COMPARE, [_compared(each) for each in by["C"]], boxes=(4, 5))
    sheet.heading(_D)
    sheet.rules(_DO, size=8.5)
    sheet.y += 2
    sheet.need(30)
    sheet.table(_DIFFERS, [("", "", "")] * 5)
    _sign(sheet, pack)


def _both(pair: Pair) -> str:
    return pair[0] if pair[0] == pair[1] else f"{pair[0]} / {pair[1]}"


def _compared(check: Check) -> Sequence[str]:
    return check.code, _both(words.SUBJECTS[check.what]), _both(words.expected(check)), "", "", ""


def _places(sheet: Leaflet, checks: Sequence[Check]) -> None:
    sheet.heading(_B, room=34)
    for place, found in groupby(checks, lambda each: each.place):
        rows = [_thing(each) for each in found]
        sheet.need(26)
        sheet.pen.say(f"{place}", MARGIN, sheet.y + 4.5, 10, face=BOLD, width=sheet.width * 0.7)
        count = f"{len(rows)} vật / things"
        right = sheet.pen.width - MARGIN
        sheet.pen.say(count, right, sheet.y + 4.5, 9, face=BOLD, align=Align.RIGHT)
        sheet.y += 6.5
        sheet.table(_COUNT, rows, boxes=(5, 6))
    sheet.need(34)
    sheet.table(_STRANGERS, [("", "")] * 3)


def _thing(check: Check) -> Sequence[str]:
    vi, en = words.item(check)
    kind = en.split(" · ", 1)[1] if " · " in en else ""
    must = words.expected(check)
    return check.code, f"{check.item}", f"{vi} / {kind}", _both(must), "", "", ""


def _sign(sheet: Leaflet, pack: Pack) -> None:
    sheet.need(_SIGN_HEIGHT)
    sheet.heading(("Kết luận và chữ ký", "Result and signatures"), room=40)
    sheet.say(
        (
            f"Chúng tôi đã tự kiểm tra {sum(each.what is What.ITEM for each in pack.checks)} vật, "
            f"{len(pack.checks)} mục. Số mục không khớp: ............. Bắt đầu: ............. Xong: .............",
            "We have looked at all of it ourselves. Lines that do not agree, begun, done: as written above.",
        )
    )
    sheet.pen.say(pack.standing, MARGIN, sheet.y + 3, 8.5, width=sheet.width)
    sheet.y += 6
    centre = sheet.width / 4
    for place, (title, name) in enumerate(zip(words.SIGNS[Work.INSPECTION], (pack.officer, ""), strict=True)):
        x = MARGIN + centre * (2 * place + 1)
        sheet.pen.say(f"{title[0]} / {title[1]}", x, sheet.y + 3, 8.5, colour=GREY, align=Align.CENTRE)
        sheet.pen.line(x - 32, sheet.y + 21, x + 32, sheet.y + 21)
        sheet.pen.say(name, x, sheet.y + 26, 9.5, face=BOLD, align=Align.CENTRE, width=centre * 2 - 6)
    sheet.y += 28
