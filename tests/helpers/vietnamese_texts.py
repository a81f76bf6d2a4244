"""Random Vietnamese texts as officers type them: both placings of tones, capitals, numbers, names, foreign words."""

import unicodedata
from itertools import product
from random import Random

from secmsg.manual.codebook import Book
from secmsg.vietnamese import nfc, tones_first, tones_last

FOREIGN = (
    "Blinken UNHCR McDonald iPhone Müller ÜBER São Köln François L'Oréal Boutros-Ghali online ok wi-fi mofa.gov.vn "
    "a@b.vn QL1A F16 A380 H5N1 km/h 5km 50kg 18h30 Kim Đắk Plông Kpă moóc Москва 北京 😀 № § ½ ß"
)
NUMBERS = "0 5 16 045 1250 1.250.000 3,5 2,75% 2025 2026 18:30 23/10/2026 -5 +84 0912345678 24/7 1-2 100.000"
SIGNS: tuple[str, ...] = (*".,:;?!…()/-–'\"“”%", "...", "\n", "\r\n", "\t", "\u00a0")

ONSETS = "b c d đ g h k l m n p q r s t v x ch gh gi kh ng ngh nh ph qu th tr"
VOWELS = (
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iu oa oă oe oi oo ôi ơi ua uâ ue uê ui uô uơ uy ưa ưi ươ ưu "
    "yê iêu oai oao oay oeo uai uây uôi uya uyê uyu ươi ươu yêu"
)
ENDS = "c ch m n ng nh p t"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")


def legal_syllables() -> frozenset[str]:
    """Put the language's onsets, vowels, ends and tones together, whether the syllable is in use or not."""
    found = set()
    for onset, vowels, end in product(["", *ONSETS.split()], VOWELS.split(), ["", *ENDS.split()]):
        letters, bearer = onset + vowels + end, len(onset) + _bearer(vowels, end)
        found |= {tones_first(nfc(letters[: bearer + 1] + tone + letters[bearer + 1 :])) for tone in TONES}
    return frozenset(found)


def _bearer(vowels: str, end: str) -> int:
    """Return where the tone stands, as a primer says it: the marked vowel, before an end the last, else the middle."""
    marked = [at for at, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    if marked:
        return marked[-1]
    return len(vowels) - 1 if end else len(vowels) // 3


class Texts:
    """Gives texts of one book's words; the same seed gives the same text."""

    def __init__(self, book: Book) -> None:
        self._words = tuple(entry.text for entry in book.entries if entry.code >= "0902")
        self._foreign = tuple(FOREIGN.split())
        self._numbers = tuple(NUMBERS.split())

    def text(self, seed: int) -> str:
        """Return the text of a seed: one to twenty things, mostly words."""
        chance = Random(seed)
        parts: list[str] = []
        for _ in range(chance.randint(1, 20)):
            parts.append(self._thing(chance))
            if chance.random() < 0.8:
                parts.append(" ")
        return "".join(parts)

    def _thing(self, chance: Random) -> str:
        kind = chance.random()
        if kind < 0.18:
            return chance.choice(SIGNS)
        if kind < 0.26:
            return chance.choice(self._numbers)
        word: str = chance.choice(self._foreign if kind < 0.36 else self._words)
        case = chance.random()
        if case < 0.1:
            word = word.upper()
        elif case < 0.25:
            word = word.title()
        elif case < 0.35:
            word = word.lower()
        if chance.random() < 0.2:
            word = tones_last(word)
        if chance.random() < 0.05:
            word = unicodedata.normalize("NFD", word)
        return word
