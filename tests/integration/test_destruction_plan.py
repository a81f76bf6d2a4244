"""The checklist by position, the card of outcomes, and what lies beside the store, kept current by the station."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from secmsg.digits import damm
from secmsg.office.destruction import Outcome
from secmsg.office.materials import Act, Kind
from secmsg.station import destruction_plan
from secmsg.store import standing
from secmsg.store.paths import Home
from secmsg.store.standing import Standing
from tests.helpers.ministry import PARIS, PASSPHRASE
from tests.helpers.program import Program
from tests.helpers.world import World, world


@pytest.fixture
def built(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path / "ministry") as made:
        yield made


@pytest.fixture
def secmsg(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


def words_of(pdf: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(pdf).pages)


def test_what_lies_beside_the_store_follows_the_ledger_and_the_setting(built: World) -> None:
    office = built.open(PARIS)
    beside = Home(built.root / f"station-{PARIS.id}").standing
    fresh = standing.read(beside)
    office.station.custody.enter(Kind.TOKEN, "Thẻ", "két 2")
    built.close(office)
    after = standing.read(beside)
    again = built.open(PARIS)
    again.station.destruction.choose(destruction_plan.Setting(free=False, counted=False))
    built.close(again)

    assert fresh == Standing(counts={})
    assert after == Standing(counts={Kind.TOKEN: 1})
    assert standing.read(beside) == Standing(free=False)
    assert "két".encode() not in beside.read_bytes()


def test_the_checklist_is_printed_and_grows_old_with_the_ledger(built: World, secmsg: Program, tmp_path: Path) -> None:
    home = built.root / f"station-{PARIS.id}"
    office = built.open(PARIS)
    office.station.custody.enter(Kind.TOKEN, "Thẻ", "két 2")
    office.station.custody.enter(Kind.MACHINE, "Máy xách tay", "phòng cơ yếu")
    built.close(office)
    key = tmp_path / "key"
    key.write_text(PASSPHRASE, "utf-8")
    key.chmod(0o600)
    way = ("--home", home, "--passphrase-file", key)

    before = secmsg("destruction", "list", *way)
    printed = secmsg("destruction", "print", *way, "--out", tmp_path / "list.pdf")
    listed = secmsg("destruction", "list", *way, "--json").json
    carded = secmsg("destruction", "card", *way, "--out", tmp_path / "card.pdf", "--holder", "két 1")
    stale = secmsg("destruction", "list", *way, "--json").json["stale"]
    told = secmsg("destruction", "setting", *way, "--passphrase", "--no-counts")
    kept = secmsg("destruction", "setting", *way, "--json").json

    assert (before.code, printed.code, carded.code, told.code) == (0, 0, 0, 0)
    assert "token Thẻ 1 1/1" in before.out
    assert "the ledger has changed since" in before.out
    assert [(each["rank"], each["where"]) for each in listed["tasks"]] == [
        ("keys", "két 2"),
        ("equipment", "phòng cơ yếu"),
    ]
    assert (listed["stale"], stale) == (False, True)
    assert kept == {"free": False, "counted": False}
    paper, card = words_of(tmp_path / "list.pdf"), words_of(tmp_path / "card.pdf")
    assert "két 2" in paper
    assert "KHÓA TRƯỚC, NỘI DUNG SAU" in paper
    assert card.count("CÒN khóa giấy") == 2
    assert "Bản 2/2: Bộ" in card


def test_no_two_groups_of_a_card_are_one_misheard_figure_apart(built: World) -> None:
    desk = built.open(PARIS).station.desk

    for _ in range(50):
        groups = destruction_plan.drawn(desk)
        assert set(groups) == set(Outcome)
        assert all(damm(int(figure) for figure in group) == 0 for group in groups.values())
        pairs = [(a, b) for a in groups.values() for b in groups.values() if a < b]
        assert all(sum(x != y for x, y in zip(a, b, strict=True)) >= 2 for a, b in pairs)


def test_a_reduction_is_named_first_and_done_with_a_record(built: World, secmsg: Program, tmp_path: Path) -> None:
    office = built.open(PARIS)
    token = office.station.custody.enter(Kind.TOKEN, "Thẻ cũ", "két 2")
    office.station.pads.act(token.number, Act.SUPERSEDED)
    built.close(office)
    key = tmp_path / "key"
    key.write_text(PASSPHRASE, "utf-8")
    key.chmod(0o600)
    words = (
        "destruction",
        "reduce",
        "--home",
        built.root / f"station-{PARIS.id}",
        "--passphrase-file",
        key,
        "--days",
        30,
    )

    named = secmsg(*map(str, words))
    alone = secmsg(*map(str, words), "--basis", "Lệnh 12", "--record", tmp_path / "alone.pdf")
    himself = secmsg(
        *map(str, words), "--basis", "Lệnh 12", "--second-passphrase-file", key, "--record", tmp_path / "self.pdf"
    )
    done = secmsg(
        *map(str, words),
        "--second",
        "Trần Thị Bình",
        "--basis",
        "Lệnh 12",
        "--record",
        tmp_path / "record.pdf",
        "--json",
    )

    assert named.json == {"cables": 0, "items": ["Thẻ cũ 1 1/1"], "kept": 0}
    assert (alone.code, himself.code, done.code) == (80, 80, 0)
    assert not (tmp_path / "alone.pdf").exists()
    assert done.json == {"cables": 0, "attachments": 0, "items": 1, "kept": 0}
    assert "BIÊN BẢN TIÊU HỦY" in words_of(tmp_path / "record.pdf")
