"""`secmsg hand print` of the ledger, a book's pages and a record of destruction: what the register says, on paper."""

import errno
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.errors import NotAllowed
from secmsg.office.materials import Act, Direction, Item
from secmsg.office.printing import Printing
from secmsg.station import material_ledger, pad_drawing
from secmsg.station.pads import page_of
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


@pytest.fixture
def paris(ministry_world: World) -> Iterator[Station]:
    office = ministry_world.open(PARIS)
    yield office.station
    ministry_world.close(office)


def printed_notes(station: Station) -> list[tuple[int, str]]:
    lines = [each.line for each in material_ledger.lines(station.desk)]
    return [(line.item, line.note) for line in lines if line.act is Act.PRINTED]


def test_a_book_is_printed_for_both_ends_with_its_class_in_the_ledger(
    told: Program, ministry_world: World, tmp_path: Path
) -> None:
    office = ministry_world.open(PARIS)
    book = drawn(office.station)
    held = [page_of(book.first + at, rows.figures(office.station.desk.db, book.number, book.first + at) or "")
            for at in range(30)]  # fmt: skip
    ministry_world.close(office)
    pages, sheets = tmp_path / "pages.pdf", tmp_path / "sheets.pdf"

    run = told(
        "hand", "print", "pad", *by(ministry_world, 2), "--out", pages, "--sheets", sheets, "--class", "offline",
        f"{book.number}",
    )  # fmt: skip

    assert run.code == 0, run.err
    assert "leaves   the printer's memory" in run.err
    assert papers.count(pages.read_bytes()) == 2 * 31
    for copy, direction, start in ((1, "ĐI", 0), (2, "ĐẾN", 31)):
        cover, *leaves = papers.leaves(pages.read_bytes(), start, start + 1, start + 30)
        assert f"{copy}/2" in cover
        for page, leaf in zip((held[0], held[29]), leaves, strict=True):
            assert leaf.count(f"bản {copy}/2 · {direction}") == 2
            groups = re.findall(r"(?m)^\d{4}(?: \d{4}){9}$", leaf)
            assert " ".join(groups).split() == list(page.keys)
    assert papers.sizes(sheets.read_bytes()) == {papers.A4_WIDE}
    assert papers.count(sheets.read_bytes()) == 2 * 2 * 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in (pages, sheets)} == {0o600}
    office = ministry_world.open(PARIS)
    assert printed_notes(office.station) == [(1, "offline"), (2, "offline")]
    ministry_world.close(office)


def test_a_second_printing_is_refused_without_a_reason_and_recorded_with_one(paris: Station) -> None:
    book = drawn(paris)
    paris.papers.book(book.number, Printing.STICK)

    with pytest.raises(NotAllowed, match="third copy"):
        paris.papers.book(book.number, Printing.STICK, reason="  ")
    again = paris.papers.book(book.number, Printing.ORDINARY, reason="kẹt giấy  ở trang 12", small=True)
    sheets = paris.papers.sheets(book.number, Printing.ORDINARY, reason="bảng in mờ")

    assert papers.sizes(again.sheets) == {papers.A5}
    assert papers.sizes(sheets) == {papers.A4_WIDE}
    assert [note for item, note in printed_notes(paris) if item == book.number] == [
        "stick",
        "ordinary; again: kẹt giấy ở trang 12",
        "ordinary; again: bảng in mờ; authentication sheets alone",
    ]


def test_sheets_are_printed_once_more_by_command(told: Program, ministry_world: World, tmp_path: Path) -> None:
    office = ministry_world.open(PARIS)
    book = drawn(office.station)
    office.station.papers.book(book.number, Printing.OFFLINE)
    ministry_world.close(office)
    words = ("hand", "print", "sheet", *by(ministry_world, 2), "--class", "offline", "--a5", f"{book.number}")

    refused = told(*words, "--out", tmp_path / "none.pdf")
    done = told(*words, "--out", tmp_path / "sheets.pdf", "--reason", "in mờ")

    assert (refused.code, done.code) == (80, 0)
    assert "whoever has such a file has the keys" in done.err
    assert papers.sizes((tmp_path / "sheets.pdf").read_bytes()) == {papers.A5}


