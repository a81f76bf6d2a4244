"""The short form of the failing calls; `make faults` lets every one fail."""

import shutil
from pathlib import Path

import pytest

from tests.faults import io_faults
from tests.faults.io_faults import Fault, Plan
from tests.faults.scene import Scene, set_up

FEW = (
    Fault("pwrite64", "ENOSPC"),
    Fault("write", "ENOSPC"),
    Fault("fsync", "EIO"),
    Fault("fsync", "EIO", lasting=True),
)

pytestmark = [
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is missing (package strace)"),
    pytest.mark.timeout(180),
]


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    # One for each test: each counts what was acknowledged in it against everything that is there.
    (tmp_path / "acts").mkdir()
    return set_up(tmp_path / "ministry")


def test_a_release_that_the_disk_refuses_is_refused_whole(scene: Scene, tmp_path: Path) -> None:
    tally = io_faults.releases(scene, Plan(tmp_path / "acts", 6, FEW))

    assert tally.refused > 5
    assert not tally.faults


def test_a_passphrase_that_the_disk_does_not_take_leaves_the_old_one(scene: Scene, tmp_path: Path) -> None:
    tally = io_faults.changes(scene, Plan(tmp_path / "acts", 3, FEW))

    assert tally.refused > 0
    assert not tally.faults


def test_an_export_that_the_disk_refuses_leaves_nothing(scene: Scene, tmp_path: Path) -> None:
    exported = io_faults.exports(scene, Plan(tmp_path / "acts", 2, FEW[1:]))

    assert exported.refused > 0
    assert not exported.faults


def test_a_reception_that_the_disk_refuses_is_taken_once_it_can(scene: Scene, tmp_path: Path) -> None:
    tally = io_faults.receptions(scene, Plan(tmp_path / "acts", 12, FEW[2:3]))

    assert tally.refused > 0
    assert not tally.faults


def test_a_commit_whose_sync_failed_is_seen_when_it_comes_back(scene: Scene, tmp_path: Path) -> None:
    # The control: without its undoing the refused cable stands in the store at the next opening.
    tally = io_faults.releases(scene, Plan(tmp_path / "acts", 1, FEW[2:3], "believing"))

    assert any("is there" in fault for fault in tally.faults)
