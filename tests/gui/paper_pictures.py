"""Draws the papers of the hand cipher at actual size: `paper-*.png`, beside the pictures of the screens.

A new paper is one line of `PAPERS`. All of them are of the test edition and of training books: no picture is a key.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from secmsg.manual import tag, worksheet
from secmsg.manual.worksheet import Direction
from secmsg.office.checking import Finding, Flaw, What, Work
from secmsg.office.custody_record import Person
from secmsg.office.ledger import Line
from secmsg.office.materials import Act, Kind
from secmsg.office.materials import Direction as Way
from secmsg.papers import (
    authentication,
    challenges,
    codebooks,
    custody_records,
    destruction,
    inspection,
    ledgers,
    pads,
    tables,
    worksheets,
)
from secmsg.papers.destruction import Destroyed, Record
from secmsg.papers.drawing import Format
from secmsg.station import codebooks as shelf
from secmsg.station import hand_papers, packet_papers, syllabaries
from tests.helpers.manual import AT, codes, pages
from tests.helpers.papers import pictures
from tests.helpers.seeded_random import seeded
from tests.helpers.ui_custody import CHECKS, CODE

DPI, COLOURS = 150, 64
OFFICE, BOOK = "Đại sứ quán Việt Nam tại Cộng hòa Pháp", "TK PARIS-HA NOI"
_FIRST, _HOUR, _ZONE = 1_795_680_000, 3600, timezone(timedelta(hours=1))
LEDGER = tuple(
    (
        number,
        Line(
            _FIRST + number * _HOUR, act, 17, Kind.PAD, BOOK, 3, 1, first, first, serial, cable, "Lê Thị Bình", second,
            "két số 2", note,
        ),
    )
    for number, (act, first, serial, cable, second, note) in enumerate(
        (
            (Act.DRAWN, 0, 0, "", "", ""),
            (Act.PRINTED, 0, 0, "", "", "offline"),
            (Act.SEALED, 0, 0, "", "Phạm Văn Cường", "phong bì số 0412"),
            (Act.OPENED, 0, 0, "", "Phạm Văn Cường", ""),
            (Act.CONFIRMED, 42, 0, "", "", ""),
            (Act.TAKEN, 42, 0, "", "", ""),
            (Act.USED, 42, 220, "26 PARIS 045", "", ""),
            (Act.PAGE_DESTROYED, 42, 0, "", "Phạm Văn Cường", "đốt"),
        ),
        1,
    )
)  # fmt: skip
RECORD = Record(
    OFFICE,
    "07/BB-ĐSQ",
    "26/11/2026 16:20 (UTC+01:00, Paris)",
    "Phòng cơ yếu, Paris",
    (("Lê Thị Bình", "Cán bộ cơ yếu"), ("Phạm Văn Cường", "Bí thư thứ hai"), ("Trần Văn An", "Tham tán công sứ")),
    "Quy chế quản lý khí tài mật mã; lệnh thay ấn bản số 14 ngày 20/11/2026",
    "Đốt trong lò, khuấy tro với nước",
    (
        Destroyed("17", f"{BOOK}, tập khóa ĐI", "3", "1/2", "0001–0041", "41", "đã dùng"),
        Destroyed("17", f"{BOOK}, trang bỏ", "3", "1/2", "0042", "1", "không dùng"),
        Destroyed("19", "Sổ mã", "2", "4/9", "", "1", "bị thay thế"),
    ),
)
COVER = pads.PadCover(
    f"HUẤN LUYỆN {BOOK}", "3", 1, Way.OUT, OFFICE, "Bộ Ngoại giao", "17", date(2026, 11, 26), training=True
)
PACK = inspection.Pack(
    OFFICE,
    "26/11/2026 16:20 +01:00",
    "Lê Minh Châu",
    CHECKS[Work.INSPECTION],
    f"Sổ khí tài / ledger: 23 · {CODE}",
)
HANDOVER = custody_records.Paper(
    Work.HANDOVER, 4, OFFICE, "26/11/2026 16:20 +01:00", "26/11/2026 16:41 +01:00",
    Person("Lê Minh Châu", "Cán bộ cơ yếu"), Person("Trần Văn An", "Bí thư thứ ba"), f"31: {CODE}", CODE, 3,
    ((What.TOKENS, 0), (What.PAGES_LEFT, 138), (What.CABLES_OPEN, 2)),
    (Finding("D1", Flaw.COUNT, What.TOKENS, 0, 1, 0, "không thấy trong két"),), 1,
)  # fmt: skip
PAGES, SHEET = pages(b"pictures", 9001, 2), tag.sheet(31_415)
_DRAWN = codes(b"pictures", 400)
CHALLENGES = list(zip(_DRAWN[::2], _DRAWN[1::2], strict=True))


def _worksheet() -> bytes:
    """Fill a worksheet for 56 groups with its parity groups and its tag."""
    sheet = worksheet.enciphering(_DRAWN[:56], PAGES[:1], [SHEET], serial=220, at=AT, parity=True)
    return worksheets.filled(sheet, COVER.title, training=True)


PAPERS: dict[str, Callable[[], bytes]] = {
    "tables": tables.pdf,
    "book": lambda: codebooks.pdf(shelf.load()),
    "book-a5": lambda: codebooks.pdf(shelf.load(), Format.A5),
    "pad": lambda: pads.pdf([COVER], PAGES),
    "authentication": lambda: authentication.pdf([COVER], [SHEET]),
    "authentication-small": lambda: authentication.small_pdf([COVER], [SHEET]),
    "challenges": lambda: challenges.pdf([COVER], CHALLENGES),
    "worksheet": _worksheet,
    "worksheet-blank": lambda: worksheets.blank(30, Direction.ENCIPHER, persons=2),
    "ledger": lambda: ledgers.ledger_pdf(OFFICE, LEDGER, _hour),
    "destruction": lambda: destruction.pdf(RECORD),
    "inspection": lambda: inspection.pdf(PACK),
    "handover": lambda: custody_records.pdf(HANDOVER),
    "fax": lambda: packet_papers.fax(seeded(b"fax")(140), 10),
    "syllabary": lambda: hand_papers.syllabary(syllabaries.load()),
    "card": lambda: hand_papers.card(shelf.load()),
    "supplement": lambda: codebooks.supplement_pdf(shelf.load()),
}
MOST_LEAVES = 3
"""Of a long paper only so many leaves are drawn: the first ones, unless `CHOSEN` says which."""
CHOSEN = {"book": (0, 1, 2, 24), "book-a5": (0, 1, 40), "pad": (0, 1), "challenges": (0,)}
"""Which leaves of some papers are drawn, by their places from 0."""


def draw(into: Path, part: str = "") -> int:
    """Draw every paper whose name holds `part`; says how many leaves."""
    count = 0
    for name, make in PAPERS.items():
        if part not in f"paper-{name}":
            continue
        drawn = pictures(make(), DPI, CHOSEN.get(name, tuple(range(MOST_LEAVES))))
        for number, picture in enumerate(drawn, 1):
            picture.quantize(COLOURS).save(into / f"paper-{name}-{number}.png", optimize=True)
        count += len(drawn)
    return count


def _hour(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, _ZONE).strftime("%d/%m/%Y %H:%M +01:00")
