"""Every syllable that Vietnamese spelling allows comes back from its letters."""

import pytest

from secmsg.errors import FormatError
from secmsg.manual.spelling import spell, unspell
from secmsg.vietnamese import fold
from tests.helpers.untraced import untraced
from tests.helpers.vietnamese_texts import legal_syllables


@untraced
def test_every_syllable_of_the_spelling_comes_back() -> None:
    every = legal_syllables()
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
