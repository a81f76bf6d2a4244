"""The recovery sheet: the one paper that opens a store without its passphrase (docs/spec/vault.md 5).

The 32 bytes stand on it twice: as check-digited groups for eyes and telephone, and as a QR code of the same
figures.
"""

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

import segno
from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from secmsg import digits
from secmsg.crypto.secret import Secret

Explained: TypeAlias = tuple[tuple[str, str, str, str], ...]
"""Heads and texts, each in Vietnamese and in English."""

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
SECRET_SIZE = 32

_WIDTH, _HEIGHT = A4
_MARGIN = 20 * mm
_RED = HexColor("#b3261e")
_GREY = HexColor("#5f6368")
_TEXT, _BOLD, _MONO = "BeVietnamPro", "BeVietnamPro-Bold", "JetBrainsMono"
_FILES = {
    _TEXT: "BeVietnamPro-Regular.ttf",
    _BOLD: "BeVietnamPro-Bold.ttf",
    _MONO: "JetBrainsMono-Regular.ttf",
}

_SEAL = ("NIÊM PHONG NGAY SAU KHI IN", "Seal at once after printing")
_EXPLAINED: Explained = (
    (
        "Phiếu này là gì",
        "Các nhóm số trên phiếu là một khóa. Ai có phiếu này và máy tính (hoặc bản sao ổ đĩa) đều mở được kho điện, "
        "không cần mật khẩu.",
        "What this is",
        "The groups on it are a key. Whoever holds this sheet and the computer (or a copy of its disk) can open the "
        "store of cables without the passphrase.",
    ),
    (
        "Khi nào dùng",
        "Khi quên mật khẩu, hoặc khi nửa khóa trong máy đã mất. Chạy `secmsg station recover` (của cơ quan chứng thực: "
        "`secmsg authority recover`): đặt mật khẩu mới, in phiếu mới, rồi tiêu hủy phiếu này. Nếu chỉ mở để "
        "đọc: thêm `--by-sheet` vào lệnh, xong niêm phong lại.",
        "When to use it",
        "When the passphrase is forgotten, or the half of the key in the computer is lost. Run "
        "`secmsg station recover` (an authority: `secmsg authority recover`): it sets a new passphrase and makes a new "
        "sheet; then destroy this one. Only to read: add `--by-sheet` to a command, and seal this sheet again.",
    ),
    (
        "Cất giữ",
        "Cho vào phong bì niêm phong, cất trong két, xa máy tính. Không sao, không chụp, không gửi qua mạng. Mở niêm "
        "phong phải vào sổ.",
        "Keeping",
        "In a sealed envelope, in the safe, away from the computer. Do not copy, photograph or send it. Opening the "
        "seal is entered in the register.",
    ),
    (
        "Cách nhập",
        "Đọc theo hàng, từ trái sang phải. Chữ số cuối mỗi nhóm là số kiểm tra: nhóm sai sẽ được chỉ ra theo thứ tự.",
        "How to enter it",
        "Row by row, left to right. The last figure of each group is a check figure: a wrong group is named by its "
        "place.",
    ),
)

_SHARE: Explained = (
    (
        "Phiếu này là gì",
        "Các nhóm số trên phiếu là một nửa khóa. Cùng với mã PIN mà chỉ trưởng cơ quan đại diện biết, phiếu mở kho "
        "điện để đọc và chứng minh người thứ hai. Thiếu mã PIN, phiếu không mở được gì trên máy này.",
        "What this is",
        "The groups on it are half of a key. With the PIN that only the head of mission knows, it opens the store to "
        "read, and proves the second person. Without the PIN it opens nothing on this machine.",
    ),
    (
        "Khi nào dùng",
        "Ở màn hình khóa: chọn “Phiếu của trưởng cơ quan…”, nhập các nhóm số rồi mã PIN. Ở lệnh: thêm `--by-share`. "
        "Dùng xong niêm phong lại.",
        "When to use it",
        "On the locked screen choose “Head of mission's share…”, enter the groups, then the PIN. In a command: add "
        "`--by-share`. Seal it again afterwards.",
    ),
    (
        "Cất giữ",
        "Cho vào phong bì niêm phong, cất riêng, không cùng chỗ với máy. Không viết mã PIN lên phiếu. Ai có cả phiếu "
        "và bản sao ổ đĩa thì có thể thử mã PIN ngoài máy này: mất phiếu phải báo ngay và lập phiếu khác.",
        "Keeping",
        "In a sealed envelope of its own, not with the machine. Never write the PIN on it. Whoever has it and a copy "
        "of the disk can try PINs elsewhere: report a lost one at once and have another made.",
    ),
)
_SIGNED = (("Người lập", "Made by"), ("Người chứng kiến", "Witness"), ("Ngày niêm phong", "Sealed on"))


