"""The ledger of key material as paper, and a book's list of pages with room for every signature.

Both show what the register says, in its order and with its numbers; neither holds a figure of a key. Hours are given
with their zone by the caller. Source: docs/spec/materials.md 5.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from secmsg.office.ledger import Line
from secmsg.office.materials import Act
from secmsg.papers import tabular
from secmsg.papers.drawing import BOLD, Format, Pen
from secmsg.papers.frame import MARGIN, Pair, foot, head, signatures
from secmsg.papers.recovery import FONTS
from secmsg.papers.tabular import Column, Table

ACTS: dict[Act, Pair] = {
    Act.DRAWN: ("tạo số", "drawn"),
    Act.ENTERED: ("nhập sổ", "entered"),
    Act.PRINTED: ("in", "printed"),
    Act.ERASED: ("xóa số trong máy", "figures erased"),
    Act.SEALED: ("niêm phong", "sealed"),
    Act.ISSUED: ("cấp phát", "issued"),
    Act.RECEIVED: ("nhận, đếm đủ trang", "received"),
    Act.OPENED: ("mở niêm, đưa vào dùng", "opened"),
    Act.CONFIRMED: ("đọc trang trên cùng", "top page read"),
    Act.TAKEN: ("bóc trang", "page taken"),
    Act.USED: ("dùng cho điện", "used"),
    Act.PAGE_DESTROYED: ("tiêu hủy trang", "page destroyed"),
    Act.PAGE_VOID: ("trang bỏ, không dùng", "page void"),
    Act.PAGE_MISSING: ("thiếu trang", "page missing"),
    Act.USED_UP: ("dùng hết", "used up"),
    Act.DESTROYED: ("tiêu hủy", "destroyed"),
    Act.REPORTED: ("báo cáo", "reported"),
    Act.SUPERSEDED: ("bị thay thế", "superseded"),
    Act.COMPROMISED: ("lộ, nghi lộ", "compromised"),
    Act.MISSING: ("mất", "missing"),
    Act.VOID: ("bỏ, không dùng", "void"),
    Act.CLEARED: ("giải tỏa theo lệnh Bộ", "cleared"),
    Act.EXPORTED: ("xuất ra tệp", "exported"),
    Act.STRUCK: ("gạch dòng hỏi–đáp", "line struck"),
    Act.TAG_FAILED: ("nhóm xác thực sai", "tag failed"),
    Act.COUNTED: ("kiểm kê đủ", "counted"),
    Act.MOVED: ("đổi chỗ, đổi người giữ", "moved"),
    Act.RETURNED: ("nhận lại", "returned"),
    Act.DISCREPANT: ("sai lệch", "discrepant"),
    Act.VERIFIED: ("mở thử, còn nguyên vẹn", "verified"),
}
_TITLE = ("SỔ KHÍ TÀI MẬT MÃ", "Ledger of key material")
_LIST = ("DANH SÁCH TRANG KHÓA", "List of key pages")
_LEDGER = Table(
    (
        Column(("TT", "No."), 12),
        Column(("Ngày giờ", "Time"), 32),
        Column(("Việc", "Act"), 38),
        Column(("Số sổ", "Item"), 13),
        Column(("Tên gọi, ấn bản, bản", "Title, edition, copy"), 52),
        Column(("Trang", "Pages"), 24),
        Column(("Điện", "Cable"), 26),
        Column(("Người làm, người thứ hai", "Officer, second person"), 42),
        Column(("Nơi giữ, ghi chú", "Holder, note"), 34),
    ),
    size=7.5,
)
_PAGES = Table(
    (
        Column(("Trang", "Page"), 20),
        Column(("Dùng ngày", "Used on"), 32),
        Column(("Cho điện số", "For cable"), 38),
        Column(("Tiêu hủy ngày", "Destroyed on"), 32),
        Column(("Ký 1", "Signed 1"), 32),
        Column(("Ký 2", "Signed 2"), 32),
    ),
    size=8.5,
    least=7.4,
)


def ledger_pdf(
    office: str, lines: Sequence[tuple[int, Line]], at: Callable[[int], str], *, training: bool = False,
    fonts: Path = FONTS,
) -> bytes:  # fmt: skip
    """Return numbered lines of the ledger on leaves A4 across; `at` writes UTC seconds as an hour with its zone."""
    rows = [_row(number, line, at) for number, line in lines]
    pen = Pen(Format.A4_WIDE, training=training, fonts=fonts)
    _tabled(pen, _LEDGER, rows, _TITLE, office, training=training)
    return pen.finish()


def pages_pdf(book: str, office: str, rows: Sequence[tabular.Row], *, training: bool = False,
              fonts: Path = FONTS) -> bytes:  # fmt: skip
    """Return a book's pages, each a row of six: number, used on, cable, destroyed on, and two places to sign."""
    pen = Pen(Format.A4, training=training, fonts=fonts)
    _tabled(pen, _PAGES, rows, _LIST, f"{book} · {office}", training=training)
    return pen.finish()


def _tabled(pen: Pen, table: Table, rows: Sequence[tabular.Row], title: Pair, words: str, *, training: bool) -> None:
    top = MARGIN + 12.0
    room = pen.height - MARGIN - 24 - top
    leaves = tabular.paged(pen, table, rows, room, room)
    for number, leaf in enumerate(leaves, 1):
        if number > 1:
            pen.leaf()
        y = head(pen, title, top=MARGIN - 2)
        pen.say(words, MARGIN, y + 2, 9, face=BOLD, width=pen.width - 2 * MARGIN)
        tabular.draw(pen, table, leaf, MARGIN, y + 5)
        signed = (("Người giữ sổ", "Kept by"), ("Người kiểm tra", "Checked by"), ("Ngày", "Date"))
        signatures(pen, signed, pen.height - MARGIN - 10)
        foot(pen, f"{title[0]} · {words}", number, len(leaves), training=training)


def _row(number: int, line: Line, at: Callable[[int], str]) -> tabular.Row:
    pages = (
        "" if not line.first else f"{line.first:04}" if line.first == line.last else f"{line.first:04}–{line.last:04}"
    )
    cable = " ".join(each for each in (f"{line.serial:05}" if line.serial else "", line.cable) if each)
    return (
        f"{number}",
        at(line.at),
        " / ".join(ACTS[line.act]),
        f"{line.item}",
        f"{line.title}, {line.edition}, {line.copy}",
        pages,
        cable,
        ", ".join(each for each in (line.person, line.second) if each),
        "; ".join(each for each in (line.holder, line.note) if each),
    )
