"""An annex's name never leads anywhere but to a file of that name."""

import pytest

from secmsg.errors import FormatError
from secmsg.wire import names
from tests.vectors.make_wire import BAD_NAMES


@pytest.mark.parametrize("why", BAD_NAMES)
def test_a_dangerous_name_is_refused_and_made_safe(why: str) -> None:
    with pytest.raises(FormatError):
        names.check(BAD_NAMES[why])

    assert names.check(names.for_export(BAD_NAMES[why]))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Công điện số 12.pdf", "Công điện số 12.pdf"),
        ("../../x", "x"),
        ("C:\\Users\\an\\x.pdf", "x.pdf"),
        ("a/", "tep"),
        ("", "tep"),
        ("...", "tep"),
        (".bashrc", "bashrc"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("aux.tar.gz", "_aux.tar.gz"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a?b*c.pdf", "a_b_c.pdf"),
        ("a.pdf. . ", "a.pdf"),
        ("a .pdf", "a.pdf"),
        ("x.\0", "x"),
        ("\ud800.pdf", "pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("ế" * 120 + ".pdf", "ế" * 78 + ".pdf"),
        ("a." + "b" * 17, "a." + "b" * 17),
        ("a.b c", "a.b c"),
    ],
)
def test_a_safe_name_is_as_like_as_can_be(name: str, safe: str) -> None:
    assert names.for_export(name) == safe
    assert names.check(safe) == safe


def test_namesakes_are_told_apart_whatever_the_case() -> None:
    taken = ["A.PDF", "a (2).pdf"]

    assert names.for_export("a.pdf", taken) == "a (3).pdf"


def test_long_namesakes_stay_short_enough() -> None:
    long = "a" * 300 + ".pdf"
    first = names.for_export(long)

    second = names.for_export(long, [first])

    assert second == "a" * 112 + " (2).pdf"


def test_a_cut_that_ends_in_a_space_ends_before_it() -> None:
    assert names.for_export("a" * 119 + " b") == "a" * 119
