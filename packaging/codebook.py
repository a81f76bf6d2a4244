"""Build the codebook of edition 1 from its sources, or say where the committed one differs from them.

    python packaging/codebook.py [--check] [--sources FOLDER] [--book FILE]

Every refusal names its file and line. The same sources give the same bytes. Sources, licences and the way the phrases
were chosen: resources/codebook/README.md.
"""

import argparse
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import ascii_lowercase

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from codebook_syllables import is_syllable

from secmsg.errors import FormatError
from secmsg.manual.codebook import CONTROLS, RANGES, SIGNS, Book, Entry, Kind
from secmsg.manual.codebook_file import parse, write
from secmsg.vietnamese import nfc, sort_key, tones_first

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "codebook"
TITLE = "Sổ mã tham khảo"
EDITION = 1
LICENCE = "CC BY-SA 4.0"
OWN_PHRASES = ("dates.txt", "office.txt")
"""In the book whatever their rank."""

RANKED = "phrases.txt"
ATTESTED = 4_600
"""So many syllables at least are known; what the book has no room for is spelled."""


class SourceError(Exception):
    """A source that may not be built from: its file, its line, and why."""


def main() -> int:
    """Run as a script; 1 when a source is wrong or, with --check, when the book is another one."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--sources", type=Path, default=FOLDER / "sources")
    parser.add_argument("--book", type=Path, default=FOLDER / "edition-01.tsv")
    given = parser.parse_args()
    try:
        text = build(given.sources)
    except (SourceError, FormatError) as error:
        print(error)
        return 1
    if not given.check:
        given.book.write_text(text, "utf-8", newline="\n")
        print(_said(text))
        return 0
    if given.book.read_bytes() == text.encode():
        return 0
    print(f"{given.book.name} is not what its sources give; make codebook writes it anew")
    return 1


def build(sources: Path) -> str:
    """Return the file of the book; SourceError or FormatError for sources that don't make one."""
    taken: dict[str, str] = {}
    numerals = [(Kind.NUMERAL, f"{value:02}") for value in range(100)]
    letters = [(Kind.LETTER, letter) for letter in ascii_lowercase]
    pairs = [(Kind.BIGRAPH, first + second) for first in ascii_lowercase for second in ascii_lowercase]
    controls = _kinds(sources / "controls.tsv", taken)
    measures = _kinds(sources / "measures.tsv", taken)
    places = _words(sources / "places.txt", taken)
    offices = _words(sources / "organisations.txt", taken)
    phrases = [text for name in OWN_PHRASES for text in _words(sources / name, taken)]
    ranked = _words(sources / RANKED, taken)
    rows = (
        numerals,
        controls,
        letters + pairs,
        measures,
        _sorted(Kind.SYLLABLE, _syllables(sources / "syllables.txt")[: _room(Kind.SYLLABLE)]),
        _sorted(Kind.PHRASE, (phrases + ranked)[: _room(Kind.PHRASE)]),
        _sorted(Kind.PLACE, places),
        _sorted(Kind.ORGANISATION, offices),
    )
    entries = tuple(
        Entry(f"{code:04}", text, kind)
        for part, row in zip(RANGES, rows, strict=False)
        for code, (kind, text) in enumerate(row, part.first)
    )
    text = write(Book(TITLE, EDITION, LICENCE, entries))
    parse(text)
    return text


def _room(kind: Kind) -> int:
    (part,) = (part for part in RANGES if kind in part.kinds)
    return part.last - part.first + 1


def _sorted(kind: Kind, texts: Iterable[str]) -> list[tuple[Kind, str]]:
    return [(kind, text) for text in sorted(texts, key=lambda text: (sort_key(text), text))]


def _syllables(path: Path) -> list[str]:
    """Return the syllables by rank, the commonest first; the book takes as many as it has room for."""
    found: dict[str, str] = {}
    for where, text in _lines(path):
        if not is_syllable(text):
            raise SourceError(f"{where}: '{text}' is no syllable")
        _once(found, text, where)
    if len(found) < ATTESTED:
        raise SourceError(f"{path.name}: {len(found)} syllables, expected are {ATTESTED} at least")
    return list(found)


def _words(path: Path, taken: dict[str, str]) -> list[str]:
    found = []
    for where, text in _lines(path):
        _once(taken, text, where)
        found.append(text)
    return found


def _kinds(path: Path, taken: dict[str, str]) -> list[tuple[Kind, str]]:
    found = []
    for where, line in _lines(path):
        kind, tab, text = line.partition("\t")
        if not tab or kind not in set(Kind):
            raise SourceError(f"{where}: expected are a kind, a tab, a text")
        sign = kind in SIGNS or kind in CONTROLS or kind == Kind.FIGURE
        _once(taken, f"{kind} {text}" if sign else text, where)
        found.append((Kind(kind), text))
    return found


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """Give the lines of a source that are no comments, each with its place."""
    for number, line in enumerate(path.read_text("utf-8").removesuffix("\n").split("\n"), 1):
        where = f"{path.name} {number}"
        text = line.rpartition("\t")[2]
        if line.startswith("# "):
            continue
        if nfc(text) != text or text != " ".join(text.split()) or not text:
            raise SourceError(f"{where}: not composed, empty, or with spaces too many")
        if tones_first(text) != text:
            raise SourceError(f"{where}: the book writes '{tones_first(text)}'")
        if any(unicodedata.category(each) in ("Cc", "Cf", "Co", "Cn") for each in text):
            raise SourceError(f"{where}: a character that cannot be carried")
        yield where, line


def _once(taken: dict[str, str], text: str, where: str) -> None:
    """Refuse what stands in the book already: an encoder finds entries whatever their case."""
    before = taken.setdefault(text.lower(), where)
    if before != where:
        raise SourceError(f"{where}: '{text}' stands in {before} already")


def _said(text: str) -> str:
    book = parse(text)
    return ", ".join(f"{len(entries)} {kind}" for kind, entries in book.by_kind.items() if len(entries) > 1)


if __name__ == "__main__":
    sys.exit(main())
