"""Checkerboards, for training and for languages that the codebook does not speak: letters as one or two figures.

    English     A T _ O N E _ S I R     the classic board; figures between two shifts, "/" for a space
    Vietnamese  a o n h z e s i _ _     on Telex with the tone at the end of every syllable, always written

Eight cells of the top row have one figure; the two that are left free head the rows of two. Also letter pads, to be
compared with. Source: docs/spec/syllabary.md 5.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from string import ascii_uppercase

from secmsg.errors import FormatError
from secmsg.manual.spelling import spell, unspell
from secmsg.vietnamese import nfc, tones_first

MAX_TEXT = 20_000
SHIFT = "#"
"""The cell that shifts to figures and back."""

FREE = "_"


@dataclass(frozen=True, slots=True)
class Board:
    """A top row of ten cells, two of them free, and the rows that these head, ten cells each."""

    top: str
    rows: tuple[str, str]

    def cells(self) -> Iterator[tuple[str, str]]:
        """Yield every cell and its figures."""
        heads = [str(at) for at, cell in enumerate(self.top) if cell == FREE]
        yield from ((cell, str(at)) for at, cell in enumerate(self.top) if cell != FREE)
        for head, row in zip(heads, self.rows, strict=True):
            yield from ((cell, f"{head}{at}") for at, cell in enumerate(row))

    def encode(self, text: str) -> str:
        """Return the figures of a text in the cells' own letters; runs of figures stand between two shifts."""
        table, found = dict(self.cells()), ""
        for run in re.findall(r"[0-9]+|[^0-9]", text[: MAX_TEXT + 1]):
            if run.isdigit():
                shift = table[SHIFT]
                # A number that holds the figures of the shift is said in two parts: 1689 as 16 and 89.
                found += shift + run.replace(shift, shift[0] + 2 * shift + shift[1]) + shift
            elif run in table and run != SHIFT:
                found += table[run]
            else:
                raise FormatError(f"the board has no {run!r}")
        if len(text) > MAX_TEXT:
            raise FormatError(f"{len(text)} characters, at most {MAX_TEXT} by hand")
        return found

    def decode(self, figures: str) -> str:
        """Return the text; FormatError for what are no figures, and for an end within a cell or within figures."""
        if not (figures.isascii() and figures.isdigit()):
            raise FormatError("something else than figures")
        table = {code: cell for cell, code in self.cells()}
        shift = next(code for code, cell in table.items() if cell == SHIFT)
        found, at = "", 0
        while at < len(figures):
            code = figures[at] if figures[at] in table else figures[at : at + 2]
            if code not in table:
                raise FormatError("the figures end in the middle of a letter")
            at += len(code)
            if code != shift:
                found += table[code]
                continue
            end = figures.find(shift, at)
            if end <= at:
                raise FormatError("a number does not end")
            found, at = found + figures[at:end], end + len(shift)
        return found


ENGLISH = Board("AT_ONE_SIR", ("BCDFGHJKLM", f"PQUVWXYZ{SHIFT}/"))
VIETNAMESE = Board("aonhzesi__", ("utdcfgwjrm", f"lvxybkpq{SHIFT}."))

_SYLLABLE = re.compile(r"[bcdghklmnpqrstvx]*[aeiouyw]+[cghkmnpt]*[zfrxsj]|[0-9]+|\.")


def encode_vietnamese(text: str) -> str:
    """Return the figures of a Vietnamese text: syllables, numbers and stops; FormatError names what is none."""
    spoken = ""
    for word in re.findall(r"[^\W\d_]+|[0-9]+|[^\w\s]", tones_first(nfc(text)).lower()):
        letters = word if word.isdigit() or word == "." else spell(word)
        if letters is None or not _SYLLABLE.fullmatch(letters):
            raise FormatError(f"{word!r} is no Vietnamese syllable, and this board says nothing else")
        spoken += letters
    return VIETNAMESE.encode(spoken)


def decode_vietnamese(figures: str) -> str:
    """Return the syllables in small letters, with spaces between; FormatError for figures that spell none."""
    letters = VIETNAMESE.decode(figures)
    found = _SYLLABLE.findall(letters)
    if "".join(found) != letters:
        raise FormatError("letters that spell no syllable")
    text = "".join(each if each == "." else f" {each if each.isdigit() else unspell(each)}" for each in found)
    return text.strip()


def letter_pad(text: str, key: str) -> str:
    """Return capital letters added to a key of letters, A being 0: the letter pad that this cipher replaces."""
    return _letters(text, key, lambda a, b: a + b)


def reciprocal_pad(text: str, key: str) -> str:
    """Return capital letters by the reciprocal table (DIANA): the same act enciphers and deciphers."""
    return _letters(text, key, lambda a, b: 25 - a - b)


def _letters(text: str, key: str, of: Callable[[int, int], int]) -> str:
    if len(key) < len(text) or not set(text + key) <= set(ascii_uppercase):
        raise FormatError("capital letters, and a key that is as long as the text")
    places = (of(ascii_uppercase.index(a), ascii_uppercase.index(b)) for a, b in zip(text, key, strict=False))
    return "".join(ascii_uppercase[place % 26] for place in places)
