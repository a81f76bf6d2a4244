"""`secmsg hand print`: papers as files for their owner alone, never over another, with what their printing leaves."""

import stat
from pathlib import Path

import pytest

from secmsg.manual import codebook_file
from secmsg.office.printing import TRACES, Printing
from tests.helpers import papers
from tests.helpers.program import Program
from tests.helpers.small_book import small_book


@pytest.fixture
def secmsg(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.tsv"
    path.write_text(codebook_file.write(small_book()), encoding="utf-8")
    return path


def test_the_public_tables_are_made_without_a_store(secmsg: Program, tmp_path: Path) -> None:
    out = tmp_path / "tables.pdf"

    told = secmsg("hand", "print", "tables", "--out", out)

    assert (told.code, told.err) == (0, "")
    assert papers.sizes(out.read_bytes()) == {papers.A4}
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_codebook_is_printed_whole_small_or_its_supplement_alone(secmsg: Program, tmp_path: Path, book: Path) -> None:
    made = {name: tmp_path / f"{name}.pdf" for name in ("whole", "small", "part")}

    for name, options in (("whole", ()), ("small", ("--a5",)), ("part", ("--supplement",))):
        told = secmsg("hand", "print", "book", "--out", made[name], "--class", "offline", *options, "--book", book)
        assert told.code == 0, told.err

    assert papers.sizes(made["whole"].read_bytes()) == {papers.A4}
    assert papers.sizes(made["small"].read_bytes()) == {papers.A5}
    assert len(papers.leaves(made["part"].read_bytes())) == 1


@pytest.mark.parametrize("printing", list(Printing))
def test_what_a_class_of_printing_leaves_behind_is_said(
    secmsg: Program, tmp_path: Path, book: Path, printing: Printing
) -> None:
    out = tmp_path / "book.pdf"

    told = secmsg("hand", "print", "book", "--out", out, "--class", printing.name.lower(), "--book", book)

    assert told.err.count("leaves   ") == len(TRACES[printing]) >= 3
    assert "no trace" not in told.err + told.out


def test_without_its_class_nothing_of_a_codebook_is_made(secmsg: Program, tmp_path: Path, book: Path) -> None:
    out = tmp_path / "book.pdf"

    told = secmsg("hand", "print", "book", "--out", out, "--book", book)

    assert told.code == 2
    assert not out.exists()


def test_a_program_is_told_the_file_as_json(secmsg: Program, tmp_path: Path, book: Path) -> None:
    out = tmp_path / "book.pdf"

    told = secmsg("hand", "print", "book", "--out", out, "--class", "stick", "--book", book, "--json")

    assert told.json == {"paper": str(out)}


def test_a_file_that_is_there_stays_as_it_is(secmsg: Program, tmp_path: Path) -> None:
    out = tmp_path / "tables.pdf"
    out.write_bytes(b"another")

    told = secmsg("hand", "print", "tables", "--out", out)

    assert told.code == 66
    assert out.read_bytes() == b"another"


def test_a_codebook_that_is_none_leaves_no_file(secmsg: Program, tmp_path: Path, book: Path) -> None:
    book.write_text("code\ttext\n", encoding="utf-8")

    told = secmsg("hand", "print", "book", "--out", tmp_path / "book.pdf", "--class", "stick", "--book", book)

    assert told.code == 20
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.tsv"]


def test_a_blank_worksheet_is_made_for_one_or_two_and_either_direction(secmsg: Program, tmp_path: Path) -> None:
    made = {name: tmp_path / f"{name}.pdf" for name in ("one", "two")}

    runs = (
        secmsg("hand", "print", "worksheet", "--out", made["one"]),
        secmsg(
            "hand", "print", "worksheet", "--out", made["two"], "--decipher", "--groups", "121", "--persons", "2",
            "--tags", "2", "--training",
        ),
    )  # fmt: skip

    assert [run.code for run in runs] == [0, 0]
    one, two = (papers.leaves(made[name].read_bytes()) for name in ("one", "two"))
    assert (len(one), len(two)) == (3, 3 + 2 * 4)
    assert "Worksheet: encipher" in one[0]
    assert "Worksheet: decipher" in two[0]
    assert all("HUẤN LUYỆN" in leaf for leaf in two)


def test_a_worksheet_beyond_the_longest_message_is_refused(secmsg: Program, tmp_path: Path) -> None:
    told = secmsg("hand", "print", "worksheet", "--out", tmp_path / "sheet.pdf", "--groups", "961")

    assert told.code == 20
    assert list(tmp_path.iterdir()) == []


def test_the_card_and_the_syllabary_are_made_without_a_store(secmsg: Program, tmp_path: Path) -> None:
    card, syllabary = tmp_path / "card.pdf", tmp_path / "syllabary.pdf"

    runs = (
        secmsg("hand", "print", "card", "--out", card),
        secmsg("hand", "print", "syllabary", "--class", "stick", "--out", syllabary),
        secmsg("hand", "print", "card", "--edition", "9999", "--out", tmp_path / "none.pdf"),
    )

    assert [run.code for run in runs] == [0, 0, 67]
    assert (papers.count(card.read_bytes()), papers.count(syllabary.read_bytes())) == (1, 2)
    assert not (tmp_path / "none.pdf").exists()
