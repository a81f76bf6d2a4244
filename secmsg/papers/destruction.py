"""The record of destruction (biên bản tiêu hủy): who, why, what, how, when and where, signed by two or three.

Source: docs/spec/materials.md 3; the parts are those that such a record has in the office's practice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from secmsg.errors import FormatError
from secmsg.papers import tabular
from secmsg.papers.drawing import BOLD, GREY, Align, Format, Pen
from secmsg.papers.frame import MARGIN, Pair, foot
from secmsg.papers.recovery import FONTS
from secmsg.papers.tabular import Column, Table

_STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc")
_TITLE = ("BIÊN BẢN TIÊU HỦY", "Record of destruction")
_TABLE = Table(
    (
        Column(("Số sổ", "Ledger no."), 18),
        Column(("Tên gọi", "Item"), 62),
        Column(("Ấn bản", "Edition"), 16),
        Column(("Bản", "Copy"), 14),
        Column(("Trang", "Pages"), 32),
        Column(("SL", "Count"), 12),
        Column(("Ghi chú", "Note"), 32),
    )
)
_COUNTED: Pair = (
    "Những người ký xác nhận: đã đếm từng trang trước khi tiêu hủy; sau khi tiêu hủy không còn phần nào đọc được.",
    "The signatories attest: counted leaf by leaf before; nothing legible was left after.",
)
_LEAST, _MOST = 2, 3
_BLANK_ROWS = 12
_END_HEIGHT = 62.0


@dataclass(frozen=True, slots=True)
class Destroyed:
    """One line of the list, as words; no figure of a key is among them."""

    register: str
    name: str
    edition: str
    copy: str
    pages: str
    count: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What stands on the record; what is empty has a line for the pencil.

    `at` is date and hour with its zone; `people` two or three names with their offices.
    """

    office: str
    number: str
    at: str
    place: str
    people: tuple[tuple[str, str], ...]
    basis: str
    method: str
    items: tuple[Destroyed, ...]
    training: bool = False


def pdf(record: Record, fonts: Path = FONTS) -> bytes:
    """Return the record on leaves A4; FormatError unless two or three sign it."""
    if not _LEAST <= len(record.people) <= _MOST:
        raise FormatError("a record of destruction is signed by two or three")
    pen = Pen(Format.A4, training=record.training, fonts=fonts)
    rows: list[tabular.Row] = [(e.register, e.name, e.edition, e.copy, e.pages, e.count, e.note) for e in record.items]
    rows = rows or [("",) * len(_TABLE.columns)] * _BLANK_ROWS
    y = _head(pen, record)
    bottom = pen.height - MARGIN - 4
    leaves = tabular.paged(pen, _TABLE, rows, bottom - y - 6, bottom - MARGIN)
    y = _heading(pen, 3, ("Danh mục", "List"), y)
    count = len(leaves)
    for number, leaf in enumerate(leaves, 1):
        if number > 1:
            pen.leaf()
            y = MARGIN
        y = tabular.draw(pen, _TABLE, leaf, MARGIN, y) + 4
        if number == len(leaves) and y > bottom - _END_HEIGHT:
            count += 1
        foot(pen, _name(record), number, count, training=record.training)
    if count > len(leaves):
        pen.leaf()
        y = MARGIN
        foot(pen, _name(record), count, count, training=record.training)
    _end(pen, record, y)
    return pen.finish()


def _name(record: Record) -> str:
    return f"{_TITLE[0]} {record.number} · {record.office}".replace("  ", " ")


def _head(pen: Pen, record: Record) -> float:
    width = pen.width - 2 * MARGIN
    pen.say(record.office, MARGIN, 16, 10, face=BOLD, width=70)
    pen.say(f"Số / No.: {record.number or '.' * 20}", MARGIN, 21.5, 9)
    centre = pen.width - MARGIN - 45
    pen.say(_STATE[0], centre, 16, 9.5, face=BOLD, align=Align.CENTRE, width=90)
    pen.say(_STATE[1], centre, 21.5, 9.5, face=BOLD, align=Align.CENTRE)
    pen.line(centre - 24, 23.5, centre + 24, 23.5, weight=0.5)
    pen.say(_TITLE[0], pen.width / 2, 37, 16, face=BOLD, align=Align.CENTRE)
    pen.say(_TITLE[1], pen.width / 2, 42.5, 9, colour=GREY, align=Align.CENTRE)
    y = 48.0
    for (vi, en), value in ((("Thời gian", "Time"), record.at), (("Địa điểm", "Place"), record.place)):
        pen.say(f"{vi} / {en}", MARGIN, y + 4, 8, colour=GREY)
        y = _written(pen, value, MARGIN + 36, y, width - 36)
    y = _heading(pen, 1, ("Thành phần", "Present"), y + 2)
    for name, title in record.people:
        y = _written(pen, f"{name}, {title}".strip(", "), MARGIN + 6, y, width - 6)
    y = _heading(pen, 2, ("Căn cứ", "Basis"), y + 2)
    return _written(pen, record.basis, MARGIN + 6, y, width - 6) + 2


def _heading(pen: Pen, number: int, words: Pair, y: float) -> float:
    pen.say(f"{number}. {words[0]} / {words[1]}", MARGIN, y + 4, 9.5, face=BOLD)
    return y + 6.5


def _written(pen: Pen, words: str, x: float, y: float, width: float) -> float:
    """Write words, or a line to write on where there are none."""
    if words:
        return pen.block(words, x, y, width, 9.5) + 0.8
    pen.line(x, y + 5, x + width, y + 5, colour=GREY, dash="0.6 1.6")
    return y + 6.5


def _end(pen: Pen, record: Record, y: float) -> None:
    width = pen.width - 2 * MARGIN
    y = _heading(pen, 4, ("Phương pháp", "Method"), y)
    y = _written(pen, record.method, MARGIN + 6, y, width - 6)
    y = pen.block(_COUNTED[0], MARGIN + 6, y + 1, width - 6, 9.5)
    y = pen.block(_COUNTED[1], MARGIN + 6, y, width - 6, 7.5) + 5
    _signed(pen, record.people, y)


def _signed(pen: Pen, people: Sequence[tuple[str, str]], y: float) -> None:
    """Leave each person a place to sign, above the printed name."""
    width = (pen.width - 2 * MARGIN) / len(people)
    for place, (name, title) in enumerate(people):
        centre = MARGIN + (place + 0.5) * width
        pen.say("Ký / Signed", centre, y + 3, 8, colour=GREY, align=Align.CENTRE)
        pen.line(centre - 24, y + 20, centre + 24, y + 20)
        pen.say(name, centre, y + 25, 9.5, face=BOLD, align=Align.CENTRE, width=width - 4)
        pen.say(title, centre, y + 29, 8, colour=GREY, align=Align.CENTRE, width=width - 4)
