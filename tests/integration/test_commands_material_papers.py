"""`secmsg hand print` of the ledger, a book's pages and a record of destruction: what the register says, on paper."""

import stat
from pathlib import Path

import pytest

from secmsg.office.materials import Act, Direction, Item
from secmsg.station import material_ledger, pad_drawing
from secmsg.station.station import Station
from secmsg.store import materials as rows
from tests.helpers import papers
from tests.helpers.ministry import HQ, PARIS, PASSPHRASE
from tests.helpers.program import Program
from tests.helpers.world import World


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


def by(world: World, number: int) -> tuple[str | Path, ...]:
    secret = world.root / "pass"
    if not secret.exists():
        secret.touch(0o600)
        secret.write_text(PASSPHRASE, encoding="utf-8")
    return ("--home", world.root / f"station-{number}", "--passphrase-file", secret)


def drawn(station: Station, *, training: bool = False) -> Item:
    return pad_drawing.draw(station.desk, HQ.id, Direction.OUT, 30, training=training)[0]


def test_the_ledger_the_pages_and_the_record_are_printed_from_the_register(
    told: Program, ministry_world: World, tmp_path: Path
) -> None:
    paris = ministry_world.open(PARIS)
    book = drawn(paris.station)
    figures = rows.figures(paris.station.desk.db, book.number, book.first)
    with paris.station.desk.db.transaction():
        material_ledger.enter(paris.station.desk, book, Act.SEALED, second="Phạm Văn Cường", note="phong bì 0412")
    ministry_world.close(paris)
    made = {name: tmp_path / f"{name}.pdf" for name in ("ledger", "pages", "record")}

    runs = (
        told("hand", "print", "ledger", *by(ministry_world, 2), "--out", made["ledger"]),
        told("hand", "print", "pages", *by(ministry_world, 2), "--out", made["pages"], f"{book.number}"),
        told(
            "hand", "print", "destruction", *by(ministry_world, 2), "--out", made["record"], "--item",
            f"{book.number}:1-12", "--person", "Lê Thị Bình=Cán bộ cơ yếu", "--person", "Phạm Văn Cường", "--method",
            "đốt", "--at", "2026-11-26T16:20+01:00", "--place", "Paris", "--basis", "Điều 12", "--number", "07/BB",
        ),
    )  # fmt: skip

    assert [(run.code, run.err) for run in runs] == [(0, "")] * 3
    words = {name: papers.words(path.read_bytes()) for name, path in made.items()}
    assert "niêm phong / sealed" in words["ledger"]
    assert "Phạm Văn Cường" in words["ledger"]
    assert "+02:00" in words["ledger"]
    assert words["pages"].count("00013") == 1
    assert f"{book.number} {book.title} {book.edition} 1/2 00013–00125" in words["record"]
    assert "26/11/2026 16:20 +01:00" in words["record"]
    assert figures is not None
    assert not any(figures[:4] in each and figures[4:8] in each and figures[8:12] in each for each in words.values())
    assert {stat.S_IMODE(path.stat().st_mode) for path in made.values()} == {0o600}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--item", "99"), 67),
        (("--item", "1:1-31"), 80),
        (("--item", "1:12-1"), 2),
        (("--item", "x"), 2),
        (("--person", " "), 2),
        (("--person", "A"), 20),
        (("--training", "--item", "1"), 80),
    ],
)
def test_a_record_of_what_is_not_there_is_refused_and_leaves_no_file(
    told: Program, ministry_world: World, tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    paris = ministry_world.open(PARIS)
    assert drawn(paris.station).number == 1
    ministry_world.close(paris)
    out = tmp_path / "record.pdf"

    run = told("hand", "print", "destruction", *by(ministry_world, 2), "--out", out, *words)

    assert run.code == code
    assert not out.exists()


def test_training_has_a_ledger_of_its_own(told: Program, ministry_world: World, tmp_path: Path) -> None:
    paris = ministry_world.open(PARIS)
    book = drawn(paris.station, training=True)
    ministry_world.close(paris)

    for name, options in (("live", ()), ("training", ("--training",))):
        out = tmp_path / f"{name}.pdf"
        assert told("hand", "print", "ledger", *by(ministry_world, 2), "--out", out, *options).code == 0
        assert (book.title in papers.words(out.read_bytes())) is (name == "training")


def test_an_item_without_pages_has_no_list(told: Program, ministry_world: World, tmp_path: Path) -> None:
    ministry_world.close(ministry_world.open(PARIS))

    run = told("hand", "print", "pages", *by(ministry_world, 2), "--out", tmp_path / "pages.pdf", "7")

    assert run.code == 67
