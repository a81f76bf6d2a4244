"""The file of a codebook: UTF-8 lines with tabs, read strictly, so that two copies of an edition are the same.

Every refusal names its line, counted from 1. Source: docs/spec/codebook.md 3.
"""

import functools
import re
from collections.abc import Iterator
from string import ascii_lowercase

from secmsg.errors import FormatError
from secmsg.manual.codebook import CONTROLS, HEADINGS, MAX_TEXT, RANGES, SIGNS, Book, Entry, Kind
from secmsg.vietnamese import nfc, sort_key, tones_first

MAX_FILE = 2_000_000
"""Characters of a codebook's file."""

FORMAT = "secmsg codebook 1"


def parse(text: str) -> Book:
    """Read a codebook's file; FormatError names the first line, counted from 1, that is not right, and why."""
    if len(text) > MAX_FILE:
        raise FormatError(f"a codebook has at most {MAX_FILE} characters")
    lines = text.removesuffix("\n").split("\n")
    title, edition, licence = _header(lines)
    entries = tuple(entry(number, line) for number, line in enumerate(lines[_HEAD:], _HEAD + 1))
    _check(entries)
    return Book(title, edition, licence, entries)


def write(book: Book) -> str:
    """Return the file of a book: the one form that `parse` takes."""
    head = (f"# {FORMAT}", f"# title: {book.title}", f"# edition: {book.edition}", f"# licence: {book.licence}", _NAMES)
    rows = (f"{entry.code}\t{entry.kind}\t{entry.text}" for entry in book.entries)
    return "".join(f"{line}\n" for line in (*head, *rows))


@functools.lru_cache(maxsize=8)
def with_supplement(book: Book, supplement: tuple[Entry, ...]) -> Book:
    """Return the book with these entries in place of its supplement; FormatError as from `parse`."""
    kept = (entry for entry in book.entries if entry.kind is not Kind.SUPPLEMENT)
    entries = tuple(sorted((*kept, *supplement), key=lambda entry: entry.code))
    return parse(write(Book(book.title, book.edition, book.licence, entries)))


_NAMES = "code\tkind\ttext"
_HEAD = 5
_EDITION = re.compile(r"[1-9][0-9]{0,3}")
_CODE = re.compile(r"[0-9]{4}")
_LINE = re.compile(r"\S(?:[^\t\n]{0,198}\S)?")


def _header(lines: list[str]) -> tuple[str, int, str]:
    if not lines or lines[0] != f"# {FORMAT}":
        raise FormatError(f"line 1: a codebook begins with '# {FORMAT}'")
    title = _field(lines, 2, "title")
    edition = _field(lines, 3, "edition")
    if not _EDITION.fullmatch(edition):
        raise FormatError("line 3: an edition is a number from 1 to 9999")
    licence = _field(lines, 4, "licence")
    if len(lines) < _HEAD or lines[_HEAD - 1] != _NAMES:
        raise FormatError(f"line {_HEAD}: the columns are code, kind, text, with tabs between")
    return title, int(edition), licence


def _field(lines: list[str], number: int, name: str) -> str:
    line = lines[number - 1] if len(lines) >= number else ""
    value = line.removeprefix(f"# {name}: ")
    if value == line or not _LINE.fullmatch(value) or not value.isprintable() or nfc(value) != value:
        raise FormatError(f"line {number}: expected is '# {name}: …', composed, of at most 200 characters")
    return value


def entry(number: int, line: str) -> Entry:
    """Read one line of the file; FormatError names it by `number`."""
    cells = line.split("\t")
    if len(cells) != 3:
        raise FormatError(f"line {number}: {len(cells)} columns, expected are code, kind, text")
    code, word, text = cells
    if not _CODE.fullmatch(code):
        raise FormatError(f"line {number}: a code has four figures")
    if word not in _KINDS:
        raise FormatError(f"line {number}: there is no kind '{word[:MAX_TEXT]}'")
    kind = _KINDS[word]
    if not any(each.first <= int(code) <= each.last and kind in each.kinds for each in RANGES):
        raise FormatError(f"line {number}: {kind} does not stand at {code}")
    _check_text(number, kind, text)
    return Entry(code, text, kind)


_KINDS = {kind.value: kind for kind in Kind}
_SHAPES = {
    Kind.NUMERAL: re.compile(r"[0-9]{2}"),
    Kind.FIGURE: re.compile(r"[0-9]"),
    Kind.LETTER: re.compile(r"[a-z]"),
    Kind.BIGRAPH: re.compile(r"[a-z]{2}"),
}


def _check_text(number: int, kind: Kind, text: str) -> None:
    if not 1 <= len(text) <= MAX_TEXT:
        raise FormatError(f"line {number}: a text has 1 to {MAX_TEXT} characters")
    if not text.isprintable() or nfc(text) != text or " ".join(text.split()) != text:
        raise FormatError(f"line {number}: a text is composed and printable, with single spaces inside")
    if kind not in SIGNS and tones_first(text) != text:
        raise FormatError(f"line {number}: the book writes '{tones_first(text)}'")
    shape = _SHAPES.get(kind)
    if shape and not shape.fullmatch(text):
        raise FormatError(f"line {number}: '{text}' is not a {kind}")


def _check(entries: tuple[Entry, ...]) -> None:
    texts: dict[str, int] = {}
    last = ""
    for number, entry in enumerate(entries, _HEAD + 1):
        if entry.code <= last:
            raise FormatError(f"line {number}: {entry.code} does not come after {last}")
        last = entry.code
        if entry.kind in SIGNS or entry.kind in CONTROLS or entry.kind in _SHAPES:
            continue
        # A supplement may say what a later edition of the book says too.
        before = texts.setdefault(f"{entry.kind is Kind.SUPPLEMENT}{entry.text}", number)
        if before != number:
            raise FormatError(f"line {number}: '{entry.text}' stands in line {before} already")
    _check_order(entries)
    _check_whole(entries)


def _check_order(entries: tuple[Entry, ...]) -> None:
    ordered = [each for each in RANGES if each.ordered]
    before: dict[int, tuple[object, str]] = {}
    for number, entry in enumerate(entries, _HEAD + 1):
        place = next((each.first for each in ordered if each.first <= int(entry.code) <= each.last), None)
        if place is None:
            continue
        key = sort_key(entry.text), entry.text
        if place in before and key <= before[place]:
            raise FormatError(f"line {number}: '{entry.text}' does not come after '{before[place][1]}'")
        before[place] = key


def _check_whole(entries: tuple[Entry, ...]) -> None:
    for kind, expected in _whole():
        found = [entry for entry in entries if entry.kind is kind]
        if kind in _SHAPES:
            texts = [entry.text for entry in found]
            if texts != expected:
                odd = next((text for text in expected if text not in texts), "the order")
                raise FormatError(f"the book needs each {kind} once, in order: {odd}")
        elif len(found) != 1:
            raise FormatError(f"the book needs the sign '{kind}' once, not {len(found)} times")


def _whole() -> Iterator[tuple[Kind, list[str]]]:
    """Give what every book has: without it some text could not be encoded."""
    yield Kind.NUMERAL, [f"{value:02}" for value in range(100)]
    yield Kind.FIGURE, [f"{value}" for value in range(10)]
    yield Kind.LETTER, list(ascii_lowercase)
    yield Kind.BIGRAPH, [first + second for first in ascii_lowercase for second in ascii_lowercase]
    for kind in (*SIGNS, *sorted(CONTROLS), *sorted(HEADINGS)):
        yield kind, []
