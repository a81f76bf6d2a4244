"""Pages: their numbers, their figures, and what is never said of them."""

import pytest

from secmsg.errors import FormatError
from secmsg.manual.pad import add, page, page_check, page_number, page_serial, strip_checks, subtract
from tests.helpers.manual import codes, pages

MASKS = ("92653", "58979")


def test_subtracting_undoes_adding_for_every_pair_of_figures() -> None:
    for code in range(10):
        for key in range(10):
            cipher = add(f"{code}000", f"{key}999")
            assert subtract(cipher, f"{key}999") == f"{code}000"
            assert int(cipher[0]) == (code + key) % 10


def test_a_carry_never_reaches_the_next_figure() -> None:
    assert add("0009", "0001") == "0000"
    assert subtract("0000", "0001") == "0009"


def test_a_page_number_with_a_slip_is_no_number() -> None:
    number = page_number(42)

    assert (number, page_serial(number)) == ("00427", 42)
    for wrong in ("00428", "00247", "0042", "004275", "０0427", "00000", ""):
        with pytest.raises(FormatError):
            page_serial(wrong)
    for serial in (0, 10_000):
        with pytest.raises(FormatError):
            page_number(serial)


@pytest.mark.parametrize(
    ("keys", "masks"),
    [
        ((), MASKS),
        (("1234",) * 31, MASKS),
        (("1234",) * 150, MASKS),
        (("1234",) * 29 + ("123",), MASKS),
        (("1234",) * 29 + ("１234",), MASKS),
        (("1234",) * 30, ("92653", "5897")),
        (("1234",) * 30, ("9265x", "58979")),
    ],
)
def test_what_is_no_page_is_refused_without_a_figure_of_it(keys: tuple[str, ...], masks: tuple[str, str]) -> None:
    with pytest.raises(FormatError) as refused:
        page(42, keys, masks)

    assert "1234" not in str(refused.value)
    assert "926" not in str(refused.value)


def test_a_page_shows_its_number_and_no_figure() -> None:
    shown = repr(page(42, ("4279",) * 30, MASKS))

    assert "00427" in shown
    assert "4279" not in shown
    assert "92653" not in shown


def test_one_misread_figure_of_a_strip_changes_its_check_and_no_other() -> None:
    whole = pages(b"whole", 7, 1)[0]

    for place in range(0, 120, 7):
        for at in range(4):
            key = whole.keys[place]
            misread = key[:at] + str((int(key[at]) + 1) % 10) + key[at + 1 :]
            other = page(7, [*whole.keys[:place], misread, *whole.keys[place + 1 :]], whole.masks)
            differs = [a != b for a, b in zip(strip_checks(whole), strip_checks(other), strict=True)]
            assert differs == [strip == place // 30 for strip in range(4)]
            assert page_check(whole) != page_check(other)


def test_a_misread_mask_changes_the_check_of_the_first_strip() -> None:
    strip = codes(b"strip", 30)

    right, wrong = page(7, strip, MASKS), page(7, strip, ("92654", "58979"))
    assert strip_checks(right) != strip_checks(wrong)
    assert strip_checks(right) == (page_check(right),)
