"""Folding makes Vietnamese findable without its marks."""

import time
import unicodedata

import pytest

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
