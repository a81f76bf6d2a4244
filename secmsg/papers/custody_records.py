"""The paper of a record of custody: inventory, inspection or handover, with its code, for two signatures by hand.

Source: docs/spec/custody.md 4. The code is that of the statement which both have signed in the register.
"""

from dataclasses import dataclass
from pathlib import Path

from secmsg.office import custody_words as words
from secmsg.office.checking import Finding, What, Work
from secmsg.office.custody_record import Person
from secmsg.papers import leaflet
from secmsg.papers.drawing import BOLD, GREY, Align
from secmsg.papers.frame import MARGIN, Pair, facts, head
from secmsg.papers.leaflet import Leaflet
from secmsg.papers.recovery import FONTS
from secmsg.papers.tabular import Column, Table

_COUNTS = Table((Column(("Đếm gì", "Counted"), 126), Column(("Số lượng", "How many"), 60)), size=8.5, least=5.6)
_FINDINGS = Table(
    (
        Column(("Mã", "Code"), 13),
        Column(("Số sổ", "Item"), 14),
        Column(("Không khớp ở đâu", "What does not agree"), 84),
        Column(("Phải làm", "To do"), 75),
    ),
    size=8.5,
    least=9,
)
_ONE: Pair = (
    "Người thứ hai không có bí mật riêng trên máy này: chữ ký của người đó chỉ có trên giấy này.",
    "The second person has no secret of their own on this machine: their signature is on this paper alone.",
)
_TWO: Pair = (
    "Cả hai đã ký bằng bí mật riêng trên máy; chữ ký tay dưới đây là bản giấy.",
    "Both have signed by their own secret on the machine; the signatures below are the paper's.",
)
_NOTHING: Pair = ("Mọi thứ khớp với sổ.", "Everything agrees with the ledger.")
_END = 58.0


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on the paper; hours are words with their zone."""

    work: Work
    line: int
    office: str
    begun_at: str
    at: str
    first: Person
    second: Person
    ledger: str
    code: str
    answered: int
    counts: tuple[tuple[What, int], ...]
    findings: tuple[Finding, ...]
    signatures: int


def pdf(paper: Paper, fonts: Path = FONTS) -> bytes:
    """Return the record on leaves A4; FormatError for a character that cannot be printed."""
    title = words.RECORDS[paper.work]
    foot = f"{title[0]} {paper.line} · {paper.office} · {paper.code}"
    return leaflet.pdf(foot, lambda sheet: _draw(sheet, paper), fonts)


def _draw(sheet: Leaflet, paper: Paper) -> None:
    sheet.y = head(sheet.pen, words.RECORDS[paper.work], top=MARGIN - 2) + 5
    signs = words.SIGNS[paper.work]
    rows: tuple[tuple[Pair, str], ...] = (
        (("Cơ quan", "Office"), paper.office),
        (("Số biên bản", "Record"), f"{paper.line}"),
        (("Bắt đầu", "Begun"), paper.begun_at),
        (("Ký lúc", "Signed"), paper.at),
        (signs[0], _person(paper.first)),
        (signs[1], _person(paper.second)),
        (("Sổ khí tài", "Ledger"), paper.ledger),
        (("Mã biên bản", "Code of the record"), paper.code),
        (("Số mục đã xem", "Checks"), f"{paper.answered}"),
    )
    sheet.y = facts(sheet.pen, rows, MARGIN, sheet.y, sheet.width, label=52) + 2
    if paper.counts:
        sheet.heading(("Số lượng bàn giao", "Counts"))
        lines = [(" / ".join(words.SUBJECTS[what]), f"{count}") for what, count in paper.counts]
        sheet.table(_COUNTS, lines)
    sheet.heading(("Sai lệch", "What does not agree"))
    if paper.findings:
        sheet.table(_FINDINGS, [_row(each) for each in paper.findings])
    else:
        sheet.say(_NOTHING)
    _sign(sheet, paper)


def _person(person: Person) -> str:
    return ", ".join(each for each in (person.name, person.title) if each)


def _row(found: Finding) -> tuple[str, str, str, str]:
    item = f"{found.item}" if found.item else ""
    return found.code, item, " / ".join(words.finding(found)), " / ".join(words.to_do(found))


def _sign(sheet: Leaflet, paper: Paper) -> None:
    sheet.need(_END)
    sheet.y += 2
    sheet.say(_TWO if paper.signatures > 1 else _ONE)
    half = sheet.width / 2
    people = zip(words.SIGNS[paper.work], (paper.first, paper.second), strict=True)
    for place, (title, person) in enumerate(people):
        x = MARGIN + half * (place + 0.5)
        sheet.pen.say(f"{title[0]} / {title[1]}", x, sheet.y + 5, 8.5, colour=GREY, align=Align.CENTRE)
        sheet.pen.line(x - 32, sheet.y + 25, x + 32, sheet.y + 25)
        sheet.pen.say(person.name, x, sheet.y + 30, 9.5, face=BOLD, align=Align.CENTRE, width=half - 6)
        sheet.pen.say(person.title, x, sheet.y + 34, 8, colour=GREY, align=Align.CENTRE, width=half - 6)
    sheet.y += 36
