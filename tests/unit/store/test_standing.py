"""What lies in clear beside a store: 64 bytes, whole, and nothing that names a thing or a place."""

import os
from pathlib import Path

import pytest

from secmsg.office.materials import Kind
from secmsg.store import holders, media, standing
from secmsg.store.standing import Standing
from secmsg.wire.cable import Degree

FULL = Standing(free=False, counts={Kind.PAD: 5, Kind.CODEBOOK: 2}, printed_line=77, printed_at=1_790_000_000)


def test_what_is_kept_is_read_and_is_64_bytes(tmp_path: Path) -> None:
    path = tmp_path / "destruction"

    assert standing.keep(path, FULL)
    assert standing.keep(path, FULL)

    assert standing.read(path) == FULL
    assert path.stat().st_size == standing.SIZE
    assert [each.name for each in tmp_path.iterdir()] == ["destruction"]
    assert path.read_bytes().hex() == (
        "534d444553545231" "00" "01" "0000004d" "000000006ab13b80" "0005" "0000" "0002" + 34 * "00" + "0000"
    )  # fmt: skip


def test_a_walk_that_was_closed_is_kept_with_the_papers_that_went_in_it(tmp_path: Path) -> None:
    walked = Standing(walked=True, papers_gone=frozenset((Degree.CONFIDENTIAL, Degree.TOP_SECRET)))

    standing.keep(tmp_path / "destruction", walked)

    assert standing.read(tmp_path / "destruction") == walked
    assert (tmp_path / "destruction").read_bytes()[62:] == b"\x0b\x00"


def test_counts_can_be_kept_out_of_the_open(tmp_path: Path) -> None:
    standing.keep(tmp_path / "destruction", Standing())

    assert standing.read(tmp_path / "destruction") == Standing()
    assert bytes(40) in (tmp_path / "destruction").read_bytes()


@pytest.mark.parametrize("spoilt", [b"", b"x" * 64, standing.encode(FULL)[:63], standing.encode(FULL) + b"x"])
def test_anything_else_counts_as_none(tmp_path: Path, spoilt: bytes) -> None:
    path = tmp_path / "destruction"
    path.write_bytes(spoilt)
    path.chmod(0o600)

    assert standing.read(path) == Standing()


def test_a_link_is_not_followed_and_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    standing.keep(tmp_path / "real", FULL)
    (tmp_path / "destruction").symlink_to(tmp_path / "real")

    assert standing.read(tmp_path / "destruction") == Standing()
    assert not standing.keep(tmp_path / "none" / "destruction", FULL)


# --- the medium, and who holds a lock


def mounts(kind: str, path: Path) -> str:
    return f"29 1 0:1 / / rw - outerfs /dev/y rw\n30 29 0:2 / {path} rw shared:1 - {kind} /dev/x rw\n"


@pytest.mark.parametrize(
    ("kind", "rotational", "found"),
    [
        ("ext4", "1", media.Medium(in_place=True, flash=False)),
        ("ext4", "0", media.Medium(in_place=True, flash=True)),
        ("f2fs", "0", media.Medium(in_place=False, flash=True)),
        ("btrfs", "0", media.Medium(in_place=False, flash=None)),
        ("strangefs", None, media.Medium(in_place=None, flash=None)),
        ("tmpfs", None, media.Medium(in_place=True, flash=False)),
    ],
)
def test_the_medium_is_named_as_far_as_the_system_tells(
    tmp_path: Path, kind: str, rotational: str | None, found: media.Medium
) -> None:
    device = tmp_path.stat().st_dev
    queue = tmp_path / f"{os.major(device)}:{os.minor(device)}" / "queue"
    queue.mkdir(parents=True)
    if rotational is not None:
        (queue / "rotational").write_text(rotational + "\n")
    (tmp_path / "mountinfo").write_text("nonsense\n" + mounts(kind, tmp_path))

    seen = media.medium(tmp_path, tmp_path / "mountinfo", tmp_path)

    assert seen == found
    assert seen.keeps_nothing is (found.in_place is True and found.flash is False)


def test_of_a_file_that_is_gone_nothing_is_known(tmp_path: Path) -> None:
    assert media.medium(tmp_path / "none") == media.Medium(None, None)


def test_where_the_system_names_no_holders_nothing_is_claimed(tmp_path: Path) -> None:
    (tmp_path / "lock").touch()

    assert holders.holders(tmp_path / "lock", tmp_path / "none") is None
    assert holders.holders(tmp_path / "gone", tmp_path / "none") is None
    assert holders.end(tmp_path / "lock", patience_s=0, locks=tmp_path / "none") == (0, None)


def test_a_holder_that_does_not_end_is_said(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.touch()
    found = lock.stat()
    place = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"
    (tmp_path / "locks").write_text(f"1: FLOCK  ADVISORY  WRITE 999999999 {place} 0 EOF\n1: -> FLOCK x\n")

    assert holders.end(lock, patience_s=0, locks=tmp_path / "locks") == (0, False)