def test_sheets_alone_are_not_printed_before_their_book_nor_without_a_reason(paris: Station) -> None:
    book = drawn(paris)

    with pytest.raises(NotAllowed, match="with it"):
        paris.papers.sheets(book.number, Printing.STICK, reason="vội")
    paris.papers.book(book.number, Printing.STICK)
    with pytest.raises(NotAllowed, match="third copy"):
        paris.papers.sheets(book.number, Printing.STICK, reason="")

    assert [note for _, note in printed_notes(paris)] == ["stick", "stick"]


def test_a_book_that_left_its_maker_or_is_not_held_whole_is_printed_no_more(paris: Station) -> None:
    sealed, erased = drawn(paris), drawn(paris)
    paris.pads.act(sealed.number, Act.SEALED, second="Phạm Văn Cường")
    paris.papers.book(erased.number, Printing.OFFLINE)
    paris.pads.erase(erased.number)

    for number in (sealed.number, erased.number, erased.number + 1):
        with pytest.raises(NotAllowed):
            paris.papers.book(number, Printing.OFFLINE, reason="in thêm")

    assert len(printed_notes(paris)) == 2


def test_on_paper_only_the_figures_leave_the_store_after_the_files_are_written(
    told: Program, ministry_world: World, tmp_path: Path
) -> None:
    office = ministry_world.open(PARIS)
    book = drawn(office.station)
    ministry_world.close(office)
    sheets = tmp_path / "sheets.pdf"
    sheets.write_bytes(b"another")
    words = ("hand", "print", "pad", *by(ministry_world, 2), "--class", "offline", "--paper-only", f"{book.number}")

    refused = told(*words, "--out", tmp_path / "pages.pdf", "--sheets", sheets)
    sheets.unlink()
    done = told(*words, "--out", tmp_path / "pages.pdf", "--sheets", sheets)

    assert (refused.code, done.code) == (66, 0)
    office = ministry_world.open(PARIS)
    assert rows.figures(office.station.desk.db, book.number, book.first) is None
    assert [note for _, note in printed_notes(office.station)] == ["offline", "offline"]
    ministry_world.close(office)


def test_a_disk_that_is_full_costs_a_printing_and_no_figure(
    told: Program, ministry_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = ministry_world.open(PARIS)
    book = drawn(office.station)
    ministry_world.close(office)
    pages, sheets, sync = tmp_path / "pages.pdf", tmp_path / "sheets.pdf", os.fsync

    def full(handle: int) -> None:
        if Path(f"/proc/self/fd/{handle}").readlink() == pages:
            raise OSError(errno.ENOSPC, "no space left")
        sync(handle)

    monkeypatch.setattr(os, "fsync", full)
    run = told(
        "hand", "print", "pad", *by(ministry_world, 2), "--class", "offline", "--paper-only", "--out", pages,
        "--sheets", sheets, f"{book.number}",
    )  # fmt: skip

    assert run.code == 68
    assert not pages.exists()
    assert not sheets.exists()
    office = ministry_world.open(PARIS)
    assert rows.figures(office.station.desk.db, book.number, book.first) is not None
    assert [note for _, note in printed_notes(office.station)] == ["offline", "offline"]
    ministry_world.close(office)


def test_a_challenge_list_is_printed_for_both_ends_once(told: Program, ministry_world: World, tmp_path: Path) -> None:
    office = ministry_world.open(PARIS)
    item, _ = office.station.pads.draw_list(HQ.id, Direction.OUT, 40)
    lines = rows.lines(office.station.desk.db, item.number)
    ministry_world.close(office)
    words = ("hand", "print", "challenges", *by(ministry_world, 2), "--class", "stick", f"{item.number}")

    done = told(*words, "--out", tmp_path / "list.pdf")
    refused = told(*words, "--out", tmp_path / "again.pdf")

    assert (done.code, refused.code) == (0, 80)
    assert not (tmp_path / "again.pdf").exists()
    leaves = papers.leaves((tmp_path / "list.pdf").read_bytes())
    assert len(leaves) == 2
    for leaf in leaves:
        flowing = " ".join(leaf.split())
        assert all(f"{each.number} {each.challenge} {each.reply}" in flowing for each in lines)


def test_a_training_book_is_marked_on_every_leaf(paris: Station) -> None:
    book = drawn(paris, training=True)

    made = paris.papers.book(book.number, Printing.ORDINARY)

    printed = (*papers.quick_leaves(made.pages), *papers.quick_leaves(made.sheets))
    assert all("HUẤN LUYỆN" in leaf for leaf in printed)
