"""Capitals of a text that is being decoded: by the rule of sentences and of spelled words, or by a control.

Source: docs/spec/codebook.md 5.
"""

import re

from secmsg.manual.codebook import Kind

CAPITALS = {1: Kind.CAPITAL_1, 2: Kind.CAPITAL_2, 3: Kind.CAPITAL_3, 4: Kind.CAPITAL_4}
"""The control by how many words it gives a capital."""

_COUNTS = {kind: count for count, kind in CAPITALS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_FIRST = re.compile(r"[\W_]*[^\W\d_]")


def capital(word: str) -> str:
    """Return a word with its first letter as a capital, the others as they are."""
    return word[:1].upper() + word[1:]


def begun(text: str) -> str:
    """Return the text of an entry as it begins a sentence: a capital, unless a figure comes first."""
    first = _FIRST.match(text)
    return text[: first.end()].upper() + text[first.end() :] if first else text


class Casing:
    """The case of the words to come."""

    def __init__(self) -> None:
        self._case: Kind | None = None  # upper or lower, for the next word
        self._capitals = 0  # words that begin with a capital
        self._everything = False  # all in capitals
        self._fresh = False  # a control came, and no word since
        self._spelling_upper = False  # the word that is being spelled is in capitals

    def control(self, kind: Kind) -> None:
        """Take a control; other kinds change nothing here."""
        if kind in (Kind.UPPER, Kind.LOWER):
            self._case, self._fresh = kind, True
        elif kind in _COUNTS:
            self._capitals, self._fresh = _COUNTS[kind], True
        elif kind in (Kind.CAPITALS_ON, Kind.CAPITALS_OFF):
            self._everything = kind is Kind.CAPITALS_ON

    def word(self, text: str, *, begins: bool) -> str:
        """Return the text of an entry; `begins` says that it begins a sentence."""
        count = len(_WORD.findall(text))
        if not count:
            return text
        case, capitals = self._take(count)
        if case is not None:
            change = str.upper if case is Kind.UPPER else str.lower
            text = _WORD.sub(lambda found: change(found[0]), text, count=1)
        elif capitals:
            text = _WORD.sub(lambda found: capital(found[0]), text, count=capitals)
        elif begins:
            text = begun(text)
        return text.upper() if self._everything else text

    def letters(self, text: str, *, first: bool, small: bool) -> str:
        """Return letters of a spelled word, which begins with a capital unless `small`; `first`: they begin it."""
        if first or self._fresh:
            case, capitals = self._take(1)
            self._spelling_upper = case is Kind.UPPER
            if case is None and (capitals or not small):
                text = capital(text)
        return text.upper() if self._spelling_upper or self._everything else text

    def character(self, text: str, *, first: bool) -> str:
        """Return a character that is given by its number: as it is."""
        self.letters("", first=first, small=True)
        # A sign inside an address ends the capitals of what was spelled before it.
        self._spelling_upper = self._spelling_upper and text.isalnum()
        return text

    def _take(self, words: int) -> tuple[Kind | None, int]:
        taken = self._case, self._capitals
        self._case, self._capitals, self._fresh = None, max(0, self._capitals - words), False
        return taken
