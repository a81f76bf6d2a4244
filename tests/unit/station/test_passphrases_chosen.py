"""Suggested passphrases are drawn evenly and said at their true worth; typed ones are graded by guesses."""

import importlib.util
import itertools
import math
from collections.abc import Callable
from pathlib import Path

import pytest

from secmsg.station import strength, suggesting
from secmsg.station.strength import Grade

ROOT = Path(__file__).resolve().parents[3]


def test_the_list_is_what_its_script_makes_and_every_roll_of_four_dice_has_one_word() -> None:
    spec = importlib.util.spec_from_file_location("passphrase_words", ROOT / "packaging" / "passphrase_words.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)

    lines = [line.split() for line in suggesting.WORDS.read_text("ascii").splitlines()]

    assert [word for _, word in lines] == script.words(script.SOURCE.read_text("utf-8"))
    assert [roll for roll, _ in lines] == ["".join(dice) for dice in itertools.product("123456", repeat=4)]
    assert len({word for _, word in lines}) == 1296


def _stream(values: list[int]) -> Callable[[int], bytes]:
    left = iter(values)
    return lambda length: next(left).to_bytes(length)


def test_what_would_favour_the_first_words_is_drawn_again() -> None:
    words = suggesting.words()

    drawn = suggesting.suggest(3, _stream([65_535, 64_800, 0, 64_799, 1296]))

    assert drawn.text == f"{words[0]} {words[1295]} {words[0]}"
    assert "va" not in repr(drawn)


def test_a_suggestion_is_worth_its_number_of_words_and_is_typed_without_an_input_method() -> None:
    first, second = suggesting.suggest(), suggesting.suggest()

    assert first.text != second.text
    assert first.text.isascii()
    assert first.bits == pytest.approx(8 * math.log2(1296))
    assert suggesting.suggest(suggesting.ALONE_WORDS).bits > 100


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("password12345", 20),
        ("qwertyuiop12", 20),
        ("111111111111", 15),
        ("matkhau123456", 30),
        ("anh yeu em 123", 40),
        ("toiyeuvietnam", 30),
        ("Việt Nam muôn năm", 30),
        ("conmeoden2026", 35),
        ("tre xanh tre xanh tre xanh", 35),
    ],
)
def test_what_people_choose_is_weak(text: str, most: float) -> None:
    assert strength.bits(text) < most
    assert strength.grade(strength.bits(text)) is Grade.WEAK


def test_no_estimate_is_above_what_the_draw_was_worth_and_nothing_is_worth_nothing() -> None:
    drawn = suggesting.suggest()

    assert strength.grade(drawn.bits) is Grade.STRONG
    assert strength.bits("") == 0
    assert Grade.FAIR is strength.grade(strength.bits(" ".join(drawn.text.split()[:6])))
    assert strength.bits("x" * 5000) < 20
