"""A table is read whole or not at all."""

import pytest

from secmsg.errors import FormatError
from secmsg.wire import thin_table
from tests.helpers.thin_tables import TINY, vietnamese


def test_the_table_of_the_program_is_number_1_and_knows_vietnamese() -> None:
    table = vietnamese()

    assert table.number == 1
    assert {"việt", "nam", "đề", "nghị", "bộ"} <= table.index.keys()
    assert table.upper["ữ"] == "Ữ"


def test_a_word_is_looked_up_by_the_weight_below_it() -> None:
    table = thin_table.parse(TINY)

    assert table.pairs[1].before(2) == 0
    assert table.pairs[1].before(3) == table.pairs[1].before(5) == 16
    assert table.pairs[1].total == 20
    assert thin_table.Followers((), (), 1).total == 0


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("secmsg thin text table 2", "another thing"),
        ("secmsg thin text table 2", "secmsg thin text table 8"),
        ("secmsg thin text table 2", "secmsg thin text table x"),
        ("ab\nAB", "ab\nA"),
        ("ab\nAB", "aa\nAB"),
        ("ab\nAB", "ab\nAb"),
        ("words 6", "words 7"),
        ("words 6", "others 6"),
        ("words 6", "words 99999"),
        ("\\escape 4 0", "x 4 0"),
        ("\\end 4 0", "x 4 0"),
        (". 4 0", "a 4 0"),
        (". 4 0", ". 0 0"),
        (". 4 0", ". 1048577 0"),
        (". 4 0", ". 1048560 0"),
        (". 4 0", ". 4 6"),
        (". 4 0", "."),
        (". 4 0", "\\q 4 0"),
        ("1 4 2 16 5 4", "1 4 5 4 2 16"),
        ("1 4 2 16 5 4", "1 4 2 16 6 4"),
        ("1 4 2 16 5 4", "1 4 0 16 5 4"),
        ("1 4 2 16 5 4", "1 4 2 16 5"),
        ("1 4 2 16 5 4", "1 4"),
        ("1 4 2 16 5 4", "1 0 2 16 5 4"),
        ("1 4 2 16 5 4", "1 1048576 2 16 5 4"),
        ("\\w \\w 1 9", "\\w \\w 1"),
        ("\\w \\w 1 9", "\\w \\w 1 1048576"),
        ("cases 56", "cases 55"),
        ("a 5 5 3 1\n", ""),
        ("b 5 5 3 1", "a 5 5 3 1"),
        ("0 3 6 3 3 1", "0 3 5 3 3 1"),
        ("b 5 5 3 1\n", "b 5 5 3 1\n\n"),
        ("b 5 5 3 1\n", "b 5 5 3 1"),
    ],
)
def test_a_table_with_anything_wrong_is_refused(right: str, wrong: str) -> None:
    assert right in TINY

    with pytest.raises(FormatError):
        thin_table.parse(TINY.replace(right, wrong, 1))
