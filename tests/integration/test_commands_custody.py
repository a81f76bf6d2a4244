"""`secmsg custody`: an inventory over several runs of the program, an inspection by its pack, a handover, the proof."""

from pathlib import Path

import pytest

from secmsg.office.persons import Rank
from secmsg.station import person_acts
from secmsg.station.unlock import by_passphrase
from tests.helpers import papers
from tests.helpers.ministry import PARIS, PASSPHRASE
from tests.helpers.program import Program, Told
from tests.helpers.world import World

SECOND = ("--second", "Trần Thị Bình", "--title", "Đại sứ")


class Paris:
    """`secmsg custody` of one post, each call a run of its own."""

    def __init__(self, told: Program, world: World) -> None:
        self._told, self._home = told, world.root / f"station-{PARIS.id}"
        self._secret = world.root / "pass"
        self._secret.touch(0o600)
        self._secret.write_text(PASSPHRASE, encoding="utf-8")

    def __call__(self, *words: str | Path) -> Told:
        group = 1 if words[0] not in ("inventory", "inspection", "handover") else 2
        way = ("--home", self._home, "--passphrase-file", self._secret)
        return self._told("custody", *words[:group], *way, *words[group:])

    def answer_all(self, work: str) -> None:
        for check in self(work, "show", "--json").json["checks"]:
            assert self(work, "answer", check["code"]).code == 0


@pytest.fixture
def paris(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ministry_world: World) -> Paris:
    paris = Paris(Program(monkeypatch, capsys), ministry_world)
    for kind, title, place in (("token", "Token 0417", "két"), ("sheet", "Phiếu khôi phục", "phòng máy")):
        assert paris("enter", "--kind", kind, "--title", title, "--place", place, "--note", "NP 7").code == 0
    return paris


def test_an_inventory_goes_on_after_each_end_of_the_program(paris: Paris) -> None:
    begun = paris("inventory", "begin")
    assert "B1    két" in begun.out
    assert "2 of 2 have no answer yet" in begun.err
    assert paris("inventory", "begin").code == 80
    absent = paris("inventory", "answer", "b1", "--absent", "--note", "trong ngăn kéo")
    assert "not where it should lie: trong ngăn kéo" in absent.out
    early = paris("inventory", "finish", *SECOND)
    assert (early.code, "B2" in early.err) == (80, True)
    assert paris("inventory", "answer", "B2", "--seal", "NP7").code == 0
    assert paris("inventory", "stranger", "--place", "ngăn kéo", "--what", "Token 0417").code == 0
    shown = paris("inventory", "show", "--json").json
    assert [each["code"] for each in shown["strangers"]] == ["X1"]

    done = paris("inventory", "finish", *SECOND)

    assert "record   1, inventory, 2 do not agree" in done.out
    assert "secmsg hand pad compromise 1" in done.out
    assert "the second person signs on paper" in done.out
    assert "Trần Thị Bình" in paris("records").out
    gone = paris("inventory", "show")
    assert (gone.code, "secmsg custody inventory begin" in gone.err) == (67, True)


def test_an_inspection_goes_by_its_pack(paris: Paris, tmp_path: Path) -> None:
    pack, paper = tmp_path / "pack.pdf", tmp_path / "record.pdf"
    made = paris("inspect", "--to", pack)
    assert (made.code, pack.stat().st_mode & 0o777) == (0, 0o600)
    assert "PHIẾU KIỂM TRA CƠ YẾU" in papers.words(pack.read_bytes())
    assert paris("inspect", "--to", pack).code == 66
    assert paris("inspect", "--to", tmp_path / "again.pdf").code == 0
    paris.answer_all("inspection")
    wrong = paris("inspection", "answer", "A5", "--wrong", "--note", "màn hình ghi 2")
    assert "does not agree: màn hình ghi 2" in wrong.out
    assert paris("inspection", "answer", "A5", "--wrong").code == 80

    record = paris("inspection", "finish", *SECOND, "--json").json

    assert (record["line"], record["signatures"], len(record["findings"])) == (1, 1, 1)
    assert paris("paper", "--to", paper, "1").code == 0
    assert record["code"] in papers.words(paper.read_bytes())
    assert paris("records", "--json").json[0]["code"] == record["code"]
    assert paris("paper", "--to", tmp_path / "none.pdf", "9").code == 67


def test_a_handover_and_the_proof(paris: Paris) -> None:
    assert paris("handover", "begin", "--json").code == 0
    paris.answer_all("handover")
    counted = paris("handover", "answer", "D6", "--wrong", "--pages", "0")
    assert "Tokens: another count: 1 expected, 0 counted" in counted.out
    done = paris("handover", "finish", *SECOND)
    assert "handed over without an inventory" in done.out

    proof = paris("verify")

    assert proof.code == 0
    assert "records of custody: 1 lines, all right" in proof.out
    assert {each["register"] for each in paris("verify", "--json").json} >= {"signatures of the records"}


def test_a_thing_is_issued_and_comes_back_or_differs(paris: Paris) -> None:
    assert paris("return", "--place", "két", "1").code == 80
    assert "discrepant" not in paris("discrepant", "--note", "vỏ nứt", "1").out
    assert paris("inventory", "begin").code == 0
    dropped = paris("inventory", "drop")
    assert (dropped.code, dropped.out) == (0, "given up\n")
    assert paris("handover", "drop").code == 67


def test_the_proof_names_the_line_and_ends_with_its_code(paris: Paris, ministry_world: World) -> None:
    office = ministry_world.open(PARIS)
    db = office.station.desk.db
    with db.transaction():
        for (name,) in db.all("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'register_lines'"):
            db.run(f"DROP TRIGGER {name}")
        db.run("UPDATE register_lines SET at = at + 1 WHERE register = 11 AND line = 2")
    ministry_world.close(office)

    proof = paris("verify")

    assert proof.code == 65
    assert "ledger of key material: 2 lines\n  line 2: altered" in proof.out
    assert "tell headquarters" in proof.err


def test_the_second_person_signs_by_a_passphrase_or_is_named(
    paris: Paris, ministry_world: World, tmp_path: Path
) -> None:
    office = ministry_world.open(PARIS)
    person_acts.add(
        office.station.desk, "Trần Thị Bình", "Bí thư", Rank.OFFICER, by_passphrase("mật khẩu thứ hai"), "Lê Đại sứ"
    )
    ministry_world.close(office)
    secret = tmp_path / "second"
    secret.touch(0o600)
    secret.write_text("mật khẩu thứ hai\n", encoding="utf-8")
    assert paris("inventory", "begin").code == 0
    paris.answer_all("inventory")

    neither, both = paris("inventory", "finish"), paris("inventory", "finish", *SECOND, "--second-signs")
    done = paris("inventory", "finish", "--second-passphrase-file", secret)

    assert (neither.code, both.code) == (2, 2)
    assert "both signed" in done.out
    assert "mật khẩu" not in done.out + done.err
