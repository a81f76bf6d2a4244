"""The ledger, the list of pages and the record of destruction: all that the register says, and places to sign."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from secmsg.errors import FormatError
from secmsg.office.ledger import Line
from secmsg.office.materials import Act, Kind
from secmsg.papers import destruction, ledgers
from secmsg.papers.destruction import Destroyed, Record
from tests.helpers import papers

OFFICE = "Đại sứ quán Việt Nam tại Cộng hòa Pháp"
USED = Line(
    1_795_708_800, Act.USED, 17, Kind.PAD, "TK PARIS-HA NOI", 3, 1, 42, 43, 220, "26 PARIS 045", "Lê Thị Bình",
    "Phạm Văn Cường", "két số 2", "hai trang",
)  # fmt: skip
RECORD = Record(
    OFFICE,
    "07/BB",
    "26/11/2026 16:20 (UTC+01:00, Paris)",
    "Phòng cơ yếu",
    (("Lê Thị Bình", "Cán bộ cơ yếu"), ("Phạm Văn Cường", "Bí thư thứ hai")),
    "Quy chế, Điều 12",
    "Đốt, khuấy tro",
    (Destroyed("17", "TK PARIS-HA NOI", "3", "1/2", "0042–0043", "2", "26 PARIS 045"),),
)


def at(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%d/%m/%Y %H:%M +00:00")


def test_each_line_of_the_ledger_stands_on_the_paper_with_all_its_columns() -> None:
    printed = papers.words(ledgers.ledger_pdf(OFFICE, [(1, USED)], at))

    for words in (
        "26/11/2026 16:00 +00:00",
        "dùng cho điện / used",
        "TK PARIS-HA NOI, 3, 1",
        "0042–0043",
        "00220 26 PARIS 045",
        "Lê Thị Bình, Phạm Văn Cường",
        "két số 2; hai trang",
        OFFICE,
    ):
        assert words in printed


def test_every_act_has_words_in_both_languages() -> None:
    assert set(ledgers.ACTS) == set(Act)
    assert all(vi and en for vi, en in ledgers.ACTS.values())
    assert len(set(ledgers.ACTS.values())) == len(Act)


def test_a_long_ledger_loses_no_line_and_every_leaf_says_which_it_is() -> None:
    lines = [(number, replace(USED, item=number, note="ghi chú dài " * (number % 20))) for number in range(1, 101)]

    leaves = papers.leaves(ledgers.ledger_pdf(OFFICE, lines, at))

    flowing = " ".join(" ".join(leaves).split())
    assert flowing.count("26/11/2026 16:00 +00:00") == 100
    assert flowing.count("ghi chú dài") == sum(number % 20 for number in range(1, 101))
    for number, leaf in enumerate(leaves, 1):
        assert f"{number}/{len(leaves)}" in leaf
        assert "Người giữ sổ / Kept by" in leaf


def test_an_empty_ledger_is_a_leaf_that_says_whose_it_is() -> None:
    leaves = papers.leaves(ledgers.ledger_pdf(OFFICE, [], at))

    assert len(leaves) == 1
    assert OFFICE in leaves[0]


def test_the_list_of_pages_has_a_row_to_sign_for_each_page() -> None:
    rows = [(f"{page:05}", "", "", "", "", "") for page in range(1, 181)]

    pdf = ledgers.pages_pdf("TK PARIS-HA NOI 3 1/2", OFFICE, rows)

    printed = papers.words(pdf).split()
    assert [word for word in printed if word in {row[0] for row in rows}] == [row[0] for row in rows]
    assert papers.sizes(pdf) == {papers.A4}


def test_training_material_is_named_so_on_every_leaf() -> None:
    for training in (True, False):
        pdf = ledgers.ledger_pdf(OFFICE, [(1, USED)], at, training=training)
        assert all(("HUẤN LUYỆN" in leaf) is training for leaf in papers.leaves(pdf))


def test_the_record_says_who_why_what_how_when_and_where() -> None:
    printed = papers.words(destruction.pdf(RECORD))

    for words in (
        "BIÊN BẢN TIÊU HỦY",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        RECORD.at,
        RECORD.place,
        "Lê Thị Bình, Cán bộ cơ yếu",
        "Phạm Văn Cường, Bí thư thứ hai",
        RECORD.basis,
        "17 TK PARIS-HA NOI 3 1/2 0042–0043 2 26 PARIS 045",
        RECORD.method,
    ):
        assert words in printed
    assert printed.count("Ký / Signed") == 2


@pytest.mark.parametrize("count", [0, 1, 4])
def test_a_record_is_signed_by_two_or_three(count: int) -> None:
    with pytest.raises(FormatError):
        destruction.pdf(replace(RECORD, people=RECORD.people[:1] * count))


@pytest.mark.parametrize("count", [13, 17, 18, 19, 20, 30, 90])
def test_a_list_of_any_length_is_whole_and_the_signatures_stand_on_the_last_leaf(count: int) -> None:
    items = tuple(replace(RECORD.items[0], register=f"{number:04}") for number in range(1000, 1000 + count))

    pdf = destruction.pdf(replace(RECORD, items=items))

    leaves = papers.leaves(pdf)
    printed = papers.words(pdf).split()
    assert [word for word in printed if word in {item.register for item in items}] == [item.register for item in items]
    assert ["Ký / Signed" in leaf for leaf in leaves] == [False] * (len(leaves) - 1) + [True]
    assert all(f"{number}/{len(leaves)}" in leaf for number, leaf in enumerate(leaves, 1))
    assert papers.out_of_leaf(pdf) == 0


def test_a_blank_record_has_rows_for_the_pencil() -> None:
    blank = replace(RECORD, number="", at="", place="", people=(("", ""),) * 3, basis="", method="", items=())

    printed = papers.words(destruction.pdf(blank))

    assert printed.count("Ký / Signed") == 3
    assert "None" not in printed
