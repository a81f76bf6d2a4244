"""Headquarters' own codebook in a profile, and the supplement of a mission, on the terminal."""

from pathlib import Path

import pytest

from secmsg.errors import FormatError
from secmsg.manual import codebook_file, supplement
from secmsg.manual.codebook import Kind
from secmsg.manual.encoding import encode
from secmsg.station import codebooks
from tests.helpers.by_hand import two_ends
from tests.helpers.ministry import HQ, PARIS, PASSPHRASE
from tests.helpers.program import Program
from tests.helpers.small_book import small_book
from tests.helpers.world import World


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


@pytest.fixture
def at(ministry_world: World) -> tuple[str | Path, ...]:
    secret = ministry_world.root / "pass"
    secret.touch(0o600)
    secret.write_text(PASSPHRASE, encoding="utf-8")
    ministry_world.close(ministry_world.open(PARIS))
    return ("--home", ministry_world.root / "station-2", "--passphrase-file", secret)


def file_of(folder: Path, edition: int, text: str | None = None) -> Path:
    path = folder / f"so-ma-{edition}"
    path.write_text(text or codebook_file.write(small_book(edition)), "utf-8")
    return path


def test_an_own_book_is_kept_used_and_written_out(told: Program, at: tuple[str | Path, ...], tmp_path: Path) -> None:
    shipped = codebooks.load().edition

    kept = told("hand", "book", "import", *at, file_of(tmp_path, 700))
    before = told("hand", "book", "editions", *at, "--json").json
    used = told("hand", "book", "use", *at, "700")
    shown = told("hand", "book", "editions", *at)
    out = told("hand", "book", "export", *at, "--out", tmp_path / "out")

    assert kept.out == f"edition 700 is kept, {len(small_book().entries)} entries, " \
                       "not in force: `secmsg hand book use 700`\n"  # fmt: skip
    assert [(each["edition"], each["in_force"], each["shipped"]) for each in before][-2:] == [
        (shipped, True, True), (700, False, False),
    ]  # fmt: skip
    assert used.out == "edition 700 is in force\n"
    assert f"700      {len(small_book().entries)}     file     yes       Sổ mã thử" in shown.out
    assert out.code == 0
    assert (tmp_path / "out").read_text("utf-8") == codebook_file.write(small_book(700))
    assert told("hand", "book", "use", *at, "701").code == 67


def test_an_altered_edition_is_refused_and_the_same_one_changes_nothing(
    told: Program, at: tuple[str | Path, ...], tmp_path: Path
) -> None:
    told("hand", "book", "import", *at, file_of(tmp_path, 700))
    altered = codebook_file.write(small_book(700)).replace("\tplace\tHuế", "\tplace\tKon Tum")

    again = told("hand", "book", "import", *at, file_of(tmp_path, 700))
    other = told("hand", "book", "import", *at, file_of(tmp_path, 700, altered))
    ours = told("hand", "book", "import", *at, file_of(tmp_path, codebooks.load().edition))
    broken = told("hand", "book", "import", *at, file_of(tmp_path, 701, altered.replace("\tplace\t", "\ttown\t", 1)))

    assert again.code == 0
    assert other.code == 66
    assert ours.code == 66
    assert broken.code == 20
    assert "line" in broken.err
    assert told("hand", "book", "editions", *at, "--json").json[-1]["edition"] == 700


