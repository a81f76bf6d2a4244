"""Groups for the telephone find every slip they promise to find."""

from itertools import product

import pytest

from secmsg import digits
from secmsg.errors import FormatError

DATA = bytes(range(60, 80))
GROUPS = digits.groups(DATA).split()


def test_the_square_is_the_published_one() -> None:
    # The example of the literature: 572 has the check figure 4.
    assert digits.damm((5, 7, 2)) == 4
    assert digits.damm((5, 7, 2, 4)) == 0


def test_every_single_error_and_every_swap_of_neighbours_changes_the_state() -> None:
    # Exhaustive over the table, so over every seed, every group and every place in it.
    for state in range(10):
        assert {digits.damm((figure,), state) for figure in range(10)} == set(range(10))
    for figure in range(10):
        assert {digits.damm((figure,), state) for state in range(10)} == set(range(10))
    for state, one, other in product(range(10), repeat=3):
        if one != other:
            assert digits.damm((one, other), state) != digits.damm((other, one), state)


@pytest.mark.parametrize("place", range(len(GROUPS)))
def test_every_wrong_figure_is_found_in_its_group(place: int) -> None:
    for figure, wrong in product(range(5), "0123456789"):
        said = list(GROUPS)
        said[place] = said[place][:figure] + wrong + said[place][figure + 1 :]
        if said == GROUPS:
            continue

        with pytest.raises(FormatError, match=rf"^group {place + 1}$"):
            digits.parse_groups(" ".join(said))
        assert digits.wrong_groups(" ".join(said)) == (place + 1,)


@pytest.mark.parametrize("place", range(len(GROUPS)))
def test_every_swap_of_neighbouring_figures_is_found_in_its_group(place: int) -> None:
    for figure in range(4):
        said = list(GROUPS)
        group = said[place]
        said[place] = group[:figure] + group[figure + 1] + group[figure] + group[figure + 2 :]
        if said == GROUPS:
            continue

        with pytest.raises(FormatError, match=rf"^group {place + 1}$"):
            digits.parse_groups(" ".join(said))


def test_every_swap_of_two_groups_is_found() -> None:
    long = digits.groups(bytes(range(100))).split()
    for one in range(len(long)):
        for other in range(one):
            said = list(long)
            said[one], said[other] = said[other], said[one]
            if said == long:
                continue

            with pytest.raises(FormatError):
                digits.parse_groups(" ".join(said))


def test_groups_of_equal_seed_that_changed_places_are_found_by_the_last_group_alone() -> None:
    # Places 9 and 18 (from 0) have the same seed, so each group is right by itself.
    long = digits.groups(bytes(range(1, 101))).split()
    assert long[9] != long[18]
    long[9], long[18] = long[18], long[9]

    assert digits.wrong_groups(" ".join(long)) == ()
    with pytest.raises(FormatError, match="do not belong together"):
        digits.parse_groups(" ".join(long))


def test_seeds_catch_a_swap_in_the_very_group() -> None:
    said = list(GROUPS)
    said[2], said[3] = said[3], said[2]

    assert digits.wrong_groups(" ".join(said)) == (3, 4)


@pytest.mark.parametrize("length", [0, digits.MAX_BYTES + 1])
def test_other_lengths_have_no_groups(length: int) -> None:
    with pytest.raises(FormatError):
        digits.groups(bytes(length))


@pytest.mark.parametrize("length", [1, 2, 3, 13, 16, 20, 32, digits.MAX_BYTES])
@pytest.mark.parametrize("byte", [0, 0x5A, 0xFF])
def test_any_length_between_reads_back(length: int, byte: int) -> None:
    data = bytes([byte]) * length

    assert digits.parse_groups(digits.groups(data)) == data


def made(*values: int) -> str:
    """Return groups with right check figures and a right last group around any values."""
    total = sum(place * value for place, value in enumerate(values, 1)) % 9_973
    return " ".join(
        f"{value:04}{digits.damm(map(int, f'{value:04}'), (place % 10 + place // 10) % 10)}"
        for place, value in enumerate((*values, total))
    )


def test_groups_made_by_hand_are_those_of_the_module() -> None:
    # Eight bits of data, a one, four zeros.
    assert made(0b10101010_1_0000) == digits.groups(b"\xaa")


@pytest.mark.parametrize(
    "values",
    [
        (0,),  # no end mark at all
        (0b10101010_1_0000, 0),  # the end mark is not in the last symbol
        (0b1000000000000,),  # the end mark leaves nothing
        (0b1010101010_1_00,),  # ten bits
    ],
)
def test_groups_that_hold_no_whole_bytes_are_refused(values: tuple[int, ...]) -> None:
    with pytest.raises(FormatError, match="whole number of bytes"):
        digits.parse_groups(made(*values))


def test_more_bytes_than_allowed_are_refused() -> None:
    # 257 bytes: 2056 bits and the end mark fill 159 symbols.
    values = [0] * 158 + [1 << (159 * 13 - 2_056 - 1)]
    with pytest.raises(FormatError, match="whole number of bytes"):
        digits.parse_groups(made(*values))


def test_a_value_no_symbol_can_have_is_a_wrong_group() -> None:
    with pytest.raises(FormatError, match=r"^group 1$"):
        digits.parse_groups(made(8_192))


def test_while_typing_the_unfinished_group_is_not_judged() -> None:
    typed = " ".join(GROUPS[:3]) + " 12"

    # The third group is the last complete one, and it fits.
    assert digits.wrong_groups(typed) == ()
    assert digits.wrong_groups("") == ()
