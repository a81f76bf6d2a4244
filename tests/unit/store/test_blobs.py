"""Ciphertext files and their rows.

Made in an order that survives a stop, named at random, swept when orphaned.
"""

import os
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest

from secmsg.crypto.randomness import system
from secmsg.errors import DiskFull, NotFound, StoreDamaged, StoreError, StoreExists
from secmsg.ids import BlobId, BlobKey, CableId, RelayId
from secmsg.store import blobs
from secmsg.store.blobs import AnnexState, BlobFiles, Download, DownloadPurpose, KeptAnnex, Upload
from secmsg.store.database import Database

DAY = 20_000
CABLE = CableId(b"c" * 16)
RELAY = RelayId(b"r" * 16)


@pytest.fixture
def files(tmp_path: Path) -> BlobFiles:
    return BlobFiles(tmp_path / "blobs")


def key(number: int) -> BlobKey:
    return BlobKey(bytes([number]) * 16)


def written(files: BlobFiles, number: int, content: bytes = b"ciphertext") -> blobs.Blob:
    return files.write(key(number), lambda file: file.write(content), DAY)


def test_a_blob_is_written_under_its_random_name_with_the_day_as_its_time(files: BlobFiles) -> None:
    blob = written(files, 0xAB)

    path = files.root / "ab" / "ab" / ("ab" * 16)
    assert path.read_bytes() == b"ciphertext"
    assert blob.size == 10
    assert path.stat().st_mtime == DAY * 86_400
    assert path.stat().st_mode & 0o777 == 0o600
    with files.open(key(0xAB)) as file:
        assert file.read() == b"ciphertext"
    assert files.names() == (key(0xAB),)


def kept_twice(db: Database, blob: blobs.Blob) -> None:
    for _ in range(2):
        blobs.keep(db, blob, DAY)


def test_names_are_drawn_at_random() -> None:
    assert len({blobs.new_key(system) for _ in range(100)}) == 100
    assert len(blobs.new_key(system)) == 16


