"""The file of a supplement gives its issue back, or is refused by its line."""

import re

import pytest

from secmsg.errors import FormatError
from secmsg.manual import codebook_file, supplement
from secmsg.manual.codebook import Entry, Kind
from secmsg.manual.encoding import encode
from secmsg.manual.supplement import Supplement
from tests.helpers.small_book import small_book

WORDS = (Entry("9900", "cảng Hải Phòng", Kind.SUPPLEMENT), Entry("9907", "an", Kind.SUPPLEMENT))
FILE = supplement.write(Supplement(3, WORDS))


def test_a_file_gives_the_issue_that_was_written() -> None:
    assert supplement.parse(FILE) == Supplement(3, WORDS)
    assert supplement.parse(supplement.write(Supplement(1, ()))) == Supplement(1, ())


def test_its_words_are_encoded_and_one_that_the_book_has_too_is_read() -> None:
    book = codebook_file.with_supplement(small_book(), WORDS)

    assert encode("Cảng Hải Phòng", book).codes == ("9900",)
    assert encode("Là an", book).codes[1] == encode("Là an", small_book()).codes[1]
    assert book.by_code["9907"].text == "an"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("supplement 1", "supplement 2", "line 1:"),
        ("# issue: 3\n", "", "line 2:"),
        ("# issue: 3", "# issue: 0", "line 2:"),
        ("\ncode\tkind\ttext\n", "\n", "line 3:"),
        ("9900\tsupplement", "9900\tphrase", "line 4: phrase does not stand at 9900"),
        ("9900\tsupplement\tcảng Hải Phòng", "9000\tplace\tHuế", "line 4: place is no entry of a supplement"),
        ("9900\tsupplement", "9899\tsupplement", "line 4: supplement does not stand at 9899"),
        ("9907", "9900", "line 5: 9900 does not come after 9900"),
        ("9907\tsupplement\tan", "9907\tsupplement\tcảng Hải Phòng", "line 5: 'cảng Hải Phòng' stands here already"),
    ],
)
def test_what_is_not_right_is_refused_by_its_line(old: str, new: str, said: str) -> None:
    with pytest.raises(FormatError, match=re.escape(said)):
        supplement.parse(FILE.replace(old, new, 1))


@pytest.mark.parametrize("text", ["", "x" * 20_000, FILE.split("\n")[0], "\n".join(FILE.split("\n")[:2])])
def test_other_files_are_refused(text: str) -> None:
    with pytest.raises(FormatError):
        supplement.parse(text)
