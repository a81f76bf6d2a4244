"""A small codebook that is whole: every sign, numeral and letter, some days, syllables, phrases, places."""

import functools
from string import ascii_lowercase

from secmsg.manual.codebook import CONTROLS, HEADINGS, SIGNS, Book, Entry, Kind
from secmsg.vietnamese import sort_key

WORDS = (
    "an anh ba bà bá bàn báo bị bộ các cáo cấp chính chỉ cho chức có của cuộc cứu dân đã đại đến đi điện đoàn "
    "đồng đối được đường gặp giờ hà hai họp hòa hội huế in kết khẩn không kiến là lãnh làm lúc mật mới một "
    "mười năm nay này nam ngày người nhà nhận nội nước phố phòng quan quân quốc quý ra sáng số sứ sự tại tám "
    "thành thăm theo thủy tháng thì thông tin tiếp tới trả trao trong trước trưởng tư tự tướng từ và văn về "
    "việc viên việt với xin y ý yên"
)
SYLLABLES = tuple(WORDS.split())
PHRASES = (
    "24/7", "báo cáo", "Bộ Ngoại giao", "Bộ trưởng", "đại sứ", "đại sứ quán", "đề nghị", "đồng chí", "hội đàm",
    "kết quả",
    "lãnh sự", "Nguyễn", "Nguyễn Văn", "nhà nước", "quan hệ", "sáng nay", "Thủ tướng", "trả lời", "v.v.",
    "xin ý kiến chỉ đạo",
)  # fmt: skip
PLACES = ("Hà Nội", "Huế", "Pháp", "Thành phố Hồ Chí Minh", "Việt Nam")
ORGANISATIONS = ("ASEAN", "COVID-19", "Liên hợp quốc", "Tổ chức Y tế thế giới")


@functools.cache
def small_book(edition: int = 7) -> Book:
    """Return the book; only its edition may differ."""
    words = (*SIGNS, *sorted(CONTROLS), *sorted(HEADINGS))
    names = {
        Kind.FLASH: "hỏa tốc", Kind.IMMEDIATE: "thượng khẩn", Kind.PRIORITY: "điện khẩn", Kind.ROUTINE: "điện thường",
        Kind.TOP_SECRET: "tuyệt mật", Kind.SECRET: "tối mật", Kind.CONFIDENTIAL: "độ mật",
        Kind.UNCLASSIFIED: "không mật",
    }  # fmt: skip
    special = [(f"{value}", Kind.FIGURE) for value in range(10)]
    special += [(names.get(kind, f"«{kind.value}»"), kind) for kind in words]
    special += [(f"ngày {day}", Kind.DAY) for day in range(1, 32)]
    special += [(f"tháng {month}", Kind.MONTH) for month in range(1, 13)]
    letters = [(letter, Kind.LETTER) for letter in ascii_lowercase]
    letters += [(first + second, Kind.BIGRAPH) for first in ascii_lowercase for second in ascii_lowercase]
    years = [("2025", Kind.YEAR), ("năm 2026", Kind.YEAR), ("USD", Kind.CURRENCY), ("km", Kind.UNIT)]
    return Book(
        "Sổ mã thử",
        edition,
        "CC0-1.0",
        (
            *_rows(0, [(f"{value:02}", Kind.NUMERAL) for value in range(100)]),
            *_rows(100, special),
            *_rows(200, letters),
            *_rows(902, years),
            *_rows(1000, _sorted(SYLLABLES, Kind.SYLLABLE)),
            *_rows(6000, _sorted(PHRASES, Kind.PHRASE)),
            *_rows(9000, _sorted(PLACES, Kind.PLACE)),
            *_rows(9600, _sorted(ORGANISATIONS, Kind.ORGANISATION)),
        ),
    )


def _sorted(texts: tuple[str, ...], kind: Kind) -> list[tuple[str, Kind]]:
    return [(text, kind) for text in sorted(set(texts), key=lambda text: (sort_key(text), text))]


def _rows(first: int, rows: list[tuple[str, Kind]]) -> list[Entry]:
    return [Entry(f"{code:04}", text, kind) for code, (text, kind) in enumerate(rows, first)]
