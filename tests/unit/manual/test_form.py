"""The codes of a cable say what its form held, and nothing that is out of form is taken."""

from dataclasses import replace

import pytest

from secmsg.errors import FormatError
from secmsg.manual.codebook import Kind
from secmsg.manual.encoding import encode as encode_text
from secmsg.manual.form import Form, decode, edition, encode, standard_lengths
from tests.helpers.small_book import small_book

BOOK = small_book()
TEXT = encode_text("Báo cáo kết quả hội đàm ngày 23.", BOOK).codes
FORM = Form(7, Kind.SECRET, Kind.FLASH, 387, TEXT)
CODES = encode(FORM, BOOK)


def test_a_form_comes_back_from_its_codes() -> None:
    assert decode(CODES, BOOK) == FORM
    assert CODES[0] == "0007"
    assert CODES[3:6] == ("0000", "0003", "0087")
    assert edition(CODES) == 7


@pytest.mark.parametrize("null", [Kind.NULL_1, Kind.NULL_2])
@pytest.mark.parametrize("length", [30, 60, 90, 120, 960])
def test_nulls_of_one_class_hide_the_length(null: Kind, length: int) -> None:
    codes = encode(replace(FORM, null=null), BOOK, length)

    assert len(codes) == length
    assert decode(codes, BOOK).null is null


def test_there_is_always_a_null_to_carry_its_class() -> None:
    assert standard_lengths(22)[0] == 30
    assert standard_lengths(23)[0] == 60
    assert standard_lengths(952) == (960,)
    assert standard_lengths(953) == ()


@pytest.mark.parametrize(
    "form",
    [
        replace(FORM, edition=8),
        replace(FORM, degree=Kind.FLASH),
        replace(FORM, urgency=Kind.SECRET),
        replace(FORM, number=0),
        replace(FORM, number=100_000),
        replace(FORM, text=()),
        replace(FORM, text=(*TEXT, BOOK.code(Kind.END))),
        replace(FORM, text=(BOOK.code(Kind.NULL_1),)),
        replace(FORM, text=(*TEXT, BOOK.code(Kind.END), BOOK.code(Kind.NULL_1))),
        replace(FORM, text=("8999",)),
        replace(FORM, text=TEXT * 200),
        replace(FORM, null=Kind.STOP),
    ],
)
def test_a_form_that_its_codes_would_not_say_is_refused(form: Form) -> None:
    with pytest.raises(FormatError):
        encode(form, BOOK)


@pytest.mark.parametrize("length", [0, 29, 31, 990])
def test_another_length_is_refused(length: int) -> None:
    with pytest.raises(FormatError, match="standard length"):
        encode(FORM, BOOK, length)


END = CODES.index(BOOK.code(Kind.END))


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ((), "no edition"),
        (("0000", *CODES[1:]), "no edition"),
        (("٠٠٠٧", *CODES[1:]), "no edition"),
        (("0008", *CODES[1:]), "code 1: the cable is of edition 8, this book is edition 7"),
        (CODES[:1], "code 2"),
        ((CODES[0], *CODES[2:]), "code 2"),
        ((*CODES[:2], CODES[1], *CODES[3:]), "code 3"),
        ((*CODES[:4], *CODES[5:]), "code 6"),
        ((*CODES[:3], "0000", "0000", "0000", *CODES[6:]), "a number is 1"),
        ((*CODES[:3], "0010", "0000", "0000", *CODES[6:]), "a number is 1"),
        (CODES[:END], "no end"),
        ((*CODES[: END + 1], "1000", *CODES[END + 2 :]), f"code {END + 2}"),
        ((*CODES[:-1], "1000"), "code 30"),
        ((*CODES[:-1], BOOK.code(Kind.NULL_2)), "code 30"),
        ((*CODES[:-1], CODES[END]), "code 30"),
        ((*CODES[:6], *CODES[END:]), "no text"),
        ((*CODES[:6], "8999", *CODES[END:]), "code 1 says nothing"),
        (CODES * 40, "at most 960"),
    ],
)
def test_codes_out_of_form_are_refused_by_their_place(codes: tuple[str, ...], said: str) -> None:
    with pytest.raises(FormatError, match=said):
        decode(codes, BOOK)
