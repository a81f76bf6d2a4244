"""A codebook's file is read as written or refused by its line; every book can spell any text."""

import re
from dataclasses import replace

import pytest

from secmsg.errors import FormatError
from secmsg.manual import codebook_file
from secmsg.manual.codebook import RANGES, Entry, Kind
from tests.helpers.small_book import small_book

FILE = codebook_file.write(small_book())


def test_a_file_gives_the_book_that_was_written() -> None:
    book = codebook_file.parse(FILE)

    assert book == small_book()
    assert codebook_file.write(book) == FILE
    assert book.by_code[book.code(Kind.STOP)].kind is Kind.STOP
    assert [entry.text for entry in book.by_kind[Kind.YEAR]] == ["2025", "năm 2026"]


def test_the_ranges_follow_each_other_and_leave_no_code_out() -> None:
    assert [code for each in RANGES for code in range(each.first, each.last + 1)] == list(range(10_000))
    assert {kind for each in RANGES for kind in each.kinds} == set(Kind)


def line_of(text: str) -> int:
    return FILE.split("\n").index(text) + 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# secmsg codebook 1", "# secmsg codebook 2", "line 1:"),
        ("# title: Sổ mã thử", "# title: ", "line 2:"),
        ("# title: Sổ mã thử", "# title: Sổ\u202emã", "line 2:"),
        ("# edition: 7", "# edition: 07", "line 3:"),
        ("# edition: 7", "# edition: 10000", "line 3:"),
        ("# licence: CC0-1.0\n", "", "line 4:"),
        ("code\tkind\ttext", "code kind text", "line 5:"),
        ("0001\tnumeral\t01", "0001\tnumeral", "line 7: 2 columns"),
        ("0001\tnumeral\t01", "0001\tnumeral\t01\t", "line 7: 4 columns"),
        ("0001\tnumeral\t01", "001\tnumeral\t01", "line 7: a code"),
        ("0001\tnumeral\t01", "٠٠٠١\tnumeral\t01", "line 7: a code"),
        ("0001\tnumeral\t01", "0001\tnumber\t01", "line 7: there is no kind 'number'"),
        ("0001\tnumeral\t01", "0001\tphrase\t01", "line 7: phrase does not stand at 0001"),
        ("0001\tnumeral\t01", "0001\tnumeral\t1", "line 7: '1' is not a numeral"),
        ("0001\tnumeral\t01", "0000\tnumeral\t01", "line 7: 0000 does not come after 0000"),
        ("0001\tnumeral\t01\n", "", "each numeral once, in order: 01"),
        ("0001\tnumeral\t01", "0001\tnumeral\t02", "each numeral once, in order: 01"),
        ("0002\tnumeral\t02\n0003\tnumeral\t03", "0002\tnumeral\t03\n0003\tnumeral\t02", "in order: the order"),
        ("\tstop\t«stop»", "\tcomma\t«stop»", "the sign 'stop' once, not 0 times"),
        ("\tplace\tHà Nội", "\tplace\tHuế", "'Huế' stands in line"),
        ("\tplace\tHà Nội", "\tplace\tYên Bái", "'Huế' does not come after 'Yên Bái'"),
        ("\tphrase\tbáo cáo", "\tphrase\thoà bình", "the book writes 'hòa bình'"),
        ("\tphrase\tbáo cáo", "\tphrase\tbáo  cáo", "single spaces"),
        ("\tphrase\tbáo cáo", "\tphrase\tbáo cáo ", "single spaces"),
        ("\tphrase\tbáo cáo", "\tphrase\tba\u0301o cáo", "composed"),
        ("\tphrase\tbáo cáo", "\tphrase\t", "1 to 64"),
        ("\tphrase\tbáo cáo", "\tphrase\t" + "b" * 65, "1 to 64"),
        ("\tphrase\tbáo cáo", "\tphrase\tbáo\rcáo", "printable"),
    ],
)
def test_what_is_not_right_is_refused_by_its_line(old: str, new: str, said: str) -> None:
    assert FILE.count(old) >= 1
    with pytest.raises(FormatError, match=re.escape(said)):
        codebook_file.parse(FILE.replace(old, new, 1))


def test_a_line_is_counted_from_one() -> None:
    place = line_of("9002\tplace\tPháp")

    with pytest.raises(FormatError, match=f"line {place}: there is no kind 'town'"):
        codebook_file.parse(FILE.replace("9002\tplace", "9002\ttown"))


@pytest.mark.parametrize("text", ["", "\n", "x" * 2_000_001, FILE.replace("\n", "\r\n"), "\ufeff" + FILE, FILE + "\n"])
def test_other_files_are_refused(text: str) -> None:
    with pytest.raises(FormatError):
        codebook_file.parse(text)


def test_a_supplement_takes_the_place_of_the_one_before() -> None:
    first = codebook_file.with_supplement(small_book(), (Entry("9900", "sân bay Nội Bài", Kind.SUPPLEMENT),))
    second = codebook_file.with_supplement(first, (Entry("9901", "cảng Hải Phòng", Kind.SUPPLEMENT),))

    assert first.by_code["9900"].text == "sân bay Nội Bài"
    assert "9900" not in second.by_code
    assert codebook_file.with_supplement(second, ()) == small_book()
    with pytest.raises(FormatError, match="does not stand at 6000"):
        codebook_file.with_supplement(small_book(), (Entry("6000", "cảng", Kind.SUPPLEMENT),))


def test_another_edition_is_another_book() -> None:
    assert codebook_file.parse(FILE.replace("# edition: 7", "# edition: 8")) == replace(small_book(), edition=8)
