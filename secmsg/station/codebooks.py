"""The codebooks at hand: the editions that come with the program, read when they are asked for, and what is in them.

Headquarters' own books are in `own_codebooks`. Source: docs/spec/codebook.md 9.
"""

import functools
import re
from collections.abc import Iterable
from pathlib import Path

from secmsg.errors import NotFound, StoreDamaged
from secmsg.manual import codebook_file
from secmsg.manual.codebook import CONTROLS, SIGNS, Book, Entry
from secmsg.vietnamese import fold

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "codebook"
MAX_FOUND = 200
"""Entries that one search gives: more than a screen holds."""

_NAME = re.compile(r"edition-([0-9]{1,4})\.tsv")


def shipped() -> tuple[int, ...]:
    """Return the numbers of the editions that come with the program, the lowest first; nothing is read."""
    try:
        names = [_NAME.fullmatch(path.name) for path in FOLDER.iterdir()]
    except OSError as error:
        raise StoreDamaged("the codebooks of the program cannot be read") from error
    return tuple(sorted(int(name[1]) for name in names if name))


def load(edition: int | None = None) -> Book:
    """Return an edition that comes with the program, the newest without a number; NotFound, StoreDamaged."""
    editions = shipped()
    wanted = max(editions, default=0) if edition is None else edition
    if wanted not in editions:
        raise NotFound(f"edition {wanted} of the codebook is not here")
    return _read(wanted)


@functools.lru_cache(maxsize=4)
def _read(edition: int) -> Book:
    (path,) = (path for path in FOLDER.iterdir() if (name := _NAME.fullmatch(path.name)) and int(name[1]) == edition)
    try:
        book = codebook_file.parse(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise StoreDamaged(f"edition {edition} of the codebook cannot be read") from error
    if book.edition != edition:
        raise StoreDamaged(f"the file of edition {edition} holds edition {book.edition}")
    return book


def find(book: Book, wanted: str) -> tuple[Entry, ...]:
    """Return entries whose words begin like `wanted`, typed with or without marks; or the one of a code.

    Entries that begin so come first, then those with such a word inside, each in the book's order; at most 200.
    """
    if wanted in book.by_code:
        return (book.by_code[wanted],)
    words = fold(wanted).split()
    if not words:
        return ()
    begins, inside = [], []
    for entry, spoken in _folded(book):
        if _starts(spoken, words):
            begins.append(entry)
        elif any(_starts(spoken[at:], words) for at in range(1, len(spoken))):
            inside.append(entry)
    return tuple((*begins, *inside)[:MAX_FOUND])


def select(book: Book, codes: Iterable[str]) -> tuple[Entry, ...]:
    """Return the entries of codes; NotFound for one that stands for nothing."""
    found = []
    for code in codes:
        entry = book.by_code.get(code)
        if entry is None:
            raise NotFound(f"edition {book.edition} has no {code}")
        found.append(entry)
    return tuple(found)


@functools.lru_cache(maxsize=4)
def _folded(book: Book) -> tuple[tuple[Entry, tuple[str, ...]], ...]:
    # Signs and controls last: their text is a name for people.
    entries = sorted(book.entries, key=lambda entry: entry.kind in SIGNS or entry.kind in CONTROLS)
    return tuple((entry, tuple(fold(entry.text).split())) for entry in entries)


def _starts(spoken: tuple[str, ...], words: list[str]) -> bool:
    *whole, last = words
    return len(spoken) >= len(words) and list(spoken[: len(whole)]) == whole and spoken[len(whole)].startswith(last)
