"""`secmsg transfer`: what is under way rests and goes on, by command."""

from pathlib import Path

import pytest

from tests.helpers.ministry import HQ, PARIS, PASSPHRASE, Ministry, attachment, draft, sync
from tests.helpers.program import Program
from tests.helpers.running_clock import RunningClock


def test_attachments_rest_and_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ministry = Ministry(tmp_path, RunningClock())
    ministry.found()
    ministry.add_relay()
    ministry.enrol(HQ)
    ministry.enrol(PARIS)
    (tmp_path / "pass").touch(0o600)
    (tmp_path / "pass").write_text(PASSPHRASE, encoding="utf-8")
    (tmp_path / "paper.pdf").write_bytes(b"x" * 100)
    station = ministry.open(HQ)
    sync(station)
    released = station.release(draft(PARIS.id, attachments=(attachment(tmp_path / "paper.pdf"),)))
    station.close()
    told = Program(monkeypatch, capsys)
    home = ("--home", tmp_path / f"station-{HQ.id}", "--passphrase-file", tmp_path / "pass")

    assert told("transfer", "pause", *home, released.mrn).out == f"paused {released.mrn}\n"
    assert ", paused" in told("show", *home, released.mrn).out
    assert told("transfer", "resume", *home, "--annex", "1", released.mrn).out == f"resumed {released.mrn}\n"
    assert ", paused" not in told("show", *home, released.mrn).out
    for relay in ministry.relays:
        relay.stop()
