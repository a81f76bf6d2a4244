"""`secmsg thin`: short cables with commands alone, between two posts that have met once by the line."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.ministry import HQ, PARIS, PASSPHRASE, Ministry, draft, sync
from tests.helpers.program import Program, Told
from tests.helpers.running_clock import RunningClock
from tests.helpers.thin_tables import unseen


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ministry]:
    folder = tmp_path_factory.mktemp("thin")
    built = Ministry(folder, RunningClock())
    built.found()
    built.add_relay()
    built.enrol(HQ)
    built.enrol(PARIS)
    (folder / "pass").touch(0o600)
    (folder / "pass").write_text(PASSPHRASE, encoding="utf-8")
    headquarters, paris = built.open(HQ), built.open(PARIS)
    sync(headquarters)
    sync(paris)
    paris.release(draft(HQ.id))
    for station in (paris, headquarters, paris, headquarters):
        sync(station)
    built.close(headquarters)
    built.close(paris)
    yield built
    built.end()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


@pytest.fixture
def ministry(founded: Ministry, tmp_path: Path) -> Ministry:
    copy = tmp_path / "ministry"
    shutil.copytree(founded.root, copy, ignore=shutil.ignore_patterns("relay"))
    return Ministry(copy, founded.clock)


def of(ministry: Ministry, number: int) -> tuple[str | Path, ...]:
    return ("--home", ministry.root / f"station-{number}", "--passphrase-file", ministry.root / "pass")


def write(told: Program, ministry: Ministry, body: str, *more: str | Path, bearer: str = "sms") -> Told:
    text = ministry.root / "text.txt"
    text.write_text(body, encoding="utf-8")
    return told(
        "thin", "write", *of(ministry, PARIS.id), "--to", "1", "--bearer", bearer, "--degree", "unclassified",
        "--topic", "A1", "--subject", "Tin ngắn", "--body-file", text, "--drafter", "Trần Thị Soạn", *more,
    )  # fmt: skip


def test_a_cable_crosses_as_lines_and_is_never_called_signed(told: Program, ministry: Ministry, tmp_path: Path) -> None:
    headquarters = of(ministry, HQ.id)
    written = write(told, ministry, unseen()[0].split("\n", 1)[1])
    lines = tmp_path / "tin.txt"
    lines.write_text(written.out, encoding="utf-8")

    taken = told("thin", "read", *headquarters, lines)
    listed = told("list", "inbox", *headquarters)
    shown = told("show", *headquarters, "26 PARIS 002")
    refused = told("acknowledge", *headquarters, "26 PARIS 002")
    exported = told("export", *headquarters, "--text", "26 PARIS 002", tmp_path / "ra.txt")

    assert (written.code, taken.code, shown.code, exported.code) == (0, 0, 0, 0)
    assert written.out.startswith("# 26 PARIS 002, machine 1, packet 1 of 1, 140 bytes\n")
    assert "entered 26 PARIS 002 from ĐSQ Paris: NOT SIGNED YET" in taken.out
    assert "NOT SIGNED YET" in listed.out
    assert "signature   NOT SIGNED YET" in shown.out
    assert "Chưa có chữ ký" in (tmp_path / "ra.txt").read_text("utf-8")
    assert (refused.code, "no signature yet" in refused.err) == (80, True)
    assert told("show", *headquarters, "--json", "26 PARIS 002").json["verification"]["unsigned"] is True


def test_lines_typed_wrong_are_named_and_the_others_are_taken(
    told: Program, ministry: Ministry, tmp_path: Path
) -> None:
    written = write(told, ministry, "\n".join(unseen()[:2]), "--parity", "1")
    lines = [line for line in written.out.splitlines() if not line.startswith("#")]
    groups = lines[1].split()
    groups[4] = groups[4][:-1] + ("7" if groups[4][-1] != "7" else "8")
    typed = tmp_path / "nghe.txt"
    typed.write_text("\n".join((lines[0], " ".join(groups), *lines[2:])), encoding="utf-8")

    taken = told("thin", "read", *of(ministry, HQ.id), typed)
    again = told("thin", "read", *of(ministry, HQ.id), typed)

    assert taken.code == 20
    assert "nghe.txt, line 2: group 5; nothing was changed" in taken.err
    assert "NOT SIGNED YET" in taken.out
    assert again.out.count("here already") == len(lines) - 1


def test_packets_as_files_and_once_more(told: Program, ministry: Ministry, tmp_path: Path) -> None:
    out = tmp_path / "ra"
    out.mkdir()
    paris, headquarters = of(ministry, PARIS.id), of(ministry, HQ.id)
    written = write(told, ministry, "\n".join(unseen()), "--out", out, bearer="sbd")
    files = sorted(out.iterdir())

    missing = told("thin", "read", *headquarters, *files[1:2])
    status = told("thin", "status", *headquarters)
    (tmp_path / "lại").mkdir()
    again = told("thin", "again", *paris, "--out", tmp_path / "lại", "26 PARIS 002")
    read = told("thin", "read", *headquarters, "--json", *sorted((tmp_path / "lại").iterdir()))

    assert (written.code, again.code) == (0, 0)
    assert {each.stat().st_size for each in files} == {340}
    assert [each.read_bytes() for each in sorted((tmp_path / "lại").iterdir())] == [each.read_bytes() for each in files]
    assert "a fragment from ĐSQ Paris: 1 here" in missing.out
    assert "waiting: 1 of" in status.out
    assert "ready" in status.out
    assert "entered" in {each["fate"] for each in read.json}
    assert told("thin", "status", *headquarters, "--json").json["waiting"] == []


def test_refusals_have_their_sentence(told: Program, ministry: Ministry, tmp_path: Path) -> None:
    junk = tmp_path / "rác"
    junk.write_bytes(bytes(range(128, 256)) + bytes(12))
    odd = tmp_path / "lẻ"
    odd.write_bytes(b"\xff" * 61)

    ran = told("thin", "read", *of(ministry, HQ.id), junk, odd)

    assert ran.code == 50
    assert "no thin chain has this tag" in ran.err
    assert "61 bytes: a thin packet has 60, 140, 270, 340" in ran.err
    assert write(told, ministry, "Nội dung.", "--subject-file", junk).code == 2
    assert told("thin", "again", *of(ministry, HQ.id), "26 PARIS 001").code == 67
