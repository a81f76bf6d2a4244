"""Attachments from the officer's disk to the other officer's: cleaned, watched, stopped, and never half."""

import io
import threading
from pathlib import Path

import pytest
from PIL import Image

from secmsg.errors import NotAllowed, NotFound, TransferStopped
from secmsg.ids import CableId
from secmsg.office.draft import DraftAttachment
from secmsg.station.views import AttachmentState
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


def _with_paper(office: Office, folder: Path) -> CableId:
    paper = folder / "a.bin"
    paper.write_bytes(b"x" * 70_000)
    return office.release(draft(PARIS.id, attachments=(attachment(paper),))).cable_id


def test_a_paused_upload_holds_its_cable_back_over_a_restart_until_it_is_let_go(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    headquarters, paris = offices
    cable_id = _with_paper(headquarters, tmp_path)
    headquarters.station.pause_transfer(cable_id, 0)
    ministry_world.settle()
    headquarters = ministry_world.reopen(headquarters, HQ)
    ministry_world.settle(headquarters, paris)

    assert ministry_world.relay.blobs == {}
    assert headquarters.station.outbox()[0].paused
    assert headquarters.station.read(cable_id).attachments[0].paused
    assert paris.station.inbox() == ()

    headquarters.station.resume_transfer(cable_id)
    ministry_world.settle(headquarters, paris)

    assert not headquarters.station.outbox()[0].paused
    assert paris.station.read(cable_id).attachments[0].state is AttachmentState.READY


def test_a_paused_download_rests_over_a_restart_and_the_text_can_be_read_meanwhile(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    headquarters, paris = offices
    cable_id = _with_paper(headquarters, tmp_path)
    headquarters.sync()
    kept, ministry_world.relay.blobs = ministry_world.relay.blobs, {}
    paris.sync()
    paris.station.pause_transfer(cable_id, 0)
    ministry_world.relay.blobs = kept
    ministry_world.clock.now += 3600
    paris = ministry_world.reopen(paris, PARIS)
    paris.sync()

    view = paris.station.read(cable_id)
    assert (view.attachments[0].state, view.attachments[0].paused) == (AttachmentState.WAITING, True)
    assert view.cable.body

    paris.station.resume_transfer(cable_id, 0)
    paris.sync()

    view = paris.station.read(cable_id)
    assert (view.attachments[0].state, view.attachments[0].paused) == (AttachmentState.READY, False)


def test_what_is_not_under_way_is_neither_paused_nor_resumed(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    headquarters, _ = offices
    cable_id = _with_paper(headquarters, tmp_path)
    with pytest.raises(NotFound):
        headquarters.station.resume_transfer(cable_id)
    with pytest.raises(NotFound):
        headquarters.station.pause_transfer(cable_id, 1)
    ministry_world.settle()
    with pytest.raises(NotFound):
        headquarters.station.pause_transfer(cable_id)
