"""`secmsg pouch`: a cable by courier with commands alone, in this process, on a small ministry."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.errors import MediumFailed, NotOurPouch
from tests.helpers.ministry import HQ, PARIS, PASSPHRASE, Ministry, draft, sync
from tests.helpers.program import Program
from tests.helpers.running_clock import RunningClock


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ministry]:
    """Paris has a session with headquarters and a cable for it that no relay has."""
    folder = tmp_path_factory.mktemp("pouch")
    built = Ministry(folder, RunningClock())
    built.found()
    relay = built.add_relay()
    built.enrol(HQ)
    built.enrol(PARIS)
    (folder / "pass").touch(0o600)
    (folder / "pass").write_text(PASSPHRASE, encoding="utf-8")
    headquarters, paris = built.open(HQ), built.open(PARIS)
    sync(headquarters)
    paris.release(draft(HQ.id))
    for station in (paris, headquarters, paris):
        sync(station)
    relay.stop()
    paris.release(draft(HQ.id, subject="Điện qua túi"))
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


def test_a_cable_goes_by_courier_with_commands_alone(told: Program, ministry: Ministry, tmp_path: Path) -> None:
    paris, headquarters = of(ministry, PARIS.id), of(ministry, HQ.id)
    stick = tmp_path / "anh"

    waits = told("pouch", "waiting", *paris, "--json").json
    written = told("pouch", "write", *paris, "--to", "headquarters", stick)
    refused = told("pouch", "write", *paris, stick)
    came = told("pouch", "read", *headquarters, stick)
    again = told("pouch", "read", *headquarters, stick, "--json").json
    own = told("pouch", "read", *paris, stick)
    (row,) = [row for row in told("list", "inbox", *headquarters, "--json").json if row["subject"] == "Điện qua túi"]
    shown = told("show", *headquarters, row["mrn"])
    logged = told("pouch", "log", *headquarters).out.splitlines()
    outbox = told("list", "outbox", *paris, "--json").json
    (waiting,) = [row for row in outbox if row["subject"] == "Điện qua túi"]

    assert [(each["cables"], each["unsealed"]) for each in waits] == [(1, 0)]
    assert written.code == 0
    assert written.out.startswith("written anh, ")
    assert "no proof of arrival" in written.out
    assert refused.code == 66
    assert came.code == 0
    assert "1 new cables" in came.out
    assert (again["cables"], again["came"], again["cause"]) == (0, 0, "whole")
    assert again["read_before_at"] is not None
    assert "nothing was taken" in own.out
    assert "by pouch, serial" in shown.out
    assert [line.split()[2] for line in logged[1:]] == ["read", "read"]
    assert waiting["state"] == "waiting"
    assert [mark["name"] for mark in waiting["pouches"]] == ["anh"]


def test_a_pouch_cut_short_says_what_is_lacking_and_a_foreign_file_says_nothing(
    told: Program, ministry: Ministry, tmp_path: Path
) -> None:
    paris, headquarters = of(ministry, PARIS.id), of(ministry, HQ.id)
    whole, cut, junk = tmp_path / "whole", tmp_path / "cut", tmp_path / "junk"
    assert told("pouch", "write", *paris, whole).code == 0
    cut.write_bytes(whole.read_bytes()[:4_000])
    junk.write_bytes(bytes(70_000))

    short = told("pouch", "read", *headquarters, cut)
    foreign = told("pouch", "read", *headquarters, junk)
    missing = told("pouch", "read", *headquarters, tmp_path / "nowhere")
    nowhere = told("pouch", "write", *paris, tmp_path / "no" / "folder")

    assert short.code == MediumFailed.exit_code
    assert "ends too early" in short.err
    assert foreign.code == NotOurPouch.exit_code
    assert "nothing was taken" in foreign.err
    assert missing.code == 67
    assert nowhere.code == MediumFailed.exit_code
    (line,) = [line for line in told("pouch", "log", *paris).out.splitlines() if "folder" in line]
    assert " -  " in line, "what is not proven has no time"