def test_a_supplement_is_written_put_in_force_and_superseded(
    told: Program, at: tuple[str | Path, ...], tmp_path: Path
) -> None:
    words = ("hand", "book", "supplement")

    nothing = told(*words, "list", *at)
    early = told(*words, "issue", *at)
    none = told(*words, "export", *at, "--out", tmp_path / "early")
    first = told(*words, "put", *at, "9900", "sân", "bay", "Nội", "Bài")
    told(*words, "put", *at, "9901", "thuỷ điện")
    told(*words, "issue", *at)
    told(*words, "export", *at, "--out", tmp_path / "issue-1")
    removed = told(*words, "put", *at, "--remove", "9901")
    missing = told(*words, "put", *at, "--remove", "9950")
    wrong = told(*words, "put", *at, "9000", "Huế")
    unclear = told(*words, "put", *at, "9902")
    told(*words, "issue", *at)
    shown = told(*words, "list", *at)
    as_json = told(*words, "list", *at, "--json").json
    old = told("hand", "book", "export", *at, "--issue", "1", "--out", tmp_path / "old")
    gone = told("hand", "book", "export", *at, "--issue", "9", "--out", tmp_path / "gone")

    assert nothing.out == "no supplement\n"
    assert (early.code, none.code) == (80, 67)
    assert first.out == "issue 1 of the supplement, 1 words, being written\n"
    assert removed.out == "issue 2 of the supplement, 1 words, being written\n"
    assert (missing.code, wrong.code, unclear.code) == (67, 20, 2)
    assert "issue 1: in force since" in shown.out
    assert "superseded\n  9900  sân bay Nội Bài\n  9901  thủy điện\n" in shown.out
    assert [(each["issue"], each["current"], len(each["entries"])) for each in as_json] == [(2, True, 1), (1, False, 2)]
    assert (old.code, gone.code) == (0, 67)
    assert "9901\tsupplement\tthủy điện" in (tmp_path / "old").read_text("utf-8")


def test_the_other_office_takes_an_issue_and_encodes_with_it(
    told: Program, at: tuple[str | Path, ...], ministry_world: World, tmp_path: Path
) -> None:
    headquarters = ministry_world.open(HQ).station
    headquarters.codebooks.put("9900", "sân bay Nội Bài", PARIS.id)
    headquarters.codebooks.issue(PARIS.id)
    file = supplement.write(headquarters.codebooks.current(PARIS.id))
    (tmp_path / "issue").write_text(file, "utf-8")
    take = ("hand", "book", "supplement", "import", *at, "--peer", "1")

    taken = told(*take, tmp_path / "issue")
    again = told(*take, tmp_path / "issue")
    (tmp_path / "issue").write_text(file.replace("Nội Bài", "Gia Lâm"), "utf-8")
    older = told(*take, tmp_path / "issue")

    assert taken.out == "issue 1 of the supplement, 1 words, in force\n"
    assert (again.code, older.code) == (0, 80)
    paris = ministry_world.open(PARIS).station
    here, there = paris.codebooks.book(peer=1), headquarters.codebooks.book(peer=PARIS.id)
    assert here == there
    assert encode("Sân bay Nội Bài", here).codes == ("9900",)
    assert Kind.SUPPLEMENT not in paris.codebooks.book().by_kind
    paris.codebooks.put("9901", "cảng")
    paris.codebooks.issue()
    assert paris.codebooks.book(peer=77).by_code["9901"].text == "cảng"


def test_a_cable_by_hand_in_an_own_edition_is_read_when_that_edition_comes(tmp_path: Path) -> None:
    with two_ends(tmp_path) as ends:
        paris, headquarters = ends.paris.station, ends.hq.station
        paris.codebooks.keep(codebook_file.write(small_book(700)))
        paris.codebooks.use(700)
        paris.codebooks.put("9900", "chỉ đạo", HQ.id)
        paris.codebooks.issue(HQ.id)

        made = ends.release()
        with pytest.raises(FormatError, match="edition 700 of the codebook is not here"):
            ends.take(made.message)
        headquarters.codebooks.keep(codebook_file.write(small_book(700)))
        headquarters.codebooks.take(supplement.write(paris.codebooks.current(HQ.id)), PARIS.id)
        (row,) = headquarters.hand.worksheets()
        taken = headquarters.hand.receive(row.worksheet)

        assert taken.cable_id == made.released.cable_id
        assert headquarters.read(taken.cable_id).cable.body == made.text
