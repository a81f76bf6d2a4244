"""The public tables: what is printed is what the program computes, on two leaves with their own typefaces."""

import re
from collections.abc import Callable

from secmsg import digits
from secmsg.papers import tables
from secmsg.papers.steps import DECIPHER, ENCIPHER
from tests.helpers import papers

VALUES: tuple[Callable[[int, int], int], ...] = (
    lambda row, column: digits.damm((column,), row),
    lambda row, column: (row + column) % 10,
    lambda row, column: (row - column) % 10,
)


def test_the_printed_tables_are_those_of_the_program() -> None:
    first = papers.leaves(tables.pdf())[0]

    rows = re.findall(r"(?m)^\d(?: \d){10}$", first)

    # Each row: its name and ten figures.
    assert rows == [
        " ".join((f"{row}", *(f"{value(row, column)}" for column in range(10))))
        for value in VALUES
        for row in range(10)
    ]
    assert re.findall(r"(?m)^0 1 2 3 4 5 6 7 8 9$", first) == ["0 1 2 3 4 5 6 7 8 9"] * 3


def test_every_step_stands_on_the_sheet_in_both_languages() -> None:
    printed = papers.words(tables.pdf())

    for vi, en in (*ENCIPHER, *DECIPHER):
        assert vi in printed
        assert en in printed


def test_the_examples_are_right() -> None:
    printed = papers.words(tables.pdf())

    assert "5012 (0): 0 → 9 → 2 → 2 → 0; 50120" in printed
    assert digits.damm((5, 0, 1, 2)) == 0
    assert "1843 + 4279 = 5012" in printed


def test_the_sheet_is_two_leaves_a4_with_typefaces_of_its_own_inside_the_margins() -> None:
    pdf = tables.pdf()

    assert len(papers.leaves(pdf)) == 2
    assert papers.sizes(pdf) == {papers.A4}
    assert all("+" in name for name in papers.used_typefaces(pdf))
    assert papers.out_of_leaf(pdf) == 0
    assert pdf == tables.pdf()
