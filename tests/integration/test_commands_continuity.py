"""`secmsg continuity`: what an officer sees of serials and does about them in a terminal."""

from pathlib import Path

import pytest

from secmsg import errors
from tests.helpers.ministry import HQ, PARIS, PASSPHRASE, draft
from tests.helpers.program import Program
from tests.helpers.world import World
from tests.integration.test_station_continuity import hold_back


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


def by(world: World, number: int) -> tuple[str | Path, ...]:
    secret = world.root / "pass"
    if not secret.exists():
        secret.touch(0o600)
        secret.write_text(PASSPHRASE, encoding="utf-8")
    return ("--home", world.root / f"station-{number}", "--passphrase-file", secret)


def test_a_withheld_cable_is_shown_asked_for_and_closed(told: Program, ministry_world: World) -> None:
    headquarters, paris = ministry_world.open(HQ), ministry_world.open(PARIS)
    ministry_world.settle(rounds=1)
    headquarters.release(draft(PARIS.id, subject="Điện một"))
    ministry_world.settle()
    hold_back(ministry_world)
    for subject in ("Bị giữ lại", "Điện ba"):
        headquarters.release(draft(PARIS.id, subject=subject))
        headquarters.sync()
    paris.sync()
    ministry_world.close(headquarters)
    ministry_world.close(paris)

    shown = told("continuity", "show", *by(ministry_world, 2))
    as_json = told("continuity", "show", *by(ministry_world, 2), "--json")
    asked = told("continuity", "ask", *by(ministry_world, 2), "1", "2")
    nothing = told("continuity", "ask", *by(ministry_world, 2), "1", "7")
    wrong = told("continuity", "ask", *by(ministry_world, 2), "1", "x")
    closed = told("continuity", "close", *by(ministry_world, 2), "--yes", "--reason", "Mất cùng túi", "1", "2")
    acts = told("continuity", "acts", *by(ministry_world, 2))
    after = told("continuity", "show", *by(ministry_world, 2), "--json")

    assert shown.out.startswith("posture normal, a recap every 24 h\n")
    assert "missing from Bộ Ngoại giao: 2 since 20" in shown.out
    assert "not asked yet" in shown.out
    (row,) = as_json.json["pairs"]
    assert (row["received"], row["missing"][0]["first"], row["missing"][0]["alarmed_at"]) == (1, 2, None)
    assert asked.out == "asked for 2; it leaves with the next `secmsg sync`\n"
    assert nothing.code == errors.NotFound.exit_code
    assert wrong.code == 2
    assert closed.out == "closed 2; what comes late after all is entered\n"
    assert [line.split("  ")[-1].strip() for line in acts.out.splitlines()[2:]] == ["Mất cùng túi"]
    assert after.json["pairs"][0]["missing"] == []
    assert told("continuity", "acts", *by(ministry_world, 1)).out == "the register is empty\n"
    assert told("continuity", "acts", *by(ministry_world, 2), "--json").json[1]["act"]["kind"] == "gap-closed"


def test_two_persons_open_a_book_by_files(told: Program, ministry_world: World, tmp_path: Path) -> None:
    headquarters, paris = ministry_world.open(HQ), ministry_world.open(PARIS)
    ministry_world.settle(rounds=1)
    paris.release(draft(HQ.id))
    ministry_world.settle()
    ministry_world.close(headquarters)
    ministry_world.close(paris)
    paper, signed = tmp_path / "so-moi", tmp_path / "so-moi-2"

    proposed = told(
        "continuity",
        "book",
        "propose",
        *by(ministry_world, 2),
        "--to",
        "1",
        "--reason",
        "year",
        "--note",
        "Năm mới",
        paper,
    )
    alone = told("continuity", "book", "open", *by(ministry_world, 2), "--yes", paper)
    countersigned = told("continuity", "book", "countersign", *by(ministry_world, 1), "--yes", paper, signed)
    read = told("continuity", "book", "read", *by(ministry_world, 1), signed)
    opened = told("continuity", "book", "open", *by(ministry_world, 2), "--yes", signed)

    assert "from serial 2001, towards 1" in proposed.out
    assert ", Năm mới" in proposed.out
    assert alone.code == errors.NotAllowed.exit_code
    assert "signed Nguyễn Văn Paris, ĐSQ Paris" in countersigned.out
    assert read.out.count("signed ") == 2
    assert "open towards 1 stations" in opened.out
    assert told("continuity", "show", *by(ministry_world, 2), "--json").json["pairs"][0]["book_out"] == 2_001


def test_a_block_for_the_hand_and_the_posture(told: Program, ministry_world: World) -> None:
    headquarters, paris = ministry_world.open(HQ), ministry_world.open(PARIS)
    ministry_world.settle(rounds=1)
    ministry_world.close(paris)

    kept = told("continuity", "hand", "keep", *by(ministry_world, 2), "--count", "100", "1")
    neither = told("continuity", "hand", "keep", *by(ministry_world, 2), "1")
    done = told("continuity", "hand", "reconcile", *by(ministry_world, 2), "--used", "2-3,5", "1", "2")
    paris = ministry_world.open(PARIS)
    ministry_world.settle(paris, headquarters)
    ministry_world.close(headquarters)
    ministry_world.close(paris)
    taken = told("continuity", "hand", "take", *by(ministry_world, 1), "2", "2", "2-3")
    shown = told("continuity", "show", *by(ministry_world, 1))
    mine = told("continuity", "show", *by(ministry_world, 2))
    posture = told("continuity", "posture", *by(ministry_world, 1), "--tell-all", "emergency")

    assert kept.out == "serials 2 to 101 towards station 1 are for the hand: write them down\n"
    assert neither.code == 2
    assert done.out == "given by hand 2-3,5; the rest is reported void\n"
    assert taken.out == "entered 2-3\n"
    assert "by hand 2-101, kept by ĐSQ Paris: given 2-3,5, not entered 5" in shown.out
    assert "by hand 2-101, kept here: given 2-3,5" in mine.out
    assert posture.out == "posture emergency; 2 stations are told\n"
