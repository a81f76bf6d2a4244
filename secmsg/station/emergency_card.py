"""The card of the ten commonest emergencies: each a text of at most ten groups, with its codes beside it.

For the pencil: whoever holds the card needs no codebook for these. Source: resources/codebook/README.md.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from secmsg.errors import FormatError, NotFound, StoreDamaged
from secmsg.manual.codebook import Book
from secmsg.manual.encoding import encode

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "codebook"
LINES = 10
MAX_GROUPS = 10
"""Groups of one text, without heading, end and nulls."""

MAX_FILE = 20_000
_HEAD = ("# secmsg emergency card 1", "# edition: {edition}", "number\twhat\ttext")
_LINE = re.compile(r"([0-9]{1,2})\t([^\t\n]{1,64})\t([^\t\n]{1,200})")


@dataclass(frozen=True, slots=True)
class CardLine:
    """One emergency: its number on the card, its name, the text, and the codes of the text."""

    number: int
    what: str
    text: str
    codes: tuple[str, ...]


def card(book: Book, folder: Path = FOLDER) -> tuple[CardLine, ...]:
    """Return the card of a book's edition; NotFound where it has none, StoreDamaged for one that is not right."""
    path = folder / f"card-{book.edition:02}.tsv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read(MAX_FILE + 1)
    except FileNotFoundError as error:
        raise NotFound(f"edition {book.edition} of the codebook has no card") from error
    except (OSError, UnicodeDecodeError) as error:
        raise StoreDamaged("the card of the codebook cannot be read") from error
    try:
        return parse(text, book)
    except FormatError as error:
        raise StoreDamaged(f"the card of edition {book.edition}: {error}") from error


def parse(text: str, book: Book) -> tuple[CardLine, ...]:
    """Read a card for a book; FormatError names the first line, counted from 1, that is not right."""
    head = tuple(line.format(edition=book.edition) for line in _HEAD)
    lines = text.split("\n", LINES + len(head) + 1)
    if tuple(lines[: len(head)]) != head or len(lines) != len(head) + LINES + 1 or lines[-1]:
        raise FormatError(f"a card of edition {book.edition} has a heading of {len(head)} lines and {LINES} more")
    return tuple(_line(number, line, book) for number, line in enumerate(lines[len(head) : -1], 1))


def _line(number: int, line: str, book: Book) -> CardLine:
    where = number + len(_HEAD)
    cells = _LINE.fullmatch(line)
    if cells is None or cells[1] != str(number):
        raise FormatError(f"line {where}: expected are {number}, a name, a text, with tabs between")
    made = encode(cells[3], book)
    if made.changes:
        raise FormatError(f"line {where}: the codes would change the text")
    if len(made.codes) > MAX_GROUPS:
        raise FormatError(f"line {where}: {len(made.codes)} groups, allowed are {MAX_GROUPS}")
    return CardLine(number, cells[2], cells[3], made.codes)
