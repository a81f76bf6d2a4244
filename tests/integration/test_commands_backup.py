"""`secmsg backup`: made, listed, verified, rehearsed, restored with the sheet; each refusal has its code and word."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers import backups
from tests.helpers.ministry import HQ, PASSPHRASE, draft
from tests.helpers.program import Program
from tests.helpers.running_clock import RunningClock
from tests.helpers.world import World, world


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path / "world") as built:
        built.clock = RunningClock()  # the commands read the machine's clock
        yield built


def _note(path: Path, text: str) -> Path:
    path.touch(mode=0o600)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def test_a_backup_goes_all_its_way_by_commands(made: World, told: Program, tmp_path: Path) -> None:
    home, usb = made.root / "station-2", tmp_path / "usb"
    sheet = backups.new_sheet(home, RunningClock())
    groups = _note(tmp_path / "groups", backups.groups(sheet))
    words, new = _note(tmp_path / "words", PASSPHRASE), _note(tmp_path / "new", backups.NEXT)
    opened = ("--home", home, "--passphrase-file", words)

    assert "OLD, OR NONE" in told("status", *opened).out
    assert "no backup was made here" in told("backup", "list", *opened).out
    first = told("backup", "make", *opened, "--to", usb)
    assert first.code == 0, first
    assert "by the recovery sheet that is in force today" in first.out
    assert told("backup", "make", *opened, "--to", usb, "--check", "--json").json["number"] == 2
    assert "is whole" in told("backup", "verify", *opened, "--from", usb).out
    assert told("backup", "rehearse", *opened, "--from", usb, "--json").json["known"]
    listed = told("backup", "list", *opened, "--json").json
    assert [line["current"] for line in listed["backups"]] == [True, False]
    assert listed["standing"]["rehearsed_at"]
    assert "OLD" not in told("status", *opened).out
    assert told("status", *opened, "--json").json["backups"]["made_at"].endswith("Z")

    assert told("backup", "verify", *opened, "--from", tmp_path).code == 67
    other = ("--home", made.root / "station-1", "--passphrase-file", words)
    assert told("backup", "verify", *other, "--from", usb).code == 111
    damaged = tmp_path / "damaged"
    shutil.copytree(usb, damaged)
    backups.pieces(damaged)[0].write_bytes(b"")
    spoilt = told("backup", "verify", *opened, "--from", damaged)
    assert (spoilt.code, "make a new one" in spoilt.err) == (110, True)

    back = ("backup", "restore", "--from", usb, "--groups-file", groups, "--new-passphrase-file", new, "--yes")
    restored = told(*back, "--home", tmp_path / "back", "--sheet", tmp_path / "sheet.txt")
    assert restored.code == 0, restored
    assert "FROZEN" in restored.out
    assert "restored since" in told("status", "--home", tmp_path / "back", "--passphrase-file", new).out
    again = told(*back, "--home", tmp_path / "back", "--sheet", tmp_path / "sheet2.txt")
    assert again.code == 66
    assert not (tmp_path / "sheet2.txt").exists()


def test_a_restore_that_fails_after_the_sheet_was_written_says_which_sheet_counts(
    made: World, told: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, usb = made.root / "station-2", tmp_path / "usb"
    sheet = backups.new_sheet(home, RunningClock())
    paris = made.open(backups.PARIS)
    paris.release(draft(HQ.id))
    backups.make(paris.station, usb)
    rename = Path.rename

    def refused(path: Path, target: Path) -> Path:
        if path.name.endswith(".restoring"):
            raise OSError(28, "no room")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refused)
    groups, new = _note(tmp_path / "groups", backups.groups(sheet)), _note(tmp_path / "new", backups.NEXT)
    back = ("backup", "restore", "--from", usb, "--groups-file", groups, "--new-passphrase-file", new, "--yes")
    ended = told(*back, "--home", tmp_path / "back", "--sheet", tmp_path / "sheet.txt")

    assert ended.code == 68
    assert "The old sheet still opens the backup" in ended.err
    assert not (tmp_path / "back").exists()
