"""The tag: hand and arithmetic agree, in the branch of six figures too, and every block counts."""

import random

import pytest

from secmsg.errors import FormatError, TagUnwritable
from secmsg.manual.tag import MODULUS, Sheet, covered, reduced, sheet, step, tag, trace


def by_arithmetic(r: int, mask: int, serial: int, groups: list[str]) -> int:
    """Evaluate the polynomial without tables, reduction or branch."""
    blocks = [serial, len(groups), *map(int, groups)]
    power = len(blocks)
    return (sum(block * pow(r, power - place, MODULUS) for place, block in enumerate(blocks)) + mask) % MODULUS


def test_the_hand_and_the_polynomial_agree() -> None:
    chance = random.Random(5)
    for _ in range(1_000):
        r, mask, serial = chance.randint(1, 99_999), chance.randrange(100_000), chance.randint(1, 99_999)
        groups = [f"{chance.randrange(100_000):05}" for _ in range(chance.randint(1, 30))]

        assert tag(sheet(r), f"{mask:05}", serial, groups) == f"{by_arithmetic(r, mask, serial, groups):05}"


def test_reducing_by_hand_is_the_remainder() -> None:
    for value in (*range(3), *range(99_995, 100_010), *range(199_990, 200_010), 999_999):
        assert reduced(value) == value % MODULUS


@pytest.mark.parametrize("above", range(3))
def test_a_sum_of_six_figures_takes_the_extra_entry(above: int) -> None:
    # Were the branch left out, the table would be entered at a line that it does not have.
    before, block = 99_000, f"{1_000 + above:05}"
    for r in (1, 2, 31_415, 99_999):
        taken = step(sheet(r), before, block)
        assert (taken.sum, taken.units) == (100_000 + above, 0)
        assert taken.value == (100_000 + above) * r % MODULUS


def test_a_sheet_with_entries_of_six_figures_is_used_as_it_is() -> None:
    r = next(r for r in range(1, 99_999) if any(Sheet(r).hundreds(i) >= 100_000 for i in range(1_000)))
    of = sheet(r)
    entry = next(i for i in range(1_000) if of.hundreds(i) >= 100_000)

    for last in range(100):
        assert step(of, 0, f"{entry:03}{last:02}").value == (100 * entry + last) * r % MODULUS


def test_the_small_sheet_says_the_same() -> None:
    for r in (1, 31_415, 99_999):
        of = sheet(r)
        for first in range(1_000):
            assert (of.tens_of_thousands(first // 100) + of.hundreds(first % 100)) % MODULUS == of.hundreds(first)


def test_every_block_and_their_order_count() -> None:
    of, groups = sheet(31_415), ["50120", "92846", "13600"]
    right = tag(of, "92653", 104, groups)

    others = [
        tag(of, "92653", 105, groups),
        tag(of, "92654", 104, groups),
        tag(sheet(31_416), "92653", 104, groups),
        tag(of, "92653", 104, groups[:2]),
        tag(of, "92653", 104, [*groups, "00000"]),
        tag(of, "92653", 104, ["92846", "50120", "13600"]),
        tag(of, "92653", 104, ["00104", "00003", *groups]),
    ]
    assert right not in others


def test_a_tag_of_six_figures_is_not_written() -> None:
    for total in range(100_000, 100_003):
        with pytest.raises(TagUnwritable):
            covered(total - 1, "00001")
    assert covered(99_999, "00000") == "99999"
    assert covered(100_002, "00001") == "00000"


@pytest.mark.parametrize("r", [0, -1, 100_000, 100_003])
def test_no_sheet_of_another_secret(r: int) -> None:
    with pytest.raises(FormatError):
        sheet(r)


def test_what_is_no_block_is_refused() -> None:
    of = sheet(1)
    for serial, groups in ((0, ["00000"]), (100_000, ["00000"]), (1, []), (1, ["0000"]), (1, ["0000x"])):
        with pytest.raises(FormatError):
            tag(of, "00000", serial, groups)
    with pytest.raises(FormatError):
        tag(of, "0000", 1, ["00000"])


def test_neither_sheet_nor_column_shows_a_figure() -> None:
    of = sheet(31_415)

    assert "31415" not in repr(of)
    for taken in trace(of, 104, ["50120"]):
        assert str(taken.value) not in repr(taken)
