"""Vietnamese text for machines: one composition, a folding by which "dien" finds "Điện", and where it was found."""

import re
import unicodedata
from collections.abc import Iterable

# Combining marks of the Latin block: what stands apart after decomposition.
_WITHOUT_MARKS = dict.fromkeys(range(0x0300, 0x0370))


def nfc(text: str) -> str:
    """Return `text` in composed form, the one that is stored and sent."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return `text` for searching: lower case, đ as d, no marks.

    Old and new tone placement (hỏa, hoả) fold to the same. Only native calls: a cable of 200 000 characters
    folds in milliseconds. Not for showing, and not a sort key.
    """
    if text.isascii():
        return text.lower()
    lower = text.lower().replace("đ", "d")
    return nfc(unicodedata.normalize("NFD", lower).translate(_WITHOUT_MARKS))


Phrase = tuple[tuple[str, ...], bool]
"""Folded words in their order, and whether the last may go on."""


def spans(text: str, phrases: Iterable[Phrase]) -> tuple[tuple[int, int], ...]:
    """Give (start, end) in `text`, as written, of every place where a phrase stands, in order and never overlapping.

    A composed text folds letter by letter, so that places in both are the same. In any other, whole words are given
    that hold a word of a phrase.
    """
    wanted = [_pattern(words, going_on=going_on) for words, going_on in phrases if words]
    if not wanted:
        return ()
    folded = fold(text)
    if len(folded) == len(text):
        return tuple(found.span() for found in re.finditer("|".join(wanted), folded))
    single = re.compile("|".join(_pattern((word,), going_on=going_on) for words, going_on in phrases for word in words))
    return tuple(found.span() for found in _WORD.finditer(text) if single.search(fold(found.group())))


_WORD = re.compile(r"\S+")


def _pattern(words: tuple[str, ...], *, going_on: bool) -> str:
    # A word ends where the index ends it: at what is neither letter nor digit.
    body = r"[\W_]+".join(re.escape(word) for word in words)
    return rf"(?<![^\W_]){body}" + ("" if going_on else r"(?![^\W_])")
