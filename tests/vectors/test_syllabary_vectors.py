"""The vectors of the syllabary and of the boards, run on the product; the page prints two of them."""

from collections.abc import Callable

import pytest

from secmsg.digits import damm
from secmsg.manual import syllabary_text
from secmsg.manual.board import (
    ENGLISH,
    Board,
    decode_vietnamese,
    encode_vietnamese,
    letter_pad,
    reciprocal_pad,
)
from secmsg.manual.pad import add, subtract
from tests.helpers.manual import SYLLABARY
from tests.vectors import frame
from tests.vectors.frame import Test


@pytest.mark.parametrize(("file", "vector"), frame.cases("syllabary", expect="ok"))
def test_a_text_by_the_syllabary(file: frame.File, vector: Test) -> None:
    codes = vector["codes"].split()

    assert syllabary_text.decode(codes, SYLLABARY) == vector["reads"]
    if "text" in vector:
        assert syllabary_text.encode(vector["text"], SYLLABARY, capitals=vector["capitals"]) == tuple(codes)
        assert syllabary_text.reads(vector["text"], SYLLABARY, capitals=vector["capitals"]) == vector["reads"]


@pytest.mark.parametrize(("file", "vector"), frame.cases("syllabary", expect="refused"))
def test_what_the_syllabary_refuses(file: frame.File, vector: Test) -> None:
    with frame.refusal(vector):
        if "codes" in vector:
            syllabary_text.decode(vector["codes"].split(), SYLLABARY)
        else:
            syllabary_text.encode(vector["text"], SYLLABARY)


def _english(vector: Test) -> None:
    assert ENGLISH.decode(vector["figures"]) == vector["text"]
    assert ENGLISH.encode(vector["text"]) == vector["figures"]


def _vietnamese(vector: Test) -> None:
    assert decode_vietnamese(vector["figures"]) == vector["text"]
    assert encode_vietnamese(vector["text"]) == vector["figures"]


def _board(vector: Test) -> None:
    board = Board(vector["top"], tuple(vector["rows"]))

    assert board.encode(vector["text"]) == vector["figures"]
    assert board.decode(vector["figures"]) == vector["text"]
    assert add(vector["figures"], board.encode(vector["key"])) == vector["gives"]


def _subtract(vector: Test) -> None:
    assert subtract(vector["figures"], vector["key"]) == vector["gives"]


def _letters(vector: Test) -> None:
    assert letter_pad(vector["text"], vector["key"]) == vector["gives"]


def _reciprocal(vector: Test) -> None:
    assert reciprocal_pad(vector["text"], vector["key"]) == vector["gives"]
    assert reciprocal_pad(vector["gives"], vector["key"]) == vector["text"]


def _damm(vector: Test) -> None:
    assert damm(map(int, vector["figures"])) == vector["gives"]


RUN: dict[str, Callable[[Test], None]] = {
    "english": _english,
    "vietnamese": _vietnamese,
    "board": _board,
    "subtract": _subtract,
    "letters": _letters,
    "reciprocal": _reciprocal,
    "damm": _damm,
}


@pytest.mark.parametrize(("file", "vector"), frame.cases("boards", expect="ok"))
def test_a_public_vector(file: frame.File, vector: Test) -> None:
    RUN[vector["do"]](vector)


@pytest.mark.parametrize(("file", "vector"), frame.cases("boards", expect="refused"))
def test_what_a_board_refuses(file: frame.File, vector: Test) -> None:
    with frame.refusal(vector):
        {"english": ENGLISH.decode, "vietnamese": decode_vietnamese}[vector["do"]](vector["figures"])
