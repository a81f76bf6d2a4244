"""Blob files: hashed names, no links followed, what is written is written."""

import os
from pathlib import Path

import pytest

from secmsg.ids import BlobId
from secmsg.relay.blobs_disk import BlobFiles, blob_name, write_all

NAME = blob_name(BlobId(b"i" * 16))


def test_a_file_is_made_written_read_and_removed(tmp_path: Path) -> None:
    files = BlobFiles(tmp_path)
    files.create(NAME)
    files.create(NAME)
    with files.writing(NAME) as file:
        write_all(file, b"world", 5)
        write_all(file, b"hello", 0)

    with files.reading(NAME) as file:
        assert os.pread(file, 99, 0) == b"helloworld"
    assert list(files.names()) == [NAME]
    files.remove(NAME)
    files.remove(NAME)
    files.remove(bytes(32))
    assert list(files.names()) == []


def test_a_name_says_nothing_about_the_id(tmp_path: Path) -> None:
    BlobFiles(tmp_path).create(NAME)

    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())

    assert path.relative_to(tmp_path).as_posix() == f"{NAME.hex()[:2]}/{NAME.hex()}"
    assert (b"i" * 16).hex() not in path.name
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def _do(files: BlobFiles, act: str) -> None:
    if act == "create":
        files.create(NAME)
        return
    with files.writing(NAME) if act == "writing" else files.reading(NAME):
        pass


@pytest.mark.parametrize("act", ["create", "writing", "reading"])
def test_a_link_is_not_followed(tmp_path: Path, act: str) -> None:
    files = BlobFiles(tmp_path / "blobs")
    (tmp_path / "blobs" / NAME.hex()[:2]).mkdir(parents=True)
    (tmp_path / "elsewhere").write_bytes(b"mine")
    (tmp_path / "blobs" / NAME.hex()[:2] / NAME.hex()).symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OSError, match="symbolic"):
        _do(files, act)
    assert (tmp_path / "elsewhere").read_bytes() == b"mine"


def test_the_disk_s_fill_is_a_share(tmp_path: Path) -> None:
    assert 0 < BlobFiles(tmp_path).fill() < 1
