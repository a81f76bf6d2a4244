"""The table of resources/thin, read once, and a tiny one for tests of its bounds."""

import functools
from pathlib import Path

from secmsg.wire import thin_table
from secmsg.wire.thin_table import Table

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "thin"
UNSEEN = Path(__file__).resolve().parents[1] / "bench" / "unseen"


@functools.cache
def vietnamese() -> Table:
    return thin_table.parse((FOLDER / "vi-1.txt").read_text("utf-8"))


@functools.cache
def unseen() -> tuple[str, ...]:
    """Give cables that took no part in making the table."""
    return tuple((UNSEEN / "cables.txt").read_text("utf-8").strip().split("\n%\n"))


TINY = "\n".join(
    (
        "secmsg thin text table 2",
        "ab",
        "AB",
        "words 6",
        "\\escape 4 0",
        "\\end 4 0",
        "a 8 0",
        ". 4 0",
        "\\n 2 0",
        "ba 2 5",
        "pairs 2",
        "1 4 2 16 5 4",
        "2 4 3 8",
        "triples 1",
        "1 2 2 1 8",
        "spaces 2",
        "\\end \\w 9 1",
        "\\w \\w 1 9",
        "cases 56",
        *(f"{starts} {last} {bias} 3 3 1" for starts in (0, 1) for last in range(4) for bias in range(7)),
        "spelling 3",
        "\\end 5 5 1 1",
        "a 5 5 3 1",
        "b 5 5 3 1",
        "",
    )
)
