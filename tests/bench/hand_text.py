"""Groups of five figures for 100 Vietnamese words by the codebook, and by what else a hand cipher could use.

Texts that took no part in building the book (`texts/`), with everything in them: numbers, names, signs. A word is what
stands between spaces; a group is four figures of cipher and one of check, of the letter pad five letters. What is left
of a text's last group counts. Ratios are peer / ours; low and high are those of single texts.

The letter pad and AT-ONE-SIR say Telex with the tone at the end of each syllable; a number of the pad stands between
two letters of shift, one letter a figure; AT-ONE-SIR has "/" between words and no stop. Signs but stops are left out of
these two and of the Vietnamese board, which favours them.
"""

import re
from collections.abc import Callable
from pathlib import Path

from secmsg.manual import board, encoding, syllabary_text
from secmsg.manual.capitals import Capitals
from secmsg.manual.codebook import Book, Kind
from secmsg.manual.pad import CODE
from secmsg.manual.spelling import spell
from secmsg.station import codebooks, syllabaries
from secmsg.vietnamese import fold, nfc, tones_first
from tests.bench.rows import Row, table

TEXTS = Path(__file__).parent / "texts"
SETS = {"news-vi": "official news", "cables-vi": "invented cables", "later-vi": "news and cables written later"}
LETTERS = 5
PLAIN = frozenset(
    (Kind.PHRASE, Kind.PLACE, Kind.ORGANISATION, Kind.SUPPLEMENT, Kind.DAY, Kind.MONTH, Kind.YEAR, Kind.TIME,
     Kind.CURRENCY, Kind.UNIT)
)  # fmt: skip
"""What a book of syllables alone has not."""


def run(size: int, rounds: int) -> None:
    """Print the table: `size` texts of each set at most (0: all)."""
    book = codebooks.load()
    bare = Book(book.title, book.edition, book.licence, tuple(e for e in book.entries if e.kind not in PLAIN))
    sheet = syllabaries.load()
    peers: dict[str, Callable[[str], int]] = {
        "letter pad A–Z on Telex": lambda text: -(-len(_telex(text, shift="q", stop="x")) // LETTERS),
        "AT-ONE-SIR on Telex": lambda text: _groups(board.ENGLISH.encode(_telex(text, space="/").upper())),
        "Vietnamese board": lambda text: _groups(board.VIETNAMESE.encode(_telex(text, stop="."))),
        "syllables only": lambda text: len(encoding.encode(text, bare).codes),
        "syllabary of one page": lambda text: len(syllabary_text.encode(text, sheet)) - 2,
        "codebook, capitals by rule alone": lambda text: len(encoding.encode(text, book, capitals=Capitals.FEW).codes),
    }
    rows = []
    for name, what in SETS.items():
        texts = (TEXTS / f"{name}.txt").read_text("utf-8").strip().split("\n\n")[: size or None]
        words = sum(len(text.split()) for text in texts)
        mine = [len(encoding.encode(text, book).codes) for text in texts]
        for peer, way in peers.items():
            theirs = [way(text) for text in texts]
            ratios = [other / own for other, own in zip(theirs, mine, strict=True)]
            rows.append(
                Row(
                    f"{what}, {len(texts)} texts, {words} words: {peer}",
                    f"{100 * sum(mine) / words:.1f}",
                    f"{100 * sum(theirs) / words:.1f}",
                    sum(theirs) / sum(mine),
                    min(ratios),
                    max(ratios),
                    "at most 85, aim 78",
                )
            )
    print(table(rows))


def _groups(figures: str) -> int:
    return -(-len(figures) // CODE)


def _telex(text: str, space: str = "", shift: str = "", stop: str = "") -> str:
    """Write letters a to z and figures; a word that is no syllable goes without its marks."""
    words = []
    for word in re.findall(r"[^\W\d_]+|[0-9]+|[.]", tones_first(nfc(text)).lower()):
        if word.isdigit():
            words.append(f"{shift}{word}{shift}")
        elif word == ".":
            words.append(stop)
        else:
            words.append(spell(word) or fold(word))
    return space.join(word for word in words if word)
