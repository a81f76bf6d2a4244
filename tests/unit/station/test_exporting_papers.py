"""A paper with key figures is its owner's alone, whole or not there, and never takes another file's place."""

import os
import stat
from pathlib import Path

import pytest

from secmsg.errors import DiskFull, StoreExists
from secmsg.station import exporting
from tests.helpers.limits import files_no_larger_than


def test_a_paper_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = exporting.export_paper(b"%PDF", tmp_path / "phieu.pdf")
    finally:
        os.umask(before)

    assert path.read_bytes() == b"%PDF"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_there_stays_and_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    there = tmp_path / "there.pdf"
    there.write_bytes(b"old")

    with pytest.raises(StoreExists):
        exporting.export_paper(b"new", there)
    with files_no_larger_than(1_000), pytest.raises(DiskFull):
        exporting.export_paper(b"x" * 10_000, tmp_path / "full.pdf")

    assert there.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["there.pdf"]


def test_what_a_power_cut_left_of_an_earlier_try_is_no_obstacle_and_goes(tmp_path: Path) -> None:
    (tmp_path / ".phieu.pdf.part").write_bytes(b"half")

    path = exporting.export_paper(b"%PDF", tmp_path / "phieu.pdf")

    assert path.read_bytes() == b"%PDF"
    assert [each.name for each in tmp_path.iterdir()] == ["phieu.pdf"]
