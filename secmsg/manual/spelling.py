"""A Vietnamese word as plain letters and back: Telex with the tone at the end, always written (z for none).

đắk → ddawks    plông → ploongz    Only words that come back exactly are spelled so. Source: docs/spec/codebook.md 4
"""

import re
import unicodedata

from secmsg.errors import FormatError
from secmsg.vietnamese import nfc

MAX_LETTERS = 30
"""Letters of one spelled word: the longest of the language has seven, with marks and tone twelve."""

_TONES = {"z": "", "f": "\u0300", "r": "\u0309", "x": "\u0303", "s": "\u0301", "j": "\u0323"}
_TONE_LETTERS = {mark: letter for letter, mark in _TONES.items()}
_MARKED = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
_PLAIN = {letters: marked for marked, letters in _MARKED.items()}
_PAIRS = re.compile("|".join(_PLAIN))
_SPLIT = re.compile(r"(qu(?=[^\W])|gi(?=[aăâeêoôơuưy])|[^aăâeêioôơuưy]*)([aăâeêioôơuưy]+)(.*)")


def spell(word: str) -> str | None:
    """Return a composed word in small letters as a to z, None when it would not come back as it is."""
    apart = unicodedata.normalize("NFD", word)
    tones = [mark for mark in apart if mark in _TONE_LETTERS]
    if len(tones) > 1 or len(word) > MAX_LETTERS // 2:
        return None
    plain = nfc("".join(mark for mark in apart if mark not in _TONE_LETTERS))
    letters = "".join(_MARKED.get(letter, letter) for letter in plain) + _TONE_LETTERS[tones[0] if tones else ""]
    return letters if letters.isascii() and letters.isalpha() and _word(letters) == word else None


def unspell(letters: str) -> str:
    """Return the word that letters a to z stand for; FormatError when they are none."""
    word = _word(letters) if len(letters) <= MAX_LETTERS else None
    if word is None:
        raise FormatError("letters that spell no word")
    return word


def _word(letters: str) -> str | None:
    tone = _TONES.get(letters[-1:])
    plain = _PAIRS.sub(lambda pair: _PLAIN[pair[0]], letters[:-1])
    if tone is None or not plain:
        return None
    if not tone:
        return plain
    parts = _SPLIT.fullmatch(plain)
    if parts is None:
        return None
    place = parts.start(2) + _bearer(parts[2], closed=bool(parts[3]))
    return nfc(plain[: place + 1] + tone + plain[place + 1 :])


def _bearer(vowels: str, *, closed: bool) -> int:
    """Return which of the vowels bears the tone: the marked one, else by how many there are."""
    marked = [place for place, vowel in enumerate(vowels) if vowel in _MARKED]
    if marked:
        return marked[-1]
    if closed:
        return len(vowels) - 1
    return 1 if len(vowels) > 2 else 0
