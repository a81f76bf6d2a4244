"""Attachments from the officer's disk to the other officer's: cleaned, watched, stopped, and never half."""

import io
import threading
from pathlib import Path

import pytest
from PIL import Image

from secmsg.errors import NotAllowed, TransferStopped
from secmsg.office.draft import DraftAttachment
from tests.helpers import telling_files
from tests.helpers.ministry import HQ, PARIS, attachment, draft
from tests.helpers.world import Office, World


def _blobs(world: World, office: int) -> list[Path]:
    return [path for path in (world.root / f"station-{office}" / "blobs").rglob("*") if path.is_file()]


def _photograph(folder: Path) -> DraftAttachment:
    path = folder / "anh.jpg"
    path.write_bytes(telling_files.jpeg())
    return DraftAttachment("anh.jpg", "image/jpeg", str(path), path.stat().st_size, 0, without_metadata=True)


def test_a_photograph_arrives_without_what_it_said_beside_its_pixels(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    headquarters, paris = offices
    photograph = _photograph(tmp_path)
    before = Path(photograph.path).read_bytes()
    released = headquarters.release(draft(PARIS.id, attachments=(photograph,)))
    ministry_world.settle()

    got = paris.station.export(released.cable_id, 0, tmp_path / "out.jpg").read_bytes()

    assert b"CANARY" in before
    assert b"CANARY" not in got
    assert Image.open(io.BytesIO(got)).tobytes() == Image.open(io.BytesIO(before)).tobytes()
    assert paris.station.read(released.cable_id).attachments[0].size == len(got)
    assert Path(photograph.path).read_bytes() == before
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {"anh.jpg", "out.jpg"}


def test_what_cannot_be_cleaned_is_not_sent_in_its_place(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    headquarters, _ = offices
    photograph = _photograph(tmp_path)
    Path(photograph.path).write_bytes(b"\xff\xd8\xff no picture any more CANARY")

    with pytest.raises(NotAllowed):
        headquarters.release(draft(PARIS.id, attachments=(photograph,)))

    assert _blobs(ministry_world, HQ.id) == []
    assert headquarters.release(draft(PARIS.id)).number == 1


def test_sealing_runs_beside_the_store_and_its_progress_is_told(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    headquarters, paris = offices
    papers = [tmp_path / name for name in ("a.bin", "b.bin")]
    for paper in papers:
        paper.write_bytes(paper.name.encode() * 400_000)
    wanted = draft(PARIS.id, attachments=tuple(attachment(paper, paper.name) for paper in papers))
    seen: list[int] = []
    sealed = []
    work = headquarters.station.prepare_release(wanted)

    def watch(done: int) -> bool:
        seen.append(done)
        return True

    other = threading.Thread(target=lambda: sealed.append(work.run(watch)))
    other.start()
    other.join()
    released = headquarters.station.release(wanted, None, sealed[0])

    assert seen == sorted(seen)
    assert seen[-1] == work.total == sum(paper.stat().st_size for paper in papers)
    ministry_world.settle()
    for index, paper in enumerate(papers):
        out = paris.station.export(released.cable_id, index, tmp_path / f"out{index}")
        assert out.read_bytes() == paper.read_bytes()


def test_sealing_that_is_stopped_leaves_nothing(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    headquarters, _ = offices
    paper = tmp_path / "a.bin"
    paper.write_bytes(bytes(3_000_000))
    wanted = draft(PARIS.id, attachments=(attachment(paper, "a.bin"), attachment(paper, "b.bin")))
    work = headquarters.station.prepare_release(wanted)

    with pytest.raises(TransferStopped):
        work.run(lambda done: done < 5_000_000)

    assert _blobs(ministry_world, HQ.id) == []


def test_what_was_sealed_for_a_release_that_is_refused_is_erased(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    headquarters, _ = offices
    paper = tmp_path / "a.bin"
    paper.write_bytes(b"x" * 1000)
    sealed = headquarters.station.prepare_release(draft(PARIS.id, attachments=(attachment(paper),))).run()
    assert len(_blobs(ministry_world, HQ.id)) == 1

    with pytest.raises(NotAllowed):
        headquarters.station.release(draft(HQ.id), None, sealed)

    assert _blobs(ministry_world, HQ.id) == []


def test_what_was_sealed_before_a_kill_is_swept_at_the_next_start(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    headquarters, _ = offices
    paper = tmp_path / "a.bin"
    paper.write_bytes(b"x" * 1000)
    headquarters.station.prepare_release(draft(PARIS.id, attachments=(attachment(paper),))).run()

    ministry_world.reopen(headquarters, HQ)

    assert _blobs(ministry_world, HQ.id) == []
