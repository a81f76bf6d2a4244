"""The short form of the power cuts; `make faults` looks at 2,000 images and at every control."""

import random
import shutil
from pathlib import Path

import pytest

from tests.faults import power_cut, recorded
from tests.faults.disk import Change, Disk, Fate, File, Folder, Names
from tests.faults.judge import MACHINES, Verdict
from tests.faults.power_cut import CONTROLS, Control
from tests.faults.recorded import Recorded
from tests.faults.recording import Act

SEED = 20_261_126
Made = tuple[Recorded, tuple[Act, ...]]

needs_recorder = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is missing (package strace)")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    base = tmp_path_factory.mktemp("power").resolve()
    found = recorded.make(base)
    return found, found.acts()


@needs_recorder
@pytest.mark.timeout(180)
def test_the_recording_is_all_that_was_done(made: Made) -> None:
    recording, acts = made
    disk = recording.disk(Names.WHEN_SYNCED)
    for _ in recorded.play(disk, acts):
        pass

    files = [path for path in recording.root.rglob("*") if path.is_file() and not path.name.endswith("-shm")]

    assert len(files) > 20
    for path in files:
        node = disk.at(path)
        assert isinstance(node, File)
        assert node.live() == path.read_bytes(), path


@needs_recorder
@pytest.mark.timeout(180)
@pytest.mark.parametrize("names", Names)
def test_a_power_cut_takes_nothing_that_was_acknowledged(made: Made, names: Names) -> None:
    recording, acts = made
    chance = random.Random(SEED)

    verdict = power_cut.look(recording, acts, power_cut.cuts(recording, acts, 50, MACHINES, chance), names, chance)

    assert verdict.images == 50
    assert verdict.good, verdict


@needs_recorder
@pytest.mark.timeout(180)
@pytest.mark.parametrize("control", [each for each in CONTROLS if each.kind == "honest"], ids=lambda each: each.name)
def test_a_forgotten_sync_is_seen(made: Made, control: Control) -> None:
    assert not _looked_at(made, control).good


@needs_recorder
@pytest.mark.timeout(180)
def test_a_store_with_synchronous_normal_loses_cables(tmp_path: Path) -> None:
    (control,) = (each for each in CONTROLS if each.kind == "normal-store")
    recording = recorded.make(tmp_path.resolve(), control.kind)

    assert _looked_at((recording, recording.acts()), control).lost


def _looked_at(made: Made, control: Control) -> Verdict:
    recording, acts = made
    chance = random.Random(SEED)
    wanted = power_cut.cuts(recording, acts, 24, control.machines, chance, control.near)
    return power_cut.look(recording, acts, wanted, control.names, chance, control.keep)


# --- the disk itself -------------------------------------------------------------------------------------------------


def test_what_was_synced_stays_and_the_rest_may_be_torn_by_sectors() -> None:
    file = File()
    file.waiting.append(Change(1, 0, b"a" * 1024))
    file.sync(2)
    file.waiting.append(Change(3, 0, b"b" * 1024))

    found = {file.after_cut(Fate.MIXED, random.Random(seed)) for seed in range(60)}

    assert found == {first * 512 + second * 512 for first in (b"a", b"b") for second in (b"a", b"b")}
    assert file.after_cut(Fate.DROPPED, random.Random(0)) == b"a" * 1024
    assert file.after_cut(Fate.KEPT, random.Random(0)) == b"b" * 1024


def test_a_sync_covers_only_what_was_done_before_it_began() -> None:
    file = File()
    file.waiting.append(Change(5, 0, b"late"))

    file.sync(4)

    assert file.durable == b""
    assert file.live() == b"late"


def test_a_name_waits_for_its_folder() -> None:
    chance = random.Random(0)
    folder = Folder()
    folder.change({"old": File()}, Names.AT_ONCE)
    folder.change({"old": None, "new": File()}, Names.WHEN_SYNCED)

    assert set(folder.live) == {"new"}
    assert set(folder.after_cut(Fate.DROPPED, chance)) == {"old"}
    assert set(folder.after_cut(Fate.KEPT, chance)) == {"new"}
    folder.sync()
    assert set(folder.after_cut(Fate.DROPPED, chance)) == {"new"}


def test_a_disk_is_a_copy_of_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "copy" / "inner").mkdir(parents=True)
    (tmp_path / "copy" / "inner" / "file").write_bytes(b"content")
    disk = Disk(tmp_path, Names.AT_ONCE)

    disk.load_from(tmp_path / "copy", "machine")
    disk.restore(tmp_path / "machine", tmp_path / "image", Fate.DROPPED, random.Random(0))

    assert (tmp_path / "image" / "inner" / "file").read_bytes() == b"content"
