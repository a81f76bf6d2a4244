"""Seconds for the papers of the hand cipher: a pad book of 180 pages drawn and laid out, a message of 500 words.

The peer lays the same groups out with the PDF library's own tables, as a program would that has no pen of its own. The
limit is the library writing those figures and nothing else, one string a group. What has no peer is measured against
its goal.
"""

import io
import statistics
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, SimpleDocTemplate, Table

from secmsg.crypto import randomness
from secmsg.manual import encoding, tag, worksheet
from secmsg.manual.checks import COLUMNS
from secmsg.manual.codebook import Book
from secmsg.manual.pad import PAGE_GROUPS, Page
from secmsg.office.materials import Direction
from secmsg.papers import codebooks, pads, worksheets
from secmsg.papers.drawing import MONO
from secmsg.papers.pads import PadCover
from secmsg.papers.recovery import FONTS, register_fonts
from secmsg.station import codebooks as shelf
from secmsg.station import pad_drawing
from secmsg.station.pads import page_of
from tests.bench.rows import Row, interleaved, ratio, table, walls

UNSEEN = Path(__file__).parent / "unseen" / "cables.txt"
PAGES, WORDS = 180, 500
PAD_GOAL_S, WORDS_GOAL_S = 5.0, 0.2
COVER = PadCover("TK PARIS-HA NOI", "3", 1, Direction.OUT, "Paris", "Bộ Ngoại giao", "17", date(2026, 11, 26))


def run(size: int, rounds: int) -> None:
    """Print the table; `size` is the pages of the book."""
    count = size or PAGES
    register_fonts(FONTS)
    book = shelf.load()
    text = " ".join(UNSEEN.read_text("utf-8").split()[:WORDS])
    pages = _drawn(count)
    sheets = [tag.sheet(31_415), tag.sheet(27_182)]
    encoding.encode("một", book)  # the book's own index is made once in a run of the program
    found = interleaved(
        {
            "draw": lambda: _drawn(count),
            "pad": lambda: pads.pdf([COVER], _drawn(count)),
            "tables": lambda: _by_tables(pages),
            "bare": lambda: _bare(pages),
            "words": lambda: _worked(text, book, pages, sheets),
            "encode": lambda: encoding.encode(text, book),
            "paper": lambda: worksheets.filled(_worked(text, book, pages, sheets), COVER.title),
            "book": lambda: codebooks.pdf(book),
        },
        rounds,
    )
    spent = {name: walls(costs) for name, costs in found.items()}
    middle = {name: statistics.median(each) for name, each in spent.items()}
    groups = len(_worked(text, book, pages, sheets).cells)
    print(
        table(
            [
                Row(
                    f"a pad book of {count} pages drawn and laid out as PDF, seconds (drawing alone "
                    f"{middle['draw']:.2f}); peer: the library's own tables",
                    f"{middle['pad']:.2f}",
                    f"{middle['tables']:.2f}",
                    *ratio(spent["tables"], spent["pad"]),
                    f"below {PAD_GOAL_S:.0f} s",
                    f"{middle['bare']:.2f} (figures alone)",
                ),
                Row(
                    f"{WORDS} words enciphered, two tags, whole worksheet ({groups} groups), seconds (encoding alone "
                    f"{middle['encode']:.3f}); peer: the goal",
                    f"{middle['words']:.3f}",
                    f"{WORDS_GOAL_S}",
                    *ratio([WORDS_GOAL_S] * rounds, spent["words"]),
                    f"below {WORDS_GOAL_S} s",
                ),
                Row(
                    "the same with its paper as PDF, seconds; peer: the same without",
                    f"{middle['paper']:.2f}",
                    f"{middle['words']:.3f}",
                    *ratio(spent["words"], spent["paper"]),
                    "–",
                ),
                Row(
                    f"the codebook of {len(book.entries)} entries as PDF, seconds; peer: the pad book",
                    f"{middle['book']:.2f}",
                    f"{middle['pad']:.2f}",
                    *ratio(spent["pad"], spent["book"]),
                    "–",
                ),
            ]
        )
    )


def _drawn(count: int) -> list[Page]:
    figures, _ = pad_drawing.book_figures(randomness.system, count, 2)
    return [page_of(number, each) for number, each in enumerate(figures, 1)]


def _worked(text: str, book: Book, pages: Sequence[Page], sheets: Sequence[tag.Sheet]) -> worksheet.Worksheet:
    codes = encoding.encode(text, book).codes
    needed = -(-len(codes) // PAGE_GROUPS)
    return worksheet.enciphering(codes, pages[:needed], sheets, serial=220, at=1_795_708_800)


def _by_tables(pages: Sequence[Page]) -> bytes:
    buffer = io.BytesIO()
    parts: list[Flowable] = []
    for page in pages:
        rows = [list(page.keys[at : at + COLUMNS]) for at in range(0, PAGE_GROUPS, COLUMNS)]
        parts += [Table([[page.number, *page.masks]]), Table(rows, style=[("FONT", (0, 0), (-1, -1), MONO, 11)])]
        parts.append(PageBreak())
    SimpleDocTemplate(buffer, pagesize=A5, leftMargin=10, rightMargin=10, invariant=1).build(parts)
    return buffer.getvalue()


def _bare(pages: Sequence[Page]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A5, invariant=1, pageCompression=1)
    for page in pages:
        canvas.setFont(MONO, 12)
        for place, key in enumerate(page.keys):
            canvas.drawString(30 + place % COLUMNS * 35, 500 - place // COLUMNS * 30, key)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
