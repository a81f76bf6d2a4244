"""The codebook that is shipped is what its sources give, and a wrong source is refused by its line."""

import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from secmsg.manual import codebook_file
from secmsg.manual.changes import ChangeKind
from secmsg.manual.codebook import Kind
from secmsg.manual.decoding import decode
from secmsg.manual.encoding import Capitals, encode
from secmsg.station import codebooks
from tests.helpers.untraced import untraced

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "resources" / "codebook"
FILE = FOLDER / "edition-01.tsv"


def build(sources: Path = FOLDER / "sources", book: Path = FILE) -> subprocess.CompletedProcess[str]:
    script = ROOT / "packaging" / "codebook.py"
    return subprocess.run(
        [sys.executable, script, "--check", "--sources", sources, "--book", book],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def test_the_sources_give_the_book() -> None:
    done = build()

    assert (done.returncode, done.stdout) == (0, "")


def test_the_book_has_what_was_promised() -> None:
    book = codebook_file.parse(FILE.read_text("utf-8"))

    assert book.edition == 1
    assert "CC BY-SA 4.0" in book.licence
    assert len(book.by_kind[Kind.SYLLABLE]) == 3_600
    assert len(book.by_kind[Kind.PHRASE]) >= 4_300
    texts = {entry.text for entry in book.entries}
    assert {"Việt Nam", "Hà Nội", "Đắk Lắk", "Bộ Ngoại giao", "ASEAN", "lộ khóa", "bảo hộ công dân"} <= texts


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("syllables.txt", "strong", "syllables.txt 4693: 'strong' is no syllable"),
        ("syllables.txt", "của", "syllables.txt 4693: 'của' stands in syllables.txt"),
        ("phrases.txt", "bộ ngoại giao", "'bộ ngoại giao' stands in organisations.txt"),
        ("phrases.txt", "hoà bình mới", "the book writes 'hòa bình mới'"),
        ("phrases.txt", "tie\u0302\u0301n", "not composed"),
        ("places.txt", "Nơi\u200bnào", "a character that cannot be carried"),
        ("measures.tsv", "USD", "expected are a kind, a tab, a text"),
    ],
)
def test_a_wrong_source_is_refused_by_its_line(name: str, line: str, said: str, tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    shutil.copytree(FOLDER / "sources", sources)
    with (sources / name).open("a", encoding="utf-8") as source:
        source.write(line + "\n")

    done = build(sources)

    assert done.returncode == 1
    assert said in done.stdout


def test_a_book_that_is_another_one_is_told(tmp_path: Path) -> None:
    other = tmp_path / "edition-01.tsv"
    other.write_text(FILE.read_text("utf-8").replace("\tViệt Nam\n", "\tViệt nam\n"), "utf-8")

    done = build(book=other)

    assert done.returncode == 1
    assert "is not what its sources give" in done.stdout


def lists(texts: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Cut texts into lists that a cable could hold."""
    every = tuple(texts)
    for start in range(0, len(every), 300):
        yield every[start : start + 300]


@untraced
def test_every_attested_syllable_comes_back_whether_it_is_in_the_book_or_spelled() -> None:
    book = codebooks.load(1)
    lines = (FOLDER / "sources" / "syllables.txt").read_text("utf-8").splitlines()
    syllables = [line for line in lines if not line.startswith("#")]
    spelled = 0

    for some in lists(syllables):
        text = "1; " + "; ".join(some)
        made = encode(text, book, capitals=Capitals.ALL)
        spelled += sum(segment.kind is Kind.SPELL for segment in made.segments)
        assert (decode(made.codes, book), made.changes) == (text, ())

    assert len(syllables) > 4_600
    assert spelled > 500


def test_every_entry_is_found_as_one_group() -> None:
    book = codebooks.load(1)
    kinds = (Kind.SYLLABLE, Kind.PHRASE, Kind.PLACE, Kind.ORGANISATION)
    words = [entry for kind in kinds for entry in book.by_kind[kind] if entry.text[0].isalpha()]

    for some in lists(f"{entry.code} {entry.text}" for entry in words):
        codes = {each.split(" ", 1)[1]: each.split(" ", 1)[0] for each in some}
        made = encode("1; " + "; ".join(codes), book)
        found = {segment.text: segment.codes for segment in made.segments if segment.kind in kinds}
        assert {text: (code,) for text, code in codes.items()} == found


def test_cables_come_back_and_stay_short() -> None:
    book = codebooks.load(1)
    texts = (FOLDER / "texts" / "cables-vi.txt").read_text("utf-8").split("\n%\n")[::4]

    made = [encode(text, book) for text in texts]

    assert [decode(each.codes, book) for each in made] == [each.text for each in made]
    assert {change.kind for each in made for change in each.changes} <= {ChangeKind.CAPITALS, ChangeKind.SIGNS}
    assert 100 * sum(len(each.codes) for each in made) / sum(each.words for each in made) < 72
