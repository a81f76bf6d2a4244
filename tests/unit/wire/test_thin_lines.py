"""Packets as lines: they come back however they are typed, and each slip is named by its group."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from secmsg.errors import FormatError
from secmsg.wire import thin_lines

PACKET = bytes(range(7, 67))


@given(st.binary(min_size=1, max_size=400))
def test_letters_come_back(packet: bytes) -> None:
    line = thin_lines.letters(packet)
    # Letters that are all figures would be read as figures: with 60 bytes one chance in 10 to the 55th.
    assume(not line.replace(" ", "").isdigit())

    assert thin_lines.read(line) == packet


def test_letters_come_back_however_they_are_typed() -> None:
    line = thin_lines.letters(PACKET)

    assert thin_lines.read(line.lower()) == PACKET
    assert thin_lines.read(line.replace("0", "O").replace("1", "l")) == PACKET
    assert thin_lines.read(line.replace(" ", "")) == PACKET
    assert thin_lines.read("  " + line.replace(" ", " - ") + ".\n") == PACKET


@given(st.data())
def test_a_wrong_letter_is_named_by_its_group(data: st.DataObject) -> None:
    groups = thin_lines.letters(PACKET).split()
    at = data.draw(st.integers(0, len(groups) - 1))
    place = data.draw(st.integers(0, len(groups[at]) - 1))
    other = data.draw(st.sampled_from([each for each in thin_lines.ALPHABET if each != groups[at][place]]))
    groups[at] = groups[at][:place] + other + groups[at][place + 1 :]

    with pytest.raises(FormatError, match=f"^group {at + 1}$"):
        thin_lines.read(" ".join(groups))


@given(st.data())
def test_neighbours_that_changed_places_are_named(data: st.DataObject) -> None:
    groups = thin_lines.letters(PACKET).split()
    at = data.draw(st.integers(0, len(groups) - 1))
    place = data.draw(st.integers(0, len(groups[at]) - 2))
    first, second = groups[at][place], groups[at][place + 1]
    groups[at] = groups[at][:place] + second + first + groups[at][place + 2 :]

    if first == second:
        assert thin_lines.read(" ".join(groups)) == PACKET
    else:
        with pytest.raises(FormatError, match=f"^group {at + 1}$"):
            thin_lines.read(" ".join(groups))


def test_groups_that_changed_places_are_named() -> None:
    groups = thin_lines.letters(PACKET).split()
    groups[2], groups[3] = groups[3], groups[2]

    with pytest.raises(FormatError, match="group 3"):
        thin_lines.read(" ".join(groups))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "whole number"),
        ("A", "group 1"),
        ("UUUUUUUU", "a sign that is no letter"),
        ("ĐĐ", "a sign that is no letter"),
        ("A" * 5000, "too long"),
        ("12345", "group 1"),
    ],
)
def test_what_is_no_line_is_refused(line: str, why: str) -> None:
    with pytest.raises(FormatError, match=why):
        thin_lines.read(line)


def test_letters_whose_last_bits_are_not_zeros_are_refused() -> None:
    # One byte takes two letters, of whose ten bits the last two are fill.
    line = thin_lines.letters(b"\xff")
    spoiled = [*map(thin_lines.ALPHABET.index, line[:2])]
    spoiled[1] |= 1
    letters = "".join(thin_lines.ALPHABET[each] for each in thin_lines._checked(spoiled, 0))

    with pytest.raises(FormatError, match="whole number"):
        thin_lines.read(letters)
    with pytest.raises(FormatError, match="whole number"):
        thin_lines.read("".join(thin_lines.ALPHABET[each] for each in thin_lines._checked([10], 0)))
