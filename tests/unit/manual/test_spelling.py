"""Every syllable that Vietnamese spelling allows comes back from its letters."""

import itertools

import pytest

from secmsg.errors import FormatError
from secmsg.manual.spelling import spell, unspell
from secmsg.vietnamese import fold, nfc, tones_first

ONSETS = "b c d đ g h k l m n p q r s t v x ch gh gi kh ng ngh nh ph qu th tr"
VOWELS = (
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iu oa oă oe oi oo ôi ơi ua uâ ue uê ui uô uơ uy ưa ưi ươ ưu "
    "yê iêu oai oao oay oeo uai uây uôi uya uyê uyu ươi ươu yêu"
)
ENDS = "c ch m n ng nh p t"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")


def syllables() -> set[str]:
    """Put the language's onsets, vowels, ends and tones together, whether the syllable is in use or not."""
    found = set()
    for onset, vowels, end in itertools.product(["", *ONSETS.split()], VOWELS.split(), ["", *ENDS.split()]):
        letters, bearer = onset + vowels + end, len(onset) + _bearer(vowels, end)
        found |= {tones_first(nfc(letters[: bearer + 1] + tone + letters[bearer + 1 :])) for tone in TONES}
    return found


def _bearer(vowels: str, end: str) -> int:
    """Return where the tone stands, as a primer says it: the marked vowel, before an end the last, else the middle."""
    marked = [at for at, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    if marked:
        return marked[-1]
    return len(vowels) - 1 if end else len(vowels) // 3


def test_every_syllable_of_the_spelling_comes_back() -> None:
    every = syllables()
    strange = [word for word in every if (letters := spell(word)) is None or unspell(letters) != word]

    # Telex has no oo beside ô (moóc); g and q before i and u nobody writes. These stand letter by letter.
    assert all(word[0] in "gq" or "oo" in fold(word) for word in strange)
    assert len(every) > 50_000
    assert len(strange) < len(every) // 30


@pytest.mark.parametrize(
    ("word", "letters"),
    [("đắk", "ddawks"), ("hòa", "hoaf"), ("quý", "quys"), ("giặt", "giawtj"), ("gìn", "ginf"), ("khuỷu", "khuyur"),
     ("a", "az"), ("nghiêng", "nghieengz"), ("plông", "ploongz"), ("ngoáy", "ngoays"), ("của", "cuar")],
)  # fmt: skip
def test_a_word_is_telex_with_its_tone_at_the_end(word: str, letters: str) -> None:
    assert spell(word) == letters
    assert unspell(letters) == word


@pytest.mark.parametrize("word", ["oreál", "qúy", "áá", "müller", "", "cô ấy", "đăng" * 5, "bl\u0301", "awn", "é1"])
def test_what_would_not_come_back_is_not_spelled_so(word: str) -> None:
    assert spell(word) is None


@pytest.mark.parametrize("letters", ["", "z", "hoa", "bls", "a" * 30 + "s", "s"])
def test_letters_that_are_no_word_are_refused(letters: str) -> None:
    with pytest.raises(FormatError):
        unspell(letters)
