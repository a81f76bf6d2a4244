"""Draws the papers of the hand cipher at actual size: `paper-*.png`, beside the pictures of the screens.

A new paper is one line of `PAPERS`. All of them are of the test edition and of training books: no picture is a key.
"""

from collections.abc import Callable
from pathlib import Path

from secmsg.papers import codebooks, tables
from secmsg.papers.drawing import Format
from tests.helpers.papers import pictures
from tests.helpers.small_book import small_book

DPI, COLOURS = 150, 16
PAPERS: dict[str, Callable[[], bytes]] = {
    "tables": tables.pdf,
    "book": lambda: codebooks.pdf(small_book()),
    "book-a5": lambda: codebooks.pdf(small_book(), Format.A5),
    "supplement": lambda: codebooks.supplement_pdf(small_book()),
}
MOST_LEAVES = 3
"""Of a long paper only so many leaves are drawn: the first ones."""


def draw(into: Path, part: str = "") -> int:
    """Draw every paper whose name holds `part`; says how many leaves."""
    count = 0
    for name, make in PAPERS.items():
        if part not in f"paper-{name}":
            continue
        for number, picture in enumerate(pictures(make(), DPI)[:MOST_LEAVES], 1):
            picture.quantize(COLOURS).save(into / f"paper-{name}-{number}.png", optimize=True)
            count += 1
    return count
