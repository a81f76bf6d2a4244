"""A text cut into words, numbers and signs, each with its place, and what may not be carried refused with its place.

Nothing is changed here: a token keeps where it stands, and beside it the form in which it is compared.
Source: docs/spec/codebook.md 4.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum, auto

from secmsg.errors import FormatError
from secmsg.vietnamese import nfc, tones_first

MAX_CHARACTERS = 20_000
"""Characters of one text: some thirty hours of work by hand."""


class Cut(Enum):
    """What a token is."""

    WORD = auto()
    NUMBER = auto()
    SIGN = auto()
    LINE = auto()
    ODD = auto()  # any other character: it has no entry in any book


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign of a text: `text[start:end]` as given.

    `form` is composed, with tones on the first vowel and plain signs; `key` is it in small letters. `gap` says that
    white space stands before it.
    """

    start: int
    end: int
    form: str = field(repr=False)
    key: str = field(repr=False)
    cut: Cut
    gap: bool


_TOKENS = re.compile(
    r"(?P<blank>[^\S\n\r\u2028\u2029\x0b-\x1f\x85]+)"
    r"|(?P<word>[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*)"
    r"|(?P<number>[0-9]+)"
    r"|(?P<line>[\n\r\u2028\u2029](?:[^\S\x0b\x0c\x1c-\x1f\x85])*)"
    r"|(?P<sign>\.\.\.|[^\w\s]|[\s\S])"
)
_CUTS = {"word": Cut.WORD, "number": Cut.NUMBER, "line": Cut.LINE}
_PLAIN = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("–—―−‐‑‒", "-"),
    "…": "...",
}
SIGNS = frozenset((".", ",", ":", ";", "?", "!", "...", '"', "(", ")", "/", "-", "'", "%"))
_REFUSED = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


def tokens(text: str) -> tuple[Token, ...]:
    """Cut a text; FormatError for one that is too long, or that holds what may not be carried, with the first place.

    Refused are control, format, surrogate, private and unassigned characters. Tabs and all spaces part words; line
    ends of every kind are one.
    """
    if len(text) > MAX_CHARACTERS:
        raise FormatError(f"{len(text)} characters, at most {MAX_CHARACTERS} by hand")
    found: list[Token] = []
    gap = False
    forms: dict[str, str] = {}
    for match in _TOKENS.finditer(text):
        kind = match.lastgroup
        if kind == "blank":
            gap = True
            continue
        token = _token(match, forms, gap=gap)
        found.append(token)
        gap = False
    return tuple(found)


def carried(character: str) -> bool:
    """Say whether a character may be carried at all."""
    return unicodedata.category(character) not in _REFUSED


def _token(match: re.Match[str], forms: dict[str, str], *, gap: bool) -> Token:
    given, start, end = match[0], match.start(), match.end()
    cut = _CUTS.get(match.lastgroup or "", Cut.SIGN)
    if cut is Cut.LINE:
        return Token(start, end, "\n", "\n", cut, gap)
    if cut is Cut.SIGN:
        plain = _PLAIN.get(given, given)
        if plain in SIGNS:
            return Token(start, end, plain, plain, cut, gap)
        if not carried(given):
            raise FormatError(f"character {start + 1} (U+{ord(given):04X}) cannot be carried")
        return Token(start, end, given, given, Cut.ODD, gap)
    form = forms.get(given)
    if form is None:
        form = forms[given] = tones_first(nfc(given))
    return Token(start, end, form, form.lower(), cut, gap)
