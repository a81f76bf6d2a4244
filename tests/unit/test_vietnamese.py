"""Folding makes Vietnamese findable without its marks."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg import vietnamese


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Điện Hỏa tốc", "dien hoa toc"),
        ("ĐOÀN cấp cao", "doan cap cao"),
        ("hỏa", "hoa"),
        ("hoả", "hoa"),
        ("thủy thuỷ khoẻ khỏe", "thuy thuy khoe khoe"),
        ("Tuyệt mật, Tối mật, Mật", "tuyet mat, toi mat, mat"),
        ("ăâêôơưđ ĂÂÊÔƠƯĐ", "aaeooud aaeooud"),
        ("Plain ASCII 123", "plain ascii 123"),
        ("Москва Й", "москва и"),
        ("한국", "한국"),
        ("", ""),
    ],
)
def test_text_folds(written: str, folded: str) -> None:
    assert vietnamese.fold(written) == folded
    assert vietnamese.fold(unicodedata.normalize("NFD", written)) == folded


def test_composition_is_one() -> None:
    assert vietnamese.nfc("Tie\u0302\u0301ng") == "Tiếng"


def test_a_long_cable_folds_in_milliseconds() -> None:
    # Given the longest body there is, all of it accented
    body = "Điện Hỏa tốc, đề nghị " * 9_090

    # When
    start = time.process_time()
    vietnamese.fold(body)
    spent = time.process_time() - start

    # Then it is quick; a loop over characters takes many times as long
    assert spent < 0.5


VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyAĐÊÔƠƯỏỎảẢậẬữỮ ộ12,.\u0323\u0309", max_size=40)


@given(VIETNAMESE)
def test_composed_and_decomposed_case_and_folding_twice_are_one(text: str) -> None:
    folded = vietnamese.fold(text)

    assert vietnamese.fold(unicodedata.normalize("NFD", text)) == folded
    assert vietnamese.fold(unicodedata.normalize("NFC", text)) == folded
    assert vietnamese.fold(text.upper()) == folded
    assert vietnamese.fold(folded) == folded


@pytest.mark.parametrize("tone", "\u0300\u0301\u0303\u0309\u0323")
@pytest.mark.parametrize("rhyme", ["oa", "oe", "uy"])
def test_both_tone_placements_are_one(tone: str, rhyme: str) -> None:
    old, new = f"h{rhyme[0]}{tone}{rhyme[1]}", f"h{rhyme}{tone}"

    assert vietnamese.fold(old) == vietnamese.fold(new) == f"h{rhyme}"


@pytest.mark.parametrize(
    ("text", "phrases", "found"),
    [
        ("Điện Hỏa tốc, HOẢ TỐC", [(("hoa", "toc"), False)], ["Hỏa tốc", "HOẢ TỐC"]),
        ("thỏa thuận hòa bình", [(("hoa",), False)], ["hòa"]),
        ("đoàn, đoạn 7", [(("doa",), True)], ["đoà", "đoạ"]),
        ("đoàn", [(("doa",), False)], []),
        ("gì đó", [], []),
    ],
)
def test_what_was_found_is_given_as_it_is_written(
    text: str, phrases: list[vietnamese.Phrase], found: list[str]
) -> None:
    assert [text[start:end] for start, end in vietnamese.spans(text, phrases)] == found
    # and in a text that is not composed, whole words are given
    apart = unicodedata.normalize("NFD", text)
    words = [unicodedata.normalize("NFC", apart[a:b]) for a, b in vietnamese.spans(apart, phrases)]
    assert bool(words) == bool(found)


def test_tones_are_placed_in_both_ways() -> None:
    old, new = "hòa Hòa HÒA khỏe thủy ngụy òa", "hoà Hoà HOÀ khoẻ thuỷ nguỵ oà"

    assert vietnamese.tones_first(new) == vietnamese.tones_first(old) == old
    assert vietnamese.tones_last(old) == vietnamese.tones_last(new) == new


@pytest.mark.parametrize("text", ["quý QUỲ quỷ", "hoàn khoét hoài xoáy", "thuở của mía", "plain", ""])
def test_syllables_written_in_one_way_stay(text: str) -> None:
    assert vietnamese.tones_first(text) == vietnamese.tones_last(text) == text


def test_the_order_is_that_of_a_dictionary() -> None:
    dictionary = "an ăn ân ba bà bả bã bá bạ ban bàn bă da dạ đa đà e ê o ô ơ u ư x y"
    words = dictionary.split()
    shuffled = [*words[1::2], *words[::2]]

    assert sorted(shuffled, key=vietnamese.sort_key) == words
    assert vietnamese.sort_key("Hoà-bình") == vietnamese.sort_key("hòa bình") < vietnamese.sort_key("hòa bính")
    assert vietnamese.sort_key("an toàn") < vietnamese.sort_key("anh")
    assert vietnamese.sort_key("9 tháng") < vietnamese.sort_key("an")


LETTERS = "aàảãáạăằẳẵắặâầẩẫấậđeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
IN_TCVN3 = bytes.fromhex(
    "61b5b6b7b8b9a8bbbcbdbec6a9c7c8c9cacbae65cccecfd0d1aad2d3d4d5d669d7d8dcddde6f"
    "dfe1e2e3e4abe5e6e7e8e9aceaebecedee75eff1f2f3f4adf5f6f7f8f979fafbfcfdfe"
).decode("latin-1")
IN_VNI = (
    "a aø aû aõ aù aï aê aè aú aü aé aë aâ aà aå aã aá aä ñ e eø eû eõ eù eï eâ eà eå eã eá eä i ì æ ó í ò "
    "o oø oû oõ où oï oâ oà oå oã oá oä ô ôø ôû ôõ ôù ôï u uø uû uõ uù uï ö öø öû öõ öù öï y yø yû yõ yù î"
)


def test_every_letter_of_the_old_codes_is_read() -> None:
    tcvn3, vni = vietnamese.Legacy.TCVN3, vietnamese.Legacy.VNI

    assert vietnamese.from_legacy(IN_TCVN3, tcvn3) == LETTERS
    assert vietnamese.from_legacy("\xa1\xa2\xa3\xa4\xa5\xa6\xa7", tcvn3) == "ĂÂÊÔƠƯĐ"
    assert vietnamese.from_legacy(IN_VNI, vni).split() == list(LETTERS)
    assert vietnamese.from_legacy(IN_VNI.upper(), vni).split() == list(LETTERS.upper())


TEXT = "Báo cáo: đoàn đã đến Hà Nội, đề nghị Bộ cho ý kiến về việc hỗ trợ công dân, ngày 23."


@pytest.mark.parametrize(
    ("shown", "written"),
    [
        ("B¸o c¸o: ®oµn ®· ®Õn Hµ Néi, ®Ò nghÞ Bé cho ý kiÕn vÒ viÖc hç trî c«ng d©n, ngµy 23.", "tcvn3"),
        ("Baùo caùo: ñoaøn ñaõ ñeán Haø Noäi, ñeà nghò Boä cho yù kieán veà vieäc hoã trôï coâng daân, ngaøy 23.",
         "vni"),
    ],
)  # fmt: skip
def test_a_text_in_an_old_code_is_recognised_for_an_offer(shown: str, written: str) -> None:
    found = vietnamese.legacy(shown)

    assert found == written
    assert found is not None
    assert vietnamese.from_legacy(shown, found) == TEXT


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "plain",
        "",
        "Le gouvernement français a été informé; l'ambassadeur à Genève préfère une réponse écrite.",
        "Müller grüßt aus Köln, schöne Grüße",
        "Señor Núñez llegará mañana",
        "hòa",
    ],
)
def test_a_text_that_is_what_it_says_is_left_alone(text: str) -> None:
    assert vietnamese.legacy(text) is None
