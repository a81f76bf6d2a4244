"""The card of emergencies: ten texts of at most ten groups each, that come back as they stand on it."""

from pathlib import Path

import pytest

from secmsg.errors import FormatError, NotFound, StoreDamaged
from secmsg.manual.decoding import decode
from secmsg.station import codebooks, emergency_card
from tests.helpers.small_book import small_book

FILE = (emergency_card.FOLDER / "card-01.tsv").read_text("utf-8")


def test_ten_emergencies_take_ten_groups_at_most_and_come_back() -> None:
    book = codebooks.load(1)

    lines = emergency_card.card(book)

    assert [line.number for line in lines] == list(range(1, 11))
    assert all(1 <= len(line.codes) <= 10 for line in lines)
    assert [decode(line.codes, book) for line in lines] == [line.text for line in lines]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Đã tiêu hủy toàn bộ", "Đã tiêu hủy toàn bộ, lúc 5 giờ 17 phút,", "line 7: .* groups, allowed are 10"),
        ("Đã rời trụ sở", "Đã rời Trụ sở", "line 4: the codes would change the text"),
        ("\n2\t", "\n3\t", "line 5: expected are 2"),
        ("\n10\t", "\n", "line 13: expected are 10"),
        ("# edition: 1", "# edition: 2", "a card of edition 1"),
        ("\n10\tĐường dây", "\n9\tĐường dây\n10\tĐường dây", "a card of edition 1"),
    ],
)
def test_a_card_that_is_not_right_is_refused_by_its_line(before: str, after: str, said: str) -> None:
    assert before in FILE

    with pytest.raises(FormatError, match=said):
        emergency_card.parse(FILE.replace(before, after, 1), codebooks.load(1))


def test_an_edition_without_a_card_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no card"):
        emergency_card.card(small_book(), tmp_path)


def test_a_damaged_card_is_named_and_not_shown(tmp_path: Path) -> None:
    book = codebooks.load(1)
    (tmp_path / "card-01.tsv").write_bytes(b"\xff")

    with pytest.raises(StoreDamaged, match="cannot be read"):
        emergency_card.card(book, tmp_path)

    (tmp_path / "card-01.tsv").write_text("nothing\n", "utf-8")

    with pytest.raises(StoreDamaged, match="a card of edition 1"):
        emergency_card.card(book, tmp_path)
