"""A stick that is full, or is pulled out, costs a new backup and never the one before."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.errors import DiskFull, MediumFailed
from tests.helpers import backups
from tests.helpers.backups import Steps
from tests.helpers.ministry import HQ, PARIS, attachment, draft
from tests.helpers.world import Office, world

CI = bool(os.environ.get("CI"))


@pytest.fixture
def paris(tmp_path: Path) -> Iterator[Office]:
    with world(tmp_path / "world") as made:
        yield made.open(PARIS)


@pytest.fixture
def small_stick(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "usb"
    folder.mkdir()
    if not CI and os.geteuid():
        pytest.skip("needs root to mount a small medium")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "secmsg-test", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _large(tmp_path: Path) -> Path:
    path = tmp_path / "phu-luc.pdf"
    path.write_bytes(b"%PDF-" + os.urandom(4_000_000))
    return path


def test_a_full_stick_keeps_the_backup_before(paris: Office, small_stick: Path, tmp_path: Path) -> None:
    backups.make(paris.station, small_stick)
    paris.release(draft(HQ.id, attachments=(attachment(_large(tmp_path)),)))

    with pytest.raises(DiskFull):
        backups.make(paris.station, small_stick)

    assert backups.verify(paris.station, small_stick).cables == 0
    assert [line.detail for line in paris.station.backups.list()] == ["DiskFull", ""]


def test_a_first_backup_without_room_is_refused_before_a_byte_is_written(
    paris: Office, small_stick: Path, tmp_path: Path
) -> None:
    paris.release(draft(HQ.id, attachments=(attachment(_large(tmp_path)),)))

    with pytest.raises(DiskFull, match="no room for"):
        backups.make(paris.station, small_stick)

    assert backups.pieces(small_stick) == []


def test_a_stick_pulled_out_in_the_middle_is_an_error_and_the_next_one_is_whole(paris: Office, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    paris.release(draft(HQ.id, attachments=(attachment(_large(tmp_path)),)))

    class Pulled(Steps):
        def tell(self, done: int, total: int) -> None:
            shutil.rmtree(usb, ignore_errors=True)

    with pytest.raises(MediumFailed):
        backups.make(paris.station, usb, Pulled())

    assert paris.station.backups.list()[0].made_at is None
    usb.mkdir(exist_ok=True)
    backups.make(paris.station, usb)
    assert backups.verify(paris.station, usb).cables == 1
