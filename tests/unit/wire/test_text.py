"""Text on the wire is what it looks like."""

import time

import pytest

from secmsg.errors import FormatError
from secmsg.wire import text
from tests.vectors.make_wire import BAD_TEXTS

REFUSED = {name: written for name, written in BAD_TEXTS.items() if name != "only spaces"}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("multiline", [False, True])
def test_a_text_that_is_not_what_it_looks_like_is_refused(name: str, multiline: bool) -> None:
    assert not text.is_clean(REFUSED[name], multiline=multiline)
    with pytest.raises(FormatError):
        text.check(REFUSED[name], 1, 99, "text", multiline=multiline)


def test_a_lone_surrogate_is_refused() -> None:
    assert not text.is_clean("a\ud800b", multiline=False)


@pytest.mark.parametrize("written", ["Tuyệt mật: 100 %", "« c'est ça » – 漢字", "Привет", "a\u00a0b", ""])
def test_what_people_write_is_taken(written: str) -> None:
    assert text.check(written, 0, 99, "text") == written


def test_lines_are_taken_where_lines_belong() -> None:
    assert text.check("a\nb", 1, 3, "text", multiline=True) == "a\nb"
    with pytest.raises(FormatError):
        text.check("a\nb", 1, 3, "text")


@pytest.mark.parametrize("written", ["", "abcd", "  ", "\n"])
def test_bounds_hold_and_blank_is_not_something(written: str) -> None:
    with pytest.raises(FormatError):
        text.check(written, 1, 3, "text", multiline=True)


def test_blank_is_taken_where_nothing_is() -> None:
    assert text.check(" ", 0, 3, "text") == " "


def test_the_refusal_names_the_place_and_not_the_text() -> None:
    with pytest.raises(FormatError) as refusal:
        text.check("bí mật\x00", 1, 99, "subject")

    assert "subject" in str(refusal.value)
    assert "bí mật" not in str(refusal.value)


def test_pasted_text_is_made_fit() -> None:
    pasted = "\ufeffTie\u0302\u0301ng\u00ad Viê\u0323t\r\n\tcột\u200b\rba\u2028bốn\u202e"

    assert text.tidy(pasted, multiline=True) == "Tiếng Việt\n cột\nba\nbốn"
    assert text.tidy(pasted, multiline=False) == "Tiếng Việt  cột ba bốn"


def test_eight_marks_are_taken_and_a_ninth_is_dropped() -> None:
    eight = "a" + "\u0332" * 8

    assert text.is_clean(eight, multiline=False)
    assert text.tidy(eight + "\u0332" * 9 + "b", multiline=False) == eight + "b"
    assert text.tidy("a" + "\u0344" * 20, multiline=False) == "\u00e4\u0301" + "\u0308\u0301" * 3 + "\u0308"


def test_towers_of_marks_cost_no_time() -> None:
    # Given marks in the order that is worst for composing
    tower = "a" + "\u0301" * 50_000 + "\u0323" * 50_000

    # When
    start = time.process_time()
    clean = text.is_clean(tower, multiline=True)
    text.tidy(tower, multiline=True)

    # Then
    assert not clean
    assert time.process_time() - start < 0.5


def test_the_longest_body_of_the_oddest_characters_is_judged_quickly() -> None:
    # Given 200 000 characters, as many of them different as there are
    odd = "".join(map(chr, range(0x20000, 0x20000 + 40_000))) * 5

    # When
    start = time.process_time()
    text.is_clean(odd, multiline=True)

    # Then
    assert time.process_time() - start < 0.5
