"""Papers for sealed envelopes: each secret of two machines on two sheets (docs/spec/recovery.md 2).

The 32 bytes stand on it as check-digited groups for eyes and telephone, and as a QR code of the same figures.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.pagesizes import A5, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from secmsg import digits
from secmsg.crypto.secret import Secret
from secmsg.papers.recovery import FONTS, draw_code, paragraph, register_fonts

SECRET_SIZE = 32
_WIDTH, _HEIGHT = landscape(A5)
_MARGIN = 12 * mm
_RED = HexColor("#b3261e")
_GREY = HexColor("#5f6368")
_TEXT, _BOLD, _MONO = "BeVietnamPro", "BeVietnamPro-Bold", "JetBrainsMono"
_TITLE = ("KHÓA DỰ PHÒNG SỐ {number}", "Spare key no. {number}")
_SEAL = ("MỖI TỜ MỘT PHONG BÌ, NIÊM PHONG NGAY", "One sheet, one envelope, sealed at once")
_RULES = (
    "Chỉ mở khi hai máy không còn mở được gói của nhau mà đường truyền không mang nổi điện mở phiên. Dùng một lần: "
    "dùng xong tiêu hủy ngay. Hai bên dùng cùng một số. Nhập theo hàng, từ trái sang phải.",
    "Open it only when the two machines open nothing of each other and the line carries no first message. It serves "
    "once: destroy it after use. Both ends take the same number. Enter it row by row, left to right.",
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """One secret of two machines; `beginner` is the one that may begin with it, `made_on` UTC seconds."""

    secret: Secret
    number: int
    here: int
    there: int
    beginner: int
    made_on: int


def text(envelopes: Sequence[Envelope]) -> str:
    """Return the sheets as text, one for each secret and end, parted by form feeds."""
    return "\f".join(
        "\n".join(
            (
                f"{_TITLE[0].format(number=each.number)} / {_TITLE[1].format(number=each.number)}",
                *(f"{vi} / {en}: {value}" for vi, en, value in _facts(each, end)),
                "",
                *(" ".join(row) for row in _rows(each.secret)),
                "",
                f"{_SEAL[0]}. {_SEAL[1]}.",
                *_RULES,
                "",
            )
        )
        for each, end in _copies(envelopes)
    )


def pdf(envelopes: Sequence[Envelope], fonts: Path = FONTS) -> bytes:
    """Return the sheets as A5 pages of PDF; the same sheets give the same bytes."""
    register_fonts(fonts)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(_WIDTH, _HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle("")
    canvas.setCreator("secmsg")
    for each, end in _copies(envelopes):
        _page(canvas, each, end)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _copies(envelopes: Sequence[Envelope]) -> tuple[tuple[Envelope, int], ...]:
    """List every sheet: all of one end, then all of the other, as they are carried."""
    ends = (envelopes[0].here, envelopes[0].there)
    return tuple((each, end) for end in ends for each in envelopes)


def _facts(each: Envelope, end: int) -> tuple[tuple[str, str, str], ...]:
    other = each.there if end == each.here else each.here
    begins = ("máy này", "this machine") if each.beginner == end else ("máy kia", "the other")
    return (
        ("Cho máy số", "For machine", f"{end}"),
        ("Với máy số", "With machine", f"{other}"),
        ("Bên bắt đầu", "Begins", f"{begins[0]} / {begins[1]}"),
        ("Ngày lập", "Made on", datetime.fromtimestamp(each.made_on, UTC).strftime("%d/%m/%Y")),
    )


def _rows(secret: Secret) -> tuple[tuple[str, ...], ...]:
    groups = digits.groups(secret.exactly(SECRET_SIZE)).split()
    return tuple(tuple(groups[at : at + digits.COLUMNS]) for at in range(0, len(groups), digits.COLUMNS))


def _page(canvas: Canvas, each: Envelope, end: int) -> None:
    y = _HEIGHT - _MARGIN
    canvas.setFillColor(_RED)
    canvas.rect(_MARGIN, y - 8 * mm, _WIDTH - 2 * _MARGIN, 8 * mm, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.setFont(_BOLD, 9)
    canvas.drawString(_MARGIN + 3 * mm, y - 5.4 * mm, _SEAL[0])
    canvas.setFont(_TEXT, 8)
    canvas.drawRightString(_WIDTH - _MARGIN - 3 * mm, y - 5.4 * mm, _SEAL[1])
    y -= 19 * mm
    canvas.setFillColor(black)
    canvas.setFont(_BOLD, 18)
    canvas.drawString(_MARGIN, y, _TITLE[0].format(number=each.number))
    canvas.setFillColor(_GREY)
    canvas.setFont(_TEXT, 10)
    canvas.drawRightString(_WIDTH - _MARGIN, y, _TITLE[1].format(number=each.number))
    y = _facts_at(canvas, each, end, y - 8 * mm)
    y = _groups_at(canvas, each.secret, y - 2 * mm)
    size = 34 * mm
    draw_code(canvas, "".join("".join(row) for row in _rows(each.secret)), _WIDTH - _MARGIN - size, _MARGIN, size)
    y -= 6 * mm
    for words, face in zip(_RULES, (9, 8), strict=True):
        y = paragraph(canvas, words, _MARGIN, y, _WIDTH - 2 * _MARGIN - size - 6 * mm, _TEXT, face) - 2 * mm


def _facts_at(canvas: Canvas, each: Envelope, end: int, y: float) -> float:
    for vi, en, value in _facts(each, end):
        canvas.setFillColor(_GREY)
        canvas.setFont(_TEXT, 8)
        canvas.drawString(_MARGIN, y, f"{vi} / {en}")
        canvas.setFillColor(black)
        canvas.setFont(_BOLD, 9)
        canvas.drawString(_MARGIN + 42 * mm, y, value)
        y -= 5 * mm
    return y


def _groups_at(canvas: Canvas, secret: Secret, y: float) -> float:
    rows = _rows(secret)
    left = _MARGIN + 9 * mm
    column = (_WIDTH - _MARGIN - 2 * mm - left) / digits.COLUMNS
    canvas.setStrokeColor(black)
    canvas.rect(_MARGIN, y - (4 + 7 * len(rows)) * mm, _WIDTH - 2 * _MARGIN, (4 + 7 * len(rows)) * mm)
    for number, row in enumerate(rows):
        y -= 7 * mm
        canvas.setFillColor(_GREY)
        canvas.setFont(_TEXT, 7)
        canvas.drawRightString(left - 1.5 * mm, y, f"({number * digits.COLUMNS + 1})")
        canvas.setFillColor(black)
        canvas.setFont(_MONO, 11)
        for place, group in enumerate(row):
            canvas.drawCentredString(left + column * (place + 0.5), y, group)
    return y - 4 * mm
