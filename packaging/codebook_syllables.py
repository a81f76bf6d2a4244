"""Which strings are syllables as Vietnamese is written: by the rules of spelling, with a few of names.

Not a list of syllables in use: it only keeps out what a frequency list has of other languages and of slips.
"""

import functools
import unicodedata
from collections.abc import Iterator

from secmsg.vietnamese import nfc, tones_first

ONSETS = (
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
    "r", "s", "t", "th", "tr", "v", "x",
)  # fmt: skip
CLOSED = {
    "a": " c ch i m n ng nh o p t u y", "ă": "c m n ng p t", "â": "c m n ng p t u y",
    "e": " c m n ng o p t", "ê": " c ch m n ng nh p t u", "i": " c ch m n ng nh p t u",
    "iê": "c m n ng p t u", "ia": " ", "o": " c i m n ng p t", "oo": "c n ng", "ô": " c i m n ng p t",
    "ơ": " i m n ng p t", "u": " c ch i m n ng nh p t", "uô": "c i m n ng p t", "ua": " ",
    "ư": " c i m n ng p t u", "ươ": "c i m n ng p t u", "ưa": " ", "oa": " c ch i m n ng nh o p t y",
    "oă": "c m n ng p t", "oe": " c m n ng o t", "uâ": "c m n ng p t y", "uê": " c ch n nh", "uơ": " n",
    "uy": " c ch n ng nh p t u", "uyê": "m n ng t", "uya": " ", "y": " ch m n nh t", "yê": "m n ng t u",
}  # fmt: skip
"""The nuclei with what may close them; a space stands for nothing."""

NAMES = frozenset(("đắk", "đăk", "lắk", "lăk", "kạn", "kông", "đrắk", "krông", "plông", "ngọk", "búk"))
"""Of names of places in Vietnam, against the rules."""

_TONES = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_STOPPED = _TONES[3:]
_STOPS = ("c", "ch", "p", "t")
_ROUND = frozenset(
    ("u", "uô", "ua", "ư", "ươ", "ưa", "o", "oo", "oa", "oă", "oe", "uâ", "uê", "uơ", "uy", "uyê", "uya")
)


def is_syllable(text: str) -> bool:
    """Say whether a composed word in small letters is a syllable, its tone on the first of two vowels."""
    return (text in NAMES or _plain(text) in _spellings()) and tones_first(text) == text


def _plain(text: str) -> tuple[str, bool]:
    apart = unicodedata.normalize("NFD", text)
    tones = [each for each in apart if each in _TONES]
    plain = nfc("".join(each for each in apart if each not in _TONES))
    return (plain, not tones or tones[0] not in _STOPPED) if len(tones) < 2 else ("", False)


@functools.cache
def _spellings() -> frozenset[tuple[str, bool]]:
    """Return every spelling without its tone, and whether it may go without sắc and nặng, which a stop demands."""
    found = set()
    for onset in ONSETS:
        for nucleus, finals in CLOSED.items():
            for final in finals.split(" "):
                for spelling in _spelled(onset, nucleus, final):
                    found.add((spelling, False))
                    if final not in _STOPS:
                        found.add((spelling, True))
    return frozenset(found)


def _spelled(onset: str, nucleus: str, final: str) -> Iterator[str]:
    front = nucleus[0] in "eêiy"
    closed_y = nucleus == "y" and bool(final)
    if (onset == "c" and front) or (onset == "k" and not front) or (onset in ("gh", "ngh") and nucleus[0] not in "eêi"):
        return
    if (onset == "g" and nucleus[0] in "eêi") or (onset == "ng" and front):
        return
    if onset == "qu":
        if nucleus in _ROUND or nucleus in ("ia", "iê") or (nucleus == "ô" and final not in ("", "c")):
            return
    elif onset == "gi":
        if nucleus in ("ia", "y", "yê", "uy", "uyê", "uya"):
            return
        yield ("g" if nucleus in ("i", "iê") else "gi") + nucleus + final
        return
    elif (nucleus == "yê" and onset) or (nucleus == "iê" and not onset) or (closed_y and (onset or final != "t")):
        return
    yield onset + nucleus + final