def test_a_writer_that_fails_leaves_nothing(files: BlobFiles) -> None:
    def fail(file: BinaryIO) -> None:
        file.write(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(DiskFull):
        files.write(key(1), fail, DAY)

    assert files.names() == ()
    with pytest.raises(StoreDamaged):
        files.open(key(1))


def test_a_blob_is_not_written_into_another_s_partial_file(files: BlobFiles) -> None:
    files.prepare(key(1)).touch(mode=0o600)

    with pytest.raises(StoreExists):
        written(files, 1)


def test_a_download_is_finished_from_its_partial_file(files: BlobFiles) -> None:
    partial = files.prepare(key(1))
    partial.touch(mode=0o600)
    partial.write_bytes(b"came in pieces")

    blob = files.finish(key(1), DAY)

    assert blob == blobs.Blob(key(1), 14)
    assert not partial.exists()


def test_finishing_what_is_not_there_or_is_a_link_is_refused(files: BlobFiles, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        files.finish(key(1), DAY)
    (tmp_path / "target").touch(mode=0o600)
    files.prepare(key(2)).symlink_to(tmp_path / "target")

    with pytest.raises(StoreDamaged):
        files.finish(key(2), DAY)


def test_a_shard_that_is_a_link_is_refused(files: BlobFiles, tmp_path: Path) -> None:
    files.root.mkdir(mode=0o700)
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (files.root / "01").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(StoreDamaged):
        written(files, 1)


def test_orphans_are_swept_and_known_files_stay(db: Database, files: BlobFiles) -> None:
    for number in (1, 2):
        written(files, number)
    for number in (3, 4):
        files.prepare(key(number)).touch(mode=0o600)
    (files.root / "strange").mkdir()
    (files.root / "01" / "01" / "README").touch()
    with db.transaction():
        blobs.keep(db, blobs.Blob(key(1), 10), DAY)
        blobs.add_download(db, download(3))

    assert blobs.sweep(db, files) == 2

    assert files.names() == (key(1), key(3))
    assert (files.root / "01" / "01" / "README").exists()
    assert blobs.sweep(db, files) == 0


def test_a_row_comes_only_after_its_file_so_a_stop_between_leaves_an_orphan_and_no_damage(
    db: Database, files: BlobFiles
) -> None:
    blob = written(files, 1)

    with pytest.raises(StoreError), db.transaction():
        kept_twice(db, blob)

    with pytest.raises(NotFound):
        blobs.size(db, blob.key)
    assert blobs.sweep(db, files) == 1


def test_a_blob_is_forgotten_after_its_annex(db: Database, files: BlobFiles) -> None:
    annex = KeptAnnex(CABLE, 0, AnnexState.READY, b"slip", key(1))
    with db.transaction():
        blobs.keep(db, written(files, 1), DAY)
        blobs.keep_annex(db, annex)
    assert blobs.size(db, key(1)) == 10

    with pytest.raises(StoreError), db.transaction():
        blobs.forget(db, key(1))
    with db.transaction():
        blobs.keep_annex(db, replace(annex, blob_key=None, state=AnnexState.DAMAGED))
        blobs.forget(db, key(1))
    files.erase(key(1))

    assert blobs.annex(db, CABLE, 0).state is AnnexState.DAMAGED
    assert files.names() == ()


def test_annexes_are_listed_in_order_and_moved(db: Database) -> None:
    with db.transaction():
        for position in (1, 0):
            blobs.keep_annex(db, KeptAnnex(CABLE, position, AnnexState.WAITING, b"slip", None))
        blobs.move_annex(db, CABLE, 1, AnnexState.DOWNLOADING)

    assert [(a.position, a.state) for a in blobs.annexes(db, CABLE)] == [(0, 1), (1, 2)]
    assert b"slip" not in repr(blobs.annexes(db, CABLE)[0]).encode()
    with pytest.raises(NotFound):
        blobs.annex(db, CABLE, 2)
    with pytest.raises(NotFound), db.transaction():
        blobs.move_annex(db, CABLE, 2, AnnexState.READY)


# --- going up and coming down


def upload(number: int) -> Upload:
    return Upload(
        blob_key=key(number),
        relay_id=RELAY,
        blob_id=BlobId(b"i" * 16),
        uploader=b"u" * 16,
        cable_id=CABLE,
        position=0,
        total=100,
        done=0,
        attempts=0,
        next_try_at=5,
    )


def download(number: int, purpose: DownloadPurpose = DownloadPurpose.ANNEX) -> Download:
    return Download(
        blob_key=key(number),
        purpose=purpose,
        cable_id=CABLE if purpose is DownloadPurpose.ANNEX else None,
        position=0,
        slip=b"slip",
        context=b"context",
        limit=1_000,
        done=0,
        total=0,
        attempts=0,
        next_try_at=5,
    )


def test_an_upload_goes_on_until_it_is_finished(db: Database) -> None:
    with db.transaction():
        blobs.keep(db, blobs.Blob(key(1), 100), DAY)
        blobs.add_upload(db, upload(1))
    assert blobs.uploads_due(db, RELAY, 4) == ()
    assert blobs.uploads_due(db, RELAY, 5) == (upload(1),)

    with db.transaction():
        blobs.upload_progress(db, key(1), RELAY, 40)
        blobs.upload_failed(db, key(1), RELAY, 50, "no line")
    assert blobs.uploads_due(db, RELAY, 49) == ()
    assert blobs.uploads_due(db, RELAY, 50)[0] == replace(
        upload(1), done=40, attempts=1, next_try_at=50, detail="no line"
    )

    with db.transaction():
        blobs.upload_finished(db, key(1), RELAY, 60)
    assert blobs.uploads_due(db, RELAY, 99) == ()
    assert [(u.done, u.finished_at) for u in blobs.uploads_of(db, CABLE)] == [(100, 60)]

    with db.transaction():
        blobs.forget(db, key(1))
    assert blobs.uploads_of(db, CABLE) == ()


def test_cables_come_down_before_annexes(db: Database) -> None:
    with db.transaction():
        blobs.add_download(db, download(1))
        blobs.add_download(db, download(2, DownloadPurpose.CABLE))

    assert [d.blob_key for d in blobs.downloads_due(db, 5)] == [key(2), key(1)]
    assert blobs.downloads_due(db, 4) == ()
    assert blobs.download_of(db, CABLE, 0) == download(1)
    assert blobs.download_of(db, CABLE, 1) is None


def test_a_download_goes_on_until_it_is_ended(db: Database) -> None:
    with db.transaction():
        blobs.add_download(db, download(1))
        blobs.download_progress(db, key(1), 40, 100)
        blobs.download_failed(db, key(1), 50, "no line")

    assert blobs.download_of(db, CABLE, 0) == replace(
        download(1), done=40, total=100, attempts=1, next_try_at=50, detail="no line"
    )
    with db.transaction():
        blobs.end_download(db, key(1))
    assert blobs.download_of(db, CABLE, 0) is None


def test_a_blob_file_is_durable_before_its_row(files: BlobFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace

    def noted_sync(descriptor: int) -> None:
        order.append("sync")
        real_sync(descriptor)

    def noted_replace(self: Path, target: Path) -> Path:
        order.append("name")
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    files.prepare(key(1))
    order.clear()

    written(files, 1)

    # File, name, directory: the name never stands for bytes that are not there.
    assert order == ["sync", "name", "sync"]
