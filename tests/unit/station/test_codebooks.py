"""The codebook that comes with the program is whole, and a person finds a phrase in it without its marks."""

from pathlib import Path

import pytest

from secmsg.errors import NotFound, StoreDamaged
from secmsg.manual import codebook_file
from secmsg.station import codebooks
from tests.helpers.small_book import small_book

BOOK = small_book()


def texts(wanted: str) -> list[str]:
    return [entry.text for entry in codebooks.find(BOOK, wanted)]


def test_the_newest_edition_comes_without_a_number() -> None:
    editions = codebooks.shipped()

    assert editions
    assert codebooks.load().edition == editions[-1]
    assert codebooks.load(editions[0]).edition == editions[0]
    with pytest.raises(NotFound, match="edition 9999"):
        codebooks.load(9999)


def test_a_phrase_is_found_by_how_its_words_begin_without_marks() -> None:
    assert texts("dai su") == ["đại sứ", "đại sứ quán"]
    assert texts("Đại S") == ["đại sứ", "đại sứ quán"]
    assert texts("ngoai giao") == ["Bộ Ngoại giao"]
    assert texts("v.v") == ["v.v."]
    assert texts("xyzzy") == texts(" ") == []
    assert texts("stop") == []
    assert texts("1000") == ["an"]
    assert len(texts("n")) < codebooks.MAX_FOUND


def test_codes_are_looked_up() -> None:
    assert [entry.text for entry in codebooks.select(BOOK, ["1000", "0023"])] == ["an", "23"]
    with pytest.raises(NotFound, match="8999"):
        codebooks.select(BOOK, ["8999"])


@pytest.mark.parametrize("content", [b"\xff", codebook_file.write(small_book(8)).encode()])
def test_a_file_that_is_not_the_edition_of_its_name_is_damage(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "edition-77.tsv").write_bytes(content)
    monkeypatch.setattr(codebooks, "FOLDER", tmp_path)

    with pytest.raises(StoreDamaged, match="edition"):
        codebooks.load(77)


def test_a_program_without_its_books_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codebooks, "FOLDER", tmp_path / "nothing")

    with pytest.raises(StoreDamaged):
        codebooks.load()
