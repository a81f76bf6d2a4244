"""Vietnamese text for machines: one composition, a folding by which "dien" finds "Điện", the order of a dictionary.

Two ways of placing a tone are in use (hòa, hoà); the first, of the schoolbooks before 1984 and of most offices, is
the one in which texts are compared here.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

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


_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of dictionaries
_PAIRS = tuple(
    (nfc(first + tone + second), nfc(first + second + tone))
    for low in ("oa", "oe", "uy")
    for first, second in (tuple(low), tuple(low.title()), tuple(low.upper()), (low[0], low[1].upper()))
    for tone in _TONES
)
_OLD = {new: old for old, new in _PAIRS}
_NEW = dict(_PAIRS)
# Only where the two vowels end the syllable: hoàn and quý are written in one way.
_ENDS = r"(?<![qQ])(?:{})(?![^\W\d_])"
_OLD_SPOT = re.compile(_ENDS.format("|".join(_OLD)))
_NEW_SPOT = re.compile(_ENDS.format("|".join(_NEW)))


def tones_first(text: str) -> str:
    """Return a composed text with its tones on the first of two vowels: hòa, khỏe, thủy."""
    return text if text.isascii() else _OLD_SPOT.sub(lambda spot: _OLD[spot[0]], text)


def tones_last(text: str) -> str:
    """Return a composed text with its tones on the second of two vowels: hoà, khoẻ, thuỷ."""
    return text if text.isascii() else _NEW_SPOT.sub(lambda spot: _NEW[spot[0]], text)


_LETTERS = {letter: chr(place) for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", ord("A"))}
_WORDS = re.compile(r"[^\W_]+")

SortKey = tuple[tuple[str, int], ...]


def sort_key(text: str) -> SortKey:
    """Return what puts texts in the order of a Vietnamese dictionary: a ă â b c d đ e ê …, ba bà bả bã bá bạ ban.

    Word by word: its letters, then its tone. Figures come before letters; signs, case and the placing of tones
    don't count.
    """
    return tuple(map(_sort_word, _WORDS.findall(nfc(text).lower())))


def _sort_word(word: str) -> tuple[str, int]:
    apart = unicodedata.normalize("NFD", word)
    tone = max((_TONES.find(each) + 1 for each in apart), default=0)
    plain = nfc("".join(each for each in apart if each not in _TONES))
    return "".join(_LETTERS.get(each, each) for each in plain), tone


class Legacy(StrEnum):
    """How Vietnamese was kept before Unicode, in one byte or two a letter: it shows as "TiÕng ViÖt", "Tieáng Vieät"."""

    TCVN3 = "tcvn3"  # the ABC fonts; text in their fonts of capitals comes as small letters
    VNI = "vni"  # VNI Windows: a letter, then its mark


def legacy(text: str) -> Legacy | None:
    """Say how a text that was read as Latin-1 seems to be written, None where it is what it says.

    For an offer to a person, never for a silent change: it counts words that could be Vietnamese before and after.
    """
    if text.isascii() or any("\u0100" <= letter <= "\u1fff" for letter in text):
        return None
    best, most = None, _likely(text)
    for each in Legacy:
        count = _likely(from_legacy(text, each))
        if count > most:
            best, most = each, count
    return best


def from_legacy(text: str, written: Legacy) -> str:
    """Return a text that was read as Latin-1 in Unicode, composed; what the code does not have stays."""
    if written is Legacy.TCVN3:
        return text.translate(_TCVN3)
    return nfc(_VNI.sub(_from_vni, text))


_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_MARKS = {
    **_VNI_TONES,
    **dict(zip("âáàåãä", ("\u0302", *("\u0302" + tone for tone in _VNI_TONES.values())), strict=True)),
    **dict(zip("êéèúüë", ("\u0306", *("\u0306" + tone for tone in _VNI_TONES.values())), strict=True)),
}
_VNI = re.compile("(a)([ùøûõïâáàåãäêéèúüë])|([eo])([ùøûõïâáàåãä])|([uyôö])([ùøûõï])|([ôöñíìæóòî])", re.IGNORECASE)


def _from_vni(found: re.Match[str]) -> str:
    letter, mark = [part for part in (*found.groups(), "") if part is not None][:2]
    low = letter.lower()
    plain = _VNI_LETTERS.get(low, low) + _VNI_MARKS.get(mark.lower(), "")
    return plain if letter == low else plain.upper()


_SYLLABLE = re.compile(
    "(?:[bcdđghklmnpqrstvx]|ch|gh|gi|kh|ngh?|nh|ph|qu|th|tr)?[aăâeêioôơuưy]{1,3}(?:ch?|m|n[gh]?|p|t)?"
)


def _likely(text: str) -> int:
    """Count the marked words that could be Vietnamese, less the others."""
    count = 0
    for word in _WORDS.findall(text.lower()):
        if not word.isascii():
            plain = nfc("".join(each for each in unicodedata.normalize("NFD", word) if each not in _TONES))
            count += 1 if _SYLLABLE.fullmatch(plain) else -1
    return count