@dataclass(frozen=True, slots=True)
class Wording:
    """What a sealed sheet is called, Vietnamese and English, and what it explains of itself."""

    title: tuple[str, str]
    explained: Explained


RECOVERY = Wording(("PHIẾU KHÔI PHỤC", "Recovery sheet"), _EXPLAINED)
SHARE = Wording(("PHIẾU CỦA TRƯỞNG CƠ QUAN", "Head of mission's share"), _SHARE)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What stands on the sheet.

    `secret` is the vault's 32 bytes, `store_id` its 16, of which four are shown; `holder` is whose it is, where it is
    one person's.
    """

    secret: Secret
    station_name: str
    place: str
    store_id: bytes
    made_on: date
    wording: Wording = RECOVERY
    holder: str = ""


def text(sheet: RecoverySheet) -> str:
    """Return the sheet for the command line: the groups, ten on a line, and what they are.

    It ends with a line end.
    """
    facts = "\n".join(f"{vi} / {en}: {value}" for vi, en, value in _facts(sheet))
    notes = "\n".join(f"{vi_text}\n{en_text}" for _, vi_text, _, en_text in sheet.wording.explained)
    groups = "\n".join(" ".join(row) for row in _rows(sheet))
    vi_title, en_title = sheet.wording.title
    return f"{vi_title} / {en_title}\n{facts}\n\n{groups}\n\n{_SEAL[0]}. {_SEAL[1]}.\n{notes}\n"


def pdf(sheet: RecoverySheet, fonts: Path = FONTS) -> bytes:
    """Return the sheet as one A4 page of PDF; the same sheet gives the same bytes.

    FormatError when the secret has not 32 bytes.
    """
    register_fonts(fonts)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=1)
    canvas.setTitle("")
    canvas.setCreator("secmsg")
    y = _head(canvas, sheet)
    y = _key(canvas, sheet, y)
    _explanations(canvas, sheet, y)
    _signatures(canvas, _MARGIN + 8 * mm)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _facts(sheet: RecoverySheet) -> tuple[tuple[str, str, str], ...]:
    return (
        ("Cơ quan", "Station", f"{sheet.station_name}, {sheet.place}" if sheet.place else sheet.station_name),
        *([("Người giữ", "Holder", sheet.holder)] if sheet.holder else []),
        ("Kho", "Store", _short(sheet.store_id)),
        ("Ngày lập", "Made on", sheet.made_on.strftime("%d/%m/%Y")),
    )


def _short(store_id: bytes) -> str:
    name = store_id[:4].hex().upper()
    return f"{name[:4]} {name[4:]}"


def _groups(sheet: RecoverySheet) -> str:
    return digits.groups(sheet.secret.exactly(SECRET_SIZE))


def _rows(sheet: RecoverySheet) -> tuple[tuple[str, ...], ...]:
    groups = _groups(sheet).split()
    return tuple(tuple(groups[at : at + digits.COLUMNS]) for at in range(0, len(groups), digits.COLUMNS))


def _head(canvas: Canvas, sheet: RecoverySheet) -> float:
    y = _HEIGHT - _MARGIN
    canvas.setFillColor(_RED)
    canvas.rect(_MARGIN, y - 9 * mm, _WIDTH - 2 * _MARGIN, 9 * mm, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.setFont(_BOLD, 11)
    canvas.drawString(_MARGIN + 4 * mm, y - 6 * mm, _SEAL[0])
    canvas.setFont(_TEXT, 10)
    canvas.drawRightString(_WIDTH - _MARGIN - 4 * mm, y - 6 * mm, _SEAL[1])
    canvas.setFillColor(black)
    y -= 22 * mm
    canvas.setFont(_BOLD, 22)
    canvas.drawString(_MARGIN, y, sheet.wording.title[0])
    canvas.setFillColor(_GREY)
    canvas.setFont(_TEXT, 12)
    canvas.drawRightString(_WIDTH - _MARGIN, y, sheet.wording.title[1])
    y -= 9 * mm
    for vi, en, value in _facts(sheet):
        canvas.setFillColor(_GREY)
        canvas.setFont(_TEXT, 9)
        canvas.drawString(_MARGIN, y, f"{vi} / {en}")
        canvas.setFillColor(black)
        y = paragraph(canvas, value, _MARGIN + 42 * mm, y + 3.4 * mm, _WIDTH - 2 * _MARGIN - 42 * mm, _BOLD, 10)
        y -= 5 * mm
    return y - 1 * mm


def _key(canvas: Canvas, sheet: RecoverySheet, y: float) -> float:
    rows = _rows(sheet)
    height = (15 + 9 * len(rows)) * mm
    canvas.setStrokeColor(black)
    canvas.rect(_MARGIN, y - height, _WIDTH - 2 * _MARGIN, height)
    left = _MARGIN + 12 * mm
    column = (_WIDTH - _MARGIN - 4 * mm - left) / digits.COLUMNS
    line = y - 8 * mm
    canvas.setFillColor(_GREY)
    canvas.setFont(_TEXT, 7)
    for place in range(digits.COLUMNS):
        canvas.drawCentredString(left + column * (place + 0.5), line, f"+{place}" if place else "")
    for number, row in enumerate(rows):
        line -= 9 * mm
        canvas.setFillColor(_GREY)
        canvas.setFont(_TEXT, 7)
        # The number of the row's first group, by which a wrong one is named.
        canvas.drawRightString(left - 2 * mm, line, f"({number * digits.COLUMNS + 1})")
        canvas.setFillColor(black)
        canvas.setFont(_MONO, 12)
        for place, group in enumerate(row):
            canvas.drawCentredString(left + column * (place + 0.5), line, group)
    return y - height - 6 * mm


def _explanations(canvas: Canvas, sheet: RecoverySheet, y: float) -> None:
    size = 44 * mm
    draw_code(canvas, _groups(sheet).replace(" ", ""), _WIDTH - _MARGIN - size, y - size, size)
    width = _WIDTH - 2 * _MARGIN - size - 8 * mm
    for vi_title, vi_text, en_title, en_text in sheet.wording.explained:
        y = paragraph(canvas, vi_title, _MARGIN, y, width, _BOLD, 10)
        y = paragraph(canvas, vi_text, _MARGIN, y, width, _TEXT, 10)
        y = paragraph(canvas, f"{en_title}. {en_text}", _MARGIN, y - 1 * mm, width, _TEXT, 8)
        y -= 4 * mm


def register_fonts(fonts: Path) -> None:
    """Make the typefaces known to the PDF library, once."""
    for name, file in _FILES.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(fonts / file)))


def draw_code(canvas: Canvas, figures: str, x: float, y: float, size: float) -> None:
    """Draw a QR code as filled squares: no picture, so nothing is resampled in print."""
    matrix = _code(figures)
    module = size / len(matrix)
    canvas.setFillColor(black)
    for line, row in enumerate(matrix):
        for place, dark in enumerate(row):
            if dark:
                canvas.rect(x + place * module, y + size - (line + 1) * module, module, module, stroke=0, fill=1)


def _code(figures: str) -> tuple[tuple[int, ...], ...]:
    """Return the modules of a QR code row by row, 1 for dark."""
    return tuple(tuple(row) for row in segno.make(figures, error="m", micro=False).matrix)


def _signatures(canvas: Canvas, y: float) -> None:
    width = (_WIDTH - 2 * _MARGIN) / len(_SIGNED)
    for place, (vi, en) in enumerate(_SIGNED):
        x = _MARGIN + place * width
        canvas.setStrokeColor(_GREY)
        canvas.line(x, y, x + width - 6 * mm, y)
        canvas.setFillColor(_GREY)
        canvas.setFont(_TEXT, 8)
        canvas.drawString(x, y - 4 * mm, f"{vi} / {en}")


def paragraph(canvas: Canvas, words: str, x: float, top: float, width: float, font: str, size: float) -> float:
    """Draw words from `top` downwards and return where they end."""
    style = ParagraphStyle("p", fontName=font, fontSize=size, leading=size * 1.4, alignment=TA_LEFT)
    block = Paragraph(escaped(words), style)
    _, height = block.wrap(width, _HEIGHT)
    block.drawOn(canvas, x, top - height)
    return float(top - height)


def escaped(words: str) -> str:
    """Let a name with a `<` in it be a name: the layout library reads markup."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
